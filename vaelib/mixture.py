"""Gaussian mixtures, and EM on a page: p(x) = Σ_k π_k N(x | μ_k, Σ_k).

With Σ_k = L_k L_kᵀ, x has the density of a standard normal at L_k⁻¹(x − μ_k), times |L_k⁻¹|:

    log π_k N(x | μ_k, Σ_k) = log π_k − ½ D log 2π + log |L_k⁻¹| − ½ ‖L_k⁻¹(x − μ_k)‖²

    E-step    r_nk = π_k N(x_n | μ_k, Σ_k) / p(x_n)                    Bishop 9.23
    M-step    N_k = Σ_n r_nk,    π_k = N_k / N                         Bishop 9.26, 9.27
              μ_k = Σ_n r_nk x_n / N_k                                 Bishop 9.24
              Σ_k = Σ_n r_nk (x_n − μ_k)(x_n − μ_k)ᵀ / N_k             Bishop 9.25

Nothing is expanded into terms that cancel, so components that are narrow, or far from the origin,
keep their digits. The shape of the covariances tells their type:

    full (K, D, D)    tied (1, D, D), one for all    diag (K, D)    spherical (K,)

All is computed in float64 on the CPU. `vaelib.estimator` fits with these functions.

Sources: C. Bishop, *Pattern Recognition and Machine Learning* (2006), §9.2;
Dempster, Laird, Rubin, *Maximum likelihood from incomplete data via the EM algorithm* (1977).
"""

import math
from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor

from vaelib import checks
from vaelib.drawing import check_generator
from vaelib.gaussians import LOG_2PI

WITHIN = -1e150, 1e150  # the data: their squares do not overflow
TINY = 10 * torch.finfo(torch.float64).eps  # added to each N_k, as scikit-learn does
BLOCK = 2**18  # numbers x_n − μ_k in one go: 2 MB, which stay in a processor's cache


class Mixture(NamedTuple):
    """A mixture of K Gaussians in D dimensions.

    Parameters
    ----------
    weights : Tensor, (K,)
        π_k.
    means : Tensor, (K, D)
        μ_k.
    covariances : Tensor, (K, D, D), (1, D, D), (K, D) or (K,)
        Σ_k: full, tied, diagonal or spherical. Two dimensions are always (K, D), diagonal: the
        tied (D, D) of a `GaussianMixture` is not taken, its `mixture_` is.

    The methods raise ValueError when these are no mixture, or x is not (n, D) and finite.
    """

    weights: Tensor
    means: Tensor
    covariances: Tensor

    def log_joint(self, x) -> Float[Tensor, "n K"]:
        """Return log p(x_n, k) = log π_k N(x_n | μ_k, Σ_k), in nats."""
        return checks.check_reached(torch.cat([*log_joint_blocks(*_ready(x, self))]))

    def log_prob(self, x) -> Float[Tensor, " n"]:
        """Return log p(x_n) = log Σ_k p(x_n, k), in nats."""
        blocks = log_joint_blocks(*_ready(x, self))
        return checks.check_reached(torch.cat([block.logsumexp(1) for block in blocks]))

    def posterior(self, x) -> Float[Tensor, "n K"]:
        """Return the responsibilities r_nk = p(k | x_n)."""
        return self.log_joint(x).softmax(1)

    def sample(self, n, generator=None) -> Float[Tensor, "n D"]:
        """Draw n points: k by its weight, then x = μ_k + L_k ε with ε ~ N(0, I)."""
        check_generator(generator)
        weights, means, covariances = checks.check_mixture(*self)
        k = torch.multinomial(weights, checks.whole("n", n), True, generator=generator)
        eps = torch.randn(len(k), means.shape[1], generator=generator, dtype=torch.float64)
        if covariances.ndim < 3:
            variances = covariances.reshape(len(means), -1)
            checks.check_definite((variances > 0).all(1))
            return means[k] + variances.sqrt()[k] * eps
        factors, failed = torch.linalg.cholesky_ex(covariances)
        checks.check_definite(failed == 0)
        for each, factor in enumerate(factors.expand(len(means), -1, -1)):
            eps[k == each] = eps[k == each] @ factor.T
        return means[k] + eps


def e_step(x, weights, means, covariances) -> tuple[Float[Tensor, " n"], Float[Tensor, "n K"]]:
    """Infer who made each point: log p(x_n) (n,), and log r_nk = log p(k | x_n) (n, K), in nats.

    Parameters
    ----------
    x : array, (n, D)
    weights, means, covariances : arrays
        As in `Mixture`; ValueError if they are no mixture, or if x does not fit them.
    """
    return split(Mixture(weights, means, covariances).log_joint(x))


def split(log_joint):
    """Split log p(x_n, k) (n, K) into log p(x_n) (n,) and log r_nk = log p(k | x_n) (n, K)."""
    log_px = log_joint.logsumexp(1)
    return log_px, log_joint - log_px[:, None]


def m_step(x, resp, covariance_type="full", reg_covar=0.0) -> Mixture:
    """Find the mixture that is most likely under the responsibilities.

    Parameters
    ----------
    x : array, (n, D)
    resp : array, (n, K)
        r_nk ≥ 0. A component without points ends at the median of the data.
    covariance_type : str
        "full", "tied", "diag" or "spherical".
    reg_covar : float
        Added to each variance.

    Raises
    ------
    ValueError
        For wrong shapes, NaN or infinity, what is negative, or an unknown type.
    """
    x = checks.as_tensor("x", x, ("n", "D"), WITHIN)
    resp = checks.as_tensor("resp", resp, (len(x), "K"))
    if resp.min() < 0:
        raise ValueError(f"resp: got {resp.min():.3g}, wanted probabilities, none negative")
    reg_covar = checks.number("reg_covar", reg_covar, zero=True)
    middle = x.median(0).values
    found = unchecked_m_step(x - middle, resp, checks.check_type(covariance_type), reg_covar)
    return found._replace(means=found.means + middle)


def climb(step, mixture, tol, max_iter, before=-math.inf):
    """Repeat a step of EM until it gains less than `tol` nats a point.

    Parameters
    ----------
    step : callable
        mixture → (mean of log p(x) under it, the next mixture), such as `em_step` on some data.
    mixture : Mixture
    tol : float
    max_iter : int
    before : float
        The mean of log p(x) one step before `mixture`, where that is known.

    Returns
    -------
    mixture : Mixture
    bounds : list of float
        The mean of log p(x) before each step.
    converged : bool
    """
    bounds = []
    for _ in range(max_iter):
        bound, mixture = step(mixture)
        bounds.append(bound)
        if abs(bound - before) < tol:
            return mixture, bounds, True
        before = bound
    return mixture, bounds, False


def em_step(x, mixture, covariance_type, reg_covar):
    """Take an E-step and an M-step: the mean of log p(x) before them, the mixture after.

    The arguments are not checked: a fit comes here once for each step.
    """
    weights, means, covariances = mixture
    blocks = log_joint_blocks(x, weights, means, inverse_factors(covariances))
    log_px, log_resp = split(torch.cat([*blocks]))
    bound = checks.check_reached(log_px).mean().item()
    return bound, unchecked_m_step(x, log_resp.exp(), covariance_type, reg_covar)


def inverse_factors(covariances):
    """L⁻¹, where Σ = L Lᵀ: (K, D, D) or (1, D, D), and of diagonal ones (K, D, 1) or (K, 1, 1)."""
    if covariances.ndim == 3:
        factors, failed = torch.linalg.cholesky_ex(covariances)
        checks.check_definite(failed == 0)
        identity = torch.ones_like(covariances[0, 0]).diag()
        return torch.linalg.solve_triangular(factors, identity, upper=False)
    variances = covariances.reshape(len(covariances), -1, 1)
    checks.check_definite((variances > 0).all(1)[:, 0])
    return variances.rsqrt()


def log_joint_blocks(x, weights, means, inverse):
    """Yield log π_k N(x_n | μ_k, Σ_k), (rows, K), some rows at a time, from L⁻¹."""
    constant = log_constants(weights, means, inverse)[:, None]
    for (rows,) in in_blocks(means, x):
        y = rows.T.contiguous() - means[:, :, None]  # (K, D, rows)
        y = inverse * y if inverse.shape[2] == 1 else inverse @ y
        yield (constant - 0.5 * (y * y).sum(1)).T


def log_constants(weights, means, inverse):
    """log π_k − ½ D log 2π + log |L_k⁻¹|, (K,)."""
    n_features = means.shape[1]
    if inverse.shape[2] > 1:
        inverse = inverse.diagonal(dim1=1, dim2=2)[:, :, None]
    log_det = inverse.log().expand(-1, n_features, 1).sum((1, 2))
    return weights.log() - 0.5 * n_features * LOG_2PI + log_det


def unchecked_m_step(x, resp, covariance_type, reg_covar):
    """Return the mixture of `m_step`, arguments unchecked."""
    count = resp.sum(0) + TINY
    means = (resp.T @ x) / count[:, None]
    share = resp / (count.sum() if covariance_type == "tied" else count)
    pairs = (
        (rows.T.contiguous() - means[:, :, None], r.T[:, None])  # (K, D, rows) and (K, 1, rows)
        for rows, r in in_blocks(means, x, share)
    )
    match covariance_type:
        case "full":
            covariances = sum((r * y) @ y.mT for y, r in pairs)
        case "tied":
            covariances = sum((r * y) @ y.mT for y, r in pairs).sum(0, keepdim=True)
        case "diag":
            covariances = sum((y * y) @ r.mT for y, r in pairs)[:, :, 0]
        case "spherical":
            covariances = sum((y * y) @ r.mT for y, r in pairs)[:, :, 0].mean(1)
    variances = covariances.diagonal(dim1=1, dim2=2) if covariances.ndim == 3 else covariances
    variances += reg_covar  # a view: this changes the covariances
    return Mixture(count / count.sum(), means, covariances)


def in_blocks(means, *tensors):
    """Split tensors by rows, into blocks whose x_n − μ_k stay in a processor's cache."""
    n_rows = max(1, BLOCK // means.numel())
    return zip(*(tensor.split(n_rows) for tensor in tensors), strict=True)


def _ready(x, mixture):
    """Return x, π, μ and L⁻¹ in float64, or raise ValueError."""
    weights, means, covariances = checks.check_mixture(*mixture)
    x = checks.as_tensor("x", x, ("n", means.shape[1]), WITHIN)
    return x, weights, means, inverse_factors(covariances)
