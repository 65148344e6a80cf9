"""Mistakes with what a function is given: exchanged, turned, replaced, drawn wrongly."""

import ast
from itertools import combinations

import torch

from vaelib.teaching.exercises.mistakes.expressions import (
    attribute,
    call,
    joined,
    library,
    method,
    of_library,
    piece,
    span,
)
from vaelib.teaching.exercises.mistakes.places import Change, is_argument, is_real, rare, shape_of
from vaelib.teaching.exercises.mistakes.words import capital, named, written
from vaelib.teaching.exercises.parts import Argument, Kept, Local

NOISE = ("eps", "u", "noise")


@rare
def exchanged_arguments(place):
    """Two arguments in each other's place, everywhere."""
    if place.parents:
        return
    used = [part for part in place.formula.arguments.values() if part in place.formula.homes]
    for a, b in combinations(used, 2):
        if type(place.value_of(a)) is not type(place.value_of(b)):
            continue
        said = f"{a.name} and {b.name} are exchanged."
        yield Change(place.kept, said, swaps={a: Kept(b), b: Kept(a)})


def one_for_another(place):
    """One argument in the place of another, everywhere."""
    if place.parents:
        return
    used = [part for part in place.formula.arguments.values() if part in place.formula.homes]
    for a, b in combinations(used, 2):
        alike = type(place.value_of(a)) is type(place.value_of(b))
        if alike and _dimensions(place, a) == _dimensions(place, b):
            for old, new in ((a, b), (b, a)):
                said = f"You use {new.name} for {old.name} throughout."
                yield Change(place.kept, said, swaps={old: Kept(new)})


def _dimensions(place, argument):
    shape = shape_of(place.value_of(argument))
    return None if shape is None else len(shape)


def another_name(place):
    """One quantity for another of the same kind: old for new, x for its mean."""
    if not isinstance(place.node, Local):
        return
    above = place.formula.above(place.node)
    seen = {place.node, place.node.target}
    for other in _names(place.formula):
        real = getattr(other, "target", other)
        if real in seen or real in above or other in above or not _replaces(place, other):
            continue
        seen.add(real)
        yield Change(Kept(other), f"You use {written(other)} where something else belongs.")


def _names(formula):
    """The arguments, and the uses of other names."""
    return [
        part
        for part in formula.homes
        if isinstance(part, Argument) or (isinstance(part, Local) and not is_argument(part))
    ]


def _replaces(place, other):
    """Whether another part's value can stand for the place's: of its kind, of a fitting shape."""
    value = place.value_of(other)
    if isinstance(value, tuple) or type(value) is not type(place.value):
        return False
    shape = shape_of(value)
    if shape is None or len(shape) == len(place.shape):
        return True
    try:
        return torch.broadcast_shapes(shape, place.shape) == place.shape
    except RuntimeError:
        return False


@rare
def exchanged_operands(place):
    """A call's arguments in each other's place."""
    node = place.node
    if not isinstance(node, ast.Call):
        return
    own = list(node.args) if _is_function(node) else [node.func.value, *node.args]
    if len(own) < 2 or isinstance(own[1], (ast.Constant, ast.Tuple, ast.UnaryOp)):
        return
    one, two, *others = own
    if _is_function(node):
        new = ast.Call(node.func, [two, one, *others], node.keywords)
    else:
        new = ast.Call(attribute(two, method(node)), [one, *others], node.keywords)
    names = capital(named(one, [two], "part")), named(two, [one], "part")
    yield Change(new, f"{' and '.join(names)} are exchanged.")


def _is_function(node):
    return of_library(node) or isinstance(node.func, ast.Name)


def transposed(place):
    """Rows for columns."""
    node, kept, ndim = place.node, place.kept, len(place.shape)
    if any(isinstance(p, ast.Attribute) and p.attr == "shape" for p in place.parents):
        return
    match node:
        case ast.Attribute(inner, "T" | "mT"):
            yield Change(inner, f"{capital(named(inner, kind='matrix'))} is not transposed.")
        case ast.BinOp(left, ast.MatMult(), right):
            yield Change(joined(right, ast.MatMult, left), "The product's factors are exchanged.")
        case Argument() | Local() | ast.Call() if ndim > 1:
            which = "Rows and columns" if ndim == 2 else "The last two axes"
            yield Change(attribute(kept, "mT"), f"{which} of {written(node)} are exchanged.")
        case Argument() | Local() if ndim == 1:
            said = f"A new axis after {written(node)} pairs everything with everything."
            yield Change(piece(kept, ast.Slice(), None), said, rare=True)


def noise(place):
    """The noise forgotten, one for all, the same again, of another distribution."""
    if not isinstance(place.node, Argument) or place.node.name not in NOISE:
        return
    kept, name = place.kept, place.node.name
    one = call(piece(kept, 0), "expand_as", kept)
    yield Change(one, f"One draw of {name} serves for all.")
    shared = call(piece(kept, ..., span(0, 1)), "expand_as", kept)
    yield Change(shared, f"All dimensions share one {name}.")
    yield Change(library("torch.sign", kept), f"Of {name} only the sign counts.")
    uniform = library("torch.special.ndtr", kept)
    yield Change(uniform, f"{capital(name)} is made uniform: another distribution.")
    yield Change(call(kept, "flip", 0), f"{capital(name)} is used in reverse.")


@rare
def centred(place):
    """A mean subtracted that should stay, and the diagonal taken alone."""
    node, kept, value = place.node, place.kept, place.value
    if not place.is_named or not torch.is_tensor(value) or not is_real(value):
        return
    shown = written(node)
    if isinstance(node, Argument) and value.ndim:
        new = joined(kept, ast.Sub, call(kept, "mean", 0))
        yield Change(new, f"You subtract the mean of {shown}, which should stay.")
        new = joined(kept, ast.Div, call(kept, "sum", 0))
        yield Change(new, f"You normalise {shown} over its first axis.")
        yield Change(call(kept, "softmax", -1), f"You take a softmax of {shown}.")
        if value.ndim > 1:
            new = joined(kept, ast.Sub, call(kept, "mean", -1, keepdim=True))
            yield Change(new, f"You subtract the mean of each row of {shown}.")
    if value.ndim > 1 and value.shape[-1] == value.shape[-2]:
        diagonal = call(call(kept, "diagonal", 0, -2, -1), "diag_embed")
        yield Change(diagonal, f"Only the diagonal of {shown} counts in yours.")


def averaged(place):
    """A part replaced by its own mean, or by one of its values."""
    node, kept, value = place.node, place.kept, place.value
    if not place.is_named or not torch.is_tensor(value) or not is_real(value) or not value.ndim:
        return
    for axis in range(value.ndim):
        mean = call(call(kept, "mean", axis, keepdim=True), "expand_as", kept)
        where = f" along axis {axis}" if value.ndim > 1 else ""
        vector = isinstance(node, Argument) and value.ndim == 1
        said = f"You use the mean of {written(node)}{where}, not each value."
        yield Change(mean, said, rare=not vector)
    if isinstance(node, Argument):
        yield Change(call(kept, "flip", 0), f"{node.name} is used in reverse order.", rare=True)
        yield Change(call(kept, "roll", 1, 0), f"{node.name} is shifted by one place.", rare=True)
        said = f"{node.name} has no effect in yours, as if it were 1 everywhere."
        yield Change(library("torch.ones_like", kept), said)
        if value.ndim == 1:
            yield Change(
                call(kept, "cumsum", 0), f"You add up {node.name} along the way.", rare=True
            )
