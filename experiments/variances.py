"""A variance for each value: does a VAE of creatures with 864 variances draw better?

    .venv/bin/python -m experiments.variances

takes about 1 CPU-minute. It is task C of lesson 12, worked out. Three models of the right halves
of 6,000 creatures: the lone Gaussian with 864 variances and no code; the lesson's VAE with one
learned variance; and the same VAE with one for each value, which starts at the lone Gaussian's.
Both VAEs get the same networks, data, 18 epochs of Adam, and learning rate, which falls from 0.004
to 0 along half a cosine. A row has the bound on 1,000 held-out creatures in nats (for the Gaussian
log p(x)), the error of their reconstructions per value, and how far a drawn mean is from the
nearest of the 6,000 creatures (RMSE per value, median of 300), beside the same of held-out ones.
"""

import math
import time

import torch
from torch.distributions import Independent, Normal

from experiments import tables
from vaelib import VAE
from vaelib.bound import elbo
from vaelib.data.creatures import creatures
from vaelib.drawing import stream
from vaelib.training import evaluate_each, fit

MODELS = ("lone Gaussian", "VAE, one variance", "VAE, 864 variances")


def right_half(images):
    """(n, 24, 24, 3) bytes → (n, 864), grey value b as b / 255."""
    return images[:, :, 12:].flatten(1).float() / 255


def spread(x, generator=None):
    """b / 255 → uniform in the cell [b, b + 1] / 256."""
    return (255 * x + torch.rand(x.shape, generator=generator)) / 256


def trained(name, x_train, x_test, seed, epochs):
    """The VAE of that name."""
    own = spread(x_train, stream(9)).var(0)
    model = VAE(
        x_train.shape[1], 10, (256, 128), likelihood="gaussian", sigma_x="learned",
        x_mean=x_train.mean(0), generator=stream(seed),
    )  # fmt: skip
    start = own.log() if "864" in name else torch.tensor(2 * math.log(0.15))
    model.decoder.logvar = torch.nn.Parameter(start)
    settings = dict(epochs=epochs, batch_size=100, lr=4e-3, transform=spread, seed=seed)
    fit(model, x_train, x_test[:100], elbo, **settings, progress=False)
    return model.requires_grad_(False)


def nearest(x, x_train):
    """The median distance of pictures to the nearest training creature, RMSE per value."""
    return float((torch.cdist(x, x_train).amin(1) / x.shape[1] ** 0.5).median())


def rows(small=False):
    """One row a model and seed."""
    n_train, epochs = (400, 2) if small else (6000, 18)
    x_train = right_half(creatures(n_train, random_state=0).images)
    real = right_half(creatures(1000, random_state=1).images)
    x_test = spread(real, stream(1))
    for name in MODELS[:2] if small else MODELS:
        for seed in range(1 if "lone" in name or small else 3):
            began = time.process_time()
            if "lone" in name:
                known = spread(x_train, stream(9))
                lone = Independent(Normal(known.mean(0), known.std(0)), 1)
                nats, mean = lone.log_prob(x_test), known.mean(0)
                rebuilt, drawn = mean.expand_as(x_test), mean.expand(300, -1)
            else:
                model = trained(name, x_train, x_test, seed, epochs)
                nats = evaluate_each(model, x_test, elbo)["elbo"]
                rebuilt = model.reconstruct(x_test)
                drawn = model.sample(300, mean=True, generator=stream(20 + seed))
            yield {
                "model": name,
                "seed": seed,
                "nats": f"{nats.mean():.1f}",
                "error": f"{(rebuilt - x_test).square().mean().sqrt():.4f}",
                "drawn": f"{nearest(drawn, x_train):.4f}",
                "held_out": f"{nearest(real[:300], x_train):.4f}",
                "seconds": f"{time.process_time() - began:.0f}",
            }


if __name__ == "__main__":
    tables.main(rows, __doc__, __file__)
