"""Expressions: what they consist of, and how others are built from them."""

import ast
import copy

from vaelib.teaching.exercises.parts import Argument, Kept, Local

LOAD = ast.Load()


def constant(value):
    """A number as an expression."""
    return ast.Constant(value)


def expression(part):
    """An expression as it is; of a number, a tuple of numbers, None or `...`, the expression."""
    if isinstance(part, tuple):
        return ast.Tuple(list(map(expression, part)), LOAD)
    return part if isinstance(part, ast.expr) else constant(part)


def attribute(x, name):
    """An attribute, x.name."""
    return ast.Attribute(x, name, LOAD)


def call(x, name, *arguments, **words):
    """A method's call, x.name(…)."""
    keywords = [ast.keyword(word, expression(value)) for word, value in words.items()]
    return ast.Call(attribute(x, name), list(map(expression, arguments)), keywords)


def library(name, *arguments):
    """The call of a library's function, "torch.special.ndtr"."""
    return ast.Call(ast.parse(name, mode="eval").body, list(map(expression, arguments)), [])


def piece(x, *index):
    """A part of an array, x[…]."""
    return ast.Subscript(x, expression(index if len(index) > 1 else index[0]), LOAD)


def span(start=None, stop=None):
    """The slice start:stop."""
    return ast.Slice(*(None if end is None else expression(end) for end in (start, stop)))


def negative(x):
    """Minus x."""
    return ast.UnaryOp(ast.USub(), x)


def inverted(x):
    """Not x, element by element."""
    return ast.UnaryOp(ast.Invert(), x)


def joined(left, operation, right):
    """Two expressions, or an expression and a number, with an operation between them."""
    return ast.BinOp(expression(left), operation(), expression(right))


def times(left, right):
    """A product."""
    return joined(left, ast.Mult, right)


def total(parts):
    """The sum of [(sign, term)], or None where there are no terms."""
    whole = None
    for sign, term in parts:
        if whole is None:
            whole = term if sign > 0 else negative(term)
        else:
            whole = joined(whole, ast.Add if sign > 0 else ast.Sub, term)
    return whole


def product(parts):
    """The product of [(power, factor)], or None where there are no factors."""
    whole = None
    for power, factor in parts:
        if whole is None:
            whole = factor if power > 0 else joined(1.0, ast.Div, factor)
        else:
            whole = joined(whole, ast.Mult if power > 0 else ast.Div, factor)
    return whole


def instead(parts, k, *others):
    """Terms or factors with others, or none, in the place of number k."""
    return [*parts[:k], *others, *parts[k + 1 :]]


def is_sum(node):
    """Whether it adds or subtracts."""
    return isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub))


def is_product(node):
    """Whether it multiplies, divides or negates."""
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.USub)
    return isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Mult, ast.Div))


def is_power(node):
    """Whether it is a power."""
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow)


def terms(node, sign=1):
    """A sum as [(sign, term)]; anything else is its own only term."""
    match node:
        case ast.BinOp(left, ast.Add(), right):
            return terms(left, sign) + terms(right, sign)
        case ast.BinOp(left, ast.Sub(), right):
            return terms(left, sign) + terms(right, -sign)
        case ast.UnaryOp(ast.USub(), operand) if not isinstance(operand, ast.Constant):
            return terms(operand, -sign)
    return [(sign, node)]


def factors(node, power=1):
    """A product as [(power, factor)], the power −1 for a divisor; else its own only factor."""
    match node:
        case ast.BinOp(left, ast.Mult(), right):
            return factors(left, power) + factors(right, power)
        case ast.BinOp(left, ast.Div(), right):
            return factors(left, power) + factors(right, -power)
        case ast.UnaryOp(ast.USub(), operand) if not isinstance(operand, ast.Constant):
            return [(1, constant(-1)), *factors(operand, power)]
    return [(power, node)]


def seen_through(node):
    """The expression that a local name stands for."""
    while isinstance(node, Local) and not isinstance(node.target, Argument):
        node = node.target
    return node


def method(node):
    """The name of the method or function that is called, or None."""
    match node:
        case ast.Call(ast.Attribute(_, name)) | ast.Call(ast.Name(name)):
            return name


def of_library(node):
    """Whether a call is of a library's function, torch.sum(x), and not of a method, x.sum()."""
    match node.func:
        case ast.Attribute(ast.Name("torch" | "math" | "np")):
            return True
        case ast.Attribute(ast.Attribute(ast.Name("torch"), "special" | "linalg")):
            return True
    return False


def subject(node):
    """What a method is called of, or a function is given first."""
    if of_library(node) or isinstance(node.func, ast.Name):
        return node.args[0] if node.args else node.func
    return node.func.value


def with_subject(node, x, name=None):
    """The call with another subject, and perhaps another name."""
    name = name or method(node)
    if name == "sigmoid":
        return call(x, name)
    if of_library(node):
        return ast.Call(attribute(node.func.value, name), [x, *node.args[1:]], node.keywords)
    if isinstance(node.func, ast.Name):
        return ast.Call(ast.Name(name, LOAD), [x, *node.args[1:]], node.keywords)
    return ast.Call(attribute(x, name), node.args, node.keywords)


def replaced(whole, node, new):
    """The expression with another one in the place of Kept(node); itself where there is none."""
    if isinstance(whole, Kept):
        return new if whole.node is node else whole
    if isinstance(whole, (Argument, Local)) or not isinstance(whole, ast.AST):
        return whole
    changed = {}
    for name, value in ast.iter_fields(whole):
        if isinstance(value, list):
            made = [replaced(part, node, new) for part in value]
            if any(a is not b for a, b in zip(made, value, strict=True)):
                changed[name] = made
        elif (made := replaced(value, node, new)) is not value:
            changed[name] = made
    if not changed:
        return whole
    made = copy.copy(whole)
    for name, value in changed.items():
        setattr(made, name, value)
    return made
