"""What a prediction is: a question before an experiment, and what a guess is worth after it.

A guess is a number, the key of an option, a place, or a curve's values at given points. Numbers,
places and curves are points on axes; whether one is a hit says its distance from what was measured.
"""

import math
from dataclasses import KW_ONLY, dataclass
from numbers import Real
from typing import NamedTuple


class Axis(NamedTuple):
    """A name and fixed limits, in the data's own units; `log` spaces them by their logarithms."""

    label: str
    low: float
    high: float
    log: bool = False

    def check(self, value):
        """The value as a float. Raises ValueError unless it is a number from low to high."""
        fine = isinstance(value, Real) and not isinstance(value, bool)
        if not (fine and self.low <= value <= self.high):
            raise ValueError(f"got {value!r}, wanted a number from {self.low:g} to {self.high:g}")
        return float(value)


@dataclass(frozen=True)
class Prediction:
    """What all kinds share.

    number, question : "5a", and one or two sentences
    measures : what the experiment measures, in a few words
    tempting : (a wrong guess, one sentence on why it tempts), each
    """

    number: str
    question: str
    _: KW_ONLY
    measures: str
    tempting: tuple = ()

    kind = ""

    def lesson(self):
        """The lesson's number, "05"."""
        return f"{self.number[:-1]:0>2}"

    def head(self):
        """What its face in a page needs, as JSON has it."""
        own = {"number": self.number, "question": self.question, "measures": self.measures}
        tempting = [[list(guess), why] for guess, why in self.tempting]
        return own | {"kind": self.kind, "tempting": tempting}


@dataclass(frozen=True, kw_only=True)
class Choice(Prediction):
    """One of a few options, {key: text}; each wrong one may tempt."""

    options: dict

    kind = "choice"

    def check(self, guess):
        """The option's key. Raises ValueError for anything else."""
        if not isinstance(guess, str) or guess not in self.options:
            wanted = ", ".join(self.options)
            raise ValueError(f"prediction {self.number}: got {guess!r}, wanted one of {wanted}")
        return guess

    def hit(self, guess, measured):
        """Whether the guess is right."""
        return guess == measured

    def why(self, guess):
        """Why a wrong guess tempts, or ""."""
        return dict(self.tempting).get(guess, "")

    def head(self):
        """See `Prediction.head`."""
        tempting = [[guess, why] for guess, why in self.tempting]
        return super().head() | {"options": self.options, "tempting": tempting}


@dataclass(frozen=True, kw_only=True)
class Points(Prediction):
    """A guess is one value for each of `axes()`; a hit is no farther than `within`."""

    within: float

    def check(self, guess):
        """The values as floats. Raises ValueError for another number of them, or one out of range.

        A prediction of one number takes that number, too.
        """
        axes = self.axes()
        given = [guess] if isinstance(guess, Real) else guess
        if not isinstance(given, list | tuple) or len(given) != len(axes):
            raise ValueError(
                f"prediction {self.number}: got {guess!r}, wanted {self._wanted(len(axes))}"
            )
        try:
            return [axis.check(value) for axis, value in zip(axes, given, strict=True)]
        except ValueError as error:
            raise ValueError(f"prediction {self.number}: {error}") from None

    @staticmethod
    def _wanted(n):
        return "one number" if n == 1 else f"a list of {n} numbers"

    def hit(self, guess, measured):
        """Whether the guess is near enough to what was measured."""
        return self.off(guess, measured) <= self.within

    def why(self, guess):
        """Why the guess tempts, as the nearest tempting one that it would hit says, or ""."""
        near = [(self.off(guess, other), why) for other, why in self.tempting]
        distance, why = min(near, default=(math.inf, ""))
        return why if distance <= self.within else ""

    def head(self):
        """See `Prediction.head`."""
        return super().head() | {"within": self.within}


@dataclass(frozen=True, kw_only=True)
class Number(Points):
    """A number with a unit, on a scale; `log`: a hit is within that factor, else within ± that.

    tempting : ((low, high), why), an interval each
    """

    unit: str
    low: float
    high: float
    log: bool = False

    kind = "number"

    def axes(self):
        """Its one axis."""
        return [Axis(self.unit, self.low, self.high, self.log)]

    def off(self, guess, measured):
        """How far: a factor of 1 or more on a logarithmic scale, else a difference."""
        [guess], [measured] = self.check(guess), self.check(measured)
        if self.log:
            return math.exp(abs(math.log(guess / measured)))
        return abs(guess - measured)

    def why(self, guess):
        """Why the guess tempts, or ""."""
        [value] = self.check(guess)
        return next((why for (low, high), why in self.tempting if low <= value <= high), "")

    def head(self):
        """See `Prediction.head`."""
        [axis] = self.axes()
        return super().head() | {"axes": [axis._asdict()], "unit": self.unit}


@dataclass(frozen=True, kw_only=True)
class Place(Points):
    """A place on a line, `x`, or in a plane, `x` and `y`; a hit is within that distance."""

    x: Axis
    y: Axis | None = None

    kind = "place"

    def axes(self):
        """One axis, or two."""
        return [axis for axis in (self.x, self.y) if axis]

    def off(self, guess, measured):
        """The distance."""
        return math.dist(self.check(guess), self.check(measured))

    def head(self):
        """See `Prediction.head`."""
        return super().head() | {"axes": [axis._asdict() for axis in self.axes()]}


@dataclass(frozen=True, kw_only=True)
class Curve(Points):
    """A curve, drawn by its values at the points `at`; a hit is within that on average."""

    x: Axis
    y: Axis
    at: tuple

    kind = "curve"

    def axes(self):
        """One y for each value."""
        return [self.y] * len(self.at)

    def off(self, guess, measured):
        """The mean absolute difference, in units of y."""
        pairs = zip(self.check(guess), self.check(measured), strict=True)
        return math.fsum(abs(a - b) for a, b in pairs) / len(self.at)

    def head(self):
        """See `Prediction.head`."""
        both = [self.x._asdict(), self.y._asdict()]
        return super().head() | {"axes": both, "at": list(self.at)}


number, choice, place, curve = Number, Choice, Place, Curve  # as a lesson's declarations read
