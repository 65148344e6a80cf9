"""What the tests of the explorers share: a browser, and an explorer's face as a reader meets it.

A `Face` moves controls by keyboard and pointer, and compares what the browser drew with what the
Python function says: the sentence, every array, and the pixels of the canvases.
"""

import base64
import itertools
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from tests.helpers.explorers import alike
from tests.helpers.programs import missing
from tools import chrome
from vaelib.teaching.explore.files import PALETTE
from vaelib.teaching.explore.scene import Choice
from vaelib.teaching.explore.words import plain

BUILD = Path(__file__).resolve().parents[2] / "build"
SCREENS = BUILD / "screens"
AXE = BUILD / "axe" / "node_modules" / "axe-core" / "axe.min.js"


@contextmanager
def chromium():
    """The browser of these tests; where there is none they are skipped, on CI they fail."""
    try:
        with chrome.chromium() as browser:
            yield browser
    except chrome.NoBrowser as error:
        missing("Chromium", str(error))


@contextmanager
def visits(chrome):
    """visit(path, clock, **context options) → the page, all explorers drawn, as often as wanted.

    Any request or error of a page fails the test. With `clock` the page's time stands still, once
    it is drawn, but for run_for.
    """
    contexts, asked, errors = [], [], []

    def visit(path, clock=False, **options):
        # Where motion is wanted, a ghost hand would move what a test looks at.
        context = chrome.new_context(offline=True, **{"reduced_motion": "reduce"} | options)
        contexts.append(context)
        context.set_default_timeout(60_000)
        page = context.new_page()
        if clock:
            page.clock.install(time=0)
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: said.type == "error" and errors.append(said.text))
        page.goto(path.as_uri())
        page.wait_for_function(
            "[...document.querySelectorAll('.vx')].every((root) => root.explorer?.shown"
            " || root.querySelector('[role=alert]:not([hidden])'))"
        )
        if clock:
            page.clock.pause_at(3_600_000)
        return page

    try:
        yield visit
    finally:
        for context in contexts:
            context.close()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert errors == []


def violations(page, within="document", options="{}"):
    """What axe-core finds wrong there, in short; it must have looked at something.

    within : what to look at, in JavaScript
    """
    if not AXE.exists():
        missing("axe-core", "`make axe` installs it")
    page.add_script_tag(path=AXE)
    found = page.evaluate(f"axe.run({within}, {options})")
    assert len(found["passes"]) > 10
    return [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found["violations"]]


def swipe(page, places):
    """One finger along those places of the window; it rests at the last, so nothing glides on."""
    devtools = page.context.new_cdp_session(page)

    def touch(kind, points):
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        page.wait_for_timeout(20)

    touch("touchStart", [{"x": places[0][0], "y": places[0][1]}])
    for x, y in [*places[1:], *[places[-1]] * 5]:
        touch("touchMove", [{"x": x, "y": y}])
    touch("touchEnd", [])
    page.wait_for_timeout(400)


class Face:
    """An explorer on a page; `source`: its scenes come from the "browser" or the "kernel"."""

    def __init__(self, page, root, explorer, source="browser"):
        self.page, self.root, self.explorer, self.source = page, root, explorer, source
        sliders = [n for n, c in explorer.controls.items() if not isinstance(c, Choice)]
        self.slider = sliders[0]  # every explorer has one

    def js(self, body):
        return self.root.evaluate(f"root => {{ const face = root.explorer; {body} }}")

    def parameters(self):
        return self.js("return face.parameters")

    def values(self, name):
        """What the control offers here."""
        return self.js(f"return face.head.controls.find(c => c.name === '{name}').values")

    def settle(self):
        """Wait until what is drawn belongs to the controls."""
        self.page.wait_for_function(
            """([root, source]) => { const face = root.explorer, shown = face?.shown;
            if (!shown || shown.source !== source || !face.notice.hidden) return false;
            return JSON.stringify(shown.parameters) === JSON.stringify(face.parameters); }""",
            arg=[self.root.element_handle(), self.source],
            timeout=60_000,
        )

    def pictures(self):
        """What each canvas shows, as text."""
        return self.js(
            "return Object.fromEntries(Object.entries(face.canvases)"
            ".map(([name, { canvas }]) => [name, canvas.toDataURL()]))"
        )

    def arrays(self):
        """The arrays that are drawn; they come as bytes, for a list of numbers is slow to send."""
        kinds = {"Uint8Array": np.uint8, "Float32Array": np.float32, "Float64Array": np.float64}
        return {
            name: np.frombuffer(base64.b64decode(data), kinds[kind]).astype(float).reshape(shape)
            for name, kind, data, shape in self.root.evaluate(ARRAYS)
        }

    def check(self):
        """Sentence, arrays and pixels are those of the Python function; its Scene."""
        self.settle()
        scene = self.explorer.draw(**self.js("return face.shown.parameters"))
        words = (plain(scene.sentence), scene.more)
        for place, wanted in zip((".vx-sentence", ".vx-more p"), words, strict=True):
            said = self.root.locator(place).last.text_content()
            assert alike(said, wanted), (said, wanted)
        shown = self.arrays()
        assert set(shown) == set(scene.arrays)
        for name, wanted in scene.arrays.items():
            assert_close(name, shown[name], wanted)
        self.check_pixels(scene)
        return scene

    def check_pixels(self, scene):
        """Each panel's topmost line or points stand where the array says, in the mark's colour."""
        top = {
            mark.panel: name
            for name, mark in self.explorer.marks.items()
            if mark.kind in ("line", "points") and not (mark.fixed or mark.classes)
        }
        scheme = "light" if self.root.get_attribute("data-dark") is None else "dark"
        tones = PALETTE[scheme]["tones"]
        for panel, name in top.items():
            mark, axes = self.explorer.marks[name], self.explorer.panels[panel]
            points = np.unique(scene.arrays[name].reshape(-1, 2), axis=0)  # padding counts once
            width, height = axes.x.high - axes.x.low, axes.y.high - axes.y.low
            inside = (np.abs(points - [axes.x.low + width / 2, axes.y.low + height / 2])
                      < [0.48 * width, 0.48 * height]).all(1)  # fmt: skip
            if not inside.any():
                continue
            ring = mark.kind == "points" and mark.shape == "ring"
            radius = int(mark.size) + 2 if ring else 4  # out to a ring, or past a dash
            colour = [int(tones[mark.tone][i : i + 2], 16) for i in (1, 3, 5)]
            far = self.root.evaluate(LOOK, [panel, points[inside].tolist(), radius, colour])
            assert (np.array(far) < 110).mean() >= 0.5, (panel, name, far)

    def move_fast(self):
        """200 input events of the first slider, as fast as they come; its value is the last."""
        last = self.js(f"const name = '{self.slider}';{FAST_MOVES}")
        assert self.parameters()[self.slider] == last

    def unfold(self):
        """Open what is folded: the controls by number, and all numbers."""
        self.root.evaluate(
            "(root) => root.querySelectorAll('details').forEach((d) => (d.open = true))"
        )

    def slide(self, how, name=None):
        """Move a slider, the first one if none is named, by "keys" or, farther, by "pointer"."""
        self.unfold()
        slider = self.root.locator(f"input[name={name or self.slider}]")
        slider.scroll_into_view_if_needed()
        at, last = slider.evaluate("input => [input.valueAsNumber, +input.max]")
        if how == "keys":
            slider.focus()
            slider.press("ArrowLeft" if at == last else "ArrowRight")
        else:
            box = slider.bounding_box()
            x = box["x"] + box["width"] * (0.3 if at > last / 2 else 0.7)
            self.page.mouse.click(x, box["y"] + box["height"] / 2)

    def move(self, name, how):
        """Move one control by "keys" or by the "pointer"; the parameter must change."""
        before = self.parameters()[name]
        if isinstance(self.explorer.controls[name], Choice):
            self._choose(name, before, how)
        else:
            self.slide(how, name)
        assert self.parameters()[name] != before, f"{name} did not move by {how}"

    def _choose(self, name, before, how):
        self.unfold()
        values = self.explorer.controls[name].values
        other = values[(values.index(before) + 1) % len(values)]
        select = self.root.locator(f"select[name={name}]")
        radio = f'input[type=radio][name$="-{name}"]'
        if select.count():
            select.focus()
            if how == "keys":
                select.press("ArrowUp" if before == values[-1] else "ArrowDown")
            else:
                select.select_option(other)
        elif how == "keys":
            self.root.locator(f"{radio}:checked").focus()
            self.page.keyboard.press("ArrowRight")
        else:
            option = self.page.locator(f'{radio}[value="{other}"]')
            self.root.locator("label", has=option).click()

    def few(self, mark, array, old):
        """Points that came or went: they may lie where nothing is seen of them."""
        return self.explorer.marks[mark].kind == "points" and array.shape != old.arrays[mark].shape

    def check_all(self):
        """Every control by keyboard and by pointer; all that is seen follows Python."""
        old, pictures = self.check(), self.pictures()
        for name, how in itertools.product(self.explorer.controls, ("keys", "pointer")):
            self.move(name, how)
            scene, now = self.check(), self.pictures()
            changed = {
                self.explorer.marks[mark].panel
                for mark, array in scene.arrays.items()
                if moved(array, old.arrays[mark]) and not self.few(mark, array, old)
            }
            same = {panel for panel in changed if now[panel] == pictures[panel]}
            assert not same, f"{name} by {how}: panels {same} did not change"
            old, pictures = scene, now


# How many labels name a control that is not their explorer's.
STRAYS = """(root) => [...root.querySelectorAll("label")]
  .filter((label) => !root.contains(label.control)).length"""

FAST_MOVES = """
  const input = root.querySelector(`input[type=range][name=${name}]`), last = +input.max;
  for (let i = 1; i <= 200; i++) {
    input.value = Math.round((i * 7919) % (last + 1));
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const control = face.head.controls.find((c) => c.name === input.name);
  return control.values[+input.value];
"""

# [name, kind, bytes in base 64, shape] of every array that is drawn.
ARRAYS = """(root) => Object.entries(root.explorer.shown.arrays).map(([name, { data, shape }]) => {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return [name, data.constructor.name, btoa(text), shape];
})"""

# How far the nearest pixel within a radius is from the colour, at places in the panel's units.
LOOK = """(root, [name, points, radius, colour]) => {
  const { canvas, at } = root.explorer.canvases[name];
  const ratio = canvas.width / canvas.clientWidth, ctx = canvas.getContext("2d");
  const r = Math.round(radius * ratio), side = 2 * r + 1;
  return points.map(([x, y]) => {
    const [px, py] = [at.x(x) * ratio, at.y(y) * ratio].map(Math.round);
    const { data } = ctx.getImageData(px - r, py - r, side, side);
    let nearest = 255;
    for (let i = 0; i < data.length; i += 4) {
      const far = Math.max(...colour.map((level, c) => Math.abs(data[i + c] - level)));
      nearest = Math.min(nearest, far);
    }
    return nearest;
  });
}"""


def moved(array, old):
    """Far enough that a canvas must look different."""
    if array.shape != old.shape:
        return True
    change, span = np.abs(array.astype(float) - old), np.append(np.abs(old), 1e-9).max()
    return bool(change.size and change.max() > 0.1 * span)


def assert_close(name, shown, wanted):
    """Pixels within a grey level, a few within eight; floats to single precision."""
    assert shown.shape == wanted.shape, name
    if wanted.dtype == np.uint8:
        apart = np.abs(shown - wanted.astype(float))  # a nearest moon is found to some decimals
        assert apart.max(initial=0) <= 8 and (apart > 1).sum() <= 0.03 * apart.size, name
    else:
        np.testing.assert_allclose(shown, wanted, rtol=1e-4, atol=1e-5, err_msg=name)
