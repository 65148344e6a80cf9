"""Lesson 00: a difference in nats, a mixture's density in log space, and a hundred Gaussians."""

import numpy as np
import torch

from vaelib.teaching.exercises.exercise import Choice, Mistake
from vaelib.teaching.exercises.function import Function


def components(rng):
    """Weights (K,), and log p(x|k) (n, K): usual points, others far away, and narrow Gaussians."""
    n, K = int(rng.integers(9, 13)), int(rng.integers(3, 7))
    level = np.append(rng.normal(size=n - 3), [-1000, -1600, 900])
    log_px_k = level[:, None] + 2 * rng.normal(size=(n, K)) + 3 * np.eye(n, K)
    return torch.from_numpy(rng.dirichlet([2.0] * K)), torch.from_numpy(log_px_k)


def log_mixture(weights, log_px_k):
    """log p(x) (n,) from the weights (K,) and log p(x|k) (n, K)."""
    log_terms = weights.log() + log_px_k
    return log_terms.logsumexp(1)


def largest_first(weights, log_px_k):
    """The same, the largest log p(x|k) taken out of the sum."""
    largest = log_px_k.amax(1)
    shares = weights * (log_px_k - largest[:, None]).exp()
    return largest + shares.sum(1).log()


EXERCISES = [
    Choice(
        number="0a",
        title="One nat",
        minutes=3,
        right="c",
        shows="Differences of nats are what counts: one nat is a factor e, wherever zero lies.",
        mistakes={
            "a": "True of a probability. But x is a point of a continuum, and p(x) is a density: "
            "self-test 1 has one that is 4.",
            "b": "Tempting, but zero is no special level: measure x in other units, and the same "
            "number is added to both. What survives that?",
            "d": "The right idea, turned the wrong way. A bit is a factor 2 and a nat a factor e: "
            "which of the two is larger, and of which does one need more?",
        },
    ),
    Function(
        number="0b",
        title="A mixture in log space",
        role="code",
        minutes=10,
        reference=log_mixture,
        forms=(largest_first,),
        inputs=components,
        wanted="log p(x) of each point, (n,)",
        shows="No density was formed, so none could underflow. All models of the course do this.",
        see={"": ("(0.1)", "Read a ledger line")},
        mistakes={
            "densities first": Mistake(
                lambda weights, log_px_k: (weights * log_px_k.exp()).sum(1).log(),
                "Some values are infinite: exp(−1000) is 0 for a computer, and exp(900) overflows. "
                "Do not leave log space.",
            ),
            "logarithms averaged": Mistake(
                "You average the term log_px_k, a logarithm: its exponential is what is averaged.",
                "You average logarithms. By (0.1) the densities are averaged, and the logarithm is "
                "taken after that.",
            ),
            "weight times logarithm": Mistake(
                lambda weights, log_px_k: (weights * log_px_k).logsumexp(1),
                "You multiply a logarithm by the weight. That raises the density to a power.",
            ),
            "one too many": Mistake(
                lambda weights, log_px_k: torch.logaddexp(
                    torch.zeros(len(log_px_k)), log_mixture(weights, log_px_k)
                ),
                "You begin to add at log p = 0, a density of 1 that no component has. Begin at "
                "a density of 0.",
            ),
            "largest term alone": Mistake(
                "You take the largest value over the last axis (1).",
                "You keep the largest term alone. The others are smaller, but not nothing.",
            ),
        },
    ),
    Choice(
        number="0c",
        title="Predict: a hundred Gaussians",
        role="predict",
        minutes=3,
        right="d",
        shows="Held-out points see what the fit does not: a hundred free Gaussians learn the 500 "
        "points by heart.",
        mistakes={
            "a": "A hundred lies between ten and infinity, but that is all. The infinitely many "
            "stand on a curve that was given; where do these stand?",
            "b": "They would be if someone told them where to stand. They have to find it out from "
            "500 points, five for each.",
            "c": "It has learned something wrong. A Gaussian with two or three points for itself "
            "becomes narrow, and the space beside it empty.",
        },
    ),
]
