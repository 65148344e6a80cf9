"""Lesson 12: what a trait explains of a code, how a wish moves it, and which names are earned."""

import numpy as np
import torch
from torch.nn.functional import normalize

from vaelib.teaching.exercises.exercise import Choice, Mistake
from vaelib.teaching.exercises.function import Function


def traits(rng, n, n_levels):
    """Levels (n,), no two alike in frequency; one level in between is nobody's."""
    levels = np.delete(np.arange(n_levels + 1), rng.integers(1, n_levels))
    shares = rng.permutation(n_levels) + 1
    return rng.permutation(np.resize(np.repeat(levels, shares), n))


def coded(rng):
    """Codes z (n, d) that depend on a trait, and its levels k (n,)."""
    n, d, n_levels = int(rng.integers(24, 36)), int(rng.choice([5, 7])), int(rng.integers(3, 5))
    k = traits(rng, n, n_levels)
    means = rng.normal(size=(n_levels + 1, d)) * rng.uniform(0.6, 2, size=d)
    z = means[k] + rng.normal(size=(n, d))
    z += rng.permutation(np.linspace(-8, 8.2, d)) - z.mean(0)
    return torch.from_numpy(z), torch.from_numpy(k)


def explained(z, k):
    """The part of each latent's variance between the levels of k: z (n, d), k (n,) → (d,)."""
    members = (k == k.unique()[:, None]).double()
    frequencies = members.mean(1)
    means = members @ z / members.sum(1)[:, None]
    weights = frequencies[:, None]
    centre = (weights * means).sum(0)
    between = (weights * (means - centre) ** 2).sum(0)
    return between / z.var(0, correction=0)


def by_what_is_left(z, k):
    """The same: one less the share that is left within the levels."""
    members = (k == k.unique()[:, None]).double()
    counts = members.sum(1)[:, None]
    means = members @ z / counts
    squares = members[..., None] * (z - means[:, None]) ** 2
    left_over = squares.sum(1) / counts
    return 1 - (counts / len(k) * left_over).sum(0) / z.var(0, correction=0)


def unweighted(z, k):
    """The variance of the means, as if all levels were alike in frequency."""
    members = (k == k.unique()[:, None]).double()
    means = members @ z / members.sum(1)[:, None]
    return means.var(0) / z.var(0)


def correlated(z, k):
    """The squared correlation with the level's number."""
    trait = k.double()
    covariance = ((trait - trait.mean())[:, None] * z).mean(0)
    return (covariance / (trait.std(correction=0) * z.std(0, correction=0))) ** 2


def wishes(rng):
    """Codes z (n, d), whole numbers k (n,): 1 for who has the trait; and a strength, not near 1."""
    n, d, some = int(rng.integers(12, 20)), int(rng.choice([6, 8])), int(rng.integers(3, 6))
    k = rng.permutation(np.arange(n) < some).astype(int)
    centre, shift = (rng.permutation(np.linspace(*ends, d)) for ends in ((-3, 4), (-1.5, 1.8)))
    z = centre + k[:, None] * shift + 0.5 * rng.normal(size=(n, d))
    strength = rng.uniform(*{6: (0.6, 0.85), 8: (1.3, 2.5)}[d])  # both occur, as every d does
    return torch.from_numpy(z), torch.from_numpy(k), strength


def grant(z, k, strength):
    """z moved along the direction of the trait, where it is absent: (n, d), (n,), () → (n, d)."""
    direction = z[k == 1].mean(0) - z[k == 0].mean(0)
    step = strength * direction
    return z + (1 - k)[:, None] * step


def by_the_slope(z, k, strength):
    """The same along the slope of (12.5)."""
    trait = k.double()
    covariance = ((trait - trait.mean())[:, None] * z).mean(0)
    slope = covariance / trait.var(correction=0)
    return z + (1 - trait)[:, None] * (strength * slope)


def moved(z, k, step):
    """The step for those who lack the trait."""
    return z + (1 - k)[:, None] * step


def twice_coded(rng):
    """z (n, d) and k (n, traits), and the same of new creatures.

    Trait 0 has a rare level. It moves dimension 0 far, though less than trait 1 does in the mean,
    and dimension 1 more. What moves 2 does the reverse in the new; the last trait moves 3. Trait 3
    has many levels: its share of what nothing moves is the largest, and its F statistic is not.
    """
    n, n_new, d = int(rng.integers(150, 170)), int(rng.integers(90, 110)), int(rng.integers(7, 10))
    sizes = [4, 3, 3, 8, *rng.integers(3, 5, size=rng.integers(2, 4))]
    k = np.stack([rng.permutation(np.arange(n) % size) for size in sizes], 1)
    k[:, 0] = rng.permutation(np.r_[np.full(12, 3), np.resize([0, 1, 2], n - 12)])
    k_new = np.stack([rng.integers(size, size=n_new) for size in sizes], 1)
    means = np.zeros((len(sizes), max(sizes), d))
    means[0, 3, :2] = 2.65, 3.67
    means[1, :3, :2] = np.array([[-1], [0], [1]])
    means[2, :2, 2] = means[-1, 1:3, 3] = -1, 1
    noise, noise_new = (0.3 * rng.normal(size=(size, d)) for size in (n, n_new))
    centre, each = 2 * rng.normal(size=d), np.arange(len(sizes))
    centre[:4] = 0.3, 0.3, -1, -2
    z = centre + means[each, k].sum(1) + noise
    means[2, :, 2] *= -1
    z_new = centre + means[each, k_new].sum(1) + noise_new
    return tuple(map(torch.from_numpy, (z, k, z_new, k_new)))


def table(z, k, how=explained):
    """Share of each dimension that each trait explains, (traits, d)."""
    return torch.stack([how(z, column) for column in k.T])


def level_means(z, k):
    """Which creature has which level, (traits, levels, n), and the levels' means, (…, d)."""
    members = (k.T[:, None] == torch.arange(k.max() + 1)[:, None]).double()
    return members, members @ z / members.sum(2).clamp(1)[..., None]


def tested(means, z_new, k_new):
    """Share of each dimension's variance that the means of levels explain, (traits, d)."""
    guesses = means[torch.arange(len(means)), k_new]
    errors = ((z_new[:, None] - guesses) ** 2).mean(0)
    return 1 - errors / z_new.var(0, correction=0)


def chosen(share, name):
    """Each dimension's share (traits, d) for its name (d,)."""
    return share.gather(0, name[None])[0]


def earned(z, k, z_new, k_new):
    """Each latent's name, the trait that explains most, and its share on new ones: (d,) twice."""
    members, means = level_means(z, k)
    between = (members.mean(2)[..., None] * (means - z.mean(0)) ** 2).sum(1)
    explained = between / z.var(0, correction=0)
    name = explained.argmax(0)
    share = tested(means, z_new, k_new)
    return name, chosen(share, name)


def judged(name, z, k, *new):
    """Names, and their shares on the new."""
    return name, chosen(tested(level_means(z, k)[1], *new), name)


EXERCISES = [
    Function(
        number="12a",
        title="What a trait explains",
        role="code",
        minutes=15,
        reference=explained,
        forms=(by_what_is_left,),
        inputs=coded,
        wanted="one share for each dimension, (d,)",
        see={"": ("(12.3)", "Ask each dimension")},
        shows="Means of groups are all it takes: no straight line, and no order of the levels.",
        mistakes={
            "π forgotten": Mistake(
                unweighted,
                "A level that three creatures have counts as much as one that thirty have.",
            ),
            "level as a number": Mistake(
                correlated,
                "You correlate z with the level's number. Is cyclops more than sleepy?",
            ),
            "against the rest": Mistake(
                lambda z, k: explained(z, k) / (1 - explained(z, k)),
                "You divide by what is left over. Of a whole, a share is wanted: never above 1.",
            ),
            "whole code below": Mistake(
                lambda z, k: explained(z, k) * z.var(0) / z.var(0).sum(),
                "You divide by the variance of the whole code. Each dimension has its own share.",
            ),
        },
    ),
    Function(
        number="12b",
        title="Rabbit ears for those without",
        role="bug",
        minutes=10,
        reference=grant,
        forms=(by_the_slope,),
        inputs=wishes,
        wanted="all codes, of which some have moved, (n, d)",
        see={"": ("(12.5)", "Draw what was asked for")},
        shows="At strength 1 those without the trait land, in the mean, on those with it.",
        mistakes={
            "as given": Mistake(
                lambda z, k, strength: z + strength * (z[k].mean(0) - z[~k].mean(0)),
                "Print z[k].shape, and ~k. What does indexing with whole numbers select? And who "
                "is moved?",
            ),
            "numbers as a mask": Mistake(
                lambda z, k, strength: moved(z, k, strength * (z[k].mean(0) - z[~k].mean(0))),
                "The right creatures move. But z[k] still picks rows by number: look which ones.",
            ),
            "unit length": Mistake(
                lambda z, k, strength: z + strength * normalize(grant(z, k, 1) - z),
                "You made the direction one unit long. Its length says how far the trait is.",
            ),
            "all moved": Mistake(
                "The factor 1 − k is missing.",
                "The direction is right. But who has rabbit ears already is moved as well.",
            ),
        },
    ),
    Function(
        number="12c",
        title="Which names are earned",
        role="stretch",
        minutes=25,
        essential=False,
        reference=earned,
        inputs=twice_coded,
        wanted="a trait's number and a share for each dimension, two values, each (d,)",
        see={"": ("(12.3)", "Ask each dimension")},
        shows="A name that explains nothing of new creatures was noise: here a share may be < 0.",
        mistakes={
            "who judges has chosen": Mistake(
                lambda z, k, *new: judged(tested(level_means(z, k)[1], *new).argmax(0), z, k, *new),
                "You chose the names on the new creatures, which then also judge them.",
            ),
            "named on the new": Mistake(
                lambda z, k, *new: judged(table(*new).argmax(0), z, k, *new),
                "The names come from the new creatures: those who judge have seen the answer.",
            ),
            "π forgotten": Mistake(
                lambda z, k, *new: judged(table(z, k, unweighted).argmax(0), z, k, *new),
                "A rare level counts as much as a common one when you choose the names.",
            ),
            "level as a number": Mistake(
                lambda z, k, *new: judged(table(z, k, correlated).argmax(0), z, k, *new),
                "You choose names by correlation with a level's number: levels have no order.",
            ),
            "share from training": Mistake(
                lambda z, k, *new: (table(z, k).argmax(0), table(z, k).amax(0)),
                "The shares come from the creatures that chose the names. Ask the new ones.",
            ),
            "means of the new": Mistake(
                lambda z, k, *new: (name := table(z, k).argmax(0), chosen(table(*new), name)),
                "You took the means of the levels anew. A guess must be made before it is judged.",
            ),
        },
    ),
    Choice(
        number="12d",
        title="The control that is missing",
        role="control",
        minutes=5,
        right="b",
        see={"": ("", "Ask p(x) who is a creature")},
        shows="It changes one thing, the noise, and keeps the other, the missing details.",
        mistakes={
            "a": "That makes each number more certain. By how many nats would it have to change "
            "the order of a mean and its picture?",
            "c": "The model has seen those, and the mean of a seen picture is still a mean. "
            "Which two things are special about a mean?",
            "d": "Other seeds tell how much the number varies. Would they tell what it means?",
        },
    ),
    Choice(
        number="12e",
        title="Predict: three times as many dimensions",
        role="predict",
        minutes=5,
        right="b",
        see={"": ("", "Find out what a trait changes")},
        shows="With ten dimensions the room was short; what decides most error goes in first.",
        mistakes={
            "a": "Tempting, for it decides one part in twenty. But hue decides little more, and "
            "ten dimensions already know some of it. Was the price too high, or was there no room?",
            "c": "Eyes decide three times as much and are known by half with ten dimensions. What "
            "would have to be true of the mouth?",
            "d": "A dimension that does not pay for itself can set its q to the prior, at no cost. "
            "So can more room hurt the bound at its best?",
        },
    ),
    Choice(
        number="12f",
        title="Read the figure of what the code knows",
        role="read",
        minutes=5,
        right="b",
        see={"": ("", "Ask the code")},
        shows="Circle and square of one trait compare two guessers on the same codes.",
        mistakes={
            "a": "Tempting, for that is the rule of the whole figure. How far apart are these two "
            "from left to right?",
            "c": "Compare the two circles: are they at one height?",
            "d": "Does anything in the figure change with the number of creatures?",
        },
    ),
]
