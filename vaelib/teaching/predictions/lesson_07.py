"""What lesson 07 asks before it measures."""

from vaelib.teaching.predictions.prediction import Axis, choice, curve, number

PREDICTIONS = (
    number(
        "7a",
        "A program adds the mean squared error over 784 pixels and the whole KL. Pixels lie "
        "between 0 and 1. Which standard deviation of the noise does it assume?",
        unit="σ_x",
        low=0.01,
        high=100,
        log=True,
        within=1.5,
        measures="σ_x by (7.1), for the factors 1/784 and 1",
        tempting=[
            (
                (0.6, 1.5),
                "A loss without a σ_x looks like one with σ_x = 1, but a mean over pixels is a "
                "factor, too.",
            ),
            (
                (0.02, 0.06),
                "You may have divided the noise by the number of pixels; a small factor on the "
                "error means a large noise.",
            ),
        ],
    ),
    curve(
        "7b",
        "Seven recipes assume a fixed σ_x. How many of the 20 dimensions of the code live after "
        "training with each?",
        x=Axis("σ_x", 0.1, 20, log=True),
        y=Axis("live dimensions", 0, 20),
        at=(0.1, 0.31, 0.71, 1, 1.41, 4.43, 19.8),
        within=1.5,
        measures="dimensions with a KL above 0.05 nats, after 400 steps",
        tempting=[
            (
                (20, 20, 20, 20, 20, 20, 20),
                "A code of 20 numbers seems to use them all, but a number that does not pay for "
                "its KL falls silent.",
            ),
            (
                (0, 2, 5, 8, 12, 18, 20),
                "More noise seems to need more numbers, but noise is what the code need not "
                "explain.",
            ),
        ],
    ),
    choice(
        "7c",
        "After 2,000 steps, which recipe has the highest held-out log p(x)?",
        options={
            "σ_x learned": "σ_x learned",
            "σ_x = 0.1": "σ_x fixed at 0.1",
            "pixel mean + 0.00025 KL": "Pixel mean + 0.00025 KL: σ_x = 0.31",
            "cross-entropy, sum": "Cross-entropy, summed over the pixels",
        },
        measures="held-out log p(x) of a Gaussian with the σ_x that is best for training digits",
        tempting=[
            (
                "σ_x learned",
                "It is first after 400 steps, and it fits the training digits; held-out digits "
                "are missed by more.",
            ),
            (
                "σ_x = 0.1",
                "The smallest noise asks for the sharpest pictures, and so learns what only the "
                "training digits have.",
            ),
            (
                "cross-entropy, sum",
                "It is in wide use, but it was trained for black and white, and is judged here "
                "as a Gaussian.",
            ),
        ],
    ),
    number(
        "7d",
        "A linear VAE with 40 dimensions learns digits in 50 coordinates, with σ_x = 1. How many "
        "dimensions live?",
        unit="dimensions",
        low=0,
        high=40,
        within=2,
        measures="dimensions with a KL above 0.001 nats, σ_x = 1 and β = 1",
        tempting=[
            (
                (35, 40),
                "No dimension seems useless, but one whose variance is below σ_x² costs more than "
                "it saves.",
            ),
            (
                (7, 9.5),
                "The recipe with σ_x = 1 had about so many, but its network was another and its "
                "training short.",
            ),
        ],
    ),
    choice(
        "7e",
        "All 40 trained columns lie along the principal axes, though p(x) is the same for every "
        "rotated code. What picks the axes?",
        options={
            "q": "The encoder: in q the dimensions are independent",
            "prior": "The prior N(0, I)",
            "noise": "The pixels' noise σ_x",
            "start": "The random start of the training",
        },
        measures="the gap between bound and log p(x), as the code is turned by 45°",
        tempting=[
            (
                "prior",
                "The prior treats each number of the code apart, but it is round: a rotation "
                "leaves it as it is.",
            ),
            (
                "noise",
                "The noise decides how many directions live, but it is equal in all pixels and "
                "knows no axes of the code.",
            ),
            (
                "start",
                "A random start would give other axes each time; these agree with the "
                "eigenvalues one by one.",
            ),
        ],
    ),
    number(
        "7f",
        "For each σ_x take the best linear VAE with 20 dimensions. At which σ_x is the held-out "
        "log p(x) highest, taken with that same σ_x?",
        unit="σ_x",
        low=0.1,
        high=20,
        log=True,
        within=1.3,
        measures="the top of the curve of log p(x) in the explorer",
        tempting=[
            (
                (0.1, 0.11),
                "Less noise wakes more dimensions, but once all 20 live, it only makes what they "
                "leave out dear.",
            ),
            (
                (0.28, 0.34),
                "Among the trained recipes 0.31 came first, but there each was judged with the "
                "best σ_x in place of its own.",
            ),
            (
                (0.8, 1.25),
                "½ sum + KL looks like the plain loss, but its noise is larger than most of "
                "what digits differ in.",
            ),
        ],
    ),
)
