"""Make the lessons' copies for Colab, where the course is not installed.

    python -m tools.colab [--from PLACE]    notebooks/*.ipynb -> build/colab/*.ipynb

A copy begins with a cell that installs the course, and its links lead to the other copies. Where
the project has its home is one setting, `Repository` in [project.urls] of pyproject.toml; from a
branch `colab` of it, at GitHub, Colab opens the copies. Outputs stay: a reader sees the figures
before a machine runs.
"""

import argparse
import posixpath
import re
import sys
from copy import deepcopy
from pathlib import Path

import nbformat

from tools.site.address import BRANCH, COLAB, REPOSITORY

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = ROOT / "notebooks"
FOLDER = ROOT / "build" / "colab"
# PyTorch is named as it is there, so that pip replaces it by no other.
INSTALL = """\
# Installs the course, which takes a minute or two; the PyTorch of this machine stays.
from importlib.metadata import version

torch = f"torch=={{version('torch')}}"
%pip install --quiet "{{torch}}" "{place}"\
"""
NO_ADDRESS = (
    "pyproject.toml names no address to install from: write Repository = "
    '"https://github.com/OWNER/NAME" below [project.urls], or give --from PLACE'
)
LINK = re.compile(r"\[([^\]]*)\]\((?!\w+:|#)([^)]*)\)")  # to a file of the clone


def led_on(text, home):
    """The text with links to lessons that lead to their copies, to other files to the home.

    Without a home at GitHub, the lessons' copies are those that lie beside this one, and words stay
    of links to other files. What is made in build/ has no address but the home.
    """
    github = (home or "").partition("https://github.com/")[2]
    beside = f"{COLAB}/{github}/blob/{BRANCH}/" if github else ""

    def link(match):
        words, target = match.groups()
        if re.match(r"\d\d_\w+\.ipynb", target):
            return f"[{words}]({beside}{target})"
        path = posixpath.normpath(f"notebooks/{target}")
        at = "" if path.startswith("build/") else f"/blob/HEAD/{path}"
        return f"[{words}]({home}{at})" if github else words

    return LINK.sub(link, text)


def for_colab(nb, place, home=None):
    """The copy of a lesson that installs the course from a place; a home is the project's address.

    place : what pip takes, such as a folder, a wheel, or "vaelib @ git+https://…"
    """
    copied = deepcopy(nb)
    for cell in copied.cells:
        if cell.cell_type == "markdown":
            cell.source = led_on(cell.source, home)
        elif "hide-input" in cell.metadata.get("tags", []):
            cell.metadata["cellView"] = "form"  # Colab's word for a folded cell
    first = nbformat.v4.new_code_cell(INSTALL.format(place=place), id="install")
    copied.cells.insert(0, first)
    return copied


def main(argv=None):
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.colab", description=__doc__.split("\n")[0]
    )
    parser.add_argument("--from", dest="place", help="a folder, wheel or address that pip takes")
    place, home = parser.parse_args(argv).place, None
    if place is None:
        home = REPOSITORY
        if not home:
            raise SystemExit(NO_ADDRESS)
        place = f"vaelib @ git+{home}"
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        nb = for_colab(nbformat.read(path, as_version=4), place, home)
        nbformat.write(nb, FOLDER / path.name)
    print(f"{FOLDER}: {len(list(FOLDER.glob('*.ipynb')))} lessons, which install from {place}")


if __name__ == "__main__":
    sys.exit(main())
