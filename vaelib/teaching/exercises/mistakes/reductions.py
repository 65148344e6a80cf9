"""Mistakes with sums, means and spreads: another one, over another axis, by another number."""

import ast

import torch

from vaelib.teaching.exercises.mistakes.expressions import (
    attribute,
    call,
    constant,
    expression,
    joined,
    library,
    method,
    of_library,
    subject,
    times,
)
from vaelib.teaching.exercises.mistakes.places import Change
from vaelib.teaching.exercises.mistakes.words import (
    ELEMENTWISE,
    REDUCTIONS,
    SUMMARIES,
    axis_words,
    capital,
)
from vaelib.teaching.exercises.parts import Kept

WITH_AXIS = (*REDUCTIONS, "softmax", "log_softmax", "cumsum", "cumprod")
FREQUENT = ("sum", "mean", "amax")


def axis_of(node):
    """The axis of a reduction, or None where it says none."""
    for word in node.keywords:
        if word.arg in ("dim", "axis") and isinstance(word.value, (ast.Constant, ast.UnaryOp)):
            return ast.literal_eval(word.value)
    function = of_library(node) or isinstance(node.func, ast.Name)
    own = node.args[1:] if function else node.args
    literal = own and isinstance(own[0], (ast.Constant, ast.UnaryOp, ast.Tuple))
    return ast.literal_eval(own[0]) if literal else None


def over_axis(node, name, axis, keep=True):
    """The subject's method `name` over an axis, with what else the call says.

    Without `keep`, the axis goes, whatever the call says.
    """
    dropped = {"dim", "axis"}
    dropped |= set() if keep else {"keepdim"}
    dropped |= set() if name in ("std", "var") else {"correction"}
    words = [word for word in node.keywords if word.arg not in dropped]
    axes = [] if axis is None else [expression(axis)]
    return ast.Call(attribute(subject(node), name), axes, words)


def _inside(place):
    """The value of what is reduced, or None where it is no array."""
    value = place.value_of(subject(place.node))
    return value if hasattr(value, "ndim") else None


def other_axis(place):
    """A sum, a mean, a normalisation over another axis, over all, or over none."""
    node, name = place.node, method(place.node)
    inside = _inside(place) if name in WITH_AXIS else None
    if inside is None:
        return
    axis, ndim = axis_of(node), inside.ndim
    own = axis % ndim if isinstance(axis, int) and ndim else axis
    said = f"In yours {_doing(name)} over"
    for other in range(ndim):
        if other != own:
            yield Change(over_axis(node, name, other), f"{said} {axis_words(other, ndim)}.")
    if name in SUMMARIES:
        if axis is not None:
            everything = tuple(range(ndim)) if name == "logsumexp" else None
            yield Change(over_axis(node, name, everything, keep=False), f"{said} all axes.")
        what = capital(REDUCTIONS[name]).replace("A ", "The ")
        yield Change(subject(node), f"{what} over {axis_words(axis, ndim)} is still to take.")
    if axis is None and torch.is_tensor(inside):
        for other in range(ndim):
            said = f"You take {REDUCTIONS.get(name, name)} over {axis_words(other, ndim)} alone."
            yield Change(over_axis(node, name, other), said)


def _doing(name):
    if name in ("softmax", "log_softmax"):
        return "the shares sum to 1"
    return f"you take {REDUCTIONS.get(name, ELEMENTWISE.get(name, name))}"


def other_summary(place):
    """A mean for a sum, a largest value for a sum, and so on."""
    node, name = place.node, method(place.node)
    inside = _inside(place) if name in SUMMARIES else None
    if inside is None:
        return
    axis = axis_of(node)
    where = axis_words(axis, inside.ndim)
    for other in SUMMARIES:
        if other in (name, "logsumexp"):
            continue
        said = f"You take {REDUCTIONS[other]} over {where}."
        if {name, other} == {"sum", "mean"}:
            said += " Should the value grow with their number?"
        yield Change(over_axis(node, other, axis), said, rare=other not in FREQUENT)
    if axis is not None:
        yield from _one_of_them(place, inside, axis, where)
        yield from _other_count(place, axis, where)


def _one_of_them(place, inside, axis, where):
    """One value, or the place of one, for a summary of all."""
    node, x = place.node, subject(place.node)
    which = "argmin" if method(node) == "amin" else "argmax"
    said = f"You return the place of a value along {where}, not the value."
    yield Change(call(over_axis(node, which, axis), "double"), said)
    for median in (call(x, "quantile", 0.5, axis), attribute(call(x, "median", axis), "values")):
        yield Change(median, f"You take the median over {where}.")
    for argument in place.formula.arguments.values():
        weights = place.value_of(argument)
        vector = torch.is_tensor(weights) and weights.ndim == 1
        if vector and weights.shape == inside.shape[axis:][:1]:
            said = f"You keep the one with the largest {argument.name} alone."
            yield Change(call(x, "select", axis, call(Kept(argument), "argmax")), said)
    first = call(x, "select", axis, 0)
    yield Change(first, f"You take the first value along {where} alone.")


def _other_count(place, axis, where):
    """A summary that counts its values otherwise."""
    node, kept = place.node, place.kept
    count = call(subject(node), "size", axis)
    less = joined(count, ast.Sub, 1)
    match method(node):
        case "mean":
            said = f"You divide by one less than the number of values along {where}."
            yield Change(joined(over_axis(node, "sum", axis), ast.Div, less), said)
        case "logsumexp":
            log = library("math.log", count)
            said = f"by the number of values along {where}."
            yield Change(joined(kept, ast.Sub, log), f"You divide {said}")
            yield Change(joined(kept, ast.Add, log), f"You multiply {said}")
        case "sum":
            said = "You correct by n/(n − 1), as for an unbiased estimate."
            yield Change(times(kept, joined(count, ast.Div, less)), said)
            root = call(over_axis(node, "mean", axis), "mul", call(count, "__pow__", 0.5))
            said = f"You divide by the root of the number of values along {where}."
            yield Change(root, said)


def spread(place):
    """Standard deviation and variance exchanged, or with n for n − 1."""
    node, name = place.node, method(place.node)
    if name not in ("std", "var"):
        return
    axis, words = axis_of(node), {word.arg: word.value for word in node.keywords}
    other = 0 if "correction" not in words or words["correction"].value == 1 else 1
    new = over_axis(node, name, axis)
    new.keywords = [word for word in new.keywords if word.arg != "correction"]
    new.keywords.append(ast.keyword("correction", constant(other)))
    called = "standard deviation" if name == "std" else "variance"
    yield Change(new, f"Your {called} divides by {'n − 1' if other else 'n'}.")
    if name == "std":
        said = "You take a variance for a standard deviation."
        yield Change(joined(place.kept, ast.Pow, 2), said)
    else:
        said = "You take a standard deviation for a variance."
        yield Change(joined(place.kept, ast.Pow, 0.5), said)
    square = call(joined(subject(node), ast.Pow, 2), "mean", axis)
    scatter = call(square, "sqrt") if name == "std" else square
    yield Change(scatter, "You measure the scatter from 0, not from the mean.")
