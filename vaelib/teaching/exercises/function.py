"""An exercise whose answer is a function: it is run in place, and what came of it said in words.

The inputs are drawn anew at every call, so an answer that remembers some of them fails. A right
answer gets what it shows; a known mistake its own sentence; any other what can be said in general
(`diagnosis`). It never prints the right one.
"""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from inspect import Parameter, signature
from typing import NamedTuple

import numpy as np
import torch

from vaelib.teaching.exercises.diagnosis import arrays, diagnose, equal, kind
from vaelib.teaching.exercises.exercise import Exercise, Mistake, Verdict
from vaelib.teaching.exercises.running import SECONDS, run

DRAWS = 6
AS_GIVEN = "as given"  # the mistake that a snippet to repair begins with


class Case(NamedTuple):
    """One draw of the inputs: as they were and as the answer left them, and both results."""

    kept: tuple
    given: tuple
    got: object
    wanted: object


@dataclass(frozen=True, kw_only=True)
class Function(Exercise):
    """A function, compared with the reference's values.

    Attributes
    ----------
    role : str
        "derive" a closed form, "code", repair a "bug", or "stretch" (with a rubric in the lesson).
    reference : callable
        The right function.
    inputs : callable
        Takes a NumPy Generator to the arguments, a tuple, in torch or NumPy as the lesson has it.
    wanted : str
        What comes back, in words with its shape, "log r (n, K)".
    mistakes : dict of Mistake
        Each answer a function like the reference; of a bug's among them "as given", the snippet
        that stands in the lesson.
    rtol, atol : float
        How near the values must be.
    gradient : tuple of int
        Positions of the arguments through which a gradient must flow.
    seconds : float
        How long one call may take.
    method : str
        Where the answer may be a class: it is made of the first argument, and this method called
        with the others.
    """

    role: str
    reference: Callable
    inputs: Callable
    wanted: str
    mistakes: dict[str, Mistake]
    rtol: float = 1e-6
    atol: float = 1e-9
    gradient: tuple[int, ...] = ()
    seconds: float = SECONDS
    method: str = ""

    def arguments(self):
        """Return the names of the reference's arguments, in order."""
        parameters = signature(self.reference).parameters.values()
        return [p.name for p in parameters if p.kind is not Parameter.VAR_KEYWORD]

    def called(self, answer):
        """Return the answer, or what its `method` does where it is a class, as a function."""
        if not self.method or not isinstance(answer, type):
            return answer

        @wraps(getattr(answer, self.method, answer))
        def function(first, *others):
            return getattr(answer(first), self.method)(*others)

        return function

    @torch.inference_mode(False)  # whatever the notebook has set: gradients may be asked for
    def verdict(self, answer):
        """Run the answer on draws of the inputs, until one of them shows a fault."""
        if not callable(answer):
            first, *others = self.arguments()
            form = f"function of {', '.join([first, *others])}"
            if self.method:
                form = f"class, made of {first}, with a method {self.method}({', '.join(others)})"
            return Verdict(False, f"got {kind(answer)}, wanted a {form}.", "wrong type")
        answer = self.called(answer)
        rng = np.random.default_rng()
        cases, printed = [], ""
        for _ in range(DRAWS):
            inputs = self.inputs(rng)
            given, kept = copied(inputs), copied(inputs)
            done = run(answer, given, self.seconds)
            printed = printed or done.printed
            fault = _failed(done)
            if not fault:
                case = Case(kept, given, done.value, self.reference(*copied(inputs)))
                fault = self._form(case) or self._changed(case)
            if fault:
                return _with_lines(Verdict(False, fault[1], fault[0]), printed)
            cases.append(case)
        return _with_lines(self._compared(cases), printed)

    def _form(self, case):
        """The name and sentence of a wrong type or number of values, or None."""
        got, found = case.got, arrays(case.got)
        said = "wrong type", f"not yet. It returns {kind(got)}, wanted {self.wanted}."
        if callable(got) or isinstance(got, (str, bytes, dict, set)) or found is None:
            return said
        want = len(arrays(case.wanted))
        if isinstance(got, list) and want == 1:
            return said[0], f"not yet. It returns a list, wanted {self.wanted} as one array."
        return said if len(found) != want else None

    def _changed(self, case):
        """The name and sentence of an argument that was changed in place, or None."""
        for name, now, before in zip(self.arguments(), case.given, case.kept, strict=False):
            a, b = arrays(now), arrays(before)
            if b and (a is None or not equal(a, b, 0, 0)):
                text = f"not yet. It changes its argument {name} in place: work on a copy."
                return "changed input", text
        return None

    @np.errstate(all="ignore")  # an answer's huge values are no reason for a warning
    def _compared(self, cases):
        """The Verdict on the values of all draws together."""
        right = [self._equal(case.got, case.wanted) for case in cases]
        if all(right):
            return self._right(cases)
        for name, mistake in self.mistakes.items():
            if all(self._same(mistake.answer, case) for case in cases):
                start = "still to do" if name == AS_GIVEN else "not yet"
                return Verdict(False, f"{start}. {mistake.sentence}", name)
        if any(right):
            text = f"right on {sum(right)} of {len(cases)} draws of the inputs, wrong on the others"
            said = f"not yet: {text}. Does it depend on the very numbers?"
            return Verdict(False, said, "sometimes")
        return self._general(cases)

    def _right(self, cases):
        """The Verdict on right values: their precision and their gradient count too."""
        for a, b in zip(arrays(cases[0].got), arrays(cases[0].wanted), strict=True):
            if a.dtype.kind == "f" and a.dtype.itemsize < b.dtype.itemsize:
                text = f"not yet. Right to some digits, but in {a.dtype}: keep float64."
                return Verdict(False, text, "float32")
        lost = next((said for case in cases if (said := self._gradient(case))), None)
        if lost:
            return Verdict(False, f"not yet. {lost}", "gradient lost")
        return Verdict(True, f"right, on {len(cases)} draws of the inputs. {self.shows}")

    def _general(self, cases):
        """The Verdict on values that no known mistake gives: the first part that is wrong."""
        parts = len(arrays(cases[0].wanted))
        given = [arrays(case.kept) or () for case in cases]
        for k in range(parts):
            pairs = [(arrays(case.got)[k], arrays(case.wanted)[k]) for case in cases]
            if all(self._equal(*pair) for pair in pairs):
                continue
            where = f"Value {k + 1} of {parts}: " if parts > 1 else ""
            said = diagnose(pairs, given, self.rtol, self.atol)
            if said:
                return Verdict(False, f"not yet. {where}{said}", "general")
            gap = max(float(np.abs(a.astype(float) - b).max()) for a, b in pairs)
            text = f"{where}The form is right, the values are not: they miss by up to {gap:.2g}."
            return Verdict(False, f"not yet. {text}", "unknown")
        raise AssertionError("one part at least must differ")

    def _equal(self, got, wanted, equal_nan=False):
        return equal(arrays(got), arrays(wanted), self.rtol, self.atol, equal_nan)

    def _same(self, function, case):
        """Whether a known mistake gives the same; it may raise where the answer did not."""
        try:
            wrong = function(*copied(case.kept))
            return arrays(wrong) is not None and self._equal(case.got, wrong, equal_nan=True)
        except Exception:
            return False

    def _gradient(self, case):
        """What is wrong with the gradient of right values, in a sentence, or None."""
        outputs = case.got if isinstance(case.got, tuple) else (case.got,)
        for i in self.gradient:
            name = self.arguments()[i]
            lost = f"The values are right, but no gradient flows back to {name}: "
            if not all(torch.is_tensor(part) and part.requires_grad for part in outputs):
                return lost + "stay in torch, without detach, item or no_grad."
            done = run(_slope, (outputs, case.given[i]), self.seconds)
            if done.late or done.error:
                return f"The values are right, but the gradient cannot be taken: {_why(done)}"
            slope = done.value
            if slope is None:
                return lost + "the result does not depend on it."
            if not slope.isfinite().all():
                return f"The values are right, but the gradient of {name} is not finite."
        return None


def _slope(outputs, given):
    """The gradient of the sum of all outputs; run as the answer is, whose code it may call."""
    total = sum(part.sum() for part in outputs)
    return torch.autograd.grad(total, given, retain_graph=True, allow_unused=True)[0]


def _why(done):
    """What stood in the way of a gradient, in the reader's terms."""
    if "inplace operation" in (done.error or ""):
        return "an operation in place, such as −=, changed what it needs."
    if "backward through the graph a second time" in (done.error or ""):
        return "your function has taken it already, and freed what it needs."
    return done.late or done.error


def copied(inputs):
    """Return a copy of each argument; a tensor that asks for a gradient goes on asking."""
    return tuple(
        part.detach().clone().requires_grad_(part.requires_grad)
        if torch.is_tensor(part)
        else copy.deepcopy(part)
        for part in inputs
    )


def _failed(done):
    """The name and sentence of a call that gave no value, or None."""
    if done.late:
        return "late", f"not yet: {done.late}"
    if done.error:
        return "error", f"not yet. It raised {done.error}"
    if done.value is None or done.value is ... or done.value is NotImplemented:
        return "unanswered", "still to do: it returns None."
    return None


def _with_lines(verdict, printed):
    """The verdict with the first lines that the reader's function printed."""
    if not printed.strip():
        return verdict
    lines = "\n".join(f"    {line[:200]}" for line in printed.strip().splitlines()[:5])
    return verdict._replace(text=f"{verdict.text}\n    It printed:\n{lines}")
