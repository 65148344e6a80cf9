"""Train the small models behind the explorers again, and write them to data/checkpoints/.

    python -m tools.checkpoints [walk ...]

Each file of this folder makes one checkpoint: `make()` returns (model, state) for
`vaelib.checkpoints.save`, which stores it with its hash.
"""

import argparse
import time
from importlib import import_module
from pathlib import Path

import torch

from vaelib.checkpoints import save
from vaelib.teaching.explore.files import CHECKPOINTS

HERE = Path(__file__).resolve().parent
NAMES = sorted(path.stem for path in HERE.glob("[a-z]*.py"))


def main(argv=None):
    """Make the checkpoints that are named, or all, and print what each one cost."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.checkpoints", description=__doc__.split("\n")[0]
    )
    parser.add_argument("name", nargs="*", choices=[*NAMES, []], help="all, if none is named")
    torch.set_num_threads(1)
    for name in parser.parse_args(argv).name or NAMES:
        started = time.process_time()
        model, state = import_module(f"tools.checkpoints.{name}").make()
        path = CHECKPOINTS / f"{name}.pt"
        save(path, model, **state)
        seconds = time.process_time() - started
        print(f"{path.name}: {path.stat().st_size / 1e3:.0f} kB, {seconds:.0f} CPU seconds")


if __name__ == "__main__":
    main()
