"""Lesson 01: the nearest of some pictures, one drawing for two moons, and a linear copy."""

import torch

from vaelib.teaching.exercises.exercise import Mistake, Number
from vaelib.teaching.exercises.function import Function

APART, OFTEN = 0.4, 0.75  # two moons with one code: their distance, and the share of the first


def galleries(rng):
    """Pictures (n, D) and moons (m, D) in grey values; each picture has a moon in sight."""
    n, m, D = int(rng.integers(5, 8)), int(rng.integers(9, 13)), int(rng.integers(20, 25))
    moons = rng.uniform(size=(m, D))
    pictures = moons[rng.integers(m, size=n)] + 0.2 * rng.normal(size=(n, D))
    return torch.from_numpy(pictures), torch.from_numpy(moons)


def gaps(pictures, moons):
    """The difference of every picture from every moon, (n, m, D)."""
    return pictures[:, None] - moons


def squares(pictures, moons):
    """Mean squared differences (n, m)."""
    return gaps(pictures, moons).square().mean(-1)


def nearest(pictures, moons):
    """The distance of each picture to the nearest moon, (n,)."""
    return squares(pictures, moons).amin(1).sqrt()


def clouds(rng):
    """x (n, D), wider in some directions than in others and far from 0, and d."""
    n, D = int(rng.integers(20, 30)), int(rng.integers(6, 10))
    turned = rng.normal(size=(n, D)) * rng.uniform(0.3, 3, size=D) @ rng.normal(size=(D, D))
    return torch.from_numpy(turned + 3 * rng.normal(size=D)), int(rng.integers(2, 5))


def projected(x, directions):
    """Each x as seen along the directions (D, d) alone."""
    return x @ directions @ directions.T


def directions(x):
    """Eigenvectors of x xᵀ averaged over the rows, the largest eigenvalue's last, (D, D)."""
    return torch.linalg.eigh(x.T @ x / len(x)).eigenvectors


def linear_copy(x, d):
    """x from the mean and its d directions of largest variance, (n, D)."""
    mean = x.mean(0)
    return mean + projected(x - mean, directions(x - mean)[:, -d:])


EXERCISES = [
    Function(
        number="1a",
        title="The nearest moon",
        role="code",
        minutes=10,
        reference=nearest,
        inputs=galleries,
        wanted="the RMSE of each picture to its nearest moon, (n,)",
        shows="A picture is judged by one whole moon, the nearest. Lesson 08 asks in this way "
        "whether a network copies.",
        mistakes={
            "root forgotten": Mistake(
                lambda pictures, moons: squares(pictures, moons).amin(1),
                "That is in squared grey values. What does the R of RMSE stand for?",
            ),
            "sum over pixels": Mistake(
                lambda pictures, moons: torch.cdist(pictures, moons).amin(1),
                "That is the length of the difference. It grows with the number of pixels, and the "
                "lesson's distance does not.",
            ),
            "784 pixels": Mistake(
                lambda pictures, moons: torch.cdist(pictures, moons).amin(1) / 28,
                "28 is the root of 784. The checker's pictures have fewer pixels: ask them for D.",
            ),
            "absolute differences": Mistake(
                lambda pictures, moons: gaps(pictures, moons).abs().mean(-1).amin(1),
                "You average absolute differences. A few very wrong pixels should weigh more.",
            ),
            "all moons averaged": Mistake(
                lambda pictures, moons: squares(pictures, moons).sqrt().mean(1),
                "You average over all moons. A perfect picture of one moon would still be far off.",
            ),
            "the average moon": Mistake(
                lambda pictures, moons: squares(pictures, moons.mean(0, keepdim=True))[:, 0].sqrt(),
                "You compare with the average of all moons, which is no moon.",
            ),
            "pixel by pixel": Mistake(
                lambda pictures, moons: gaps(pictures, moons).square().amin(1).mean(-1).sqrt(),
                "Each pixel chooses a moon of its own: a patchwork of all moons would be perfect.",
            ),
            "from the moons": Mistake(
                lambda pictures, moons: squares(pictures, moons).amin(0).sqrt(),
                "You ask for each moon which picture is nearest. That measures what was missed.",
            ),
            "the farthest": Mistake(
                lambda pictures, moons: squares(pictures, moons).amax(1).sqrt(),
                "You found the moon that fits worst.",
            ),
        },
    ),
    Number(
        number="1b",
        title="One drawing for two moons",
        minutes=5,
        reference=lambda: OFTEN * APART,
        within=0.01,
        shows="Squared error draws the mean of all that shares a code, each by its frequency.",
        mistakes={
            "plain average": Mistake(
                APART / 2,
                "That is half-way, the best drawing if both were equally frequent. They are not.",
            ),
            "the other moon": Mistake(
                (1 - OFTEN) * APART,
                "You measured how far the drawing is from the frequent moon.",
            ),
            "the frequent one is drawn": Mistake(
                APART,
                "You draw the frequent moon itself. Absolute error would do that; squared error "
                "pays less for a step towards the other.",
            ),
            "mean over both": Mistake(
                APART * (OFTEN * (1 - OFTEN)) ** 0.5,
                "That is the root of the mean squared error over both moons. Asked is one of them.",
            ),
        },
    ),
    Function(
        number="1c",
        title="A linear copy",
        role="bug",
        minutes=10,
        reference=linear_copy,
        inputs=clouds,
        wanted="the copies of x, (n, D)",
        shows="Its squared error is the sum in (1.2), the least that d numbers can reach linearly.",
        mistakes={
            "as given": Mistake(
                lambda x, d: projected(x, directions(x)[:, :d]),
                "Its error is far above (1.2), and it has two causes.",
            ),
            "not centred": Mistake(
                lambda x, d: projected(x, directions(x)[:, -d:]),
                "The directions come from the right end now. But far from 0, one of them only "
                "points at where the data lie.",
            ),
            "smallest kept": Mistake(
                lambda x, d: x.mean(0) + projected(x - x.mean(0), directions(x - x.mean(0))[:, :d]),
                "Variance is measured about the right point now. Which of the directions do you "
                "keep?",
            ),
            "rows kept": Mistake(
                lambda x, d: x.mean(0) + projected(x - x.mean(0), directions(x - x.mean(0))[-d:].T),
                "An eigenvector is a column of that matrix, and you keep rows.",
            ),
            "mean not added back": Mistake(
                lambda x, d: linear_copy(x, d) - x.mean(0),
                "The copies lie around 0, the data do not.",
            ),
            "mean projected": Mistake(
                lambda x, d: projected(x, directions(x - x.mean(0))[:, -d:]),
                "The directions are right. But you project the data with their mean, and lose a "
                "part of it.",
            ),
            "mean added twice": Mistake(
                lambda x, d: x.mean(0) + projected(x, directions(x - x.mean(0))[:, -d:]),
                "You add the mean, and project it as well: a part of it is counted twice.",
            ),
            "the codes": Mistake(
                lambda x, d: (x - x.mean(0)) @ directions(x - x.mean(0))[:, -d:],
                "These are codes. A copy needs the way back.",
            ),
            "one direction": Mistake(
                lambda x, d: (
                    x.mean(0) + projected(x - x.mean(0), directions(x - x.mean(0))[:, -d:][:, -1:])
                ),
                "You keep one direction. How many numbers may the code have?",
            ),
        },
    ),
]
