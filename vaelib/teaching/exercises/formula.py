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
import copy
import inspect
import operator
import textwrap
from functools import cache

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


class Argument(ast.expr):
    """An argument of the reference, shared by all places where it is used."""

    _fields = ()


class Local(ast.expr):
    """One use of a local name, of an argument, or of a helper's result: `name` for `target`."""

    _fields = ("target",)


class Opaque(ast.expr):
    """A loop within an expression, evaluated as it stands from the names that it uses."""

    _fields = ("free",)


class Kept(ast.expr):
    """Within an expression that replaces `node`: the node itself."""

    _fields = ()

    def __init__(self, node):
        super().__init__()
        self.node = node


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
        scope = {name: _named(Argument(), name) for name in inspect.signature(function).parameters}
        self.arguments = dict(scope)
        self.root = _returned(function, scope)
        self.parents, self.homes, self._above = {}, {}, {}
        self._enter(self.root, "")

    def _enter(self, node, home):
        self.homes[node] = home
        inside = node.name if isinstance(node, Local) else home
        for child in children(node):
            seen = child in self.parents
            self.parents.setdefault(child, []).append(node)
            if not seen:
                self._enter(child, inside)

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
        value = own[node] = KINDS[type(new)](self, new, (changes, own, touched))
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
        return slice(
            *(part and self._of(part, *state) for part in (node.lower, node.upper, node.step))
        )

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


def children(node):
    """The parts of a part."""
    if isinstance(node, ast.Call):
        own = [node.func.value] if isinstance(node.func, ast.Attribute) else []
        return [*own, *node.args, *(word.value for word in node.keywords)]
    return [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]


def _named(node, name):
    node.name = name
    return node


def _returned(function, scope):
    """What a function returns, in terms of the expressions that its arguments stand for."""
    tree = _source(function)
    if isinstance(tree, ast.Lambda):
        return _resolved(tree.body, scope, function)
    for line in tree.body:
        match line:
            case ast.Expr(ast.Constant()):
                continue
            case ast.Assign([ast.Name(name)], value):
                scope[name] = _resolved(value, scope, function)
            case ast.Assign([ast.Tuple(names)], value):
                whole = _resolved(value, scope, function)
                for k, part in enumerate(names):
                    scope[part.id] = ast.Subscript(whole, ast.Constant(k), ast.Load())
            case ast.Return(value):
                return _resolved(value, scope, function)
            case _:
                raise TypeError(f"{function.__name__}: line {line.lineno} is no plain assignment")
    raise TypeError(f"{function.__name__} returns nothing")


def _resolved(node, scope, function):
    """A copy of an expression in which names stand for what they were given, helpers for theirs."""
    match node:
        case ast.Name(name) if name in scope:
            use = _named(Local(), name)
            use.target = scope[name]
            return use
        case ast.ListComp() | ast.GeneratorExp() | ast.Lambda():
            return _opaque(node, scope)
        case ast.Call(ast.Name(name)) if _own(helper := function.__globals__.get(name), function):
            given = [_resolved(part, scope, function) for part in node.args]
            named = {word.arg: _resolved(word.value, scope, function) for word in node.keywords}
            bound = inspect.signature(helper).bind(*given, **named)
            defaults = {
                name: ast.Constant(p.default)
                for name, p in inspect.signature(helper).parameters.items()
                if name not in bound.arguments
            }
            use = _named(Local(), name)
            use.target = _returned(helper, {**defaults, **bound.arguments})
            return use
    made = copy.copy(node)
    for field, value in ast.iter_fields(node):
        if isinstance(value, list):
            setattr(made, field, [_resolved_part(part, scope, function) for part in value])
        else:
            setattr(made, field, _resolved_part(value, scope, function))
    return made


def _resolved_part(part, scope, function):
    if isinstance(part, ast.keyword):
        return ast.keyword(part.arg, _resolved(part.value, scope, function))
    return _resolved(part, scope, function) if isinstance(part, ast.expr) else part


def _opaque(node, scope):
    made = Opaque()
    used = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    made.free = [_named(Local(), name) for name in sorted(used & {*scope})]
    for use in made.free:
        use.target = scope[use.name]
    made.code = compile(ast.fix_missing_locations(ast.Expression(node)), "<reference>", "eval")
    return made


def _own(helper, function):
    """Whether it is a function of the reference's own module."""
    return inspect.isfunction(helper) and helper.__module__ == function.__module__


@cache
def _source(function):
    """A function's or lambda's tree; of a lambda, the one on its line."""
    if function.__name__ != "<lambda>":
        return ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    lines = inspect.getsource(inspect.getmodule(function))
    first = function.__code__.co_firstlineno
    [tree] = [
        node
        for node in ast.walk(ast.parse(lines))
        if isinstance(node, ast.Lambda) and node.lineno == first
    ]
    return tree
