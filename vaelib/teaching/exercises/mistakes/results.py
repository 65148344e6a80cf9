"""Mistakes with what a function gives back: unfinished, a step too many, in another order."""

import ast
from itertools import permutations

import torch

from vaelib.teaching.exercises.formula import Argument, Kept, Local
from vaelib.teaching.exercises.mistakes.places import Change, call, joined
from vaelib.teaching.exercises.mistakes.words import written

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


def values_permuted(place):
    """The values of a tuple in another order."""
    if isinstance(place.node, ast.Tuple) and not place.parents:
        own = place.node.elts
        for order in list(permutations(own))[1:]:
            said = "The values are right, in another order than the one that is asked for."
            yield Change(ast.Tuple(list(order), ast.Load()), said)


def unfinished(place):
    """An intermediate result is returned."""
    if place.parents or isinstance(place.node, ast.Tuple):
        return
    seen = set()
    for part in place.formula.homes:
        if isinstance(part, Local) and part.target is not place.node:
            if part.target not in seen:
                seen.add(part.target)
                what = written(part)
                said = (f"It returns its argument {what} unchanged."
                        if isinstance(part.target, Argument)
                        else f"That is an intermediate result, the {what}: something is left to do.")  # fmt: skip
                yield Change(Kept(part), said)


def a_step_too_many(place):
    """Something done to the result that is not asked for."""
    whole = not place.parents
    in_tuple = any(isinstance(p, ast.Tuple) and p is place.formula.root for p in place.parents)
    value = place.value
    if not (whole or in_tuple) or not torch.is_tensor(value):
        return
    if not value.is_floating_point():
        yield Change(
            joined(place.kept, ast.Add, 1), "Your numbers are one too large: they begin at 0."
        )
        yield Change(joined(place.kept, ast.Sub, 1), "Your numbers are one too small.")
        return
    for name, said in EXTRA.items():
        own = (0,) if name in ("cumsum", "softmax", "log_softmax") and value.ndim else ()
        if name not in ("cumsum", "softmax", "log_softmax") or value.ndim:
            yield Change(
                call(place.kept, name, *own), said, rare=name not in ("exp", "log", "sqrt")
            )
    yield Change(joined(1.0, ast.Sub, place.kept), "That is one minus what is wanted.", rare=True)
    centre = joined(place.kept, ast.Sub, call(place.kept, "mean"))
    yield Change(centre, "You centre the result.", rare=True)
    for axis in range(value.ndim):
        which = f"over axis {axis}" if value.ndim > 1 else "over everything"
        for how in ("sum", "mean", "amax"):
            yield Change(
                call(place.kept, how, axis),
                f"You take the {how} {which} at the end: no axis should go.",
            )
        yield Change(
            call(place.kept, "flip", axis), f"The order along axis {axis} is reversed.", rare=True
        )
        for shift in (1, -1):
            yield Change(
                call(place.kept, "roll", shift, axis), f"All is shifted by one along axis {axis}."
            )
    if value.ndim > 1:
        for how in ("sum", "mean"):
            yield Change(call(place.kept, how), f"You take the {how} over everything at the end.")


def lost_gradient(place):
    """A part through which no gradient flows; only where gradients are compared."""
    if torch.is_tensor(place.value) and not isinstance(place.node, ast.Tuple):
        yield Change(call(place.kept, "detach"),
                     f"No gradient flows through {written(place.node)}: was it detached?")  # fmt: skip
