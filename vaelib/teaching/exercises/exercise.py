"""What an exercise is: a reference, inputs, and named mistakes, each a real wrong answer.

    exercises.check("5a", answer)

Three kinds of answer: a function, compared with the reference's values on inputs that are drawn
anew; a number, compared within a stated tolerance; the letter of a choice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from inspect import Parameter, signature
from typing import Any, NamedTuple

KINDS = ("derive", "code", "bug", "predict", "choice", "stretch")


class Mistake(NamedTuple):
    """A wrong answer of its own: a function like the reference, or a number; and the sentence that
    helps whoever gave it, without giving the answer away."""

    answer: Any
    sentence: str


@dataclass(frozen=True)
class Exercise:
    """One declaration; the text, two hints and the solution stand in the lesson.

    number : the lesson's and a letter, "5a"; title : a few words
    kind : derive (a closed form), code, bug (a wrong snippet to repair), predict (a number before
        it is computed), choice, or stretch (with a rubric in the lesson)
    minutes : about how long; essential : or else for those who want more
    reference : the right function; for predict, a function of nothing that computes the number; for
        choice, the right letter
    inputs : (rng, a numpy Generator) → the arguments, a tuple; torch or numpy as the lesson has it
    mistakes : {name: Mistake}, of a bug's among them "as given", the snippet that stands in the
        lesson; for choice {letter: why it tempts, and what is wrong with it}
    shows : what a right answer shows, in a sentence
    wanted : what comes back, in words with its shape, "log r (n, K)"
    rtol, atol : how near a function's values must be; for predict, `within` is the half-width
    gradient : positions of the arguments through which a gradient must flow
    """

    number: str
    title: str
    kind: str
    minutes: int
    reference: Any
    shows: str
    mistakes: dict[str, Any]
    inputs: Callable | None = None
    wanted: str = ""
    essential: bool = True
    rtol: float = 1e-6
    atol: float = 1e-9
    within: float = 0.0
    gradient: tuple[int, ...] = ()

    @property
    def lesson(self):
        return f"{int(self.number[:-1]):02d}"

    @property
    def is_function(self):
        return self.kind not in ("predict", "choice")

    def arguments(self):
        """The names of the reference's arguments, in order."""
        parameters = signature(self.reference).parameters.values()
        return [p.name for p in parameters if p.kind is not Parameter.VAR_KEYWORD]
