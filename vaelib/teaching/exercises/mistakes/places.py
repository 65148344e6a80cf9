"""Places of a formula, what may stand there instead, and expressions to build that from."""

import ast
import copy
from typing import Any, NamedTuple

import numpy as np
import torch

from vaelib.teaching.exercises.formula import Argument, Formula, Kept, Local, Values

LOAD = ast.Load()


class Place(NamedTuple):
    """A part of a formula, and its value on one draw of the inputs."""

    node: ast.expr
    value: Any
    formula: Formula
    values: Values

    @property
    def parents(self):
        """The parts that hold it."""
        return self.formula.parents.get(self.node, ())

    @property
    def kept(self):
        """The part itself, to stand within what replaces it."""
        return Kept(self.node)

    def value_of(self, node):
        """The value of another part, or None."""
        return self.values.part(node)


class Change(NamedTuple):
    """What stands at a place by mistake, and a sentence on it.

    Rare ones are not tried together with a second mistake.
    """

    new: ast.expr
    sentence: str
    rare: bool = False
    swaps: dict = {}  # other parts that change at the same time


def constant(value):
    """A number as an expression."""
    return ast.Constant(value)


def call(x, name, *arguments):
    """A method's call, x.name(…)."""
    given = [part if isinstance(part, ast.expr) else constant(part) for part in arguments]
    return ast.Call(ast.Attribute(x, name, LOAD), given, [])


def joined(left, operation, right):
    """Two expressions, or an expression and a number, with an operation between them."""
    left, right = (part if isinstance(part, ast.expr) else constant(part) for part in (left, right))
    return ast.BinOp(left, operation(), right)


def times(left, right):
    """A product."""
    return joined(left, ast.Mult, right)


def terms(node, sign=1):
    """A sum as [(sign, term)]."""
    match node:
        case ast.BinOp(left, ast.Add(), right):
            return terms(left, sign) + terms(right, sign)
        case ast.BinOp(left, ast.Sub(), right):
            return terms(left, sign) + terms(right, -sign)
        case ast.UnaryOp(ast.USub(), operand) if not isinstance(operand, ast.Constant):
            return terms(operand, -sign)
    return [(sign, node)]


def total(parts):
    """The sum of [(sign, term)]."""
    whole = None
    for sign, term in parts:
        if whole is None:
            whole = term if sign > 0 else ast.UnaryOp(ast.USub(), term)
        else:
            whole = joined(whole, ast.Add if sign > 0 else ast.Sub, term)
    return whole


def factors(node, power=1):
    """A product as [(1 or −1 for what is divided by, factor)]."""
    match node:
        case ast.BinOp(left, ast.Mult(), right):
            return factors(left, power) + factors(right, power)
        case ast.BinOp(left, ast.Div(), right):
            return factors(left, power) + factors(right, -power)
        case ast.UnaryOp(ast.USub(), operand) if not isinstance(operand, ast.Constant):
            return [(1, constant(-1)), *factors(operand, power)]
    return [(power, node)]


def product(parts):
    """The product of [(power, factor)]."""
    whole = None
    for power, factor in parts:
        if whole is None:
            whole = factor if power > 0 else joined(1.0, ast.Div, factor)
        else:
            whole = joined(whole, ast.Mult if power > 0 else ast.Div, factor)
    return whole


def is_sum(node):
    """Whether it adds or subtracts."""
    return isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub))


def is_product(node):
    """Whether it multiplies or divides."""
    negative = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub)
    return negative or isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Mult, ast.Div))


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


def subject(node):
    """What a method is called of, or a library's function is given first."""
    module = isinstance(node.func, ast.Attribute) and _is_module(node.func.value)
    if module or isinstance(node.func, ast.Name):
        return node.args[0] if node.args else node.func
    return node.func.value


def with_subject(node, x, name=None):
    """The call with another subject, and perhaps another name."""
    name = name or method(node)
    if name == "sigmoid":
        return call(x, name)
    module = isinstance(node.func, ast.Attribute) and _is_module(node.func.value)
    if module or isinstance(node.func, ast.Name):
        func = ast.Attribute(node.func.value, name, LOAD) if module else ast.Name(name, LOAD)
        return ast.Call(func, [x, *node.args[1:]], node.keywords)
    return ast.Call(ast.Attribute(x, name, LOAD), node.args, node.keywords)


def _is_module(node):
    match node:
        case ast.Name("torch" | "math" | "np"):
            return True
        case ast.Attribute(ast.Name("torch"), "special" | "linalg"):
            return True
    return False


def replaced(expression, node, new):
    """The expression with another one in the place of Kept(node); itself where there is none."""
    if isinstance(expression, Kept):
        return new if expression.node is node else expression
    if isinstance(expression, (Argument, Local)) or not isinstance(expression, ast.AST):
        return expression
    changed = {}
    for name, value in ast.iter_fields(expression):
        if isinstance(value, list):
            made = [replaced(part, node, new) for part in value]
            if any(a is not b for a, b in zip(made, value, strict=True)):
                changed[name] = made
        elif (made := replaced(value, node, new)) is not value:
            changed[name] = made
    if not changed:
        return expression
    made = copy.copy(expression)
    for name, value in changed.items():
        setattr(made, name, value)
    return made


def sum_of(node, formula):
    """The terms of a sum that is no part of another sum, [(sign, term)]."""
    top = is_sum(node) and not any(map(is_sum, formula.parents.get(node, ())))
    return terms(node) if top else []


def products_of(node):
    """The factors of a product, [(1 or −1, factor)], or nothing."""
    return factors(node) if is_product(node) else []


def shape_of(value):
    """A tensor's or array's shape as a tuple, or None."""
    return tuple(value.shape) if hasattr(value, "shape") else None


def is_real(value):
    """Whether it holds numbers that are not whole."""
    if torch.is_tensor(value):
        return value.is_floating_point()
    return (isinstance(value, (int, float, np.floating)) and not isinstance(value, bool)) or (
        isinstance(value, np.ndarray) and value.dtype.kind == "f"
    )
