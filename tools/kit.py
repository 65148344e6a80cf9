"""Gather the lecturer's kit: build/kit/ and build/kit.zip, to be opened from a file.

    python -m tools.kit [--seed 1]

Pages, plans and problem sheets are made here; decks, their prints and figures are taken as they
were built. What is not there is named in the kit's README, with the command that makes it.
"""

import argparse
import html
import re
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

from tools import figures
from tools.ledger_page import TEMPLATES
from tools.lessons import BUILD, ROOT, SOURCE, read_source
from tools.problems import LESSONS, sheet
from tools.site.address import REPOSITORY
from tools.slides.page import SLIDES, markdown

KIT = BUILD / "kit"
TEACH = ROOT / "docs" / "teach"
LINK = re.compile(r'<a href="([^"]+)">(.*?)</a>', re.S)
HERE = re.compile(r"docs/teach/(\w+)\.md")
COMMANDS = {
    "deck": "make slides LESSON={}",
    "print": "python -m tools.slides handout {}",
    "figures": "make figures LESSON={}",
    "page": "write docs/teach/{}.md",
}


class Lesson(NamedTuple):
    """What the kit has of one lesson: paths in the kit, None or [] for what is missing."""

    number: str
    title: str
    page: str | None
    deck: str | None
    prints: list
    figures: list  # what the JSON of each says
    stale: bool  # the figures come from other code
    sheets: list

    def missing(self):
        """(what, command) of each."""
        there = {"page": self.page, "deck": self.deck, "print": self.prints}
        there["figures"] = self.figures and not self.stale
        names = {"print": "prints of the deck"}
        if self.figures and self.stale:
            names["figures"] = "figures of the lesson as it is now"
        return [
            (f"{self.number}: {names.get(kind, kind)}", COMMANDS[kind].format(self.number))
            for kind, found in there.items()
            if not found
        ]


def lesson(number, seed, kit):
    """Gather what there is of a lesson."""
    [source] = SOURCE.glob(f"{number}_*.md")
    nb = read_source(source)
    page = write_page(TEACH / f"{number}.md", kit / "teach")
    deck = kit / "slides" / f"{number}.html"
    prints = [f"slides/{path.name}" for path in sorted((kit / "slides").glob(f"{number}*.pdf"))]
    drawn = take_figures(number, kit / "figures")
    stale = not (figures.SHOWN / number / "places" / figures.key(nb)).exists()
    sheets = [f"problems/{path.name}" for path in sheet.write(number, seed, kit / "problems")]
    return Lesson(
        number,
        re.search(r"^# (.+)$", nb.cells[0].source, re.M)[1],
        f"teach/{page.name}" if page else None,
        f"slides/{deck.name}" if deck.exists() else None,
        prints,
        drawn,
        stale,
        sheets,
    )


def take_figures(number, folder):
    """Copy a lesson's figures; what is said of each."""
    built = figures.FIGURES / number
    if not built.exists():
        return []
    shutil.copytree(built, folder / number)
    return figures.about(built)


def write_page(source, folder):
    """A Markdown page as HTML in the folder; its path, None where there is no such page."""
    if not source.exists():
        return None
    text = source.read_text("utf-8")
    body = LINK.sub(lambda link: leads(link, source.parent), markdown().render(text))
    folder.mkdir(parents=True, exist_ok=True)
    title = re.search(r"^# (.+)$", text, re.M)[1]
    path = folder / f"{source.stem}.html"
    page = TEMPLATES.get_template("kit_page.html")
    path.write_text(page.render(title=title, body=body), encoding="utf-8")
    return path


def leads(link, folder):
    """A link to another page of the kit or to the public host; where there is neither, its text."""
    target, inner = html.unescape(link[1]), link[2]
    if re.match(r"https?:|#", target):
        return link[0]
    path = (folder / target.partition("#")[0]).resolve().relative_to(ROOT).as_posix()
    if own := HERE.fullmatch(path):
        return f'<a href="{own[1]}.html">{inner}</a>'
    return f'<a href="{REPOSITORY}/blob/main/{path}">{inner}</a>' if REPOSITORY else inner


def write(seed=1, kit=KIT):
    """Write the kit and the zip beside it; its lessons."""
    shutil.rmtree(kit, ignore_errors=True)
    kit.mkdir(parents=True)
    if (SLIDES / "index.html").exists():
        shutil.copytree(SLIDES, kit / "slides")
    plans = write_page(TEACH / "plans.md", kit / "teach")
    lessons = [lesson(number, seed, kit) for number in LESSONS]
    shutil.copy2(ROOT / "LICENSE", kit / "LICENSE.txt")
    missing = [each for lesson in lessons for each in lesson.missing()]
    if not (kit / "problems" / "mathjax.js").exists():
        missing.append(("what draws the formulas", "make mathjax"))
    values = {"lessons": lessons, "missing": missing, "seed": seed, "plans": plans is not None}
    for name in ("README", "figures"):
        page = TEMPLATES.get_template(f"kit_{name.lower()}.html").render(values)
        (kit / f"{name}.html").write_text(page, encoding="utf-8")
    shutil.make_archive(str(kit), "zip", kit.parent, kit.name)
    return lessons, missing


def size(path):
    """Megabytes of a file, or of all in a folder."""
    files = [path] if path.is_file() else path.rglob("*")
    return sum(file.stat().st_size for file in files if file.is_file()) / 1e6


def main(argv=None):
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tools.kit")
    parser.add_argument("--seed", type=int, default=1, help="of the problem sheets")
    _, missing = write(parser.parse_args(argv).seed)
    archive = Path(f"{KIT}.zip")
    print(f"{KIT / 'README.html'}: {size(KIT):.0f} MB; {archive}: {size(archive):.0f} MB")
    for what, command in missing:
        print(f"not in it: {what} ({command})")


if __name__ == "__main__":
    sys.exit(main())
