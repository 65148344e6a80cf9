"""Lesson 02: draw from a mixture, its density, the M-step derived, one covariance for all."""

import math

import numpy as np
import torch
from torch.distributions import Normal
from torch.nn.functional import one_hot

from vaelib.teaching.exercises.drawing import normal
from vaelib.teaching.exercises.exercise import Choice, Mistake
from vaelib.teaching.exercises.function import Function


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


def weighted(rng):
    """Points x (n,), responsibilities r (n,) of one component, and its present μ and σ²."""
    n = int(rng.integers(9, 14))
    x = rng.uniform(1.2, 1.7) + rng.uniform(0.5, 0.7) * rng.normal(size=n)
    x[0] = -rng.uniform(0.8, 1.2)  # signs count
    r = rng.permutation(np.linspace(0.05, 0.95, n))
    mu = rng.uniform(-1.9, -1.4)
    var = rng.uniform(1.4, 2) * np.average((x - np.average(x, weights=r)) ** 2, weights=r)
    return *map(torch.from_numpy, (x, r)), *(torch.tensor(v).double() for v in (mu, var))


def lines(x, r, mu, var):
    """The M-step line by line: x and r (n,), μ, σ² → part of the sum, slope, μ*, slope, σ*²."""
    count = r.sum()
    log_density = -0.5 * torch.log(2 * math.pi * var) - 0.5 * (x - mu) ** 2 / var
    part = (r * log_density).sum()
    slope_mean = (r * (x - mu)).sum() / var
    best_mean = (r * x).sum() / count
    squares = (r * (x - best_mean) ** 2).sum()
    slope_var = 0.5 * squares / var**2 - 0.5 * count / var
    best_var = squares / count
    return part, slope_mean, best_mean, slope_var, best_var


def lines_by_moments(x, r, mu, var):
    """The same from the weighted sums of 1, x and x²."""
    count, first, second = r.sum(), (r * x).sum(), (r * x**2).sum()
    about_mu = second - 2 * mu * first + count * mu**2
    part = -0.5 * (count * torch.log(2 * math.pi * var) + about_mu / var)
    best_mean = first / count
    best_var = second / count - best_mean**2
    slope_mean = (first - count * mu) / var
    slope_var = 0.5 * count * (best_var - var) / var**2
    return part, slope_mean, best_mean, slope_var, best_var


def as_if(x, r, mu, var, **other):
    """The five lines with some of them taken from elsewhere."""
    names = ("part", "slope_mean", "best_mean", "slope_var", "best_var")
    found = dict(zip(names, lines(x, r, mu, var), strict=True)) | other
    return tuple(found.values())


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
        title="Derive the M-step, line by line",
        role="derive",
        minutes=15,
        reference=lines,
        forms=(lines_by_moments,),
        inputs=weighted,
        wanted="five numbers, in the order of the lines",
        shows="That is the mean and the variance of (2.5) in one dimension: one Gaussian fitted to "
        "weighted points.",
        see={"": ("(2.5)", "Fit by EM")},
        mistakes={
            "slope by σ": Mistake(
                lambda x, r, mu, var: as_if(
                    x, r, mu, var, slope_var=lines(x, r, mu, var)[3] * 2 * var.sqrt()
                ),
                "Line 4 is the slope by σ. Asked is that by the variance: call σ² one letter.",
            ),
            "slope by log σ²": Mistake(
                lambda x, r, mu, var: as_if(x, r, mu, var, slope_var=lines(x, r, mu, var)[3] * var),
                "Line 4 is the slope by log σ². It has the same zero, but asked is that by σ².",
            ),
            "about the old mean": Mistake(
                lambda x, r, mu, var: as_if(
                    x, r, mu, var, best_var=(r * (x - mu) ** 2).sum() / r.sum()
                ),
                "In line 5 the gaps are those to the old mean. The maximum is over both at once.",
            ),
            "slope about the old mean": Mistake(
                lambda x, r, mu, var: as_if(
                    x,
                    r,
                    mu,
                    var,
                    slope_var=0.5 * (r * (x - mu) ** 2).sum() / var**2 - 0.5 * r.sum() / var,
                    best_var=(r * (x - mu) ** 2).sum() / r.sum(),
                ),
                "Lines 4 and 5 stay at the old mean. By then line 3 has moved it.",
            ),
            "all points alike": Mistake(
                lambda x, r, mu, var: lines(x, r**0, mu, var),
                "That is one Gaussian for all points, as if every responsibility were 1.",
            ),
            "unbiased": Mistake(
                lambda x, r, mu, var: as_if(
                    x,
                    r,
                    mu,
                    var,
                    best_var=(r * (x - (r * x).sum() / r.sum()) ** 2).sum() / (r.sum() - 1),
                ),
                "Line 5 divides by N_k − 1, for an unbiased estimate. Where is line 4 zero?",
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
                "You give each point to one component, as k-means does. EM shares it out.",
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
    Choice(
        number="2e",
        title="Is it a copy?",
        role="control",
        minutes=4,
        right="b",
        shows="A distance says something only beside that of real images which no fit has seen.",
        mistakes={
            "a": "That makes the medians more exact. They are exact enough to be told apart; what "
            "is not known is how near a picture comes that copies nothing.",
            "c": "That tells whether every training image has a copy. But what is near enough to "
            "be called one?",
            "d": "Both medians would change, and their order hardly. The question is what to "
            "compare the smaller one with.",
        },
    ),
    Choice(
        number="2f",
        title="Predict: ten times the points",
        role="predict",
        minutes=4,
        right="c",
        shows="The price of a parameter is paid once, by all points together: ten times the points "
        "can afford a few Gaussians more.",
        mistakes={
            "a": "More data do show better that it is one curve. But no single Gaussian is curved, "
            "and what a further one gains is added up over ten times the points.",
            "b": "The crescent is the same, and its true density is no mixture of six. What does a "
            "seventh gain over 5,000 points, and what does it cost?",
            "d": "The gain is ten times as large for each component. But what the next one gains "
            "falls quickly: ten already lie within 0.02 nats of the truth.",
        },
    ),
]
