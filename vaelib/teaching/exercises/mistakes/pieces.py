"""Mistakes with parts of arrays: another piece, a neighbour, the ends, a threshold, a count."""

import ast

import numpy as np
import torch

from vaelib.teaching.exercises.formula import Argument, Kept, Local, Opaque
from vaelib.teaching.exercises.mistakes.places import (
    Change,
    call,
    constant,
    joined,
    method,
    shape_of,
    subject,
    times,
    total,
    with_subject,
)
from vaelib.teaching.exercises.mistakes.words import capital, named, written

GRIDS = ("z", "nodes", "log_prior")
COMPARISONS = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
}  # fmt: skip
TURNED = {ast.Lt: ast.Gt, ast.LtE: ast.GtE, ast.Gt: ast.Lt, ast.GtE: ast.LtE}


def ends(place):
    """The ends of a grid counted half, or left out."""
    if method(place.node) not in ("sum", "mean", "logsumexp", "softmax", "log_softmax"):
        return
    inside = place.value_of(subject(place.node))
    grid = next((a for name, a in place.formula.arguments.items() if name in GRIDS), None)
    if grid is None or not torch.is_tensor(inside) or inside.ndim == 0:
        return
    length = len(place.value_of(grid))
    for start, stop in ((1, None), (0, -1), (1, -1)):
        for axis in (k for k in range(inside.ndim) if inside.shape[k] == length):
            cut = ast.Slice(constant(start), None if stop is None else constant(stop))
            index = ast.Tuple([ast.Slice()] * axis + [cut], ast.Load())
            piece = ast.Subscript(subject(place.node), index, ast.Load())
            where = {(1, None): "first", (0, -1): "last", (1, -1): "first and last"}[start, stop]
            yield Change(
                with_subject(place.node, piece), f"The {where} along axis {axis} is left out."
            )
    if method(place.node) == "sum":
        for axis in range(inside.ndim):
            first, last = (call(subject(place.node), "select", axis, k) for k in (0, -1))
            for ends_, words in (
                ((first, last), "first and last"),
                ((first,), "first"),
                ((last,), "last"),
            ):
                if _over(place.node, inside.ndim) == axis:
                    half = [(-1, times(0.5, end)) for end in ends_]
                    yield Change(
                        total([(1, place.kept), *half]),
                        f"The {words} along axis {axis} count half.",
                    )


def _over(node, ndim):
    """The axis of a sum, counted from the front, or None."""
    axis = ast.literal_eval(node.args[0]) if len(node.args) == 1 else None
    return axis % ndim if isinstance(axis, int) else None


def threshold(place):
    """A strict for a weak comparison, or the other way round; the other side."""
    if isinstance(place.node, ast.Compare):
        [op], [right] = place.node.ops, place.node.comparators
        for table, said in ((COMPARISONS, "Is the threshold itself in or out?"),
                            (TURNED, "You select the wrong side of the threshold.")):  # fmt: skip
            if type(op) in table:
                said = "You select the others." if type(op) in (ast.Eq, ast.NotEq) else said
                yield Change(ast.Compare(place.node.left, [table[type(op)]()], [right]), said)
    value = place.value
    if (torch.is_tensor(value) and value.dtype == torch.bool) or (
        isinstance(value, np.ndarray) and value.dtype == bool
    ):
        yield Change(
            ast.UnaryOp(ast.Invert(), place.kept), "You select those that should be left out."
        )
        everyone = ast.parse("m | ~m", mode="eval").body
        everyone.left = place.kept
        everyone.right.operand = place.kept
        yield Change(everyone, "You make no selection: all of them count in yours.")


def another_piece(place):
    """Another part of an array: the other end, rows for columns, one too many or few."""
    match place.node:
        case ast.Subscript(value, ast.Slice() as cut):
            pieces = _slices(cut)
            for new in pieces:
                yield Change(ast.Subscript(value, new, ast.Load()), "You take another piece of it.")
            yield Change(value, f"You take all of {written(value)}, not a part.")
        case ast.Subscript(value, ast.Tuple(parts)) if not isinstance(value, Opaque):
            for k, part in enumerate(parts):
                if isinstance(part, ast.Slice) and (part.lower or part.upper):
                    for new in _slices(part):
                        index = ast.Tuple(parts[:k] + [new] + parts[k + 1 :], ast.Load())
                        yield Change(ast.Subscript(value, index, ast.Load()),
                                     "You take another piece of it.")  # fmt: skip
            if len(parts) == 2 and not any(isinstance(p, ast.Constant) for p in parts):
                turned = ast.Subscript(value, ast.Tuple(parts[::-1], ast.Load()), ast.Load())
                yield Change(turned, "You take rows where columns belong, or the other way round.")
            if not any(is_new_axis(part) for part in parts):
                yield Change(value, f"You take all of {written(value)}, not a part.")
            if sum(map(is_new_axis, parts)) == 1 and len(parts) == 2:
                yield Change(ast.Subscript(value, ast.Tuple(parts[::-1], ast.Load()), ast.Load()),
                             f"A new axis of {written(value)} stands on the other side.")  # fmt: skip
                yield Change(value, f"{capital(named(value, kind='part'))} meets the others along "
                             "another axis (broadcasting).")  # fmt: skip
        case ast.Subscript(value, (Local() | ast.Compare() | ast.UnaryOp()) as index):
            yield from _neighbours(place, value, index)
            yield Change(value, f"You take all of {written(value)}, not those that are selected.")
            if torch.is_tensor(place.value_of(index)) and place.value_of(index).dtype == torch.bool:
                other = ast.Subscript(value, ast.UnaryOp(ast.Invert(), index), ast.Load())
                yield Change(other, "You select those that should be left out.")


def _slices(cut):
    """Other pieces than start:stop."""
    lower, upper = cut.lower, cut.upper
    if lower is None and upper is not None:
        negative = ast.UnaryOp(ast.USub(), upper)
        yield ast.Slice(negative)
        yield ast.Slice(upper)
        yield ast.Slice(None, negative)
        yield ast.Slice(None, joined(upper, ast.Add, 1))
        yield ast.Slice(None, joined(upper, ast.Sub, 1))
        yield ast.Slice(constant(1), joined(upper, ast.Add, 1))
    elif lower is not None and upper is None:
        yield ast.Slice(None, lower)
        yield ast.Slice(joined(lower, ast.Sub, 1))
        yield ast.Slice(joined(lower, ast.Add, 1))
        if isinstance(lower, ast.UnaryOp):
            yield ast.Slice(None, lower.operand)
            yield ast.Slice(lower.operand)
            yield ast.Slice(joined(lower, ast.Sub, 1), constant(-1))
            yield ast.Slice(lower, joined(lower, ast.Add, 1))


def shifted_index(place):
    """A number that selects is one too large or too small, wherever it is used."""
    value = place.value
    if isinstance(place.node, Local) or not torch.is_tensor(value):
        return
    if value.is_floating_point() or value.dtype == torch.bool or value.ndim == 0:
        return
    if isinstance(place.node, Argument):
        for piece, word in (
            (ast.Slice(None, constant(1)), "first"),
            (ast.Slice(constant(-1)), "last"),
        ):
            yield Change(ast.Subscript(place.kept, piece, ast.Load()),
                         f"Only the {word} of {place.node.name} counts.", rare=True)  # fmt: skip
    uses = [user for use in place.parents for user in place.formula.parents.get(use, ())]
    for user in uses:
        if isinstance(user, ast.Subscript) and torch.is_tensor(place.value_of(user.value)):
            length = call(user.value, "size", 0)
            for shift, word in ((1, "after"), (-1, "before")):
                moved = joined(place.kept, ast.Add, shift)
                said = f"Each takes the one {word} its own."
                yield Change(joined(moved, ast.Mod, length), said)
                yield Change(call(moved, "clip", 0, joined(length, ast.Sub, 1)), said, rare=True)
            return


def _neighbours(place, value, index):
    """Each takes the one before or after its own."""
    chosen = place.value_of(index)
    if torch.is_tensor(chosen) and not chosen.is_floating_point() and chosen.dtype != torch.bool:
        length = call(value, "size", 0)
        for shift, word in ((1, "after"), (-1, "before")):
            moved = joined(index, ast.Add, shift)
            for new in (
                joined(moved, ast.Mod, length),
                call(moved, "clip", 0, joined(length, ast.Sub, 1)),
            ):
                yield Change(
                    ast.Subscript(value, new, ast.Load()), f"Each takes the one {word} its own."
                )


def is_new_axis(part):
    """Whether it is the None of x[:, None]."""
    return isinstance(part, ast.Constant) and part.value is None


def count(place):
    """n, n − 1, or another axis's length."""
    if not _is_count(place.node):
        return
    yield Change(joined(place.kept, ast.Sub, 1), "You count one less.")
    yield Change(joined(place.kept, ast.Add, 1), "You count one more.")
    yield Change(
        joined(place.kept, ast.Pow, 0.5), "You take the root of a number that counts in full."
    )
    yield Change(joined(place.kept, ast.Pow, 2), "You count it twice, as a square.")
    whole = subject(place.node) if isinstance(place.node, ast.Call) else place.node.value.value
    yield Change(call(whole, "numel"), f"You count along all axes of {written(whole)}.", rare=True)
    seen = {place.value}
    for name, argument in place.formula.arguments.items():
        for axis, size in enumerate(shape_of(place.value_of(argument)) or ()):
            if size not in seen:
                seen.add(size)
                yield Change(call(Kept(argument), "size" if torch.is_tensor(place.value_of(argument))
                                  else "shape.__getitem__", axis),
                             f"You count along axis {axis} of {name}: is that the number that is meant?")  # fmt: skip


def _is_count(node):
    match node:
        case ast.Call(ast.Name("len")):
            return True
        case ast.Subscript(ast.Attribute(_, "shape"), ast.Constant() | ast.UnaryOp()):
            return True
        case ast.Call(ast.Attribute(_, "numel" | "size")):
            return True
    return False
