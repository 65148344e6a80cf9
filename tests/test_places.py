"""Places as people have them: a folder that nobody may write, a kernel that starts elsewhere,
spaces and umlauts in a path, a console without the course's letters.
"""

import ast
import io
import os
import shutil
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path

import jupytext
import pytest
import torch
from nbclient import NotebookClient

from vaelib.engine.console import forgiving, say
from vaelib.teaching import ledger

ROOT = Path(__file__).parents[1]
LESSONS = sorted((ROOT / "notebooks" / "source").glob("*.md"))
EXPECTED = ("Matplotlib created a temporary", "mkdir -p failed for path", "cannot keep", "images =")


@pytest.fixture
def locked_course(tmp_path):
    """A copy of the course in which nothing can be written, by whomever.

    Whoever is not root cannot write in a folder without the permission; nobody can where a file
    stands in the place of the folder.
    """
    course = tmp_path / "Kurs für alle"
    for part in ("vaelib", "notebooks/source", "data/checkpoints", "data/scenes"):
        shutil.copytree(ROOT / part, course / part, ignore=shutil.ignore_patterns("__pycache__"))
    for part in ("pyproject.toml", "data/README.md"):
        shutil.copy(ROOT / part, course / part)
    for part in (course / "data" / "cache", tmp_path / "home"):
        part.write_text("")
    folders = [course, *(path for path in course.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    yield course
    for folder in folders:
        folder.chmod(0o755)


@pytest.mark.slow
@pytest.mark.lesson
def test_lesson_00_where_nothing_can_be_written(locked_course, tmp_path, monkeypatch):
    elsewhere = tmp_path / "else where"
    elsewhere.mkdir()
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", tempfile.mkdtemp(dir=tmp_path))
    own = {"HOME": str(tmp_path / "home"), "PYTHONPATH": str(locked_course)}
    own |= {"USERPROFILE": own["HOME"], "LOCALAPPDATA": own["HOME"]}
    named = ("VAELIB_", "XDG_", "IPYTHONDIR", "MPLCONFIGDIR")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(named)}
    nb = jupytext.read(locked_course / "notebooks" / "source" / "00_start_here.md")
    NotebookClient(
        nb, kernel_name="python3", timeout=180, resources={"metadata": {"path": str(elsewhere)}}
    ).execute(env=kept | own | {"PYTHONDONTWRITEBYTECODE": "1"})
    streams = [o for c in nb.cells for o in c.get("outputs", []) if o.output_type == "stream"]
    out, err = ("".join(o.text for o in streams if o.name == name) for name in ("stdout", "stderr"))
    asked = [line.removeprefix("MEND").strip() for line in out.splitlines() if line[:4] == "MEND"]
    assert asked == ["the digits' cache can be written", "what you have done can be kept"]
    assert "VAELIB_PROGRESS" in out and "digits: 4000 and 1000" in out
    assert [line for line in err.splitlines() if not any(text in line for text in EXPECTED)] == []
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_lessons_name_no_file_relative_to_the_working_folder(path):
    code = "\n".join(c.source for c in jupytext.read(path).cells if c.cell_type == "code")
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            assert not node.value.startswith(("../", "./")), node.value
        elif isinstance(node, ast.Call):
            called = ast.unparse(node.func).rpartition(".")[2]
            literal = bool(node.args) and isinstance(node.args[0], ast.Constant)
            assert called not in ("mkdir", "getcwd", "cwd"), ast.unparse(node)
            assert called not in ("Path", "open") or (node.args and not literal), ast.unparse(node)


# -- consoles --------------------------------------------------------------------------------------


def console(encoding):
    return io.TextIOWrapper(io.BytesIO(), encoding=encoding)


@pytest.mark.parametrize(
    ("encoding", "seen"), [("ascii", "x ? 1 ? ?"), ("cp1252", "x ? 1 ½ ?"), ("utf-8", "x − 1 ½ ?")]
)
def test_letters_that_a_console_lacks_become_question_marks(monkeypatch, encoding, seen):
    for around, write in ((nullcontext, say), (forgiving, print)):
        monkeypatch.setattr(sys, "stdout", console(encoding))
        with around():
            write("x − 1 ½ \ud800")
        sys.stdout.seek(0)
        assert sys.stdout.read() == f"{seen}\n"


def test_where_there_is_no_console_nothing_is_said(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)  # as in pythonw.exe
    say("−")
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    say("−")
    assert sys.stdout.getvalue() == "−\n"


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_ledger_line_on_any_console(monkeypatch, encoding):
    monkeypatch.setattr(sys, "stdout", console(encoding))
    minus = torch.tensor(-1.5)
    ledger.check("0.1", minus, minus, wrong={"σ for σ²": minus + 1}, note="Σ π = 1")
    sys.stdout.seek(0)
    assert sys.stdout.read().startswith("(0.1) ? ")
