"""Arguments whose values an answer does not use."""

import numpy as np
import torch

from vaelib.teaching.exercises.comparing import arrays, copied, near
from vaelib.teaching.exercises.running import run


def unused(exercise, answer, given):
    """Say which arguments an answer gives the same without, though the reference does not, or "".

    Each argument is changed in turn: its rows are exchanged, or it is another draw's.
    """
    others = exercise.inputs(np.random.default_rng(0))
    found = []
    for i, name in enumerate(exercise.arguments()):
        changed = [*copied(given)]
        changed[i] = _changed(given[i], others[i])
        wanted = [exercise.reference(*copied(each)) for each in (given, changed)]
        if _alike(wanted) is False and _alike(_values(exercise, answer, given, changed)):
            found.append(f"Another `{name}` gives the same in yours.")
    return " ".join(found)


def _values(exercise, answer, *inputs):
    return [run(answer, copied(given), exercise.seconds).value for given in inputs]


def _alike(values):
    """Whether two results are equal; None where one of them is no array."""
    one, other = map(arrays, values)
    return None if one is None or other is None else len(one) == len(other) and near(one, other)


def _changed(part, other):
    """An argument with its rows mixed, or another draw's."""
    if torch.is_tensor(part) and part.is_floating_point() and part.ndim:
        mixed = 0.7 * part.detach() + 0.3 * part.detach().roll(1, 0)
        return mixed.requires_grad_(part.requires_grad)
    if torch.is_tensor(part) and part.ndim:
        return part.roll(1, 0)
    return np.roll(part, 1, 0) if isinstance(part, np.ndarray) and part.ndim else other
