"""Mistakes of too much: a factor, a term or a constant that does not belong."""

import ast
import math

import torch

from vaelib.teaching.exercises.mistakes.expressions import call, joined, method, times
from vaelib.teaching.exercises.mistakes.places import Change, is_real, rare, shape_of
from vaelib.teaching.exercises.mistakes.words import named, written
from vaelib.teaching.exercises.parts import Argument, Kept, Local

HALF_LOG_2PI = 0.5 * math.log(2 * math.pi)
CONSTANTS = ((HALF_LOG_2PI, "½ log 2π"), (2 * HALF_LOG_2PI, "log 2π"))


@rare
def extra_factor(place):
    """Multiplied or divided by something that does not belong there."""
    node, kept = place.node, place.kept
    if not (place.is_named or isinstance(node, (ast.Call, ast.BinOp))) or not is_real(place.value):
        return
    name = named(node, kind="value")
    for other, called in _fitting(place):
        yield Change(times(kept, other), f"You multiply {name} by {called}.")
        yield Change(joined(kept, ast.Div, other), f"You divide {name} by {called}.")
    for length, where in _lengths(place):
        yield Change(joined(kept, ast.Div, length), f"You divide {name} by {where}.")
        yield Change(times(kept, length), f"You multiply {name} by {where}.")


@rare
def extra_term(place):
    """Something added or subtracted that does not belong there."""
    if not (place.is_result or place.terms) or not is_real(place.value):
        return
    for other, called in _fitting(place):
        for verb, operation in (("add", ast.Add), ("subtract", ast.Sub)):
            said = f"You {verb} {called}, which does not belong there."
            yield Change(joined(place.kept, operation, other), said)


@rare
def extra_constant(place):
    """The constant of a normal density where none belongs, or in another number of dimensions."""
    inside = any(method(parent) in ("sum", "mean") for parent in place.parents)
    if not (place.is_result or inside or place.terms) or not is_real(place.value):
        return
    often = [(None, "once")]
    for argument, axis, _ in place.axes():
        words = f"as often as {argument.name} is long along axis {axis}"
        often.append((call(Kept(argument), "size", axis), words))
    for value, shown in CONSTANTS:
        for length, words in often:
            term = ast.Constant(value) if length is None else times(value, length)
            for verb, operation in (("add", ast.Add), ("subtract", ast.Sub)):
                said = f"You {verb} {shown}, {words}: it cancels, or is there already."
                yield Change(joined(place.kept, operation, term), said)


def _fitting(place):
    """Quantities that keep the place's shape, with how they are called."""
    for part in _quantities(place):
        value = place.value_of(part)
        number = is_real(value) or isinstance(value, int)
        if number and _keeps(place.shape, shape_of(value) or ()):
            yield Kept(part), written(part)


def _quantities(place):
    """Arguments and named steps that do not depend on the place, each once."""
    above = place.formula.above(place.node)
    seen = {place.node, getattr(place.node, "target", None)}
    for part in place.formula.homes:
        real = part.target if isinstance(part, Local) else part
        known = real in seen or real in above or part in above
        if isinstance(part, (Argument, Local)) and not known:
            seen |= {real, part}
            yield part


def _keeps(shape, other):
    """Whether a shape stays as it is when another one is broadcast against it."""
    try:
        return torch.broadcast_shapes(shape, other) == shape
    except RuntimeError:
        return False


def _lengths(place):
    """Each length that an axis of an argument has, and how it is called."""
    found = {}
    for argument, axis, length in place.axes():
        words = f"the length of axis {axis} of {argument.name}"
        found.setdefault(length, (call(Kept(argument), "size", axis), words))
    return found.values()
