"""Lesson 10: what a trait explains of a code, how a wish moves it, and which names are earned."""

import numpy as np
import torch

from vaelib.teaching.exercises.exercise import Mistake
from vaelib.teaching.exercises.function import Function


def traits(rng, n, n_levels):
    """Levels (n,) of unequal frequency, each at least once; one level in between is nobody's."""
    levels = np.delete(np.arange(n_levels + 1), rng.integers(1, n_levels))
    share = rng.dirichlet(np.full(n_levels, 2.0))
    return rng.permutation(np.r_[levels, rng.choice(levels, n - n_levels, p=share)])


def coded(rng):
    """Codes z (n, d) that depend on a trait, and its levels k (n,)."""
    n, d, n_levels = int(rng.integers(40, 70)), int(rng.integers(3, 7)), int(rng.integers(3, 6))
    k = traits(rng, n, n_levels)
    means = rng.normal(size=(n_levels + 1, d)) * rng.uniform(0.3, 2, size=d)
    z = means[k] + rng.normal(size=(n, d)) + 1.5 * rng.normal(size=d)
    return torch.from_numpy(z), torch.from_numpy(k)


def split(z, k):
    """π (K,) and E[z | k] − E[z] (K, d) of the levels that occur."""
    levels, counts = k.unique(return_counts=True)
    means = torch.stack([z[k == level].mean(0) for level in levels])
    return counts / len(k), means - z.mean(0)


def explained(z, k):
    """The share of each latent's variance that lies between the levels of k."""
    pi, means = split(z, k)
    return (pi[:, None] * means**2).sum(0) / z.var(0, correction=0)


def wishes(rng):
    """Codes z (n, d), whole numbers k (n,): 1 for who has the trait; and a strength."""
    n, d = int(rng.integers(12, 20)), int(rng.integers(3, 7))
    some = int(rng.integers(3, 6))
    k = rng.permutation(np.r_[np.ones(some, int), np.zeros(n - some, int)])
    z = rng.normal(size=(n, d)) + 2 * k[:, None] * rng.normal(size=d)
    return torch.from_numpy(z), torch.from_numpy(k), float(rng.uniform(0.4, 2.5))


def grant(z, k, strength):
    """z moved along the direction of the trait, where it is absent."""
    return moved(z, k, strength * direction(z, k))


def direction(z, k):
    """From the mean without the trait to the mean with it, (d,)."""
    return z[k == 1].mean(0) - z[k == 0].mean(0)


def moved(z, k, step):
    """The step for those who lack the trait."""
    return z + (1 - k)[:, None] * step


def twice_coded(rng):
    """z (n, d) and k (n, traits), and the same of new creatures; some dimensions know nothing."""
    n, n_new, d = int(rng.integers(50, 70)), int(rng.integers(30, 45)), int(rng.integers(8, 11))
    n_traits = int(rng.integers(4, 7))
    sizes = rng.integers(3, 5, size=n_traits)
    k = np.stack([rng.permutation(np.r_[:s, rng.integers(s, size=n - s)]) for s in sizes], 1)
    k_new = np.stack([rng.integers(s, size=n_new) for s in sizes], 1)
    means = rng.normal(size=(n_traits, 4, d)) * (rng.random((n_traits, 1, d)) < 0.15)
    z, z_new = (
        means[np.arange(n_traits), part].sum(1) + rng.normal(size=(len(part), d))
        for part in (k, k_new)
    )
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
    """Each latent's name, the trait that explains most of it, and its share on new creatures."""
    name = table(z, k).argmax(1)
    return name, 1 - at(errors(z, k, z_new, k_new), name) / z_new.var(0, correction=0)


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
        inputs=coded,
        wanted="one share for each dimension, (d,)",
        shows="Means of groups are all it takes: no straight line, and no order of the levels.",
        mistakes={
            "π forgotten": Mistake(
                lambda z, k: (split(z, k)[1] ** 2).mean(0) / z.var(0, correction=0),
                "A level that three creatures have counts as much as one that thirty have.",
            ),
            "left over": Mistake(
                lambda z, k: 1 - explained(z, k),
                "That is the part which is left over once the trait is known.",
            ),
            "level as a number": Mistake(
                lambda z, k: torch.corrcoef(torch.cat([z.T, k[None].double()]))[-1, :-1] ** 2,
                "You correlate z with the level's number. Is cyclops more than sleepy?",
            ),
            "not centred": Mistake(
                lambda z, k: explained(z, k) + z.mean(0) ** 2 / z.var(0, correction=0),
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
        inputs=wishes,
        wanted="all codes, of which some have moved, (n, d)",
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
                lambda z, k, strength: z + strength * direction(z, k),
                "The direction is right. But who has rabbit ears already is moved as well.",
            ),
            "others moved": Mistake(
                lambda z, k, strength: z + strength * k[:, None] * direction(z, k),
                "You move those who have the trait already.",
            ),
            "backwards": Mistake(
                lambda z, k, strength: grant(z, k, -strength),
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
                lambda z, k, strength: moved(
                    z, k, strength * direction(z, k) * k.double().var(correction=0)
                ),
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
                lambda *given: (earned(*given)[0] + 1, earned(*given)[1]),
                "Your numbers begin at 1. The first column has number 0.",
            ),
            "least explained": Mistake(
                lambda z, k, *new: (
                    table(z, k).argmin(1),
                    1 - at(errors(z, k, *new), table(z, k).argmin(1)) / new[0].var(0, correction=0),
                ),
                "You named each dimension after the trait that explains least of it.",
            ),
        },
    ),
]
