"""Lesson 08: pixels from log-odds, means for samples, a KL in two parts, and an honest report."""

import math

import numpy as np
import torch
from torch.nn.functional import logsigmoid, softplus

from vaelib.teaching.exercises.exercise import Choice, Mistake, Number
from vaelib.teaching.exercises.function import Function


def pixels(rng):
    """x (n, D), black or white, and log-odds (s, n, D), of which some are ±500, right or wrong."""
    s, n, D = rng.integers(8, 11), rng.integers(3, 7), rng.integers(11, 15)
    x = rng.permuted(np.arange(n * D).reshape(n, D) % 2, axis=1)
    logits = 2.5 * rng.normal(size=(s, n, D))
    logits[0, :, :2] = 500 - 1000 * x[:, :2]  # sure and wrong
    logits[1, :, 2:4] = 1000 * x[:, 2:4] - 500
    return torch.from_numpy(x).double(), torch.from_numpy(logits).requires_grad_()


def log_px_z(x, logits):
    """log p(x|z) of black-and-white pixels: x (n, D), log-odds (s, n, D) → (s, n)."""
    log_on = logsigmoid(logits)
    log_off = logsigmoid(-logits)
    return (x * log_on + (1 - x) * log_off).sum(-1)


def collected(x, logits):
    """The same by log f = a + log(1 − f)."""
    log_off = -softplus(logits)
    return (x * logits + log_off).sum(-1)


def of_chances(x, logits):
    """The same by the probability of each pixel, which reaches 0."""
    f = logits.sigmoid()
    chances = x * f + (1 - x) * (1 - f)
    return chances.log().sum(-1)


def squared_error(x, logits):
    """Pixels as Gaussians, up to a constant."""
    f = logits.sigmoid()
    return -0.5 * ((x - f) ** 2).sum(-1)


def weights(rng):
    """log w (s, n), and which of the n images are held out; one of these has tiny weights alone."""
    s, n = rng.integers(4, 8), rng.integers(34, 41)
    held_out = rng.permutation(n) < rng.integers(22, 26)
    held_out[[0, -1]] = True
    level = rng.uniform(-9, -5, n) - 2 * ~held_out
    level[rng.choice(np.flatnonzero(held_out))] -= 860  # exp(−750) is 0 in float64
    log_w = level + rng.normal(scale=2, size=(s, n))
    return torch.from_numpy(log_w), torch.from_numpy(held_out)


def nll(log_w, held_out):
    """−log p(x), a mean over held-out images: log w (s, n), held_out (n,) → ()."""
    unseen = log_w[:, held_out]
    log_px = unseen.logsumexp(0) - math.log(len(unseen))
    return -log_px.mean()


def chosen_at_the_end(log_w, held_out):
    """The same, images chosen at the end."""
    log_px = log_w.logsumexp(0) - math.log(len(log_w))
    return -(log_px * held_out).sum() / held_out.sum()


def mismatch():
    """Of 23 nats, what is left when each of 1000 images is told from all others."""
    information = math.log(1000)
    return 23 - information


EXERCISES = [
    Function(
        number="8a",
        title="Black or white, from log-odds",
        role="code",
        minutes=10,
        reference=log_px_z,
        forms=(collected,),
        inputs=pixels,
        gradient=(1,),
        wanted="one value for each draw and image, (s, n)",
        see={"": ("(8.1)", "Make the pixels black or white")},
        shows="Where the decoder is sure and wrong, the price is high but finite.",
        mistakes={
            "probabilities first": Mistake(
                of_chances,
                "A sure pixel's probability is rounded to exactly 0 or 1, and then its logarithm "
                "is taken. Do not leave the log-odds.",
            ),
            "squeezed twice": Mistake(
                lambda x, logits: log_px_z(x, logits.sigmoid()),
                "A probability went in where log-odds belong: it is squeezed into (0, 1) twice.",
            ),
            "a loss": Mistake(
                "The result has the wrong sign.",
                "That is a loss, positive for every image. Can a log-probability be positive?",
            ),
            "squared error": Mistake(
                squared_error,
                "That is a squared error: another likelihood, with a noise that nobody has named.",
            ),
        },
    ),
    Choice(
        number="8b",
        title="Grey samples",
        minutes=3,
        right="c",
        shows="A page of means hides the model's last step; show both, and say which is which.",
        mistakes={
            "a": "Tempting, since z is drawn from the prior. But p(x) needs two draws, of z and "
            "then of x, and this model never gives a grey pixel.",
            "b": "The most probable image given z is black and white: each pixel on where its "
            "probability is above ½. The mean is grey.",
            "d": "The noise is no want of training. Given z the pixels are independent, and each "
            "unsure one is a toss of its own, also in the best such model.",
        },
    ),
    Number(
        number="8c",
        title="Twenty-three nats of KL",
        minutes=5,
        essential=False,
        reference=mismatch,
        within=0.2,
        see={"": ("(8.3)", "Walk through two dimensions")},
        shows="N images can be told apart for log N nats. All that is paid beyond is mismatch.",
        mistakes={
            "all of it": Mistake(
                23.0, "That is the whole KL. A part of it tells one image from the other 999."
            ),
            "the information": Mistake(
                math.log(1000), "That is the other term of (8.3), the information about x."
            ),
            "added": Mistake(
                23 + math.log(1000), "The two parts add up to the KL, so neither can exceed it."
            ),
            "none": Mistake(
                0.0,
                "Training lowers the sum of the two parts and pays for fidelity with both. Nothing "
                "makes the second one vanish.",
            ),
        },
    ),
    Function(
        number="8d",
        title="A loss that is called nll",
        role="bug",
        minutes=10,
        reference=nll,
        forms=(chosen_at_the_end,),
        inputs=weights,
        wanted="one number, a tensor ()",
        see={
            "": ("(8.4)", "Measure log p(x)"),
            "as given": ("(8.5)", "Measure log p(x)"),
            "the bound": ("(8.5)", "Measure log p(x)"),
        },
        shows="Draws are averaged inside the logarithm, images outside it, and only held-out ones.",
        mistakes={
            "as given": Mistake(
                lambda log_w, held_out: -log_w.mean(0).mean(),
                "Two things are wrong: what is averaged over the draws, and which images count.",
            ),
            "the bound": Mistake(
                lambda log_w, held_out: -log_w[:, held_out].mean(),
                "The right images. But the mean of log w is the bound, and what you print is −L.",
            ),
            "sum over the draws": Mistake(
                "In the log px: The term log(len(unseen)) is missing.",
                "With more draws your value falls without end: (8.4) has a mean, not a sum.",
            ),
            "one pool": Mistake(
                lambda log_w, held_out: (
                    -(log_w[:, held_out].logsumexp((0, 1)) - math.log(log_w[:, held_out].numel()))
                ),
                "You averaged p(x) over the images as well: the likeliest image alone decides.",
            ),
        },
    ),
]
