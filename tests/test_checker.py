"""The checker's parts: what it survives, what it recognises, and the progress that it keeps."""

import errno
import inspect
import io
import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
import traceback
import types
import warnings
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import filelock
import numpy as np
import pytest
import torch

from vaelib.__main__ import main
from vaelib.teaching import exercises, predictions, progress
from vaelib.teaching.exercises import function
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
    seconds=60,  # whatever the machine does besides
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


def unsourced(f):
    """The same function, whose source cannot be had: its values alone tell."""
    code = f.__code__.replace(co_filename="<hidden>")
    return types.FunctionType(code, f.__globals__, f.__name__, f.__defaults__, f.__closure__)


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
        (lambda x, w: x * w, "other_axis", "still to take"),
        (lambda x, w: (x * w).sum(), "other_axis", "over all axes"),
        (lambda x, w: (x * w).sum(0), "other_axis", "over the first axis"),
        (lambda x, w: row_sums(x, w)[:, None], "reshaped", "values are right, but their shape"),
        (lambda x, w: row_sums(x, w)[:, None] + 0 * x, "repeated", "repeated along axis 1"),
        (lambda x, w: -row_sums(x, w), "scaled", "sign"),
        (lambda x, w: row_sums(x, w) / np.log(2), "scaled", "bits"),
        (lambda x, w: row_sums(x, w) * len(x), "extra_factor", "the length of axis 0 of x"),
        (lambda x, w: row_sums(x, w).exp(), "a_step_too_many", "exponential"),
        (lambda x, w: row_sums(x, w).abs(), "a_step_too_many", "some signs"),
        (lambda x, w: row_sums(x, w).flip(0), "a_step_too_many", "reversed"),
        (lambda x, w: x, "unfinished", "its argument x unchanged"),
        (lambda x, w: row_sums(x, w).log(), "a_step_too_many", "logarithm of what is wanted"),
        (lambda x, w: torch.rand(len(x)).double(), "random", "draws random numbers"),
        (lambda x, w: (x.sin() * w**2).sum(-1) ** 3, "unknown", "miss by up to"),
        (lambda x, w: row_sums(x, w)[:2], "other_shape", "shape"),
        (memoriser, "another value", "does it remember"),
        (in_place, "changed input", "argument x in place"),
        (endless, "late", "endless loop"),
        (stubborn, "late", "still runs|nothing can interrupt"),
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
    """From its values alone: a lambda's source is hidden."""
    seconds = 0.3 if answer in (endless, stubborn) else 60
    if getattr(answer, "__name__", "") == "<lambda>":
        answer = unsourced(answer)
    verdict = replace(SUMS, seconds=seconds).judge(answer)
    assert verdict.right == (mistake is None), verdict
    if mistake is not None:
        assert verdict.found in mistake.split("|"), verdict
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
    assert verdict.right and "line 4" in verdict.shown and "line 5" not in verdict.shown
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


# -- values that NumPy has no word for, and whatever else comes ------------------------------------

UNUSUAL = {
    "bfloat16": (lambda v: v.bfloat16(), "wrong type", r"of bfloat16 values, wanted one sum"),
    "sparse": (lambda v: v.to_sparse(), "wrong type", r"shape \(\d,\), stored sparsely"),
    "meta": (lambda v: v.to("meta"), "wrong type", "meta, which has no values"),
    "nested": (lambda v: torch.nested.as_nested_tensor([v]), "wrong type", "a nested tensor"),
    "quantised": (
        lambda v: torch.quantize_per_tensor(v.float(), 0.1, 0, torch.qint8),
        "wrong type",
        "of qint8 values",
    ),
    "true and false": (lambda v: v > 0, "truths", "True and False"),
    "endless by repeating": (lambda v: v[:1].expand(10**12), "wrong type", "shape"),
    "a negative view": (lambda v: torch._neg_view(-v), None, "right, on"),
    "a view of complex numbers": (lambda v: torch.complex(v, -v).conj().imag, None, "right, on"),
    "words in an array": (lambda v: np.array(["a"]), "wrong type", "of <U1 values"),
    "objects": (lambda v: np.array([None]), "wrong type", "of object values"),
    "a list in itself": (lambda v: RINGS, "wrong type", "returns"),
    "a long list": (lambda v: [0.0] * 10**6, "wrong type", "returns a list"),
    "too large for a float": (lambda v: 10**5000, "wrong type", "a number too large for any float"),
}
RINGS = []
RINGS.append(RINGS)


@pytest.mark.filterwarnings("ignore")  # torch calls some of them prototypes
@pytest.mark.parametrize("name", UNUSUAL)
def test_unusual_values_get_a_verdict(name):
    how, mistake, words = UNUSUAL[name]
    verdict = SUMS.judge(unsourced(lambda x, w: how(row_sums(x, w))))
    assert verdict.found == mistake and re.search(words, verdict.text), verdict
    assert len(verdict.text) < 500


def test_a_mean_left_to_do_over_truths_is_named():
    shares = replace(SUMS, reference=lambda x, w: (x > w).double().mean(-1), mistakes={})
    verdict = shares.judge(lambda x, w: x > w)
    assert verdict.found == "other_axis" and "The mean over the last axis" in verdict.text
    assert "True and False. The shape is" in shares.judge(lambda x, w: x > 7 * w).text


def deleted(x, w):
    value = row_sums(x, w)
    x.data = x.data[:0].bfloat16()
    return value


def test_an_argument_that_was_emptied_is_named():
    assert "changes its argument x" in SUMS.judge(deleted).text


class Unspeakable(BaseException):
    def __str__(self):
        raise SystemExit


class Trap:
    """Whoever looks at it gets an exception that no `except Exception` catches."""

    def __getattribute__(self, name):
        raise Unspeakable


class Guarded(torch.Tensor):
    @classmethod
    def __torch_function__(cls, *arguments, **named):
        raise SystemExit


def thrower(error):
    def answer(x, w):
        raise error

    return answer


@pytest.mark.parametrize(
    "error",
    [Unspeakable(), KeyboardInterrupt(), SystemExit(0), GeneratorExit(), StopIteration(),
     ExceptionGroup("two", [ValueError(), OSError()]), ValueError("\n\nbelow \ud800"), TypeError()],
    ids=lambda error: type(error).__name__,
)  # fmt: skip
def test_any_exception_is_told(error):
    verdict = SUMS.judge(thrower(error))
    assert verdict.found == "error" and type(error).__name__ in verdict.text
    assert "in your line" in verdict.text


@pytest.mark.parametrize(
    "made",
    [Trap, lambda: (Trap(), Trap()), lambda: torch.zeros(3).as_subclass(Guarded)],
    ids=["attributes", "in a tuple", "tensor"],
)
def test_values_that_raise_when_they_are_looked_at_get_a_verdict(made):
    value = made()
    twos = Number(number="0b", title="n", minutes=1, shows="So.", reference=lambda: 2.0,
                  within=0.1, mistakes={})  # fmt: skip
    letters = Choice(number="0c", title="n", minutes=1, shows="So.", right="a", mistakes={})
    for verdict in (SUMS.judge(lambda x, w: value), twos.judge(value), letters.judge(value)):
        assert not verdict.right and len(verdict.text) > 20


# -- gradients ------------------------------------------------------------------------------------


def slopes(rng):
    x, w = given(rng)
    return x.requires_grad_(), w


SLOPED = replace(SUMS, inputs=slopes, gradient=(0,), reference=lambda x, w: (x.exp() * w).sum(-1))


def with_an_operation_in_place(x, w):
    value = x.exp()
    out = (value * w).sum(-1)
    value *= 1
    return out


def with_its_own_backward(x, w):
    value = (x.exp() * w).sum(-1)
    value.sum().backward()
    return value


def with_a_hook(x, w):
    value = (x.exp() * w).sum(-1)
    value.register_hook(lambda slope: slope / {}["scale"])
    return value


def no_longer_asking(x, w):
    value = (x.exp() * w).sum(-1)
    x.requires_grad_(False)
    return value


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (with_an_operation_in_place, "an operation in place, such as −="),
        (with_its_own_backward, "your function has taken it already"),
        (with_a_hook, "cannot be taken: KeyError"),
        (no_longer_asking, "cannot be taken: RuntimeError"),
    ],
)
def test_a_gradient_that_cannot_be_taken_is_a_verdict(answer, words):
    verdict = SLOPED.judge(answer)
    assert verdict.found == "gradient" and words in verdict.text, verdict


@pytest.mark.parametrize("mode", [torch.no_grad, torch.inference_mode])
def test_a_notebook_that_takes_no_gradients_is_none_of_the_answers_faults(mode):
    with mode():
        assert SLOPED.judge(inspect.unwrap(SLOPED.reference)).right


# -- what an answer leaves behind: nothing ---------------------------------------------------------


def meddling(x, w):
    torch.set_default_dtype(torch.float16)
    torch.set_grad_enabled(False)
    torch.autograd.set_detect_anomaly(True)
    torch.set_deterministic_debug_mode("warn")
    torch.set_num_threads(2)
    for seed in (torch.manual_seed, np.random.seed, random.seed):
        seed(0)
    warnings.simplefilter("ignore")
    np.seterr(all="raise")
    sys.setrecursionlimit(5000)
    sys.stdout = sys.stderr = io.StringIO()
    os.environ["VAELIB_PROGRESS"] = "elsewhere"
    os.chdir("/")
    return row_sums(x, w)


def state():
    return {
        "default": torch.get_default_dtype(),
        "gradients": torch.is_grad_enabled(),
        "anomalies": torch.is_anomaly_enabled(),
        "deterministic": torch.get_deterministic_debug_mode(),
        "threads": torch.get_num_threads(),
        "torch": torch.get_rng_state().tolist(),
        "numpy": np.random.get_state()[1].tolist(),  # noqa: NPY002
        "python": random.getstate(),
        "warnings": list(warnings.filters),
        "errors": np.geterr(),
        "recursion": sys.getrecursionlimit(),
        "streams": (sys.stdout, sys.stderr),
        "environment": dict(os.environ),
        "folder": os.getcwd(),
    }


def test_an_answer_leaves_nothing_behind():
    for error in (None, ValueError("after all that")):

        def answer(x, w, error=error):
            value = meddling(x, w)
            if error:
                raise error
            return value

        before = state()
        verdict = SUMS.judge(answer)
        assert verdict.right == (error is None), verdict
        after = state()
        assert [name for name in before if before[name] != after[name]] == []


def test_a_working_folder_that_is_gone_is_no_fault(tmp_path, monkeypatch):
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.chdir(folder)
    folder.rmdir()
    assert SUMS.judge(row_sums).right


@pytest.mark.parametrize("file", ["stdout", "stderr"])
def test_endless_output_is_not_kept(file):
    def floods(x, w):
        while True:
            print("ü" * 10**6, file=getattr(sys, file))

    done = run(floods, (None, None), seconds=0.3)
    assert "endless loop" in done.late
    assert done.printed == "ü" * 2000


def stops(thread):
    """Whether a thread ends. An interrupted `join` may call one dead that runs (Python 3.11)."""
    over = time.monotonic() + 60
    while thread in threading.enumerate() and time.monotonic() < over:
        time.sleep(0.01)
    return thread not in threading.enumerate()


def test_an_endless_loop_ends_and_its_thread_with_it():
    before = threading.enumerate()
    assert "endless loop" in run(endless, (torch.zeros(2), None), seconds=0.3).late
    assert all(map(stops, set(threading.enumerate()) - set(before)))


def catcher(x, w):
    """What stops it is caught, a few times."""
    for _ in range(3):
        try:
            endless(x, w)
        except BaseException:
            continue
    return 7


def test_an_answer_that_comes_too_late_is_late():
    done = run(catcher, (torch.zeros(2), None), seconds=0.3)
    assert done.late and done.value is None


def test_after_ctrl_c_the_answers_thread_ends(monkeypatch):
    running = []

    def answer(x, w):
        running.append(threading.current_thread())
        while threading.Thread.start.__code__ in codes(threading.main_thread()):
            pass  # until the main thread waits
        os.kill(os.getpid(), signal.SIGINT)
        endless(x, w)

    monkeypatch.setattr(function, "rehearse", lambda *given: None)  # there, it would be the child
    with pytest.raises(KeyboardInterrupt):
        replace(SUMS, seconds=600).judge(answer)
    assert stops(running[0])


def test_ctrl_c_ends_a_rehearsal_and_its_process():
    threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        replace(SUMS, seconds=600).judge(endless)
    with pytest.raises(ChildProcessError):  # none is left
        os.waitpid(-1, os.WNOHANG)


def codes(thread):
    """What a thread is in the middle of."""
    stack = traceback.walk_stack(sys._current_frames()[thread.ident])
    return {frame.f_code for frame, _ in stack}


def test_numbers_and_choices():
    head = {"title": "n", "minutes": 1, "shows": "So."}
    twice = {"twice": Mistake(4.0, "Halve it.")}
    number = Number(number="0b", reference=lambda: 2.0, within=0.1, mistakes=twice, **head)
    said = {2.05: "right", 4.0: "Halve it", -2.0: "sign", 9.0: "too large", 1.3: "too small",
            "2": "got a str", float("nan"): "finite", 2j: "got"}  # fmt: skip
    for answer, words in said.items():
        assert words in number.judge(answer).text, answer
    assert "got True, wanted one number" in number.judge(True).text
    assert "got False" in number.judge(np.bool_(False)).text
    assert number.judge(Fraction(41, 20)).right
    assert number.judge(Decimal(2)).right and "got Decimal" not in number.judge(Decimal(9)).text
    assert "too large, by more" in number.judge(10**20).text
    assert "too large for any float" in number.judge(10**400).text
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


def test_progress_of_the_first_edition_is_carried_over(file):
    entry = {"tries": 2, "right": None}
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps({"1a": entry, "6c": entry | {"tries": 3}, "10c": entry}))
    now = {"1a": entry, "7b": entry | {"tries": 3}, "12c": entry}
    assert progress.read() == now
    progress.record("6b", True)
    assert progress.read().keys() == {*now, "6b"} and progress.read()["7b"]["tries"] == 3


def test_numbers_of_the_first_edition_become_todays():
    numbers = {e.number for lesson in exercises.LESSONS for e in exercises.all_of(lesson)}
    named = [number for number in progress.RENUMBERED.values() if number]
    assert len(named) == len({*named}) and {*named} <= numbers


def test_progress_counts_tries_and_keeps_the_first_success(file):
    assert progress.read() == {}
    for right in (False, True, False):
        progress.record("5a", right)
    entry = json.loads(file.read_text())["5a"]
    assert entry["tries"] == 3 and entry["right"].startswith("20")


RECORDS = """
import sys
from vaelib.teaching import progress
from vaelib.teaching.exercises import function
for i in range(40):
    progress.record(f"{sys.argv[1]}{i}", True)
"""


def test_two_notebooks_at_once_lose_nothing(file):
    pair = [subprocess.Popen([sys.executable, "-c", RECORDS, name]) for name in "ab"]
    assert [process.wait() for process in pair] == [0, 0]
    assert len(progress.read()) == 80


UNREADABLE = ["", "{", "[1]", '{"5a": 3}', '{"5a": {"tries": 1}}', "\x00", "[" * 10**5,
              '{"5a": []}', '{"5a": {"tries": "3", "right": null}}',
              '{"5a": {"tries": 1.5, "right": null}}',
              '{"5a": {"tries": true, "right": null}}', '{"5a": {"tries": 1, "right": []}}',
              '{"5a": {"tries": -1, "right": null}}',
              '{"5a": {"tries": 1, "right": null, "note": ' + "[" * 500 + "]" * 500 + "}}",
              '{"5a": {"tries": ' + 4300 * "9" + ', "right": null}}',
              '{"5a": {"tries": ' + 10000 * "1" + ', "right": null}}']  # fmt: skip


@pytest.mark.parametrize("content", UNREADABLE, ids=lambda content: content[:40])
def test_an_unreadable_file_is_set_aside_and_named(file, content):
    file.parent.mkdir()
    file.write_text(content)
    with pytest.warns(UserWarning, match="cannot be read; the next answer sets it aside"):
        assert progress.read() == {}
    assert file.read_text() == content
    with pytest.warns(UserWarning, match="cannot be read; it is kept as .*unreadable"):
        progress.record("5a", True)
    assert list(progress.read()) == ["5a"]
    [kept] = file.parent.glob("*unreadable*.json")
    assert kept.read_text() == content


def test_a_byte_order_mark_is_no_fault(file):
    file.parent.mkdir()
    file.write_text('{"edition": 2, "5a": {"tries": 3, "right": null}}', encoding="utf-8-sig")
    progress.record("5a", True)
    assert progress.read()["5a"]["tries"] == 4


def test_the_users_home_is_found(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("VAELIB_PROGRESS", "~/own.json")
    progress.record("5a", True)
    assert (tmp_path / "own.json").is_file()


# -- progress that cannot be kept ------------------------------------------------------------------


def out_of_space(*arguments, **named):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def no_home(*arguments):
    raise RuntimeError("Could not determine home directory.")


@pytest.fixture(params=["a file in the folder's place", "a folder in the file's place", "full disk",
                        "held lock", "no home"])  # fmt: skip
def unkept(request, file, monkeypatch):
    """A reader whose progress cannot be kept, for a reason that warnings name."""
    match request.param:
        case "a file in the folder's place":
            file.parent.write_text("")
        case "a folder in the file's place":
            file.mkdir(parents=True)
        case "full disk":
            monkeypatch.setattr(os, "replace", out_of_space)
        case "held lock":
            file.parent.mkdir()
            monkeypatch.setattr(progress, "PATIENCE", 0.01)
            with filelock.FileLock(f"{file}.lock"):
                yield
            return
        case "no home":
            monkeypatch.delenv("VAELIB_PROGRESS")
            monkeypatch.setattr(progress, "user_data_path", no_home)
    yield


def test_where_nothing_can_be_kept_one_warning_says_what_to_set(unkept, capsys):
    progress._warn_once.cache_clear()
    exercise = exercises.all_of("05")[0]
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        for _ in range(3):
            exercises.check(exercise.number, inspect.unwrap(exercise.reference))
        exercises.table()
        assert main(["progress"]) == 0
    said = [str(warning.message) for warning in seen]
    assert 1 <= len(said) <= 2 and len(set(said)) == len(said)  # the second is of reading
    assert all("set the environment variable VAELIB_PROGRESS to a file" in text for text in said)
    out = capsys.readouterr().out
    assert out.count(exercise.shows) == 3 and "| 05 |" in out


def test_a_file_that_may_only_be_read_is_shown(file, monkeypatch):
    progress.record("5a", True)
    monkeypatch.setattr(filelock.FileLock, "acquire", out_of_space)
    assert progress.read()["5a"]["tries"] == 1


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EOPNOTSUPP])
def test_a_drive_without_locks_keeps_progress_with_a_warning(file, monkeypatch, number):
    def acquire(*arguments, **named):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(filelock.FileLock, "acquire", acquire)
    with pytest.warns(UserWarning, match="cannot be locked.*one notebook at a time"):
        progress.record("5a", True)
    progress.record("5a", True)
    assert progress.read()["5a"]["tries"] == 2


def test_half_a_file_is_never_left(file, monkeypatch):
    progress.record("5a", True)
    before = file.read_text()
    with monkeypatch.context() as full:
        full.setattr(os, "replace", out_of_space)
        with pytest.warns(UserWarning, match="answers are not kept"):
            progress.record("5a", True)
    assert file.read_text() == before
    assert sorted(p.name for p in file.parent.iterdir() if ".lock" not in p.name) == [file.name]


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8", None])
def test_any_console_gets_its_verdict_and_the_try_is_counted(file, monkeypatch, encoding):
    console = io.TextIOWrapper(io.BytesIO(), encoding=encoding) if encoding else io.StringIO()
    monkeypatch.setattr(sys, "stdout", console)
    exercise = exercises.all_of("05")[0]

    def answer(*arguments):
        print("√ \ud800 −")
        return inspect.unwrap(exercise.reference)(*arguments)

    exercises.check(exercise.number, answer)
    console.seek(0)
    assert "right, on" in console.read()
    assert progress.read()[exercise.number]["tries"] == 1


def test_a_check_records_answers_and_not_stubs(file, capsys):
    exercise = exercises.all_of("05")[0]
    exercises.check(exercise.number, None)
    assert progress.read() == {}
    assert "still to do" in capsys.readouterr().out
    exercises.check(exercise.number, "zebra")
    exercises.check(exercise.number, inspect.unwrap(exercise.reference))
    assert progress.read()[exercise.number]["tries"] == 2
    out = capsys.readouterr().out
    assert exercise.shows in out
    with pytest.raises(ValueError, match="number: got '5z', wanted an exercise's, such as '5a'"):
        exercises.check("5z", None)


def test_the_table_leads_to_the_next_open_exercise(file, capsys):
    first, second, *_ = exercises.all_of("05")
    exercises.check(first.number, inspect.unwrap(first.reference))
    capsys.readouterr()
    assert main(["progress"]) == 0
    out = capsys.readouterr().out
    row, guesses = [line for line in out.splitlines() if line.startswith("| 05")]
    assert f"1 of {len(exercises.all_of('05'))} | 1 | {second.number} · {second.title}" in row
    assert f"0 of {len(predictions.all_of('05'))} | 0" in guesses
    linked = exercises.table({"05": "05_lower_bound.ipynb"})
    assert f"](05_lower_bound.ipynb#Exercise-{second.number}-" in linked
    assert main(["progress", "--reset"]) == 0
    assert "begun anew" in capsys.readouterr().out and progress.read() == {}
    assert len(list(file.parent.glob("*before-reset*"))) == 1
    assert main(["progress", "--reset"]) == 0 and "no progress" in capsys.readouterr().out
