"""Two mistakes of the error model at once."""

from itertools import combinations, islice

from vaelib.teaching.exercises.comparing import near
from vaelib.teaching.exercises.mistakes.expressions import replaced
from vaelib.teaching.exercises.mistakes.fitting import outcome
from vaelib.teaching.exercises.mistakes.making import Mutant


def two_at_once(mutants, draws, got, part, most):
    """Return the first of so many pairs of mutants that gives an answer's values, or None.

    Parameters
    ----------
    mutants : list of Mutant
        Of one formula.
    draws : list of Values
        The formula on each draw.
    got : list of tuple
        The answer's arrays on each draw.
    part : int or None
        Of several values the one that counts.
    most : int
        How many pairs are tried.
    """
    for one, two in islice(_likely(mutants, draws[0], got[0], part), most):
        both = together(one.changes, two.changes)
        if both and _equals(both, draws, got, part):
            return Mutant(both, one.errors + two.errors, _said_of_both(one, two), one.place)
    return None


def _likely(mutants, values, got, part):
    """Pairs of common mutants, the likelier first: those that do something, to the right shape.

    Where the answer has another shape than the reference, one of the two must have given it that.
    """
    wanted = outcome(values, {})
    found = [(one, outcome(values, one.changes)) for one in mutants if not one.rare]
    found = [(one, value) for one, value in found if value and not same(value, wanted, part)]
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
        same(outcome(values, changes), answer, part)
        for values, answer in zip(draws, got, strict=True)
    )


def same(value, answer, part):
    """Whether what a mutant gives is an answer's value, or of several only one."""
    if value is None or len(value) != len(answer):
        return False
    if part is None:
        return near(answer, value)
    return near(answer[part : part + 1], value[part : part + 1])
