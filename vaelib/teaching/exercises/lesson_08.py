"""Lesson 08: the price of a pixel, the picture between two, a test for copies, and an alarm."""

import math

import torch

from vaelib.teaching.exercises.exercise import Choice, Mistake, Number
from vaelib.teaching.exercises.function import Function


def log_mean_odds(*codes, log=math.log):
    """log of the mean of f / (1 − f) over codes (share, f): (8.2) for a pixel that was off."""
    return log(sum(share * f / (1 - f) for share, f in codes))


MOST, FEW = (0.9, 0.01), (0.1, 0.5)  # (share of the posterior, f)


def two_images(rng):
    """x1 and x2 (n, D), and the probability r (n,) that it is the first."""
    n, D = rng.integers(4, 8), rng.integers(9, 14)
    x1, x2 = torch.from_numpy(rng.uniform(size=(2, n, D)))
    return x1, x2, torch.from_numpy(rng.uniform(0.05, 0.95, n))


def apart(x1, x2):
    """‖x1 − x2‖² for each pair."""
    return ((x1 - x2) ** 2).sum(-1)


def guess(x1, x2, share):
    """The blend of two images with this share of the first."""
    return share[:, None] * x1 + (1 - share[:, None]) * x2


def best_picture(x1, x2, r):
    """The picture with the least expected squared error, and that error."""
    return guess(x1, x2, r), r * (1 - r) * apart(x1, x2)


def likelier(x1, x2, r):
    """The likelier of the two pictures, and its expected squared error."""
    return guess(x1, x2, (r > 0.5).double()), torch.minimum(r, 1 - r) * apart(x1, x2)


def suspects(rng):
    """Grey samples (n, D), some of them near a training image, and the two sets (m, D), (k, D).

    The pool's size is a prime above n, so that no score is exactly 0.
    """
    n, k, D = rng.integers(20, 31), rng.integers(7, 15), rng.integers(4, 7)
    pool = torch.from_numpy(rng.normal(size=(rng.choice([37, 41, 43, 47]), D)))
    samples = torch.from_numpy(rng.normal(size=(n, D)))
    stolen = rng.integers(3, 8)
    samples[:stolen] = pool[k : k + stolen] + 0.1 * samples[:stolen]
    return samples, pool[k:], pool[:k]


def share(samples, train, held_out):
    """The part of the samples that lie nearer to a training image than to any held-out one."""
    to_train, to_held_out = (torch.cdist(samples, x).min(1)[0] for x in (train, held_out))
    return (to_train < to_held_out).double().mean()


def chance(train, held_out):
    """The share of nearest images that would be in the training set by chance."""
    return len(train) / (len(train) + len(held_out))


def stretched(share, chance):
    """The share beyond chance, on a scale where 1 is always."""
    return (share - chance) / (1 - chance)


EXERCISES = [
    Number(
        number="8a",
        title="A pixel that few codes expect",
        minutes=5,
        reference=lambda: log_mean_odds(MOST, FEW),
        within=0.02,
        shows="One code in ten that expects the pixel is enough to halve its price.",
        mistakes={
            "mean of the logs": Mistake(
                sum(p * math.log(f / (1 - f)) for p, f in (MOST, FEW)),
                "You averaged logarithms. Which comes first in (8.2), average or logarithm?",
            ),
            "mean of f": Mistake(
                log_mean_odds((1, sum(p * f for p, f in (MOST, FEW)))),
                "You averaged f and made one fraction of it. Every code has a fraction of its own.",
            ),
            "f alone": Mistake(
                math.log(sum(p * f for p, f in (MOST, FEW))),
                "That is the probability of the pixel being on. Turned over, it is no longer off: "
                "what did being off contribute?",
            ),
            "most codes": Mistake(
                log_mean_odds((1, MOST[1])),
                "You asked the most probable code alone. The rest of the posterior counts as well.",
            ),
            "equal shares": Mistake(
                log_mean_odds((0.5, MOST[1]), (0.5, FEW[1])),
                "You gave both kinds of codes the same weight, and the posterior does not.",
            ),
            "in decimal digits": Mistake(
                log_mean_odds(MOST, FEW, log=math.log10),
                "That is a decimal logarithm. Nats come from the natural one.",
            ),
            "in bits": Mistake(
                log_mean_odds(MOST, FEW, log=math.log2),
                "That is in bits. Nats come from the natural logarithm.",
            ),
        },
    ),
    Function(
        number="8b",
        title="The best picture of a loaded coin",
        role="derive",
        minutes=15,
        reference=best_picture,
        inputs=two_images,
        wanted="two values: the pictures (n, D) and their costs (n,)",
        shows="The blur is cheaper than either sharp picture, however the coin is loaded.",
        mistakes={
            "a fair coin": Mistake(
                lambda x1, x2, r: ((x1 + x2) / 2, apart(x1, x2) / 4),
                "That is (8.3), for a fair coin. Move a little towards the likelier: cheaper?",
            ),
            "fair cost": Mistake(
                lambda x1, x2, r: (guess(x1, x2, r), apart(x1, x2) / 4),
                "The picture is right. Its cost is still the one of a fair coin.",
            ),
            "exchanged": Mistake(
                lambda x1, x2, r: (guess(x1, x2, 1 - r), best_picture(x1, x2, r)[1]),
                "Let r go to 1: your picture becomes the image that never occurs.",
            ),
            "the likelier one": Mistake(
                likelier,
                "You take the likelier image. Squared error has a cheaper answer, though one that "
                "never occurs.",
            ),
            "first image alone": Mistake(
                lambda x1, x2, r: (guess(x1, x2, r), (1 - r) ** 2 * apart(x1, x2)),
                "The picture is right. Its cost is the distance to the first image alone.",
            ),
            "both in full": Mistake(
                lambda x1, x2, r: (guess(x1, x2, r), (r**2 + (1 - r) ** 2) * apart(x1, x2)),
                "The picture is right. You add both distances in full, however rare an image is.",
            ),
            "mean over pixels": Mistake(
                lambda x1, x2, r: (guess(x1, x2, r), best_picture(x1, x2, r)[1] / x1.shape[1]),
                "The picture is right. The cost is averaged over the pixels, and should be summed.",
            ),
            "distance not squared": Mistake(
                lambda x1, x2, r: (guess(x1, x2, r), r * (1 - r) * apart(x1, x2).sqrt()),
                "The picture is right. The cost has the distance of the images, not its square.",
            ),
        },
    ),
    Function(
        number="8c",
        title="A test that accuses the innocent",
        role="bug",
        minutes=10,
        reference=lambda samples, train, held_out: stretched(
            share(samples, train, held_out), chance(train, held_out)
        ),
        inputs=suspects,
        wanted="one number, a tensor ()",
        shows="A score needs a zero: what somebody gets who never saw either set of images.",
        mistakes={
            "as given": Mistake(
                lambda samples, train, held_out: 2 * share(samples, train, held_out) - 1,
                "Give it pure noise, with 4,000 images against 1,000: it calls most of it copied.",
            ),
            "share alone": Mistake(
                lambda samples, train, held_out: share(samples, train, held_out),
                "A share has no zero of its own: who knows neither set still lands far above 0.",
            ),
            "only subtracted": Mistake(
                lambda samples, train, held_out: (
                    share(samples, train, held_out) - chance(train, held_out)
                ),
                "Chance lies at 0 now. But where is somebody all of whose samples are copies?",
            ),
            "chance of the held-out": Mistake(
                lambda samples, train, held_out: stretched(
                    share(samples, train, held_out), chance(held_out, train)
                ),
                "You count training images, but the chance is that of finding a held-out one.",
            ),
            "equal sets": Mistake(
                lambda samples, train, held_out: (
                    2 * share(samples, train[: len(held_out)], held_out) - 1
                ),
                "Sets of equal size are fair too. But copies of the training images that you threw "
                "away go unseen.",
            ),
            "turned round": Mistake(
                lambda samples, train, held_out: stretched(
                    1 - share(samples, train, held_out), chance(train, held_out)
                ),
                "You count the samples nearest to a held-out image: nobody can have copied those.",
            ),
        },
    ),
    Choice(
        number="8d",
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
