"""What a deck takes by name out of the executed lesson, so that nothing is stated twice."""

import base64
import io
import re
from functools import cached_property
from typing import NamedTuple

import nbformat
import numpy as np
from PIL import Image

from tools import ledger_page
from tools.figures import FIGURES
from tools.lessons import NOTEBOOKS, SOURCE, code_cells, read_source
from tools.predictions import revealed
from vaelib.teaching import explore
from vaelib.teaching import predictions as predict
from vaelib.teaching.explore import faces, playground
from vaelib.teaching.explore.scene import Choice

GIVEN = re.compile(r'(\w+)=("[^"]*"|[^\s,)]+)')
SHOWN = re.compile(r'explore\.show\("(\w+)"((?:, \w+=[^,)]+)*)\)')
ASIDE = "stamps", "settings", "strips", "time", "share", "challenges"  # of the playground


class Gone(LookupError):
    """A name that its lesson does not have."""


class Figure(NamedTuple):
    """A picture of the lesson."""

    name: str
    alt: str
    kind: str  # svg or png
    content: bytes
    night: bool  # mostly dark, like a sky: not to be inverted in a dark room


class Lesson:
    """The stored lesson of that name, "05_lower_bound"."""

    def __init__(self, name):
        self.name, path = name, NOTEBOOKS / f"{name}.ipynb"
        if not path.exists():
            raise Gone(f"no lesson {name}")
        self.nb = nbformat.read(path, as_version=4)

    @cached_property
    def tags(self):
        """{tag: its cell}. A tag may be younger than the outputs: those are of the same code."""
        source = code_cells(read_source(SOURCE / f"{self.name}.md"))
        stored = {cell.source: cell for cell in code_cells(self.nb)}
        younger = {
            tag: stored.get(cell.source, cell)
            for cell in source
            for tag in cell.metadata.get("tags", [])
        }
        own = {tag: cell for cell in self.nb.cells for tag in cell.metadata.get("tags", [])}
        return younger | own

    def cell(self, tag):
        """The cell with that tag."""
        if tag not in self.tags:
            raise Gone(f"lesson {self.name[:2]} has no cell tagged {tag}")
        return self.tags[tag]

    def figure(self, name):
        """The picture of the cell tagged fig-NAME: for projection, where that was drawn.

        The second picture of a cell is NAME-2.
        """
        again = re.fullmatch(r"(.+)-(\d)", name)
        if again and f"fig-{name}" not in self.tags:
            cell, place = self.cell(f"fig-{again[1]}"), int(again[2]) - 1
        else:
            cell, place = self.cell(f"fig-{name}"), 0
        pictures = [out for out in cell.get("outputs", []) if "image/png" in out.get("data", {})]
        if place >= len(pictures):
            raise Gone(f"lesson {self.name[:2]}: the cell tagged fig-{name} shows no such picture")
        out = pictures[place]
        alt = out.metadata.get("image/png", {}).get("alt", "")
        png = base64.b64decode(out.data["image/png"])
        drawn = FIGURES / self.name[:2] / f"{name}.svg"
        if drawn.exists():
            return Figure(name, alt, "svg", drawn.read_bytes(), night(png))
        return Figure(name, alt, "png", png, night(png))

    def code(self, name):
        """The source of the cell tagged code-NAME."""
        return self.cell(f"code-{name}").source.strip()

    @cached_property
    def equations(self):
        """{number: TeX without its tag}."""
        return ledger_page.equations(self.nb)

    def equation(self, number):
        """The TeX of a numbered equation."""
        if number not in self.equations:
            raise Gone(f"lesson {self.name[:2]} states no equation ({number})")
        return self.equations[number]

    @cached_property
    def explorers(self):
        """{name: the parameters with which the lesson shows it first}."""
        shown = {}
        for cell in code_cells(self.nb):
            for name, given in SHOWN.findall(cell.source):
                shown.setdefault(name, dict(GIVEN.findall(given)))
            if cell.source.startswith("explore.play("):
                shown.setdefault("playground", {})
        return shown

    def explorer(self, said):
        """An explorer that the lesson shows, compact, as HTML; said: "balance mean=1.2"."""
        name, _, changed = said.partition(" ")
        if name not in self.explorers:
            raise Gone(f"lesson {self.name[:2]} shows no explorer {name!r}")
        if name == "playground":
            state = [*changed.split(), f"hide={','.join(ASIDE)}"]
            return compact(playground.place("&".join(state)))
        explorer, given = explore.load(name), self.explorers[name] | dict(GIVEN.findall(changed))
        try:
            wanted = {key: _value(text, explorer.controls.get(key)) for key, text in given.items()}
            parameters = explorer.check(wanted)
        except ValueError as error:
            raise Gone(f"explorer {name}: {error}") from None
        return compact(faces.place(explorer, parameters))

    @cached_property
    def measured(self):
        """{number of a prediction: what the stored lesson revealed}."""
        return {number: value for number, (_, value) in revealed(self.nb).items()}

    def prediction(self, number):
        """(the declaration, what was measured or None) of a prediction that the lesson asks."""
        try:
            found = predict.find(number)
        except ValueError as error:
            raise Gone(str(error)) from None
        if found.lesson() != self.name[:2]:
            raise Gone(f"prediction {number} is not one of lesson {self.name[:2]}")
        return found, self.measured.get(number)


def night(png):
    """Whether more than a fifth of a picture is dark."""
    with Image.open(io.BytesIO(png)) as picture:
        grey = np.asarray(picture.convert("L").resize((64, 64)))
    return bool((grey < 64).mean() > 0.2)


def compact(place):
    """The place of an explorer that takes its form for slides."""
    return place.replace("<div ", '<div data-vx-form="compact" ', 1)


def _value(text, control):
    """A parameter as code or a deck writes it."""
    word = text.strip('"')
    return word if isinstance(control, Choice) else float(word)
