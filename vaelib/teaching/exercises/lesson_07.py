"""Lesson 07: pixels from log-odds, means for samples, a KL in two parts, and an honest report."""

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


def from_probabilities(x, f, small=0.0):
    """The same from probabilities, which reach 0 and 1."""
    return (x * (f + small).log() + (1 - x) * (1 - f + small).log()).sum(-1)


def weights(rng):
    """log w (s, n), and which of the n images are held out; one of these has tiny weights alone."""
    s, n = rng.integers(4, 8), rng.integers(34, 41)
    held_out = rng.permutation(n) < rng.integers(22, 26)
    held_out[[0, -1]] = True
    level = rng.uniform(-9, -5, n) + 2 * ~held_out
    level[rng.choice(np.flatnonzero(held_out))] -= 860  # exp(−750) is 0 in float64
    log_w = level + rng.normal(scale=2, size=(s, n))
    return torch.from_numpy(log_w), torch.from_numpy(held_out)


def nll(log_w, held_out):
    """−log p(x), a mean over held-out images: log w (s, n), held_out (n,) → ()."""
    unseen = log_w[:, held_out]
    log_px = unseen.logsumexp(0) - math.log(len(unseen))
    return -log_px.mean()


def largest_apart(log_w, held_out):
    """The same with the largest weight taken out, and images chosen at the end."""
    largest = log_w.amax(0)
    ratios = (log_w - largest).exp().mean(0)
    log_px = largest + ratios.log()
    return -(log_px * held_out).sum() / held_out.sum()


def mismatch():
    """Of 23 nats, what is left when each of 1000 images is told from all others."""
    information = math.log(1000)
    return 23 - information


EXERCISES = [
    Function(
        number="7a",
        title="Black or white, from log-odds",
        role="code",
        minutes=10,
        reference=log_px_z,
        forms=(collected,),
        inputs=pixels,
        gradient=(1,),
        wanted="one value for each draw and image, (s, n)",
        see={"": ("(7.1)", "Make the pixels black or white")},
        shows="Where the decoder is sure and wrong, the price is high but finite.",
        mistakes={
            "probabilities first": Mistake(
                lambda x, logits: from_probabilities(x, logits.sigmoid()),
                "A sure pixel's probability is rounded to exactly 0 or 1, and then its logarithm "
                "is taken. Do not leave the log-odds.",
            ),
            "a small number added": Mistake(
                lambda x, logits: from_probabilities(x, logits.sigmoid(), 1e-10),
                "The small number keeps the logarithm finite, and makes every sure mistake equally "
                "cheap. The log-odds still know the difference.",
            ),
            "mean over pixels": Mistake(
                "You take a mean over the last axis (-1). Should the value grow with their number?",
                "You average over the pixels. Beside a KL that is a sum, they count too little.",
            ),
            "squeezed twice": Mistake(
                lambda x, logits: log_px_z(x, logits.sigmoid()),
                "A probability went in where log-odds belong: it is squeezed into (0, 1) twice.",
            ),
            "ink alone": Mistake(
                "The term with x and log off is missing.",
                "You count only the pixels that are on. White paper has a probability too.",
            ),
            "a loss": Mistake(
                "The result has the wrong sign.",
                "That is a loss, positive for every image. Can a log-probability be positive?",
            ),
            "squared error": Mistake(
                lambda x, logits: -((x - logits.sigmoid()) ** 2).sum(-1),
                "That is a squared error: another likelihood, with a noise that nobody has named.",
            ),
        },
    ),
    Choice(
        number="7b",
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
        number="7c",
        title="Twenty-three nats of KL",
        minutes=5,
        essential=False,
        reference=mismatch,
        within=0.2,
        see={"": ("(7.3)", "Walk through two dimensions")},
        shows="N images can be told apart for log N nats. All that is paid beyond is mismatch.",
        mistakes={
            "all of it": Mistake(
                23.0, "That is the whole KL. A part of it tells one image from the other 999."
            ),
            "the information": Mistake(
                math.log(1000), "That is the other term of (7.3), the information about x."
            ),
            "added": Mistake(
                23 + math.log(1000), "The two parts add up to the KL, so neither can exceed it."
            ),
            "in bits": Mistake(
                23 - math.log2(1000), "You took one number in nats and one in bits."
            ),
            "decimal digits": Mistake(
                23 - math.log10(1000),
                "You counted decimal digits: nats come from the natural logarithm.",
            ),
            "none": Mistake(
                0.0,
                "Training lowers the sum of the two parts and pays for fidelity with both. Nothing "
                "makes the second one vanish.",
            ),
        },
    ),
    Function(
        number="7d",
        title="A loss that is called nll",
        role="bug",
        minutes=10,
        reference=nll,
        forms=(largest_apart,),
        inputs=weights,
        wanted="one number, a tensor ()",
        see={
            "": ("(7.4)", "Measure log p(x)"),
            "as given": ("(7.5)", "Measure log p(x)"),
            "the bound": ("(7.5)", "Measure log p(x)"),
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
            "all images": Mistake(
                "In the unseen: You make no selection: all of them count in yours.",
                "The draws are combined rightly. But some of these images the model has seen.",
            ),
            "training images": Mistake(
                "In the unseen: You select those that should be left out.",
                "You kept the images that the model was trained on, and left the others out.",
            ),
            "sum over the draws": Mistake(
                "In the log px: The term log(len(unseen)) is missing.",
                "With more draws your value falls without end: (7.4) has a mean, not a sum.",
            ),
            "number of images": Mistake(
                "In the log px: You count along axis 1 of log_w: is that the number that is meant?",
                "You divide by the number of images. Which axis holds the draws?",
            ),
            "exponential first": Mistake(
                "In the log px: You leave log space: densities this small are 0, or this large are infinite.",
                "Weights this small are 0 once you take their exponential: stay in logarithms.",
            ),
            "one pool": Mistake(
                lambda log_w, held_out: (
                    -(log_w[:, held_out].logsumexp((0, 1)) - math.log(log_w[:, held_out].numel()))
                ),
                "You averaged p(x) over the images as well: the likeliest image alone decides.",
            ),
            "sum over the images": Mistake(
                "You take a sum over all axes. Should the value grow with their number?",
                "Nats for the whole set grow with its size. Wanted are nats for each image.",
            ),
        },
    ),
]
