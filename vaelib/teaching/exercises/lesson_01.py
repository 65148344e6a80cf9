"""Lesson 01: the nearest moon, one drawing for two, a linear copy, and where codes lie."""

import math

import numpy as np
import torch

from vaelib.teaching.exercises.exercise import Choice, Mistake, Number
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


def nearest(pictures, moons):
    """The RMSE of each picture (n, D) to the nearest of the moons (m, D), (n,)."""
    differences = pictures[:, None] - moons
    distances = (differences**2).mean(-1).sqrt()
    return distances.amin(1)


def nearest_by_length(pictures, moons):
    """The same from lengths, which grow with the number of pixels."""
    lengths = torch.cdist(pictures, moons)
    return lengths.amin(1) / math.sqrt(pictures.shape[1])


def chosen_by_product(pictures, moons):
    """The RMSE to the moon with the largest scalar product, which need not be near."""
    products = pictures @ moons.T
    chosen = moons[products.argmax(1)]
    return ((pictures - chosen) ** 2).mean(1).sqrt()


def clouds(rng):
    """x (n, D), wider in some directions than in others and far from 0, and d < D/2."""
    n, D = int(rng.integers(20, 30)), int(rng.integers(9, 12))
    turned = rng.normal(size=(n, D)) * rng.uniform(0.3, 3, size=D) @ rng.normal(size=(D, D))
    middle = rng.permuted(np.resize([-1, 2, 2], D)) * rng.uniform(2, 5, size=D)
    return torch.from_numpy(turned + middle), int(rng.integers(2, 5))


def first_directions(x, d):
    """The snippet of the lesson, to be repaired."""
    second = x.T @ x / len(x)
    directions = torch.linalg.eigh(second).eigenvectors[:, :d]
    return x @ directions @ directions.T


def projected(points, centred, d):
    """The points (n, D) along the d directions in which the centred ones vary most, (n, D)."""
    covariance = centred.T @ centred / len(centred)
    eigenvectors = torch.linalg.eigh(covariance).eigenvectors
    directions = eigenvectors[:, -d:]
    codes = points @ directions
    return codes @ directions.T


def linear_copy(x, d):
    """x (n, D) from its mean and its d directions of largest variance, (n, D)."""
    mean = x.mean(0)
    centred = x - mean
    return mean + projected(centred, centred, d)


def linear_copy_by_svd(x, d):
    """The same from the singular vectors of the centred points, largest first."""
    mean = x.mean(0)
    centred = x - mean
    singular_vectors = torch.linalg.svd(centred, full_matrices=False).Vh.T
    directions = singular_vectors[:, :d]
    return mean + centred @ directions @ directions.T


def from_the_rarer():
    """How far the average of two moons with one code lies from the rarer one."""
    distance = 0.4
    share = 0.75  # of the frequent one
    average = (1 - share) * distance  # as far from the frequent one
    return distance - average


def layers(rng):
    """Codes (n, d) far from 0, each dimension with its own spread, and a layer (h, d), (h,)."""
    n, d, h = int(rng.integers(9, 13)), int(rng.integers(2, 5)), int(rng.integers(5, 8))
    spread, middle = rng.uniform(1.5, 4, size=d), rng.permuted(np.resize([-1, 1], d))
    codes = spread * rng.normal(size=(n, d)) + middle * rng.uniform(1, 5, size=d)
    return tuple(map(torch.from_numpy, (codes, rng.normal(size=(h, d)), rng.normal(size=h))))


def undone(codes, weight, bias):
    """The weight (h, d) and bias (h,) that give for standardised codes what they gave for these."""
    mean = codes.mean(0)
    std = codes.std(0, correction=0)
    new_weight = weight * std
    new_bias = bias + weight @ mean
    return new_weight, new_bias


EXERCISES = [
    Function(
        number="1a",
        title="The nearest moon",
        role="code",
        minutes=10,
        reference=nearest,
        forms=(nearest_by_length,),
        inputs=galleries,
        wanted="the RMSE of each picture to its nearest moon, (n,)",
        shows="A picture is judged by one whole moon, the nearest. Lesson 09 asks in this way "
        "whether a network copies.",
        see={"": ("", "Ask whether it is a moon")},
        mistakes={
            "784 pixels": Mistake(
                lambda pictures, moons: torch.cdist(pictures, moons).amin(1) / 28,
                "28 is the root of 784. The checker's pictures have fewer pixels: ask them for D.",
            ),
            "absolute differences": Mistake(
                lambda pictures, moons: (pictures[:, None] - moons).abs().mean(-1).amin(1),
                "You average absolute differences. A few very wrong pixels should weigh more.",
            ),
            "chosen by products": Mistake(
                chosen_by_product,
                "You choose by a scalar product. It is largest for bright moons, near or not.",
            ),
            "pixel by pixel": Mistake(
                lambda pictures, moons: ((pictures[:, None] - moons) ** 2).amin(1).mean(-1).sqrt(),
                "Each pixel chooses a moon of its own: a patchwork of all moons would be perfect.",
            ),
            "the average moon": Mistake(
                "In the distances: You use the mean of differences along axis 1, not each value.",
                "You compare with the average of all moons, which is no moon.",
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
        see={"": ("(1.1)", "Squeeze a picture through two numbers")},
        mistakes={
            "plain average": Mistake(0.2, "That is half-way, as if both were equally frequent."),
            "the other moon": Mistake(0.1, "That is how far it lies from the frequent moon."),
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
        shows="Its squared error is the sum in (1.2), the least that d affine numbers can reach.",
        see={"": ("(1.2)", "Squeeze a picture through two numbers")},
        mistakes={
            "as given": Mistake(
                first_directions, "Its error is far above (1.2), and it has two causes."
            ),
            "not centred": Mistake(
                "In the mean: x has no effect in yours.",
                "The directions come from the right end now. But far from 0, one of them only "
                "points at where the data lie.",
            ),
            "other directions": Mistake(
                "In the directions: You take another piece of it.",
                "Which of the directions do you keep, and how many?",
            ),
            "mean projected": Mistake(
                lambda x, d: projected(x, x - x.mean(0), d),
                "The directions are right. But you project the data with their mean, and lose a "
                "part of it.",
            ),
            "scaled": Mistake(
                lambda x, d: x.mean(0) + linear_copy((x - x.mean(0)) / x.std(0), d),
                "You measure every coordinate in a unit of its own. That turns the directions.",
            ),
        },
    ),
    Choice(
        number="1d",
        title="Predict: one number",
        role="predict",
        minutes=3,
        right="c",
        shows="One nonlinear number follows the phase, which moves most pixels, and little else.",
        mistakes={
            "a": "It need not be half as good as two. What does a code that follows the phase "
            "exactly already know about the pixels?",
            "b": "Affine numbers draw weighted sums of two pictures. A curve through the moons "
            "draws moons, if of one tilt only.",
            "d": "Such a curve exists, and it would have to wind closely through all the moons. "
            "Does training find it in 2,000 steps?",
        },
    ),
    Choice(
        number="1e",
        title="Name the control: who draws better moons?",
        role="control",
        minutes=5,
        right="b",
        shows="Before two codes are compared by what N(0, I) draws from them, they need one unit.",
        mistakes={
            "a": "Seeds show how much is chance. They do not show a cause that is the same in "
            "every seed, such as the size of the codes.",
            "c": "That makes 0.06 and 0.41 more exact. Is it their last digits that are in doubt?",
            "d": "The loss may fall as far as it will: does it say where the codes lie?",
        },
    ),
    Function(
        number="1f",
        title="Give the codes a unit",
        role="derive",
        minutes=12,
        reference=undone,
        inputs=layers,
        wanted="the new weight (h, d), and the new bias (h,)",
        shows="Shift and size of the codes are free: any place and unit gives the same pictures.",
        see={"": ("(1.3)", "Use it as a generator")},
        mistakes={
            "the wrong way round": Mistake(
                lambda codes, weight, bias: (
                    weight / codes.std(0, correction=0),
                    bias + weight @ codes.mean(0),
                ),
                "The codes become smaller or larger by a factor, and the weights do so too. Then "
                "their product is no longer what it was.",
            ),
            "shift in the new unit": Mistake(
                lambda codes, weight, bias: (
                    weight * codes.std(0, correction=0),
                    bias + (weight * codes.std(0, correction=0)) @ codes.mean(0),
                ),
                "The mean is subtracted before the division, so it is in the old unit. Which "
                "weights does it meet?",
            ),
        },
    ),
]
