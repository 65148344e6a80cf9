"""What lesson 03 asks before it measures."""

from vaelib.teaching.predictions.prediction import Axis, choice, curve, number, place

PREDICTIONS = (
    choice(
        "3a",
        "The guess q is drawn at random and knows nothing of x. For how many of the 500 points are "
        "the two sides of (3.1) equal?",
        options={
            "every": "For every point",
            "average": "For none, but on average over the points",
            "near": "Only where q happens to be near the posterior",
        },
        measures="largest difference of the two sides of (3.1), 500 points and a random guess",
        tempting=[
            (
                "average",
                "Random errors often cancel on average; here there is no error, for each point "
                "has its own exact identity.",
            ),
            (
                "near",
                "L alone is close to log p(x) only for a good guess; a bad one has a large KL, "
                "which makes up for it.",
            ),
        ],
    ),
    curve(
        "3b",
        "log p(x) is −2.68 nats per point. How will the bound L go as the guess moves from "
        "half-way (a = ½) to the posterior (1) and beyond it (2)?",
        x=Axis("a: the random guess is 0, the posterior 1", 0.5, 2),
        y=Axis("nats per point", -3, -2.4),
        at=(0.5, 0.75, 1, 1.25, 1.5, 2),
        within=0.025,
        measures="mean of L over 500 points for the moved guess",
        tempting=[
            (
                (-2.8, -2.72, -2.65, -2.6, -2.55, -2.45),
                "Further the same way looks like better and better, but at the posterior nothing "
                "is left to gain: above log p(x) no bound can go.",
            ),
            (
                (-2.8, -2.7, -2.68, -2.7, -2.8, -3),
                "As far beyond the posterior as before it sounds as bad; but there a guess that is "
                "sure of itself only becomes a little surer.",
            ),
        ],
    ),
    number(
        "3c",
        "log p(x) rises by the M-step's gain in L and by the KL that it opens. Which part of the "
        "rise, in steps 1 to 19, is opened KL?",
        unit="%",
        low=0,
        high=100,
        within=10,
        measures="opened KL over the rise of log p(x), steps 1 to 19",
        tempting=[
            (
                (0, 10),
                "The M-step is built to raise L, and the KL looks like a small rest; but each "
                "step moves the posterior as well.",
            ),
            (
                (70, 100),
                "The E-step is seen to lift L, so it seems to do the climbing; but the M-step "
                "opened that KL, and its own gain is larger.",
            ),
        ],
    ),
    choice(
        "3d",
        "EM goes half a step at a time. In which half do the points change their colours, which "
        "show q?",
        options={
            "E": "In the E-step",
            "M": "In the M-step",
            "both": "In both",
        },
        measures="the half-steps of the run in which any q(k|x) changes",
        tempting=[
            (
                "M",
                "The M-step moves the ellipses, and with them the posterior; q waits for the next "
                "E-step.",
            ),
            (
                "both",
                "The posterior does change in the M-step, but q is the old one until the E-step "
                "sets it anew.",
            ),
        ],
    ),
    number(
        "3e",
        "All points move by 10⁷, and float64 has sixteen digits. By how much will a covariance "
        "from the sums be off?",
        unit="squared units",
        low=1e-16,
        high=100,
        log=True,
        within=10,
        measures="largest error of a covariance from raw sums, points moved by 10⁷",
        tempting=[
            (
                (1e-16, 1e-12),
                "A shift changes no covariance, on paper; in the computer the squares are 10¹⁴ "
                "and their last digits are lost.",
            ),
            (
                (1e-11, 1e-7),
                "Seven of sixteen digits go to the shift, which would leave nine; but it enters "
                "squared, so fourteen go.",
            ),
        ],
    ),
    choice(
        "3f",
        "Full EM and three lazy ones: which needs the fewest passes over the data to come within "
        "0.001 nats of the top?",
        options={
            "full": "The full E-step",
            "tenth": "A tenth of the points at a time",
            "half": "Half-way to the posterior",
            "hard": "Hard: the most probable component",
        },
        measures="passes until L is within 0.001 nats of the top",
        tempting=[
            (
                "full",
                "Its E-step is the best for a given θ, but θ changes only once a pass, after all "
                "points have waited for it.",
            ),
            (
                "half",
                "Small careful steps can be faster where large ones overshoot; EM's steps do not "
                "overshoot here, they are too short.",
            ),
            (
                "hard",
                "It leads at first; but it cannot close its gap, so it climbs another hill and "
                "never comes that near.",
            ),
        ],
    ),
    place(
        "3g",
        "Points come from two Gaussians at −1 and 1, both with σ = 1. Hard EM starts at the truth: "
        "where will its right mean end?",
        x=Axis("right mean", 0.5, 1.5),
        within=0.06,
        measures="right mean after 100 steps of hard EM, average of 5 sets of 4,000 points",
        tempting=[
            (
                (1.0,),
                "A method that starts at the truth should stay there, and full EM does; but hard "
                "EM cuts at 0 what overlaps.",
            ),
            (
                (0.85,),
                "The right component takes in points of the left one near 0; but it also loses "
                "its own points left of 0, and that counts more.",
            ),
        ],
    ),
)
