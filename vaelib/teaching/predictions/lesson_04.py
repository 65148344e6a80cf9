"""What lesson 04 asks before it measures."""

from vaelib.teaching.predictions.prediction import Axis, choice, curve, number

PREDICTIONS = (
    number(
        "4a",
        "Let every Gaussian of the spiral have σ = 0.4. How many on −3 < z < 3 give log p(x) as "
        "exactly as 30 did before?",
        unit="Gaussians",
        low=2,
        high=300,
        log=True,
        within=1.4,
        measures="the least J with σ = 0.4 whose error of log p(x) is below that of J = 30 before",
        tempting=[
            (
                (22, 40),
                "The curve is as long as before; but what counts is the step along it, measured "
                "in σ.",
            ),
            (
                (41, 300),
                "Wide Gaussians seem to need more care; but they overlap sooner, so fewer will do.",
            ),
        ],
    ),
    choice(
        "4b",
        "Which rule needs the fewest points for a mean error of 10⁻⁶ nats in log p(x), on the "
        "spiral?",
        options={
            "grid": "The grid",
            "hermite": "Gauss–Hermite",
            "mc": "Simple Monte Carlo",
        },
        measures="points until the mean error of log p(x) is below 10⁻⁶ nats, for 12 points",
        tempting=[
            (
                "hermite",
                "It is exact for polynomials of high degree; but the likelihood of one x is a "
                "narrow peak, and no polynomial.",
            ),
            ("mc", "It needs no plan at all; but its error falls only like 1/√S."),
        ],
    ),
    choice(
        "4c",
        "The five starts train for 1,500 epochs in place of 120. How are the held-out points "
        "predicted then?",
        options={
            "better": "Better by more than 0.02 nats, in at least four starts",
            "same": "Neither: about as well, or differently from start to start",
            "worse": "Worse by more than 0.02 nats, in at least four starts",
        },
        measures="held-out nats below the truth, 1,500 epochs against 120, five starts",
        tempting=[
            (
                "better",
                "In most starts the training points do rise further; but the held-out points are "
                "not those that are raised.",
            ),
            (
                "same",
                "On a smooth curve neighbours hold each other in place; but σ(z) can still shrink "
                "around a few points.",
            ),
        ],
    ),
    number(
        "4d",
        "The prior's standard deviation is 1. Before any training, what is that of the posterior "
        "of x = (2, 0)?",
        unit="of z",
        low=0.01,
        high=2,
        log=True,
        within=1.5,
        measures="standard deviation of p(z|x) at x = (2, 0), best start, before the first step",
        tempting=[
            (
                (0.01, 0.1),
                "After training it is 0.03; but only training leads the curve through the data, "
                "and so makes posteriors narrow.",
            ),
            (
                (0.1, 0.5),
                "A posterior seems to be narrow by nature; but a decoder that knows no data "
                "leaves it nearly as wide as the prior.",
            ),
        ],
    ),
    curve(
        "4e",
        "The prior has humps at z = −1.5 and 1.5. How does the angle of μ(z) go with z, drawn so "
        "that it rises, with 0° in the middle of the arc?",
        x=Axis("z", -2, 2),
        y=Axis("angle of μ(z) / degrees", -180, 180),
        at=(-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2),
        within=15,
        measures="angle of the network's mean, prior with two humps, 120 epochs",
        tempting=[
            (
                (-125, -120, -110, -80, 0, 80, 110, 120, 125),
                "The curve seems to hurry across the gap; but few draws fall there, and the middle "
                "of the arc needs its share.",
            ),
            (
                (-120, -90, -60, -30, 0, 30, 60, 90, 120),
                "The data lie evenly along the arc; but the draws of z do not lie evenly on the "
                "line.",
            ),
        ],
    ),
    choice(
        "4f",
        "Under a uniform prior, points are drawn from the linear model before z is turned. What "
        "does the turn do to their log p(x), on average?",
        options={
            "free": "Nothing, as under the normal prior",
            "falls": "It falls",
            "rises": "It rises",
        },
        measures="log p(x) of 2,000 points before − after z is turned by 1 radian, uniform prior",
        tempting=[
            (
                "free",
                "Mean and covariance of x stay as they were; but a turned square has its corners "
                "elsewhere.",
            ),
            (
                "rises",
                "Single points do gain by a turn; but on average no density beats the one that "
                "made the points.",
            ),
        ],
    ),
    number(
        "4g",
        "By how many nats is the estimate of log p(x) from 10,000 draws of the prior off, at "
        "d = 20?",
        unit="nats",
        low=0.01,
        high=10_000,
        log=True,
        within=2,
        measures="exact log p(x) − estimate at d = 20, mean of 30 points",
        tempting=[
            (
                (0.01, 0.2),
                "The error is said not to depend on the dimension; but the share of draws that "
                "count does.",
            ),
            (
                (0.5, 2),
                "That is about what the standard error claims; but it knows only the draws that "
                "were made.",
            ),
        ],
    ),
)
