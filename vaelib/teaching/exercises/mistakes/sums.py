"""Mistakes in sums: a term lost, of the wrong sign, counted otherwise or in another place."""

from itertools import combinations

from vaelib.teaching.exercises.mistakes.expressions import (
    call,
    instead,
    method,
    piece,
    seen_through,
    subject,
    terms,
    times,
    total,
    with_subject,
)
from vaelib.teaching.exercises.mistakes.places import Change, rare
from vaelib.teaching.exercises.mistakes.words import capital, counted, is_are, named_part

BOTH = {-1.0: "have the wrong sign", 0.5: "are counted half", 2.0: "are counted twice"}


def missing_term(place):
    """A term of a sum is left out."""
    parts = place.terms
    count = f": {counted(len(parts))} terms are added there" if len(parts) > 2 else ""
    for k, (sign, _) in enumerate(parts):
        name = capital(named_part(parts, k, sign=sign))
        yield Change(total(instead(parts, k)), f"{is_are(name)} missing{count}.")


@rare
def missing_terms(place):
    """Two terms of a sum are left out, turned, or counted otherwise."""
    parts = place.terms
    for pair in combinations(range(len(parts)), 2) if 3 <= len(parts) <= 6 else ():
        first, second = (named_part(parts, k) for k in pair)
        names = f"{capital(first)} and {second}"
        rest = [part for k, part in enumerate(parts) if k not in pair]
        yield Change(total(rest), f"{names} are missing.")
        for scale, said in BOTH.items():
            scaled = [
                (sign, times(scale, term) if k in pair else term)
                for k, (sign, term) in enumerate(parts)
            ]
            yield Change(total(scaled), f"{names} {said}.")


def wrong_sign(place):
    """A term is added that should be subtracted, or the other way round."""
    parts = place.terms
    for k, (sign, term) in enumerate(parts):
        turned = instead(parts, k, (-sign, term))
        yield Change(total(turned), f"{capital(named_part(parts, k))} has the wrong sign.")


@rare
def weighed_term(place):
    """A term is counted twice or half."""
    parts = place.terms
    for k, (sign, term) in enumerate(parts):
        name = capital(named_part(parts, k))
        for scale, words in ((2.0, "counted twice"), (0.5, "counted half")):
            weighed = instead(parts, k, (sign, times(scale, term)))
            yield Change(total(weighed), f"{is_are(name)} {words}.")


def once_or_everywhere(place):
    """A term counted once for all dimensions, or once in each of them."""
    yield from _once(place)
    yield from _everywhere(place)


def _once(place):
    """A term taken out of a sum over an axis."""
    node = place.node
    if method(node) not in ("sum", "mean", "logsumexp"):
        return
    inside = terms(seen_through(subject(node)))
    for k, (sign, term) in enumerate(inside) if len(inside) > 1 else ():
        rest = with_subject(node, total(instead(inside, k)))
        name = capital(named_part(inside, k))
        said = f"{is_are(name)} counted once: it belongs into every part of the {_word(node)}."
        for one in (term, call(term, "mean", *node.args[:1])):
            yield Change(total([(1, rest), (sign, one)]), said)


def _everywhere(place):
    """A term put into a sum over an axis that stands beside it."""
    parts = place.terms
    for k, (_, whole) in enumerate(parts):
        if method(whole) not in ("sum", "logsumexp"):
            continue
        for j, (sign, term) in enumerate(parts):
            if j == k:
                continue
            name = capital(named_part(parts, j))
            rest = [part for i, part in enumerate(parts) if i not in (j, k)]
            for one in (term, piece(term, ..., None)):
                inner = with_subject(whole, total([(1, subject(whole)), (sign, one)]))
                said = f"{is_are(name)} counted in every part of the {_word(whole)}."
                yield Change(total([(1, inner), *rest]), said)


def _word(node):
    return {"logsumexp": "log-sum-exp"}.get(method(node), method(node))
