"""The gradient's two estimators: what draws of q say by their height, and what by their slope.

    ∇ E_q f(z) = E_q[(f(z) − b) ∇ log q(z)] = E_ε[f′(m + √v ε) ∂z/∂φ],    q = N(m, v)

Equations (6.2), the score function with a baseline b, and (6.3), reparameterised, of lesson 06, on
a line (`two_estimators`). An arrow is what one draw says, or a mean: to the right is more of φ. 128
runs have their own K draws, which are fixed: a slider moves the runs, it does not draw new ones.
It opens on the first draw of one run; the mean of K draws and all runs are shown when asked for.
The exact gradient and the standard errors are integrals. Without a kernel the browser evaluates
`gradient.js`: this scene again, line by line, held to it by a test.

Source: Mohamed, Rosca, Figurnov and Mnih, *Monte Carlo gradient estimation in machine learning*
(2020), §§4, 5 and 7.
"""

import numpy as np

from vaelib.teaching.explore.files import HERE
from vaelib.teaching.explore.gradient_words import LITTLE, numbers, sentence, two_votes
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

ONE, MEAN, ALL = SHOW = "one draw", "K draws", f"{RUNS} runs"
SHOWN = 4  # draws that vote in the picture
EDGE, REACH = 3.4, 6.0  # of the line z, and of the runs' gradients
FLOOR, BELL = -7.6, 2.0  # where q stands, and how high
LANE, LANES, APART = -8.3, 1.0, 0.42  # the first draw's votes; down to the next; height to slope
RULE = LANE - SHOWN * LANES + 0.1  # the line below which the means are
BELOW = LANE - 1.6 * LANES  # the exact gradient, where one draw votes alone
ROWS = tuple(RULE - 0.7 - 0.9 * row for row in range(3))  # by height, by slope, exactly
LOW, HIGH = ROWS[2] - 0.7, 1.6
UP = RUNS + 28  # the runs by slope stand under those by height, which are so much higher
TOP = UP + RUNS + 28
SCALE = 0.4  # the length of an arrow for a gradient of 1
HEAD = 0.1, 0.15
NAMED = -2.2  # where f's name stands, beside its grip
TICK = 0.24  # half a piece of slope
NOTHING, NO_BAND = np.empty((0, 2)), np.empty((0, 3))
CLOUDS, BANDS = ("scores", "paths", "beyond"), ("wrong", "within_score", "within_path")


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
    """The run's first draws on the curve, or at the line's edge, and what each says in its lane."""
    z, lane = place.m + place.std * eps, LANE - LANES * np.arange(len(eps))
    height, slope = (part(z) for part in CURVES[place.f])
    ends = [np.column_stack([z + h, height + h * slope]) for h in (-TICK, TICK)]
    edge = np.column_stack([np.clip(z, -EDGE, EDGE), np.maximum(height, FLOOR)])
    on = abs(z) <= EDGE
    return {
        "heights": np.stack([np.column_stack([z, np.full_like(z, place.b)]), edge], 1),
        "slopes": np.stack(ends, 1),
        "says_score": arrows(z, lane, SCALE * said[0]),
        "says_path": arrows(z, lane - APART, SCALE * said[1]),
        "drawn": edge[on],
        "drawn_off": edge[~on],
        "falls": np.stack([edge, np.column_stack([edge[:, 0], lane - APART / 2])], 1),
        "voters": np.column_stack([edge[:, 0], lane - APART / 2]),
    }


def name(x, y, n=2):
    """A line of no length: a name stands beside it."""
    return np.tile([x, y], (n, 1))


def summed_up(place, true, means, far):
    """Arrows from q's middle, each in its row: the means by height and slope, and the gradient."""
    given = {"mean_score": means[0], "mean_path": means[1], "exact": true.gradient}
    return {
        key: in_row(place, row, far, value)
        for (key, value), row in zip(given.items(), ROWS, strict=True)
    }


def in_row(place, row, far, value):
    """The name's place, and an arrow from q's middle."""
    return np.stack([name(far, row, 11), arrows(np.array([place.m]), row, SCALE * value)[0]])


def cloud(means, up):
    """Each run's mean, (128, 2), and those beyond the axis at its edge."""
    points = np.column_stack([np.clip(means, -REACH, REACH), up + np.arange(RUNS) + 1])
    off = abs(means) > REACH
    return points[~off], points[off]


def alone(place, true, far):
    """What is left out while one draw votes alone, and its own row for the exact gradient."""
    hidden = ("rule", "baseline", "mean_score", "mean_path")
    return {key: NOTHING for key in hidden} | {"exact": in_row(place, BELOW, far, true.gradient)}


def scene(show, f, by, m, std, b, count, run):
    """f with q under it, one run's draws and what they say; and what all runs say.

    Parameters
    ----------
    show : one of SHOW
        The first draw of a run, its mean of K draws, or beside them all runs.
    f : one of CURVES
        What is to be large on average.
    by : "m" or "log v"
        φ, what the gradient is taken by.
    m, std : float, −2 to 2 and 0.25 to 1
        The mean and the standard deviation √v of q.
    b : float, −5 to 1
        The score function's baseline.
    count : float, 1 to 256
        K, the draws of a run, rounded down.
    run : float, 1 to 128
        Which run is shown, rounded down.
    """
    place, count, run = Place(f, by, m, std, b), 1 if show == ONE else int(count), int(run) - 1
    true, eps = exact(place), draws()[:, :count]
    score, path, _ = estimates(place, eps)
    means = score.mean(1), path.mean(1)
    (scores, scores_off), (paths, paths_off) = cloud(means[0], UP), cloud(means[1], 0)
    within = {
        f"within_{key}": [[at, low, low + RUNS + 1] for at in (middle - error, middle + error)]
        for key, middle, error, low in (
            ("score", true.gradient, true.score / np.sqrt(count), UP),
            ("path", true.by_slope, true.path / np.sqrt(count), 0),
        )
    }
    z = np.linspace(-EDGE, EDGE, 161)
    far = EDGE if m < 0 else -EDGE  # from q: there are the names
    side = -np.sign(true.gradient) * (abs(true.gradient) >= LITTLE)
    arrays = {
        "rule": [[-EDGE, RULE], [EDGE, RULE]],
        "middle": [[m, FLOOR], [m, LOW]],
        "baseline": [[-EDGE, b], [EDGE, b]],
        **in_hand(place, eps[run, :SHOWN], (score[run, :SHOWN], path[run, :SHOWN])),
        "f": curve(place),
        "f_name": name(NAMED, CURVES[f][0](NAMED)),
        "q": np.column_stack([z, FLOOR + BELL * np.exp(-(((z - m) / std) ** 2) / 2)]),
        **summed_up(place, true, (means[0][run], means[1][run]), far),
        "wrong": [[0, 0, TOP], [side * REACH, 0, TOP]],
        **within,
        "by_height": name(-REACH, TOP - 14),
        "by_slope": name(-REACH, UP - 14),
        "scores": scores,
        "paths": paths,
        "beyond": np.concatenate([scores_off, paths_off]),
        "gradient": [[true.gradient, 0], [true.gradient, TOP]],
        "this": [
            [np.clip(part[run], -REACH, REACH), up + run + 1]
            for part, up in zip(means, (UP, 0), strict=True)
        ],
    }
    if show == ONE:
        arrays |= alone(place, true, far)
    if show != ALL:
        arrays |= {key: NOTHING for key in CLOUDS} | {key: NO_BAND for key in BANDS}
    more = numbers(place, true, means, count, run, SHOWN, REACH)
    if show == ONE:
        return Scene(arrays, two_votes(place, true, score[run, 0], path[run, 0], eps[run, 0]), more)
    return Scene(arrays, sentence(place, true, means, count, run), more)


def fine(low, high, step):
    """All multiples of 1/step from low to high."""
    return tuple(k / step for k in range(round(low * step), round(high * step) + 1))


explorer = Explorer(
    name="gradient",
    title="The gradient's two estimators",
    about="Which way should q move so that f is higher under it? Each draw votes twice: by its "
    "height, above the baseline “come here”, below it “go away”; and by its slope, uphill. Drag q, "
    "then show K draws, and 128 runs of them.",
    lessons=("06_noise_and_kl",),
    controls={
        "show": Choice("show", SHOW, ONE),
        "f": Choice("f(z)", tuple(CURVES), "a hill"),
        "by": Choice("gradient by (right: more)", ("m", "log v"), "m"),
        "m": Slider("mean m", fine(-2, 2, 50), 1.6),
        "std": Slider("width √v", fine(0.25, 1, 100), 0.5),
        "b": Slider("baseline b", fine(-5, 1, 20), 0),
        "count": Slider("draws K", COUNTS, 4, digits=0),
        "run": Slider("run", tuple(range(1, RUNS + 1)), 102, digits=0),
    },
    panels={
        "line": Panel(
            "What draws of q say; below a grey line, the mean of all K",
            Axis("z", -EDGE, EDGE),
            Axis("", LOW, HIGH),
            aspect=1,
        ),
        "runs": Panel(
            "What a run of K draws says",
            Axis("gradient by {by}, mean of K draws", -REACH, REACH),
            Axis("", 0, TOP),
            aspect=0.72,
        ),
    },
    marks={
        "middle": Mark("line", "line", tone="muted", dash="dot"),
        "rule": Mark("line", "line", tone="muted"),
        "falls": Mark("line", "line", tone="muted", dash="dot"),
        "mean_score": Mark("line", "line", "mean by height", tone="blue"),
        "mean_path": Mark("line", "line", "mean by slope", tone="green"),
        "heights": Mark("line", "line", tone="blue", dash="dot"),
        "baseline": Mark("line", "line", "baseline b", tone="orange", dash="dash"),
        "f": Mark("line", "line"),
        "f_name": Mark("line", "line", "f(z)"),
        "q": Mark("line", "line", "q(z)", tone="pink"),
        "slopes": Mark("line", "line", tone="green"),
        "says_score": Mark("line", "line", "by height", tone="blue"),
        "says_path": Mark("line", "line", "by slope", tone="green"),
        "voters": Mark("points", "line", size=2.5),
        "drawn": Mark("points", "line", f"a run's first {SHOWN} draws", size=3.5),
        "drawn_off": Mark("points", "line", shape="cross", size=4),
        "exact": Mark("line", "line", "exact", tone="accent"),
        "wrong": Mark("band", "runs", "the wrong way", tone="muted"),
        "by_height": Mark("line", "runs", "by height: score function", tone="blue"),
        "by_slope": Mark("line", "runs", "by slope: reparameterised", tone="green"),
        "within_score": Mark("band", "runs", "± 1 standard error", tone="blue"),
        "within_path": Mark("band", "runs", tone="green"),
        "scores": Mark("points", "runs", tone="blue", size=2),
        "paths": Mark("points", "runs", tone="green", size=2),
        "beyond": Mark("points", "runs", tone="blue", shape="cross", size=2.5),
        "gradient": Mark("line", "runs", "exact", tone="accent"),
        "this": Mark("points", "runs", "the run shown", shape="ring", size=5),
    },
    scene=scene,
    fixed=lambda: {"draws": draws()},
    evaluator=HERE / "gradient.js",
)
