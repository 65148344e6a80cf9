"""The recipe's VAE as a job: trained on a data set, evaluated, and written to a folder.

`python -m vaelib train` runs it; see `vaelib.__main__`.
"""

import json
import math
import platform
import tempfile
import time

import numpy
import torch

import vaelib
from vaelib.checkpoints import save
from vaelib.data.digits import binarize, mnist, mnist_5k
from vaelib.engine import recipe
from vaelib.engine.processes import Group
from vaelib.training import evaluate_each, fit

DATA = {"mnist_5k": mnist_5k, "mnist": mnist}


def train(options, device):
    """Train, evaluate and write what the options ask for; True when Ctrl-C ended the training.

    Raises ValueError or OSError for an `out` that holds another run or cannot be written, and what
    `fit` and the data sets raise.
    """
    prepare(options.out, options.resume)
    images = DATA[options.data]()
    x_test = recipe.binarized_test(images.x_test)
    model = recipe.make_model(images.x_train, options.seed)
    checkpoint = options.out / "checkpoint.pt"
    all_threads = torch.get_num_threads()
    options.threads = options.threads or all_threads
    torch.set_num_threads(options.threads)
    try:
        history = fit(
            model, images.x_train, x_test, recipe.objective, epochs=options.epochs,
            budget=options.budget, batch_size=options.batch_size, lr=recipe.learning_rate,
            weight_decay=recipe.WEIGHT_DECAY, objective_at=recipe.objective_at, transform=binarize,
            bf16=options.bf16, seed=options.seed, device=device, progress=not options.quiet,
            checkpoint=checkpoint, resume=checkpoint if options.resume else None,
        )  # fmt: skip
    finally:
        torch.set_num_threads(all_threads)
    if history.interrupted:
        return True
    results = {**report(model, x_test, history, options.k), **about(options)}
    if Group.current().rank == 0:
        save(options.out / "model.pt", model, report=results)
        text = json.dumps(results, indent=2)
        (options.out / "report.json").write_text(text + "\n", encoding="utf-8")
        print(summary(results))
    return False


def prepare(out, resume):
    """Make the folder `out`, or ValueError or OSError if this run cannot have it."""
    held = [name for name in ("checkpoint.pt", "model.pt", "report.json") if (out / name).exists()]
    if held and not resume:
        raise ValueError(f"--out: {out} holds a run ({held[0]}); wanted --resume or another folder")
    if resume and "checkpoint.pt" not in held:
        raise ValueError(f"--resume: there is no checkpoint.pt in {out}")
    out.mkdir(parents=True, exist_ok=True)
    tempfile.TemporaryFile(dir=out).close()  # else an hour's training would end in an error


def report(model, x_test, history, k):
    """Means over the test images, in nats, and what they cost, as a dict.

    "log_px" is from k importance samples, "log_px_se" its standard error as a mean over images.
    "cpu_seconds" and "wall_seconds" are those of training with its evaluation after every epoch,
    "training_seconds" those that a budget counts, "evaluation_seconds" this report's wall time.
    """
    started = time.perf_counter()

    def log_px(model, x, generator):
        found = model.log_prob(x, model.importance(k, generator))
        return found, {"log_px": found}

    terms = evaluate_each(model, x_test, recipe.objective)
    terms |= evaluate_each(model, x_test, log_px, batch_size=100)
    return {
        **{name: float(term.mean()) for name, term in terms.items()},
        "log_px_se": float(terms["log_px"].std()) / math.sqrt(len(x_test)),
        "k": k,
        "n_test": len(x_test),
        "epochs": len(history),
        "steps": sum(history["steps"]),
        "cpu_seconds": sum(history["cpu_seconds"]),
        "wall_seconds": sum(history["seconds"]),
        "training_seconds": history["spent"][-1],
        "evaluation_seconds": time.perf_counter() - started,
    }


def about(options):
    """What was run, on what, as a dict."""
    return {
        "data": options.data,
        "seed": options.seed,
        "batch_size": options.batch_size,
        "threads": options.threads,
        "budget": options.budget,
        "device": options.device,
        "bf16": options.bf16,
        "processes": Group.current().world,
        "python": platform.python_version(),
        "torch": str(torch.__version__),
        "numpy": numpy.__version__,
        "vaelib": vaelib.__version__,
    }


def summary(results):
    """The report in three lines."""
    return (
        "log p(x) {log_px:.2f} ± {log_px_se:.2f} nats, {k} importance samples, {n_test} images\n"
        "ELBO {elbo:.2f} = reconstruction {reconstruction:.2f} − KL {kl:.2f}\n"
        "{epochs} epochs, {steps} steps, {training_seconds:.0f} s of training"
    ).format(**results)
