"""The tops of a mixture's density on a plane, and the borders between its Gaussians.

relief.js is its twin.
"""

from itertools import pairwise

import numpy as np

EDGE = 4  # of the plane, as in plane.py
ROUNDS, SAME = 300, 0.1  # of the climb to a top; tops nearer than SAME are one
TIE = 1e-9
PAIRS = (0, 1), (0, 2), (1, 2)


def tops(weights, means, axes, heights):
    """The tops (m, 2): climbs from the highest node among its neighbours, until all is at rest.

    A climb repeats x ← (Σ_k r_k Σ_k⁻¹)⁻¹ Σ_k r_k Σ_k⁻¹ μ_k, which never goes down: it is EM.

    heights : (n, n), the density on the plane's nodes but for a factor, the lowest row first
    """
    n = len(heights)
    ring = np.pad(heights, 1, constant_values=-1)
    around = [
        ring[1 + i : 1 + i + n, 1 + j : 1 + j + n]
        for i in (-1, 0, 1)
        for j in (-1, 0, 1)
        if (i, j) != (0, 0)
    ]
    high = np.argwhere((heights > np.max(around, axis=0)) & (heights > 1e-9 * heights.max()))
    x = high[:, ::-1] * (2 * EDGE / (n - 1)) - EDGE
    precision = np.linalg.inv(axes @ axes.mT)
    constant = np.log(weights) - np.log(abs(np.linalg.det(axes)))
    for _ in range(ROUNDS):
        gap = x[:, None] - means
        log_r = constant - 0.5 * np.einsum("nki,kij,nkj->nk", gap, precision, gap)
        r = np.exp(log_r - log_r.max(1, keepdims=True))
        total = np.einsum("nk,kij->nij", r, precision)
        pull = np.einsum("nk,kij,kj->ni", r, precision, means)
        x = np.linalg.solve(total, pull[..., None])[..., 0]
    kept = []
    for place in x:
        if all(np.hypot(*(place - other)) > SAME for other in kept):
            kept.append(place)
    return np.array(kept).reshape(-1, 2)


def borders(terms):
    """Short lines (m, 2, 2) on which two terms are equal and the third is not above them.

    terms : (n, n, 3), log π_k N on the plane's nodes, the lowest row first
    """
    n, lines = len(terms), []
    step = 2 * EDGE / (n - 1)
    for i, j in PAIRS:
        third = 3 - i - j
        gap = terms[..., i] - terms[..., j]
        above = gap > TIE
        corners = above[:-1, :-1] + above[:-1, 1:] * 1 + above[1:, 1:] + above[1:, :-1]
        for row, column in np.argwhere((corners > 0) & (corners < 4)):
            found = list(_crossings(terms, gap, above, row, column, (i, j, third)))
            for one, two in zip(found[::2], found[1::2], strict=True):
                middle = (one[2] + two[2]) / 2
                if middle >= 0:
                    lines.append([[v * step - EDGE for v in end[:2]] for end in (one, two)])
    return np.array(lines, dtype=float).reshape(-1, 2, 2)


def _crossings(terms, gap, above, row, column, order):
    """Where a border crosses a cell's edges, in steps, and how far the third term is below it."""
    i, j, third = order
    square = ((0, 0), (0, 1), (1, 1), (1, 0), (0, 0))
    for (up, across), (then_up, then_across) in pairwise(square):
        a, b = (row + up, column + across), (row + then_up, column + then_across)
        if above[a] != above[b]:
            t = gap[a] / (gap[a] - gap[b])
            here = [(1 - t) * terms[a][k] + t * terms[b][k] for k in (i, j, third)]
            place = [a[1] + t * (b[1] - a[1]), a[0] + t * (b[0] - a[0])]
            yield (*place, (here[0] + here[1]) / 2 - here[2])
