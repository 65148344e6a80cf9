"""A problem: its text with drawn numbers, its solution in steps, and both as values for a test.

A text names its numbers: `<m>` is the value of m in the fewest digits, at most three decimals;
`<x.0>` the first of a list, `<x>` all of it. After a colon: `<m:4>` at most four decimals, `<m:+>`
a term of a sum, with its sign, `<m:()>` a factor, in brackets where it is negative.
"""

import re
from typing import NamedTuple

import numpy as np
import torch

HOLE = re.compile(r"<([A-Za-z]\w*)(?:\.(\d+))?(?::([^<>]+))?>")


class Problem(NamedTuple):
    """A problem with its numbers."""

    title: str
    statement: str  # paragraphs of words and TeX
    solution: str
    given: dict  # what was drawn
    answer: dict  # what is asked for, unrounded


def problem(title, statement, solution, given, answer, steps=None):
    """Fill both texts: a Problem. `steps` are values that the solution passes through."""
    known = given | (steps or {}) | answer
    return Problem(title, fill(statement, given), fill(solution, known), given, answer)


def fill(text, values):
    """The text with each `<name>` replaced by its value; KeyError for one that is not known."""

    def number(found):
        name, place, form = found.groups()
        value = values[name] if place is None else values[name][int(place)]
        if np.ndim(value):
            return ", ".join(num(each) for each in value)
        if form == "+":
            return ("- " if num(value).startswith("-") else "+ ") + num(abs(value))
        if form == "()":
            return f"({num(value)})" if num(value).startswith("-") else num(value)
        return num(value, int(form or 3))

    return HOLE.sub(number, text.strip())


def num(value, decimals=3):
    """The number with at most so many decimals, without zeros at the end."""
    shown = f"{float(value):.{decimals}f}"
    shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    return "0" if shown == "-0" else shown


def step(rng, low, high, by=1):
    """One of low, low + by, … high."""
    place = rng.integers(round((high - low) / by) + 1)
    return tidy(low + by * place)


def pick(rng, values):
    """One of the values."""
    return values[int(rng.integers(len(values)))]


def several(rng, values, size):
    """So many different ones of the values, in a drawn order."""
    return [values[place] for place in rng.permutation(len(values))[:size]]


def sorted_steps(rng, ends, size):
    """So many different numbers of low, low + by, … high, rising; `ends` is (low, high, by)."""
    low, high, by = ends
    places = rng.permutation(round((high - low) / by) + 1)[:size]
    return [tidy(low + by * int(place)) for place in sorted(places)]


def shares(rng, size, parts=20):
    """Probabilities in steps of 1/parts, none 0."""
    ends = sorted(int(end) + 1 for end in rng.permutation(parts - 1)[: size - 1])
    return [tidy(piece / parts) for piece in np.diff([0, *ends, parts])]


def tidy(value):
    """Without the dirt of binary fractions."""
    return round(float(value), 10)


def tensor(values):
    """As vaelib's functions take them: float64."""
    return torch.tensor(values, dtype=torch.float64)
