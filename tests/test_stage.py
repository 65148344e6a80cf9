"""The lessons' copies for those who code on stage."""

import nbformat
import pytest

from tools import stage
from tools.lessons import NOTEBOOKS


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem[:2])
def test_a_copy_shows_headings_and_cells_to_project(path, tmp_path, monkeypatch):
    monkeypatch.setattr(stage, "STAGE", tmp_path)
    copy, stored = (nbformat.read(p, as_version=4) for p in (stage.write(path), path))
    kinds = [cell.metadata.pop("slideshow")["slide_type"] for cell in copy.cells]
    assert kinds[0] == "slide"
    assert kinds.count("slide") > 5 and kinds.count("subslide") >= 1 and "skip" in kinds
    code = [[cell for cell in nb.cells if cell.cell_type == "code"] for nb in (copy, stored)]
    assert code[0] == code[1]
    headings = [
        cell.source for cell, kind in zip(copy.cells, kinds, strict=True) if kind == "slide"
    ]
    assert all(text.startswith(("# ", "## ")) and "\n" not in text for text in headings)
    assert "".join(words(copy)) == "".join(words(stored))


def words(nb):
    """All words of the notebook's text."""
    return [word for c in nb.cells if c.cell_type == "markdown" for word in c.source.split()]
