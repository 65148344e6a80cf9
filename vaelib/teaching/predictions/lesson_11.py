"""What lesson 11 asks before it measures."""

from vaelib.teaching.predictions.prediction import Axis, choice, curve, number

PREDICTIONS = (
    number(
        "11a",
        "A network guesses the clean point of an arc; a linear guess knows only mean and "
        "covariance. At which noise to signal does the network save most in a step?",
        unit="noise to signal, b/a",
        low=0.1,
        high=10,
        log=True,
        within=1.6,
        measures="b/a at which the linear guess's price is farthest above the network's",
        tempting=[
            (
                (1.5, 10),
                "Much noise leaves most to guess, but what is seen of the arc there is its mean "
                "and covariance, which both know.",
            ),
            (
                (0.1, 0.15),
                "The steps are dearest where hardly any noise is left, but there z itself says "
                "where x is.",
            ),
        ],
    ),
    curve(
        "11b",
        "The true density of the crescent has −1.80 nats per point, which no model beats. How does "
        "the bound of the one trained network go with the number of steps?",
        x=Axis("steps T", 5, 1000, log=True),
        y=Axis("nats per point", -11, -1),
        at=(5, 10, 30, 100, 300, 1000),
        within=0.6,
        measures="held-out bound, mean of 2,000 points",
        tempting=[
            (
                (-5, -4, -3, -2, -3.5, -5),
                "It was trained with 100 steps, but it sees only the noise ratio, and never how "
                "many steps there are.",
            ),
            (
                (-2.6, -2.2, -2, -1.9, -1.9, -1.9),
                "A crescent looks easy enough for a few steps, but each of them pays for a "
                "Gaussian that is too narrow.",
            ),
        ],
    ),
    number(
        "11c",
        "Two peaks of data lie at ±1.2, and a step back starts in the middle, with as much noise "
        "as signal. From how many steps T on has the exact step one hump only?",
        unit="steps T",
        low=3,
        high=1000,
        log=True,
        within=1.5,
        measures="least T of the explorer at which the exact step from z = 0, b/a = 1 has one hump",
        tempting=[
            (
                (3, 6),
                "The noise is as large as the signal, but a long step still asks from which of the "
                "two peaks it came.",
            ),
            (
                (100, 1000),
                "The bound asks for hundreds of steps, but one hump comes long before its width "
                "is right.",
            ),
        ],
    ),
    number(
        "11d",
        "The bound asks for hundreds of steps. From how many steps on do drawn points lie as well "
        "along the arc as with a hundred?",
        unit="steps T",
        low=1,
        high=1000,
        log=True,
        within=2,
        measures="least of 3, 10, 30 and 100 steps whose share off the circle is within half a "
        "per cent of that with 100",
        tempting=[
            (
                (100, 1000),
                "The bound still rises there, but it punishes what is too narrow somewhere, and "
                "the eye does not see that.",
            ),
            (
                (1, 5),
                "Three steps already draw a crescent, but a quarter of its points are off the "
                "circle.",
            ),
        ],
    ),
    choice(
        "11e",
        "After five epochs one of the three models has the highest bound on moons. How near do its "
        "own moons come to real ones?",
        options={
            "nearest": "They are the nearest of the three",
            "between": "They lie between the others'",
            "farthest": "They are the farthest of the three",
        },
        measures="median distance from a drawn moon to the nearest real one, mean of three seeds",
        tempting=[
            (
                "nearest",
                "A high bound seems to mean a good model, but it speaks of codes of real moons, "
                "and draws come from the prior.",
            ),
            (
                "between",
                "Bound and draws do measure different things, but here the one is best and the "
                "other worst for the same reason.",
            ),
        ],
    ),
)
