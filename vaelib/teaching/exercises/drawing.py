"""Draws of an exercise's inputs, among which every size that can vary does.

A size is drawn from two or three values. An answer that has one of them written in it, D = 2, would
be right now and then if all draws of a verdict happened to have that value.
"""

from functools import lru_cache

import numpy as np
import torch

from vaelib.teaching.exercises.comparing import arrays

DRAWS = 6
TRIED = 24  # a size that has one value in all of these is taken to have no other


def normal(rng, *shape):
    """Standard normal numbers of this shape, a tensor."""
    return torch.from_numpy(rng.normal(size=shape))


def drawn(inputs, rng):
    """Draw the arguments DRAWS times, and more often until every size that can vary has varied."""
    draws = [inputs(rng) for _ in range(DRAWS)]
    while not _varying(inputs) <= _varied(draws):
        draws.append(inputs(rng))
    return draws


@lru_cache
def _varying(inputs):
    """The places of the sizes that can vary."""
    rng = np.random.default_rng(0)
    return _varied([inputs(rng) for _ in range(TRIED)])


def _varied(draws):
    """The places of the sizes that are not the same in all draws."""
    columns = zip(*map(_sizes, draws), strict=False)
    return {place for place, column in enumerate(columns) if len(set(column)) > 1}


def _sizes(arguments):
    """The whole numbers among the arguments, and the lengths of arrays."""
    parts = [part for argument in arguments for part in arrays(argument) or ()]
    return [size for part in parts for size in part.shape or _whole(part)]


def _whole(number):
    """The number, if it is whole."""
    return [int(number)] if number.dtype.kind == "i" else []
