"""Mistakes with functions: forgotten, another one, of half, of another form, in another order."""

import ast
from itertools import permutations

from vaelib.teaching.exercises.formula import Argument, Local
from vaelib.teaching.exercises.mistakes.places import (
    Change,
    call,
    constant,
    is_real,
    joined,
    method,
    subject,
    times,
    with_subject,
)
from vaelib.teaching.exercises.mistakes.reductions import _axis, over_axis
from vaelib.teaching.exercises.mistakes.words import (
    ELEMENTWISE,
    REDUCTIONS,
    SUMMARIES,
    capital,
    named,
    written,
)

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
ORDERED = ("exp", "log", "sqrt", "square", "abs", "sigmoid")


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


def _log(place, kept):
    if isinstance(place.value, float):
        return ast.Call(ast.Attribute(ast.Name("math", ast.Load()), "log", ast.Load()), [kept], [])
    return call(kept, "log")


def _within(place):
    return any(isinstance(parent, Local) for parent in place.parents) and isinstance(
        place.node, (ast.Call, ast.Attribute)
    )


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
    if outer not in (*ORDERED, *SUMMARIES):
        return
    inner = subject(place.node)
    while isinstance(inner, Local) and not isinstance(inner.target, Argument):
        inner = inner.target
    name = method(inner)
    steps = {**ELEMENTWISE, **REDUCTIONS}
    if name in (*ORDERED, *SUMMARIES) and (outer in ORDERED) != (name in ORDERED):
        new = with_subject(inner, with_subject(place.node, subject(inner)))
        yield Change(
            new, f"You take {steps[outer]} first and {steps[name]} then: the order counts."
        )
    if outer in SUMMARIES and isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.Pow):
        new = joined(with_subject(place.node, inner.left), ast.Pow, inner.right)
        yield Change(new, f"You take {REDUCTIONS[outer]} first and square then: the order counts.")


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
    return method(node) in (*ORDERED, *SUMMARIES)
