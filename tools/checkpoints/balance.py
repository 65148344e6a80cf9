"""Lesson 05's model of the crescent with its encoder, and four held-out points.

The decoder is fitted to the exact log p(x); then the encoder to the bound, the decoder held fixed.
Seeds and float64 are the lesson's. Of its 200 points are kept: the first, the one with the median
gap, the one with the largest approximation gap, and the one with the largest amortisation gap.
"""

import torch
from torch.distributions import Normal

from vaelib.bound import elbo
from vaelib.data.crescent import crescent
from vaelib.drawing import drawing_from, stream
from vaelib.infinite import InfiniteMixture
from vaelib.networks import Decoder
from vaelib.rules import Grid
from vaelib.teaching.explore.one_point import best_gaussian, exact, shared_out
from vaelib.training import fit
from vaelib.vae import VAE


def make():
    """(model, state): the VAE, and the four points (4, 2)."""
    usual = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    try:
        vae, x = trained()
        approximation, amortisation = torch.tensor([gaps(vae, point[None]) for point in x]).T
    finally:
        torch.set_default_dtype(usual)
    typical = (approximation + amortisation).argsort()[100]
    chosen = torch.stack([torch.tensor(0), typical, approximation.argmax(), amortisation.argmax()])
    return vae, {"x": x[chosen]}


def trained():
    """The VAE and the 200 points (200, 2)."""
    (x_train, _), (x_test, _) = crescent(500, random_state=0), crescent(2000, random_state=1)
    x = x_test[:200]
    with drawing_from(stream(0)):
        decoder = Decoder(1, 2, (32, 32), likelihood="gaussian", sigma_x="network")
    with torch.no_grad():
        decoder.net[-1].bias[2:] -= 2
    alone = InfiniteMixture(decoder, Normal(torch.zeros(1), torch.ones(1)))
    fit(alone, x_train, x, likelihood, epochs=100, batch_size=100, lr=2e-2)

    vae = VAE(2, 1, (32, 32), likelihood="gaussian", sigma_x="network", generator=stream(3))
    vae.decoder.load_state_dict(decoder.state_dict())
    vae.decoder.requires_grad_(False)
    fit(vae, x_train, x, elbo, epochs=200, batch_size=100, lr=2e-2)
    return vae.requires_grad_(False), x


def likelihood(model, x, generator):
    """Lesson 04's objective: the exact log p(x), on its grid."""
    log_px = model.log_prob(x, Grid(150))
    return log_px, {"log_prob": log_px}


def gaps(vae, x):
    """KL of the best Gaussian for x (1, 2), and what the network's q loses beyond it, nats."""
    line, q = exact(vae, x), vae.encode(x)
    m, std = best_gaussian(line)
    best, network = (
        shared_out(line, *each)[1].item() for each in (([m], [std]), (q.mean[0], q.stddev[0]))
    )
    return best, network - best
