"""Mistakes with what a function is given, and with what it gives back.

Arguments exchanged, another name, a transpose, another piece of an array, noise drawn wrongly, ends
counted whole, a weak threshold, values in another order, an intermediate result, a lost gradient.
"""

import ast
from itertools import permutations

import numpy as np
import torch

from vaelib.teaching.exercises.formula import Argument, Kept, Local, Opaque
from vaelib.teaching.exercises.mistakes.functions import ELEMENTWISE, is_real, over_axis
from vaelib.teaching.exercises.mistakes.places import (
    Change,
    call,
    capital,
    constant,
    joined,
    method,
    named,
    subject,
    times,
    total,
    with_subject,
    written,
)

NOISE = ("eps", "u", "noise")
GRIDS = ("z", "nodes", "log_prior")
COMPARISONS = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
}  # fmt: skip
TURNED = {ast.Lt: ast.Gt, ast.LtE: ast.GtE, ast.Gt: ast.Lt, ast.GtE: ast.LtE}


def _shape(value):
    return tuple(value.shape) if hasattr(value, "shape") else None


def exchanged_arguments(place):
    """Two arguments in each other's place, everywhere."""
    formula = place.formula
    if place.parents:
        return
    arguments = list(formula.arguments.items())
    for i, (one, a) in enumerate(arguments):
        for two, b in arguments[i + 1 :]:
            if (
                type(place.value_of(a)) is type(place.value_of(b))
                and a in formula.homes
                and b in formula.homes
            ):
                said = f"{one} and {two} are exchanged."
                yield Change(place.kept, said, swaps={a: Kept(b), b: Kept(a)})
                if _shape(place.value_of(a)) == _shape(place.value_of(b)) or _alike(place, a, b):
                    for old, new in ((a, b), (b, a)):
                        text = f"You use {new.name} for {old.name} throughout."
                        yield Change(place.kept, text, rare=True, swaps={old: Kept(new)})


def _alike(place, a, b):
    """Whether two arguments have equally many axes."""
    one, two = _shape(place.value_of(a)), _shape(place.value_of(b))
    return one is not None and two is not None and len(one) == len(two)


def another_name(place):
    """One quantity for another of the same kind: old for new, x for its mean."""
    node = place.node
    if not isinstance(node, Local):
        return
    above, seen = place.formula.above(node), set()
    for other in place.formula.homes:
        if not isinstance(other, (Argument, Local)) or isinstance(other, Local) and isinstance(
            other.target, Argument
        ):  # fmt: skip
            continue
        real = other.target if isinstance(other, Local) else other
        own = node.target
        if real is own or real in seen or real in above or other in above or real is node:
            continue
        value = place.value_of(other)
        if isinstance(value, tuple) or type(value) is not type(place.value):
            continue
        if _shape(value) is not None and not _broadcast(value, place.value):
            continue
        seen.add(real)
        yield Change(Kept(other), f"You use {written(other)} where something else belongs.")


def _broadcast(value, other):
    """Whether two tensors have equally many axes, or the first fits into the second."""
    if value.ndim == other.ndim:
        return True
    try:
        return torch.broadcast_shapes(value.shape, other.shape) == other.shape
    except RuntimeError:
        return False


def exchanged_operands(place):
    """A call's arguments in each other's place."""
    node = place.node
    if not isinstance(node, ast.Call):
        return
    module = subject(node) is not getattr(node.func, "value", None)
    own = list(node.args) if module else [node.func.value, *node.args]
    if len(own) >= 2 and not isinstance(own[1], (ast.Constant, ast.Tuple, ast.UnaryOp)):
        turned = [own[1], own[0], *own[2:]]
        new = ast.Call(node.func, turned, node.keywords) if module else ast.Call(
            ast.Attribute(turned[0], method(node), ast.Load()), turned[1:], node.keywords)  # fmt: skip
        yield Change(new, f"{capital(named(own[0], [own[1]], 'part'))} and "
                     f"{named(own[1], [own[0]], 'part')} are exchanged.")  # fmt: skip


def transposed(place):
    """Rows for columns."""
    value = place.value
    if any(isinstance(p, ast.Attribute) and p.attr == "shape" for p in place.parents):
        return
    match place.node:
        case ast.Attribute(inner, "T" | "mT"):
            yield Change(inner, f"{capital(named(inner, kind='matrix'))} is not transposed.")
        case Argument() | Local() | ast.Call() if len(_shape(value) or ()) == 2:
            yield Change(ast.Attribute(place.kept, "mT", ast.Load()),
                         f"Rows and columns of {written(place.node)} are exchanged.")  # fmt: skip
        case Argument() | Local() | ast.Call() if len(_shape(value) or ()) > 2:
            yield Change(ast.Attribute(place.kept, "mT", ast.Load()),
                         f"The last two axes of {written(place.node)} are exchanged.")  # fmt: skip
        case ast.BinOp(left, ast.MatMult(), right):
            yield Change(joined(right, ast.MatMult, left), "The product's factors are exchanged.")
        case Argument() | Local() if len(_shape(value) or ()) == 1:
            index = ast.Tuple([ast.Slice(), constant(None)], ast.Load())
            yield Change(ast.Subscript(place.kept, index, ast.Load()),
                         f"A new axis after {written(place.node)} pairs everything with everything.", True)  # fmt: skip


def noise(place):
    """The noise forgotten, one for all, the same again, of another distribution."""
    if not isinstance(place.node, Argument) or place.node.name not in NOISE:
        return
    kept, name = place.kept, place.node.name
    first = ast.parse("x[0]", mode="eval").body.slice
    yield Change(call(ast.Subscript(kept, first, ast.Load()), "expand_as", kept),
                 f"One draw of {name} serves for all.")  # fmt: skip
    wide = ast.Subscript(kept, ast.Tuple([constant(...), ast.Slice(constant(0), constant(1))], ast.Load()), ast.Load())  # fmt: skip
    yield Change(call(wide, "expand_as", kept), f"All dimensions share one {name}.")
    yield Change(call(ast.Attribute(ast.Name("torch", ast.Load()), "sign", ast.Load()), "__call__", kept),
                 f"Of {name} only the sign counts.")  # fmt: skip
    normal = ast.Attribute(ast.Name("torch", ast.Load()), "special", ast.Load())
    yield Change(ast.Call(ast.Attribute(normal, "ndtr", ast.Load()), [kept], []),
                 f"{capital(name)} is made uniform: another distribution.")  # fmt: skip
    yield Change(call(kept, "flip", 0), f"{capital(name)} is used in reverse.")


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


def values_permuted(place):
    """The values of a tuple in another order."""
    if isinstance(place.node, ast.Tuple) and not place.parents:
        own = place.node.elts
        for order in list(permutations(own))[1:]:
            said = "The values are right, in another order than the one that is asked for."
            yield Change(ast.Tuple(list(order), ast.Load()), said)


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
            if not any(_new_axis(part) for part in parts):
                yield Change(value, f"You take all of {written(value)}, not a part.")
            if sum(map(_new_axis, parts)) == 1 and len(parts) == 2:
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


def _new_axis(part):
    return isinstance(part, ast.Constant) and part.value is None


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
        for axis, size in enumerate(_shape(place.value_of(argument)) or ()):
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


def hard_choice(place):
    """The likeliest alone, where all share; or all alike."""
    name = method(place.node)
    if name not in ("softmax", "log_softmax"):
        return
    x = subject(place.node)
    value = place.value
    axis = ast.literal_eval(place.node.args[-1]) if place.node.args else -1
    top = ast.Compare(x, [ast.Eq()], [_keeping(call(x, "amax", axis))])
    hard = call(top, "double")
    if name == "log_softmax":
        hard = call(hard, "log")
    yield Change(hard, "You give each wholly to the likeliest, where all have a share.")
    alike = ast.Call(ast.Attribute(ast.Name("torch", ast.Load()), "full_like", ast.Load()),
                     [x, joined(1.0, ast.Div, call(x, "size", axis))], [])  # fmt: skip
    yield Change(call(alike, "log") if name == "log_softmax" else alike,
                 "In yours all of them have equal shares.")  # fmt: skip
    plain = joined(x, ast.Div, _keeping(call(x, "sum", axis)))
    yield Change(plain, "You divide by the sum without taking the exponential first.")
    naive = call(x, "exp")
    naive = joined(naive, ast.Div, _keeping(call(naive, "sum", axis)))
    yield Change(call(naive, "log") if name == "log_softmax" else naive,
                 "You leave log space: densities this small are 0, and 0 is divided by 0.")  # fmt: skip
    yield Change(
        with_subject(place.node, call(x, "softmax", axis)), "You normalise twice.", rare=True
    )
    if name == "log_softmax":
        yield Change(call(call(x, "softmax", axis), "log"),
                     "A tiny share becomes 0 on the way, and its logarithm is then infinite.")  # fmt: skip
    if torch.is_tensor(value):
        yield Change(call(x, "exp"), "These do not sum to 1: the normalisation is missing.")


def _keeping(reduction):
    """The reduction with its axis kept."""
    return ast.Call(reduction.func, reduction.args, [ast.keyword("keepdim", constant(True))])


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


def centred(place):
    """A mean subtracted that should stay, and the diagonal taken alone."""
    node, value = place.node, place.value
    if isinstance(node, (Argument, Local)) and torch.is_tensor(value) and value.is_floating_point():
        if value.ndim and isinstance(node, Argument):
            yield Change(joined(place.kept, ast.Sub, call(place.kept, "mean", 0)),
                         f"You subtract the mean of {written(node)}, which should stay.")  # fmt: skip
            yield Change(joined(place.kept, ast.Div, call(place.kept, "sum", 0)),
                         f"You normalise {written(node)} over its first axis.")  # fmt: skip
            yield Change(call(place.kept, "softmax", -1), f"You take a softmax of {written(node)}.")
            if value.ndim > 1:
                yield Change(joined(place.kept, ast.Sub, _keeping(call(place.kept, "mean", -1))),
                             f"You subtract the mean of each row of {written(node)}.")  # fmt: skip
        if value.ndim > 1 and value.shape[-1] == value.shape[-2]:
            diagonal = call(call(place.kept, "diagonal", 0, -2, -1), "diag_embed")
            yield Change(diagonal, f"Only the diagonal of {written(node)} counts in yours.")


def averaged(place):
    """A part replaced by its own mean, or by one of its values."""
    node, value = place.node, place.value
    if (
        isinstance(node, (Argument, Local))
        and torch.is_tensor(value)
        and value.ndim
        and is_real(value)
    ):
        for axis in range(value.ndim):
            mean = call(_keeping(call(place.kept, "mean", axis)), "expand_as", place.kept)
            which = f"along axis {axis}" if value.ndim > 1 else ""
            yield Change(
                mean, f"You use the mean of {written(node)} {which}".rstrip() + ", not each value."
            )
        if isinstance(node, Argument):
            yield Change(call(place.kept, "flip", 0), f"{node.name} is used in reverse order.")
            yield Change(call(place.kept, "roll", 1, 0), f"{node.name} is shifted by one place.")
            alike = ast.Call(
                ast.Attribute(ast.Name("torch", ast.Load()), "ones_like", ast.Load()),
                [place.kept],
                [],
            )
            yield Change(alike, f"{node.name} has no effect in yours, as if it were 1 everywhere.")
            if value.ndim == 1:
                yield Change(
                    call(place.kept, "cumsum", 0), f"You add up {node.name} along the way."
                )


def lost_gradient(place):
    """A part through which no gradient flows; only where gradients are compared."""
    if torch.is_tensor(place.value) and not isinstance(place.node, ast.Tuple):
        yield Change(call(place.kept, "detach"),
                     f"No gradient flows through {written(place.node)}: was it detached?")  # fmt: skip
