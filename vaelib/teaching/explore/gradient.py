"""The gradient's two estimators: two climbers, one hears how high a draw is, one how steep.

    ∇ E_q f(z) = E_q[(f(z) − b) ∇ log q(z)] = E_ε[f′(m + √v ε)],    q = N(m, v)

Equations (6.2), the score function with a baseline b, and (6.3), reparameterised, of lesson 06, on
a line (`two_estimators`). Either climber is the middle of a q of its own and goes in steps along
its estimate; both see the same ε, which are fixed for each of 128 runs: a slider moves the climb,
it does not draw new ones. The exact gradient is an integral. Without a kernel the browser evaluates
`gradient.js`: this scene again, line by line, held to it by a test.

Source: Mohamed, Rosca, Figurnov and Mnih, *Monte Carlo gradient estimation in machine learning*
(2020), §§4, 5 and 7.
"""

import numpy as np

from vaelib.teaching.explore.files import HERE
from vaelib.teaching.explore.gradient_words import (
    TOPPED,
    all_climbs,
    first_votes,
    numbers,
    one_climb,
)
from vaelib.teaching.explore.scene import Axis, Choice, Explorer, Mark, Panel, Scene, Slider
from vaelib.teaching.explore.two_estimators import (
    COUNTS,
    CURVES,
    EDGE,
    RUNS,
    STEPS,
    Place,
    climb,
    draws,
    estimates,
    exact,
)

ONE, ALL = SHOW = "one run", f"{RUNS} runs"
FLOOR, BELL = -8.0, 1.8  # where q stands, and how high
LANES = -8.5, -9.6  # the votes of blue and of green,
EXACT = 0.45  # and so far below them the exact gradient
TRAIL, DOWN = -10.8, 0.2  # where both start, and down to the next step
LOW, HIGH = TRAIL - DOWN * STEPS - 0.5, 1.2
ROWS = TRAIL - 0.15, TRAIL - 3.35  # of all runs, blue ones and green ones
ROW = 0.024  # from run to run
SCALE = 0.4  # the length of an arrow for a gradient of 1
HEAD = 0.1, 0.16
TICK = 0.24  # half a piece of slope
NAMED = -2.9  # where f's name stands
BEST = np.linspace(-EDGE, EDGE, 341)  # where the best q is sought
WORST, TOP = -4.0, 0.5  # of the score's axis
NOTHING, NO_LINES = np.empty((0, 2)), np.empty((0, 2, 2))
ARROWS = np.empty((0, 11, 2))


def arrow(x, y, length):
    """An arrow to the right of x, (1, 11, 2); two heads where it goes on beyond the picture."""
    tip = np.clip(x + length, -EDGE, EDGE)
    back = min(HEAD[0], abs(tip - x)) * np.sign(tip - x)
    points = [(x, y)]
    for head in (tip, tip if x + length == tip else tip - back):
        for up in (HEAD[1], -HEAD[1]):
            points += [(head, y), (head - back, y + up)]
        points.append((head, y))
    return np.array([points])


def curve(place):
    """f on the line; where it jumps, straight up."""
    z = np.concatenate([np.linspace(-EDGE, -1e-9, 161), np.linspace(0, EDGE, 161)])
    return np.column_stack([z, CURVES[place.f][0](z)])


def bell(m, std):
    """q, standing under f."""
    z = np.linspace(-EDGE, EDGE, 161)
    return np.column_stack([z, FLOOR + BELL * np.exp(-(((z - m) / std) ** 2) / 2)])


def sight(place, at, eps):
    """What the next step sees, and what the climbers at `at` make of it."""
    blue, green = (place._replace(m=m) for m in at)
    z, steep = blue.m + blue.std * eps, green.m + green.std * eps
    height, slope = CURVES[place.f][:2]
    foot = np.column_stack([z, np.full_like(z, place.b)])
    ends = [np.column_stack([steep + h, height(steep) + h * slope(steep)]) for h in (-TICK, TICK)]
    said = [estimates(each, eps)[k].mean() for k, each in enumerate((blue, green))]
    true = [exact(each).gradient for each in (blue, green)]
    says = [arrow(m, lane, SCALE * g) for m, lane, g in zip(at, LANES, said, strict=True)]
    right = [arrow(m, lane - EXACT, SCALE * g) for m, lane, g in zip(at, LANES, true, strict=True)]
    return said, {
        "heights": np.stack([foot, np.column_stack([z, height(z)])], 1),
        "slopes": np.stack(ends, 1),
        "heard": np.column_stack([z, height(z)]),
        "felt": np.column_stack([steep, height(steep)]),
        "says_height": says[0],
        "says_slope": says[1],
        "exact": np.concatenate(right),
    }


UNSEEN = {
    "heights": NO_LINES,
    "slopes": NO_LINES,
    "heard": NOTHING,
    "felt": NOTHING,
    "says_height": ARROWS,
    "says_slope": ARROWS,
    "exact": ARROWS,
}


def trail(way):
    """A climber's places, the first on top."""
    return np.column_stack([way, TRAIL - DOWN * np.arange(len(way))])


def scene(show, f, m, std, b, count, step, run):
    """f with the two climbers' q under it, the way they have come, and the mean of f.

    Parameters
    ----------
    show : one of SHOW
        One run, or all.
    f : one of CURVES
        What is to be large on average.
    m, std : float, −2 to 2 and 0.25 to 1
        Where both climbers start, and the standard deviation √v of their q.
    b : float, −5 to 1
        The score function's baseline.
    count : float, 1 to 8
        How many draws a step sees, rounded down.
    step : float, 0 to 32
        The steps taken, rounded down.
    run : float, 1 to 128
        Which run is shown, rounded down.
    """
    place, count, step, run = Place(f, m, std, b), int(count), int(step), int(run) - 1
    several = show == ALL
    ways = climb(place, draws(), count, step)  # (2, 128, step + 1)
    ends, at = ways[:, :, -1], ways[:, run, -1]
    eps = draws()[run, step * count : (step + 1) * count]
    arrays, said = dict(UNSEEN), None
    if not several and step < STEPS:
        said, arrays = sight(place, at, eps)
    mean = CURVES[f][2]
    score = mean(ways if several else ways[:, [run]], std**2).mean(1)  # (2, step + 1)
    rows = np.arange(RUNS) * ROW
    arrays |= {
        "top": [[0, 0], [0, LOW]] if f in TOPPED else NOTHING,
        "baseline": [[-EDGE, b], [EDGE, b]],
        "f": curve(place),
        "f_name": [[NAMED, CURVES[f][0](NAMED)]] * 2,
        "blue": bell(at[0], std),
        "green": bell(at[1], std),
        "blue_way": NOTHING if several else trail(ways[0, run]),
        "green_way": NOTHING if several else trail(ways[1, run]),
        "start": [[m, TRAIL + 0.35], [m, LOW]] if several else NOTHING,
        "blues": np.column_stack([ends[0], ROWS[0] - rows]) if several else NOTHING,
        "greens": np.column_stack([ends[1], ROWS[1] - rows]) if several else NOTHING,
        "feet": [[x, TRAIL - DOWN * step] for x in at] if not several else NOTHING,
        "best": [[0, mean(BEST, std**2).max()], [STEPS, mean(BEST, std**2).max()]],
        "blue_score": np.column_stack([np.arange(step + 1), score[0]]),
        "green_score": np.column_stack([np.arange(step + 1), score[1]]),
        "now": [[step, score[0, -1]]],
    }
    true = exact(place._replace(m=at[0]))
    more = numbers(place, true, at, ends, run)
    if several:
        return Scene(arrays, all_climbs(place, ends, step), more)
    if step == 0 and count == 1:
        return Scene(arrays, first_votes(place, eps[0], said, true), more)
    return Scene(arrays, one_climb(place, at, step), more)


def fine(low, high, step):
    """All multiples of 1/step from low to high."""
    return tuple(k / step for k in range(round(low * step), round(high * step) + 1))


explorer = Explorer(
    name="gradient",
    title="The gradient's two estimators",
    about="Which way must q go to stand higher on f? Training sees no curve, only a draw of q at "
    "each step. Blue hears how high f is there; green, like a VAE, how steep it is. Press Play, "
    "then drag the start, b, or q's width.",
    lessons=("06_noise_and_kl",),
    controls={
        "show": Choice("show", SHOW, ONE),
        "f": Choice("f(z)", tuple(CURVES), "a hill"),
        "m": Slider("start m", fine(-2, 2, 50), 1.6),
        "std": Slider("width √v", fine(0.25, 1, 100), 0.5),
        "b": Slider("baseline b", fine(-5, 1, 20), 0),
        "count": Slider("draws a step", COUNTS, 1, digits=0),
        "step": Slider("steps", tuple(range(STEPS + 1)), 28, digits=0),
        "run": Slider("luck: run", tuple(range(1, RUNS + 1)), 126, digits=0),
    },
    panels={
        "line": Panel(
            "Two climbers, the same draws",
            Axis("z", -EDGE, EDGE),
            Axis("", LOW, HIGH),
            aspect=1,
        ),
        "score": Panel(
            "The score: how high is f on average under q?",
            Axis("steps", 0, STEPS),
            Axis("mean of f under q", WORST, TOP),
            aspect=1.2,
        ),
    },
    marks={
        "top": Mark("line", "line", "the top", tone="muted", dash="dot"),
        "start": Mark("line", "line", "all started here", tone="muted", dash="dot"),
        "heights": Mark("line", "line", "height over b", tone="blue", dash="dot"),
        "baseline": Mark("line", "line", "baseline b", tone="orange", dash="dash"),
        "f": Mark("line", "line"),
        "f_name": Mark("line", "line", "f(z)"),
        "blue": Mark("line", "line", tone="blue"),
        "green": Mark("line", "line", tone="green"),
        "slopes": Mark("line", "line", "slope", tone="green"),
        "says_height": Mark("line", "line", "next vote", tone="blue"),
        "says_slope": Mark("line", "line", "next vote", tone="green"),
        "exact": Mark("line", "line", "right on average", tone="accent"),
        "blue_way": Mark("line", "line", "by height", tone="blue"),
        "green_way": Mark("line", "line", "by slope", tone="green"),
        "heard": Mark("points", "line", tone="blue", size=4),
        "felt": Mark("points", "line", tone="green", size=4),
        "blues": Mark("points", "line", tone="blue", size=2),
        "greens": Mark("points", "line", tone="green", size=2),
        "feet": Mark("points", "line", size=3),
        "now": Mark("points", "score", size=4),
        "best": Mark("line", "score", "the best q", tone="muted", dash="dash"),
        "blue_score": Mark("line", "score", "by height", tone="blue"),
        "green_score": Mark("line", "score", "by slope", tone="green"),
    },
    scene=scene,
    fixed=lambda: {"draws": draws()},
    play="step",
    evaluator=HERE / "gradient.js",
)
