"""Lesson 10: a bound with k draws, the width that it asks of q, and what a comparison proves."""

import math

import torch

from vaelib.teaching.exercises.drawing import normal
from vaelib.teaching.exercises.exercise import Choice, Mistake
from vaelib.teaching.exercises.function import Function


def densities(rng):
    """log p(x|z), log p(z), log q(z|x) of k draws, (k, n); two examples' weights underflow."""
    k, n = rng.integers(9, 13), rng.integers(6, 9)
    log_px_z = normal(rng, k, n) - 2
    log_px_z[:, :2] -= 900
    log_px_z[0, 2] += 10  # one draw that counts for all
    log_pz, log_qz = (level - 0.5 * normal(rng, k, n) ** 2 for level in (-4, -2))
    return tuple(part.requires_grad_() for part in (log_px_z, log_pz, log_qz))


def bound_k(log_px_z, log_pz, log_qz):
    """The importance-weighted bound: log-densities (k, n) → (n,)."""
    log_w = log_px_z + log_pz - log_qz
    return log_w.logsumexp(0) - math.log(len(log_w))


def by_ratios(log_px_z, log_pz, log_qz):
    """The same with p(z)/q(z|x) as a weight of its own."""
    log_ratios = log_pz - log_qz
    return (log_px_z + log_ratios).logsumexp(0) - math.log(len(log_ratios))


def underflowing(log_px_z, log_pz, log_qz):
    """The weights themselves averaged."""
    w = (log_px_z + log_pz - log_qz).exp()
    return w.mean(0).log()


def snippet(log_px_z, log_pz, log_qz):
    """The bound L, once the weights have underflowed."""
    w = (log_px_z + log_pz - log_qz).exp()
    return w.log().mean(0)


def each_alone(log_px_z, log_pz, log_qz):
    """The logarithm of each density's own average."""
    return log_px_z.logsumexp(0) + log_pz.logsumexp(0) - log_qz.logsumexp(0) - math.log(len(log_pz))


def normalised(log_px_z, log_pz, log_qz):
    """Weights p(z)/q(z|x) that sum to 1."""
    log_ratios = log_pz - log_qz
    return (log_px_z + log_ratios).logsumexp(0) - log_ratios.logsumexp(0)


def widths(rng):
    """Widths of q over the posterior's, c (n, d), and a number of draws."""
    n, d, k = rng.integers(5, 9), rng.choice([3, 5]), int(rng.integers(5, 40))
    return torch.from_numpy(rng.uniform(0.8, 2.0, size=(n, d))), k


def gap_k(c, k):
    """log p(x) − L_k for large k: c (n, d) → (n,), nats."""
    exponents = 2 - 1 / c**2
    integrals = c / exponents.sqrt()
    relative_variance = integrals.prod(1) - 1
    return relative_variance / (2 * k)


def gap_by_squares(c, k):
    """The same with the root of both."""
    per_dimension = c**2 / (2 * c**2 - 1).sqrt()
    return 0.5 * (per_dimension.prod(1) - 1) / k


def gap_by_logarithms(c, k):
    """The same with a sum of logarithms."""
    logs = 2 * c.log() - 0.5 * (2 * c**2 - 1).log()
    return (logs.sum(1).exp() - 1) / (2 * k)


def added_up(c, k):
    """The dimensions' variances added."""
    per_dimension = c / (2 - 1 / c**2).sqrt()
    return (per_dimension - 1).sum(1) / (2 * k)


def without_constant(c, k):
    """The integral of the exponential alone, divided by the square root of 2π."""
    per_dimension = 1 / (2 - 1 / c**2).sqrt()
    return (per_dimension.prod(1) - 1) / (2 * k)


def variance_for_width(c, k):
    """c taken for the ratio of the variances."""
    return gap_k(c.sqrt(), k)


EXERCISES = [
    Function(
        number="10a",
        title="A bound with k draws",
        role="bug",
        minutes=8,
        reference=bound_k,
        forms=(by_ratios,),
        inputs=densities,
        gradient=(0, 1, 2),
        wanted="L_k for each example, (n,)",
        see={"": ("", "Average more draws inside the logarithm")},
        shows="One good draw in k is enough, and weights as small as exp(−900) do no harm.",
        mistakes={
            "as given": Mistake(
                snippet,
                "Print it for log_px_z near −900. Then ask what it is for the others: L_k or L?",
            ),
            "mean of the logarithms": Mistake(
                lambda log_px_z, log_pz, log_qz: (log_px_z + log_pz - log_qz).mean(0),
                "Nothing underflows now. But more draws only make this steadier, never larger.",
            ),
            "underflow": Mistake(
                underflowing,
                "Mean and logarithm stand in the right order now. But how large is exp(−900)?",
            ),
            "each average alone": Mistake(
                each_alone,
                "You average each density alone. A weight is a product, of one draw's densities.",
            ),
            "normalised weights": Mistake(
                normalised,
                "You made the weights sum to 1. The draws come from q: they average 1 already.",
            ),
        },
    ),
    Function(
        number="10b",
        title="How wide must q be?",
        role="derive",
        minutes=12,
        reference=gap_k,
        forms=(gap_by_squares, gap_by_logarithms),
        inputs=widths,
        wanted="about log p(x) − L_k for each example, (n,)",
        see={"": ("(10.3)", "Average more draws inside the logarithm")},
        shows="The dimensions multiply: where there are many, q must fit in each of them.",
        mistakes={
            "dimensions added": Mistake(
                added_up,
                "For one dimension this is right. But a weight is a product over the dimensions, "
                "and the mean of a product of independent factors is the product of their means.",
            ),
            "constant lost": Mistake(
                without_constant,
                "You integrated the exponential. Which constants stand before the two densities?",
            ),
            "variance for width": Mistake(
                variance_for_width,
                "That would be right if c were the ratio of the variances. It is that of the "
                "standard deviations.",
            ),
        },
    ),
    Choice(
        number="10c",
        title="Which row wins",
        minutes=5,
        right="c",
        shows="A bound that lies above the other model's log p(x) settles it; no other row does.",
        mistakes={
            "a": "This is the largest number, but no bound: half of the KL was left out. How much "
            "lower the bound lies, with the other half, the row does not say.",
            "b": "This one was told the label. Sum the label out, as (10.4) does: what remains for "
            "sure is less by log 10, and then it no longer wins.",
            "d": "Tempting, for it is a bound with many draws. But these digits were seen in "
            "training, and a model knows them better than new ones.",
        },
    ),
    Choice(
        number="10d",
        title="Name the control: is it the covariance?",
        role="control",
        minutes=4,
        right="b",
        shows="It shares all that was changed, the time, except for what is to be judged.",
        mistakes={
            "a": "Seeds show how much is chance. The longer training is in every seed, so it is no "
            "chance, and would stay in the difference.",
            "c": "Both are read in the same way already, and more draws move both. What differs in "
            "how they were *trained*?",
            "d": "That changes a third thing, and tells nothing about the two that differ already.",
        },
    ),
    Choice(
        number="10e",
        title="Predict: three changes at once",
        role="predict",
        minutes=3,
        right="b",
        shows="The three mend different things, so their gains nearly add up.",
        mistakes={
            "a": "Would they all close one and the same gap? One changes p(x), one the family of "
            "q, one mostly the gradient.",
            "c": "For that each would have to make the others more useful. Each takes something "
            "away that was missing, and can take it only once.",
            "d": "Each alone helps after 30 epochs. What in one of them would undo the others?",
        },
    ),
]
