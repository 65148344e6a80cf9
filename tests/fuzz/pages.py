"""Explorers with random parameters on random pages: all that is drawn is what Python says.

python -m tests.fuzz.pages --cases 200 --seed 0

A case is one page: a random host around one or two faces of a random explorer, a third of them with
a kernel, which answers from this process. Their controls are moved in random order, by keys, by
pointer and by parameters on and off the grid. After each move the sentence, every array and the
pixels are compared. Nothing may throw, and nothing may be asked of a network.
"""

import argparse
import base64
import collections
import tempfile
import time
import traceback
from pathlib import Path

import numpy as np

from tests.helpers import browser, pages
from tests.helpers.browser import Face
from vaelib.teaching import explore
from vaelib.teaching.explore import faces
from vaelib.teaching.explore.files import stored
from vaelib.teaching.explore.scene import Choice

MOVES = 3  # of each face

# The live face in place of its twin, as anywidget would show it.
RENDER = """async ([module, pack, parameters]) => {
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const state = { pack: new DataView(bytes(pack).buffer), parameters, twin: "t0" };
  const handlers = {};
  const model = {
    get: (name) => state[name],
    on: (name, handler) => (handlers[name] = handler),
    off: (name) => delete handlers[name],
    send: async (message) => {
      const [reply, data] = await window.python(message);
      handlers["msg:custom"]?.(reply, [new DataView(bytes(data).buffer)]);
    },
  };
  const text = new Blob([module], { type: "text/javascript" });
  const { default: widget } = await import(URL.createObjectURL(text));
  const el = document.createElement("div");
  document.querySelector("[data-vx-twin=t0]").after(el);
  await widget.render({ model, el });
}"""


def place(explorer, random):
    """A value for each of some controls: on the grid, at its ends, or anywhere between."""
    names = [name for name in explorer.controls if random.random() < 0.7]
    return {name: value(explorer.controls[name], random) for name in names}


def value(control, random):
    """A value of the control."""
    if isinstance(control, Choice):
        return str(random.choice(control.values))
    low, high = control.values[0], control.values[-1]
    anywhere = random.uniform(low, high)
    return float(random.choice([low, high, random.choice(control.values), anywhere, anywhere]))


def connect(page, explorer, parameters):
    """The live face on the page; its scenes come from `faces.Live`."""
    live, sent = faces.Live(explorer, parameters), []
    live.send = lambda content, buffers=(): sent.append((content, b"".join(buffers)))

    def python(message):
        live._answer(live, message, [])
        content, data = sent.pop()
        return [content, base64.b64encode(data).decode()]

    page.expose_function("python", python)
    pack = base64.b64encode(stored(explorer.name)).decode()
    page.evaluate(RENDER, [faces.module(explorer), pack, explorer.check(parameters)])
    return Face(page, page.locator(".vx:not([data-vx-twin])"), explorer, "kernel")


def options(random, wide):
    """How the reader's browser is set; `wide`: the page is too wide for a phone."""
    width = int(random.choice([375, 800, 1300]))
    return {
        "color_scheme": str(random.choice(["light", "dark"])),
        "forced_colors": str(random.choice(["none", "none", "active"])),
        "reduced_motion": str(random.choice(["reduce", "no-preference"])),
        "device_scale_factor": float(random.choice([1, 1.5, 2])),
        "viewport": {"width": 1300 if wide else width, "height": 900},
    }


def case(chrome, folder, random):
    """One page; yields the source of each scene that was compared."""
    explorer = explore.load(str(random.choice(explore.NAMES)))
    host = str(random.choice(list(pages.HOSTS)))
    given = [(explorer, place(explorer, random)) for _ in range(random.integers(1, 3))]
    path = folder / "index.html"
    path.write_text(pages.around(pages.HOSTS[host], *given), encoding="utf-8")
    with browser.visits(chrome) as visit:
        page = visit(path, **options(random, wide=host in [*pages.MAGNIFIED, "slides"]))
        page.evaluate(pages.SHOW)
        shown = [
            Face(page, page.locator(f"[data-vx-twin=t{i}]"), explorer) for i in range(len(given))
        ]
        if random.random() < 1 / 3:
            shown[0] = connect(page, *given[0])
        for face in shown:
            yield from compare(face, random)
        for face in shown:  # the one has not moved the other
            face.check()


def compare(face, random):
    """Move the face's controls; yields its source at each scene that is right."""
    face.js("if (face.hand) face.hand.touched = true")  # where motion is wanted, no ghost moves it
    face.check()
    yield face.source
    names = random.permutation(list(face.explorer.controls))[:MOVES]
    for name in map(str, names):
        how = str(random.choice(["keys", "pointer", "set"]))
        if how in ("keys", "pointer"):
            face.move(name, how)
        else:
            face.js(f"face.set({{ {name}: {value(face.explorer.controls[name], random)!r} }})")
        scene = face.check()
        assert scene.sentence.strip()
        yield face.source


def run(cases, seed, say=print):
    """(scenes compared by source, what failed) of so many cases."""
    compared, failed = collections.Counter(), []
    with browser.chromium() as chrome, tempfile.TemporaryDirectory() as folder:
        for i in range(cases):
            try:
                compared.update(case(chrome, Path(folder), np.random.default_rng([seed, i])))
            except Exception:
                failed.append((i, traceback.format_exc(limit=-3)))
                say(f"case {i}: {failed[-1][1]}")
    return compared, failed


def main(argv=None):
    """Run the cases and say how many scenes were compared; 1 where one failed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args(argv)
    start = time.monotonic()
    compared, failed = run(args.cases, args.seed)
    sources = ", ".join(f"{n} {source}" for source, n in sorted(compared.items()))
    print(f"{args.cases} cases, {compared.total()} scenes ({sources}), {len(failed)} failed, "
          f"{time.monotonic() - start:.0f} s")  # fmt: skip
    return bool(failed)


if __name__ == "__main__":
    raise SystemExit(main())
