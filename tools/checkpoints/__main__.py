"""Train the small models behind the explorers again, and write them to data/checkpoints/.

    python tools/checkpoints [moons ...]

Each file of this folder makes one checkpoint: `make()` returns (model, state) for
`vaelib.checkpoints.save`, which stores it with its hash.
"""

import argparse
import sys
import time
from importlib import import_module
from pathlib import Path

import torch

from vaelib.checkpoints import save
from vaelib.explore.weights import CHECKPOINTS

HERE = Path(__file__).resolve().parent
NAMES = sorted(path.stem for path in HERE.glob("[a-z]*.py"))


def main(argv=None):
    parser = argparse.ArgumentParser(prog="checkpoints", description=__doc__.split("\n")[0])
    parser.add_argument("name", nargs="*", choices=[*NAMES, []], help="all, if none is named")
    torch.set_num_threads(1)
    sys.path.insert(0, str(HERE))
    for name in parser.parse_args(argv).name or NAMES:
        started = time.process_time()
        model, state = import_module(name).make()
        path = CHECKPOINTS / f"{name}.pt"
        save(path, model, **state)
        seconds = time.process_time() - started
        print(f"{path.name}: {path.stat().st_size / 1e3:.0f} kB, {seconds:.0f} CPU seconds")


if __name__ == "__main__":
    main()
