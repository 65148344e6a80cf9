"""The decoder of creatures, each weight one byte, and where the codes of creatures lie.

weight ≈ scale · (byte − 128), 10 → 192 → 192 → 192 → the 678 values of a half picture that ever
change, with SiLU (tools/checkpoints/creature.py). The codes are the encoder's means of 1,000
creatures held out; a draw of the prior N(0, I) has a length that follows the χ distribution.
"""

import functools

import numpy as np
from scipy.stats import chi

from vaelib.checkpoints import load
from vaelib.teaching.explore import files

EDGE = 3  # of each number of a code
STRANGERS = 40
BIN, FAR = 0.25, 9.5  # of the lengths' histogram: a bin's width, and its end


@functools.cache
def packed():
    """What the browser gets: layers, still pixels, table in per cent, strangers' codes, lengths."""
    saved = load(files.checkpoint("creature.pt"))
    codes = saved["codes"].numpy()
    lengths = np.linalg.norm(codes.astype(np.float64), axis=1)
    edges = np.arange(0, FAR + BIN / 2, BIN)
    top = np.histogram(lengths, edges)[0].repeat(2)
    expected = len(codes) * np.diff(chi.cdf(edges, codes.shape[1]))
    arrays = {name: tensor.numpy() for name, tensor in saved["model"].items()}
    return arrays | {
        "strangers": codes[np.abs(codes).max(1) <= EDGE][:STRANGERS],
        "quantiles": np.quantile(lengths, (0, 0.05, 0.95, 1)).astype(np.float16),
        "lengths": np.column_stack([edges.repeat(2)[1:-1], 0 * top, top]),
        "prior": np.column_stack([edges[1:] - BIN / 2, expected.round(1)]),
    }


@functools.cache
def layers():
    """Weights (n_out, n_in) and bias (n_out,) of the four layers, from their bytes."""
    arrays = {name: array.astype(np.float64) for name, array in packed().items()}
    return [
        (arrays[f"scale_{k}"] * (arrays[f"weights_{k}"] - 128), arrays[f"bias_{k}"])
        for k in range(1, 5)
    ]


def draw_codes(z):
    """E[x|z] as the byte in whose cell it lies: z (n, 10) → uint8 (n, 24, 24, 3)."""
    *hidden, (weight, bias) = layers()
    h = z
    for w, b in hidden:
        h = h @ w.T + b
        h = h / (1 + np.exp(-h))
    half = np.tile(packed()["background"], (len(z), 1))
    half[:, packed()["moves"] == 1] = np.clip(np.floor(256 * (h @ weight.T + bias)), 0, 255)
    half = half.reshape(-1, 24, 12, 3)
    return np.concatenate([half[:, :, ::-1], half], axis=2)
