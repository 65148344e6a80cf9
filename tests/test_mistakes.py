"""The error model: formulas are evaluated as Python does; its sentences stand on solid ground."""

import ast
import re

import numpy as np
import pytest
import torch

from tests.fuzz.tell import FUNCTIONS, told
from tests.helpers.whole import some
from tools import hygiene
from vaelib.teaching import exercises
from vaelib.teaching.exercises.comparing import arrays, near
from vaelib.teaching.exercises.exercise import COURSE, Choice, Number
from vaelib.teaching.exercises.formula import Formula, Values
from vaelib.teaching.exercises.mistakes.making import ERRORS, singles
from vaelib.teaching.exercises.mistakes.search import Mutants

ALL = [e for lesson in exercises.LESSONS for e in exercises.all_of(lesson)]
NUMBERS = [e for e in ALL if isinstance(e, Number)]


def name_of(e):
    return e.number


# -- formulas --------------------------------------------------------------------------------------


def shape(x, scale=2.0):
    """A helper of the references below."""
    squares = (x - x.mean(0)) ** 2
    return scale * squares.sum(-1)


def with_a_helper(x, w):
    first, second = shape(x), shape(x, scale=w[0])
    return first - second / len(x), torch.stack([first * k for k in range(3)])


def with_a_condition(x, w):
    if len(x) > 3:
        return x
    return w


def test_a_formula_has_its_functions_value_with_helpers_and_loops():
    x, w = torch.randn(5, 3), torch.rand(3)
    values = Values(Formula(with_a_helper), (x, w))
    assert near(arrays(values.value), arrays(with_a_helper(x, w)))
    with pytest.raises(TypeError, match="no plain assignment"):
        Formula(with_a_condition)


def test_a_change_is_seen_wherever_a_part_is_used():
    def twice(x):
        square = x**2
        return square + square.exp()

    x = torch.rand(4)
    formula = Formula(twice)
    [power] = [n for n in formula.homes if isinstance(n, ast.BinOp) and isinstance(n.op, ast.Pow)]
    changed = Values(formula, (x,)).of({power: power.left})
    assert near(arrays(changed), arrays(x + x.exp()))


@pytest.mark.parametrize("e", FUNCTIONS, ids=name_of)
def test_every_form_of_a_reference_equals_it_and_gives_its_gradient(e):
    for formula in e.formulas():
        for seed in range(6):
            given = e.inputs(np.random.default_rng(seed))
            value = Values(formula, given).value
            assert near(arrays(value), arrays(e.reference(*given)))


@pytest.mark.parametrize("e", NUMBERS, ids=name_of)
def test_a_predicted_number_is_a_formula_too(e):
    [formula] = e.formulas()
    assert abs(float(Values(formula, ()).value) - e.reference()) < 1e-9


# -- the error model -------------------------------------------------------------------------------


def test_every_operator_says_what_it_does_and_is_of_use():
    """And every sentence of a mutant is short, and ends."""
    used = set()
    for e in [*FUNCTIONS, *NUMBERS]:
        given = e.inputs(np.random.default_rng(0)) if e in FUNCTIONS else ()
        for one in (one for formula in e.formulas() for one in singles(formula, given)):
            used.add(one.errors[0])
            assert re.fullmatch(r"[A-Za-z√½−][^\n]{8,200}[.?]", one.sentence), one.sentence
            assert "  " not in one.sentence and "…" * 2 not in one.sentence
    assert {error.__name__ for error in ERRORS} == used
    assert len(ERRORS) >= 30
    assert all(error.__doc__ and len(error.__doc__) > 15 for error in ERRORS)


@pytest.mark.slow
@pytest.mark.parametrize("e", some(FUNCTIONS, 8), ids=name_of)
def test_inputs_tell_the_reference_from_every_mutant(e):
    """In a few verdicts; `python -m tests.fuzz.tell --seeds 10000` looks at many."""
    found, count = told(e, 30)
    assert count >= 20 and [one for one in found if one.passed] == []
    assert [one for one in found if one.near > 20] == []


@pytest.mark.parametrize("e", some(FUNCTIONS, 3), ids=name_of)
def test_a_mutant_is_found_again_by_its_values(e):
    rng = np.random.default_rng(1)
    draws = [e.inputs(rng) for _ in range(3)]
    mutants = Mutants(e.formulas(), draws, e.sample())
    ones, values = mutants.formulas[0]
    tried = 0
    for one in ones[:: max(1, len(ones) // 6)]:
        try:
            got = [arrays(v.of(one.changes)) for v in values]
        except Exception:
            continue
        if all(got) and not all(near(a, arrays(v.value)) for a, v in zip(got, values, strict=True)):
            tried += 1
            assert mutants.likely(got) or mutants.unlikely(got), one.sentence
    assert tried


def unsourced(code):
    """A function whose source cannot be had: its values alone tell."""
    return eval(code, {"torch": torch})


def test_two_mistakes_are_found_together():
    answer = "lambda mu, logvar: 0.5 * (mu**2 + (logvar / 2).exp() - logvar).sum(-1)"
    verdict = exercises.verdict("5b", unsourced(answer))
    assert "as if two things were wrong" in verdict.text and "−1 is missing" in verdict.text


def test_terms_counted_by_any_number_are_found():
    def answer(mu, logvar):
        return 0.5 * (0.3 * mu**2 + logvar.exp() - 1 - 5 * logvar).sum(-1)

    verdict = exercises.verdict("5b", answer)
    assert verdict.found == "counts" and "counts 5 times" in verdict.text


@pytest.mark.parametrize(
    ("number", "answer", "words"),
    [
        ("6a", "lambda m, lv, eps: m + ((lv / 2).exp() + 0.37) * eps", "std is too large by 0.37"),
        ("5b", "lambda mu, lv: 0.5 * (mu**2 + lv.exp() ** 0.7 - 1 - lv).sum(-1)", "power 0.7"),
        ("5b", "lambda mu, lv: 0.0615 * (mu**2 + lv.exp() - 1 - lv).sum(-1)", "counts 0.123 times"),
    ],
)
def test_another_number_in_one_place_is_solved_for(number, answer, words):
    verdict = exercises.verdict(number, unsourced(answer))
    assert not verdict.right and re.search(words, verdict.text), verdict


# -- where the course answers ----------------------------------------------------------------------


def headings(page):
    """{heading: its section's text} of a lesson."""
    stored = hygiene.load(next(n for n in hygiene.names() if n.startswith(page[:2])))
    text = "\n".join(cell.source for cell in stored.nb.cells if cell.cell_type == "markdown")
    parts = re.split(r"^##+ (.+)$", text, flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def holds(section, equation):
    return not equation or rf"\tag{{{equation.strip('()')}}}" in section


@pytest.mark.parametrize("e", [e for e in ALL if not isinstance(e, Choice)], ids=name_of)
def test_a_verdict_links_to_a_section_that_holds_the_equation(e):
    assert "" in e.see
    sections = headings(e.lesson)
    operators = {error.__name__ for error in ERRORS} | {"counts"}
    for name, (equation, heading) in e.see.items():
        assert name in {"", *operators, *e.mistakes}, name
        assert heading in sections and holds(sections[heading], equation), (equation, heading)


def test_the_courses_own_links_lead_somewhere():
    for name, (equation, heading, page) in COURSE.items():
        assert name in {error.__name__ for error in ERRORS}
        assert (hygiene.NOTEBOOKS / page).exists()
        assert holds(headings(page)[heading], equation)


def test_a_verdict_shows_the_link_in_words_outside_a_notebook(capsys):
    exercises.check("5b", lambda mu, logvar: 0.5 * (mu**2 + logvar.exp() - logvar).sum(-1))
    printed = capsys.readouterr().out
    assert re.search(r"See \(5\.6\) in “Get the KL in closed form”\.", printed), printed


def test_values_are_shown_side_by_side_when_asked_for(capsys):
    exercises.check("3c", lambda t, resp: (resp.mean(0), t[:, 1:-1], t[:, 0]), values=True)
    printed = capsys.readouterr().out
    assert "value 2, shape" in printed and "yours       right" in printed
    exercises.check("5f", "b", values=True)
    assert "no values to compare" in capsys.readouterr().out
