"""The checker: run the reader's answer in place, and say in words what came of it.

The inputs are drawn anew at every call, so an answer that remembers some of them fails. A right
answer gets what it shows; a known mistake its own sentence; any other what can be said in general
(`diagnosis`). It never raises for a wrong answer, and never prints the right one.
"""

import copy
import math
from typing import NamedTuple

import numpy as np
import torch

from vaelib.teaching.exercises.diagnosis import arrays, diagnose, equal, kind
from vaelib.teaching.exercises.running import SECONDS, run

DRAWS = 6
AS_GIVEN = "as given"  # the mistake that a snippet to repair begins with


class Verdict(NamedTuple):
    """`right`, what to print, and `mistake`: the name of a known one, or of what was seen."""

    right: bool
    text: str
    mistake: str | None = None


def judge(exercise, answer, seconds=SECONDS):
    """The Verdict on an answer; "unanswered" for what an untouched stub gives."""
    if answer is None or answer is ...:
        return Verdict(False, "still to do.", "unanswered")
    if exercise.kind == "choice":
        return _choice(exercise, answer)
    if exercise.kind == "predict":
        return _number(exercise, answer)
    return _function(exercise, answer, seconds)


def _choice(exercise, answer):
    letters = sorted([exercise.reference, *exercise.mistakes])
    letter = answer.strip().lower() if isinstance(answer, str) else None
    if letter == exercise.reference:
        return Verdict(True, f"right. {exercise.shows}")
    if letter in exercise.mistakes:
        return Verdict(False, f"no. {exercise.mistakes[letter]}", letter)
    return Verdict(
        False, f"got {str(answer)[:40]!r}, wanted one of {', '.join(letters)}.", "wrong type"
    )


def _number(exercise, answer):
    found = arrays(answer)
    if not found or len(found) > 1 or found[0].size != 1 or isinstance(answer, (bool, np.bool_)):
        return Verdict(False, f"got {kind(answer)}, wanted one number.", "wrong type")
    value = float(found[0].reshape(()))
    if not math.isfinite(value):
        return Verdict(False, f"got {value}, wanted a finite number.", "not finite")
    wanted = float(exercise.reference())
    if abs(value - wanted) <= exercise.within:
        return Verdict(True, f"right, within {exercise.within:g}. {exercise.shows}")
    for name, mistake in exercise.mistakes.items():
        if abs(value - float(mistake.answer)) <= exercise.within:
            return Verdict(False, f"not yet. {mistake.sentence}", name)
    if abs(value + wanted) <= exercise.within:
        return Verdict(False, "not yet. The size is right, the sign is not.", "sign")
    side = "too large" if value > wanted else "too small"
    return Verdict(False, f"not yet: {value:g} is {side}, by more than {exercise.within:g}.", side)


def _function(exercise, answer, seconds):
    if not callable(answer):
        text = f"got {kind(answer)}, wanted a function of {', '.join(exercise.arguments())}."
        return Verdict(False, text, "wrong type")
    rng = np.random.default_rng()
    cases, printed = [], ""
    for _ in range(DRAWS):
        inputs = exercise.inputs(rng)
        given, kept = _copied(inputs), _copied(inputs)
        done = run(answer, given, seconds)
        printed = printed or done.printed
        if done.late:
            return _said(f"not yet: {done.late}", "late", printed)
        if done.error:
            return _said(f"not yet. It raised {done.error}", "error", printed)
        if done.value is None or done.value is ... or done.value is NotImplemented:
            return _said("still to do: it returns None.", "unanswered", printed)
        wanted = exercise.reference(*_copied(inputs))
        fault = _form(exercise, done.value, wanted) or _changed(exercise, given, kept)
        if fault:
            return _said(f"not yet. {fault[1]}", fault[0], printed)
        cases.append((kept, given, done.value, wanted))
    return _said_of(_compare(exercise, cases), printed)


def _compare(exercise, cases):
    near = {"rtol": exercise.rtol, "atol": exercise.atol}
    right = [equal(arrays(got), arrays(wanted), **near) for _, _, got, wanted in cases]
    if all(right):
        for a, b in zip(arrays(cases[0][2]), arrays(cases[0][3]), strict=True):
            if a.dtype.kind == "f" and a.dtype.itemsize < b.dtype.itemsize:
                text = f"not yet. Right to some digits, but in {a.dtype}: keep float64."
                return Verdict(False, text, "float32")
        fault = next((f for case in cases if (f := _gradient(exercise, case))), None)
        if fault:
            return Verdict(False, f"not yet. {fault[1]}", fault[0])
        return Verdict(True, f"right, on {len(cases)} draws of the inputs. {exercise.shows}")
    for name, mistake in exercise.mistakes.items():
        if all(_same(mistake.answer, kept, got, near) for kept, _, got, _ in cases):
            start = "still to do" if name == AS_GIVEN else "not yet"
            return Verdict(False, f"{start}. {mistake.sentence}", name)
    if any(right):
        text = f"right on {sum(right)} of {len(cases)} draws of the inputs, wrong on the others."
        return Verdict(False, f"not yet: {text} Does it depend on the very numbers?", "sometimes")
    parts = len(arrays(cases[0][3]))
    for k in range(parts):
        pairs = [(arrays(got)[k], arrays(wanted)[k]) for _, _, got, wanted in cases]
        if all(equal((a,), (b,), **near) for a, b in pairs):
            continue
        where = f"Value {k + 1} of {parts}: " if parts > 1 else ""
        given = [arrays(kept) or () for kept, *_ in cases]
        said = diagnose(pairs, given, **near)
        if said:
            return Verdict(False, f"not yet. {where}{said}", "general")
        gap = max(float(np.abs(a.astype(float) - b).max()) for a, b in pairs)
        text = f"{where}The form is right, the values are not: they miss by up to {gap:.2g}."
        return Verdict(False, f"not yet. {text}", "unknown")
    raise AssertionError("one part at least must differ")


def _same(function, kept, got, near):
    """Does a known mistake give the same? A mistake may raise where the answer did not."""
    try:
        with np.errstate(all="ignore"):
            wrong = arrays(function(*_copied(kept)))
    except Exception:
        return False
    return wrong is not None and equal(arrays(got), wrong, equal_nan=True, **near)


def _form(exercise, got, wanted):
    """The name and sentence of a wrong type or number of values, or None."""
    if callable(got) or isinstance(got, (str, bytes, dict, set)) or arrays(got) is None:
        return "wrong type", f"It returns {kind(got)}, wanted {exercise.wanted}."
    have, want = len(arrays(got)), len(arrays(wanted))
    if have != want and not (want == 1 and isinstance(got, list)):
        return "wrong type", f"It returns {kind(got)}, wanted {exercise.wanted}."
    if isinstance(got, list) and want == 1:
        return "wrong type", f"It returns a list, wanted {exercise.wanted} as one array."
    return None


def _changed(exercise, given, kept):
    for name, now, before in zip(exercise.arguments(), given, kept, strict=False):
        a, b = arrays(now), arrays(before)
        if a and b and not equal(a, b, 0, 0):
            return "changed input", f"It changes its argument {name} in place: work on a copy."
    return None


def _gradient(exercise, case):
    _, given, got, _ = case
    outputs = got if isinstance(got, tuple) else (got,)
    for i in exercise.gradient:
        name = exercise.arguments()[i]
        fault = "gradient lost", f"The values are right, but no gradient flows back to {name}: "
        if not all(torch.is_tensor(part) and part.requires_grad for part in outputs):
            return fault[0], fault[1] + "stay in torch, without detach, item or no_grad."
        total = sum(part.sum() for part in outputs)
        [slope] = torch.autograd.grad(total, given[i], retain_graph=True, allow_unused=True)
        if slope is None:
            return fault[0], fault[1] + "the result does not depend on it."
        if not slope.isfinite().all():
            return fault[0], f"The values are right, but the gradient of {name} is not finite."
    return None


def _copied(inputs):
    """A copy of each argument; a tensor that asks for a gradient goes on asking."""
    return tuple(
        part.detach().clone().requires_grad_(part.requires_grad)
        if torch.is_tensor(part)
        else copy.deepcopy(part)
        for part in inputs
    )


def _said(text, mistake, printed):
    return _said_of(Verdict(False, text, mistake), printed)


def _said_of(verdict, printed):
    """The verdict with the first lines that the reader's function printed."""
    if not printed.strip():
        return verdict
    lines = "\n".join(f"    {line[:200]}" for line in printed.strip().splitlines()[:5])
    return verdict._replace(text=f"{verdict.text}\n    It printed:\n{lines}")
