"""The hand in the pictures: grips, taps, numbers in the sentence, challenges, ghost, address."""

import json
import math
import re

import pytest

from tests.helpers import browser
from tests.helpers.browser import Face, swipe
from tests.helpers.explorers import numbers, settings
from tests.helpers.whole import some
from tools import explorers
from vaelib.teaching import explore
from vaelib.teaching.explore.files import hand
from vaelib.teaching.explore.words import LINKED, plain

ALL = [explore.load(name) for name in explore.NAMES]


@pytest.fixture(scope="module")
def gallery(tmp_path_factory):
    return explorers.gallery(ALL, tmp_path_factory.mktemp("hands"), opening=False)


@pytest.fixture
def visit(chrome, gallery):
    """visit(path, clock, **context options) → the page, the gallery if none is named."""
    with browser.visits(chrome) as go:
        yield lambda path=gallery, clock=False, **options: go(path, clock, **options)


def face_on(page, explorer):
    return Face(page, page.locator(f"#{explorer.name} .vx"), explorer)


# -- without a browser -----------------------------------------------------------------------------


@pytest.mark.parametrize("explorer", ALL, ids=lambda e: e.name)
def test_a_sentence_has_at_most_three_numbers(explorer):
    for place in settings(explorer, 20):
        sentence = plain(explorer.draw(**place).sentence)
        sentence = re.sub(r"\bk = \d|\bfrom 0", "a name", sentence)
        assert len(numbers(sentence)) <= 3 and len(sentence.split()) <= 46, sentence


@pytest.mark.parametrize("explorer", ALL, ids=lambda e: e.name)
def test_a_number_that_can_be_dragged_is_its_controls_value(explorer):
    for place in settings(explorer, 20):
        for text, name in LINKED.findall(explorer.draw(**place).sentence):
            if name in explorer.controls and not isinstance(place[name], str):
                [said] = numbers(text)
                digits = len(text.partition(".")[2])
                assert abs(said - place[name]) <= 0.51 * 10.0**-digits, (text, name)


@pytest.mark.parametrize("explorer", ALL, ids=lambda e: e.name)
def test_axes_are_in_the_data_s_own_units(explorer):
    for panel in explorer.panels.values():
        for axis in filter(None, (panel.x, panel.y)):
            assert "log₁₀" not in axis.label and "power of ten" not in axis.label
            assert axis.low < axis.high and not (axis.log is True and axis.low <= 0)


# -- in Chromium -----------------------------------------------------------------------------------

# [panel, id, moves, has a way of its own] of all grips.
GRIPS = """return Object.keys(face.canvases).flatMap((panel) => face.hand.list(panel).map(
  ({ id, moves, to }) => [panel, id, moves, Boolean(to)]))"""

KEYED = "((panel, id) => Boolean(face.hand.list(panel).find((grip) => grip.id === id).keys))"


@pytest.mark.browser
@pytest.mark.parametrize("explorer", some(ALL, 2), ids=lambda e: e.name)
def test_every_grip_follows_the_mouse_and_the_arrow_keys(visit, tmp_path, explorer):
    path = explorers.gallery([explorer], tmp_path, opening=False)
    page = visit(path, viewport={"width": 1280, "height": 900})
    face = face_on(page, explorer)
    found = face.js(GRIPS)
    assert found
    for panel, id, moves, own in found:
        face.js("face.reset()")
        grip = face.root.locator(f'[data-grip="{id}"]')
        grip.scroll_into_view_if_needed()
        box = grip.bounding_box()
        assert min(box["width"], box["height"]) >= 24
        before = face.parameters()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        covered = "(g, [x, y]) => document.elementFromPoint(x, y) !== g"
        if grip.evaluate(covered, [x, y]):  # by another, which must be moved first
            by_keys(face, grip, moves)
            continue
        tried = [(37, -23), (-37, 23), (60, 60), (-60, -60), (90, 0), (0, 90), (-90, 0), (0, -90)]
        for dx, dy in tried:  # some of them lead off a control's end
            grip.hover()
            page.mouse.down()
            page.mouse.move(x + dx / 2, y + dy / 2)
            page.mouse.move(x + dx, y + dy)
            page.mouse.up()
            now = face.parameters()
            if now != before:
                break
            face.js("face.reset()")
        assert now != before, (panel, id)
        face.check()
        if not own:
            follows(face, grip, moves, (x + dx, y + dy))
        face.js("face.reset()")
        by_keys(face, grip, moves)


def by_keys(face, grip, moves):
    """Arrow keys move each control that the grip carries."""
    grip.focus()
    for name, keys in zip(moves, (("Right", "Left"), ("Up", "Down")), strict=False):
        if name:
            last = face.parameters()[name]
            for key in keys:
                grip.press(f"Arrow{key}")
                if face.parameters()[name] != last:
                    break
            assert face.parameters()[name] != last, name
    face.check()


def follows(face, grip, moves, pointer):
    """The grip stands under the pointer along each axis that it may move, if that has room."""
    box = grip.bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for name, at, wanted in zip(moves, middle, pointer, strict=False):
        values = name and face.values(name)
        if values and face.parameters()[name] not in (values[0], values[-1]):
            assert abs(at - wanted) < 40, (name, at, wanted)  # some have few values


@pytest.mark.browser
def test_home_end_and_pages_move_every_grip_far(visit):
    page = visit()
    for explorer in some(ALL, 2, first=1):
        face = face_on(page, explorer)
        for panel, id, moves, _ in face.js(GRIPS):
            face.js("face.reset()")
            grip = face.root.locator(f'[data-grip="{id}"]')
            grip.focus()
            help = grip.get_attribute("aria-describedby")
            assert "Page Up" in page.locator(f"#{help}").text_content()
            across, up = moves[0] or moves[1], moves[1] or moves[0]
            if not across or face.js(f"return {KEYED}('{panel}', '{id}')"):
                continue
            ends = []
            for key in ("Home", "End"):
                grip.press(key)
                ends.append(face.parameters()[across])
            values = face.values(across)
            assert sorted(map(values.index, ends)) == [0, len(values) - 1], (panel, id)
            values, moved = face.values(up), []
            for key in ("PageDown", "PageUp"):  # one of them may be cut short by an end
                face.js("face.reset()")
                before = face.parameters()[up]
                grip.press(key)
                moved.append(abs(values.index(face.parameters()[up]) - values.index(before)))
            assert max(moved) == math.ceil(len(values) / 10), (panel, id)


@pytest.mark.browser
@pytest.mark.parametrize("how", ["mouse", "finger", "keys"])
def test_a_word_says_in_a_line_what_it_means(visit, how):
    touch = {"has_touch": how == "finger", "viewport": {"width": 375, "height": 667}}
    page = visit(**touch)
    for explorer in ALL:
        root = face_on(page, explorer).root
        for word in root.locator(".vx-word").all():
            word.evaluate("(node) => node.scrollIntoView({ block: 'center' })")
            note = page.locator(f"#{word.get_attribute('popovertarget')}")
            assert not note.is_visible()
            if how == "keys":
                word.focus()
                word.press("Enter")
            else:
                word.tap() if how == "finger" else word.click()
            assert note.is_visible() and word.get_attribute("data-word") in note.inner_text()
            box = note.bounding_box()
            assert box["x"] >= 0 and box["x"] + box["width"] <= 375
            assert box["y"] >= 0 and box["y"] + box["height"] <= 667
            page.keyboard.press("Escape")
            assert not note.is_visible()


@pytest.mark.browser
def test_hard_words_of_sentences_and_axes_can_be_asked(visit):
    page, hard = (
        visit(),
        re.compile(r"\bnats?\b|\bKL\b|posterior|held[ -]out|unseen|\bbound\b", re.I),
    )
    for explorer in ALL:
        root = face_on(page, explorer).root
        for node in root.locator(".vx-sentence").all():
            asked = node.locator(".vx-word").all_inner_texts()
            assert bool(asked) == bool(hard.search(node.inner_text())), explorer.name
        for figure, panel in zip(
            root.locator(".vx-stage figure").all(), explorer.panels.values(), strict=True
        ):
            axes = " ".join(axis.label for axis in (panel.x, panel.y) if axis)
            words = figure.locator(".vx-word").all_inner_texts()
            missed = {w.lower() for w in hard.findall(axes)} - {w.lower() for w in words}
            assert not missed, (explorer.name, missed)


@pytest.mark.browser
def test_a_finger_that_scrolls_moves_nothing_and_a_tap_does(visit):
    page = visit(has_touch=True, viewport={"width": 375, "height": 700})
    for explorer in ALL:
        face = face_on(page, explorer)
        canvas = face.root.locator(".vx-main .vx-plane > canvas").first
        canvas.scroll_into_view_if_needed()
        box, before = canvas.bounding_box(), face.parameters()
        x, top = box["x"] + 0.3 * box["width"], box["y"]
        swipe(page, [(x, top + part * box["height"]) for part in (0.8, 0.7, 0.5, 0.3)])
        assert face.parameters() == before, explorer.name
        anywhere = face.js("return [...face.hand.anywhere]")
        main = face.js("return Object.keys(face.canvases)[0]")
        if main in anywhere:
            canvas.evaluate("(node) => node.scrollIntoView({ block: 'center' })")
            box = canvas.bounding_box()
            page.touchscreen.tap(box["x"] + 0.4 * box["width"], box["y"] + 0.35 * box["height"])
            assert face.parameters() != before, explorer.name
            face.check()


@pytest.mark.browser
def test_on_a_phone_the_picture_stays_while_a_control_is_moved(visit):
    page = visit(has_touch=True, viewport={"width": 375, "height": 667})
    for explorer in ALL:
        face = face_on(page, explorer)
        face.unfold()
        for control in face.root.locator("input[type=range], select").all():
            control.evaluate("(node) => node.scrollIntoView({ block: 'end' })")
            box = face.root.locator(".vx-main .vx-plane > canvas").first.bounding_box()
            shown = min(box["y"] + box["height"], 667) - max(box["y"], 0)
            assert shown >= 0.95 * box["height"], (explorer.name, control.get_attribute("name"))


@pytest.mark.browser
def test_numbers_in_sentences_are_dragged_and_take_keys(visit):
    page = visit(viewport={"width": 1280, "height": 900})
    tried = 0
    for explorer in ALL:
        face = face_on(page, explorer)
        for node in face.root.locator(".vx-scrub").all():
            name, before = node.get_attribute("data-name"), face.parameters()
            node.scroll_into_view_if_needed()
            box = node.bounding_box()
            values = face.values(name)
            way = 1 if before[name] != values[-1] else -1
            x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
            page.mouse.move(x, y)
            page.mouse.down()
            page.mouse.move(x + 20 * way, y, steps=4)
            page.mouse.up()
            moved = face.parameters()
            assert moved[name] != before[name], (explorer.name, name)
            assert {k: v for k, v in moved.items() if k != name} == {
                k: v for k, v in before.items() if k != name
            }
            face.check()
            tried += 1
            face.js("face.reset()")
            node.focus()
            node.press("ArrowRight" if way == 1 else "ArrowLeft")
            assert face.parameters()[name] != before[name]
            face.js("face.reset()")
    assert tried >= len(ALL) // 2


@pytest.mark.browser
def test_a_challenge_asks_first_and_what_was_met_is_kept(visit):
    from tests.test_explore_mixture import WAYS

    page = visit()
    face = face_on(page, next(e for e in ALL if e.name == "mixture"))
    task, (id, way) = face.root.locator(".vx-challenge"), next(iter(WAYS.items()))
    assert "0 met" in task.inner_text() and task.locator("[data-guess]").count() >= 2
    guessed = task.locator("[data-guess]").first.get_attribute("data-guess")
    task.locator("[data-guess]").first.click()
    for values in way:
        face.js(f"face.set({json.dumps(values)})")
    assert "1 met" in task.inner_text() and "✓ Met." in task.inner_text()
    assert "Your guess was" in task.inner_text()
    page.reload()
    page.wait_for_function("document.querySelector('#mixture .vx').explorer?.shown")
    assert "1 met" in page.locator("#mixture .vx-challenge").inner_text()
    kept = "#mixture .vx-challenge"
    face.js("face.task.go(-1)")
    assert "Your guess was" in page.locator(kept).inner_text()
    stored = json.loads(page.evaluate("localStorage.getItem('vaelib-mixture')"))
    assert stored == {id: guessed}
    page.evaluate("id => localStorage.setItem('vaelib-mixture', `{\"${id}\": true}`)", id)
    page.reload()  # from before guesses were kept
    page.wait_for_function("document.querySelector('#mixture .vx').explorer?.shown")
    assert "1 met" in page.locator(kept).inner_text()


@pytest.mark.browser
def test_a_challenge_counts_where_a_hand_lets_go_and_not_what_play_did(visit):
    page = visit(viewport={"width": 1280, "height": 900})
    face = face_on(page, next(e for e in ALL if e.name == "balance"))
    task = face.root.locator(".vx-challenge")
    face.js("face.task.go(2); face.set({ point: 'one peak', mean: 2, width: 0.276 })")
    below = "return face.arrays.lost.data[1] > -0.05"
    for _ in range(5):
        if not face.js(below):
            face.root.locator(".vx-step").click()
    assert face.js(below) and "✓" not in task.inner_text()
    grip = face.root.locator('[data-grip="top"]')
    grip.hover()
    page.mouse.down()
    box = grip.bounding_box()
    x, y = box["x"] + 14, box["y"] + 14
    page.mouse.move(x, y + 12)
    page.mouse.move(x, y)
    assert face.js(below) and "✓" not in task.inner_text()
    page.mouse.up()
    assert "✓" in task.inner_text()


@pytest.mark.browser
def test_a_challenge_counts_what_is_done_after_it_was_opened(visit):
    """Not what a careless hand did before, nor what held when one turned to it."""
    from tests.test_explore_balance import WAYS

    page = visit(viewport={"width": 1280, "height": 900})
    face = face_on(page, next(e for e in ALL if e.name == "balance"))
    task = face.root.locator(".vx-challenge")
    left, right = WAYS["balance-peaks"]
    there = WAYS["balance-network"][-1]

    def go(*places):
        for place in places:
            face.js(f"face.set({json.dumps(place)})")

    go(left, right)
    assert "come here once more" in task.inner_text()
    task.locator("[data-guess]").first.click()
    go(right)
    assert "0 met" in task.inner_text()
    go(left)
    assert "1 met" in task.inner_text() and "✓" in task.inner_text()
    go(there)
    face.js("face.task.go(-1)")
    assert "Leave it and come back" in task.inner_text()
    go(there)
    assert "1 met" in task.inner_text()
    go(there | {"mean": 1}, there)
    assert "2 met" in task.inner_text()


@pytest.mark.browser
def test_on_a_phone_what_changes_stays_near_the_picture(visit):
    page = visit(has_touch=True, viewport={"width": 375, "height": 740})
    for explorer in ALL:
        root = face_on(page, explorer).root
        near = [panel.title for panel in explorer.panels.values() if panel.near]
        for title in near:
            figure = root.locator(".vx-main > figure", has_text=title)
            root.locator(".vx-challenge").evaluate("(n) => n.scrollIntoView({ block: 'end' })")
            box = figure.bounding_box()
            assert 0 <= box["y"] and box["y"] + box["height"] <= 740, explorer.name


@pytest.mark.browser
@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_a_ghost_moves_a_picture_once_until_a_hand_comes(visit, tmp_path, motion):
    haunted = [e for e in ALL if "export const ghost" in hand(e.name).read_text()]
    assert haunted
    for explorer in some(haunted, 2, first=motion == "reduce"):
        path = explorers.gallery([explorer], tmp_path, opening=False)
        page = visit(
            path, clock=True, reduced_motion=motion, viewport={"width": 1280, "height": 900}
        )
        face = face_on(page, explorer)
        start = face.js("return face.start")
        face.js("face.reset(); face.hand.touched = false")
        face.root.locator(".vx-main .vx-plane > canvas").first.scroll_into_view_if_needed()
        face.js("face.hand.haunt()")
        page.clock.run_for(1200)
        assert (face.parameters() != start) == (motion == "no-preference"), explorer.name
        page.clock.run_for(3000)
        assert face.parameters() == start
        assert "0 met" in face.root.locator(".vx-challenge").inner_text()
        face.js("face.hand.haunt()")
        page.clock.run_for(700)
        face.slide("keys")
        held = face.parameters()
        page.clock.run_for(2000)
        assert face.parameters() == held


@pytest.mark.browser
def test_an_address_sets_an_explorer_and_a_button_gives_it(visit, gallery):
    page = visit()
    page.goto(gallery.as_uri() + "#mixture?x=2&n=100&mean1=oops&nothing=3")
    page.reload()
    page.wait_for_function("document.querySelector('#mixture .vx').explorer?.shown")
    face = face_on(page, next(e for e in ALL if e.name == "mixture"))
    assert face.parameters() == {**face.explorer.start(), "x": 2, "n": 100}
    face.check()
    for odd in ("#mixture?x=%E0%A4%A", "#100%", "#mixture?x=&n=1e9&k=%"):  # nothing breaks
        page.goto(gallery.as_uri() + odd)
        page.reload()
        page.wait_for_function(
            "[...document.querySelectorAll('.vx')].every((root) => root.explorer?.shown)"
        )
        assert page.locator("[role=alert]:not([hidden])").count() == 0
    page.goto(gallery.as_uri() + "#mixture?x=2&n=100")
    page.reload()
    page.wait_for_function("document.querySelector('#mixture .vx').explorer?.shown")
    face.js("face.set({ x: -1 })")
    face.root.locator(".vx-link").click()
    assert page.evaluate("location.hash") == "#mixture?n=100&x=-1"


@pytest.mark.browser
def test_a_finger_takes_a_grip_that_the_ghost_moves_where_it_is(visit, tmp_path):
    """Beside the grip, too: the ghost ends, the drag goes on, and the page stays."""
    balance = next(e for e in ALL if e.name == "balance")
    path = explorers.gallery([balance], tmp_path, opening=False)
    phone = {"has_touch": True, "viewport": {"width": 375, "height": 667}}
    page = visit(path, clock=True, reduced_motion="no-preference", **phone)
    face = face_on(page, balance)
    for above in (0, 24):
        face.js("face.reset(); face.hand.touched = false; face.hand.walking = false")
        grip = face.root.locator('[data-grip="top"]')
        grip.evaluate("(node) => node.scrollIntoView({ block: 'center' })")
        face.js("face.hand.haunt()")
        page.clock.run_for(500)
        top = page.evaluate("scrollY")
        box = grip.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        swipe(page, [(x, y - above + by) for by in (0, 20, 45, 70)])
        page.clock.run_for(100)
        assert not face.js("return face.hand.walking") and page.evaluate("scrollY") == top
        now = face.parameters()
        assert now["mean"] < 1.1 and now != face.js("return face.start")
        moved = grip.bounding_box()
        page.clock.run_for(500)
        assert face.parameters() == now
        assert moved["y"] + moved["height"] / 2 == pytest.approx(y + 70, abs=12)
