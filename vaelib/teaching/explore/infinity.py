"""From K to infinity: J Gaussians on a curve, their density, and the one Gaussian that a z owns.

    p(x) = ∫ p(z) p(x|z) dz  ≈  Σ_j w_j N(x | μ(z_j), σ²(z_j) I),    w_j ∝ p(z_j)

Equations (4.1) and (4.2) of lesson 04: J equal cells on −3 < z < 3, with a point in the middle of
each. All z of a cell share the Gaussian of its middle. The error is that of log p(x), in nats
without sign, a mean over 48 points x which lie as samples would. The curve can be pulled, so the
browser evaluates `infinity.js`: this scene again, line by line, held to it by a test.

Source: Bishop, Svensén and Williams, *GTM: The generative topographic mapping* (1998).
"""

from functools import lru_cache

import numpy as np
import torch
from torch.distributions import Normal

from vaelib.rules import Grid
from vaelib.teaching.explore.curves import (
    COUNTS,
    CURVES,
    KNOTS,
    MANY,
    NEAR,
    WIDTHS,
    cells,
    dip,
    draws,
    errors,
    look,
    model,
)
from vaelib.teaching.explore.files import HERE
from vaelib.teaching.explore.fog import fog
from vaelib.teaching.explore.scene import Axis, Choice, Explorer, Mark, Panel, Scene, Slider
from vaelib.teaching.explore.shapes import circle, column
from vaelib.teaching.explore.words import number, rounded

EDGE = 3.5  # of the plane
FEW = 40  # so many Gaussians are drawn as large points, up to MANY as small ones
PULLS = tuple(f"{name}{axis}" for name in ("left", "mid", "right") for axis in (1, 2))


@lru_cache(64)
def density(j, *kind):
    """p(x) of the J Gaussians as shades, (96, 96)."""
    mixture = model(*kind)
    nodes, log_w = Grid(j, NEAR).nodes(mixture.prior)
    own = mixture.decode(nodes)
    return fog(log_w.exp().numpy(), own.mean.numpy(), own.stddev.numpy(), EDGE)


def nats(value):
    """About two digits, at most four decimals."""
    return rounded(value, sum(value < least for least in (10, 1, 0.1, 0.01)))


def prior(n=65):
    """p(z) on the line, (n, 2)."""
    z = column(-3.2, 3.2, n)
    return torch.cat([z, Normal(torch.zeros_like(z), 1.0).log_prob(z).exp()], 1)


@torch.no_grad()
def scene(curve, width, j, z, **pulls):
    """The J Gaussians' density on the plane, their cells on the line z, and the error of log p(x).

    Parameters
    ----------
    curve : a name in CURVES
        μ(z), where the Gaussians' means lie.
    width : a name in WIDTHS
        σ(z), their standard deviations.
    j : float, 2 to 300
        How many cells −3 < z < 3 has, rounded.
    z : float, −3 to 3
        The code whose Gaussian is drawn, and that of its cell.
    left1, left2, mid1, mid2, right1, right2 : float, −1.5 to 1.5
        How far the curve is pulled in x₁ and x₂ at z = −1.5, 0 and 1.5.
    """
    j = round(j)
    kind = (curve, width, tuple((pulls[f"{k}1"], pulls[f"{k}2"]) for k in ("left", "mid", "right")))
    mixture = model(*kind)
    nodes, log_w = Grid(j, NEAR).nodes(mixture.prior)
    beads, weights = mixture.decode(nodes), log_w.exp().numpy()
    mean, std = beads.mean.numpy(), beads.stddev.numpy()
    heights = mixture.prior.log_prob(nodes).exp().numpy()
    band, walls = cells(nodes[:, 0].numpy(), heights)
    k = min(int((z + 3) / 6 * j), j - 1)  # z's cell
    here = torch.tensor([z], dtype=torch.float64)
    own, height = mixture.decode(here), float(mixture.prior.log_prob(here).exp())
    curve_mu = mixture.decode(column(-3, 3, 121)).mean
    line = errors(COUNTS, *kind) | errors((j,), *kind)
    floor = line[COUNTS[-1]]  # what is left comes of the prior that the cells leave out
    arrays = {
        "density": density(j, *kind),
        "curve": curve_mu,
        "few": mean if j <= FEW else mean[:0],
        "many": mean if FEW < j <= MANY else mean[:0],
        "knots": mixture.decode(torch.tensor(KNOTS, dtype=torch.float64)[:, None]).mean,
        "between": np.stack([own.mean.numpy(), mean[k]]),
        "shared": mean[k] + 2 * std[k] * circle().numpy(),
        "own": own.mean + 2 * own.stddev * circle(),
        "centre": own.mean[None],
        "cells": band,
        "walls": walls,
        "cell": band[2 * k : 2 * k + 2],
        "here": [[z, 0], [z, height]],
        "top": [[z, height]],
        "error": sorted(line.items()),
        "left_out": [[1.8, floor], [340, floor]],
        "now": [[j, line[j]]],
    }
    apart = np.hypot(*(mean[k] - own.mean.numpy())) > own.stddev[0] / 2
    sentence = (
        f"[{j}](j) Gaussians are {look(dip(j, *kind))}; their log p(x) is "
        f"[{nats(line[j])} nats](accent) from that of infinitely many. Each z has its own "
        f"Gaussian, z = [{number(z, 2)}](z) the [green](green) one"
        + ("; the [orange](orange) one of its cell stands in for it." if apart else
           ", all but the same as its cell's [orange](orange).")
    )  # fmt: skip
    if line[j] < 1.1 * floor:
        sentence += " More would not help."
    if curve_mu.abs().max() > EDGE:
        sentence += " The curve leaves the plane."
    more = (
        "The J cells share −3 < z < 3 evenly. What is left out, 0.3 % of the prior, keeps the "
        f"error at a few thousandths of a nat. z = {number(z, 2)} has the Gaussian with mean "
        f"({rounded(float(own.mean[0]), 2)}, {rounded(float(own.mean[1]), 2)}) and σ = "
        f"{rounded(float(own.stddev[0]), 2)}, where p(z) = {rounded(height, 3)}. Its cell has its "
        f"middle at z = {rounded(float(nodes[k, 0]), 2)} and {rounded(100 * weights[k], 1)} % of "
        "the weight. The error is that of log p(x), without sign, a mean over 48 points x that lie "
        "as samples would."
    )
    return Scene(arrays, sentence, more)


def even(low, high, per_unit):
    """Numbers from low to high, so many a unit."""
    return tuple(k / per_unit for k in range(round(low * per_unit), round(high * per_unit) + 1))


def pull(name, knot):
    """The two sliders of a pull."""
    return {
        f"{name}{axis}": Slider(f"pull at z = {knot} in x{sub}", even(-1.5, 1.5, 50), 0.0)
        for axis, sub in ((1, "₁"), (2, "₂"))
    }


explorer = Explorer(
    name="infinity",
    title="From K to infinity",
    about="Each number z has a place on the curve, and a Gaussian around it. Cut the line z into J "
    "cells, one Gaussian for each, and let J grow: blobs, beads, a band. Drag z; pull the grey "
    "rings.",
    lessons=("04_infinite_mixture",),
    controls={
        "curve": Choice("curve μ(z)", tuple(CURVES), "spiral"),
        "width": Choice("width σ(z)", tuple(WIDTHS), "growing with z"),
        "j": Slider("number of Gaussians J", (*range(2, 101), *range(105, 301, 5)), 5, digits=0),
        "z": Slider("your z", even(-3, 3, 50), 0.7),
        **pull("left", "−1.5"),
        **pull("mid", "0"),
        **pull("right", "1.5"),
    },
    panels={
        "plane": Panel.plane("p(x) of J Gaussians on a curve", EDGE),
        "line": Panel(
            "The line z in J cells, a Gaussian each",
            Axis("z", -3.2, 3.2),
            Axis("p(z)", 0, 0.45),
            1.7,
        ),
        "error": Panel(
            "How wrong is log p(x)?",
            Axis("number of Gaussians J", 1.8, 340, log=True),
            Axis("nats", 0.001, 300, log=True),
            1.5,
        ),
    },
    marks={
        "density": Mark("image", "plane", "faint: rare z", extent=(-EDGE, EDGE, -EDGE, EDGE)),
        "curve": Mark("line", "plane", tone="muted"),
        "few": Mark("points", "plane", size=2.5),
        "many": Mark("points", "plane", size=1.2),
        "knots": Mark("points", "plane", "pull the curve here", "muted", shape="ring", size=5),
        "between": Mark("line", "plane", tone="orange"),
        "shared": Mark("line", "plane", "its cell's", "orange", "dash"),
        "own": Mark("line", "plane", "z's own", "green"),
        "centre": Mark("points", "plane", tone="green", size=5),
        "cells": Mark("band", "line", tone="muted"),
        "walls": Mark("line", "line", tone="muted"),
        "cell": Mark("band", "line", "z's cell", "orange"),
        "prior": Mark("line", "line", "prior p(z)", "blue", fixed=True),
        "here": Mark("line", "line", tone="green"),
        "top": Mark("points", "line", tone="green", size=5),
        "left_out": Mark("line", "error", "left out: |z| > 3", "muted", "dot"),
        "error": Mark("line", "error", tone="accent"),
        "now": Mark("points", "error", tone="accent", size=5),
    },
    scene=scene,
    fixed=lambda: {"prior": prior(), "draws": draws()},
    play="j",
    evaluator=HERE / "infinity.js",
)
