"""A few random answers to exercises, and a few mutated files; `tests.fuzz` tries more."""

import pytest
import torch

from tests.fuzz import answers, places
from vaelib.teaching import exercises, progress
from vaelib.teaching.exercises import function
from vaelib.teaching.exercises.exercise import Verdict


def test_random_answers_are_judged_rightly():
    some = [exercises._find(number) for number in ("0a", "1b", "2d", "4a", "4f", "8d", "12c")]
    count, faults, _ = answers.run(3, seed=7, some=some)
    assert count.total() == 21 and faults == []


def test_a_wrong_verdict_is_found(monkeypatch):
    e = exercises._find("0b")
    for gap, fault in ((0.0, "of the size, called right"), (1.0, "right, called wrong")):
        monkeypatch.setattr(function, "gap", lambda *values, gap=gap: gap)
        _, faults, _ = answers.run(12, seed=0, some=[e])
        assert any(fault in text for text in faults)


def test_what_an_answer_leaves_behind_is_found():
    before = answers.state()
    torch.rand(1)
    assert answers.left(before, Verdict(False, "")) == "it left behind: torch's stream"


def test_mutated_files_are_refused_or_set_aside_or_right():
    count, _ = places.run(20, seed=4)
    assert len(count) >= 5


def test_progress_that_is_lost_is_found(monkeypatch):
    real = progress._set_aside

    def lost(why):
        return real(why) if why == "before-reset" else progress.path().unlink()

    monkeypatch.setattr(progress, "_set_aside", lost)
    with pytest.raises(AssertionError):
        places.run(40, seed=0)
