"""Random answers to every exercise: none breaks its check, and none is judged wrongly.

python -m tests.fuzz.answers --cases 500 --seed 0

An answer to a function exercise is its reference with up to two changes in the code (`mutants`),
its values perhaps in another form (FORMS), and what it does besides (DEEDS). The check must give a
verdict and put everything back. It may call right only what is within its tolerance of the
reference, with its gradients, on the very inputs that the check drew, and must call right what is
equal to eight digits, a float64 tensor or array, leaves its arguments alone and has the gradients.
"""

import argparse
import contextlib
import faulthandler
import gc
import math
import os
import pickle
import random
import sys
import threading
import time
import traceback
import warnings
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from functools import wraps

import numpy as np
import torch

from tests.fuzz.mutants import mutant
from vaelib.teaching import exercises
from vaelib.teaching.exercises import function
from vaelib.teaching.exercises.comparing import ROUNDED, copied
from vaelib.teaching.exercises.drawing import DRAWS
from vaelib.teaching.exercises.exercise import Choice
from vaelib.teaching.exercises.function import Function

ALL = [exercise for lesson in exercises.LESSONS for exercise in exercises.all_of(lesson)]


class Odd:
    """A value that raises whatever is done to it."""

    def __getattribute__(self, name):
        raise SystemExit(name)


def array(value):
    """A tensor or array as an array that can be written to."""
    return np.array(value.detach().resolve_neg().numpy() if torch.is_tensor(value) else value)


# What becomes of each value of an answer.
FORMS = {
    "an array": array,
    "a Fortran array": lambda v: np.asfortranarray(array(v)),
    "big-endian": lambda v: array(v).astype(">f8"),
    "long double": lambda v: array(v).astype(np.longdouble),
    "half": lambda v: array(v).astype(np.float16),
    "words": lambda v: array(v).astype(str),
    "objects": lambda v: array(v).astype(object),
    "fractions": lambda v: np.vectorize(Fraction, otypes=[object])(array(v)),
    "masked": lambda v: np.ma.masked_greater(array(v), 0),
    "a record": lambda v: array(v).view([("x", float)]),
    "a list": lambda v: array(v).tolist(),
    "backwards": lambda v: array(v)[..., ::-1],
    "not in one piece": lambda v: torch.stack([torch.as_tensor(v)] * 2, -1)[..., 0],
    "a parameter": lambda v: torch.nn.Parameter(torch.as_tensor(v).detach()),
    "lazily negated": lambda v: torch._neg_view(-torch.as_tensor(v)),
    "complex": lambda v: torch.as_tensor(v) + 0j,
    "huge": lambda v: torch.as_tensor(v) * 1e308,
    "a large view": lambda v: torch.as_tensor(v)[None].expand(10**9, *v.shape),
    "in place": lambda v: torch.as_tensor(v).clone().mul_(2).div_(2),
    "NaN at one place": lambda v: torch.as_tensor(v).index_fill(-1, torch.tensor([0]), math.nan),
    "a generator": lambda v: (part for part in v),
    "in a dict": lambda v: {"value": v},
    "an odd object": lambda v: Odd(),
    "itself": lambda v: [v, v],
    "deep": lambda v: [[[[v]]]],
    "nothing": lambda v: None,
}  # fmt: skip


def leave():
    raise SystemExit(1)


def fail():
    raise RuntimeError("\ud800 no " * 999)


def recurse():
    recurse()


def loop():
    while True:
        pass


def stubborn():
    for _ in range(3):
        with contextlib.suppress(BaseException):
            loop()


SLOW = {"loops": loop, "loops on": stubborn, "waits": lambda: time.sleep(3)}
DEEDS = SLOW | {
    "leaves": leave,
    "fails": fail,
    "recurses": recurse,
    "prints": lambda: print("− " * 9999, file=random.choice((sys.stdout, sys.stderr))),
    "warns": lambda: warnings.warn("is that right?", stacklevel=1),
    "ignores warnings": lambda: warnings.simplefilter("ignore"),
    "sets seeds": lambda: (torch.manual_seed(0), np.random.seed(0), random.seed(0)),  # noqa: NPY002
    "draws": lambda: (torch.rand(3), np.random.rand(), random.random()),  # noqa: NPY002
    "sets a type": lambda: torch.set_default_dtype(torch.float16),
    "takes threads": lambda: torch.set_num_threads(2),
    "wants no gradients": lambda: torch.set_grad_enabled(False),
    "is strict": lambda: (torch.use_deterministic_algorithms(True), np.seterr(all="raise")),
    "goes elsewhere": lambda: (os.chdir("/"), os.environ.clear()),
    "closes the streams": lambda: (setattr(sys, "stdout", None), setattr(sys, "stderr", None)),
    "digs deep": lambda: sys.setrecursionlimit(9999),
}  # fmt: skip
VALUES = (
    None, ..., NotImplemented, True, 0, -1, 0.5, 1e308, 10**400, math.nan, -math.inf, 1j, "", "a",
    "c", "B ", "zebra", b"c", [], (), {}, [[]], [0.3], dict, print, len, float, type, Odd(), ALL[0],
    np.nan, np.float32(0.3), np.zeros(0), np.zeros((1, 1)), np.array("c"), np.array([None]),
    np.ma.masked, np.datetime64("2026-11-27"), torch.tensor(0.3), torch.zeros(3, device="meta"),
    torch.zeros(1).expand(10**9), torch.eye(2).to_sparse(), Fraction(1, 3), range(5), iter("c"),
)  # fmt: skip


# -- answers ---------------------------------------------------------------------------------------


def written(rng, e):
    """An answer to a function exercise as a function, how it came about, and what it does too."""
    function, text = mutant(rng, e, rng.choice((0, 1, 1, 1, 1, 2)))
    form = rng.choice([*FORMS]) if rng.random() < 0.25 else None
    deed = rng.choice([*DEEDS]) if rng.random() < 0.15 else None
    if deed in SLOW and rng.random() < 0.9:  # each costs more than a second
        deed = None
    late = rng.random() < 0.5

    @wraps(function)
    def answer(*arguments):
        if deed and not late:
            DEEDS[deed]()
        value = function(*arguments)
        if deed and late:
            DEEDS[deed]()
        if form is None:
            return value
        return tuple(map(FORMS[form], value)) if type(value) is tuple else FORMS[form](value)

    return answer, f"{form}, {deed}: {text}", deed


def watched(function, seen):
    """The function, which notes (what it was given, what became of that, what it gave back)."""

    @wraps(function)
    def watching(*arguments):
        before = copied(arguments)
        value = function(*arguments)
        seen.append((before, arguments, value))
        return value

    return watching


def as_class(function, method):
    """A class made of the first argument, whose method takes the others."""

    def made(self, first):
        self.first = first

    def call(self, *others):
        return function(self.first, *others)

    return type("Answer", (), {"__init__": made, method: call})


def chosen(rng, e):
    """An answer to a choice or a number."""
    if rng.random() < 0.5:
        return rng.choice(VALUES)
    if isinstance(e, Choice):
        return rng.choice(("", " ", "\n")).join(["", rng.choice("abcdefABCDE1é"), ""])
    numbers = [m.answer for m in e.mistakes.values() if not isinstance(m.answer, str)]
    known = rng.choice([e.reference(), *numbers])
    value = float(known) + e.within * rng.choice((0, 0.9, -0.9, 1.1, -1.1, 30))
    form = rng.choice(
        (float, np.float32, np.float64, np.array, torch.tensor, str, Fraction, complex)
    )
    return form(rng.choice((1, 1, 1, -1)) * value)


# -- an opinion of one's own on them ---------------------------------------------------------------


def parts(value):
    return value if issubclass(type(value), (tuple, list)) else (value,)


def gap(got, wanted):
    """By how much the values miss, in units of their size; infinity for another shape or kind."""
    got, wanted = parts(got), parts(wanted)
    if len(got) != len(wanted):
        return math.inf
    worst = 0.0
    for a, b in zip(got, wanted, strict=True):
        try:
            if np.shape(a) != np.shape(b):  # asked first: a view may be larger than the memory
                return math.inf
            a, b = array(a), array(b)
        except (Exception, SystemExit):
            return math.inf
        if a.dtype.kind not in "fiub" or not np.isfinite(a).all():
            return math.inf
        if b.dtype.kind != "f":
            if not np.array_equal(a, b):
                return math.inf
            continue
        with np.errstate(over="ignore"):
            sizes = np.maximum(np.abs(b), max(np.median(np.abs(b)), 1e-3))
            missed = np.abs(a.astype(float) - b) / sizes
        worst = max(worst, float(missed.max(initial=0)))
    return worst


def sound(e, before, arguments, value):
    """Whether a call's value has the form that is asked for, its gradients, and no side effect."""
    wanted = e.reference(*copied(before))
    if isinstance(value, tuple) != isinstance(wanted, tuple):
        return False
    for a, b in zip(parts(value), parts(wanted), strict=False):
        kind = type(a) in (torch.Tensor, np.ndarray) and array(a).dtype == array(b).dtype
        if not kind or (torch.is_tensor(a) and a.layout != torch.strided):
            return False
    for a, b in zip(before, arguments, strict=True):
        if torch.is_tensor(a) and not a.equal(b):
            return False
    if not e.gradient:
        return True
    found = gradients(e, arguments, value)
    return found is not None and not differ(e, before, arguments, value, 1e-6)


def gradients(e, arguments, value):
    """Those that the exercise asks for, of the sum of all values; None where one is missing."""
    try:
        total = sum(part.sum() for part in parts(value))
        asked = [arguments[i] for i in e.gradient]
        found = torch.autograd.grad(total, asked, retain_graph=True)
    except (RuntimeError, AttributeError, TypeError):  # no tensors, or none with a gradient
        return None
    whole = all(part.requires_grad for part in parts(value))
    return found if whole and all(part.isfinite().all() for part in found) else None


def differ(e, before, arguments, value, within):
    """Whether the gradients of right values are not the reference's, in units of their size."""
    own = copied(before)
    found, wanted = gradients(e, arguments, value), gradients(e, own, e.reference(*own))
    return found is None or any(gap(a, b) > within for a, b in zip(found, wanted, strict=True))


def misjudged(e, verdict, seen):
    """What is wrong with the verdict, or None."""
    gaps = [gap(value, e.reference(*copied(before))) for before, _, value in seen[:DRAWS]]
    if verdict.right and (len(gaps) < DRAWS or max(gaps) > 1.01 * ROUNDED):
        return f"wrong by {max(gaps, default=math.inf):.3g} of the size, called right"
    if verdict.right and e.gradient and any(differ(e, *call, 0.01) for call in seen):
        return "with another gradient, called right"
    exact = len(gaps) == DRAWS and max(gaps) < 1e-8 and all(sound(e, *call) for call in seen)
    return "right, called wrong" if exact and not verdict.right else None


def plainly_right(e, answer):
    """Whether an answer to a choice or a number is right."""
    if type(answer) is Odd or answer is np.ma.masked:
        return False
    if isinstance(e, Choice):
        return isinstance(answer, str) and answer.strip().lower() == e.right
    if isinstance(answer, (list, tuple)) and len(answer) == 1:
        [answer] = answer
    try:
        return (
            not isinstance(answer, (str, bool)) and abs(float(answer) - e.reference()) <= e.within
        )
    except Exception:
        return False


# -- what a check must leave as it was -------------------------------------------------------------


def state():
    """What an answer may have set for the whole process."""
    return {
        "torch's stream": torch.get_rng_state().numpy().tobytes(),
        "numpy's stream": pickle.dumps(np.random.get_state()),  # noqa: NPY002
        "python's stream": random.getstate(),
        "torch": (
            torch.get_default_dtype(), torch.get_default_device(), torch.get_num_threads(),
            torch.is_grad_enabled(), torch.is_inference_mode_enabled(),
            torch.are_deterministic_algorithms_enabled(), torch.is_anomaly_enabled(),
        ),
        "numpy's errors": np.geterr(),
        "warnings": [*warnings.filters],
        "streams": (id(sys.stdout), id(sys.stderr)),
        "the system": (os.getcwd(), {**os.environ}, sys.getrecursionlimit(), gc.isenabled()),
        "threads": threading.active_count(),
    }  # fmt: skip


def left(before, verdict):
    """What is not as it was, or None."""
    after = state()
    threads = after.pop("threads"), before.pop("threads")
    changed = [name for name in before if before[name] != after[name]]
    if threads[0] > threads[1] and verdict.found != "late":
        changed.append("threads")
    return f"it left behind: {', '.join(changed)}" if changed else None


# -- cases -----------------------------------------------------------------------------------------


def judged(rng, e):
    """One answer to an exercise: how it came about, the verdict, and what is wrong with that."""
    if not isinstance(e, Function) or rng.random() < 0.04:
        answer = rng.choice(VALUES) if isinstance(e, Function) else chosen(rng, e)
        verdict = e.judge(answer)
        right = not isinstance(e, Function) and plainly_right(e, answer)
        said = f"right is {right}, verdict is {verdict.right}" if right != verdict.right else None
        return kind_of(answer), verdict, said
    function, text, deed = written(rng, e)
    seen, own = [], np.random.default_rng(rng.randrange(2**32))
    answer = watched(function, seen)
    if e.method and rng.random() < 0.5:
        answer = as_class(answer, e.method)
    seconds = 0.1 if deed in SLOW else e.seconds
    verdict = replace(e, inputs=lambda _: e.inputs(own), seconds=seconds).judge(answer)
    said = misjudged(e, verdict, seen)
    return text, verdict, said


def kind_of(value):
    return "an odd object" if type(value) is Odd else f"{type(value).__name__} {str(value)[:40]}"


def one(rng, e):
    """One case: (how it ends, what is wrong with it or None, how the answer came about)."""
    before, noise = state(), []

    def note(message, *more):
        if (
            threading.current_thread() is threading.main_thread()
        ):  # the check's own, not an answer's
            noise.append(f"it warns: {message}")

    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.showwarning = note
        try:
            text, verdict, said = judged(rng, e)
        except (Exception, SystemExit) as error:
            return "raises", repr(error), traceback.format_exc()
    end = "right" if verdict.right and not verdict.found else verdict.found
    end = "a known mistake" if end in e.mistakes else end
    if end == "strange" and "an odd object" not in text:
        said = said or verdict.text
    if not 10 < len(verdict.text) < 4000:
        said = said or f"a text of {len(verdict.text)} characters"
    return end, said or left(before, verdict) or (noise or [None])[0], text


def run(cases, seed=0, some=ALL, search=1):
    """Answers to each exercise: {how they end: n}, what is wrong, and the slowest in seconds.

    Of so many answers (`search`) the mistake is looked for in one alone, which takes the most time.
    """
    count, faults, slowest = Counter(), [], 0.0
    for e in some:
        for case in range(cases):
            began = time.perf_counter()
            with unexplained() if case % search else contextlib.nullcontext():
                end, said, text = one(random.Random(f"{seed} {e.number} {case}"), e)
            slowest = max(slowest, time.perf_counter() - began)
            count[end] += 1
            if said:
                faults.append(f"{e.number}, case {case}, {end}: {said}\n{text}")
                print(faults[-1], flush=True)
    return count, faults, slowest


@contextlib.contextmanager
def unexplained():
    """Inside, wrong values are refused without a search for the mistake."""
    search, function.explained = function.explained, lambda *given: None
    try:
        yield
    finally:
        function.explained = search


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=500, help="answers to each exercise")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--search", type=int, default=10, help="explain one answer in so many")
    parser.add_argument("numbers", nargs="*")
    given = parser.parse_args()
    faulthandler.dump_traceback_later(7200, exit=True)  # a case that hangs shows where
    some = [e for e in ALL if e.number in given.numbers] or ALL
    count, faults, slowest = run(given.cases, given.seed, some, given.search)
    for end, n in count.most_common():
        print(f"{end:28}  {n}")
    print(f"{count.total()} answers, the slowest {slowest:.1f} s; {len(faults)} faults")
    return bool(faults)


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    raise SystemExit(main())
