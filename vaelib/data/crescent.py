"""Points along a crescent: the course's two-dimensional data, whose density is known."""

import numpy as np
import torch
from sklearn.utils import check_random_state


def crescent(n, noise=0.15, random_state=None):
    """Draw n points along three quarters of a circle, and their positions along it.

        t ~ Uniform(-1, 1),   a = ¾ π t,   x = 2 (cos a, sin a) + noise · ε,   ε ~ N(0, I)

    An infinite mixture: each t owns one Gaussian, with density
    p(x) = ½ ∫ N(x; 2 (cos a, sin a), noise² I) dt over [-1, 1].

    Returns `x`, float64 `(n, 2)`, and `t`, float64 `(n,)`; `random_state` as in scikit-learn.
    Raises ValueError when n is not a positive integer, or noise not a finite number ≥ 0.
    """
    if not isinstance(n, int | np.integer) or isinstance(n, bool) or n < 1:
        raise ValueError(f"n must be a positive integer, not {n!r}")
    if not np.isscalar(noise) or not np.isreal(noise) or not 0 <= noise < np.inf:
        raise ValueError(f"noise must be a finite number ≥ 0, not {noise!r}")
    random = check_random_state(random_state)
    t = random.uniform(-1, 1, n)
    a = 0.75 * np.pi * t
    x = 2 * np.stack([np.cos(a), np.sin(a)], axis=1) + noise * random.standard_normal((n, 2))
    return torch.from_numpy(x), torch.from_numpy(t)
