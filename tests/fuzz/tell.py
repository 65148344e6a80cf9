"""Whether the inputs of each exercise can tell its reference from every mutant of it.

    python -m tests.fuzz.tell --seeds 10000 [5a 6e …]

A mutant that equals the reference on all draws is the same function in other words, and none. Every
other one must miss by ten tolerances on some of the draws that a verdict rests on, and is listed
where it does not miss on every single draw: a value that is one number coincides by chance.
Limits, small numbers and slips of loops are left out: whether they matter depends on the draw, and
where they do not, an answer with them is right.
"""

import argparse
import os
from typing import NamedTuple

import numpy as np

from vaelib.teaching import exercises
from vaelib.teaching.exercises.comparing import ROUNDED, arrays, gap
from vaelib.teaching.exercises.drawing import DRAWS
from vaelib.teaching.exercises.formula import Values
from vaelib.teaching.exercises.function import Function
from vaelib.teaching.exercises.mistakes.making import ERRORS, quiet, singles

ENOUGH = 10 * ROUNDED
TOLD = [error for error in ERRORS if not error.__module__.endswith(("numerics", "slips"))]
EQUAL = 1e-9
FIRST = 20  # draws after which a mutant that never missed is taken to be the same function
ALL = [e for lesson in exercises.LESSONS for e in exercises.all_of(lesson)]
FUNCTIONS = [e for e in ALL if isinstance(e, Function)]


class Told(NamedTuple):
    """A mutant, on how many draws and in how many verdicts it came too near, and how near."""

    sentence: str
    near: int
    passed: int
    least: float


def missed(values, mutant, wanted):
    """By how much a mutant misses on a draw; infinity where it cannot be computed."""
    try:
        found = arrays(values.of(mutant.changes))
        return np.inf if found is None else gap(found, wanted)
    except Exception:
        return np.inf


def told(e, seeds):
    """Each mutant that comes too near on some draw, as Told; and how many mutants there are."""
    found, count = [], 0
    with quiet():
        for formula in e.formulas():
            mutants = singles(formula, e.inputs(np.random.default_rng(0)), TOLD)
            least = np.full(len(mutants), np.inf)
            most = np.zeros(len(mutants))
            near, passed, row = (np.zeros(len(mutants), int) for _ in range(3))
            alive = np.arange(len(mutants))
            for seed in range(seeds):
                if seed == FIRST:  # the same function in other words: no more need to look
                    alive = np.flatnonzero(most > EQUAL)
                values = Values(formula, e.inputs(np.random.default_rng(seed)))
                wanted = arrays(values.value)
                for i in alive:
                    miss = missed(values, mutants[i], wanted)
                    least[i], most[i] = min(least[i], miss), max(most[i], miss)
                    near[i] += miss < ENOUGH
                    row[i] = (row[i] + 1) * (miss < ENOUGH)
                if seed % DRAWS == DRAWS - 1:  # a verdict's draws
                    passed += row >= DRAWS
                    row[:] = 0
            count += len(alive)
            found += [
                Told(mutants[i].sentence, near[i], passed[i], least[i]) for i in alive if near[i]
            ]
    return found, count


def main():
    """Print the mutants that come too near, by exercise."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("numbers", nargs="*")
    parser.add_argument("--seeds", type=int, default=300)
    given = parser.parse_args()
    bad = 0
    for e in FUNCTIONS:
        if given.numbers and e.number not in given.numbers:
            continue
        found, count = told(e, given.seeds)
        bad += sum(one.passed for one in found)
        print(f"{e.number}: {count} mutants, {len(found)} too near on some of {given.seeds} draws")
        for one in sorted(found, key=lambda one: -one.near):
            print(f"    {one.near:5} draws, {one.passed} verdicts, {one.least:.1g}: {one.sentence}")
    return bad > 0


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    raise SystemExit(main())
