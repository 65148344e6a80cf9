"""The decoder of lesson 04's infinite mixture at moments of two exact-likelihood runs.

As in the lesson, five random networks are trained for 40 epochs; the best of them by the training
points, and the worst, are then trained again for 120, with the same data, seeds and settings. The
weights are rounded to half floats first, and all numbers kept here are those of rounded weights.
"""

import numpy as np
import torch
from torch.distributions import Independent, Normal, Uniform
from torch.nn.utils import parameters_to_vector, vector_to_parameters

from vaelib.data.crescent import crescent
from vaelib.drawing import drawing_from, stream
from vaelib.infinite import InfiniteMixture
from vaelib.networks import Decoder
from vaelib.rules import Grid
from vaelib.teaching.explore.fits import STEPS
from vaelib.training import fit


def log_likelihood(model, x, generator=None):
    """Lesson 04's objective: the exact log p(x), on its grid."""
    log_px = model.log_prob(x, Grid(150))
    return log_px, {"log_prob": log_px}


def fitted(seed, epochs):
    """The model, its last training nats, and its parameters at each of STEPS that it reached."""
    with drawing_from(stream(seed)):
        decoder = Decoder(1, 2, (32, 32), likelihood="gaussian", sigma_x="network")
    with torch.no_grad():
        decoder.net[-1].bias[2:] -= 2  # begin with σ(z) near 0.4, narrower than the crescent
    model = InfiniteMixture(decoder, Normal(torch.zeros(1), torch.ones(1)))
    moments, total = {}, 5 * epochs

    def watch(history, done):
        moments[round(done * total)] = parameters_to_vector(model.parameters()).detach().clone()

    x_train, _ = crescent(500, random_state=0)
    x_test, _ = crescent(2000, random_state=1)
    history = fit(
        model, x_train, x_test[:200], log_likelihood,
        epochs=epochs, batch_size=100, lr=2e-2, seed=seed, progress=False, watch=watch,
    )  # fmt: skip
    watch(history, 1)
    kept = torch.stack([moments[step] for step in STEPS if step <= total])
    return model, history["train_log_prob"][-1], kept.half()


@torch.no_grad()
def held_out(model, moments, x):
    """Mean log p(x) at each moment, in nats."""
    found = []
    for weights in moments:
        vector_to_parameters(weights.double(), model.parameters())
        found.append(model.log_prob(x, Grid(1000)).mean())
    return torch.stack(found)


def arc(z):
    """The crescent itself, as an infinite mixture."""
    mu = 2 * torch.cat([torch.cos(0.75 * np.pi * z), torch.sin(0.75 * np.pi * z)], -1)
    return Independent(Normal(mu, 0.15), 1)


def make():
    """(model, state): no model, and the two runs' weights, and log p(x) below the crescent's."""
    dtype = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)  # the lesson's
    try:
        x, _ = crescent(2000, random_state=1)
        prior = Uniform(-torch.ones(1), torch.ones(1))
        truth = InfiniteMixture(arc, prior).log_prob(x, Grid(2000)).mean()
        ends = [fitted(seed, 40)[1] for seed in range(5)]
        seeds = [int(np.argmax(ends)), int(np.argmin(ends))]
        runs, below = [], []
        for seed in seeds:
            model, _, moments = fitted(seed, 120)
            runs.append(moments)
            below.append(truth - held_out(model, moments, x))
    finally:
        torch.set_default_dtype(dtype)
    state = {"weights": torch.stack(runs), "below": torch.stack(below), "truth": truth.item()}
    return torch.nn.Module(), state | {"seeds": seeds, "ends": ends}
