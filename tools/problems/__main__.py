"""Write problem sheets: make problems LESSON=02 SEED=7.

python -m tools.problems [02 ...] --seed 7     build/problems/02-7.txt, .html and .tex
"""

import argparse
import sys

from tools.problems import LESSONS, sheet


def main(argv=None):
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tools.problems")
    parser.add_argument("lesson", nargs="*", help="two digits, such as 02; all without")
    parser.add_argument("--seed", type=int, default=1, help="from 0 on")
    args = parser.parse_args(argv)
    if unknown := [each for each in args.lesson if each not in LESSONS]:
        parser.error(f"no problems for {', '.join(unknown)}: there are {', '.join(LESSONS)}")
    if args.seed < 0:
        parser.error(f"--seed: got {args.seed}, wanted 0 or more")
    for lesson in args.lesson or LESSONS:
        for path in sheet.write(lesson, args.seed):
            print(path)
    if not (sheet.FOLDER / "mathjax.js").exists():
        print("the pages' formulas want MathJax: `make mathjax` brings it, by npm", file=sys.stderr)


if __name__ == "__main__":
    main()
