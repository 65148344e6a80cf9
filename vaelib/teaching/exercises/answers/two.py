"""Two mistakes at once: after one change of the answer, a mutant of the reference is left."""

import ast
import re
from typing import NamedTuple

import numpy as np

from vaelib.teaching.exercises.answers.answer import Answer
from vaelib.teaching.exercises.answers.operations import DROPPED, left_out
from vaelib.teaching.exercises.answers.places import Repair, told
from vaelib.teaching.exercises.answers.replacing import replacements
from vaelib.teaching.exercises.answers.watched import ARGUMENT, VALUE
from vaelib.teaching.exercises.mistakes.expressions import method
from vaelib.teaching.exercises.mistakes.making import MISSING

BLUNT = {  # functions that forget so much that two roads meet by chance
    "amax", "amin", "max", "min", "median", "prod", "argmin", "argmax", "std", "var", "cov",
    "corrcoef", "zeros", "ones", "zeros_like", "ones_like",
}  # fmt: skip
OF_THE_RESULT = {"unfinished", "a_step_too_many", "values_permuted", "another_form_of_it"}
NUMBERS = {"power", "exponent", "scaled", "other_number", "count"}  # another number there too
DROPPING = MISSING | {"unfinished", "forgotten_function"}
PRINT = 8  # numbers by which two outcomes are told apart
CLOSE = 1e-3  # of their size


def left(halves, others, part):
    """Pairs of a change and a mutant that give nearly the same on the first draw, likelier first.

    Parameters
    ----------
    halves : list of (Repair, tuple of arrays)
        What the answer is with a change.
    others : list of (Mutant, Sequence of tuple of arrays)
        What the reference is with a mistake, on each draw.
    part : int or None
        Of several values the one that counts.

    Returns
    -------
    list of (Repair, Mutant, Sequence of tuple of arrays)
    """
    table = {}
    for rank, (mutant, values) in enumerate(others):
        if values[0] and _tells(values[0], part):
            table.setdefault(_form(values[0]), []).append((rank, mutant, values))
    prints = {
        form: np.array([_print(values[0], part) for *_, values in group])
        for form, group in table.items()
    }
    found = []
    for rank, (repair, value) in enumerate(halves):
        group = table.get(_form(value), ())
        if group:
            own = _print(value, part)
            apart = np.abs(prints[_form(value)] - own).max(1)
            for k in np.flatnonzero(apart <= CLOSE * np.abs(own).max(initial=CLOSE)):
                found.append((rank + group[k][0], repair, *group[k][1:]))
    found.sort(key=lambda one: one[0])
    return [one[1:] for one in found if _is_told_apart(*one[1:3])]


class Halfway(NamedTuple):
    """An answer, which of its values counts, and the parts of the reference."""

    answer: Answer
    part: int | None
    parts: list

    def one(self, repair, mutant, place):
        """The place alone of what is dropped here and missing there: that is one mistake."""
        nodes = [self.answer.watched.nodes[k] for k in repair.edit.places]
        if not _is_missed(repair, mutant) or any(map(self.answer.is_returned, nodes)):
            return None
        said = DROPPED[repair.edit.change]
        return place or Repair(repair.edit, ("located",), *told(self.answer, repair.edit, said))

    def two(self, repair, mutant):
        """What is said of two mistakes, if they stand in different places."""
        if mutant.changes and not self._apart(repair, mutant):  # a known mistake has no changes
            return None
        said = f"Two things. {repair.sentence} And: {unpraised(mutant.sentence)}"
        return Repair(repair.edit, repair.errors + mutant.errors, said, repair.place)

    def _apart(self, repair, mutant):
        """Whether a part of the reference, put elsewhere, mends what is left."""
        answer, edit = self.answer, repair.edit
        nodes = answer.watched.nodes
        own = [] if edit.kind == ARGUMENT else [nodes[k] for k in edit.places]
        if mutant.errors[0] in OF_THE_RESULT:
            made = {method(part) for new in mutant.changes.values() for part in ast.walk(new)}
            return (
                edit.kind != VALUE
                and made & {"sum", "mean"} != set()
                and not any(map(answer.is_returned, own))
            )
        for second in replacements(answer, self.parts, steps_are_right=False):
            [there] = [nodes[k] for k in second.edit.places]
            beside = not any(answer.holds(there, node) for node in own)
            if edit.change in DROPPED:  # what is dropped is not made there either
                beside = beside and not any(answer.feeds(there, node) for node in own)
            if beside and answer.right(self.part, edit, second.edit):
                return not answer.right(self.part, second.edit)
        return False


def unpraised(sentence):
    """A known mistake's sentence without what it calls right: the other mistake may be there."""
    praise = r"((The|Your) [^.:]* (is|are) right|The right [^.]*)( now)?"
    return re.sub(rf"^{praise}\. (But )?", "", sentence)


def _is_missed(repair, mutant):
    """Whether something is dropped by a change, and something missing in a mutant."""
    return repair.edit.change in DROPPED and mutant.errors[0] in DROPPING


def _is_told_apart(repair, mutant):
    """Whether the change does not itself make the mistake of the mutant."""
    if repair.edit.change is left_out and mutant.errors[0] == "other_summary":
        return False
    if repair.errors[0] == "number" and mutant.errors[0] in NUMBERS:
        return False
    new = getattr(repair.edit.change, "introduces", None)
    parts = (part for other in mutant.changes.values() for part in ast.walk(other))
    return new not in BLUNT and (not new or new not in map(method, parts))


def _tells(values, part):
    """Whether values differ from each other, so that two roads to them tell something."""
    some = values if part is None else values[part : part + 1]
    return any(one.size == 1 or np.ptp(one) > 0 for one in some if one.dtype.kind == "f")


def _form(value):
    return tuple(part.shape for part in value)


def _print(value, part):
    """A few numbers of some arrays."""
    some = value if part is None else value[part : part + 1]
    flat = np.concatenate([one.ravel().astype(float) for one in some])
    return flat[np.linspace(0, len(flat) - 1, PRINT).astype(int)] if len(flat) else np.zeros(PRINT)
