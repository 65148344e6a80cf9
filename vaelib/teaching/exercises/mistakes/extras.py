"""Mistakes of too much: a factor or a term that does not belong, a bracket that takes in more."""

import ast
import math

import torch

from vaelib.teaching.exercises.formula import Argument, Kept, Local
from vaelib.teaching.exercises.mistakes.places import (
    Change,
    call,
    is_real,
    joined,
    method,
    product,
    products_of,
    sum_of,
    terms,
    times,
    total,
)
from vaelib.teaching.exercises.mistakes.words import named, written

HALF_LOG_2PI = 0.5 * math.log(2 * math.pi)


def _quantities(place):
    """Other arguments and named steps that do not depend on a place, with how they are called."""
    above = place.formula.above(place.node)
    seen = {place.node, getattr(place.node, "target", None)}
    for part in place.formula.homes:
        real = part.target if isinstance(part, Local) else part
        if (
            not isinstance(part, (Argument, Local))
            or real in seen
            or real in above
            or part in above
        ):
            continue
        seen |= {real, part}
        value = place.value_of(part)
        if is_real(value) or isinstance(value, int):
            yield Kept(part), written(part), value


def _same_shape(place, new):
    """Whether the place keeps its shape: broadcasting has mistakes of its own."""
    return not torch.is_tensor(place.value) or tuple(new) == tuple(place.value.shape)


def _sizes(value):
    return tuple(value.shape) if torch.is_tensor(value) else ()


def extra_factor(place):
    """Multiplied or divided by something that does not belong there."""
    if not isinstance(place.node, (Argument, Local, ast.Call, ast.BinOp)) or not is_real(
        place.value
    ):
        return
    name = named(place.node, kind="value")
    for other, called, value in _quantities(place):
        try:
            fits = torch.broadcast_shapes(_sizes(place.value), _sizes(value)) == _sizes(place.value)
        except RuntimeError:
            continue
        if fits:
            yield Change(times(place.kept, other), f"You multiply {name} by {called}.")
            yield Change(joined(place.kept, ast.Div, other), f"You divide {name} by {called}.")
    sizes = {}
    for argument in place.formula.arguments.values():
        value = place.value_of(argument)
        for axis, size in enumerate(_sizes(value)):
            sizes.setdefault(size, (call(Kept(argument), "size", axis), argument.name, axis))
    for length, called, axis in sizes.values():
        where = f"the length of axis {axis} of {called}"
        yield Change(joined(place.kept, ast.Div, length), f"You divide {name} by {where}.")
        yield Change(times(place.kept, length), f"You multiply {name} by {where}.")


def extra_term(place):
    """Something added or subtracted that does not belong there."""
    whole = not place.parents or any(isinstance(p, ast.Tuple) for p in place.parents)
    if not (whole or sum_of(place.node, place.formula)) or not is_real(place.value):
        return
    for other, called, value in _quantities(place):
        try:
            fits = torch.broadcast_shapes(_sizes(place.value), _sizes(value)) == _sizes(place.value)
        except RuntimeError:
            continue
        if fits:
            yield Change(
                joined(place.kept, ast.Add, other),
                f"You add {called}, which does not belong there.",
            )
            yield Change(joined(place.kept, ast.Sub, other),
                         f"You subtract {called}, which does not belong there.")  # fmt: skip


def extra_constant(place):
    """The constant of a normal density where none belongs, or in another number of dimensions."""
    whole = not place.parents or any(isinstance(p, ast.Tuple) for p in place.parents)
    inside = any(method(parent) in ("sum", "mean") for parent in place.parents)
    if not (whole or inside or sum_of(place.node, place.formula)) or not is_real(place.value):
        return
    lengths = [(None, "once")]
    for argument in place.formula.arguments.values():
        for axis in range(len(_sizes(place.value_of(argument)))):
            words = f"as often as {argument.name} is long along axis {axis}"
            lengths.append((call(Kept(argument), "size", axis), words))
    for constant_, shown in ((HALF_LOG_2PI, "½ log 2π"), (2 * HALF_LOG_2PI, "log 2π")):
        for length, words in lengths:
            term = ast.Constant(constant_) if length is None else times(constant_, length)
            yield Change(joined(place.kept, ast.Add, term), f"You add {shown}, {words}: it cancels, or is there already.")  # fmt: skip
            yield Change(joined(place.kept, ast.Sub, term), f"You subtract {shown}, {words}: it cancels, or is there already.")  # fmt: skip


def bracket(place):
    """A factor that takes in more, or less, than it should; a map turned round."""
    parts = sum_of(place.node, place.formula)
    for k, (sign, term) in enumerate(parts):
        own = products_of(term)
        for j, (power, factor) in enumerate(own):
            if len(own) < 2 or isinstance(factor, ast.Constant) and factor.value == -1:
                continue
            inner = total([(sign, product(own[:j] + own[j + 1 :])), *parts[:k], *parts[k + 1 :]])
            shown = named(factor, [f for _, f in own], "factor")
            yield Change(product([(1, inner), (power, factor)]),
                         f"{shown[0].upper() + shown[1:]} multiplies more than it should.")  # fmt: skip
        if len(parts) == 2 and len(own) >= 2:
            other_sign, other = parts[1 - k]
            if other_sign > 0 and sign > 0:
                for j, (_, factor) in enumerate(own):
                    scale = product(own[:j] + own[j + 1 :])
                    yield Change(joined(joined(factor, ast.Sub, other), ast.Div, scale),
                                 "The map goes the wrong way: you solved for the other variable.")  # fmt: skip
    for k, (power, factor) in enumerate(products_of(place.node)):
        inside = terms(factor)
        if power > 0 and len(inside) > 1:
            own = products_of(place.node)
            rest = product(own[:k] + own[k + 1 :])
            if rest is None:
                continue
            for j, (sign, term) in enumerate(inside):
                outside = inside[:j] + inside[j + 1 :]
                new = total([(sign, times(rest, term)), *outside])
                yield Change(new, "A factor in front of a bracket reaches a part of it alone.")
        if power < 0 and len(inside) > 1:
            rest = product([part for i, part in enumerate(products_of(place.node)) if i != k])
            first = joined(rest if rest is not None else 1.0, ast.Div, total(inside[:1]))
            new = total([(1, first), *inside[1:]])
            yield Change(new, "The bracket below the fraction line is missing.")
