"""Values of any kind as arrays, how far two of them are apart, and their kind in words."""

import copy
from contextlib import suppress
from decimal import Decimal
from numbers import Number, Real

import numpy as np
import torch

EXACT = 1e-6  # of a value's size: equal, for two ways to compute in float64
ROUNDED = 2e-4  # float32 inside, or a small stabiliser
SMALL = 1e-3  # no size is taken to be less
LARGEST = 10_000_000  # values in one array; no exercise asks for a thousandth of it
SHOWN = 6  # values side by side
MOST = 1000  # arrays in a tuple or list


def arrays(value):
    """Return the value's parts as a tuple of arrays of real numbers, or None for anything else."""
    parts = value if isinstance(value, (tuple, list)) else (value,)
    if len(parts) > MOST:
        return None
    found = tuple(map(_array, parts))
    return None if any(part is None for part in found) else found


def _array(part):
    """The part as an array of real numbers, or None."""
    if torch.is_tensor(part):
        try:
            part = part.detach().cpu().resolve_conj().resolve_neg().numpy()
        except Exception:  # bfloat16, sparse, meta, quantised, nested: NumPy has no such arrays
            return None
    if not isinstance(part, (np.ndarray, Number, np.generic)):
        return None
    found = np.asarray(part)
    if found.dtype == object and isinstance(part, (Real, Decimal)):  # a fraction, or 10**20
        with suppress(OverflowError):
            found = np.asarray(float(part))
    return found if found.dtype.kind in "fiub" and found.size <= LARGEST else None


def gap(got, wanted):
    """By how much two tuples of arrays differ, in units of their size; infinity for other shapes.

    An element's size is its own or, where it happens to be small, the array's typical one. What is
    not finite must be the same on both sides, and whole numbers are equal or not.
    """
    if len(got) != len(wanted):
        return np.inf
    return max((_gap(a, b) for a, b in zip(got, wanted, strict=True)), default=0.0)


def _gap(a, b):
    """The gap of two arrays."""
    if a.shape != b.shape:
        return np.inf
    if b.dtype.kind != "f":
        return 0.0 if np.array_equal(a, b) else np.inf
    finite = np.isfinite(b)
    equal = (a == b) | (np.isnan(a) & np.isnan(b))
    if not (np.array_equal(finite, np.isfinite(a)) and (finite | equal).all()):
        return np.inf
    if not finite.any():
        return 0.0
    a, b = a[finite].astype(float), b[finite].astype(float)
    sizes = np.abs(b)
    return float((np.abs(a - b) / np.maximum(sizes, max(np.median(sizes), SMALL))).max())


def near(got, wanted, within=EXACT):
    """Whether two tuples of arrays are equal within a share of their size."""
    return all(map(_alike, got, wanted)) and gap(got, wanted) <= within


def _alike(a, b):
    """Whether shapes and first elements do not tell at once that two arrays differ."""
    if a.shape != b.shape:
        return False
    if a.size == 0 or b.dtype.kind != "f":
        return True
    one, other = float(a.flat[0]), float(b.flat[0])
    return not abs(one - other) > 0.1 * max(float(np.abs(b).max()), SMALL)


def same(a, b):
    """Whether two arguments are equal, bit by bit."""
    return len(a) == len(b) and all(map(np.array_equal, a, b))


def copied(inputs):
    """Return a copy of each argument; a tensor that asks for a gradient goes on asking."""
    return tuple(
        part.detach().clone().requires_grad_(part.requires_grad)
        if torch.is_tensor(part)
        else copy.deepcopy(part)
        for part in inputs
    )


def kind(value):
    """Return the value's type and shape in words."""
    if isinstance(value, (tuple, list)):
        within = f" ({', '.join(map(_kind, value))})" if 0 < len(value) <= 6 else ""
        return f"{len(value)} value{'s' * (len(value) != 1)}{within}"
    return _kind(value)


def _kind(value):
    if torch.is_tensor(value):
        return _kind_of_tensor(value)
    if isinstance(value, np.ndarray):
        form = f"shape {value.shape}"
        return form if value.dtype.kind in "fiub" else f"{form} of {value.dtype} values"
    if isinstance(value, (bool, np.bool_)):
        return str(value)
    if isinstance(value, Number):
        if isinstance(value, int) and _array(value) is None:
            return "a number too large for any float"
        return "a number" if _array(value) is not None else f"a {type(value).__name__} number"
    return "nothing (None)" if value is None else f"a {type(value).__name__}"


def _kind_of_tensor(value):
    if value.is_nested:
        return "a nested tensor"
    form = f"shape {tuple(value.shape)}"
    if value.is_meta:
        return f"{form} on the device meta, which has no values"
    if value.layout != torch.strided:
        return f"{form}, stored sparsely"
    if _array(value) is None and value.numel() <= LARGEST:
        return f"{form} of {str(value.dtype).removeprefix('torch.')} values"
    return form


def side_by_side(got, wanted):
    """Return two tuples of arrays as a table: each array's shape, and its first values."""
    lines = []
    for k, (a, b) in enumerate(zip(got, wanted, strict=False), 1):
        which = f"value {k}, " if len(got) > 1 else ""
        lines += [f"    {which}shape {a.shape}, wanted {b.shape}", "         yours       right"]
        pairs = zip(a.ravel()[:SHOWN], b.ravel()[:SHOWN], strict=False)
        lines += [f"    {one:11.5g} {two:11.5g}" for one, two in pairs]
        lines += ["            …           …"] if max(a.size, b.size) > SHOWN else []
    return "\n".join(lines)
