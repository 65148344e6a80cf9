"""Mistakes with what a function gives back: unfinished, a step too many, in another order."""

import ast
from itertools import permutations

import torch

from vaelib.teaching.exercises.mistakes.expressions import LOAD, call, joined
from vaelib.teaching.exercises.mistakes.places import Change, is_real, rare
from vaelib.teaching.exercises.mistakes.words import written
from vaelib.teaching.exercises.parts import Argument, Kept, Local

EXTRA = {
    "exp": "That is the exponential of what is wanted.",
    "log": "That is the logarithm of what is wanted.",
    "sqrt": "That is the square root of what is wanted.",
    "square": "That is the square of what is wanted.",
    "reciprocal": "That is one over what is wanted.",
    "abs": "The sizes are right and some signs are not.",
    "cumsum": "You add up along the first axis.",
    "softmax": "Yours is normalised, to a sum of 1.",
    "log_softmax": "Yours is normalised once more.",
    "sigmoid": "You squeeze the result into (0, 1).",
}
FREQUENT = ("exp", "log", "sqrt")
ALONG = ("cumsum", "softmax", "log_softmax")


@rare
def values_permuted(place):
    """The values of a tuple in another order."""
    if isinstance(place.node, ast.Tuple) and not place.parents:
        said = "The values are right, in another order than the one that is asked for."
        for order in list(permutations(place.node.elts))[1:]:
            yield Change(ast.Tuple(list(order), LOAD), said)


@rare
def unfinished(place):
    """An intermediate result is returned."""
    if place.parents or isinstance(place.node, ast.Tuple):
        return
    seen = {place.node}
    for part in place.formula.homes:
        if isinstance(part, Local) and part.target not in seen:
            seen.add(part.target)
            if isinstance(part.target, Argument):
                said = f"It returns its argument {written(part)} unchanged."
            else:
                said = (
                    f"That is an intermediate result, the {written(part)}: something is left to do."
                )
            yield Change(Kept(part), said)
            value = place.value_of(part)
            for axis in range(getattr(value, "ndim", 0) if is_real(value) else 0):
                for how in ("sum", "mean"):
                    said = f"You return the {how} of the {written(part)} over axis {axis}."
                    yield Change(call(Kept(part), how, axis), said)


def a_step_too_many(place):
    """Something done to the result that is not asked for."""
    kept, value = place.kept, place.value
    root = place.formula.root
    in_tuple = isinstance(root, ast.Tuple) and root in place.parents
    if (place.parents and not in_tuple) or not torch.is_tensor(value):
        return
    if value.is_floating_point():
        yield from _mapped(kept, value.ndim)
        yield from _reduced(kept, value.ndim)
    else:
        said = "Your numbers are one too large: they begin at 0."
        yield Change(joined(kept, ast.Add, 1), said)
        yield Change(joined(kept, ast.Sub, 1), "Your numbers are one too small.")


def _mapped(kept, ndim):
    """A function of the result."""
    for name, said in EXTRA.items():
        if ndim or name not in ALONG:
            axis = (0,) if name in ALONG else ()
            yield Change(call(kept, name, *axis), said, rare=name not in FREQUENT)
    yield Change(joined(1.0, ast.Sub, kept), "That is one minus what is wanted.", rare=True)
    centred = joined(kept, ast.Sub, call(kept, "mean"))
    yield Change(centred, "You centre the result.", rare=True)


def _reduced(kept, ndim):
    """The result summarised, reversed or shifted along an axis."""
    for axis in range(ndim):
        where = f"over axis {axis}" if ndim > 1 else "over everything"
        for how in ("sum", "mean", "amax"):
            said = f"You take the {how} {where} at the end: no axis should go."
            yield Change(call(kept, how, axis), said)
        said = f"The order along axis {axis} is reversed."
        yield Change(call(kept, "flip", axis), said, rare=True)
        for shift in (1, -1):
            said = f"All is shifted by one along axis {axis}."
            yield Change(call(kept, "roll", shift, axis), said)
    for how in ("sum", "mean") if ndim > 1 else ():
        yield Change(call(kept, how), f"You take the {how} over everything at the end.")


def lost_gradient(place):
    """A part through which no gradient flows; only where gradients are compared."""
    if torch.is_tensor(place.value) and not isinstance(place.node, ast.Tuple):
        said = f"No gradient flows through {written(place.node)}: was it detached?"
        yield Change(call(place.kept, "detach"), said)
