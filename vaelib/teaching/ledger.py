"""The equation ledger: a numbered equation is a claim, and `check` evaluates both of its sides.

    (5.3) log p(x) = L + KL: left −2.718, right −2.718; equal within 1e-09
          ½ lost: misses by 0.69

A check that the well-known wrong versions of its equation also pass is no check, so those are given
beside the right one and must miss. What is printed has few digits and never the rounding error
itself, so that it is the same on every machine.
"""

import re
from typing import NamedTuple

import numpy as np
import torch


class Entry(NamedTuple):
    """A check that held, in the words in which it was printed."""

    number: str
    note: str
    left: str
    right: str
    within: str
    count: int  # values compared
    difference: float  # the largest |left − right|, which is not printed
    wrong: dict  # {name: by how much it misses}


entries = []  # of this process, in order


class LedgerError(AssertionError):
    """An equation does not hold, a wrong version of it does, or the check cannot be made."""


def check(number, lhs, rhs, tol=1e-9, se=None, wrong=None, note="", n_se=4):
    """Print one line when lhs equals rhs, element by element, and raise LedgerError otherwise.

    What held is kept in `entries` too.

    number: the equation's number, a string such as "5.3". note: the equation in words or letters.
    lhs, rhs: finite real numbers, NumPy arrays or tensors of one shape; a single number is compared
    with every element of the other side.
    tol: the largest absolute difference allowed. se: the standard error of lhs − rhs, a positive
    number or one for each element; the difference allowed is then n_se · se instead of tol.
    wrong: {name: value of a wrong version of rhs}. Each must differ from lhs by more than is
    allowed, in one element at least; a NaN counts as a miss and is printed as what it is.
    """
    if not isinstance(number, str) or not re.fullmatch(r"[0-9]{1,2}\.[0-9]{1,2}", number):
        raise LedgerError(f'number must be a string like "5.3", not {number!r}')
    head = f"({number}) {note}" if note else f"({number})"

    def read(name, value, finite=True):
        value = value.detach().cpu().double() if torch.is_tensor(value) else value
        value = np.asarray(value)
        if value.dtype.kind not in "fiu" or value.size == 0:
            raise LedgerError(f"{head}: {name} must hold real numbers, not {value!r}")
        if finite and not np.isfinite(value).all():
            raise LedgerError(f"{head}: {name} is not finite in {_count(~np.isfinite(value))}")
        return value.astype(np.float64)

    def miss(name, value):
        """|lhs − value|, when both have the same shape or one of them is a single number."""
        if left.size > 1 and value.size > 1 and left.shape != value.shape:
            raise LedgerError(f"{head}: left has shape {left.shape}, but {name} {value.shape}")
        return np.abs(left - value)

    left, right = read("left", lhs), read("right", rhs)
    difference = miss("right", right)
    if se is None:
        allowed = read("tol", tol)
        if allowed.size != 1 or allowed < 0:
            raise LedgerError(f"{head}: tol must be one number ≥ 0, not {tol!r}")
        within = f"within {float(allowed):g}" if allowed > 0 else "exactly"
    else:
        error = read("se", se)
        if (error <= 0).any() or (error.size > 1 and error.shape != difference.shape):
            raise LedgerError(f"{head}: se must be positive, one number or one for each element")
        allowed = read("n_se", n_se) * error
        within = f"within {n_se:g} standard errors of {_range(error, 2)}"
    if (difference > allowed).any():
        worst = np.unravel_index(np.argmax(difference - allowed), difference.shape)
        at = [np.broadcast_to(side, difference.shape)[worst] for side in (left, right)]
        raise LedgerError(
            f"{head}: left {at[0]:.9g} and right {at[1]:.9g} differ by {difference[worst]:.2g}, "
            f"not {within}, in {_count(difference > allowed)}"
        )
    small = float(np.max(allowed)) if se is None else 0.0  # what equals 0 within tol prints as 0
    sides = _range(left, 4, small), _range(right, 4, small)
    misses = {}
    for name, value in (wrong or {}).items():
        missed = miss(f"{name!r}", read(f"{name!r}", value, finite=False))
        if not ((missed > allowed) | np.isnan(missed)).any():
            raise LedgerError(f"{head}: the wrong version {name!r} passes too, so nothing is shown")
        by = "gives NaN" if np.isnan(missed).any() else f"misses by {_digits(missed.max(), 2)}"
        misses[name] = by
    entries.append(
        Entry(number, note, *sides, within, difference.size, float(difference.max()), misses)
    )
    equal = "equal" if difference.size == 1 else f"{difference.size} values equal"
    print(f"{head}: left {sides[0]}, right {sides[1]}; {equal} {within}")
    for name, by in misses.items():
        print(" " * (len(number) + 3) + f"{name}: {by}")


def _count(mask):
    return f"{int(mask.sum())} of {mask.size} values"


def _range(values, digits, small=0.0):
    """ "−1.2" or, for several values that print differently, "−3.1 … −1.2"."""
    ends = [_digits(end, digits, small) for end in (values.min(), values.max())]
    return ends[0] if ends[0] == ends[1] else " … ".join(ends)


def _digits(value, digits, small=0.0):
    """The value to so many significant digits; first to eight, which moves ties off rounding."""
    if np.isinf(value):
        return "−∞" if value < 0 else "∞"
    value = 0.0 if abs(value) <= small else float(f"{value:.8g}")
    text = f"{value:.{digits - 1}e}"
    if value == 0 or 1e-4 <= abs(value) < 1e7:
        decimals = digits - 1 - int(text.split("e")[1])
        text = f"{round(value, decimals):.{max(0, decimals)}f}"
    return text.replace("-", "−", 1) if value < 0 else text.lstrip("-")
