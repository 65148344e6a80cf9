"""Which mistake was made: mutants of the reference, one at a time and in pairs, on the same inputs.

Singh, Gulwani, Solar-Lezama, *Automated feedback generation for introductory programming
assignments* (PLDI 2013) search an error model in the same way, over programs.
"""

import ast
from collections.abc import Sequence
from functools import partial
from itertools import combinations, islice
from typing import NamedTuple

import numpy as np

from vaelib.teaching.exercises.comparing import near
from vaelib.teaching.exercises.formula import Values
from vaelib.teaching.exercises.mistakes.expressions import method, product, replaced, total
from vaelib.teaching.exercises.mistakes.fitting import counted_otherwise, outcome
from vaelib.teaching.exercises.mistakes.making import INDIRECT, Mutant, made, quiet
from vaelib.teaching.exercises.mistakes.places import factors_of, terms_of
from vaelib.teaching.exercises.mistakes.solving import another_number
from vaelib.teaching.exercises.parts import Argument, Kept, Local, children

PAIRS = 6000  # two mistakes at once that are tried in a reference
OTHERS = 2000  # and in each other form of it
EXTREMES = {  # a mutant's function: how an answer may have it
    "amax": {"amax", "max", "topk", "argmax", "sort"},
    "amin": {"amin", "min", "topk", "argmin", "sort"},
    "median": {"median", "quantile", "sort"},
    "prod": {"prod"},
}
NUMERIC = {"added", "limited"}  # errors with a number of their own
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
                if not one.rare and self._is_likely(one)
                if self._agrees(one, draws[0].formula)
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
        for one in filter(self._is_likely, mutants):
            if self._equals(one, draws, got, part) and self._agrees(one, draws[0].formula):
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
        return all(
            _same(self._outcome(one, draws, k), answer, part) for k, answer in enumerate(got)
        )

    def _is_likely(self, one):
        """Whether a mutant is made as it says, as far as the answer's source tells."""
        if one.errors[0] in INDIRECT:
            return False
        if self.source is None or one.errors[0] in ("missing_term", "missing_factor"):
            return True
        new = [part for other in one.changes.values() for part in _parts_of(other)]
        extremes = {method(part) for part in new} & EXTREMES.keys()
        if any(not EXTREMES[name] & self.source.called for name in extremes):
            return False
        said = [*one.changes, *(new if one.errors[0] in NUMERIC else [])]
        values = [part.value for part in said if isinstance(part, ast.Constant)]
        return all(abs(value) in self.source.written for value in filter(is_number, values))

    def _agrees(self, one, formula):
        """Whether a mutant depends on all arguments that the answer's source uses."""
        used = self.source and self.source.used(tuple(formula.arguments))
        return not used or used <= one.uses

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


def is_number(value):
    """Whether it is a number."""
    return isinstance(value, (int, float))


def _parts_of(node):
    """The parts of an expression, without those of the reference's parts in it."""
    if node is None or isinstance(node, (Argument, Local, Kept)):
        return []
    return [node, *(found for child in children(node) for found in _parts_of(child))]


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
