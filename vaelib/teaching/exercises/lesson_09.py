"""Lesson 09: a mixture as the prior, weights in the bound, and a jump along the chain of steps."""

import math

import numpy as np
import torch

from vaelib.gaussians import log_normal_diag
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
    return (logits - logits.logsumexp(0) + log_densities).logsumexp(1)


def log_joint(z, log_weights, mu, logvar):
    """log w_k + log N(z | k), (n, K), for any log-weights."""
    return log_weights + log_normal_diag(z[:, None], mu, logvar)


def per_dimension(z, logits, mu, logvar):
    """A product of one-dimensional mixtures."""
    log_n = log_normal_diag(z[:, None, :, None], mu[..., None], logvar[..., None])  # (n, K, d)
    return (logits.log_softmax(0)[:, None] + log_n).logsumexp(1).sum(-1)


def densities(rng):
    """log p(x|z), log p(z), log q(z|x) of k draws, (k, n); two examples' weights underflow."""
    k, n = rng.integers(9, 13), rng.integers(6, 9)
    log_px_z = normal(rng, k, n) - 2
    log_px_z[:, :2] -= 900
    log_pz, log_qz = (level - 0.5 * normal(rng, k, n) ** 2 for level in (-4, -2))
    return tuple(part.requires_grad_() for part in (log_px_z, log_pz, log_qz))


def bound_k(log_px_z, log_pz, log_qz):
    """The importance-weighted bound: log-densities (k, n) → (n,)."""
    log_w = log_px_z + log_pz - log_qz
    return log_w.logsumexp(0) - math.log(len(log_w))


def largest_apart(log_px_z, log_pz, log_qz):
    """The same with the largest weight taken out."""
    log_w = log_px_z + log_pz - log_qz
    largest = log_w.amax(0)
    return largest + (log_w - largest).exp().mean(0).log()


def of_log_w(function):
    """A mistake as a function of the log-weights."""
    return lambda log_px_z, log_pz, log_qz: function(log_px_z + log_pz - log_qz)


def schedules(rng):
    """The noise c (k, T) that each step of k chains adds."""
    k, T = rng.integers(3, 6), rng.integers(7, 13)
    return (torch.from_numpy(rng.uniform(0.02, 0.4, size=(k, T))),)


def jump(c):
    """a_t and b_t² for each step of each chain: c (k, T) → (k, T) twice."""
    kept = (1 - c).cumprod(1)
    return kept.sqrt(), 1 - kept


def root_first(c):
    """The same, the factors of x multiplied."""
    a = (1 - c).sqrt().cumprod(1)
    return a, 1 - a**2


def late(c):
    """The product that begins with 1."""
    kept = torch.cat([torch.ones_like(c[:, :1]), torch.cumprod(1 - c, 1)[:, :-1]], 1)
    return kept.sqrt(), 1 - kept


EXERCISES = [
    Function(
        number="9a",
        title="A mixture as the prior",
        role="code",
        minutes=10,
        reference=log_mixture,
        forms=(by_standard_deviations,),
        inputs=mixtures,
        gradient=(1, 2, 3),
        wanted="log p(z), one value for each code, (n,)",
        see={"": ("(9.2)", "Put a mixture in the prior")},
        shows="It never leaves log space and has a gradient: this prior can be learned.",
        mistakes={
            "a mixture in each dimension": Mistake(
                per_dimension,
                "One component makes the whole z. You let every dimension choose its own.",
            ),
            "logits as log-weights": Mistake(
                "In the log weights: The normalisation is missing.",
                "Logits are free numbers. What must the weights add up to?",
            ),
            "weights forgotten": Mistake(
                "The log weights are missing.",
                "The result does not depend on the logits: every component counts in full.",
            ),
            "average of the logarithms": Mistake(
                "You average the log densities, a logarithm: its exponential is what is averaged.",
                "You average log-densities. In a mixture it is the densities that are averaged.",
            ),
            "underflow": Mistake(
                lambda z, logits, mu, logvar: (
                    log_joint(z, logits.log_softmax(0), mu, logvar).exp().sum(1).log()
                ),
                "Right near the means. Far from them every density rounds to 0, and log 0 is −∞.",
            ),
            "exp(logvar) as std": Mistake(
                "logvar is doubled.",
                "You took exp(logvar) for a standard deviation: each component has a wrong width.",
            ),
            "log 2π once": Mistake(
                "In the log densities: The term log(2·π) is counted once: it belongs into every part of the sum.",
                "Each dimension is a Gaussian with a constant of its own; you counted one for all.",
            ),
            "best component alone": Mistake(
                "You take the largest value over the last axis (1).",
                "You keep the most probable component only. The others add to the density too.",
            ),
        },
    ),
    Function(
        number="9b",
        title="A bound with k draws",
        role="bug",
        minutes=10,
        reference=bound_k,
        forms=(largest_apart,),
        inputs=densities,
        gradient=(0, 1, 2),
        wanted="L_k for each example, (n,)",
        see={"": ("", "Take more draws into the bound")},
        shows="One good draw in k is enough, and weights as small as exp(−900) do no harm.",
        mistakes={
            "as given": Mistake(
                of_log_w(lambda log_w: log_w.exp().log().mean(0)),
                "Print it for log_px_z near −900. Then ask what it is for the others: L_k or L?",
            ),
            "mean of the logarithms": Mistake(
                of_log_w(lambda log_w: log_w.mean(0)),
                "Nothing underflows now. But more draws only make this steadier, never larger.",
            ),
            "underflow": Mistake(
                "You leave log space: densities this small are 0, or this large are infinite.",
                "Mean and logarithm stand in the right order now. But how large is exp(−900)?",
            ),
            "sum for mean": Mistake(
                "The term log(len(log w)) is missing.",
                "If all k weights were equal, L_k should be the logarithm of one. Yours is more.",
            ),
            "mean of a mean": Mistake(
                "You divide by the number of values along the first axis (0).",
                "You divide by the number of draws twice.",
            ),
            "best draw alone": Mistake(
                "The term with log w and largest is missing.",
                "The largest weight dominates the average; it is not the average.",
            ),
            "weighted by themselves": Mistake(
                of_log_w(lambda log_w: (log_w.softmax(0) * log_w).sum(0)),
                "Normalised weights belong in the gradient of L_k. This is not its value.",
            ),
            "average over the examples": Mistake(
                of_log_w(lambda log_w: log_w.logsumexp(1) - math.log(log_w.shape[1])),
                "You average over the examples. The draws stand on the first axis.",
            ),
            "q not divided by": Mistake(
                "In the log w: The term log_qz is missing: three terms are added there.",
                "The draws come from q, not from the prior: what must a weight correct for?",
            ),
        },
    ),
    Function(
        number="9c",
        title="All the steps at once",
        role="derive",
        minutes=10,
        reference=jump,
        forms=(root_first,),
        inputs=schedules,
        wanted="a_t and b_t², two values, each (k, T)",
        see={"": ("(9.5)", "Take many small steps")},
        shows="One draw reaches any step: this is why many steps can be trained one at a time.",
        mistakes={
            "root lost": Mistake(
                "In value 1 of 2: The square root is missing.",
                "A step scales the mean of z as well as its variance, but not by the same factor.",
            ),
            "noise that never shrinks": Mistake(
                lambda c: (jump(c)[0], c.cumsum(1)),
                "You add up all the noise. But later steps shrink what the earlier ones added.",
            ),
            "one step alone": Mistake(
                "In the kept: The running product is missing.",
                "That is one step, from its z to the next. Ask for the way from x.",
            ),
            "last noise alone": Mistake(
                lambda c: (jump(c)[0], c),
                "The mean is right. The noise of the earlier steps has not gone: it only shrank.",
            ),
            "standard deviation": Mistake(
                "In value 2 of 2: That is the square root of what is wanted.",
                "The second value is a standard deviation. The variance is asked for.",
            ),
            "1 − a": Mistake(
                "In value 2 of 2: You take the root of the kept.",
                "Let x have variance 1: then z_t has it at every t. With your values it has not.",
            ),
            "one step late": Mistake(
                late,
                "You begin at t = 0, where nothing has happened yet. The first column is t = 1.",
            ),
            "product over the chains": Mistake(
                "In the kept: In yours you take the running product over the first axis (0).",
                "You multiply down the columns. Each row is a chain of its own.",
            ),
            "c as a standard deviation": Mistake(
                "c is squared.",
                "You squared c. It is a variance already.",
            ),
        },
    ),
    Choice(
        number="9d",
        title="Which row wins",
        minutes=5,
        right="c",
        shows="A bound that lies above the other model's log p(x) settles it; no other row does.",
        mistakes={
            "a": "This is the largest number, but no bound: half of the KL was left out. How much "
            "lower the bound lies, with the other half, the row does not say.",
            "b": "This one was told the label. Sum the label out, as (9.4) does: what remains for "
            "sure is less by log 10, and then it no longer wins.",
            "d": "Tempting, for k is the same. But these digits were seen in training, and a model "
            "knows them better than new ones.",
        },
    ),
]
