"""What do the noise and the KL each do to a code? Six kinds of training on moons, ten seeds each.

    .venv/bin/python -m experiments.noise_and_kl

takes about 3 CPU-minutes. A row of the table is one network after so many epochs. All see 16
principal coordinates of 1,000 moons, have layers 16 → 48 → 48 → 2 and back, σ_x = 0.2, and Adam on
64 moons; a seed has its own moons, weights, minibatches and noise, which its six kinds share. Under
"constant" the learning rate stays 0.005 and one run is measured on its way; under "falling" it goes
to 0 by half a cosine. The decoder's distances are RMSE a pixel to the nearest real moon, means over
50 pictures: of held-out moons, between the codes of two of them, at codes from N(0, I), and at
codes from a Gaussian fitted to those of the training moons.
"""

import math
import time
from itertools import pairwise

import torch
from torch.nn.functional import silu

from experiments import tables
from vaelib.data.moons import distance_to_moons, moon_phases
from vaelib.drawing import stream

KINDS = {  # noise on or off, and β
    "autoencoder": (0, 0),
    "noise, no KL": (1, 0),
    "β = 0.1": (1, 0.1),
    "VAE, β = 1": (1, 1),
    "β = 4": (1, 4),
    "KL, no noise": (0, 1),
}
RATE, BATCH, N_MOONS, SIGMA_X, N_PICTURES = 5e-3, 64, 1000, 0.2, 50
EPOCHS, STOPS = 640, (64, 160, 320, 640)


def layers(sizes, n_seeds, generator):
    """Weights, as torch.nn.Linear's begin, and biases of 0; a seed's networks start the same."""
    parts = []
    for n_in, n_out in pairwise(sizes):
        w = (2 * torch.rand(n_seeds, n_in, n_out, generator=generator) - 1) / n_in**0.5
        parts += [w.repeat(len(KINDS), 1, 1), torch.zeros(len(KINDS) * n_seeds, 1, n_out)]
    return [part.requires_grad_() for part in parts]


def net(parts, x):
    """x (copies, n, in) → (copies, n, out)."""
    for i in range(0, len(parts), 2):
        x = torch.baddbmm(parts[i + 1], silu(x) if i else x, parts[i])
    return x


class Moons:
    """Every seed's moons in 16 principal coordinates of the first seed's: (seeds, n, 16)."""

    def __init__(self, n_seeds):
        images = [moon_phases(N_MOONS, (0, 0.5), random_state=1000 + s)[0] for s in range(n_seeds)]
        held_out = [
            moon_phases(2 * N_PICTURES, (0, 0.5), random_state=2000 + s)[0] for s in range(n_seeds)
        ]
        self.mean = images[0].mean(0)
        self.basis = torch.linalg.svd(images[0] - self.mean, full_matrices=False)[2][:16]
        self.train, self.held_out = (
            (torch.stack(sets) - self.mean) @ self.basis.T for sets in (images, held_out)
        )

    def away(self, coordinates):
        """The mean distance of pictures (copies, n, 16) to real moons, (copies,)."""
        pictures = (self.mean + coordinates @ self.basis).reshape(-1, 784)
        return distance_to_moons(pictures).view(coordinates.shape[:2]).mean(1)


def trained(schedule, moons, epochs, stops):
    """Yield (epoch, encoder, decoder) at each stop."""
    n_seeds = len(moons.train)
    generator = stream(0)
    sizes = (16, 48, 48, 4), (2, 48, 48, 16)
    encoder, decoder = (layers(s, n_seeds, generator) for s in sizes)
    setting = torch.tensor(list(KINDS.values())).repeat_interleave(n_seeds, 0)
    noise, beta = setting[:, 0, None, None], setting[:, 1, None]
    optimizer = torch.optim.Adam(encoder + decoder, lr=RATE, fused=True)
    n_steps, seeds = epochs * N_MOONS // BATCH, torch.arange(n_seeds)[:, None]
    at = {stop * N_MOONS // BATCH: stop for stop in stops}
    for step in range(1, n_steps + 1):
        if schedule == "falling":
            share = (step - 1) / n_steps
            optimizer.param_groups[0]["lr"] = RATE * 0.5 * (1 + math.cos(math.pi * share))
        chosen = torch.randint(N_MOONS, (n_seeds, BATCH), generator=generator)
        x = moons.train[seeds, chosen].repeat(len(KINDS), 1, 1)
        m, logvar = net(encoder, x).chunk(2, dim=2)
        eps = torch.randn(n_seeds, BATCH, 2, generator=generator).repeat(len(KINDS), 1, 1)
        squared = ((x - net(decoder, m + noise * torch.exp(logvar / 2) * eps)) ** 2).sum(2)
        kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(2)
        optimizer.zero_grad()
        (squared / (2 * SIGMA_X**2) + beta * kl).mean(1).sum().backward()
        optimizer.step()
        if step in at:
            yield at[step], encoder, decoder


@torch.no_grad()
def measures(encoder, decoder, moons):
    """{name: (copies,)}."""
    n_kinds, n_seeds = len(KINDS), len(moons.train)
    m, logvar = net(encoder, moons.train.repeat(n_kinds, 1, 1)).chunk(2, dim=2)
    held_out = net(encoder, moons.held_out.repeat(n_kinds, 1, 1))[..., :2]
    first, second = held_out.split(N_PICTURES, dim=1)
    eps = torch.randn(n_seeds, N_PICTURES, 2, generator=stream(1)).repeat(n_kinds, 1, 1)
    shape = torch.linalg.cholesky(torch.stack([torch.cov(c.T) for c in m]) + 1e-9 * torch.eye(2))
    codes = {
        "reconstruction": first,
        "midpoint": (first + second) / 2,
        "standard_normal": eps,
        "fitted_gaussian": m.mean(1, keepdim=True) + eps @ shape.mT,
    }
    rest = net(decoder, m) - moons.train.repeat(n_kinds, 1, 1)
    return {
        "log_std": logvar.mean((1, 2)) / 2,
        "spread": m.std(1).mean(1),
        "m2_plus_v": (m**2 + logvar.exp()).mean((1, 2)),
        "error": rest.square().sum(2).mean(1),
        **{name: moons.away(net(decoder, z)) for name, z in codes.items()},
    }


def rows(small=False):
    n_seeds, epochs, stops = (2, 2, (2,)) if small else (10, EPOCHS, STOPS)
    moons = Moons(n_seeds)
    for schedule in ("constant", "falling"):
        begun = time.process_time()
        for epoch, *networks in trained(
            schedule, moons, epochs, stops if schedule == "constant" else (epochs,)
        ):
            found = measures(*networks, moons)
            seconds = (time.process_time() - begun) / (len(KINDS) * n_seeds)
            for k in range(len(KINDS) * n_seeds):
                condition = {"kind": list(KINDS)[k // n_seeds], "schedule": schedule}
                values = {name: float(value[k]) for name, value in found.items()}
                seed = {"epochs": epoch, "seed": k % n_seeds}
                yield condition | seed | values | {"seconds": seconds}


if __name__ == "__main__":
    tables.main(rows, __doc__, __file__)
