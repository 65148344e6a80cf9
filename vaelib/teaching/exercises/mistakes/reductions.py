"""Mistakes with sums, means and normalisations: another one, over another axis, by another way."""

import ast

import torch

from vaelib.teaching.exercises.formula import Kept
from vaelib.teaching.exercises.mistakes.places import (
    Change,
    call,
    constant,
    joined,
    method,
    seen_through,
    subject,
    terms,
    times,
    total,
    with_subject,
)
from vaelib.teaching.exercises.mistakes.words import (
    ELEMENTWISE,
    REDUCTIONS,
    SUMMARIES,
    axis_words,
    capital,
    named,
)

WITH_AXIS = (*REDUCTIONS, "softmax", "log_softmax", "cumsum", "cumprod")


def _axis(node):
    """(axis, its place among the arguments or the keyword's name) of a reduction."""
    for word in node.keywords:
        if word.arg in ("dim", "axis") and isinstance(word.value, (ast.Constant, ast.UnaryOp)):
            return ast.literal_eval(word.value)
    module = subject(node) is not getattr(node.func, "value", None)
    own = node.args[1:] if module else node.args
    with_literal = own and isinstance(own[0], (ast.Constant, ast.UnaryOp, ast.Tuple))
    return ast.literal_eval(own[0]) if with_literal else None


def over_axis(node, name, axis, keep=None):
    """The subject's method `name` over an axis, with what else the call says."""
    words = [
        w
        for w in node.keywords
        if w.arg not in ("dim", "axis", *(() if keep is None else ("keepdim",)))
    ]
    if name not in ("std", "var"):
        words = [w for w in words if w.arg != "correction"]
    if keep:
        words = [*words, ast.keyword("keepdim", constant(True))]
    own = [] if axis is None else [ast.Tuple(list(map(constant, axis)), ast.Load())
                                   if isinstance(axis, tuple) else constant(axis)]  # fmt: skip
    return ast.Call(ast.Attribute(subject(node), name, ast.Load()), own, words)


def other_axis(place):
    """A sum, a mean, a normalisation over another axis, over all, or over none."""
    name = method(place.node)
    if name not in WITH_AXIS:
        return
    inside = place.value_of(subject(place.node))
    if not hasattr(inside, "ndim"):
        return
    axis, ndim = _axis(place.node), inside.ndim
    word = REDUCTIONS.get(name, ELEMENTWISE.get(name, name))
    word = {"softmax": "the shares sum to 1", "log_softmax": "the shares sum to 1"}.get(
        name, f"you take {word}"
    )
    own = axis % ndim if isinstance(axis, int) and ndim else axis
    for other in range(ndim):
        if other != own:
            keep = True if any(w.arg == "keepdim" for w in place.node.keywords) else None
            said = f"In yours {word} over {axis_words(other, ndim)}."
            yield Change(over_axis(place.node, name, other, keep), said)
    if axis is not None and name in SUMMARIES:
        everything = tuple(range(ndim)) if name == "logsumexp" else None
        yield Change(
            over_axis(place.node, name, everything, False), f"In yours {word} over all axes."
        )
    if name in SUMMARIES:
        yield Change(subject(place.node), f"{capital(REDUCTIONS[name]).replace('A ', 'The ')} over "
                     f"{axis_words(axis, ndim)} is still to take.")  # fmt: skip
    if axis is None and isinstance(inside, torch.Tensor):
        for other in range(ndim):
            yield Change(over_axis(place.node, name, other),
                         f"You take {REDUCTIONS.get(name, name)} over {axis_words(other, ndim)} alone.")  # fmt: skip


def other_summary(place):
    """A mean for a sum, a largest value for a sum, and so on."""
    name = method(place.node)
    if name not in SUMMARIES:
        return
    inside = place.value_of(subject(place.node))
    if not hasattr(inside, "ndim"):
        return
    axis = _axis(place.node)
    where = axis_words(axis, inside.ndim)
    for other in SUMMARIES:
        if other == name or (axis is None and other == "logsumexp"):
            continue
        said = f"You take {REDUCTIONS[other]} over {where}."
        rare = other not in ("sum", "mean", "amax")
        yield Change(
            over_axis(place.node, other, axis), f"{said} {_question(name, other)}".strip(), rare
        )
    if axis is not None:
        place_of = {"amax": "argmax", "amin": "argmin"}.get(name, "argmax")
        yield Change(call(over_axis(place.node, place_of, axis), "double"),
                     f"You return the place of a value along {where}, not the value.")  # fmt: skip
        middle = call(subject(place.node), "quantile", 0.5, axis)
        yield Change(middle, f"You take the median over {where}.")
        lower = ast.Attribute(call(subject(place.node), "median", axis), "values", ast.Load())
        yield Change(lower, f"You take the median over {where}.")
        for argument in place.formula.arguments.values():
            weights = place.value_of(argument)
            if (
                torch.is_tensor(weights)
                and weights.shape == inside.shape[axis:][:1]
                and weights.ndim == 1
            ):
                best = call(Kept(argument), "argmax")
                yield Change(call(subject(place.node), "select", axis, best),
                             f"You keep the one with the largest {argument.name} alone.")  # fmt: skip
        first = ast.Call(ast.Attribute(subject(place.node), "select", ast.Load()),
                         [constant(axis), constant(0)], [])  # fmt: skip
        yield Change(first, f"You take the first value along {where} alone.")
        count = call(subject(place.node), "size", axis)
        if name == "mean":
            yield Change(joined(over_axis(place.node, "sum", axis), ast.Div, joined(count, ast.Sub, 1)),
                         f"You divide by one less than the number of values along {where}.")  # fmt: skip
        if name == "logsumexp":
            log_n = ast.Call(
                ast.Attribute(ast.Name("math", ast.Load()), "log", ast.Load()), [count], []
            )
            yield Change(joined(place.kept, ast.Sub, log_n),
                         f"You divide by the number of values along {where}.")  # fmt: skip
            yield Change(joined(place.kept, ast.Add, log_n),
                         f"You multiply by the number of values along {where}.")  # fmt: skip
        if name == "sum":
            over = joined(count, ast.Div, joined(count, ast.Sub, 1))
            yield Change(
                times(place.kept, over), "You correct by n/(n − 1), as for an unbiased estimate."
            )
            yield Change(call(over_axis(place.node, "mean", axis), "mul", call(count, "__pow__", 0.5)),
                         f"You divide by the root of the number of values along {where}.")  # fmt: skip


def _question(right, wrong):
    if {right, wrong} == {"sum", "mean"}:
        return "Should the value grow with their number?"
    return ""


def logarithm_of_mean(place):
    """In log space: the average of logarithms for the logarithm of an average, and back."""
    name = method(place.node)
    if name != "logsumexp":
        return
    inside, axis = subject(place.node), _axis(place.node)
    if axis is None:
        return
    densities = call(inside, "exp")
    yield Change(call(call(densities, "sum", axis), "log"),
                 "You leave log space: densities this small are 0, or this large are infinite.")  # fmt: skip
    yield Change(call(call(densities, "mean", axis), "log"),
                 "You leave log space, and average where a sum belongs.")  # fmt: skip
    yield Change(call(densities, "sum", axis), "These are densities, not their logarithms.")
    weighted = call(times(call(inside, "softmax", axis), inside), "sum", axis)
    yield Change(weighted, "You average logarithms with normalised weights.")
    parts = terms(seen_through(inside))
    for k, (sign, term) in enumerate(parts):
        rest = parts[:k] + parts[k + 1 :]
        if rest:
            averaged = times(call(total(rest), "exp"), total([(sign, term)]))
            yield Change(call(averaged, "sum", axis),
                         f"You average {named(term, [t for _, t in parts])}, a logarithm: its exponential is what is averaged.")  # fmt: skip
        if rest:
            shares = times(call(inside, "softmax", axis), total([(sign, term)]))
            yield Change(
                call(shares, "sum", axis),
                "You average logarithms with the shares of the result as weights.",
            )
    one = call(call(inside, "amax", axis), "neg")
    yield Change(
        joined(place.kept, ast.Add, one), "The largest term was taken out and not put back."
    )


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
