"""What lesson 02 asks before it measures."""

from vaelib.teaching.predictions.prediction import Axis, choice, curve, number, place

PREDICTIONS = (
    place(
        "2a",
        "One Gaussian is fitted to the 500 points of the arc. Where will its mean lie?",
        x=Axis("x₁", -3, 3),
        y=Axis("x₂", -3, 3),
        within=0.3,
        measures="the mean of the 500 training points",
        tempting=[
            (
                (2.0, 0.0),
                "That is the middle of the arc, where half of the curve lies behind you; a mean "
                "averages places and does not walk along the curve.",
            ),
            (
                (0.0, 0.0),
                "That is the centre of the circle; the missing quarter is on the left, so the "
                "points that are there pull the mean to the right.",
            ),
        ],
    ),
    number(
        "2b",
        "512 Gaussians, 100,000 samples: how far apart are share and density in the worst of 64 "
        "boxes, in standard errors?",
        unit="standard errors",
        low=0.1,
        high=1000,
        log=True,
        within=1.5,
        measures="largest |share − integral of p(x)| of 64 boxes, over its standard error",
        tempting=[
            (
                (10, 1000),
                "It looks as if errors should add up over 512 components, but each sample chooses "
                "only one of them, and the sum (2.1) is exact.",
            ),
            (
                (0.1, 1.0),
                "One standard error is what a typical box shows, and the worst of 64 boxes is not "
                "a typical one.",
            ),
        ],
    ),
    choice(
        "2c",
        "The point x moves left, away from the means −2, 1 and 3 of components with σ = 0.5, 1.5 "
        "and 0.5. Which component will have made it?",
        options={
            "1": "Component 1, narrow and nearest",
            "2": "Component 2, wide",
            "3": "Component 3, narrow and far away",
        },
        measures="the component with the largest responsibility at x = −7",
        tempting=[
            (
                "1",
                "Its mean is nearest and its weight the largest, but its logarithm falls "
                "faster than that of the wide one.",
            ),
            (
                "3",
                "It has no advantage here: it is as narrow as component 1 and its mean is further "
                "away than any other.",
            ),
        ],
    ),
    number(
        "2d",
        "Three Gaussians begin almost alike, and forty half-steps gain more than one nat per "
        "point. How much of it do the first ten gain?",
        unit="nats per point",
        low=0.001,
        high=2,
        log=True,
        within=2,
        measures="log p(x) after half-step 10 less that after half-step 0, mean of 500 points",
        tempting=[
            (
                (0.2, 0.4),
                "A quarter of the half-steps need not bring a quarter of the climb: Gaussians that "
                "are alike get alike responsibilities and move alike.",
            ),
            (
                (0.5, 2),
                "From the first three points EM did most of its climb in five steps, but those "
                "Gaussians were not alike.",
            ),
            (
                (0.001, 0.008),
                "Exactly alike they would gain nothing at all; almost alike, their small "
                "difference already grows a little.",
            ),
        ],
    ),
    curve(
        "2e",
        "How will the mean log-likelihood of the 2,000 held-out points go with K?",
        x=Axis("number of components K", 1, 100, log=True),
        y=Axis("nats per point", -5, 0),
        at=(1, 2, 5, 10, 30, 100),
        within=0.25,
        measures="mean of log p(x) over the 2,000 held-out points, fitted on 500 others",
        tempting=[
            (
                (-3.4, -2.8, -1.9, -1.75, -1.6, -0.6),
                "That is how the training points go: what a hundred Gaussians gain there belongs "
                "to those 500 points alone.",
            ),
            (
                (-3.4, -2.8, -1.95, -1.9, -1.9, -1.9),
                "Useless components would do no harm if they stayed wide, but each of a hundred "
                "has five points to learn from and becomes narrow.",
            ),
        ],
    ),
    choice(
        "2f",
        "What will the log-likelihood of the 500 training points do as the σ of the extra "
        "component shrinks towards 0?",
        options={
            "falls": "It falls, then levels off",
            "levels": "It rises, then levels off",
            "endless": "It rises without end",
        },
        measures="change in the log-likelihood of 500 training points for the last factor of ten",
        tempting=[
            (
                "falls",
                "The held-out points do so, for they lose the weight the spike took; one training "
                "point, however, sits exactly under it.",
            ),
            (
                "levels",
                "One point of 500 seems too few to matter, but its density grows with every "
                "narrower σ, and a density has no upper limit.",
            ),
        ],
    ),
    choice(
        "2g",
        "One Gaussian, σ = 0.5, stands around a lone point far from the others. What do five EM "
        "steps without a floor do to it?",
        options={
            "grows": "It widens, towards the arc",
            "stays": "It stays about as wide",
            "zero": "Its σ falls to exactly 0",
        },
        measures="σ of the second Gaussian, until the E-step fails",
        tempting=[
            (
                "grows",
                "A wider Gaussian would reach more points, but the M-step takes the points that it "
                "is responsible for, and that is one.",
            ),
            (
                "stays",
                "Its σ fitted nothing at the start: the weighted covariance of a single point is "
                "zero, whatever the width was before.",
            ),
        ],
    ),
    number(
        "2h",
        "Two long Gaussians cross away from their middles, a third stands apart. How many tops has "
        "the density of the three?",
        unit="tops",
        low=1,
        high=8,
        within=0.5,
        measures="tops of one such density on a grid of 401 × 401 places",
        tempting=[
            (
                (3, 3),
                "One top for each mean is the natural count, but where two tails cross they add "
                "up, and can make a top where no mean is.",
            ),
            (
                (1, 2),
                "Gaussians that overlap can share one top, but these two overlap with their tails, "
                "not with their middles.",
            ),
        ],
    ),
)
