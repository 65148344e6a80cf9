"""Mix three Gaussians on a line: their density, its logarithm, samples, and who made a point.

    p(x) = Σ_k π_k N(x | μ_k, σ_k²),    r_k = π_k N(x | μ_k, σ_k²) / p(x)

A weight π_k is k's parts over the parts of all. A sample chooses k by the weights, then
x = μ_k + σ_k ε. The draws behind the samples are fixed: a hand moves the samples, it does not draw
new ones. The latest fall; the others lie piled up under the bump of the k that made them, empty
from the first sample on, each a block of the same area, and all thousand have the area of p(x).
The browser evaluates `mixture.js`: this scene again, line by line, held to it by a test.

Source: C. Bishop, *Pattern Recognition and Machine Learning* (2006), §2.3.9, eqs. 2.188 and 2.192.
"""

import math
from functools import cache

import numpy as np
import torch

from vaelib.gaussians import log_normal_diag
from vaelib.teaching.explore.files import HERE
from vaelib.teaching.explore.maker import (
    LOWEST,
    THREE,
    beneath,
    even,
    listed,
    made,
    named,
    of_each,
    parts,
    who,
)
from vaelib.teaching.explore.scene import Axis, Explorer, Mark, Panel, Scene, Slider
from vaelib.teaching.explore.words import rounded

EDGE, BIN = 8, 0.25  # the line goes from −EDGE to EDGE; a bin's width in the pile
MOST = 1000  # samples
LATEST = 20  # of them still fall, but at the end none
SKY = 0.57  # from where they fall
REACH = 3.5  # a bump is drawn so many σ to both sides
CLOSE = 0.02  # a share of the samples is about a weight if it is as near
NAME = 0.03  # a bump's name stands so far above its top


@cache
def draws():
    """MOST rows (u, ε), uniform and standard normal, rounded to half floats as pages hold them."""
    random = np.random.RandomState(0)
    rows = np.column_stack([random.uniform(size=MOST), random.standard_normal(MOST)])
    return rows.astype(np.float16).astype(np.float64)


def log_terms(x, weights, mu, std):
    """log π_k N(x | μ_k, σ_k²) in nats, x (n,) → (n, 3)."""
    x, weights, mu, std = (torch.tensor(v, dtype=torch.float64) for v in (x, weights, mu, std))
    log_normal = log_normal_diag(x[:, None, None], mu[:, None], 2 * std.log()[:, None])
    return (weights.log() + log_normal).numpy()


def sample(n, weights, mu, std):
    """The component (n,) and the place (n,) of the first n samples."""
    u, eps = draws()[:n].T
    k = (u >= weights[0]).astype(int) + (u >= weights[0] + weights[1])
    return k, np.array(mu)[k] + np.array(std)[k] * eps


def pile(x):
    """A band under blocks, one for each sample: two rows for each bin, its left and right edge."""
    n_bins = int(2 * EDGE / BIN)
    which = np.floor((x + EDGE) / BIN).astype(int)
    counts = np.bincount(which[(which >= 0) & (which < n_bins)], minlength=n_bins)
    edges = np.repeat(np.arange(n_bins + 1) * BIN - EDGE, 2)[1:-1]
    height = np.repeat(counts / (MOST * BIN), 2)
    return np.column_stack([edges, np.zeros_like(height), height])


def falling(x, pile):
    """The latest samples (m, 2), the newest last: under the sky, and faster and faster to the pile.

    pile : (2 bins, 3)
    """
    age = np.arange(len(x))[::-1] / LATEST
    bins = np.clip(np.floor((x + EDGE) / BIN).astype(int), 0, len(pile) // 2 - 1)
    ground = pile[2 * bins, 2]
    return np.column_stack([x, SKY - (SKY - ground) * age**2])


def scene(x, n, **sliders):
    """The density and its logarithm with their terms, n samples, and who made the point x.

    Parameters
    ----------
    x : float, −7.5 to 7.5
        The point.
    n : float, 0 to 1000
        How many samples, rounded down.
    weight1, weight2, weight3 : float, 1 to 9
        Parts of the components; a weight is one's parts over their sum.
    mean1, mean2, mean3 : float, −4 to 4
        Their means μ_k.
    width1, width2, width3 : float, 0.45 to 2
        Their standard deviations σ_k.
    """
    share, mu, std = (
        np.array([sliders[f"{name}{k}"] for k in THREE]) for name in ("weight", "mean", "width")
    )
    weights = share / (share[0] + share[1] + share[2])
    at = np.arange(20 * EDGE + 1) / 10 - EDGE
    terms = log_terms([*at, x], weights, mu, std)
    log_p = np.logaddexp.reduce(terms, axis=1)
    log_px, resp = log_p[-1], np.exp(terms[-1] - log_p[-1])
    made_by, drawn = sample(int(n), weights, mu, std)
    arrays = {
        "probe": [[x, -1], [x, 1]],
        "log_probe": [[x, -100], [x, 100]],
        "p": np.column_stack([at, np.exp(log_p[:-1])]),
        "log_p": np.column_stack([at, log_p[:-1]]),
        "p_there": [[x, math.exp(log_px)]],
        "log_p_there": [[x, log_px]],
        "resp": resp,
    }
    steps = np.linspace(-REACH, REACH, 71)
    landed = len(drawn) - min(len(drawn), LATEST, MOST - len(drawn))
    for i, k in enumerate(THREE):
        around = mu[i] + std[i] * steps
        bump = np.exp(log_terms(around, weights, mu, std)[:, i])
        arrays[f"area{k}"] = np.column_stack([around, np.zeros_like(bump), bump * (n < 1)])
        arrays[f"term{k}"] = np.column_stack([around, bump])
        arrays[f"name{k}"] = [[mu[i], bump.max() + NAME]] * 2
        arrays[f"pile{k}"] = lying = pile(drawn[:landed][made_by[:landed] == i])
        arrays[f"rim{k}"] = lying[:, ::2]
        arrays[f"falling{k}"] = falling(drawn[landed:], lying)[made_by[landed:] == i]
        arrays[f"log_term{k}"] = np.column_stack([at, terms[:-1, i]])
    far = abs(x - mu)
    place = f"x = [{rounded(x, 2)}](x)"
    p_x = "under 0.001" if log_px < math.log(0.0005) else rounded(math.exp(log_px), 3)
    more = (
        f"p(x) = {p_x}, log p(x) = {rounded(log_px, 2)} nats. "
        f"r = {listed(resp)} for k = 1, 2, 3; the weights are {listed(weights)}. Of {int(n)} "
        f"samples {listed(np.bincount(made_by, minlength=3), 0)} came from k = 1, 2, 3; all "
        "thousand have the area of p(x). The dots, the latest, still fall."
    )
    said = made(place, resp, far, far / std) + beneath(log_px) + rained(made_by, weights)
    return Scene(arrays, said, more)


def rained(made_by, weights):
    """Which share of the samples the heaviest k made, beside its weight."""
    if not len(made_by):
        return ""
    k = weights.argmax()
    share = (made_by == k).sum() / len(made_by)
    more, less = share > weights[k] + CLOSE, share < weights[k] - CLOSE
    beside = "more than" if more else "less than" if less else "about"
    return f" Of the samples {named(k)} made {beside} its weight π."


def component(k, weight, mean, width):
    """The three sliders of component k."""
    return {
        **parts(k, weight),
        f"mean{k}": Slider(f"k = {k}: mean μ", even(-4, 4, 20), mean),
        f"width{k}": Slider(f"k = {k}: width σ", even(0.45, 2, 20), width),
    }


def counts():
    """From 0 to MOST: one by one at first, then faster and faster."""
    return (*range(21), *sorted({round(20 * 50 ** (i / 80)) for i in range(1, 81)}))


LINE = Axis("x", -EDGE, EDGE)

explorer = Explorer(
    name="mixture",
    title="Mix Gaussians",
    about="Pull a bump by its top (place, weight) or its flank (width). The weights sum to 1: "
    "where one grows, the others shrink. Move x: who made it? Play lets samples rain.",
    lessons=("02_gaussian_mixtures",),
    controls={
        **component(1, 5.0, -2.0, 0.5),
        **component(2, 3.0, 1.0, 1.5),
        **component(3, 2.0, 3.0, 0.5),
        "n": Slider("samples n", counts(), 0, digits=0),
        "x": Slider("the point x", even(-7.5, 7.5, 20), -5.0),
    },
    panels={
        "density": Panel("Three bumps, and their sum p(x)", LINE, Axis("p(x)", -0.08, 0.6), 1.6),
        "log": Panel(
            "The same in logarithms", LINE, Axis("log p(x), nats", LOWEST, 1), 2.2, under=True
        ),
        "who": Panel("Who made the point x?", Axis("probability r", 0, 1), aspect=3.2),
    },
    marks={
        **of_each("band", "area", "density"),
        **of_each("band", "pile", "density"),
        **of_each("line", "rim", "density"),
        "probe": Mark("line", "density", tone="muted"),
        **of_each("line", "term", "density"),
        **of_each("line", "name", "density", "k = {}"),
        "p": Mark("line", "density", "p(x)"),
        **of_each("points", "falling", "density", size=4),
        "p_there": Mark("points", "density", shape="ring", size=6),
        "log_probe": Mark("line", "log", tone="muted"),
        **of_each("line", "log_term", "log", "k = {}"),
        "log_p": Mark("line", "log", "log p(x)"),
        "log_p_there": Mark("points", "log", shape="ring", size=6),
        "resp": who("who"),
    },
    scene=scene,
    fixed=lambda: {"draws": draws()},
    play="n",
    evaluator=HERE / "mixture.js",
)
