"""Predictions: declarations, what the lessons measured, the kept guesses, the face in a browser."""

import json
import math
import random
import re

import pytest

from tests.helpers import browser
from tests.helpers.node import call
from tests.helpers.pages import document
from tools import hygiene
from tools.predictions import revealed
from vaelib.teaching import predictions, progress
from vaelib.teaching.predictions import face
from vaelib.teaching.predictions.prediction import Axis, Choice, choice, curve, number, place

WORDS = "../predictions/front/words.js"
NAMES = {name[:2]: name for name in hygiene.names()}
ALL = [each for lesson in predictions.LESSONS for each in predictions.all_of(lesson)]
KINDS = {
    "number": number(
        "5a", "How far?", unit="nats", low=0.01, high=100, log=True, within=1.5, measures="the gap",
        tempting=[((5, 50), "It seems large.")],
    ),
    "level": number(
        "5b", "How high?", unit="nats", low=-3, high=3, within=0.5, measures="the height",
        tempting=[((-3, -2), "It seems low.")],
    ),
    "choice": choice(
        "5c", "Which?", options={"up": "It rises", "down": "It falls"}, measures="the way",
        tempting=[("down", "It seems to fall.")],
    ),
    "line": place(
        "5d", "Where?", x=Axis("x", -1, 1), within=0.1, measures="the middle",
        tempting=[((0.9,), "The end is near.")],
    ),
    "plane": place(
        "5e", "Where?", x=Axis("x₁", -2, 2), y=Axis("x₂", -1, 2), within=0.3, measures="the mean",
        tempting=[((0.0, 1.0), "It lies among the points."), ((1.5, 1.0), "It lies outside.")],
    ),
    "curve": curve(
        "5f", "How?", x=Axis("K", 1, 100, log=True), y=Axis("nats", -3, 0), at=(1, 10, 100),
        within=0.2, measures="held-out nats", tempting=[((-2, -1.5, -1), "More seems better.")],
    ),
}  # fmt: skip
MEASURED = {
    "number": [1.0], "level": [1.0], "choice": "up", "line": [0.0], "plane": [0.1, 0.4],
    "curve": [-2, -1, -2],
}  # fmt: skip


@pytest.fixture(autouse=True)
def kept(tmp_path, monkeypatch):
    """A progress file of the test's own."""
    monkeypatch.setenv("VAELIB_PROGRESS", str(tmp_path / "progress.json"))
    monkeypatch.setattr(predictions, "all_of", declared)
    return tmp_path / "progress.json"


lessons_own = predictions.all_of


def declared(lesson):
    """The predictions of this file for lesson 05, the lessons' own for the others."""
    return tuple(KINDS.values()) if lesson == "05" else lessons_own(lesson)


def guesses(prediction, n=40):
    """Guesses on it, the same each time."""
    rng = random.Random(prediction.number)
    if isinstance(prediction, Choice):
        return list(prediction.options)
    drawn = []
    for _ in range(n):
        drawn.append(
            [
                math.exp(rng.uniform(math.log(a.low), math.log(a.high)))
                if a.log
                else rng.uniform(a.low, a.high)
                for a in prediction.axes()
            ]
        )
    return drawn


def test_there_are_at_least_52_and_4_a_lesson_in_more_than_one_kind():
    assert len(ALL) >= 52
    assert list(NAMES) == list(predictions.LESSONS)
    for lesson in predictions.LESSONS:
        own = lessons_own(lesson)
        assert len(own) >= 4, lesson
        assert any(each.kind != "choice" for each in own), lesson


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.number)
def test_a_declaration_says_all_that_its_faces_need(each):
    own = lessons_own(each.lesson())
    assert each.number == f"{int(each.lesson())}{chr(ord('a') + own.index(each))}"
    assert each.question.rstrip("* ").endswith("?")
    assert each.measures and each.measures[-1] not in ".?"
    assert each.tempting
    for guess, why in each.tempting:
        assert why.endswith((".", "?")) and len(why.split()) <= 35, why
        for part in guess if each.kind == "number" else [guess]:
            each.check(part)
    if isinstance(each, Choice):
        assert len(each.options) >= 3
        assert len({text for _, text in each.tempting}) == len(each.tempting)
    json.dumps(each.head())


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.number)
def test_the_lesson_measured_it_and_no_tempting_guess_is_right(each):
    measured = revealed(hygiene.load(NAMES[each.lesson()]).nb)[each.number][1]
    assert measured is not None
    each.check(measured)
    assert each.hit(measured, measured)
    if isinstance(each, Choice):
        assert {guess for guess, _ in each.tempting} == {*each.options} - {measured}
        return
    for guess, _ in each.tempting:
        if each.kind != "number":
            assert not each.hit(guess, measured)
        elif guess[0] <= measured[0] <= guess[1]:
            pytest.fail(f"{measured} lies in what tempts, {guess}")
        else:
            assert not any(each.hit(end, measured) for end in guess)


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.number)
def test_a_blind_guess_seldom_hits(each):
    measured = revealed(hygiene.load(NAMES[each.lesson()]).nb)[each.number][1]
    hits = [each.hit(guess, measured) for guess in guesses(each, 1000)]
    assert sum(hits) <= (1 / 3 if isinstance(each, Choice) else 0.27) * len(hits)


@pytest.mark.parametrize("lesson", NAMES)
def test_a_stored_lesson_holds_todays_face(lesson):
    stored = [
        (cell.source, output.data["text/html"])
        for cell in hygiene.load(NAMES[lesson]).nb.cells
        if cell.source.startswith("predict.ask(")
        for output in cell.outputs
    ]
    shown = [face.asking(each) for each in lessons_own(lesson)]
    assert [page for _, page in stored] == shown, f"python -m tools.lessons text {lesson}"


@pytest.mark.parametrize("name", KINDS)
def test_a_wrong_guess_gets_one_clear_error(name):
    each = KINDS[name]
    bad = [None, [], {}, True, math.nan, math.inf, "left", [1, 2, 3, 4], [[0]], ["0"], 1e9]
    for guess in bad:
        with pytest.raises(ValueError, match=f"^prediction {each.number}: got .*, wanted "):
            each.check(guess)


@pytest.mark.parametrize(
    ("name", "guess", "off"),
    [
        ("number", 4, 4), ("number", 0.25, 4), ("level", -1, 2), ("line", [0.5], 0.5),
        ("plane", [0.4, 0.8], 0.5), ("curve", [-2, -1.3, -2.3], 0.2),
    ],
)  # fmt: skip
def test_how_far_a_guess_is_off(name, guess, off):
    assert KINDS[name].off(guess, MEASURED[name]) == pytest.approx(off)
    assert KINDS[name].hit(MEASURED[name], MEASURED[name])


def test_what_tempts_is_said_to_whom_it_tempted():
    whys = {
        "number": (20, 2), "level": (-2.5, 0), "choice": ("down", "up"), "line": (0.95, 0.5),
        "plane": ([0.1, 1.1], [0.1, 0.4]), "curve": ([-2, -1.4, -0.9], [-1, -1, -1]),
    }  # fmt: skip
    for name, (tempted, other) in whys.items():
        assert KINDS[name].why(tempted), name
        assert KINDS[name].why(other) == "", name
    assert KINDS["plane"].why([1.4, 1]) == "It lies outside."


@pytest.mark.parametrize("name", KINDS)
def test_the_browser_judges_as_python_does(name):
    each, measured = KINDS[name], MEASURED[name]
    some = guesses(each)
    rows = [[each.head()] * len(some), some]
    assert call(WORDS, "why", *rows) == [each.why(guess) for guess in some]
    assert call(WORDS, "hit", *rows, [measured] * len(some)) == [
        each.hit(guess, measured) for guess in some
    ]
    if name != "choice":
        theirs = call(WORDS, "off", *rows, [measured] * len(some))
        assert theirs == pytest.approx([each.off(guess, measured) for guess in some])


def test_a_guess_is_kept_beside_the_exercises_and_measured_later(kept):
    progress.record("5a", right=True)
    assert progress.keep_guess("5a", [3.0])
    progress.keep_measured("5a", [12.0])
    progress.keep_measured("5b", [1.0])  # nobody guessed
    assert progress.guesses() == {"5a": {"guess": [3.0], "measured": [12.0]}}
    assert progress.read()["5a"]["tries"] == 1
    assert predictions.guessed("5a") == [3.0]
    assert progress.keep_guess("5a", [4.0])
    assert progress.guesses()["5a"] == {"guess": [4.0], "measured": None}


def test_run_all_on_an_untouched_lesson_writes_nothing(kept, capsys):
    predictions.ask("5a")
    predictions.reveal("5a", 12.0)
    assert not kept.exists()


def test_a_file_with_other_guesses_is_set_aside_and_one_that_no_longer_fits_is_none(kept):
    kept.write_text('{"edition": 2, "predictions": {"5a": {"guess": "left", "measured": null}}}')
    assert predictions.guessed("5a") is None
    assert "| 05 | 0 of 6 | 0 | – |" in predictions.table()
    kept.write_text('{"edition": 2, "predictions": [1]}')
    with pytest.warns(UserWarning, match="is kept as"):
        progress.keep_guess("5a", [1.0])
    assert predictions.guessed("5a") == [1.0]


def test_the_table_counts_hits_and_the_typical_factor():
    for name, guess in {"number": [4.0], "level": [1.1], "choice": "down"}.items():
        progress.keep_guess(KINDS[name].number, guess)
        progress.keep_measured(KINDS[name].number, MEASURED[name])
    progress.keep_guess("5d", [0.0])  # not measured yet
    assert "| 05 | 3 of 6 | 1 | 4.0 |" in predictions.table()


def test_unknown_numbers_and_impossible_measurements_are_named():
    for name in ("5z", "99a", "", None, 5):
        with pytest.raises(ValueError, match="wanted a prediction's, such as '4b'"):
            predictions.find(name)
    with pytest.raises(ValueError, match=r"prediction 5a: got 1000.0, wanted a number from 0.01"):
        predictions.reveal("5a", 1000.0)


def test_a_page_without_scripts_says_what_was_asked_and_measured():
    asked = face.place(KINDS["number"], "ask", "Write your guess down.")
    assert "Prediction 5a.</strong> How far?" in asked and "data-vq-guess" not in asked
    shown = face.revealing(KINDS["choice"], "up")
    assert "Measured, the way: It rises." in shown


def test_a_keeper_keeps_what_fits_and_says_what_does_not(kept):
    keeper = face.Keeper(KINDS["number"], None, "t")
    sent = []
    keeper.send = sent.append
    keeper._keep(keeper, {"guess": [3.0]}, [])
    keeper._keep(keeper, {"guess": "left"}, [])
    keeper._keep(keeper, {}, [])
    assert sent[0] == {"kept": True}
    assert [set(each) for each in sent[1:]] == [{"kept", "error"}] * 2
    assert "prediction 5a: got 'left'" in sent[1]["error"]
    assert progress.guesses()["5a"]["guess"] == [3.0]


def test_a_keeper_says_where_the_file_cannot_be_written(kept):
    kept.mkdir()
    keeper = face.Keeper(KINDS["number"], None, "t")
    sent = []
    keeper.send = sent.append
    with pytest.warns(UserWarning, match="not kept"):
        keeper._keep(keeper, {"guess": [3.0]}, [])
    assert sent == [{"kept": False, "error": face.NOT_KEPT}]
    assert "VAELIB_PROGRESS" in face.NOT_KEPT


@pytest.fixture(scope="module")
def page_path(tmp_path_factory):
    """Each kind asked, and revealed below."""
    boxes = [
        face.asking(each, mark=f"m{i}") + face.revealing(each, MEASURED[name])
        for i, (name, each) in enumerate(KINDS.items())
    ]
    path = tmp_path_factory.mktemp("predictions") / "page.html"
    path.write_text(document("<h1>Predict</h1>" + "".join(boxes)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def visit():
    with browser.chromium() as chrome, browser.visits(chrome) as visit:
        yield visit


def faces(page, number):
    """The question and the measurement of that number, filled."""
    page.wait_for_function("[...document.querySelectorAll('[data-vq]')].every((r) => r.prediction)")
    both = page.locator(f"""[data-vq*='"number": "{number}"']""")
    return both.nth(0), both.nth(1)


@pytest.mark.browser
def test_keys_take_a_guess_and_the_measurement_shows_it(visit, page_path):
    page = visit(page_path)
    asked, shown = faces(page, "5a")
    assert "You guessed" not in shown.inner_text()
    assert asked.locator("button").is_disabled()
    slider = asked.locator("input")
    slider.focus()
    page.keyboard.press("End")
    assert asked.locator("output").inner_text() == "100"
    asked.locator("button").click()
    assert "Kept" in asked.inner_text()
    assert "You guessed 100 nats. A factor of 100 too large." in shown.inner_text()
    asked, shown = faces(page, "5c")
    asked.get_by_label("It falls").check()
    asked.locator("button").click()
    assert "It seems to fall." in shown.inner_text()
    page.reload()
    asked, shown = faces(page, "5a")
    assert "Your guess is kept" in asked.inner_text()
    assert "You guessed 100 nats" in shown.inner_text()


LIVE = """async ([module, declaration, ends]) => {
  const own = URL.createObjectURL(new Blob([module], { type: "text/javascript" }));
  const { default: widget } = await import(own);
  const model = {
    get: (name) => ({ declaration, guess: null })[name],
    on: (_, heard) => (model.heard = heard),
    send: () => {
      if (ends) throw new Error("Cannot send");
    },
  };
  globalThis.model = model;
  const el = document.createElement("div");
  el.id = "live";
  document.body.replaceChildren(el);
  widget.render({ model, el });
}"""


@pytest.mark.browser
@pytest.mark.parametrize("ends", [False, True], ids=["busy", "ended"])
def test_a_kernel_that_does_not_answer_is_named(visit, page_path, ends):
    page = visit(page_path)
    page.evaluate(LIVE, [face.module(), KINDS["choice"].head(), ends])
    live = page.locator("#live")
    live.get_by_label("It falls").check()
    live.get_by_role("button").click()
    live.get_by_text("The kernel does not answer.").wait_for()
    if not ends:
        page.evaluate("model.heard({ kept: true })")
        live.get_by_text("Kept. Now see").wait_for()


@pytest.mark.browser
def test_a_guess_kept_by_an_older_page_that_no_longer_fits_is_none(visit, page_path):
    page = visit(page_path)
    old = {"5a": [1, 2], "5c": "sideways", "5f": [-1], "5b": [1]}
    page.evaluate("(old) => localStorage.setItem('vaelib-predictions', JSON.stringify(old))", old)
    page.reload()
    for name in old:
        asked, shown = faces(page, name)
        assert ("kept" in asked.inner_text()) == (name == "5b")
        assert ("You guessed" in shown.inner_text()) == (name == "5b")


@pytest.mark.browser
@pytest.mark.parametrize("name", ["level", "line", "plane", "curve"])
def test_a_pointer_takes_a_guess_in_the_picture(visit, page_path, name):
    page = visit(page_path)
    asked, shown = faces(page, KINDS[name].number)
    asked.scroll_into_view_if_needed()
    box = asked.locator("canvas").bounding_box()
    page.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + 0.3 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.7 * box["width"], box["y"] + 0.4 * box["height"], steps=4)
    page.mouse.up()
    asked.get_by_role("button", name="Keep this guess").click()
    guess = asked.evaluate("(root) => root.prediction.state.guess")
    KINDS[name].check(guess)
    assert "You guessed" in shown.inner_text()


@pytest.mark.browser
@pytest.mark.parametrize("name", ["level", "plane", "curve"])
def test_a_finger_draws_in_two_dimensions_and_scrolls_over_one(visit, page_path, name):
    page = visit(page_path, has_touch=True, viewport={"width": 375, "height": 700})
    asked, _ = faces(page, KINDS[name].number)
    asked.scroll_into_view_if_needed()
    box, top = asked.locator("canvas").bounding_box(), page.evaluate("scrollY")
    x, y = box["x"] + 0.6 * box["width"], box["y"] + 0.7 * box["height"]
    browser.swipe(page, [(x, y - 12 * k) for k in range(8)])
    scrolled = page.evaluate("scrollY") != top
    assert scrolled == (name == "level")
    if name != "level":
        assert asked.evaluate("(root) => root.prediction.state.guess") is not None


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_faces_are_open_to_all_and_fit_a_phone(visit, page_path, scheme):
    page = visit(page_path, color_scheme=scheme, viewport={"width": 375, "height": 700})
    faces(page, "5a")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    assert browser.violations(page, "{ include: [['[data-vq]']] }") == []


@pytest.mark.browser
def test_a_screen_shows_a_rooms_guesses_and_then_the_measurement(visit, tmp_path):
    boxes = [face.place(each, "screen", "A room guesses.") for each in KINDS.values()]
    path = tmp_path / "screen.html"
    script = f'<script type="module">{face.module()}\nwatch();</script>'
    path.write_text(document(f"<style>{face.style()}</style>{''.join(boxes)}{script}"))
    page = visit(path)
    page.wait_for_function("[...document.querySelectorAll('[data-vq]')].every((r) => r.prediction)")
    for i, (name, each) in enumerate(KINDS.items()):
        root = page.locator("[data-vq]").nth(i)
        assert root.locator("input").count() == 0
        root.evaluate("(root, guesses) => root.prediction.show({ guesses })", guesses(each))
        assert f"{len(guesses(each))} guesses." in root.inner_text()
        assert "Measured" not in root.inner_text()
        before = root.locator("canvas").evaluate("(canvas) => canvas.toDataURL()")
        root.evaluate("(root, measured) => root.prediction.show({ measured })", MEASURED[name])
        assert "Measured" in root.inner_text()
        assert root.locator("canvas").evaluate("(canvas) => canvas.toDataURL()") != before


def test_the_front_end_is_small():
    assert len(face.module()) < 40_000
    assert not re.search(r"https?://", face.module())
