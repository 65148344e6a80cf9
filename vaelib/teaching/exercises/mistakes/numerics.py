"""Mistakes with numbers as computers keep them: limits, small numbers added, 0 log 0."""

import ast

import torch

from vaelib.teaching.exercises.formula import Argument, Local
from vaelib.teaching.exercises.mistakes.places import (
    Change,
    call,
    is_real,
    joined,
    method,
    subject,
    times,
)
from vaelib.teaching.exercises.mistakes.words import named, number, written

LOWER = (-745.0, -700.0, -500.0, -100.0, -50.0, -30.0, -20.0, -10.0, -1.0, 0.0, 1e-300, 1e-30,
         1e-16, 1e-12, 1e-10, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 0.5, 1.0)  # fmt: skip
UPPER = (0.0, 1.0, 10.0, 20.0, 30.0, 50.0, 100.0, 500.0, 700.0)
AROUND = (1.0, 2.0, 3.0, 5.0, 10.0, 20.0, 30.0, 50.0, 100.0, 500.0, 700.0)
SMALL = (1e-30, 1e-12, 1e-10, 1e-8, 1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1.0)


def naive(place):
    """0 log 0, or the logarithm of 1 + exp, computed as it stands."""
    name = method(place.node)
    if name in ("logsigmoid", "softplus"):
        x = subject(place.node)
        minus = ast.UnaryOp(ast.USub(), x)
        for probability in (
            call(x, "sigmoid"),
            joined(1.0, ast.Div, joined(1.0, ast.Add, call(minus, "exp"))),
        ):
            if name == "logsigmoid":
                yield Change(
                    call(probability, "log"), "A probability rounds to 0 or 1 before its logarithm."
                )
        if name == "softplus":
            yield Change(call(joined(1.0, ast.Add, call(x, "exp")), "log"),
                         "You leave log space: the exponential overflows, or is lost beside 1.")  # fmt: skip
            less = joined(1.0, ast.Sub, call(x, "sigmoid"))
            yield Change(ast.UnaryOp(ast.USub(), call(less, "log")),
                         "A probability rounds to 0 or 1 before its logarithm.")  # fmt: skip
    match place.node:
        case ast.Call(ast.Attribute(_, "xlogy"), [a, b]):
            said = "0 times log 0 is NaN for a computer; it should count as 0."
            yield Change(times(a, call(b, "log")), said)
            for small in (1e-12, 1e-10, 1e-8):
                kept = call(call(b, "clip", small), "log")
                yield Change(kept, f"The logarithm of {named(b, kind='value')} is not weighed.")


def limited(place):
    """A value kept within limits that it should exceed."""
    node = place.node
    if method(node) == "clamp":
        yield Change(call(subject(node), "abs"), "You take the size where a lower limit belongs.")
    if not isinstance(node, (Argument, Local, ast.Call, ast.BinOp)) or not is_real(place.value):
        return
    if not torch.is_tensor(place.value) or place.value.numel() == 0:
        return
    name, least, most = (
        named(node, kind="value"),
        float(place.value.min()),
        float(place.value.max()),
    )
    for limit in LOWER:
        if least < limit < most:
            yield Change(call(place.kept, "clip", limit),
                         f"You let {name} not fall below {number(limit)}.")  # fmt: skip
    for limit in UPPER:
        if least < limit < most:
            yield Change(call(place.kept, "clip", None, limit),
                         f"You let {name} not rise above {number(limit)}.")  # fmt: skip
    for limit in AROUND:
        if least < -limit or limit < most:
            yield Change(call(place.kept, "clip", -limit, limit),
                         f"You keep {name} within ±{number(limit)}.")  # fmt: skip
    for small in (2.0**-52, 1e-12, 1e-10, 1e-8, 2.0**-23, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 0.01):
        if least >= 0 and most <= 1:
            yield Change(call(place.kept, "clip", small, 1 - small),
                         f"You keep {name} away from 0 and 1, by {number(small)}.")  # fmt: skip


def added(place):
    """A number added that is not small enough, or is not small at all."""
    if isinstance(place.node, (Argument, Local, ast.Call)) and is_real(place.value):
        name = named(place.node, kind="value")
        for small in SMALL:
            yield Change(joined(place.kept, ast.Add, small), f"You add {number(small)} to {name}.")
        yield Change(joined(place.kept, ast.Sub, 1.0), f"You subtract 1 from {name}.")
        shape = tuple(getattr(place.value, "shape", ()))
        if len(shape) > 1 and shape[-1] == shape[-2]:
            for small in (1e-6, 1e-4, 1e-3, 0.01, 0.1, 1.0):
                eye = ast.Call(ast.Attribute(ast.Name("torch", ast.Load()), "eye", ast.Load()),
                               [call(place.kept, "size", -1)], [])  # fmt: skip
                yield Change(joined(place.kept, ast.Add, times(small, eye)),
                             f"You add {number(small)} to the diagonal of {written(place.node)}.")  # fmt: skip
