"""A function's source as one expression: names stand for what they were given.

A part is a node of Python's own `ast`, or one of the four kinds below.
"""

import ast
import copy
import inspect
import textwrap
from functools import cache


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


def children(node):
    """The parts of a part."""
    if isinstance(node, ast.Call):
        own = [node.func.value] if isinstance(node.func, ast.Attribute) else []
        return [*own, *node.args, *(word.value for word in node.keywords)]
    return [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]


def labelled(node, name, **fields):
    """The node, with its name and other fields."""
    for field, value in {"name": name, **fields}.items():
        setattr(node, field, value)
    return node


def returned(function, scope):
    """What a function returns, in terms of what its arguments stand for, {name: expression}."""
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
            return labelled(Local(), name, target=scope[name])
        case ast.ListComp() | ast.GeneratorExp() | ast.Lambda():
            return _opaque(node, scope)
        case ast.Call(ast.Name(name)) if _own(function.__globals__.get(name), function):
            return _helped(node, scope, function)
    made = copy.copy(node)
    for field, value in ast.iter_fields(node):
        if isinstance(value, list):
            setattr(made, field, [_resolved_part(part, scope, function) for part in value])
        else:
            setattr(made, field, _resolved_part(value, scope, function))
    return made


def _helped(node, scope, function):
    """A helper's call as what the helper returns, in terms of what it is given."""
    helper = function.__globals__[node.func.id]
    signature = inspect.signature(helper)
    given = [_resolved(part, scope, function) for part in node.args]
    words = {word.arg: _resolved(word.value, scope, function) for word in node.keywords}
    bound = signature.bind(*given, **words).arguments
    defaults = {
        name: ast.Constant(parameter.default)
        for name, parameter in signature.parameters.items()
        if name not in bound
    }
    return labelled(Local(), node.func.id, target=returned(helper, {**defaults, **bound}))


def _resolved_part(part, scope, function):
    if isinstance(part, ast.keyword):
        return ast.keyword(part.arg, _resolved(part.value, scope, function))
    return _resolved(part, scope, function) if isinstance(part, ast.expr) else part


def _opaque(node, scope):
    """A loop as it stands, and the names of the scope that it uses."""
    used = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    made = Opaque()
    made.free = [labelled(Local(), name, target=scope[name]) for name in sorted(used & {*scope})]
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
    lambdas = [node for node in ast.walk(ast.parse(lines)) if isinstance(node, ast.Lambda)]
    [tree] = [node for node in lambdas if node.lineno == first]
    return tree
