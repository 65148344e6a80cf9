"""The package on a GPU: its tests, then its times beside their limits, in one Markdown table.

python -m benchmarks.gpu, in under ten minutes; --device cpu --quick tries the script itself.
"""

import argparse
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import NamedTuple

import torch
from torch import nn

from benchmarks import harness, limits, machine
from benchmarks.harness import Side
from vaelib.bound import elbo
from vaelib.data.digits import binarize
from vaelib.drawing import stream
from vaelib.engine import recipe
from vaelib.engine.components import Components
from vaelib.engine.products import Products
from vaelib.mixture import Mixture, climb
from vaelib.priors import MixturePrior
from vaelib.training import fit
from vaelib.vae import VAE

ROOT = Path(__file__).resolve().parents[1]
ROUNDS, QUICK_ROUNDS = 5, 2
STEPS, QUICK_STEPS = 200, 2  # of a round's training
BATCHES, QUICK_BATCHES = (128, 4096, recipe.BATCH_SIZE), (16, 32, 20)  # usual, large, the recipe's
ITERATIONS = 3  # of a round's EM
EM, QUICK_EM = (10**6, 50, 512), (2000, 5, 8)  # N, D, K
PROBE = 2**28, 2**22  # bytes whose copy measures the bandwidth, and quick


class Row(NamedTuple):
    """What is timed, its matrix products alone, and the bytes that each unit has to move."""

    title: str
    run: Side
    products: Side
    moved: int


def main(arguments=None):
    """Print the table; the exit status is 0, or 1 without a GPU or where a test fails."""
    parser = argparse.ArgumentParser("python -m benchmarks.gpu", description=__doc__)
    parser.add_argument("--device", choices=("cuda", "cpu"), default="cuda")
    parser.add_argument("--quick", action="store_true", help="everything small")
    options = parser.parse_args(arguments)
    if options.device == "cuda" and not torch.cuda.is_available():
        print("benchmarks.gpu: wants a GPU, and PyTorch finds none", file=sys.stderr)
        return 1
    tests = [sys.executable, "-m", "pytest", "-q", "-rs", "tests/test_cuda.py"]
    failed = subprocess.run(tests, cwd=ROOT).returncode
    print(table(torch.device(options.device), options.quick), flush=True)
    return int(failed != 0)


def table(device, quick):
    """The table of all rows, as Markdown, under lines that tell of the machine."""
    rounds = QUICK_ROUNDS if quick else ROUNDS
    clock = synchronized(device)
    with torch.device(device):
        copy = Side(limits.traffic(PROBE[quick]), 1)
    speed = PROBE[quick] / medians({"copy": copy}, rounds, clock)["copy"].median
    lines = [
        machine.describe(rounds, [torch.get_num_threads()], quick)["heading"],
        f"{card(device)}; a copy moves {speed / 1e9:.3g} GB/s\n",
        "| a unit of | ms (least–most) | its products, ms | its memory, ms | over both |",
        "|---|---|---|---|---|",
    ]
    for row in rows(device, quick):
        found = medians({"run": row.run, "products": row.products}, rounds, clock)
        memory = row.moved / speed
        lines.append(line(row.title, found["run"], found["products"].median, memory))
        del row  # its data, before the next row's
    return "\n".join(lines)


def line(title, run, products, memory):
    """A row of the table, from seconds."""
    low, high, ms = (f"{1e3 * t:.3g}" for t in (run.low, run.high, run.median))
    over = run.median / (products + memory)
    limit = f"{1e3 * products:.3g} | {1e3 * memory:.3g}"
    return f"| {title} | {ms} ({low}–{high}) | {limit} | {over:.3g} |"


def medians(sides, rounds, clock):
    """{name: median, smallest and largest seconds of a unit}, the sides taking turns."""
    timings, _ = harness.compare(sides, rounds, clock)
    return {name: harness.summary([t.wall for t in taken]) for name, taken in timings.items()}


def synchronized(device):
    """This process's clock, read once the device has done what it was given."""

    def clock():
        if device.type == "cuda":
            torch.cuda.synchronize(device)
        return harness.this_process()

    return clock


def card(device):
    """The GPU with its driver, in words."""
    if device.type == "cpu":
        return "no GPU"
    ask = ["nvidia-smi", "--query-gpu=driver_version", "--format=csv,noheader"]
    try:
        driver = subprocess.run(ask, capture_output=True, text=True, check=True).stdout.split()[0]
    except (OSError, subprocess.CalledProcessError, IndexError):
        driver = "unknown"
    name = torch.cuda.get_device_name(device)
    return f"{name}, driver {driver}, CUDA {torch.version.cuda}"


def rows(device, quick):
    """Every row, made when it is asked for."""
    steps = QUICK_STEPS if quick else STEPS
    batch, large, of_recipe = QUICK_BATCHES if quick else BATCHES
    plain = partial(VAE, 784, 20, hidden=(400,), generator=stream(0))
    yield training(f"VAE 784-400-20, batch {batch}", plain(), batch, steps, device, objective=elbo)
    fewer = max(1, steps * batch // large)
    for title, bf16 in (("the same", False), ("in bfloat16", True)):
        title += f", batch {large:,}"
        yield training(title, plain(), large, fewer, device, bf16=bf16, objective=elbo)
    options = {"lr": recipe.learning_rate, "weight_decay": recipe.WEIGHT_DECAY}
    for term, done, draws in (("ELBO", 0.5, 1), ("L_4", 1.0, 4)):
        model = recipe.make_model(torch.rand(100, 784, generator=stream(0)))
        given = options | {"objective": recipe.objective_at(done), "transform": binarize}
        title = f"the MNIST recipe, {term}, batch {of_recipe}"
        yield training(title, model, of_recipe, steps, device, draws=draws, **given)
    for covariance_type in ("full", "diag"):
        for dtype in (torch.float32, torch.float64):
            yield em(covariance_type, dtype, device, *(QUICK_EM if quick else EM))


def training(title, model, batch, steps, device, draws=1, bf16=False, **options):
    """A step of `fit`; a run is an epoch of so many, evaluated on ten rows."""
    x = torch.rand(steps * batch, 784, generator=stream(1)).to(device)
    settings = {"epochs": 1, "batch_size": batch, "bf16": bf16, "device": device}
    run = partial(fit, model, x, x[:10], progress=False, **settings, **options)
    with torch.device(device):
        products = limits.products(pairs(model, batch, draws, bf16))
    n_weights = sum(p.numel() for p in model.parameters())
    moved = limits.ADAMW_MOVES * 4 * n_weights
    several = Side(limits.repeated(products, steps), steps)
    return Row(f"{title}: a step", Side(run, steps), several, moved)


def pairs(model, batch, draws, bf16):
    """The products of a training step: of the linear layers, and of a learned prior."""
    dtype = torch.bfloat16 if bf16 else torch.float32
    found, below = [], False  # nothing lies below the first layer
    for network, n in ((model.encoder, batch), (model.decoder, draws * batch)):
        for linear in (part for part in network.modules() if isinstance(part, nn.Linear)):
            found += limits.layer(n, linear.in_features, linear.out_features, below, dtype)
            below = True
    if isinstance(model.prior_module, MixturePrior):
        n_components, latent_dim = model.prior_module.mu.shape
        found += limits.layer(draws * batch, 2 * latent_dim, n_components)
    return found


def em(covariance_type, dtype, device, n, n_features, n_components):
    """A step of EM by matrix products, from points of as many clusters."""
    generator = torch.Generator(device).manual_seed(0)

    def noise(*shape):
        return torch.randn(*shape, generator=generator, dtype=torch.float64, device=device)

    centres = 2 * noise(n_components, n_features)
    x = noise(n, n_features) + centres.repeat(n // n_components + 1, 1)[:n]
    x -= x.median(0).values
    start = Mixture(
        x.new_full((n_components,), 1 / n_components),
        x[:n_components],
        4 * torch.ones_like(centres),
    )
    if covariance_type == "full":
        start = start._replace(covariances=torch.diag_embed(start.covariances))
    engine = Products(x, covariance_type, 1e-6, dtype)
    run = partial(climb, engine.em_step, start, 0, ITERATIONS)
    sizes = f"N = {n:,}, D = {n_features}, K = {n_components}"
    name = str(dtype).removeprefix("torch.")
    return Row(
        f"EM {covariance_type}, {name}, {sizes}: a step",
        Side(run, ITERATIONS),
        Side(em_products(engine, start), 1),
        2 * dtype.itemsize * n * n_components,  # R, read and written by the softmax
    )


def em_products(engine, mixture):
    """T η and Tᵀ R of one step, with one chunk of T in place of all."""
    eta = Components(*mixture).natural.to(engine.dtype)
    resp, moments = engine.room_for_responsibilities(eta.shape[1]), torch.zeros_like(eta)
    t = engine.statistics(slice(0, engine.chunk))

    def run():
        for some in resp.split(engine.chunk):
            torch.mm(t[: len(some)], eta, out=some)
            moments.addmm_(t[: len(some)].T, some)

    return run


if __name__ == "__main__":
    sys.exit(main())
