"""Lesson 11's chain on a line, exactly: its data are two Gaussians at ±d, of width S.

    q(z_t|x) = N(a_t x, b_t²),    b_t / a_t from 0.1 to 10 in T equal factors        (11.1)
    p(z_{t−1}|z_t) = q(z_{t−1}|z_t, x̂),    p(x|z_1) = N(x̂, 0.1²),    x̂ = E[x|z_t]   (11.2)

So the guess x̂ cannot be bettered. As x given z_t is one of two Gaussians again, so is z_{t−1} given
z_t: the exact step back. What a chain loses against the true density, −E log p(x) − L, is a sum of
the doubts Var(x|z_t) by (11.3) and (11.4), averaged over z_t by quadrature.
"""

from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from scipy.stats import norm

S, FIRST, LAST = 0.3, 0.1, 10.0  # the width of a peak, the first and the last ratio
COUNTS = (3, 4, 5, 7, 9, 10, 13, 17, 22, 30, 33, 48, 65, 100, 129, 190, 257, 300, 513, 1000)
PEAKS = tuple(k / 20 for k in range(41))  # d
WALKS, FINE = 128, 999  # fine steps, of which each walk's noise is summed
REAL = 1002  # the row of the real points' noise
EPS = np.linspace(-6, 6, 97)
SHARE = np.exp(-(EPS**2) / 2) / np.exp(-(EPS**2) / 2).sum()


def schedule(n_steps):
    """b_t / a_t for t = 0 … T: 0, then FIRST to LAST in equal factors."""
    return np.append(0, FIRST * (LAST / FIRST) ** (np.arange(n_steps) / (n_steps - 1)))


def of(ratio):
    """a and b."""
    a = 1 / np.sqrt(1 + ratio**2)
    return a, ratio * a


def doubt(d, ratio):
    """Var(x | z_t) at z_t / a_t = d + √(S² + ratio²) EPS, (…, 97): that of one peak is as wide.

    Both peaks are alike, so averages over z_t are averages over one of them, with SHARE.
    """
    ratio = np.asarray(ratio)[..., None]
    total = S**2 + ratio**2
    u = d + np.sqrt(total) * EPS
    between = ratio**2 * d / total
    return S**2 * ratio**2 / total + between**2 * (1 - np.tanh(d * u / total) ** 2)


def entropy(d):
    """−E log p(x) of the data, nats."""
    x = d + S * np.linspace(-9, 9, 1801)
    p = (norm.pdf(x, d, S) + norm.pdf(x, -d, S)) / 2
    return -(norm.pdf(x, d, S) * np.log(p)).sum() * S / 100


@cache
def lost(peak):
    """Nats below the truth for each of COUNTS, (20, 2), and for one Gaussian without steps.

    The two are the chain with (11.2)'s width, and one whose every step has the best Gaussian's.
    """
    d = PEAKS[peak]
    a, b = of(LAST)
    end = (a**2 * (d**2 + S**2) + b**2 - 1) / 2 - np.log(b) - entropy(d)
    first = doubt(d, FIRST)
    start = np.log(2 * np.pi * FIRST**2) / 2 + SHARE @ first / (2 * FIRST**2)
    best_start = SHARE @ np.log(2 * np.pi * np.e * first) / 2
    table = []
    for n_steps in COUNTS:
        ratio = schedule(n_steps)[1:]
        drop = ratio[:-1] ** -2 - ratio[1:] ** -2
        var = doubt(d, ratio[1:])  # (T − 1, 97)
        costs = drop @ (var @ SHARE) / 2, (np.log1p(drop[:, None] * var) @ SHARE).sum() / 2
        table.append([start + costs[0] + end, best_start + costs[1] + end])
    one = np.log(2 * np.pi * np.e * (d**2 + S**2)) / 2 - entropy(d)
    return np.array(table), one


@cache
def losses(peak):
    """The same, rounded to half floats, as pages hold them."""
    return [np.float64(np.float16(part)) for part in lost(peak)]


class Back(NamedTuple):
    """One step back from z_t, to z_{t−1}; for t = 1, to x.

    guess : x̂
    means, std, weights : the exact step: two Gaussians of one width
    mean, width : (11.2)'s Gaussian; the exact step has the same mean
    full : the exact step's standard deviation, the best Gaussian's width
    """

    guess: float
    means: np.ndarray
    std: float
    weights: np.ndarray
    mean: float
    width: float
    full: float


def step_back(d, z, before, after):
    """The step from z, at the ratio `after`, to the ratio `before`; 0 for x itself."""
    (a0, b0), (a1, b1) = of(before), of(after)
    total, u = S**2 + after**2, z / a1
    c = 1 - (a1 / a0) ** 2
    pull = a0 * c / b1**2
    x = (S**2 * u + after**2 * np.array([-d, d])) / total
    right = 1 / (1 + np.exp(-2 * d * u / total))
    weights = np.array([1 - right, right])
    means = pull * x + (a1 / a0) * b0**2 * z / b1**2
    own = c * b0**2 / b1**2
    std = np.sqrt(own + pull**2 * S**2 * after**2 / total)
    mean = weights @ means
    full = np.sqrt(std**2 + weights @ (means - mean) ** 2)
    width = FIRST if before == 0 else np.sqrt(own)
    return Back(weights @ x, means, std, weights, mean, width, full)


def bell(x, mean, std):
    """N(x | mean, std²)."""
    return np.exp(-(((x - mean) / std) ** 2) / 2) / (std * np.sqrt(2 * np.pi))


def exactly(back, x):
    """The exact step's density at x, (n,)."""
    return back.weights @ [bell(x, mean, back.std) for mean in back.means]


def lost_here(back):
    """KL(exact step ‖ N(mean, width²)), nats, for (11.2)'s width and for the best one."""
    wide = max(back.means) - min(back.means) + 16 * back.std
    x = min(back.means) - 8 * back.std + wide * np.arange(601) / 600
    p = exactly(back, x)
    log_p = np.log(np.maximum(p, 1e-300))
    entropy = -(p @ log_p) * wide / 600
    return [
        np.log(2 * np.pi * width**2) / 2 + back.full**2 / (2 * width**2) - entropy
        for width in (back.width, back.full)
    ]


@cache
def normals():
    """4,096 numbers that share out N(0, 1) evenly, rounded to half floats as pages hold them."""
    return norm.ppf((np.arange(4096) + 0.5) / 4096).astype(np.float16).astype(np.float64)


def chosen(i, j):
    """Which of the 4,096 the draw j of the row i is: 32 bits, mixed."""
    h = np.uint32(i) * np.uint32(0x9E3779B1) + np.uint32(j) * np.uint32(0x85EBCA77)
    h = (h ^ (h >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    h = (h ^ (h >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    h = h ^ (h >> np.uint32(16))
    return h >> np.uint32(20)


@cache
def noise():
    """Fine steps' noise, and in the last two rows that of the start and of the end, (1001, 128)."""
    i, j = np.arange(FINE + 2)[:, None], np.arange(WALKS)[None]
    return normals()[chosen(i, j)]


@cache
def real_points(d):
    """As many points of the data as there are walks, half of them from each peak."""
    side = np.where(np.arange(WALKS) % 2, 1, -1)
    return side * d + S * normals()[chosen([REAL], np.arange(WALKS))]


@lru_cache(maxsize=4)
def walks(d, n_steps):
    """z_T … z_1 and x of 128 walks back from pure noise, (T + 1, 128).

    A step's noise is the mean of fine ones, times the root of their number: N(0, 1), and alike
    whatever T.
    """
    ratio, eps = schedule(n_steps), noise()
    cut = np.floor(np.arange(n_steps) * FINE / (n_steps - 1) + 0.5).astype(int)
    summed = np.add.reduceat(eps[:FINE], cut[:-1]) / np.sqrt(np.diff(cut))[:, None]
    z = [eps[FINE]]
    for t in range(n_steps, 0, -1):
        (a0, b0), (a1, b1) = of(ratio[t - 1]), of(ratio[t])
        total, u = S**2 + ratio[t] ** 2, z[-1] / a1
        guess = (S**2 * u + ratio[t] ** 2 * d * np.tanh(d * u / total)) / total
        c = 1 - (a1 / a0) ** 2
        mean = (a0 * c * guess + (a1 / a0) * b0**2 * z[-1]) / b1**2
        if t == 1:
            z.append(mean + FIRST * eps[FINE + 1])
        else:
            z.append(mean + np.sqrt(c) * b0 / b1 * summed[t - 2])
    return np.array(z)
