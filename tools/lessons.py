"""Build the lessons' notebooks from their text, or run them all.

    python -m tools.lessons build [02 ...]    notebooks/source/*.md -> notebooks/*.ipynb, executed
    python -m tools.lessons text [02 ...]     the same where only prose or an explorer changed,
                                              without executing
    python -m tools.lessons run [02 ...]      notebooks/*.ipynb -> build/, executed, with a table
                                              of times, and build/ledger.html, the equations' page

`build` and `text` first put the text in the form in which JupyterLab would save it. `build` stores
a notebook only when every cell ran. `run` needs no network.
"""

import argparse
import base64
import hashlib
import html
import json
import logging
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import jupyter_server_mathjax
import jupytext
import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbconvert import HTMLExporter
from tqdm import tqdm

from tools import ledger_page
from tools.ledger_page import EQUATION, MATHJAX, TEMPLATES
from tools.predictions import measured
from vaelib.teaching import explore, predictions
from vaelib.teaching.explore import faces
from vaelib.teaching.predictions import face as prediction_face

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = ROOT / "notebooks"
SOURCE = NOTEBOOKS / "source"
BUILD = ROOT / "build"
PROBE = ROOT / "tools" / "probe.py"
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python", "file_extension": ".py", "pygments_lexer": "ipython3"},
}
# The text leaves out what the tag hide-input says: JupyterLab and VS Code fold by `source_hidden`.
HEADER = {"jupytext": {"cell_metadata_filter": "-jupyter"}}
WIDGET = "application/vnd.jupyter.widget-view+json"
NO_ALT = 'alt="No description has been provided for this image"'


class Usage(NamedTuple):
    """What a lesson cost."""

    wall: float  # seconds on the clock
    cpu: float  # seconds of all cores
    imports: float  # of these, up to the end of the first code cell, which imports
    cells: int  # code cells
    peak: float  # memory, MB


class LessonError(Exception):
    """A cell failed. The message names the lesson, the code cell's number and the error."""


def code_cells(nb, stop=None):
    """The notebook's code cells, in order; only those before cell `stop` if it is given."""
    return [cell for cell in nb.cells[:stop] if cell.cell_type == "code"]


def code_hash(nb):
    """SHA-256 of the code that the outputs come from; `build` stores it in the metadata."""
    return hashlib.sha256("\0".join(cell.source for cell in code_cells(nb)).encode()).hexdigest()


def read_source(path):
    """The lesson's text as a notebook without outputs, its cells with the tag hide-input folded."""
    nb = jupytext.read(path, fmt="md:myst")
    nb.metadata = nbformat.from_dict(METADATA)
    for number, cell in enumerate(nb.cells, 1):
        cell.id = f"cell-{number:03d}"
        if "hide-input" in cell.metadata.get("tags", []):
            cell.metadata["jupyter"] = {"source_hidden": True}
    return nb


def source_text(nb):
    """The notebook as the text that JupyterLab saves beside it."""
    told = nbformat.from_dict({**nb, "metadata": METADATA | HEADER})
    return jupytext.writes(told, fmt="md:myst")


def tidy(path):
    """Put a lesson's code in the form of ruff and its text in that of jupytext, in place."""
    code = nbformat.writes(read_source(path))
    for command in ["check", "--select=I", "--fix", "--quiet"], ["format"]:
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--stdin-filename=lesson.ipynb", "-"],
            input=code, capture_output=True, text=True, cwd=ROOT,
        )  # fmt: skip
        if done.returncode:
            raise LessonError(f"{path.stem}: ruff cannot read its code\n{done.stderr}")
        code = done.stdout
    text = source_text(nbformat.reads(code, as_version=4))
    if text != path.read_text(encoding="utf-8"):
        path.write_text(text, encoding="utf-8")


def execute(nb, name, bar=None, timeout=600, env=None):
    """Run every cell from a restart, in place; the Usage, or a LessonError.

    The kernel is this interpreter's, its folder notebooks/. A progress bar's stored output is its
    last state. The ledger's entries, as they were checked, go into the notebook's metadata.
    """
    reached = [0]

    def on_start(cell, cell_index):
        reached[0] = cell_index

    def on_done(cell, cell_index, execute_reply):
        if bar is not None and cell_index < len(nb.cells) - 1:  # the last is the probe's
            bar.update()

    client = NotebookClient(
        nb,
        kernel_name="python3",
        timeout=timeout,
        coalesce_streams=True,
        store_widget_state=False,
        record_timing=False,
        extra_arguments=["--IPKernelApp.log_level=40", f"--IPKernelApp.exec_files={PROBE}"],
        resources={"metadata": {"path": str(NOTEBOOKS)}},
        on_cell_execute=on_start,
        on_cell_executed=on_done,
    )
    nb.cells.append(nbformat.v4.new_code_cell("_report()"))
    clock = time.perf_counter()
    try:
        client.execute(env=os.environ | (env or {}))
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        number = len(code_cells(nb, reached[0] + 1))
        plain = re.sub(r"\x1b\[[0-9;]*m", "", str(error))
        raise LessonError(f"{name}, code cell {number}:\n{plain}") from None
    finally:
        report = nb.cells.pop()
    drop_widgets(nb)
    cpu, imports, peak, entries = json.loads(report.outputs[0].text)
    nb.metadata = nbformat.from_dict(METADATA | {"ledger": entries})
    wall = time.perf_counter() - clock
    return Usage(wall, cpu, imports, len(code_cells(nb)), peak / 1e6)


def drop_widgets(nb):
    """Leave out what lives only beside a kernel: an explorer's packed face stays."""
    for cell in code_cells(nb):
        cell.outputs = [o for o in cell.outputs if WIDGET not in o.get("data", {})]


def to_html(nb, name, folder):
    """Write `folder/name.html`, a page that needs no network.

    Its formulas are drawn by the copy of MathJax that `run` puts beside it, its numbered equations
    are places to link to, its links to other lessons lead to their pages, and its pictures have
    their alternative texts, which nbconvert leaves out.
    """
    exporter = HTMLExporter(require_js_url="", mathjax_url=MATHJAX, log=logging.Logger("quiet", 50))
    body, _ = exporter.from_notebook_node(nb, {"metadata": {"name": name}})
    config = TEMPLATES.get_template("mathjax.html").render()
    body = body.replace("</head>", f"{config}</head>", 1)
    body = re.sub(r'href="(\d\d_\w+)\.ipynb', r'href="\1.html', body)
    body = EQUATION.sub(r'<span id="eq-\3"></span>\1', body)
    for alt in alternative_texts(code_cells(nb)):
        body = body.replace(NO_ALT, f'alt="{html.escape(alt)}"', 1)
    (folder / f"{name}.html").write_text(body, encoding="utf-8")


def alternative_texts(cells):
    """What is stored as the alternative text of each picture that code cells put out, in order."""
    for output in (output for cell in cells for output in cell.outputs):
        for kind in output.get("data", {}):
            if kind.startswith("image/"):
                yield output.metadata.get(kind, {}).get("alt", "")


def build(source):
    """notebooks/source/NAME.md -> notebooks/NAME.ipynb, written when all cells ran.

    The picture of a cell with the tag "argument" becomes notebooks/argument.png, the course's.
    """
    tidy(source)
    nb = read_source(source)
    with tempfile.TemporaryDirectory() as folder:  # what is stored is the page of a new reader
        own = {"VAELIB_PROGRESS": str(Path(folder) / "progress.json")}
        usage = execute(nb, source.stem, env=own)
    nb.metadata["code_sha256"] = code_hash(nb)
    nbformat.write(nb, NOTEBOOKS / f"{source.stem}.ipynb")
    for png in argument(nb):
        (NOTEBOOKS / "argument.png").write_bytes(png)
    text(source)  # its faces as a page without a kernel has them
    return usage


def argument(nb):
    """The pictures, as PNG, that cells with the tag "argument" put out."""
    tagged = [c for c in code_cells(nb) if "argument" in c.metadata.get("tags", [])]
    data = [output.data for cell in tagged for output in cell.outputs if "data" in output]
    return [base64.b64decode(d["image/png"]) for d in data if "image/png" in d]


def text(source):
    """Renew the prose, tags and explorers of a notebook whose code is that of its text.

    Other outputs stay.
    """
    tidy(source)
    nb, path = read_source(source), NOTEBOOKS / f"{source.stem}.ipynb"
    stored = nbformat.read(path, as_version=4) if path.exists() else nbformat.v4.new_notebook()
    if code_hash(nb) != stored.metadata.get("code_sha256"):
        raise LessonError(f"{source.stem}: its outputs come from other code: build it")
    for cell, old in zip(code_cells(nb), code_cells(stored), strict=True):
        cell.outputs, cell.execution_count = old.outputs, old.execution_count
        for shown in [o for o in cell.outputs if "text/html" in o.get("data", {})]:
            shown.data["text/html"] = face(cell.source, shown.data["text/html"])
    nb.metadata = stored.metadata
    nbformat.write(nb, path)


def face(source, shown):
    """Today's HTML of a cell that shows an explorer or a prediction; any other's as it was."""
    if source.startswith("explore."):
        with patch.object(faces, "display") as display, patch.object(faces, "Live"):
            exec(source, {"explore": explore})  # a cell of the lesson's own text
        return next(call.args[0].data for call in display.call_args_list if call.args[0])
    found = re.search(r'^predict\.(ask|reveal)\("(\w+)"', source, re.MULTILINE)
    if found and "data-vq" in shown:
        prediction = predictions.find(found[2])
        if found[1] == "ask":
            return prediction_face.asking(prediction)
        return prediction_face.revealing(prediction, measured(shown))
    return shown


def table(rows):
    """The closing table: one line a lesson, the failed ones without figures, and their sum."""
    heads = ("wall s", "CPU s", "imports", "rest", "cells", "peak MB")
    lines = [f"{'lesson':<32}" + "".join(f"{head:>9}" for head in heads)]

    def line(name, wall, cpu, imports, cells, peak):
        times = "".join(f"{t:9.1f}" for t in (wall, cpu, imports, cpu - imports))
        lines.append(f"{name:<32}{times}{cells:9d}{peak:9.0f}")

    for name, use in rows:
        if use is None:
            lines.append(f"{name:<32}   failed")
        else:
            line(name, *use)
    ran = [use for _, use in rows if use is not None]
    if len(ran) > 1:
        *sums, peaks = zip(*ran, strict=True)
        line(f"{len(ran)} lessons", *map(sum, sums), max(peaks))
    return "\n".join(lines)


def chosen(folder, suffix, names):
    """The lessons' files in order: all of them, or those that begin with one of `names`."""
    files = sorted(folder.glob(f"*{suffix}"))
    for name in names:
        if not any(file.name.startswith(name) for file in files):
            raise SystemExit(f"no lesson {name!r} in {folder}")
    return [file for file in files if file.name.startswith(tuple(names) or "")]


def run(notebooks):
    """Execute notebooks/NAME.ipynb into build/NAME.ipynb and .html; the table's rows."""
    BUILD.mkdir(exist_ok=True)
    mathjax = Path(jupyter_server_mathjax.__file__).parent / "static"
    shutil.copytree(mathjax, BUILD / "mathjax", dirs_exist_ok=True)
    lessons = [(path.stem, nbformat.read(path, as_version=4)) for path in notebooks]
    rows = []
    with tqdm(total=sum(len(code_cells(nb)) for _, nb in lessons), unit="cell") as bar:
        for name, nb in lessons:
            bar.set_description(name)
            for cell in code_cells(nb):
                cell.outputs, cell.execution_count = [], None
            for old in BUILD.glob(f"{name}.*"):
                old.unlink()
            try:
                use = execute(nb, name, bar)
                nbformat.write(nb, BUILD / f"{name}.ipynb")
                to_html(nb, name, BUILD)
            except LessonError as error:
                bar.write(f"{error}\n")
                use = None
            rows.append((name, use))
    return rows


def main(argv=None):
    """The command line; exit status 1 when a lesson failed."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.lessons", description=__doc__.split("\n")[0]
    )
    parser.add_argument("action", choices=["build", "text", "run"])
    parser.add_argument("lesson", nargs="*", help="beginning of a lesson's name, such as 02")
    args = parser.parse_args(argv)
    if args.action == "run":
        rows = run(chosen(NOTEBOOKS, ".ipynb", args.lesson))
        print(table(rows))
        print(ledger_page.write(NOTEBOOKS, BUILD))
        return int(not rows or any(use is None for _, use in rows))
    rows, failed = [], 0
    for source in tqdm(chosen(SOURCE, ".md", args.lesson), unit="lesson"):
        try:
            rows.append((source.stem, {"build": build, "text": text}[args.action](source)))
        except LessonError as error:
            tqdm.write(f"{error}\n")
            failed = 1
    if args.action == "build":
        print(table(rows))
    return failed


if __name__ == "__main__":
    sys.exit(main())
