"""Which mistake was made: mutants of the reference, one at a time and in pairs, on the same inputs.

Singh, Gulwani, Solar-Lezama, *Automated feedback generation for introductory programming
assignments* (PLDI 2013) search an error model in the same way, over programs.
"""

import ast
import warnings
from itertools import combinations, islice
from typing import NamedTuple

import numpy as np
import torch

from vaelib.teaching.exercises.comparing import arrays, near
from vaelib.teaching.exercises.formula import Values
from vaelib.teaching.exercises.mistakes import (
    arguments,
    arithmetic,
    extras,
    functions,
    numerics,
    pieces,
    reductions,
    results,
)
from vaelib.teaching.exercises.mistakes.places import Place, replaced, sum_of, times, total
from vaelib.teaching.exercises.mistakes.words import capital, named, number, plain, written

ERRORS = (
    arguments.exchanged_arguments, results.values_permuted, arithmetic.missing_term, arithmetic.missing_terms, arithmetic.wrong_sign,
    arithmetic.missing_factor, functions.forgotten_function, functions.exponent, functions.power,
    functions.other_function, reductions.other_summary, reductions.other_axis, functions.spread,
    functions.steps_reordered, reductions.logarithm_of_mean, functions.other_order, arithmetic.once_or_everywhere, arguments.noise,
    reductions.hard_choice, numerics.naive, extras.bracket, arguments.transposed, pieces.threshold, pieces.another_piece, pieces.shifted_index, pieces.count,
    arithmetic.upside_down, arithmetic.weighed_term, arithmetic.factor_twice,
    arithmetic.turned_difference, arithmetic.added_or_multiplied, results.unfinished,
    arithmetic.scaled, results.a_step_too_many, functions.another_form_of_it, arguments.exchanged_operands,
    arguments.another_name, extras.extra_factor, extras.extra_term,
    extras.extra_constant, numerics.added, numerics.limited, arguments.centred, arguments.averaged, arithmetic.other_number, pieces.ends,
)  # fmt: skip
RARE = {  # not in pairs
    "exchanged_arguments", "values_permuted", "other_number", "ends", "averaged", "centred", "limited",
    "exchanged_operands", "added_or_multiplied", "steps_reordered", "extra_factor",
    "extra_constant", "extra_term", "added", "unfinished", "weighed_term",
}  # fmt: skip
PAIRS = 6000  # two mistakes at once that are tried in a reference
OTHERS = 2000  # and in each other form of it


class Mutant(NamedTuple):
    """A reference with mistakes: {part: other expression}, their names, where, and a sentence."""

    changes: dict
    errors: tuple
    sentence: str
    place: str
    rare: bool = False


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
            Whether two mistakes at once are tried.
        """
        searches = (self._ones, self._counts, self._pairs) if pairs else (self._ones,)
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
        """Of some sum, terms that are counted otherwise, whatever often: a least-squares fit."""
        formula = draws[0].formula
        for node in formula.homes:
            parts = sum_of(node, formula)
            if 2 <= len(parts) <= 8:
                found = _fitted(formula, node, parts, draws, got, part)
                if found:
                    return found
        return None

    def _pairs(self, mutants, draws, got, part):
        common = [one for one in mutants if not one.rare]
        likely = sorted(combinations(range(len(common)), 2), key=sum)
        first = mutants is self.formulas[0][0]
        for i, j in islice(likely, PAIRS if first else OTHERS):
            one, two = common[i], common[j]
            both = together(one.changes, two.changes)
            if both and _equals(both, draws, got, part):
                same = one.sentence == two.sentence
                sentence = f"Two things. {one.sentence} And: {two.sentence}"
                sentence = f"In two places: {one.sentence}" if same else sentence
                return Mutant(both, one.errors + two.errors, sentence, one.place)
        return None


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
        _same(values, changes, value, part) for values, value in zip(draws, got, strict=True)
    )


def _same(values, changes, got, part):
    value = _values(values, changes)
    if value is None or len(value) != len(got):
        return False
    return near(got, value) if part is None else near(got[part : part + 1], value[part : part + 1])


def _fitted(formula, node, parts, draws, got, part):
    """The mutant whose terms are counted as often as fits an answer exactly, or None."""
    columns, wanted = [], []
    for values, value in zip(draws, got, strict=True):
        alone = [_values(values, {node: total([one])}) for one in parts]
        whole = arrays(values.value)
        chosen = range(len(whole)) if part is None else [part]
        for k in chosen:
            if any(one is None or one[k].shape != whole[k].shape for one in alone):
                return None
            if value[k].shape != whole[k].shape:
                return None
            column = np.stack([one[k].ravel() for one in alone], 1).astype(float)
            if not np.allclose(
                column.sum(1), whole[k].ravel(), rtol=1e-6
            ):  # it is not linear in them
                return None
            columns.append(column)
            wanted.append(value[k].ravel().astype(float))
    matrix, vector = np.concatenate(columns), np.concatenate(wanted)
    if not (np.isfinite(matrix).all() and np.isfinite(vector).all()):
        return None
    often, _, rank, _ = np.linalg.lstsq(matrix, vector)
    if rank < len(parts) or not near((matrix @ often,), (vector,)):
        return None
    often = np.round(often, 3)
    changed = [k for k in range(len(parts)) if abs(often[k] - 1) > 1e-3]
    if not changed or len(changed) == len(parts) > 2 and len({*often}) > 1:
        return None
    said = [_counted(parts, k, float(often[k])) for k in changed]
    new = total(
        [(sign, times(float(c), term)) for (sign, term), c in zip(parts, often, strict=True)]
    )
    return Mutant({node: new}, ("counts",), _where(formula, node) + " ".join(said), written(node))


def _counted(parts, k, often):
    sign, term = parts[k]
    name = capital(named(term, [other for _, other in parts], sign=sign))
    if often == 0:
        return f"{name} is missing."
    if often == -1:
        return f"{name} has the wrong sign."
    return f"{name} counts {number(often)} times."


def _values(values, changes):
    try:
        return arrays(values.of(changes))
    except Exception:
        return None


_made = {}  # the mutants of a formula


def made(formula, given):
    """All mutants of a formula with one mistake, made once, on the first inputs that come."""
    if formula not in _made:
        _made[formula] = singles(formula, given)
    return _made[formula]


def singles(formula, given, errors=ERRORS):
    """All mutants with one mistake, each once."""
    values = Values(formula, given)
    found = {}
    with quiet():
        for error in errors:
            for node in formula.homes:
                place = Place(node, values.part(node), formula, values)
                where = _where(formula, node)
                for change in error(place):
                    changes = change.swaps or {node: change.new}
                    rare = change.rare or error.__name__ in RARE
                    said = where + change.sentence
                    one = Mutant(changes, (error.__name__,), said, written(node), rare)
                    found.setdefault((one.sentence, id(change.new)), one)
    return list(found.values())


def _where(formula, node):
    """In which of its parts a formula is changed, as the beginning of a sentence."""
    home, own = formula.homes[node], formula.root
    if home and home not in formula.arguments:
        name = plain(home)
        return f"In the {name}: " if len(name) > 2 or name in ("KL",) else f"In {name}: "
    if isinstance(own, ast.Tuple) and node is not own:
        above = formula.above(node) | {node}
        inside = [k for k, part in enumerate(own.elts, 1) if part in above]
        if len(inside) == 1:
            return f"In value {inside[0]} of {len(own.elts)}: "
    return ""


class quiet:
    """Inside, neither NumPy nor PyTorch says anything, and no gradient is kept."""

    def __enter__(self):
        self.parts = warnings.catch_warnings(), np.errstate(all="ignore"), torch.no_grad()
        for part in self.parts:
            part.__enter__()
        warnings.simplefilter("ignore")

    def __exit__(self, *error):
        for part in reversed(self.parts):
            part.__exit__(*error)
