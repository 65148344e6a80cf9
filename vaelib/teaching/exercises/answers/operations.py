"""What may be wrong with an operation, a call or an index, and the change that would mend it.

Each generator yields (change, sentence). In a sentence, "{}" is the source of the place, "{left}"
and "{right}" its two sides. It says what is wrong, and not the cure.
"""

import ast

from vaelib.teaching.exercises.answers.values import is_array, is_floats
from vaelib.teaching.exercises.answers.watched import called
from vaelib.teaching.exercises.formula import OPERATIONS

SIGNS = {ast.Add: "+", ast.Sub: "−", ast.Mult: "*", ast.Div: "/", ast.MatMult: "@", ast.Pow: "**"}
PARTNERS = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}
COMPARED = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
ALIKE = (
    ("sum", "mean", "prod", "amax", "amin", "median", "logsumexp", "std", "var"),
    ("exp", "expm1", "log", "log1p", "log2", "log10", "sqrt", "square", "abs", "sigmoid", "tanh"),
    ("softplus", "relu", "sigmoid", "exp", "logsigmoid"), ("softmax", "log_softmax"),
    ("argmin", "argmax"), ("cumsum", "cumprod"), ("minimum", "maximum"), ("min", "max"),
    ("floor", "ceil", "round"), ("zeros", "ones"), ("zeros_like", "ones_like"),
    ("cdf", "icdf", "log_prob"), ("ndtr", "ndtri"), ("pdf", "logpdf", "cdf", "logcdf"),
    ("cov", "corrcoef"),
)  # fmt: skip
ATTRIBUTES = (("mean", "stddev", "variance", "loc", "scale"), ("values", "indices"))
REDUCING = {
    "sum", "mean", "amax", "amin", "logsumexp", "max", "min", "std", "var", "prod", "argmin",
    "argmax", "median", "nansum",
}  # fmt: skip
ALONG = {"softmax", "log_softmax", "cumsum", "cumprod", "sort", "argsort", "flip", "diff"}


def of_operation(node):
    """Another operator, the two sides exchanged, or one of them alone."""
    kind = type(node.ops[0] if isinstance(node, ast.Compare) else node.op)
    if kind is ast.USub:
        yield (lambda _, part: part), "the minus in front of {right} does not belong."
    for other in COMPARED if kind in COMPARED else ():
        if other is not kind:
            yield _operator(other), "the comparison {} is the wrong one."
    if kind in SIGNS:
        yield from _of_sign(kind)


def _of_sign(kind):
    said = f"the sign {SIGNS[kind]} before {{right}} is the wrong one."
    partner = PARTNERS.get(kind)
    if partner:
        yield _operator(partner), said
    yield _first, "{right} does not belong in {}."
    if kind in (ast.Add, ast.Mult):
        yield _second, "{left} does not belong in {}."
    else:
        yield (lambda op, a, b: OPERATIONS[op](b, a)), "the two sides of {} are exchanged."
    for other in PARTNERS:
        if other not in (kind, partner):
            yield _operator(other), said


def _first(_, a, b):
    return a


def _second(_, a, b):
    return b


def _operator(kind):
    return lambda _, a, b: OPERATIONS[kind](a, b)


def of_call(owner, name, arguments, words):
    """Another function of its kind, another axis, arguments exchanged or left out; no call."""
    yield left_out, f"{f'`{name}`' if name else 'the call'} in {{}} does not belong."
    for other in _others(owner, name, ALIKE):
        yield _named(other), f"`{name}` is the wrong function in {{}}."
    if name in ("softmax", "log_softmax"):
        yield _shares, f"`{name}` is the wrong function in {{}}."
    if name in REDUCING | ALONG:
        yield from _of_axes(owner, name, arguments, words)
    if name in ("std", "var"):
        yield _worded(correction=0), "{} divides by n − 1, not by n."
        yield _worded(correction=1), "{} divides by n, not by n − 1."
    if name == "searchsorted":
        yield _worded(right=True), "{} puts what lies on a border to the wrong side."
    if len(arguments) > 1:
        yield _turned, "two arguments in {} are exchanged."
        yield _fewer, "the last argument of {} does not belong."
    for word in words:
        yield _without(word), f"`{word}` in {{}} is the wrong choice."


def _of_axes(owner, name, arguments, words):
    """Another axis, all of them, or one that is kept."""
    first = 0 if is_array(owner) else 1
    chosen = arguments[first:] or {"dim", "axis"} & {*words}
    yield _axis(first), "{} runs over one axis only."
    for axis in (0, 1, 2, -1):
        how = "the wrong axis" if chosen else "all axes at once"
        yield _axis(first, axis), f"{{}} runs over {how}."
        if name in ("max", "min") and not chosen:
            yield _extreme(name, axis), "{} runs over all axes at once."
    yield _worded(keepdim=True), "{} loses its axis, and the rest is spread over another one."


def _others(owner, name, families):
    for family in families:
        if name in family:
            yield from (other for other in family if other != name and hasattr(owner, other))


def _named(other):
    def changed(owner, name, given, words):
        return called(owner, other, given, words)

    changed.introduces = other
    return changed


def _worded(**more):
    return lambda owner, name, given, words: called(owner, name, given, words | more)


def _without(word):
    def changed(owner, name, given, words):
        return called(owner, name, given, {key: words[key] for key in words if key != word})

    return changed


def _axis(first, *axis):
    def changed(owner, name, given, words):
        kept = {key: value for key, value in words.items() if key not in ("dim", "axis")}
        return called(owner, name, (*given[:first], *axis), kept)

    return changed


def _extreme(name, axis):
    """The largest or smallest along an axis alone, for one of the whole."""
    return lambda owner, _, given, words: getattr(owner, f"a{name}")(axis)


def _shares(owner, name, given, words):
    """Divided by the sum: what has no logarithm taken of it is normalised so."""
    value = owner if is_array(owner) else given[0]
    axis = words.get("dim", given[-1] if given else -1)
    return value / value.sum(axis, keepdim=True)


def left_out(owner, name, given, words):
    """The change that leaves a call out: what it is called of."""
    return owner if is_floats(owner) or not given else given[0]


def _turned(owner, name, given, words):
    return called(owner, name, (given[1], given[0], *given[2:]), words)


def _fewer(owner, name, given, words):
    return called(owner, name, given[:-1], words)


def of_attribute(owner, name):
    """Another attribute of its kind."""
    for other in _others(owner, name, ATTRIBUTES):
        yield (
            (lambda owner, _, other=other: getattr(owner, other)),
            f"`{name}` is the wrong one in {{}}.",
        )
    if name in ("T", "mT"):
        yield (lambda owner, _: owner), "the transpose in {} does not belong."


def of_index(owner, text):
    """All of it, where a part was taken; the other end, or one place on or back."""
    if not is_array(owner):
        return
    yield _sliced(lambda a, b: (a, None)), "{} leaves out what comes last."
    yield _sliced(lambda a, b: (None, b)), "{} leaves out what comes first."
    yield _sliced(lambda a, b: (a, None) if b is None else (-b, None)), "{} takes the wrong end."
    yield _sliced(lambda a, b: (None, b) if a is None else (None, -a)), "{} takes the wrong end."
    yield _sliced(lambda a, b: (b, a)), "{} takes the wrong side."
    yield _sliced(lambda a, b: (a, (b or 0) - 1)), "{} takes one too many at its end."
    yield _sliced(lambda a, b: ((a or 0) + 1, b)), "{} takes one too many at its beginning."
    if "None" not in text:
        yield (lambda owner, _: owner), "Only a part is taken: {}."
    else:
        yield (lambda owner, _: owner), "the axis of length 1 in {} does not belong."
        yield _none_elsewhere, "{} has its axis of length 1 in the wrong place."


def _sliced(change):
    """The index with its slices' ends changed."""

    def part(index):
        if isinstance(index, slice) and (index.start, index.stop) != (None, None):
            return slice(*change(index.start, index.stop), index.step)
        return index

    def changed(owner, index):
        new = tuple(map(part, index)) if isinstance(index, tuple) else part(index)
        return owner[new]

    return changed


def _none_elsewhere(owner, index):
    """The same index with its new axis first, last or in between."""
    taken = owner[index]
    axis = next(k for k, length in enumerate(taken.shape) if length == 1)
    return taken.swapaxes(axis, axis - 1)


DROPPED = {  # what is said where the same is missing in the reference
    _first: "{right} is not what belongs in {}.",
    _second: "{left} is not what belongs in {}.",
    left_out: "{} is not what belongs there.",
}
