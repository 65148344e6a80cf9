"""A step of EM as two matrix products.

With T (n, P) the sufficient statistics t(x_n) of all points, η (P, K) the natural parameters and
R (n, K) the responsibilities (see `vaelib.engine.components`),

    E-step    R = softmax over k of T η                                             Bishop 9.23
    M-step    Rᵀ T = (Σ_n r_nk x_i x_j, Σ_n r_nk x_n, N_k), solved for π, μ, Σ      Bishop 9.24–9.27

Components that are too narrow for the products (tiny, nearly singular, just begun at one point)
take the E-step in the factored form, and the M-step of `vaelib.mixture`.

With float32, T, R and the products are float32; parameters, narrow components and the mean of
log p(x) stay float64. Responsibilities under 1e-26 are set to zero: for a point they sum to less
than K · 1e-26.

Sources: C. Bishop, *Pattern Recognition and Machine Learning* (2006), §9.2.
"""

from functools import cached_property

import torch

from vaelib import checks
from vaelib.engine.components import Components
from vaelib.engine.natural import statistics
from vaelib.mixture import TINY, unchecked_m_step

CHUNK_ROWS, CHUNK_BYTES = 2000, 2**22  # rows in one product, fewer where they do not fit a cache
GPU_ROWS, GPU_BYTES = 2**20, 2**29  # the same on a GPU, where each product has to be launched
STORE_BYTES = 2**30  # the statistics of all the data are kept between steps up to this size


class Products:
    """The statistics of rows x (n, D), centred at their median and float64, and the step on them.

    Parameters
    ----------
    x : Tensor, (n, D)
        On any device with float64: the steps are taken there, and want their mixtures there.
    covariance_type : str
    reg_covar : float
        Added to each variance.
    dtype : torch.dtype
        Of the products: float64, or float32, which is faster and right to about 1e-4 nats a point,
        at worst to a few 1e-3 (a narrow cluster far from all other points).
    """

    def __init__(self, x, covariance_type, reg_covar, dtype=torch.float64):
        self.x, self.covariance_type = x, covariance_type
        self.reg_covar, self.dtype = reg_covar, dtype
        self.span = x.abs().amax(0)  # (D,)
        self.width = statistics(x[:1], covariance_type).shape[1]  # P
        rows, size = (GPU_ROWS, GPU_BYTES) if x.is_cuda else (CHUNK_ROWS, CHUNK_BYTES)
        self.chunk = max(1, min(rows, size // (8 * self.width)))
        self.store = dtype.itemsize * len(x) * self.width <= STORE_BYTES
        self.resp = None

    def em_step(self, mixture):
        """Return the mean of log p(x) under a mixture, and the next mixture, as `Components`."""
        old = mixture if isinstance(mixture, Components) else Components(*mixture).checked()
        resp = self.room_for_responsibilities(len(old.means))
        log_px, moments = resp.new_empty(len(resp)), resp.new_zeros(resp.shape[1], self.width).T
        narrow = old.too_narrow(self.span, self.dtype)
        for rows, t in self.blocks():
            log_joint = torch.mm(t, old.natural.to(t.dtype), out=resp[rows])
            if narrow:
                log_joint[:, narrow] = old.log_joint(self.x[rows], narrow).to(t.dtype)
            log_px[rows] = responsibilities_(log_joint)
            moments.addmm_(t.T, resp[rows])  # (Rᵀ T)ᵀ
        checks.check_reached(log_px)
        return log_px.double().mean().item(), self.unchecked_m_step(
            moments.T.double(), resp
        ).checked()

    def unchecked_m_step(self, moments, resp):
        """Solve the moments Rᵀ T (K, P) for the parameters: the M-step."""
        n_features = self.x.shape[1]
        second, first, count = moments.tensor_split((-1 - n_features, -1), dim=1)
        count = count + TINY  # (K, 1)
        means, second = first / count, second / count
        scaled = means * (1 + TINY / count)  # so that Σ is Σ_n r_nk (x − μ)(x − μ)ᵀ / count exactly
        if self.covariance_type in ("full", "tied"):
            i, j = torch.triu_indices(n_features, n_features, device=means.device)
            covariances = means.new_empty(len(means), n_features, n_features)
            covariances[:, i, j] = covariances[:, j, i] = second - scaled[:, i] * means[:, j]
            covariances.diagonal(dim1=1, dim2=2).add_(self.reg_covar)
            if self.covariance_type == "tied":
                covariances = (count[:, :, None] * covariances).sum(0, keepdim=True) / count.sum()
        elif self.covariance_type == "diag":
            covariances = second - scaled * means + self.reg_covar
        else:
            covariances = (second[:, 0] - (scaled * means).sum(1)) / n_features + self.reg_covar
        found = Components(count[:, 0] / count.sum(), means, covariances)
        narrow = found.too_narrow(self.span, self.dtype)
        if not narrow:
            return found
        if self.covariance_type == "tied":  # one Σ for all
            narrow = slice(None)
        exact = unchecked_m_step(
            self.x, resp[:, narrow].double(), self.covariance_type, self.reg_covar
        )
        means[narrow], covariances[narrow] = exact.means, exact.covariances
        return Components(found.weights, means, covariances)

    def blocks(self):
        """Yield a slice of rows and their statistics, until all rows were there."""
        for i in range(0, len(self.x), self.chunk):
            rows = slice(i, i + self.chunk)
            yield rows, self.stored[rows] if self.store else self.statistics(rows)

    def statistics(self, rows):
        """t(x) of some rows."""
        return statistics(self.x[rows].to(self.dtype), self.covariance_type)

    @cached_property
    def stored(self):
        """T (n, P), made when first read: a screened fit may never need it."""
        stored = self.x.new_empty(len(self.x), self.width, dtype=self.dtype)
        for i in range(0, len(self.x), self.chunk):
            stored[i : i + self.chunk] = self.statistics(slice(i, i + self.chunk))
        return stored

    def room_for_responsibilities(self, n_components):
        """R (n, K), not filled, the same in each step: new memory costs as much as a product.

        Each component's numbers lie side by side, as those of η do: so the products are faster.
        """
        if self.resp is None:
            self.resp = self.x.new_empty(n_components, len(self.x), dtype=self.dtype).T
        return self.resp


def responsibilities_(log_joint):
    """Turn log p(x, k), (n, K), into responsibilities in place, and return log p(x), (n,).

    Those under e⁻⁶⁰ become zero, since very small numbers (denormals) are slow.
    """
    top = log_joint.amax(1, keepdim=True)
    total = log_joint.sub_(top).clamp_(min=-60).exp_().sum(1, keepdim=True)
    torch.nn.functional.threshold_(log_joint.div_(total), 1e-26, 0.0)
    return (top + total.log())[:, 0]
