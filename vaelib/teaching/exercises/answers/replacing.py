"""Where a reader's function is wrong: a part of the reference, put in a place, makes it right."""

import ast
import math
from collections.abc import Callable
from functools import partial
from itertools import chain
from typing import NamedTuple

import numpy as np

from vaelib.teaching.exercises.answers.places import told
from vaelib.teaching.exercises.answers.values import forms_of, is_floats
from vaelib.teaching.exercises.answers.watched import VALUE, Edit
from vaelib.teaching.exercises.comparing import EXACT, arrays, near
from vaelib.teaching.exercises.diagnosis import diagnose

RIGHT_AFTER = "; what you do with it is right"
WRONG = f"the value of {{}} is wrong{RIGHT_AFTER}."


class Replacement(NamedTuple):
    """What is right in the place of what is there.

    Like a Repair; `more` says how the two differ.
    """

    edit: Edit
    errors: tuple
    sentence: str
    place: str
    more: Callable


def replacements(answer, parts, before=None, closure=False, steps_are_right=True):
    """Every Replacement, the earliest places first, names last.

    What is returned as it stands is no place: there the right answer would always do.

    Parameters
    ----------
    answer : Answer
    parts : list of Piece
        Of the reference.
    before : frozenset, optional
        Only places before these.
    closure : bool
        Whether logarithms, squares and so on of parts are tried too.
    steps_are_right : bool
        Whether a place whose value is a part of the reference is passed over.
    """
    steps = _by_shape((piece.values, piece) for piece in parts if steps_are_right)
    tried = _by_shape(
        (values, piece)
        for piece in parts
        for values in (forms_of(piece.values) if closure else [piece.values])
    )
    places = [one for one in answer.places() if is_floats(one[2]) or _is_length(one[1])]
    returned = answer.values(0)
    for place, node, value in sorted(places, key=_is_name):
        if before and place in before:
            return
        shape = np.shape(value)
        if _among(value, returned) or (closure and answer.is_returned(answer.above[node])):
            continue
        if not _among(value, (values[0] for values, _ in steps.get(shape, ()))):
            every = chain.from_iterable(tried.values()) if _is_length(node) else ()
            yield from _at(answer, place, value, every or tried.get(shape, ()))


def right_steps(answer, parts):
    """The expressions of an answer that give a part of the reference, other than an argument."""
    steps = _by_shape((piece.values, piece) for piece in parts)
    given = [part for part in answer.draws[0] if is_floats(part)]
    return {
        node
        for _, node, value in answer.places()
        if not isinstance(node, (ast.Name, ast.Constant)) and is_floats(value)
        if math.prod(np.shape(value)) > 1 and not _among(value, given)
        if _among(value, (values[0] for values, _ in steps.get(np.shape(value), ())))
    }


def _is_length(node):
    """Whether it is a length, for which another number, or one for each row, may be wanted."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "len"


def _by_shape(pieces):
    """{shape: [(values on each draw, piece)]} of those with floats alone."""
    found = {}
    for values, piece in pieces:
        if all(map(is_floats, values)):
            found.setdefault(np.shape(values[0]), []).append((values, piece))
    return found


def _among(value, others):
    """Whether an array is one of the others."""
    return any(near(arrays(value), arrays(other)) for other in others)


def _is_name(one):
    return isinstance(one[1], ast.Name)


def _at(answer, place, value, pieces):
    """The Replacements at a place, each value once."""
    seen = [value]
    for values, piece in pieces:
        if not _among(values[0], seen):
            seen.append(values[0])
            edit = Edit(frozenset([place]), VALUE, partial(_on_its_draw, answer, values))
            uses = piece.uses if values is piece.values else None
            more = partial(_compared, answer, place, values, uses)
            yield Replacement(edit, ("located",), *told(answer, edit, WRONG), more)


def _on_its_draw(answer, values, _):
    return values[answer.k]


def _compared(answer, place, values, uses):
    """What distinguishes the value at a place from what belongs there, in a sentence, or ""."""
    got, wanted = [arrays(seen[place]) for seen in answer.seen], list(map(arrays, values))
    pairs = [(a[0], b[0]) for a, b in zip(got, wanted, strict=True) if a and b]
    said = diagnose(pairs, [arrays(given) or () for given in answer.draws], EXACT, 1e-9)
    if said:
        return f" {said[1]}"
    own = answer.uses(answer.watched.nodes[place])
    if own is None or uses is None or not uses <= {*answer.arguments}:
        return ""
    unused = uses - answer.used(tuple(answer.arguments))
    if unused:
        return f" What belongs there depends on {_listed(unused)} too."
    return f" It depends on {_listed(own - uses)}, and should not." if own - uses else ""


def _listed(names):
    return " and ".join(f"`{name}`" for name in sorted(names))
