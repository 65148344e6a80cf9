"""The mutants of a formula: it, with one mistake of the error model at one of its places."""

import ast
import warnings
from contextlib import contextmanager
from typing import NamedTuple

import numpy as np
import torch

from vaelib.teaching.exercises.formula import Values, used_after
from vaelib.teaching.exercises.mistakes import (
    arguments,
    brackets,
    counts,
    extras,
    functions,
    logspace,
    numerics,
    ordering,
    pieces,
    products,
    reductions,
    results,
    slips,
    sums,
)
from vaelib.teaching.exercises.mistakes.places import Place
from vaelib.teaching.exercises.mistakes.words import is_word, plain, written

# The likelier come first: of two mutants with the same values, the first is believed.
ERRORS = (
    arguments.exchanged_arguments, arguments.one_for_another, results.values_permuted,
    sums.missing_term, sums.missing_terms, sums.wrong_sign, products.missing_factor,
    functions.forgotten_function, functions.exponent, functions.power, functions.other_function,
    reductions.other_summary, reductions.other_axis, reductions.spread,
    ordering.steps_reordered, logspace.logarithm_of_mean, ordering.other_order,
    sums.once_or_everywhere, arguments.noise, logspace.hard_choice, numerics.naive,
    brackets.bracket, arguments.transposed,
    pieces.threshold, pieces.another_piece, pieces.shifted_index, counts.count,
    products.upside_down, sums.weighed_term, products.factor_twice, products.turned_difference,
    products.added_or_multiplied, results.unfinished, products.scaled, results.a_step_too_many,
    functions.another_form_of_it, arguments.exchanged_operands, arguments.another_name,
    extras.extra_factor, extras.extra_term, extras.extra_constant,
    slips.out_of_log_space, numerics.added, numerics.limited, arguments.centred, arguments.averaged,
    products.other_number, counts.ends, slips.left_out, slips.one_alone, slips.sorted_first,
)  # fmt: skip

# What is done by another road most often: values show the effect, not the code.
INDIRECT = {
    "extra_factor", "extra_term", "extra_constant", "another_form_of_it", "averaged", "centred",
    "transposed", "another_name", "added_or_multiplied", "other_function", "other_number", "counts",
    "factor_twice", "turned_difference", "upside_down", "left_out", "one_alone", "one_for_another",
    "number",
}  # fmt: skip

MISSING = {"missing_term", "missing_terms", "missing_factor"}  # what is not there

_made = {}  # {formula: its mutants}


class Mutant(NamedTuple):
    """A reference with mistakes: {part: other expression}, their names, a sentence, and where.

    Rare ones are not tried together with a second mistake. `uses` are the arguments on which it
    depends.
    """

    changes: dict
    errors: tuple
    sentence: str
    place: str
    rare: bool = False
    uses: frozenset | None = None


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
                for change in error(Place(node, values.part(node), formula, values)):
                    changes = change.swaps or {node: change.new}
                    said = where(formula, node) + change.sentence
                    uses = used_after(formula, changes)
                    one = Mutant(changes, (error.__name__,), said, written(node), change.rare, uses)
                    found.setdefault((said, id(change.new)), one)
    return list(found.values())


def where(formula, node):
    """In which of its parts a formula is changed, as the beginning of a sentence, or ""."""
    home, root = formula.homes[node], formula.root
    if home and home not in formula.arguments:
        name = plain(home)
        return f"In the {name}: " if is_word(name) else f"In {name}: "
    if isinstance(root, ast.Tuple) and node is not root:
        above = formula.above(node) | {node}
        inside = [k for k, part in enumerate(root.elts, 1) if part in above]
        if len(inside) == 1:
            return f"In value {inside[0]} of {len(root.elts)}: "
    return ""


@contextmanager
def quiet():
    """Inside, neither NumPy nor PyTorch says anything, and no gradient is kept."""
    with warnings.catch_warnings(), np.errstate(all="ignore"), torch.no_grad():
        warnings.simplefilter("ignore")
        yield
