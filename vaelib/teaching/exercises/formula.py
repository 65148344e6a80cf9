"""A reference as its parts: straight-line Python, evaluated part by part, with changes at some.

    formula = Formula(reference)
    values = Values(formula, inputs)
    values.of({})                      # the reference's value
    values.of({part: other})           # with another expression in the place of a part

A part is a node of Python's own `ast`. A local name stands for its expression and a function of the
same module for its body, so a change of either is seen wherever it is used.
"""

import ast
import builtins
import inspect
import operator
from functools import cache

from vaelib.teaching.exercises.parts import (
    Argument,
    Kept,
    Local,
    Opaque,
    children,
    labelled,
    returned,
)

OPERATIONS = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv, ast.Pow: operator.pow, ast.MatMult: operator.matmul,
    ast.BitAnd: operator.and_, ast.BitOr: operator.or_, ast.Mod: operator.mod,
    ast.USub: operator.neg, ast.UAdd: operator.pos, ast.Invert: operator.invert,
    ast.Not: operator.not_, ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt,
    ast.GtE: operator.ge, ast.Eq: operator.eq, ast.NotEq: operator.ne,
}  # fmt: skip


@cache
def formula_of(function):
    """Return the parts of a function, made once."""
    return Formula(function)


class Formula:
    """The parts of a function.

    Attributes
    ----------
    root : ast.expr
        What it returns.
    arguments : dict
        {name: Argument}.
    parents : dict
        {part: the parts that hold it}.
    homes : dict
        {part: the local name in which it stands, or ""}.
    """

    def __init__(self, function):
        self.function = function
        scope = {
            name: labelled(Argument(), name) for name in inspect.signature(function).parameters
        }
        self.arguments = dict(scope)
        self.root = returned(function, scope)
        self.parents, self.homes, self._above, self._used = {}, {}, {}, {}
        self._enter(self.root, "")

    def _enter(self, node, home):
        self.homes[node] = home
        inside = node.name if isinstance(node, Local) else home
        for child in children(node):
            seen = child in self.parents
            self.parents.setdefault(child, []).append(node)
            if not seen:
                self._enter(child, inside)

    def used_in(self, node):
        """The names of the arguments that a part, or an expression of parts, depends on."""
        if node in self._used:
            return self._used[node]
        own = (node.name,) if isinstance(node, Argument) else ()
        used = frozenset(own).union(*map(self.used_in, children(node)))
        if node in self.homes:
            self._used[node] = used
        return used

    def above(self, node):
        """All parts whose values a part's value enters."""
        if node not in self._above:
            found, waiting = set(), [node]
            while waiting:
                for parent in self.parents.get(waiting.pop(), ()):
                    if parent not in found:
                        found.add(parent)
                        waiting.append(parent)
            self._above[node] = found
        return self._above[node]


def used_after(formula, changes):
    """The arguments that a formula depends on with other expressions in some places."""

    def used(node, inside):
        if node is None:  # an end of a slice
            return frozenset()
        if isinstance(node, Kept):
            node, inside = node.node, (*inside, node.node)
        if node in changes and node not in inside:
            return used(changes[node], (*inside, node))
        own = (node.name,) if isinstance(node, Argument) else ()
        return frozenset(own).union(*(used(part, inside) for part in children(node)))

    return used(formula.root, ())


class Values:
    """The values of a formula's parts on one draw of the inputs, and what changes make of it."""

    def __init__(self, formula, given):
        self.formula = formula
        given = inspect.signature(formula.function).bind(*given)
        given.apply_defaults()
        self.known = {formula.arguments[name]: part for name, part in given.arguments.items()}
        self.names = {**vars(builtins), **formula.function.__globals__}
        self.value = self._of(formula.root, {}, self.known, ())

    def part(self, node):
        """The value of one part, or None where it has none."""
        try:
            return self._of(node, {}, self.known, ())
        except Exception:
            return None

    def value_of(self, node):
        """The value of a part, or of an expression that holds parts, or None."""
        try:
            return self._of(node, {}, {}, ())
        except Exception:
            return None

    def of(self, changes):
        """The formula's value with other expressions {part: expression} in some places."""
        touched = set(changes).union(*map(self.formula.above, changes))
        return self._of(self.formula.root, changes, {}, touched)

    def _of(self, node, changes, own, touched):
        """A part's value: as it was before, as changed, or from its own parts."""
        if node in self.known and node not in touched:
            return self.known[node]
        if node in own:
            return own[node]
        new = changes.get(node, node)
        if (
            new is not node and new in self.formula.homes
        ):  # a part of the formula, with its own change
            value = self._of(new, changes, own, touched)
        else:
            value = KINDS[type(new)](self, new, (changes, own, touched))
        own[node] = value
        return value

    def _kept(self, node, state):
        """What a part would be without its own change; changes below it count."""
        node, changes = node.node, state[0]
        if node in self.known and not any(
            part is not node and node in self.formula.above(part) for part in changes
        ):
            return self.known[node]
        return KINDS[type(node)](self, node, state)

    def _argument(self, node, state):
        return self.known[node]

    def _local(self, node, state):
        return self._of(node.target, *state)

    def _opaque(self, node, state):
        own = {use.name: self._of(use, *state) for use in node.free}
        return eval(node.code, self.names | own)

    def _constant(self, node, state):
        return node.value

    def _name(self, node, state):
        return self.names[node.id]

    def _attribute(self, node, state):
        return getattr(self._of(node.value, *state), node.attr)

    def _call(self, node, state):
        func = node.func
        if isinstance(func, ast.Attribute):  # never kept: its subject may change
            called = getattr(self._of(func.value, *state), func.attr)
        else:
            called = self._of(func, *state)
        given = [self._of(part, *state) for part in node.args]
        return called(*given, **{word.arg: self._of(word.value, *state) for word in node.keywords})

    def _binary(self, node, state):
        left, right = self._of(node.left, *state), self._of(node.right, *state)
        return OPERATIONS[type(node.op)](left, right)

    def _unary(self, node, state):
        return OPERATIONS[type(node.op)](self._of(node.operand, *state))

    def _compare(self, node, state):
        left, right = self._of(node.left, *state), self._of(node.comparators[0], *state)
        return OPERATIONS[type(node.ops[0])](left, right)

    def _subscript(self, node, state):
        return self._of(node.value, *state)[self._of(node.slice, *state)]

    def _slice(self, node, state):
        ends = node.lower, node.upper, node.step
        return slice(*(end and self._of(end, *state) for end in ends))

    def _tuple(self, node, state):
        return tuple([self._of(part, *state) for part in node.elts])

    def _list(self, node, state):
        return [self._of(part, *state) for part in node.elts]


KINDS = {
    Kept: Values._kept, Argument: Values._argument, Local: Values._local, Opaque: Values._opaque,
    ast.Constant: Values._constant, ast.Name: Values._name, ast.Attribute: Values._attribute,
    ast.Call: Values._call, ast.BinOp: Values._binary, ast.UnaryOp: Values._unary,
    ast.Compare: Values._compare, ast.Subscript: Values._subscript, ast.Slice: Values._slice,
    ast.Tuple: Values._tuple, ast.List: Values._list,
}  # fmt: skip
