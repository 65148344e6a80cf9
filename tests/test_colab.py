"""The lessons' copies for Colab: they install the course, lead to each other, and run."""

import nbformat
import pytest

from tests.helpers.installed import ROOT, bare, build, run
from tools import colab
from tools.lessons import code_cells
from tools.site.address import repository

HOME = "https://github.com/owner/name"
LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
CONTENTS = """[project]
name = "vaelib"
[project.urls]
Repository = "{}"
"""


def read(path):
    return nbformat.read(path, as_version=4)


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_copy_is_the_lesson_behind_one_cell(path):
    lesson = read(path)
    copied = colab.for_colab(lesson, f"vaelib @ git+{HOME}", HOME)
    nbformat.validate(copied)
    first, *rest = copied.cells
    assert first.source.endswith(f'%pip install --quiet "{{torch}}" "vaelib @ git+{HOME}"')
    assert lesson == read(path)  # which is left as it was
    for cell, old in zip(rest, lesson.cells, strict=True):
        if cell.source != old.source:
            assert cell.cell_type == "markdown" and path == LESSONS[0]  # no other has such links
        assert cell.get("outputs") == old.get("outputs")
        assert ("cellView" in cell.metadata) == ("hide-input" in cell.metadata.get("tags", []))


def test_links_lead_to_the_other_copies_and_else_to_the_project():
    copied = colab.for_colab(read(LESSONS[0]), "x", HOME)
    text = "\n".join(cell.source for cell in copied.cells if cell.cell_type == "markdown")
    for path in LESSONS:
        start = "https://colab.research.google.com/github/owner/name/blob/colab/"
        assert f"]({start}{path.name})" in text
    assert "](../" not in text and f"[gallery]({HOME})" in text
    assert f"[Eighteen claims]({HOME}/blob/HEAD/docs/claims.md)" in text


@pytest.mark.parametrize(
    ("text", "home", "wanted"),
    [
        ("[5](05_lower_bound.ipynb#KL)", None, "[5](05_lower_bound.ipynb#KL)"),
        ("[5](05_lower_bound.ipynb)", "https://example.org/x", "[5](05_lower_bound.ipynb)"),
        ("the [a](../data/README.md)", "https://example.org/x", "the a"),
        ("the [a](../data/README.md)", None, "the a"),
        ("[a](#here) [b](https://b.org)", HOME, "[a](#here) [b](https://b.org)"),
    ],
)
def test_a_link_without_a_copy_at_github(text, home, wanted):
    assert colab.led_on(text, home) == wanted


@pytest.mark.parametrize("address", [HOME, f"{HOME}/", f"{HOME}.git"])
def test_the_address_is_the_projects(address):
    assert repository(CONTENTS.format(address)) == HOME


@pytest.mark.parametrize("text", ["[project]", CONTENTS.replace("Repository", "Homepage")])
def test_without_an_address_it_says_what_to_write(monkeypatch, text):
    monkeypatch.setattr(colab, "REPOSITORY", repository(text))
    with pytest.raises(SystemExit, match=r"\[project.urls\], or give --from PLACE"):
        colab.main([])


RUN = """
import nbformat, sys
from nbclient import NotebookClient
nb = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(nb, kernel_name="python3", timeout=600).execute()
nbformat.write(nb, sys.argv[1])
"""
SHOW = "import vaelib; print(vaelib.__file__)"


@pytest.mark.slow
@pytest.mark.lesson
def test_a_copy_installs_the_course_and_runs(tmp_path):
    python, wheel = bare(tmp_path / "colab"), build("wheel", tmp_path)
    run(python, "-m", "ipykernel", "install", "--sys-prefix")
    nb = colab.for_colab(read(ROOT / "notebooks" / "03_em_lower_bound.ipynb"), wheel)
    nb.cells.append(nbformat.v4.new_code_cell(SHOW))
    copied = tmp_path / "lesson.ipynb"
    nbformat.write(nb, copied)
    own = {"VAELIB_PROGRESS": str(tmp_path / "progress.json"), "XDG_CACHE_HOME": str(tmp_path)}
    own |= {"PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "MPLBACKEND": ""}
    run(python, "-c", RUN, str(copied), **own)
    *_, last = code_cells(read(copied))
    assert last.outputs[0].text.startswith(str(python.parents[1]))
