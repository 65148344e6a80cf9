"""Mistakes with functions: forgotten, another one, of half of what it should take."""

import ast

from vaelib.teaching.exercises.mistakes.expressions import (
    call,
    joined,
    library,
    method,
    negative,
    subject,
    times,
    with_subject,
)
from vaelib.teaching.exercises.mistakes.places import Change, is_argument, is_real
from vaelib.teaching.exercises.mistakes.words import ELEMENTWISE, capital, named, written
from vaelib.teaching.exercises.parts import Argument, Local

OTHERS = {
    "log": {"log2": "The logarithm is to base 2.", "log10": "The logarithm is to base 10.",
            "log1p": "You take the logarithm of one more (log1p)."},
    "exp": {"expm1": "You take one off the exponential (expm1).", "exp2": "You take a power of 2."},
    "ndtri": {"ndtr": "You ask for the share below a number, and have a share.",
              "logit": "That is the logistic distribution's quantile.",
              "erfinv": "That is the inverse of erf: it takes numbers from −1 to 1."},
    "ndtr": {"ndtri": "You ask for a quantile, and have a number.", "sigmoid":
             "That is a logistic function, not the normal distribution's."},
    "sigmoid": {"tanh": "You take tanh, whose values go from −1 to 1.",
                "exp": "You take exp, whose values go beyond 1."},
    "argmax": {"argmin": "You take the place of the smallest value."},
    "argmin": {"argmax": "You take the place of the largest value."},
    "cumprod": {"cumsum": "You add up along the axis."},
    "cumsum": {"cumprod": "You multiply along the axis."},
    "softmax": {"log_softmax": "These are logarithms of shares.", "sigmoid":
                "Each value is squeezed alone (a sigmoid): the shares do not sum to 1."},
    "log_softmax": {"softmax": "These are shares, not their logarithms."},
    "sqrt": {"square": "You square where the root belongs.", "log": "You take a logarithm there."},
    "eigvalsh": {"svdvals": "These are singular values."},
}  # fmt: skip


def forgotten_function(place):
    """A function that is not applied."""
    name = method(place.node)
    if name in ELEMENTWISE:
        yield Change(subject(place.node), f"{capital(ELEMENTWISE[name])} is missing.")


def other_function(place):
    """A function's neighbour: another base, the other direction."""
    name = method(place.node)
    if name == "sqrt" and place.node.args:  # math.sqrt: `math` has no `square`
        return
    for other, said in OTHERS.get(name, {}).items():
        yield Change(with_subject(place.node, subject(place.node), other), said)


def exponent(place):
    """exp of half, of twice, of minus the argument: a standard deviation, variance, precision."""
    node = place.node
    if method(node) != "exp":
        return
    inside = subject(node)
    match inside:
        case ast.BinOp(whole, ast.Div(), ast.Constant(2)):
            said = "You take exp of all, where a part of it is meant: which width is that?"
            yield Change(with_subject(node, whole), said)
        case _:
            whole = None
    for other, said in (
        (joined(inside, ast.Div, 2), "You take exp of half the exponent: which width is that?"),
        (times(2.0, inside), "You take exp of twice the exponent: which width is that?"),
        (negative(inside), "The exponent has the wrong sign: a reciprocal."),
        (joined(negative(inside), ast.Div, 2), "The exponent is halved and negated."),
    ):
        yield Change(with_subject(node, other), said)
    half = joined(call(node, "clone"), ast.Div, 2)
    yield Change(call(half, "sqrt"), "You halve, and then take a root.")
    if whole:
        outside = joined(with_subject(node, whole), ast.Div, 2)
        yield Change(outside, "The half stands outside of the exponent.")
        yield Change(call(outside, "sqrt"), "You halve the variance, and then take a root.")
        yield Change(call(call(whole, "abs"), "sqrt"), "You take a root of the logarithm itself.")


def power(place):
    """Another power: the square or root forgotten, or taken once more."""
    match place.node:
        case ast.BinOp(base, ast.Pow(), ast.Constant(2)):
            name, shown = capital(named(base, kind="part")), written(base)
            yield Change(base, f"{name} is not squared.")
            yield Change(call(base, "abs"), f"You take the size of {shown}, not its square.")
            yield Change(joined(base, ast.Pow, 4), f"{name} is squared twice.")
            yield Change(joined(base, ast.Pow, 3), f"You take the third power of {shown}.")
        case ast.BinOp(base, ast.Pow(), ast.Constant(0.5)):
            yield Change(base, f"The root of {written(base)} is not taken.")


def another_form_of_it(place):
    """A quantity's square, root, reciprocal, logarithm … in its place: variance, std, precision."""
    if not _is_quantity(place):
        return
    node, kept = place.node, place.kept
    shown = written(node) if is_argument(node) else named(node, kind="value")
    name = shown if is_argument(node) else capital(shown)
    if method(place.parents[0]) != "exp":
        yield Change(call(kept, "exp"), f"You take the exponential of {shown}.", rare=True)
    for new, said in (
        (joined(kept, ast.Pow, 2), f"{name} is squared."),
        (joined(kept, ast.Pow, 0.5), f"You take the root of {shown}."),
        (joined(1.0, ast.Div, kept), f"{name} is turned upside down (one over it)."),
        (negative(kept), f"{name} has the wrong sign."),
        (times(2.0, kept), f"{name} is doubled."),
        (times(0.5, kept), f"{name} is halved."),
    ):
        yield Change(new, said, rare=not place.is_named)
    yield from _rare_forms(place, name, shown)


def _is_quantity(place):
    """Whether it is a value within the formula that has a name, or could have one."""
    node = place.node
    if isinstance(node, Local) and is_argument(node):
        return len(place.formula.parents[node.target]) > 1 and _is_number(place)
    if isinstance(node, (ast.Call, ast.Attribute)):
        return not any(isinstance(parent, Local) for parent in place.parents) and _is_number(place)
    return isinstance(node, (Argument, Local, ast.Subscript)) and _is_number(place)


def _is_number(place):
    return bool(place.parents) and is_real(place.value)


def _rare_forms(place, name, shown):
    kept = place.kept
    number = isinstance(place.value, float)
    for new, said in (
        (library("math.log", kept) if number else call(kept, "log"),
         f"You take the logarithm of {shown}."),
        (joined(1.0, ast.Sub, kept), f"You use one minus {shown}."),
        (call(joined(kept, ast.Div, 2), "exp"),
         f"You take {shown} for the logarithm of a variance."),
        (call(call(kept, "abs"), "sqrt"), f"You take the root of the size of {shown}."),
        (times(0.0, kept), f"{name} has no effect in yours."),
        (joined(times(0.0, kept), ast.Add, 0.5), f"You put ½ for {shown}."),
        (call(kept, "abs"), f"You take the size of {shown}, without its sign."),
    ):  # fmt: skip
        yield Change(new, said, rare=True)
