"""Lesson 10: what a trait explains of a code, how a wish moves it, and which names are earned."""

import numpy as np
import torch

from vaelib.teaching.exercises.exercise import Mistake
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
    return torch.from_numpy(
        z - z.mean(0) + rng.permutation(np.linspace(-8, 8.2, d))
    ), torch.from_numpy(k)


def explained(z, k):
    """The part of each latent's variance between the levels of k: z (n, d), k (n,) → (d,)."""
    members = (k == k.unique()[:, None]).double()
    frequencies = members.mean(1)
    means = members @ z / members.sum(1)[:, None]
    between = (frequencies[:, None] * (means - z.mean(0)) ** 2).sum(0)
    return between / z.var(0, correction=0)


def by_guesses(z, k):
    """The same: each code is replaced by the mean of its level."""
    alike = (k == k[:, None]).double()
    guesses = alike @ z / alike.sum(1)[:, None]
    return guesses.var(0, correction=0) / z.var(0, correction=0)


def by_what_is_left(z, k):
    """The same: one less the share that is left within the levels."""
    alike = (k == k[:, None]).double()
    guesses = alike @ z / alike.sum(1)[:, None]
    left_over = ((z - guesses) ** 2).mean(0)
    return 1 - left_over / z.var(0, correction=0)


def wishes(rng):
    """Codes z (n, d), whole numbers k (n,): 1 for who has the trait; and a strength, not near 1."""
    n, d, some = (int(rng.integers(*size)) for size in ((12, 20), (6, 9), (3, 6)))
    k = rng.permutation(np.arange(n) < some).astype(int)
    centre, shift = (rng.permutation(np.linspace(*ends, d)) for ends in ((-3, 4), (-1.5, 1.8)))
    z = centre + k[:, None] * shift + 0.5 * rng.normal(size=(n, d))
    strength = rng.choice([rng.uniform(0.6, 0.85), rng.uniform(1.3, 2.5)])
    return torch.from_numpy(z), torch.from_numpy(k), float(strength)


def grant(z, k, strength):
    """z moved along the direction of the trait, where it is absent: (n, d), (n,), () → (n, d)."""
    direction = z[k == 1].mean(0) - z[k == 0].mean(0)
    step = strength * direction
    return z + (1 - k)[:, None] * step


def chosen(z, k, strength):
    """The same by choice of rows."""
    has = k == 1
    direction = z[has].mean(0) - z[~has].mean(0)
    return torch.where(has[:, None], z, z + strength * direction)


def by_the_slope(z, k, strength):
    """The same along the slope of (10.5)."""
    trait = k.double()
    covariance = ((trait - trait.mean())[:, None] * z).mean(0)
    slope = covariance / trait.var(correction=0)
    return z + (1 - trait)[:, None] * (strength * slope)


def direction(z, k):
    """From the mean without the trait to the mean with it, (d,)."""
    return z[k == 1].mean(0) - z[k == 0].mean(0)


def moved(z, k, step):
    """The step for those who lack the trait."""
    return z + (1 - k)[:, None] * step


def twice_coded(rng):
    """z (n, d) and k (n, traits), and the same of new creatures.

    Trait 0 has a rare level. It moves dimension 0 far, though less than trait 1 does in the mean,
    and dimension 1 more. What moves 2 does the reverse in the new; the last trait moves 3.
    """
    n, n_new, d = int(rng.integers(150, 170)), int(rng.integers(90, 110)), int(rng.integers(7, 10))
    sizes = [4, 3, *rng.integers(3, 5, size=rng.integers(2, 4))]
    k = np.stack([rng.permutation(np.arange(n) % size) for size in sizes], 1)
    k[:, 0] = rng.permutation(np.r_[np.full(12, 3), np.resize([0, 1, 2], n - 12)])
    k_new = np.stack([rng.integers(size, size=n_new) for size in sizes], 1)
    means = np.zeros((len(sizes), 4, d))
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


def table(z, k):
    """Share of each dimension that each trait explains, (d, traits)."""
    return torch.stack([explained(z, column) for column in k.T], 1)


def mean_of_level(z, k, k_new):
    """E[z | k] from z and k, for each of k_new: (n_new, d)."""
    means = torch.stack([z[k == level].mean(0) for level in range(int(k.max()) + 1)])
    return means[k_new]


def errors(z, k, z_new, k_new):
    """Mean squared error of a guess of z_new by each trait, (d, traits)."""
    pairs = zip(k.T, k_new.T, strict=True)
    guesses = [mean_of_level(z, old, new) for old, new in pairs]
    return torch.stack([((z_new - guess) ** 2).mean(0) for guess in guesses], 1)


def at(values, name):
    """The values (d, traits) of the traits named, (d,)."""
    return values.gather(1, name[:, None])[:, 0]


def earned(z, k, z_new, k_new):
    """Each latent's name, the trait that explains most, and its share on new ones: (d,) twice."""
    members = (k.T[:, None] == torch.arange(k.max() + 1)[:, None]).double()  # (traits, levels, n)
    means = members @ z / members.sum(2).clamp(1)[..., None]  # (traits, levels, d)
    between = (members.mean(2)[..., None] * (means - z.mean(0)) ** 2).sum(1)
    explained = between / z.var(0, correction=0)  # (traits, d)
    guesses = means[torch.arange(k.shape[1]), k_new]  # (n_new, traits, d)
    errors = ((z_new[:, None] - guesses) ** 2).mean(0)
    share = 1 - errors / z_new.var(0, correction=0)
    name = explained.argmax(0)
    return name, share.gather(0, name[None])[0]


def chosen_by_judge(z, k, z_new, k_new):
    """The names chosen on the creatures that also judge them."""
    share = 1 - errors(z, k, z_new, k_new) / z_new.var(0, correction=0)[:, None]
    return share.argmax(1), share.max(1).values


EXERCISES = [
    Function(
        number="10a",
        title="What a trait explains",
        role="code",
        minutes=15,
        reference=explained,
        forms=(by_guesses, by_what_is_left),
        inputs=coded,
        wanted="one share for each dimension, (d,)",
        see={"": ("(10.3)", "Ask each dimension")},
        shows="Means of groups are all it takes: no straight line, and no order of the levels.",
        mistakes={
            "π forgotten": Mistake(
                "In the between: You use the mean of frequencies, not each value.",
                "A level that three creatures have counts as much as one that thirty have.",
            ),
            "left over": Mistake(
                "That is one minus what is wanted.",
                "That is the part which is left over once the trait is known.",
            ),
            "level as a number": Mistake(
                lambda z, k: torch.corrcoef(torch.cat([z.T, k[None].double()]))[-1, :-1] ** 2,
                "You correlate z with the level's number. Is cyclops more than sleepy?",
            ),
            "not centred": Mistake(
                "In the between: The term mean(z) is missing.",
                "Add 5 to every code: the share must not change, but yours does.",
            ),
            "n − 1 for n": Mistake(
                lambda z, k: explained(z, k) * (len(z) - 1) / len(z),
                "Close. One of your variances divides by n, the other by n − 1.",
            ),
            "whole code below": Mistake(
                lambda z, k: (
                    explained(z, k) * z.var(0, correction=0) / z.var(0, correction=0).sum()
                ),
                "You divide by the variance of the whole code. Each dimension has its own share.",
            ),
            "no share": Mistake(
                lambda z, k: explained(z, k) * z.var(0, correction=0),
                "The explained variance is right. Make it a share: what is 100 %?",
            ),
        },
    ),
    Function(
        number="10b",
        title="Rabbit ears for those without",
        role="bug",
        minutes=10,
        reference=grant,
        forms=(chosen, by_the_slope),
        inputs=wishes,
        wanted="all codes, of which some have moved, (n, d)",
        see={"": ("(10.5)", "Draw what was asked for")},
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
            "all moved": Mistake(
                "The factor 1 − k is missing.",
                "The direction is right. But who has rabbit ears already is moved as well.",
            ),
            "others moved": Mistake(
                lambda z, k, strength: z + strength * k[:, None] * direction(z, k),
                "You move those who have the trait already.",
            ),
            "backwards": Mistake(
                "The term with k and step has the wrong sign.",
                "You take the trait further away: from which mean to which does the wish lead?",
            ),
            "from the mean of all": Mistake(
                lambda z, k, strength: moved(z, k, strength * (z[k == 1].mean(0) - z.mean(0))),
                "The step is too short: the mean of all contains those who have the trait.",
            ),
            "unit length": Mistake(
                lambda z, k, strength: moved(
                    z, k, strength * direction(z, k) / direction(z, k).norm()
                ),
                "You made the direction one unit long. Its length says how far the trait is.",
            ),
            "covariance alone": Mistake(
                "In the slope: The division by var(trait) is missing.",
                "That is the covariance with the trait. A slope is wanted: see (10.5).",
            ),
        },
    ),
    Function(
        number="10c",
        title="Which names are earned",
        role="stretch",
        minutes=25,
        essential=False,
        reference=earned,
        inputs=twice_coded,
        wanted="a trait's number and a share for each dimension, two values, each (d,)",
        see={"": ("(10.3)", "Ask each dimension")},
        shows="A name that explains nothing of new creatures was noise: here a share may be < 0.",
        mistakes={
            "who judges has chosen": Mistake(
                chosen_by_judge,
                "You chose the names on the new creatures, which then also judge them.",
            ),
            "share from training": Mistake(
                lambda z, k, *new: (table(z, k).argmax(1), table(z, k).max(1).values),
                "The shares come from the creatures that chose the names. Ask the new ones.",
            ),
            "means of the new": Mistake(
                lambda z, k, *new: (table(z, k).argmax(1), at(table(*new), table(z, k).argmax(1))),
                "You took the means of the levels anew. A guess must be made before it is judged.",
            ),
            "variance of training": Mistake(
                lambda z, k, *new: (
                    earned(z, k, *new)[0],
                    1 - at(errors(z, k, *new), table(z, k).argmax(1)) / z.var(0, correction=0),
                ),
                "The error is one of new creatures: set it against how much these vary.",
            ),
            "left over": Mistake(
                lambda *given: (earned(*given)[0], 1 - earned(*given)[1]),
                "The names are right. Your second value is what the trait leaves unexplained.",
            ),
            "a dimension for each trait": Mistake(
                lambda z, k, *new: (table(z, k).argmax(0), table(z, k).max(0).values),
                "You looked for the best dimension of each trait. Name the dimensions instead.",
            ),
            "numbers from 1": Mistake(
                "In value 1 of 2: Your numbers are one too large: they begin at 0.",
                "Your numbers begin at 1. The first column has number 0.",
            ),
            "least explained": Mistake(
                "In the name: You take the place of the smallest value.",
                "You named each dimension after the trait that explains least of it.",
            ),
        },
    ),
]
