"""The tables of the experiments, data/experiments/NAME.csv: a row is one trained model.

The first columns are its condition, then come `seed`, what was measured, and the CPU-seconds that
it took. The comment above them names the command, the versions and the program.
"""

import csv
import math
import statistics
from pathlib import Path

from vaelib import checks
from vaelib.data.storage import STORED

FOLDER = STORED / "experiments"


def read(name, folder=FOLDER):
    """Read a table.

    Parameters
    ----------
    name : str
        Of the experiment, such as "moons".

    Returns
    -------
    list of dict
        A column's values are all ints, else all floats, else all texts.

    Raises
    ------
    ValueError
        When there is no table of this name, or a row has not as many values as there are columns.
    """
    checks.one_of("name", name, sorted(path.stem for path in Path(folder).glob("*.csv")))
    text = (Path(folder) / f"{name}.csv").read_text(encoding="utf-8")
    columns, *values = csv.reader(
        line for line in text.splitlines() if line and not line.startswith("#")
    )
    for number, row in enumerate(values, start=1):
        if len(row) != len(columns):
            raise ValueError(
                f"{name}.csv: got {len(row)} values in row {number}, wanted {len(columns)}"
            )
    by_column = [_numbers(column) for column in zip(*values, strict=True)]
    return [dict(zip(columns, row, strict=True)) for row in zip(*by_column, strict=True)]


def where(rows, **condition):
    """The rows whose columns have these values; ValueError when there is none."""
    found = [row for row in rows if all(row[name] == value for name, value in condition.items())]
    if not found:
        raise ValueError(f"condition: got {condition}, wanted one that has rows")
    return found


def mean_and_se(rows, column):
    """The mean of a column and ONE standard error of it, from two or more rows (mostly seeds)."""
    values = [float(row[column]) for row in rows]
    if len(values) < 2:
        raise ValueError(f"rows: got {len(values)}, wanted two or more for a standard error")
    return statistics.fmean(values), statistics.stdev(values) / math.sqrt(len(values))


def _numbers(column):
    for kind in (int, float):
        try:
            return [kind(value) for value in column]
        except ValueError:
            pass
    return column
