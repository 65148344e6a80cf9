"""A prior that is learned: the Gaussian mixture of lesson 02, now over codes.

p(z) = Σ_k π_k N(z | μ_k, diag σ_k²)

The logarithm of each term is linear in (z², z, 1), as in `vaelib.mixture`, so all K of them are one
matrix product. Source: Tomczak & Welling, *VAE with a VampPrior* (2018), §2, "MoG".
"""

import math

import torch
from torch import nn
from torch.distributions import Categorical, Independent, MixtureSameFamily, Normal

from vaelib import checks
from vaelib.drawing import draw


class DiagonalMixture(MixtureSameFamily):
    """A mixture of diagonal Normals: logits (K,), mu (K, d), logvar (K, d) → event shape (d,)."""

    def __init__(self, logits, mu, logvar):
        self.mu, self.logvar = mu, logvar
        components = Normal(mu, torch.exp(logvar / 2), validate_args=False)
        super().__init__(
            Categorical(logits=logits, validate_args=False),
            Independent(components, 1, validate_args=False),
            validate_args=False,
        )

    def log_prob(self, z):
        """log p(z), (..., d) → (...), nats."""
        precision = torch.exp(-self.logvar)
        natural = torch.cat([-0.5 * precision, precision * self.mu], dim=1)  # (K, 2d)
        log_det = (self.logvar + math.log(2 * math.pi)).sum(1)
        offset = self.mixture_distribution.logits - 0.5 * (precision * self.mu**2).sum(1)
        flat = z.reshape(-1, z.shape[-1])
        statistics = torch.cat([flat**2, flat], dim=1)  # (n, 2d)
        with torch.autocast(z.device.type, enabled=False):  # z² − 2 μ z + μ² cancels
            log_joint = torch.addmm(offset - 0.5 * log_det, statistics, natural.T)  # (n, K)
        return log_joint.logsumexp(1).reshape(z.shape[:-1])


class MixturePrior(nn.Module):
    """The parameters of a `DiagonalMixture`, trained with the model; calling it gives the prior.

    It starts with equal weights, unit variances, and means drawn from N(0, I) by `generator`.
    Raises ValueError unless latent_dim and n_components are whole numbers ≥ 1.
    """

    def __init__(self, latent_dim, n_components, generator=None):
        super().__init__()
        shape = checks.whole("n_components", n_components), checks.whole("latent_dim", latent_dim)
        standard = Normal(torch.zeros(shape), 1.0)
        self.logits = nn.Parameter(torch.zeros(shape[0]))
        self.mu = nn.Parameter(draw(standard, (), generator))
        self.logvar = nn.Parameter(torch.zeros(shape))

    def forward(self):
        return DiagonalMixture(self.logits, self.mu, self.logvar)
