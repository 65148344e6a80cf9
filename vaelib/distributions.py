"""What the models ask of torch's distributions beside `sample` and `log_prob`.

A Normal with full covariance that is fast for many draws, log-densities that are −∞ outside the
support, a prior as one distribution over vectors, its copy with other tensors, and the box that it
lives in.
"""

import math
import weakref
from copy import copy

import torch
from torch import nn
from torch.distributions import (
    Distribution,
    Independent,
    MultivariateNormal,
    Normal,
    Transform,
    VonMises,
)

from vaelib import checks
from vaelib.gaussians import LOG_2PI


class FullNormal(MultivariateNormal):
    """N(μ, L Lᵀ) from loc (n, d) and scale_tril L (n, d, d), but faster for many draws of each."""

    def log_prob(self, z):
        """Return log N(z | μ, L Lᵀ), (..., n, d) → (..., n), nats.

        All the draws for one x are one triangular solve, so the last axes must be loc's (n, d).
        """
        y = (z - self.loc).reshape(-1, *self.loc.shape).permute(1, 2, 0)  # (n, d, s)
        eps = torch.linalg.solve_triangular(self.scale_tril, y, upper=False)
        log_det = self.scale_tril.diagonal(dim1=-2, dim2=-1).log().sum(-1)  # (n,)
        log_p = -0.5 * (eps**2).sum(1).T - log_det - 0.5 * self.loc.shape[-1] * LOG_2PI
        return log_p.reshape(z.shape[:-1])


def log_density(prior, z):
    """Return log p(z) under a prior over vectors, (..., d) → (...), nats; −∞ off its support."""
    inside = prior.support.check(z)
    if inside.all():
        return prior.log_prob(z)
    outside = torch.full_like(z[..., 0], -math.inf)
    if not inside.any():
        return outside
    some = z[inside][0].detach()  # stands in where log_prob would fail
    return torch.where(inside, prior.log_prob(torch.where(inside[..., None], z, some)), outside)


def as_vector(prior):
    """Return the prior as a distribution with event shape (d,); a scalar one gets d = 1.

    Raises
    ------
    TypeError
        If it is no torch distribution.
    ValueError
        If it is several distributions, one over matrices, or discrete.
    """
    if not isinstance(prior, Distribution):
        raise TypeError(f"prior: got {type(prior).__name__}, wanted a torch Distribution")
    if prior.support.is_discrete:
        raise ValueError(f"prior: got {prior}, which is discrete, wanted a density over z")
    if not prior.event_shape:
        prior = prior if prior.batch_shape else prior.expand((1,))
        prior = Independent(prior, 1)
    if prior.batch_shape or len(prior.event_shape) != 1:
        raise ValueError(
            f"prior: got batch shape {tuple(prior.batch_shape)} and event shape "
            f"{tuple(prior.event_shape)}, wanted one distribution over vectors (d,)"
        )
    return prior


def moved(part, fn, seen=None):
    """Return a distribution with fn applied to each tensor in it, its parts and its transforms.

    `seen` holds the copies made so far: a transform and its inverse refer to each other.
    """
    seen = {} if seen is None else seen
    if torch.is_tensor(part):
        return fn(part)
    if type(part) in (list, tuple):
        return type(part)(moved(item, fn, seen) for item in part)
    if isinstance(part, dict):
        return {name: moved(item, fn, seen) for name, item in part.items()}
    if isinstance(part, weakref.ref):
        return None  # in older versions of torch, a transform's cached inverse
    if not isinstance(part, Distribution | Transform | nn.Module):
        return part
    if id(part) not in seen:
        seen[id(part)] = copy(part)
        seen[id(part)].__dict__.update(moved(vars(part), fn, seen))
    return seen[id(part)]


def tensors_of(distribution):
    """Return the tensors that a distribution and its parts hold, as a list."""
    found = []
    moved(distribution, lambda tensor: found.append(tensor) or tensor)
    return found


def detached(q, z):
    """Return q with the same values, through whose log-density at z no gradient reaches them.

    Raises
    ------
    TypeError
        If a gradient still flows, as through a transform that closes over a tensor.
    """
    held = moved(q, torch.Tensor.detach)
    known = isinstance(held, FullNormal) or is_normal(held)
    if not known and held.log_prob(z.detach()).requires_grad:
        raise TypeError(f"q: got {q}, whose tensors cannot all be found and detached")
    return held


def is_over_vectors(distribution, n):
    """Tell whether it is a distribution with batch shape (n,) over vectors."""
    vectors = isinstance(distribution, Distribution) and len(distribution.event_shape) == 1
    return vectors and distribution.batch_shape == (n,)


def shape_of(value):
    """Return a distribution's shapes in words, or the type of anything else."""
    if not isinstance(value, Distribution):
        return f"a {type(value).__name__}"
    return f"batch shape {tuple(value.batch_shape)}, event shape {tuple(value.event_shape)}"


def base_of(distribution):
    """Return the distribution without the `Independent`s around it."""
    while isinstance(distribution, Independent):
        distribution = distribution.base_dist
    return distribution


def is_normal(distribution):
    """Tell whether a distribution is a diagonal Normal."""
    return isinstance(base_of(distribution), Normal)


def like_of(prior):
    """Return zeros (d,) of the prior's dtype, on its device."""
    like = next(tensor for tensor in tensors_of(prior) if tensor.is_floating_point())
    return torch.zeros(prior.event_shape, dtype=like.dtype, device=like.device)


def support_of(prior):
    """Return where a prior lives: its support's ends, else mean ± 6 standard deviations, (d,) each.

    Raises
    ------
    ValueError
        If an end is needed and the prior has no mean or standard deviation.
    """
    like = like_of(prior)
    if isinstance(base_of(prior), VonMises):  # a circle; torch calls its support the real line
        return bounds_of((prior.mean - math.pi, prior.mean + math.pi), like)
    support = prior.support
    while hasattr(support, "base_constraint"):
        support = support.base_constraint
    low = torch.as_tensor(getattr(support, "lower_bound", -math.inf)).to(like).expand_as(like)
    high = torch.as_tensor(getattr(support, "upper_bound", math.inf)).to(like).expand_as(like)
    if low.isfinite().all() and high.isfinite().all():
        return low, high
    try:
        mean, six = prior.mean, 6 * prior.stddev
        finite = bool((mean.isfinite() & six.isfinite()).all())
    except NotImplementedError:
        finite = False
    if not finite:
        raise ValueError(f"bounds: got None, but {prior} has no mean ± 6 std; wanted (low, high)")
    low = torch.where(low.isfinite(), low, mean - six)
    return bounds_of((low, torch.where(high.isfinite(), high, mean + six)), like)


def bounds_of(bounds, like):
    """Return (low, high) as tensors like `like` (d,), or raise ValueError unless low < high."""
    try:
        low, high = (checks.tensor("bounds", bound).to(like).expand_as(like) for bound in bounds)
    except (TypeError, ValueError, RuntimeError):
        wanted = f"(low, high), each a number or of shape {tuple(like.shape)}"
        raise ValueError(f"bounds: got {bounds}, wanted {wanted}") from None
    if not (low < high).all() or not (high - low).isfinite().all():
        raise ValueError(f"bounds: got {bounds}, wanted finite (low, high) with low < high")
    return low, high
