"""Many small steps: walk back from noise to data on a line, and see where a long step goes wrong.

    q(z_{t−1}|z_t) = ∫ q(z_{t−1}|z_t, x) p(x|z_t) dx,    p(z_{t−1}|z_t) = q(z_{t−1}|z_t, x̂)

Equations (11.1)–(11.4) of lesson 11 for data of two peaks, with the guess that cannot be bettered
(`line_chain`). The exact step back may have two humps, and is wider than (11.2), which takes x for
known. The shorter the step, the less this matters. Walks have fixed noise: a slider moves them, it
does not draw new ones. Without a kernel the browser evaluates `small_steps.js`: this scene again,
line by line, held to it by a test.

Sources: Sohl-Dickstein, Weiss, Maheswaranathan and Ganguli, *Deep unsupervised learning using
nonequilibrium thermodynamics* (2015); Kingma, Salimans, Poole and Ho, *Variational diffusion
models* (2021), §4.
"""

import numpy as np

from vaelib.teaching.explore.files import HERE
from vaelib.teaching.explore.line_chain import (
    COUNTS,
    FIRST,
    LAST,
    PEAKS,
    WALKS,
    S,
    bell,
    exactly,
    losses,
    lost_here,
    normals,
    of,
    real_points,
    schedule,
    step_back,
    walks,
)
from vaelib.teaching.explore.scene import Axis, Choice, Explorer, Mark, Panel, Scene, Slider
from vaelib.teaching.explore.small_steps_words import (
    all_walks,
    between,
    numbers,
    one_step_says,
)

EDGE, BASE = 3.5, 0.032  # the line's end; where x stands, below the first ratio
LOW = 0.0085  # under x hang real points
HEIGHT, RISE = 0.48, 0.8  # of the data's density and of a step's, in powers of ten of the ratio
THREADS, BIN = 16, 0.25  # walks that are drawn, the last that fell; a bin's width
LEAST, MOST = 1e-3, 50  # nats lost on the axis, which lines may leave
WALK, STEP = SHOW = "all walks", "one step"
CROWDED, FEW = 50, 5  # from so many steps on, walks jitter: so few of them are drawn
TINY = 1e-6  # where a line of zeros is, far under the axis
OF_WALKS = ("threads", "astray", "falling", "ball")
OF_STEP = ("aim", "ways", "exact", "step", "tops", "step_top")


def haze(d):
    """q(z_t) from much noise, above, to little: shades (40, 70)."""
    ratio = LAST * (FIRST / LAST) ** ((np.arange(40) + 0.5) / 40)
    a, b = of(ratio[:, None])
    z = -EDGE + 2 * EDGE * (np.arange(70) + 0.5) / 70
    std = np.sqrt(a**2 * S**2 + b**2)
    p = bell(z, a * d, std) + bell(z, -a * d, std)
    return np.floor(80 * p / p.max() + 0.5).astype(np.uint8)


def standing(x, p, top, level, height=HEIGHT):
    """A density as a curve that stands on a level of the ratio."""
    return np.column_stack([x, level * 10 ** (height * p / top)])


def foot(x, level):
    """A line of no length: a name stands beside it."""
    return [[x, level], [x, level]]


def in_valley(d, ends):
    """Which ends lie nearer to 0 than to a peak; none for peaks that are near each other."""
    return (abs(ends) < d / 2) & (d >= 2 * S)


def pile(ends, top):
    """A point for each end, in stacks, (n, 2): 128 are as high as the density they sample."""
    which, height = np.floor(ends / BIN), np.empty(len(ends))
    for k, column in enumerate(which):
        height[k] = (which[:k] == column).sum() + 0.5
    return standing(ends, height / (WALKS * BIN), top, BASE)


def at_the_bottom(d, ends):
    """The data's density, the walks' ends, those in the valley, real points, and the valley."""
    x = np.linspace(-EDGE, EDGE, 141)
    p = (bell(x, d, S) + bell(x, -d, S)) / 2
    points, lost = pile(ends, p.max()), in_valley(d, ends)
    real = pile(real_points(d), p.max())
    half = d / 2 if d >= 2 * S else 0
    return {
        "data": standing(x, p, p.max(), BASE),
        "data_name": foot(max(d, 0.8) + 1, BASE),
        "ends": points[~lost],
        "stray": points[lost],
        "real": np.column_stack([real[:, 0], BASE**2 / real[:, 1]]),  # they hang
        "valley": [[-half, LOW, FIRST], [half, LOW, FIRST]],
        "valley_name": foot(0 if half else 9, 1.2 * LOW),
    }


def one_step(back, level):
    """Two densities on the level to which the step goes, with their tops."""
    reach = max(abs(back.means - back.mean)) + 3.5 * max(back.std, back.width)
    x = back.mean + reach * np.linspace(-1, 1, 241)
    q, p = exactly(back, x), bell(x, back.mean, back.width)
    top = max(q.max(), p.max())
    humps = np.flatnonzero((q[1:-1] > q[:-2]) & (q[1:-1] > q[2:]) & (q[1:-1] > 0.05 * q.max())) + 1
    rise = max(HEIGHT, min(RISE, np.log10(1.25 * LAST / level)))  # within the axis
    exact, step = (standing(x, part, top, level, rise) for part in (q, p))
    return {
        "ways": np.column_stack([x, np.full_like(x, level), exact[:, 1]]),
        "exact": exact,
        "step": step,
        "tops": exact[humps],
        "step_top": step[[p.argmax()]],
    }


def drawn(n_steps):
    """How many walks are drawn."""
    return THREADS if n_steps < CROWDED else FEW


def threads(d, walk, ratio, fallen):
    """Walks at about a hundred of their ratios at most: home, (n, rows, 2), astray, and falling."""
    n_steps = len(ratio) - 1
    rows = [*range(0, n_steps, -(-n_steps // 100)), n_steps]
    y = np.append(ratio[:0:-1], BASE)[rows]
    z, n = walk[rows].T, int(fallen)
    some = slice(max(0, n - drawn(n_steps)), n)
    lines = np.stack([z[some], np.broadcast_to(y, z[some].shape)], axis=-1)
    lost = in_valley(d, walk[-1, some])
    falling = fall(z[n], y, fallen - n) if fallen > n else np.zeros((0, 2))
    return {
        "threads": lines[~lost],
        "astray": lines[lost],
        "falling": falling,
        "ball": falling[-1:],
    }


def fall(z, y, part):
    """The walk's first part, to the place where the ball is."""
    k, within = divmod(part * (len(y) - 1), 1)
    k = int(k)
    ball = z[k] + within * (z[k + 1] - z[k]), y[k] * (y[k + 1] / y[k]) ** within
    return np.vstack([np.column_stack([z, y])[: k + 1], ball])


def without(arrays, names):
    """The arrays, those of the names without points."""
    return arrays | {name: arrays[name][:0] for name in names}


def scene(z, noise, steps, d, show=STEP, fallen=WALKS):
    """The way from noise to data with all walks or one step back, and nats lost for each T.

    Parameters
    ----------
    z : float, −3 to 3
        z_t, from where the step goes.
    noise : float, 0.1 to 10
        From how much noise for a unit of signal, b_t / a_t, the step starts. It is as long as one
        of T steps, but it does not pass 0.1, from where the last step goes to x.
    steps : float, 3 to 1000
        T; the nearest of COUNTS is shown.
    d : float, 0 to 2
        The data's peaks are at ±d; the nearest of PEAKS is shown.
    show : one of SHOW
        Walks, or the step from the dot.
    fallen : float, 0 to 128
        Walks that have ended, and the part of its way that the next one has gone.
    """
    which, peak = (
        int(np.abs(np.subtract(s, v)).argmin()) for s, v in ((COUNTS, steps), (PEAKS, d))
    )
    n_steps, d = COUNTS[which], PEAKS[peak]
    ratio = schedule(n_steps)
    before = max(noise * ratio[1] / ratio[2], FIRST) if noise > FIRST else 0.0
    back = step_back(d, z, before, noise)
    level = before or BASE
    curves = one_step(back, level)
    walk = walks(d, n_steps)
    ends = walk[-1, : int(fallen)]
    table, one = losses(peak)
    counts = np.array(COUNTS)
    run, best = (np.column_stack([counts, np.maximum(part, TINY)]) for part in table.T)
    arrays = {
        "haze": haze(d),
        "rungs": [[[-EDGE, r], [0.2 - EDGE, r]] for r in (BASE, *ratio[1:])],
        **threads(d, walk, ratio, fallen),
        **at_the_bottom(d, ends),
        **curves,
        "aim": np.array([[z, noise], [back.mean, level]]),
        "here": [[z, noise]],
        "one": [[count, max(one, TINY)] for count in (counts[0], counts[-1])],
        "best_width": best,
        "known": run,
        "now": run[[which]],
    }
    here, total = lost_here(back), table[which]
    humps, is_wide = len(curves["tops"]), back.width > back.full
    more = numbers(n_steps, before, noise, z, back, here, total, one) + between(d, walk[-1])
    if show == WALK:
        said = all_walks(d, n_steps, total[0], len(arrays["stray"]), len(ends))
        return Scene(without(arrays, OF_STEP), said, more)
    said = one_step_says(n_steps, here[0], humps, is_wide)
    return Scene(without(arrays, OF_WALKS), said, more)


def fixed():
    """What the browser computes the scene from."""
    table, one = zip(*(losses(peak) for peak in range(len(PEAKS))), strict=True)
    return {"normals": normals(), "lost": np.array(table), "one": np.array(one)}


def fine(low, high, step):
    """All multiples of 1/step from low to high."""
    return tuple(k / step for k in range(round(low * step), round(high * step) + 1))


explorer = Explorer(
    name="small_steps",
    title="Many small steps",
    about="So image generators paint: from noise to a picture, in many small steps. Here a "
    "picture is one number x. Play drops walks from noise, above, to x, below. Real points, green, "
    "avoid the valley. Take more steps, and see where walks end.",
    lessons=("11_many_small_steps",),
    controls={
        "steps": Slider("steps T", COUNTS, 3, digits=0),
        "z": Slider("z, where the step starts", fine(-3, 3, 50), 0),
        "noise": Slider("noise to signal b/a", tuple(10 ** (k / 40 - 1) for k in range(81)), 1.0),
        "d": Slider("peaks at ±", PEAKS, 1.2),
        "show": Choice("show", SHOW, WALK),
        "fallen": Slider("walks that fell", fine(0, WALKS, 8), float(WALKS), digits=0),
    },
    panels={
        "way": Panel(
            "From noise, above, back to data",
            Axis("z on the way, x at its end", -EDGE, EDGE),
            Axis("noise for a unit of signal, b/a", LOW, 1.3 * LAST, log=True),
            aspect=1,
        ),
        "lost": Panel(
            "What all steps lose",
            Axis("steps T", 2.5, 1400, log=True),
            Axis("nats below the truth", LEAST, MOST, log=True),
            aspect=0.72,
        ),
    },
    marks={
        "haze": Mark("image", "way", extent=(-EDGE, EDGE, FIRST, LAST)),
        "valley": Mark("band", "way", tone="accent"),
        "rungs": Mark("line", "way", tone="muted"),
        "threads": Mark("line", "way", tone="muted", dash="dot"),
        "astray": Mark("line", "way", tone="accent", dash="dot"),
        "ends": Mark("points", "way", "ends of walks", tone="muted", size=2.2),
        "stray": Mark("points", "way", "in the valley", tone="accent", size=2.7),
        "real": Mark("points", "way", f"{WALKS} real points", tone="green", size=2.2),
        "falling": Mark("line", "way", tone="orange"),
        "ball": Mark("points", "way", tone="orange", size=4.5),
        "data": Mark("line", "way"),
        "data_name": Mark("line", "way", "data"),
        "valley_name": Mark("line", "way", "valley", tone="accent"),
        "aim": Mark("line", "way", tone="blue", dash="dot"),
        "ways": Mark("band", "way", tone="green"),
        "exact": Mark("line", "way", tone="green"),
        "step": Mark("line", "way", tone="blue", dash="dash"),
        "tops": Mark("points", "way", "ways back", tone="green", size=4.5),
        "step_top": Mark("points", "way", "the model's step", tone="blue", size=2.5),
        "here": Mark("points", "way", size=5),
        "one": Mark("line", "lost", "one Gaussian, no steps", tone="muted", dash="dash"),
        "best_width": Mark(
            "line", "lost", "steps of the best width", tone="orange", dash="dot", asked=True
        ),
        "known": Mark("line", "lost", "the model's steps", tone="blue"),
        "now": Mark("points", "lost", tone="blue", size=5),
    },
    scene=scene,
    fixed=fixed,
    evaluator=HERE / "small_steps.js",
)
