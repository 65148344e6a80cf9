"""Predictions: a guess before an experiment, and the measurement beside it afterwards.

    from vaelib.teaching import predictions as predict
    predict.ask("4b")
    predict.reveal("4b", measured)

Behind each stands one declaration (`prediction`) in its lesson's file. The same face (`face`,
`front/`) stands in notebooks, pages without a kernel, slides, and on the phones of a room.
"""

import math
from functools import cache
from importlib import import_module
from pathlib import Path

from vaelib.teaching import progress
from vaelib.teaching.predictions.prediction import Number

LESSONS = tuple(sorted(file.stem[-2:] for file in Path(__file__).parent.glob("lesson_*.py")))


@cache
def all_of(lesson):
    """Return the predictions of a lesson, "05", in order."""
    return tuple(import_module(f"vaelib.teaching.predictions.lesson_{lesson}").PREDICTIONS)


def find(number):
    """Return the prediction "4b".

    Raises
    ------
    ValueError
        For a number that there is not.
    """
    lesson = f"{number[:-1]:0>2}" if isinstance(number, str) else None
    for prediction in all_of(lesson) if lesson in LESSONS else ():
        if prediction.number == number:
            return prediction
    raise ValueError(f"number: got {number!r}, wanted a prediction's, such as '4b'")


def ask(number):
    """Display the question and take a guess, which the progress file keeps.

    Parameters
    ----------
    number : str
        The prediction's, "4b".

    Raises
    ------
    ValueError
        For a number that there is not.
    """
    from vaelib.teaching.predictions.face import display_ask

    display_ask(find(number), guessed(number))


def reveal(number, measured):
    """Display what was measured, and the guess beside it, where there is one.

    Parameters
    ----------
    number : str
        The prediction's, "4b".
    measured : float, str or sequence of float
        A number; the key of an option; a place's coordinates; or a curve's values.

    Raises
    ------
    ValueError
        For a number that there is not, or a measurement that the question has no room for.
    """
    from vaelib.teaching.predictions.face import display_reveal

    prediction = find(number)
    measured = prediction.check(measured)
    progress.keep_measured(number, measured)
    display_reveal(prediction, measured, guessed(number))


def guessed(number):
    """Return the reader's guess, or None; also where the file holds one that no longer fits."""
    kept = progress.guesses().get(number)
    try:
        return kept and find(number).check(kept["guess"])
    except ValueError:
        return None


def table():
    """Return how one's guesses fare as Markdown: by lesson guesses, hits, and the typical factor.

    The factor is the geometric mean of how far off the guesses on logarithmic scales were.
    """
    lines = ["| lesson | guesses | hits | typical factor off |", "|---|---|---|---|"]
    for lesson in LESSONS:
        known = [(each, *pair) for each in all_of(lesson) if (pair := _revealed(each))]
        hits = sum(each.hit(guess, measured) for each, guess, measured in known)
        logs = [
            math.log(each.off(guess, measured))
            for each, guess, measured in known
            if isinstance(each, Number) and each.log
        ]
        factor = f"{math.exp(math.fsum(logs) / len(logs)):.1f}" if logs else "–"
        lines.append(f"| {lesson} | {len(known)} of {len(all_of(lesson))} | {hits} | {factor} |")
    return "\n".join(lines)


def _revealed(prediction):
    """The guess and the measurement beside it, or None while one is missing."""
    kept = progress.guesses().get(prediction.number)
    try:
        return kept and tuple(prediction.check(kept[key]) for key in ("guess", "measured"))
    except ValueError:
        return None
