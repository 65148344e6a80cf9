"""What is wrong with a wrong value, in general: each test recognises one way to miss.

A value is compared on several draws of the inputs at once, `pairs` of (got, wanted) arrays, so that
"three times too large" means the same three every time. No sentence contains the wanted value.
"""

import math

import numpy as np

from vaelib.teaching.exercises.shapes import (
    always,
    close,
    one_piece,
    other_shape,
    permuted,
    reduced,
    repeated,
    reshaped,
    transposed,
    turned_round,
    unreduced,
)

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
    np.exp: "That is the exponential of what is wanted: keep the logarithm.",
    np.log: "That is the logarithm of what is wanted.",
    np.square: "That is the square of what is wanted: a variance for a std?",
    np.sqrt: "That is the square root of what is wanted: a std for a variance?",
    np.reciprocal: "That is one over what is wanted.",
    np.abs: "The sizes are right and some signs are not.",
}
LARGEST = 1e300  # a value beyond it stands for infinity


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
    truths = always(pairs, lambda a, b: a.dtype == bool != b.dtype)
    pairs = [(_floating(a), _floating(b)) for a, b in pairs]
    for test in TESTS:
        said = test(pairs, inputs, rtol, atol)
        if said:
            return test.__name__, f"It holds True and False. {said}" if truths else said
    return ("truths", "It holds True and False, where numbers are wanted.") if truths else None


def _floating(a):
    return a if a.dtype.kind == "f" else a.astype(float)


def not_finite(pairs, inputs, rtol, atol):
    """Infinite, or no number, or as large as numbers can be."""
    bad = [a for a, _ in pairs if not np.isfinite(a).all()]
    if bad:
        which = "NaN" if np.isnan(bad[0]).any() else "infinite values"
        return f"It holds {which} for some inputs. What overflows, or what is the logarithm of 0?"
    if any((np.abs(a) > LARGEST).any() and (np.abs(b) < LARGEST).all() for a, b in pairs):
        return "It holds the largest number there is: an infinity in disguise. What overflows?"


def unchanged_input(pairs, inputs, rtol, atol):
    """An argument given back."""
    for i in range(len(inputs[0])):
        if all(close(a, x[i], rtol, atol) for (a, _), x in zip(pairs, inputs, strict=True)):
            return f"It returns its argument number {i + 1} unchanged."


def rounded(pairs, inputs, rtol, atol):
    """Right to the digits of a shorter type."""

    def alike(a, b):
        shorter = a.dtype.itemsize < b.dtype.itemsize and a.dtype.kind == "f"
        return shorter and close(a, b, 1e-3, 1e-4)

    if always(pairs, alike):
        return f"Right to a few digits, but it is {pairs[0][0].dtype}: compute in float64."


def _factor(pairs, rtol, atol):
    """The c for which got = c · wanted in all draws, or None."""
    c = None
    for a, b in pairs:
        if a.shape != b.shape or not (np.abs(b) > 1e-6).any() or not np.isfinite(a).all():
            return None
        found = float((a * b).sum() / (b.astype(float) ** 2).sum())
        c = found if c is None else c
        if abs(found - c) > 1e-4 * abs(c) or not close(a, c * b, max(rtol, 1e-5), max(atol, 1e-7)):
            return None
    return c


def scaled(pairs, inputs, rtol, atol):
    """A constant factor too large, on all draws the same."""
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
        lengths = [float(x[i].shape[j]) for x in inputs]
        for power, word in ((1, "too large"), (-1, "too small")) if min(lengths) > 1 else ():
            scaled = [(a / n**power, b) for (a, b), n in zip(pairs, lengths, strict=True)]
            if always(scaled, lambda a, b: close(a, b, rtol, atol)):
                return (
                    f"It is {word} by the length of axis {j} of argument {i + 1}: "
                    "a sum where a mean belongs, or the other way round?"
                )


def shifted(pairs, inputs, rtol, atol):
    """A constant too large, on all draws the same."""
    shifts = [float(np.mean(a - b)) for a, b in pairs if a.shape == b.shape]
    if len(shifts) < len(pairs) or np.ptp(shifts) >= 1e-6 * (1 + abs(shifts[0])):
        return None
    rtol, atol = max(rtol, 1e-6), max(atol, 1e-7)
    if always(pairs, lambda a, b: close(a - shifts[0], b, rtol, atol)):
        return f"It is off by the same {shifts[0]:.3g} everywhere: a constant was lost or added."


def mapped(pairs, inputs, rtol, atol):
    """A function of what is wanted."""
    for function, sentence in MAPS.items():
        with np.errstate(all="ignore"):
            mapped = [(a, function(b.astype(float))) for a, b in pairs]
        if always(mapped, lambda a, b: close(a, b, rtol, atol)):
            return sentence


TESTS = (
    unchanged_input, transposed, reduced, unreduced, reshaped, repeated, one_piece, permuted,
    other_shape, not_finite, rounded, scaled, sized, shifted, mapped, turned_round,
)  # fmt: skip
