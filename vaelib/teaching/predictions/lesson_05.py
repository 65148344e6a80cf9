"""What lesson 05 asks before it measures."""

from vaelib.teaching.predictions.prediction import Axis, choice, curve, number, place

PREDICTIONS = (
    choice(
        "5a",
        "This q has learned nothing. How will L + KL(q ‖ p(z|x)) compare with log p(x), for the "
        "200 points?",
        options={
            "equal": "It is equal, for every point",
            "below": "It is smaller, for every point",
            "some": "It is equal only where q fits the posterior",
        },
        measures="log p(x) and L + KL with the untrained encoder, for 200 points",
        tempting=[
            ("below", "L alone is smaller, and so it is a bound; but here the KL is added to it."),
            ("some", "A useless q makes L small, and it makes the KL large by the same amount."),
        ],
    ),
    number(
        "5b",
        "By how many nats will L of the untrained encoder lie below log p(x), on average over the "
        "200 points?",
        unit="nats",
        low=0.1,
        high=1000,
        log=True,
        within=2,
        measures="KL from the untrained q to the posterior, mean of 200 points",
        tempting=[
            (
                (0.1, 5),
                "In the picture q covers both posteriors; but most of q lies where the posteriors "
                "are nearly 0.",
            ),
            (
                (5, 80),
                "A logarithm makes large ratios small; but log p(z|x) falls with the square of the "
                "distance, and q reaches far.",
            ),
        ],
    ),
    choice(
        "5c",
        "One x stays, and q moves away from its posterior. Which of log p(x), L and the KL to the "
        "posterior move?",
        options={
            "L-KL": "L and the KL",
            "px-L-KL": "All three",
            "KL": "The KL alone",
        },
        measures="what changes while the mean and the width of q sweep, for one x",
        tempting=[
            ("px-L-KL", "A worse q seems to make a worse model; but log p(x) does not contain q."),
            ("KL", "L looks like a property of the model; but it is an average over q."),
        ],
    ),
    curve(
        "5d",
        "q keeps the posterior's mean. How many nats does L lose when q is 0.2 to 5 times as wide "
        "as the posterior?",
        x=Axis("std of q / posterior std", 0.2, 5, log=True),
        y=Axis("nats lost", 0, 12),
        at=(0.2, 0.33, 0.5, 1, 2, 3, 5),
        within=0.7,
        measures="log p(x) − L for the first held-out x, over the width of q",
        tempting=[
            (
                (9.6, 2.8, 0.8, 0, 0.3, 0.65, 1.1),
                "A narrow q leaves out much of the posterior; but the KL averages over q, and "
                "there the posterior is high.",
            ),
            (
                (1.1, 0.65, 0.3, 0, 0.3, 0.65, 1.1),
                "Half as wide and twice as wide look like equal mistakes; but a wide q reaches "
                "where the posterior is nearly 0.",
            ),
        ],
    ),
    place(
        "5e",
        "The posterior p has a hump near z = −2.7 and a larger one near z = 2.9. Where will the "
        "mean of the Gaussian with the least KL(p ‖ q) lie?",
        x=Axis("z", -5, 5),
        within=0.4,
        measures="mean of the Gaussian with the least KL(p ‖ q), x = (−1.0, 0.1)",
        tempting=[
            (
                (2.9,),
                "The bound's q sits on the larger hump; but this KL averages over p, which has two "
                "humps.",
            ),
            (
                (0.1,),
                "Halfway looks fair to both humps; but the larger one holds more of p, and pulls "
                "the mean.",
            ),
        ],
    ),
    choice(
        "5f",
        "An encoder with two layers of 32 trains for 200 epochs. Which part of its gap will be "
        "larger, on average over 200 held-out points?",
        options={
            "gaussian": "The approximation gap: no Gaussian fits better",
            "network": "The amortisation gap: the network guesses a worse Gaussian",
            "alike": "Neither: they differ by less than a factor of 1.5",
        },
        measures="mean approximation gap and mean amortisation gap of 200 held-out points",
        tempting=[
            (
                "gaussian",
                "A Gaussian looks like the rough choice here; but most of these posteriors are "
                "nearly Gaussian, except near the arc's ends.",
            ),
            ("alike", "Both choices cost something, but nothing in (5.8) makes them cost alike."),
        ],
    ),
    number(
        "5g",
        "Take the start that loses most when both networks train together. How many nats of "
        "log p(x) per held-out point does it lose?",
        unit="nats",
        low=0.01,
        high=10,
        log=True,
        within=1.5,
        measures="log p(x) of one after the other − together, the largest of four starts",
        tempting=[
            (
                (0.01, 0.2),
                "The trained encoder left a gap of less than a tenth of a nat, and the detour "
                "seems to cost no more than that.",
            ),
            (
                (0.2, 0.9),
                "A bad start seems to cost a part of what z brings; but the networks may ignore z "
                "altogether.",
            ),
        ],
    ),
    choice(
        "5h",
        "The same four starts train together again, with the points in another order and other "
        "draws of z. Which find the arc?",
        options={
            "same": "The same ones as before",
            "all": "All four",
            "others": "Not the same ones, and not all",
        },
        measures="which of the four starts reach log p(x) > −2 in the other order",
        tempting=[
            ("same", "The starting weights seem to decide; but so does chance, in the order."),
            (
                "all",
                "A new order looks like a second chance for the bad starts; it is also a new "
                "risk for the good ones.",
            ),
        ],
    ),
)
