"""Figures for projection: their sizes, what becomes pixels, how the lessons' get their names."""

import base64
import json
import re
import shutil
from pathlib import Path

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pytest
from matplotlib.text import Text
from nbclient import NotebookClient
from PIL import Image

from tools import figures, lessons
from vaelib.teaching import plots, projection

ALT = "Two curves rise from 0.5 to 12. The dashed one is the slower of them."
ROOT = Path(plots.__file__).parents[2]


def drawn(inches, **options):
    """A figure of two panels of that size."""
    with plt.style.context("vaelib.teaching.course"):
        fig, axes = plt.subplots(1, 2, figsize=inches, **options)
        for ax in axes:
            plots.draw_curve(ax, range(5), range(5), label="one")
            ax.set(xlabel="epochs", ylabel="nats", title="held-out")
            ax.legend(fontsize=8)
        return fig


def size(path):
    """Width and height of a picture, in pixels."""
    with Image.open(path) as image:
        return image.size


@pytest.mark.parametrize("inches", [(7, 4.2), (16, 4.4), (12, 2.4), (6, 6)])
def test_text_is_legible_and_never_smaller(inches):
    fig = drawn(inches)
    fig.draw_without_rendering()
    before = {text: text.get_size() for text in fig.findobj(Text)}
    projection.enlarge(fig)
    fig.draw_without_rendering()
    shown = min(1180, 560 * inches[0] / inches[1])  # px of a slide's 1280
    for text in projection.texts(fig):
        points = text.get_size() / 72 * shown / inches[0] / 96 * 72
        assert points >= 14 - 1e-9
        assert text.get_size() >= before.get(text, 0)
    assert projection.overlapping(fig) == projection.cut(fig) == []
    plt.close(fig)


def test_texts_that_overlap_or_are_cut_are_found():
    fig = drawn((7, 4.2))
    left, right = fig.axes
    left.text(2, 1, "here"), right.text(2, 1, "here"), right.text(2.1, 1, "there")
    fig.text(0.98, 0.5, "far beyond")
    left.text(99, 1, "not shown", clip_on=True).set_visible(False)
    fig.draw_without_rendering()
    assert projection.overlapping(fig) == [["here", "there"]]
    assert projection.cut(fig) == ["far beyond"]
    plt.close(fig)


def test_text_grows_as_far_as_it_has_room(tmp_path):
    for words, smallest in [("here", 19.6), ("a long name for a place", 14)]:
        fig = drawn((7, 4.2))
        for ax in fig.axes:
            ax.text(0, 1, words), ax.text(2.4, 1, words)
        projection.save(fig, ALT, tmp_path / words)
        about = json.loads((tmp_path / words / "001.json").read_text())
        assert about["smallest_text"] == smallest
        plt.close(fig)


def test_a_legend_moves_off_the_curves():
    with plt.style.context("vaelib.teaching.course"):
        fig, (free, full) = plt.subplots(1, 2, figsize=(12, 4))
        free.plot([0, 1], [0, 1], label="from left to right")
        full.plot(np.linspace(0, 1, 60), np.tile([0, 1], 30), label="up and down")
        legends = [free.legend(loc="upper right"), full.legend(loc="upper right")]
    projection.settle(fig)
    assert [projection.on_data(legend) for legend in legends] == [True, True]
    assert [*projection.covering(fig)] == legends[1:] and not projection.on_data(legends[0])
    projection.raise_top(legends[1])
    projection.settle(fig)
    assert not projection.on_data(legends[1]) and full.get_ylim()[0] == pytest.approx(-0.05)
    plt.close(fig)


def test_a_label_that_leaves_the_figure_is_set_in_two_lines():
    fig = drawn((12, 2.4))
    ax, other = fig.axes
    ax.set_ylabel(r"price of a pixel, $\log p(x)$ / nats")
    projection.enlarge(fig)
    projection.settle(fig)
    assert len(projection.cut(fig)) == 1
    projection.break_labels(fig)
    projection.settle(fig)
    assert ax.get_ylabel() == "price of a pixel,\n$\\log p(x)$ / nats"
    assert other.get_ylabel() == "nats" and projection.cut(fig) == []
    plt.close(fig)


def above(ax):
    """Pixels between a panel and its title."""
    return ax.title.get_window_extent().y0 - ax.bbox.y1


def test_titles_that_grow_are_lifted_off_the_ticks(tmp_path):
    fig = drawn((16, 4.4), width_ratios=[1, 3])
    for ax in fig.axes:
        ax.set(title="A title that is wider than its own panel", ylim=(0, 3))
    projection.enlarge(fig)
    projection.settle(fig)
    before = [above(ax) for ax in fig.axes]
    projection.lift_titles(fig)
    projection.settle(fig)
    assert all(above(ax) > gap + 5 for ax, gap in zip(fig.axes, before, strict=True))
    assert projection.overlapping(fig) == []
    plt.close(fig)


def test_a_cloud_becomes_pixels_and_little_else(tmp_path):
    with plt.style.context("vaelib.teaching.course"):
        fig, (crowded, clear) = plt.subplots(1, 2)
    cloud = crowded.scatter(*np.random.default_rng(0).normal(size=(2, 2001)))
    mean = crowded.scatter([0], [0])
    dots = clear.scatter(range(2000), range(2000))
    projection.save(fig, ALT, tmp_path)
    assert [bool(a.get_rasterized()) for a in (cloud, mean, dots)] == [True, False, False]
    assert (tmp_path / "001.svg").read_text().count("<image") == 1
    plt.close(fig)


def test_a_saved_figure_has_its_words_and_the_same_bytes_again(tmp_path):
    for folder in ("a", "b"):
        fig = drawn((12, 3))
        projection.save(fig, ALT, tmp_path / folder)
        projection.save(fig, ALT, tmp_path / folder)
        plt.close(fig)
    files = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert files == [f"00{n}.{kind}" for n in (1, 2) for kind in ("json", "png", "svg")]
    for name in files:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    assert size(tmp_path / "a" / "001.png") == (2560, 640)
    svg = (tmp_path / "a" / "001.svg").read_text()
    assert "<text" not in svg and 'viewBox="0 0 864 216"' in svg
    about = json.loads((tmp_path / "a" / "001.json").read_text())
    assert about["alt"] == ALT and about["caption"] == "Two curves rise from 0.5 to 12."
    assert about["smallest_text"] == 14 and about["overlapping"] == about["cut"] == []


def test_a_caption_is_the_title_where_there_is_one():
    fig = drawn((7, 4))
    fig.suptitle("A staircase\nfrom below")
    assert projection.caption(fig, ALT) == "A staircase from below"
    plt.close(fig)
    fig, ax = plt.subplots()
    assert projection.caption(fig, "No full stop, e.g. here") == "No full stop, e.g. here"
    ax.set_title("Alone")
    assert projection.caption(fig, ALT) == "Alone"
    plt.close(fig)


SOURCE = f"""
import matplotlib.pyplot as plt
from vaelib.teaching import plots
plt.style.use("vaelib.teaching.course")
fig, ax = plt.subplots(figsize=(12, 4))
plots.draw_curve(ax, [1, 2], [3, 4])
ax.set(xlabel="epochs", ylabel="nats")
plots.show(fig, {ALT!r})
"""


def notebook(*tags):
    """A notebook with one cell for each of the tags; None for a cell without."""
    new = nbformat.v4.new_code_cell
    cells = [new(SOURCE, metadata={"tags": [tag] if tag else []}) for tag in tags]
    return nbformat.v4.new_notebook(cells=cells)


def test_what_a_notebook_shows_is_the_same_to_the_byte(tmp_path, monkeypatch):
    shown = []
    for folder in ("", str(tmp_path)):
        monkeypatch.setenv("VAELIB_FIGURES", folder)
        nb = notebook(None, None)
        NotebookClient(nb, timeout=120, resources={"metadata": {"path": str(ROOT)}}).execute()
        shown.append([base64.b64decode(c.outputs[0].data["image/png"]) for c in nb.cells])
    assert shown[0] == shown[1] and len(list(tmp_path.glob("*.svg"))) == 2


def test_names_are_those_of_the_tags():
    nb = notebook("fig-staircase", "slide", None, "fig-gap")
    assert figures.names(nb, [0, 1, 3, 3]) == ["staircase", "figure-2", "gap", "gap-2"]
    with pytest.raises(lessons.LessonError, match="same: wanted a name for each"):
        figures.names(notebook("fig-same", "fig-same"), [0, 1])


def test_a_lesson_runs_again_only_where_its_code_changed():
    first, other = notebook("fig-a"), notebook("fig-b")
    assert figures.key(first) == figures.key(other)
    other.cells[0].source += "\n1"
    assert figures.key(first) != figures.key(other)


def test_tags_for_figures_are_names_and_stand_where_one_is_shown():
    for path in lessons.SOURCE.glob("*.md"):
        found = []
        for cell in lessons.code_cells(lessons.read_source(path)):
            for tag in cell.metadata.get("tags", []):
                if tag.startswith("fig-"):
                    assert "show" in cell.source, (path.stem, tag)  # also by a function of its own
                    assert re.fullmatch(r"fig-[a-z0-9]+(-[a-z0-9]+)*", tag)
                    found.append(tag)
        assert len(found) == len({*found}), path.stem


@pytest.mark.lesson
def test_a_lesson_gives_its_figures(tmp_path, monkeypatch):
    [source] = lessons.SOURCE.glob("00_*.md")
    records = figures.lesson(source, tmp_path)
    nb = lessons.read_source(source)
    n_shown = sum("plots.show(" in cell.source for cell in lessons.code_cells(nb))
    assert len(records) == n_shown
    for record in records:
        assert figures.faults(record) == []
        stored = json.loads((tmp_path / "00" / f"{record['name']}.json").read_text())
        assert stored == record
        assert {"caption", "alt", "code", "licence", "lesson"} <= {*record}
        assert "plots.show(" in record["code"] and record["lesson"] == source.stem
        assert "<text" not in (tmp_path / "00" / f"{record['name']}.svg").read_text()
        assert size(tmp_path / "00" / f"{record['name']}.png")[0] == 2560
    monkeypatch.setattr(figures, "draw", None)  # is not asked again
    shutil.rmtree(tmp_path / "00")
    assert figures.lesson(source, tmp_path) == records
