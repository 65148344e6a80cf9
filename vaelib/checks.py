"""Arguments checked in one place: an error names the argument, what came, and what was wanted."""

import math
from numbers import Integral, Real

import numpy as np
import torch


def whole(name, value, least=1):
    """`value` as an int (NumPy's whole numbers too), or ValueError unless it is ≥ least."""
    if isinstance(value, bool) or not isinstance(value, Integral) or value < least:
        raise ValueError(f"{name}: got {_shown(value)}, wanted a whole number ≥ {least}")
    return int(value)


def number(name, value, *, zero=False):
    """`value` as a float, or ValueError unless it is finite and > 0 (≥ 0 with zero=True)."""
    if not isinstance(value, Real) or not (0 < value < math.inf or (zero and value == 0)):
        raise ValueError(f"{name}: got {_shown(value)}, wanted a number {'≥' if zero else '>'} 0")
    return float(value)


def tensor(name, value):
    """Numbers in a tensor, an array or nested lists as a tensor of any shape, or ValueError."""
    if torch.is_tensor(value) and not value.is_complex():
        return value
    try:
        nested = isinstance(value, (list, tuple))
        found = torch.as_tensor(value if nested else np.require(value, requirements="CW"))
    except (TypeError, ValueError, RuntimeError):
        found = None
    if found is None or found.is_complex():
        raise ValueError(f"{name}: got {_shown(value)}, wanted a tensor or an array of numbers")
    return found


def _shown(value):
    """Short enough for one line."""
    plain = value is None or isinstance(value, (Real, str))
    return repr(value) if plain else type(value).__name__
