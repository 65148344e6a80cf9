"""A step of EM for full covariances that computes only the responsibilities that matter.

In many dimensions few components matter for a point, and its projection on a few axes tells which.
With the columns of V any axes, u = Vᵀx, and S_k = Vᵀ Σ_k V,

    (u − Vᵀμ_k)ᵀ S_k⁻¹ (u − Vᵀμ_k) ≤ (x − μ_k)ᵀ Σ_k⁻¹ (x − μ_k),

for the left side is the least that the right side can be for any x with this projection (Bishop
2.3.1). So, with c_k = log π_k − ½ log |2π Σ_k|,

    log π_k N(x | μ_k, Σ_k) ≤ b_k(x) = c_k − ½ (left side) = t(u)·η_k,

one product of a short t(u) in float32; what rounding may cost b_k is added to it. Then, for each
point,

    screen    k* = argmax_k b_k(x);  keep k where b_k(x) ≥ log π_k* N(x | μ_k*, Σ_k*) − CUT
    E-step    log π_k N(x | μ_k, Σ_k) = c_k − ½ ‖L_k⁻¹(x − μ_k)‖², for the k kept     Bishop 9.23
    M-step    as in `vaelib.mixture`, over the n kept for k                      Bishop 9.24–9.27

Each r_nk left out is under e^−CUT, 2e-19 in float64 and 1e-10 in float32: a thousandth of the
rounding error of a sum of responsibilities, 1.
"""

import numpy as np
import torch

from vaelib import checks
from vaelib.engine.components import Components
from vaelib.engine.natural import statistics
from vaelib.engine.products import CHUNK_ROWS
from vaelib.mixture import TINY

AXES = 32  # to project on: more cost more to screen, and keep fewer components
CUT = {torch.float64: 43.0, torch.float32: 23.0}  # nats, −log(eps / 1000)
LOSS = 1e-3  # nats that rounding x to float32 may cost the factored form
PAIRS = 2**25  # (point, component) bounded in one go: 128 MB
DENSE = 0.6  # share of the pairs kept above which it is faster to compute all


class Screen:
    """The projection of rows x (n, D), centred and float64, and the step that it allows.

    Parameters
    ----------
    x : Tensor, (n, D)
    reg_covar : float
        Added to each variance.
    dense_step : callable
        The step to take where few components can be left out: mixture → (mean log p(x), mixture).
    dtype : torch.dtype
        Of the log-densities: float64, or float32, right to about 1e-4 nats.
    """

    def __init__(self, x, reg_covar, dense_step, dtype=torch.float64):
        self.exact_x, self.x, self.dtype = x, x.to(dtype), dtype
        self.reg_covar, self.dense_step = reg_covar, dense_step
        self.span = x.abs().amax(0)  # (D,)
        axes = torch.linalg.eigh(x.T @ x).eigenvectors[:, -AXES:]  # V (D, AXES)
        u = x @ axes
        scale = u.abs().max()  # so that float32 does not overflow
        self.axes, u = axes / scale, u.div_(scale)
        self.largest_t = statistics(u.abs().amax(0, keepdim=True), "full")  # (1, P)
        self.t = torch.empty(len(u), self.largest_t.shape[1], dtype=torch.float32)
        for some, rows in zip(self.t.split(CHUNK_ROWS), u.split(CHUNK_ROWS), strict=True):
            some.copy_(statistics(rows, "full"))

    def em_step(self, mixture):
        """Return the mean of log p(x) under a mixture, and the next mixture, as `Components`."""
        old = mixture if isinstance(mixture, Components) else Components(*mixture).checked()
        n, n_components = len(self.x), len(old.means)
        eta, x = self.bound_parameters(old), self.data_for(old)
        every = max(1, n // 1000)
        first, _, others = self.kept(old, eta, x, slice(0, n, every))
        if sum(map(len, first + others)) > DENSE * n_components * n / every:
            return self.dense_step(old)
        size = max(1, PAIRS // n_components)
        blocks = (self.kept(old, eta, x, slice(i, i + size)) for i in range(0, n, size))
        first, values, others = (
            [torch.cat(of_k) for of_k in zip(*part, strict=True)]
            for part in zip(*blocks, strict=True)
        )
        kept = [torch.cat(rows) for rows in zip(first, others, strict=True)]
        log_joint = [
            torch.cat([known, log_density(old, k, x[k], rows)])
            for k, (known, rows) in enumerate(zip(values, others, strict=True))
        ]
        log_px = torch.full((n,), -torch.inf, dtype=torch.float64)
        for rows, of_k in zip(kept, log_joint, strict=True):
            log_px[rows] = torch.logaddexp(log_px[rows], of_k)
        checks.check_reached(log_px)
        resp = [(v - log_px[rows]).exp_() for rows, v in zip(kept, log_joint, strict=True)]
        return log_px.mean().item(), self.unchecked_m_step(kept, resp)

    def bound_parameters(self, components):
        """η of the bound b_k, (K, P) in float32, with what rounding may cost the product."""
        axes = self.axes
        projected = Components(
            components.weights, components.means @ axes, axes.T @ components.covariances @ axes
        )
        projected.constant = components.constant
        eta = projected.natural.T
        eps = torch.finfo(torch.float32).eps
        rounding = 2 * eps * eta.shape[1] ** 0.5 * (self.largest_t @ eta.abs().T)[0]
        eta[:, -1] += rounding
        eta[projected.failed, -1] = torch.inf  # no bound where S_k is not positive definite
        return eta.float()

    def kept(self, components, eta, x, block):
        """For each component k three tensors, of the rows in `block`.

        The numbers of the rows for which its bound is the greatest, log p(x, k) of these, and the
        numbers of the other rows for which it may matter.
        """
        bound = eta @ self.t[block].T  # (K, rows)
        number, best = torch.arange(len(self.t))[block], bound.max(0).indices
        parts = best.argsort().split(best.bincount(minlength=len(eta)).tolist())
        first = [number[rows] for rows in parts]
        values = [log_density(components, k, x[k], rows) for k, rows in enumerate(first)]
        floor = torch.empty(len(best), dtype=torch.float32)
        floor[torch.cat(parts)] = torch.cat(values).float() - CUT[self.dtype]
        bound.scatter_(0, best[None], -torch.inf)  # these are kept already
        return first, values, [number[nonzero(~(row < floor))] for row in bound]

    def data_for(self, components):
        """For each component the data in `dtype`; in float64 where it is too narrow for float32.

        Rounding x costs the factored form about eps · √(D Σ_i a_i² (Σ_k⁻¹)_ii) nats.
        """
        squares = (self.span**2 * components.precision_diagonal).sum(1) * self.x.shape[1]
        most = LOSS / torch.finfo(torch.float32).eps
        narrow = ~(squares <= most**2) | components.failed
        return [self.exact_x if too_narrow else self.x for too_narrow in narrow]

    def unchecked_m_step(self, kept, resp):
        """Take the M-step with the responsibilities kept, resp[k] of the rows kept[k]."""
        count = torch.stack([r.sum() for r in resp]) + TINY
        weights = count / count.sum()
        estimates = [
            self.estimate(self.x, rows, r, n_k)
            for rows, r, n_k in zip(kept, resp, count, strict=True)
        ]
        found = Components(weights, *map(torch.stack, zip(*estimates, strict=True)))
        narrow = [k for k, x in enumerate(self.data_for(found)) if x is not self.x]
        if narrow:
            for k in narrow:
                estimates[k] = self.estimate(self.exact_x, kept[k], resp[k], count[k])
            found = Components(weights, *map(torch.stack, zip(*estimates, strict=True)))
        return found.checked()

    def estimate(self, x, rows, resp, n_k):
        """The mean and the covariance of one component, from its rows of x."""
        some = nonzero(resp > np.exp(-CUT[self.dtype]))
        shares = (resp[some] / n_k).to(x.dtype).split(CHUNK_ROWS)
        chunks = rows[some].split(CHUNK_ROWS)
        mean = sum(r @ x.index_select(0, n) for n, r in zip(chunks, shares, strict=True)).double()
        covariance = torch.zeros(len(mean), len(mean), dtype=torch.float64)
        for n, r in zip(chunks, shares, strict=True):
            y = x.index_select(0, n).sub_(mean.to(x.dtype))
            covariance += (r * y.T) @ y
        covariance = (covariance + covariance.T) / 2  # in float32 it is not exactly symmetric
        covariance.diagonal().add_(self.reg_covar)
        return mean, covariance


def log_density(components, k, x, rows):
    """log π_k N(x_n | μ_k, Σ_k) of these rows, in float64, by products in the dtype of x."""
    mean, inverse = components.means[k].to(x.dtype), components.inverse[k].to(x.dtype)
    squares = [
        (x.index_select(0, n).sub_(mean) @ inverse.T).square_().sum(1)
        for n in rows.split(CHUNK_ROWS)
    ]
    return components.constant[k] - 0.5 * torch.cat(squares).double()


def nonzero(mask):
    """The places (m,) where a one-dimensional mask is true; faster than torch's."""
    return torch.from_numpy(np.flatnonzero(mask.numpy()))
