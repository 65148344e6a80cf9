"""The four decoders of the moon over which one walks, and what they draw on the whole plane.

weight ≈ scale · (byte − 128), 2 → 64 → 64 → 784 with SiLU, for an autoencoder and a VAE that saw
all waxing phases, and for two that saw half and full moons only (tools/checkpoints/walk.py). A last
layer's weight has 91 possible values in its row. That changes a pixel by 0.012 (root of the mean
square over the plane) and a distance to the nearest moon by less than 0.005.
"""

import functools

import numpy as np

from vaelib.checkpoints import load
from vaelib.data.moons import distance_to_moons, render_moons
from vaelib.teaching.explore import files
from vaelib.teaching.explore.scene import grey

SEEN = {"all waxing phases": "all", "half and full moons only": "two"}
EDGE = 2.6  # the plane of codes goes from −EDGE to EDGE
TILES = 13  # pictures across it
SIDE = 28 * TILES  # its pixels


@functools.cache
def packed():
    """What the browser gets: layers, codes, training moons, maps."""
    saved = load(files.checkpoint("walk.pt"))
    arrays = {name: tensor.numpy() for name, tensor in saved["model"].items()}
    for kind in ("codes", "factors", "maps"):
        arrays |= {f"{kind}_{name}": tensor.numpy() for name, tensor in saved[kind].items()}
    return arrays


@functools.cache
def layers(name):
    """Weights (n_out, n_in) and bias (n_out,) of the three layers of a decoder, as "ae_all"."""
    of = {key: array.astype(np.float64) for key, array in packed().items() if name in key}
    return [
        (
            of[f"{name}_scale_{k}"][:, None] * (of[f"{name}_weights_{k}"] - 128),
            of[f"{name}_bias_{k}"],
        )
        for k in (1, 2, 3)
    ]


def decode(name, z):
    """f(z), (n, 2) → (n, 784)."""
    *hidden, (weight, bias) = layers(name)
    h = z
    for w, b in hidden:
        h = h @ w.T + b
        h = h / (1 + np.exp(-h))
    return h @ weight.T + bias


@functools.cache
def sheet(name):
    """What it draws all over the plane, TILES by TILES pictures as one, (SIDE, SIDE) of uint8."""
    at = EDGE * ((2 * np.arange(TILES) + 1) / TILES - 1)
    down, across = np.meshgrid(-at, at, indexing="ij")
    drawn = decode(name, np.column_stack([across.ravel(), down.ravel()]))
    tiles = grey(drawn).reshape(TILES, TILES, 28, 28)
    return tiles.transpose(0, 2, 1, 3).reshape(SIDE, SIDE)


@functools.cache
def near(name):
    """How near to a moon it draws, all over the plane, (SIDE, SIDE) of uint8: 255 for a moon.

    0 where the average of a half and a full moon is as near, or nearer.
    """
    levels = packed()[f"maps_{name}"] * (255 / 63)
    at, between = (np.arange(n) / n + 0.5 / n for n in (len(levels), SIDE))
    for _ in "down", "across":
        levels = np.stack([np.interp(between, at, row) for row in levels.T])
    return np.rint(levels).astype(np.uint8)


@functools.cache
def average():
    """How far the average of the lesson's half and full moon is from the nearest moon."""
    return float(distance_to_moons(render_moons([0.25, 0.5], 0.3).mean(0, keepdim=True)))
