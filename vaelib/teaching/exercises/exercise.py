"""What an exercise is: what its answer is compared with, and named mistakes, real wrong answers.

    exercises.check("5a", answer)

Three kinds: `Choice`, the letter of one of several answers; `Number`, compared within a stated
tolerance; and `Function` (in its own module), run on inputs that are drawn anew. The text, two
hints and the solution stand in the lesson.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from vaelib.teaching.exercises.diagnosis import arrays, kind
from vaelib.teaching.exercises.running import described


class Verdict(NamedTuple):
    """What an answer is worth.

    Attributes
    ----------
    right : bool
    text : str
        What to print.
    mistake : str or None
        The name of a known mistake, or of what was seen.
    """

    right: bool
    text: str
    mistake: str | None = None


class Mistake(NamedTuple):
    """A wrong answer with a name.

    Attributes
    ----------
    answer : function or float
        The wrong answer itself.
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
    essential : bool
        Or else for those who want more.
    """

    number: str
    title: str
    minutes: int
    shows: str
    essential: bool = True

    @property
    def lesson(self):
        """The lesson's number, "05"."""
        return f"{int(self.number[:-1]):02d}"

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

    def verdict(self, answer):
        """Compare with the reference, then with the mistakes, then say the side."""
        found = arrays(answer)
        if (
            not found
            or len(found) > 1
            or found[0].size != 1
            or isinstance(answer, (bool, np.bool_))
        ):
            return Verdict(False, f"got {kind(answer)}, wanted one number.", "wrong type")
        value = float(found[0].reshape(()))
        if not math.isfinite(value):
            return Verdict(False, f"got {value}, wanted a finite number.", "not finite")
        wanted = float(self.reference())
        if abs(value - wanted) <= self.within:
            return Verdict(True, f"right, within {self.within:g}. {self.shows}")
        for name, mistake in self.mistakes.items():
            if abs(value - float(mistake.answer)) <= self.within:
                return Verdict(False, f"not yet. {mistake.sentence}", name)
        if abs(value + wanted) <= self.within:
            return Verdict(False, "not yet. The size is right, the sign is not.", "sign")
        side = "too large" if value > wanted else "too small"
        text = f"not yet: {value:g} is {side}, by more than {self.within:g}."
        return Verdict(False, text, side)
