"""Mistakes with functions: forgotten, taken of half, in another order, over another axis."""

import ast
from itertools import permutations

import numpy as np
import torch

from vaelib.teaching.exercises.formula import Argument, Kept, Local
from vaelib.teaching.exercises.mistakes.places import (
    Change,
    axis_words,
    call,
    capital,
    constant,
    joined,
    method,
    named,
    seen_through,
    subject,
    terms,
    times,
    total,
    with_subject,
    written,
)

ELEMENTWISE = {
    "exp": "the exponential", "log": "the logarithm", "sqrt": "the square root",
    "square": "the square", "abs": "the absolute value", "clamp": "the lower limit",
    "sigmoid": "the sigmoid", "ndtri": "the quantile", "ndtr": "the distribution function",
    "cumsum": "the running sum", "cumprod": "the running product", "reciprocal": "the reciprocal",
    "softmax": "the normalisation", "log_softmax": "the normalisation", "flip": "the reversal",
    "double": "the change of type", "logsigmoid": "the log-sigmoid",
    "inverse": "the inverse",
}  # fmt: skip
OTHERS = {
    "log": {"log2": "The logarithm is to base 2.", "log10": "The logarithm is to base 10.",
            "log1p": "You take the logarithm of one more (log1p)."},
    "exp": {"expm1": "You take one off the exponential (expm1).", "exp2": "You take a power of 2."},
    "ndtri": {"ndtr": "You ask for the share below a number, and have a share."},
    "ndtr": {"ndtri": "You ask for a quantile, and have a number.", "sigmoid":
             "That is a logistic function, not the normal distribution's."},
    "sigmoid": {"tanh": "You take tanh, whose values go from −1 to 1.",
                "exp": "You take exp, whose values go beyond 1."},
    "argmax": {"argmin": "You take the place of the smallest value."},
    "cumprod": {"cumsum": "You add up along the axis."},
    "cumsum": {"cumprod": "You multiply along the axis."},
    "softmax": {"log_softmax": "These are logarithms of shares.", "sigmoid":
                "Each value is squeezed alone (a sigmoid): the shares do not sum to 1."},
    "log_softmax": {"softmax": "These are shares, not their logarithms."},
    "sqrt": {"square": "You square where the root belongs.", "log": "You take a logarithm there."},
    "eigvalsh": {"svdvals": "These are singular values."},
}  # fmt: skip
REDUCTIONS = {
    "sum": "a sum", "mean": "a mean", "amax": "the largest value", "amin": "the smallest value",
    "prod": "a product", "logsumexp": "a log-sum-exp", "std": "a standard deviation",
    "var": "a variance", "median": "a median", "argmax": "the place of the largest value",
}  # fmt: skip
SUMMARIES = ("sum", "mean", "amax", "amin", "prod", "logsumexp")
WITH_AXIS = (*REDUCTIONS, "softmax", "log_softmax", "cumsum", "cumprod")


def forgotten_function(place):
    """A function that is not applied."""
    name = method(place.node)
    if name in ELEMENTWISE:
        yield Change(subject(place.node), f"{capital(ELEMENTWISE[name])} is missing.")


def other_function(place):
    """A function's neighbour: another base, the other direction."""
    name = method(place.node)
    for other, said in OTHERS.get(name, {}).items():
        if other == "log10" or not place.node.args or name not in ("sqrt",):
            yield Change(with_subject(place.node, subject(place.node), other), said)


def exponent(place):
    """exp of half, of twice, of minus the argument: a standard deviation, variance, precision."""
    if method(place.node) != "exp":
        return
    inside = subject(place.node)
    match inside:
        case ast.BinOp(whole, ast.Div(), ast.Constant(2)):
            wholes = (
                (whole, "You take exp of all, where a part of it is meant: which width is that?"),
            )
        case _:
            wholes = ()
    for other, said in (
        *wholes,
        (joined(inside, ast.Div, 2), "You take exp of half the exponent: which width is that?"),
        (times(2.0, inside), "You take exp of twice the exponent: which width is that?"),
        (ast.UnaryOp(ast.USub(), inside), "The exponent has the wrong sign: a reciprocal."),
        (
            joined(ast.UnaryOp(ast.USub(), inside), ast.Div, 2),
            "The exponent is halved and negated.",
        ),
    ):
        yield Change(with_subject(place.node, other), said)
    half = joined(call(place.node, "clone"), ast.Div, 2)
    yield Change(call(half, "sqrt"), "You halve, and then take a root.")
    for whole, _ in wholes:
        outside = joined(with_subject(place.node, whole), ast.Div, 2)
        yield Change(outside, "The half stands outside of the exponent.")
        yield Change(call(outside, "sqrt"), "You halve the variance, and then take a root.")
        yield Change(call(call(whole, "abs"), "sqrt"), "You take a root of the logarithm itself.")


def power(place):
    """Another power: the square or root forgotten, or taken once more."""
    match place.node:
        case ast.BinOp(base, ast.Pow(), ast.Constant(2)):
            yield Change(base, f"{capital(named(base, kind='part'))} is not squared.")
            yield Change(
                call(base, "abs"), f"You take the size of {written(base)}, not its square."
            )
            yield Change(
                joined(base, ast.Pow, 4), f"{capital(named(base, kind='part'))} is squared twice."
            )
            yield Change(joined(base, ast.Pow, 3), f"You take the third power of {written(base)}.")
        case ast.BinOp(base, ast.Pow(), ast.Constant(0.5)):
            yield Change(base, f"The root of {written(base)} is not taken.")


def another_form_of_it(place):
    """A quantity's square, root, reciprocal, logarithm … in its place: variance, std, precision."""
    node = place.node
    if isinstance(node, Local) and isinstance(node.target, Argument) and len(
        place.formula.parents[node.target]
    ) == 1:  # fmt: skip
        return  # its only use: the Argument itself is changed
    plain = isinstance(node, (Argument, Local, ast.Call, ast.Attribute, ast.Subscript))
    if not plain or not is_real(place.value) or _within(place) or not place.parents:
        return
    name, shown = capital(named(node, kind="value")), named(node, kind="value")
    if isinstance(node, Argument) or isinstance(node, Local) and isinstance(node.target, Argument):
        name = shown = written(node)
    kept = place.kept
    if place.formula.parents.get(node) and method(place.parents[0]) != "exp":
        yield Change(call(kept, "exp"), f"You take the exponential of {shown}.", rare=True)
    plain = isinstance(node, (Argument, Local))
    for k, (new, said) in enumerate(
        (
            (joined(kept, ast.Pow, 2), f"{name} is squared."),
            (joined(kept, ast.Pow, 0.5), f"You take the root of {shown}."),
            (joined(1.0, ast.Div, kept), f"{name} is turned upside down (one over it)."),
            (ast.UnaryOp(ast.USub(), kept), f"{name} has the wrong sign."),
            (times(2.0, kept), f"{name} is doubled."),
            (times(0.5, kept), f"{name} is halved."),
            (_log(place, kept), f"You take the logarithm of {shown}."),
            (joined(1.0, ast.Sub, kept), f"You use one minus {shown}."),
            (
                call(joined(kept, ast.Div, 2), "exp"),
                f"You take {shown} for the logarithm of a variance.",
            ),
            (call(call(kept, "abs"), "sqrt"), f"You take the root of the size of {shown}."),
            (times(0.0, kept), f"{name} has no effect in yours."),
            (joined(times(0.0, kept), ast.Add, 0.5), f"You put ½ for {shown}."),
            (call(kept, "abs"), f"You take the size of {shown}, without its sign."),
        )
    ):
        yield Change(new, said, rare=not plain or k > 5)


def is_real(value):
    """Whether it holds numbers that are not whole."""
    if torch.is_tensor(value):
        return value.is_floating_point()
    return (isinstance(value, (int, float, np.floating)) and not isinstance(value, bool)) or (
        isinstance(value, np.ndarray) and value.dtype.kind == "f"
    )


def _log(place, kept):
    if isinstance(place.value, float):
        return ast.Call(ast.Attribute(ast.Name("math", ast.Load()), "log", ast.Load()), [kept], [])
    return call(kept, "log")


def _within(place):
    return any(isinstance(parent, Local) for parent in place.parents) and isinstance(
        place.node, (ast.Call, ast.Attribute)
    )


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


def spread(place):
    """Standard deviation and variance exchanged, or with n for n − 1."""
    name = method(place.node)
    if name not in ("std", "var"):
        return
    axis = _axis(place.node)
    own = [w.value.value for w in place.node.keywords if w.arg == "correction"]
    other = 0 if (own or [1])[0] == 1 else 1
    new = over_axis(place.node, name, axis)
    new.keywords = [w for w in new.keywords if w.arg != "correction"]
    new.keywords = [*new.keywords, ast.keyword("correction", constant(other))]
    yield Change(new, f"Your {'standard deviation' if name == 'std' else 'variance'} divides by "
                 f"{'n − 1' if other else 'n'}.")  # fmt: skip
    if name == "std":
        yield Change(
            joined(place.kept, ast.Pow, 2), "You take a variance for a standard deviation."
        )
    else:
        yield Change(
            joined(place.kept, ast.Pow, 0.5), "You take a standard deviation for a variance."
        )
    second = call(joined(subject(place.node), ast.Pow, 2), "mean", axis)
    root = call(second, "sqrt") if name == "std" else second
    yield Change(root, "You measure the scatter from 0, not from the mean.")


PAIRS = ("exp", "log", "sqrt", "square", "abs", "sigmoid")


def other_order(place):
    """Two steps in the other order: the logarithm of a mean for the mean of logarithms."""
    outer = method(place.node)
    if outer is None:
        if isinstance(place.node, ast.BinOp) and isinstance(place.node.op, ast.Pow):
            inner = place.node.left
            while isinstance(inner, Local):
                inner = inner.target
            if method(inner) in SUMMARIES:
                squared = joined(subject(inner), ast.Pow, place.node.right)
                yield Change(with_subject(inner, squared), "You square first and summarise then.")
        return
    if outer not in (*PAIRS, *SUMMARIES):
        return
    inner = subject(place.node)
    while isinstance(inner, Local) and not isinstance(inner.target, Argument):
        inner = inner.target
    name = method(inner)
    steps = {**ELEMENTWISE, **REDUCTIONS}
    if name in (*PAIRS, *SUMMARIES) and (outer in PAIRS) != (name in PAIRS):
        new = with_subject(inner, with_subject(place.node, subject(inner)))
        yield Change(
            new, f"You take {steps[outer]} first and {steps[name]} then: the order counts."
        )
    if outer in SUMMARIES and isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.Pow):
        new = joined(with_subject(place.node, inner.left), ast.Pow, inner.right)
        yield Change(new, f"You take {REDUCTIONS[outer]} first and square then: the order counts.")


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


def steps_reordered(place):
    """A chain of steps, each of which takes the one before, in any other order."""
    if any(_step(parent) for parent in place.parents):
        return
    chain, node = [], place.node
    while _step(node) or (isinstance(node, Local) and not isinstance(node.target, Argument)):
        if isinstance(node, Local):
            node = node.target
            continue
        chain.append(node)
        node = node.left if isinstance(node, ast.BinOp) else subject(node)
    if 3 <= len(chain) <= 4:
        for order in list(permutations(chain))[1:]:
            new = node
            for step in reversed(order):
                new = (joined(new, ast.Pow, step.right) if isinstance(step, ast.BinOp)
                       else with_subject(step, new))  # fmt: skip
            yield Change(new, "The steps are right, and done in another order: it counts.")


def _step(node):
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.Pow) and isinstance(node.right, ast.Constant)
    return method(node) in (*PAIRS, *SUMMARIES)
