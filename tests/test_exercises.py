"""Every exercise: its reference passes, its mistakes are named, garbage is refused; and its text in
the lesson has a stub, two hints and a solution that equals the reference.
"""

import ast
import inspect
import re
import textwrap
from collections import Counter
from itertools import product

import numpy as np
import pytest
import torch

from tests.helpers.corpus import GENERAL
from tests.helpers.whole import some
from tools import hygiene
from vaelib.teaching import exercises
from vaelib.teaching.exercises.comparing import EXACT, arrays, copied, near, same
from vaelib.teaching.exercises.drawing import drawn
from vaelib.teaching.exercises.exercise import Choice, Number
from vaelib.teaching.exercises.formula import Values
from vaelib.teaching.exercises.function import Function
from vaelib.teaching.exercises.mistakes.making import singles

LESSONS = {name[:2]: hygiene.load(name) for name in hygiene.names()}
ALL = [exercise for lesson in exercises.LESSONS for exercise in exercises.all_of(lesson)]
FUNCTIONS = [e for e in ALL if isinstance(e, Function)]
MISTAKES = [(e, name) for e in ALL for name in e.mistakes]


def name_of(value):
    return getattr(value, "number", value).replace(" ", "-")


def test_there_are_enough_of_every_kind():
    counts = Counter(e.lesson for e in ALL)
    assert len(ALL) >= 56 and sorted(counts) == list(exercises.LESSONS)
    assert all(3 <= n <= 6 for n in counts.values())
    predicted = Counter(e.lesson for e in ALL if e.role == "predict")
    assert predicted == Counter(exercises.LESSONS)
    assert {type(e) for e in ALL} == {Choice, Number, Function}
    assert {e.role for e in FUNCTIONS} == {"derive", "code", "bug", "stretch"}
    others = {e.role for e in ALL if not isinstance(e, Function)}
    assert others == {"understand", "predict", "control", "read", "design"}
    named = sum(len(e.mistakes) for e in ALL if not isinstance(e, Choice))
    assert named >= 60
    for lesson in exercises.LESSONS:
        numbers = [e.number for e in exercises.all_of(lesson)]
        assert numbers == [f"{int(lesson)}{letter}" for letter in "abcdef"[: len(numbers)]]


def test_the_page_counts_them_right():
    text = " ".join(
        (hygiene.NOTEBOOKS.parent / "docs/study.md").read_text(encoding="utf-8").split()
    )
    named = sum(len(e.mistakes) for e in ALL)
    hours = round(sum(e.minutes for e in ALL) / 60)
    assert f"{len(ALL)} in all, about {hours} hours" in text
    assert f"It knows {named} wrong answers by name" in text


def right_answer(e):
    match e:
        case Choice():
            return e.right
        case Number():
            return inspect.unwrap(e.reference)()
    return inspect.unwrap(e.reference)


def wrong_answer(e, name):
    return name if isinstance(e, Choice) else e.mistakes[name].answer


def sentence(e, name):
    return e.mistakes[name] if isinstance(e, Choice) else e.mistakes[name].sentence


@pytest.mark.parametrize("e", ALL, ids=name_of)
def test_the_reference_passes_and_shows_something(e):
    verdict = e.judge(right_answer(e))
    assert verdict.right and e.shows in verdict.text, verdict.text


def mutant_of(e, sentence):
    """The function of which the error model says this."""
    for formula in e.formulas():
        for one in singles(formula, e.sample() if isinstance(e, Function) else ()):
            if one.sentence == sentence:
                return lambda *given, one=one, formula=formula: Values(formula, given).of(
                    one.changes
                )
    raise AssertionError(f"{e.number}: no mutant says {sentence}")


@pytest.mark.parametrize(("e", "name"), some(MISTAKES, 2), ids=name_of)
def test_every_mistake_is_diagnosed_as_itself(e, name):
    answer = wrong_answer(e, name)
    if isinstance(answer, str) and not isinstance(e, Choice):
        answer = mutant_of(e, answer)
        answer = answer() if isinstance(e, Number) else answer
    verdict = e.judge(answer)
    assert not verdict.right and verdict.found == name, verdict
    assert sentence(e, name) in verdict.text


@pytest.mark.parametrize("e", ALL, ids=name_of)
def test_every_sentence_is_its_own(e):
    said = [sentence(e, name) for name in e.mistakes]
    assert len({*said, e.shows}) == len(said) + 1
    assert all(20 <= len(text) <= 240 for text in [*said, e.shows])


def changed(e, how):
    """The reference with `how` done to every one of its values."""

    def answer(*arguments):
        value = inspect.unwrap(e.reference)(*arguments)
        return tuple(map(how, value)) if isinstance(value, tuple) else how(value)

    return answer


CHANGES = {
    "negated": lambda v: -v,
    "doubled": lambda v: 2 * v,
    "halved": lambda v: v / 2,
    "tripled": lambda v: 3 * v,
    "shifted": lambda v: v + 0.7,
    "transposed": lambda v: v.swapaxes(-1, -2),
}


def applies(e, change):
    """Floats can be scaled, and only matrices transposed."""
    parts = arrays(e.reference(*e.sample()))
    floats = all(part.dtype.kind == "f" for part in parts)
    return floats and (change != "transposed" or all(part.ndim > 1 for part in parts))


@pytest.mark.parametrize(
    ("e", "change"),
    some([(e, c) for e in FUNCTIONS for c in CHANGES if applies(e, c)], 5),
    ids=name_of,
)
def test_scaled_flipped_and_transposed_references_are_recognised(e, change):
    verdict = e.judge(changed(e, CHANGES[change]))
    assert not verdict.right and verdict.found not in GENERAL, verdict


@pytest.mark.parametrize("e", FUNCTIONS, ids=name_of)
def test_right_values_in_float32_are_right_with_a_remark(e):
    verdict = e.judge(changed(e, lambda v: torch.as_tensor(v).to(torch.float32)))
    floats = any(part.dtype.kind == "f" for part in arrays(e.reference(*e.sample())))
    if verdict.right:
        assert ("float32" in verdict.text) == floats
    else:
        assert e.gradient and "gradient" in verdict.text  # to seven digits, at a large value


def nan(*arguments):
    return torch.tensor(float("nan"))


def raises(*arguments):
    raise KeyError("not here")


def leaves(*arguments):
    raise SystemExit


def swallow(*arguments):
    return arguments


GARBAGE = {
    "a word": "zebra",
    "a dict": {},
    "an array of words": np.array(["a", "b"]),
    "a type": dict,
    "NaN": float("nan"),
    "a complex number": 1j,
}
BAD_FUNCTIONS = {
    "wrong arity": lambda: 0,
    "raises": raises,
    "leaves": leaves,
    "NaN": nan,
    "huge": lambda *arguments: torch.tensor(1e300),
    "words": lambda *arguments: "abc",
    "a function": lambda *arguments: raises,
    "nothing": lambda *arguments: None,
    "its arguments": swallow,
    "its first argument": lambda *arguments: arguments[0],
    "a wrong shape": lambda *arguments: torch.zeros(2, 3, 4, 5),
    "an empty array": lambda *arguments: torch.zeros(0),
}


@pytest.mark.parametrize("garbage", GARBAGE)
@pytest.mark.parametrize("e", ALL, ids=name_of)
def test_garbage_is_refused_in_a_sentence(e, garbage):
    verdict = e.judge(GARBAGE[garbage])
    assert not verdict.right and len(verdict.text) > 10


@pytest.mark.parametrize(("e", "bad"), some(product(FUNCTIONS, BAD_FUNCTIONS), 5), ids=name_of)
def test_bad_functions_are_refused_in_a_sentence(e, bad):
    verdict = e.judge(BAD_FUNCTIONS[bad])
    assert not verdict.right and len(verdict.text) > 10


def added_in_place(value):
    value = torch.as_tensor(value).clone()
    value += value
    value -= 1
    return value


FORMS = {
    "true and false": lambda v: torch.as_tensor(v) > 0,
    "bfloat16": lambda v: torch.as_tensor(v).bfloat16(),
    "bytes": lambda v: torch.as_tensor(v).to(torch.uint8),
    "sparse": lambda v: torch.as_tensor(v).detach()[None].to_sparse(),
    "without values": lambda v: torch.as_tensor(v).to("meta"),
    "in place": added_in_place,
    "objects": lambda v: np.asarray(torch.as_tensor(v).detach().tolist(), dtype=object),
    "one axis more": lambda v: torch.as_tensor(v)[None, None].expand(2, 3, *v.shape),
}


@pytest.mark.parametrize(("e", "form"), some(product(FUNCTIONS, FORMS), 5), ids=name_of)
def test_values_in_any_form_get_a_sentence_of_their_own(e, form):
    verdict = e.judge(changed(e, FORMS[form]))
    assert not verdict.right and verdict.found not in ("strange", "error"), verdict


@pytest.mark.parametrize("e", [e for e in FUNCTIONS if e.gradient], ids=name_of)
def test_an_answer_that_takes_the_gradient_itself_gets_a_sentence(e):
    def answer(*arguments):
        value = inspect.unwrap(e.reference)(*arguments)
        sum(part.sum() for part in (value if isinstance(value, tuple) else (value,))).backward()
        return value

    verdict = e.judge(answer)
    assert verdict.right or "has taken it already" in verdict.text, verdict


@pytest.mark.parametrize("e", some(FUNCTIONS, 3), ids=name_of)
def test_who_remembers_the_inputs_that_were_seen_fails(e):
    seen = e.inputs(np.random.default_rng(0))
    value = inspect.unwrap(e.reference)(*copied(seen))
    assert not e.judge(lambda *arguments: value).right


def sizes(inputs):
    parts = [part for value in inputs for part in arrays(value) or ()]
    return [part.shape or int(part) for part in parts if part.shape or part.dtype.kind == "i"]


@pytest.mark.parametrize("e", FUNCTIONS, ids=name_of)
def test_who_writes_a_size_of_the_first_draw_into_the_answer_always_fails(e):
    """A size has two or three values, and a verdict six draws: by chance they may all be equal."""
    for seed in range(60):
        first, *others = map(sizes, drawn(e.inputs, np.random.default_rng(seed)))
        for place, size in enumerate(first):
            if any(sizes(e.inputs(np.random.default_rng(k)))[place] != size for k in range(9)):
                assert any(other[place] != size for other in others)


@pytest.mark.parametrize("e", FUNCTIONS, ids=name_of)
def test_inputs_differ_from_draw_to_draw_and_references_leave_them_alone(e):
    one, two = (e.inputs(np.random.default_rng(seed)) for seed in (0, 1))
    kept = copied(one)
    values = (arrays(inspect.unwrap(e.reference)(*inputs)) for inputs in (one, two))
    assert not near(*values, 0.01)
    for a, b in zip(one, kept, strict=True):
        assert arrays(a) is None or same(arrays(a), arrays(b))
    assert len(one) == len(e.arguments())


@pytest.mark.parametrize("e", [e for e in FUNCTIONS if e.gradient], ids=name_of)
def test_a_lost_gradient_is_named(e):
    verdict = e.judge(changed(e, lambda value: value.detach()))
    assert verdict.found == "gradient" and "no gradient" in verdict.text
    verdict = e.judge(changed(e, lambda value: value + 0 * (value - value).sqrt()))
    assert verdict.found == "gradient" and "not finite" in verdict.text


# -- the lesson's side ---------------------------------------------------------------------------


def cells_of(e):
    """The lesson's cells from the exercise's heading to the next heading."""
    cells = LESSONS[e.lesson].nb.cells
    head = rf"### Exercise {e.number} · {re.escape(e.title)}\n"
    start = next((i for i, c in enumerate(cells) if re.search(head, c.source + "\n")), None)
    assert start is not None, f"{e.number} has no heading in its lesson"
    stop = next(
        (i for i, c in enumerate(cells) if i > start and re.match("##", c.source)), len(cells)
    )
    return cells[start:stop]


def prose_of(e):
    return "\n\n".join(c.source for c in cells_of(e) if c.cell_type == "markdown")


def code_of(e):
    return [c for c in cells_of(e) if c.cell_type == "code"]


@pytest.mark.parametrize("e", ALL, ids=name_of)
def test_its_text_says_effort_and_weight_and_has_two_hints(e):
    text = prose_of(e)
    weight = "essential" if e.essential else "stretch"
    assert f"*{e.minutes} minutes, {weight}*" in text
    for rung in ("Hint 1", "Hint 2", "Solution"):
        assert len(re.findall(rf"<details><summary>{rung}</summary>\n\n", text)) == 1, rung
    if isinstance(e, Function) and e.role == "stretch":
        assert "**Rubric.**" in text


@pytest.mark.parametrize("e", ALL, ids=name_of)
def test_stub_and_check_stand_in_cells_of_their_own_and_say_what_is_to_do(e):
    stub, check = code_of(e)
    assert "exercise" in hygiene.tags(stub) and "exercise" in hygiene.tags(check)
    called = re.fullmatch(rf'exercises\.check\("{e.number}", (\w+)\)', check.source.strip())
    assert called, check.source
    assert called[1] in stub.source
    printed = "".join(output.get("text", "") for output in check.outputs)
    assert printed.startswith(f"{e.number} {e.title}: still to do"), printed


def functions(code):
    """{name: node} of the functions and classes in a code's top level."""
    kinds = ast.FunctionDef, ast.ClassDef
    return {n.name: n for n in ast.parse(code).body if isinstance(n, kinds)}


def arguments_of(node):
    """The arguments of a function, or of each method of a class."""
    defs = [node] if isinstance(node, ast.FunctionDef) else node.body
    return [part.args for part in defs if isinstance(part, ast.FunctionDef)]


def solution_of(e):
    """The text of the folded solution."""
    [text] = re.findall(r"<summary>Solution</summary>\n\n(.*?)\n\n</details>", prose_of(e), re.S)
    return text


@pytest.mark.parametrize("e", FUNCTIONS, ids=name_of)
def test_the_folded_solution_equals_the_reference_and_has_the_stubs_signature(e):
    [code] = re.findall(r"```python\n(.*?)```", solution_of(e), re.S)
    stub, check = code_of(e)
    name = re.search(r", (\w+)\)$", check.source.strip())[1]
    stubs, own = (arguments_of(functions(text)[name]) for text in (stub.source, code))
    assert [ast.unparse(args) for args in stubs] == [ast.unparse(args) for args in own]
    names = [arg.arg for args in own for arg in args.args if arg.arg != "self"]
    assert names == e.arguments()
    assert functions(code)[name].body != functions(stub.source)[name].body
    space = {}
    exec(textwrap.dedent(HEAD + code), space)
    for seed in range(4):
        given = e.inputs(np.random.default_rng(seed))
        got, wanted = (
            e.called(space[name])(*copied(given)),
            inspect.unwrap(e.reference)(*copied(given)),
        )
        assert near(arrays(got), arrays(wanted), EXACT)


# What a lesson's reader has imported by then.
HEAD = """
import math
import numpy as np
import torch
from torch.nn.functional import softplus
from vaelib import rules
"""


@pytest.mark.parametrize("e", [e for e in ALL if not isinstance(e, Function)], ids=name_of)
def test_the_folded_solution_of_a_number_or_choice_says_it(e):
    text = solution_of(e)
    if isinstance(e, Choice):
        assert f"**{e.right}**" in text
        letters = sorted([e.right, *e.mistakes])
        assert re.findall(r"^\* \*\*([a-e])\*\* ", prose_of(e), re.M) == letters
    else:
        numbers = [float(n.replace("−", "-")) for n in re.findall(r"[−-]?\d+(?:\.\d+)?", text)]
        assert any(abs(n - inspect.unwrap(e.reference)()) <= e.within for n in numbers)


def test_every_exercise_in_the_lessons_is_declared():
    for lesson, stored in LESSONS.items():
        heads = re.findall(r"^### Exercise (\w+) · (.+)$", hygiene.prose_with_code(stored), re.M)
        assert heads == [(e.number, e.title) for e in exercises.all_of(lesson)], lesson


def test_references_and_mistakes_are_functions_of_the_same_arguments():
    for e in FUNCTIONS:
        n = len(e.arguments())
        for name, mistake in e.mistakes.items():
            if not isinstance(mistake.answer, str):
                inspect.signature(mistake.answer).bind(*range(n)), name
