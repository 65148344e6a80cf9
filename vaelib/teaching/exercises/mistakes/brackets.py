"""Mistakes with brackets: a factor takes in more, or less, than it should."""

import ast

from vaelib.teaching.exercises.mistakes.expressions import (
    instead,
    joined,
    product,
    terms,
    times,
    total,
)
from vaelib.teaching.exercises.mistakes.places import Change, factors_of
from vaelib.teaching.exercises.mistakes.words import capital, named_part


def bracket(place):
    """A factor that takes in more, or less, than it should; a map turned round."""
    parts = place.terms
    for k in range(len(parts)):
        yield from _too_wide(parts, k)
        yield from _turned_round(parts, k)
    parts = factors_of(place.node)
    for k in range(len(parts)):
        yield from _too_narrow(parts, k)


def _too_wide(parts, k):
    """A factor of one term multiplies the whole sum: a (x + y) for a x + y."""
    sign, term = parts[k]
    own = factors_of(term)
    for j, (power, factor) in enumerate(own):
        if len(own) < 2 or (isinstance(factor, ast.Constant) and factor.value == -1):
            continue
        inner = total([(sign, product(instead(own, j))), *instead(parts, k)])
        name = capital(named_part(own, j, "factor"))
        new = product([(1, inner), (power, factor)])
        yield Change(new, f"{name} multiplies more than it should.")


def _turned_round(parts, k):
    """The inverse map: (x − b) / a for a x + b."""
    own = factors_of(parts[k][1])
    if len(parts) != 2 or len(own) < 2 or any(sign < 0 for sign, _ in parts):
        return
    other = parts[1 - k][1]
    for j, (_, factor) in enumerate(own):
        new = joined(joined(factor, ast.Sub, other), ast.Div, product(instead(own, j)))
        yield Change(new, "The map goes the wrong way: you solved for the other variable.")


def _too_narrow(parts, k):
    """What multiplies or divides a bracket reaches one term alone: a x + y for a (x + y)."""
    power, factor = parts[k]
    inside, rest = terms(factor), product(instead(parts, k))
    if len(inside) < 2:
        return
    if power < 0:
        first = joined(1.0 if rest is None else rest, ast.Div, total(inside[:1]))
        new = total([(1, first), *inside[1:]])
        yield Change(new, "The bracket below the fraction line is missing.")
    elif rest is not None:
        for j, (sign, term) in enumerate(inside):
            new = total([(sign, times(rest, term)), *instead(inside, j)])
            yield Change(new, "A factor in front of a bracket reaches a part of it alone.")
