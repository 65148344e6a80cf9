"""Which mistake was made: mutants of the reference, one at a time and in pairs, on the same inputs.

Singh, Gulwani, Solar-Lezama, *Automated feedback generation for introductory programming
assignments* (PLDI 2013) search an error model in the same way, over programs.
"""

from collections.abc import Sequence
from functools import partial
from itertools import combinations
from typing import NamedTuple

import numpy as np

from vaelib.teaching.exercises.formula import Values
from vaelib.teaching.exercises.mistakes.believing import agrees, is_likely
from vaelib.teaching.exercises.mistakes.expressions import product, total
from vaelib.teaching.exercises.mistakes.fitting import counted_otherwise, outcome
from vaelib.teaching.exercises.mistakes.making import made, quiet
from vaelib.teaching.exercises.mistakes.pairs import same, two_at_once
from vaelib.teaching.exercises.mistakes.places import factors_of, terms_of
from vaelib.teaching.exercises.mistakes.solving import another_number

PAIRS = 6000  # two mistakes at once that are tried in a reference
OTHERS = 2000  # and in each other form of it
SEVERAL = 6  # terms or factors of which some together are a part


class Mutants:
    """Mutants of some formulas, to be compared with an answer on the same draws of the inputs.

    Parameters
    ----------
    formulas : list of Formula
    draws : list of tuple
        Inputs.
    sample : tuple
        Inputs on which mutants are made: what they can be depends on shapes.
    source : Answer, optional
        Whose numbers and arguments tell which mistakes are likely.
    known : set of str
        Sentences that stand for a known mistake: those mutants come first.
    """

    def __init__(self, formulas, draws, sample, source=None, known=()):
        self.source, self.known, self._outcomes = source, known, {}
        with quiet():
            self.formulas = [
                (made(formula, sample), [Values(formula, given) for given in draws])
                for formula in formulas
            ]

    def likely(self, got, part=None):
        """Return the first mutant whose values are the answer's on all draws, or None.

        Parameters
        ----------
        got : list of tuple
            The answer's arrays on each draw.
        part : int, optional
            Only this one of several values counts.
        """
        return self._first(got, part, self._ones)

    def unlikely(self, got, part=None):
        """Return a mutant that is made by another road most often, or terms counted otherwise."""
        more = (self._counts, self._number) if tells(got) else ()
        return self._first(got, part, self._others, *more)

    def pairs(self, got, part=None):
        """Return a mutant with two mistakes, or None."""
        return self._first(got, part, self._pairs) if tells(got) else None

    def outcomes(self):
        """Every mutant that is not rare, with what it gives on each draw."""
        with quiet():
            return [
                (one, Outcomes(partial(self._outcome, one, draws), len(draws)))
                for mutants, draws in self.formulas
                for one in mutants
                if not one.rare and self._believed(one, draws[0].formula)
            ]

    def parts(self):
        """Return each part of the formulas, some of a sum's terms or a product's factors too."""
        with quiet():
            return [
                Piece([values.value_of(node) for values in draws], formula.used_in(node))
                for _, draws in self.formulas
                for formula in [draws[0].formula]
                for node in pieces_of(formula)
            ]

    def _first(self, got, part, *searches):
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
        named = [one for one in mutants if one.sentence in self.known]
        found = next((one for one in named if self._equals(one, draws, got, part)), None)
        if found:
            return found
        for one in mutants:
            if part is not None and one.errors[0] == "values_permuted":
                continue  # of all of them together
            if self._believed(one, draws[0].formula) and self._equals(one, draws, got, part):
                return one
        return None

    def _others(self, mutants, draws, got, part):
        return next((one for one in mutants if self._equals(one, draws, got, part)), None)

    def _outcome(self, one, draws, k):
        """What a mutant gives on draw k; the first is kept."""
        if k:
            return outcome(draws[k], one.changes)
        if id(one) not in self._outcomes:
            self._outcomes[id(one)] = outcome(draws[0], one.changes)
        return self._outcomes[id(one)]

    def _equals(self, one, draws, got, part):
        """Whether a mutant gives the answer's values on all draws."""
        return all(same(self._outcome(one, draws, k), answer, part) for k, answer in enumerate(got))

    def _believed(self, one, formula):
        return is_likely(one, self.source) and agrees(one, formula, self.source)

    def _counts(self, mutants, draws, got, part):
        return counted_otherwise(draws, got, part)

    def _number(self, mutants, draws, got, part):
        return another_number(draws, got, part, sums=self.source is None)

    def _pairs(self, mutants, draws, got, part):
        most = PAIRS if mutants is self.formulas[0][0] else OTHERS
        return two_at_once(mutants, draws, got, part, most)


class Piece(NamedTuple):
    """A part of a reference: its values on each draw, and the arguments that it depends on."""

    values: list
    uses: frozenset


class Outcomes(Sequence):
    """What a mistake gives on each of some draws, computed where it is asked for."""

    def __init__(self, made, draws):
        self.made, self.draws = made, draws

    def __len__(self):
        return self.draws

    def __getitem__(self, k):
        with quiet():
            return self.made(k)


def pieces_of(formula):
    """All parts of a formula, and all sums of some terms, and products of some factors."""
    yield from formula.homes
    for node in formula.homes:
        for parts, whole in ((terms_of(node, formula), total), (factors_of(node), product)):
            for size in range(2, len(parts)) if len(parts) <= SEVERAL else ():
                yield from map(whole, combinations(parts, size))


def tells(got):
    """Whether an answer's values are not all the same, or no numbers: those agree with too much."""
    return any(_varies(part[np.isfinite(part)]) for each in got for part in each)


def _varies(values):
    return values.size == 1 or (values.size > 1 and (values != values.flat[0]).any())
