"""Lesson 02: draw from a mixture, its density, who made a point, one covariance for all, BIC."""

import math

import numpy as np
import torch
from torch.distributions import MultivariateNormal, Normal
from torch.nn.functional import one_hot

from vaelib.teaching.exercises.exercise import Mistake, Number
from vaelib.teaching.exercises.function import Function


def normal(rng, *shape):
    """Standard normal numbers of this shape."""
    return torch.from_numpy(rng.normal(size=shape))


def mixture(rng, D=None):
    """Weights (K,), none near another, means and standard deviations (K, D); two overlap."""
    K, D = int(rng.integers(4, 7)), D or int(rng.integers(2, 4))
    weights = torch.from_numpy(0.5 ** (1 + rng.permutation(K)) + 0.02)
    weights[:2] += torch.tensor([0.3, 1.2])  # the second is the largest
    stds = torch.from_numpy(rng.permutation(np.linspace(0.4, 2, K * D)).reshape(K, D))
    means = 3 * normal(rng, K, D)
    means[0] = means[0].abs() + 3
    means[1], means[2] = means[0] + 0.5 * stds[1], -means[2].abs()
    return weights / weights.sum(), means, stds


def tables(rng):
    """A mixture, a table of uniforms u (n,), and noise ε (n, D)."""
    weights, means, stds = mixture(rng)
    n, K = int(rng.integers(30, 40)), len(weights)
    everywhere = torch.from_numpy((rng.permutation(n - K) + rng.uniform(size=n - K)) / (n - K))
    inside = weights.cumsum(0) - weights * torch.from_numpy(rng.uniform(0.1, 0.9, size=K))
    u = torch.cat([everywhere, inside])  # all components are chosen
    return weights, means, stds, u, normal(rng, n, means.shape[1])


def draw_points(weights, means, stds, u, eps):
    """Draws x (n, D): a component by u (n,), then its Gaussian by ε (n, D)."""
    ends = weights.cumsum(0)
    component = torch.searchsorted(ends, u).clamp(max=len(weights) - 1)
    return means[component] + stds[component] * eps


def draw_points_by_counting(weights, means, stds, u, eps):
    """The same, the ends below u counted."""
    ends = weights.cumsum(0)
    component = (u[:, None] > ends).sum(1).clamp(max=len(weights) - 1)
    return means[component] + stds[component] * eps


def draw_points_by_place(weights, means, stds, u, eps):
    """The same, the first end that is not below u."""
    reached = u[:, None] <= weights.cumsum(0)
    component = reached.int().argmax(1)
    return means[component] + stds[component] * eps


def points(rng, means):
    """x (n, D): near all the means, in between, and three far away."""
    n, (K, D) = int(rng.integers(11, 15)), means.shape
    near = means + 0.3 * normal(rng, K, D)
    far = normal(rng, 3, D)
    return torch.cat([near, 2 * normal(rng, n - K - 3, D), 100 * (far.sign() + far)])


def diagonal(rng):
    """x (n, D) and a mixture of diagonal Gaussians."""
    weights, means, stds = mixture(rng)
    return points(rng, means), weights, means, stds


def log_density(x, weights, means, stds):
    """log p(x) (n,): x (n, D), weights (K,), means and standard deviations (K, D)."""
    deviations = (x[:, None] - means) / stds
    parts = -0.5 * deviations**2 - stds.log() - 0.5 * math.log(2 * math.pi)
    log_terms = weights.log() + parts.sum(-1)
    return log_terms.logsumexp(1)


def log_density_by_variances(x, weights, means, stds):
    """The same with variances, one ½ for all."""
    variances = stds**2
    squares = (x[:, None] - means) ** 2 / variances
    log_densities = -0.5 * (squares + variances.log() + math.log(2 * math.pi)).sum(-1)
    log_terms = weights.log() + log_densities
    return log_terms.logsumexp(1)


def log_density_by_coordinate(x, weights, means, stds):
    """The snippet of the lesson, to be repaired."""
    log_px_k = Normal(means, stds).log_prob(x[:, None])
    log_terms = weights.log()[:, None] + log_px_k
    return log_terms.logsumexp(1).sum(-1)


def log_density_of_one(x, weights, means, stds):
    """One Gaussian with the mixture's mean and variances."""
    mean = weights @ means
    variances = weights @ stds**2 + weights @ (means - mean) ** 2
    return Normal(mean, variances.sqrt()).log_prob(x).sum(-1)


def full(rng):
    """x (n, D) and a mixture with full covariances (K, D, D)."""
    weights, means, _ = mixture(rng, 3)
    root = normal(rng, *means.shape, 3)
    covs = root @ root.mT / 2 + 0.3 * torch.eye(3)
    covs[2] = 1.45 * torch.eye(3) - 0.45  # signs count for its determinant
    return points(rng, means / 2), weights, means / 2, covs


def log_responsibilities(x, weights, means, covs):
    """log r (n, K): x (n, D), weights (K,), means (K, D), covariances (K, D, D)."""
    gaps = x[:, None] - means
    squared_distances = torch.einsum("nki,kij,nkj->nk", gaps, covs.inverse(), gaps)
    log_densities = -0.5 * covs.logdet() - 0.5 * squared_distances
    log_px = (weights.log() + log_densities).logsumexp(1)
    return weights.log() + log_densities - log_px[:, None]


def log_responsibilities_by_torch(x, weights, means, covs):
    """The same by PyTorch's Gaussians and log-softmax."""
    log_terms = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return log_terms.log_softmax(1)


def guesses(rng):
    """x (n, D) around K places, and responsibilities (n, K) that have found them in part."""
    K, D = int(rng.integers(4, 6)), int(rng.integers(2, 4))
    sizes = rng.permutation(rng.integers(3, 6) + 3 * np.arange(K))
    k = rng.permutation(np.repeat(np.arange(K), sizes))
    n = len(k)
    x = rng.normal(size=(K, D))[k] + (9 / sizes)[k, None] * rng.normal(size=(n, D))
    x[:, 0] += rng.permutation(np.linspace(-8, 8, K))[k]
    x[:, 1] += 3 - x[:, 0]  # a negative covariance, within and between
    logits = normal(rng, n, K) + 3 * torch.eye(K)[k]
    return torch.from_numpy(x), logits.softmax(1)


def tied(x, resp):
    """The M-step with one covariance: x (n, D), resp (n, K) → means (K, D), Σ (D, D)."""
    counts = resp.sum(0)
    means = resp.T @ x / counts[:, None]
    gaps = x[:, None] - means
    covariance = torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / len(x)
    return means, covariance


def tied_by_components(x, resp):
    """The same from a covariance for each component."""
    counts = resp.sum(0)
    means = resp.T @ x / counts[:, None]
    gaps = x[:, None] - means
    covariances = torch.einsum("nk,nki,nkj->kij", resp, gaps, gaps) / counts[:, None, None]
    weights = counts / len(x)
    return means, (weights[:, None, None] * covariances).sum(0)


def tied_by_moments(x, resp):
    """The same from second moments about 0."""
    counts = resp.sum(0)
    means = resp.T @ x / counts[:, None]
    weights = counts / len(x)
    between = (weights[:, None] * means).T @ means
    return means, x.T @ x / len(x) - between


def price():
    """What BIC asks for one component more in three dimensions, in nats."""
    points = 1000
    weight = 1  # so many numbers each
    mean = 3
    covariance = mean * (mean + 1) / 2
    parameters = weight + mean + covariance
    return 0.5 * parameters * math.log(points)


EXERCISES = [
    Function(
        number="2a",
        title="Draw from a table of uniforms",
        role="code",
        minutes=10,
        reference=draw_points,
        forms=(draw_points_by_counting, draw_points_by_place),
        inputs=tables,
        wanted="points x (n, D)",
        shows="One number chooses, the others are noise: there is no more to sampling a mixture.",
        see={"": ("", "Choose a Gaussian, then sample")},
        mistakes={
            "components blended": Mistake(
                lambda weights, means, stds, u, eps: weights @ means + weights @ stds * eps,
                "You average the Gaussians' means and widths: one Gaussian. A mixture chooses.",
            ),
            "not added up": Mistake(
                "In the ends: The running sum is missing.",
                "You compare u with the weights themselves. Where on the line does piece 2 begin?",
            ),
            "one Gaussian": Mistake(
                lambda weights, means, stds, u, eps: (
                    weights @ means
                    + (weights @ stds**2 + weights @ (means - weights @ means) ** 2).sqrt() * eps
                ),
                "That is one Gaussian, as wide as all together. A mixture chooses.",
            ),
            "nearest end": Mistake(
                lambda weights, means, stds, u, eps: (
                    means[(u[:, None] - weights.cumsum(0)).abs().argmin(1)]
                    + stds[(u[:, None] - weights.cumsum(0)).abs().argmin(1)] * eps
                ),
                "You take the piece whose end is nearest to u, not the piece that u falls into.",
            ),
            "weighed again": Mistake(
                lambda weights, means, stds, u, eps: draw_points(
                    weights, weights[:, None] * means, weights[:, None] * stds, u, eps
                ),
                "The weights have done their part with the choice. They count once more in yours.",
            ),
            "the most probable": Mistake(
                lambda weights, means, stds, u, eps: (
                    means[weights.argmax()] + stds[weights.argmax()] * eps
                ),
                "You always choose the component with the most weight. The others are never drawn.",
            ),
            "from the far end": Mistake(
                "You use one minus u.",
                "The same distribution, but the pieces are laid out from 1 downwards.",
            ),
            "variance for width": Mistake(
                "The factor stds enters twice.",
                "The components are right. The noise is stretched by a variance.",
            ),
        },
    ),
    Function(
        number="2b",
        title="A mixture that chooses too often",
        role="bug",
        minutes=10,
        reference=log_density,
        forms=(log_density_by_variances,),
        inputs=diagonal,
        wanted="log p(x) of each point, (n,)",
        shows="One choice for the whole point: so even axis-parallel Gaussians, mixed, tie the "
        "dimensions together.",
        see={"": ("(2.3)", "Stay in log space")},
        mistakes={
            "as given": Mistake(
                log_density_by_coordinate, "Every coordinate chooses a component of its own."
            ),
            "one Gaussian": Mistake(
                log_density_of_one,
                "That is one Gaussian with the mean and variances of all. A mixture has hills.",
            ),
            "weight times logarithm": Mistake(
                lambda x, weights, means, stds: (
                    weights * Normal(means, stds).log_prob(x[:, None]).sum(-1)
                ).logsumexp(1),
                "You multiply a logarithm by the weight. That raises the density to a power.",
            ),
            "weights once a dimension": Mistake(
                lambda x, weights, means, stds: log_density(x, weights ** len(x[0]), means, stds),
                "The order is right. But how often is a component chosen, and its weight counted?",
            ),
        },
    ),
    Function(
        number="2c",
        title="Who made a faraway point",
        role="code",
        minutes=10,
        reference=log_responsibilities,
        forms=(log_responsibilities_by_torch,),
        inputs=full,
        wanted="log r (n, K)",
        shows="However far away a point is, its responsibilities sum to 1 and are known to many "
        "digits.",
        see={"": ("(2.4)", "Ask who made a point")},
        mistakes={
            "over the points": Mistake(
                "In yours the shares sum to 1 over the first axis (0).",
                "Yours sum to 1 over the points. Which question does each row answer?",
            ),
            "logarithm taken last": Mistake(
                lambda x, weights, means, covs: (
                    log_responsibilities_by_torch(x, weights, means, covs).exp().log()
                ),
                "A tiny responsibility becomes 0 on the way, and its logarithm is then infinite.",
            ),
            "plain distances": Mistake(
                lambda x, weights, means, covs: (
                    weights.log() - 0.5 * covs.logdet() - 0.5 * ((x[:, None] - means) ** 2).sum(-1)
                ).log_softmax(1),
                "Your distances are the same in all directions. These Gaussians are not round.",
            ),
            "weights left out": Mistake(
                lambda x, weights, means, covs: log_responsibilities(x, weights**0, means, covs),
                "Before anything is seen, are all components equally probable?",
            ),
            "determinant lost": Mistake(
                "In the log densities: The term with covs is missing.",
                "Your Gaussians do not integrate to one: a wide one must be lower.",
            ),
        },
    ),
    Function(
        number="2d",
        title="One covariance for all",
        role="stretch",
        minutes=20,
        essential=False,
        reference=tied,
        forms=(tied_by_components, tied_by_moments),
        inputs=guesses,
        wanted="two values, means (K, D) and one covariance (D, D)",
        shows="No component can collapse alone now: one Σ shrinks only as far as all points allow.",
        see={"": ("(2.5)", "Fit by EM")},
        mistakes={
            "about the common mean": Mistake(
                lambda x, resp: (tied(x, resp)[0], torch.cov(x.T, correction=0)),
                "That is the covariance of all data. It also counts how far the means are apart.",
            ),
            "gap to a blend": Mistake(
                lambda x, resp: (
                    tied(x, resp)[0],
                    (x - resp @ tied(x, resp)[0]).T.cov(correction=0),
                ),
                "You average the means for each point first. Every component has a gap of its own.",
            ),
            "whole points": Mistake(
                lambda x, resp: tied(x, one_hot(resp.argmax(1), resp.shape[1]).double()),
                "You give each point to one component. That is k-means; EM shares it out.",
            ),
            "degrees of freedom": Mistake(
                lambda x, resp: tied(x, resp * len(x) / (len(x) - resp.shape[1])),
                "You divide by n − K, as for an unbiased estimate. Wanted is the maximum.",
            ),
            "second moment": Mistake(
                "In the gaps: The means are missing.",
                "You average x xᵀ. Whose mean has to be subtracted first?",
            ),
        },
    ),
    Number(
        number="2e",
        title="The price of a component",
        minutes=5,
        reference=price,
        within=0.3,
        shows="The price is paid once, by all the points together: with more data, more components "
        "are worth theirs.",
        see={"": ("(2.6)", "Choose K on data that the fit has not seen")},
        mistakes={
            "in the plane": Mistake(3 * math.log(1000), "That is the price for D = 2, not 3."),
            "covariance counted twice": Mistake(
                6.5 * math.log(1000),
                "A covariance is symmetric: not all of its 9 entries are free.",
            ),
            "variances alone": Mistake(
                3.5 * math.log(1000),
                "You count the variances. A full covariance has more free entries.",
            ),
            "AIC": Mistake(
                10.0, "That is Akaike's price, one nat a parameter. Schwarz's grows with the data."
            ),
            "per point": Mistake(
                price() / 1000, "That is the price per point. Asked is the sum over all points."
            ),
        },
    ),
]
