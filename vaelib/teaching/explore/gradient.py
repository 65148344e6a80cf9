"""The gradient's two estimators: what draws of q say by their height, and what by their slope.

    ∇ E_q f(z) = E_q[(f(z) − b) ∇ log q(z)] = E_ε[f′(m + √v ε) ∂z/∂φ],    q = N(m, v)

Equations (6.2), the score function with a baseline b, and (6.3), reparameterised, of lesson 06, on
a line (`two_estimators`). 128 runs have their own K draws, which are fixed: a slider moves the
runs, it does not draw new ones. The exact gradient and the standard errors are integrals. Without a
kernel the browser evaluates `gradient.js`: this scene again, line by line, held to it by a test.

Source: Mohamed, Rosca, Figurnov and Mnih, *Monte Carlo gradient estimation in machine learning*
(2020), §§4, 5 and 7.
"""

import numpy as np

from vaelib.teaching.explore.files import HERE
from vaelib.teaching.explore.gradient_words import numbers, sentence
from vaelib.teaching.explore.scene import Axis, Choice, Explorer, Mark, Panel, Scene, Slider
from vaelib.teaching.explore.two_estimators import (
    COUNTS,
    CURVES,
    RUNS,
    Place,
    draws,
    estimates,
    exact,
)

SHOWN = 12  # draws that have arrows
EDGE, REACH = 3.4, 6.0  # of the line z, and of the runs' gradients
FLOOR, BELL = -8.5, 2.4  # where q stands, and how high
SCALE = 1 / 3  # the length of an arrow for a gradient of 1
LEAST, MOST = 0.002, 50  # standard errors on the axis; a line may leave it
TINY = 1e-6  # where a line of zeros is, far under the axis
HEAD = 0.12, 0.18


def arrows(x, y, length):
    """Arrows to the right of x, (n, 11, 2); two heads where one goes on beyond the picture."""
    tail, end = np.clip(x, -EDGE, EDGE), x + length
    tip = np.clip(end, -EDGE, EDGE)
    way = np.sign(tip - tail)
    back = np.minimum(HEAD[0], abs(tip - tail)) * way
    parts = [(tail, 0)]
    for head in (tip, np.where(end == tip, tip, tip - back)):
        parts += [(head, 0), (head - back, HEAD[1]), (head, 0), (head - back, -HEAD[1]), (head, 0)]
    return np.stack([np.column_stack([at, y + up]) for at, up in parts], 1)


def curve(place):
    """f on the line; where it jumps, straight up."""
    z = np.concatenate([np.linspace(-EDGE, -1e-9, 161), np.linspace(0, EDGE, 161)])
    return np.column_stack([z, CURVES[place.f][0](z)])


def in_hand(place, eps, said):
    """The run's first draws on the curve, or at the line's edge, and what each says."""
    z = place.m + place.std * eps
    height = CURVES[place.f][0](z)
    out = np.where(eps < 0, -1.0, 1.0) if place.by == "log v" else 1.0  # outward: wider
    on = abs(z) <= EDGE
    stems = np.stack([np.stack([z, np.full_like(z, place.b)], -1), np.stack([z, height], -1)], 1)
    edge = np.column_stack([np.clip(z, -EDGE, EDGE), np.maximum(height, FLOOR)])
    return {
        "heights": stems,
        "says_score": arrows(z, height + 0.22, SCALE * out * said[0]),
        "says_path": arrows(z, height - 0.22, SCALE * out * said[1]),
        "drawn": edge[on],
        "drawn_off": edge[~on],
    }


def summed_up(place, true, means):
    """Arrows from q's middle, for log v from its flank: the gradient, and what the run says."""
    x = place.m + (place.std if place.by == "log v" else 0)
    given = {"exact": true.gradient, "mean_score": means[0], "mean_path": means[1]}
    return {
        name: arrows(np.array([x]), np.array([FLOOR + BELL + 0.6 + 0.7 * k]), SCALE * value)[0]
        for k, (name, value) in enumerate(given.items())
    }


def cloud(means):
    """Each run's mean, (128, 2), and those beyond the axis at its edge."""
    points = np.column_stack([np.clip(means, -REACH, REACH), np.arange(RUNS) + 1])
    off = abs(means) > REACH
    return points[~off], points[off]


def scene(f, by, m, std, b, count, run):
    """f with q under it and one run's draws; the estimates of all runs; the standard errors.

    Parameters
    ----------
    f : one of CURVES
        What is to be large on average.
    by : "m" or "log v"
        φ, what the gradient is taken by.
    m, std : float, −2 to 2 and 0.25 to 1
        The mean and the standard deviation √v of q.
    b : float, −5 to 3
        The score function's baseline.
    count : float, 1 to 256
        K, the draws of a run, rounded down.
    run : float, 1 to 128
        Which run is shown, rounded down.
    """
    place, count, run = Place(f, by, m, std, b), int(count), int(run) - 1
    true, eps = exact(place), draws()[:, :count]
    score, path, _ = estimates(place, eps)
    means = score.mean(1), path.mean(1)
    (scores, scores_off), (paths, paths_off) = map(cloud, means)
    sizes, root = np.array([1, COUNTS[-1]]), np.sqrt(count)
    z = np.linspace(-EDGE, EDGE, 161)
    band = {}
    for name, middle, sd in (
        ("score", true.gradient, true.score),
        ("path", true.by_slope, true.path),
    ):
        error = sd / root
        band[f"within_{name}"] = [[middle - error, 0, RUNS + 1], [middle + error, 0, RUNS + 1]]
        band[f"error_{name}"] = np.column_stack([sizes, np.maximum(sd / np.sqrt(sizes), TINY)])
        band[f"now_{name}"] = [[count, max(error, LEAST)]]
    arrays = {
        "baseline": [[-EDGE, b], [EDGE, b]],
        **in_hand(place, eps[run, :SHOWN], (score[run, :SHOWN], path[run, :SHOWN])),
        "f": curve(place),
        "q": np.column_stack([z, FLOOR + BELL * np.exp(-(((z - m) / std) ** 2) / 2)]),
        **summed_up(place, true, (means[0][run], means[1][run])),
        **band,
        "under": np.array([[count, 1.4 * LEAST]])[: int(min(true.score, true.path) < LEAST * root)],
        "scores": scores,
        "paths": paths,
        "beyond": np.concatenate([scores_off, paths_off]),
        "gradient": [[true.gradient, 0], [true.gradient, RUNS + 1]],
        "this": [[np.clip(part[run], -REACH, REACH), run + 1] for part in means],
        "needed": np.column_stack([sizes, np.full(2, max(abs(true.gradient), TINY))]),
    }
    said = numbers(place, true, means, count, run, SHOWN, REACH)
    return Scene(arrays, sentence(place, true, count), said)


def fine(low, high, step):
    """All multiples of 1/step from low to high."""
    return tuple(k / step for k in range(round(low * step), round(high * step) + 1))


explorer = Explorer(
    name="gradient",
    title="The gradient's two estimators",
    about="Which way should q move so that f is higher under it? Drag q, its width and the "
    "baseline, and see what each draw says by its height, and by its slope.",
    lessons=("06_noise_and_kl",),
    controls={
        "f": Choice("f(z)", tuple(CURVES), "a hill"),
        "by": Choice("gradient by", ("m", "log v"), "m"),
        "m": Slider("mean m", fine(-2, 2, 50), 1.6),
        "std": Slider("width √v", fine(0.25, 1, 100), 0.5),
        "b": Slider("baseline b", fine(-5, 3, 20), 0),
        "count": Slider("draws K", COUNTS, 8, digits=0),
        "run": Slider("run", tuple(range(1, RUNS + 1)), 54, digits=0),
    },
    panels={
        "line": Panel(
            "Which way is up? What one run's draws say",
            Axis("z", -EDGE, EDGE),
            Axis("f(z)", FLOOR, 3.4),
            aspect=1.05,
        ),
        "runs": Panel(
            f"What {RUNS} runs say",
            Axis("gradient, mean of K draws", -REACH, REACH),
            Axis("run", 0, RUNS + 1),
        ),
        "errors": Panel(
            "Standard error of a mean of K draws",
            Axis("draws K", 1, COUNTS[-1], log=True),
            Axis("standard error", LEAST, MOST, log=True),
        ),
    },
    marks={
        "heights": Mark("line", "line", tone="blue", dash="dot"),
        "baseline": Mark("line", "line", "baseline b", tone="orange", dash="dash"),
        "f": Mark("line", "line", "f(z)"),
        "q": Mark("line", "line", "q(z)", tone="pink"),
        "says_score": Mark("line", "line", tone="blue"),
        "says_path": Mark("line", "line", tone="green"),
        "drawn": Mark("points", "line", "draws", size=3.5),
        "drawn_off": Mark("points", "line", shape="cross", size=4),
        "exact": Mark("line", "line", "exact", tone="accent"),
        "mean_score": Mark("line", "line", "score function", tone="blue"),
        "mean_path": Mark("line", "line", "reparameterised", tone="green"),
        "within_score": Mark("band", "runs", "± 1 standard error", tone="blue"),
        "within_path": Mark("band", "runs", tone="green"),
        "scores": Mark("points", "runs", tone="blue", size=2),
        "paths": Mark("points", "runs", tone="green", size=2),
        "beyond": Mark("points", "runs", tone="blue", shape="cross", size=2.5),
        "gradient": Mark("line", "runs", "exact", tone="accent"),
        "this": Mark("points", "runs", "the run shown", shape="ring", size=5),
        "needed": Mark("line", "errors", "the gradient's size", tone="accent", dash="dash"),
        "error_score": Mark("line", "errors", "score function", tone="blue"),
        "error_path": Mark("line", "errors", "reparameterised", tone="green"),
        "now_score": Mark("points", "errors", tone="blue", size=5),
        "now_path": Mark("points", "errors", tone="green", size=5),
        "under": Mark("points", "errors", "under the axis", shape="cross", size=7),
    },
    scene=scene,
    fixed=lambda: {"draws": draws()},
    play="count",
    evaluator=HERE / "gradient.js",
)
