"""One training step of a VAE: vaelib's `fit` against the usual loop, pythae and Pyro.

All train the same network, 784-400-20 with a Bernoulli likelihood, by Adam on the same batches of
128 grey images. A run is an epoch; whatever a side does beside its steps counts for it.
"""

import math
from importlib.util import find_spec

import torch

from benchmarks import limits, usual_loop
from benchmarks.data import images
from benchmarks.harness import Comparison, Disagreement, Side
from vaelib.bound import elbo
from vaelib.drawing import stream
from vaelib.training import fit
from vaelib.vae import VAE

OURS, LIMIT = "vaelib fit", "products and AdamW's memory"
BATCH_SIZE, LR = 128, 1e-3
LAYERS = (784, 400), (400, 40), (20, 400), (400, 784)  # (n_in, n_out); both heads are one
QUICK_STEPS = 60
AGREE = 0.1  # relative: a side that trains something else is farther off


def rows(quick):
    """Four peers; quick: 60 steps instead of a whole epoch."""
    x, source = images()
    if quick:
        x = x[: QUICK_STEPS * BATCH_SIZE]
    epochs, missing = peers(x)
    epochs = {OURS: ours(x)} | epochs
    steps = math.ceil(len(x) / BATCH_SIZE)
    sides = {name: Side(epoch, steps) for name, epoch in epochs.items()}
    sides[LIMIT] = Side(limits.repeated(limit(), steps), steps)
    yield Comparison(
        title=f"VAE 784-400-20, Bernoulli, batch 128, {steps} steps on {source}",
        unit="training step",
        sides=sides,
        pairs=[(OURS, name) for name in epochs if name != OURS],
        check=lambda values: agreement({name: values[name] for name in epochs}),
        missing=missing,
        limits=[(OURS, LIMIT)],
        holds="the 11 matrix products, and a copy of as many bytes as AdamW reads and writes, "
        f"{limits.ADAMW_MOVES} × 4 for each parameter",
    )


def limit():
    """One step's products, and its optimizer's memory traffic."""
    pairs = [pair for sizes in LAYERS for pair in limits.layer(BATCH_SIZE, *sizes, sizes[0] != 784)]
    return limits.together(limits.products(pairs), limits.adamw(LAYERS))


def peers(x):
    """{name: a function that trains one epoch}, and {name: why not} for what is not installed."""
    found = {
        "loop on PIL images": loop(usual_loop.pil_loader(x, BATCH_SIZE)),
        "loop on tensors": loop(usual_loop.tensor_loader(x, BATCH_SIZE)),
    }
    missing = {}
    for package, make in (("pythae", pythae), ("pyro", pyro)):
        if find_spec(package):
            found[package] = make(x)
        else:
            missing[package] = "not installed"
    return found, missing


def ours(x):
    model = VAE(784, 20, hidden=(400,), generator=stream(0))
    settings = {"epochs": 1, "batch_size": BATCH_SIZE, "lr": LR, "progress": False}

    def epoch():
        history = fit(model, x, x[:10], elbo, **settings)  # ten images: evaluation costs nothing
        return -history["train_elbo"][0]

    return epoch


def loop(loader):
    torch.manual_seed(0)
    model = usual_loop.VAE()
    optimizer = torch.optim.Adam(model.parameters(), lr=LR)
    return lambda: usual_loop.train(model, optimizer, loader)


def pythae(x):
    from benchmarks.peer_pythae import trainer

    trained, epochs = trainer(x, BATCH_SIZE, LR), iter(range(1, 1_000_000))
    return lambda: trained.train_step(next(epochs))


def pyro(x):
    from benchmarks.peer_pyro import svi

    return svi(x, BATCH_SIZE, LR)


def agreement(losses):
    """losses : {side: −ELBO of the last epoch, nats an image}. All have made as many steps."""
    for name, loss in losses.items():
        if not abs(loss / losses[OURS] - 1) <= AGREE:
            raise Disagreement(f"{name}: −ELBO {loss:.1f} nats, {OURS} {losses[OURS]:.1f}")
    low, high = min(losses.values()), max(losses.values())
    return f"after as many steps all are at −ELBO {low:.1f} to {high:.1f} nats an image"
