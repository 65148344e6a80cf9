"""Ways to miss that concern axes: transposed, summed, repeated, of another shape or order.

Each test takes what `diagnosis.diagnose` does, and returns a sentence or None.
"""

from functools import partial

import numpy as np


def always(pairs, holds):
    """Whether something holds of (got, wanted) on every draw."""
    with np.errstate(all="ignore"):
        return all(holds(a, b) for a, b in pairs)


def close(a, b, rtol, atol):
    """Whether two arrays have one shape, and values as near as that."""
    return a.shape == b.shape and np.allclose(a, b, rtol=rtol, atol=atol)


def transposed(pairs, inputs, rtol, atol):
    """Rows for columns."""
    if always(pairs, lambda a, b: b.ndim > 1 and close(a, b.swapaxes(-1, -2), rtol, atol)):
        return "It is transposed: rows and columns are exchanged."


def reduced(pairs, inputs, rtol, atol):
    """Summed or averaged where the axis should stay."""
    for name, how in (("summed", np.sum), ("averaged", np.mean)):
        for axis in (None, 0, -1):
            less = [(a, how(b, axis=axis)) for a, b in pairs if b.ndim > a.ndim]
            if len(less) == len(pairs) and always(less, lambda a, b: close(a, b, rtol, atol)):
                where = "over everything" if axis is None else f"over axis {axis}"
                return f"It is {name} {where}; the axis should stay."


def unreduced(pairs, inputs, rtol, atol):
    """Not summed or averaged where the axis should go."""
    for name, how in (("sum", np.sum), ("mean", np.mean)):
        for axis in (-1, 0):
            parts = [(a, b) for a, b in pairs if a.ndim > b.ndim and varies(a, axis)]
            less = [(how(a, axis=axis), b) for a, b in parts]
            if len(less) == len(pairs) and always(less, lambda a, b: close(a, b, rtol, atol)):
                return f"The parts are right: what is left to do is a {name} over axis {axis}."


def varies(a, axis):
    """Whether values differ along an axis."""
    return a.size > 0 and np.ptp(a, axis=axis).any()


def reshaped(pairs, inputs, rtol, atol):
    """Right values in another shape."""

    def alike(a, b):
        same_size = a.shape != b.shape and a.size == b.size
        return same_size and close(a.reshape(b.shape), b, rtol, atol)

    if always(pairs, alike):
        a, b = pairs[0]
        return f"The values are right, but their shape is {a.shape}, not {b.shape}."


def repeated(pairs, inputs, rtol, atol):
    """Right values, over and over along a new axis."""

    def alike(a, b, axis):
        longer = a.ndim == b.ndim + 1 and axis < a.ndim and a.shape[axis] > 1
        return longer and close(a.mean(axis), b, rtol, atol) and not varies(a, axis)

    for axis in (0, 1, 2):
        if always(pairs, partial(alike, axis=axis)):
            return f"The values are right, but repeated along axis {axis}, which is not asked for."


def one_piece(pairs, inputs, rtol, atol):
    """The first or last along an axis alone."""

    def alike(a, b, axis, k):
        longer = b.ndim > axis and b.ndim == a.ndim + 1
        return longer and close(a, b.take(k, axis), rtol, atol)

    for axis in (0, 1):
        for k, word in ((0, "first"), (-1, "last")):
            if always(pairs, partial(alike, axis=axis, k=k)):
                return f"That is the {word} along axis {axis} alone; all of them are wanted."


def permuted(pairs, inputs, rtol, atol):
    """Right rows, in another order."""

    def ordered(part):
        rows = part.reshape(len(part), -1)
        return rows[np.lexsort(rows.round(6).T)]

    def alike(a, b):
        return b.ndim > 0 and a.shape == b.shape and close(ordered(a), ordered(b), rtol, atol)

    if always(pairs, alike):
        return "The rows are right, in another order."


def turned_round(pairs, inputs, rtol, atol):
    """The last first."""
    if always(pairs, lambda a, b: b.ndim > 0 and len(b) > 1 and close(a[::-1], b, rtol, atol)):
        return "The order is reversed."


def other_shape(pairs, inputs, rtol, atol):
    """Another shape."""
    a, b = next(((a, b) for a, b in pairs if a.shape != b.shape), (None, None))
    if a is None:
        return None
    left = [k for k in range(a.ndim) if a.shape[:k] + a.shape[k + 1 :] == b.shape]
    if left and len({*a.shape}) == a.ndim:
        said = f"axis {left[0]} is still there. What is to be done over it?"
        return f"The shape is {a.shape}, not {b.shape}: {said}"
    if a.ndim > b.ndim and always(pairs, lambda a, b: a.size > b.size):
        return (
            f"The shape is {a.shape}, not {b.shape}: an axis too many. Is one still to be summed "
            "or picked from, or were two arrays spread against each other for want of [:, None]?"
        )
    return f"The shape is {a.shape}, wanted is {b.shape}."
