"""Curves whose every z owns a Gaussian, and how well J of them stand for all: "From K to infinity".

A curve is pulled at three knots: each pull moves the curve where it is taken, less and less towards
the next knot, and there no more. `curves.js` computes the same in the browser.
"""

import math
from functools import cache, lru_cache

import numpy as np
import torch
from torch.distributions import Independent, Normal

from vaelib.infinite import InfiniteMixture
from vaelib.rules import Grid

NEAR = (-3, 3)  # where the J cells lie
EXACT = Grid(600, (-6, 6))
COUNTS = (*range(2, 21), 22, 24, 27, 30, 33, 36, 40, 45, 50, 60, 75, 100, 150, 300)
KNOTS = (-1.5, 0.0, 1.5)
REACH = 1.5  # from a knot to the next
MANY = 100  # so many cells have walls
LOOKS = ((0.98, "separate blobs"), (0.25, "beads on a string"), (0.06, "a knobbly band"))
LOG_2PI = math.log(2 * math.pi)


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


@lru_cache(64)
def model(curve, width, pulls):
    """The infinite mixture on that curve, with a normal prior; pulls: three pairs of x₁, x₂."""

    def decoder(z):
        """z (..., 1) → Normal over x (..., 2)."""
        mu = CURVES[curve](z)
        for knot, pull in zip(KNOTS, pulls, strict=True):
            away = ((z - knot).abs() / REACH).clamp(max=1)
            mu = mu + (1 + torch.cos(torch.pi * away)) / 2 * torch.tensor(pull, dtype=z.dtype)
        return Independent(Normal(mu, WIDTHS[width](z)), 1)

    zero = torch.zeros(1, dtype=torch.float64)
    return InfiniteMixture(decoder, Normal(zero, torch.ones_like(zero)))


@cache
def draws():
    """48 rows (z, ε₁, ε₂), z at equal shares of the prior, in half floats as pages hold them."""
    share = (torch.arange(48, dtype=torch.float64) + 0.5) / 48
    noise = np.random.RandomState(0).standard_normal((48, 2))
    rows = np.column_stack([torch.special.ndtri(share), noise])
    return rows.astype(np.float16).astype(np.float64)


@cache
def nodes(*rules):
    """The nodes of all these rules, one behind the other, (J, 1) and their log weights (J,)."""
    zero = torch.zeros(1, dtype=torch.float64)
    z, log_w = zip(*(rule.nodes(Normal(zero, zero + 1)) for rule in rules), strict=True)
    return torch.cat(z), torch.cat(log_w)


def log_prob(kind, x, *rules):
    """log p(x) of each row as each rule sums it, (rules, n), without the model's checks."""
    z, log_w = nodes(*rules)
    own = model(*kind).decode(z)
    mean, std = own.mean[:, None], own.stddev[:, None, 0]  # (J, 1, 2), (J, 1)
    log_px_z = -((x - mean).square().sum(2) / (2 * std**2) + 2 * std.log() + LOG_2PI)
    terms = (log_w[:, None] + log_px_z).split([rule.n_points for rule in rules])
    return torch.stack([own.logsumexp(0) for own in terms])


@lru_cache(64)
def points(*kind):
    """48 points x (48, 2) of a model, as samples would lie, and log p(x) (48,)."""
    z, noise = torch.from_numpy(draws()).split([1, 2], 1)
    own = model(*kind).decode(z)
    x = own.mean + own.stddev * noise
    return x, log_prob(kind, x, EXACT)[0]


@lru_cache(64)
def errors(counts, *kind):
    """By how many nats log p(x) on so many points is off, means without sign over `points`."""
    x, exact = points(*kind)
    found = log_prob(kind, x, *(Grid(n_points, NEAR) for n_points in counts))
    return dict(zip(counts, (found - exact).abs().mean(1).tolist(), strict=True))


def cells(middles, heights):
    """Cells of a width around their middles, as a band of two rows each and as their walls."""
    half = 3 / len(middles)
    low, high = middles - half, middles + half
    tops = np.repeat(heights, 2)
    band = np.column_stack([np.column_stack([low, high]).ravel(), np.zeros_like(tops), tops])
    ends = np.append(low, high[-1])
    beside = np.maximum(np.append(0, heights), np.append(heights, 0))
    feet = np.column_stack([ends, np.zeros_like(ends)])
    walls = np.stack([feet, np.column_stack([ends, beside])], 1)
    return band, walls[: len(walls) if len(middles) <= MANY else 0]


@lru_cache(64)
def dip(j, *kind):
    """How far p(x) falls from one of the J means to the next, as a part of what it is there.

    Between two means is the place of the z that parts their cells. A mean over the J − 1 of these,
    weighted by the prior; a rise counts as 0.
    """
    means, _ = nodes(Grid(j, NEAR))
    between = (means[1:] + means[:-1]) / 2
    at = log_prob(kind, model(*kind).decode(means).mean, Grid(j, NEAR))[0]
    low = log_prob(kind, model(*kind).decode(between).mean, Grid(j, NEAR))[0]
    falls = (1 - (low - (at[1:] + at[:-1]) / 2).exp()).clamp(min=0)
    weights = torch.exp(-(between[:, 0] ** 2) / 2)
    return float((falls * weights).sum() / weights.sum())


def look(falls):
    """What Gaussians look like between which p(x) falls by that part."""
    return next((words for least, words in LOOKS if falls > least), "one smooth band")
