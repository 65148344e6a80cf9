"""Lesson 08: pixels from log-odds, means for samples, a KL in two parts, bits, and two moons."""

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


def grey_images(rng):
    """Log-densities (n,) in nats of images with D pixels from 0 to 1, D, and their grey levels."""
    n, n_dims, n_levels = rng.integers(5, 12), int(rng.integers(40, 80)), int(rng.integers(4, 30))
    log_px = rng.uniform(0.5, 1.5) * n_dims + 5 * rng.normal(size=n)
    return torch.from_numpy(log_px), n_dims, n_levels


def bits(log_px, n_dims, n_levels):
    """Bits for a pixel of a grey image, a mean over n images: log p (n,) → ()."""
    log_cell = -n_dims * math.log(n_levels)
    log_chance = log_px + log_cell
    nats = -log_chance.mean() / n_dims
    return nats / math.log(2)


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
    Choice(
        number="8d",
        title="A nat between two encoders",
        role="control",
        minutes=5,
        right="c",
        shows="log p(x) belongs to decoder and prior, its estimate to the encoder as well.",
        mistakes={
            "a": "± is a tenth of the difference already. More images make it smaller, and leave "
            "what is wrong with the estimate of each one as it is.",
            "b": "They have the same k. A bias that differs between two encoders differs with "
            "every seed.",
            "d": "L needs the encoder even more: it is the same estimate with k = 1.",
        },
    ),
    Function(
        number="8e",
        title="Bits for a pixel",
        role="derive",
        minutes=8,
        reference=bits,
        inputs=grey_images,
        wanted="one number, a tensor ()",
        see={"": ("", "Set it beside the published table")},
        shows="A density becomes a probability only with the width of a cell; then bits are nats "
        "over log 2.",
        mistakes={
            "no cell": Mistake(
                lambda log_px, n_dims, n_levels: -log_px.mean() / (n_dims * math.log(2)),
                "A density is no probability yet, and has no bits. How large is the cell around an "
                "image in which every other image has the same grey levels?",
            ),
            "one side of the cell": Mistake(
                lambda log_px, n_dims, n_levels: (
                    -(log_px - math.log(n_levels)).mean() / (n_dims * math.log(2))
                ),
                "That is the width of the cell in one direction. It has as many as the image has "
                "pixels.",
            ),
            "a cell that is too large": Mistake(
                lambda log_px, n_dims, n_levels: (
                    -(log_px + n_dims * math.log(n_levels)).mean() / (n_dims * math.log(2))
                ),
                "Your cell is wider than the whole range from 0 to 1.",
            ),
        },
    ),
    Choice(
        number="8f",
        title="Predict: let the codes overlap",
        role="predict",
        minutes=5,
        right="b",
        shows="Noise decides where the two pictures are mixed. It does not invent a third one.",
        mistakes={
            "a": "That is the lecture's hope. But by (6.10) the decoder's mean is an average of "
            "pictures of the data, and what is the average of half and full?",
            "c": "Before, nothing was decoded in the middle at the end of training. Now codes "
            "are drawn there in training, and (6.10) says how the shares of the two change from "
            "place to place.",
            "d": "Half or full is the largest difference between these pictures. By (7.4) it lives "
            "as long as its variance exceeds that of the noise.",
        },
    ),
]
