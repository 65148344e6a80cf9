"""Every place of a reader's function with what may be wrong there: the Repairs that are tried."""

import ast
from itertools import chain
from typing import NamedTuple

from vaelib.teaching.exercises.answers.operations import (
    ALONG,
    REDUCING,
    of_attribute,
    of_call,
    of_index,
    of_operation,
)
from vaelib.teaching.exercises.answers.values import MAPS, SCALES, along_axes, is_floats, of_number
from vaelib.teaching.exercises.answers.watched import (
    ARGUMENT,
    ATTRIBUTE,
    CALL,
    INDEX,
    OPERATION,
    VALUE,
    Edit,
)

LONGEST = 72  # letters of the source that are shown
ORDINALS = ("first", "second", "third", "fourth")
SHORT = 12  # letters of a part that is shown with what it stands in
USES = {"name", "value", "reshaped"}  # a right value in a wrong place
ALIKE = {"number", "operation", "call", "attribute", "index"}  # wrong in many places alike


class Repair(NamedTuple):
    """A change, its name in a tuple, what is wrong in a sentence, and where: the source there."""

    edit: Edit
    errors: tuple
    sentence: str
    place: str
    said: str = ""  # the sentence before a place is put in


def repairs(answer, steps=frozenset()):
    """Every Repair of an Answer, the likelier first; then like ones at all places at once.

    Parameters
    ----------
    answer : Answer
    steps : set of ast.expr
        What gives a part of the reference is made rightly, though it may be used wrongly.
    """
    alike = {}
    kinds = _operators, _numbers, _parts, _limits, _arguments, _names, _values
    for kind, name, place, found in chain.from_iterable(find(answer) for find in kinds):
        if kind != ARGUMENT and answer.is_within(answer.watched.nodes[place], steps, name in USES):
            continue
        right = kind == VALUE and answer.watched.nodes[place] in steps
        for number, (change, said) in enumerate(found):
            if right and name != "name" and change not in SCALES:
                continue
            edit = Edit(frozenset([place]), kind, change)
            one = Repair(edit, (name,), *told(answer, edit, said), said)
            yield one
            if name in ALIKE:
                key = _likeness(answer.watched.nodes[place]), number
                alike.setdefault(key, []).append(one)
    yield from (_together(group) for group in alike.values() if len(group) > 1)


def _together(group):
    """One Repair at all places of a group."""
    places = frozenset().union(*(one.edit.places for one in group))
    first = group[0]
    return first._replace(edit=first.edit._replace(places=places))


def _likeness(node):
    """What places have in common that may be wrong in the same way."""
    match node:
        case ast.Constant(value):
            return repr(value)
        case ast.BinOp() | ast.UnaryOp() | ast.Compare():
            return ast.unparse(node)
        case ast.Call(ast.Attribute(_, name), _, _) | ast.Attribute(_, name):
            return type(node), name
        case ast.Call(func, _, _):
            return ast.unparse(func)
        case ast.Subscript(_, index):
            return ast.unparse(index)


def _operators(answer):
    axes = _all_axes(answer)
    for place, node, _ in answer.places():
        if isinstance(node, (ast.BinOp, ast.UnaryOp, ast.Compare)) and node not in axes:
            yield OPERATION, "operation", place, of_operation(node)


def _numbers(answer, in_calls=False):
    axes = _all_axes(answer)
    for place, node, value in answer.places():
        given = isinstance(answer.above[node], (ast.Call, ast.keyword))
        if isinstance(node, ast.Constant) and node not in axes and given == in_calls:
            yield VALUE, "number", place, of_number(value, _undone(answer, node))


def _limits(answer):
    """Numbers that are given to a call: the call itself may be what is wrong."""
    return _numbers(answer, in_calls=True)


def _all_axes(answer):
    """The constants that say along which axis: those are the calls' to change."""
    return {axis for _, node, _ in answer.places() for axis in _axes(node)}


def _parts(answer):
    """Calls, attributes and indices."""
    for place, node, _ in answer.places():
        match node:
            case ast.Call():
                yield CALL, "call", place, _of_call(answer, node)
            case ast.Attribute():
                owner = answer.value_of(node.value)
                yield ATTRIBUTE, "attribute", place, of_attribute(owner, node.attr)
            case ast.Subscript(owner, index):
                found = of_index(answer.value_of(owner), ast.unparse(index))
                yield INDEX, "index", place, found


def _undone(answer, node):
    """Whether a 0 in the place of a number would undo what it is combined with."""
    above = answer.above[node]
    return isinstance(above, ast.BinOp) and not isinstance(above.op, (ast.Add, ast.Sub))


def _axes(node):
    """The constants of a call that say along which axis."""
    match node:
        case ast.Call(ast.Attribute(_, name), given, words) if name in REDUCING | ALONG:
            for part in (*given, *(word.value for word in words)):
                yield from ast.walk(part) if _is_number(part) else ()


def _is_number(node):
    return isinstance(getattr(node, "operand", node), ast.Constant)


def _of_call(answer, node):
    method = isinstance(node.func, ast.Attribute)
    owner = answer.value_of(node.func.value) if method else None
    words = {word.arg: answer.value_of(word.value) for word in node.keywords}
    return of_call(owner, node.func.attr if method else "", node.args, words)


def _arguments(answer):
    """An argument that is taken for something else, wherever it is used."""
    for k, value in enumerate(answer.draws[0][: len(answer.arguments)]):
        if is_floats(value):
            yield ARGUMENT, "argument", k, MAPS
        yield ARGUMENT, "reshaped argument", k, along_axes(value)


def _names(answer):
    """Another name in the place of one."""
    for place, node, _ in answer.places():
        if isinstance(node, ast.Name):
            yield VALUE, "name", place, _other_names(answer, node)


def _other_names(answer, node):
    for other in answer.at_hand(node):
        if other != node.id:
            yield (lambda _, other=other: answer.scope[other]), "{} is not what belongs there."


def _values(answer):
    """Any value, taken for something else."""
    places = [one for one in answer.places() if not isinstance(one[1], ast.Constant)]
    for change in MAPS:
        for place, _, value in places:
            if is_floats(value):
                yield VALUE, "value", place, [change]
    for place, _, value in places:
        yield VALUE, "reshaped", place, along_axes(value)


def told(answer, edit, said):
    """The sentence on a change, and the source of its place."""
    [place] = edit.places
    if edit.kind == ARGUMENT:
        name = answer.arguments[place]
        return f"Wherever you use it, {said.format(f'`{name}`')}", name
    node, text = answer.watched.nodes[place], answer.watched.text
    sides = {}
    match node:
        case ast.BinOp(left, _, right) | ast.Compare(left, _, [right]):
            sides = {"left": f"`{text(left)}`", "right": f"`{text(right)}`"}
        case ast.UnaryOp(_, operand):
            sides = {"right": f"`{text(operand)}`"}
    shown = f"`{_shown(text(node))}`"
    above = answer.above.get(node)
    if len(text(node)) <= SHORT and isinstance(above, ast.expr) and "{} in" not in said:
        shown += f" ({_which(answer, node, above)}in `{_shown(text(above))}`)"
    said = said.format(shown, **sides)
    return f"In your line {node.lineno}: {said[0].upper() + said[1:]}", _shown(text(node))


def _which(answer, node, above):
    """Which of several places that read alike, "the first "."""
    alike = [part for part in ast.walk(above) if isinstance(part, ast.expr)]
    alike = [part for part in alike if answer.watched.text(part) == answer.watched.text(node)]
    alike.sort(key=lambda part: (part.lineno, part.col_offset))
    return f"the {ORDINALS[alike.index(node)]} " if 1 < len(alike) <= len(ORDINALS) else ""


def _shown(text):
    half = LONGEST // 2
    return text if len(text) <= LONGEST else f"{text[:half]} … {text[-half:]}"
