"""Problem sheets for pencil and paper, with numbers drawn anew for each seed: `make problems`.

`problem` says what a problem is, each `lesson_NN` has a lesson's, `sheet` writes the three forms,
`plain` turns TeX into letters.
"""

from importlib import import_module

LESSONS = tuple(f"{number:02d}" for number in range(13))


def templates(lesson):
    """The functions of a lesson, each from a numpy Generator to a `Problem`."""
    return import_module(f"tools.problems.lesson_{lesson}").PROBLEMS
