"""Lesson 02: draw from a mixture, its density, who made a point, one covariance for all, BIC."""

import math

import numpy as np
import torch
from torch.distributions import MultivariateNormal, Normal

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
    ends = weights.cumsum(0)[:-1]
    component = (u[:, None] > ends).sum(1)
    return means[component] + stds[component] * eps


def not_added_up(weights, means, stds, u, eps):
    """A component looked up among the weights, which were not added up."""
    k = torch.searchsorted(weights, u).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps


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


def log_parts(x, means, stds):
    """log N(x_i | μ_ki, σ_ki²), (n, K, D)."""
    return Normal(means, stds).log_prob(x[:, None])


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


def full(rng):
    """x (n, D) and a mixture with full covariances (K, D, D)."""
    weights, means, _ = mixture(rng, 3)
    root = normal(rng, *means.shape, 3)
    covs = root @ root.mT / 2 + 0.3 * torch.eye(3)
    covs[2] = 1.45 * torch.eye(3) - 0.45  # signs count for its determinant
    return points(rng, means), weights, means, covs


def log_terms(x, weights, means, covs):
    """log π_k N(x_n | μ_k, Σ_k), (n, K)."""
    return weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])


def log_responsibilities(x, weights, means, covs):
    """log r (n, K): x (n, D), weights (K,), means (K, D), covariances (K, D, D)."""
    gaps = x[:, None] - means
    squared_distances = torch.einsum("nki,kij,nkj->nk", gaps, covs.inverse(), gaps)
    log_terms = weights.log() - 0.5 * covs.logdet() - 0.5 * squared_distances
    log_px = log_terms.logsumexp(1)
    return log_terms - log_px[:, None]


def log_responsibilities_by_torch(x, weights, means, covs):
    """The same by PyTorch's Gaussians and log-softmax."""
    log_densities = MultivariateNormal(means, covs).log_prob(x[:, None])
    return (weights.log() + log_densities).log_softmax(1)


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


def about(x, resp, means):
    """These means, and the average square of the gaps to them."""
    gaps = x[:, None] - means
    return means, torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / len(x)


def hard(resp):
    """Responsibilities rounded to 0 and 1."""
    return torch.eye(resp.shape[1], dtype=resp.dtype)[resp.argmax(1)]


def price():
    """What BIC asks for one component more in three dimensions, in nats."""
    points = 1000
    weight = 1  # so many numbers each
    mean = 3
    covariance = mean * (mean + 1) / 2
    parameters = weight + mean + covariance
    return 0.5 * parameters * math.log(points)


def price_of(parameters):
    """What BIC asks for so many parameters."""
    return price() * parameters / 10


EXERCISES = [
    Function(
        number="2a",
        title="Draw from a table of uniforms",
        role="code",
        minutes=10,
        reference=draw_points,
        forms=(draw_points_by_counting,),
        inputs=tables,
        wanted="points x (n, D)",
        shows="One number chooses, the others are noise: there is no more to sampling a mixture.",
        see={"": ("", "Choose a Gaussian, then sample")},
        mistakes={
            "components blended": Mistake(
                lambda weights, means, stds, u, eps: weights @ means + weights @ stds * eps,
                "You average the Gaussians' means and widths: one Gaussian. A mixture chooses.",
            ),
            "equally often": Mistake(
                "In the ends: You use the mean of weights, not each value.",
                "Every component is chosen equally often in yours.",
            ),
            "the most probable": Mistake(
                lambda weights, means, stds, u, eps: (
                    means[weights.argmax()] + stds[weights.argmax()] * eps
                ),
                "You always choose the component with the most weight. The others are never drawn.",
            ),
            "not added up": Mistake(
                not_added_up,
                "You compare u with the weights themselves. Where on the line does piece 2 begin?",
            ),
            "one too far": Mistake(
                lambda weights, means, stds, u, eps: draw_points(
                    weights, means.roll(-1, 0), stds.roll(-1, 0), u, eps
                ),
                "Your pieces have the right lengths, and each takes the component after its own.",
            ),
            "from the far end": Mistake(
                "You use one minus u.",
                "The same distribution, but the pieces are laid out from 1 downwards.",
            ),
            "variance for width": Mistake(
                "The factor stds enters twice.",
                "The components are right. The noise is stretched by a variance.",
            ),
            "noise not stretched": Mistake(
                "The factor stds are missing.",
                "The components are right, but all of them are equally wide.",
            ),
            "noise forgotten": Mistake(
                "The term stds·eps is missing.",
                "You return the chosen means. The second step of the two is missing.",
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
        see={
            "": ("(2.3)", "Stay in log space"),
            "logarithm_of_mean": ("(2.2)", "Stay in log space"),
            "densities first": ("(2.2)", "Stay in log space"),
        },
        mistakes={
            "as given": Mistake(
                lambda x, weights, means, stds: torch.logsumexp(
                    weights.log()[:, None] + log_parts(x, means, stds), dim=1
                ).sum(-1),
                "As it stands, every coordinate chooses a component of its own.",
            ),
            "weights once a dimension": Mistake(
                "In the log terms: The term with weights is counted in every part of the sum.",
                "The order is right. But how often is the component chosen, and how often does its "
                "weight enter?",
            ),
            "weights lost": Mistake(
                "In the log terms: The term with weights is missing.",
                "The order is right, and on the way the weights got lost.",
            ),
            "weights not in logs": Mistake(
                "In the log terms: The logarithm is missing.",
                "The order is right. The weights stand among logarithms and are none.",
            ),
            "mean over dimensions": Mistake(
                "In the log terms: You take a mean over the last axis (-1). Should the value grow with their number?",
                "You average over the coordinates. A density of independent ones is a product.",
            ),
            "densities first": Mistake(
                "You leave log space: densities this small are 0, or this large are infinite.",
                "The order is right. But far from all components you leave log space, and the "
                "density becomes 0.",
            ),
            "product over components": Mistake(
                "You take a sum over the last axis (1).",
                "You multiply the components' densities, as if each of them had made the point.",
            ),
            "largest term alone": Mistake(
                "You take the largest value over the last axis (1).",
                "That is the best component's share of p(x). The others can make the point too.",
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
        see={
            "": ("(2.4)", "Ask who made a point"),
            "logarithm_of_mean": ("(2.2)", "Stay in log space"),
            "densities first": ("(2.2)", "Stay in log space"),
        },
        mistakes={
            "densities first": Mistake(
                "You leave log space: densities this small are 0, and 0 is divided by 0.",
                "Faraway points give NaN: all K densities underflow, and 0 is divided by 0.",
            ),
            "logarithm taken last": Mistake(
                "A tiny share becomes 0 on the way, and its logarithm is then infinite.",
                "Nearly. A tiny responsibility becomes 0 on the way, and its logarithm is then "
                "infinite.",
            ),
            "responsibilities": Mistake(
                "That is the exponential of what is wanted.",
                "These are the responsibilities themselves. Wanted are their logarithms.",
            ),
            "not normalised": Mistake(
                "The normalisation is missing.",
                "These are the terms of log p(x). A responsibility is a share of their sum.",
            ),
            "over the points": Mistake(
                "In yours the shares sum to 1 over the first axis (0).",
                "Yours sum to 1 over the points. Which question does each row answer?",
            ),
            "weights left out": Mistake(
                "In the log terms: The term with weights is missing: three terms are added there.",
                "Before anything is seen, are all components equally probable?",
            ),
            "determinant lost": Mistake(
                "In the log terms: The term with covs is missing: three terms are added there.",
                "Your Gaussians do not integrate to one: a wide one must be lower.",
            ),
            "variances alone": Mistake(
                "Only the diagonal of covs counts in yours.",
                "You use the diagonals of the covariances. These Gaussians are tilted.",
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
            "plain average": Mistake(
                "In value 2 of 2: You use the mean of weights, not each value.",
                "You average K covariances as equals. A component with few points says little.",
            ),
            "covariances added": Mistake(
                "In value 2 of 2: The factor weights are missing.",
                "You add K covariances. If all were alike, the result should be like each of them.",
            ),
            "about the common mean": Mistake(
                lambda x, resp: (tied(x, resp)[0], torch.cov(x.T, correction=0)),
                "That is the covariance of all data. It also counts how far the means are apart.",
            ),
            "second moment": Mistake(
                "In the gaps: The means are missing.",
                "You average x xᵀ. Whose mean has to be subtracted first?",
            ),
            "means over all points": Mistake(
                lambda x, resp: about(x, resp, resp.T @ x / len(x)),
                "Look at the means first: by what number is each weighted sum divided?",
            ),
            "whole points": Mistake(
                lambda x, resp: tied(x, hard(resp)),
                "You give each point to one component. That is k-means; EM shares it out.",
            ),
            "degrees of freedom": Mistake(
                lambda x, resp: (
                    tied(x, resp)[0],
                    tied(x, resp)[1] * len(x) / (len(x) - resp.shape[1]),
                ),
                "You divide by n − K, as for an unbiased estimate. Wanted is the maximum.",
            ),
            "variances alone": Mistake(
                "In value 2 of 2: Only the diagonal of covariance counts in yours.",
                "The variances are right. Off the diagonal the maximum is not at 0.",
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
            "½ lost": Mistake(
                2 * price(), "That is what `bic` adds, and `bic` counts on another scale than nats."
            ),
            "in the plane": Mistake(
                price_of(6), "You took the number of parameters from the plane. Here D is 3."
            ),
            "covariance counted twice": Mistake(
                price_of(13), "A covariance is symmetric: not all of its 9 entries are free."
            ),
            "variances alone": Mistake(
                price_of(7), "You count the variances. A full covariance has more free entries."
            ),
            "weight forgotten": Mistake(
                price_of(9),
                "Mean and covariance are counted. A new component has one number more.",
            ),
            "AIC": Mistake(
                10.0, "That is Akaike's price, one nat a parameter. Schwarz's grows with the data."
            ),
            "base 10": Mistake(
                price() / math.log(10), "Your logarithm is to base 10. The price is in nats."
            ),
            "per point": Mistake(
                price() / 1000, "That is the price per point. Asked is the sum over all points."
            ),
        },
    ),
]
