"""Lesson 10: a mixture as the prior, weights in the bound, and which numbers may be compared."""

import math

import numpy as np
import torch

from vaelib.teaching.exercises.exercise import Choice, Mistake
from vaelib.teaching.exercises.function import Function


def normal(rng, *shape):
    """Standard normal numbers of this shape."""
    return torch.from_numpy(rng.normal(size=shape))


def mixtures(rng):
    """z (n, d), of which two rows lie far off; logits (K,), means and log-variances (K, d)."""
    n, K, d = rng.integers(11, 16), rng.integers(5, 9), rng.integers(3, 5)
    logits = torch.from_numpy(rng.permutation(np.linspace(-1.5, 1.5, K)))
    mu, logvar = normal(rng, K, d), 0.5 * normal(rng, K, d)
    logvar += torch.from_numpy(rng.permutation(np.linspace(-4, 1, K)))[:, None]
    of = torch.arange(n) % K
    z = mu[of] + (logvar[of] / 2).exp() * normal(rng, n, d)
    z[:2] += 80
    return z, *(part.requires_grad_() for part in (logits, mu, logvar))


def log_mixture(z, logits, mu, logvar):
    """log p(z) under diagonal Gaussians: z (n, d), logits (K,), mu and logvar (K, d) → (n,)."""
    squared_distances = (z[:, None] - mu) ** 2 / logvar.exp()
    log_densities = -0.5 * (squared_distances + logvar + math.log(2 * math.pi)).sum(-1)
    log_weights = logits.log_softmax(0)
    return (log_weights + log_densities).logsumexp(1)


def by_standard_deviations(z, logits, mu, logvar):
    """The same with σ, the constants apart."""
    std = (logvar / 2).exp()
    distances = (z[:, None] - mu) / std
    log_constants = std.log().sum(-1) + 0.5 * z.shape[1] * math.log(2 * math.pi)
    log_densities = -0.5 * (distances**2).sum(-1) - log_constants
    return (logits.softmax(0).log() + log_densities).logsumexp(1)


def per_dimension(z, logits, mu, logvar):
    """A product of one-dimensional mixtures."""
    squared_distances = (z[:, None] - mu) ** 2 / logvar.exp()
    log_densities = -0.5 * (squared_distances + logvar + math.log(2 * math.pi))
    return (logits.log_softmax(0)[:, None] + log_densities).logsumexp(1).sum(-1)


def one_gaussian(z, logits, mu, logvar):
    """The Gaussian with the mixture's means and variances."""
    weights = logits.softmax(0)[:, None]
    mean = (weights * mu).sum(0)
    variance = (weights * (logvar.exp() + (mu - mean) ** 2)).sum(0)
    return -0.5 * ((z - mean) ** 2 / variance + variance.log() + math.log(2 * math.pi)).sum(-1)


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


EXERCISES = [
    Function(
        number="10a",
        title="A mixture as the prior",
        role="code",
        minutes=10,
        reference=log_mixture,
        forms=(by_standard_deviations,),
        inputs=mixtures,
        gradient=(1, 2, 3),
        wanted="log p(z), one value for each code, (n,)",
        see={"": ("(10.2)", "Put a mixture in the prior")},
        shows="It never leaves log space and has a gradient: this prior can be learned.",
        mistakes={
            "a mixture in each dimension": Mistake(
                per_dimension,
                "One component makes the whole z. You let every dimension choose its own.",
            ),
            "a single Gaussian": Mistake(
                one_gaussian,
                "That Gaussian has the mixture's mean and variance, but a single peak.",
            ),
            "exp(logvar) as std": Mistake(
                "logvar is doubled.",
                "You took exp(logvar) for a standard deviation: each component has a wrong width.",
            ),
        },
    ),
    Function(
        number="10b",
        title="A bound with k draws",
        role="bug",
        minutes=10,
        reference=bound_k,
        forms=(by_ratios,),
        inputs=densities,
        gradient=(0, 1, 2),
        wanted="L_k for each example, (n,)",
        see={"": ("", "Take more draws into the bound")},
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
            "d": "Tempting, for k is the same. But these digits were seen in training, and a model "
            "knows them better than new ones.",
        },
    ),
]
