"""Exercises that diagnose: `check` runs an answer and says what is wrong with it.

    from vaelib.teaching import exercises
    exercises.check("5a", answer)

Behind each exercise stands one declaration (`exercise`) in its lesson's file: a reference, inputs,
and named mistakes. Its text, two hints and the solution stand in the lesson.
"""

from functools import cache
from importlib import import_module
from urllib.parse import quote

from vaelib.teaching.exercises import progress
from vaelib.teaching.exercises.checker import AS_GIVEN, judge

__all__ = ["LESSONS", "all_of", "check", "find", "table"]

LESSONS = tuple(f"{n:02d}" for n in range(11))


@cache
def all_of(lesson):
    """The exercises of a lesson, "05", in order."""
    return tuple(import_module(f"vaelib.teaching.exercises.lesson_{lesson}").EXERCISES)


def find(number):
    """The exercise "5a". Raises ValueError for a number that there is not."""
    lesson = f"{number[:-1]:0>2}" if isinstance(number, str) else None
    for exercise in all_of(lesson) if lesson in LESSONS else ():
        if exercise.number == number:
            return exercise
    raise ValueError(f"number: got {number!r}, wanted an exercise's, such as '5a'")


def check(number, answer):
    """Print what the answer is worth, and keep it in the progress file.

    answer : a function, a number, or a choice's letter. A wrong answer raises nothing; a number
        that there is not raises ValueError.
    """
    exercise = find(number)
    verdict = judge(exercise, answer)
    print(f"{number} {exercise.title}: {verdict.text}")
    if verdict.mistake in ("unanswered", AS_GIVEN):
        weight = "essential" if exercise.essential else "for those who want more"
        print(f"    {exercise.minutes} minutes, {weight}")
    else:
        progress.record(number, verdict.right)


def table(pages=None):
    """Progress by lesson as Markdown: done of all, tries, and the next open exercise.

    pages : {lesson: address of its notebook}; with it, the next open exercises are links
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
