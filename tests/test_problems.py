"""Problem sheets: every answer by another road than the solution's, and the three forms."""

import math
import re
import shutil
import subprocess

import numpy as np
import pytest

from tests.helpers import problem_answers
from tools.problems import LESSONS, plain, sheet, templates
from tools.problems.problem import fill, num

SEEDS = range(50)
EVERY = [(lesson, template) for lesson in LESSONS for template in templates(lesson)]


def names(each):
    return each if isinstance(each, str) else each.__name__


def draws(template):
    return [template(np.random.default_rng(seed)) for seed in SEEDS]


@pytest.mark.parametrize(("lesson", "template"), EVERY, ids=names)
def test_answers_come_out_by_another_road(lesson, template):
    other = getattr(problem_answers, template.__name__)
    for drawn in draws(template):
        found = other(**drawn.given)
        assert found.keys() == drawn.answer.keys()
        for name, value in drawn.answer.items():
            assert found[name] == pytest.approx(value, rel=1e-5, abs=1e-5), (name, drawn.given)


@pytest.mark.parametrize(("lesson", "template"), EVERY, ids=names)
def test_numbers_are_readable_and_shown(lesson, template):
    problems = draws(template)
    assert len({each.statement for each in problems}) > 5
    for drawn in problems:
        said = drawn.statement + drawn.solution
        assert "<" not in said and not re.search(r"\b(nan|inf)\b", said)
        for value in np.hstack([*drawn.given.values()]):
            assert abs(value) < 10_000 and round(value, 4) == pytest.approx(value, abs=1e-9)
        for name, value in drawn.answer.items():
            for each in np.atleast_1d(value):
                assert math.isfinite(each), name
                assert any(num(each, n) in drawn.solution for n in (3, 4, 5)), (name, each)


def test_every_lesson_has_three_and_cites_its_own_equations():
    for lesson in LESSONS:
        assert len(templates(lesson)) >= 3
        drawn = sheet.sheet(lesson, 1)
        said = " ".join(each.statement + each.solution for each in drawn.problems)
        [source] = sheet.SOURCE.glob(f"{lesson}_*.md")
        text = "".join(path.read_text("utf-8") for path in sheet.SOURCE.glob("*.md"))
        cited = set(re.findall(r"\((\d+\.\d+)\)", re.sub(r"\$[^$]*\$", "", said)))
        assert any(number.startswith(f"{int(lesson)}.") for number in cited), source
        for number in cited:
            assert rf"\tag{{{number}}}" in text, number


def test_a_hole_is_filled_in_the_form_that_it_asks_for():
    values = {"a": -0.5, "b": [1.0, 2.34567], "c": -0.0001}
    assert fill("<a> <a:()> <a:+> <b> <b.1:4> <c>", values) == "-0.5 (-0.5) - 0.5 1, 2.346 2.3457 0"
    with pytest.raises(KeyError):
        fill("<no>", values)


@pytest.mark.parametrize(
    ("tex", "wanted"),
    [
        (r"\tfrac12 \log (2 \pi \sigma^2)", "½ log (2 π σ²)"),
        (r"\frac{a_{t-1}}{b_t^2} \cdot -x", "a_t−1 / b_t² · −x"),
        (r"\frac{x - 1}{\sqrt{2 \cdot 3}}", "(x − 1) / (√(2 · 3))"),
        (r"\mathcal N(z \mid 0, I)", "N(z | 0, I)"),
        (r"q^* = \hat x \le x^\top \Sigma^{-1} x", "q* = x̂ ≤ xᵀ Σ⁻¹ x"),
        (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", "[1, 2; 3, 4]"),
        (r"\mathrm{KL}\big(q \,\|\, p\big)", "KL(q ‖ p)"),
    ],
)
def test_tex_is_told_in_letters(tex, wanted):
    assert plain.plain(tex) == wanted


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_three_forms(lesson, tmp_path):
    words, page, tex = (path.read_text("utf-8") for path in sheet.write(lesson, 7, tmp_path))
    assert not re.search(r"[\\${}<]", words) and max(map(len, words.splitlines())) <= 90
    drawn = sheet.sheet(lesson, 7)
    assert page.count("<h3>") == 2 * len(drawn.problems) == tex.count(r"\item")
    assert not re.search(r"(src|href)=\"(https?:)?//", page)
    for each in drawn.problems:
        assert words.count(f". {each.title}\n") == 2
    assert sheet.sheet(lesson, 7) == drawn != sheet.sheet(lesson, 8)


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("xelatex"), reason="no xelatex")
@pytest.mark.parametrize("lesson", LESSONS)
def test_xelatex_sets_it(lesson, tmp_path):
    tex = sheet.write(lesson, 7, tmp_path)[2]
    command = ["xelatex", "-interaction=nonstopmode", "-halt-on-error", tex.name]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=120)
    log = tex.with_suffix(".log").read_text("utf-8", "replace")
    assert done.returncode == 0, log[-2000:]
    assert "Missing character" not in log and tex.with_suffix(".pdf").exists()
    wide = [float(points) for points in re.findall(r"Overfull \\hbox \(([\d.]+)pt", log)]
    assert max(wide, default=0) < 15
