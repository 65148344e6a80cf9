"""The equation ledger: a numbered equation is a claim, and `check` evaluates both of its sides.

    (5.3) log p(x) = L + KL: left −2.718, right −2.718; equal within 1e-09
          ½ lost: misses by 0.69

A check that the well-known wrong versions of its equation also pass is no check, so those are given
beside the right one and must miss. What is printed has few digits and never the rounding error
itself, so that it is the same on every machine.
"""

import itertools
import re
from typing import NamedTuple

import numpy as np
import torch

from vaelib import checks
from vaelib.engine.console import say


class Entry(NamedTuple):
    """A check that held, in the words in which it was printed.

    Attributes
    ----------
    number, note : str
        The equation's number, and what it says.
    left, right : str
        The values of the two sides.
    within : str
        The difference that was allowed.
    count : int
        How many values were compared.
    difference : float
        The largest |left − right|, which is not printed.
    wrong : dict
        {name of a wrong version: by how much it misses}.
    """

    number: str
    note: str
    left: str
    right: str
    within: str
    count: int
    difference: float
    wrong: dict


entries = []  # of this process, in order


class LedgerError(AssertionError):
    """An equation does not hold, a wrong version of it does, or the check cannot be made."""


def check(number, lhs, rhs, tol=1e-9, se=None, wrong=None, note="", n_se=4):
    """Print one line when lhs equals rhs, element by element, and raise LedgerError otherwise.

    What held is kept in `entries` too.

    Parameters
    ----------
    number : str
        The equation's number, such as "5.3".
    lhs, rhs : array or number
        Finite real numbers of one shape; a single number is compared with every element of the
        other side.
    tol : float
        The largest absolute difference allowed.
    se : array or number, optional
        The standard error of lhs − rhs, positive, one or one for each element. The difference
        allowed is then n_se · se instead of tol.
    wrong : dict, optional
        {name: value of a wrong version of rhs}. Each must differ from lhs by more than is allowed,
        in one element at least, and no two may be the same; a NaN counts as a miss and is printed
        as what it is.
    note : str
        The equation in words or letters.
    n_se : float
        How many standard errors are allowed.
    """
    if not isinstance(number, str) or not re.fullmatch(r"[0-9]{1,2}\.[0-9]{1,2}", number):
        raise LedgerError(f'number: got {number!r}, wanted a string like "5.3"')
    head = f"({number}) {note}" if note else f"({number})"
    try:
        left, right = _read("left", lhs), _read("right", rhs)
        difference = _distance(left, "right", right)
        allowed, within = _allowed(difference, tol, se, n_se)
        _must_hold(left, right, difference, allowed, within)
        misses = {name: _miss(left, name, value, allowed) for name, value in (wrong or {}).items()}
        _must_differ(wrong or {})
    except (LedgerError, ValueError) as error:
        raise LedgerError(f"{head}: {error}") from None
    small = float(np.max(allowed)) if se is None else 0.0  # what equals 0 within tol prints as 0
    sides = _range(left, 4, small), _range(right, 4, small)
    largest = float(difference.max())
    entries.append(Entry(number, note, *sides, within, difference.size, largest, misses))
    equal = "equal" if difference.size == 1 else f"{difference.size} values equal"
    say(f"{head}: left {sides[0]}, right {sides[1]}; {equal} {within}")
    for name, by in misses.items():
        say(" " * (len(number) + 3) + f"{name}: {by}")


def _read(name, value, finite=True):
    """Real numbers, at least one, as a float64 array."""
    nested = isinstance(value, (list, tuple))
    found = checks.tensor(name, np.asarray(value) if nested else value)
    if found.dtype == torch.bool or not found.numel():
        raise LedgerError(f"{name}: got {value!r}, wanted real numbers")
    found = found.detach().cpu().double().numpy()
    if finite and not np.isfinite(found).all():
        came = f"NaN or infinite values, {_count(~np.isfinite(found))}"
        raise LedgerError(f"{name}: got {came}, wanted finite ones")
    return found


def _distance(left, name, value):
    """|left − value|, where both have the same shape or one of them is a single number."""
    if left.size > 1 and value.size > 1 and left.shape != value.shape:
        raise LedgerError(f"{name}: got shape {value.shape}, wanted {left.shape} as on the left")
    return np.abs(left - value)


def _allowed(difference, tol, se, n_se):
    """The difference that is allowed, an array, and in words."""
    if se is None:
        allowed = _read("tol", tol)
        if allowed.size != 1 or allowed < 0:
            raise LedgerError(f"tol: got {tol!r}, wanted one number ≥ 0")
        return allowed, f"within {float(allowed):g}" if allowed > 0 else "exactly"
    error = _read("se", se)
    if (error <= 0).any() or (error.size > 1 and error.shape != difference.shape):
        raise LedgerError(f"se: got {se!r}, wanted one positive number, or one for each element")
    return _read("n_se", n_se) * error, f"within {n_se:g} standard errors of {_range(error, 2)}"


def _must_hold(left, right, difference, allowed, within):
    """Raise LedgerError, naming the worst element, unless the two sides are equal."""
    over = difference - allowed
    if (over > 0).any():
        worst = np.unravel_index(np.argmax(over), difference.shape)
        at = [np.broadcast_to(side, difference.shape)[worst] for side in (left, right)]
        raise LedgerError(
            f"left {at[0]:.9g} and right {at[1]:.9g} differ by {difference[worst]:.2g}, "
            f"not {within}, in {_count(over > 0)}"
        )


def _miss(left, name, value, allowed):
    """By how much a wrong version misses, in words; LedgerError when it does not."""
    missed = _distance(left, repr(name), _read(repr(name), value, finite=False))
    if np.isnan(missed).any():
        return "gives NaN"
    if not (missed > allowed).any():
        raise LedgerError(f"the wrong version {name!r} passes too, so nothing is shown")
    return f"misses by {_digits(missed.max(), 2)}"


def _must_differ(wrong):
    """Raise LedgerError where two wrong versions are one mistake under two names."""
    values = {name: _read(repr(name), value, finite=False) for name, value in wrong.items()}
    for (one, a), (other, b) in itertools.combinations(values.items(), 2):
        if a.shape == b.shape and np.allclose(a, b, rtol=1e-9, atol=1e-12):
            raise LedgerError(f"the wrong versions {one!r} and {other!r} are the same")


def _count(mask):
    return f"{int(mask.sum())} of {mask.size} values"


def _range(values, digits, small=0.0):
    """The values as "−1.2" or, where they print differently, "−3.1 … −1.2"."""
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
