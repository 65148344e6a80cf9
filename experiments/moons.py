"""What lies between two moons? Autoencoder, noise without KL, and VAE, five seeds each.

    .venv/bin/python -m experiments.moons

takes about 15 CPU-minutes. A row of the table is one trained model. All have the same networks, 376
→ 64 → 64 → d and back, and 2,000 steps of Adam on 64 moons with half a cosine; a method's learning
rate is the best of `RATES` on base, by its own objective on moons that are used for nothing else.
Each of the three is trained as it is, and once more with its code rescaled every 50 steps: to mean
0 and, with its noise, variance 1 in each dimension. Some have four times the steps, at a quarter of
the rate: at the whole one six runs of thirty broke down.
The networks see the 376 pixels that the moon's disc touches, for the sky never changes. Five seeds,
of data, weights and noise, are trained side by side as one stack of matrices. Distances are RMSE a
pixel to the nearest real moon, over all 784, means over 100 pictures; "missed" is the other way,
from 100 held-out moons to the nearest of 100 pictures drawn. Of the 500 midpoints of the rescaled
VAE's longer runs on half and full, 490 are nearest to a phase within 0.05 of one of the two.
"""

import itertools
import math

import numpy as np
import torch
from torch.nn.functional import silu

from experiments import tables
from vaelib.data.moons import distance_to_moons, nearest_moons, render_moons

RATES, N_SEEDS, STEPS, BATCH, WIDTH = (5e-3, 1e-2, 2e-2), 5, 2000, 64, 64
N_TEST = 100
DISC = render_moons(0.5, 0.0)[0] > 0
LEAST_LOGVAR = -20.0  # of noise without KL, which would fall for ever


def waxing(n, random):
    return random.uniform(0, 0.5, n), random.uniform(-0.6, 0.6, n)


def only(*phases):
    return lambda n, random: (random.choice(phases, n), random.uniform(-0.6, 0.6, n))


def sphere(n, random):
    """Every phase and tilt, uniform on the sphere that they are."""
    return np.arccos(random.uniform(-1, 1, n)) / (2 * np.pi), random.uniform(-np.pi, np.pi, n)


# name: phases and tilts, number of moons to train on, d
CONDITIONS = {
    "base": (waxing, 2000, 2),
    "half and full": (only(1 / 4, 1 / 2), 2000, 2),
    "five phases": (only(0, 1 / 8, 1 / 4, 3 / 8, 1 / 2), 2000, 2),
    "d = 10": (waxing, 2000, 10),
    "sphere, d = 2": (sphere, 2000, 2),
    "sphere, d = 3": (sphere, 2000, 3),
    "50 moons": (waxing, 50, 2),
    "d = 5": (waxing, 2000, 5),
    "200 moons": (waxing, 200, 2),
}
# name: is there noise, β, σ_x (None: learned), is the code's scale put where the KL is least
METHODS = {
    "AE": (False, 0, 0.1, False),
    "AE, rescaled": (False, 0, 0.1, True),
    "noise, no KL": (True, 0, 0.1, False),
    "noise, no KL, rescaled": (True, 0, 0.1, True),
    "VAE": (True, 1, 0.1, False),
    "VAE, rescaled": (True, 1, 0.1, True),
}
NOISE_OF_PIXELS = {  # on base only, at the learning rate of "VAE, rescaled"
    "VAE, rescaled, σ_x = 0.05": (True, 1, 0.05, True),
    "VAE, rescaled, σ_x = 0.2": (True, 1, 0.2, True),
    "VAE, rescaled, σ_x learned": (True, 1, None, True),
}
LONGER, TIMES = ("AE", "VAE", "VAE, rescaled"), 4  # on the first two conditions


class Stack(torch.nn.Module):
    """S pairs of networks side by side: weights (S, n_in, n_out), biases (S, 1, n_out)."""

    def __init__(self, x_mean, d, sigma_x, generator):
        super().__init__()
        self.x_mean, self.d = x_mean, d  # (S, 1, D)
        s, _, n_pixels = x_mean.shape
        sizes = n_pixels, WIDTH, WIDTH, 2 * d, d, WIDTH, WIDTH, n_pixels
        pairs = [pair for i, pair in enumerate(itertools.pairwise(sizes)) if i != 3]

        def uniform(n_in, *shape):  # as torch.nn.Linear begins
            start = torch.rand(shape, generator=generator) * 2 - 1
            return torch.nn.Parameter(start / math.sqrt(n_in))

        self.weights = torch.nn.ParameterList(uniform(a, s, a, b) for a, b in pairs)
        self.biases = torch.nn.ParameterList(uniform(a, s, 1, b) for a, b in pairs)
        start = 2 * math.log(sigma_x or 1.0)
        self.logvar = torch.nn.Parameter(torch.full((s, 1, 1), start), sigma_x is None)

    def layers(self, h, numbers):
        for i in numbers:
            h = torch.baddbmm(self.biases[i], h, self.weights[i])
            h = silu(h) if i not in (2, 5) else h
        return h

    def encode(self, x):
        """x (S, n, D) → m, log v (S, n, d)."""
        m, logvar = self.layers(x - self.x_mean, (0, 1, 2)).chunk(2, dim=2)
        return m, logvar.clamp(min=LEAST_LOGVAR)

    def decode(self, z):
        return self.x_mean + self.layers(z, (3, 4, 5))

    @torch.no_grad()
    def rescale(self, x, noise=True):
        """The scale and origin of the code at which the KL is smallest: E[m] = 0, E[m² + v] = 1.

        The encoder's last layer and the decoder's first undo each other, so no picture changes.
        Without noise there is no v.
        """
        m, logvar = self.encode(x)
        b = m.mean(1, keepdim=True)  # (S, 1, d)
        a = ((m - b) ** 2 + noise * logvar.exp()).mean(1, keepdim=True).sqrt()
        self.biases[3] += torch.bmm(b, self.weights[3])
        self.weights[3] *= a.mT
        self.biases[2] -= torch.cat([b, 2 * a.log()], dim=2)
        self.biases[2][..., : self.d] /= a
        self.weights[2][..., : self.d] /= a


def loss(model, x, noise, beta, generator):
    """−L (S,), nats a picture, for noise and β = 1; without noise, of z = m alone."""
    m, logvar = model.encode(x)
    eps = torch.randn(m.shape, generator=generator) if noise else 0.0
    square = (x - model.decode(m + torch.exp(logvar / 2) * eps)) ** 2
    logvar_x = model.logvar[:, :, 0]
    constant = x.shape[2] * (logvar_x + math.log(2 * math.pi))
    log_px_z = -0.5 * (square.sum(2) / logvar_x.exp() + constant)
    kl = 0.5 * (m**2 + logvar.exp() - 1 - logvar).sum(2)
    return (beta * kl - log_px_z).mean(1)


def trained(method, condition, rate, n_seeds=N_SEEDS, steps=STEPS):
    """The stack of models, the moons that trained them, and their losses on moons to choose by."""
    noise, beta, sigma_x, rescaled = (METHODS | NOISE_OF_PIXELS)[method]
    moons, n, d = CONDITIONS[condition]
    x = stacked(moons, n, n_seeds, 1000)
    generator = torch.Generator().manual_seed(0)
    model = Stack(x.mean(1, keepdim=True), d, sigma_x, generator)
    free = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.Adam(free, lr=rate, fused=True)
    rows = torch.arange(n_seeds)[:, None]
    for step in range(steps):
        optimizer.param_groups[0]["lr"] = rate * 0.5 * (1 + math.cos(math.pi * step / steps))
        batch = x[rows, torch.randint(n, (n_seeds, min(BATCH, n)), generator=generator)]
        optimizer.zero_grad()
        loss(model, batch, noise, beta, generator).sum().backward()
        optimizer.step()
        if rescaled and step % 50 == 49:
            model.rescale(x[:, :500], noise)
    x_choose = stacked(moons, 500, n_seeds, 2000)
    with torch.no_grad():
        return model, x, loss(model, x_choose, noise, beta, generator)


def stacked(moons, n, n_seeds, first):
    """(S, n, 376): each seed's own moons, without the sky."""
    factors = [moons(n, np.random.RandomState(first + seed)) for seed in range(n_seeds)]
    return torch.stack([render_moons(*pair)[:, DISC].float() for pair in factors])


def pairs(moons, n, seed):
    """n pairs of held-out moons of different phases: factors (n, 2), twice."""
    drawn = np.stack(moons(20 * n, np.random.RandomState(3000 + seed)), axis=1).reshape(-1, 2, 2)
    different = np.abs(drawn[:, 0, 0] - drawn[:, 1, 0]) > 0.01
    return torch.from_numpy(drawn[different][:n]).unbind(1)


def sky(x):
    """(…, 376) → (…, 784): the pixels around the disc, all 0."""
    whole = torch.zeros(*x.shape[:-1], 784)
    whole[..., DISC] = x
    return whole


@torch.no_grad()
def measures(model, x_train, condition):
    """One dict a seed: what a row of the table holds."""
    moons, _, d = CONDITIONS[condition]
    seeds = range(len(x_train))
    ends = [pairs(moons, N_TEST, seed) for seed in seeds]
    first, second = (
        torch.stack([render_moons(*e[i].T)[:, DISC].float() for e in ends]) for i in (0, 1)
    )
    (m, logvar), (m_second, _) = model.encode(first), model.encode(second)
    codes = model.encode(x_train)[0]
    centre = codes.mean(1, keepdim=True)
    shape = torch.linalg.cholesky(
        torch.stack([torch.cov(c.T).reshape(d, d) + 1e-9 * torch.eye(d) for c in codes])
    )
    eps = torch.randn(m.shape, generator=torch.Generator().manual_seed(0))
    outwards = 3 * eps / eps.norm(dim=2, keepdim=True)
    at = {
        "reconstruction": m,
        "midpoint": (m + m_second) / 2,
        "standard_normal": eps,
        "fitted_gaussian": centre + eps @ shape.mT,
        "three_std_out": centre + outwards @ shape.mT,
    }
    pictures = {name: sky(model.decode(z)) for name, z in at.items()}
    pictures["blend"] = sky((first + second) / 2)
    for s in seeds:
        row = {name: distance_to_moons(x[s]).mean() for name, x in pictures.items()}
        rest = pictures["reconstruction"][s] - sky(first)[s]
        row["rmse"] = rest.square().mean(1).sqrt().mean()
        midpoints = nearest_moons(pictures["midpoint"][s], (-math.pi / 2, math.pi / 2))
        row["midpoint"], phase = midpoints[0].mean(), midpoints[1][:, 0]
        low, high = (f(ends[s][0][:, 0], ends[s][1][:, 0]) for f in (torch.minimum, torch.maximum))
        row["share_between"] = ((low < phase) & (phase < high)).double().mean()
        std = codes[s].std(0)
        for name in ("standard_normal", "fitted_gaussian", "real"):
            drawn = sky(second) if name == "real" else pictures[name]
            row[f"missed_{name}"] = torch.cdist(sky(first)[s], drawn[s]).amin(1).mean() / 28
        row |= {"code_std_least": std.min(), "code_std_most": std.max()}
        row["posterior_std"] = torch.exp(logvar[s] / 2).mean()
        row["sigma_x"] = torch.exp(model.logvar[s] / 2).item()
        yield {name: float(value) for name, value in row.items()}


def runs(small):
    """What is trained: (condition, method, how many times the steps)."""
    for condition in ("five phases",) if small else CONDITIONS:
        yield from ((condition, method, 1) for method in METHODS)
    if not small:
        yield from (("base", method, 1) for method in NOISE_OF_PIXELS)
        yield from ((condition, m, TIMES) for condition in list(CONDITIONS)[:2] for m in LONGER)


def best_rate(method, steps):
    tried = {rate: trained(method, "base", rate, 2, steps)[2].mean() for rate in RATES}
    return min(tried, key=tried.get)


def rows(small=False):
    n_seeds, steps = (2, 20) if small else (N_SEEDS, STEPS)
    best = {method: best_rate(method, steps) for method in METHODS}
    for condition, method, times in runs(small):
        rate = best.get(method, best["VAE, rescaled"]) / times
        model, x, losses = trained(method, condition, rate, n_seeds, times * steps)
        name = method if times == 1 else f"{method}, {times * steps:,} steps"
        for seed, row in enumerate(measures(model, x, condition)):
            chosen = {"condition": condition, "method": name, "seed": seed, "lr": rate}
            yield chosen | row | {"loss": losses[seed].item()}


if __name__ == "__main__":
    tables.main(rows, __doc__, __file__)
