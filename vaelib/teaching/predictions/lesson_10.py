"""What lesson 10 asks before it measures."""

from vaelib.teaching.predictions.prediction import Axis, choice, curve, number

PREDICTIONS = (
    curve(
        "10a",
        "Points lie along an arc. How many nats per point does a z with only J values lose against "
        "a normal z?",
        x=Axis("values of z, J", 1, 20, log=True),
        y=Axis("nats lost", 0, 1.5),
        at=(1, 2, 3, 5, 10, 20),
        within=0.1,
        measures="log p(x) of the arc − that of the best mixture of J, on 2,000 new points",
        tempting=[
            (
                (0, 0, 0, 0, 0, 0),
                "By (10.1) it seems that any z will do, but two values cannot be turned back into "
                "a whole line.",
            ),
            (
                (1.15, 1.1, 1.05, 0.95, 0.85, 0.75),
                "A few values seem far from a whole arc, but each makes a Gaussian with a width of "
                "its own, and these cover it.",
            ),
        ],
    ),
    number(
        "10b",
        "On digits, each of the 20 dimensions of z gets a prior with two humps, which stay where "
        "they are. How many nats of log p(x) are gained after 6 epochs (below 0: lost)?",
        unit="nats",
        low=-6,
        high=6,
        within=0.8,
        measures="gain over the unchanged model with the same seed, mean of five seeds",
        tempting=[
            (
                (-0.5, 0.5),
                "By (10.1) another decoder makes up for any density, but this one must learn it, "
                "and q stays one Gaussian.",
            ),
            (
                (1, 6),
                "Ten kinds of digits seem to suit a prior with humps, but these humps were put "
                "there without a look at the digits.",
            ),
        ],
    ),
    choice(
        "10c",
        "One guess q is twice as wide as the posterior, one half as wide. Which leaves the smaller "
        "gap below log p(x), with 1 draw in the bound and with 100?",
        options={
            "narrow, narrow": "The narrow one, with 1 and with 100",
            "narrow, wide": "The narrow one with 1, the wide one with 100",
            "wide, narrow": "The wide one with 1, the narrow one with 100",
            "wide, wide": "The wide one, with 1 and with 100",
        },
        measures="log p(x) − L_k for a Gaussian posterior, 3,000,000 draws in all",
        tempting=[
            (
                "narrow, narrow",
                "With one draw it pays never to err, but of 100 draws one good one is enough, and "
                "a narrow q misses whole regions.",
            ),
            (
                "wide, narrow",
                "A wide q seems to need fewer draws to look everywhere, but with one draw each "
                "error counts in full.",
            ),
            (
                "wide, wide",
                "Covering the posterior is what (10.3) asks for, but it holds for many draws, and "
                "one is not many.",
            ),
        ],
    ),
    choice(
        "10d",
        "Trained with ½ KL in place of the KL, the reconstructions get better by eight nats. What "
        "happens to log p(x)?",
        options={
            "rises": "It rises by more than half a nat",
            "same": "It moves by less than half a nat",
            "falls": "It falls by more than half a nat",
        },
        measures="gain in log p(x) over the unchanged model after 6 epochs, mean of five seeds",
        tempting=[
            (
                "rises",
                "Better reconstructions look like a better model, but the KL grows, and p(x) pays "
                "for all of it.",
            ),
            (
                "same",
                "What one term wins the other seems to lose, but only at β = 1 is their sum what "
                "was trained on.",
            ),
        ],
    ),
    number(
        "10e",
        "A VAE with labels draws 50 codes for each of the ten digits. In how many per cent of the "
        "pictures does the nearest training image have the label that was asked for?",
        unit="%",
        low=0,
        high=100,
        within=8,
        measures="share of 500 pictures whose nearest training image has that label",
        tempting=[
            (
                (90, 100),
                "The decoder is told the label, but nothing forbids the code to speak about the "
                "digit, too, and to outvote it.",
            ),
            (
                (5, 15),
                "That is chance, and would hold if the decoder did not listen to the label at all.",
            ),
        ],
    ),
)
