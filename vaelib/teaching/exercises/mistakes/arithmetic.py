"""Mistakes in sums and products: a term or factor lost, doubled, turned, or counted elsewhere."""

import ast
import math
from itertools import combinations

from vaelib.teaching.exercises.mistakes.places import (
    Change,
    call,
    constant,
    is_product,
    joined,
    method,
    product,
    products_of,
    seen_through,
    subject,
    sum_of,
    terms,
    times,
    total,
    with_subject,
)
from vaelib.teaching.exercises.mistakes.words import (
    capital,
    counted,
    is_are,
    named,
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


def _sums(place):
    return sum_of(place.node, place.formula)


def _products(place):
    """The factors of a product that is no part of another product."""
    return [] if any(map(is_product, place.parents)) else products_of(place.node)


def missing_term(place):
    """A term of a sum is left out."""
    parts = _sums(place)
    for k, (sign, term) in enumerate(parts):
        name = named(term, [other for _, other in parts], sign=sign)
        count = f": {counted(len(parts))} terms are added there" if len(parts) > 2 else ""
        yield Change(total(parts[:k] + parts[k + 1 :]), f"{is_are(capital(name))} missing{count}.")


def missing_terms(place):
    """Two terms of a sum are left out."""
    parts = _sums(place)
    for (_, one), (_, two) in combinations(parts, 2) if 3 <= len(parts) <= 6 else ():
        rest = [part for part in parts if part[1] is not one and part[1] is not two]
        first, second = (named(part, [other for _, other in parts]) for part in (one, two))
        yield Change(total(rest), f"{capital(first)} and {second} are missing.", rare=True)
        for scale, said in (
            (-1.0, "have the wrong sign"),
            (0.5, "are counted half"),
            (2.0, "are counted twice"),
        ):
            both = [(sign, times(scale, term)) if term is one or term is two else (sign, term)
                    for sign, term in parts]  # fmt: skip
            yield Change(total(both), f"{capital(first)} and {second} {said}.", rare=True)


def wrong_sign(place):
    """A term is added that should be subtracted, or the other way round."""
    parts = _sums(place)
    for k, (sign, term) in enumerate(parts):
        name = named(term, [other for _, other in parts])
        turned = parts[:k] + [(-sign, term)] + parts[k + 1 :]
        yield Change(total(turned), f"{capital(name)} has the wrong sign.")


def weighed_term(place):
    """A term is counted twice or half."""
    parts = _sums(place)
    for k, (sign, term) in enumerate(parts):
        name = capital(named(term, [other for _, other in parts]))
        for scale, words in ((2.0, "counted twice"), (0.5, "counted half")):
            heavy = parts[:k] + [(sign, times(scale, term))] + parts[k + 1 :]
            yield Change(total(heavy), f"{is_are(name)} {words}.")


def missing_factor(place):
    """A factor or a division is left out."""
    parts = _products(place)
    for k, (power, factor) in enumerate(parts):
        name = named(factor, [other for _, other in parts], "factor")
        rest = parts[:k] + parts[k + 1 :]
        if isinstance(factor, ast.Constant) and factor.value == -1:
            said = "The minus sign is missing."
        else:
            shown = written(factor)
            shown = name if shown == "…" else shown
            said = (
                f"The division by {shown} is missing."
                if power < 0
                else f"{is_are(capital(name))} missing."
            )
        yield Change(product(rest), said)


def upside_down(place):
    """Multiplied for divided, or the other way round."""
    parts = _products(place)
    for k, (power, factor) in enumerate(parts):
        name = named(factor, [other for _, other in parts], "factor")
        word = "divide by" if power > 0 else "multiply by"
        turned = parts[:k] + [(-power, factor)] + parts[k + 1 :]
        yield Change(product(turned), f"You {word} {name}: on which side of a fraction is it?")


def factor_twice(place):
    """A factor enters twice."""
    parts = _products(place)
    for k, (power, factor) in enumerate(parts):
        if not isinstance(factor, ast.Constant):
            name = capital(named(factor, [other for _, other in parts], "factor"))
            yield Change(product([*parts[: k + 1], (power, factor), *parts[k + 1 :]]),
                         f"{name} enters twice.")  # fmt: skip


def scaled(place):
    """All of a value is too large or too small by a usual factor."""
    whole = not place.parents or isinstance(place.node, ast.Call) or _products(place)
    in_tuple = any(isinstance(parent, ast.Tuple) for parent in place.parents)
    if (whole or in_tuple) and not isinstance(place.node, ast.Tuple):
        name = (
            capital(named(place.node, kind="part"))
            if place.parents and not in_tuple
            else "The result"
        )
        for scale, said in SCALES.items():
            rare = scale not in (2.0, 0.5, -1.0) or name != "The result"
            yield Change(times(scale, place.kept), f"{name} {said}", rare)


def turned_difference(place):
    """b − a for a − b."""
    match place.node:
        case ast.BinOp(left, ast.Sub(), right):
            yield Change(
                joined(right, ast.Sub, left), "The difference is taken the wrong way round."
            )
        case ast.BinOp(left, ast.Div(), right):
            yield Change(joined(right, ast.Div, left), "The fraction stands upside down.")
        case ast.BinOp(left, ast.Pow(), right):
            yield Change(times(left, right), "You multiply where a power belongs.")


def added_or_multiplied(place):
    """A sum where a product belongs, or the other way round."""
    match place.node:
        case ast.BinOp(left, ast.Mult(), right):
            yield Change(joined(left, ast.Add, right), _confused("add", left, right))
            yield Change(joined(left, ast.Sub, right), _confused("subtract", left, right))
        case ast.BinOp(left, ast.Div(), right):
            yield Change(joined(left, ast.Sub, right), _confused("subtract", left, right))
        case ast.BinOp(left, ast.Add(), right):
            yield Change(times(left, right), _confused("multiply", left, right))
        case ast.BinOp(left, ast.Sub(), right):
            yield Change(times(left, right), _confused("multiply", left, right))
            yield Change(joined(left, ast.Div, right), _confused("divide", left, right))
        case ast.BinOp(left, ast.MatMult(), right):
            yield Change(times(left, right), "You multiply element by element, without summing.")


def _confused(verb, left, right):
    one, two = named(left, [right], "part"), named(right, [left], "part")
    return f"You {verb} {one} and {two}: what becomes of them?"


def once_or_everywhere(place):
    """A term counted once for all dimensions, or once in each of them."""
    if method(place.node) in ("sum", "mean", "logsumexp"):
        inside = terms(seen_through(subject(place.node)))
        for k, (sign, term) in enumerate(inside):
            if len(inside) > 1:
                rest = with_subject(place.node, total(inside[:k] + inside[k + 1 :]))
                name = capital(named(term, [other for _, other in inside]))
                said = f"{is_are(name)} counted once: it belongs into every part of the {_word(place.node)}."
                yield Change(total([(1, rest), (sign, term)]), said)
                first = call(term, "mean", *place.node.args[:1])
                yield Change(total([(1, rest), (sign, first)]), said)
    parts = _sums(place)
    for k, (_, whole) in enumerate(parts):
        if method(whole) in ("sum", "logsumexp"):
            for j, (sign, term) in enumerate(parts):
                if j != k:
                    name = capital(named(term, [other for _, other in parts]))
                    for one in (term, ast.Subscript(term, _new_axis(), ast.Load())):
                        inner = with_subject(whole, total([(1, subject(whole)), (sign, one)]))
                        rest = [part for i, part in enumerate(parts) if i not in (j, k)]
                        yield Change(total([(1, inner), *rest]),
                                     f"{is_are(name)} counted in every part of the {_word(whole)}.")  # fmt: skip


def _word(node):
    return {"logsumexp": "log-sum-exp"}.get(method(node), method(node))


def _new_axis():
    return ast.Tuple([ast.Constant(...), ast.Constant(None)], ast.Load())


def other_number(place):
    """Another constant: one more or less, twice, half."""
    node = place.node
    if not isinstance(node, ast.Constant) or type(node.value) not in (int, float):
        return
    value = node.value
    for other in {value + 1, value - 1, 2 * value, value / 2, -value} - {value, 0}:
        other = int(other) if other == int(other) and isinstance(value, int) else other
        shown = number(other)
        yield Change(constant(other), f"You have {shown} where another number belongs.")
