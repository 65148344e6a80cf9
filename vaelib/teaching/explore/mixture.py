"""Mix three Gaussians on a line: their density, its logarithm, samples, and who made a point.

    p(x) = Σ_k π_k N(x | μ_k, σ_k²),    r_k = π_k N(x | μ_k, σ_k²) / p(x)

A sample chooses k by the weights, then x = μ_k + σ_k ε. The draws behind the samples are fixed: a
slider moves the samples, it does not draw new ones. Eleven sliders have too many settings to be
computed ahead, so without a kernel the browser evaluates `mixture.js`: this scene again, line by
line, held to it by a test.

Source: C. Bishop, *Pattern Recognition and Machine Learning* (2006), §2.3.9, eqs. 2.188 and 2.192.
"""

import math
from functools import cache

import numpy as np
import torch

from vaelib.gaussians import log_normal_diag
from vaelib.teaching.explore.files import HERE
from vaelib.teaching.explore.scene import Axis, Explorer, Mark, Panel, Scene, Slider
from vaelib.teaching.explore.words import rounded

EDGE, BIN = 8, 0.5  # the line goes from −EDGE to EDGE; a bin's width in the histogram
LOOKS = ("blue", "solid", "dot"), ("accent", "dash", "cross"), ("green", "dot", "plus")


@cache
def draws():
    """1,000 rows (u, ε), uniform and standard normal, rounded to half floats as pages hold them."""
    random = np.random.RandomState(0)
    rows = np.column_stack([random.uniform(size=1000), random.standard_normal(1000)])
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


def histogram(x):
    """The samples' share in each bin, over its width: a band of two rows for each bin."""
    n_bins = int(2 * EDGE / BIN)
    which = np.floor((x + EDGE) / BIN).astype(int)
    counts = np.bincount(which[(which >= 0) & (which < n_bins)], minlength=n_bins)
    height = np.repeat(counts / (max(len(x), 1) * BIN), 2)
    edges = np.repeat(np.arange(n_bins + 1) * BIN - EDGE, 2)[1:-1]
    return np.column_stack([edges, np.zeros_like(height), height])


def scene(x, n, **sliders):
    """The density and its logarithm with their terms, n samples, and who made the point x.

    Parameters
    ----------
    x : float, −7 to 7
        The point.
    n : float, 0 to 1000
        How many samples, rounded down.
    weight1, weight2, weight3 : float, 0.1 to 1
        Shares of the components; a weight is a share over their sum.
    mean1, mean2, mean3 : float, −3.5 to 3.5
        Their means μ_k.
    width1, width2, width3 : float, 0.5 to 1.5
        Their standard deviations σ_k.
    """
    share, mu, std = (
        [sliders[f"{name}{k}"] for k in (1, 2, 3)] for name in ("weight", "mean", "width")
    )
    weights = [s / (share[0] + share[1] + share[2]) for s in share]
    at = np.arange(20 * EDGE + 1) / 10 - EDGE
    terms = log_terms([*at, x], weights, mu, std)
    log_p = np.logaddexp.reduce(terms, axis=1)
    log_px, resp = log_p[-1], np.exp(terms[-1] - log_p[-1])
    made_by, drawn = sample(int(n), weights, mu, std)
    arrays = {
        "histogram": histogram(drawn),
        "probe": [[x, -1], [x, 1]],
        "log_probe": [[x, -100], [x, 100]],
        "p": np.column_stack([at, np.exp(log_p[:-1])]),
        "log_p": np.column_stack([at, log_p[:-1]]),
        "p_there": [[x, math.exp(log_px)]],
        "log_p_there": [[x, log_px]],
        "resp": resp,
    }
    for k in (1, 2, 3):
        own = drawn[made_by == k - 1]
        arrays[f"samples{k}"] = np.column_stack([own, np.full(len(own), -0.04 * k)])
        arrays[f"term{k}"] = np.column_stack([at, np.exp(terms[:-1, k - 1])])
        arrays[f"log_term{k}"] = np.column_stack([at, terms[:-1, k - 1]])
    counts = np.bincount(made_by, minlength=3)
    sentence = (
        f"At x = {rounded(x, 1)}: p(x) = {rounded(math.exp(log_px), 3)}, log p(x) = "
        f"{rounded(log_px, 2)} nats. It was made by k = 1, 2, 3 with probability "
        f"{', '.join(rounded(r, 2) for r in resp)}; the weights are "
        f"{', '.join(rounded(w, 2) for w in weights)}. Of {int(n)} samples "
        f"{', '.join(str(count) for count in counts)} came from k = 1, 2, 3."
    )
    return Scene(arrays, sentence)


def tenths(low, high):
    """All tenths from low to high."""
    return tuple(k / 10 for k in range(round(10 * low), round(10 * high) + 1))


def component(k, weight, mean, width):
    """The three sliders of component k."""
    return {
        f"weight{k}": Slider(f"k = {k}: share", tenths(0.1, 1), weight, digits=1),
        f"mean{k}": Slider(f"k = {k}: mean μ", tenths(-3.5, 3.5), mean, digits=1),
        f"width{k}": Slider(f"k = {k}: width σ", tenths(0.5, 1.5), width, digits=1),
    }


def of_each(kind, name, panel, label=""):
    """A mark for each component, which keeps its tone, dash and shape."""
    return {
        f"{name}{k}": Mark(kind, panel, label.format(k), *look, size=2.5)
        for k, look in enumerate(LOOKS, 1)
    }


LINE = Axis("x", -EDGE, EDGE)

explorer = Explorer(
    name="mixture",
    title="Mix Gaussians",
    about="Weigh, move and widen three Gaussians (a weight is a share over the sum of the three); "
    "let samples appear; and ask of one point x which of the three made it.",
    lessons=("02_gaussian_mixtures",),
    controls={
        **component(1, 0.5, -2, 0.5),
        **component(2, 0.3, 1, 1.5),
        **component(3, 0.2, 3, 0.5),
        "n": Slider(
            "samples", (*range(11), *range(20, 101, 10), *range(200, 1001, 100)), 10, digits=0
        ),
        "x": Slider("the point x", tenths(-7, 7), -3, digits=1),
    },
    panels={
        "density": Panel("Weighted Gaussians, and their sum", LINE, Axis("p(x)", -0.15, 0.8)),
        "log": Panel("The same in logarithms", LINE, Axis("log p(x), nats", -16, 1)),
        "who": Panel("Who made the point x?", Axis("probability r", 0, 1), aspect=2),
    },
    marks={
        "histogram": Mark("band", "density", "samples", tone="muted"),
        "probe": Mark("line", "density", tone="muted"),
        **of_each("line", "term", "density", "k = {}"),
        "p": Mark("line", "density", "p(x)"),
        **of_each("points", "samples", "density"),
        "p_there": Mark("points", "density", "at x", shape="ring", size=6),
        "log_probe": Mark("line", "log", tone="muted"),
        **of_each("line", "log_term", "log", "k = {}"),
        "log_p": Mark("line", "log", "log p(x)"),
        "log_p_there": Mark("points", "log", "at x", shape="ring", size=6),
        "resp": Mark("bars", "who", names=("k = 1", "k = 2", "k = 3")),
    },
    scene=scene,
    fixed=lambda: {"draws": draws()},
    play="n",
    evaluator=HERE / "mixture.js",
)
