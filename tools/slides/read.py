"""A deck as its author writes it: notebooks/slides/NN.md."""

import re
from typing import NamedTuple

from tools.lessons import NOTEBOOKS

DECKS = NOTEBOOKS / "slides"

TAKEN = re.compile(r"(\{step\} )?\{(figure|equation|code|explorer|predict)(?: +([^}]*))?\}$")
NOTE = re.compile(r"^(short|long|Say|Ask|Expect|Late):[ \t]*", re.M)
ENVIRONMENT = re.compile(r"\\(begin|end)\{\w+\*?\}|[{}]|\\\\|\\.|&|\$", re.S)


class Piece(NamedTuple):
    """A part of a slide: Markdown, a derivation's lines, "beside", or what is taken by name."""

    kind: str  # text, derive, beside; figure, equation, code, explorer, predict
    text: str = ""
    step: bool = False  # appears at a key press


class Slide(NamedTuple):
    """One slide, and what its lecturer reads."""

    titles: tuple  # one, where nothing is wrong
    pieces: tuple
    notes: dict  # {"Say": …, "Ask": …, "Expect": …, "Late": …, "short": minutes, "long": minutes}

    @property
    def title(self):
        """Its claim."""
        return self.titles[0] if self.titles else ""

    def minutes(self, form):
        """In the "short" or the "long" form; 0 where the note is missing or no number."""
        try:
            return float(self.notes.get(form, ""))
        except ValueError:
            return 0.0

    @property
    def short(self):
        """Whether the short form has it."""
        return self.minutes("short") > 0

    def taken(self, *kinds):
        """The names that it takes of these kinds."""
        return [piece.text for piece in self.pieces if piece.kind in kinds]


class Deck(NamedTuple):
    """The slides of one lesson."""

    number: str  # "05"
    lesson: str  # "05_lower_bound"
    title: str
    slides: tuple

    def minutes(self, form):
        """Of all slides."""
        return sum(slide.minutes(form) for slide in self.slides)


def deck(path):
    """Read a deck; ValueError where its head is not lesson and title."""
    text = path.read_text(encoding="utf-8")
    head = re.match(r"---\n(.*?)\n---\n", text, re.S)
    said = dict(re.findall(r"^(\w+): *(.*)$", head[1], re.M)) if head else {}
    if not {"lesson", "title"} <= {*said}:
        raise ValueError(
            f"{path.name}: wanted lesson: and title: between two lines ---, at its top"
        )
    parts = re.split(r"^---\n", text[head.end() :], flags=re.M)
    slides = tuple(slide(part) for part in parts if part.strip())
    return Deck(path.stem, said["lesson"], said["title"], slides)


def decks(numbers=(), folder=DECKS):
    """The decks of these lessons, "05"; all of them, if none is named."""
    paths = sorted(folder.glob("[0-9][0-9].md"))
    for number in numbers:
        if number not in [path.stem for path in paths]:
            raise SystemExit(f"no deck {number!r} in {folder}")
    return [deck(path) for path in paths if not numbers or path.stem in numbers]


def slide(text):
    """What stands between two lines ---."""
    body, _, notes = f"{text.strip()}\n".partition("\n???\n")
    lines = body.splitlines()
    titles = tuple(line[2:].strip() for line in lines if line.startswith("# "))
    rest = [line for line in lines if not line.startswith("# ")]
    words = NOTE.split(notes)[1:]
    noted = {key: " ".join(said.split()) for key, said in zip(words[::2], words[1::2], strict=True)}
    return Slide(titles, tuple(pieces(rest)), noted)


def pieces(lines):
    """The parts of a slide, in order."""
    text, derived = [], None
    for line in [*lines, "{end}"]:
        found = TAKEN.match(line.strip())
        if derived is not None and line.strip() != "{/derive}":
            derived.append(line)
        elif derived is not None:
            yield Piece("derive", "\n".join(derived))
            derived = None
        elif found or line.strip() in ("{beside}", "{derive}", "{end}"):
            if "".join(text).strip():
                yield Piece("text", "\n".join(text).strip())
            text = []
            derived = [] if line.strip() == "{derive}" else None
            if found:
                yield Piece(found[2], (found[3] or "").strip(), bool(found[1]))
            elif line.strip() == "{beside}":
                yield Piece("beside")
        else:
            text.append(line)


def rows(derivation):
    r"""The lines of a derivation, each as its cells: split at \\ and &, not in { } nor \begin."""
    depth, cell, cells = 0, "", []
    done, at = [], 0
    for found in ENVIRONMENT.finditer(derivation):
        cell, at = cell + derivation[at : found.start()], found.end()
        depth += (found[1] == "begin" or found[0] == "{") - (found[1] == "end" or found[0] == "}")
        if depth == 0 and found[0] in ("&", r"\\"):
            cells.append(cell.strip())
            cell = ""
            if found[0] == r"\\":
                done.append(cells)
                cells = []
        else:
            cell += found[0]
    cells.append((cell + derivation[at:]).strip())
    return [row for row in [*done, cells] if any(row)]
