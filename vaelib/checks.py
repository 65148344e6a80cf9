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


COVARIANCE_TYPES = ("spherical", "diag", "full")  # in the order of their covariances' dimensions


def check_type(covariance_type):
    if covariance_type not in COVARIANCE_TYPES:
        raise ValueError(f"covariance_type: got {covariance_type!r}, wanted {COVARIANCE_TYPES}")


def covariance_shape(covariance_type, n_components, n_features):
    check_type(covariance_type)
    return (n_components, n_features, n_features)[: COVARIANCE_TYPES.index(covariance_type) + 1]


def as_tensor(name, value, shape):
    """`value` in float64, of this shape (a letter is any size from 1), symmetric if (K, D, D)."""
    wanted = f"({', '.join(map(str, shape))}{',' * (len(shape) == 1)})"
    try:
        tensor = torch.as_tensor(value if torch.is_tensor(value) else np.array(value, float))
    except (TypeError, ValueError):
        raise ValueError(f"{name}: got {type(value).__name__}, wanted numbers {wanted}") from None
    pairs = zip(tensor.shape, shape, strict=False)
    fits = [size == want or (isinstance(want, str) and size > 0) for size, want in pairs]
    if tensor.ndim != len(shape) or not all(fits):
        raise ValueError(f"{name}: got shape {tuple(tensor.shape)}, wanted {wanted}")
    if not tensor.isfinite().all():
        raise ValueError(f"{name}: got NaN or infinity, wanted finite numbers")
    if tensor.ndim == 3 and (tensor - tensor.mT).abs().max() > 1e-8 * tensor.abs().max():
        raise ValueError(f"{name}: got a matrix that is not symmetric, wanted symmetric ones")
    return tensor.to("cpu", torch.float64)


def check_weights(name, weights, n_components):
    weights = as_tensor(name, weights, (n_components,))
    if weights.min() < 0 or abs(weights.sum() - 1) > 1e-6:
        came = f"minimum {weights.min():.5g}, sum {weights.sum():.7g}"
        raise ValueError(f"{name}: got {came}, wanted probabilities that sum to 1")
    return weights


def check_mixture(weights, means, covariances, covariance_type=None):
    """The parameters as float64 tensors; covariance_type None: as the covariances' shape tells."""
    means = as_tensor("means", means, ("K", "D"))
    weights = check_weights("weights", weights, len(means))
    if covariance_type is None:
        covariance_type = COVARIANCE_TYPES[min(max(np.ndim(covariances), 1), 3) - 1]
    shape = covariance_shape(covariance_type, *means.shape)
    return weights, means, as_tensor("covariances", covariances, shape)
