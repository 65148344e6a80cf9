"""Another number in one place: a factor, a summand or a power, solved from an answer's values."""

import ast

import numpy as np

from vaelib.teaching.exercises.comparing import near
from vaelib.teaching.exercises.mistakes.expressions import joined, times
from vaelib.teaching.exercises.mistakes.fitting import outcome
from vaelib.teaching.exercises.mistakes.making import Mutant, where
from vaelib.teaching.exercises.mistakes.places import is_real
from vaelib.teaching.exercises.mistakes.words import capital, named, written
from vaelib.teaching.exercises.parts import Argument, Kept, Local

STEPS = 12  # of the secant method
PLACES = Argument, Local, ast.Call, ast.BinOp
FAMILIES = {
    "counts {} times.": (1.0, lambda node, c: times(c, Kept(node))),
    "is too large by {}.": (0.0, lambda node, c: joined(Kept(node), ast.Add, c)),
    "is taken to the power {}.": (1.0, lambda node, c: joined(Kept(node), ast.Pow, c)),
}


def another_number(draws, got, part=None, sums=True):
    """Return the mutant with one other number that fits an answer on all draws, or None.

    Parameters
    ----------
    draws : list of Values
        A formula on each draw of the inputs.
    got : list of tuple
        The answer's arrays on each draw.
    part : int, optional
        Only this one of several values counts.
    sums : bool
        Whether a summand may be another one.
    """
    formula = draws[0].formula
    for node in formula.homes:
        if isinstance(node, PLACES) and is_real(draws[0].part(node)):
            for words, (usual, change) in FAMILIES.items():
                if not (usual or sums):
                    continue
                c = _solved(draws[0], got[0], part, usual, lambda c, f=change, n=node: {n: f(n, c)})
                if c is not None and abs(c - usual) > 1e-3:
                    new = {node: change(node, c)}
                    if all(map(near, *_chosen(draws, got, part, new))):
                        said = f"{capital(named(node, kind='value'))} {words.format(_shown(c))}"
                        return Mutant(new, ("number",), where(formula, node) + said, written(node))
    return None


def _solved(values, answer, part, usual, change):
    """The number with which the most sensitive element is the answer's, or None: secants."""
    old, new = usual, usual + 0.01
    first, then = (_flat(outcome(values, change(c)), part) for c in (old, new))
    wanted = _flat(answer, part)
    if first is None or then is None or not len(wanted) == len(first) == len(then):
        return None
    slopes = np.abs(then - first) / (1 + np.abs(wanted))
    if not np.isfinite(slopes).any() or not np.nanmax(slopes) > 0:
        return None
    k = int(np.nanargmax(slopes))
    before, now = first[k] - wanted[k], then[k] - wanted[k]
    for _ in range(STEPS):
        if now == before or not np.isfinite(now):
            return None
        old, new, before = new, new - now * (new - old) / (now - before), now
        made = _flat(outcome(values, change(float(new))), part)
        if made is None:
            return None
        now = made[k] - wanted[k]
        if abs(now) <= 1e-9 * (1 + abs(wanted[k])):
            return float(new)
    return None


def _flat(arrays, part):
    """All elements in one array, of one part or of all."""
    if arrays is None:
        return None
    chosen = arrays if part is None else arrays[part : part + 1]
    return np.concatenate([one.ravel().astype(float) for one in chosen]) if chosen else None


def _chosen(draws, got, part, changes):
    """The mutant's and the answer's values on each draw, of one part or of all."""
    made = [outcome(values, changes) or () for values in draws]
    if part is None:
        return made, got
    return [[one[part : part + 1] for one in side] for side in (made, got)]


def _shown(c):
    """A number with three digits, and a typographic minus."""
    return f"{c:.3g}".replace("-", "−")
