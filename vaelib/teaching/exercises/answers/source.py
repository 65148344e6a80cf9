"""The source of a reader's function, and the same function with reports in it."""

import ast
import builtins
import linecache
import types

from vaelib.teaching.exercises.formula import OPERATIONS

NO_VALUE = (ast.Starred, ast.Slice, ast.JoinedStr, ast.FormattedValue, ast.Lambda)


def source_of(function):
    """The text that holds a function, such as a notebook's cell, and its tree in it."""
    code = function.__code__
    text = "".join(linecache.getlines(code.co_filename))
    kind = ast.Lambda if code.co_name == "<lambda>" else ast.FunctionDef
    try:
        trees = [node for node in ast.walk(ast.parse(text)) if isinstance(node, kind)]
    except SyntaxError:
        trees = []
    found = [tree for tree in trees if _first_line(tree) == code.co_firstlineno]
    if len(found) != 1:
        raise TypeError(f"{function.__name__}: its source cannot be had")
    return text, found[0]


def _first_line(tree):
    return min([tree.lineno, *(each.lineno for each in getattr(tree, "decorator_list", ()))])


def helpers_of(tree, function, names):
    """The trees of functions of the same cell or file that are used, and of those that they use."""
    found, waiting = {}, [tree]
    while waiting:
        for part in ast.walk(waiting.pop()):
            helper = names.get(part.id) if isinstance(part, ast.Name) else None
            code = getattr(helper, "__code__", None)
            own = code and code.co_filename == function.__code__.co_filename
            if own and helper is not function and part.id not in found:
                found[part.id] = source_of(helper)[1]
                waiting.append(found[part.id])
    return found.values()


def compiled(tree, scope):
    """The function of a tree, defined in a scope."""
    if isinstance(tree, ast.Lambda):
        tree = ast.fix_missing_locations(ast.Expression(tree))
        return eval(compile(tree, "<answer>", "eval"), scope)
    tree.decorator_list = []
    tree = ast.fix_missing_locations(ast.Module([tree], []))
    exec(compile(tree, "<answer>", "exec"), scope)
    return scope[tree.body[0].name]


class Watching(ast.NodeTransformer):
    """Puts a report around every expression that has a value; `tree` is the new one."""

    def __init__(self, nodes, names, tree):
        self.nodes = nodes
        own = {part.arg for part in ast.walk(tree) if isinstance(part, ast.arg)}
        own |= {
            part.id
            for part in ast.walk(tree)
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
        }
        tools = {name for name, value in names.items() if _is_tool(value)} | {*dir(builtins)}
        self.tools = tools - own
        self.tree = self._inside(tree)

    def visit(self, node):
        """A node, or a report of it."""
        if isinstance(node, ast.arguments) or self._is_tool(node):
            return node
        if not _has_value(node):
            return self._inside(node)
        place = ast.Constant(len(self.nodes))
        self.nodes.append(node)
        match node:
            case ast.BinOp(left, op, right) | ast.Compare(left, [op], [right]) if _known(op):
                given = self.visit(left), self.visit(right)
                return _report("_at", place, _report("_operation", place, _kind(op), *given))
            case ast.UnaryOp(op, operand):
                inner = _report("_operation", place, _kind(op), self.visit(operand))
            case ast.Call(func, args, words):
                method = isinstance(func, ast.Attribute)
                owner, name = (func.value, func.attr) if method else (func, "")
                given = [self.visit(owner), ast.Constant(name), *map(self.visit, args)]
                inner = _report("_call", place, *given)
                inner.keywords = [self._inside(word) for word in words]
            case ast.Attribute(owner, name):
                inner = _report("_attribute", place, self.visit(owner), ast.Constant(name))
            case ast.Subscript(owner, index):
                inner = _report("_index", place, self.visit(owner), self._indexed(index))
            case _:
                inner = self._inside(node)
        return _report("_at", place, inner)

    def _indexed(self, index):
        """An index whose slices are made by calls."""
        match index:
            case ast.Tuple(parts):
                return ast.Tuple(list(map(self._indexed, parts)), ast.Load())
            case ast.Slice(lower, upper, step):
                ends = (lower, upper, step)
                ends = [self.visit(end) if end else ast.Constant(None) for end in ends]
                return _report("_slice", *ends)
        return self.visit(index)

    def _is_tool(self, node):
        """Whether it names a module, a function or a class, or an attribute of one."""
        while isinstance(node, ast.Attribute):
            node = node.value
        return isinstance(node, ast.Name) and node.id in self.tools

    def _inside(self, node):
        """A copy of a node whose parts report."""
        new = type(node)(**{name: self._part(part) for name, part in ast.iter_fields(node)})
        return ast.copy_location(new, node) if hasattr(node, "lineno") else new

    def _part(self, part):
        if isinstance(part, list):
            return [self._part(each) for each in part]
        return self.visit(part) if isinstance(part, ast.AST) else part


def _is_tool(value):
    return callable(value) or isinstance(value, types.ModuleType)


def _has_value(node):
    """Whether it is an expression that is read, and no index with a slice in it."""
    if not isinstance(node, ast.expr) or isinstance(node, NO_VALUE):
        return False
    if isinstance(node, ast.Tuple) and any(isinstance(part, ast.Slice) for part in node.elts):
        return False
    return isinstance(getattr(node, "ctx", ast.Load()), ast.Load)


def _known(op):
    return type(op) in OPERATIONS


def _report(name, *given):
    return ast.Call(ast.Name(name, ast.Load()), list(given), [])


def _kind(op):
    return ast.Attribute(ast.Name("_ast", ast.Load()), type(op).__name__, ast.Load())
