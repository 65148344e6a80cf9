"""Exercises that diagnose: `check` runs an answer and says what is wrong with it.

    from vaelib.teaching import exercises
    exercises.check("5a", answer)

Behind each exercise stands one declaration (`exercise`, `function`) in its lesson's file: what is
right, inputs, and named mistakes. Its text, two hints and the solution stand in the lesson. Wrong
values are explained by mutants of the reference (`mistakes`).

An answer cannot reach its reference by accident or by a line. But it runs in the same process, and
whoever wants to cheat a program there can. Nobody is graded by it.
"""

import re
import sys
import textwrap
from functools import cache
from importlib import import_module
from pathlib import Path

from vaelib.engine.console import say
from vaelib.teaching import progress
from vaelib.teaching.exercises.exercise import anchor
from vaelib.teaching.exercises.function import AS_GIVEN

LESSONS = tuple(sorted(file.stem[-2:] for file in Path(__file__).parent.glob("lesson_*.py")))


@cache
def all_of(lesson):
    """Return the exercises of a lesson, "05", in order."""
    return tuple(import_module(f"vaelib.teaching.exercises.lesson_{lesson}").EXERCISES)


def _find(number):
    """Return the exercise "5a", or raise ValueError for a number that there is not."""
    lesson = f"{number[:-1]:0>2}" if isinstance(number, str) else None
    for exercise in all_of(lesson) if lesson in LESSONS else ():
        if exercise.number == number:
            return exercise
    raise ValueError(f"number: got {number!r}, wanted an exercise's, such as '5a'")


def verdict(number, answer):
    """Return what the answer is worth, as a Verdict; nothing is printed or kept.

    Parameters
    ----------
    number : str
        The exercise's, "5a".
    answer : function, number or str
        What the exercise asks for; a wrong one raises nothing, whatever it is or does.

    Returns
    -------
    Verdict
        `right`; `text`, a sentence; `found`, the mistake's name and `place`; `see`, where the
        lesson answers it; `shown`, what the answer printed.

    Raises
    ------
    ValueError
        For a number that there is not.
    """
    return _find(number).judge(answer)


def check(number, answer, values=False):
    """Print what the answer is worth, and keep it in the progress file.

    Parameters
    ----------
    number : str
        The exercise's, "5a".
    answer : function, number or str
        What the exercise asks for; a wrong one raises nothing, whatever it is or does.
    values : bool
        Whether the answer's values and the right ones are shown side by side, on one draw of the
        inputs.

    Raises
    ------
    ValueError
        For a number that there is not.
    """
    exercise = _find(number)
    verdict = exercise.judge(answer)
    say(f"{number} {exercise.title}: {verdict.text}")
    if verdict.shown:
        say("    It printed:\n" + textwrap.indent(verdict.shown, "    "))
    if values:
        say(exercise.side_by_side(answer))
    if verdict.see and not verdict.right:
        _link(verdict.see)
    if verdict.found in ("unanswered", AS_GIVEN):
        weight = "essential" if exercise.essential else "for those who want more"
        say(f"    {exercise.minutes} minutes, {weight}")
    else:
        progress.record(number, verdict.right)


def _link(see):
    """Show where the lesson answers a mistake: a link in a notebook, else words."""
    ipython = sys.modules.get("IPython")  # a notebook has imported it
    if ipython and hasattr(ipython.get_ipython(), "kernel"):
        ipython.display.display(ipython.display.Markdown(f"See {see}."))
    else:
        words = re.sub(r"\[(.*?)\]\(.*?\)$", r"“\1”", see)
        say(f"    See {words}.")


def table(pages=None):
    """Return the progress by lesson as Markdown: done of all, tries, and the next open exercise.

    Parameters
    ----------
    pages : dict, optional
        {lesson: address of its notebook}; with it, the next open exercises are links.
    """
    done = progress.read()
    lines = ["| lesson | done | tries | next |", "|---|---|---|---|"]
    for lesson in LESSONS:
        exercises = all_of(lesson)
        right = [e for e in exercises if done.get(e.number, {}).get("right")]
        tries = sum(done.get(e.number, {}).get("tries", 0) for e in exercises)
        still = next((e for e in exercises if e not in right), None)
        after = "all done" if still is None else _next(still, (pages or {}).get(lesson))
        lines.append(f"| {lesson} | {len(right)} of {len(exercises)} | {tries} | {after} |")
    return "\n".join(lines)


def _next(exercise, page):
    """Its number and title, as a link to its heading where the page is known."""
    text = f"{exercise.number} · {exercise.title}"
    return f"[{text}]({page}#{anchor(f'Exercise {text}')})" if page else text
