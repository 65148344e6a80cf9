"""A sheet of problems and their solutions as text, as a page with MathJax, and as LaTeX."""

import html
import re
import shutil
import textwrap
from typing import NamedTuple

import numpy as np
from markupsafe import Markup

from tools.ledger_page import TEMPLATES
from tools.lessons import BUILD, SOURCE, read_source
from tools.problems import plain, templates

FOLDER = BUILD / "problems"
MATHJAX = BUILD / "mathjax" / "node_modules" / "mathjax" / "es5" / "tex-svg.js"
FORMULA = re.compile(r"(\$\$.+?\$\$|\$[^$]+?\$)", re.S)
EMPHASIS = re.compile(r"\*(\w[^*]*)\*")
SPECIAL = re.compile(r"([%#&_])")


class Sheet(NamedTuple):
    """The problems of one lesson with the numbers of one seed."""

    lesson: str
    title: str
    seed: int
    problems: list


def sheet(lesson, seed):
    """Draw a sheet. Each template has a stream of its own: a new one changes no other."""
    [source] = SOURCE.glob(f"{lesson}_*.md")
    title = re.search(r"^# (.+)$", read_source(source).cells[0].source, re.M)[1]
    problems = [
        template(np.random.default_rng([int(lesson), place, seed]))
        for place, template in enumerate(templates(lesson))
    ]
    return Sheet(lesson, title, seed, problems)


def in_words(text, words, formula):
    """The text with `words` done to what is prose and `formula` to what is TeX."""
    pieces = FORMULA.split(text)
    return "".join(formula(p) if p.startswith("$") else words(p) for p in pieces)


def text(drawn):
    """The sheet as plain text."""
    lines = [f"{drawn.title}: problems, sheet {drawn.seed}", ""]
    for number, each in enumerate(drawn.problems, 1):
        lines += [f"{number}. {each.title}", "", *wrapped(each.statement)]
    lines += ["SOLUTIONS", ""]
    for number, each in enumerate(drawn.problems, 1):
        lines += [f"{number}. {each.title}", "", *wrapped(each.solution)]
    return "\n".join(lines)


def wrapped(body):
    """Lines of at most 88 letters; a displayed formula has its own, further in."""
    for paragraph in body.split("\n\n"):
        shown = in_words(paragraph, str, lambda tex: plain.plain(tex.strip("$")))
        indent = "       " if paragraph.startswith("$$") else "   "
        yield from textwrap.wrap(shown, 88, initial_indent=indent, subsequent_indent=indent)
        yield ""


def page(drawn):
    """The sheet as HTML; its MathJax is the file mathjax.js beside it."""
    return TEMPLATES.get_template("problems.html").render(sheet=drawn, paragraphs=paragraphs)


def paragraphs(body):
    """The paragraphs as HTML, formulas left to MathJax."""

    def words(prose):
        return EMPHASIS.sub(r"<em>\1</em>", html.escape(prose, quote=False))

    return [Markup(in_words(part, words, html.escape)) for part in body.split("\n\n")]


def latex(drawn):
    """The sheet as a document for xelatex."""

    def words(prose):
        return EMPHASIS.sub(r"\\emph{\1}", SPECIAL.sub(r"\\\1", prose))

    def formula(tex):
        if tex.startswith("$$"):
            return rf"\[{tex[2:-2]}\]"
        return tex.replace(", ", r",\allowbreak\ ")  # a list may go on in the next line

    def body(part):
        return re.sub(r"\n\n(?=\\\[)", "\n", in_words(part, words, formula))

    def items(kind):
        return "\n".join(
            f"\\item \\textbf{{{words(each.title)}}}\\par\n{body(getattr(each, kind))}\n"
            for each in drawn.problems
        )

    return rf"""\documentclass[11pt,a4paper]{{article}}
\usepackage{{fontspec,amsmath,amssymb}}
\usepackage[margin=25mm]{{geometry}}
\setlength{{\parindent}}{{0pt}}\setlength{{\parskip}}{{6pt}}\sloppy
\begin{{document}}
\section*{{{words(drawn.title)}: problems}}
Sheet {drawn.seed}. Equation numbers are those of the lesson. Text: CC BY 4.0.
\begin{{enumerate}}
{items("statement")}
\end{{enumerate}}
\newpage
\section*{{Solutions, sheet {drawn.seed}}}
\begin{{enumerate}}
{items("solution")}
\end{{enumerate}}
\end{{document}}
"""


def write(lesson, seed, folder=FOLDER):
    """Write LESSON-SEED.txt, .html and .tex into the folder; the three paths."""
    drawn = sheet(lesson, seed)
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for kind, form in (("txt", text), ("html", page), ("tex", latex)):
        paths.append(folder / f"{lesson}-{seed}.{kind}")
        paths[-1].write_text(form(drawn), encoding="utf-8")
    if MATHJAX.exists() and not (folder / "mathjax.js").exists():
        shutil.copy2(MATHJAX, folder / "mathjax.js")
    return paths
