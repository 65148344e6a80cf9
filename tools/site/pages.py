"""The pages that are computed from the course, as Markdown in docs/made: the glossary, and the
indexes of equations, exercises, explorers and predictions.
"""  # noqa: D205

import hashlib
import re

import nbformat
from myst_parser.slugs import github_slugify

from tools import ledger_page
from tools.predictions import guessing, revealed
from tools.site.address import ROOT
from tools.site.docstrings import barred
from vaelib import __doc__ as PACKAGE
from vaelib.teaching.predictions import face

MADE = ROOT / "docs" / "made"
BOLD = re.compile(r"(?<![*\w])\*\*([^*.:]+)\*\*(?!\w)")
PRONOUN = re.compile(r"(This|It|Its|That|They|Such|And|Call|Here|The (guess|last|function))\b")
SENTENCE = re.compile(r"(?:(?<=[.!?])|(?<=[.!?]\)))\s+(?=[A-Z$*`(])")
SHORT = 70  # letters: a sentence so short needs the one before
# What is bold for its weight, not because it is said for the first time.
WEIGHT = {
    "Predict", "Trust HTML", "Stop", "Continue", "Panel 3", "±", "inside", "sum", "total",
    "in these 50 coordinates", "centre the points first", "it is not the best one",
}  # fmt: skip


def lessons():
    """{name: the stored notebook}, in order."""
    paths = sorted((ROOT / "notebooks").glob("*.ipynb"))
    return {path.stem: nbformat.read(path, as_version=4) for path in paths}


def title(nb):
    """The lesson's own title, with its number."""
    return re.search(r"^# (.+)$", nb.cells[0].source, re.M)[1]


def symbols():
    """The table of symbols, from the package's docstring."""
    return barred(PACKAGE[PACKAGE.index("| symbol") :].strip())


def terms(nb):
    """[(term, where it is said first)] of a lesson's prose; folds, exercises, quotations left out.

    Where: the sentence, with the one before if it begins with a pronoun, and the heading's address.
    """
    heading = ""
    for cell in nb.cells:
        if cell.cell_type != "markdown" or cell.source.startswith(("### Exercise", "<details>")):
            continue
        for block in re.split(r"\n\s*\n|\n(?=[-*#] )", cell.source):
            if block.startswith("#"):
                heading = slug(block)
            elif not re.match(r"\* \*\*|[>|]", block):
                yield from ((term, said, heading) for term, said in first_said(block))


def first_said(block):
    """[(term, sentence)] of a paragraph."""
    sentences = SENTENCE.split(" ".join(block.removeprefix("- ").split()))
    for before, sentence in zip(["", *sentences], sentences, strict=False):
        for found in BOLD.finditer(sentence):
            label = found.start() == 0 and found[1][0].isupper() and " " in found[1]
            if not label and found[1] not in WEIGHT and len(found[1]) > 1:
                alone = len(sentence) > SHORT and not PRONOUN.match(sentence)
                said = sentence if alone else f"{before} {sentence}"
                yield found[1], re.sub(r":$", ".", said)


def slug(heading):
    """The address that MyST gives a heading."""
    return github_slugify(heading.splitlines()[0].lstrip("# "))


def glossary(books):
    """Symbols, then terms in the alphabet's order, each where a lesson says it first."""
    first = {}
    for name, nb in books.items():
        for term, said, heading in terms(nb):
            first.setdefault(term.lower(), (term, said, f"{name}.ipynb#{heading}"))
    text = ["# Symbols and terms", "## Symbols", symbols(), "## Terms"]
    text += ["Each in the words in which a lesson says it first."]
    for _, (term, said, place) in sorted(first.items()):
        text.append(f"**{term}** ([{place[:2]}](../../notebooks/{place}))\n: {said}")
    return "\n\n".join(text)


def equations(books):
    """Every numbered equation with both sides' values, and the wrong versions that it refused."""
    parts = [ledger_page.part(name, nb, nb) for name, nb in books.items()]
    n_equations, n_checks, n_wrong = ledger_page.counts(parts)
    return ledger_page.TEMPLATES.get_template("equations.md").render(
        parts=[part for part in parts if part.equations],
        totals=(n_equations, n_checks, n_wrong),
    )


def exercise_index(books):
    """Every exercise: what it asks for, how long it takes, and where it stands."""
    from vaelib.teaching import exercises  # which brings PyTorch

    text = ["# Exercises", "Each is checked where it stands, as often as you like."]
    for name, nb in books.items():
        text += [f"## {title(nb)}", "| | exercise | asks you to | minutes |\n|---|---|---|---|"]
        for each in exercises.all_of(name[:2]):
            link = f"../../notebooks/{name}.ipynb#{slug(f'Exercise {each.number} · {each.title}')}"
            text[-1] += (
                f"\n| {each.number} | [{each.title}]({link}) | {each.role} | {each.minutes} |"
            )
    return "\n\n".join(text)


def explorer_index(books):
    """Every explorer: what it is about, its challenges' lesson, and its place in the gallery."""
    from vaelib.teaching import explore

    text = ["# Explorers", "| explorer | what it is about | lessons |\n|---|---|---|"]
    names = {name[:2]: name for name in books}
    for each in map(explore.load, explore.NAMES):
        links = " ".join(f"[{n[:2]}](../../notebooks/{names[n[:2]]}.ipynb)" for n in each.lessons)
        play = f"[{each.title}](../../build/gallery/index.html#{each.name})"
        text[-1] += f"\n| {play} | {each.about} | {links} |"
    return "\n\n".join(text)


def prediction_index(books):
    """Every prediction, to be guessed in the page, and folded below it what its lesson measured."""
    text = ["# Predictions", "Guess first, then unfold. This browser alone keeps your guesses."]
    for nb in books.values():
        text.append(f"## {title(nb)}")
        for number, (_, value) in revealed(nb).items():
            text.append(guessing(number, value))
    text.append(f"```{{raw}} html\n{face.front()}\n```")
    return "\n\n".join(text)


MADE_OF = {
    "glossary": (glossary, ""),
    "equations": (equations, ""),
    "predictions": (prediction_index, ""),
    "exercises": (exercise_index, "vaelib/teaching/exercises/*.py"),
    "explorers": (explorer_index, "vaelib/teaching/explore/*.py"),
}  # a page, and the files that it needs beside the lessons' titles, where it takes long


def digest(texts, *patterns):
    """Of the texts, and of the repository's files that match."""
    files = sorted(path for pattern in patterns for path in ROOT.glob(pattern))
    parts = [*(text.encode() for text in texts), *(path.read_bytes() for path in files)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def write():
    """Write them all; an unchanged page keeps its time, so that Sphinx does not read it again.

    A page that takes long bears a mark of what it is made of, and is made when that has changed.
    """
    MADE.mkdir(parents=True, exist_ok=True)
    books = lessons()
    titles = list(map(title, books.values()))
    for name, (page, files) in MADE_OF.items():
        path = MADE / f"{name}.md"
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        mark = f"% {digest(titles, files, 'tools/site/pages.py')}\n\n" if files else ""
        if not (mark and old.startswith(mark)):
            text = mark + page(books) + "\n"
            if text != old:
                path.write_text(text, encoding="utf-8")


def setup(app):
    """Register with Sphinx: they are written before it looks for pages."""
    app.connect("builder-inited", lambda _: write())
    return {"parallel_read_safe": True}
