"""Step EM: half a step at a time on the crescent, with the bound and the likelihood that it climbs.

    log p(x) = L(q) + KL(q ‖ p(k|x)),    L(q) = Σ_k q(k|x) log [ p(x, k) / q(k|x) ]

The E-step sets q to the posterior p(k|x): L touches log p(x). The M-step sets the Gaussians to the
top of L for that q: both rise, log p(x) by more. All are means over the 500 points of lessons 02
and 03; every second number of a run is an E-step's.

Source: Neal and Hinton, *A view of the EM algorithm that justifies incremental, sparse, and other
variants* (1998); C. Bishop, *Pattern Recognition and Machine Learning* (2006), §9.4.
"""

from functools import cache
from typing import NamedTuple

import numpy as np
import torch
from sklearn.cluster import KMeans

from vaelib.data.crescent import crescent
from vaelib.mixture import e_step, m_step
from vaelib.teaching.explore.scene import Axis, Choice, Explorer, Mark, Panel, Scene, Slider
from vaelib.teaching.explore.shapes import circle
from vaelib.teaching.explore.words import gain, number

HALF_STEPS = 41
SHOWN = 150  # of the points
UNLUCKY = {2: 24, 3: 37, 5: 4}  # seeds; of 40 for each K, 8, 4 and 6 end under the best top
FLOOR = 1e-5  # nats: nearer to the top is drawn as this near
SURE, UNDECIDED = 0.75, 5  # where no r is as large, the point is drawn as of this class


class State(NamedTuple):
    """After a half-step: the Gaussians, the guess q (n, K), and the means of L and log p(x)."""

    theta: tuple
    q: torch.Tensor
    lower: float
    log_p: float


@cache
def points():
    """The 500 points of lessons 02 and 03, (500, 2)."""
    return crescent(500, random_state=0)[0]


def first(k, start):
    """The parameters θ before the first E-step: weights (K,), means (K, 2), covariances."""
    x = points()
    if start == "k-means":
        labels = KMeans(k, n_init=1, random_state=0).fit(x.numpy()).labels_
        return m_step(x, torch.from_numpy(np.eye(k)[labels]))
    weights, cov = torch.full((k,), 1 / k, dtype=x.dtype), torch.eye(2, dtype=x.dtype)
    means = x[:k]
    if start == "unlucky points":
        means = x[np.random.RandomState(UNLUCKY[k]).choice(len(x), k, replace=False)]
    if start == "almost alike":
        means, cov = x.mean(0) + 0.2 * (means - x.mean(0)), torch.cov(x.T, correction=0)
    return weights, means, cov.expand(k, 2, 2)


@cache
def climb(k, start, n=HALF_STEPS):
    """The State after each of n half-steps of EM, first an E-step."""
    x, theta, states = points(), first(k, start), []
    for step in range(n):
        if step % 2 == 0:
            log_q = e_step(x, *theta)[1]
        else:
            theta = m_step(x, log_q.exp())
        log_px, log_resp = e_step(x, *theta)
        q, log_joint = log_q.exp(), log_px[:, None] + log_resp
        lower = (q * (log_joint - log_q)).sum(1)
        states.append(State(theta, q, lower.mean().item(), log_px.mean().item()))
    return states


def top(k):
    """Where EM ends from k-means: no other start here ends higher."""
    return climb(k, "k-means", 201)[-1].log_p


def ellipses(means, covs, n=33):
    """Each Gaussian's 1σ ellipse: μ + L (cos a, sin a) with Σ = L Lᵀ, (K, n, 2)."""
    return (means[:, :, None] + torch.linalg.cholesky(covs) @ circle(n).T).mT


def stairs(values, shown=HALF_STEPS):
    """Stairs for the first `shown` half-steps, (2 · HALF_STEPS, 2); other rows repeat the last."""
    at = np.minimum(np.arange(2 * HALF_STEPS), 2 * shown - 1)
    return np.stack([(at + 1) // 2, np.asarray(values)[at // 2]], 1)


def below(top, values):
    """log₁₀ of how far the values lie below the top."""
    return np.log10(np.maximum(top - np.asarray(values), FLOOR))


def scene(k, start, step):
    """The points and Gaussians after a half-step, and how high the bound has climbed by then.

    Parameters
    ----------
    k : "2", "3" or "5"
        How many Gaussians.
    start : "first points", "unlucky points", "almost alike" or "k-means"
        Where EM starts.
    step : float, 0 to 40
        The half-step, rounded; even ones are E-steps.
    """
    k, step = int(k), round(step)
    states = climb(k, start)
    now = states[step]
    lower, log_p = np.array([(state.lower, state.log_p) for state in states]).T
    best, shown = top(k), step + 1
    sure, kind = now.q[:SHOWN].max(1)
    kind = torch.where(sure < SURE, UNDECIDED, kind)
    low, high = stairs(lower, shown), stairs(log_p, shown)
    arrays = {
        "x": np.column_stack([points()[:SHOWN], kind]),
        "gaussians": ellipses(*now.theta[1:]),
        "centres": now.theta[1],
        "kl": np.column_stack([low, high[:, 1]]),
        "lower_run": stairs(lower),
        "log_p_run": stairs(log_p),
        "best": [[0, best], [HALF_STEPS, best]],
        "log_p": high,
        "lower": low,
        "gap_run": stairs(below(best, log_p)),
        "log_p_gap": stairs(below(best, log_p), shown),
        "lower_gap": stairs(below(best, lower), shown),
    }
    return Scene(
        arrays, f"{said(step, states)} The best top known for K = {k} is {number(best, 3)}."
    )


def said(step, states):
    """What this half-step did, and by how much."""
    now, old = states[step], states[max(step - 1, 0)]
    lower, log_p = number(now.lower, 3), number(now.log_p, 3)
    gained, rise = gain(now.lower - old.lower), gain(now.log_p - old.log_p)
    if step == 0:
        return (
            "Half-step 0, an E-step at the start: q becomes the responsibilities, and the bound L "
            f"touches log p(x) at {log_p} nats per point."
        )
    if step % 2 == 0:
        return (
            f"Half-step {step}, an E-step: q becomes the responsibilities, so L rises by {gained} "
            f"nats to {lower} and the KL closes. The Gaussians and log p(x) stand still."
        )
    return (
        f"Half-step {step}, an M-step: the Gaussians move, and L rises by {gained} nats to "
        f"{lower}. log p(x) rises by {rise} to {log_p}: a KL of "
        f"{gain(now.log_p - now.lower)} opens, as q stays."
    )


explorer = Explorer(
    name="steps",
    title="Step EM",
    about="Take EM half a step at a time. The E-step asks who made each point, the M-step moves "
    "the Gaussians, and the staircase shows what each half gains.",
    lessons=("02_gaussian_mixtures", "03_em_lower_bound"),
    controls={
        "k": Choice("Gaussians K", ("2", "3", "5"), "3"),
        "start": Choice(
            "start from",
            ("first points", "unlucky points", "almost alike", "k-means"),
            "first points",
        ),
        "step": Slider("half-step", tuple(range(HALF_STEPS)), 0, digits=0),
    },
    panels={
        "plane": Panel.plane("Points by their likeliest k", 3),
        "climb": Panel(
            "The staircase", Axis("half-step", 0, 41), Axis("nats / point", -4.6, -1.8), 1
        ),
        "near": Panel(
            "Nats below the best top",
            Axis("half-step", 0, 41),
            Axis("power of ten", -5, 0.5),
            1,
        ),
    },
    marks={
        "x": Mark(
            "points", "plane", size=2.6, classes=("k = 1", *"2345", f"undecided, all r < {SURE}")
        ),
        "gaussians": Mark("line", "plane", "1σ", tone="ink"),
        "centres": Mark("points", "plane", "mean", tone="ink", shape="plus", size=6),
        "lower_run": Mark("line", "climb", tone="muted", dash="dot"),
        "log_p_run": Mark("line", "climb", "the whole run", tone="muted", dash="dot"),
        "kl": Mark("band", "climb", "KL", tone="blue"),
        "best": Mark("line", "climb", "best top", tone="green", dash="dash"),
        "log_p": Mark("line", "climb", "log p(x)", tone="ink"),
        "lower": Mark("line", "climb", "bound L", tone="accent", dash="dash"),
        "gap_run": Mark("line", "near", "the whole run", tone="muted", dash="dot"),
        "log_p_gap": Mark("line", "near", "log p(x)", tone="ink"),
        "lower_gap": Mark("line", "near", "bound L", tone="accent", dash="dash"),
    },
    scene=scene,
    play="step",
)
