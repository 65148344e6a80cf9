"""How a part of a formula is called in a sentence: "the term with mu", "the last axis"."""

import ast
from fractions import Fraction

from vaelib.teaching.exercises.mistakes.expressions import is_sum, method, subject
from vaelib.teaching.exercises.mistakes.places import is_argument
from vaelib.teaching.exercises.parts import Argument, Kept, Local, children

LETTERS = 32  # of a fragment that is shown as it stands
LONG = "…" * (LETTERS + 1)  # what cannot be written by hand
SHORT = 8  # letters of one that needs no other name
SIGNS = {ast.Add: "+", ast.Sub: "−", ast.Mult: "·", ast.Div: "/", ast.MatMult: "@"}
NUMBERS = {0.5: "½", 0.25: "¼", 2: "2"}
CAPITALS = {"kl": "KL", "mse": "MSE"}
FUNCTIONS = {"sqrt": "√", "square": "square", "square_": "square"}
ELEMENTWISE = {
    "exp": "the exponential", "log": "the logarithm", "sqrt": "the square root",
    "square": "the square", "abs": "the absolute value", "clamp": "the lower limit",
    "sigmoid": "the sigmoid", "ndtri": "the quantile", "ndtr": "the distribution function",
    "cumsum": "the running sum", "cumprod": "the running product", "reciprocal": "the reciprocal",
    "softmax": "the normalisation", "log_softmax": "the normalisation", "flip": "the reversal",
    "double": "the change of type", "logsigmoid": "the log-sigmoid",
    "inverse": "the inverse",
}  # fmt: skip
REDUCTIONS = {
    "sum": "a sum", "mean": "a mean", "amax": "the largest value", "amin": "the smallest value",
    "prod": "a product", "logsumexp": "a log-sum-exp", "std": "a standard deviation",
    "var": "a variance", "median": "a median", "argmax": "the place of the largest value",
}  # fmt: skip
SUMMARIES = ("sum", "mean", "amax", "amin", "prod", "logsumexp")


def written(node):
    """An expression as one writes it by hand, "exp(logvar)", or "…" where it is long."""
    text = _written(node)
    return text if len(text) <= LETTERS else "…"


def _written(node):
    match node:
        case Kept():
            return _written(node.node)
        case Argument() | Local():
            return node.name if is_argument(node) else plain(node.name)
        case ast.Constant(value):
            return number(value)
        case ast.UnaryOp(ast.USub(), operand):
            return f"−{_written(operand)}"
        case ast.BinOp():
            return _operation(node)
        case ast.Call() if method(node):
            return _called(node)
        case ast.Subscript(value, _):
            return _written(value)
        case ast.Name() | ast.Attribute():
            return _attribute(node)
    return LONG


def _operation(node):
    match node:
        case ast.BinOp(base, ast.Pow(), ast.Constant(2)):
            return f"{_bracketed(base)}²"
        case ast.BinOp(left, op, right) if is_sum(node):
            return f"{_written(left)} {SIGNS[type(op)]} {_written(right)}"
        case ast.BinOp(left, op, right) if type(op) in SIGNS:
            return f"{_bracketed(left)}{SIGNS[type(op)]}{_bracketed(right)}"
    return LONG


def _bracketed(node):
    return f"({_written(node)})" if isinstance(node, ast.BinOp) else _written(node)


def _called(node):
    named = node.args or isinstance(node.func, ast.Attribute)
    inside = _written(subject(node)) if named else ""
    return f"{FUNCTIONS.get(method(node), method(node))}({inside})"


def _attribute(node):
    match node:
        case ast.Name(name):
            return name
        case ast.Attribute(ast.Name("math"), "pi"):
            return "π"
        case ast.Attribute(value, "T" | "mT"):
            return _written(value)
        case ast.Attribute(value, name):
            return f"{_written(value)}.{name}"


def plain(name):
    """A local name in a sentence: "log weights"."""
    return CAPITALS.get(name, name.replace("_", " "))


def is_word(name):
    """Whether a local name is a word, "the KL", and not a letter or two."""
    return len(name) > 2 or name in CAPITALS.values()


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
        if kind == "factor":
            return f"the factor {text}"
        beside = [written(other) for other in others if other is not node]
        return (
            f"the {text} beside {beside[0]}"
            if len(beside) == 1 and beside != ["…"]
            else f"the {text}"
        )
    text = written(node)
    if isinstance(node, Local) and not is_argument(node):
        return f"the {text}" if is_word(text) else f"the {kind} {text}"
    used = variables(node)
    same = [other for other in others if other is not node and variables(other) == used]
    if text == "…" or (len(text) > SHORT and used and not same):
        return f"the {kind} with {listed(used)}" if used else f"a {kind}"
    return f"the {kind} {text}"


def named_part(parts, k, kind="term", sign=1):
    """Number k of [(sign, term)] or [(power, factor)] in a sentence, told apart from the others."""
    return named(parts[k][1], [part for _, part in parts], kind, sign)


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
    if name.lower().startswith(("the factor ", "the term ", "the part ", "the value ")):
        return f"{name} is"
    plural = word.endswith("s") and not word.endswith("ss") and word.isalpha() and len(word) > 3
    return f"{name} {'are' if plural and name.startswith(('the ', 'The ')) else 'is'}"


def counted(n):
    """A small number as a word."""
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    return words[n] if n < len(words) else str(n)


def capital(sentence):
    """The sentence with a capital letter."""
    return sentence[0].upper() + sentence[1:]
