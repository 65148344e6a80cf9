"""`python -m vaelib train`: the recipe's VAE, for as long as you like, on a CPU, a GPU or several.
`python -m vaelib progress [--reset]`: the exercises that are done, or a new beginning.

`train` writes OUT/checkpoint.pt after every epoch, and at the end OUT/model.pt, which `VAE.load`
reads, and OUT/report.json. torchrun -m vaelib train … does the same with several processes.

The exit status is 0, 1 for a run that failed, 2 for bad input, and 130 after Ctrl-C.
"""

import argparse
import json
import math
import os
import platform
import shlex
import sys
import tempfile
import time
from pathlib import Path

import numpy
import torch

import vaelib
from vaelib import checks
from vaelib.checkpoints import save
from vaelib.data.digits import binarize, mnist, mnist_5k
from vaelib.engine import processes, recipe
from vaelib.teaching import exercises
from vaelib.training import TrainingDiverged, evaluate_each, fit

DATA = {"mnist_5k": mnist_5k, "mnist": mnist}


def main(arguments=None):
    """Run the command line, by default this process's, and return its exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    options = parser().parse_args(arguments)
    if options.command == "progress":
        print(started_anew() if options.reset else exercises.table())
        return 0
    try:
        with processes.joined(options.device) as device:
            interrupted = train(options, device)
    except KeyboardInterrupt:
        interrupted = True
    except TrainingDiverged as error:
        return complain(error, status=1)
    except (ValueError, OSError) as error:
        return complain(error, status=2)
    except RuntimeError as error:
        if "WORLD_SIZE" in os.environ:
            error.add_note(
                "vaelib: if another process has died, --resume goes on from the last checkpoint"
            )
        raise
    if not interrupted:
        return 0
    if not (options.out / "checkpoint.pt").exists():
        return complain("stopped before the first epoch was over; nothing is kept", status=130)
    again = shlex.join([*(a for a in arguments if a != "--resume"), "--resume"])
    return complain(f"stopped; go on with: python -m vaelib {again}", status=130)


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
            model,
            images.x_train,
            x_test,
            recipe.objective,
            epochs=options.epochs,
            budget=options.budget,
            batch_size=options.batch_size,
            lr=recipe.learning_rate,
            weight_decay=recipe.WEIGHT_DECAY,
            objective_at=recipe.objective_at,
            transform=binarize,
            bf16=options.bf16,
            seed=options.seed,
            device=device,
            progress=not options.quiet,
            checkpoint=checkpoint,
            resume=checkpoint if options.resume else None,
        )
    finally:
        torch.set_num_threads(all_threads)
    if history.interrupted:
        return True
    results = {**report(model, x_test, history, options.k), **about(options)}
    if processes.rank() == 0:
        save(options.out / "model.pt", model, report=results)
        text = json.dumps(results, indent=2)
        (options.out / "report.json").write_text(text + "\n", encoding="utf-8")
        print(summary(results))
    return False


def report(model, x_test, history, k):
    """Means over the test images, in nats, and what they cost, as a dict.

    "cpu_seconds" and "wall_seconds" are those of training with its evaluation after every epoch,
    "training_seconds" those that a budget counts, "evaluation_seconds" this report's wall time;
    "log_px_se" is the standard error of the mean over images.
    """
    started = time.perf_counter()

    def log_px(model, x, generator):
        return {"log_px": recipe.log_likelihood(model, x, k, generator)}

    terms = evaluate_each(model, x_test, recipe.objective)
    terms |= evaluate_each(model, x_test, log_px, batch_size=100)
    return {
        **{name: float(value.mean()) for name, value in terms.items()},
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
        "processes": processes.world(),
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


def started_anew():
    """Where the exercises' progress was set aside, in a line."""
    kept = exercises.progress.reset()
    return (
        "there was no progress yet" if kept is None else f"begun anew; what was done is in {kept}"
    )


def prepare(out, resume):
    """Make the folder `out`, or ValueError or OSError where this run cannot have it."""
    held = [name for name in ("checkpoint.pt", "model.pt", "report.json") if (out / name).exists()]
    if held and not resume:
        raise ValueError(f"--out: {out} holds a run ({held[0]}); wanted --resume or another folder")
    if resume and "checkpoint.pt" not in held:
        raise ValueError(f"--resume: there is no checkpoint.pt in {out}")
    out.mkdir(parents=True, exist_ok=True)
    tempfile.TemporaryFile(dir=out).close()  # else an hour's training would end in an error


class Parser(argparse.ArgumentParser):
    """One whose errors take one line, and come from one process."""

    def error(self, message):
        sys.exit(complain(message, status=2))


def parser():
    """What the command line may hold."""
    result = Parser(prog="python -m vaelib", description=__doc__.splitlines()[0])
    commands = result.add_subparsers(required=True, dest="command", metavar="train|progress")
    reset = commands.add_parser("progress").add_argument
    reset("--reset", action="store_true", help="set the progress file aside and begin anew")
    train = commands.add_parser("train")
    add, whole = train.add_argument, value(int, checks.whole)
    add("--data", choices=DATA, required=True, help="5,000 digits, or all 70,000")
    how_long = train.add_mutually_exclusive_group(required=True)
    budget = {"type": value(float, checks.number), "metavar": "SECONDS"}
    how_long.add_argument(
        "--budget", **budget, help="of training, summed over processes; on GPUs by the wall"
    )
    how_long.add_argument("--epochs", type=whole, metavar="N")
    add("--out", type=Path, required=True, metavar="FOLDER", help="a new one, or an empty one")
    add("--resume", action="store_true", help="go on from FOLDER/checkpoint.pt")
    add("--device", choices=("cpu", "cuda"), default="cpu")
    add("--bf16", action="store_true", help="train with matrix products in bfloat16")
    add("--batch-size", type=whole, default=recipe.BATCH_SIZE, metavar="N")
    add(
        "--threads",
        type=whole,
        metavar="N",
        help="while training (all); 1 does the most for a second of CPU time",
    )
    add("--seed", type=value(int, checks.whole, least=0), default=0, metavar="N")
    add(
        "--k",
        type=whole,
        default=1000,
        metavar="N",
        help="importance samples for the final log p(x)",
    )
    add("--quiet", action="store_true", help="no progress bar")
    return result


def value(convert, check, **limits):
    """An argparse type whose error says what came and what was wanted."""

    def parse(text):
        try:
            return check("value", convert(text), **limits)
        except ValueError as error:
            raise argparse.ArgumentTypeError(error) from None

    return parse


def complain(message, status):
    """One line on stderr, from one process, and the exit status."""
    if os.environ.get("RANK", "0") == "0":
        print("vaelib:", " ".join(str(message).split()), file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
