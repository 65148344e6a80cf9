"""Does a VAE of many small steps draw better than one of one step, at how many steps, and where?

    .venv/bin/python -m experiments.steps

takes about 10 CPU-minutes. Three sets of data: "crescent", 500 points to train on and 2,000 held
out; "moons", 2,000 waxing moons of 784 pixels and 500 held out; "digits", 4,000 of mnist_5k and
1,000 held out, as their first 30 principal coordinates divided by one number, the root of their
mean variance (nats are those of the divided coordinates).

The models: "Gaussian" and "mixture" (K = 10 on the crescent, 30 on digits, a floor of 0.03 there);
"VAE, d = …" with its own σ_x at each z (moons: σ_x = 0.1); "many steps", trained for `trained_for`
steps and read with `steps`, of a first ratio 0.1 of noise to signal and a last one of 10. All
networks have two hidden layers, of 64 on the crescent and 256 else, and are trained by Adam with
half a cosine to 0 over `epochs`; on the crescent for as many draws each. `training` points in the
place of draws are the null model of "near" and "missed".

"bound" is L in nats, mean over the held-out set (log p(x) itself for Gaussian and mixture, a mean
of 10 draws for a VAE), "log_px" by k = 200 draws of a VAE's q, "seen" the bound on what was trained
on (the first 1,000). "near" is the distance from a draw to the nearest real one (of all moons that
there are; else of the held-out set), "missed" from a held-out one to the nearest draw: the root of
the mean square over the dimensions, a median. The draws: 100 moons (the means, for moons have no
noise), 500 of the crescent and 1,000 of digits with their noise. "dark" is the share of drawn moons
whose mean pixel is below 0.1. What a row cannot have is 0.
"""

import math
import time

import torch

from experiments import tables
from vaelib import VAE, GaussianMixture
from vaelib.bound import elbo
from vaelib.data.crescent import crescent
from vaelib.data.digits import mnist_5k
from vaelib.data.moons import distance_to_moons, moon_phases
from vaelib.drawing import drawing_from, stream
from vaelib.gaussians import kl_standard, log_normal_diag
from vaelib.networks import mlp
from vaelib.training import fit

STEPS = (10, 30, 100, 1000)


def schedule(n_steps):
    """a_t and b_t for t = 0 … T."""
    ratio = torch.cat([torch.zeros(1), torch.logspace(-1, 1, n_steps)])
    a = 1 / torch.sqrt(1 + ratio**2)
    return a, ratio * a


class ManySteps(torch.nn.Module):
    """x̂ from z_t and the ratio of noise to signal."""

    def __init__(self, data_dim, width, seed):
        super().__init__()
        with drawing_from(stream(seed)):
            self.net = mlp(data_dim + 1, (width, width), data_dim, residual=True)

    def guess(self, z, t, n_steps):
        a, b = schedule(n_steps)
        out = self.net(torch.cat([z, torch.log(b[t] / a[t])], 1))
        return a[t] * z + b[t] * out


class PixelSteps(ManySteps):
    """The same for pictures: the network says x̂ itself."""

    def guess(self, z, t, n_steps):
        a, b = schedule(n_steps)
        out = self.net(torch.cat([z, torch.log(b[t] / a[t])], 1))
        return out if self.training else out.clamp(0, 1)


def steps_bound(model, x, generator=None, n_steps=100, part=0, parts=1):
    """One draw of L; t falls into the given part of 2 … T, spread over the rows."""
    a, b = schedule(n_steps)

    def guess(t):
        z = a[t] * x + b[t] * torch.randn(x.shape, generator=generator)
        return model.guess(z, t, n_steps)

    spread = (torch.arange(len(x))[:, None] + torch.rand(len(x), 1, generator=generator)) / len(x)
    t = 2 + ((n_steps - 1) * (part + spread) / parts).long().clamp(max=n_steps - 2)
    lost = (a[t - 1] / b[t - 1]) ** 2 - (a[t] / b[t]) ** 2
    steps = (n_steps - 1) * (0.5 * lost * (x - guess(t)) ** 2).sum(1)
    noise = torch.tensor(2 * math.log(0.1))
    first = log_normal_diag(x, guess(torch.ones_like(t)), noise)
    last = kl_standard(a[-1] * x, 2 * b[-1].log().expand_as(x))
    bound = first - steps - last
    return bound, {"elbo": bound, "first": first, "steps": steps, "last": last}


@torch.no_grad()
def bound_of(model, x, n_steps, parts=20):
    each = [steps_bound(model, x, stream(70 + i), n_steps, i, parts)[0] for i in range(parts)]
    return sum(each) / parts


@torch.no_grad()
def walk(model, n, data_dim, n_steps, generator):
    """The means x̂ at the end of n walks from pure noise."""
    a, b = schedule(n_steps)
    z = torch.randn(n, data_dim, generator=generator)
    for t in range(n_steps, 0, -1):
        guess = model.guess(z, torch.full((n, 1), t), n_steps)
        c = 1 - (a[t] / a[t - 1]) ** 2
        mean = (a[t - 1] * c * guess + a[t] / a[t - 1] * b[t - 1] ** 2 * z) / b[t] ** 2
        std = torch.sqrt(c) * b[t - 1] / b[t]
        z = mean + std * torch.randn(n, data_dim, generator=generator)
    return z


def apart(a, b):
    """From each of `a` (n, D) to the nearest of `b` (m, D): root mean square, median over n."""
    return float(torch.cdist(a, b).amin(1).median()) / a.shape[1] ** 0.5


def measures(data, x_test, draws, bound, log_px=0.0, seen=0.0):
    moons = data == "moons"
    near = float(distance_to_moons(draws).median()) if moons else apart(draws, x_test)
    dark = float((draws.mean(1) < 0.1).float().mean()) if moons else 0.0
    found = {"bound": float(bound), "log_px": float(log_px), "seen": float(seen)}
    return found | {"near": near, "missed": apart(x_test, draws), "dark": dark}


def principal(x_train, *others, n=30):
    """The first n principal coordinates of pictures, over the root of their mean variance."""
    mean = x_train.mean(0)
    _, spread, directions = torch.linalg.svd(x_train - mean, full_matrices=False)
    scale = (spread[:n] ** 2).mean().sqrt() / len(x_train) ** 0.5
    return [(x - mean) @ directions[:n].T / scale for x in (x_train, *others)]


def sets():
    plane = [crescent(n, random_state=seed)[0].float() for seed, n in enumerate((500, 2000))]
    moons = [moon_phases(n, (0, 0.5), random_state=s)[0] for s, n in enumerate((2000, 500))]
    images = mnist_5k()
    return {
        "crescent": plane,
        "moons": moons,
        "digits": principal(images.x_train, images.x_test),
    }


def plain(data, x_train, x_test):
    """(model, draws, log p(x)) of those that need no network."""
    for name, k in {"Gaussian": 1, "mixture": 10 if data == "crescent" else 30}.items():
        if data == "moons":  # of too many dimensions
            return
        floor = 1e-6 if data == "crescent" else 0.03
        model = GaussianMixture(k, n_init=3, max_iter=500, random_state=0, reg_covar=floor)
        model.fit(x_train.double())
        draws = torch.as_tensor(model.sample(1000)[0]).float()  # ordered by component
        mixed = torch.randperm(len(draws), generator=stream(3))
        yield name, draws[mixed], model.score(x_test.double())


def vae_of(data, d, seed, x_train):
    own = {"generator": stream(seed), "likelihood": "gaussian"}
    if data == "crescent":
        model = VAE(2, d, (64, 64), sigma_x="network", residual=True, **own)
        with torch.no_grad():
            model.decoder.net[-1].bias[2:] -= 2  # begin with a small noise
        return model
    if data == "moons":
        own["x_mean"] = x_train.mean(0)
        return VAE(784, d, (256, 256), sigma_x=0.1, residual=True, **own)
    return VAE(x_train.shape[1], d, (256, 256), sigma_x="network", residual=True, **own)


def chain_of(data, seed, x_train):
    if data == "moons":
        model = PixelSteps(784, 256, seed)
        model.net[-1].bias.data.copy_(x_train.mean(0))
        return model
    return ManySteps(x_train.shape[1], 64 if data == "crescent" else 256, seed)


# data: draws; (epochs, seeds); repeats of the data in an epoch; batch size and learning rate of
# many steps, and of the VAEs; their dimensions
RUNS = {
    "crescent": (500, [(70, 4)], 4, (400, 1e-2), (400, 1e-2), (1,)),
    "moons": (100, [(5, 3), (40, 3)], 1, (50, 5e-3), (50, 5e-3), (2, 10)),
    "digits": (1000, [(120, 3), (360, 1)], 1, (200, 1e-2), (100, 3e-3), (20,)),
}


def rows(small=False):
    for data, (x_train, x_test) in sets().items():
        n, runs, times, own, vaes, latents = RUNS[data]
        if small:
            x_train, x_test, n, runs = x_train[:200], x_test[:100], 50, [(1, 1)]
        head = dict(data=data, model="training", trained_for=0, steps=0, epochs=0, seed=0)
        yield head | measures(data, x_test, x_train[:n], 0.0) | {"seconds": 0.0}
        for name, draws, log_px in plain(data, x_train, x_test):
            found = measures(data, x_test, draws[:n], log_px, log_px)
            yield head | {"model": name} | found | {"seconds": 0.0}
        for epochs, seeds in runs:
            for seed in range(seeds):
                head |= dict(trained_for=0, epochs=epochs, seed=seed)
                yield from one_step(data, x_train, x_test, n, head, latents, vaes, times)
                for head["trained_for"] in (100,) if data == "moons" else (100, 10):
                    yield from many_steps(data, x_train, x_test, n, head, own, times)


def trained(model, x_train, objective, epochs, settings, times):
    started = time.process_time()
    size, lr = settings
    many = x_train.repeat(times, 1)
    fit(
        model, many, x_train[:50], objective, epochs=epochs, batch_size=size, lr=lr,
        progress=False,
    )  # fmt: skip
    model.requires_grad_(False)
    return {"seconds": time.process_time() - started}


def one_step(data, x_train, x_test, n, head, latents, settings, times):
    for d in latents:
        model = vae_of(data, d, head["seed"], x_train)
        spent = trained(model, x_train, elbo, head["epochs"], settings, times)
        bounds = [elbo(model, x, n_samples=10, generator=stream(1))[0] for x in (x_test, x_train)]
        log_px = model.log_prob(x_test, model.importance(200, stream(2)))
        draws = model.sample(n, mean=data == "moons", generator=stream(9))
        draws = draws.clamp(0, 1) if data == "moons" else draws
        nats = (bounds[0].mean(), log_px.mean(), bounds[1][:1000].mean())
        yield head | {"model": f"VAE, d = {d}"} | measures(data, x_test, draws, *nats) | spent


def many_steps(data, x_train, x_test, n, head, settings, times):
    model = chain_of(data, head["seed"], x_train)

    def objective(model, x, generator=None):
        return steps_bound(model, x, generator, n_steps=head["trained_for"])

    spent = trained(model, x_train, objective, head["epochs"], settings, times)
    for n_steps in (3, 10) if n == 50 else STEPS:
        bound, seen = (bound_of(model, x, n_steps).mean() for x in (x_test, x_train[:1000]))
        draws = walk(model, n, x_train.shape[1], n_steps, stream(9))
        if data != "moons":
            draws = draws + 0.1 * torch.randn(draws.shape, generator=stream(10))
        found = measures(data, x_test, draws, bound, seen=seen)
        yield head | {"model": "many steps", "steps": n_steps} | found | spent


if __name__ == "__main__":
    tables.main(rows, __doc__, __file__)
