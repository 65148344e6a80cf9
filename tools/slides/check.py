"""What is wrong with a deck: what its text says, and, in Chromium, what a room sees of it."""

import html
import json
import re
from collections import Counter

from tools.lessons import code_cells
from tools.slides import read
from tools.slides.numbers import numbers
from tools.slides.page import MARKDOWN
from tools.slides.taken import Gone, Lesson
from vaelib.teaching import explore
from vaelib.teaching import predictions as predict

SLIDES = range(12, 19)
TITLE, WORDS, LINES, WIDE = 9, 40, 14, 82
MINUTES = {"short": 50, "long": 90}
PICTURES = "figure", "explorer", "predict"
FORMULAS = "equation", "derive"
MATHS = re.compile(r"\$\$.*?\$\$|\$[^$]*\$", re.S)
UNKNOWN = re.compile(r"^\s*\{/?(?!step\b)[a-z]+[^}\n]*\}\s*$", re.M)
SCRIPTS = re.compile(r"<(style|script)\b.*?</\1>|<[^>]*>", re.S)
WORD = re.compile(r"\w[\w’'.-]*")


def prose(slide):
    """What its author wrote on it, formulas included."""
    return "\n".join(piece.text for piece in slide.pieces if piece.kind in ("text", "derive"))


def words(slide):
    """How many, besides its title and its formulas."""
    text = "\n".join(slide.taken("text")).replace("{step}", "")
    text = re.sub(r"```.*?```|^\d+\. ", " ", text, flags=re.S | re.M)
    return len(WORD.findall(MATHS.sub(" ", text)))


def shown(lesson):
    """All that a lesson shows a reader, as one text: what the numbers of a deck must stand in."""
    parts = [cell.source for cell in lesson.nb.cells]
    for out in (out for cell in code_cells(lesson.nb) for out in cell.outputs):
        data = out.get("data", {})
        parts += [out.get("text", ""), data.get("text/plain", ""), data.get("text/markdown", "")]
        parts.append(html.unescape(SCRIPTS.sub(" ", data.get("text/html", ""))))
        parts += [about.get("alt", "") for about in out.get("metadata", {}).values() if about]
    for name in {*lesson.explorers} & {*explore.NAMES}:
        explorer = explore.load(name)
        parts += [explorer.title, explorer.about]
    number = lesson.name[:2]
    if number in predict.LESSONS:
        parts += [json.dumps(one.head(), ensure_ascii=False) for one in predict.all_of(number)]
    return "\n".join(parts)


def problems(deck):
    """One sentence for each fault of the deck's text."""
    try:
        lesson = Lesson(deck.lesson)
    except Gone as error:
        return [str(error)]
    known = numbers(shown(lesson))
    found = list(whole(deck, lesson))
    for place, slide in enumerate(deck.slides, 1):
        each = [*form(slide), *gone(slide, lesson), *notes(slide)]
        for number in sorted(numbers(f"{slide.title}\n{prose(slide)}") - known, key=float):
            each.append(f"the lesson shows no {number}")
        found += [f"slide {place}, {slide.title!r}: {fault}" for fault in each]
    return found


def whole(deck, lesson):
    """Faults of the deck as a whole."""
    if len(deck.slides) not in SLIDES:
        yield f"{len(deck.slides)} slides, wanted {SLIDES[0]} to {SLIDES[-1]}"
    for length, wanted in MINUTES.items():
        if deck.minutes(length) != wanted:
            yield f"{length}: {deck.minutes(length):g} minutes, wanted {wanted}"
    taken = [slide.taken("predict", "explorer") for slide in deck.slides]
    asked = sum(len(slide.taken("predict")) for slide in deck.slides)
    if asked < 3:
        yield f"{asked} predictions, wanted 3 or more"
    if lesson.explorers and sum(map(len, taken)) == asked:
        yield "no explorer, though the lesson has one"


def form(slide):
    """Faults of one slide as it is written."""
    if len(slide.titles) != 1:
        yield f"{len(slide.titles)} lines begin with #, wanted one title"
    if len(slide.title.split()) > TITLE:
        yield f"a title of {len(slide.title.split())} words, wanted {TITLE} at most"
    if words(slide) > WORDS:
        yield f"{words(slide)} words, wanted {WORDS} at most"
    kinds = Counter(piece.kind for piece in slide.pieces)
    for some, name in (PICTURES, "figure or explorer"), (FORMULAS, "equation or derivation"):
        if sum(kinds[kind] for kind in some) > 1:
            yield f"more than one {name}"
    if kinds["beside"] > 1:
        yield "more than one {beside}"
    for line in UNKNOWN.findall("\n".join(slide.taken("text"))):
        yield f"{line.strip()}: no such form"
    if "$" in "".join(MARKDOWN.render(text) for text in slide.taken("text")):
        yield "a $ is left: no paragraph begins with a formula and ends in a digit"


def gone(slide, lesson):
    """What it takes by name and its lesson does not have; code that is too long for a slide."""
    take = {name: getattr(lesson, name) for name in ("figure", "equation", "explorer", "code")}
    take["predict"] = lesson.prediction
    for piece in slide.pieces:
        try:
            found = take[piece.kind](piece.text) if piece.kind in take else ""
        except Gone as error:
            yield str(error)
            continue
        if piece.kind == "code":
            lines = found.splitlines()
            if len(lines) > LINES:
                yield f"code of {len(lines)} lines, wanted {LINES} at most"
            if max(map(len, lines)) > WIDE:
                yield f"code {max(map(len, lines))} letters wide, wanted {WIDE} at most"
        if piece.kind == "predict" and found[1] is None:
            yield f"the stored lesson reveals no {piece.text}"


def notes(slide):
    """What its lecturer does not find."""
    for key in ("short", "long"):
        if not re.fullmatch(r"\d+(\.\d+)?", slide.notes.get(key, "")):
            yield f"{key}: {slide.notes.get(key, '')!r}, wanted minutes"
    if not slide.notes.get("Say"):
        yield "nothing to say in its notes"


def table(decks):
    """One line for each deck."""
    heads = "deck  slides  short  long  predictions  explorers  figures  title"
    rows = [
        f"{deck.number:<4}{len(deck.slides):8}{deck.minutes('short'):7g}{deck.minutes('long'):6g}"
        f"{count(deck, 'predict'):13}{count(deck, 'explorer'):11}{count(deck, 'figure'):9}"
        f"  {deck.title}"
        for deck in decks
    ]
    return "\n".join([heads, *rows])


def count(deck, kind):
    """How many of a kind all slides take."""
    return sum(len(slide.taken(kind)) for slide in deck.slides)


def main(numbers_):
    """Print the table and the faults of these decks; how many."""
    decks = read.decks(numbers_)
    print(table(decks))
    found = [f"{deck.number} {fault}" for deck in decks for fault in problems(deck)]
    print("\n".join(found) if found else "no fault")
    return len(found)
