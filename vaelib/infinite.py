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

import torch
from scipy.special import roots_hermitenorm
from torch import nn
from torch.distributions import Bernoulli

from vaelib import checks
from vaelib.distributions import (
    as_vector,
    base_of,
    bounds_of,
    is_normal,
    is_over_vectors,
    log_density,
    moved,
    shape_of,
    support_of,
)
from vaelib.drawing import draw, drawing_from
from vaelib.estimator import GaussianMixture

METHODS = ("grid", "gauss_hermite", "monte_carlo", "importance")
MAX_NODES = 2_000_000
BLOCK = 2**20  # numbers held at once when a sum over nodes goes block by block


class InfiniteMixture(nn.Module):
    """p(x) = ∫ p(z) p(x|z) dz.

    decoder : takes z (..., d) to a torch distribution with batch (...) and event shape (D,)
    prior : a torch distribution over z (d,), which takes the decoder's dtype and device; or a
        module that gives one when called, which is trained with the decoder (`MixturePrior`)

    Raises TypeError or ValueError when either is something else.
    """

    def __init__(self, decoder, prior):
        super().__init__()
        if not callable(decoder):
            raise TypeError(f"decoder: got {type(decoder).__name__}, wanted a function or a module")
        self.decoder = decoder
        self.data_dim = self.binary = None  # known once `check` has asked the decoder
        if isinstance(prior, nn.Module):
            self.learned_prior, self.fixed_prior = prior, None
            as_vector(prior())  # or an error now
        else:
            self.learned_prior, self.fixed_prior = None, as_vector(prior)
        like = next(self.parameters(), None)
        if like is not None:
            self._move_prior(lambda t: t.to(like if t.is_floating_point() else like.device))

    @property
    def prior(self):
        """p(z), a torch distribution over vectors (d,)."""
        if self.learned_prior is None:
            return self.fixed_prior
        return as_vector(self.learned_prior())

    def _apply(self, fn, recurse=True):
        """A fixed prior follows `.to(device)` and `.double()`, as the decoder's parameters do."""
        self._move_prior(fn)
        return super()._apply(fn, recurse)

    def _move_prior(self, fn):
        if self.fixed_prior is not None:
            self.fixed_prior = moved(self.fixed_prior, fn)

    def decode(self, z):
        """p(x|z): z (..., d) → distribution with batch (...) and event shape (D,)."""
        return self.decoder(z)

    def grid(self, n_points=200, bounds=None):
        """Midpoints of n_points equal cells in each dimension: z (J, d), log w (J,).

        `bounds` = (low, high) defaults to the prior's support, or mean ± 6 standard deviations
        where that is endless. Raises ValueError for a bad count or bounds, or too large a grid.
        """
        d = self.prior.event_shape[0]
        n_points = _node_count(n_points, d)
        low, high = support_of(self.prior) if bounds is None else bounds_of(bounds, self.prior.mean)
        middles = (torch.arange(n_points, dtype=low.dtype, device=low.device) + 0.5) / n_points
        unit = torch.cartesian_prod(*[middles] * d).reshape(-1, d)  # (J, d) in the unit cube
        z = low + (high - low) * unit
        log_w = log_density(self.prior, z)
        if not log_w.isfinite().any():
            raise ValueError(
                f"bounds: got {bounds}, but p(z) is 0 at every one of the {len(z)} nodes"
            )
        return z, log_w - log_w.logsumexp(0)

    def log_likelihood(self, x, z):
        """log p(x_n|z_j) for every pair: x (n, D), z (J, d) → (J, n), nats."""
        return torch.cat([*self._blocks(x, z, z.new_zeros(len(z)))])

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
            n_samples = checks.whole("n_samples", n_samples)
        if method == "importance":
            parts = self._importance_blocks(x, self._proposed(proposal, x), n_samples, generator)
        else:
            if method == "monte_carlo":
                z = draw(self.prior, (n_samples,), generator)
                log_w = z.new_full((n_samples,), -math.log(n_samples))
            elif method == "gauss_hermite":
                z, log_w = self._hermite(n_points)
            else:
                z, log_w = self.grid(n_points, bounds)
            parts = self._blocks(x, z, log_w)
        return _log_sum(parts, n_samples, return_se)

    def posterior_grid(self, x, n_points=200, bounds=None):
        """The exact posterior on a grid: z (J, d) and log p(z_j|x_n) (J, n), a density, nats.

        x (n, D); n_points, bounds and the errors raised as in `grid`, and ValueError for bad data.
        """
        x = self.check(x)
        z, log_w = self.grid(n_points, bounds)
        log_likelihood = self.log_likelihood(x, z)  # (J, n)
        log_px = (log_w[:, None] + log_likelihood).logsumexp(0)
        return z, log_likelihood + log_density(self.prior, z)[:, None] - log_px

    def as_mixture(self, n_points=200, bounds=None):
        """The `GaussianMixture` that a grid of J points is; n_points, bounds, errors as in `grid`.

        Raises TypeError when the decoder is not Gaussian.
        """
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
        """n points: z from the prior, then x from p(x|z), or its mean with mean=True. (n, D).

        Raises ValueError when n is not a whole number ≥ 1.
        """
        n = checks.whole("n", n)
        x_given_z = self.decode(draw(self.prior, (n,), generator))
        return x_given_z.mean if mean else draw(x_given_z, (), generator)

    def check(self, x):
        """x as a tensor (n, D) of the model's type, or ValueError saying what is wrong with it.

        Raises TypeError when the decoder gives no distribution over vectors.
        """
        like = next(self.parameters(), None)
        like = self.prior.mean if like is None else like
        x = checks.tensor("x", x).to(dtype=like.dtype, device=like.device)
        if self.data_dim is None:
            self._ask_decoder()
        if x.ndim != 2 or not len(x) or x.shape[1] != self.data_dim:
            wanted = f"(n, {self.data_dim}) with n ≥ 1"
            raise ValueError(f"x: got shape {tuple(x.shape)}, wanted {wanted}")
        low, high = (float(bound) for bound in x.detach().aminmax())  # NaN goes through
        if not math.isfinite(low) or not math.isfinite(high):
            raise ValueError("x: got NaN or infinite values, wanted finite ones")
        if self.binary and (low < 0 or high > 1):
            came = f"pixels from {low:.3g} to {high:.3g}"
            raise ValueError(f"x: got {came}, wanted [0, 1] for a Bernoulli likelihood")
        return x

    @torch.no_grad()
    def _ask_decoder(self):
        """What it makes of one z tells D, and whether x is binary."""
        x_given_z = self.decode(self.prior.mean.nan_to_num(0.0, 0.0, 0.0)[None])
        if not is_over_vectors(x_given_z, 1):
            raise TypeError(
                f"decoder: gives {shape_of(x_given_z)} for z (1, d), wanted a torch "
                "Distribution with batch shape (1,) and event shape (D,)"
            )
        self.data_dim = x_given_z.event_shape[0]
        self.binary = isinstance(base_of(x_given_z), Bernoulli)

    def _hermite(self, n_points):
        if not is_normal(self.prior):
            raise ValueError(f"method: 'gauss_hermite' needs a Normal prior, got {self.prior}")
        d = self.prior.event_shape[0]
        n_points = _node_count(n_points, d)
        roots, weights = (torch.as_tensor(a) for a in roots_hermitenorm(n_points))
        log_w = (weights / weights.sum()).log()
        unit, log_w = (torch.cartesian_prod(*[a] * d).reshape(-1, d) for a in (roots, log_w))
        z = self.prior.mean + self.prior.stddev * unit.to(self.prior.mean)
        return z, log_w.sum(-1).to(z)

    def _blocks(self, x, z, log_w):
        """log w_j + log p(x_n|z_j) in blocks, (rows of z, n) each."""
        step = max(1, BLOCK // max(x.numel(), self._width()))
        for nodes, log_weights in zip(z.split(step), log_w.split(step), strict=True):
            yield log_weights[:, None] + self.decode(nodes[:, None]).log_prob(x)

    def _importance_blocks(self, x, q, n_samples, generator):
        step = max(1, BLOCK // x.numel())
        smaller = max(1, BLOCK // (len(x) * max(x.shape[1], self._width())))
        for start in range(0, n_samples, step):
            drawn = draw(q, (min(step, n_samples - start),), generator)  # (s, n, d)
            for z in drawn.split(smaller):
                log_joint = log_density(self.prior, z) + self.decode(z).log_prob(x)
                yield log_joint - q.log_prob(z) - math.log(n_samples)

    def _proposed(self, proposal, x):
        q = proposal(x)
        if not is_over_vectors(q, len(x)) or q.event_shape != self.prior.event_shape:
            wanted = f"batch shape ({len(x)},) and event shape {tuple(self.prior.event_shape)}"
            raise ValueError(
                f"proposal: gives {shape_of(q)}, wanted a torch Distribution with {wanted}"
            )
        return q

    def _width(self):
        """The widest of the networks' layers: what one z may take while it is decoded."""
        return max((p.shape[0] for p in self.parameters() if p.ndim > 1), default=1)


def _log_sum(parts, n_samples, return_se):
    """log Σ_j exp(part_j) from blocks (j, n), and the standard error of that logarithm."""
    log_p = log_squares = None  # log Σ w and log Σ w² so far
    for part in parts:  # nothing is kept of a block: small leftovers would fragment the memory
        first, second = part.logsumexp(0), (2 * part.detach()).logsumexp(0)
        log_p = first if log_p is None else torch.logaddexp(log_p, first)
        log_squares = second if log_squares is None else torch.logaddexp(log_squares, second)
    if not return_se:
        return log_p
    second_moment = n_samples * torch.exp(log_squares - 2 * log_p.detach())
    return log_p, ((second_moment - 1).clamp(min=0) / max(1, n_samples - 1)).sqrt()


def _node_count(n_points, d):
    n_points = checks.whole("n_points", n_points)
    if n_points**d > MAX_NODES:
        raise ValueError(
            f"n_points: got {n_points}, so {n_points}^{d} = {n_points**d:.1e} nodes in {d} "
            f"dimensions; wanted at most {MAX_NODES:.0e} (use 'importance' instead)"
        )
    return n_points
