"""Arguments checked in one place: an error says "name: got what came, wanted what is allowed"."""

import math
import warnings
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
    try:
        found = float(value) if isinstance(value, Real) else math.nan
    except OverflowError:
        found = math.inf
    if not (0 < found < math.inf or (zero and found == 0)):
        raise ValueError(f"{name}: got {_shown(value)}, wanted a number {'≥' if zero else '>'} 0")
    return found


def one_of(name, value, choices):
    """`value`, or ValueError unless it is one of the choices, which are words."""
    if not isinstance(value, str) or value not in choices:
        raise ValueError(f"{name}: got {_shown(value)}, wanted one of {', '.join(choices)}")
    return value


def tensor(name, value, dtype=None):
    """Real numbers as a tensor of any shape, or ValueError.

    Parameters
    ----------
    name : str
        What the argument is called, for the error.
    value : tensor, array or nested lists
    dtype : torch.dtype, optional
        Of the result. Without it tensors and arrays keep their own, and Python's floats get
        torch's default.
    """
    found = value
    try:
        if not torch.is_tensor(value):
            found = torch.as_tensor(_native(value))
            if isinstance(value, (list, tuple)) and found.is_floating_point():
                found = found.to(dtype or torch.get_default_dtype())
    except (TypeError, ValueError, RuntimeError, OverflowError):
        found = None
    if found is None or found.is_complex() or not _is_plain(found):
        raise ValueError(f"{name}: got {_shown(value)}, wanted a tensor or an array of numbers")
    return found if dtype is None else found.to(dtype)


def _native(value):
    """Return an array as torch can read it: in C order, writable, in a type that torch has."""
    found = np.require(value, requirements="CW")
    if np.ma.is_masked(value):
        raise ValueError
    if min(found.strides, default=0) < 0:  # of an axis of size 1
        found = found.copy()
    if found.dtype == object:  # of nullable columns, or Fractions
        if not all(isinstance(each, Real) for each in found.flat):
            raise ValueError
        return found.astype(float)
    if found.dtype == np.longdouble:
        return found.astype(float)
    return found.astype(found.dtype.newbyteorder("="), copy=False)


def _is_plain(tensor):
    """Whether a tensor holds its numbers one beside the other: not sparse, quantised or meta."""
    return tensor.layout == torch.strided and not (tensor.is_quantized or tensor.is_meta)


def array(name, value, shape=None, *, dtype=None, finite=True, within=None):
    """Real numbers as a tensor, once their shape and their values are as they should be.

    Parameters
    ----------
    name : str
        What the argument is called, for the errors.
    value : tensor, array or nested lists
    shape : tuple of int, str or None, optional
        For each axis its size, or a letter for any size ≥ 1, or None for any size. Without a
        shape, any shape will do.
    dtype : torch.dtype, optional
        Of the result, as in `tensor`.
    finite : bool
        Refuse NaN and infinity.
    within : (low, high), optional
        The smallest and the largest value allowed.

    Returns
    -------
    Tensor
        On the device where `value` was, with its gradient.

    Raises
    ------
    ValueError
        For anything else, and in the words of this module.
    """
    found = tensor(name, value, dtype)
    if shape is not None and not _fits(found.shape, shape):
        raise ValueError(f"{name}: got shape {tuple(found.shape)}, wanted {_written(shape)}")
    if not found.numel() or not (finite or within):
        return found
    low, high = found.detach().aminmax()  # one pass over the values; a NaN goes through
    if finite and not (low.isfinite() and high.isfinite()):
        raise ValueError(f"{name}: got NaN or infinite values, wanted finite ones")
    if within and not (within[0] <= low and high <= within[1]):
        came = span(low.item(), high.item(), within)
        raise ValueError(
            f"{name}: got values {came}, wanted values in [{within[0]:g}, {within[1]:g}]"
        )
    return found


def span(low, high, within):
    """Return "from low to high", in as many digits as tell the two from the ends of `within`."""

    def sides(value):
        return [(value > end) - (value < end) for end in within]

    def shown(value):
        texts = (f"{value:.{digits}g}" for digits in range(4, 18))
        return next(text for text in texts if sides(float(text)) == sides(value))

    return f"from {shown(low)} to {shown(high)}"


def device(name, value):
    """Return `value` as a torch.device, or raise ValueError unless tensors can live there."""
    try:
        with warnings.catch_warnings(action="ignore"):
            found = torch.device(value)
            float(torch.ones((), device=found))  # a device that PyTorch knows need not be there
    except Exception:  # each kind of device has its own
        there = ["cpu", *(f"cuda:{i}" for i in range(torch.cuda.device_count()))]
        there += ["mps"] * torch.backends.mps.is_available()
        raise ValueError(
            f"{name}: got {value!r}, wanted one that is there: {', '.join(there)}"
        ) from None
    return found


def _fits(sizes, shape):
    """Whether the sizes of a tensor are those of `array`'s shape."""
    return len(sizes) == len(shape) and all(
        want is None or size == want or (isinstance(want, str) and size > 0)
        for size, want in zip(sizes, shape, strict=True)
    )


def _written(shape):
    """The shape as a reader writes it: "(n, 2)", "(3,)"."""
    sizes = ["any" if want is None else str(want) for want in shape]
    return f"({', '.join(sizes)}{',' * (len(sizes) == 1)})"


def _shown(value):
    """Short enough for one line."""
    plain = value is None or isinstance(value, (Real, str))
    return repr(value) if plain else type(value).__name__


# The axes of the covariances, as scikit-learn has them, by type.
COVARIANCES = {"spherical": "K", "diag": "KD", "full": "KDD", "tied": "DD"}
COVARIANCE_TYPES = tuple(COVARIANCES)


def check_type(covariance_type):
    """`covariance_type`, or ValueError unless it is one of the four."""
    return one_of("covariance_type", covariance_type, COVARIANCE_TYPES)


def covariance_shape(covariance_type, n_components, n_features):
    """The shape of the covariances of this type, such as (K, D, D) for "full"."""
    sizes = {"K": n_components, "D": n_features}
    return tuple(sizes[axis] for axis in COVARIANCES[check_type(covariance_type)])


def as_tensor(name, value, shape, within=None):
    """`value` as `array`, in float64 on the CPU; of shape (K, D, D) also symmetric."""
    value = value.cpu() if torch.is_tensor(value) else value  # a device may have no float64
    found = array(name, value, shape, dtype=torch.float64, within=within)
    return check_symmetric(name, found) if found.ndim == 3 else found


def check_symmetric(name, matrices):
    """The matrices (..., D, D), or ValueError unless each equals its transpose."""
    if (matrices - matrices.mT).abs().max() > 1e-8 * matrices.abs().max():
        raise ValueError(f"{name}: got a matrix that is not symmetric, wanted symmetric ones")
    return matrices


def check_weights(name, weights, n_components):
    """Weights as float64 (K,), or ValueError unless they are probabilities that sum to 1."""
    weights = as_tensor(name, weights, (n_components,))
    if weights.min() < 0 or abs(weights.sum() - 1) > 1e-6:
        came = f"minimum {weights.min():.5g}, sum {weights.sum():.7g}"
        raise ValueError(f"{name}: got {came}, wanted probabilities that sum to 1")
    return weights


def check_covariances(name, covariances, covariance_type, n_components, n_features):
    """Covariances, or precisions, of this type in float64; matrices must be symmetric."""
    shape = covariance_shape(covariance_type, n_components, n_features)
    found = as_tensor(name, covariances, shape)
    return check_symmetric(name, found) if covariance_type == "tied" else found


def check_definite(definite):
    """ValueError unless each component's covariance is positive definite; definite (K,) tells."""
    if not definite.all():
        which = (~definite).nonzero()[0].item()
        raise ValueError(
            f"covariances: component {which} of {len(definite)} is not positive definite; "
            "in a fit, use fewer components, more distinct points or a larger reg_covar"
        )


def check_reached(log_p):
    """log p(x) (n,) or log p(x, k) (n, K), or ValueError when a row has no finite one."""
    best = log_p.detach().reshape(len(log_p), -1).amax(1)
    if not best.sum(dtype=torch.float64).isfinite():
        raise ValueError(
            "x: got a row so many standard deviations from each component that the square "
            "overflows; scale the data, or in a fit use a larger reg_covar"
        )
    return log_p


def check_mixture(weights, means, covariances):
    """The parameters of a mixture in float64, or ValueError.

    Parameters
    ----------
    weights, means : array (K,), (K, D)
    covariances : array (K,), (K, D), (K, D, D), or (1, D, D) for all components
    """
    means = as_tensor("means", means, ("K", "D"))
    weights = check_weights("weights", weights, len(means))
    n_axes = min(max(np.ndim(covariances), 1), 3)
    shape = (*means.shape, means.shape[1])[:n_axes]
    if n_axes == 3 and len(covariances) == 1:
        shape = (1, *shape[1:])
    return weights, means, as_tensor("covariances", covariances, shape)
