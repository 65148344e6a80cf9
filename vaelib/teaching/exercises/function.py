"""An exercise whose answer is a function: it is run, and what came of it said in words.

The inputs are drawn anew at every call, so an answer that remembers some of them fails. Values are
compared with the reference's; wrong ones with those of named mistakes, then explained by mutants of
the reference and by changes of the answer's source (`explaining`); what is left gets what can be
said in general (`diagnosis`). None of it is the right answer.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from inspect import Parameter, signature

import numpy as np
import torch

from vaelib.teaching.exercises import gradients
from vaelib.teaching.exercises.comparing import (
    EXACT,
    ROUNDED,
    arrays,
    copied,
    gap,
    kind,
    near,
    side_by_side,
)
from vaelib.teaching.exercises.diagnosis import diagnose
from vaelib.teaching.exercises.drawing import drawn
from vaelib.teaching.exercises.exercise import Exercise, Mistake, Verdict
from vaelib.teaching.exercises.explaining import explained, gives, wrong_values
from vaelib.teaching.exercises.form import Case, changed, failed, misshapen
from vaelib.teaching.exercises.formula import formula_of
from vaelib.teaching.exercises.rehearsal import rehearse
from vaelib.teaching.exercises.running import SECONDS, run, sealed
from vaelib.teaching.exercises.unused import unused

NEARLY = 0.01  # of a value's size
LINES = 5  # of what the answer prints
AS_GIVEN = "as given"  # the mistake that a snippet to repair begins with


@dataclass(frozen=True, kw_only=True)
class Function(Exercise):
    """A function, compared with the reference's values.

    Attributes
    ----------
    reference : callable
        The right function, in plain assignments: its parts are what can be wrong.
    forms : tuple of callable
        Other right functions, whose parts can be wrong too.
    inputs : callable
        Takes a NumPy Generator to the arguments, a tuple, in torch or NumPy as the lesson has it.
    wanted : str
        What comes back, in words with its shape, "log r (n, K)".
    mistakes : dict of Mistake
        Each answer a function like the reference, or what the error model says of it; of a bug's
        among them "as given", the snippet that stands in the lesson.
    gradient : tuple of int
        Positions of the arguments through which a gradient must flow.
    seconds : float
        How long one call may take.
    method : str
        Where the answer may be a class: it is made of the first argument, and this method called
        with the others.
    """

    reference: Callable
    inputs: Callable
    wanted: str
    mistakes: dict[str, Mistake] = field(default_factory=dict)
    forms: tuple[Callable, ...] = ()
    gradient: tuple[int, ...] = ()
    seconds: float = SECONDS
    method: str = ""

    def __post_init__(self):
        object.__setattr__(self, "reference", sealed(self.reference))

    def arguments(self):
        """Return the names of the reference's arguments, in order."""
        parameters = signature(self.reference).parameters.values()
        return [p.name for p in parameters if p.kind is not Parameter.VAR_KEYWORD]

    def formulas(self):
        """Return the reference and the other forms as their parts."""
        return [formula_of(form) for form in (self.reference.__wrapped__, *self.forms)]

    def sample(self):
        """Return the same inputs every time."""
        return self.inputs(np.random.default_rng(0))

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
        own, answer = answer, self.called(answer)
        draws = drawn(self.inputs, np.random.default_rng())
        stopped = rehearse(answer, copied(draws[0]), self.seconds)
        if stopped:
            return Verdict(False, f"not yet: {stopped}", "late")
        cases, printed = [], ""
        for inputs in draws:
            given, kept = copied(inputs), copied(inputs)
            done = run(answer, given, self.seconds)
            printed = printed or done.printed
            fault = failed(done)
            if not fault:
                wanted = self.reference(*copied(inputs))
                case = Case(kept, given, done.value, wanted, done.random)
                fault = misshapen(case, self.wanted) or changed(case, self.arguments())
            if fault:
                return Verdict(False, fault[1], fault[0], shown=_begun(printed))
            cases.append(case)
        return self._compared(cases, own)._replace(shown=_begun(printed))

    def side_by_side(self, answer):
        """Return the answer's values and the right ones on one draw of the inputs, as a table."""
        inputs = self.inputs(np.random.default_rng())
        done = run(self.called(answer), copied(inputs), self.seconds) if callable(answer) else None
        got = arrays(done.value) if done and done.value is not None else None
        if got is None:
            return "    There are no values to compare yet."
        return side_by_side(got, arrays(self.reference(*copied(inputs))))

    @np.errstate(all="ignore")  # an answer's huge values are no reason for a warning
    def _compared(self, cases, answer):
        """The Verdict on the values of all draws together."""
        gaps = [gap(*case.values) for case in cases]
        if max(gaps) <= ROUNDED:
            return self._right(cases, max(gaps))
        for name, mistake in self.mistakes.items():
            if gives(mistake, cases):
                return self.known(name, mistake)
        if any(case.random for case in cases):
            said = "nothing in it is to be drawn; what is random is given."
            return Verdict(False, f"not yet. It draws random numbers: {said}", "random")
        if self._changes(cases[0], self.called(answer)):
            said = "does it remember, or draw?"
            text = f"not yet. On the same inputs it gives another value the next time: {said}"
            return Verdict(False, text, "another value")
        found = explained(self, cases, answer)
        if not found and max(gaps) <= NEARLY:
            digits = f"Right to {-np.log10(max(gaps)):.0f} digits and not further"
            cause = "half precision, rounding, or something that is added and not small?"
            return Verdict(False, f"not yet. {digits}: {cause}", "nearly")
        return found or self._general(cases, gaps, self.called(answer))

    def _changes(self, case, answer):
        """Whether an answer gives another value when it is called again on the same inputs."""
        again = arrays(run(answer, copied(case.kept), self.seconds).value)
        return again is not None and not near(again, case.values[0])

    def _right(self, cases, worst):
        """The Verdict on right values: their gradient counts too."""
        lost = gradients.fault(self, cases)
        if lost:
            return Verdict(False, f"not yet. {lost}", "gradient")
        remark = ""
        got, wanted = cases[0].values
        pairs = zip(got, wanted, strict=True)
        if any(b.dtype.kind == "f" and a.dtype.itemsize < b.dtype.itemsize for a, b in pairs):
            remark = f" (It is {got[0].dtype}: the course keeps float64, for sixteen digits.)"
        elif worst > EXACT:
            remark = f" (To {-np.log10(worst):.0f} digits: float32 inside, or something added?)"
        text = f"right, on {len(cases)} draws of the inputs. {self.shows}{remark}"
        return Verdict(True, text)

    def known(self, name, mistake):
        """Return the Verdict on an answer that makes a named mistake."""
        start = "still to do" if name == AS_GIVEN else "not yet"
        return Verdict(False, f"{start}. {mistake.sentence}", name, see=self.link(name))

    def _general(self, cases, gaps, answer):
        """The Verdict on values that no known mistake gives: the first part that is wrong."""
        wrong = [case for case, miss in zip(cases, gaps, strict=True) if miss > ROUNDED]
        parts = len(cases[0].values[1])
        given = [arrays(case.kept) or () for case in wrong]
        k = wrong_values(wrong)[0]
        where = f"Value {k + 1} of {parts}: " if parts > 1 else ""
        pairs = [tuple(part[k] for part in case.values) for case in wrong]
        said = diagnose(pairs, given, EXACT, 1e-9)
        if said:
            return Verdict(False, f"not yet. {where}{said[1]}", said[0])
        hint = unused(self, answer, [case.kept for case in cases])
        where = f"{hint} {where}" if hint else where
        if len(wrong) < len(cases):
            text = f"It is right on {len(cases) - len(wrong)} of {len(cases)} draws of the inputs"
            said = f"not yet. {where}{text}, wrong on the others."
            return Verdict(False, said, "sometimes")
        miss = max(float(np.abs(a.astype(float) - b).max(initial=0)) for a, b in pairs)
        text = f"The form is right, the values are not: they miss by up to {miss:.2g}."
        return Verdict(False, f"not yet. {where}{text}", "unknown")


def _begun(printed):
    """The first lines of what a function printed."""
    return "\n".join(line[:200] for line in printed.strip().splitlines()[:LINES])
