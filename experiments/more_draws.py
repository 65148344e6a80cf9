"""What do more draws in the bound do to q, where log p(x) and the posterior are known?

    .venv/bin/python -m experiments.more_draws

takes about 1 CPU-minute. A row is one VAE of the crescent, 500 points, z on a line, two hidden
layers of 32 in each network, σ_x from the network; Adam, batches of 100, 0.01 to 0 along half a
cosine over 100 epochs. `objective` is what is raised:

* L: one draw of z, analytic KL;
* L, 16 draws: the same averaged over 16 draws of z, the control of L_16;
* L_16: `importance_weighted`, whose gradient is the doubly reparameterised one;
* L_16, plain gradient: that of `log_prob` with 16 draws.

Means over 2,000 held-out points, in nats: "log_px" by a grid of 1,000 points, "elbo" is log_px
minus KL(q ‖ posterior) by the same grid. "width" is the median of the standard deviation of q(z|x)
over that of the posterior. Both bounds have many maxima: some starts end lower, so look at each
seed and not at the mean alone.
"""

import time
from functools import partial

import torch

from experiments import tables
from vaelib import VAE, Grid
from vaelib.bound import elbo, importance_weighted
from vaelib.data.crescent import crescent
from vaelib.drawing import stream
from vaelib.training import fit


def plain(model, x, generator=None):
    log_mean = model.log_prob(x, model.importance(16, generator))
    return log_mean, {"bound": log_mean}


OBJECTIVES = {
    "L": elbo,
    "L, 16 draws": partial(elbo, n_samples=16),
    "L_16": partial(importance_weighted, k=16),
    "L_16, plain gradient": plain,
}


def trained(objective, x, seed, epochs):
    sizes = {"data_dim": 2, "latent_dim": 1, "hidden": (32, 32)}
    model = VAE(**sizes, likelihood="gaussian", sigma_x="network", generator=stream(seed))
    with torch.no_grad():
        model.decoder.net[-1].bias[2:] -= 2  # a smaller σ_x at first
    settings = {"epochs": epochs, "batch_size": 100, "lr": 1e-2, "seed": seed, "progress": False}
    fit(model, x, x[:100], objective, **settings)
    return model.requires_grad_(False).double()


def read(model, x):
    grid = Grid(1000)
    z, log_posterior = model.posterior(x, grid)  # (J, 1), (J, n)
    share, q = log_posterior.softmax(0), model.encode(x)
    log_q = q.log_prob(z[:, None])  # (J, n)
    gap = (log_q.softmax(0) * (log_q - log_posterior)).sum(0)
    std = (share.T @ z**2 - (share.T @ z) ** 2).sqrt()
    log_px = model.log_prob(x, grid).mean()
    return {
        "elbo": log_px - gap.mean(),
        "log_px": log_px,
        "width": (q.stddev / std).median(),
    }


def rows(small=False):
    x = crescent(500, random_state=0)[0].float()
    x_test = crescent(200 if small else 2000, random_state=1)[0].double()
    for objective in ("L", "L_16") if small else OBJECTIVES:
        for seed in range(1 if small else 6):
            started = time.process_time()
            model = trained(OBJECTIVES[objective], x, seed, 5 if small else 100)
            yield {
                "objective": objective,
                "seed": seed,
                **read(model, x_test),
                "seconds": time.process_time() - started,
            }


if __name__ == "__main__":
    tables.main(rows, __doc__, __file__)
