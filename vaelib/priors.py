"""Priors as modules: one that is fixed, and a Gaussian mixture over codes that is learned.

p(z) = Σ_k π_k N(z | μ_k, diag σ_k²)

The logarithm of each term is linear in (z², z, 1), as in equation (3.8) of lesson 03, so all K of
them are one matrix product. Source: Tomczak & Welling, *VAE with a VampPrior* (2018), §2, "MoG".
"""

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.distributions import Categorical, Independent, MixtureSameFamily, Normal

from vaelib import checks
from vaelib.distributions import as_vector, moved
from vaelib.drawing import draw
from vaelib.gaussians import LOG_2PI, log_normal_diag

LOSS = 1e-2  # nats that rounding may cost a density of codes
BLOCK = 2**20  # numbers z_n − μ_k held at once


class Fixed(nn.Module):
    """A distribution that is not trained, as a module: it follows `.to(device)` and `.double()`.

    Raises TypeError or ValueError unless it is one torch distribution over vectors (d,) or numbers.
    """

    def __init__(self, prior):
        super().__init__()
        self.distribution = as_vector(prior)

    def forward(self):
        """Return the distribution, with event shape (d,)."""
        return self.distribution

    def _apply(self, fn, recurse=True):
        self.distribution = moved(self.distribution, fn)
        return super()._apply(fn, recurse)

    def extra_repr(self):
        """Return what `print(model)` shows of it."""
        return str(self.distribution)


class DiagonalMixture(MixtureSameFamily):
    """A mixture of diagonal Normals: logits (K,), mu (K, d), logvar (K, d) → event shape (d,)."""

    def __init__(self, logits, mu, logvar):
        self.mu, self.logvar = mu, logvar
        self.log_weights = logits.log_softmax(0)  # (K,), the same however often it is expanded
        components = Normal(mu, torch.exp(logvar / 2), validate_args=False)
        super().__init__(
            Categorical(logits=logits, validate_args=False),
            Independent(components, 1, validate_args=False),
            validate_args=False,
        )

    def expand(self, batch_shape, _instance=None):
        """Return it with this batch shape, as torch's own distributions do."""
        new = self._get_checked_instance(DiagonalMixture, _instance)
        new.log_weights, new.mu, new.logvar = self.log_weights, self.mu, self.logvar
        return super().expand(batch_shape, _instance=new)

    def log_prob(self, z: Float[Tensor, "*n d"]) -> Float[Tensor, "*n"]:
        """Return log p(z), (..., d) → (...), nats.

        The product expands (z − μ)² / σ² into terms that cancel. Where that could cost more than
        LOSS nats, because components are narrow or far from 0, nothing is expanded.
        """
        flat = z.reshape(-1, z.shape[-1])
        span = flat.detach().abs().amax(0) ** 2 @ torch.exp(-self.logvar.detach()).T  # (K,)
        cancels = not torch.finfo(z.dtype).eps * span.amax() <= LOSS
        with torch.autocast(z.device.type, enabled=False):
            log_joint = (self._factored if cancels else self._expanded)(flat)  # (n, K)
        return log_joint.logsumexp(1).to(z.dtype).reshape(z.shape[:-1])

    def _expanded(self, z):
        precision = torch.exp(-self.logvar)
        natural = torch.cat([-0.5 * precision, precision * self.mu], dim=1)  # (K, 2d)
        offset = self.log_weights - 0.5 * (precision * self.mu**2 + self.logvar + LOG_2PI).sum(1)
        return torch.addmm(offset, torch.cat([z**2, z], dim=1), natural.T)

    def _factored(self, z):
        dtype = torch.promote_types(z.dtype, torch.float32)
        z, mu, logvar = (t.to(dtype) for t in (z, self.mu, self.logvar))
        blocks = z[:, None].split(max(1, BLOCK // mu.numel()))
        return self.log_weights + torch.cat([log_normal_diag(row, mu, logvar) for row in blocks])


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
        """Return the prior as it is now."""
        return DiagonalMixture(self.logits, self.mu, self.logvar)
