"""The lessons' copies for those who code on stage."""

import shutil
import subprocess

import nbformat
import pytest

from tools import stage
from tools.lessons import NOTEBOOKS, ROOT


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


@pytest.mark.skipif(not shutil.which("make"), reason="no make")
def test_make_opens_the_lesson_also_before_there_is_a_copy(tmp_path):
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "05_lower_bound.ipynb").touch()
    command = ["make", "-n", "-o", ".venv/stage", "stage"]
    found = [
        subprocess.run([*command, f"LESSON={n}"], cwd=tmp_path, capture_output=True, text=True)
        for n in ("05", "77")
    ]
    assert "/rise/notebooks/build/stage/05_lower_bound.ipynb" in found[0].stdout
    assert found[1].returncode and "no lesson 77" in found[1].stderr
