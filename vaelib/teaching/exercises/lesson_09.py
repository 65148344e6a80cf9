"""Lesson 09: the price of a pixel, the picture between two, a test for copies, and an alarm."""

import math

import numpy as np
import torch

from vaelib.teaching.exercises.exercise import Choice, Mistake, Number
from vaelib.teaching.exercises.function import Function

# Of two kinds of codes: their part of the posterior, and the decoder's probability f.
SHARE, F = torch.tensor([0.9, 0.1]).double(), torch.tensor([0.01, 0.5]).double()


def price(share, f):
    """log p(x′)/p(x) by (9.2), of a pixel that was off."""
    odds = f / (1 - f)
    return (share * odds).sum().log()


def two_kinds():
    """The price when few codes expect the pixel."""
    return price(SHARE, F)


def two_images(rng):
    """x1 and x2 (n, D), and the probability r (n,) that it is the first, on both sides of ½."""
    n, D = rng.integers(5, 9), rng.integers(9, 14)
    x1, x2 = torch.from_numpy(rng.uniform(size=(2, n, D)))
    return x1, x2, torch.from_numpy(rng.permutation(np.linspace(0.1, 0.93, n)))


def best_picture(x1, x2, r):
    """The picture with the least expected squared error (n, D), and that error (n,)."""
    share = r[:, None]
    picture = share * x1 + (1 - share) * x2
    cost = r * (1 - r) * ((x1 - x2) ** 2).sum(-1)
    return picture, cost


def by_distances(x1, x2, r):
    """The same, the cost from the distances to both images."""
    images, weights = torch.stack([x1, x2]), torch.stack([r, 1 - r])
    picture = (weights[:, :, None] * images).sum(0)
    distances = ((images - picture) ** 2).sum(-1)
    return picture, (weights * distances).sum(0)


def likelier(x1, x2, r):
    """The likelier of the two pictures, and its expected squared error."""
    first = (r > 0.5).double()[:, None]
    picture = first * x1 + (1 - first) * x2
    return picture, torch.minimum(r, 1 - r) * ((x1 - x2) ** 2).sum(-1)


def suspects(rng):
    """Grey samples (n, D), half of them near held-out images; the two sets (m, D), (k, D)."""
    n, m, k, D = (rng.integers(*size) for size in ((300, 400), (25, 35), (8, 13), (4, 7)))
    samples, train, held_out = (torch.from_numpy(rng.uniform(size=(s, D)) ** 2) for s in (n, m, k))
    samples[: n // 2] += 0.9 * (held_out[torch.arange(n // 2) % k] - samples[: n // 2])
    samples[-1] += 0.9 * (train[-1] - samples[-1])
    return samples, train, held_out


def copy_score(samples, train, held_out):
    """0 is chance, 1 always nearest to train: (n, D), (m, D), (k, D) → ()."""
    to_train = torch.cdist(samples, train).amin(1)
    to_held_out = torch.cdist(samples, held_out).amin(1)
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 - chance)


def from_one_pool(samples, train, held_out):
    """The same by the number of the nearest image, and by those that are held out."""
    pool = torch.cat([train, held_out])
    nearest = torch.cdist(samples, pool).argmin(1)
    share = (nearest >= len(train)).double().mean()
    chance = len(held_out) / len(pool)
    return 1 - share / chance


def halves(samples, train, held_out):
    """The share stretched as if both sets had one size."""
    to_train = torch.cdist(samples, train).amin(1)
    to_held_out = torch.cdist(samples, held_out).amin(1)
    share = (to_train < to_held_out).double().mean()
    return 2 * share - 1


def nearer(samples, train, held_out):
    """By how much the training set is nearer, in the mean."""
    to_train = torch.cdist(samples, train).amin(1)
    to_held_out = torch.cdist(samples, held_out).amin(1)
    return (to_held_out - to_train).mean()


EXERCISES = [
    Number(
        number="9a",
        title="A pixel that few codes expect",
        minutes=5,
        reference=two_kinds,
        within=0.02,
        see={"": ("(9.2)", "Change one pixel")},
        shows="One code in ten that expects the pixel is enough to halve its price.",
        mistakes={
            "mean of the logs": Mistake(
                float((SHARE * F.logit()).sum()),
                "You averaged logarithms. Which comes first in (9.2), average or logarithm?",
            ),
            "mean of f": Mistake(
                float(price(1, SHARE @ F)),
                "You averaged f and made one fraction of it. Every code has a fraction of its own.",
            ),
            "f alone": Mistake(
                math.log(SHARE @ F),
                "That is the probability of the pixel being on. Turned over, it is no longer off: "
                "what did being off contribute?",
            ),
            "most codes": Mistake(
                float(price(1, F[0])),
                "You asked the most probable code alone. The rest of the posterior counts as well.",
            ),
            "equal shares": Mistake(
                float(price(0.5, F)),
                "You gave both kinds of codes the same weight, and the posterior does not.",
            ),
        },
    ),
    Function(
        number="9b",
        title="The best picture of a loaded coin",
        role="derive",
        minutes=15,
        reference=best_picture,
        forms=(by_distances,),
        inputs=two_images,
        wanted="two values: the pictures (n, D) and their costs (n,)",
        see={"": ("(9.3)", "Average two pictures")},
        shows="The blur is cheaper than either sharp picture, however the coin is loaded.",
        mistakes={
            "a fair coin": Mistake(
                "You put ½ for r.",
                "That is (9.3), for a fair coin. Move a little towards the likelier: cheaper?",
            ),
            "fair cost": Mistake(
                lambda x1, x2, r: (best_picture(x1, x2, r)[0], ((x1 - x2) ** 2).sum(-1) / 4),
                "The picture is right. Its cost is still the one of a fair coin.",
            ),
            "the likelier one": Mistake(
                likelier,
                "You take the likelier image. Squared error has a cheaper answer, though one that "
                "never occurs.",
            ),
        },
    ),
    Function(
        number="9c",
        title="A test that accuses the innocent",
        role="bug",
        minutes=10,
        reference=copy_score,
        forms=(from_one_pool,),
        inputs=suspects,
        wanted="one number, a tensor ()",
        see={"": ("", "Look for copies")},
        shows="A score needs a zero: what somebody gets who never saw either set of images.",
        mistakes={
            "as given": Mistake(
                halves,
                "Give it pure noise, with 4,000 images against 1,000: it calls most of it copied.",
            ),
            "equal sets": Mistake(
                lambda samples, train, held_out: halves(samples, train[: len(held_out)], held_out),
                "Sets of equal size are fair too. But copies of the training images that you threw "
                "away go unseen.",
            ),
            "distances": Mistake(
                nearer,
                "You compare distances, which have no chance level and no 1. Count samples.",
            ),
        },
    ),
    Choice(
        number="9d",
        title="An alarm for what is no digit",
        minutes=3,
        right="b",
        shows="Typical images have a usual log p(x); one that is far above it is foreign too.",
        mistakes={
            "a": "The estimate is too low on average, and more draws lift it. Nothing pulls the "
            "blank sheet down below the digits.",
            "c": "Tempting: a better model of digits. But longer training does not ask for a cheap "
            "digit and a dear blank sheet: where paper is surely white, white costs nothing.",
            "d": "A real digit is no better off: any one image is drawn so rarely that you would "
            "wait for ever. The alarm would never be silent.",
        },
    ),
]
