"""Which step of EM suits the data: the plain one of `vaelib.mixture`, or a faster one."""

from functools import partial

import torch

from vaelib.engine.products import Products
from vaelib.engine.screening import AXES, Screen
from vaelib.mixture import em_step

LARGE = (
    2**22
)  # n · K · D, the numbers x_n − μ_k of a step, from which a faster step repays its setup
WIDE = 200  # D above which t(x) is so long that the products are slower than K triangular ones
LARGEST = {torch.float64: 1e150, torch.float32: 1e15}  # data whose squares do not overflow


def step_on(x, n_components, covariance_type, reg_covar, dtype=torch.float64):
    """Choose a step of EM by the size of the data.

    Parameters
    ----------
    x : Tensor, (n, D)
        In float64, centred at its median.
    n_components : int
        K.
    covariance_type : str
    reg_covar : float
        Added to each variance.
    dtype : torch.dtype
        float32 lets a faster step compute in it where that costs at most about 1e-4 nats a point.

    Returns
    -------
    callable
        mixture → (mean of log p(x) under it, the next mixture).
    """
    n_features = x.shape[1]
    plain = partial(em_step, x, covariance_type=covariance_type, reg_covar=reg_covar)
    if x.numel() * n_components < LARGE:
        return plain
    if x.abs().max() > LARGEST[dtype]:
        dtype = torch.float64
    if covariance_type in ("full", "tied") and n_features > WIDE:
        dense = plain
    else:
        dense = Products(x, covariance_type, reg_covar, dtype).em_step
    if covariance_type == "full" and n_features > AXES:
        return Screen(x, reg_covar, dense, dtype).em_step
    return dense
