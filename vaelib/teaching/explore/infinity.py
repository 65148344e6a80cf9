"""From K to infinity: J Gaussians on a curve, their density, and the one Gaussian that a z owns.

    p(x) = ∫ p(z) p(x|z) dz  ≈  Σ_j w_j N(x | μ(z_j), σ²(z_j) I),    w_j ∝ p(z_j)

Equations (4.1) and (4.2) of lesson 04: J equal cells on −3 < z < 3, with a point in the middle of
each. The error is that of log p(x), in nats without sign, a mean over 48 points x which lie as
samples would. The second error is that of J cells on −6 < z < 6, as in lesson 04's error figure.

Source: Bishop, Svensén and Williams, *GTM: The generative topographic mapping* (1998).
"""

from functools import cache

import numpy as np
import torch
from torch.distributions import Independent, Normal

from vaelib.infinite import InfiniteMixture
from vaelib.rules import Grid
from vaelib.teaching.explore.scene import Axis, Choice, Explorer, Mark, Panel, Scene, Slider
from vaelib.teaching.explore.shapes import circle, column
from vaelib.teaching.explore.words import minus, two_digits

COUNTS = (3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 18, 20, 24, 27, 30, 36, 42, 50, 60, 72, 85, 100,
          120, 150, 200, 250, 300)  # fmt: skip
NEAR, FAR, EXACT = (-3, 3), (-6, 6), (-9, 9)  # where the cells lie
EDGE, SIZE = 3.6, 64  # of the plane, and its pixels a side
MASSES = (0.995, 0.97, 0.9, 0.7, 0.5, 0.3, 0.1)  # as lesson 04's figures, in more steps


def spiral(z):
    """z (..., 1) → μ(z) (..., 2), as the next two."""
    angle, radius = 1.5 * z, 1.2 + 0.5 * z
    return torch.cat([radius * torch.cos(angle), radius * torch.sin(angle)], -1)


def straight(z):
    """A line through 0."""
    return torch.cat([0.8 * z, 0.6 * z], -1)


def eight(z):
    """A curve that crosses itself at 0."""
    angle = torch.pi * z / 3
    return torch.cat([2.4 * torch.sin(angle), 1.6 * torch.sin(2 * angle)], -1)


CURVES = {"spiral": spiral, "straight line": straight, "figure eight": eight}
WIDTHS = {
    "growing with z": lambda z: 0.1 + 0.1 * torch.sigmoid(2 * z),
    "0.15 everywhere": lambda z: torch.full_like(z, 0.15),
    "0.4 everywhere": lambda z: torch.full_like(z, 0.4),
}


@cache
def model(curve, width):
    """The infinite mixture on that curve, with a standard normal prior."""

    def decoder(z):
        """z (..., 1) → Normal over x (..., 2)."""
        return Independent(Normal(CURVES[curve](z), WIDTHS[width](z)), 1)

    zero = torch.zeros(1, dtype=torch.float64)
    return InfiniteMixture(decoder, Normal(zero, torch.ones_like(zero)))


@cache
def points(curve, width):
    """48 points x (48, 2), of z at equal shares of the prior, and log p(x) (48,)."""
    share = (torch.arange(48, dtype=torch.float64)[:, None] + 0.5) / 48
    own = model(curve, width).decode(torch.special.ndtri(share))
    x = own.mean + own.stddev * torch.from_numpy(np.random.RandomState(0).standard_normal((48, 2)))
    return x, model(curve, width).log_prob(x, Grid(4000, EXACT))


@cache
def error(curve, width, n_points, bounds):
    """The mean error of log p(x) on J points, in nats."""
    x, exact = points(curve, width)
    log_px = model(curve, width).log_prob(x, Grid(n_points, bounds))
    return float((log_px - exact).abs().mean())


@cache
def errors(curve, width, bounds):
    """log₁₀ J and log₁₀ of the error, (n, 2)."""
    found = [error(curve, width, n_points, bounds) for n_points in COUNTS]
    return np.log10(np.column_stack([COUNTS, found]))


@cache
def density(curve, width, n_points):
    """The J Gaussians' p(x) as shades: the k-th step holds the mass MASSES[k]; (SIZE, SIZE)."""
    side = EDGE * ((2 * np.arange(SIZE) + 1) / SIZE - 1)
    x = np.stack(np.meshgrid(side, side[::-1]), -1).reshape(-1, 2)
    mixture = model(curve, width).as_mixture(Grid(n_points, NEAR))
    p = mixture.log_prob(torch.from_numpy(x)).exp().numpy()
    ranked = np.sort(p)[::-1]
    levels = ranked[np.searchsorted(ranked.cumsum(), np.array(MASSES) * ranked.sum())]
    steps = (p[:, None] >= (1 - 1e-9) * levels).sum(1)  # twins by symmetry get the same shade
    return np.rint(255 * steps / len(MASSES)).astype(np.uint8).reshape(SIZE, SIZE)


def prior(n=65):
    """p(z) on the line, (n, 2)."""
    z = column(-3.2, 3.2, n)
    return torch.cat([z, Normal(torch.zeros_like(z), 1.0).log_prob(z).exp()], 1)


@torch.no_grad()
def scene(curve, width, j, z):
    """The J Gaussians' density on the plane, their cells on the line z, and the error of log p(x).

    Parameters
    ----------
    curve : a name in CURVES
        μ(z), where the Gaussians' means lie.
    width : a name in WIDTHS
        σ(z), their standard deviations.
    j : float, 3 to 300
        How many cells −3 < z < 3 has.
    z : float, −3 to 3
        The code whose Gaussian is drawn.
    """
    j, mixture = round(j), model(curve, width)
    nodes, _ = Grid(j, NEAR).nodes(mixture.prior)
    here = torch.tensor([z], dtype=torch.float64)
    own, height = mixture.decode(here), float(mixture.prior.log_prob(here).exp())
    one_std = own.stddev * circle()
    near, far = (error(curve, width, j, bounds) for bounds in (NEAR, FAR))
    arrays = {
        "density": density(curve, width, j),
        "curve": mixture.decode(column(-3, 3, 121)).mean,
        "means": mixture.decode(nodes).mean,
        "one_std": own.mean + one_std,
        "two_std": own.mean + 2 * one_std,
        "centre": own.mean[None],
        "nodes": torch.cat([nodes, mixture.prior.log_prob(nodes).exp()[:, None]], 1),
        "here": [[z, 0], [z, height]],
        "top": [[z, height]],
        "far": errors(curve, width, FAR),
        "near": errors(curve, width, NEAR),
        "now_far": np.log10([[j, far]]),
        "now_near": np.log10([[j, near]]),
    }
    text = (
        f"With J = {j} Gaussians from −3 < z < 3, log p(x) is wrong by {two_digits(near)} nats on "
        f"average, with as many from −6 < z < 6 by {two_digits(far)}. z = {z:z.1f} owns the "
        f"Gaussian with mean ({own.mean[0]:z.2f}, {own.mean[1]:z.2f}) and σ = "
        f"{own.stddev[0]:.2f}; the prior there is p(z) = {height:.3f}."
    )
    return Scene(arrays, minus(text))


explorer = Explorer(
    name="infinity",
    title="From K to infinity",
    about="Put J Gaussians on a curve and let J grow: blobs, beads, a band. Move z along its line "
    "to see the one Gaussian that it owns.",
    lessons=("04_infinite_mixture",),
    controls={
        "curve": Choice("curve μ(z)", tuple(CURVES), "spiral"),
        "width": Choice("width σ(z)", tuple(WIDTHS), "growing with z"),
        "j": Slider("number of Gaussians J", COUNTS, 6, every=3, digits=0),
        "z": Slider("your z", tuple(k / 10 for k in range(-30, 31)), 1.0, every=5, digits=1),
    },
    panels={
        "plane": Panel.plane("Density of x", EDGE),
        "line": Panel("The line z", Axis("z", -3.2, 3.2), Axis("p(z)", 0, 0.45), 1),
        "error": Panel(
            "Error of log p(x)", Axis("log₁₀ J", 0.4, 2.6), Axis("log₁₀ of the nats", -10, 2), 1
        ),
    },
    marks={
        "density": Mark("image", "plane", extent=(-EDGE, EDGE, -EDGE, EDGE)),
        "curve": Mark("line", "plane", "μ(z)", "accent"),
        "means": Mark("points", "plane", "the J means", size=2.5),
        "one_std": Mark("line", "plane", "your z's Gaussian, 1σ", "green"),
        "two_std": Mark("line", "plane", "2σ", "green", "dot"),
        "centre": Mark("points", "plane", tone="green", shape="plus", size=6),
        "prior": Mark("line", "line", "prior p(z)", "blue", fixed=True),
        "nodes": Mark("points", "line", "the J points", size=2.5),
        "here": Mark("line", "line", tone="green"),
        "top": Mark("points", "line", "your z", "green", shape="plus", size=6),
        "far": Mark("line", "error", "cells on −6 < z < 6", "blue", "dash"),
        "near": Mark("line", "error", "−3 < z < 3, as drawn", "accent"),
        "now_far": Mark("points", "error", tone="blue", shape="ring", size=6),
        "now_near": Mark("points", "error", "this J", "accent", shape="ring", size=6),
    },
    scene=scene,
    fixed=lambda: {"prior": prior()},
    play="j",
)
