"""A reader's function that can be run with changes in it: another value, operation or call.

    watched = Watched(function)
    watched.run(given, seen={})                    # as it stands; {place: value} goes into `seen`
    watched.run(given, Edit({place}, VALUE, torch.exp))

A place is the number of an expression in the source, `watched.nodes[place]`. Every expression
reports its value to the object that runs it, so nothing is compiled twice.
"""

import ast
import inspect
import operator
from collections.abc import Callable
from typing import NamedTuple

from vaelib.teaching.exercises.answers.source import Watching, compiled, helpers_of, source_of
from vaelib.teaching.exercises.formula import OPERATIONS

VALUE, OPERATION, CALL, ATTRIBUTE, INDEX, ARGUMENT = range(6)
KEEPING = (list, dict, set)  # what a function may fill at every run: it gets its own
PLAIN = (
    ast.FunctionDef, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Return, ast.Expr, ast.If,
    ast.For, ast.Pass,
)  # fmt: skip


class Edit(NamedTuple):
    """A change at some places: `change` gets what would have been used there.

    A VALUE's takes the value to another; an OPERATION's gets the operator and its operands, a
    CALL's the owner, the name, arguments and keywords, an ATTRIBUTE's the owner and the name, an
    INDEX's the owner and the index. An ARGUMENT's places are the arguments' numbers.
    """

    places: frozenset
    kind: int
    change: Callable


AS_IT_STANDS = Edit(frozenset(), VALUE, None)


class Watched:
    """A plain function and its helpers of the same cell or file, watched.

    Attributes
    ----------
    nodes : list of ast.expr
        Its expressions as they stand in the source.
    source : str
        The text that holds them.
    trees : list of ast.FunctionDef or ast.Lambda
        The function's, then the helpers'.

    Raises
    ------
    TypeError
        For a function whose source cannot be had, or that does more than assign, loop, choose.
    """

    def __init__(self, function):
        function = inspect.unwrap(function)
        self.source, tree = source_of(function)
        names = {**function.__globals__, **inspect.getclosurevars(function).nonlocals}
        names = {name: _own(value) for name, value in names.items()}
        self.trees = [tree, *helpers_of(tree, function, names)]
        lines = [node for one in self.trees for node in ast.walk(one) if isinstance(node, ast.stmt)]
        if not all(isinstance(line, PLAIN) for line in lines):
            raise TypeError(f"{function.__name__} does more than assign, loop and choose")
        self.nodes, self._texts = [], {}
        self.edits, self.seen = (AS_IT_STANDS,), None
        reports = {name: getattr(self, name) for name in REPORTS}
        scope = names | reports | {"_ast": ast, "_slice": slice}
        for one in reversed(self.trees):
            self.function = compiled(Watching(self.nodes, names, one).tree, scope)
        self.function.__defaults__ = tuple(map(_own, function.__defaults__ or ()))
        self.function.__kwdefaults__ = function.__kwdefaults__

    def run(self, given, *edits, seen=None):
        """The function's value with changes; the values at all places are kept in `seen`."""
        self.edits, self.seen = edits, seen
        given = [self._changed(ARGUMENT, i, part) for i, part in enumerate(given)]
        return self.function(*given)

    def text(self, node):
        """The source of an expression, in one line."""
        if node not in self._texts:
            segment = ast.get_source_segment(self.source, node) or ""
            self._texts[node] = " ".join(segment.split())
        return self._texts[node]

    def _changed(self, kind, place, value):
        for edit in self.edits:
            if edit.kind == kind and place in edit.places:
                value = edit.change(value)
        return value

    def _at(self, place, value):
        if self.seen is not None:
            self.seen[place] = value
        return self._changed(VALUE, place, value)

    def _operation(self, place, kind, *operands):
        return self._result(OPERATION, place, (kind, *operands), _operate)

    def _call(self, place, owner, name, *arguments, **words):
        return self._result(CALL, place, (owner, name, arguments, words), called)

    def _attribute(self, place, owner, name):
        return self._result(ATTRIBUTE, place, (owner, name), getattr)

    def _index(self, place, owner, index):
        return self._result(INDEX, place, (owner, index), operator.getitem)

    def _result(self, kind, place, parts, usual):
        for edit in self.edits:
            if edit.kind == kind and place in edit.places:
                return edit.change(*parts)
        return usual(*parts)


REPORTS = ("_at", "_operation", "_call", "_attribute", "_index")


def called(owner, name, arguments, words):
    """What a method, or a function without a name, gives."""
    return (getattr(owner, name) if name else owner)(*arguments, **words)


def _own(value):
    """A copy of what may be filled, anything else as it is."""
    return value.copy() if type(value) in KEEPING else value


def _operate(kind, *operands):
    return OPERATIONS[kind](*operands)
