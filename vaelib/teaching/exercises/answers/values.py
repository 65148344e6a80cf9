"""What a value in a reader's function may be taken for, and the change that would mend it.

Each generator yields (change, sentence); "{}" in a sentence is the source of the place. It says
what is wrong, and not the cure.
"""

import math
import operator

import numpy as np
import torch


def is_floats(value):
    """Whether it is a float, or an array of floats."""
    if torch.is_tensor(value):
        return value.is_floating_point()
    return isinstance(value, float) or (isinstance(value, np.ndarray) and value.dtype.kind == "f")


def is_array(value):
    """Whether it is an array of any kind."""
    return torch.is_tensor(value) or isinstance(value, np.ndarray)


def exp(a):
    """The exponential of a tensor, an array or a number."""
    return torch.exp(a) if torch.is_tensor(a) else np.exp(a)


def log(a):
    """Its logarithm."""
    return torch.log(a) if torch.is_tensor(a) else np.log(a)


LARGE = 100  # beyond it, to normalise would mend an underflow
MAPS = (
    (operator.neg, "{} has the wrong sign."),
    (lambda a: 2 * a, "{} is half of what belongs there."),
    (lambda a: a / 2, "{} is twice what belongs there."),
    (lambda a: a**2, "{} is the square root of what belongs there."),
    (lambda a: a**0.5, "{} is the square of what belongs there."),
    (log, "{} is the exponential of what belongs there."),
    (exp, "{} is the logarithm of what belongs there."),
    (lambda a: 1 / a, "{} is one over what belongs there."),
    (lambda a: 1 - a, "{} is 1 − what belongs there."),
    (lambda a: a - 1, "{} is too large by 1."),
    (lambda a: a + 1, "{} is too small by 1."),
    (lambda a: exp(a / 2), "{} is a log-variance where a standard deviation belongs."),
    (lambda a: exp(-a), "{} is minus the logarithm of what belongs there."),
    (lambda a: exp(-a / 2), "{} is a log-variance where one over a standard deviation belongs."),
    (lambda a: 2 * log(a), "{} is a standard deviation where a log-variance belongs."),
    (lambda a: log(a) / 2, "{} is a variance where the logarithm of a standard deviation belongs."),
    (lambda a: 1 / a**2, "{} is a standard deviation where a precision belongs."),
    (lambda a: a**-0.5, "{} is a variance where one over a standard deviation belongs."),
    (lambda a: 4 * a, "{} is a quarter of what belongs there."),
    (lambda a: a / 4, "{} is four times what belongs there."),
    (lambda a: a * math.sqrt(2), "{} is too small by a factor √2."),
    (lambda a: a / math.sqrt(2), "{} is too large by a factor √2."),
    (lambda a: a * math.pi, "{} is too small by a factor π."),
    (lambda a: a / math.pi, "{} is too large by a factor π."),
    (abs, "{} has the wrong sign on some inputs."),
    (lambda a: a * math.log(2), "{} is in bits, to base 2."),
)  # fmt: skip
SCALES = [change for change, _ in MAPS[:3]]  # the sign, twice, half


def along_axes(value):
    """A sum, a mean, an order, a shift along an axis, or another shape."""
    shape = tuple(value.shape) if is_array(value) else ()
    if is_floats(value):
        for axis in range(len(shape)):
            yield from _along(value, axis, shape[axis])
        if len(shape) > 1:
            yield (lambda a: a.swapaxes(-1, -2)), "{} has its last two axes the wrong way round."
            yield (lambda a: a.sum()), "{} is not summed over all its axes."
            yield (lambda a: a.mean()), "{} is not averaged over all its axes."
    elif torch.is_tensor(value) and value.dtype == torch.bool:
        yield torch.logical_not, "{} is true where it should be false."
    elif is_array(value) and shape:
        yield (lambda a: a + 1), "{} is too small by 1."
        yield (lambda a: a - 1), "{} is too large by 1."
        yield (lambda a: a.sum()), "{} is not summed."


def _along(value, k, length):
    """Changes along axis k."""
    if length == 1:
        yield (lambda a: a.squeeze(k)), f"{{}} has an axis {k} too many, of length 1."
        return
    yield (lambda a: a.sum(k)), f"{{}} is not summed over its axis {k}."
    yield (lambda a: a.mean(k)), f"{{}} is not averaged over its axis {k}."
    yield (lambda a: a.sum(k, keepdims=True)), f"{{}} is not summed over its axis {k}."
    yield (lambda a: a.mean(k, keepdims=True)), f"{{}} is not averaged over its axis {k}."
    yield (lambda a: a / a.sum(k, keepdims=True)), f"{{}} does not sum to 1 over its axis {k}."
    if torch.is_tensor(value):
        if abs(value).max() < LARGE:
            yield (lambda a: a.log_softmax(k)), f"exp of {{}} does not sum to 1 over its axis {k}."
            yield (lambda a: a.softmax(k)), f"{{}} is not yet normalised over its axis {k}."
        yield (lambda a: a.flip(k)), f"{{}} runs the wrong way along its axis {k}."
        yield (lambda a: a.roll(1, k)), f"{{}} is off by one place along its axis {k}."
        yield (lambda a: a.roll(-1, k)), f"{{}} is off by one place along its axis {k}."
        yield (lambda a: a.cumsum(k)), f"{{}} lacks a running sum along its axis {k}."
        yield (lambda a: a.unsqueeze(k)), "{} lacks an axis, and is spread over the wrong one."
        yield (lambda a: a.sort(k).values), f"{{}} is not in order along its axis {k}."


def of_number(value, factor):
    """Another constant; no 0 for a factor or a power, which would undo what it goes with."""
    if isinstance(value, bool):
        yield (lambda _: not value), "{} is the wrong choice."
    elif isinstance(value, (int, float)):
        others = [-value] if factor else [value - 1, value + 1] if isinstance(value, int) else []
        others += [1, -1, 2, -2, value + 1, value - 1, 2 * value, value / 2, 0.5, 3, -value]
        others += [1 / value] if value else []
        others += [value**2] if abs(value) < LARGE else []  # it may be the length of an array
        for other in dict.fromkeys(others):
            if other != value and (other or not factor):
                whole = isinstance(value, int) and other == int(other)
                yield _always(int(other) if whole else other), _number_said(value, other)
    elif value is None:
        yield from ((_always(axis), "None is the wrong choice.") for axis in (0, 1, -1))


def _always(value):
    return lambda _: value


def _number_said(value, other):
    if other == -value:
        return "the number {} has the wrong sign."
    return f"the number {{}} is {'too large' if value > other else 'too small'}."


def forms_of(values):
    """Some values, and their logarithms, exponentials and so on."""
    if all(map(is_floats, values)):
        yield values
        for change in (operator.neg, exp, log, lambda a: a * a, lambda a: 1 - a, lambda a: 1 / a):
            yield [change(value) for value in values]
