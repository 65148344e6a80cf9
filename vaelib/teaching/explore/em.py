"""EM on the crescent, half a step at a time: the runs behind "Step EM", and their words.

em.js is its twin. Both use the same points, rounded to what two half floats hold.
"""

from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
import torch
from sklearn.cluster import KMeans

from vaelib.data.crescent import crescent
from vaelib.mixture import Mixture, e_step, em_step, m_step
from vaelib.teaching.explore.words import number

HALF_STEPS = 41
FINE = 2048  # a point is a half float plus another one over FINE
WITHIN = 2.9  # where the means may start, to both sides of 0
FLOOR = 5e-5  # nats: nearer to the top is drawn as this near
THIN = 1e-6  # with a variance under this in some direction a run ends
UNLUCKY = {2: 24, 3: 37, 5: 4}  # seeds; of 40 for each K, 8, 4 and 6 end under the best top
OTHERS = 5  # random starts, seeds 0 to 4
UNMOVED = ((0.0, 0.0),) * 3  # of the first three means


class State(NamedTuple):
    """After a half-step: the Gaussians, the guess q (n, K), and the means of L and log p(x)."""

    theta: tuple
    q: torch.Tensor
    lower: float
    log_p: float


@cache
def halves():
    """The 500 points of lessons 02 and 03 as half floats, (500, 4): coarse, and what is missing."""
    x = crescent(500, random_state=0)[0].numpy()
    coarse = x.astype(np.float16).astype(float)
    fine = (FINE * (x - coarse)).astype(np.float16).astype(float)
    return np.column_stack([coarse, fine])


@cache
def points():
    """The points (500, 2), to about 2 · 10⁻⁷."""
    return torch.from_numpy(halves()[:, :2] + halves()[:, 2:] / FINE)


@cache
def labels(k):
    """The points' clusters from k-means, (500,)."""
    return KMeans(k, n_init=1, random_state=0).fit(points().numpy()).labels_.astype(np.uint8)


def drawn(k, seed):
    """The numbers of k random points."""
    return np.random.RandomState(seed).choice(len(points()), k, replace=False)


def first(k, start, moved=UNMOVED):
    """The parameters θ before the first E-step: weights (K,), means (K, 2), covariances.

    moved : how far each of the first three means is moved
    """
    x = points()
    weights, cov = torch.full((k,), 1 / k, dtype=x.dtype), torch.eye(2, dtype=x.dtype)
    covs, means = cov.expand(k, 2, 2), x[:k]
    if start == "k-means":
        weights, means, covs = m_step(x, torch.from_numpy(np.eye(k)[labels(k)]))
    elif start == "unlucky points":
        means = x[drawn(k, UNLUCKY[k])]
    elif start == "almost alike":
        means = x.mean(0) + 0.2 * (means - x.mean(0))
        covs = torch.cov(x.T, correction=0).expand(k, 2, 2)
    by = torch.zeros(max(k, 3), 2, dtype=x.dtype)
    by[:3] = torch.tensor(moved, dtype=x.dtype)
    return weights, (means + by[:k]).clamp(-WITHIN, WITHIN), covs


@lru_cache(maxsize=300)
def climb(k, start, moved=UNMOVED):
    """The State after each half-step of EM, first an E-step; fewer where a Gaussian grows THIN."""
    x, theta, states = points(), first(k, start, moved), []
    for step in range(HALF_STEPS):
        if step % 2 == 0:
            log_q = e_step(x, *theta)[1]
        else:
            theta = m_step(x, log_q.exp())
            if torch.linalg.eigvalsh(theta[2]).min() < THIN:
                break
        log_px, log_resp = e_step(x, *theta)
        q, log_joint = log_q.exp(), log_px[:, None] + log_resp
        lower = (q * (log_joint - log_q)).sum(1)
        states.append(State(theta, q, lower.mean().item(), log_px.mean().item()))
    return states


def even(state):
    """The State before this first E-step: the same Gaussians, and each point's q the same for all.

    L = log p(x) + mean over k of log p(k|x) + log K, as a mean over the points.
    """
    log_px, log_resp = e_step(points(), *state.theta)
    k = log_resp.shape[1]
    lower = (log_px + log_resp.mean(1)).mean().item() + np.log(k)
    return State(state.theta, torch.full_like(log_resp, 1 / k), lower, state.log_p)


@cache
def top(k):
    """Where EM ends from k-means, the best result: no other start known ends higher."""
    return heights(Mixture(*first(k, "k-means")), 101)[-1]


@cache
def others(k):
    """How far the random starts are below the top after each E-step, (OTHERS, 21)."""
    weights, _, covs = first(k, "first points")
    starts = [Mixture(weights, points()[drawn(k, seed)], covs) for seed in range(OTHERS)]
    below = top(k) - np.array([heights(start, HALF_STEPS // 2 + 1) for start in starts])
    return np.maximum(below, FLOOR).astype(np.float16).astype(float)


def heights(mixture, n):
    """The mean of log p(x) after each of n E-steps, (n,)."""
    found = []
    for _ in range(n):
        log_p, mixture = em_step(points(), mixture, "full", 0.0)
        found.append(log_p)
    return found


def said(states, step, best):
    """What this half-step did, by how much, and what is due."""
    now, old = states[-1], states[max(len(states) - 2, 0)]
    if len(states) <= step:
        return (
            f"EM ends before half-step [{step}](step): a Gaussian has shrunk onto one point or a "
            "line of points, where the likelihood has no top."
        )
    place = f"{number(best - now.log_p, 3)} nats below the best result known"
    if best - now.log_p < 5e-4:
        place = (
            "as high as the best result known" if best - now.log_p > -5e-4 else "above all known"
        )
    due = "" if step == HALF_STEPS - 1 else f" Next: {'E' if step % 2 else 'M'}-step."
    if step == 0:
        return (
            "E-step [0](step): each point takes the colours of those who may have made it. A mixed "
            f"colour: nobody knows.{due}"
        )
    if step % 2 == 0:
        return (
            f"E-step [{step}](step): the points take new colours, nothing else moves. L "
            f"rises by {gained(now.lower - old.lower)} to log p(x), {place}.{due}"
        )
    return (
        f"M-step [{step}](step): the Gaussians move to their points. log p(x) rises by "
        f"{gained(now.log_p - old.log_p)} nats and leaves L behind; it is {place}.{due}"
    )


def gained(nats):
    """Three decimals; what is tiny, as a bound."""
    return number(nats, 3) if nats >= 1e-3 else "under 0.001"
