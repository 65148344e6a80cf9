"""Digits by lesson 08's VAE from the same noise at every temperature, and what lies nearest.

    z = a ε,   f = decoder's mean at z,   x = 1 where u < f

The decoder's weights are bytes, and its last layer, 400 → 784, has rank 64: a page holds and runs
it (samples.js). What was found with these weights is stored, too (tools/checkpoints/samples.py),
and so are codes of 80 held-out digits, each at the top of p(x, z). Pixels are drawn by comparing f
with noise u that the page can make as well.
"""

from functools import cache

import numpy as np

from vaelib.checkpoints import load
from vaelib.data.digits import binarize, mnist_5k
from vaelib.drawing import stream
from vaelib.teaching.explore.files import checkpoint

DRAW, MEAN = "pixels drawn", "the mean, in grey"
KINDS = (MEAN, DRAW)
TEMPERATURES = tuple(i / 50 for i in range(81))
COARSE = tuple(i / 10 for i in range(17))  # temperatures at which medians of 500 are known
N, HANDFULS = 8, 10


@cache
def found():
    """The stored arrays, as NumPy's."""
    saved = load(checkpoint("samples.pt"))
    arrays = saved["model"] | {name: saved[name] for name in ("nearest", "medians", "held_out")}
    return {name: part.numpy() for name, part in arrays.items()}


@cache
def images(kind):
    """Training and held-out images, (4000, 784) and (1000, 784), grey or with pixels drawn."""
    digits = mnist_5k()
    if kind == MEAN:
        return digits.x_train, digits.x_test
    return binarize(digits.x_train, stream(14)), binarize(digits.x_test, stream(0))


def decode(z, weights):
    """f(z): (n, 20) → (n, 784), with weights as `found()` holds them."""
    w = {name: part.astype(np.float64) for name, part in weights.items()}
    h = z @ ((w["hidden"] - 128) * w["hidden_scale"]).T + w["hidden_bias"]
    h = h / (1 + np.exp(-h))
    low = (h @ (w["inner"] - 128).T) * w["scale"]
    return 1 / (1 + np.exp(-(low @ (w["outer"] - 128).T + w["outer_bias"])))


def uniforms(handful):
    """u (8, 784) in [0, 1) of that handful, one for each pixel."""
    return hashed(N * 784 * handful + np.arange(N * 784)).reshape(N, 784)


def hashed(numbers):
    """u in [0, 1) of whole numbers: MurmurHash3's last steps."""
    x = _times(numbers.astype(np.uint64), 0x9E3779B9)
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        x = _times(x ^ (x >> np.uint64(shift)), factor)
    return (x ^ (x >> np.uint64(16))) / 2**32


def _times(x, factor):
    return (x * np.uint64(factor)) & np.uint64(0xFFFFFFFF)


def real(handful, weights):
    """Eight held-out digits out of their 20 numbers, means and drawn pixels, (8, 784) each."""
    f = decode(weights["codes"][N * handful : N * (handful + 1)], weights)
    return f, (uniforms(HANDFULS + handful) < f).astype(np.float64)


def made_up_is_left(handful):
    """On which side of each pair the VAE's own digit stands, (8,) of bool."""
    return hashed(2 * N * 784 * HANDFULS + N * handful + np.arange(N)) < 0.5


def eight(handful, temperature, weights):
    """The means and the drawn pixels of a handful, counted from 0, (8, 784) each."""
    eps = weights["eps"][N * handful : N * (handful + 1)].astype(np.float64)
    f = decode(temperature * eps, weights)
    return f, (uniforms(handful) < f).astype(np.float64)
