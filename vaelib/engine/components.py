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
from vaelib.engine.natural import natural_from_factors
from vaelib.mixture import Mixture, log_constants, log_joint_blocks

LOSS = {torch.float64: 1e-10, torch.float32: 3e-3}  # nats that rounding may cost the expanded form


class Components(Mixture):
    """A `Mixture` with the factors of its covariances.

    They need not be positive definite at first: `failed` (K,) tells which are not, and `checked`
    refuses them.
    """

    def __init__(self, weights, means, covariances):
        if covariances.ndim == 3:
            factor, info = torch.linalg.cholesky_ex(covariances)  # Σ = L Lᵀ
            failed, identity = info > 0, torch.ones_like(means[0]).diag()
            factor[failed] = identity
            inverse = torch.linalg.solve_triangular(factor, identity, upper=False)
        else:
            variances = covariances.reshape(len(means), -1, 1)
            failed, inverse = (variances <= 0).any(1)[:, 0], variances.rsqrt()
        self.failed = failed.expand(len(means))
        self.inverse = inverse  # L⁻¹, as `vaelib.mixture.inverse_factors` gives it
        self.constant = log_constants(weights, means, inverse)  # c_k

    @cached_property
    def precision_diagonal(self):
        """(Σ_k⁻¹)_ii, (K, D) or (K, 1)."""
        squares = self.inverse**2  # Σ⁻¹ = L⁻ᵀ L⁻¹
        diagonal = squares[:, :, 0] if squares.shape[2] == 1 else squares.sum(1)
        return diagonal.expand(len(self.means), -1)

    @cached_property
    def natural(self):
        """The natural parameters η, (P, K): a column for each component."""
        return natural_from_factors(self.constant, self.means, self.inverse)

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

    def log_joint(self, x, some):
        """log π_k N(x_n | μ_k, Σ_k) in the factored form, (n, len(some)), for some k."""
        inverse = self.inverse if len(self.inverse) == 1 else self.inverse[some]
        return torch.cat([*log_joint_blocks(x, self.weights[some], self.means[some], inverse)])
