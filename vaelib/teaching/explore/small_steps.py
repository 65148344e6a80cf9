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
    SHARE,
    WALKS,
    S,
    bell,
    doubt,
    exactly,
    losses,
    lost_here,
    normals,
    of,
    schedule,
    step_back,
    walks,
)
from vaelib.teaching.explore.scene import Axis, Explorer, Mark, Panel, Scene, Slider
from vaelib.teaching.explore.small_steps_words import between, numbers, sentence

EDGE, BASE = 3.5, 0.032  # the line's end; where x stands, below the first ratio
HEIGHT = 0.48  # of the tallest density, in powers of ten of the ratio
THREADS, BIN = 10, 0.25  # walks that are drawn; a bin's width
LEAST, MOST, PRICE = 1e-3, 50, 6  # nats lost on the axis, which lines may leave; and prices
TINY = 1e-6  # where a line of zeros is, far under the axis


def haze(d):
    """q(z_t) from much noise, above, to little: shades (40, 70)."""
    ratio = LAST * (FIRST / LAST) ** ((np.arange(40) + 0.5) / 40)
    a, b = of(ratio[:, None])
    z = -EDGE + 2 * EDGE * (np.arange(70) + 0.5) / 70
    std = np.sqrt(a**2 * S**2 + b**2)
    p = bell(z, a * d, std) + bell(z, -a * d, std)
    return np.floor(80 * p / p.max() + 0.5).astype(np.uint8)


def standing(x, p, top, level):
    """A density as a curve that stands on a level of the ratio."""
    return np.column_stack([x, level * 10 ** (HEIGHT * p / top)])


def at_the_bottom(d, ends):
    """The data's density, and the share of the walks' ends in each bin, over its width."""
    x = np.linspace(-EDGE, EDGE, 141)
    p = (bell(x, d, S) + bell(x, -d, S)) / 2
    n_bins = round(2 * EDGE / BIN)
    which = np.floor((ends + EDGE) / BIN).astype(int)
    counts = np.bincount(which[(which >= 0) & (which < n_bins)], minlength=n_bins)
    tops = standing(np.arange(n_bins), counts / (WALKS * BIN), p.max(), BASE)[:, 1]
    edges = np.repeat(np.arange(n_bins + 1) * BIN - EDGE, 2)[1:-1]
    ended = np.column_stack([edges, np.full(2 * n_bins, BASE), np.repeat(tops, 2)])
    return {"data": standing(x, p, p.max(), BASE), "ends": ended}


def one_step(back, level):
    """Three densities on the level to which the step goes, and how many humps the exact one has."""
    reach = max(abs(back.means - back.mean)) + 4.5 * max(back.std, back.width)
    x = back.mean + reach * np.linspace(-1, 1, 241)
    p = {"exact": exactly(back, x), "best": bell(x, back.mean, back.full)}
    p["step"] = bell(x, back.mean, back.width)
    top = max(each.max() for each in p.values())
    q = p["exact"]
    humps = q[1:-1][(q[1:-1] > q[:-2]) & (q[1:-1] > q[2:]) & (q[1:-1] > 0.05 * q.max())]
    return {name: standing(x, each, top, level) for name, each in p.items()}, len(humps)


def threads(walk, ratio):
    """Some walks at about a hundred of their ratios at most, (10, n, 2)."""
    n_steps = len(ratio) - 1
    rows = [*range(0, n_steps, -(-n_steps // 100)), n_steps]
    y = np.append(ratio[:0:-1], BASE)[rows]
    return np.stack([np.column_stack([z, y]) for z in walk[rows, :THREADS].T])


def prices(d, ratio, before, after):
    """Nats a tenfold noise: needed at each ratio, paid by all steps and by one; those cut off."""
    at = FIRST * (LAST / FIRST) ** (np.arange(81) / 80)
    needed = np.log(10) * (doubt(d, at) @ SHARE) / at**2
    low, high = np.append(ratio[1:-1], before or after), np.append(ratio[2:], after)
    tenfold = np.log10(np.maximum(high / low, 1 + 1e-9))
    *paid, own = (low**-2 - high**-2) * (doubt(d, high) @ SHARE) / 2 / tenfold
    middle = np.sqrt(ratio[1:-1] * ratio[2:])[np.array(paid) > PRICE]
    return {
        "this_step": [[r, 0, min(own, PRICE)] for r in (low[-1], after)],
        "needed": np.column_stack([at, needed]),
        "paid": np.column_stack([np.repeat(ratio[1:], 2)[1:-1], np.repeat(paid, 2)]),
        "cut": np.column_stack([middle, np.full(len(middle), 0.97 * PRICE)]),
    }


def scene(z, noise, steps, d):
    """The way from noise to data with one step back; nats lost for each T; what each step costs.

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
    """
    which, peak = (
        int(np.abs(np.subtract(s, v)).argmin()) for s, v in ((COUNTS, steps), (PEAKS, d))
    )
    n_steps, d = COUNTS[which], PEAKS[peak]
    ratio = schedule(n_steps)
    before = max(noise * ratio[1] / ratio[2], FIRST) if noise > FIRST else 0.0
    back = step_back(d, z, before, noise)
    level = before or BASE
    curves, humps = one_step(back, level)
    walk = walks(d, n_steps)
    table, one = losses(peak)
    counts = np.array(COUNTS)
    run, best = (np.column_stack([counts, np.maximum(part, TINY)]) for part in table.T)
    arrays = {
        "haze": haze(d),
        "rungs": [[[-EDGE, r], [0.2 - EDGE, r]] for r in (BASE, *ratio[1:])],
        "threads": threads(walk, ratio),
        **at_the_bottom(d, walk[-1]),
        **curves,
        "aim": [[z, noise], [back.mean, level]],
        "here": [[z, noise]],
        "one": [[count, max(one, TINY)] for count in (counts[0], counts[-1])],
        "best_width": best,
        "known": run,
        "now": run[[which]],
        "now_best": best[[which]],
        "under": np.array([[n_steps, 1.4 * LEAST]])[: int(best[which, 1] < LEAST)],
        **prices(d, ratio, before, noise),
    }
    here, total = lost_here(back), table[which]
    said = sentence(n_steps, here[0], total[0], humps, back.width > back.full)
    more = numbers(n_steps, before, noise, z, back, here, total, one)
    return Scene(arrays, said, more + between(d, walk[-1]))


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
    about="Walk back from noise (above) to data (below). Drag the dot: where could it have come "
    "from, and where does the model's step go? Then cut the way into more steps.",
    lessons=("11_many_small_steps",),
    controls={
        "steps": Slider("steps T", COUNTS, 5, digits=0),
        "z": Slider("z, where the step starts", fine(-3, 3, 50), 0),
        "noise": Slider("noise to signal b/a", tuple(10 ** (k / 40 - 1) for k in range(81)), 1.0),
        "d": Slider("peaks at ±", PEAKS, 1.2),
    },
    panels={
        "way": Panel(
            "From noise, above, back to data",
            Axis("z, and x at the bottom", -EDGE, EDGE),
            Axis("noise to signal, b/a", 0.8 * BASE, 1.3 * LAST, log=True),
            aspect=1,
        ),
        "lost": Panel(
            "What all steps lose",
            Axis("steps T", 2.5, 1400, log=True),
            Axis("nats below the truth", LEAST, MOST, log=True),
        ),
        "prices": Panel(
            "Where: what steps pay, and what is needed",
            Axis("noise to signal, b/a", 0.09, 11, log=True),
            Axis("nats per tenfold noise", 0, PRICE),
        ),
    },
    marks={
        "haze": Mark("image", "way", "q(z)", extent=(-EDGE, EDGE, FIRST, LAST)),
        "rungs": Mark("line", "way", tone="muted"),
        "threads": Mark("line", "way", tone="muted", dash="dot"),
        "ends": Mark("band", "way", f"ends of {WALKS} walks", tone="blue"),
        "data": Mark("line", "way", "data p(x)"),
        "aim": Mark("line", "way", tone="blue", dash="dot"),
        "best": Mark("line", "way", "best width", tone="orange", dash="dot"),
        "exact": Mark("line", "way", "where z came from", tone="green"),
        "step": Mark("line", "way", "the model's step", tone="blue"),
        "here": Mark("points", "way", size=5),
        "one": Mark("line", "lost", "one Gaussian, no steps", tone="muted", dash="dash"),
        "best_width": Mark("line", "lost", "best width", tone="orange", dash="dot"),
        "known": Mark("line", "lost", "the model's steps", tone="blue"),
        "now": Mark("points", "lost", tone="blue", size=5),
        "now_best": Mark("points", "lost", tone="orange", size=4),
        "under": Mark("points", "lost", "under the axis", "orange", shape="cross", size=7),
        "this_step": Mark("band", "prices", "this step", tone="blue"),
        "paid": Mark("line", "prices", "paid", tone="blue"),
        "needed": Mark("line", "prices", "needed", tone="green"),
        "cut": Mark("points", "prices", "goes on above", tone="blue", shape="plus", size=4),
    },
    scene=scene,
    fixed=fixed,
    play="steps",
    evaluator=HERE / "small_steps.js",
)
