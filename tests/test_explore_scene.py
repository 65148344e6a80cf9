"""Declarations, checks and packs, on a small explorer whose every number is known."""

import dataclasses
import gzip
import json
import re
from base64 import b64encode
from importlib import import_module

import nbformat
import numpy as np
import pytest
import torch

from tests.helpers.explorers import settings
from vaelib.teaching import explore
from vaelib.teaching.explore import faces, files, pack
from vaelib.teaching.explore.scene import (
    DIMENSIONS,
    TONES,
    Axis,
    Choice,
    Explorer,
    Mark,
    Panel,
    Scene,
    Slider,
    grey,
)


def line(slope, kind):
    """y = slope · x, or −slope · x, at four places."""
    x = np.linspace(0, 1, 4)
    y = slope * x if kind == "up" else -slope * x
    return Scene(
        {
            "line": np.stack([x, y], axis=1),
            "bars": np.array([slope]),
            "picture": grey(np.full((2, 3), slope / 4)),
        },
        f"The slope is {y[-1]:.1f}.",
    )


SMALL = Explorer(
    name="small",
    title="A small one",
    about="Drag the slope.",
    lessons=("05_lower_bound",),
    controls={
        "slope": Slider("slope", (0.0, 1.0, 2.0, 3.0, 4.0), 1.0),
        "kind": Choice("direction", ("up", "down"), "up"),
    },
    panels={
        "plane": Panel("The line", Axis("x", 0, 1), Axis("y", -4, 4)),
        "bare": Panel("Picture"),
    },
    marks={
        "line": Mark("line", "plane"),
        "cloud": Mark("points", "plane", fixed=True),
        "bars": Mark("bars", "bare", names=("slope",)),
        "picture": Mark("image", "bare"),
    },
    scene=line,
    fixed=lambda: {"cloud": np.zeros((5, 2)), "weights": np.arange(3.0)},
    evaluator=files.HERE / "small.js",
)


def test_the_start_is_drawn_when_nothing_is_said():
    scene = SMALL.draw()
    assert scene.sentence == "The slope is 1.0."
    np.testing.assert_array_equal(scene.arrays["line"][:, 1], np.linspace(0, 1, 4))
    assert scene.arrays["picture"].dtype == np.uint8 and (scene.arrays["picture"] == 64).all()


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"slope": 4.1}, "slope: got 4.1, wanted a number from 0 to 4"),
        ({"slope": float("nan")}, "slope: got nan, wanted a number from 0 to 4"),
        ({"slope": "1"}, "slope: got '1', wanted a number"),
        ({"slope": True}, "slope: got True, wanted a number"),
        ({"slope": None}, "slope: got None, wanted a number"),
        ({"kind": "left"}, "kind: got 'left', wanted one of up, down"),
        ({"sloap": 1.0}, "sloap: A small one has no such control, only slope, kind"),
    ],
)
def test_a_bad_parameter_is_named(parameters, message):
    with pytest.raises(ValueError, match=message):
        SMALL.draw(**parameters)


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({"line": np.zeros((4, 3))}, r"line: got shape \(4, 3\)"),
        ({"line": np.full((4, 2), np.nan)}, "line: got NaN"),
        ({"bars": np.zeros(2)}, r"bars: got shape \(2,\)"),
        ({"picture": np.zeros((2, 3))}, "picture: got float64, wanted uint8"),
        ({"picture": np.zeros((2, 3, 4), np.uint8)}, "picture: got shape"),
        ({"other": np.zeros(3)}, "arrays and marks differ in other"),
        ({"picture": np.zeros((800, 800), np.uint8)}, "scene: got 640,072 bytes, wanted at most"),
    ],
)
def test_a_scene_that_the_marks_cannot_draw_is_refused(arrays, message):
    def scene(**parameters):
        good = line(**parameters)
        return good._replace(arrays=good.arrays | arrays)

    with pytest.raises(ValueError, match=message):
        dataclasses.replace(SMALL, scene=scene).draw()


@pytest.mark.parametrize(
    ("columns", "shape", "fits"),
    [
        (0, (2, 3), True),
        (0, (2, 3, 3), True),
        (0, (5, 2, 3), True),  # a picture of 5 × 2 in colour
        (0, (2, 3, 4), False),
        (2, (2, 3), False),
        (2, (5, 2, 3), True),
        (2, (5, 2, 3, 3), True),
        (2, (5, 2, 3, 4), False),
    ],
)
def test_images_are_grey_or_have_three_colours_alone_or_on_a_sheet(columns, shape, fits):
    marks = {"images": Mark("image", "bare", columns=columns)}
    scene = Scene({"images": np.zeros(shape, np.uint8)}, "Black.")
    small = dataclasses.replace(SMALL, marks=marks, scene=lambda **p: scene)
    if fits:
        assert small.draw().arrays["images"].shape == shape
    else:
        with pytest.raises(ValueError, match="images: got shape"):
            small.draw()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"sentence": " "}, "sentence: got ' ', wanted words"),
        ({"sentence": None}, "sentence: got None, wanted words"),
        ({"more": None}, "more: got None, wanted words"),
        ({"sentence": "The [slope](sloap) is 1."}, "sentence: 'sloap' is neither a control nor"),
    ],
)
def test_a_scene_without_right_words_is_refused(words, message):
    odd = dataclasses.replace(SMALL, scene=lambda **p: line(**p)._replace(**words))
    with pytest.raises(ValueError, match=message):
        odd.draw()


def test_words_may_have_a_colour_or_be_a_controls_value():
    sentence = "[Up](kind) by [1.0](slope), in [blue](blue)."
    linked = dataclasses.replace(SMALL, scene=lambda **p: line(**p)._replace(sentence=sentence))
    assert linked.draw().sentence == sentence and linked.draw().more == ""


def test_mixed_points_have_a_share_for_each_class():
    marks = {"cloud": Mark("points", "plane", mixed=True)}
    for columns, fits in ((2, False), (3, True), (7, True)):
        scene = Scene({"cloud": np.ones((4, columns))}, "Mixed.")
        small = dataclasses.replace(SMALL, marks=marks, scene=lambda scene=scene, **p: scene)
        if fits:
            assert small.draw().arrays["cloud"].shape == (4, columns)
        else:
            with pytest.raises(ValueError, match="cloud: got shape"):
                small.draw()


def test_a_pack_holds_the_declaration_and_the_fixed_arrays():
    content = pack.pack(SMALL)
    top, body = pack.unpack(content)
    assert (top["name"], top["title"], list(top["marks"])) == (
        SMALL.name,
        SMALL.title,
        [*SMALL.marks],
    )
    assert top["controls"][0] == {
        "name": "slope", "kind": "slider", "label": "slope", "values": [0, 1, 2, 3, 4], "start": 1,
        "digits": 2,
    }  # fmt: skip
    assert top["fixed"] == [["cloud", "f2", [5, 2]], ["weights", "f2", [3]]]
    np.testing.assert_array_equal(np.frombuffer(body, "<f2"), [0] * 10 + [0, 1, 2])
    assert pack.pack(SMALL) == content  # the same file every time
    assert content[:2] == gzip.compress(b"")[:2]


def test_a_number_that_no_half_float_holds_is_refused():
    large = dataclasses.replace(SMALL, fixed=lambda: {"cloud": np.full((5, 2), 1e6)})
    with pytest.raises(ValueError, match="cloud: holds numbers too large for float16"):
        pack.pack(large)


def test_a_missing_pack_says_how_to_make_it():
    with pytest.raises(FileNotFoundError, match="small.gz: run `make scenes`"):
        files.stored("small")


@pytest.mark.parametrize("name", explore.NAMES)
def test_scenes_are_valid_at_the_ends_of_the_controls_and_between(name):
    explorer = explore.load(name)
    for parameters in settings(explorer, 20):
        explorer.draw(**parameters)


@pytest.mark.parametrize("name", explore.NAMES)
def test_scenes_are_pure(name):
    """The same again in any order, from empty caches, for any default dtype; no stream is used."""
    explorer, dtype = explore.load(name), torch.get_default_dtype()
    places = settings(explorer, 6)[-6:]
    states = torch.get_rng_state(), np.random.get_state()[1].copy()  # noqa: NPY002
    before = [explorer.draw(**place) for place in places]
    for part in vars(import_module(f"vaelib.teaching.explore.{name}")).values():
        if hasattr(part, "cache_clear"):
            part.cache_clear()
    torch.set_default_dtype(torch.float64 if dtype == torch.float32 else torch.float32)
    try:
        after = [explorer.draw(**place) for place in reversed(places)][::-1]
    finally:
        torch.set_default_dtype(dtype)
    assert torch.equal(torch.get_rng_state(), states[0])
    assert np.array_equal(np.random.get_state()[1], states[1])  # noqa: NPY002
    for one, other in zip(before, after, strict=True):
        assert one[1:] == other[1:]
        for name in one.arrays:
            np.testing.assert_array_equal(one.arrays[name], other.arrays[name])


@pytest.mark.parametrize("name", explore.NAMES)
def test_the_stored_file_is_that_of_the_declaration(name):
    """A pack from other code or another checkpoint is found; `make scenes` renews it."""
    explorer, content = explore.load(name), files.stored(name)
    top, _ = pack.unpack(content)
    wanted = json.loads(json.dumps(pack.head(explorer)))
    assert {key: top[key] for key in wanted} == wanted
    assert len(content) < 250_000
    for key, array in decoded(content).items():
        np.testing.assert_allclose(
            array, explorer.fixed_arrays()[key].astype(float), rtol=2e-3, atol=1e-3, err_msg=key
        )


def decoded(content):
    """The fixed arrays of a file, as floats."""
    top, body = pack.unpack(content)
    found = {}
    for name, kind, shape in top["fixed"]:
        count = int(np.prod(shape))
        part = np.frombuffer(body, np.dtype(f"<{kind}"), count).reshape(shape)
        found[name], body = part.astype(float), body[part.nbytes :]
    return found


def test_an_unknown_explorer_is_named():
    with pytest.raises(ValueError, match="name: got 'walks', wanted one of walk, mixture"):
        explore.show("walks")


@pytest.mark.parametrize("name", explore.NAMES)
def test_a_declaration_names_what_there_is(name):
    explorer = explore.load(name)
    for control in explorer.controls.values():
        assert control.start in control.values
        assert len(set(control.values)) == len(control.values)
        if isinstance(control, Slider):
            assert list(control.values) == sorted(control.values)
    for mark in explorer.marks.values():
        assert mark.panel in explorer.panels and mark.kind in DIMENSIONS
        assert {mark.tone, *mark.tones} <= set(TONES) and len(mark.tones) in (0, len(mark.names))
        assert mark.dash in ("solid", "dash", "dot") and mark.ramp in ("paper", "sky")
        assert mark.shape in ("dot", "cross", "plus", "ring", "pin")
    assert explorer.play is None or isinstance(explorer.controls[explorer.play], Slider)


def test_the_explorers_are_where_they_say():
    """Each stands in the lessons that it names, and in no other."""
    from tools.hygiene import code_cells, load, names

    code = {n: "\n".join(c.source for c in code_cells(load(n).nb)) for n in names()}
    for name in explore.NAMES:
        explorer = explore.load(name)
        assert explorer.name == name
        assert {n for n in code if f'explore.show("{name}"' in code[n]} == set(explorer.lessons)


@pytest.mark.parametrize("place", ["docs/play.md", "notebooks/source/00_start_here.md"])
def test_the_tables_of_explorers_say_where_each_stands(place):
    from tools.hygiene import NOTEBOOKS

    text = (NOTEBOOKS.parent / place).read_text(encoding="utf-8")
    rows = [line.strip("| ").split(" | ")[:2] for line in text.splitlines() if line[:2] == "| "]
    listed = {title: re.findall(r"\d\d", lessons) for title, lessons in rows}
    for explorer in map(explore.load, explore.NAMES):
        assert listed[explorer.title] == [lesson[:2] for lesson in explorer.lessons]


def test_a_stored_lesson_holds_todays_face_and_no_live_one():
    from tools.hygiene import NOTEBOOKS

    for lesson in {lesson for name in explore.NAMES for lesson in explore.load(name).lessons}:
        nb = nbformat.read(NOTEBOOKS / f"{lesson}.ipynb", as_version=4)
        for cell in nb.cells:
            if cell.cell_type == "code" and cell.source.startswith("explore.show("):
                kinds = [kind for output in cell.outputs for kind in output.get("data", {})]
                assert "text/html" in kinds and not any("widget" in kind for kind in kinds)
                [page] = [o.data["text/html"] for o in cell.outputs if "text/html" in o.data]
                explorer = explore.load(re.search(r'"(\w+)"', cell.source)[1])
                scenes = b64encode(files.stored(explorer.name)).decode()
                parts = faces.style(), faces.module(explorer), scenes
                todays = all(part in page for part in parts)
                assert todays, f"{lesson}: make lessons LESSON={lesson[:2]}"
                assert "http://" not in page and "https://" not in page
