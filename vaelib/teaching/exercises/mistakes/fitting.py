"""Which terms of a sum are counted otherwise, whatever often: a least-squares fit."""

import numpy as np

from vaelib.teaching.exercises.comparing import arrays, near
from vaelib.teaching.exercises.mistakes.expressions import times, total
from vaelib.teaching.exercises.mistakes.making import Mutant, where
from vaelib.teaching.exercises.mistakes.places import terms_of
from vaelib.teaching.exercises.mistakes.words import capital, named_part, number, written
from vaelib.teaching.exercises.parts import Kept

LINEAR = 1e-6  # of a value's size: how far the terms' sum may be from it
MOST = 8  # terms of a sum


def counted_otherwise(draws, got, part=None):
    """Return the mutant with a sum whose terms are counted as often as fits an answer, or None.

    Parameters
    ----------
    draws : list of Values
        A formula on each draw of the inputs.
    got : list of tuple
        The answer's arrays on each draw.
    part : int, optional
        Only this one of several values counts.
    """
    formula = draws[0].formula
    for node in formula.homes:
        parts = terms_of(node, formula)
        if 2 <= len(parts) <= MOST:
            found = _found(formula, node, parts, _often(node, parts, draws, got, part))
            if found:
                return found
    return None


def outcome(values, changes):
    """The arrays of a formula with changes, or None where it has no value."""
    try:
        return arrays(values.of(changes))
    except Exception:
        return None


def _often(node, parts, draws, got, part):
    """How often each term of a sum counts in an answer, or None where no numbers fit exactly."""
    rows = []
    for values, answer in zip(draws, got, strict=True):
        shape = (1, times(0.0, Kept(node)))  # a term alone may have fewer axes than the sum
        alone = [outcome(values, {node: total([one, shape])}) for one in parts]
        whole = arrays(values.value)
        for k in range(len(whole)) if part is None else (part,):
            row = _row(alone, whole, answer, k)
            if row is None:
                return None
            rows.append(row)
    matrix, vector = map(np.concatenate, zip(*rows, strict=True))
    if not (np.isfinite(matrix).all() and np.isfinite(vector).all()):
        return None
    often, _, rank, _ = np.linalg.lstsq(matrix, vector)
    fits = rank == len(parts) and near((matrix @ often,), (vector,))
    return np.round(often, 3) if fits else None


def _row(alone, whole, answer, k):
    """The terms' arrays as columns and the answer's, of value k; None where it is not their sum."""
    if any(one is None or one[k].shape != whole[k].shape for one in (*alone, answer)):
        return None
    columns = np.stack([one[k].ravel() for one in alone], 1).astype(float)
    linear = np.allclose(columns.sum(1), whole[k].ravel(), rtol=LINEAR)
    return (columns, answer[k].ravel().astype(float)) if linear else None


def _found(formula, node, parts, often):
    """The mutant whose terms are counted so often, or None where it is none, or no likely one."""
    changed = [] if often is None else [k for k, c in enumerate(often) if abs(c - 1) > 1e-3]
    every = len(changed) == len(parts) > 2
    if not changed or (every and len({*often}) > 1):
        return None
    said = " ".join(_counted(parts, k, float(often[k])) for k in changed)
    weighed = [(sign, times(float(c), term)) for (sign, term), c in zip(parts, often, strict=True)]
    new = {node: total(weighed)}
    return Mutant(new, ("counts",), where(formula, node) + said, written(node))


def _counted(parts, k, often):
    name = capital(named_part(parts, k, sign=parts[k][0]))
    if often == 0:
        return f"{name} is missing."
    if often == -1:
        return f"{name} has the wrong sign."
    return f"{name} counts {number(often)} times."
