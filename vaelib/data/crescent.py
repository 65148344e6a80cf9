"""Points along a crescent: the course's two-dimensional data, whose density is known."""

import numpy as np
import torch
from sklearn.utils import check_random_state

from vaelib.checks import number, whole


def crescent(n, noise=0.15, random_state=None):
    """Draw n points along three quarters of a circle, and their positions along it.

        t ~ Uniform(-1, 1),   a = ¾ π t,   x = 2 (cos a, sin a) + noise · ε,   ε ~ N(0, I)

    An infinite mixture: each t owns one Gaussian, with density
    p(x) = ½ ∫ N(x; 2 (cos a, sin a), noise² I) dt over [-1, 1].

    Parameters
    ----------
    n : int
    noise : float
        The standard deviation of x around the circle, ≥ 0.
    random_state : int, RandomState or None
        As in scikit-learn.

    Returns
    -------
    x : Tensor (n, 2), float64
    t : Tensor (n,), float64

    Raises
    ------
    ValueError
        When n is not a whole number ≥ 1, or noise not a finite number ≥ 0.
    """
    n, noise = whole("n", n), number("noise", noise, zero=True)
    random = check_random_state(random_state)
    t = random.uniform(-1, 1, n)
    a = 0.75 * np.pi * t
    x = 2 * np.stack([np.cos(a), np.sin(a)], axis=1) + noise * random.standard_normal((n, 2))
    return torch.from_numpy(x), torch.from_numpy(t)
