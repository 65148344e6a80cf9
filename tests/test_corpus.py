"""Answers as students write them (`tests/corpus`): none is judged wrongly, and most are explained.

They were written by others than the authors of the checker. Here every answer is judged, and a
part of the wrong ones is explained; `python -m tests.fuzz.explained` explains them all, by family.
"""

from itertools import filterfalse

import pytest

from tests.helpers import corpus
from vaelib.teaching.exercises import function

pytestmark = pytest.mark.slow
EVERY = 8  # one wrong answer in so many is explained here: a search takes up to a second


@pytest.fixture
def judged_alone(monkeypatch):
    """Verdicts without a search for the mistake."""
    monkeypatch.setattr(function, "explained", lambda *given: None)


def test_there_are_enough_of_both_kinds():
    every = [answer for number in corpus.numbers() for answer in corpus.answers(number)]
    assert sum(not answer.right for answer in every) >= 1500
    assert sum(answer.right for answer in every) >= 400
    assert len({answer.code for answer in every}) > 0.99 * len(every)


@pytest.mark.parametrize("number", corpus.numbers())
def test_right_answers_in_any_form_are_right(number):
    refused = [
        (one.answer.name, one.answer.said, one.verdict.text)
        for one in map(corpus.judged, filter(corpus.is_right, corpus.answers(number)))
        if not one.verdict.right
    ]
    assert refused == []


@pytest.mark.usefixtures("judged_alone")
@pytest.mark.parametrize("number", corpus.numbers())
def test_no_wrong_answer_passes(number):
    passed = [
        (one.answer.name, one.answer.said)
        for one in map(corpus.judged, filterfalse(corpus.is_right, corpus.answers(number)))
        if one.verdict.right
    ]
    assert passed == []


def test_most_wrong_answers_are_explained():
    every = [answer for number in corpus.numbers() for answer in corpus.answers(number)]
    some = [answer for answer in every if not answer.right][::EVERY]
    explained = [one for one in map(corpus.judged, some) if one.explained]
    assert len(explained) >= 0.7 * len(some)
