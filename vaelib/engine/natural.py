"""Each term of a mixture is linear in the point's sufficient statistics (lesson 03, equation 3.8).

    log π_k N(x | μ_k, Σ_k) = t(x)·η_k

So all terms of all points are one matrix product, of T (n, P) and η (P, K).
Source: C. Bishop, *Pattern Recognition and Machine Learning* (2006), §2.4.
"""

import torch
from jaxtyping import Float
from torch import Tensor

from vaelib import checks
from vaelib.mixture import inverse_factors, log_constants


def statistics(x, covariance_type):
    """Return the sufficient statistics t(x), (n, D) → (n, P).

    t(x) = (x_i x_j for i ≤ j, x, 1) for full and tied covariances, (x², x, 1) for diagonal and
    (‖x‖², x, 1) for spherical ones: P = D(D + 3)/2 + 1, 2D + 1 or D + 2.
    """
    if checks.check_type(covariance_type) in ("full", "tied"):
        squares = torch.cat([x[:, i : i + 1] * x[:, i:] for i in range(x.shape[1])], dim=1)
    else:
        squares = x**2 if covariance_type == "diag" else (x**2).sum(1, keepdim=True)
    return torch.cat([squares, x, torch.ones_like(x[:, :1])], dim=1)


def natural_parameters(weights, means, covariances) -> Float[Tensor, "P K"]:
    """Return η (P, K), so that t(x)·η_k = log π_k N(x | μ_k, Σ_k). Arguments as in `Mixture`."""
    weights, means, covariances = checks.check_mixture(weights, means, covariances)
    inverse = inverse_factors(covariances)
    return natural_from_factors(log_constants(weights, means, inverse), means, inverse)


def natural_from_factors(constants, means, inverse):
    """Return η (P, K) from L⁻¹: what belongs to x_i x_j, to x and to 1, with Λ = L⁻ᵀ L⁻¹."""
    if inverse.shape[2] == 1:
        precisions = inverse[:, :, 0] ** 2
        linear, quadratic = precisions * means, -0.5 * precisions
    else:
        precisions = inverse.mT @ inverse
        linear = (precisions @ means[:, :, None])[:, :, 0]
        i, j = torch.triu_indices(*precisions.shape[1:], device=means.device)
        quadratic = precisions[:, i, j] * torch.where(i == j, -0.5, -1.0)
    offset = constants - 0.5 * (means * linear).sum(1)
    return torch.cat([quadratic.expand(len(means), -1), linear, offset[:, None]], dim=1).T
