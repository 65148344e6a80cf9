"""Does the infinite mixture overfit when it is trained for longer?

    .venv/bin/python -m experiments.overfit

takes about 5 CPU-minutes. A row is lesson 04's infinite mixture of the crescent: one latent
dimension, a standard normal prior, a network with two hidden layers of 32 for μ(z) and σ(z), fitted
by exact log p(x) on 150 grid points, with Adam in batches of 100 and half a cosine from 0.02 to 0
over `epochs`. With `n_train` = 500 that is 600, 3,000 and 7,500 steps. The null model has ten times
the points: 5,000 of them for 150 epochs are 7,500 steps again.

"train" is the mean log p(x) of the training points, "train_truth" that of the true density on the
same points. "below" says by how much the mean over 2,000 held-out points lies below the true
density's, "below_se" is its standard error over these points: nats a point, on 2,000 cells.
"sigma_least" is the least σ(z) on −3 < z < 3.
"""

import time
from contextlib import contextmanager

import torch
from torch.distributions import Independent, Normal, Uniform

from experiments import tables
from vaelib.data.crescent import crescent
from vaelib.drawing import drawing_from, stream
from vaelib.infinite import InfiniteMixture
from vaelib.networks import Decoder
from vaelib.rules import Grid
from vaelib.training import fit

SEEDS = range(5)
RUNS = ((500, 120), (500, 600), (500, 1500), (5000, 150))  # training points, epochs


@contextmanager
def in_float64():
    """The lesson's dtype, in which its starts are drawn."""
    dtype = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    try:
        yield
    finally:
        torch.set_default_dtype(dtype)


def arc(z):
    """The crescent itself, as an infinite mixture."""
    angle = 0.75 * torch.pi * z
    return Independent(Normal(2 * torch.cat([angle.cos(), angle.sin()], -1), 0.15), 1)


def log_likelihood(model, x, generator=None):
    log_px = model.log_prob(x, Grid(150))
    return log_px, {"log_prob": log_px}


def start(seed):
    with drawing_from(stream(seed)):
        decoder = Decoder(1, 2, (32, 32), likelihood="gaussian", sigma_x="network")
    with torch.no_grad():
        decoder.net[-1].bias[2:] -= 2  # begin with σ(z) near 0.4, narrower than the crescent
    return InfiniteMixture(decoder, Normal(torch.zeros(1), torch.ones(1)))


def mean_and_se(values):
    return values.mean(), values.std() / len(values) ** 0.5


@torch.no_grad()
def measures(model, truth, x_train, x_test):
    below, below_se = mean_and_se(
        truth.log_prob(x_test, Grid(2000)) - model.log_prob(x_test, Grid(2000))
    )
    sigma = model.decode(torch.linspace(-3, 3, 601)[:, None]).stddev
    return {
        "train": model.log_prob(x_train, Grid(2000)).mean(),
        "train_truth": truth.log_prob(x_train, Grid(2000)).mean(),
        "below": below,
        "below_se": below_se,
        "sigma_least": sigma.min(),
    }


def one(n_train, epochs, seed):
    started = time.process_time()
    x_train, _ = crescent(n_train, random_state=0)
    x_test, _ = crescent(2000, random_state=1)
    truth = InfiniteMixture(arc, Uniform(-torch.ones(1), torch.ones(1)))
    model = start(seed)
    fit(
        model, x_train, x_test[:200], log_likelihood,
        epochs=epochs, batch_size=100, lr=2e-2, seed=seed, progress=False,
    )  # fmt: skip
    return {
        "n_train": n_train,
        "epochs": epochs,
        "seed": seed,
        **measures(model, truth, x_train, x_test),
        "seconds": time.process_time() - started,
    }


def rows(small=False):
    for seed in (0,) if small else SEEDS:
        for n_train, epochs in ((500, 4), (1000, 2)) if small else RUNS:
            with in_float64():
                row = one(n_train, epochs, seed)
            yield row


if __name__ == "__main__":
    tables.main(rows, __doc__, __file__)
