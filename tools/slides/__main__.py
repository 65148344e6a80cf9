"""Make the decks, check them, print them.

python -m tools.slides [make 05 …]              build/slides/: a page for each deck, and an index
python -m tools.slides check [05 …] [--shown]   what is wrong with them; with --shown, as seen too
python -m tools.slides handout [05 …]           build/slides/NN.pdf, and NN-notes.pdf with notes
"""

import argparse
import sys

from tools.lessons import NOTEBOOKS
from tools.slides import check, page, read
from tools.slides.taken import Gone


def make(numbers):
    """Write the pages; the decks that take what their lesson does not have."""
    page.SLIDES.mkdir(parents=True, exist_ok=True)
    page.share()
    failed = []
    for deck in read.decks(numbers):
        try:
            path = page.write(deck)
        except Gone as error:
            print(f"deck {deck.number} is not made: {error}")
            failed.append(deck.number)
            continue
        print(f"{path}: {len(deck.slides)} slides, {path.stat().st_size / 1e6:.1f} MB")
    page.index(read.decks())
    page.write_predictions([path.stem for path in sorted(NOTEBOOKS.glob("*.ipynb"))])
    return failed


def main(argv=None):
    """The command line; exit status 1 where a deck has a fault."""
    parser = argparse.ArgumentParser(prog="python -m tools.slides")
    parser.add_argument("action", nargs="?", default="make", choices=["make", "check", "handout"])
    parser.add_argument("deck", nargs="*", help="a lesson's number, such as 05; all, if none")
    parser.add_argument("--shown", action="store_true", help="look at every slide in Chromium")
    args = parser.parse_args(argv)
    if args.action == "make":
        return int(bool(make(args.deck)))
    if args.action == "check":
        found = check.main(args.deck)
        if args.shown:
            from tools.slides import look

            make(args.deck)
            found += look.main(args.deck)
        return int(found > 0)
    from tools.slides import handout

    if make(args.deck):
        return 1
    handout.main(args.deck)
    return 0


if __name__ == "__main__":
    sys.exit(main())
