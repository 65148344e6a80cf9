"""Explorers inside other pages: zoomed, right to left, styled, hidden at first, printed, …"""

import io

import matplotlib.image
import numpy as np
import pytest

from tests.helpers import browser, pages
from tests.helpers.browser import Face
from vaelib.teaching import explore
from vaelib.teaching.explore import faces

pytestmark = pytest.mark.browser
ALL = [explore.load(name) for name in explore.NAMES]
NAMED = ("walk", "steps", "noise", "weigh", "creature")
WALK, STEPS, NOISE, WEIGH, CREATURE = map(explore.load, NAMED)


@pytest.fixture
def visit(chrome, tmp_path):
    """visit(html, clock, **context options) → the page, all explorers drawn."""
    with browser.visits(chrome) as go:

        def write(html, clock=False, **options):
            path = tmp_path / "index.html"
            path.write_text(html, encoding="utf-8")
            return go(path, clock, **options)

        yield write


def faces_on(page, *explorers):
    """The page's faces, of these explorers, in order."""
    roots = page.locator(".vx").all()
    return [Face(page, *each) for each in zip(roots, explorers, strict=True)]


def bodies(hosts, explorer):
    """One page on which each host holds one face of the explorer."""
    outputs = [host.replace("{}", faces.alone(explorer, {}, f"t{i}"))
               for i, host in enumerate(hosts)]  # fmt: skip
    return pages.document("".join(f"<section>{output}</section>" for output in outputs))


def colours(page, x, y, radius):
    """The pixels of the page as seen, (n, 3) in [0, 255], around a place of the window."""
    clip = {"x": x - radius, "y": y - radius, "width": 2 * radius, "height": 2 * radius}
    seen = matplotlib.image.imread(io.BytesIO(page.screenshot(clip=clip)))
    return 255 * seen[..., :3].reshape(-1, 3)


def test_a_grip_is_under_the_pointer_however_the_page_is_magnified(visit):
    """It goes where the mouse pressed the picture, and the canvas is as sharp as the page."""
    page = visit(bodies(pages.MAGNIFIED.values(), WALK))
    grown = (1.5, 1, 1.8, 1.3, 1.12)  # never fewer pixels than without a zoom
    for face, factor in zip(faces_on(page, *[WALK] * len(grown)), grown, strict=True):
        canvas = face.root.locator(".vx-main .vx-plane > canvas").first
        grip = face.root.locator(".vx-main .vx-grip")
        for u, v in ((0.65, 0.35), (0.4, 0.5)):
            canvas.scroll_into_view_if_needed()
            box = canvas.bounding_box()
            x, y = box["x"] + u * box["width"], box["y"] + v * box["height"]
            page.mouse.click(x, y)
            found = grip.first.bounding_box()
            assert abs(found["x"] + found["width"] / 2 - x) < 9
            assert abs(found["y"] + found["height"] / 2 - y) < 9
            face.check()
        wanted = factor * canvas.evaluate("(node) => node.clientWidth")
        assert canvas.evaluate("(node) => node.width") == pytest.approx(wanted, abs=1)


# [tag, left, top, width, height, font, letters] of everything in an explorer, from its corner.
LAYOUT = """(root) => {
  const from = root.getBoundingClientRect();
  const all = [root, ...root.querySelectorAll("*:not(option, [hidden])")];
  const shown = all.filter((node) => node.getClientRects().length);
  return shown.map((node) => {
    const { left, top, width, height } = node.getBoundingClientRect();
    const { font, letterSpacing, textTransform, color, opacity, display } = getComputedStyle(node);
    return [node.tagName, left - from.left, top - from.top, width, height,
            font, letterSpacing, textTransform, color, opacity, display];
  });
}"""

# Whether the letters of every slider's number stand from left to right.
IN_ORDER = """(root) => [...root.querySelectorAll("output")].every((output) => {
  const text = output.firstChild;
  const left = [...text.data].map((_, i) => {
    const range = document.createRange();
    range.setStart(text, i);
    range.setEnd(text, i + 1);
    return range.getBoundingClientRect().left;
  });
  return left.every((value, i) => i === 0 || value > left[i - 1]);
})"""


def gallery(host):
    """All explorers with one module, 800 pixels wide, inside the host."""
    places = "".join(faces.place(explorer, {}) for explorer in ALL)
    wide = f'<div style="width: 800px; margin: 0; display: block">{places}</div>'
    script = f"<script type=module>{faces.module(*ALL)}\nhydrate('[data-vx-pack]');</script>"
    styled = f"<style>{faces.style()}</style>{host.replace('{}', wide)}{script}"
    return pages.document(styled)


def seen(page):
    """Layout and pictures of all explorers; numbers must read from left to right."""
    found = []
    for face in faces_on(page, *ALL):
        assert face.root.evaluate(IN_ORDER)
        found.append((face.root.evaluate(LAYOUT), face.pictures()))
    return found


def test_no_page_changes_how_an_explorer_looks(visit):
    wanted = seen(visit(gallery("{}")))
    for name, host in pages.STYLED.items():
        for explorer, (layout, pictures), (now, drawn) in zip(
            ALL, wanted, seen(visit(gallery(host))), strict=True
        ):
            for old, new in zip(layout, now, strict=True):
                assert old[0] == new[0] and old[5:] == new[5:], (name, explorer.name)
                assert np.allclose(old[1:5], new[1:5], atol=0.1), (name, explorer.name, old, new)
            assert drawn == pictures, (name, explorer.name)


def test_several_of_one_kind_keep_to_themselves_and_take_nothing_of_the_page(visit):
    host = ('<form><input type=radio name=k id=k checked><i id="steps"></i><b id="start"></b>'
            "{}</form>")  # fmt: skip
    page = visit(pages.around(host, *[(STEPS, {"step": step}) for step in (0, 8, 20)]))
    three = faces_on(page, *[STEPS] * 3)
    states = [face.parameters() for face in three]
    pictures = [face.pictures() for face in three]
    assert len({state["step"] for state in states}) == 3
    for name in STEPS.controls:
        three[1].move(name, "keys")
        three[1].move(name, "pointer")
    three[1].check()
    for i in (0, 2):
        assert (three[i].parameters(), three[i].pictures()) == (states[i], pictures[i])
        assert three[i].root.evaluate(browser.STRAYS) == 0
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(({ id }) => id)")
    assert len(set(ids)) == len(ids)
    assert page.evaluate("document.querySelector('#k').checked")
    assert page.evaluate("['k', 'steps', 'start'].every((id) => "
                         "!document.getElementById(id).closest('.vx'))")  # fmt: skip


def test_what_was_hidden_is_drawn_when_it_is_shown(visit):
    page = visit(bodies(pages.HIDDEN.values(), NOISE))
    page.evaluate(pages.SHOW)
    for face in faces_on(page, *[NOISE] * len(pages.HIDDEN)):
        page.wait_for_function(
            "root => Object.values(root.explorer.canvases).every(({ at }) => at?.width > 99)",
            arg=face.root.element_handle(),
        )
        face.slide("keys")
        face.check()


# Notes in which scheme the first explorer is drawn, each time it changes.
SCHEMES = """() => {
  window.schemes = [];
  const root = document.querySelector(".vx");
  const note = () => window.schemes.push(root.hasAttribute("data-dark") ? "dark" : "light");
  new MutationObserver(note).observe(root, { attributeFilter: ["data-dark"] });
}"""


def test_paper_is_light_and_wide_enough(visit):
    page = visit(pages.around(pages.HOSTS["dark"], (WALK, {}), (STEPS, {})))
    found = faces_on(page, WALK, STEPS)
    dark = [face.pictures() for face in found]
    page.set_viewport_size({"width": 718, "height": 1000})  # A4 between its margins
    page.emulate_media(media="print")
    page.locator(".vx[data-dark]").first.wait_for(state="detached")
    for face, picture in zip(found, dark, strict=True):
        face.check()  # in light colours
        assert face.pictures() != picture
        cut = "n => n.getBoundingClientRect().right > innerWidth || n.scrollWidth > n.offsetWidth"
        assert face.root.evaluate(f"root => [...root.querySelectorAll('*')].filter({cut})") == []
    page.emulate_media(media="null")
    page.wait_for_function("document.querySelectorAll('.vx[data-dark]').length === 2")
    page.evaluate(SCHEMES)
    page.pdf()
    page.wait_for_function("schemes.join() === 'light,dark'")


def test_forced_colours_leave_the_pictures_and_readable_words(visit):
    page = visit(pages.around("{}", (WALK, {}), (WEIGH, {})), forced_colors="active")
    for face in faces_on(page, WALK, WEIGH):
        face.check()
        pairs = face.root.evaluate(
            "root => [...root.querySelectorAll('p, label, output, select, button, legend')].map("
            "(node) => getComputedStyle(node)).map((s) => [s.color, s.backgroundColor])"
        )
        assert all(text != ground for text, ground in pairs) and len(pairs) > 5
        face.unfold()
        slider = face.root.locator("input[type=range]").first
        slider.focus()
        page.keyboard.press("Shift")
        assert "solid 3px" in slider.evaluate("(node) => getComputedStyle(node).outline")


def test_play_stops_when_motion_becomes_unwanted(visit):
    html = pages.around("{}", (STEPS, {"step": 0}))
    page = visit(html, clock=True, reduced_motion="no-preference")
    [face] = faces_on(page, STEPS)
    play = face.root.locator(".vx-play")
    play.click()
    page.clock.run_for(500)
    page.emulate_media(reduced_motion="reduce")
    page.clock.run_for(500)
    still = face.parameters()
    page.clock.run_for(5000)
    assert face.parameters() == still and still["step"] > 0 and play.is_hidden()


def test_the_keys_of_a_control_do_not_turn_the_slides(visit):
    page = visit(pages.around("{}", (CREATURE, {}), (STEPS, {})))
    for face in faces_on(page, CREATURE, STEPS):
        face.unfold()
    page.evaluate("window.heard = []; document.addEventListener('keydown', (event) =>"
                  "window.heard.push(event.key))")  # fmt: skip
    for place, keys in {
        "input[type=range]": ("ArrowRight", "PageDown", "Home"),
        "select": ("ArrowDown", "b"),
        "input[type=radio]": ("ArrowRight",),
        ".vx-grip": (" ", "Enter", "PageDown", "Home"),
        "button:not(.vx-grip)": (" ", "Enter"),
    }.items():
        control = page.locator(place).first
        for key in keys:
            control.focus()
            page.keyboard.press(key)
    assert page.evaluate("heard") == []
    for key in ("PageDown", "Escape", "Control+ArrowRight"):
        page.keyboard.press(key)
    assert page.evaluate("heard") == ["PageDown", "Escape", "Control", "ArrowRight"]
