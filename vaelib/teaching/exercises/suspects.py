"""On which arguments an unexplained error depends."""

import numpy as np
import torch

from vaelib.teaching.exercises.comparing import arrays, copied
from vaelib.teaching.exercises.running import run


def suspects(exercise, answer, case, k):
    """Say which arguments an answer's error depends on, where these are few, or "".

    Each argument is changed in turn: its rows are exchanged, or mixed, or it is another draw's.
    """
    names = exercise.arguments()
    others = exercise.inputs(np.random.default_rng(0))
    found = []
    before = _error(exercise, answer, case.kept, k)
    for i, name in enumerate(names):
        errors = []
        for other in _changed(case.kept[i], others[i]):
            given = [*copied(case.kept)]
            given[i] = other
            errors.append(_error(exercise, answer, given, k))
        if before is None or any(e is None or e.shape != before.shape for e in errors):
            return ""
        size = 1 + np.abs(before).max(initial=0)
        if not all(np.allclose(e, before, rtol=1e-5, atol=1e-7 * size) for e in errors):
            found.append(name)
    if 0 < 2 * len(found) <= len(names):
        return f"What is wrong depends on {' and '.join(found)} alone: the rest may be right."
    return ""


def _changed(part, other):
    """An argument in other ways: its rows exchanged, and mixed, or another draw's."""
    if torch.is_tensor(part) and part.ndim:
        turned = part.detach().roll(1, 0)
        mixed = [0.8 * part.detach() + 0.2 * turned] if part.is_floating_point() else []
        return [one.requires_grad_(part.requires_grad) for one in (turned, *mixed)]
    return [np.roll(part, 1, 0) if isinstance(part, np.ndarray) and part.ndim else other]


def _error(exercise, answer, given, k):
    """Answer less reference, of one value, or None."""
    done = run(answer, copied(given), exercise.seconds)
    try:
        got = arrays(done.value)[k].astype(float)
        wanted = arrays(exercise.reference(*copied(given)))[k]
        return got - wanted if got.shape == wanted.shape else None
    except Exception:
        return None
