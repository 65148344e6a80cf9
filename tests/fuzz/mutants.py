"""References of exercises with changes in their code, such as people make: `mutant`.

A change is one expression of the reference, or of a function of its lesson that it calls: a term
dropped, negated or doubled, another axis, another function, another type, arguments exchanged; or
one statement left out.
"""

import ast
import copy
import importlib
import inspect
import warnings
from functools import cache
from pathlib import Path

WRAPPED = (
    "-({})", "2 * ({})", "({}) / 2", "({}) + 0", "({}) + 1", "1 - ({})", "1 / ({})", "({}) * 1e300",
    "({}) * (1 + 1e-5)", "({}) * (1 + 1e-13)", "({}).exp()", "({}).log()", "({}).exp().log()",
    "({}).sqrt()", "({}) ** 2", "({}).abs()", "({}).clamp(min=0)", "({}).mT", "({}).T",
    "({}).flip(0)", "({}).roll(1, 0)", "({}).sum(0)", "({}).mean(-1)", "({}).sum()", "({})[None]",
    "({})[..., 0]", "({})[0]", "({}).squeeze()", "({}).float()", "({}).half()", "({}).bfloat16()",
    "({}).long()", "({}).double()", "({}).detach()", "({}).clone()", "({}).add_(1)", "({}).zero_()",
    "({}).numpy()", "({}).tolist()", "({}).item()", "({}).to_sparse()", "({}).to('meta')",
    "({}) + 0j", "({}) > 0", "({}).contiguous()", "torch.zeros_like({})", "torch.stack([{0}, {0}])",
    "torch.nan_to_num({})", "torch.tensor({})", "float({})", "len({})", "[{}]", "None", "...",
)  # fmt: skip
NAMES = (
    "exp log sqrt square abs neg", "sum mean prod amax amin std var median logsumexp cumsum",
    "softmax log_softmax sigmoid tanh", "T mT", "cumsum cumprod", "log1p log expm1 exp",
    "eigh eigvalsh", "square abs", "clamp clip", "ndtr ndtri",
)  # fmt: skip


@cache
def parsed(module):
    """The functions of a lesson's module, and the expression of each reference by its number."""
    path = importlib.import_module(module).__file__
    body, references = ast.parse(Path(path).read_text(encoding="utf-8")).body, {}
    for call in ast.walk(body.pop()):  # EXERCISES
        if isinstance(call, ast.Call):
            given = {keyword.arg: keyword.value for keyword in call.keywords}
            if "reference" in given:
                references[given["number"].value] = given["reference"]
    return body, references


def called(body, expression):
    """The functions of the module that an expression calls, and those that these call."""
    known = {node.name: node for node in body if isinstance(node, ast.FunctionDef)}
    found, waiting = {}, [expression]
    while waiting:
        for node in ast.walk(waiting.pop()):
            if isinstance(node, ast.Name) and node.id in known and node.id not in found:
                found[node.id] = known[node.id]
                waiting.append(known[node.id])
    return [*found.values()]


def mutant(rng, exercise, changes):
    """The reference as a function, after so many changes, and its text."""
    body, references = copy.deepcopy(parsed(inspect.unwrap(exercise.reference).__module__))
    answer = ast.Assign([ast.Name("answer", ast.Store())], references[exercise.number])
    for _ in range(changes):
        roots = [*called(body, answer.value), answer]
        change(rng, roots)
    ast.fix_missing_locations(answer)
    text = ast.unparse(ast.Module([*called(body, answer.value), answer], []))
    space = {}
    with warnings.catch_warnings(action="ignore"):  # a number is not subscriptable, and the like
        try:
            code = compile(ast.Module([*body, answer], []), "<mutant>", "exec")
        except SyntaxError:  # a starred part where none may stand
            return mutant(rng, exercise, changes)
        exec(code, space)
    return space["answer"], text


def change(rng, roots):
    """Change one expression or drop one statement, in place."""
    longer = [root for root in roots if isinstance(root, ast.FunctionDef) and len(root.body) > 2]
    if longer and rng.random() < 0.1:
        function = rng.choice(longer)
        del function.body[rng.randrange(1, len(function.body))]  # the first is its docstring
        return
    root, old = rng.choice([(root, node) for root in roots for node in expressions(root)])
    new = ast.parse(rng.choice([rng.choice(WRAPPED).format(ast.unparse(old)), *others(rng, old)]))
    Exchange(old, new.body[0].value).visit(root)
    ast.fix_missing_locations(root)


class Exchange(ast.NodeTransformer):
    """Puts one expression in the place of another."""

    def __init__(self, old, new):
        self.old, self.new = old, new

    def visit(self, node):
        return self.new if node is self.old else self.generic_visit(node)


def expressions(root):
    """The expressions of a function's body that have a value of their own."""
    if isinstance(root, ast.FunctionDef):
        own, statements = root.args, root.body[1:]  # without its docstring
    else:
        own, statements = getattr(root.value, "args", None), [getattr(root.value, "body", None)]
    nodes = [node for statement in statements if statement for node in ast.walk(statement)]
    called = {node.func for node in nodes if isinstance(node, ast.Call)}
    stored = {node.id for node in nodes if isinstance(getattr(node, "ctx", None), ast.Store)
              and isinstance(node, ast.Name)}  # fmt: skip
    local = stored | {node.arg for node in ast.walk(own or ast.Tuple([])) if hasattr(node, "arg")}
    for node in nodes:
        bare = isinstance(node, ast.Name) and node.id not in local  # a module or a function
        partial = isinstance(node, (ast.Slice, ast.Starred)) or _sliced(node)
        text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        assigned = isinstance(getattr(node, "ctx", None), ast.Store)
        if (
            isinstance(node, ast.expr)
            and node not in called
            and not (bare or partial or assigned or text)
        ):
            yield node


def _sliced(node):
    """Whether it is a tuple that stands within brackets alone, as in x[:, 0]."""
    return isinstance(node, ast.Tuple) and any(isinstance(p, ast.Slice) for p in node.elts)


def others(rng, node):
    """Texts of other expressions in the place of one, by its kind."""
    match node:
        case ast.BinOp(left, op, right):
            yield from map(ast.unparse, (left, right, ast.BinOp(right, op, left)))
            for other in (ast.Add(), ast.Sub(), ast.Mult(), ast.Div(), ast.Pow()):
                yield ast.unparse(ast.BinOp(left, other, right))
        case ast.UnaryOp(_, operand):
            yield ast.unparse(operand)
        case ast.Constant(value) if isinstance(value, (int, float)):
            yield from map(repr, (0, 1, -1, 2, None, -value, value + 1, value / 2, 10**20))
        case ast.Call(function, arguments, keywords):
            yield from map(ast.unparse, arguments)
            mixed = rng.sample(arguments, len(arguments))
            yield ast.unparse(ast.Call(function, mixed, keywords))
            yield ast.unparse(ast.Call(function, arguments[:-1], keywords))
            yield ast.unparse(ast.Call(function, arguments, []))
            if isinstance(function, ast.Attribute):
                yield ast.unparse(function.value)
                for name in alike(function.attr):
                    renamed = ast.Attribute(function.value, name, ast.Load())
                    yield ast.unparse(ast.Call(renamed, arguments, keywords))
        case ast.Attribute(value, _) | ast.Subscript(value, _):
            yield ast.unparse(value)
        case ast.Tuple(parts) if parts:
            yield ast.unparse(ast.Tuple(rng.sample(parts, len(parts)), ast.Load()))
            yield ast.unparse(parts[0])


def alike(name):
    """Other names of the groups in which a function's name stands."""
    return sorted({n for group in NAMES if name in group.split() for n in group.split()} - {name})
