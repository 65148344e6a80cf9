"""Mistakes with parts of arrays: another piece, a neighbour, a threshold."""

import ast

import torch

from vaelib.teaching.exercises.mistakes.expressions import (
    call,
    instead,
    inverted,
    joined,
    negative,
    piece,
    span,
)
from vaelib.teaching.exercises.mistakes.places import Change, is_truth, is_whole
from vaelib.teaching.exercises.mistakes.words import capital, named, written
from vaelib.teaching.exercises.parts import Argument, Local, Opaque

STRICT = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}
EQUAL = {ast.Eq: ast.NotEq, ast.NotEq: ast.Eq}
TURNED = {ast.Lt: ast.Gt, ast.LtE: ast.GtE, ast.Gt: ast.Lt, ast.GtE: ast.LtE}
COMPARISONS = {
    "Is the threshold itself in or out?": STRICT,
    "You select the others.": EQUAL,
    "You select the wrong side of the threshold.": TURNED,
}
OTHER = "You take another piece of it."


def threshold(place):
    """A strict for a weak comparison, or the other way round; the other side."""
    match place.node:
        case ast.Compare(left, [own], [right]):
            for said, table in COMPARISONS.items():
                if type(own) in table:
                    yield Change(ast.Compare(left, [table[type(own)]()], [right]), said)
    if is_truth(place.value):
        yield Change(inverted(place.kept), "You select those that should be left out.")
        everyone = joined(place.kept, ast.BitOr, inverted(place.kept))
        yield Change(everyone, "You make no selection: all of them count in yours.")


def another_piece(place):
    """Another part of an array: the other end, rows for columns, one too many or few."""
    match place.node:
        case ast.Subscript(value, ast.Slice() as cut):
            for new in _slices(cut):
                yield Change(piece(value, new), OTHER)
            yield Change(value, f"You take all of {written(value)}, not a part.")
        case ast.Subscript(value, ast.Tuple(parts)) if not isinstance(value, Opaque):
            yield from _along_axes(value, parts)
        case ast.Subscript(value, (Local() | ast.Compare() | ast.UnaryOp()) as index):
            chosen = place.value_of(index)
            if is_whole(chosen):
                for wrapped, clipped, said in _neighbours(index, value):
                    yield Change(piece(value, wrapped), said)
                    yield Change(piece(value, clipped), said)
            yield Change(value, f"You take all of {written(value)}, not those that are selected.")
            if torch.is_tensor(chosen) and is_truth(chosen):
                said = "You select those that should be left out."
                yield Change(piece(value, inverted(index)), said)


def _along_axes(value, parts):
    """Another piece along one axis, the axes exchanged, all of it."""
    for k, part in enumerate(parts):
        for new in _slices(part) if isinstance(part, ast.Slice) else ():
            yield Change(piece(value, *instead(parts, k, new)), OTHER)
    turned, whole = piece(value, *parts[::-1]), written(value)
    if len(parts) == 2 and not any(isinstance(part, ast.Constant) for part in parts):
        said = "You take rows where columns belong, or the other way round."
        yield Change(turned, said)
    new_axes = sum(isinstance(part, ast.Constant) and part.value is None for part in parts)
    if new_axes == 0:
        yield Change(value, f"You take all of {whole}, not a part.")
    if new_axes == 1 and len(parts) == 2:
        yield Change(turned, f"A new axis of {whole} stands on the other side.")
        name = capital(named(value, kind="part"))
        yield Change(value, f"{name} meets the others along another axis (broadcasting).")


def _slices(cut):
    """Other pieces than start: or :stop."""
    match cut:
        case ast.Slice(None, ast.expr() as stop):
            yield span(negative(stop))
            yield span(stop)
            yield span(None, negative(stop))
            yield span(None, joined(stop, ast.Add, 1))
            yield span(None, joined(stop, ast.Sub, 1))
            yield span(1, joined(stop, ast.Add, 1))
        case ast.Slice(ast.expr() as start, None):
            yield span(None, start)
            yield span(joined(start, ast.Sub, 1))
            yield span(joined(start, ast.Add, 1))
            if isinstance(start, ast.UnaryOp):
                yield span(None, start.operand)
                yield span(start.operand)
                yield span(joined(start, ast.Sub, 1), -1)
                yield span(start, joined(start, ast.Add, 1))


def _neighbours(index, array):
    """An index one further and one back, in a circle and up to the ends, and what is said of it."""
    length = call(array, "size", 0)
    for shift, word in ((1, "after"), (-1, "before")):
        moved = joined(index, ast.Add, shift)
        wrapped = joined(moved, ast.Mod, length)
        clipped = call(moved, "clip", 0, joined(length, ast.Sub, 1))
        yield wrapped, clipped, f"Each takes the one {word} its own."


def shifted_index(place):
    """A number that selects is one too large or too small, wherever it is used."""
    node, kept = place.node, place.kept
    if isinstance(node, Local) or not is_whole(place.value) or not place.value.ndim:
        return
    if isinstance(node, Argument):
        for part, word in ((span(None, 1), "first"), (span(-1), "last")):
            yield Change(piece(kept, part), f"Only the {word} of {node.name} counts.", rare=True)
    uses = [user for use in place.parents for user in place.formula.parents.get(use, ())]
    for user in uses:
        if isinstance(user, ast.Subscript) and torch.is_tensor(place.value_of(user.value)):
            for wrapped, clipped, said in _neighbours(kept, user.value):
                yield Change(wrapped, said)
                yield Change(clipped, said, rare=True)
            return
