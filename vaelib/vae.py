"""The variational autoencoder: an infinite mixture and an encoder.

p(x) = ∫ p(z) p_θ(x|z) dz,   q_φ(z|x) ≈ p(z|x)

Sources: Kingma & Welling, *Auto-Encoding Variational Bayes* (2014), §3; Rezende et al.,
*Stochastic Backpropagation* (2014).
"""

from numbers import Integral

import torch

from vaelib import checks
from vaelib.checkpoints import load
from vaelib.drawing import draw, drawing_from
from vaelib.infinite import InfiniteMixture
from vaelib.networks import Decoder, Encoder, check_sizes, diagonal_normal
from vaelib.priors import MixturePrior


class VAE(InfiniteMixture):
    """A decoder and a prior, as in `InfiniteMixture`, with an encoder that approximates p(z|x).

    data_dim, latent_dim : D and d
    hidden : widths of the encoder's hidden layers; the decoder has them in reverse
    likelihood, sigma_x : see `Decoder`
    prior : N(0, I) by default; a whole number K for a `MixturePrior` of K Gaussians, trained and
        saved with the rest; or any torch distribution over z, which stays fixed and is not saved
    covariance_type : of q(z|x), "diag" or "full"
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
        covariance_type="diag",
        residual=False,
        x_mean=None,
        generator=None,
    ):
        data_dim, latent_dim, hidden = check_sizes(data_dim, latent_dim, hidden)
        with drawing_from(generator):
            encoder = Encoder(data_dim, latent_dim, hidden, covariance_type, residual, x_mean)
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
            "covariance_type": covariance_type,
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
        if not {"prior", "centred"} <= config.keys():
            raise ValueError(f"path: {path} is of an older version of this package")
        if (config["prior"] == "own") != (prior is not None):
            wanted = "none" if prior is not None else "the prior that the model was trained with"
            raise ValueError(f"prior: got {prior}, wanted {wanted}")
        if prior is not None:
            config["prior"] = prior
        x_mean = torch.zeros(config["data_dim"]) if config.pop("centred") else None
        model = cls(**config, x_mean=x_mean)
        model.to(next(iter(saved["model"].values())).dtype).load_state_dict(saved["model"])
        return model


def _prior(prior, latent_dim, generator):
    if prior is None:
        origin = torch.zeros(latent_dim)
        return diagonal_normal(origin, origin)
    return MixturePrior(latent_dim, prior, generator) if isinstance(prior, Integral) else prior
