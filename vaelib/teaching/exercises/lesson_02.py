"""Lesson 02: draw from a mixture, its density, who made a point, one covariance for all, BIC."""

import math

import numpy as np
import torch
from torch.distributions import MultivariateNormal, Normal

from vaelib.mixture import e_step, m_step
from vaelib.teaching.exercises.exercise import Mistake, Number
from vaelib.teaching.exercises.function import Function


def normal(rng, *shape):
    """Standard normal numbers of this shape."""
    return torch.from_numpy(rng.normal(size=shape))


def mixture(rng):
    """Weights (K,), none near another, means (K, D) and standard deviations (K, D)."""
    K, D = int(rng.integers(4, 7)), int(rng.integers(2, 4))
    weights = torch.from_numpy(0.5 ** rng.permutation(K) + 0.02)
    stds = torch.from_numpy(rng.uniform(0.3, 2, size=(K, D)))
    return weights / weights.sum(), 3 * normal(rng, K, D), stds


def tables(rng):
    """A mixture, a table of uniforms u (n,), and noise ε (n, D)."""
    weights, means, stds = mixture(rng)
    n = int(rng.integers(20, 30))
    u = torch.from_numpy(rng.uniform(size=n))
    return weights, means, stds, u, normal(rng, n, means.shape[1])


def chosen(weights, u):
    """The component that each u in [0, 1) chooses, (n,)."""
    return torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)


def draw_points(weights, means, stds, u, eps):
    """Draws x (n, D): a component by u, then its Gaussian by ε."""
    k = chosen(weights, u)
    return means[k] + stds[k] * eps


def not_added_up(weights, means, stds, u, eps):
    """A component looked up among the weights, which were not added up."""
    k = torch.searchsorted(weights, u).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps


def points(rng, means):
    """x (n, D): near the means, and three far away."""
    n, D = int(rng.integers(8, 12)), means.shape[1]
    return torch.cat([2 * normal(rng, n - 3, D), 100 * normal(rng, 3, D)])


def diagonal(rng):
    """x (n, D) and a mixture of diagonal Gaussians."""
    weights, means, stds = mixture(rng)
    return points(rng, means), weights, means, stds


def parts(x, means, stds):
    """log N(x_i | μ_ki, σ_ki²), (n, K, D)."""
    return Normal(means, stds).log_prob(x[:, None])


def log_density(x, weights, means, stds):
    """log p(x) (n,) of a mixture with a standard deviation for each dimension."""
    return torch.logsumexp(weights.log() + parts(x, means, stds).sum(-1), dim=1)


def full(rng):
    """x (n, D) and a mixture with full covariances (K, D, D)."""
    weights, means, _ = mixture(rng)
    root = normal(rng, *means.shape, means.shape[1])
    covs = root @ root.mT / 2 + 0.3 * torch.eye(means.shape[1])
    return points(rng, means), weights, means, covs


def log_terms(x, weights, means, covs):
    """log π_k N(x_n | μ_k, Σ_k), (n, K)."""
    return weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])


def densities_first(x, weights, means, covs):
    """Responsibilities by way of densities, which underflow."""
    terms = log_terms(x, weights, means, covs).exp()
    return (terms / terms.sum(1, keepdim=True)).log()


def guesses(rng):
    """x (n, D) around K places, and responsibilities (n, K) that have found them in part."""
    n, K, D = int(rng.integers(30, 40)), int(rng.integers(4, 6)), int(rng.integers(2, 4))
    shares = rng.permutation([*[0.3 / (K - 2)] * (K - 2), 0.5, 0.2])
    k = np.append(np.arange(K), rng.choice(K, size=n - K, p=shares))  # no component is empty
    x = 4 * rng.normal(size=(K, D))[k] + rng.normal(size=(n, D)) @ rng.normal(size=(D, D))
    logits = normal(rng, n, K) + 2 * torch.eye(K)[k]
    return torch.from_numpy(x), logits.softmax(1)


def tied(x, resp):
    """The M-step where all components share one covariance: means (K, D), Σ (D, D)."""
    weights, means, covs = m_step(x, resp)
    return means, torch.einsum("k,kij->ij", weights, covs)


def about(x, resp, means):
    """These means, and the average square of the gaps to them."""
    gaps = x[:, None] - means
    return means, torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / len(x)


def hard(resp):
    """Responsibilities rounded to 0 and 1."""
    return torch.eye(resp.shape[1], dtype=resp.dtype)[resp.argmax(1)]


def price(parameters=10, n=1000):
    """What BIC asks for so many parameters, in nats."""
    return 0.5 * parameters * math.log(n)


EXERCISES = [
    Function(
        number="2a",
        title="Draw from a table of uniforms",
        role="code",
        minutes=10,
        reference=draw_points,
        inputs=tables,
        wanted="points x (n, D)",
        shows="One number chooses, the others are noise: there is no more to sampling a mixture.",
        mistakes={
            "components blended": Mistake(
                lambda weights, means, stds, u, eps: weights @ means + weights @ stds * eps,
                "You average the Gaussians' means and widths: one Gaussian. A mixture chooses.",
            ),
            "equally often": Mistake(
                lambda weights, means, stds, u, eps: draw_points(
                    torch.ones_like(weights) / len(weights), means, stds, u, eps
                ),
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
                lambda weights, means, stds, u, eps: draw_points(weights, means, stds, 1 - u, eps),
                "The same distribution, but the pieces are laid out from 1 downwards.",
            ),
            "variance for width": Mistake(
                lambda weights, means, stds, u, eps: draw_points(weights, means, stds**2, u, eps),
                "The components are right. The noise is stretched by a variance.",
            ),
            "noise not stretched": Mistake(
                lambda weights, means, stds, u, eps: means[chosen(weights, u)] + eps,
                "The components are right, but all of them are equally wide.",
            ),
            "noise forgotten": Mistake(
                lambda weights, means, stds, u, eps: means[chosen(weights, u)],
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
        inputs=diagonal,
        wanted="log p(x) of each point, (n,)",
        shows="One choice for the whole point: so even axis-parallel Gaussians, mixed, tie the "
        "dimensions together.",
        mistakes={
            "as given": Mistake(
                lambda x, weights, means, stds: torch.logsumexp(
                    weights.log()[:, None] + parts(x, means, stds), dim=1
                ).sum(-1),
                "As it stands, every coordinate chooses a component of its own.",
            ),
            "weights once a dimension": Mistake(
                lambda x, weights, means, stds: torch.logsumexp(
                    (weights.log()[:, None] + parts(x, means, stds)).sum(-1), dim=1
                ),
                "The order is right. But how often is the component chosen, and how often does its "
                "weight enter?",
            ),
            "weights lost": Mistake(
                lambda x, weights, means, stds: parts(x, means, stds).sum(-1).logsumexp(1),
                "The order is right, and on the way the weights got lost.",
            ),
            "weights not in logs": Mistake(
                lambda x, weights, means, stds: torch.logsumexp(
                    weights + parts(x, means, stds).sum(-1), dim=1
                ),
                "The order is right. The weights stand among logarithms and are none.",
            ),
            "mean over dimensions": Mistake(
                lambda x, weights, means, stds: torch.logsumexp(
                    weights.log() + parts(x, means, stds).mean(-1), dim=1
                ),
                "You average over the coordinates. A density of independent ones is a product.",
            ),
            "densities first": Mistake(
                lambda x, weights, means, stds: (
                    (weights * parts(x, means, stds).sum(-1).exp()).sum(1).log()
                ),
                "The order is right. But far from all components you leave log space, and the "
                "density becomes 0.",
            ),
            "product over components": Mistake(
                lambda x, weights, means, stds: torch.sum(
                    weights.log() + parts(x, means, stds).sum(-1), dim=1
                ),
                "You multiply the components' densities, as if each of them had made the point.",
            ),
            "largest term alone": Mistake(
                lambda x, weights, means, stds: (
                    weights.log() + parts(x, means, stds).sum(-1)
                ).amax(1),
                "That is the best component's share of p(x). The others can make the point too.",
            ),
        },
    ),
    Function(
        number="2c",
        title="Who made a faraway point",
        role="code",
        minutes=10,
        reference=lambda x, weights, means, covs: e_step(x, weights, means, covs)[1],
        inputs=full,
        wanted="log r (n, K)",
        shows="However far away a point is, its responsibilities sum to 1 and are known to many "
        "digits.",
        mistakes={
            "densities first": Mistake(
                densities_first,
                "Faraway points give NaN: all K densities underflow, and 0 is divided by 0.",
            ),
            "logarithm taken last": Mistake(
                lambda x, weights, means, covs: log_terms(x, weights, means, covs).softmax(1).log(),
                "Nearly. A tiny responsibility becomes 0 on the way, and its logarithm is then "
                "infinite.",
            ),
            "responsibilities": Mistake(
                lambda x, weights, means, covs: log_terms(x, weights, means, covs).softmax(1),
                "These are the responsibilities themselves. Wanted are their logarithms.",
            ),
            "not normalised": Mistake(
                log_terms,
                "These are the terms of log p(x). A responsibility is a share of their sum.",
            ),
            "over the points": Mistake(
                lambda x, weights, means, covs: log_terms(x, weights, means, covs).log_softmax(0),
                "Yours sum to 1 over the points. Which question does each row answer?",
            ),
            "weights left out": Mistake(
                lambda x, weights, means, covs: (
                    MultivariateNormal(means, covs).log_prob(x[:, None]).log_softmax(1)
                ),
                "Before anything is seen, are all components equally probable?",
            ),
            "determinant lost": Mistake(
                lambda x, weights, means, covs: (
                    log_terms(x, weights, means, covs) + 0.5 * torch.logdet(covs)
                ).log_softmax(1),
                "Your Gaussians do not integrate to one: a wide one must be lower.",
            ),
            "variances alone": Mistake(
                lambda x, weights, means, covs: log_terms(
                    x, weights, means, torch.diag_embed(covs.diagonal(dim1=1, dim2=2))
                ).log_softmax(1),
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
        inputs=guesses,
        wanted="two values, means (K, D) and one covariance (D, D)",
        shows="No component can collapse alone now: one Σ shrinks only as far as all points allow.",
        mistakes={
            "plain average": Mistake(
                lambda x, resp: (tied(x, resp)[0], m_step(x, resp)[2].mean(0)),
                "You average K covariances as equals. A component with few points says little.",
            ),
            "covariances added": Mistake(
                lambda x, resp: (tied(x, resp)[0], m_step(x, resp)[2].sum(0)),
                "You add K covariances. If all were alike, the result should be like each of them.",
            ),
            "about the common mean": Mistake(
                lambda x, resp: (tied(x, resp)[0], torch.cov(x.T, correction=0)),
                "That is the covariance of all data. It also counts how far the means are apart.",
            ),
            "second moment": Mistake(
                lambda x, resp: (tied(x, resp)[0], x.T @ x / len(x)),
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
                lambda x, resp: (tied(x, resp)[0], tied(x, resp)[1].diag().diag()),
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
        mistakes={
            "½ lost": Mistake(
                2 * price(), "That is what `bic` adds, and `bic` counts on another scale than nats."
            ),
            "in the plane": Mistake(
                price(6), "You took the number of parameters from the plane. Here D is 3."
            ),
            "covariance counted twice": Mistake(
                price(13), "A covariance is symmetric: not all of its 9 entries are free."
            ),
            "variances alone": Mistake(
                price(7), "You count the variances. A full covariance has more free entries."
            ),
            "weight forgotten": Mistake(
                price(9), "Mean and covariance are counted. The new component has one number more."
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
