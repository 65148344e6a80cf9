"""A stored lesson as Sphinx shall read it: alternative texts, links, and what a print can hold.

myst-nb drops a picture's stored alternative text and takes it from the cell's metadata, and leaves
links in outputs as they are. The file itself, which readers download, is not changed.
"""

import base64
import json
import re
from urllib.parse import unquote

from docutils import nodes

from tools.predictions import measured
from tools.site.address import ROOT, SITE
from vaelib.teaching import predictions
from vaelib.teaching.predictions.face import said

LESSON = re.compile(r"\b(\d\d_\w+)\.ipynb")
PLACE = re.compile(r"#([^)\s]+)\)")
DETAILS = re.compile(r"<details><summary>(.*?)</summary>|</details>", re.S)
NAME = re.compile(r'explore\.(?:show\("(\w+)"|(play|draw_digit)\()')
FORMULA = re.compile(r"(?<![$\\])\$(?!\$)(?:(?!\n\n)[^$])+\$(?!\$)")
PREDICTION = re.compile(r'^predict\.(ask|reveal)\(\s*"(\w+)"', re.M)
MARKUP = re.compile(r"([\\`*_$<>\[\]{}|])")
LINE = r"\_" * 24  # where a guess is written
PICTURES = ROOT / "build" / "site-pictures"  # explorers, for the book


def read(app, name, source):
    """The lesson's JSON, in place, as myst-nb shall see it."""
    if not name.startswith("notebooks/"):
        return
    lesson = json.loads(source[0])
    for cell in lesson["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = FORMULA.sub(unlisted, "".join(cell["source"]))
        for output in cell.get("outputs", []):
            prepare(cell, output)
    if app.builder.format == "latex":
        for cell in lesson["cells"]:
            for_print(cell, name)
        lesson["cells"] = [each for cell in lesson["cells"] for each in on_paper(cell)]
    source[0] = json.dumps(lesson)


def unlisted(formula):
    """A formula in a sentence; its lines that begin with a sign are no list, as in Jupyter."""
    return re.sub(r"\n(?=[-+] )", " ", formula[0])


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
    if PREDICTION.search("".join(cell["source"])):
        return
    for output in [each for each in outputs if "text/html" in each.get("data", {})]:
        shown = "".join(NAME.search("".join(cell["source"])).groups(""))
        png = (PICTURES / f"{shown}.png").read_bytes()
        output["data"] = {"image/png": base64.b64encode(png).decode()}
        where = f"<{SITE}{name}.html>" if SITE else "the course's site and in the notebook"
        moves = {"text/markdown": f"*This picture moves on {where}.*"}
        outputs.append({"output_type": "display_data", "metadata": {}, "data": moves})


def on_paper(cell):
    """The cell; a prediction's is a question with a line, or has its measurement below it."""
    found = cell["cell_type"] == "code" and PREDICTION.search("".join(cell["source"]))
    if not found:
        return [cell]
    prediction = predictions.find(found[2])
    if found[1] == "ask":
        return [prose(cell["id"], question(prediction))]
    [shown] = [each for each in cell["outputs"] if "text/html" in each.get("data", {})]
    cell["outputs"].remove(shown)
    value = measured("".join(shown["data"]["text/html"]))
    return [cell, prose(f"{cell['id']}-said", answer(prediction, value))]


def prose(name, text):
    """A cell of text."""
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": text}


def question(prediction):
    """What it asks, and a box for each option or a line for the guess."""
    text = f"> **Prediction {prediction.number}.** {plain(prediction.question)}\n>\n"
    if prediction.kind == "choice":
        return text + "\\\n".join(f"> ☐ {plain(each)}" for each in prediction.options.values())
    if prediction.kind == "number":
        return f"{text}> My guess: {LINE} {plain(prediction.unit)}"
    lines = [f"{plain(axis.label)}: {LINE}" for axis in prediction.axes()]
    if prediction.kind == "curve":
        lines = [f"{plain(prediction.y.label)} {along(prediction)}: {LINE}"]
    return f"{text}> My guess, " + ", ".join(lines)


def answer(prediction, value):
    """What was measured, in small print."""
    where = f", {along(prediction)}" if prediction.kind == "curve" else ""
    number, what = prediction.number, plain(prediction.measures)
    text = f"> **Measured {number}**, {what}{where}: {plain(said(prediction, value))}."
    small = "```{{raw}} latex\n\\{}{{small}}\n```"
    return "\n\n".join([small.format("begin"), text, small.format("end")])


def along(curve):
    """Where the values of a curve stand."""
    return f"at {plain(curve.x.label)} = {', '.join(f'{each:g}' for each in curve.at)}"


def plain(text):
    """The text as Markdown that shows it as it is."""
    return MARKUP.sub(r"\\\1", text)


def setup(app):
    """Register with Sphinx."""
    app.connect("source-read", read)
    return {"parallel_read_safe": True}
