"""A deck as a page: build/slides/NN.html, and beside it what all decks share."""

import html
import json
import re
import shutil

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from tools.lessons import BUILD, ROOT
from tools.slides.read import rows
from tools.slides.taken import Lesson
from vaelib.teaching import explore
from vaelib.teaching import predictions as predict
from vaelib.teaching.explore import faces, playground
from vaelib.teaching.predictions import face

SLIDES = BUILD / "slides"
REVEAL = BUILD / "reveal" / "node_modules" / "reveal.js"
MATHJAX = BUILD / "mathjax" / "node_modules" / "mathjax" / "es5"
SHARED = {
    REVEAL: ("dist/reveal.js", "dist/reveal.css", "plugin/notes/notes.js", "LICENSE"),
    MATHJAX: ("tex-chtml.js", "output/chtml/fonts", "input/tex/extensions"),
}
TEMPLATES = Environment(
    loader=FileSystemLoader(ROOT / "tools" / "templates"), undefined=StrictUndefined,
    trim_blocks=True, lstrip_blocks=True,
)  # fmt: skip
HAND = "figure", "explorer", "predict"  # what takes the room that is left
NOTES = "Say", "Ask", "Expect", "Late"
ENDING = re.compile(r'(<span class="math inline">[^<]*</span>)([.,:;?!)]+)')  # and its full stop


def formula(tex, options):
    """What MathJax finds."""
    return (r"\[{}\]" if options["display_mode"] else r"\({}\)").format(html.escape(tex))


def stepped(state):
    """A paragraph or an item that begins with {step} appears at a key press."""
    for at, token in enumerate(state.tokens):
        if token.type == "inline" and token.content.startswith("{step}"):
            token.content = token.content.removeprefix("{step}").lstrip()
            above = state.tokens[max(0, at - 2) : at]
            first = next((t for t in above if t.type == "list_item_open"), above[-1])
            first.attrJoin("class", "fragment")


def markdown(renderer=formula):
    """The Markdown of slides."""
    made = MarkdownIt("commonmark", {"html": True}).enable("table")
    made.use(dollarmath_plugin, renderer=renderer, allow_digits=False, double_inline=True)
    made.core.ruler.before("inline", "step", stepped)
    return made


MARKDOWN = markdown()
SPOKEN = markdown(lambda tex, _: f"${html.escape(tex)}$")  # the speaker's view draws no formulas


class Page:
    """The HTML of a deck's slides, and the files and explorers that they ask for."""

    def __init__(self, deck):
        self.deck, self.lesson = deck, Lesson(deck.lesson)
        self.figures, self.explorers, self.asked = {}, {}, False

    def slides(self):
        """All slides."""
        return "\n".join(self.slide(*each) for each in enumerate(self.deck.slides))

    def slide(self, place, slide):
        """One slide."""
        kinds = {piece.kind for piece in slide.pieces}
        classes = f"{'full' if kinds & {*HAND} else 'plain'}{' lead' if place == 0 else ''}"
        tag = "h1" if place == 0 else "h2"
        title = MARKDOWN.renderInline(slide.title)
        above = ""
        if place == 0:
            above = (
                f'<p class="above">Lesson {self.deck.number} · {html.escape(self.deck.title)}</p>'
            )
        minutes = " ".join(f'data-{form}="{slide.minutes(form):g}"' for form in ("short", "long"))
        return (
            f'<section {minutes}><div class="stage {classes}">{above}<{tag}>{title}</{tag}>'
            f"{self.body(slide.pieces)}</div>{spoken(slide)}</section>"
        )

    def body(self, pieces):
        """What stands below the title, in one column or in two."""
        at = next((i for i, piece in enumerate(pieces) if piece.kind == "beside"), None)
        if at is None:
            return f'<div class="body">{self.column(pieces)}</div>'
        columns = pieces[:at], pieces[at + 1 :]
        sides = "".join(
            f'<div class="side{" wide" if {p.kind for p in some} & {*HAND} else ""}">'
            f"{self.column(some)}</div>"
            for some in columns
        )
        return f'<div class="body beside">{sides}</div>'

    def column(self, pieces):
        """The pieces, one below the other."""
        return "\n".join(self.piece(piece) for piece in pieces)

    def piece(self, piece):
        """One piece; a name that is gone is a Gone."""
        made = getattr(self, piece.kind)(piece.text)
        return f'<div class="fragment step">{made}</div>' if piece.step else made

    def text(self, text):
        """Markdown."""
        made = MARKDOWN.render(text.replace("\n{step}", "\n\n{step}"))
        return ENDING.sub(r'<span class="joined">\1\2</span>', made)

    def figure(self, name):
        """A picture, in a file of its own."""
        found = self.lesson.figure(name)
        path = f"figures/{self.deck.number}/{name}.{found.kind}"
        self.figures[path] = found.content
        alt = html.escape(found.alt, quote=True)
        kind = "picture night" if found.night else "picture"
        return f'<figure class="{kind}"><img src="{path}" alt="{alt}"></figure>'

    def equation(self, number):
        """A numbered equation; the number stands beside it."""
        tex = self.lesson.equation(number)
        if r"\\" in tex and r"\begin" not in tex:
            tex = rf"\begin{{aligned}}{tex}\end{{aligned}}"
        return f'<div class="equation"><div>\\[{html.escape(tex)}\\]</div><b>({number})</b></div>'

    def derive(self, lines):
        """A derivation, a line at a key press."""
        return f'<table class="derive"><tbody>{"".join(map(line, rows(lines)))}</tbody></table>'

    def code(self, name):
        """The code of a cell."""
        return highlight(self.lesson.code(name), PythonLexer(), HtmlFormatter(nowrap=False))

    def explorer(self, said):
        """An explorer at the deck's parameters."""
        made, name = self.lesson.explorer(said), said.split()[0]
        self.explorers[name] = playground if name == "playground" else explore.load(name)
        return f'<div class="explorer">{made}</div>'

    def predict(self, number):
        """A prediction's face, and the step that shows what was measured."""
        prediction, measured = self.lesson.prediction(number)
        self.asked = True
        place = face.place(prediction, "screen", "", measured=measured)
        step = '<span class="fragment measured"></span>' if measured is not None else ""
        return f'<div class="predict">{place}{options(prediction)}{step}</div>'


def options(prediction):
    """What a room chooses from, to be read from the back row; "" for other kinds."""
    if prediction.kind != "choice":
        return ""
    own = "".join(
        f'<li data-key="{html.escape(key)}">{html.escape(text)}</li>'
        for key, text in prediction.options.items()
    )
    return f'<ol class="options" type="A">{own}</ol>'


def line(cells):
    """A line of a derivation: what is left of the first & ends where the rest begins."""
    kept = cells[:2] + [cell for cell in cells[2:] if cell]
    own = "".join(f"<td>\\(\\displaystyle {html.escape(cell)}\\)</td>" for cell in kept)
    return f'<tr class="fragment">{own}</tr>'


def spoken(slide):
    """What the speaker's view shows."""
    parts = [f"<p><b>{slide.minutes('short'):g} min of 50, {slide.minutes('long'):g} of 90</b></p>"]
    for key in NOTES:
        if slide.notes.get(key):
            parts.append(f"<p><b>{key}.</b> {SPOKEN.renderInline(slide.notes[key])}</p>")
    return f'<aside class="notes">{"".join(parts)}</aside>'


def write(deck, folder=SLIDES):
    """Write the deck's page and its figures; the page's path."""
    page = Page(deck)
    slides = page.slides()
    given = {"deck": deck, "slides": slides, "faces": faces}
    given |= {"playground": page.explorers.pop("playground", None)}
    given |= {"explorers": page.explorers.values(), "predictions": face if page.asked else None}
    own = {
        faces.style: page.explorers,
        playground.styles: given["playground"],
        face.style: page.asked,
    }
    given |= {"styles": [style() for style, wanted in own.items() if wanted]}
    for path, content in page.figures.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    path = folder / f"{deck.number}.html"
    path.write_text(TEMPLATES.get_template("slides.html").render(given), encoding="utf-8")
    return path


def share(folder=SLIDES):
    """Copy what all decks ask for; FileNotFoundError where npm has not brought it yet."""
    for home, names in SHARED.items():
        for name in names:
            path, copy = home / name, folder / home.name / name
            if not copy.exists():
                copy.parent.mkdir(parents=True, exist_ok=True)
                (shutil.copytree if path.is_dir() else shutil.copy2)(path, copy)
    for name in ("slides.css", "slides.js"):
        shutil.copy2(ROOT / "tools" / "templates" / name, folder / name)


def index(decks, folder=SLIDES):
    """The page of all decks."""
    text = TEMPLATES.get_template("slides_index.html").render(decks=decks)
    (folder / "index.html").write_text(text, encoding="utf-8")


def write_predictions(lessons, folder=SLIDES):
    """Write all predictions with what the lessons measured, and the module that shows them."""
    found = []
    for name in lessons:
        lesson, number = Lesson(name), name[:2]
        for one in predict.all_of(number) if number in predict.LESSONS else ():
            said = {"number": one.number, "lesson": name, "declaration": one.head()}
            found.append(said | {"measured": lesson.measured.get(one.number)})
    text = json.dumps(found, ensure_ascii=False, indent=1)
    (folder / "predictions.json").write_text(text, encoding="utf-8")
    (folder / "predict.js").write_text(face.module(), encoding="utf-8")
