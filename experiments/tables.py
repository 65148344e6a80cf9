"""How an experiment writes the table that lessons print and `vaelib.data.tables` reads.

An experiment is a module `experiments/NAME.py`. Its docstring says what is measured, the command,
and the CPU-minutes that it takes. Its generator `rows(small=False)` yields dicts, one a trained
model or a moment of it: first the condition, then "seed", the measures, and, in all but moons,
"seconds" (CPU). It ends in

    if __name__ == "__main__":
        tables.main(rows, __doc__, __file__)

so `python -m experiments.NAME` writes data/experiments/NAME.csv. While it runs, the rows so far are
in NAME.part beside it. `--small` writes the same of `rows(small=True)`, one or two conditions and
few steps, into data/experiments/small. tests/test_experiments.py runs that one anew and compares,
within `TOLERANCE` of the module (0.03 of a value, unless it has its own): then the stored table is
still what its program and `vaelib` give. So use no generator but your own, and no clock but
`time.process_time` (for "seconds", which are not compared). Change the program, and the table is
made again: the comment above it has a digest of the program.
"""

import argparse
import ast
import csv
import hashlib
import math
import os
import platform
from numbers import Integral
from pathlib import Path

import numpy as np
import torch

from vaelib.data import tables
from vaelib.engine.console import forgiving


def main(rows, doc, file):
    """Write the table of the experiment whose `rows`, `__doc__` and `__file__` are given."""
    name = Path(file).stem
    parser = argparse.ArgumentParser(
        prog=f"python -m experiments.{name}", description=doc.split("\n\n")[0]
    )
    parser.add_argument("--small", action="store_true", help="one or two conditions, few steps")
    parser.add_argument("--out", help="folder for the table (data/experiments, or small in it)")
    given = parser.parse_args()
    folder = Path(given.out or (tables.FOLDER / "small" if given.small else tables.FOLDER))
    folder.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    with forgiving():
        comment = f"{parser.prog}{' --small' * given.small}; {versions()}; program {digest(file)}"
        write(rows(small=given.small), folder / f"{name}.csv", comment)


def write(rows, path, comment):
    """Write and print rows one by one; the file has its name when all are there."""
    part = path.with_suffix(".part")
    with open(part, "w", encoding="utf-8", newline="") as file:
        file.write(f"# {comment}\n")
        table = csv.writer(file, lineterminator="\n")
        columns = None
        for row in rows:
            if columns is None:
                columns = list(row)
                table.writerow(columns)
            elif columns != list(row):
                raise ValueError(f"row: got columns {list(row)}, wanted {columns}")
            table.writerow(map(written, row.values()))
            file.flush()
            print(", ".join(f"{name} {written(value)}" for name, value in row.items()), flush=True)
    os.replace(part, path)


def written(value):
    """A text or a whole number as it is, any other number to five digits, or ValueError."""
    if isinstance(value, str) or (isinstance(value, Integral) and not isinstance(value, bool)):
        return str(value)
    if not math.isfinite(value):
        raise ValueError(f"row: got {value}, wanted finite values")
    return f"{float(value):.5g}"


def versions():
    return f"python {platform.python_version()}, torch {torch.__version__}, numpy {np.__version__}"


def digest(file):
    """SHA-256 of what a program does: its syntax tree without comments and docstrings."""
    tree = ast.parse(Path(file).read_text(encoding="utf-8"))
    return hashlib.sha256(repr(_plain(tree)).encode()).hexdigest()


def _plain(node):
    """Nested lists of a syntax tree, the same for every version of Python."""
    if isinstance(node, list):
        return [_plain(item) for item in node]
    if not isinstance(node, ast.AST):
        return repr(node)
    fields = dict(ast.iter_fields(node))
    if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        fields["body"] = node.body[ast.get_docstring(node) is not None :]
    filled = {name: value for name, value in fields.items() if value is not None and value != []}
    return [type(node).__name__, *([name, _plain(value)] for name, value in filled.items())]
