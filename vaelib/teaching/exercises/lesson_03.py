"""Lesson 03: the bound for any guess, what an M-step is sure of, and EM from sums."""

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


def from_sums(t, resp, variances=None, by_all=False):
    """An M-step with other `variances` of (Σ r‖x‖² / N_k, μ_k), or sums divided by N for N_k."""
    sums = resp.T @ t
    count = torch.full_like(sums[:, -1], len(t)) if by_all else sums[:, -1]
    means = sums[:, 1:-1] / count[:, None]
    return sums[:, -1] / len(t), means, (variances or variance)(sums[:, 0] / count, means)


def variance(second, means):
    """σ_k² (K,) from the mean of ‖x‖² and the means."""
    return (second - (means**2).sum(1)) / means.shape[1]


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


def corrected_by_shares(sums, q, log_joint, t, rows):
    """The same: the old share taken off, the new one added."""
    log_terms = log_joint[rows]
    new_guess = (log_terms - log_terms.logsumexp(1)[:, None]).exp()
    old_share = q[rows].T @ t[rows]
    new_share = new_guess.T @ t[rows]
    return sums - old_share + new_share


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
        see={
            "": ("(3.4)", "Take the best parameters: the M-step"),
            "log p(x)": ("(3.1)", "Guess the component, with any q"),
            "the gap": ("(3.1)", "Guess the component, with any q"),
        },
        mistakes={
            "entropy left out": Mistake(
                "The entropy is missing.",
                "That is the part of L that holds θ. At the posterior it stays below log p(x).",
            ),
            "entropy subtracted": Mistake(
                "The entropy has the wrong sign.",
                "An undecided guess should get a better bound for its entropy; yours is punished.",
            ),
            "log p(x)": Mistake(
                "The divergence is missing.",
                "That is log p(x), whatever the guess: q makes no difference to your value.",
            ),
            "the gap": Mistake(
                "That is an intermediate result, the divergence: something is left to do.",
                "That is the KL to the posterior: how much the bound misses, not the bound.",
            ),
            "logarithm of the average": Mistake(
                lambda q, log_joint: (log_joint + q.log()).logsumexp(1),
                "You average densities and take the logarithm last. In L the logarithm comes "
                "first.",
            ),
            "0 log 0": Mistake(
                "In the entropy: 0 times log 0 is NaN for a computer; it should count as 0.",
                "NaN where q is exactly 0: for PyTorch 0 times −∞ is no number, and there it "
                "should count as 0.",
            ),
            "through exp": Mistake(
                lambda q, log_joint: (q * (log_joint.exp() / q).log()).sum(1),
                "You go back from logarithms to densities. Far from all components they are 0 in "
                "float64. (And 0 log 0 is NaN.)",
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
            "‖μ‖² forgotten": Mistake(
                "In the variances: The term with means is missing.",
                "Your variances depend on where the origin is: you measure from 0, not from μ.",
            ),
            "one term averaged": Mistake(
                lambda t, resp: from_sums(t, resp, lambda s, m: s - (m**2).mean(1)),
                "One of the variance's two terms is averaged over the dimensions, the other is "
                "summed.",
            ),
            "std for variance": Mistake(
                "In value 3 of 3: That is the square root of what is wanted.",
                "The third value is a standard deviation. The variance was asked for.",
            ),
            "N for N_k": Mistake(
                lambda t, resp: from_sums(t, resp, by_all=True),
                "You divide the sums by the number of all points. A component is the average of "
                "its own share of them.",
            ),
            "counts for weights": Mistake(
                "In the weights: The division by len(t) is missing.",
                "Your weights are counts: they add up to the number of points.",
            ),
            "equal weights": Mistake(
                "In value 1 of 3: You use the mean of weights, not each value.",
                "Your weights are all alike. The M-step learns them, too.",
            ),
        },
    ),
    Function(
        number="3d",
        title="An E-step for a few points",
        role="code",
        minutes=10,
        reference=corrected,
        forms=(corrected_by_shares,),
        inputs=blocks,
        wanted="the corrected sums (K, P)",
        shows="A step on a few points costs a few rows; the others keep their old guess, and L "
        "still climbs.",
        see={
            "": ("", "Write both halves as matrix products"),
            "hard": ("", "Do the E-step badly"),
            "hard_choice": ("", "Do the E-step badly"),
            "other_axis": ("(3.3)", "Take the best guess: the E-step"),
        },
        mistakes={
            "old share kept": Mistake(
                "In the change: The term q is missing.",
                "These points now count twice: their old guess is still in the sums.",
            ),
            "the wrong way": Mistake(
                "The term change@t has the wrong sign.",
                "You take the new share away and add the old one again.",
            ),
            "the block alone": Mistake(
                "The term sums and the old share are missing.",
                "You sum over the block only. The other points have a guess as well, and it "
                "still counts.",
            ),
            "every point": Mistake(
                lambda sums, q, log_joint, t, rows: log_joint.softmax(1).T @ t,
                "That is a full E-step: the points outside the block should keep their guess.",
            ),
            "over the points": Mistake(
                "In the new guess: In yours the shares sum to 1 over the first axis (0).",
                "Your new guess sums to 1 over the points of the block. It is a share between "
                "components.",
            ),
            "hard": Mistake(
                "In the new guess: You give each wholly to the likeliest, where all have a share.",
                "You give each point wholly to one component. The posterior shares it out.",
            ),
            "through exp": Mistake(
                "In the new guess: You leave log space: densities this small are 0, and 0 is divided by 0.",
                "NaN: a point far from every component has a density of 0 in float64, and you "
                "divide by it. Stay with logarithms.",
            ),
        },
    ),
]
