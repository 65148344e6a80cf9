"""The infinite mixture: choose z from the prior, let a decoder turn z into a density of x.

p(x) = ∫ p(z) p(x|z) dz  ≈  Σ_j w_j p(x|z_j)

Every method below is such a weighted sum; they differ in their nodes z_j and weights w_j.

| method | nodes | weights |
|---|---|---|
| grid | middles of equal cells (midpoint rule) | p(z_j) times the cell, summing to 1 |
| gauss_hermite | roots of a Hermite polynomial | Gauss's; the prior must be Normal |
| monte_carlo | S draws from p(z) | 1 / S |
| importance | S draws from a proposal q(z|x) | p(z_s) / (S q(z_s|x)) |

The last two have a standard error. Sources: Bishop (2006) §12.2 and §11.1.4; Burda et al.,
*Importance Weighted Autoencoders* (2016), eq. 8.
"""

import math
from contextlib import contextmanager
from copy import copy

import torch
from scipy.special import roots_hermitenorm
from torch import nn
from torch.distributions import Bernoulli, Distribution, Independent, Normal

from vaelib.gmm import GaussianMixture

METHODS = ("grid", "gauss_hermite", "monte_carlo", "importance")
MAX_NODES = 2_000_000
BLOCK = 2**20  # numbers held at once when a sum over nodes goes block by block


@contextmanager
def seeded(generator):
    """Inside, torch draws from a stream started by `generator`; outside, nothing has changed."""
    if generator is None:
        yield
        return
    seed = torch.randint(2**62, (), generator=generator, device=generator.device)
    with torch.random.fork_rng():
        torch.manual_seed(int(seed))
        yield


def draw(distribution, shape=(), generator=None):
    """A draw from any torch distribution, differentiable where the distribution allows it."""
    sample = distribution.rsample if distribution.has_rsample else distribution.sample
    with seeded(generator):
        return sample(torch.Size(shape))


def as_vector(prior):
    """The prior as a distribution with event shape (d,); a scalar one gets d = 1."""
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


class InfiniteMixture(nn.Module):
    """p(x) = ∫ p(z) p(x|z) dz.

    decoder : takes z (..., d) to a torch distribution with batch (...) and event shape (D,)
    prior : a torch distribution over z (d,)
    """

    def __init__(self, decoder, prior):
        super().__init__()
        self.decoder = decoder
        self.prior = as_vector(prior)

    def _apply(self, fn, recurse=True):
        """The prior follows `.to(device)` and `.double()`, as the decoder's parameters do."""
        self.prior = _moved(self.prior, fn)
        return super()._apply(fn, recurse)

    def decode(self, z):
        """p(x|z): z (..., d) → distribution with batch (...) and event shape (D,)."""
        return self.decoder(z)

    def grid(self, n_points=200, bounds=None):
        """Midpoints of n_points equal cells in each dimension: z (J, d), log w (J,).

        `bounds` = (low, high) defaults to the prior's support, or mean ± 6 standard deviations
        where that is endless. Raises ValueError for a bad count or bounds, or too large a grid.
        """
        d = self.prior.event_shape[0]
        _node_count(n_points, d)
        low, high = _support(self.prior) if bounds is None else _bounds(bounds, self.prior.mean)
        middles = (torch.arange(n_points, dtype=low.dtype, device=low.device) + 0.5) / n_points
        unit = torch.cartesian_prod(*[middles] * d).reshape(-1, d)  # (J, d) in the unit cube
        z = low + (high - low) * unit
        log_w = self.prior.log_prob(z)
        return z, log_w - log_w.logsumexp(0)

    def log_likelihood(self, x, z):
        """log p(x_n|z_j) for every pair: x (n, D), z (J, d) → (J, n), nats."""
        return self.decode(z[:, None]).log_prob(x)

    def log_prob(
        self,
        x,
        method="grid",
        *,
        n_points=200,
        n_samples=1000,
        proposal=None,
        bounds=None,
        generator=None,
        return_se=False,
    ):
        """log p(x) of each row, (n, D) → (n,), nats.

        n_points : nodes in each dimension of z, for "grid" and "gauss_hermite"
        n_samples : S, for "monte_carlo" and "importance"
        proposal : takes x (n, D) to a distribution q(z|x), for "importance"
        return_se : also return the standard error of log p(x) (delta method), shape (n,)

        The two sampled estimates are unbiased for p(x), hence too low on average for log p(x).
        Raises ValueError for bad data, an unknown method, or arguments that do not fit it.
        """
        x = self.check(x)
        sampled = method in ("monte_carlo", "importance")
        if method not in METHODS:
            raise ValueError(f"method: got {method!r}, wanted one of {', '.join(METHODS)}")
        if (proposal is None) == (method == "importance"):
            came = "none" if proposal is None else "one"
            raise ValueError(
                f"proposal: got {came} with {method!r}; wanted one with 'importance' only"
            )
        if return_se and not sampled:
            raise ValueError(f"return_se: got True, but {method!r} draws nothing that could vary")
        if sampled:
            _positive("n_samples", n_samples)
        if method == "importance":
            parts = self._importance_blocks(x, proposal(x), n_samples, generator)
        else:
            if method == "monte_carlo":
                z = draw(self.prior, (n_samples,), generator)
                log_w = z.new_full((n_samples,), -math.log(n_samples))
            elif method == "gauss_hermite":
                z, log_w = self._hermite(n_points)
            else:
                z, log_w = self.grid(n_points, bounds)
            step = max(1, BLOCK // x.numel())
            parts = (
                log_w[i : i + step, None] + self.log_likelihood(x, z[i : i + step])
                for i in range(0, len(z), step)
            )
        return _log_sum(parts, n_samples, return_se)

    def posterior_grid(self, x, n_points=200, bounds=None):
        """The exact posterior on a grid: z (J, d) and log p(z_j|x_n) (J, n), a density, nats."""
        x = self.check(x)
        z, log_w = self.grid(n_points, bounds)
        log_likelihood = self.log_likelihood(x, z)  # (J, n)
        log_px = (log_w[:, None] + log_likelihood).logsumexp(0)
        return z, log_likelihood + self.prior.log_prob(z)[:, None] - log_px

    def as_mixture(self, n_points=200, bounds=None):
        """The `GaussianMixture` that a grid of J points is. The decoder must be Gaussian."""
        z, log_w = self.grid(n_points, bounds)
        with torch.no_grad():
            components = self.decode(z)
        if not is_normal(components):
            raise TypeError(f"decoder: gives {components}, wanted diagonal Normals")
        return GaussianMixture.from_parameters(
            log_w.exp(), components.mean, components.variance, covariance_type="diag"
        )

    @torch.no_grad()
    def sample(self, n, *, mean=False, generator=None):
        """n points: z from the prior, then x from p(x|z), or its mean with mean=True. (n, D)."""
        _positive("n", n)
        x_given_z = self.decode(draw(self.prior, (n,), generator))
        return x_given_z.mean if mean else draw(x_given_z, (), generator)

    def check(self, x):
        """x as a tensor (n, D) of the model's type, or ValueError saying what is wrong with it."""
        like = next(self.parameters(), self.prior.mean)
        x = torch.as_tensor(x).to(dtype=like.dtype, device=like.device)
        with torch.no_grad():
            x_given_z = self.decode(self.prior.mean[None])
        if x.ndim != 2 or not len(x) or x.shape[1:] != x_given_z.event_shape:
            wanted = f"(n, {x_given_z.event_shape[0]}) with n ≥ 1"
            raise ValueError(f"x: got shape {tuple(x.shape)}, wanted {wanted}")
        low, high = (float(bound) for bound in x.aminmax())  # NaN goes through
        if not math.isfinite(low) or not math.isfinite(high):
            raise ValueError("x: got NaN or infinite values, wanted finite ones")
        if isinstance(_base(x_given_z), Bernoulli) and (low < 0 or high > 1):
            came = f"pixels from {low:.3g} to {high:.3g}"
            raise ValueError(f"x: got {came}, wanted [0, 1] for a Bernoulli likelihood")
        return x

    def _hermite(self, n_points):
        if not is_normal(self.prior):
            raise ValueError(f"method: 'gauss_hermite' needs a Normal prior, got {self.prior}")
        d = self.prior.event_shape[0]
        _node_count(n_points, d)
        roots, weights = (torch.as_tensor(a) for a in roots_hermitenorm(n_points))
        log_w = (weights / weights.sum()).log()
        unit, log_w = (torch.cartesian_prod(*[a] * d).reshape(-1, d) for a in (roots, log_w))
        z = self.prior.mean + self.prior.stddev * unit.to(self.prior.mean)
        return z, log_w.sum(-1).to(z)

    def _importance_blocks(self, x, q, n_samples, generator):
        step = max(1, BLOCK // x.numel())
        for start in range(0, n_samples, step):
            z = draw(q, (min(step, n_samples - start),), generator)  # (s, n, d)
            log_joint = self.prior.log_prob(z) + self.decode(z).log_prob(x)
            yield log_joint - q.log_prob(z) - math.log(n_samples)


def _log_sum(parts, n_samples, return_se):
    """log Σ_j exp(part_j) from blocks (j, n), and the standard error of that logarithm."""
    first, second = [], []  # log Σ w and log Σ w² of each block
    for part in parts:
        first.append(part.logsumexp(0))
        second.append((2 * part.detach()).logsumexp(0))
    log_p = torch.stack(first).logsumexp(0)
    if not return_se:
        return log_p
    second_moment = n_samples * torch.exp(torch.stack(second).logsumexp(0) - 2 * log_p.detach())
    return log_p, ((second_moment - 1).clamp(min=0) / max(1, n_samples - 1)).sqrt()


def _moved(distribution, fn):
    moved = copy(distribution)
    for name, value in vars(distribution).items():
        if isinstance(value, Distribution):
            setattr(moved, name, _moved(value, fn))
        elif torch.is_tensor(value):
            setattr(moved, name, fn(value))
    return moved


def _base(distribution):
    while isinstance(distribution, Independent):
        distribution = distribution.base_dist
    return distribution


def is_normal(distribution):
    """Whether a distribution is a diagonal Normal."""
    return isinstance(_base(distribution), Normal)


def _support(prior):
    """Where a prior lives: its support's ends, else mean ± 6 standard deviations, each (d,)."""
    mean, six = prior.mean, 6 * prior.stddev
    support = prior.support
    while hasattr(support, "base_constraint"):
        support = support.base_constraint
    low = torch.as_tensor(getattr(support, "lower_bound", -math.inf)).to(mean)
    high = torch.as_tensor(getattr(support, "upper_bound", math.inf)).to(mean)
    low = torch.where(low.isfinite(), low, mean - six)
    high = torch.where(high.isfinite(), high, mean + six)
    return _bounds((low, high), mean)


def _bounds(bounds, mean):
    low, high = (torch.as_tensor(bound).to(mean).expand_as(mean) for bound in bounds)
    if not (low < high).all() or not (high - low).isfinite().all():
        raise ValueError(f"bounds: got {bounds}, wanted finite (low, high) with low < high")
    return low, high


def _node_count(n_points, d):
    _positive("n_points", n_points)
    if n_points**d > MAX_NODES:
        raise ValueError(
            f"n_points: got {n_points}, so {n_points}^{d} = {n_points**d:.1e} nodes in {d} "
            f"dimensions; wanted at most {MAX_NODES:.0e} (use 'importance' instead)"
        )


def _positive(name, value):
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError(f"{name}: got {value!r}, wanted a whole number ≥ 1")
