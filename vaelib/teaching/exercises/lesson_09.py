"""Lesson 09: a control, the picture between two, a test for copies, an alarm, and a mute code."""

import numpy as np
import torch

from vaelib.teaching.exercises.exercise import Choice, Mistake
from vaelib.teaching.exercises.function import Function


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
    Choice(
        number="9a",
        title="Name the control",
        role="control",
        minutes=5,
        right="b",
        shows="A number is evidence for knowledge only if what lacks the knowledge gives another.",
        mistakes={
            "a": "More samples make both estimates more exact. Would an exact 150 against 6 prove "
            "that the VAE knows what goes together?",
            "c": "That asks whether it knows its own training images better: overfitting. The "
            "sentence is about what goes together, and ink at the border is rare in both sets.",
            "d": "Seeds tell how far 150 and 6 stray. They would be as far apart in every seed, "
            "and for the same reason, whichever it is.",
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
        title="A test without a zero",
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
    Choice(
        number="9e",
        title="Predict: a code that carries nothing",
        role="predict",
        minutes=5,
        right="d",
        shows="With a rate of 0 a VAE is independent pixels: only z knows what goes together.",
        mistakes={
            "a": "The network is the same. But what does its decoder do with z when the rate is 0?",
            "b": "It is true that no code can move. But was the shift cheap only because of z? Ask "
            "the model of this lesson that has no z at all.",
            "c": "The decoder alone gives every pixel its own probability. Which pixels go "
            "together is nowhere in it without z.",
        },
    ),
    Choice(
        number="9f",
        title="Cause or symptom",
        role="design",
        minutes=5,
        right="c",
        shows="A cure is judged by held-out nats, and beside the run without the suspected cause.",
        mistakes={
            "a": "Free bits pay for half a nat in each dimension, on any image. So this KL will be "
            "there, whether or not it helps to explain x.",
            "b": "With free bits something else is raised: a part of the KL is not charged. The "
            "two values are on different scales.",
            "d": "Then the KL will be larger still, since more of it is free. Could this come out "
            "in any way that refutes the report?",
        },
    ),
]
