"""How many of the wrong answers in `tests/corpus` the checker explains, by family and exercise.

    python -m tests.fuzz.explained [5a 6e …] [--which second] [--out build/verdicts.json]

Explained means that the sentence names a mistake. Whether it names the right one, somebody must
read who sees the sentence and the wrong function alone: `--out` writes both.
"""

import argparse
import json
import os
from collections import Counter
from pathlib import Path

from tests.helpers import corpus


def table(title, every, key):
    """Print for each value of a key how many answers there are and what share is explained."""
    total, explained = Counter(map(key, every)), Counter(map(key, filter(explains, every)))
    print(f"\n{title:12} answers  explained")
    for name, n in total.most_common():
        print(f"{name:12} {n:7}  {explained[name] / n:8.0%}")


def explains(one):
    """Whether a verdict names a mistake."""
    return one.explained


def main():
    """Judge all answers and print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("numbers", nargs="*")
    parser.add_argument("--which", choices=corpus.WHICH, default="second")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    numbers = given.numbers or corpus.numbers()
    every = [corpus.judged(one) for n in numbers for one in corpus.answers(n, given.which)]
    wrong = [one for one in every if not one.answer.right]
    right = [one for one in every if one.answer.right]
    passed = [one.answer.name for one in wrong if one.verdict.right]
    refused = [one.answer.name for one in right if not one.verdict.right]
    print(f"{len(wrong)} wrong answers, {len(passed)} passed: {' '.join(passed)}")
    print(f"{len(right)} right answers, {len(refused)} refused: {' '.join(refused)}")
    print(f"explained: {sum(map(explains, wrong)) / len(wrong):.1%}")
    for name, some in (("right", right), ("wrong", wrong)):
        seconds = sorted(one.seconds for one in some)
        print(f"seconds, {name}: median {seconds[len(some) // 2]:.2f}, slowest {seconds[-1]:.2f}")
    table("family", wrong, lambda one: one.answer.family)
    table("exercise", wrong, lambda one: one.answer.number)
    if given.out:
        rows = [{"name": one.answer.name, "right": one.answer.right, "family": one.answer.family,
                 "code": one.answer.code, "found": one.verdict.found, "text": one.verdict.text}
                for one in every]  # fmt: skip
        given.out.parent.mkdir(parents=True, exist_ok=True)
        given.out.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
