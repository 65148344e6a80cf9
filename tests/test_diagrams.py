import doctest

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch

from vaelib.teaching import diagrams, plots
from vaelib.teaching.diagrams import draw_graph

VAE = {"z": (1, 1.2), "x": (1, 0), "φ": (2.6, 1.2), "θ": (0, 0)}
ARROWS = ["z -> x", "θ -> x", "x ~> z: the guess $q$", "φ ~> z"]
KINDS = {"observed": ["x"], "parameters": ["φ", "θ"]}


@pytest.fixture
def ax():
    with plt.style.context("vaelib.teaching.course"):
        fig, ax = plt.subplots(figsize=(4.5, 3))
        yield ax
        plots.show(fig, "What depends on what, by letters and arrows.")  # it can be shown
        plt.close(fig)


def box(ax, artist):
    """Where it is drawn, in the places' units."""
    return artist.get_window_extent().transformed(ax.transData.inverted())


def of_type(ax, kind):
    return [patch for patch in ax.patches if isinstance(patch, kind)]


def lines(ax):
    """Each arrow has a line, and then a head without any."""
    return of_type(ax, FancyArrowPatch)[::2]


def written(ax):
    return {text.get_text(): text for text in ax.texts}


def test_the_docstrings_examples_run():
    with plt.style.context("vaelib.teaching.course"):
        finder = doctest.DocTestFinder().find(draw_graph, "draw_graph", globs=vars(diagrams))
        for example in finder:
            assert doctest.DocTestRunner().run(example).failed == 0
    plt.close("all")


def test_a_plate_diagram_has_bishops_signs(ax):
    draw_graph(ax, VAE, ARROWS, plates={"N": ["z", "x"]}, **KINDS)
    circles = {tuple(c.center): c for c in of_type(ax, Circle)}
    assert circles.keys() == set(VAE.values())
    dots = {place for place, c in circles.items() if c.radius < 0.1}
    assert dots == {VAE["φ"], VAE["θ"]}
    grey = {name: np.mean(circles[VAE[name]].get_facecolor()[:3]) for name in "zx"}
    assert grey["z"] == 1 > 0.8 > grey["x"] > 0.5
    (plate,) = of_type(ax, FancyBboxPatch)
    frame = box(ax, plate)
    inside = {name for name, place in VAE.items() if frame.contains(*place)}
    assert inside == {"z", "x"}
    for text in ("$N$", "the guess $q$"):
        there = box(ax, written(ax)[text])
        assert frame.contains(there.x0, there.y0) and frame.contains(there.x1, there.y1)
    dashed = [str(line._unscaled_dash_pattern) for line in lines(ax)]
    assert dashed[0] == dashed[1] != dashed[2] == dashed[3]


def test_arrows_begin_and_end_at_the_rims(ax):
    draw_graph(ax, {"k": (0, 1), "x": (0, 0)}, ["k -> x"])
    drawn = box(ax, of_type(ax, FancyArrowPatch)[1])
    assert 0.3 < drawn.y0 < 0.4 and 0.6 < drawn.y1 < 0.7
    assert abs(drawn.x0 + drawn.x1) < 0.01


def test_arrows_to_and_fro_and_a_gradient_lie_apart(ax):
    draw_graph(ax, {"z": (0, 0), "x": (1, 0)}, ["z -> x", "x ~> z"])
    there, back = (box(ax, line) for line in lines(ax))
    assert there.y1 < back.y0
    ax.clear()
    machine = {"z": (0, 0), "f": (1, 0), "L": (2, 0)}
    arrows = ["z -> f -> L", "L => f => z: gradient"]
    draw_graph(ax, machine, arrows, networks=["f"], values=["L"])
    boxes = [box(ax, line) for line in lines(ax)]
    assert max(b.y1 for b in boxes[:2]) < min(b.y0 for b in boxes[2:])
    styles = {str(line._unscaled_dash_pattern) for line in lines(ax)}
    assert len(styles) == 2 and box(ax, written(ax)["gradient"]).y0 > boxes[2].y1


def test_letters_are_mathematics_and_words_upright(ax):
    places = {"z_{t-1}": (0, 0), "log v": (1, 0), "encoder": (2.2, 0), r"\sqrt{v}": (3, 0)}
    draw_graph(ax, places, [], networks=["encoder"], values=["log v"])
    texts = [r"$z_{t-1}$", r"$\mathrm{log}\, v$", r"$\mathrm{encoder}\,$", r"$\sqrt{v}$"]
    assert [*written(ax)] == texts
    (network,) = of_type(ax, FancyBboxPatch)
    word = box(ax, written(ax)[texts[2]])
    assert box(ax, network).x0 < word.x0 < word.x1 < box(ax, network).x1


def test_a_parameters_letter_stands_where_no_arrow_does(ax):
    draw_graph(ax, VAE, ARROWS, **KINDS)
    assert box(ax, written(ax)["$θ$"]).x1 < VAE["θ"][0]
    assert box(ax, written(ax)["$φ$"]).x0 > VAE["φ"][0]


def test_a_plate_holds_its_parameters_letters_and_the_plate_inside_it(ax):
    places = {"π": (0, 1), "k": (1, 1), "x": (1, 0)}
    plates = {"M": ["π", "k", "x"], "N": ["k", "x"]}
    draw_graph(ax, places, ["π -> k -> x"], parameters=["π"], plates=plates)
    outer, inner = (box(ax, plate) for plate in of_type(ax, FancyBboxPatch))
    assert outer.x0 < box(ax, written(ax)["$π$"]).x0
    assert outer.x1 > inner.x1 + 0.1 and outer.y0 < inner.y0 - 0.1 and outer.y1 > inner.y1 + 0.1
    assert box(ax, written(ax)["$M$"]).y1 < inner.y0 + 0.02


@pytest.mark.parametrize("size", [(2, 1.8), (4.5, 3), (9, 5)])
def test_a_step_is_an_inch_or_all_is_smaller(size):
    with plt.style.context("vaelib.teaching.course"):
        fig, ax = plt.subplots(figsize=size)
        draw_graph(ax, VAE, ARROWS, plates={"N": ["z", "x"]}, **KINDS)
        fig.draw_without_rendering()
    inch = (ax.transData.transform((1, 0)) - ax.transData.transform((0, 0)))[0] / fig.dpi
    assert inch == pytest.approx(1, abs=0.02) if size != (2, 1.8) else inch < 0.9
    assert written(ax)["$x$"].get_size() == pytest.approx(15 * min(inch, 1), rel=0.15)
    plt.close(fig)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"arrows": ["z -> y"]}, "arrows: 'z -> y': got 'y', wanted letters that have a place: z"),
        ({"arrows": ["z x"]}, "arrows: got 'z x', wanted one like \"z -> x\""),
        ({"arrows": ["z -> z"]}, "arrows: got 'z -> z', wanted another place"),
        ({"observed": ["w"]}, "observed: got 'w', wanted letters that have a place"),
        ({"observed": ["θ"]}, "θ: got observed and parameter, wanted one kind"),
        ({"plates": {"N": ["k"]}}, "plates: 'N': got 'k', wanted letters that have a place"),
        ({"plates": {"N": []}}, "plates: 'N': got '', wanted letters that have a place"),
        ({"places": VAE | {"x": (0, 1, 2)}}, "places: got"),
        ({"places": VAE | {"x": (0, float("nan"))}}, "places: got NaN"),
    ],
)
def test_what_cannot_be_drawn_is_said(change, words):
    fig, ax = plt.subplots()
    arguments = {"places": VAE, "arrows": ARROWS} | KINDS | change
    with pytest.raises(ValueError) as error:  # noqa: PT011
        draw_graph(ax, **arguments)
    assert str(error.value).startswith(words)
    assert not ax.patches  # nothing is drawn by half
    plt.close(fig)
