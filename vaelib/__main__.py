"""The command line of the package.

`python -m vaelib train`: the recipe's VAE, for as long as you like, on a CPU, a GPU or several.
`python -m vaelib progress [--reset]`: exercises that are done and guesses, or a new beginning.

`train` writes OUT/checkpoint.pt after every epoch, and at the end OUT/model.pt, which `VAE.load`
reads, and OUT/report.json. torchrun -m vaelib train … does the same with several processes.

The exit status is 0, 1 for a run that failed, 2 for bad input, and 130 after Ctrl-C.
"""

import argparse
import os
import shlex
import sys
from pathlib import Path

from vaelib import checks
from vaelib.engine import job, processes, recipe
from vaelib.engine.console import forgiving
from vaelib.teaching import exercises, predictions, progress
from vaelib.training import TrainingDiverged


def main(arguments=None):
    """Run the command line, by default this process's, and return its exit status."""
    with forgiving():
        return _run(sys.argv[1:] if arguments is None else arguments)


def _run(arguments):
    options = parser().parse_args(arguments)
    try:
        if options.command == "progress":
            both = f"{exercises.table()}\n\n{predictions.table()}"
            print(started_anew() if options.reset else both)
            return 0
        with processes.joined(options.device) as device:
            interrupted = job.train(options, device)
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


def started_anew():
    """Where the exercises' progress was set aside, in a line."""
    kept = progress.reset()
    return (
        "there was no progress yet" if kept is None else f"begun anew; what was done is in {kept}"
    )


class Parser(argparse.ArgumentParser):
    """One whose errors take one line, and come from one process."""

    def error(self, message):
        """End the process with status 2."""
        sys.exit(complain(message, status=2))


def parser():
    """What the command line may hold."""
    result = Parser(prog="python -m vaelib", description=__doc__.splitlines()[0])
    commands = result.add_subparsers(required=True, dest="command", metavar="train|progress")
    reset = commands.add_parser("progress").add_argument
    reset("--reset", action="store_true", help="set the progress file aside and begin anew")
    train = commands.add_parser("train")
    add, whole = train.add_argument, value(int, checks.whole)
    add("--data", choices=job.DATA, required=True, help="5,000 digits, or all 70,000")
    how_long = train.add_mutually_exclusive_group(required=True)
    budget = {"type": value(float, checks.number), "metavar": "SECONDS"}
    how_long.add_argument(
        "--budget", **budget, help="of training, summed over processes; on GPUs by the wall"
    )
    how_long.add_argument("--epochs", type=whole, metavar="N")
    add("--out", type=folder, required=True, metavar="FOLDER", help="a new one, or an empty one")
    add("--resume", action="store_true", help="go on from FOLDER/checkpoint.pt")
    add("--device", choices=("cpu", "cuda"), default="cpu")
    add("--bf16", action="store_true", help="train with matrix products in bfloat16")
    add("--batch-size", type=whole, default=recipe.BATCH_SIZE, metavar="N")
    add("--threads", type=whole, metavar="N", help="while training (all); 1 needs least CPU time")
    add("--seed", type=value(int, checks.whole, least=0), default=0, metavar="N")
    add("--k", type=whole, default=1000, metavar="N", help="importance samples for log p(x)")
    add("--quiet", action="store_true", help="no progress bar")
    return result


def folder(text):
    """An argparse type: a path, in which ~ is the user's home."""
    try:
        return Path(text).expanduser()
    except RuntimeError as error:  # a user who has none
        raise argparse.ArgumentTypeError(error) from None


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
