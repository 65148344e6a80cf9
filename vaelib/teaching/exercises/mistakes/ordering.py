"""Mistakes with the order of steps: the logarithm of a mean for the mean of logarithms."""

import ast
from itertools import permutations

from vaelib.teaching.exercises.mistakes.expressions import (
    is_power,
    joined,
    method,
    seen_through,
    subject,
    with_subject,
)
from vaelib.teaching.exercises.mistakes.places import Change, rare
from vaelib.teaching.exercises.mistakes.words import ELEMENTWISE, REDUCTIONS, SUMMARIES

MAPS = ("exp", "log", "sqrt", "square", "abs", "sigmoid")
STEPS = {**ELEMENTWISE, **REDUCTIONS}


def other_order(place):
    """Two steps in the other order: the logarithm of a mean for the mean of logarithms."""
    node, outer = place.node, method(place.node)
    if is_power(node):
        inner = seen_through(node.left)
        if method(inner) in SUMMARIES:
            squared = joined(subject(inner), ast.Pow, node.right)
            yield Change(with_subject(inner, squared), "You square first and summarise then.")
    if outer not in (*MAPS, *SUMMARIES):
        return
    inner = seen_through(subject(node))
    name = method(inner)
    if name in (*MAPS, *SUMMARIES) and (outer in MAPS) != (name in MAPS):
        said = f"You take {STEPS[outer]} first and {STEPS[name]} then: the order counts."
        yield Change(with_subject(inner, with_subject(node, subject(inner))), said)
    if outer in SUMMARIES and is_power(inner):
        new = joined(with_subject(node, inner.left), ast.Pow, inner.right)
        yield Change(new, f"You take {REDUCTIONS[outer]} first and square then: the order counts.")


@rare
def steps_reordered(place):
    """A chain of steps, each of which takes the one before, in any other order."""
    if any(_is_step(parent) for parent in place.parents):
        return
    chain, node = [], seen_through(place.node)
    while _is_step(node):
        chain.append(node)
        node = seen_through(node.left if is_power(node) else subject(node))
    if 3 <= len(chain) <= 4:
        for order in list(permutations(chain))[1:]:
            said = "The steps are right, and done in another order: it counts."
            yield Change(_chained(order, node), said)


def _is_step(node):
    if is_power(node):
        return isinstance(node.right, ast.Constant)
    return method(node) in (*MAPS, *SUMMARIES)


def _chained(steps, x):
    """The steps, the last one first, applied to x."""
    for step in reversed(steps):
        x = joined(x, ast.Pow, step.right) if is_power(step) else with_subject(step, x)
    return x
