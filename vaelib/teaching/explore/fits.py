"""Lesson 04's two exact fits at 25 moments each: their curves, and the peaks of a posterior.

`fits.js` computes the same in the browser. The weights are tools/checkpoints/fitted.py's.
"""

from functools import cache
from itertools import pairwise

import numpy as np
import torch
from torch.distributions import Normal
from torch.nn.utils import vector_to_parameters

from vaelib.checkpoints import load
from vaelib.drawing import drawing_from, stream
from vaelib.infinite import InfiniteMixture
from vaelib.networks import Decoder
from vaelib.rules import Grid
from vaelib.teaching.explore.files import checkpoint
from vaelib.teaching.explore.fog import fog
from vaelib.teaching.explore.shapes import circle, column

STEPS = (0, 1, 2, 3, 5, 7, 10, 14, 20, 28, 40, 50, 60, 75, 90, 110, 130, 160, 200, 250, 300, 350,
         400, 500, 600)  # fmt: skip
EDGE, Z_EDGE = 3.2, 6  # of the plane, and of the line z
SIDE = 81  # places of the grid along each axis on which threads part
RARE = -5  # nats: from step 200 on about 1 in 100 held-out points scores less


@cache
def runs():
    """Weights (2, 25, 1252), nats below the true density (2, 25), and that density's nats.

    All are rounded to half floats, as pages hold them.
    """
    saved = load(checkpoint("fitted.pt"))
    below, truth = (np.float64(np.float16(saved[name])) for name in ("below", "truth"))
    return saved["weights"].double(), below, truth


@cache
def model(run, moment):
    """The infinite mixture of a run at a moment."""
    with drawing_from(stream()):  # the weights of the run take the place of these
        decoder = Decoder(1, 2, (32, 32), likelihood="gaussian", sigma_x="network").double()
    vector_to_parameters(runs()[0][run, moment].clone(), decoder.parameters())
    zero = torch.zeros(1, dtype=torch.float64)
    return InfiniteMixture(decoder.requires_grad_(False), Normal(zero, torch.ones_like(zero)))


@cache
def curve(run, moment):
    """What a moment looks like without x: its density as shades, μ(z), and 1σ around five z."""
    mixture = model(run, moment)
    nodes, log_w = Grid(150, (-4, 4)).nodes(mixture.prior)
    own = mixture.decode(nodes)
    marked = mixture.decode(column(-2, 2, 5))
    ends = torch.stack([column(-Z_EDGE, -2.5, 36), column(2.5, Z_EDGE, 36)])
    return {
        "density": fog(log_w.exp().numpy(), own.mean.numpy(), own.stddev.numpy(), EDGE),
        "ends": mixture.decode(ends).mean,
        "curve": mixture.decode(column(-2.5, 2.5, 101)).mean,
    } | {
        f"at{k}": mean + std * circle()
        for k, (mean, std) in enumerate(zip(marked.mean, marked.stddev, strict=True))
    }


def humps(share):
    """Where a posterior, as shares of cells, has its peaks: those with 5 % of it around them.

    Between two peaks it falls below half of the lower one.
    """
    peaks = []
    for i in range(1, len(share) - 1):
        if not share[i - 1] < share[i] >= share[i + 1]:
            continue
        while peaks and share[peaks[-1] : i].min() >= min(share[peaks[-1]], share[i]) / 2:
            if share[peaks[-1]] >= share[i]:
                break
            peaks.pop()
        else:
            peaks.append(i)
    valleys = [a + int(share[a:b].argmin()) for a, b in pairwise(peaks)]
    around = np.split(share, valleys)
    return [peak for peak, own in zip(peaks, around, strict=True) if own.sum() >= 0.05]


@cache
def ridge(run, moment):
    """Where the likeliest z of a point x jumps by more than 1, between places of a grid, (n, 2)."""
    mixture, z = model(run, moment), np.linspace(-Z_EDGE, Z_EDGE, 121)
    own = mixture.decode(torch.from_numpy(z)[:, None])
    mean, std = own.mean.numpy(), own.stddev.numpy()
    price = z**2 / 2 + np.log(std).sum(1)
    at = np.linspace(-EDGE, EDGE, SIDE)
    squares = ((at[:, None, None] - mean) / std) ** 2 / 2  # (place, z, axis)
    likely = (squares[None, :, :, 0] + squares[:, None, :, 1] + price).argmin(2)  # [x₂, x₁]
    right, up = (np.argwhere(np.abs(np.diff(likely, axis=axis)) > 10) for axis in (1, 0))
    cell = 2 * EDGE / (SIDE - 1)
    places = np.concatenate([right[:, ::-1] + [0.5, 0], up[:, ::-1] + [0, 0.5]])
    return places * cell - EDGE


def jumps(shares, z):
    """Whether a posterior's median, in the first column of (J, n), is far from those of others."""
    medians = z[(shares.cumsum(0) > 0.5).argmax(0)]
    return bool(np.abs(medians - medians[0]).max() > 1)


def first_words(n_peaks, middle_half, log_px, jump):
    """What to notice about which z made x; middle_half: the length of its middle half, in z."""
    bad = log_px < RARE
    if n_peaks > 1:
        count = ("Two", "Three", "Four", "Five")[min(n_peaks, 5) - 2]
        none = ", neither well" if n_peaks == 2 else ", none well"
        return f"{count} different z could have made this x{none * bad}: the [threads](green) part."
    if middle_half > 0.7:
        return f"Many z could have made this x{', none well' * bad}: the [threads](green) spread."
    how = ", though not well" * bad
    one = f"One part of the curve could have made this x{how}: the [threads](green) stay together."
    return one + " A little aside, and they jump to another part." * jump
