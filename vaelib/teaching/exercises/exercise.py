"""What an exercise is: what its answer is compared with, and named mistakes, real wrong answers.

    exercises.check("5a", answer)

Three kinds: `Choice`, the letter of one of several answers; `Number`, compared within a stated
tolerance; and `Function` (in its own module), run on inputs that are drawn anew. The text, two
hints and the solution stand in the lesson.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import quote

import numpy as np

from vaelib.teaching.exercises.comparing import arrays, kind
from vaelib.teaching.exercises.formula import formula_of
from vaelib.teaching.exercises.mistakes.search import Mutants
from vaelib.teaching.exercises.running import described, sealed

SHARE = 0.004  # of a number's size: how near a mutant's must be
# Where the course answers a mistake of the error model, if the exercise's own lesson says no other.
COURSE = {
    "exponent": ("", "Learn the letters", "00_start_here.ipynb"),
    "logarithm_of_mean": ("(2.2)", "Stay in log space", "02_gaussian_mixtures.ipynb"),
    "once_or_everywhere": ("(2.3)", "Stay in log space", "02_gaussian_mixtures.ipynb"),
    "hard_choice": ("(2.4)", "Ask who made a point", "02_gaussian_mixtures.ipynb"),
    "spread": ("(2.5)", "Fit by EM", "02_gaussian_mixtures.ipynb"),
}


class Verdict(NamedTuple):
    """What an answer is worth.

    Attributes
    ----------
    right : bool
    text : str
        A sentence on it.
    found : str or None
        The name of a known mistake, of the error model's operator, or of what was seen.
    place : str
        The part of the formula, or the argument, where it was found.
    see : str
        Where the lesson answers it: an equation, and a heading with a link, in Markdown.
    shown : str
        What the answer printed.
    """

    right: bool
    text: str
    found: str | None = None
    place: str = ""
    see: str = ""
    shown: str = ""


class Mistake(NamedTuple):
    """A wrong answer with a name.

    Attributes
    ----------
    answer : function, float or str
        The wrong answer itself, or the error model's own sentence on it.
    sentence : str
        What helps whoever gave it, without giving the right one away.
    """

    answer: Any
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """What all kinds have.

    Attributes
    ----------
    number : str
        The lesson's and a letter, "5a".
    title : str
        A few words.
    minutes : int
        About how long.
    shows : str
        What a right answer shows, in a sentence.
    role : str
        What it asks for: of a choice or a number "understand", "predict" what nobody has run yet,
        name the "control" that an experiment lacks, "read" a figure, "design" an experiment; of
        a function "derive" a closed form, "code", repair a "bug", or "stretch".
    essential : bool
        Or else for those who want more.
    see : dict
        {a mistake's or operator's name, or "" for all others: (equation, heading) of the lesson}.
    """

    number: str
    title: str
    minutes: int
    shows: str
    role: str = "understand"
    essential: bool = True
    see: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def lesson(self):
        """The lesson's number, "05"."""
        return f"{int(self.number[:-1]):02d}"

    def link(self, *found):
        """Return where the course answers a mistake, as Markdown, or ""."""
        places = COURSE | {name: (*place, "") for name, place in self.see.items()}
        for name in (*found, ""):
            if name in places:
                equation, heading, page = places[name]
                return f"{equation} in [{heading}]({page}#{anchor(heading)})".removeprefix(" in ")
        return ""

    def judge(self, answer):
        """Return the Verdict on an answer, "unanswered" for what an untouched stub gives."""
        if answer is None or answer is ...:
            return Verdict(False, "still to do.", "unanswered")
        try:
            return self.verdict(answer)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # values may raise anything when they are looked at
            said = f"not yet. The checker cannot work with what came: {described(error)}"
            return Verdict(False, said, "strange")

    def verdict(self, answer):
        """Return the Verdict on an answer that is there."""
        raise NotImplementedError

    def side_by_side(self, answer):
        """Return the answer's values and the right ones in a small table, or why there is none."""
        return "    There are no values to compare: this exercise asks for a letter or a number."


@dataclass(frozen=True, kw_only=True)
class Choice(Exercise):
    """The letter of one of several answers.

    Attributes
    ----------
    right : str
        The right letter.
    mistakes : dict
        {another letter: why it tempts, and what is wrong with it}.
    """

    right: str
    mistakes: dict[str, str]

    def verdict(self, answer):
        """Compare letters."""
        letter = answer.strip().lower() if isinstance(answer, str) else None
        if letter == self.right:
            return Verdict(True, f"right. {self.shows}")
        if letter in self.mistakes:
            return Verdict(False, f"no. {self.mistakes[letter]}", letter)
        letters = ", ".join(sorted([self.right, *self.mistakes]))
        came = repr(answer[:40]) if isinstance(answer, str) else kind(answer)
        return Verdict(False, f"got {came}, wanted one of {letters}.", "wrong type")


@dataclass(frozen=True, kw_only=True)
class Number(Exercise):
    """A number that is predicted before it is computed.

    Attributes
    ----------
    reference : callable
        Computes the number.
    within : float
        How far from it is still right.
    mistakes : dict of Mistake
    """

    reference: Callable[[], float]
    within: float
    mistakes: dict[str, Mistake]

    def __post_init__(self):
        object.__setattr__(self, "reference", sealed(self.reference))

    def formulas(self):
        """Return the reference as its parts."""
        return [formula_of(self.reference.__wrapped__)]

    def verdict(self, answer):
        """Compare with the reference, then with the mistakes and mutants, then say the side."""
        found = arrays(answer)
        one = found and len(found) == 1 and found[0].size == 1
        if not one or isinstance(answer, (bool, np.bool_)):
            return Verdict(False, f"got {kind(answer)}, wanted one number.", "wrong type")
        value = float(found[0].reshape(()))
        if not math.isfinite(value):
            return Verdict(False, f"got {value}, wanted a finite number.", "not finite")
        wanted = float(self.reference())
        if self._same(value, wanted):
            return Verdict(True, f"right, within {self.within:g}. {self.shows}")
        for name, mistake in self.mistakes.items():
            if not isinstance(mistake.answer, str) and self._same(value, float(mistake.answer)):
                return Verdict(False, f"not yet. {mistake.sentence}", name, see=self.link(name))
        return self._mutant(value) or self._side(value, wanted)

    def _same(self, value, other):
        """Whether two numbers are as near as is asked for; the limit itself is in."""
        return abs(value - other) <= self.within * (1 + 1e-9) + 1e-12

    def _mutant(self, value):
        """The Verdict on a number that a mutant of the reference gives, or None."""
        within = min(self.within, SHARE * abs(value))
        found = Mutants(self.formulas(), [()], ()).number(value, within)
        if not found:
            return None
        for name, mistake in self.mistakes.items():
            if mistake.answer == found.sentence:
                return Verdict(False, f"not yet. {mistake.sentence}", name, see=self.link(name))
        see = self.link(*found.errors)
        return Verdict(False, f"not yet. {found.sentence}", found.errors[0], found.place, see)

    def _side(self, value, wanted):
        """The Verdict on a number that nothing explains."""
        if self._same(value, -wanted):
            return Verdict(False, "not yet. The size is right, the sign is not.", "sign")
        side = "too large" if value > wanted else "too small"
        text = f"not yet: {value:g} is {side}, by more than {self.within:g}."
        return Verdict(False, text, side, see=self.link())


def anchor(heading):
    """A heading's address within its notebook."""
    return quote(heading.replace(" ", "-"))
