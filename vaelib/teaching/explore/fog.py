"""The density of many Gaussians on a square plane, as shades; fog.js computes the same.

A pixel's shade is the share of the mass that lies in thinner places: paper holds the thinnest half
percent, half ink begins where the denser half of the mass does.
"""

import numpy as np

DEPTH, BINS = 10, 256  # nats below the densest pixel that are told apart, and in how many steps
PAPER = 0.005  # of the mass


def fog(weights, mean, std, edge, size=96):
    """Weights (J,), means and standard deviations (J, 2) → (size, size) bytes, first row on top."""
    side = edge * ((2 * np.arange(size) + 1) / size - 1)
    across, up = (
        np.exp(-(((side - mean[:, k, None]) / std[:, k, None]) ** 2) / 2) / std[:, k, None]
        for k in (0, 1)
    )
    return shades((weights[:, None] * up).T @ across)[::-1]


def shades(p):
    """Densities → bytes, 255 the densest."""
    with np.errstate(divide="ignore"):
        depth = np.log(p / p.max())
    place = BINS * np.clip(1 + depth / DEPTH, 0, 1)  # from 0 to BINS
    left = np.minimum(place.astype(int), BINS - 1)
    part = place - left  # of the mass that goes to the right, so that no pixel jumps between two
    mass = np.bincount(left.ravel(), ((1 - part) * p).ravel(), BINS + 1)
    mass[1:] += np.bincount(left.ravel(), (part * p).ravel(), BINS)
    thinner = (mass.cumsum() - mass / 2) / mass.sum()
    share = (1 - part) * thinner[left] + part * thinner[left + 1]
    return np.rint(255 * np.clip((share - PAPER) / (1 - PAPER), 0, 1)).astype(np.uint8)
