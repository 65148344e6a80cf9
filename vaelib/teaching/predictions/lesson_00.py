"""What lesson 00 asks before it measures."""

from vaelib.teaching.predictions.prediction import choice, number

PREDICTIONS = (
    number(
        "0a",
        "How many nats a held-out point do ten Gaussians gain over one?",
        unit="nats a point",
        low=0,
        high=5,
        within=0.4,
        measures="mean log p(x) of 2,000 held-out points, ten Gaussians less one",
        tempting=[
            (
                (2.2, 2.4),
                "Ten times as many Gaussians suggests ten times the density, which is log 10 = 2.3 "
                "nats, but a density does not grow with K.",
            ),
            (
                (0, 0.5),
                "One ellipse covers all points, too, but it also spends probability on the empty "
                "middle of the crescent.",
            ),
            (
                (4, 5),
                "The two pictures differ so much that a large number seems due, but one nat is "
                "already a factor e in density at every point.",
            ),
        ],
    ),
    number(
        "0b",
        "How many nats a held-out point do infinitely many Gaussians, on the right curve, gain "
        "over ten?",
        unit="nats a point",
        low=0.001,
        high=10,
        log=True,
        within=2,
        measures="mean log p(x) of 2,000 held-out points, one Gaussian for every z less ten",
        tempting=[
            (
                (0.5, 10),
                "Infinitely many sounds like far more than ten, but ten ellipses already lie along "
                "the whole line.",
            ),
            (
                (0.001, 0.02),
                "To the eye both pictures cover the same line, but ten straight pieces, learned "
                "from 500 points, do not follow it exactly.",
            ),
        ],
    ),
    number(
        "0c",
        "How many nats more do the 500 points get to which the ten Gaussians were fitted, compared "
        "with held-out points?",
        unit="nats a point",
        low=-0.5,
        high=1,
        within=0.05,
        measures="mean log p(x) of ten Gaussians, 500 points of the fit less 2,000 others",
        tempting=[
            (
                (-0.05, 0.05),
                "Both sets come from the same curve with the same noise, but the fit has seen only "
                "one of them.",
            ),
            (
                (0.4, 1),
                "A fit that knows its points should do far better on them, but ten Gaussians have "
                "too few free numbers to learn 500 points by heart.",
            ),
            (
                (-0.5, -0.06),
                "More points look like more evidence, but an average does not rise with the number "
                "of points in it.",
            ),
        ],
    ),
    choice(
        "0d",
        "On a ring, which gets more nats a held-out point?",
        options={
            "five": "Five Gaussians",
            "same": "Both the same, to within 0.05 nats",
            "infinite": "One Gaussian for every place of the ring",
        },
        measures="mean log p(x) of 2,000 held-out points of a ring",
        tempting=[
            (
                "five",
                "Five Gaussians choose middles, shapes and weights freely, but each is a straight "
                "piece, and a ring bends everywhere.",
            ),
            (
                "same",
                "Ten came close to infinitely many on the crescent, but five have twice as much "
                "line to cover each, and on a longer line.",
            ),
        ],
    ),
)
