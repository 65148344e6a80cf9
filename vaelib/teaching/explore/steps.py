"""Step EM: half a step at a time on the crescent, with the bound and the likelihood that it climbs.

    log p(x) = L(q) + KL(q ‖ p(k|x)),    L(q) = Σ_k q(k|x) log [ p(x, k) / q(k|x) ]

The E-step sets q to the posterior p(k|x): L touches log p(x). The M-step sets the Gaussians to the
top of L for that q: both rise, log p(x) by more. All are means over the 500 points of lessons 02
and 03; every second half-step is an E-step. The colours of a point are mixed by its q. The browser
evaluates `steps.js`: this scene again, line by line, held to it by a test.

Source: Neal and Hinton, *A view of the EM algorithm that justifies incremental, sparse, and other
variants* (1998); C. Bishop, *Pattern Recognition and Machine Learning* (2006), §9.4.
"""

import numpy as np
import torch

from vaelib.teaching.explore.em import (
    FLOOR,
    HALF_STEPS,
    UNLUCKY,
    climb,
    drawn,
    even,
    halves,
    labels,
    others,
    points,
    said,
    top,
)
from vaelib.teaching.explore.files import HERE
from vaelib.teaching.explore.maker import even as evenly
from vaelib.teaching.explore.scene import Axis, Choice, Explorer, Mark, Panel, Scene, Slider
from vaelib.teaching.explore.shapes import circle
from vaelib.teaching.explore.words import number

TONES = ("blue", "accent", "green", "pink", "orange")
NAMES = tuple(f"k = {k}" for k in range(1, 6))
STRINGS = ((0.35, -0.4), (-0.4, 0.35), (0.45, 0.3))  # from means that begin alike to their handles
SHOWN = 4  # half-steps before the last in the close-up
DENSE = 9  # points on each of its treads, from which names keep away


def ellipse(mean, cov, n=33):
    """A Gaussian's 1σ ellipse: μ + A (cos a, sin a) with Σ = A Aᵀ, A lower triangular, (n, 2)."""
    return mean + circle(n) @ torch.linalg.cholesky(cov).T


def stairs(first, values, dense=2):
    """Stairs with a tread for each value, [first, first + 1] the first one, (dense n, 2)."""
    along = first + np.arange(len(values))[:, None] + np.linspace(0, 1, dense)
    return np.column_stack([along.ravel(), np.repeat(values, dense)])


def near(best, log_p):
    """How far log p(x) lies below the top, at least FLOOR."""
    return np.maximum(best - np.array(log_p), FLOOR)


def close_up(states):
    """The last half-steps of L and log p(x): treads up to 1, as parts of their whole climb."""
    last = states[-SHOWN - 1 :] if len(states) > 1 else [even(states[0]), *states]
    low, high = last[0].lower, last[-1].log_p
    span = max(high - low, 1e-7)
    lower, log_p = np.array([[state.lower - low, state.log_p - low] for state in last]).T / span
    return *(stairs(1 - len(last), part, DENSE) for part in (lower, log_p)), high - low


def scene(k, start, step, **moves):
    """The points and Gaussians after a half-step, and how high the bound has climbed by then.

    Parameters
    ----------
    k : "2", "3" or "5"
        How many Gaussians.
    start : "first points", "unlucky points", "almost alike", "k-means" or "random"
        Where EM starts; "random": the first points, as the page moves them anywhere.
    step : float, 0 to 40
        The half-step, rounded; even ones are E-steps.
    right1, up1, …, right3, up3 : float, −5 to 5
        How far the first three means are moved before the start; none leaves the picture.
    """
    k, step = int(k), round(step)
    moved = tuple((moves[f"right{i}"], moves[f"up{i}"]) for i in (1, 2, 3))
    states, best = climb(k, start, moved), top(k)
    so_far = states[: step + 1]
    now = so_far[-1]
    run = near(best, [state.log_p for state in states])
    lower, log_p, span = close_up(so_far)
    arrays = {
        "x": np.column_stack([points(), now.q]),
        "others": np.stack([np.column_stack([np.arange(0, 41, 2), row]) for row in others(k)]),
        "run": stairs(0, run),
        "gap": stairs(0, run[: len(so_far)]),
        "here": [[len(so_far) - 0.5, run[len(so_far) - 1]]],
        "kl": np.column_stack([lower, log_p[:, 1]]),
        "log_p": log_p,
        "lower": lower,
    }
    ways = [started(k, start, moved)] + [state.theta[1] for state in so_far[1::2]]
    for i, by in enumerate(STRINGS):
        at = now.theta[1][i : i + 1].numpy()
        arrays[f"string{i + 1}"] = np.concatenate([at, at + by if start == "almost alike" else at])
    for i in range(len(TONES)):
        _, means, covs = now.theta
        none = np.zeros((0, 2))
        arrays[f"ellipse{i + 1}"] = ellipse(means[i], covs[i]) if i < k else none
        arrays[f"centre{i + 1}"] = means[i : i + 1] if i < k else none
        arrays[f"way{i + 1}"] = torch.stack([at[i] for at in ways]) if i < k else none
    more = (
        f"L = {number(now.lower, 4)}, log p(x) = {number(now.log_p, 4)}, KL = "
        f"{number(now.log_p - now.lower, 4)} nats per point. The close-up is {number(span, 4)} "
        f"nats high. The best result known for K = {k} is {number(best, 4)}. Random starts, in "
        "grey, that are still 0.1 nats or more below it after 40 half-steps: "
        f"{sum(others(k)[:, -1] > 0.1)} of {len(others(k))}. The weights are "
        f"{', '.join(number(weight, 2) for weight in now.theta[0].tolist())}."
    )
    return Scene(arrays, said(so_far, step, best), more)


def started(k, start, moved):
    """The means before the first E-step."""
    return climb(k, start, moved)[0].theta[1]


def of_each(kind, name, look):
    """A mark for each k in its tone."""
    return {f"{name}{i}": Mark(kind, "plane", tone=tone, **look) for i, tone in enumerate(TONES, 1)}


def moves(k):
    """The two sliders that move a start."""
    return {
        f"right{k}": Slider(f"k = {k}: start moved right", evenly(-5, 5, 20), 0.0),
        f"up{k}": Slider(f"k = {k}: start moved up", evenly(-5, 5, 20), 0.0),
    }


explorer = Explorer(
    name="steps",
    title="Step EM",
    about="Press E and M in turn. E: each point asks who made it, and takes those colours. M: the "
    "Gaussians move to their points. Throw one anywhere, at any time: EM begins anew from there.",
    lessons=("02_gaussian_mixtures", "03_em_lower_bound"),
    controls={
        "k": Choice("Gaussians K", ("2", "3", "5"), "3"),
        "start": Choice(
            "start from",
            ("first points", "unlucky points", "almost alike", "k-means", "random"),
            "first points",
        ),
        "step": Slider("half-step", tuple(range(HALF_STEPS)), 0, digits=0),
        **moves(1),
        **moves(2),
        **moves(3),
    },
    panels={
        "plane": Panel.plane("Points in their makers' colours", 3),
        "near": Panel(
            "How far from the best result",
            Axis("half-step", 0, HALF_STEPS),
            Axis("nats a point", FLOOR, 100, log=True),
            1.9,
        ),
        "close": Panel(
            "Close up: M lifts log p(x), E lifts L to it",
            Axis("the last half-steps, this one from 0 to 1", -SHOWN, 1),
            Axis("", -0.1, 1.2),
            1.9,
        ),
    },
    marks={
        "x": Mark("points", "plane", size=2.6, mixed=True, names=NAMES, tones=TONES),
        **dict(list(of_each("line", "string", {}).items())[:3]),
        **of_each("line", "way", {"dash": "dot"}),
        **of_each("line", "ellipse", {}),
        **of_each("points", "centre", {"shape": "plus", "size": 7}),
        "others": Mark("line", "near", "other starts", tone="muted", dash="dot"),
        "run": Mark("line", "near", "this run", dash="dash"),
        "gap": Mark("line", "near"),
        "here": Mark("points", "near", shape="ring", size=6),
        "kl": Mark("band", "close", "KL", tone="accent"),
        "log_p": Mark("line", "close", "log p(x)"),
        "lower": Mark("line", "close", "bound L", tone="blue", dash="dash"),
    },
    scene=scene,
    fixed=lambda: {
        "halves": halves(),
        "labels": np.column_stack([labels(k) for k in (2, 3, 5)]),
        "unlucky": np.stack([np.resize(drawn(k, UNLUCKY[k]), 5) for k in (2, 3, 5)]).astype(float),
        "before": np.stack([others(k) for k in (2, 3, 5)]),
    },
    play="step",
    evaluator=HERE / "steps.js",
)
