"""Lesson 11: a jump along the chain, the price of its steps, and one step of the way back."""

import numpy as np
import torch

from vaelib.teaching.exercises.exercise import Choice, Mistake
from vaelib.teaching.exercises.function import Function


def schedules(rng):
    """The noise c (k, T) that each step of k chains adds."""
    k, T = rng.integers(3, 6), rng.integers(7, 13)
    return (torch.from_numpy(rng.uniform(0.02, 0.4, size=(k, T))),)


def jump(c):
    """a_t and b_t² for each step of each chain: c (k, T) → (k, T) twice."""
    kept = (1 - c).cumprod(1)
    return kept.sqrt(), 1 - kept


def root_first(c):
    """The same, the factors of x multiplied."""
    a = (1 - c).sqrt().cumprod(1)
    return a, 1 - a**2


def step_by_step(c):
    """The same, what each step adds and what the later ones leave of it."""
    a = (1 - c).sqrt().cumprod(1)
    kept = a**2
    return a, kept * (c / kept).cumsum(1)


def late(c):
    """The product that begins with 1."""
    kept = torch.cat([torch.ones_like(c[:, :1]), torch.cumprod(1 - c, 1)[:, :-1]], 1)
    return kept.sqrt(), 1 - kept


def noises_multiplied(c):
    """The product of the noises for the noise."""
    noise = c.cumprod(1)
    return (1 - noise).sqrt(), noise


def chains(rng):
    """Falling a_t, (k, T), none of them 1."""
    k, T = rng.integers(3, 6), rng.integers(7, 13)
    c = rng.uniform(0.05, 0.5, size=(k, T))
    return (torch.from_numpy(np.sqrt(np.cumprod(1 - c, 1))),)


def price(a):
    """Pull, variance and nats of each step back: a (k, T) → (k, T − 1) three times."""
    before, after = a[:, :-1], a[:, 1:]
    noise_before, noise_after = 1 - before**2, 1 - after**2
    c = 1 - (after / before) ** 2
    pull = before * c / noise_after
    variance = c * noise_before / noise_after
    return pull, variance, pull**2 / (2 * variance)


def price_by_ratios(a):
    """The same, the price as half of the signal-to-noise ratio that is lost."""
    signal = a**2
    noise = 1 - signal
    c = 1 - signal[:, 1:] / signal[:, :-1]
    pull = a[:, :-1] * c / noise[:, 1:]
    variance = c * noise[:, :-1] / noise[:, 1:]
    ratio = signal / noise
    return pull, variance, 0.5 * (ratio[:, :-1] - ratio[:, 1:])


def step_there(a):
    """With the variance of the step that adds noise."""
    before, after = a[:, :-1], a[:, 1:]
    c = 1 - (after / before) ** 2
    pull = before * c / (1 - after**2)
    return pull, c, pull**2 / (2 * c)


def drawn_steps(rng):
    """A guess, z_t and noise (n, D), the noise c (T,) of each step, and a t from 3 to T."""
    n, D, T = rng.integers(4, 8), rng.integers(2, 5), rng.integers(8, 13)
    guess, z, eps = (torch.from_numpy(rng.normal(size=(n, D))) for _ in range(3))
    c = torch.from_numpy(rng.uniform(0.05, 0.5, size=T))
    return guess, z, eps, c, int(rng.integers(3, T + 1))


def walk_on(guess, z, eps, c, t):
    """z_{t−1} from z_t by the guess and the noise: (n, D) three times, c (T,), t → (n, D)."""
    kept = (1 - c).cumprod(0)
    before, after, noise = kept[t - 2], kept[t - 1], c[t - 1]
    of_guess = before.sqrt() * noise * guess
    of_z = (1 - noise).sqrt() * (1 - before) * z
    variance = noise * (1 - before) / (1 - after)
    return (of_guess + of_z) / (1 - after) + variance.sqrt() * eps


def by_scales(guess, z, eps, c, t):
    """The same with a and b."""
    a = (1 - c).sqrt().cumprod(0)
    b = (1 - a**2).sqrt()
    shrink = a[t - 1] / a[t - 2]
    mean = (a[t - 2] * c[t - 1] * guess + shrink * b[t - 2] ** 2 * z) / b[t - 1] ** 2
    std = c[t - 1].sqrt() * b[t - 2] / b[t - 1]
    return mean + std * eps


def noise_of_step(guess, z, eps, c, t):
    """The noise of the step that adds noise."""
    kept = (1 - c).cumprod(0)
    before, after, noise = kept[t - 2], kept[t - 1], c[t - 1]
    of_guess = before.sqrt() * noise * guess
    of_z = (1 - noise).sqrt() * (1 - before) * z
    return (of_guess + of_z) / (1 - after) + noise.sqrt() * eps


def noised_again(guess, z, eps, c, t):
    """The guess, with the noise of z_{t−1} put on it."""
    before = (1 - c).cumprod(0)[t - 2]
    return before.sqrt() * guess + (1 - before).sqrt() * eps


EXERCISES = [
    Function(
        number="11a",
        title="All the steps at once",
        role="derive",
        minutes=10,
        reference=jump,
        forms=(root_first, step_by_step),
        inputs=schedules,
        wanted="a_t and b_t², two values, each (k, T)",
        see={"": ("(11.1)", "Fix the encoder, and let it only add noise")},
        shows="One draw reaches any step: this is why many steps can be trained one at a time.",
        mistakes={
            "noise that never shrinks": Mistake(
                lambda c: (jump(c)[0], c.cumsum(1)),
                "You add up all the noise. But later steps shrink what the earlier ones added.",
            ),
            "1 − a": Mistake(
                "In value 2 of 2: You take the root of the kept.",
                "Let x have variance 1: then z_t has it at every t. With your values it has not.",
            ),
            "noises multiplied": Mistake(
                noises_multiplied,
                "You multiply the noises. What multiplies is the part that each step keeps.",
            ),
            "one step late": Mistake(
                late,
                "You begin at t = 0, where nothing has happened yet. The first column is t = 1.",
            ),
        },
    ),
    Function(
        number="11b",
        title="From two means to a price",
        role="derive",
        minutes=10,
        reference=price,
        forms=(price_by_ratios,),
        inputs=chains,
        wanted="pull, variance and price of the steps, three values, each (k, T − 1)",
        see={"": ("(11.4)", "Price a step")},
        shows="The price is half of the signal-to-noise ratio that the step destroys.",
        mistakes={
            "variance of the step there": Mistake(
                step_there,
                "That is the variance of the step that adds noise. On the way back x is known too.",
            ),
            "½ lost": Mistake(
                lambda a: (*price(a)[:2], 2 * price(a)[2]),
                "Pull and variance are right. A Gaussian's exponent has a factor that you lost.",
            ),
        },
    ),
    Choice(
        number="11c",
        title="Ten steps are too few, because …",
        minutes=5,
        role="control",
        right="c",
        shows="It changes the training and leaves the reading: the one thing that is in question.",
        mistakes={
            "a": "Seeds tell how steady the number is. All of these networks practised for a "
            "hundred steps, so none of them can tell practice from the steps themselves.",
            "b": "More points make the error bar smaller, and it is small already: two nats are "
            "no accident.",
            "d": "Dimensions of a code are no steps. That run says nothing about this network.",
        },
    ),
    Function(
        number="11d",
        title="One step of the walk",
        role="code",
        minutes=10,
        reference=walk_on,
        forms=(by_scales,),
        inputs=drawn_steps,
        wanted="z_{t−1}, (n, D)",
        see={"": ("(11.2)", "Step back when the clean x is known")},
        shows="With a loop over t and a network's guess in it, this is a whole sampler.",
        mistakes={
            "noise of the step there": Mistake(
                noise_of_step,
                "The noise has the size of the step that adds it. The step back knows more: less.",
            ),
            "guess noised again": Mistake(
                noised_again,
                "You put new noise on the guess and forget z_t, which says where the walk was.",
            ),
            "without noise": Mistake(
                lambda guess, z, eps, c, t: walk_on(guess, z, 0 * eps, c, t),
                "This goes to the mean. A draw from a Gaussian does not stop there.",
            ),
        },
    ),
    Choice(
        number="11e",
        title="Predict: a walk without noise",
        minutes=5,
        role="predict",
        right="c",
        shows="Without noise the draws crowd near the means; one measure alone would praise them.",
        mistakes={
            "a": "The noise of one step is small, but there are a hundred of them, and each next "
            "guess starts from where the noise has led.",
            "b": "The steps lead towards the guess, and a guess is an average of digits. Is that "
            "outside of where digits are?",
            "d": "What would scatter them? Nothing is random any more after the start.",
        },
    ),
]
