"""The gradient of E_q f(z) on a line, estimated by a draw's height and by its slope, and exactly.

    ∇ E_q f(z) = E_q[(f(z) − b) ∇ log q(z)] = E_ε[f′(m + √v ε) ∂z/∂φ],    q = N(m, v)

Equations (6.2) and (6.3) of lesson 06, for φ = m or log v. At a jump of f (6.3) does not hold, for
f′ misses it. What is exact is an integral over ε.
"""

from functools import cache
from typing import NamedTuple

import numpy as np

CURVES = {  # f and its slope
    "a hill": (lambda z: -0.5 * z**2, lambda z: -z),
    "ripples": (lambda z: -0.5 * z**2 + 0.5 * np.cos(6 * z), lambda z: -z - 3 * np.sin(6 * z)),
    "a step": (lambda z: np.where(z < 0, -3.0, 0.0), lambda z: 0 * z),
    "flat": (lambda z: 0 * z - 2, lambda z: 0 * z),
}
RUNS = 128
COUNTS = (1, 2, 3, 4, 6, 8, 11, 16, 23, 32, 45, 64, 91, 128, 181, 256)  # draws of a run
CELLS = 150  # on either side of the jump


@cache
def draws():
    """ε of 128 runs, (128, 256), rounded to half floats as pages hold them."""
    eps = np.random.RandomState(6).standard_normal((RUNS, COUNTS[-1]))
    return eps.astype(np.float16).astype(np.float64)


class Place(NamedTuple):
    """A curve, what the gradient is by, q's mean and standard deviation, and a baseline."""

    f: str
    by: str
    m: float
    std: float
    b: float


def estimates(place, eps):
    """What each draw says, by its height (6.2) and by its slope (6.3), and ∇ log q: like eps."""
    f, slope = CURVES[place.f]
    z = place.m + place.std * eps
    by_m = place.by == "m"
    slope_of_q = eps / place.std if by_m else (eps**2 - 1) / 2
    slope_of_z = 1 if by_m else place.std * eps / 2
    return (f(z) - place.b) * slope_of_q, slope(z) * slope_of_z, slope_of_q


class Exact(NamedTuple):
    """What one draw gives.

    gradient : of E_q f, which is the score function's mean
    by_slope : the mean of the reparameterised estimate, the gradient too unless f jumps
    mean_f : E_q f, the usual baseline
    best_b : the constant b at which the score function spreads least
    score, path : standard deviations of both estimates
    """

    gradient: float
    by_slope: float
    mean_f: float
    best_b: float
    score: float
    path: float


def nodes(split):
    """ε from −8 to 8 and its probabilities, by Gauss's three points in each cell.

    A cell ends at `split`, where f may jump.
    """
    at, weight = [], []
    for low, high in ((-8.0, split), (split, 8.0)):
        h = (high - low) / CELLS
        middle = low + h * (np.arange(CELLS) + 0.5)
        for part, share in ((-np.sqrt(0.6), 5), (0.0, 8), (np.sqrt(0.6), 5)):
            at.append(middle + part * h / 2)
            weight.append(np.full(CELLS, share * h / 18))
    eps = np.concatenate(at)
    return eps, np.concatenate(weight) * np.exp(-(eps**2) / 2) / np.sqrt(2 * np.pi)


def exact(place):
    """Everything exact, by quadrature."""
    eps, p = nodes(min(max(-place.m / place.std, -8.0), 8.0))
    score, path, slope_of_q = estimates(place, eps)
    value = CURVES[place.f][0](place.m + place.std * eps)
    gradient, by_slope = p @ score, p @ path
    return Exact(
        gradient,
        by_slope,
        p @ value,
        p @ (value * slope_of_q**2) / (p @ slope_of_q**2),
        np.sqrt(p @ (score - gradient) ** 2),
        np.sqrt(p @ (path - by_slope) ** 2),
    )
