"""What is wrong with a wrong value, in general: each test recognises one way to miss.

A value is compared on several draws of the inputs at once, `pairs` of (got, wanted) arrays, so that
"three times too large" means the same three every time. No sentence contains the wanted value.
"""

import math

import numpy as np
import torch

from vaelib.teaching.exercises.comparing import arrays, copied
from vaelib.teaching.exercises.running import run

FACTORS = {
    -1.0: "The sign is wrong everywhere.",
    0.5: "It is half of what it should be everywhere: a ½ too many?",
    2.0: "It is twice what it should be everywhere: was a ½ lost?",
    -0.5: "It is half of what it should be, and the sign is wrong.",
    -2.0: "It is twice what it should be, and the sign is wrong.",
    1 / math.log(2): "It is in bits: take natural logarithms, for nats.",
    math.log(2): "It is too small by a factor log 2: natural logarithms give nats.",
}
MAPS = {
    "its exponential": (np.exp, "That is the exponential of what is wanted: keep the logarithm."),
    "its logarithm": (np.log, "That is the logarithm of what is wanted."),
    "its square": (np.square, "That is the square of what is wanted: a variance for a std?"),
    "its root": (np.sqrt, "That is the square root of what is wanted: a std for a variance?"),
    "its inverse": (np.reciprocal, "That is one over what is wanted."),
    "its size": (np.abs, "The sizes are right and some signs are not."),
}


def diagnose(pairs, inputs, rtol, atol):
    """Return the name of a way to miss and a sentence on it, or None where no test recognises it.

    Parameters
    ----------
    pairs : list of (got, wanted)
        Arrays, for each draw of the inputs.
    inputs : list of tuple
        The arguments' arrays of each draw.
    rtol, atol : float
        How near two values must be to count as equal.
    """
    truths = _all(pairs, lambda a, b: a.dtype == bool != b.dtype)
    pairs = [tuple(part if part.dtype.kind == "f" else part.astype(float) for part in pair)
             for pair in pairs]  # fmt: skip
    for test in TESTS:
        said = test(pairs, inputs, rtol, atol)
        if said:
            return test.__name__, f"It holds True and False. {said}" if truths else said
    return ("truths", "It holds True and False, where numbers are wanted.") if truths else None


def suspects(exercise, answer, case, k):
    """Say which arguments an answer's error depends on, where it does not depend on all, or "".

    Each argument's rows are exchanged in turn, or it is taken from another draw.
    """
    names = exercise.arguments()
    others = exercise.inputs(np.random.default_rng(0))
    found = []
    for i, name in enumerate(names):
        given = [*copied(case.kept)]
        given[i] = _moved(given[i], others[i])
        error = _error(exercise, answer, given, k)
        before = _error(exercise, answer, case.kept, k)
        if error is None or before is None or error.shape != before.shape:
            return ""
        if not np.allclose(
            error, before, rtol=1e-5, atol=1e-7 * (1 + np.abs(before).max(initial=0))
        ):
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


def _all(pairs, holds):
    with np.errstate(all="ignore"):
        return all(holds(a, b) for a, b in pairs)


def _near(a, b, rtol, atol):
    return a.shape == b.shape and np.allclose(a, b, rtol=rtol, atol=atol)


def transposed(pairs, inputs, rtol, atol):
    if _all(pairs, lambda a, b: b.ndim > 1 and _near(a, b.swapaxes(-1, -2), rtol, atol)):
        return "It is transposed: rows and columns are exchanged."


def reduced(pairs, inputs, rtol, atol):
    """Summed or averaged where one value per row is wanted, or the other way round."""
    for name, how in (("summed", np.sum), ("averaged", np.mean)):
        for axis in (None, 0, -1):
            where = "over everything" if axis is None else f"over axis {axis}"
            reduced = [(a, how(b, axis=axis)) for a, b in pairs if b.ndim > a.ndim]
            if len(reduced) == len(pairs) and _all(reduced, lambda a, b: _near(a, b, rtol, atol)):
                return f"It is {name} {where}; the axis should stay."


def unreduced(pairs, inputs, rtol, atol):
    for name, how in (("sum", np.sum), ("mean", np.mean)):
        for axis in (-1, 0):
            reduced = [
                (how(a, axis=axis), b)
                for a, b in pairs
                if a.ndim > b.ndim and a.size and np.ptp(a, axis=axis).any()
            ]
            if len(reduced) == len(pairs) and _all(reduced, lambda a, b: _near(a, b, rtol, atol)):
                return f"The parts are right: what is left to do is a {name} over axis {axis}."


def reshaped(pairs, inputs, rtol, atol):
    """Right values in another shape."""
    if _all(pairs, lambda a, b: a.shape != b.shape and a.size == b.size
            and _near(a.reshape(b.shape), b, rtol, atol)):  # fmt: skip
        a, b = pairs[0]
        return f"The values are right, but their shape is {a.shape}, not {b.shape}."


def repeated(pairs, inputs, rtol, atol):
    """Right values, over and over along a new axis."""
    for axis in (0, 1, 2):
        if _all(pairs, lambda a, b: a.ndim == b.ndim + 1 and axis < a.ndim and a.shape[axis] > 1
                and _near(a.mean(axis), b, rtol, atol) and not np.ptp(a, axis=axis).any()):  # fmt: skip
            return f"The values are right, but repeated along axis {axis}, which is not asked for."


def one_piece(pairs, inputs, rtol, atol):
    """The first or last along an axis alone."""
    for axis in (0, 1):
        for k, word in ((0, "first"), (-1, "last")):
            if _all(pairs, lambda a, b: b.ndim > axis and b.ndim == a.ndim + 1
                    and _near(a, b.take(k, axis), rtol, atol)):  # fmt: skip
                return f"That is the {word} along axis {axis} alone; all of them are wanted."


def permuted(pairs, inputs, rtol, atol):
    """Right rows, in another order."""

    def ordered(part):
        rows = part.reshape(len(part), -1)
        return rows[np.lexsort(rows.round(6).T)]

    if _all(pairs, lambda a, b: b.ndim > 0 and a.shape == b.shape
            and _near(ordered(a), ordered(b), rtol, atol)):  # fmt: skip
        return "The rows are right, in another order."


def other_shape(pairs, inputs, rtol, atol):
    """Another shape, often by broadcasting."""
    a, b = next(((a, b) for a, b in pairs if a.shape != b.shape), (None, None))
    if a is None:
        return None
    if a.ndim > b.ndim and _all(pairs, lambda a, b: a.size > b.size):
        return (
            f"The shape is {a.shape}, not {b.shape}: two arrays were probably broadcast against "
            "each other. Which axis should have been summed, or kept with [:, None]?"
        )
    return f"The shape is {a.shape}, wanted is {b.shape}."


def not_finite(pairs, inputs, rtol, atol):
    bad = [a for a, _ in pairs if not np.isfinite(a).all()]
    if not bad and any((np.abs(a) > 1e300).any() and (np.abs(b) < 1e300).all() for a, b in pairs):
        return "It holds the largest number there is: an infinity in disguise. What overflows?"
    if bad:
        which = "NaN" if np.isnan(bad[0]).any() else "infinite values"
        return f"It holds {which} for some inputs. What overflows, or what is the logarithm of 0?"


def unchanged_input(pairs, inputs, rtol, atol):
    for i in range(len(inputs[0])):
        if all(_near(a, x[i], rtol, atol) for (a, _), x in zip(pairs, inputs, strict=True)):
            return f"It returns its argument number {i + 1} unchanged."


def rounded(pairs, inputs, rtol, atol):
    if _all(pairs, lambda a, b: a.dtype.itemsize < b.dtype.itemsize and a.dtype.kind == "f"
            and _near(a, b, 1e-3, 1e-4)):  # fmt: skip
        return f"Right to a few digits, but it is {pairs[0][0].dtype}: compute in float64."


def _factor(pairs, rtol, atol):
    """The c for which got = c · wanted in all draws, or None."""
    c = None
    for a, b in pairs:
        if a.shape != b.shape or not (np.abs(b) > 1e-6).any() or not np.isfinite(a).all():
            return None
        found = float((a * b).sum() / (b.astype(float) ** 2).sum())
        c = found if c is None else c
        if abs(found - c) > 1e-4 * abs(c) or not _near(a, c * b, max(rtol, 1e-5), max(atol, 1e-7)):
            return None
    return c


def scaled(pairs, inputs, rtol, atol):
    c = _factor(pairs, rtol, atol)
    if c is None or c == 0:
        return None
    for factor, sentence in FACTORS.items():
        if math.isclose(c, factor, rel_tol=1e-3):
            return sentence
    return f"It is {c:.3g} times what it should be, for all inputs: a constant factor is wrong."


def sized(pairs, inputs, rtol, atol):
    """Off by the length of an axis of some argument, which differs from draw to draw."""
    axes = {(i, j) for x in inputs for i, part in enumerate(x) for j in range(part.ndim)}
    for i, j in sorted(axes):
        for power, word in ((1, "too large"), (-1, "too small")):
            divided = [(a / float(x[i].shape[j]) ** power, b)
                       for (a, b), x in zip(pairs, inputs, strict=True)]  # fmt: skip
            if all(x[i].shape[j] > 1 for x in inputs) and _all(
                divided, lambda a, b: _near(a, b, rtol, atol)
            ):
                return (
                    f"It is {word} by the length of axis {j} of argument {i + 1}: "
                    "a sum where a mean belongs, or the other way round?"
                )


def shifted(pairs, inputs, rtol, atol):
    shifts = [float(np.mean(a - b)) for a, b in pairs if a.shape == b.shape]
    if len(shifts) == len(pairs) and np.ptp(shifts) < 1e-6 * (1 + abs(shifts[0])) and _all(
        pairs, lambda a, b: _near(a - shifts[0], b, max(rtol, 1e-6), max(atol, 1e-7))
    ):  # fmt: skip
        return f"It is off by the same {shifts[0]:.3g} everywhere: a constant was lost or added."


def mapped(pairs, inputs, rtol, atol):
    for function, sentence in MAPS.values():
        with np.errstate(all="ignore"):
            mapped = [(a, function(b.astype(float))) for a, b in pairs]
        if _all(mapped, lambda a, b: _near(a, b, rtol, atol)):
            return sentence


def turned_round(pairs, inputs, rtol, atol):
    if _all(pairs, lambda a, b: b.ndim > 0 and b.shape[0] > 1 and _near(a[::-1], b, rtol, atol)):
        return "The order is reversed."


TESTS = (unchanged_input, transposed, reduced, unreduced, reshaped, repeated, one_piece, permuted, other_shape, not_finite, rounded,
         scaled, sized, shifted, mapped, turned_round)  # fmt: skip
