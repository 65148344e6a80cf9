"""Gaussian log-densities and the KL divergences between Gaussians, in their plain form.

log N(x | μ, Σ) = −½ [ D log 2π + log|Σ| + (x − μ)ᵀ Σ⁻¹ (x − μ) ]

All values are in nats. The last axis holds the D dimensions and is summed over; the axes before it
broadcast. A variance is always given by its logarithm: `std = exp(logvar / 2)`.

Sources: Bishop, *Pattern Recognition and Machine Learning* (2006), eq. 2.43; Kingma & Welling,
*Auto-Encoding Variational Bayes* (2014), appendix B. Faster forms for many components or draws
stand where they are used (`mixture`, `priors`, `distributions`), and tests hold them to the plain
ones.
"""

import math

import torch
from jaxtyping import Float
from torch import Tensor

LOG_2PI = math.log(2 * math.pi)


def log_normal_diag(
    x: Float[Tensor, "... D"], mu: Float[Tensor, "... D"], logvar: Float[Tensor, "..."]
) -> Float[Tensor, "..."]:
    """Return log N(x | μ, diag(exp(logvar))), shapes (..., D) → (...), in nats.

    `logvar` may be a scalar tensor, one variance for all dimensions.

    Raises
    ------
    TypeError
        If an argument is not a tensor.
    ValueError
        When the last axes differ.
    """
    _same_last_axis(x=x, mu=mu, logvar=logvar)
    return -0.5 * (LOG_2PI + logvar + ((x - mu) * torch.exp(-logvar / 2)) ** 2).sum(-1)


def log_normal_full(
    x: Float[Tensor, "... D"], mu: Float[Tensor, "... D"], cov: Float[Tensor, "... D D"]
) -> Float[Tensor, "..."]:
    """Return log N(x | μ, Σ), shapes (..., D), (..., D), (..., D, D) → (...), in nats.

    Raises
    ------
    TypeError
        If an argument is not a tensor.
    ValueError
        When the shapes differ or `cov` is not symmetric positive definite.
    """
    _same_last_axis(x=x, mu=mu, cov=cov)
    if cov.ndim < 2 or cov.shape[-1] != cov.shape[-2]:
        raise ValueError(f"cov: got shape {tuple(cov.shape)}, wanted (..., D, D)")
    factor, failed = torch.linalg.cholesky_ex(cov)
    if failed.any() or not torch.allclose(cov, cov.mT):
        raise ValueError("cov: got a matrix that is not symmetric positive definite")
    y = x - mu
    if cov.ndim == 2:  # one factor for all rows: one system with many right-hand sides, no copies
        whitened = torch.linalg.solve_triangular(factor, y.reshape(-1, y.shape[-1]).mT, upper=False)
        square = (whitened**2).sum(0).reshape(y.shape[:-1])
    else:
        whitened = torch.linalg.solve_triangular(factor, y[..., None], upper=False)[..., 0]
        square = (whitened**2).sum(-1)
    half_logdet = factor.diagonal(dim1=-2, dim2=-1).log().sum(-1)
    return -0.5 * (y.shape[-1] * LOG_2PI + square) - half_logdet


def kl_diag(
    mu_q: Float[Tensor, "... d"],
    logvar_q: Float[Tensor, "..."],
    mu_p: Float[Tensor, "... d"],
    logvar_p: Float[Tensor, "..."],
) -> Float[Tensor, "..."]:
    """Return KL( N(μ_q, σ²_q) ‖ N(μ_p, σ²_p) ) for diagonal Gaussians, (..., d) → (...), nats ≥ 0.

    Raises
    ------
    TypeError
        If an argument is not a tensor.
    ValueError
        When the last axes differ.
    """
    _same_last_axis(mu_q=mu_q, logvar_q=logvar_q, mu_p=mu_p, logvar_p=logvar_p)
    log_ratio = logvar_q - logvar_p
    distance = ((mu_q - mu_p) * torch.exp(-logvar_p / 2)) ** 2
    return 0.5 * (torch.expm1(log_ratio) - log_ratio + distance).sum(-1)


def kl_standard(mu: Float[Tensor, "... d"], logvar: Float[Tensor, "..."]) -> Float[Tensor, "..."]:
    """Return KL( N(μ, diag(exp(logvar))) ‖ N(0, I) ), (..., d) → (...), nats ≥ 0.

    Source: Kingma & Welling, appendix B.

    Raises
    ------
    TypeError
        If an argument is not a tensor.
    ValueError
        When the last axes differ.
    """
    _same_last_axis(mu=mu, logvar=logvar)
    return 0.5 * (torch.expm1(logvar) - logvar + mu**2).sum(-1)


def _same_last_axis(**arguments):
    """Raise ValueError where broadcasting a last axis of 1 against D would sum the wrong thing."""
    for name, value in arguments.items():
        if not torch.is_tensor(value):
            raise TypeError(f"{name}: got {type(value).__name__}, wanted a tensor")
    sizes = {name: value.shape[-1] for name, value in arguments.items() if value.ndim}
    if len(set(sizes.values())) > 1:
        came = ", ".join(f"{name} {size}" for name, size in sizes.items())
        raise ValueError(f"last axes differ: got {came}; wanted the same D for all")
