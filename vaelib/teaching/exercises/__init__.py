"""Exercises that diagnose: `check` runs an answer and says what is wrong with it.

    from vaelib.teaching import exercises
    exercises.check("5a", answer)

Behind each exercise stands one declaration (`exercise`, `function`) in its lesson's file: what is
right, inputs, and named mistakes. Its text, two hints and the solution stand in the lesson.
"""

from functools import cache
from importlib import import_module
from pathlib import Path
from urllib.parse import quote

from vaelib.engine.console import say
from vaelib.teaching.exercises import progress
from vaelib.teaching.exercises.function import AS_GIVEN

LESSONS = tuple(sorted(file.stem[-2:] for file in Path(__file__).parent.glob("lesson_*.py")))


@cache
def all_of(lesson):
    """Return the exercises of a lesson, "05", in order."""
    return tuple(import_module(f"vaelib.teaching.exercises.lesson_{lesson}").EXERCISES)


def find(number):
    """Return the exercise "5a", or raise ValueError for a number that there is not."""
    lesson = f"{number[:-1]:0>2}" if isinstance(number, str) else None
    for exercise in all_of(lesson) if lesson in LESSONS else ():
        if exercise.number == number:
            return exercise
    raise ValueError(f"number: got {number!r}, wanted an exercise's, such as '5a'")


def check(number, answer):
    """Print what the answer is worth, and keep it in the progress file.

    Parameters
    ----------
    number : str
        The exercise's, "5a".
    answer : function, number or str
        What the exercise asks for; a wrong one raises nothing, whatever it is or does.

    Raises
    ------
    ValueError
        For a number that there is not.
    """
    exercise = find(number)
    verdict = exercise.judge(answer)
    say(f"{number} {exercise.title}: {verdict.text}")
    if verdict.mistake in ("unanswered", AS_GIVEN):
        weight = "essential" if exercise.essential else "for those who want more"
        say(f"    {exercise.minutes} minutes, {weight}")
    else:
        progress.record(number, verdict.right)


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
    anchor = quote(f"Exercise {text}".replace(" ", "-"))
    return f"[{text}]({page}#{anchor})" if page else text
