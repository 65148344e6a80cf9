"""Lesson 06: draws with a gradient, by two roads, and what noise and KL do to a code."""

import math

import torch

from vaelib.gaussians import log_normal_diag
from vaelib.teaching.exercises.drawing import normal
from vaelib.teaching.exercises.exercise import Choice, Mistake
from vaelib.teaching.exercises.function import Function
from vaelib.teaching.exercises.lesson_05 import codes_with_noise, signed


def reparameterise(m, logvar, eps):
    """Draws from N(m, exp(logvar)) as a function of ε, (s, n, d)."""
    std = (logvar / 2).exp()
    return m + std * eps


def by_variance(m, logvar, eps):
    """The same with the root of a variance."""
    variance = logvar.exp()
    return m + variance.sqrt() * eps


def scored(rng):
    """s draws z of q, f of each, a baseline, and q's m and log v (d,)."""
    s, d = rng.integers(6, 12), rng.integers(2, 6)
    m, logvar, b = signed(rng, d), signed(rng, d), float(rng.uniform(-4, -2))
    z = m + torch.exp(logvar / 2) * normal(rng, s, d)
    return z, b + signed(rng, s), b, m, logvar


def score_gradient(z, value, b, m, logvar):
    """The score-function gradient with respect to m, draw by draw, (s, d)."""
    score = (z - m) / logvar.exp()  # ∇_m log q(z)
    surplus = value - b  # (s,)
    return surplus[:, None] * score


def without_baseline_first(z, value, b, m, logvar):
    """The same as a difference of two products."""
    score = (z - m) / logvar.exp()
    return value[:, None] * score - b * score


def by_logvar(z, value, b, m, logvar):
    """The same with respect to log v."""
    variance = logvar.exp()
    return (value - b)[:, None] * ((z - m) ** 2 / variance - 1) / 2


def times_log_q(z, value, b, m, logvar):
    """The same with log q where its gradient belongs."""
    log_q = -0.5 * (math.log(2 * math.pi) + logvar + (z - m) ** 2 / logvar.exp())
    return (value - b)[:, None] * log_q


def scored_alone(rng):
    """The same without the baseline; f rises along the first dimension and falls along the next."""
    z, value, b, m, logvar = scored(rng)
    squares = (z - m) ** 2 / logvar.exp()
    return z, value - b + 1.2 * (squares[:, 0] - squares[:, 1]), m, logvar


def best_baseline(z, value, m, logvar):
    """The baseline of the least variance for each dimension, from draws, (d,)."""
    squares = ((z - m) / logvar.exp()) ** 2  # of the score, (s, d)
    weighted = value[:, None] * squares
    return weighted.mean(0) / squares.mean(0)


def by_weights(z, value, m, logvar):
    """The same as a weighted average of f."""
    squares = (z - m) ** 2 / logvar.exp() ** 2
    weights = squares / squares.sum(0)
    return value @ weights


EXERCISES = [
    Function(
        number="6a",
        title="A draw with a gradient",
        role="code",
        minutes=5,
        reference=reparameterise,
        forms=(by_variance,),
        see={"": ("(6.1)", "Draw the noise first")},
        inputs=codes_with_noise,
        gradient=(0, 1),
        wanted="s draws for each example, (s, n, d)",
        shows="The noise comes from outside, so z is an ordinary function of m and logvar.",
        mistakes={
            "exp(logvar) as std": Mistake(
                "In the std: The division by 2 is missing.",
                "Your draws have the variance exp(logvar)². What is a variance's root?",
            ),
            "logvar as std": Mistake(
                lambda m, logvar, eps: m + logvar * eps,
                "You multiply by logvar itself, which may be negative: no logarithm is a width.",
            ),
            "noise of one size": Mistake(
                "The std is missing.",
                "Every draw has variance 1, whatever the encoder says: where is logvar?",
            ),
            "softplus": Mistake(
                lambda m, logvar, eps: m + torch.nn.functional.softplus(logvar) * eps,
                "Softplus makes a width positive, too. But of what is logvar the logarithm?",
            ),
        },
    ),
    Function(
        number="6b",
        title="One draw of the score function",
        role="code",
        minutes=10,
        essential=False,
        reference=score_gradient,
        forms=(without_baseline_first,),
        see={"": ("(6.2)", "Take the gradient in two ways")},
        inputs=scored,
        wanted="one estimate by m for each draw, (s, d)",
        shows="It needs no derivative of f; one number for all d dimensions makes it noisy.",
        mistakes={
            "∇q for ∇log q": Mistake(
                lambda z, value, b, m, logvar: (
                    score_gradient(z, value, b, m, logvar)
                    * log_normal_diag(z, m, logvar).exp()[:, None]
                ),
                "That is the gradient of q itself. The draws already come as often as q says.",
            ),
            "a baseline of its own": Mistake(
                lambda z, value, b, m, logvar: (
                    (value - value.mean())[:, None] * (z - m) / logvar.exp()
                ),
                "You subtract the mean of these draws, of which each is a part: that is biased.",
            ),
            "gradient by logvar": Mistake(
                by_logvar, "That is the gradient by logvar. The one by m is asked for."
            ),
            "log q for its gradient": Mistake(
                times_log_q, "You multiply by log q itself. How does it change with m?"
            ),
        },
    ),
    Function(
        number="6c",
        title="The best baseline",
        role="derive",
        minutes=15,
        reference=best_baseline,
        forms=(by_weights,),
        see={"": ("(6.5)", "Take the gradient in two ways")},
        inputs=scored_alone,
        wanted="one baseline for each dimension, (d,)",
        shows="It is an average of f in which a draw counts by the square of its score.",
        mistakes={
            "the mean": Mistake(
                lambda z, value, m, logvar: value.mean() + 0 * m,
                "That is the mean of f, the usual baseline. Is the variance least there?",
            ),
            "a regression on the score": Mistake(
                lambda z, value, m, logvar: (
                    (value[:, None] * (z - m) / logvar.exp()).mean(0)
                    / (((z - m) / logvar.exp()) ** 2).mean(0)
                ),
                "That divides E[f s] by E[s²]. Multiply (f − b)² s² out: what stands beside b?",
            ),
            "absolute scores": Mistake(
                lambda z, value, m, logvar: (
                    (value[:, None] * (z - m).abs()).mean(0) / (z - m).abs().mean(0)
                ),
                "You weight by the size of the score. In a variance it is its square that counts.",
            ),
        },
    ),
    Choice(
        number="6d",
        title="Predict: a prior ten times as wide",
        role="predict",
        minutes=3,
        right="b",
        shows="The prior's width is a unit and no more: codes take it, and no picture changes.",
        mistakes={
            "a": "Tempting: the KL does ask for a wider q. But the encoder may move its means "
            "apart by the same factor. Look at (6.7).",
            "c": "The noise has no size of its own to keep. What would a wide cloud of codes with "
            "the old noise pay in entropy, and what would it gain?",
            "d": "m² is divided by 100 now, so each code may go further out. But what happens to "
            "the other term of the KL, the one with log v?",
        },
    ),
    Choice(
        number="6e",
        title="Noise of a fixed size",
        role="control",
        minutes=4,
        right="d",
        shows="A noise has a size only in units of the code; report it in them.",
        mistakes={
            "a": "More seeds say how sure the difference is, and it would be good to have them. "
            "They do not say whether there was any noise left to speak of.",
            "b": "A small error says that the decoder reads the codes well. It may do so because "
            "it has learned much, or because the noise was small to it: which?",
            "c": "A larger noise meets the same way out: the codes spread further. What should be "
            "looked at in either case?",
        },
    ),
]
