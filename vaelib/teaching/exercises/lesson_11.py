"""Lesson 11: a jump along the chain of steps."""

import torch

from vaelib.teaching.exercises.exercise import Mistake
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
        see={"": ("(11.1)", "Take many small steps")},
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
]
