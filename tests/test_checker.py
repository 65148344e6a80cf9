"""The checker's parts: what it survives, what it recognises, and the progress that it keeps."""

import json
import re
import subprocess
import sys
import threading
import time
from dataclasses import replace

import numpy as np
import pytest
import torch

from vaelib.__main__ import main
from vaelib.teaching import exercises
from vaelib.teaching.exercises import progress
from vaelib.teaching.exercises.diagnosis import diagnose
from vaelib.teaching.exercises.exercise import Choice, Mistake, Number
from vaelib.teaching.exercises.function import Function
from vaelib.teaching.exercises.running import run


def row_sums(x, w):
    return (x * w).sum(-1)


def given(rng):
    n, d = rng.integers(3, 8), rng.integers(2, 6) + 8
    return torch.from_numpy(rng.normal(size=(n, d))), torch.from_numpy(rng.normal(size=d))


SUMS = Function(
    number="0a",
    title="Sums",
    role="code",
    minutes=1,
    reference=row_sums,
    inputs=given,
    wanted="one sum for each row, (n,)",
    shows="Rows are examples.",
    mistakes={
        "weights forgotten": Mistake(lambda x, w: x.sum(-1), "Every column counts alike."),
        "mean": Mistake(lambda x, w: (x * w).mean(-1), "You averaged."),
    },
)


def memoriser(x, w, seen={}):  # noqa: B006
    """Right until the second call."""
    seen["n"] = seen.get("n", 0) + 1
    return row_sums(x, w) if seen["n"] == 1 else seen.setdefault("value", row_sums(x, w))[: len(x)]


def in_place(x, w):
    x *= w
    return x.sum(-1)


def endless(x, w):
    while True:
        x = x + 1


def stubborn(x, w):
    time.sleep(60)


def below(x, w):
    return helper(x) @ w


def helper(x):
    raise RuntimeError("deep down")


@pytest.mark.parametrize(
    ("answer", "mistake", "words"),
    [
        (row_sums, None, "right, on"),
        (lambda x, w: x.numpy() @ w.numpy(), None, "right, on"),
        (lambda x, w: (x * w).sum(-1).tolist(), "wrong type", "returns"),
        (lambda x, w: x.sum(-1), "weights forgotten", "Every column"),
        (lambda x, w: x * w, "general", "a sum over axis -1"),
        (lambda x, w: (x * w).sum(), "general", "summed over everything"),
        (lambda x, w: (x * w).sum(0), "general", "shape"),
        (lambda x, w: row_sums(x, w)[:, None], "general", "values are right, but their shape"),
        (lambda x, w: row_sums(x, w)[:, None] + 0 * x, "general", "broadcast"),
        (lambda x, w: -row_sums(x, w), "general", "sign"),
        (lambda x, w: row_sums(x, w) / np.log(2), "general", "bits"),
        (lambda x, w: row_sums(x, w) * len(x), "general", "length of axis 0 of argument 1"),
        (lambda x, w: row_sums(x, w).exp(), "general", "exponential"),
        (lambda x, w: row_sums(x, w).abs(), "general|sometimes", "some signs|draws"),
        (lambda x, w: row_sums(x, w).flip(0), "general", "reversed"),
        (lambda x, w: x, "general", "argument number 1 unchanged"),
        (lambda x, w: row_sums(x, w).log(), "general", "NaN"),
        (lambda x, w: torch.rand(len(x)).double(), "unknown", "miss by up to"),
        (lambda x, w: row_sums(x, w)[:2], "general", "shape"),
        (memoriser, "sometimes|general", "draws|shape"),
        (in_place, "changed input", "argument x in place"),
        (endless, "late", "endless loop"),
        (stubborn, "late", "still runs"),
        (below, "error", "deep down"),
        (lambda: 1, "error", "TypeError"),
        (lambda x, w: {"sum": 1}, "wrong type", "returns a dict, wanted one sum"),
        (lambda x, w: (x, w), "wrong type", "2 values"),
        (lambda x, w: "abc", "wrong type", "a str"),
        (lambda x, w: 1j * x, "wrong type", "wanted one sum"),
        (3.0, "wrong type", "wanted a function of x, w"),
        (None, "unanswered", "still to do"),
        (lambda x, w: None, "unanswered", "still to do"),
    ],
)
def test_an_answer_gets_its_sentence(answer, mistake, words):
    seconds = 0.3 if answer in (endless, stubborn) else 60
    verdict = replace(SUMS, seconds=seconds).judge(answer)
    assert verdict.right == (mistake is None), verdict
    if mistake is not None:
        assert verdict.mistake in mistake.split("|"), verdict
    assert any(word in verdict.text for word in words.split("|")), verdict


def test_an_error_is_shown_with_the_readers_own_line():
    verdict = SUMS.judge(below)
    assert "RuntimeError: deep down" in verdict.text
    assert 'raise RuntimeError("deep down")' in verdict.text
    assert verdict.text.count("\n") == 1


def test_what_is_printed_is_shown_short_and_stdout_is_as_before(capsys):
    def talks(x, w):
        for i in range(100):
            print("line", i)
        return row_sums(x, w)

    verdict = SUMS.judge(talks)
    assert verdict.right and "line 4" in verdict.text and "line 5" not in verdict.text
    print("after")
    assert capsys.readouterr().out == "after\n"


class Scaled:
    """The answer to an exercise that asks for a class."""

    def __init__(self, x):
        self.x = x

    def sums(self, w):
        return row_sums(self.x, w)


class Broken(Scaled):
    def sums(self, w):
        raise RuntimeError("deep down")


class Without:
    def __init__(self, x):
        pass


@pytest.mark.parametrize(
    ("answer", "right", "words"),
    [
        (Scaled, True, "right, on"),
        (row_sums, True, "right, on"),
        (Broken, False, "deep down.*your line.*raise RuntimeError"),
        (Without, False, "no attribute 'sums'"),
        (dict, False, "It raised"),
        (Scaled(1), False, r"got a Scaled, wanted a class, made of x, with a method sums\(w\)"),
    ],
)
def test_a_class_is_run_by_its_method(answer, right, words):
    verdict = replace(SUMS, method="sums").judge(answer)
    assert verdict.right == right and re.search(words, verdict.text, re.S), verdict


def test_an_endless_loop_ends_and_its_thread_with_it():
    before = threading.enumerate()
    assert "endless loop" in run(endless, (torch.zeros(2), None), seconds=0.3).late
    for thread in set(threading.enumerate()) - set(before):  # on a busy machine one may still end
        thread.join(60)
        assert not thread.is_alive()


def test_numbers_and_choices():
    head = {"title": "n", "minutes": 1, "shows": "So."}
    twice = {"twice": Mistake(4.0, "Halve it.")}
    number = Number(number="0b", reference=lambda: 2.0, within=0.1, mistakes=twice, **head)
    said = {2.05: "right", 4.0: "Halve it", -2.0: "sign", 9.0: "too large", 1.0: "too small",
            "2": "got a str", float("nan"): "finite", 2j: "got"}  # fmt: skip
    for answer, words in said.items():
        assert words in number.judge(answer).text, answer
    assert "got" in number.judge(True).text
    assert number.judge(torch.tensor([2.0])).right and not number.judge([1.0, 2.0]).right
    choice = Choice(number="0c", right="b", mistakes={"a": "Tempting, but no."}, **head)
    assert choice.judge(" B").right
    for answer, words in {"a": "Tempting", "z": "one of a, b", 3: "one of a, b"}.items():
        assert words in choice.judge(answer).text


def test_a_diagnosis_of_values_beyond_any_test_is_none():
    rng = np.random.default_rng(0)
    pairs = [(rng.normal(size=5), rng.normal(size=5)) for _ in range(3)]
    assert diagnose(pairs, [()] * 3, 1e-6, 1e-9) is None


# -- progress ------------------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path, monkeypatch):
    path = tmp_path / "deep" / "progress.json"
    monkeypatch.setenv("VAELIB_PROGRESS", str(path))
    return path


def test_progress_counts_tries_and_keeps_the_first_success(file):
    assert progress.read() == {}
    for right in (False, True, False):
        progress.record("5a", right)
    entry = json.loads(file.read_text())["5a"]
    assert entry["tries"] == 3 and entry["right"].startswith("20")


RECORDS = """
import sys
from vaelib.teaching.exercises import progress
for i in range(40):
    progress.record(f"{sys.argv[1]}{i}", True)
"""


def test_two_notebooks_at_once_lose_nothing(file):
    pair = [subprocess.Popen([sys.executable, "-c", RECORDS, name]) for name in "ab"]
    assert [process.wait() for process in pair] == [0, 0]
    assert len(progress.read()) == 80


@pytest.mark.parametrize("content", ["", "{", "[1]", '{"5a": 3}', '{"5a": {"tries": 1}}', "\x00"])
def test_an_unreadable_file_is_set_aside_and_named(file, content):
    file.parent.mkdir()
    file.write_text(content)
    with pytest.warns(UserWarning, match="cannot be read; it is kept as .*unreadable"):
        progress.record("5a", True)
    assert list(progress.read()) == ["5a"]
    [kept] = file.parent.glob("*unreadable*.json")
    assert kept.read_text() == content


def test_a_check_records_answers_and_not_stubs(file, capsys):
    exercise = exercises.all_of("05")[0]
    exercises.check(exercise.number, None)
    assert progress.read() == {}
    assert "still to do" in capsys.readouterr().out
    exercises.check(exercise.number, "zebra")
    exercises.check(exercise.number, exercise.reference)
    assert progress.read()[exercise.number]["tries"] == 2
    out = capsys.readouterr().out
    assert exercise.shows in out
    with pytest.raises(ValueError, match="number: got '5z', wanted an exercise's, such as '5a'"):
        exercises.check("5z", None)


def test_the_table_leads_to_the_next_open_exercise(file, capsys):
    first, second, *_ = exercises.all_of("05")
    exercises.check(first.number, first.reference)
    capsys.readouterr()
    assert main(["progress"]) == 0
    out = capsys.readouterr().out
    [row] = [line for line in out.splitlines() if line.startswith("| 05")]
    assert f"1 of {len(exercises.all_of('05'))} | 1 | {second.number} · {second.title}" in row
    linked = exercises.table({"05": "05_lower_bound.ipynb"})
    assert f"](05_lower_bound.ipynb#Exercise-{second.number}-" in linked
    assert main(["progress", "--reset"]) == 0
    assert "begun anew" in capsys.readouterr().out and progress.read() == {}
    assert len(list(file.parent.glob("*before-reset*"))) == 1
    assert main(["progress", "--reset"]) == 0 and "no progress" in capsys.readouterr().out
