"""What the models ask of torch's distributions beside `sample` and `log_prob`.

A Normal with full covariance that is fast for many draws, log-densities that are −∞ outside the
support, a prior as one distribution over vectors, its copy on another device, and the box that it
lives in.
"""

import math
from copy import copy

import torch
from torch.distributions import Distribution, Independent, MultivariateNormal, Normal

from vaelib.gaussians import LOG_2PI


class FullNormal(MultivariateNormal):
    """N(μ, L Lᵀ) from loc (n, d) and scale_tril L (n, d, d), but faster for many draws of each."""

    def log_prob(self, z):
        """(..., n, d) → (..., n), nats; all the draws for one x are one triangular solve."""
        y = (z - self.loc).reshape(-1, *self.loc.shape).permute(1, 2, 0)  # (n, d, s)
        eps = torch.linalg.solve_triangular(self.scale_tril, y, upper=False)
        log_det = self.scale_tril.diagonal(dim1=-2, dim2=-1).log().sum(-1)  # (n,)
        log_p = -0.5 * (eps**2).sum(1).T - log_det - 0.5 * self.loc.shape[-1] * LOG_2PI
        return log_p.reshape(z.shape[:-1])


def log_density(prior, z):
    """log p(z) under a prior over vectors, (..., d) → (...), nats; −∞ outside its support."""
    inside = prior.support.check(z)
    if inside.all():
        return prior.log_prob(z)
    log_p = prior.log_prob(torch.where(inside[..., None], z, prior.mean))
    return torch.where(inside, log_p, -math.inf)


def as_vector(prior):
    """The prior as a distribution with event shape (d,); a scalar one gets d = 1.

    Raises TypeError for what is no torch distribution, ValueError for several, or over matrices.
    """
    if not isinstance(prior, Distribution):
        raise TypeError(f"prior: got {type(prior).__name__}, wanted a torch Distribution")
    if not prior.event_shape:
        prior = prior if prior.batch_shape else prior.expand((1,))
        prior = Independent(prior, 1)
    if prior.batch_shape or len(prior.event_shape) != 1:
        raise ValueError(
            f"prior: got batch shape {tuple(prior.batch_shape)} and event shape "
            f"{tuple(prior.event_shape)}, wanted one distribution over vectors (d,)"
        )
    return prior


def moved(distribution, fn):
    """The distribution with fn applied to each tensor in it and in its parts."""
    result = copy(distribution)
    for name, value in vars(distribution).items():
        if isinstance(value, Distribution):
            setattr(result, name, moved(value, fn))
        elif torch.is_tensor(value):
            setattr(result, name, fn(value))
    return result


def is_over_vectors(distribution, n):
    """Whether it is a distribution with batch shape (n,) over vectors."""
    vectors = isinstance(distribution, Distribution) and len(distribution.event_shape) == 1
    return vectors and distribution.batch_shape == (n,)


def shape_of(value):
    if not isinstance(value, Distribution):
        return f"a {type(value).__name__}"
    return f"batch shape {tuple(value.batch_shape)}, event shape {tuple(value.event_shape)}"


def base_of(distribution):
    while isinstance(distribution, Independent):
        distribution = distribution.base_dist
    return distribution


def is_normal(distribution):
    """Whether a distribution is a diagonal Normal."""
    return isinstance(base_of(distribution), Normal)


def support_of(prior):
    """Where a prior lives: its support's ends, else mean ± 6 standard deviations, each (d,)."""
    mean, six = prior.mean, 6 * prior.stddev
    support = prior.support
    while hasattr(support, "base_constraint"):
        support = support.base_constraint
    low = torch.as_tensor(getattr(support, "lower_bound", -math.inf)).to(mean)
    high = torch.as_tensor(getattr(support, "upper_bound", math.inf)).to(mean)
    low = torch.where(low.isfinite(), low, mean - six)
    high = torch.where(high.isfinite(), high, mean + six)
    return bounds_of((low, high), mean)


def bounds_of(bounds, mean):
    try:
        low, high = (torch.as_tensor(bound).to(mean).expand_as(mean) for bound in bounds)
    except (TypeError, ValueError, RuntimeError):
        wanted = f"(low, high), each a number or of shape {tuple(mean.shape)}"
        raise ValueError(f"bounds: got {bounds}, wanted {wanted}") from None
    if not (low < high).all() or not (high - low).isfinite().all():
        raise ValueError(f"bounds: got {bounds}, wanted finite (low, high) with low < high")
    return low, high
