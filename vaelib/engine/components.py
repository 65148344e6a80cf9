"""A mixture with what the fast EM steps need of each component, computed once.

The log-density of a component has two forms. Expanded, it is linear in the sufficient statistics
t(x) of `vaelib.mixture.statistics`,

    log π_k N(x | μ_k, Σ_k) = t(x)·η_k,

so that all K of them are one matrix product; factored, it is c_k − ½ ‖L_k⁻¹(x − μ_k)‖², as in
`vaelib.mixture`. The expanded form has terms that cancel. With data that span a_i = max_n |x_ni|,
rounding costs it about eps · Σ_i a_i² (Σ_k⁻¹)_ii nats.
"""

from functools import cached_property

import torch

from vaelib.checks import check_definite
from vaelib.gaussians import LOG_2PI
from vaelib.mixture import Mixture

LOSS = {torch.float64: 1e-10, torch.float32: 1e-3}  # nats that rounding may cost the expanded form


class Components(Mixture):
    """A `Mixture` with the factors of its covariances.

    They need not be positive definite at first: `failed` (K,) tells which are not, and `checked`
    refuses them.
    """

    def __init__(self, weights, means, covariances):
        n_components, n_features = means.shape
        if covariances.ndim == 3:
            factor, info = torch.linalg.cholesky_ex(covariances)  # Σ = L Lᵀ
            failed, identity = info > 0, torch.eye(n_features, dtype=means.dtype)
            factor[failed] = identity
            inverse = torch.linalg.solve_triangular(factor, identity, upper=False)
            precision = (inverse**2).sum(1)
            half_log_det = factor.diagonal(dim1=1, dim2=2).log().sum(1)
            inverse = inverse.expand(n_components, -1, -1)
        else:
            variances = covariances.reshape(n_components, -1)  # (K, D) or (K, 1)
            failed = (variances <= 0).any(1)
            inverse, precision = variances.rsqrt(), 1 / variances
            half_log_det = 0.5 * variances.log().expand_as(means).sum(1)
        self.failed = failed.expand(n_components)
        self.inverse = inverse  # L⁻¹: (K, D, D), (K, D) or (K, 1)
        self.precision_diagonal = precision.expand(n_components, -1)  # (Σ⁻¹)_ii: (K, D) or (K, 1)
        self.constant = weights.log() - half_log_det - 0.5 * n_features * LOG_2PI  # c_k

    @cached_property
    def natural(self):
        """The natural parameters η, (P, K): a column for each component."""
        if self.covariances.ndim == 3:
            precisions = self.inverse.mT @ self.inverse
            linear = (precisions @ self.means[:, :, None])[:, :, 0]
            i, j = torch.triu_indices(*precisions.shape[1:])
            quadratic = precisions[:, i, j] * torch.where(i == j, -0.5, -1.0)
        else:
            linear, quadratic = self.means * self.precision_diagonal, -0.5 * self.precision_diagonal
        offset = self.constant - 0.5 * (self.means * linear).sum(1)
        return torch.cat([quadratic, linear, offset[:, None]], dim=1).T

    def checked(self):
        """Itself, or ValueError when a covariance is not positive definite."""
        check_definite(~self.failed)
        return self

    def too_narrow(self, span, dtype):
        """Find the components for which the expanded form in `dtype` would lose more than LOSS.

        Returns a list of their indices; span (D,) is that of the data.
        """
        lost = torch.finfo(dtype).eps * (span**2 * self.precision_diagonal).sum(1)
        finite = self.natural.to(dtype).isfinite()[:-1].all(0)
        return (self.failed | ~(lost <= LOSS[dtype]) | ~finite).nonzero()[:, 0].tolist()

    def log_density(self, x, k):
        """log π_k N(x_n | μ_k, Σ_k), (n,), in the factored form and in the dtype of x."""
        y, inverse = x - self.means[k].to(x.dtype), self.inverse[k].to(x.dtype)
        y = y @ inverse.T if inverse.ndim == 2 else y * inverse
        return self.constant[k] - 0.5 * y.square_().sum(1)
