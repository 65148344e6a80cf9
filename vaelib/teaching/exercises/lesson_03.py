"""Lesson 03: the bound for any guess, what an M-step is sure of, EM from sums, hard EM's bias."""

import math

import numpy as np
import torch
from torch.nn.functional import one_hot

from vaelib.engine.natural import statistics
from vaelib.teaching.exercises.exercise import Choice, Mistake
from vaelib.teaching.exercises.function import Function


def guesses(rng):
    """q (n, K), two rows of them hard, and log p(x_n, k), one row of which underflows as exp."""
    n, K = rng.integers(7, 11), rng.integers(4, 7)
    q = torch.from_numpy(rng.dirichlet([1.0] * K, n))
    q[:2] = one_hot(torch.from_numpy(rng.integers(K, size=2)), K).double()
    log_joint = torch.from_numpy(rng.normal(-1, 1.5, size=(n, K)))
    log_joint[2] -= 1000
    return q, log_joint.requires_grad_()


def bound(q, log_joint):
    """The bound L for any guess q (n, K) and log p(x, k) (n, K), (n,); 0 log 0 counts as 0."""
    expectation = (q * log_joint).sum(1)
    entropy = -torch.xlogy(q, q).sum(1)
    return expectation + entropy


def bound_by_kl(q, log_joint):
    """The same as log p(x) less the KL to the posterior."""
    log_px = log_joint.logsumexp(1)
    log_posterior = log_joint.log_softmax(1)
    divergence = (torch.xlogy(q, q) - q * log_posterior).sum(1)
    return log_px - divergence


def points(rng):
    """t(x) = (‖x‖², x, 1) of points away from the origin, and responsibilities (n, K)."""
    n, D, K = rng.integers(30, 60), rng.integers(2, 4), rng.integers(5, 8)
    k = rng.permutation(np.resize(np.arange(K), n))
    widths = rng.permutation(np.linspace(0.3, 2, K))[k, None]  # variances below 1 and above
    noise = rng.normal(size=(n, D))
    noise[[0, -1]] += 2 * np.sign(noise[[0, -1]])
    x = rng.permutation([-5, 3, 4][:D]) + rng.normal(size=(K, D))[k] / 2 + widths * noise
    logits = torch.from_numpy(rng.normal(size=(n, K)) + 5 * np.eye(K)[k])
    return statistics(torch.from_numpy(x), "spherical"), logits.softmax(1)


def spherical(t, resp):
    """The round M-step: t = (‖x‖², x, 1) (n, D + 2), resp (n, K) → (K,), (K, D), (K,)."""
    sums = resp.T @ t
    counts = sums[:, -1]
    weights = counts / len(t)
    means = sums[:, 1:-1] / counts[:, None]
    second_moments = sums[:, 0] / counts
    variances = (second_moments - (means**2).sum(1)) / means.shape[1]
    return weights, means, variances


def spherical_by_gaps(t, resp):
    """The same from the points' gaps to the means."""
    x = t[:, 1:-1]
    counts = resp.sum(0)
    means = resp.T @ x / counts[:, None]
    squared_gaps = ((x[:, None] - means) ** 2).sum(-1)
    variances = (resp * squared_gaps).sum(0) / counts / x.shape[1]
    return counts / len(x), means, variances


def averaged_over_all(t, resp):
    """An M-step whose sums are all divided by the number of points."""
    averages = resp.T @ t / len(t)
    means = averages[:, 1:-1]
    return averages[:, -1], means, (averages[:, 0] - (means**2).sum(1)) / means.shape[1]


def blocks(rng):
    """The sums Σ q t, q (n, K), log p(x, k), t (n, P), and the rows of a block; one underflows."""
    n, D, K = rng.integers(14, 20), rng.integers(2, 4), rng.integers(3, 6)
    middle = rng.permutation([-2, 2, 1][:D])  # sums of both signs
    t = statistics(torch.from_numpy(middle + rng.normal(size=(n, D))), "full")
    q = torch.from_numpy(rng.dirichlet([0.7] * K, n))
    levels = rng.permutation(np.linspace(-5.5, -2.5, K))
    log_joint = torch.from_numpy(rng.normal(levels, 1.5, size=(n, K)))
    rows = torch.from_numpy(rng.permutation(n)[: rng.integers(5, 8)])
    log_joint[rows[0]] -= 1000
    return q.T @ t, q, log_joint, t, rows


def corrected(sums, q, log_joint, t, rows):
    """The sums (K, P) once the guess q (n, K) is brought up to date for the rows."""
    new_guess = log_joint[rows].softmax(1)
    change = new_guess - q[rows]
    return sums + change.T @ t[rows]


def corrected_by_all(sums, q, log_joint, t, rows):
    """The same from all points again."""
    in_block = torch.isin(torch.arange(len(q)), rows)
    new_guess = torch.where(in_block[:, None], log_joint.softmax(1), q)
    return new_guess.T @ t


def pairs(rng):
    """Means μ (n,) > 0 and standard deviations σ (n,), from near one another to far apart."""
    n = int(rng.integers(5, 9))
    sigma = rng.uniform(0.5, 2, n)
    ratios = rng.permutation(np.linspace(0.3, 2.2, n))
    return torch.from_numpy(ratios * sigma), torch.from_numpy(sigma)


def one_side(mu, sigma):
    """Mean and variance of the points right of 0, (n,) each: half from N(−μ, σ²), half N(μ, σ²)."""
    ratio = mu / sigma
    density = torch.exp(-0.5 * ratio**2) / math.sqrt(2 * math.pi)
    below = 0.5 * (1 + torch.erf(ratio / math.sqrt(2)))
    mean = mu * (2 * below - 1) + 2 * sigma * density
    second_moment = mu**2 + sigma**2
    return mean, second_moment - mean**2


def one_side_by_erf(mu, sigma):
    """The same, the difference of the two sides' shares as an error function."""
    spread = sigma * math.sqrt(2 / math.pi)
    mean = spread * torch.exp(-(mu**2) / (2 * sigma**2)) + mu * torch.erf(mu / sigma / 2**0.5)
    return mean, sigma**2 + mu**2 - mean**2


def truncated(mu, sigma):
    """Mean and variance of the right Gaussian's own points right of 0."""
    normal = torch.distributions.Normal(0.0, 1.0)
    ratio = mu / sigma
    hazard = normal.log_prob(ratio).exp() / normal.cdf(ratio)
    return mu + sigma * hazard, sigma**2 * (1 - hazard * (hazard + ratio))


EXERCISES = [
    Function(
        number="3a",
        title="The bound for any guess",
        role="code",
        minutes=10,
        reference=bound,
        forms=(bound_by_kl,),
        inputs=guesses,
        gradient=(1,),
        wanted="L for each point, (n,)",
        shows="One function serves soft and hard guesses, however small the densities are.",
        see={"": ("(3.1)", "Guess the component, with any q")},
        mistakes={
            "entropy left out": Mistake(
                "The entropy is missing.",
                "That is the part of L that holds θ. At the posterior it stays below log p(x).",
            ),
            "log p(x)": Mistake(
                "The divergence is missing.",
                "That is log p(x), whatever the guess: q makes no difference to your value.",
            ),
            "the gap": Mistake(
                "That is an intermediate result, the divergence: something is left to do.",
                "That is the KL to the posterior: how much the bound misses, not the bound.",
            ),
            "the posterior's entropy": Mistake(
                lambda q, log_joint: (
                    (q * log_joint).sum(1)
                    - (log_joint.softmax(1) * log_joint.log_softmax(1)).sum(1)
                ),
                "The entropy in L is that of the guess. Yours is the posterior's.",
            ),
            "KL the other way": Mistake(
                lambda q, log_joint: (
                    log_joint.logsumexp(1)
                    - (log_joint.softmax(1) * (log_joint.log_softmax(1) - q.log())).sum(1)
                ),
                "Under which of the two distributions is the average in (3.1) taken?",
            ),
            "logarithm of the average": Mistake(
                lambda q, log_joint: (log_joint + q.log()).logsumexp(1),
                "You average densities and take the logarithm last. In L it comes first.",
            ),
        },
    ),
    Choice(
        number="3b",
        title="What an M-step is sure of",
        minutes=3,
        right="c",
        shows="The bound lifts log p(x) from below, and the new gap comes on top: (3.6).",
        mistakes={
            "a": "Tempting, for the KL did change. But before the M-step it was zero, so it had "
            "only one way to go. Which side of the equation does that help?",
            "b": "L and log p(x) were equal before the M-step. Is the old q still the posterior "
            "of the new parameters?",
            "d": "It is the E-step that leaves log p(x) alone: it changes q, which log p(x) does "
            "not contain. The M-step changes θ.",
        },
    ),
    Function(
        number="3c",
        title="An M-step for round Gaussians",
        role="derive",
        minutes=15,
        reference=spherical,
        forms=(spherical_by_gaps,),
        inputs=points,
        wanted="weights (K,), means (K, D), variances (K,)",
        shows="D + 2 sums a component are all that a round Gaussian needs of the data.",
        see={"": ("(3.9)", "Write both halves as matrix products")},
        mistakes={
            "D forgotten": Mistake(
                "In the variances: The division by means.shape is missing.",
                "Your variances are too large: the squared length of a deviation adds up over "
                "the dimensions, and σ² is for one of them.",
            ),
            "N for N_k": Mistake(
                averaged_over_all,
                "You divide by the number of all points. How many of them are a component's?",
            ),
            "order of t": Mistake(
                lambda t, resp: spherical(torch.cat([t[:, -2:-1], t[:, :-2], t[:, -1:]], 1), resp),
                "In which order does t hold its parts? The squared length comes first.",
            ),
            "‖μ‖² forgotten": Mistake(
                "In the variances: The term with means is missing.",
                "Your variances depend on where the origin is: you measure from 0, not from μ.",
            ),
        },
    ),
    Function(
        number="3d",
        title="An E-step for a few points",
        role="code",
        minutes=10,
        reference=corrected,
        forms=(corrected_by_all,),
        inputs=blocks,
        wanted="the corrected sums (K, P)",
        shows="A step on a few points costs a few rows; the others keep their old guess, and L "
        "still climbs.",
        see={"": ("", "Write both halves as matrix products")},
        mistakes={
            "old share kept": Mistake(
                "In the change: The term q is missing.",
                "These points now count twice: their old guess is still in the sums.",
            ),
            "the block alone": Mistake(
                lambda sums, q, log_joint, t, rows: log_joint[rows].softmax(1).T @ t[rows],
                "You sum over the block only. The other points have a guess as well, and it "
                "still counts.",
            ),
            "weighed up": Mistake(
                lambda sums, q, log_joint, t, rows: (
                    sums + len(t) / len(rows) * (log_joint[rows].softmax(1) - q[rows]).T @ t[rows]
                ),
                "You let the block stand for all points. The others have their share in the sums.",
            ),
            "the guess as prior": Mistake(
                lambda sums, q, log_joint, t, rows: corrected(
                    sums, q, log_joint + q.log(), t, rows
                ),
                "The posterior follows from log p(x, k) alone: the old guess has no part in it.",
            ),
            "the first points": Mistake(
                lambda sums, q, log_joint, t, rows: corrected(
                    sums, q, log_joint, t, torch.arange(len(rows))
                ),
                "You take as many points as the block has, but not those that stand in rows.",
            ),
        },
    ),
    Function(
        number="3e",
        title="Where hard EM's first step leads",
        role="stretch",
        minutes=15,
        essential=False,
        reference=one_side,
        forms=(one_side_by_erf,),
        inputs=pairs,
        wanted="two values, means (n,) and variances (n,)",
        shows="From the truth itself a hard guess walks away, further the more the components "
        "overlap.",
        see={"": ("(3.10)", "Do the E-step badly")},
        mistakes={
            "full EM": Mistake(
                lambda mu, sigma: (mu, sigma**2),
                "That is the truth, where full EM stays. Here a point right of 0 counts wholly for "
                "the right component, wherever it came from.",
            ),
            "its own points alone": Mistake(
                truncated,
                "These are the right Gaussian's own points beyond 0. Some of the left one's lie "
                "there, too.",
            ),
            "all points kept": Mistake(
                lambda mu, sigma: (one_side(mu, sigma)[0], sigma**2),
                "The mean is right. But the cut takes a tail away, so the spread is no longer σ².",
            ),
            "spread about the truth": Mistake(
                lambda mu, sigma: (
                    one_side(mu, sigma)[0],
                    2 * mu**2 + sigma**2 - 2 * mu * one_side(mu, sigma)[0],
                ),
                "Your squares are those of the gaps to μ. An M-step takes them to its new mean.",
            ),
            "centred": Mistake(
                lambda mu, sigma: (
                    mu + sigma * math.sqrt(2 / math.pi),
                    sigma**2 * (1 - 2 / math.pi),
                ),
                "You fold the right Gaussian at its own mean. The cut lies at 0.",
            ),
        },
    ),
    Choice(
        number="3f",
        title="Predict: beyond the posterior",
        role="predict",
        minutes=4,
        right="c",
        shows="An E-step need not be exact to climb; near the top a bold one even saves passes.",
        mistakes={
            "a": "Beyond the posterior the hill falls again, so it could. But what counts is the "
            "bound at the old guess: how far down was that?",
            "b": "As far from the posterior, but on the other side. The next M-step moves the "
            "posterior on: towards which of the two?",
            "d": "On the way its guess is never the posterior. But what happens to the way from "
            "the old guess to the posterior as the steps become small?",
        },
    ),
]
