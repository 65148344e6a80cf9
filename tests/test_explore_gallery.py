"""The gallery in Chromium, as every visitor meets it: from a file, without network or kernel."""

import json

import pytest

from tests.helpers import browser
from tests.helpers.browser import Face
from tests.helpers.explorers import settings
from tests.helpers.whole import some
from tools import explorers
from vaelib.teaching import explore
from vaelib.teaching.explore import faces

pytestmark = pytest.mark.browser
ALL = [explore.load(name) for name in explore.NAMES]


@pytest.fixture(scope="module")
def gallery(tmp_path_factory):
    return explorers.gallery(ALL, tmp_path_factory.mktemp("gallery"))


@pytest.fixture
def visit(chrome, gallery):
    """visit(path, clock, **context options) → the page, the gallery if none is named."""
    with browser.visits(chrome) as go:
        yield lambda path=gallery, clock=False, **options: go(path, clock, **options)


def face_on(page, explorer):
    """Its face on a page without a kernel."""
    return Face(page, page.locator(f"#{explorer.name} .vx"), explorer)


@pytest.mark.parametrize("explorer", some(ALL, 3, first=1), ids=lambda e: e.name)
def test_every_control_draws_what_python_says(visit, tmp_path, explorer):
    page = visit(
        explorers.gallery([explorer], tmp_path, opening=False),
        viewport={"width": 1280, "height": 900},
    )
    face = face_on(page, explorer)
    face.check_all()
    face.move_fast()
    face.check()
    browser.SCREENS.mkdir(parents=True, exist_ok=True)
    face.root.screenshot(path=browser.SCREENS / f"{explorer.name}.png")


@pytest.mark.parametrize("explorer", ALL, ids=lambda e: e.name)
def test_what_the_browser_computes_is_drawn_at_ten_settings(visit, tmp_path, explorer):
    """Its scenes at many more settings are held to Python's in node."""
    face = face_on(visit(explorers.gallery([explorer], tmp_path, opening=False)), explorer)
    for values in settings(explorer, 10)[-10:]:
        face.js(f"face.set({json.dumps(values)})")
        assert face.parameters() == values
        face.check()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(visit, scheme):
    assert browser.violations(visit(color_scheme=scheme)) == []


@pytest.mark.parametrize("viewport", [(375, 800), (640, 450)], ids=["phone", "zoomed to 200 %"])
def test_nothing_overflows(visit, viewport):
    width, height = viewport
    page = visit(viewport={"width": width, "height": height}, device_scale_factor=2)
    wide = page.evaluate(
        "[...document.querySelectorAll('body *')].filter((node) => !node.closest('select')"
        " && node.getBoundingClientRect().right > innerWidth + 1).map((node) => node.outerHTML)"
    )
    assert wide == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width == 375:
        for e in ALL:
            page.locator(f"#{e.name} .vx").screenshot(path=browser.SCREENS / f"{e.name}-phone.png")


def test_touch_moves_sliders(visit):
    page = visit(has_touch=True, viewport={"width": 375, "height": 800})
    for explorer in ALL:
        face = face_on(page, explorer)
        face.unfold()
        place, before = face.root.locator("input[type=range]").first, face.parameters()
        place.evaluate("(node) => node.scrollIntoView({ block: 'end' })")
        for share in (0.25, 0.8):
            box = place.bounding_box()
            page.touchscreen.tap(box["x"] + share * box["width"], box["y"] + box["height"] / 3)
        assert face.parameters() != before, explorer.name
        face.check()


def test_focus_is_seen_and_reaches_every_control(visit):
    page = visit()
    for explorer in ALL:
        root = page.locator(f"#{explorer.name} .vx")
        face_on(page, explorer).unfold()
        for control in root.locator("input, select, button, summary, .vx-scrub").all():
            if not control.is_visible():  # Play, where motion is unwanted
                continue
            control.focus()
            page.keyboard.press("Shift")  # from here on the browser shows keyboard focus
            outline = control.evaluate("(node) => getComputedStyle(node).outline")
            assert "solid 3px" in outline
            assert control.evaluate("(node) => node.tabIndex") >= 0


def test_page_home_and_end_keys_move_sliders(visit):
    page = visit()
    for explorer in ALL:
        face = face_on(page, explorer)
        face.unfold()
        slider = face.root.locator("input[type=range]").first
        name, last = slider.get_attribute("name"), int(slider.get_attribute("max"))
        seen = []
        for key in ("End", "PageDown", "Home", "PageUp"):
            slider.focus()
            slider.press(key)
            seen.append(int(slider.evaluate("(input) => input.valueAsNumber")))
            assert face.parameters()[name] == face.values(name)[seen[-1]]
        assert seen[0] == last > seen[1] and seen[2] == 0 < seen[3]


PLAYER = next(e for e in ALL if e.play)


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_step_moves_by_one_and_play_runs_where_motion_is_wanted(visit, motion):
    page = visit(reduced_motion=motion, clock=True)
    face = face_on(page, PLAYER)
    values = face.values(PLAYER.play)
    face.js(f"face.set({{ {PLAYER.play}: {values[0]} }})")
    face.root.locator(".vx-step").click()
    assert face.parameters()[PLAYER.play] == values[1]
    face.check()
    play = face.root.locator(".vx-play")
    assert play.is_visible() == (motion != "reduce")
    if motion != "reduce":
        play.click()
        page.clock.run_for(round(2.5 * max(80, 6000 / len(values))))
        assert face.parameters()[PLAYER.play] == values[4] and play.inner_text() == "Pause"
        play.click()
        page.clock.run_for(60_000)
        assert face.parameters()[PLAYER.play] == values[4] and play.inner_text() == "Play"
        face.check()


def test_start_again_returns_to_the_start(visit):
    page = visit()
    for explorer in ALL:
        face = face_on(page, explorer)
        before = face.parameters()
        for name in explorer.controls:
            face.move(name, "keys")
        assert face.parameters() != before
        face.root.locator(".vx-reset").click()
        assert face.parameters() == before
        face.check()


def test_a_damaged_pack_gives_a_notice_and_leaves_the_rest_alive(visit, gallery, tmp_path):
    text = gallery.read_text(encoding="utf-8")
    first, second = ALL[:2]
    start = text.index('data-vx-pack="', text.index(f'id="{first.name}"')) + len('data-vx-pack="')
    path = tmp_path / "index.html"
    path.write_text(text[:start] + "AAAA" + text[start + 4 :], encoding="utf-8")
    page = visit(path)
    alert = page.locator(f"#{first.name} [role=alert]")
    assert "cannot be read" in alert.inner_text()
    face_on(page, second).check()


def test_a_scene_that_fails_gives_a_notice_and_the_next_one_clears_it(visit):
    page = visit()
    face = face_on(page, ALL[0])
    face.js("face.locally = () => { throw new Error('the array is NaN') }; face.ask()")
    notice = face.root.locator("[role=alert]")
    assert "the array is NaN" in notice.inner_text() and notice.is_visible()
    face.js("delete face.locally")
    face.move(face.slider, "keys")
    assert notice.is_hidden()
    face.check()


def test_many_in_one_notebook_keep_to_themselves(visit, tmp_path):
    """Each output brings its own copy of the module, as in a lesson's page; two are of one cell."""
    outputs = [faces.alone(e, {}, twin=f"{i}") for i, e in enumerate([*ALL, ALL[0], ALL[1]])]
    path = tmp_path / "index.html"
    path.write_text('<meta charset="utf-8">' + "".join(outputs), encoding="utf-8")
    page = visit(path)
    roots = page.locator(".vx").all()
    for explorer, root in zip([*ALL, ALL[0], ALL[1]], roots, strict=True):
        Face(page, root, explorer).check()
        assert root.evaluate(browser.STRAYS) == 0
    for root in roots:
        choices = root.locator("fieldset")
        assert root.locator("input[type=radio]:checked").count() == choices.count()


def test_drawn_when_a_hidden_page_is_shown_and_again_after_a_zoom(visit, gallery, tmp_path):
    path = tmp_path / "index.html"
    text = gallery.read_text(encoding="utf-8")
    path.write_text(text.replace("<main>", "<main hidden>"), encoding="utf-8")
    page = visit(path)
    face = face_on(page, ALL[0])
    assert face.js("return Object.values(face.canvases).every(({ at }) => at === null)")
    page.evaluate("document.querySelector('main').hidden = false")
    devtools = page.context.new_cdp_session(page)
    for ratio in (1, 2):  # the panels have the same width
        size = {"width": 2600 // ratio, "height": 1600 // ratio}
        screen = size | {"deviceScaleFactor": ratio, "mobile": False}
        devtools.send("Emulation.setDeviceMetricsOverride", screen)
        page.wait_for_function(
            "([root, ratio]) => Object.values(root.explorer.canvases).every("
            "({ at, canvas }) => at && canvas.width === Math.round(ratio * canvas.clientWidth))",
            arg=[face.root.element_handle(), ratio],
        )
        face.check()


def test_a_face_that_is_thrown_away_is_forgotten(visit):
    page = visit()
    page.evaluate(
        """() => {
          const roots = [...document.querySelectorAll(".vx")];
          window.faces = roots.map((root) => new WeakRef(root.explorer));
          document.querySelector("main").remove();
        }"""
    )
    devtools = page.context.new_cdp_session(page)
    kept = len(ALL)
    for _ in range(20):
        devtools.send("HeapProfiler.collectGarbage")
        kept = page.evaluate("faces.filter((face) => face.deref()).length")
    assert kept == 0
