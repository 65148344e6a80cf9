"""The landing page is README.md with the living playground in its picture's place; its contents,
the order of the package's pages, and the buttons that open a lesson elsewhere.
"""  # noqa: D205

import re
import shutil
from pathlib import Path

from tools import explorers
from tools.site import pages
from tools.site.address import REPOSITORY, ROOT, launchers
from vaelib.teaching import explore
from vaelib.teaching.explore import playground

PICTURE = re.compile(r"^<picture>.*?</picture>$", re.M | re.S)
LISTS = re.compile(r"^## Sub(?:packages|modules)\n(?:.|\n)*?\n```(?:\n+|\Z)", re.M)
ROW = re.compile(r"^\| (`[^|]*) \|", re.M)
STATE = "hide=challenges"  # the landing page has room for the rest alone
CONTENTS = {
    "Study": ["docs/study", "notebooks/*"],
    "Teach": ["docs/teach", "docs/teach/plans", "docs/classroom", "docs/teach/[01]*"],
    "Play": ["docs/play", "docs/made/explorers", "docs/made/predictions"],
    "Look up": ["docs/made/glossary", "docs/made/equations", "docs/made/exercises", "docs/claims"],
    "Behind it": [
        "docs/package", "docs/api/vaelib/vaelib", "docs/train", "data/README", "benchmarks/README",
        "experiments/trials", "CONTRIBUTING", "CHANGELOG", "docs/contents",
    ],
}  # fmt: skip
# What a page gains on the site: (words of the page, what takes their place).
GAINS = {
    "README": ("`make gallery` writes one page", "[one page](build/gallery/index.html)"),
    "docs/play": ("# Play\n", "# Play\n\n**[Open the gallery](../build/gallery/index.html)**, "
                  "which is a part of this site.\n"),
    "docs/teach": ("# Teach\n", "# Teach\n\nAll equations stand on [one page](made/equations.md), "
                   "all exercises on [another](made/exercises.md).\n"),
    "docs/contents": ("## What comes out\n", "## To look up\n\n"
                      "- [Symbols and terms](made/glossary.md)\n- [Equations](made/equations.md)\n"
                      "- [Exercises](made/exercises.md)\n- [Explorers](made/explorers.md)\n"
                      "- [Predictions](made/predictions.md)\n\n"
                      "## What comes out\n"),
}  # fmt: skip
GALLERY = [
    "tools/explorers.py", "tools/templates/gallery.html", "data/*.gz", "data/scenes/*.gz",
    *(f"vaelib/teaching/**/*.{kind}" for kind in ("py", "js", "ts", "css", "json")),
]  # fmt: skip
BOOK = ["notebooks/*", *CONTENTS["Look up"], "data/README"]  # what is printed


def toctree(caption, pages):
    """The contents that the left column shows, under one caption."""
    listed = "\n".join(pages)
    return f"\n```{{toctree}}\n:hidden:\n:glob:\n:caption: {caption}\n\n{listed}\n```\n"


def live():
    """The playground, as HTML that needs no network."""
    return (
        f"<style>{playground.styles()}</style>{playground.place(STATE)}"
        f'<script type="module">{playground.module()}\nplay("[data-vp-state]");</script>'
    )


def in_order(text):
    """A package's page with one list of its modules, as docs/package.md goes, then by name."""
    table = ROW.findall((ROOT / "docs" / "package.md").read_text(encoding="utf-8"))
    known = re.findall(r"`(\w+)`", " ".join(table))

    def place(module):
        name = module.split(".")[1]
        return known.index(name) if name in known else len(known), module

    modules = sorted(re.findall(r"^vaelib\.[\w.]+$", text, re.M), key=place)
    listed = "\n".join(
        ["## Modules\n\n```{toctree}\n:titlesonly:\n:maxdepth: 1\n", *modules, "```\n\n"]
    )
    lists = iter([listed])
    return LISTS.sub(lambda _: next(lists, ""), text)


def read(app, name, source):
    """The README as the landing page; of the book, its title and the argument alone."""
    html_wanted = app.builder.format == "html"
    if html_wanted and name in GAINS:
        words, gain = GAINS[name]
        if words not in source[0]:
            raise ValueError(f"{name}: no {words!r}, which the site writes otherwise")
        source[0] = source[0].replace(words, gain, 1)
    if name.startswith("docs/api/"):
        source[0] = in_order(source[0])
    if name != app.config.root_doc:
        return
    if html_wanted:
        html = f"\n````{{raw}} html\n{live()}\n````\n"
        source[0] = PICTURE.sub(lambda _: html, source[0])
        source[0] += "".join(toctree(*part) for part in CONTENTS.items())
    else:
        title, argument = re.findall(r"^# .+$|^>(?:.|\n>)+", source[0], re.M)
        source[0] = f"{title}\n\n{argument}\n{toctree('Lessons', BOOK)}"


def buttons(app, pagename, templatename, context, doctree):
    """One button for each service that can open the lesson."""
    if not pagename.startswith("notebooks/"):
        return
    links = launchers(REPOSITORY, f"{pagename}.ipynb")
    entries = [
        {"type": "link", "text": name, "tooltip": f"Open in {name}", "url": link}
        for name, link in links.items()
    ]
    if entries:
        context["header_buttons"].append(
            {"type": "group", "buttons": entries, "icon": "fas fa-rocket",
             "label": "launch-buttons", "tooltip": "Open where it runs"}
        )  # fmt: skip


def finish(app, exception):
    """The landing page has the name that servers look for, too; the gallery stands beside it."""
    out = Path(app.outdir)
    if exception is None and (out / "README.html").exists():
        shutil.copy(out / "README.html", out / "index.html")
        gallery(out / "gallery.html")


def gallery(path):
    """Write the gallery, if what it is made of has changed since."""
    mark = f"<!-- {pages.digest(explorers.first_questions(), *GALLERY)} -->"
    if path.exists() and path.read_text(encoding="utf-8").endswith(mark):
        return
    made = explorers.gallery([explore.load(name) for name in explore.NAMES])
    path.write_text(made.read_text(encoding="utf-8") + mark, encoding="utf-8")


def setup(app):
    """Register with Sphinx."""
    app.connect("source-read", read)
    app.connect("html-page-context", buttons, priority=502)  # after the theme's own
    app.connect("build-finished", finish)
    return {"parallel_read_safe": True}
