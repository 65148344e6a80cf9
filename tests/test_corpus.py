"""Answers as students write them (`tests/corpus`): none is judged wrongly, and most are explained.

They were written by others than the authors of the checker. Here one answer in twelve is judged,
every one where VAELIB_WHOLE is set, as it is every week. A part of the wrong ones is explained;
`python -m tests.fuzz.explained` explains them all, by family.
"""

from itertools import filterfalse

import pytest

from tests.helpers import corpus
from tests.helpers.whole import some
from vaelib.teaching.exercises import function

pytestmark = pytest.mark.slow
STEP = 12
EVERY = 72  # one wrong answer in so many is explained here: a search takes up to a second


@pytest.fixture
def judged_alone(monkeypatch):
    """Verdicts without a search for the mistake."""
    monkeypatch.setattr(function, "explained", lambda *given: None)


def judged_here(number, which):
    """The answers to an exercise that are judged here."""
    return some(corpus.answers(number, which), STEP)


def test_there_are_enough_of_both_kinds():
    for which in corpus.WHICH:
        every = [one for number in corpus.numbers() for one in corpus.answers(number, which)]
        assert sum(not answer.right for answer in every) >= 1500
        assert sum(answer.right for answer in every) >= 400
        assert len({answer.code for answer in every}) > 0.99 * len(every)
        judged = [one for number in corpus.numbers() for one in judged_here(number, which)]
        assert sum(answer.right for answer in judged) >= 30


@pytest.mark.parametrize("which", corpus.WHICH)
@pytest.mark.parametrize("number", corpus.numbers())
def test_right_answers_in_any_form_are_right(number, which):
    refused = [
        (one.answer.name, one.answer.said, one.verdict.text)
        for one in map(corpus.judged, filter(corpus.is_right, judged_here(number, which)))
        if not one.verdict.right
    ]
    assert refused == []


@pytest.mark.usefixtures("judged_alone")
@pytest.mark.parametrize("which", corpus.WHICH)
@pytest.mark.parametrize("number", corpus.numbers())
def test_no_wrong_answer_passes(number, which):
    passed = [
        (one.answer.name, one.answer.said)
        for one in map(corpus.judged, filterfalse(corpus.is_right, judged_here(number, which)))
        if one.verdict.right
    ]
    assert passed == []


def test_most_wrong_answers_are_explained():
    wrong = some(filterfalse(corpus.is_right, corpus.every()), EVERY)
    explained = [one for one in map(corpus.judged, wrong) if one.explained]
    assert len(explained) >= 0.85 * len(wrong)
