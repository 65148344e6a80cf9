"""EM for full covariances that computes only the responsibilities that matter.

In many dimensions few components matter for a point. Which ones, the point's shadow on a few axes
tells. With the columns of V any axes, u = Vᵀx, and S_k = Vᵀ Σ_k V,

    (u − Vᵀμ_k)ᵀ S_k⁻¹ (u − Vᵀμ_k) ≤ (x − μ_k)ᵀ Σ_k⁻¹ (x − μ_k),

for the left side is the least that the right side can be for any x with this shadow. So

    log π_k N(x | μ_k, Σ_k) ≤ b_k(x) = c_k − ½ (left side) = t(u)·w_k,

with c_k = log π_k − ½ log |2π Σ_k|: one product of a short t(u), in float32. `products.statistics` and
`products.Components` serve for it too; what rounding may cost b_k is added to it. Then, for each point:

    screen    k* = argmax_k b_k(x);  keep k where b_k(x) ≥ log π_k* N(x | μ_k*, Σ_k*) − CUT
    E-step    log π_k N(x | μ_k, Σ_k) = c_k − ½ ‖L_k⁻¹(x − μ_k)‖², Σ_k = L_k L_kᵀ, kept k    9.23
    M-step    Σ_n r_nk (x_n − μ_k)(x_n − μ_k)ᵀ / N_k over the kept n                      9.24–9.27

What is dropped is known: each r_nk left out is under e^−CUT, 2e-19 in float64 and 1e-10 in float32,
a thousandth of the rounding error of a sum of responsibilities, 1.

Sources: the equations of Bishop as in `vaelib.mixture`; for the bound, conditional Gaussians, §2.3.1.
"""

import numpy as np
import torch

from vaelib.engine import products

AXES = 32  # of the shadow: more cost more to screen, and keep fewer
CUT = {torch.float64: 43.0, torch.float32: 23.0}  # nats, −log(eps / 1000)
PAIRS = 2**25  # (point, component) bounded in one go: 128 MB
WORTHWHILE = 2**23  # n D², below which the loops cost more than they save
DENSE = 0.6  # kept share of the pairs above which `products.em_step` is faster


def worthwhile(data):
    """Whether to try it on these data, by their size alone."""
    n, n_features = data.x.shape
    return data.covariance_type == "full" and n_features > AXES and n * n_features**2 >= WORTHWHILE


class Screen:
    """The shadow of `data` on its principal axes, and the EM step that it allows."""

    def __init__(self, data):
        self.data, self.x = data, data.x.to(data.dtype)
        axes = torch.linalg.eigh(data.x.T @ data.x).eigenvectors[:, -AXES:]  # V (D, AXES)
        shadow = data.x @ axes
        scale = shadow.abs().max()  # so that float32 does not overflow
        self.axes, shadow = axes / scale, shadow.div_(scale)
        self.span = shadow.abs().amax(0, keepdim=True)
        width = products.statistics(self.span, "full").shape[1]
        self.t = torch.empty(len(shadow), width, dtype=torch.float32)
        for rows in data.slices():
            self.t[rows] = products.statistics(shadow[rows], "full")

    def em_step(self, old, reg_covar):
        """As `products.em_step`: the mean log-likelihood before the step, the Components after."""
        n, n_components = len(self.x), len(old.means)
        upper, x = self.upper(old), self.rows_for(old)
        every = max(1, n // 1000)
        sample = self.kept(old, upper, x, slice(0, n, every))
        if sum(map(len, sample)) > DENSE * n_components * n / every:
            return products.em_step(self.data, old, reg_covar)
        size = max(1, PAIRS // n_components)
        blocks = [self.kept(old, upper, x, slice(i, i + size)) for i in range(0, n, size)]
        kept = [torch.cat(rows) for rows in zip(*blocks, strict=True)]
        log_joint = [log_density(old, k, x[k], rows) for k, rows in enumerate(kept)]
        log_prob = torch.full((n,), -torch.inf, dtype=torch.float64)
        for rows, value in zip(kept, log_joint, strict=True):
            log_prob[rows] = torch.logaddexp(log_prob[rows], value)
        resp = [
            (value - log_prob[rows]).exp_() for rows, value in zip(kept, log_joint, strict=True)
        ]
        return log_prob.mean().item(), self.m_step(kept, resp, reg_covar)

    def upper(self, components):
        """The w_k of the bound, (K, P) in float32, with what rounding may cost the product."""
        c, axes = components, self.axes
        shadow = products.Components(c.weights, c.means @ axes, axes.T @ c.covariances @ axes)
        shadow.constant = c.constant
        w = shadow.natural.T
        eps = torch.finfo(torch.float32).eps
        rounding = (
            2 * eps * w.shape[1] ** 0.5 * (products.statistics(self.span, "full") @ w.abs().T)
        )
        w[:, -1] += rounding[0]
        w[shadow.failed, -1] = torch.inf  # no bound where S_k is not positive definite
        return w.float()

    def kept(self, components, upper, x, block):
        """For each component, the numbers of the rows in `block` for which it may matter."""
        bound = upper @ self.t[block].T  # (K, rows)
        number, best = torch.arange(len(self.t))[block], bound.argmax(0)
        floor = torch.empty(len(best))
        for k, rows in enumerate(
            best.argsort().split(best.bincount(minlength=len(upper)).tolist())
        ):
            floor[rows] = log_density(components, k, x[k], number[rows]).float()
        floor -= CUT[self.data.dtype]
        return [number[nonzero(~(row < floor))] for row in bound]

    def rows_for(self, components):
        """For each component the data in `dtype`; in float64 where it is too narrow for float32.

        Rounding x costs the factored form about eps · √(D Σ_i a_i² Λ_ii) nats.
        """
        squares = (self.data.span**2 * components.precision_diagonal).sum(1) * self.x.shape[1]
        most = products.LOSS[torch.float32] / torch.finfo(torch.float32).eps
        exact = ~(squares <= most**2) | components.failed
        return [self.data.x if narrow else self.x for narrow in exact]

    def m_step(self, kept, resp, reg_covar):
        """Components from the kept responsibilities, resp[k] of the rows kept[k]."""
        n_features = self.x.shape[1]
        count = torch.stack([r.sum() for r in resp]) + 10 * products.EPS
        means = torch.empty(len(kept), n_features, dtype=torch.float64)
        covariances = means.new_empty(len(kept), n_features, n_features)

        def estimate(k, x):
            some = nonzero(resp[k] > np.exp(-CUT[self.data.dtype]))
            share = (resp[k][some] / count[k]).to(x.dtype).split(products.CHUNK_ROWS)
            rows = kept[k][some].split(products.CHUNK_ROWS)
            means[k] = sum(s @ x.index_select(0, n) for n, s in zip(rows, share, strict=True))
            covariances[k] = 0.0
            for n, s in zip(rows, share, strict=True):
                y = x.index_select(0, n).sub_(means[k].to(x.dtype))
                covariances[k] += (s * y.T) @ y
            covariances[k] = (covariances[k] + covariances[k].T) / 2  # not exact in float32
            covariances[k].diagonal().add_(reg_covar)

        for k in range(len(kept)):
            estimate(k, self.x)
        components = products.Components(count / count.sum(), means, covariances)
        narrow = [k for k, x in enumerate(self.rows_for(components)) if x is not self.x]
        if narrow:
            for k in narrow:
                estimate(k, self.data.x)
            components = products.Components(count / count.sum(), means, covariances)
        return components.checked()


def log_density(components, k, x, rows):
    """log π_k N(x_n | μ_k, Σ_k) of these rows, in float64."""
    chunks = rows.split(products.CHUNK_ROWS)
    return torch.cat([components.factored(x.index_select(0, n), k) for n in chunks]).double()


def nonzero(mask):
    """The places (m,) where a one-dimensional mask is true; faster than torch's."""
    return torch.from_numpy(np.flatnonzero(mask.numpy()))
