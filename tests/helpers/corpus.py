"""Answers to exercises as students write them: `tests/corpus/first/5a.py`, read and judged.

Each was written by somebody who knew the exercise's text and not the checker: the first ones before
the checker was improved by them, the second ones afterwards. A section begins with
`# %% wrong · family · what was done`, or right; the last name that it defines is the answer.
"""

import linecache
import re
import time
import warnings
from pathlib import Path
from typing import NamedTuple

from vaelib.teaching import exercises
from vaelib.teaching.exercises.exercise import Verdict

FOLDER = Path(__file__).parents[1] / "corpus"
WHICH = ("first", "second")
IMPORTED = """
import math
import numpy as np
import scipy
import torch
import torch.nn.functional as F
from scipy import stats, special
from torch import nn
from torch.distributions import *
from torch.nn.functional import softplus, one_hot, mse_loss, logsigmoid
from vaelib.rules import Rule
"""
GENERAL = {"unknown", "strange", "sometimes", "other_shape", "not_finite", "too large", "too small"}


class Answer(NamedTuple):
    """A section of a file: which file, its place there, and what was done."""

    which: str
    number: str
    place: int
    right: bool
    family: str
    said: str
    code: str

    @property
    def name(self):
        """A name for tests, "first-5a-12"."""
        return f"{self.which}-{self.number}-{self.place}"

    def made(self):
        """The answer itself, whose lines can be shown as a notebook's."""
        lines = self.code.splitlines(keepends=True)
        linecache.cache[f"<{self.name}>"] = len(self.code), None, lines, f"<{self.name}>"
        space = {}
        exec(IMPORTED, space)
        before = {*space}
        exec(compile(self.code, f"<{self.name}>", "exec"), space)
        return [value for name, value in space.items() if name not in before][-1]


class Judged(NamedTuple):
    """An answer with its verdict and the seconds that it took."""

    answer: Answer
    verdict: Verdict
    seconds: float

    @property
    def explained(self):
        """Whether the sentence names a mistake, not only that there is one."""
        return self.verdict.found not in GENERAL


def is_right(answer):
    """Whether it is labelled right."""
    return answer.right


def answers(number, which="first"):
    """All answers to an exercise of one kind."""
    text = (FOLDER / which / f"{number}.py").read_text(encoding="utf-8")
    found = []
    for place, part in enumerate(re.split(r"^# %% ", text, flags=re.M)[1:], 1):
        head, _, code = part.partition("\n")
        label, family, said = head.split(" · ")
        found.append(Answer(which, number, place, label == "right", family, said, code))
    return found


def every():
    """All answers of both kinds."""
    return [one for which in WHICH for number in numbers() for one in answers(number, which)]


def numbers():
    """The exercises that have answers, in order."""
    own = {path.stem for path in FOLDER.glob("*/*.py")}
    every = [e.number for lesson in exercises.LESSONS for e in exercises.all_of(lesson)]
    return [number for number in every if number in own]


def judged(answer):
    """The answer with its verdict."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = answer.made()
        began = time.perf_counter()
        verdict = exercises.verdict(answer.number, made)
    return Judged(answer, verdict, time.perf_counter() - began)
