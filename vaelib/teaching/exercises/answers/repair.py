"""The change that makes a reader's function right on all draws, and what it says of the function.

Singh, Gulwani, Solar-Lezama (PLDI 2013) search for the smallest change of a program in this way.
The change itself is not told: only where it is, and what is wrong there.
"""

import time

from vaelib.teaching.exercises.answers.answer import Answer, alike
from vaelib.teaching.exercises.answers.places import Repair, repairs, told
from vaelib.teaching.exercises.answers.replacing import RIGHT_AFTER, replacements, right_steps
from vaelib.teaching.exercises.answers.two import Halfway, left
from vaelib.teaching.exercises.running import run

CHANGES, PARTS, TWO = 0.35, 0.2, 0.15  # seconds that a search may take
COMMON = {"operation", "number", "call", "argument", "value"}  # one of two mistakes


class Own:
    """A reader's own function, to be repaired; every search is run as an answer is.

    Parameters
    ----------
    function : callable
    draws : list of tuple
        Inputs.
    wanted : list of tuple of arrays
        What is right on each.
    part : int, optional
        Of several wrong values the one that counts, where no change makes all of them right.
    """

    def __init__(self, function, draws, wanted, part=None):
        self.part, self.halves = part, []
        self.partly = None  # a change that makes only that value right
        self.answer = run(Answer, (function, draws, wanted), CHANGES).value

    def repaired(self, parts):
        """Return the Repair that makes it right, or None.

        Parameters
        ----------
        parts : list of Piece
            Of the reference: what gives one of them is right.
        """
        return self.answer and run(self._repaired, (parts,), 2 * CHANGES).value

    def located(self, parts):
        """Return a Repair that puts a part of the reference in a place, or None.

        Its sentence says what is known of the difference.

        Parameters
        ----------
        parts : list of Piece
        """
        if not self.answer:
            return None
        found, wholly = run(self._located, (parts,), 4 * PARTS).value or (None, False)
        if not found:
            return None
        said = found.sentence if wholly else found.sentence.replace(RIGHT_AFTER, "")
        return Repair(*found[:2], said + found.more(), found.place)

    def halfway(self, others, parts, place):
        """Return a change after which one mistake is left, as a Repair with both names, or None.

        Parameters
        ----------
        others : list of (Mutant, Sequence of tuple of arrays)
            What a right answer would be with that mistake, on each draw.
        parts : list of Piece
        place : Repair
            What was located before.
        """
        return self.answer and run(self._halfway, (others, parts, place), 4 * TWO).value

    def _repaired(self, parts):
        steps = right_steps(self.answer, parts)
        found, self.partly = self._first(repairs(self.answer, steps), CHANGES, self._keep)
        return found and self._needed(found)

    def _needed(self, repair):
        """A change at several places, at those that need it."""
        places = repair.edit.places
        for place in sorted(places) if len(places) > 1 else ():
            fewer = repair.edit._replace(places=places - {place})
            if self.answer.right(None, fewer):
                places = fewer.places
        if places == repair.edit.places and len(places) == 1:
            return repair
        first = repair.edit._replace(places=frozenset([min(places)]))
        sentence, place = told(self.answer, first, repair.said)
        many = f" So it is at {len(places)} places." if len(places) > 1 else ""
        edit = repair.edit._replace(places=places)
        return repair._replace(edit=edit, sentence=sentence + many, place=place)

    def _located(self, parts):
        """The earliest place for a part; then an earlier one yet for a function of a part."""
        found = self._one(replacements(self.answer, parts))
        before = found and found[0].edit.places
        return self._one(replacements(self.answer, parts, before, closure=True)) or found

    def _one(self, changes):
        """A change, and whether it makes all values right; or None."""
        found, partly = self._first(changes, PARTS)
        return ((found, True) if found else (partly, False)) if found or partly else None

    def _first(self, changes, seconds, keep=lambda repair, value: None):
        """The first change that makes all right, and the first that makes one value right."""
        answer, over, partly = self.answer, time.monotonic() + seconds, None
        for repair in changes:
            value = answer.values(0, repair.edit)
            if alike(value, answer.wanted[0], self.part) and answer.right(self.part, repair.edit):
                if self.part is None or answer.right(None, repair.edit):
                    return repair, None
                if answer.wanted[0][self.part].dtype.kind == "f":  # whole numbers agree by chance
                    partly = partly or repair
            keep(repair, value)
            if time.monotonic() > over:
                break
        return None, partly

    def _keep(self, repair, value):
        """Keep what a change gives that may be one of two."""
        if value and repair.errors[0] in COMMON:
            self.halves.append((repair, value))

    def _halfway(self, others, parts, place):
        half = Halfway(self.answer, self.part, parts)
        over = time.monotonic() + TWO
        for repair, mutant, values in left(self.halves, others, self.part):
            if self.answer.gives(values, [repair.edit], self.part):
                found = half.two(repair, mutant) or half.one(repair, mutant, place)
                if found:
                    return found
            if time.monotonic() > over:
                break
        return None
