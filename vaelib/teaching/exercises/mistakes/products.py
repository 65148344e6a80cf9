"""Mistakes with factors, operations and numbers: lost, doubled, turned, confused."""

import ast
import math

from vaelib.teaching.exercises.mistakes.expressions import (
    constant,
    instead,
    joined,
    product,
    times,
)
from vaelib.teaching.exercises.mistakes.places import Change, rare
from vaelib.teaching.exercises.mistakes.words import (
    capital,
    is_are,
    named,
    named_part,
    number,
    written,
)

SCALES = {
    2.0: "is doubled: was a ½ lost?",
    0.5: "is halved: a ½ too many?",
    -1.0: "has the wrong sign.",
    1 / math.log(2): "is in bits; nats come from the natural logarithm.",
    1 / math.log(10): "is in decimal digits; nats come from the natural logarithm.",
    -2.0: "is doubled, and has the wrong sign.",
    -0.5: "is halved, and has the wrong sign.",
    4.0: "is four times what it should be.",
    0.25: "is a quarter of what it should be.",
    math.sqrt(2): "is too large by a factor √2.",
    math.sqrt(0.5): "is too small by a factor √2.",
    math.sqrt(2 * math.pi): "is too large by a factor √(2π).",
    1 / math.sqrt(2 * math.pi): "is too small by a factor √(2π).",
    math.sqrt(math.pi): "is too large by a factor √π.",
    1 / math.sqrt(math.pi): "is too small by a factor √π.",
    math.pi: "is too large by a factor π.",
    1 / math.pi: "is too small by a factor π.",
}
FREQUENT = (2.0, 0.5, -1.0)
CONFUSED = {
    ast.Mult: {"add": ast.Add, "subtract": ast.Sub},
    ast.Div: {"subtract": ast.Sub},
    ast.Add: {"multiply": ast.Mult},
    ast.Sub: {"multiply": ast.Mult, "divide": ast.Div},
}


def missing_factor(place):
    """A factor or a division is left out."""
    parts = place.factors
    for k in range(len(parts)):
        yield Change(product(instead(parts, k)), _missing(parts, k))


def _missing(parts, k):
    power, factor = parts[k]
    name = named_part(parts, k, "factor")
    if isinstance(factor, ast.Constant) and factor.value == -1:
        return "The minus sign is missing."
    if power > 0:
        return f"{is_are(capital(name))} missing."
    shown = written(factor)
    return f"The division by {name if shown == '…' else shown} is missing."


def upside_down(place):
    """Multiplied for divided, or the other way round."""
    parts = place.factors
    for k, (power, factor) in enumerate(parts):
        said = f"{'divide' if power > 0 else 'multiply'} by {named_part(parts, k, 'factor')}"
        turned = product(instead(parts, k, (-power, factor)))
        yield Change(turned, f"You {said}: on which side of a fraction is it?")


def factor_twice(place):
    """A factor enters twice."""
    parts = place.factors
    for k, part in enumerate(parts):
        if not isinstance(part[1], ast.Constant):
            name = capital(named_part(parts, k, "factor"))
            yield Change(product(instead(parts, k, part, part)), f"{name} enters twice.")


def scaled(place):
    """All of a value is too large or too small by a usual factor."""
    node = place.node
    found = place.is_result or isinstance(node, ast.Call) or place.factors
    if not found or isinstance(node, ast.Tuple):
        return
    name = "The result" if place.is_result else capital(named(node, kind="part"))
    for scale, said in SCALES.items():
        frequent = scale in FREQUENT and place.is_result
        yield Change(times(scale, place.kept), f"{name} {said}", rare=not frequent)


def turned_difference(place):
    """b − a for a − b."""
    match place.node:
        case ast.BinOp(left, ast.Sub(), right):
            said = "The difference is taken the wrong way round."
            yield Change(joined(right, ast.Sub, left), said)
        case ast.BinOp(left, ast.Div(), right):
            yield Change(joined(right, ast.Div, left), "The fraction stands upside down.")
        case ast.BinOp(left, ast.Pow(), right):
            yield Change(times(left, right), "You multiply where a power belongs.")


@rare
def added_or_multiplied(place):
    """A sum where a product belongs, or the other way round."""
    match place.node:
        case ast.BinOp(left, ast.MatMult(), right):
            yield Change(times(left, right), "You multiply element by element, without summing.")
        case ast.BinOp(left, own, right):
            one, two = named(left, [right], "part"), named(right, [left], "part")
            for verb, other in CONFUSED.get(type(own), {}).items():
                said = f"You {verb} {one} and {two}: what becomes of them?"
                yield Change(joined(left, other, right), said)


@rare
def other_number(place):
    """Another constant: one more or less, twice, half."""
    node = place.node
    if not isinstance(node, ast.Constant) or type(node.value) not in (int, float):
        return
    value = node.value
    for other in {value + 1, value - 1, 2 * value, value / 2, -value} - {value, 0}:
        alike = int(other) if other == int(other) and isinstance(value, int) else other
        said = f"You have {number(alike)} where another number belongs."
        yield Change(constant(alike), said)
