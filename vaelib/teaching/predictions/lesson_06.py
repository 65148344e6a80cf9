"""What lesson 06 asks before it measures."""

from vaelib.teaching.predictions.prediction import Axis, choice, curve, number

PREDICTIONS = (
    number(
        "6a",
        "q = N(0, I) sits on the top of f, in 100 dimensions. How many times the variance of the "
        "reparameterised estimate has the score function without a baseline?",
        unit="times",
        low=1,
        high=100_000,
        log=True,
        within=2,
        measures="variance of the score function (b = 0) over the reparameterised one's, d = 100",
        tempting=[
            (
                (1, 20),
                "Both are right on average, so they seem to be of one kind; but only one of them "
                "knows which way is up.",
            ),
            (
                (50, 200),
                "One number for 100 dimensions seems to cost a factor of 100; but f itself grows "
                "with d as well.",
            ),
        ],
    ),
    choice(
        "6b",
        "q has m = 0 and √v = 0.5, and the baseline is the mean. On which f does the score "
        "function scatter less than the slopes?",
        options={
            "hill": "A hill, −½ z²",
            "ripples": "The same hill with fast ripples",
            "step": "A step",
        },
        measures="variances of both estimates by m at m = 0, from 100,000 draws",
        tempting=[
            (
                "hill",
                "At the top the slopes are small and of both signs; but the heights scatter more "
                "there, too.",
            ),
            (
                "step",
                "Slopes are useless on a step; but they do not scatter at all, as each of them is "
                "0.",
            ),
        ],
    ),
    curve(
        "6c",
        "With the KL and without noise, the codes have a spread of 1.1 after 64 epochs. How does "
        "it go on to 640 epochs?",
        x=Axis("epochs", 64, 640, log=True),
        y=Axis("spread of the codes m (std)", 0, 4),
        at=(64, 160, 320, 640),
        within=0.15,
        measures="spread of the codes with the KL and without noise, mean of ten seeds",
        tempting=[
            (
                (1.1, 1.05, 1, 1),
                "m² looks like a pull to the prior's spread of 1; but without noise nothing pushes "
                "back.",
            ),
            (
                (1.1, 1.8, 2.5, 3.2),
                "An autoencoder's codes run far out; but here m² makes every step outwards dear.",
            ),
        ],
    ),
    number(
        "6d",
        "Two moons have their codes at −1.3 and 1.3. At which noise σ is the sum of miss and KL "
        "least?",
        unit="σ",
        low=0.05,
        high=1.2,
        log=True,
        within=1.4,
        measures="σ at which miss + KL is least, for codes at −1.3 and 1.3",
        tempting=[
            (
                (0.05, 0.15),
                "Less noise never blurs a picture; but the KL grows without end as the noise "
                "vanishes.",
            ),
            (
                (0.8, 1.2),
                "At σ = 1 the KL is least; but there the bells overlap, and the pictures mix.",
            ),
        ],
    ),
)
