"""Places of a formula, what may stand there instead, and how it is named in a sentence."""

import ast
import copy
from fractions import Fraction
from typing import Any, NamedTuple

from vaelib.teaching.exercises.formula import Argument, Formula, Kept, Local, Values, children

LOAD = ast.Load()
LETTERS = 32  # of a fragment that is shown as it stands
SHORT = 8  # of one that needs no other name
SIGNS = {ast.Add: "+", ast.Sub: "−", ast.Mult: "·", ast.Div: "/", ast.MatMult: "@"}
NUMBERS = {0.5: "½", 0.25: "¼", 2: "2"}
CAPITALS = {"kl": "KL", "mse": "MSE"}
FUNCTIONS = {"sqrt": "√", "square": "square", "square_": "square"}


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


# -- expressions -----------------------------------------------------------------------------------


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


# -- words -----------------------------------------------------------------------------------------


def written(node):
    """An expression as one writes it by hand, "exp(logvar)", or "…" where it is long."""
    text = _written(node)
    return text if len(text) <= LETTERS else "…"


def _written(node):
    match node:
        case Kept():
            return _written(node.node)
        case Argument():
            return node.name
        case Local():
            argument = isinstance(node.target, Argument)
            return node.name if argument else plain(node.name)
        case ast.Constant(value):
            return number(value)
        case ast.UnaryOp(ast.USub(), operand):
            return f"−{_written(operand)}"
        case ast.BinOp(base, ast.Pow(), ast.Constant(2)):
            return f"{_bracketed(base)}²"
        case ast.BinOp(left, op, right) if type(op) in SIGNS:
            if is_sum(node):
                return f"{_written(left)} {SIGNS[type(op)]} {_written(right)}"
            return f"{_bracketed(left)}{SIGNS[type(op)]}{_bracketed(right)}"
        case ast.Call() if method(node):
            inside = (
                _written(subject(node)) if node.args or isinstance(node.func, ast.Attribute) else ""
            )
            name = method(node)
            return f"{FUNCTIONS.get(name, name)}({inside})"
        case ast.Subscript(value, _):
            return _written(value)
        case ast.Name(name):
            return name
        case ast.Attribute(ast.Name("math"), "pi"):
            return "π"
        case ast.Attribute(value, name):
            return _written(value) if name in ("T", "mT") else f"{_written(value)}.{name}"
    return "…" * (LETTERS + 1)


def plain(name):
    """A local name in a sentence: "log weights"."""
    return CAPITALS.get(name, name.replace("_", " "))


def _bracketed(node):
    return f"({_written(node)})" if isinstance(node, ast.BinOp) else _written(node)


def number(value):
    """A number in a sentence."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return str(value)
    if value in NUMBERS:
        return NUMBERS[value]
    if 0 < abs(value) < 1e-3:
        return f"{value:.1g}".replace("-", "−")
    part = Fraction(value).limit_denominator(1000)
    text = f"{value:.4g}" if part.denominator > 9 else str(part)
    return text.replace("-", "−")


def variables(node):
    """The names that an expression uses, in order."""
    if isinstance(node, Argument):
        return (node.name,)
    if isinstance(node, Local):
        return (_written(node),)
    if isinstance(node, Kept):
        return variables(node.node)
    return tuple(dict.fromkeys(name for child in children(node) for name in variables(child)))


def named(node, others=(), kind="term", sign=1):
    """A term or factor in a sentence, told apart from the others: "the −1", "the term with mu"."""
    if isinstance(node, ast.Constant):
        text = number(sign * node.value)
        return f"the factor {text}" if kind == "factor" else f"the {text}"
    text = written(node)
    if isinstance(node, Local) and not isinstance(node.target, Argument):
        return f"the {text}" if len(text) > 2 or text in CAPITALS.values() else f"the {kind} {text}"
    used = variables(node)
    same = [other for other in others if other is not node and variables(other) == used]
    if text == "…" or (len(text) > SHORT and used and not same):
        return f"the {kind} with {listed(used)}" if used else f"a {kind}"
    return f"the {kind} {text}"


def listed(words):
    """Words as "a, b and c"."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def axis_words(axis, ndim):
    """An axis in words: "the last axis"."""
    if axis is None:
        return "all axes"
    if isinstance(axis, tuple):
        return f"the axes {listed(list(map(str, axis)))}"
    k = axis % ndim if ndim else 0
    if ndim > 1 and k == ndim - 1:
        return f"the last axis ({axis})"
    return "the first axis (0)" if k == 0 else f"axis {k}"


def is_are(name):
    """The name with its verb: "the means are", "the mean is"."""
    word = name.split(" with ")[0].split()[-1]
    plural = word.endswith("s") and not word.endswith("ss") and word.isalpha() and len(word) > 3
    return f"{name} {'are' if plural and name.startswith(('the ', 'The ')) else 'is'}"


def counted(n):
    """A small number as a word."""
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    return words[n] if n < len(words) else str(n)


def capital(sentence):
    """The sentence with a capital letter."""
    return sentence[0].upper() + sentence[1:]
