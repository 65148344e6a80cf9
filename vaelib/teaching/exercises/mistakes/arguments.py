"""Mistakes with what a function is given: exchanged, turned, replaced, drawn wrongly."""

import ast

import torch

from vaelib.teaching.exercises.formula import Argument, Kept, Local
from vaelib.teaching.exercises.mistakes.places import (
    Change,
    call,
    constant,
    is_real,
    joined,
    method,
    shape_of,
    subject,
)
from vaelib.teaching.exercises.mistakes.reductions import _keeping
from vaelib.teaching.exercises.mistakes.words import capital, named, written

NOISE = ("eps", "u", "noise")


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
                if shape_of(place.value_of(a)) == shape_of(place.value_of(b)) or _alike(
                    place, a, b
                ):
                    for old, new in ((a, b), (b, a)):
                        text = f"You use {new.name} for {old.name} throughout."
                        yield Change(place.kept, text, rare=True, swaps={old: Kept(new)})


def _alike(place, a, b):
    """Whether two arguments have equally many axes."""
    one, two = shape_of(place.value_of(a)), shape_of(place.value_of(b))
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
        if shape_of(value) is not None and not _broadcast(value, place.value):
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
        case Argument() | Local() | ast.Call() if len(shape_of(value) or ()) == 2:
            yield Change(ast.Attribute(place.kept, "mT", ast.Load()),
                         f"Rows and columns of {written(place.node)} are exchanged.")  # fmt: skip
        case Argument() | Local() | ast.Call() if len(shape_of(value) or ()) > 2:
            yield Change(ast.Attribute(place.kept, "mT", ast.Load()),
                         f"The last two axes of {written(place.node)} are exchanged.")  # fmt: skip
        case ast.BinOp(left, ast.MatMult(), right):
            yield Change(joined(right, ast.MatMult, left), "The product's factors are exchanged.")
        case Argument() | Local() if len(shape_of(value) or ()) == 1:
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
