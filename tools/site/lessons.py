"""A stored lesson as Sphinx shall read it: alternative texts, links, and what a print can hold.

myst-nb drops a picture's stored alternative text and takes it from the cell's metadata, and leaves
links in outputs as they are. The file itself, which readers download, is not changed.
"""

import base64
import json
import re
from urllib.parse import unquote

from docutils import nodes

from tools.site.address import ROOT, SITE

LESSON = re.compile(r"\b(\d\d_\w+)\.ipynb")
PLACE = re.compile(r"#([^)\s]+)\)")
DETAILS = re.compile(r"<details><summary>(.*?)</summary>|</details>", re.S)
NAME = re.compile(r'explore\.(?:show\("(\w+)"|(play|draw_digit)\()')
PICTURES = ROOT / "build" / "site-pictures"  # explorers, for the book


def read(app, name, source):
    """The lesson's JSON, in place, as myst-nb shall see it."""
    if not name.startswith("notebooks/"):
        return
    lesson = json.loads(source[0])
    for cell in lesson["cells"]:
        for output in cell.get("outputs", []):
            prepare(cell, output)
        if app.builder.format == "latex":
            for_print(cell, name)
    source[0] = json.dumps(lesson)


def prepare(cell, output):
    """The output's alternative text where myst-nb looks for it; its links between lessons."""
    for kind, data in output.get("data", {}).items():
        alt = output.get("metadata", {}).get(kind, {}).get("alt")
        if alt:
            cell["metadata"].setdefault("mystnb", {})["image"] = {"alt": alt}
        if kind == "text/markdown":
            output["data"][kind] = PLACE.sub(place, LESSON.sub(r"\1.html", "".join(data)))


def place(link):
    """A link's heading, as Jupyter addresses it, as docutils does."""
    return f"#{nodes.make_id(unquote(link[1]).replace('-', ' '))})"


def for_print(cell, name):
    """An explorer becomes its picture and a link, a fold a heading."""
    if cell["cell_type"] == "markdown":
        text = "".join(cell["source"])
        cell["source"] = DETAILS.sub(lambda fold: f"\n**{fold[1]}**\n" if fold[1] else "", text)
    outputs = cell.get("outputs", [])
    for output in [each for each in outputs if "text/html" in each.get("data", {})]:
        shown = "".join(NAME.search("".join(cell["source"])).groups(""))
        png = (PICTURES / f"{shown}.png").read_bytes()
        output["data"] = {"image/png": base64.b64encode(png).decode()}
        where = f"<{SITE}{name}.html>" if SITE else "the course's site and in the notebook"
        moves = {"text/markdown": f"*This picture moves on {where}.*"}
        outputs.append({"output_type": "display_data", "metadata": {}, "data": moves})


def setup(app):
    """Register with Sphinx."""
    app.connect("source-read", read)
    return {"parallel_read_safe": True}
