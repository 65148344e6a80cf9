"""Copies of the lessons for those who code on stage: JupyterLab shows them as slides that run.

python -m tools.stage [05 …]      build/stage/NAME.ipynb, for the extension jupyterlab-rise
"""

import argparse
import re

import nbformat

from tools.lessons import BUILD, NOTEBOOKS, chosen

STAGE = BUILD / "stage"
HEADING = re.compile(r"^(##? .+)$", re.M)


def pieces(cell):
    """The cell, or a text's headings and what stands between them, as cells; each with its kind.

    A heading begins a slide, a cell with the tag `slide` stands on one below it, the rest on none.
    """
    if cell.cell_type == "code":
        return [(cell, "subslide" if "slide" in cell.metadata.get("tags", []) else "skip")]
    parts = [part.strip() for part in HEADING.split(cell.source)]
    texts = [(nbformat.v4.new_markdown_cell(part), part) for part in parts if part]
    return [(piece, "slide" if HEADING.match(part) else "skip") for piece, part in texts]


def write(path):
    """The lesson's copy; its path."""
    nb = nbformat.read(path, as_version=4)
    shown = [each for cell in nb.cells for each in pieces(cell)]
    for cell, kind in shown:
        cell.metadata["slideshow"] = {"slide_type": kind}
    nb.cells = [cell for cell, _ in shown]
    STAGE.mkdir(parents=True, exist_ok=True)
    nbformat.write(nb, STAGE / path.name)
    return STAGE / path.name


def main(argv=None):
    """Write the copies that the command line names, or all."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("lesson", nargs="*", help="a lesson's number, such as 05; all, if none")
    for path in chosen(NOTEBOOKS, ".ipynb", parser.parse_args(argv).lesson):
        print(write(path))


if __name__ == "__main__":
    main()
