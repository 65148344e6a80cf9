"""Mistakes with what is counted: n − 1 for n, another axis's length, the ends of a grid."""

import ast

import torch

from vaelib.teaching.exercises.mistakes.expressions import (
    attribute,
    call,
    joined,
    method,
    piece,
    subject,
    times,
    total,
)
from vaelib.teaching.exercises.mistakes.places import Change, rare
from vaelib.teaching.exercises.mistakes.reductions import axis_of
from vaelib.teaching.exercises.mistakes.words import written
from vaelib.teaching.exercises.parts import Kept

GRIDS = ("z", "nodes", "log_prior")
ENDS = {"first and last": (0, -1), "first": (0,), "last": (-1,)}


def count(place):
    """n, n − 1, or another axis's length."""
    kept, counted = place.kept, _counted(place.node)
    if counted is None:
        return
    yield Change(joined(kept, ast.Sub, 1), "You count one less.")
    yield Change(joined(kept, ast.Add, 1), "You count one more.")
    said = "You take the root of a number that counts in full."
    yield Change(joined(kept, ast.Pow, 0.5), said)
    yield Change(joined(kept, ast.Pow, 2), "You count it twice, as a square.")
    said = f"You count along all axes of {written(counted)}."
    yield Change(call(counted, "numel"), said, rare=True)
    seen = {place.value}
    for argument, axis, length in place.axes():
        if length not in seen:
            seen.add(length)
            other = piece(attribute(Kept(argument), "shape"), axis)
            said = (
                f"You count along axis {axis} of {argument.name}: is that the number that is meant?"
            )
            yield Change(other, said)


def _counted(node):
    """What a length is the length of, or None for anything else."""
    match node:
        case ast.Subscript(ast.Attribute(whole, "shape"), ast.Constant() | ast.UnaryOp()):
            return whole
        case ast.Call(ast.Name("len") | ast.Attribute(_, "numel" | "size")):
            return subject(node)


@rare
def ends(place):
    """The ends of a grid counted half, as in the trapezoid rule."""
    node = place.node
    inside = place.value_of(subject(node)) if method(node) == "sum" else None
    arguments = [a for name, a in place.formula.arguments.items() if name in GRIDS]
    lengths = [len(place.value_of(a)) for a in arguments if place.value_of(a).ndim == 1]
    axis = axis_of(node) if torch.is_tensor(inside) else None
    if isinstance(axis, int) and inside.shape[axis] in lengths:
        yield from _half(place, axis % inside.ndim)


def _half(place, axis):
    """The ends along an axis counted half in a sum."""
    for word, where in ENDS.items():
        taken = [call(subject(place.node), "select", axis, k) for k in where]
        new = total([(1, place.kept), *((-1, times(0.5, end)) for end in taken)])
        yield Change(new, f"The {word} along axis {axis} count half.")
