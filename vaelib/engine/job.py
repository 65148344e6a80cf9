"""The recipe's VAE as a job: trained on a data set, evaluated, and written to a folder.

`python -m vaelib train` runs it; see `vaelib.__main__`.
"""

import json
import math
import platform
import tempfile
import time
import warnings
from contextlib import contextmanager

import numpy
import torch
from filelock import FileLock, Timeout

import vaelib
from vaelib.checkpoints import save, write
from vaelib.data.digits import binarize, mnist, mnist_5k
from vaelib.engine import recipe
from vaelib.engine.processes import Group
from vaelib.training import evaluate_each, fit

WRITTEN = ("checkpoint.pt", "model.pt", "report.json")
DATA = {"mnist_5k": mnist_5k, "mnist": mnist}


def train(options, device):
    """Train, evaluate and write what the options ask for; True when Ctrl-C ended the training.

    Raises ValueError or OSError for an `out` that holds another run, is in use or cannot be
    written, and what `fit` and the data sets raise.
    """
    with taken(options.out, options.resume):
        images = DATA[options.data]()
        x_test = recipe.binarized_test(images.x_test)
        model = recipe.make_model(images.x_train, options.seed)
        history = fitted(model, images.x_train, x_test, options, device)
        if history.interrupted:
            return True
        results = {**report(model, x_test, history, options.k), **about(options)}
        if Group.current().rank == 0:
            save(options.out / "model.pt", model, report=results)
            text = json.dumps(results, indent=2) + "\n"
            write(options.out / "report.json", text.encode())
            print(summary(results))
        return False


@contextmanager
def taken(out, resume):
    """Inside, the folder `out` is there and this run's own, or ValueError or OSError."""
    if resume and not (out / "checkpoint.pt").exists():
        raise ValueError(f"--resume: there is no checkpoint.pt in {out}")
    out.mkdir(parents=True, exist_ok=True)
    tempfile.TemporaryFile(dir=out).close()  # else an hour's training would end in an error
    with locked(out):
        held = [name for name in WRITTEN if (out / name).exists()]
        if held and not resume:
            had = f"{out} holds a run ({held[0]})"
            raise ValueError(f"--out: {had}; wanted --resume or another folder")
        for part in (part for name in WRITTEN for part in out.glob(f"{name}.*.part")):
            part.unlink(missing_ok=True)  # of a run that was killed while it wrote
        yield


@contextmanager
def locked(out):
    """Inside, no other run has the folder. One that is killed leaves it free."""
    lock = FileLock(out / ".lock", timeout=0)
    try:
        if Group.current().rank == 0:
            lock.acquire()
    except Timeout:
        raise ValueError(f"--out: {out} is in use by another run; wanted another folder") from None
    except (OSError, NotImplementedError) as error:  # some network drives
        message = f"--out: {out} cannot be locked ({error}): use it for one run at a time"
        warnings.warn(message, stacklevel=2)
    try:
        yield
    finally:
        lock.release()


def fitted(model, x_train, x_test, options, device):
    """Train the model as the options ask, and return its history."""
    checkpoint, all_threads = options.out / "checkpoint.pt", torch.get_num_threads()
    options.threads = options.threads or all_threads
    torch.set_num_threads(options.threads)
    try:
        return fit(
            model, x_train, x_test, recipe.objective, epochs=options.epochs,
            budget=options.budget, batch_size=options.batch_size, lr=recipe.learning_rate,
            weight_decay=recipe.WEIGHT_DECAY, objective_at=recipe.objective_at, transform=binarize,
            bf16=options.bf16, seed=options.seed, device=device, progress=not options.quiet,
            checkpoint=checkpoint, resume=checkpoint if options.resume else None,
        )  # fmt: skip
    finally:
        torch.set_num_threads(all_threads)


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
