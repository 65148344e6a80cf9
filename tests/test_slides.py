"""Decks say only what their lessons show, fit their frames, and do what a lecturer asks of them."""

import json
import re

import pytest

from tests.helpers.browser import swipe
from tools.slides import check, handout, look, page, read
from tools.slides.numbers import numbers
from tools.slides.taken import Gone, Lesson

DECKS = read.decks()
MINUTES = "\n???\nshort: 3\nlong: 4\nSay: Look.\n"
SMALL = f"""---
lesson: 05_lower_bound
title: Bound it & see
---

# Who pays?

A question.
{MINUTES}
---

# Derive it

{{derive}}
\\log p(x) &= \\int q \\log \\frac{{p(x, z)}}{{q}} \\, dz \\\\
&= \\begin{{aligned}} a &= b \\\\ c &= d \\end{{aligned}} && \\text{{why}} \\\\
{{/derive}}

???
short: 0
long: 4
Say: A line at a time, $x$ by $x$.
Ask: Why?

---

# Drag it

{{explorer balance mean=1.2}}
{MINUTES}
---

# How far?

{{predict 5b}}
{MINUTES}
---

# See it

Beside a *formula*, $L$:

{{beside}}

{{figure untrained-q}}
{MINUTES}
---

# Run it

{{equation 5.5}}

{{step}} {{code two-integrals}}

- one
- {{step}} two
{MINUTES}"""
TALL = SMALL.replace("A question.", "".join(f"- point {i}\n" for i in "abcdefghijkl"))


def written(text, folder):
    """A deck of that text."""
    path = folder / "05.md"
    path.write_text(text, encoding="utf-8")
    return read.deck(path)


def test_a_deck_is_read_into_slides_and_their_parts(tmp_path):
    deck = written(SMALL, tmp_path)
    assert (deck.number, deck.lesson, deck.title) == ("05", "05_lower_bound", "Bound it & see")
    assert [slide.title for slide in deck.slides][1:3] == ["Derive it", "Drag it"]
    assert [[piece.kind for piece in slide.pieces] for slide in deck.slides] == [
        ["text"], ["derive"], ["explorer"], ["predict"],
        ["text", "beside", "figure"], ["equation", "code", "text"],
    ]  # fmt: skip
    assert deck.minutes("short") == 15 and deck.minutes("long") == 24
    assert [slide.short for slide in deck.slides] == [True, False, True, True, True, True]
    assert deck.slides[1].notes["Ask"] == "Why?" and deck.slides[5].pieces[1].step
    with pytest.raises(ValueError, match="wanted lesson: and title:"):
        written("# No head\n", tmp_path)


def test_a_derivation_is_split_into_lines_and_cells(tmp_path):
    [derivation] = written(SMALL, tmp_path).slides[1].taken("derive")
    inner = r"= \begin{aligned} a &= b \\ c &= d \end{aligned}"
    first = [r"\log p(x)", r"= \int q \log \frac{p(x, z)}{q} \, dz"]
    assert read.rows(derivation) == [first, ["", inner, "", r"\text{why}"]]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (r"1,000 1{,}000 1\,000 1_000", {"1000"}),
        (r"½ \frac12 10⁻⁵ x₂", {"1", "2", "10", "5"}),
        ("−1.82 and 1.820, S12, v1.2", {"1.82", "1.820"}),
        ("K=30, 28×28", {"30", "28"}),
    ],
)
def test_a_number_is_one_however_it_is_set(text, wanted):
    assert numbers(text) == wanted


FAULTS = {
    "{predict 5b}": [
        ("{predict 5z}", "got '5z'"),
        ("{predict 2a}", "prediction 2a is not one of lesson 05"),
    ],
    "{explorer balance mean=1.2}": [
        ("{explorer walk}", "shows no explorer 'walk'"),
        ("{explorer balance mean=99}", "mean: got 99.0"),
        ("{explorer balance men=1}", "no such control"),
        ("{explorr balance}", "no such form"),
        ("{figure untrained-q}\n\n{explorer balance}", "more than one figure or explorer"),
    ],
    "{equation 5.5}": [
        ("{equation 5.99}", "states no equation (5.99)"),
        ("{equation 5.5}\n\n{equation 5.6}", "more than one equation"),
    ],
    "{figure untrained-q}": [("{figure no-such}", "no cell tagged fig-no-such")],
    "{code two-integrals}": [("{code no-such}", "no cell tagged code-no-such")],
    "A question.": [
        ("It costs 98765.4 nats.", "the lesson shows no 98765.4"),
        ("It costs $10^{{-77}}$ nats.", "the lesson shows no 77"),
        ("word " * 41, "41 words, wanted 40"),
        ("# Again", "2 lines begin with #"),
        ("$q$ is 5", "a $ is left"),
    ],
    "# Who pays?": [
        ("# One two three four five six seven eight nine ten", "a title of 10 words"),
        ("# Who pays 4321 nats?", "the lesson shows no 4321"),
    ],
    "Say: A line": [("Sy: A line", "nothing to say")],
    "short: 0": [("short: some", "short: 'some', wanted minutes")],
    "lesson: 05_lower_bound": [("lesson: 05_upper_bound", "no lesson 05_upper_bound")],
}


@pytest.mark.parametrize(
    ("old", "new", "said"), [(old, *each) for old, some in FAULTS.items() for each in some]
)
def test_a_fault_is_said(tmp_path, old, new, said):
    assert old in SMALL
    found = check.problems(written(SMALL.replace(old, new), tmp_path))
    assert any(said in fault for fault in found), found
    assert not any(said in fault for fault in check.problems(written(SMALL, tmp_path)))


def test_slides_and_minutes_are_counted(tmp_path):
    found = check.problems(written(SMALL, tmp_path))
    assert found[:4] == [
        "6 slides, wanted 12 to 18", "short: 15 minutes, wanted 50", "long: 24 minutes, wanted 90",
        "1 predictions, wanted 3 or more",
    ]  # fmt: skip


def test_a_picture_that_is_gone_stops_the_page(tmp_path):
    deck = written(SMALL.replace("untrained-q", "gone"), tmp_path)
    with pytest.raises(Gone, match="no cell tagged fig-gone"):
        page.write(deck, tmp_path)


def test_every_lesson_has_a_deck():
    assert [deck.lesson for deck in DECKS] == [
        path.stem for path in sorted(read.NOTEBOOKS.glob("[0-9]*.ipynb"))
    ]
    assert all(deck.lesson.startswith(deck.number) for deck in DECKS)


@pytest.mark.parametrize("deck", DECKS, ids=[deck.number for deck in DECKS])
def test_a_deck_is_without_fault(deck):
    assert check.problems(deck) == []


# In a browser.


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the small decks lie: as it is, and with a slide that is too tall."""
    made = tmp_path_factory.mktemp("slides")
    try:
        page.share(made)
    except FileNotFoundError:
        pytest.fail("`make mathjax reveal` fetches what shows the slides")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Lesson, "measured", {"5b": [174.6]})
        page.write(written(SMALL, made)._replace(number="small"), made)
        page.write(written(TALL, made)._replace(number="tall"), made)
    return made


@pytest.fixture(scope="module")
def tab(chrome):
    """One page for all decks."""
    context = look.quiet(chrome, has_touch=True, color_scheme="light")
    yield context.new_page()
    context.close()


@pytest.fixture
def deck(folder, tab):
    """deck("small.html?short#/1") → that page, ready."""

    def opened(name):
        tab.set_viewport_size({"width": 1280, "height": 720})
        tab.goto("about:blank")
        tab.goto(f"{folder.as_uri()}/{name}")
        tab.evaluate(look.READY)
        return tab

    return opened


def at(tab):
    """Which slide is shown."""
    return tab.evaluate("Reveal.getIndices().h")


@pytest.mark.browser
def test_a_slide_that_is_too_tall_is_found(folder, tab):
    fine = [each.faults() for each in look.look(tab, folder / "small.html")]
    assert fine == [[], []]
    for seen in look.look(tab, folder / "tall.html"):
        found = seen.faults()
        assert found and all("slide 1, 'Who pays?': " in fault for fault in found)
        assert any("its frame has" in fault for fault in found)


@pytest.mark.browser
@pytest.mark.slow
def test_every_slide_of_every_deck_fits(folder, tab):
    found = []
    for each in DECKS:
        for seen in look.look(tab, page.write(each, folder)):
            found += seen.faults()
    assert found == []


@pytest.mark.browser
def test_the_short_form_leaves_slides_out(deck):
    assert deck("small.html").evaluate("Reveal.getTotalSlides()") == 6
    assert deck("small.html").evaluate("Reveal.getConfig().totalTime") == 24 * 60
    short = deck("small.html?short")
    assert short.evaluate("Reveal.getTotalSlides()") == 5
    assert short.evaluate("Reveal.getConfig().totalTime") == 15 * 60
    assert "Derive it" not in short.locator(".slides").text_content()


@pytest.mark.browser
def test_a_key_brings_the_next_line_and_the_measurement(deck):
    tab = deck("small.html#/1")
    shown = "document.querySelectorAll('.present .fragment.visible').length"
    assert tab.evaluate(shown) == 0
    tab.keyboard.press("ArrowRight")
    assert tab.evaluate(shown) == 1 and at(tab) == 1
    tab = deck("small.html#/3")
    said = "document.querySelector('.vq').prediction.state.measured"
    assert tab.evaluate(said) is None
    tab.keyboard.press("ArrowRight")
    assert tab.evaluate(said) == [174.6] and at(tab) == 3
    tab.keyboard.press("ArrowLeft")
    assert tab.evaluate(said) is None


@pytest.mark.browser
def test_a_hand_moves_the_explorer_and_not_the_slide(deck):
    tab = deck("small.html#/2")
    said, grip = tab.locator(".present .vx-sentence"), tab.locator(".present .vx-grip").first
    before, box = said.text_content(), grip.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    tab.mouse.move(x, y)
    tab.mouse.down()
    tab.mouse.move(x - 160, y, steps=4)
    tab.mouse.up()
    dragged = said.text_content()
    assert dragged != before and at(tab) == 2
    for key in ("ArrowRight", "ArrowRight", "ArrowUp"):
        tab.keyboard.press(key)
    keyed = said.text_content()
    assert keyed != dragged and at(tab) == 2
    box = grip.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    swipe(tab, [(x, y), (x + 60, y), (x + 240, y)])
    assert said.text_content() != keyed and at(tab) == 2
    grip.focus()
    tab.keyboard.press("PageDown")
    assert at(tab) == 3


@pytest.mark.browser
def test_an_explorer_folds_its_controls(deck):
    tab = deck("small.html#/2")
    root = tab.locator(".present .vx")
    assert root.locator("input:visible").count() == 0
    height = root.bounding_box()["height"]
    root.locator("summary").click()
    assert root.locator("input:visible").count() >= 5
    assert root.bounding_box()["height"] == height


@pytest.mark.browser
def test_d_darkens_the_room(deck):
    tab = deck("small.html#/2")
    paper = "getComputedStyle(document.querySelector('.present .stage')).backgroundColor"
    light = tab.evaluate(paper)
    tab.keyboard.press("d")
    tab.wait_for_function("document.querySelector('.vx').hasAttribute('data-dark')")
    assert tab.evaluate(paper) != light
    tab.keyboard.press("d")
    assert tab.evaluate(paper) == light
    tab.emulate_media(color_scheme="dark")
    tab.wait_for_function("document.documentElement.dataset.theme === 'dark'")
    tab.emulate_media(color_scheme="light")


@pytest.mark.browser
def test_the_speakers_view_has_notes_clock_and_pace(deck):
    tab = deck("small.html#/1")
    with tab.expect_popup() as opening:
        tab.keyboard.press("s")
    speaker = opening.value
    speaker.locator(".speaker-controls-notes .value", has_text="A line at a time").wait_for()
    text = speaker.locator("body").inner_text()
    assert "0 min of 50, 4 of 90" in text and "Why?" in text
    assert speaker.locator(".pacing").is_visible() and speaker.locator(".clock").is_visible()
    speaker.close()


@pytest.mark.browser
def test_it_is_printed_with_and_without_notes(chrome, folder):
    slides, notes = handout.write(chrome, "small", folder)
    pages = len(re.findall(rb"/Type /Page\b", slides.read_bytes()))
    assert pages == 6
    assert 2 <= len(re.findall(rb"/Type /Page\b", notes.read_bytes())) <= 6


def test_predictions_stand_in_one_file(tmp_path):
    page.write_predictions(["05_lower_bound"], tmp_path)
    found = json.loads((tmp_path / "predictions.json").read_text(encoding="utf-8"))
    assert {"number", "lesson", "declaration", "measured"} == {*found[0]}
    assert [one["number"] for one in found] == sorted(one["number"] for one in found)
    assert "Prediction" in (tmp_path / "predict.js").read_text(encoding="utf-8")
