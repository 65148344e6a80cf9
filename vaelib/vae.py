"""The variational autoencoder: an infinite mixture whose rule looks at x.

p(x) = ∫ p(z) p_θ(x|z) dz,   q_φ(z|x) ≈ p(z|x)

This is `vaelib.infinite` with one thing changed: an encoder says where the z are that matter for an
x, and log p(x) is read there, by `Importance(encode)`. Any other rule can be given as before.

Sources: Kingma & Welling, *Auto-Encoding Variational Bayes* (2014), §3; Rezende et al.,
*Stochastic Backpropagation* (2014); Burda et al., *Importance Weighted Autoencoders* (2016), eq. 8.
"""

from numbers import Integral

import torch
from jaxtyping import Float
from torch import Tensor

from vaelib.distributions import as_vector, tensors_of
from vaelib.drawing import drawing_from
from vaelib.engine.restore import restored
from vaelib.infinite import InfiniteMixture
from vaelib.networks import Decoder, Encoder, check_sizes, diagonal_normal
from vaelib.priors import MixturePrior
from vaelib.rules import Importance


class VAE(InfiniteMixture):
    """A decoder and a prior, as in `InfiniteMixture`, with an encoder that approximates p(z|x).

    Parameters
    ----------
    data_dim, latent_dim : int
        D and d.
    hidden : sequence of int
        Widths of the encoder's hidden layers; the decoder has them in reverse.
    likelihood, sigma_x
        See `Decoder`.
    prior : int or torch Distribution, optional
        N(0, I) by default; a whole number K for a `MixturePrior` of K Gaussians, trained and saved
        with the rest; or any torch distribution over z, which stays fixed and is not saved.
    covariance_type : str
        Of q(z|x), "diag" or "full".
    residual : bool
        Layers between equal widths add their input, see `mlp`.
    x_mean : Tensor, (D,), optional
        The data's mean: the encoder subtracts it, the decoder starts at it.
    generator : torch.Generator, optional
        For the initial weights.

    Raises
    ------
    ValueError
        For arguments out of range.
    """

    def __init__(
        self,
        data_dim,
        latent_dim=2,
        hidden=(400,),
        *,
        likelihood="bernoulli",
        sigma_x=None,
        prior=None,
        covariance_type="diag",
        residual=False,
        x_mean=None,
        generator=None,
    ):
        data_dim, latent_dim, hidden = check_sizes(data_dim, latent_dim, hidden)
        shared = {"residual": residual, "x_mean": x_mean}
        with drawing_from(generator):
            encoder = Encoder(
                data_dim, latent_dim, hidden, covariance_type=covariance_type, **shared
            )
            decoder = Decoder(
                latent_dim,
                data_dim,
                hidden[::-1],
                likelihood=likelihood,
                sigma_x=sigma_x,
                **shared,
            )
        super().__init__(decoder, _prior(prior, latent_dim, generator))
        self.encoder = encoder
        learned = isinstance(prior, Integral)
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
        """Return q(z|x): x (n, D), not checked → batch shape (n,) and event shape (d,)."""
        return self.encoder(x)

    def importance(self, n_samples=1000, generator=None):
        """Return the rule that reads log p(x) at n_samples draws from this model's q(z|x)."""
        return Importance(self.encode, n_samples, generator)

    @property
    def rule(self):
        """`importance()`: 1,000 draws from q(z|x), new ones each time."""
        return self.importance()

    @torch.no_grad()
    def reconstruct(self, x) -> Float[Tensor, "n D"]:
        """Return the mean of p(x|z) at the mean of q(z|x): (n, D) → (n, D)."""
        return self.decode(self.encode(self.check(x)).mean).mean

    @classmethod
    def load(cls, path, prior=None):
        """Return a VAE from a checkpoint written by `vaelib.training.fit` or `vaelib.checkpoints`.

        Parameters
        ----------
        path : str or Path
        prior : torch Distribution, optional
            One that was given as the prior is not in the file and must be given again.

        Raises
        ------
        ValueError
            When the file is damaged or holds another model, or `prior` is missing or not wanted.
        OSError
            When it cannot be read.
        """
        return restored(cls, path, prior)


def _prior(prior, latent_dim, generator):
    """Return the prior that was asked for, or ValueError for one that does not fit."""
    if prior is None:
        origin = torch.zeros(latent_dim)
        return diagonal_normal(origin, origin)
    if isinstance(prior, Integral):
        return MixturePrior(latent_dim, prior, generator)
    fixed = as_vector(prior)
    if fixed.event_shape != (latent_dim,):
        came = fixed.event_shape[0]
        raise ValueError(f"prior: got {came} dimensions, wanted latent_dim={latent_dim}")
    if any(tensor.requires_grad for tensor in tensors_of(fixed)):
        raise ValueError("prior: got one whose tensors require a gradient, wanted a fixed one")
    return fixed
