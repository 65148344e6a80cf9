"""The two networks of a VAE: x to q(z|x), and z to p(x|z).

q_φ(z|x) = N(z | μ(x), diag exp(logvar(x))),   or with a full covariance, N(z | μ(x), L(x) L(x)ᵀ)

The decoder's likelihood is Bernoulli (pixels 0 or 1) or Gaussian. Its noise σ_x is always said by
name: a number, "learned" (one for all), or "network" (a second output beside the mean).
Sources: Kingma & Welling, *Auto-Encoding Variational Bayes* (2014), appendix C; He et al., *Deep
Residual Learning* (2016).
"""

import math
from itertools import pairwise

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.distributions import Bernoulli, Independent, Normal

from vaelib import checks
from vaelib.distributions import FullNormal


def diagonal_normal(mu: Float[Tensor, "*n D"], logvar: Float[Tensor, "..."]) -> Independent:
    """Return N(μ, diag exp(logvar)): mu (..., D), logvar (..., D) or () → event shape (D,)."""
    std = torch.exp(logvar / 2)
    return Independent(Normal(mu, std, validate_args=False), 1, validate_args=False)


class Residual(nn.Sequential):
    """h + layers(h)."""

    def forward(self, h):
        """Return h + layers(h), shaped as h."""
        return h + super().forward(h)


def mlp(n_in, hidden, n_out, residual=False):
    """Return linear layers with SiLU between them: n_in → hidden[0] → … → n_out.

    With `residual` a layer between two equal widths adds its input to its output (He et al.).
    """
    layers, sizes = [], [n_in, *hidden]
    for a, b in pairwise(sizes):
        layer = [nn.Linear(a, b), nn.SiLU()]
        layers += [Residual(*layer)] if residual and a == b else layer
    return nn.Sequential(*layers, nn.Linear(sizes[-1], n_out))


class Encoder(nn.Module):
    """q(z|x): x (..., D) → Normal over z (..., d). All heads are one matrix product.

    Parameters
    ----------
    data_dim, latent_dim : int
        D and d.
    hidden : sequence of int
        The hidden layers' widths.
    covariance_type : str
        "diag", or "full": Σ = L Lᵀ, with L = diag σ at first; x is then (n, D).
    residual : bool
        See `mlp`.
    x_mean : Tensor, (D,), optional
        Subtracted from x first.

    Raises
    ------
    ValueError
        For arguments out of range.
    """

    def __init__(
        self,
        data_dim,
        latent_dim,
        hidden=(400,),
        *,
        covariance_type="diag",
        residual=False,
        x_mean=None,
    ):
        super().__init__()
        data_dim, latent_dim, hidden = check_sizes(data_dim, latent_dim, hidden)
        if covariance_type not in ("diag", "full"):
            raise ValueError(f"covariance_type: got {covariance_type!r}, wanted 'diag' or 'full'")
        self.latent_dim, self.covariance_type = latent_dim, covariance_type
        n_below = latent_dim * (latent_dim - 1) // 2 if covariance_type == "full" else 0
        self.net = mlp(data_dim, hidden, 2 * latent_dim + n_below, residual)
        self.register_buffer("x_mean", _mean(x_mean, data_dim))
        if covariance_type == "full":
            i, j = torch.tril_indices(latent_dim, latent_dim, offset=-1)
            diagonal = torch.arange(latent_dim) * (latent_dim + 1)
            places = torch.cat([diagonal, i * latent_dim + j])  # of L's entries in a flat matrix
            self.register_buffer("places", places, persistent=False)
            with torch.no_grad():
                self.net[-1].weight[2 * latent_dim :] = 0.0
                self.net[-1].bias[2 * latent_dim :] = 0.0

    def forward(self, x):
        """Return q(z|x): x (..., D) → distribution with batch (...) and event shape (d,)."""
        out = self.net(x if self.x_mean is None else x - self.x_mean).to(x.dtype)
        d = self.latent_dim
        mu, logvar, below = out.tensor_split((d, 2 * d), dim=-1)
        if self.covariance_type == "diag":
            return diagonal_normal(mu, logvar)
        entries = torch.cat([torch.exp(logvar / 2), below], dim=1)  # of L: diagonal, then below
        empty = entries.new_zeros(len(x), d * d)
        scale_tril = empty.scatter(1, self.places.expand_as(entries), entries)
        scale_tril = scale_tril.view(len(x), d, d)
        return FullNormal(mu, scale_tril=scale_tril, validate_args=False)


class Decoder(nn.Module):
    """p(x|z): z (..., d) → Bernoulli or Normal over x (..., D).

    Parameters
    ----------
    latent_dim, data_dim : int
        d and D.
    hidden : sequence of int
        The hidden layers' widths.
    likelihood : str
        "bernoulli" or "gaussian".
    sigma_x : float or str, optional
        For "gaussian" only: a number > 0, "learned", or "network".
    residual : bool
        See `mlp`.
    x_mean : Tensor, (D,), optional
        What the last layer's bias lets every z decode to at first (pixels of a Bernoulli are kept
        0.001 from 0 and 1).

    Raises
    ------
    ValueError
        For arguments out of range.
    """

    def __init__(
        self,
        latent_dim,
        data_dim,
        hidden=(400,),
        *,
        likelihood="bernoulli",
        sigma_x=None,
        residual=False,
        x_mean=None,
    ):
        super().__init__()
        data_dim, latent_dim, hidden = check_sizes(data_dim, latent_dim, hidden)
        sigma_x = _noise(likelihood, sigma_x)
        self.likelihood, self.sigma_x = likelihood, sigma_x
        heads = 2 if sigma_x == "network" else 1
        self.net = mlp(latent_dim, hidden, heads * data_dim, residual)
        x_mean = _mean(x_mean, data_dim)
        if x_mean is not None:
            start = x_mean.logit(eps=1e-3) if likelihood == "bernoulli" else x_mean
            with torch.no_grad():
                self.net[-1].bias[:data_dim] = start
        if sigma_x == "learned":
            self.logvar = nn.Parameter(torch.zeros(()))
        elif likelihood == "gaussian" and sigma_x != "network":
            self.register_buffer("logvar", torch.tensor(2 * math.log(sigma_x)))

    def forward(self, z):
        """Return p(x|z): z (..., d) → distribution with batch (...) and event shape (D,)."""
        out = self.net(z).to(z.dtype)  # bfloat16 under autocast
        if self.likelihood == "bernoulli":
            return Independent(Bernoulli(logits=out, validate_args=False), 1, validate_args=False)
        mu, logvar = out.chunk(2, dim=-1) if self.sigma_x == "network" else (out, self.logvar)
        return diagonal_normal(mu, logvar)


def check_sizes(data_dim, latent_dim, hidden):
    """Return D, d and the widths as whole numbers and a tuple of them, or raise ValueError."""
    try:
        hidden = tuple(checks.whole("hidden", size) for size in hidden)
    except (TypeError, ValueError):
        raise ValueError(
            f"hidden: got {hidden!r}, wanted a sequence of whole numbers ≥ 1"
        ) from None
    return checks.whole("data_dim", data_dim), checks.whole("latent_dim", latent_dim), hidden


def _mean(x_mean, data_dim):
    """Return x_mean as a tensor (D,) or None, or raise ValueError."""
    if x_mean is None:
        return None
    x_mean = checks.tensor("x_mean", x_mean).detach().clone().to(torch.get_default_dtype())
    if x_mean.shape != (data_dim,) or not x_mean.isfinite().all():
        came = f"shape {tuple(x_mean.shape)}"
        raise ValueError(f"x_mean: got {came}, wanted finite numbers ({data_dim},)")
    return x_mean


def _noise(likelihood, sigma_x):
    """Return σ_x as the configuration keeps it, or raise ValueError."""
    if likelihood not in ("bernoulli", "gaussian"):
        raise ValueError(f"likelihood: got {likelihood!r}, wanted 'bernoulli' or 'gaussian'")
    if likelihood == "bernoulli":
        if sigma_x is not None:
            raise ValueError(f"sigma_x: got {sigma_x!r}, but a Bernoulli likelihood has no sigma_x")
        return None
    if isinstance(sigma_x, str) and sigma_x in ("learned", "network"):
        return sigma_x
    try:
        return checks.number("sigma_x", sigma_x)
    except ValueError as error:
        raise ValueError(f"{error}, 'learned' or 'network'") from None
