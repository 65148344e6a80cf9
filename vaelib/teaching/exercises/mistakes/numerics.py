"""Mistakes with numbers as computers keep them: limits, small numbers added, 0 log 0."""

import ast

import torch

from vaelib.teaching.exercises.mistakes.expressions import (
    call,
    joined,
    library,
    method,
    negative,
    subject,
    times,
)
from vaelib.teaching.exercises.mistakes.places import Change, is_real, rare
from vaelib.teaching.exercises.mistakes.words import named, number, written

LOWER = (-745.0, -700.0, -500.0, -100.0, -50.0, -30.0, -20.0, -10.0, -1.0, 0.0, 1e-300, 1e-30,
         1e-16, 1e-12, 1e-10, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 0.5, 1.0)  # fmt: skip
UPPER = (0.0, 1.0, 10.0, 20.0, 30.0, 50.0, 100.0, 500.0, 700.0)
AROUND = (1.0, 2.0, 3.0, 5.0, 10.0, 20.0, 30.0, 50.0, 100.0, 500.0, 700.0)
AWAY = (2.0**-52, 1e-12, 1e-10, 1e-8, 2.0**-23, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 0.01)
SMALL = (1e-30, 1e-12, 1e-10, 1e-8, 1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1.0)
DIAGONAL = (1e-6, 1e-4, 1e-3, 0.01, 0.1, 1.0)
ROUNDS = "A probability rounds to 0 or 1 before its logarithm."


def naive(place):
    """0 log 0, or the logarithm of 1 + exp, computed as it stands."""
    match method(place.node):
        case "logsigmoid":
            yield from _logsigmoid(subject(place.node))
        case "softplus":
            yield from _softplus(subject(place.node))
    match place.node:
        case ast.Call(ast.Attribute(_, "xlogy"), [a, b]):
            said = "0 times log 0 is NaN for a computer; it should count as 0."
            yield Change(times(a, call(b, "log")), said)
            for small in (1e-12, 1e-10, 1e-8):
                said = f"The logarithm of {named(b, kind='value')} is not weighed."
                yield Change(call(call(b, "clip", small), "log"), said)


def _logsigmoid(x):
    yield Change(call(call(x, "sigmoid"), "log"), ROUNDS)
    probability = joined(1.0, ast.Div, joined(1.0, ast.Add, call(negative(x), "exp")))
    yield Change(call(probability, "log"), ROUNDS)


def _softplus(x):
    said = "You leave log space: the exponential overflows, or is lost beside 1."
    yield Change(call(joined(1.0, ast.Add, call(x, "exp")), "log"), said)
    less = joined(1.0, ast.Sub, call(x, "sigmoid"))
    yield Change(negative(call(less, "log")), ROUNDS)


@rare
def limited(place):
    """A value kept within limits that it should exceed."""
    node, value = place.node, place.value
    if method(node) == "clamp":
        yield Change(call(subject(node), "abs"), "You take the size where a lower limit belongs.")
    if not (place.is_named or isinstance(node, (ast.Call, ast.BinOp))) or not is_real(value):
        return
    if torch.is_tensor(value) and value.numel():
        name = named(node, kind="value")
        for limits, said in _limits(name, float(value.min()), float(value.max())):
            yield Change(call(place.kept, "clip", *limits), f"You {said}.")


def _limits(name, least, most):
    """Limits that values from the least to the most exceed, and what is done with them."""
    for limit in LOWER:
        if least < limit < most:
            yield (limit,), f"let {name} not fall below {number(limit)}"
    for limit in UPPER:
        if least < limit < most:
            yield (None, limit), f"let {name} not rise above {number(limit)}"
    for limit in AROUND:
        if least < -limit or limit < most:
            yield (-limit, limit), f"keep {name} within ±{number(limit)}"
    for small in AWAY if least >= 0 and most <= 1 else ():
        yield (small, 1 - small), f"keep {name} away from 0 and 1, by {number(small)}"


@rare
def added(place):
    """A number added that is not small enough, or is not small at all."""
    node, kept = place.node, place.kept
    if not (place.is_named or isinstance(node, ast.Call)) or not is_real(place.value):
        return
    name = named(node, kind="value")
    for small in SMALL:
        yield Change(joined(kept, ast.Add, small), f"You add {number(small)} to {name}.")
    yield Change(joined(kept, ast.Sub, 1.0), f"You subtract 1 from {name}.")
    if len(place.shape) > 1 and place.shape[-1] == place.shape[-2]:
        for small in DIAGONAL:
            new = joined(kept, ast.Add, times(small, library("torch.eye", call(kept, "size", -1))))
            yield Change(new, f"You add {number(small)} to the diagonal of {written(node)}.")
