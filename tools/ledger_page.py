"""build/ledger.html: every numbered equation of the lessons, and what became of it when it ran."""

import html
import re
from typing import NamedTuple

import nbformat

# The copy of MathJax that jupyter-server-mathjax ships holds this configuration and these fonts.
MATHJAX = "mathjax/MathJax.js?config=TeX-AMS-MML_HTMLorMML-full,Safe"
MATHJAX_FONT = """<script type="text/x-mathjax-config">
MathJax.Hub.Config({"HTML-CSS": {availableFonts: [], preferredFont: null, webFont: "STIX-Web"}});
MathJax.Hub.Register.StartupHook("End", function () {
  var target = location.hash && document.getElementById(location.hash.slice(1));
  if (target) target.scrollIntoView();
});
</script>"""
# A numbered equation: all of it, what is between the dollars, its number.
EQUATION = re.compile(r"(\$\$((?:(?!\$\$).)+?)\\tag\{([\d.]+)\}\s*\$\$)", re.S)
STYLE = """
:root { --ink: #1b1f24; --soft: #57606a; --line: #d9dee4; --blue: #0b5394; --wrong: #9c2f00; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 3rem 1.5rem 5rem; color: var(--ink);
  font: 16px/1.5 "Source Sans 3", "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 2.4rem; line-height: 1.15; margin: 0 0 .5rem; letter-spacing: -.01em; }
h2 { font-size: 1.35rem; margin: 3.5rem 0 0; padding-bottom: .4rem;
  border-bottom: 2px solid var(--ink); }
a { color: var(--blue); text-decoration: none; } a:hover { text-decoration: underline; }
.lead { color: var(--soft); max-width: 44rem; margin: 0; }
.total { display: flex; flex-wrap: wrap; gap: 1rem 3rem; margin: 2rem 0 0; padding: 0; }
.total div { line-height: 1.1; } .total dt { font-size: .85rem; color: var(--soft); }
.total dd { margin: 0; font-size: 2.4rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.total div { display: flex; flex-direction: column-reverse; }
.absent { border-left: 4px solid var(--wrong); padding: .1rem 0 .1rem 1rem; margin-top: 1.5rem; }
nav { margin-top: 1.5rem; columns: 20rem; } nav a { display: block; }
article { display: grid; grid-template-columns: 4rem 1fr; padding: 1.4rem 0;
  border-bottom: 1px solid var(--line); break-inside: avoid; }
.number { font-weight: 600; font-variant-numeric: tabular-nums; padding-top: .9rem; }
.equation { overflow-x: auto; overflow-y: hidden; padding: .3rem 0 .6rem; }
.equation .MathJax_Display { margin: .3em 0 !important; }
.check + .check { margin-top: .9rem; }
.check p { margin: 0; } .note { font-weight: 600; }
.sides { font-variant-numeric: tabular-nums; }
.within { color: var(--soft); }
ul { margin: .25rem 0 0; padding: 0; list-style: none; font-size: .93rem; color: var(--wrong); }
sup { line-height: 0; } .power { white-space: nowrap; }
@media print { body { font-size: 11px; max-width: none; padding: 0; } nav { display: none; }
  h2 { break-after: avoid; } a { color: inherit; } article { padding: .7rem 0; } }
"""


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
    body = [f"<div><dt>{name}</dt><dd>{n}</dd></div>" for name, n in totals.items()]
    body = ['<dl class="total">', *body, "</dl>"]
    absent = [html.escape(p.title) for p in parts if p.entries is None and p.equations]
    if absent:
        body.append(f'<p class="absent">Not run as they stand: {"; ".join(absent)}.</p>')
    listed = [p for p in ran if p.equations]
    links = [f'<a href="#{p.name}">{html.escape(p.title)}</a>' for p in listed]
    body += ["<nav>", *links, "</nav>"]
    for p in listed:
        body.append(f'<h2 id="{p.name}"><a href="{p.name}.html">{html.escape(p.title)}</a></h2>')
        body += [_article(p, number) for number in p.equations]
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>The equation ledger</title>
<style>{STYLE}</style>
<script type="text/x-mathjax-config">
MathJax.Hub.Config({{displayAlign: "left", messageStyle: "none", TeX: {{TagSide: "right"}}}});
</script>
{MATHJAX_FONT}
<script src="{MATHJAX}"></script>
</head>
<body>
<h1>The equation ledger</h1>
<p class="lead">A numbered equation is a claim. Its lesson evaluated both sides on real arrays, each
in its own way, and they agreed as closely as is written here. The wrong versions, in red, are
mistakes that people make; each was evaluated too, and missed by what stands behind it.</p>
{chr(10).join(body)}
</body>
</html>
"""


def _article(p, number):
    """One equation and its checks; the number leads to its place in the lesson."""
    checks = [_check(entry) for entry in p.entries if entry["number"] == number]
    return "\n".join(
        [
            f'<article id="eq-{number}">',
            f'<div class="number"><a href="{p.name}.html#eq-{number}">({number})</a></div>',
            f'<div><div class="equation">$${html.escape(p.equations[number])}$$</div>',
            *(checks or ['<p class="absent">Its check did not run.</p>']),
            "</div></article>",
        ]
    )


def _check(entry):
    note = _words(entry["note"])
    sides = _words(f"left {entry['left']}, right {entry['right']}")
    number = f"{entry['count']} values equal" if entry["count"] > 1 else "equal"
    within = _words(f"{number} {entry['within']}; furthest apart {entry['difference']:.2g}")
    wrong = [f"<li>✗ {_words(name)}: {_words(by)}</li>" for name, by in entry["wrong"].items()]
    return "\n".join(
        [
            '<div class="check">',
            f'<p class="note">{note}</p>' if note else "",
            f'<p><span class="sides">{sides}</span> · <span class="within">{within}</span></p>',
            f"<ul>{''.join(wrong)}</ul>" if wrong else "",
            "</div>",
        ]
    )


def _words(text):
    """For HTML; 1e-09 becomes 10⁻⁹, and no dollar begins a formula."""

    def power(match):
        factor = "" if match[1] == "1" else f"{match[1]} × "
        power = str(int(match[2])).replace("-", "−")
        return f'<span class="power">{factor}10<sup>{power}</sup></span>'

    text = html.escape(str(text)).replace("$", "<span>$</span>")
    return re.sub(r"(?<![\w.])(\d(?:\.\d+)?)e([+-]\d+)\b", power, text)


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
