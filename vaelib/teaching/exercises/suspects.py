"""On which arguments an unexplained error depends."""

import numpy as np
import torch

from vaelib.teaching.exercises.comparing import arrays, copied
from vaelib.teaching.exercises.running import run


def suspects(exercise, answer, case, k):
    """Say which arguments an answer's error depends on, where it does not depend on all, or "".

    Each argument's rows are exchanged in turn, or it is taken from another draw.
    """
    names = exercise.arguments()
    others = exercise.inputs(np.random.default_rng(0))
    found = []
    before = _error(exercise, answer, case.kept, k)
    for i, name in enumerate(names):
        given = [*copied(case.kept)]
        given[i] = _moved(given[i], others[i])
        error = _error(exercise, answer, given, k)
        if error is None or before is None or error.shape != before.shape:
            return ""
        size = 1 + np.abs(before).max(initial=0)
        if not np.allclose(error, before, rtol=1e-5, atol=1e-7 * size):
            found.append(name)
    if 0 < len(found) < len(names):
        return f"What is wrong depends on {' and '.join(found)} alone: the rest may be right."
    return ""


def _moved(part, other):
    """The argument with its first axis turned by one, or another draw's."""
    if torch.is_tensor(part) and part.ndim:
        return part.detach().roll(1, 0).requires_grad_(part.requires_grad)
    return np.roll(part, 1, 0) if isinstance(part, np.ndarray) and part.ndim else other


def _error(exercise, answer, given, k):
    """Answer less reference, of one value, or None."""
    done = run(answer, copied(given), exercise.seconds)
    try:
        got = arrays(done.value)[k].astype(float)
        wanted = arrays(exercise.reference(*copied(given)))[k]
        return got - wanted if got.shape == wanted.shape else None
    except Exception:
        return None
