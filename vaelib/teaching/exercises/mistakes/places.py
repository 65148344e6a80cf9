"""Places of a formula, and what may stand there by mistake."""

import ast
from functools import wraps
from typing import Any, NamedTuple

import numpy as np
import torch

from vaelib.teaching.exercises.formula import Formula, Values
from vaelib.teaching.exercises.mistakes.expressions import factors, is_product, is_sum, terms
from vaelib.teaching.exercises.parts import Argument, Kept, Local


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

    @property
    def is_result(self):
        """Whether it is all that is returned, or stands in a tuple."""
        return not self.parents or any(isinstance(parent, ast.Tuple) for parent in self.parents)

    @property
    def is_named(self):
        """Whether it is an argument or the use of a name."""
        return isinstance(self.node, (Argument, Local))

    @property
    def shape(self):
        """Its value's shape, or () where it has none."""
        return shape_of(self.value) or ()

    @property
    def terms(self):
        """Its terms, [(sign, term)], where it is a sum that is no part of another sum."""
        return terms_of(self.node, self.formula)

    @property
    def factors(self):
        """Its factors, [(power, factor)], where it is a product that is no part of another one."""
        return [] if any(map(is_product, self.parents)) else factors_of(self.node)

    def value_of(self, node):
        """The value of another part, or None."""
        return self.values.part(node)

    def axes(self):
        """Return each axis of each argument, as (argument, axis, length)."""
        return [
            (argument, axis, length)
            for argument in self.formula.arguments.values()
            for axis, length in enumerate(shape_of(self.value_of(argument)) or ())
        ]


class Change(NamedTuple):
    """What stands at a place by mistake, and a sentence on it.

    Rare ones are not tried together with a second mistake.
    """

    new: ast.expr
    sentence: str
    rare: bool = False
    swaps: dict | None = None  # instead of `new`, parts that change at the same time


def rare(error):
    """An operator all of whose changes are rare."""

    @wraps(error)
    def operator(place):
        return (change._replace(rare=True) for change in error(place))

    return operator


def terms_of(node, formula):
    """The terms of a sum that is no part of another sum, [(sign, term)], else nothing."""
    inner = any(map(is_sum, formula.parents.get(node, ())))
    return terms(node) if is_sum(node) and not inner else []


def factors_of(node):
    """The factors of a product, [(power, factor)], else nothing."""
    return factors(node) if is_product(node) else []


def is_argument(node):
    """Whether it is an argument or a use of one."""
    return isinstance(getattr(node, "target", node), Argument)


def shape_of(value):
    """A tensor's or array's shape as a tuple, or None."""
    return tuple(value.shape) if hasattr(value, "shape") else None


def is_real(value):
    """Whether it is a number, or holds numbers that are not whole."""
    if torch.is_tensor(value):
        return value.is_floating_point()
    if isinstance(value, np.ndarray):
        return value.dtype.kind == "f"
    return isinstance(value, (int, float, np.floating)) and not isinstance(value, bool)


def is_whole(value):
    """Whether it is a tensor of whole numbers."""
    return torch.is_tensor(value) and not (value.is_floating_point() or is_truth(value))


def is_truth(value):
    """Whether it is a tensor or array of True and False."""
    if torch.is_tensor(value):
        return value.dtype == torch.bool
    return isinstance(value, np.ndarray) and value.dtype == bool
