"""The variational autoencoder: an infinite mixture and an encoder.

p(x) = ∫ p(z) p_θ(x|z) dz,   q_φ(z|x) = N(z | μ(x), diag exp(logvar(x)))

The decoder's likelihood is Bernoulli (pixels 0 or 1) or Gaussian. Its noise σ_x is always said by
name: a number, "learned" (one for all), or "network" (a second output beside the mean).
Sources: Kingma & Welling, *Auto-Encoding Variational Bayes* (2014), §3 and appendix C; Rezende et
al., *Stochastic Backpropagation* (2014).
"""

import math
from numbers import Integral

import torch
from torch import nn
from torch.distributions import Bernoulli, Independent, Normal

from vaelib import checks
from vaelib.distributions import draw, seeded
from vaelib.latent import InfiniteMixture
from vaelib.priors import MixturePrior
from vaelib.training import load


def diagonal_normal(mu, logvar):
    """N(μ, diag exp(logvar)): mu (..., D), logvar (..., D) or () → event shape (D,)."""
    std = torch.exp(logvar / 2)
    return Independent(Normal(mu, std, validate_args=False), 1, validate_args=False)


class Residual(nn.Sequential):
    """h + layers(h)."""

    def forward(self, h):
        return h + super().forward(h)


def mlp(n_in, hidden, n_out, residual=False):
    """Linear layers with SiLU between them: n_in → hidden[0] → … → n_out.

    residual : a layer between two equal widths adds its input to its output
    """
    layers, sizes = [], [n_in, *hidden]
    for a, b in zip(sizes, sizes[1:], strict=False):
        layer = [nn.Linear(a, b), nn.SiLU()]
        layers += [Residual(*layer)] if residual and a == b else layer
    return nn.Sequential(*layers, nn.Linear(sizes[-1], n_out))


class Encoder(nn.Module):
    """q(z|x): x (..., D) → Normal over z (..., d). Both heads are one matrix product.

    data_dim, latent_dim, hidden : D, d and the hidden layers' widths; else ValueError
    residual : see `mlp`
    x_mean : (D,), subtracted from x first
    """

    def __init__(self, data_dim, latent_dim, hidden=(400,), residual=False, x_mean=None):
        super().__init__()
        data_dim, latent_dim, hidden = _sizes(data_dim, latent_dim, hidden)
        self.net = mlp(data_dim, hidden, 2 * latent_dim, residual)
        self.register_buffer("x_mean", _mean(x_mean, data_dim))

    def forward(self, x):
        x = x if self.x_mean is None else x - self.x_mean
        mu, logvar = self.net(x).chunk(2, dim=-1)
        return diagonal_normal(mu, logvar)


class Decoder(nn.Module):
    """p(x|z): z (..., d) → Bernoulli or Normal over x (..., D).

    likelihood : "bernoulli" or "gaussian"
    sigma_x : for "gaussian" only: a number > 0, "learned", or "network"
    residual : see `mlp`
    x_mean : (D,), what the last layer's bias lets every z decode to at first (pixels of a Bernoulli
        are kept 0.001 from 0 and 1)

    Raises ValueError for arguments out of range.
    """

    def __init__(
        self,
        latent_dim,
        data_dim,
        hidden=(400,),
        likelihood="bernoulli",
        sigma_x=None,
        residual=False,
        x_mean=None,
    ):
        super().__init__()
        data_dim, latent_dim, hidden = _sizes(data_dim, latent_dim, hidden)
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
        out = self.net(z)
        if self.likelihood == "bernoulli":
            return Independent(Bernoulli(logits=out, validate_args=False), 1, validate_args=False)
        mu, logvar = out.chunk(2, dim=-1) if self.sigma_x == "network" else (out, self.logvar)
        return diagonal_normal(mu, logvar)


class VAE(InfiniteMixture):
    """A decoder and a prior, as in `InfiniteMixture`, with an encoder that approximates p(z|x).

    data_dim, latent_dim : D and d
    hidden : widths of the encoder's hidden layers; the decoder has them in reverse
    likelihood, sigma_x : see `Decoder`
    prior : N(0, I) by default; a whole number K for a `MixturePrior` of K Gaussians, trained and
        saved with the rest; or any torch distribution over z, which stays fixed and is not saved
    residual : layers between equal widths add their input, see `mlp`
    x_mean : the data's mean (D,): the encoder subtracts it, the decoder starts at it
    generator : for the initial weights

    `encode` and `decode` return distributions. Raises ValueError for arguments out of range.
    """

    def __init__(
        self,
        data_dim,
        latent_dim=2,
        hidden=(400,),
        likelihood="bernoulli",
        sigma_x=None,
        prior=None,
        residual=False,
        x_mean=None,
        generator=None,
    ):
        data_dim, latent_dim, hidden = _sizes(data_dim, latent_dim, hidden)
        with seeded(generator):
            encoder = Encoder(data_dim, latent_dim, hidden, residual, x_mean)
            decoder = Decoder(
                latent_dim, data_dim, hidden[::-1], likelihood, sigma_x, residual, x_mean
            )
        learned = isinstance(prior, Integral)
        super().__init__(decoder, _prior(prior, latent_dim, generator))
        if self.prior.event_shape != (latent_dim,):
            raise ValueError(
                f"prior: got {self.prior.event_shape[0]} dimensions, wanted latent_dim={latent_dim}"
            )
        z = draw(self.prior, (), torch.Generator().manual_seed(0))
        if not learned and self.prior.log_prob(z).requires_grad:
            raise ValueError("prior: got one whose tensors require a gradient, wanted a fixed one")
        self.encoder = encoder
        self.config = {
            "data_dim": data_dim,
            "latent_dim": latent_dim,
            "hidden": list(hidden),
            "likelihood": likelihood,
            "sigma_x": decoder.sigma_x,
            "prior": None if prior is None else int(prior) if learned else "own",
            "residual": bool(residual),
            "centred": x_mean is not None,
        }

    def encode(self, x):
        """q(z|x): x (n, D) → distribution with batch (n,) and event shape (d,)."""
        return self.encoder(x)

    @torch.no_grad()
    def reconstruct(self, x):
        """The mean of p(x|z) at the mean of q(z|x): (n, D) → (n, D)."""
        return self.decode(self.encode(self.check(x)).mean).mean

    @torch.no_grad()
    def log_prob(
        self,
        x,
        k=1000,
        method="importance",
        *,
        n_points=200,
        bounds=None,
        generator=None,
        return_se=False,
    ):
        """log p(x), (n, D) → (n,), nats, from k importance samples of q(z|x) (Burda et al. 2016).

        Too low on average, less so as k rises. For the other methods, the standard error and the
        errors raised see `InfiniteMixture.log_prob`; for gradients, `importance_weighted_bound`.
        """
        return super().log_prob(
            x,
            method,
            n_points=n_points,
            n_samples=checks.whole("k", k),
            proposal=self.encode if method == "importance" else None,
            bounds=bounds,
            generator=generator,
            return_se=return_se,
        )

    @classmethod
    def load(cls, path, prior=None):
        """A VAE from a checkpoint written by `vaelib.training.fit` or `save`.

        A torch distribution that was the prior is not in the file and must be given again. Raises
        ValueError when the file is damaged or holds another model.
        """
        saved = load(path)
        if not saved["model_config"] or "latent_dim" not in saved["model_config"]:
            raise ValueError(f"path: {path} holds no VAE's configuration")
        config = dict(saved["model_config"])
        if (config["prior"] == "own") != (prior is not None):
            wanted = "none" if prior is not None else "the prior that the model was trained with"
            raise ValueError(f"prior: got {prior}, wanted {wanted}")
        if prior is not None:
            config["prior"] = prior
        x_mean = torch.zeros(config["data_dim"]) if config.pop("centred") else None
        model = cls(**config, x_mean=x_mean)
        model.to(next(iter(saved["model"].values())).dtype).load_state_dict(saved["model"])
        return model


def _sizes(data_dim, latent_dim, hidden):
    try:
        hidden = tuple(checks.whole("hidden", size) for size in hidden)
    except (TypeError, ValueError):
        raise ValueError(
            f"hidden: got {hidden!r}, wanted a sequence of whole numbers ≥ 1"
        ) from None
    return checks.whole("data_dim", data_dim), checks.whole("latent_dim", latent_dim), hidden


def _mean(x_mean, data_dim):
    """(D,) or None, else ValueError."""
    if x_mean is None:
        return None
    x_mean = checks.tensor("x_mean", x_mean).detach().clone().to(torch.get_default_dtype())
    if x_mean.shape != (data_dim,) or not x_mean.isfinite().all():
        came = f"shape {tuple(x_mean.shape)}"
        raise ValueError(f"x_mean: got {came}, wanted finite numbers ({data_dim},)")
    return x_mean


def _prior(prior, latent_dim, generator):
    if prior is None:
        origin = torch.zeros(latent_dim)
        return diagonal_normal(origin, origin)
    return MixturePrior(latent_dim, prior, generator) if isinstance(prior, Integral) else prior


def _noise(likelihood, sigma_x):
    """σ_x as the configuration keeps it, or ValueError."""
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
