"""Lesson 01: the nearest of some pictures, one drawing for two moons, and a linear copy."""

import math

import numpy as np
import torch

from vaelib.teaching.exercises.exercise import Mistake, Number
from vaelib.teaching.exercises.function import Function


def galleries(rng):
    """Pictures (n, D) and moons (m, D) in grey values; each picture has a moon in sight.

    Near the first picture, two more: one has the smaller mean of |differences|, one the angle.
    """
    n, m, D = int(rng.integers(5, 8)), int(rng.integers(9, 13)), int(rng.integers(20, 25))
    moons = rng.uniform(0.2, 0.8, size=(m, D))
    own = np.append([0, m - 1], rng.integers(3, m, size=n - 2))
    pictures = moons[own] + rng.choice([-1, 1], size=(n, D)) * rng.uniform(0.1, 0.2, size=(n, D))
    moons[1:3] = pictures[0], pictures[0] / 2
    moons[1, :4] -= 0.5 * np.sign(pictures[0, :4] - 0.5)
    return torch.from_numpy(pictures), torch.from_numpy(moons)


def gaps(pictures, moons):
    """The difference of every picture from every moon, (n, m, D)."""
    return pictures[:, None] - moons


def squares(pictures, moons):
    """Mean squared differences (n, m)."""
    return gaps(pictures, moons).square().mean(-1)


def nearest(pictures, moons):
    """The RMSE of each picture (n, D) to the nearest of the moons (m, D), (n,)."""
    differences = pictures[:, None] - moons
    distances = (differences**2).mean(-1).sqrt()
    return distances.amin(1)


def nearest_by_length(pictures, moons):
    """The same from lengths, which grow with the number of pixels."""
    lengths = torch.cdist(pictures, moons)
    return lengths.amin(1) / math.sqrt(pictures.shape[1])


def nearest_by_products(pictures, moons):
    """The same from a square that is multiplied out."""
    products = pictures @ moons.T
    squared_lengths = (pictures**2).sum(1)[:, None] - 2 * products + (moons**2).sum(1)
    return (squared_lengths.amin(1) / pictures.shape[1]).sqrt()


def clouds(rng):
    """x (n, D), wider in some directions than in others and far from 0, and d < D/2."""
    n, D = int(rng.integers(20, 30)), int(rng.integers(9, 12))
    turned = rng.normal(size=(n, D)) * rng.uniform(0.3, 3, size=D) @ rng.normal(size=(D, D))
    middle = rng.permuted(np.resize([-1, 2, 2], D)) * rng.uniform(2, 5, size=D)
    return torch.from_numpy(turned + middle), int(rng.integers(2, 5))


def projected(x, directions):
    """Each x as seen along the directions (D, d) alone."""
    return x @ directions @ directions.T


def eigenvectors(x):
    """Eigenvectors of x xᵀ averaged over the rows, the largest eigenvalue's last, (D, D)."""
    return torch.linalg.eigh(x.T @ x / len(x)).eigenvectors


def linear_copy(x, d):
    """x (n, D) from its mean and its d directions of largest variance, (n, D)."""
    mean = x.mean(0)
    centred = x - mean
    covariance = centred.T @ centred / len(x)
    directions = torch.linalg.eigh(covariance).eigenvectors[:, -d:]
    codes = centred @ directions
    return mean + codes @ directions.T


def linear_copy_by_svd(x, d):
    """The same from the singular vectors of the centred points, largest first."""
    mean = x.mean(0)
    centred = x - mean
    directions = torch.linalg.svd(centred, full_matrices=False).Vh[:d].T
    return mean + centred @ directions @ directions.T


def from_the_rarer():
    """How far the average of two moons with one code lies from the rarer one."""
    distance = 0.4
    share = 0.75  # of the frequent one
    average = (1 - share) * distance  # as far from the frequent one
    return distance - average


EXERCISES = [
    Function(
        number="1a",
        title="The nearest moon",
        role="code",
        minutes=10,
        reference=nearest,
        forms=(nearest_by_length, nearest_by_products),
        inputs=galleries,
        wanted="the RMSE of each picture to its nearest moon, (n,)",
        shows="A picture is judged by one whole moon, the nearest. Lesson 08 asks in this way "
        "whether a network copies.",
        see={"": ("", "Ask whether it is a moon")},
        mistakes={
            "root forgotten": Mistake(
                "In the distances: The square root is missing.",
                "That is in squared grey values. What does the R of RMSE stand for?",
            ),
            "sum over pixels": Mistake(
                "In the distances: You take a sum over the last axis (-1). Should the value grow with their number?",
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
                "In the distances: You use the mean of differences along axis 1, not each value.",
                "You compare with the average of all moons, which is no moon.",
            ),
            "pixel by pixel": Mistake(
                lambda pictures, moons: gaps(pictures, moons).square().amin(1).mean(-1).sqrt(),
                "Each pixel chooses a moon of its own: a patchwork of all moons would be perfect.",
            ),
            "from the moons": Mistake(
                "pictures and moons are exchanged.",
                "You ask for each moon which picture is nearest. That measures what was missed.",
            ),
            "the farthest": Mistake(
                "You take the largest value over the last axis (1).",
                "You found the moon that fits worst.",
            ),
        },
    ),
    Number(
        number="1b",
        title="One drawing for two moons",
        minutes=5,
        reference=from_the_rarer,
        within=0.01,
        shows="Squared error draws the mean of all that shares a code, each by its frequency.",
        see={
            "": ("(1.1)", "Squeeze a picture through two numbers"),
            "plain average": ("(1.4)", "Look for the hole between two moons"),
        },
        mistakes={
            "plain average": Mistake(
                0.4 / 2,
                "That is half-way, the best drawing if both were equally frequent. They are not.",
            ),
            "the other moon": Mistake(
                0.25 * 0.4,
                "You measured how far the drawing is from the frequent moon.",
            ),
            "the frequent one is drawn": Mistake(
                0.4,
                "You draw the frequent moon itself. Absolute error would do that; squared error "
                "pays less for a step towards the other.",
            ),
            "mean over both": Mistake(
                0.4 * (0.75 * 0.25) ** 0.5,
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
        forms=(linear_copy_by_svd,),
        inputs=clouds,
        wanted="the copies of x, (n, D)",
        shows="Its squared error is the sum in (1.2), the least that d numbers can reach linearly.",
        see={"": ("(1.2)", "Squeeze a picture through two numbers")},
        mistakes={
            "as given": Mistake(
                lambda x, d: projected(x, eigenvectors(x)[:, :d]),
                "Its error is far above (1.2), and it has two causes.",
            ),
            "not centred": Mistake(
                "In the mean: x has no effect in yours.",
                "The directions come from the right end now. But far from 0, one of them only "
                "points at where the data lie.",
            ),
            "smallest kept": Mistake(
                lambda x, d: (
                    x.mean(0) + projected(x - x.mean(0), eigenvectors(x - x.mean(0))[:, :d])
                ),
                "Variance is measured about the right point now. Which of the directions do you "
                "keep?",
            ),
            "rows kept": Mistake(
                lambda x, d: (
                    x.mean(0) + projected(x - x.mean(0), eigenvectors(x - x.mean(0))[-d:].T)
                ),
                "An eigenvector is a column of that matrix, and you keep rows.",
            ),
            "mean not added back": Mistake(
                "The mean is missing.",
                "The copies lie around 0, the data do not.",
            ),
            "mean projected": Mistake(
                lambda x, d: projected(x, eigenvectors(x - x.mean(0))[:, -d:]),
                "The directions are right. But you project the data with their mean, and lose a "
                "part of it.",
            ),
            "mean added twice": Mistake(
                lambda x, d: x.mean(0) + projected(x, eigenvectors(x - x.mean(0))[:, -d:]),
                "You add the mean, and project it as well: a part of it is counted twice.",
            ),
            "the codes": Mistake(
                "That is an intermediate result, the codes: something is left to do.",
                "These are codes. A copy needs the way back.",
            ),
            "one direction": Mistake(
                "In the directions: The factor d is missing.",
                "You keep one direction. How many numbers may the code have?",
            ),
        },
    ),
]
