"""Climbing E_q f(z) on a line, by the height of draws and by their slope; and the exact gradient.

    ∇ E_q f(z) = E_q[(f(z) − b) ∇ log q(z)] = E_ε[f′(m + √v ε)],    q = N(m, v)

Equations (6.2) and (6.3) of lesson 06, by m. At a jump of f (6.3) does not hold, for f′ misses it.
What is exact is an integral over ε.
"""

from functools import cache
from typing import NamedTuple

import numpy as np
import torch

CURVES = {  # f, its slope, and its mean under q
    "a hill": (lambda z: -0.5 * z**2, lambda z: -z, lambda m, v: -0.5 * (m**2 + v)),
    "ripples": (
        lambda z: -0.5 * z**2 + 0.5 * np.cos(6 * z),
        lambda z: -z - 3 * np.sin(6 * z),
        lambda m, v: -0.5 * (m**2 + v) + 0.5 * np.cos(6 * m) * np.exp(-18 * v),
    ),
    "a step": (
        lambda z: np.where(z < 0, -3.0, 0.0),
        lambda z: 0 * z,
        lambda m, v: -3 * torch.special.ndtr(torch.as_tensor(-m / v**0.5)).numpy(),
    ),
    "flat": (lambda z: 0 * z - 2, lambda z: 0 * z, lambda m, v: 0 * m - 2),
}
RUNS, STEPS = 128, 32
COUNTS = (1, 2, 4, 8)  # draws of a step
EDGE = 3.4  # of the line z, where a climber stops
RATE = 0.1  # of a step, times the gradient
CELLS = 150  # on either side of the jump


@cache
def draws():
    """ε of 128 runs, (128, 256), rounded to half floats as pages hold them."""
    eps = np.random.RandomState(6).standard_normal((RUNS, STEPS * COUNTS[-1]))
    return eps.astype(np.float16).astype(np.float64)


class Place(NamedTuple):
    """A curve, q's mean and standard deviation, and a baseline."""

    f: str
    m: float
    std: float
    b: float


def estimates(place, eps):
    """What each draw says, by its height (6.2) and by its slope (6.3), and ∇ log q: like eps."""
    f, slope, _ = CURVES[place.f]
    z = place.m + place.std * eps
    slope_of_q = eps / place.std
    return (f(z) - place.b) * slope_of_q, slope(z), slope_of_q


def climb(place, eps, count, steps):
    """Where the climbers by height and by slope stand, (2, runs, steps + 1).

    Each begins at `place`; a step sees `count` draws, the same ε for both, and goes RATE times
    their mean, at most to the line's edge.
    """
    ways = np.full((2, len(eps), steps + 1), float(place.m))
    for t in range(steps):
        seen = eps[:, t * count : (t + 1) * count]
        for k in range(2):
            m = ways[k, :, t]
            said = estimates(place._replace(m=m[:, None]), seen)[k].mean(1)
            ways[k, :, t + 1] = np.clip(m + RATE * said, -EDGE, EDGE)
    return ways


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
