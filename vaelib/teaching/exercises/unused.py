"""Arguments whose values an answer does not use."""

import numpy as np
import torch

from vaelib.teaching.exercises.comparing import arrays, copied, near
from vaelib.teaching.exercises.running import run

DRAWS = 3


def unused(exercise, answer, inputs):
    """Say which arguments an answer gives the same without, though the reference does not, or "".

    Each argument is changed in turn, on some draws: it is moved, or its rows are exchanged.
    """
    others = exercise.inputs(np.random.default_rng(0))
    names = enumerate(exercise.arguments())
    found = [
        name for i, name in names if _is_unused(exercise, answer, inputs[:DRAWS], i, others[i])
    ]
    return " ".join(f"Another `{name}` gives the same in yours." for name in found)


def _is_unused(exercise, answer, inputs, i, other):
    """Whether argument i has no effect on any draw, and has one in the reference."""
    for given in inputs:
        changed = [*copied(given)]
        changed[i] = _changed(given[i], other)
        wanted = _wanted(exercise, given, changed)
        if _alike(wanted) is not False or not _alike(_values(exercise, answer, given, changed)):
            return False
    return True


def _wanted(exercise, given, changed):
    """What is right on both; None where the reference refuses what was changed."""
    try:
        return [exercise.reference(*copied(each)) for each in (given, changed)]
    except Exception:
        return [None, None]


def _values(exercise, answer, *inputs):
    return [run(answer, copied(given), exercise.seconds).value for given in inputs]


def _alike(values):
    """Whether two results are equal; None where one of them is no array, or not finite."""
    one, other = map(arrays, values)
    if one is None or other is None or not all(np.isfinite(part).all() for part in one):
        return None
    return len(one) == len(other) and near(one, other)


def _changed(part, other):
    """An argument moved, enlarged and mixed; its rows exchanged; or another draw's."""
    if torch.is_tensor(part) and part.is_floating_point():
        moved = 1.3 * part.detach() + 0.1
        moved = moved + 0.2 * part.detach().roll(1, 0) if part.ndim else moved
        return moved.requires_grad_(part.requires_grad)
    if torch.is_tensor(part) and part.ndim:
        return part.roll(1, 0)
    return np.roll(part, 1, 0) if isinstance(part, np.ndarray) and part.ndim else other
