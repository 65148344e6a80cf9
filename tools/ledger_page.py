"""build/ledger.html: every numbered equation of the lessons, and what became of it when it ran."""

import html
import re
from pathlib import Path
from typing import NamedTuple

import nbformat
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

# The copy of MathJax that jupyter-server-mathjax ships holds this configuration and its fonts.
MATHJAX = "mathjax/MathJax.js?config=TeX-AMS-MML_HTMLorMML-full,Safe"
# A numbered equation: all of it, what is between the dollars, its number.
EQUATION = re.compile(r"(\$\$((?:(?!\$\$).)+?)\\tag\{([\d.]+)\}\s*\$\$)", re.S)
TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined,
)  # fmt: skip


class Part(NamedTuple):
    """A lesson's part of the page; `entries` is None when its code, as it stands, has not run."""

    name: str
    title: str
    equations: dict  # {number: TeX}
    entries: list | None  # of dicts with the fields of vaelib.teaching.ledger.Entry


def equations(nb):
    """{number: TeX} of a lesson's numbered equations, in order."""
    text = "\n\n".join(cell.source for cell in nb.cells if cell.cell_type == "markdown")
    return {number: tex.strip() for _, tex, number in EQUATION.findall(text)}


def part(name, nb, ran=None):
    """The lesson's Part: its equations from `nb`, its entries from `ran`, the notebook that ran."""
    title = re.search(r"^# (.+)$", "\n".join(cell.source for cell in nb.cells), re.M)
    codes = [[c.source for c in book.cells if c.cell_type == "code"] for book in (nb, ran) if book]
    entries = ran.metadata.get("ledger") if ran and codes[0] == codes[1] else None
    return Part(name, title[1] if title else name, equations(nb), entries)


def counts(parts):
    """Numbered equations with an entry, checks, and wrong versions refused, of parts that ran."""
    held = [(p.equations, entry) for p in parts for entry in p.entries or []]
    numbers = {entry["number"] for known, entry in held if entry["number"] in known}
    return len(numbers), len(held), sum(len(entry["wrong"]) for _, entry in held)


def page(parts):
    """The whole page, as text."""
    n_equations, n_checks, n_wrong = counts(parts)
    ran = [p for p in parts if p.entries is not None]
    totals = {
        "numbered equations that hold": n_equations,
        "checks of them": n_checks,
        "wrong versions refused": n_wrong,
        "lessons": len(ran),
    }
    return TEMPLATES.get_template("ledger.html").render(
        mathjax=MATHJAX,
        totals=totals,
        parts=[p for p in ran if p.equations],
        absent=[p.title for p in parts if p.entries is None and p.equations],
    )


def words(text):
    """For HTML: 1e-09 becomes 10⁻⁹, and no dollar begins a formula."""

    def power(match):
        factor = "" if match[1] == "1" else f"{match[1]} × "
        power = str(int(match[2])).replace("-", "−")
        return f'<span class="power">{factor}10<sup>{power}</sup></span>'

    text = html.escape(str(text)).replace("$", "<span>$</span>")
    return Markup(re.sub(r"(?<![\w.])(\d(?:\.\d+)?)e([+-]\d+)\b", power, text))


TEMPLATES.filters["words"] = words


def write(notebooks, build):
    """Write the page from the lessons in `notebooks` as they ran in `build`; its totals."""
    parts = []
    for path in sorted(notebooks.glob("*.ipynb")):
        ran = build / path.name
        nbs = [nbformat.read(p, as_version=4) for p in (path, ran) if p.exists()]
        parts.append(part(path.stem, *nbs))
    (build / "ledger.html").write_text(page(parts), encoding="utf-8")
    n_equations, n_checks, n_wrong = counts(parts)
    absent = " ".join(p.name[:2] for p in parts if p.entries is None)
    return (
        f"ledger.html: {n_equations} equations, {n_checks} checks, {n_wrong} wrong versions refused"
        + (f"; not run as they stand: {absent}" if absent else "")
    )
