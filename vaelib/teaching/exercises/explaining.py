"""Which mistake explains an answer's wrong values.

First the reference with one mistake; then the answer's own source with one change; then what comes
out like a mistake and may be another; then two mistakes at once.
"""

from contextlib import contextmanager

import torch

from vaelib.teaching.exercises.answers.answer import alike
from vaelib.teaching.exercises.answers.repair import Own
from vaelib.teaching.exercises.answers.two import unpraised
from vaelib.teaching.exercises.comparing import ROUNDED, arrays, copied, near
from vaelib.teaching.exercises.exercise import Verdict
from vaelib.teaching.exercises.formula import formula_of
from vaelib.teaching.exercises.mistakes.making import MISSING, Mutant
from vaelib.teaching.exercises.mistakes.search import Mutants, Outcomes, tells

PLAIN = {"operation", "call", "index", "attribute", "name", "number"}  # said in the reader's words


@contextmanager
def _one_thread():
    """Inside, PyTorch computes in one thread: for so small arrays more of them only wait."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


@_one_thread()
def explained(exercise, cases, answer):
    """Return the Verdict on wrong values, or None where no mistake is found.

    Parameters
    ----------
    exercise : Function
    cases : list of Case
    answer : callable or class
        As the reader gave it.
    """
    draws, got = [case.kept for case in cases], [case.values[0] for case in cases]
    wrong = wrong_values(cases)
    several = len(wrong) > 1
    part = wrong[0] if several else None  # of several wrong values, the first counts alone
    own = _own(exercise, cases, answer, part)
    known = {mistake.answer for mistake in exercise.mistakes.values() if _is_text(mistake.answer)}
    mutants = Mutants(exercise.formulas(), draws, exercise.sample(), own.answer, known)
    parts = mutants.parts()
    found = _one(exercise, mutants, own, got, parts)
    if not found and several:
        found = mutants.likely(got, part) or own.partly
    if found:
        return _told(exercise, found, found.sentence + _of_the_maximum(found, own.answer))
    place = own.located(parts)
    found = mutants.unlikely(got) or (several and mutants.unlikely(got, part))
    if found:
        where = f"{place.sentence} " if place else ""
        return _told(exercise, found, f"{where}It comes out as if: {found.sentence}")
    found = own.halfway(_others(exercise, mutants, draws), parts, place) or place
    if not found and not own.answer:
        found = mutants.pairs(got)
    if found:
        return _told(exercise, found, found.sentence)
    return _known_and_another(exercise, draws, got) or _known_part(exercise, cases, wrong[0])


def wrong_values(cases):
    """Return which of the values are wrong on some draw."""
    right = [
        [near((a,), (b,), ROUNDED) for a, b in zip(*case.values, strict=True)] for case in cases
    ]
    return [k for k, each in enumerate(zip(*right, strict=True)) if not all(each)]


def gives(mistake, cases, part=slice(None)):
    """Return whether a named mistake gives the answer's values, or some of them."""
    for case in cases:
        made = callable(mistake.answer) and _made(mistake, case.kept)
        if not made or not near(case.values[0][part], made[part]):
            return False
    return True


def _made(mistake, given):
    """What a named mistake gives, or None: it may raise where the answer did not."""
    try:
        return arrays(mistake.answer(*copied(given)))
    except Exception:
        return None


def _own(exercise, cases, answer, part):
    """The answer's source, where it can be had and changed."""
    draws, wanted = [case.kept for case in cases], [case.values[1] for case in cases]
    if exercise.method and isinstance(answer, type):
        draws = [(answer(first), *others) for first, *others in draws]
        answer = getattr(answer, exercise.method)
    own = Own(answer, draws, wanted, part)
    got = [case.values[0] for case in cases]
    if own.answer and not all(map(alike, own.answer.given, got)):
        own.answer = None  # the file was changed after the function was made
    return own


def _one(exercise, mutants, own, got, parts):
    """One mistake: a mutant, or a change where that is said in the reader's own words."""
    found = mutants.likely(got) if tells(got) else None
    if found and (found.errors[0] in MISSING or _name(exercise, found)):
        return found
    repair = own.repaired(parts)
    return repair if repair and (not found or repair.errors[0] in PLAIN) else found


def _others(exercise, mutants, draws):
    """What named mistakes and mutants give: of two mistakes, the second."""
    named = [
        (Mutant({}, (name,), mistake.sentence, ""), _outcomes(mistake, draws))
        for name, mistake in exercise.mistakes.items()
        if callable(mistake.answer)
    ]
    return named + mutants.outcomes()


def _outcomes(mistake, draws):
    return Outcomes(lambda k: _made(mistake, draws[k]), len(draws))


def _of_the_maximum(found, source):
    """What is to be said to whoever takes a maximum off, and still leaves log space."""
    taken = source and source.called & {"max", "amax", "maximum"}
    if not taken or "leave log space" not in found.sentence:
        return ""
    return " A largest one is taken off, but it is not each row's own."


def _is_text(answer):
    return isinstance(answer, str)


def _name(exercise, found):
    """The name of the known mistake that the error model's sentence stands for, or None."""
    known = exercise.mistakes.items()
    return next((name for name, mistake in known if mistake.answer == found.sentence), None)


def _told(exercise, found, said):
    """The Verdict on a mutant or a change; a known mistake has a sentence of its own."""
    name = _name(exercise, found)
    if name:
        return exercise.known(name, exercise.mistakes[name])
    see = exercise.link(*found.errors)
    return Verdict(False, f"not yet. {said}", found.errors[0], found.place, see)


def _known_and_another(exercise, draws, got):
    """The Verdict on values of a known mistake with a second one in it, or None."""
    for name, mistake in exercise.mistakes.items():
        try:
            formula = formula_of(mistake.answer)
            found = Mutants([formula], draws, exercise.sample()).likely(got)
        except Exception:  # it is no plain formula, or has no value on some draw
            continue
        if found:
            said = unpraised(mistake.sentence)
            text = f"not yet. Two things. {said} And: {found.sentence}"
            see = exercise.link(name, *found.errors)
            return Verdict(False, text, name, found.place, see)
    return None


def _known_part(exercise, cases, k):
    """The Verdict where value k, the first wrong one, is a known mistake's, or None."""
    for name, mistake in exercise.mistakes.items():
        if gives(mistake, cases, slice(k, k + 1)):
            return exercise.known(name, mistake)
    return None
