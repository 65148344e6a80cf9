"""Ask what a VAE does not do, by hand: one wrong pixel, a null model, a typical draw, rates."""

import math

import torch
from torch.distributions import Bernoulli

from tools.problems.problem import pick, problem, several, shares, step, tensor
from vaelib.gaussians import log_normal_diag


def one_pixel(rng):
    """(9.1) and (9.2): what a wrong pixel costs."""
    given = {
        "D": pick(rng, [100, 196, 784]),
        "sigma": pick(rng, [0.2, 0.25, 0.5]),
        "f": several(rng, [0.01, 0.02, 0.05, 0.1, 0.2, 0.3], 2),
        "q": shares(rng, 2, 10),
    }
    D, log_var = int(given["D"]), 2 * tensor(given["sigma"]).log()
    x = torch.zeros(D, dtype=torch.float64)
    changed = x.clone()
    changed[0] = 1
    right, wrong = (log_normal_diag(image, x, log_var).item() for image in (x, changed))
    f, q = tensor(given["f"]), tensor(given["q"])
    odds = f / (1 - f)
    answer = {"cost": right - wrong, "log_ratio": (q @ odds).log().item()}
    steps = {"odds": odds.tolist(), "mean": (q @ odds).item()}
    return problem(
        "One wrong pixel",
        r"""
(a) A Gaussian decoder's mean is exactly the image $x$ of $D = <D>$ pixels, with
$\sigma_x = <sigma>$. One pixel is changed by 1. How much does the log-density (9.1) fall? Does $D$
matter?

(b) In a Bernoulli model the posterior of the unchanged image has two codes, with probabilities
$(<q>)$. They give the pixel that was off the probability $f_i(z) = (<f>)$ of being on. Compute
$\log p(x') / p(x)$ by (9.2).
""",
        r"""
(a) One squared difference is 1 and the others are 0: the fall is
$1 / (2 \cdot <sigma>^2) = <cost>$ nats, whatever $D$ is.

(b) The odds $f_i / (1 - f_i)$ are $(<odds:4>)$. Their average under the posterior is $<mean:4>$,
and its logarithm is $<log_ratio>$ nats.
""",
        given,
        answer,
        steps,
    )


def independent_pixels(rng):
    """(9.7): the best model of independent pixels."""
    counts = several(rng, [1, 2, 3, 4, 5], 3)
    given = {"images": 6, "on": counts}
    f = tensor(counts) / 6
    each = f * f.log() + (1 - f) * (1 - f).log()
    answer = {"f": f.tolist(), "each": each.tolist(), "best": each.sum().item()}
    return problem(
        "The null model of pixels",
        r"""
Of $<images>$ black and white images of three pixels, the first pixel is on in $<on.0>$, the second
in $<on.1>$, the third in $<on.2>$. Which model of independent pixels gives them the highest mean
log-likelihood, and how high is it, by (9.7)? What must a VAE do to beat it?
""",
        r"""
The best $f_i$ is the share of images in which the pixel is on: $\bar x = (<f>)$.

The terms of (9.7) are $(<each>)$; their sum is $<best>$ nats for each image. A VAE gets more only
by knowing which pixels go together: its code must tell something about the image.
""",
        given,
        answer,
    )


def typical_draw(rng):
    """(9.5): an average draw against the most probable image."""
    given = {"f": [pick(rng, [0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 0.9]) for _ in range(4)]}
    f = tensor(given["f"])
    answer = {
        "draw": -Bernoulli(f).entropy().sum().item(),
        "top": torch.maximum(f, 1 - f).log().sum().item(),
    }
    answer["gap"] = answer["top"] - answer["draw"]
    steps = {"image": f.round().tolist(), "each": (-Bernoulli(f).entropy()).tolist()}
    return problem(
        "Nobody draws the most probable image",
        r"""
For one code the decoder says $f = (<f>)$ for four pixels. What log-probability does a draw from
$p(x \mid z)$ get on average, and what does the most probable image get? Use (9.5). Which image is
it?
""",
        r"""
The four terms $f_i \log f_i + (1 - f_i) \log (1 - f_i)$ are $(<each>)$, in all $<draw>$ nats.

The most probable image is $(<image>)$. It gets $\sum_i \log \max(f_i, 1 - f_i) = <top>$ nats, which
is $<gap>$ more than a draw gets on average.
""",
        given,
        answer,
        steps,
    )


def two_images(rng):
    """(9.3) and (9.4): when one mean is better than two."""
    given = {"differ": step(rng, 4, 16, 4), "sigma": pick(rng, [0.6, 0.8, 1.2, 1.5, 2.5])}
    a2, var = given["differ"] / 4, given["sigma"] ** 2
    slope = a2 / var
    b = 0.0
    if slope > 1:
        b = 1.0
        for _ in range(2000):
            b = math.tanh(slope * b)
    answer = {"cost": a2, "slope": slope, "b": b}
    return problem(
        "Blurred or sharp?",
        r"""
Two black and white images differ in $<differ>$ pixels. (a) What does the best single picture cost
under squared error, by (9.3)? (b) Two codes may draw $\pm b$ of the way from the middle to the
images, as in (9.4), with $\sigma_x = <sigma>$. Is $b = 0$ the only solution of (9.4)? If not, find
the positive one by putting in $b = 1$ and repeating.
""",
        r"""
(a) $\|x_1 - x_2\|^2 = <differ>$, so the average picture costs $<differ> / 4 = <cost>$.

(b) Here $a^2 = \frac14 \|x_1 - x_2\|^2 = <cost>$ and $a^2 / \sigma_x^2 = <slope>$. The curve
$\tanh(<slope> \, b)$ leaves 0 with the slope $<slope>$. Only where that is more than 1 does it meet
the line $b$ a second time. The largest solution is $b = <b:5>$.
""",
        given,
        answer,
    )


PROBLEMS = one_pixel, independent_pixels, typical_draw, two_images
