"""Which mistake was made: mutants of the reference, one at a time and in pairs, on the same inputs.

Singh, Gulwani, Solar-Lezama, *Automated feedback generation for introductory programming
assignments* (PLDI 2013) search an error model in the same way, over programs.
"""

from itertools import combinations, islice

from vaelib.teaching.exercises.comparing import near
from vaelib.teaching.exercises.formula import Values
from vaelib.teaching.exercises.mistakes.expressions import replaced
from vaelib.teaching.exercises.mistakes.fitting import counted_otherwise, outcome
from vaelib.teaching.exercises.mistakes.making import Mutant, made, quiet
from vaelib.teaching.exercises.mistakes.solving import another_number

PAIRS = 6000  # two mistakes at once that are tried in a reference
OTHERS = 2000  # and in each other form of it


class Mutants:
    """Mutants of some formulas, to be compared with an answer on the same draws of the inputs.

    Parameters
    ----------
    formulas : list of Formula
    draws : list of tuple
        Inputs.
    sample : tuple
        Inputs on which mutants are made: what they can be depends on shapes.
    """

    def __init__(self, formulas, draws, sample):
        with quiet():
            self.formulas = [
                (made(formula, sample), [Values(formula, given) for given in draws])
                for formula in formulas
            ]

    def like(self, got, part=None, pairs=True):
        """Return the first mutant whose values are the answer's on all draws, or None.

        Parameters
        ----------
        got : list of tuple
            The answer's arrays on each draw.
        part : int, optional
            Only this one of several values counts.
        pairs : bool
            Whether terms counted otherwise and two mistakes at once are tried.
        """
        several = pairs and any(_varies(part) for one in got for part in one)
        searches = (
            (self._ones, self._counts, self._number, self._pairs) if several else (self._ones,)
        )
        with quiet():
            for search in searches:
                for mutants, draws in self.formulas:
                    found = search(mutants, draws, got, part)
                    if found:
                        return found
        return None

    def number(self, value, within):
        """Return the first mutant with one mistake whose value is this number, or None."""
        with quiet():
            for mutants, [values] in self.formulas:
                for one in mutants:
                    try:
                        if abs(float(values.of(one.changes)) - value) <= within:
                            return one
                    except Exception:
                        continue
        return None

    def _ones(self, mutants, draws, got, part):
        return next((one for one in mutants if _equals(one.changes, draws, got, part)), None)

    def _counts(self, mutants, draws, got, part):
        return counted_otherwise(draws, got, part)

    def _number(self, mutants, draws, got, part):
        return another_number(draws, got, part)

    def _pairs(self, mutants, draws, got, part):
        first = mutants is self.formulas[0][0]
        for one, two in islice(
            _likely(mutants, draws[0], got[0], part), PAIRS if first else OTHERS
        ):
            both = together(one.changes, two.changes)
            if both and _equals(both, draws, got, part):
                return Mutant(both, one.errors + two.errors, _said_of_both(one, two), one.place)
        return None


def _varies(part):
    """Whether values are not all the same, which no two mistakes explain; one alone may be."""
    return part.size == 1 or (part.size > 1 and (part != part.flat[0]).any())


def _likely(mutants, values, got, part):
    """Pairs of common mutants, the likelier first: those that do something, to the right shape.

    Where the answer has another shape than the reference, one of the two must have given it that.
    """
    wanted = outcome(values, {})
    found = [(one, outcome(values, one.changes)) for one in mutants if not one.rare]
    found = [(one, value) for one, value in found if value and not _same(value, wanted, part)]
    if not _formed(got, wanted):
        shaping = [one for one, value in found if _formed(value, got)]
        return ((one, two) for two, _ in found for one in shaping if one is not two)
    pairs = sorted(combinations(range(len(found)), 2), key=sum)
    return ((found[i][0], found[j][0]) for i, j in pairs)


def _formed(value, other):
    """Whether arrays have the same shapes."""
    return [part.shape for part in value] == [part.shape for part in other]


def _said_of_both(one, two):
    if one.sentence == two.sentence:
        return f"It comes out as if, in two places: {one.sentence}"
    return f"It comes out as if two things were wrong. {one.sentence} And: {two.sentence}"


def together(one, two):
    """The changes of two mutants in one, or None where they exclude each other."""
    if not one.keys() & two.keys():
        return {**one, **two}
    if one.keys() == two.keys() and len(one) == 1:
        [node], [first], [then] = one, one.values(), two.values()
        for inner, outer in ((first, then), (then, first)):
            new = replaced(outer, node, inner)
            if new is not outer:
                return {node: new}
    return None


def _equals(changes, draws, got, part):
    """Whether changes give the answer's values on all draws."""
    return all(
        _same(outcome(values, changes), answer, part)
        for values, answer in zip(draws, got, strict=True)
    )


def _same(value, answer, part):
    if value is None or len(value) != len(answer):
        return False
    if part is None:
        return near(answer, value)
    return near(answer[part : part + 1], value[part : part + 1])
