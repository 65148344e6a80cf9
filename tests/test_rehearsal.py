"""An answer can neither hang the kernel, nor fill its memory, nor end it, nor reach the checker."""

import itertools
import os
import signal
import sys
import time
from dataclasses import replace

import numpy as np
import pytest
import torch

from tests.test_checker import SUMS, row_sums
from vaelib.teaching import exercises
from vaelib.teaching.exercises import comparing, function, rehearsal

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="it takes fork")


def holds_the_interpreter(x, w):
    return sum(itertools.repeat(1))


def asks_for_much(x, w):
    return torch.ones(10**10).sum() + row_sums(x, w)


def asks_numpy_for_much(x, w):
    return np.ones(10**10).sum() + row_sums(x, w)


def crashes(x, w):
    os.kill(os.getpid(), signal.SIGSEGV)


def exits(x, w):
    os._exit(0)


@linux
@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (holds_the_interpreter, "in one call that nothing can interrupt.*your kernel is unharmed"),
        (asks_for_much, "asks for more than 4 GB of memory"),
        (asks_numpy_for_much, "asks for more than 4 GB of memory"),
        (crashes, "the kernel would have died"),
        (exits, "the kernel would have died"),
    ],
)
def test_what_would_end_or_hang_the_kernel_is_a_verdict(answer, words):
    import re

    verdict = replace(SUMS, seconds=0.3).judge(answer)
    assert not verdict.right and re.search(words, verdict.text), verdict
    with pytest.raises(ChildProcessError):  # no process is left
        os.waitpid(-1, os.WNOHANG)


@linux
def test_a_copy_that_waits_for_a_lock_which_it_cannot_get_is_no_fault():
    parent = os.getpid()

    def answer(x, w):
        if os.getpid() != parent:
            time.sleep(60)
        return row_sums(x, w)

    assert replace(SUMS, seconds=0.2).judge(answer).right


def test_without_a_process_to_spare_an_answer_is_judged_all_the_same(monkeypatch):
    def none():
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", none, raising=False)
    assert SUMS.judge(row_sums).right
    monkeypatch.setattr(sys, "platform", "darwin")
    assert rehearsal.rehearse(crashes, (None, None), 1) is None


# -- the checker out of reach ----------------------------------------------------------------------


def asks_the_reference(mu, logvar):
    return exercises._find("5b").reference(mu, logvar)


def asks_for_a_verdict(mu, logvar):
    return exercises.all_of("05")[0].reference(mu, logvar)


def calls_everything_equal(mu, logvar):
    for module in (comparing, function):
        module.gap = lambda *arrays: 0.0
        module.near = lambda *arrays: True
    function.Function._compared = function.Function._right
    exercises.Verdict = None
    return 0 * mu[:, 0]


@pytest.mark.parametrize("answer", [asks_the_reference, asks_for_a_verdict])
def test_an_answer_cannot_ask_for_the_reference(answer):
    assert "an answer cannot ask the checker" in exercises.verdict("5b", answer).text


def test_what_an_answer_does_to_the_checker_is_undone():
    assert not exercises.verdict("5b", calls_everything_equal).right
    assert not hasattr(exercises, "Verdict")
    assert function.gap is comparing.gap and function.gap.__name__ == "gap"


def test_a_reference_is_not_sealed_after_an_answer_that_failed():
    exercises.verdict("5b", lambda mu, logvar: 1 / 0)
    given = exercises._find("5b").inputs(np.random.default_rng(0))
    assert torch.is_tensor(exercises._find("5b").reference(*given))
