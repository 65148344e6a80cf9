"""Whether an answer makes the mistake that its values show, as far as its source tells."""

import ast

from vaelib.teaching.exercises.mistakes.expressions import method
from vaelib.teaching.exercises.mistakes.making import INDIRECT, MISSING
from vaelib.teaching.exercises.parts import Argument, Kept, Local, children

EXTREMES = {  # a mutant's function: how an answer may have it
    "amax": {"amax", "max", "topk", "argmax", "sort"},
    "amin": {"amin", "min", "topk", "argmin", "sort"},
    "median": {"median", "quantile", "sort"},
    "prod": {"prod"},
}
NUMERIC = {"added", "limited", "out_of_log_space"}  # errors with a number of their own


def is_likely(one, source):
    """Return whether the numbers and functions of a mutant stand in the source.

    Parameters
    ----------
    one : Mutant
    source : Answer or None
        None where the source cannot be had: then values alone count.
    """
    if one.errors[0] in INDIRECT:
        return False
    if source is None or one.errors[0] in MISSING:
        return True  # what is not there has no number in the source
    new = [part for other in one.changes.values() for part in _parts_of(other)]
    extremes = {method(part) for part in new} & EXTREMES.keys()
    if any(not EXTREMES[name] & source.called for name in extremes):
        return False
    if any(isinstance(part, ast.Constant) for part in one.changes):
        return False  # a change of the number in the source tells it better
    said = new if one.errors[0] in NUMERIC else []
    values = [part.value for part in said if isinstance(part, ast.Constant)]
    return all(abs(value) in source.written for value in values if isinstance(value, (int, float)))


def agrees(one, formula, source):
    """Return whether a mutant depends on all arguments that the source uses."""
    used = source and source.used(tuple(formula.arguments))
    return not used or used <= one.uses


def _parts_of(node):
    """The parts of an expression, without those of the reference's parts in it."""
    if node is None or isinstance(node, (Argument, Local, Kept)):
        return []
    return [node, *(found for child in children(node) for found in _parts_of(child))]
