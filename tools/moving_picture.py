"""The README's moving picture: the playground's own page, while a hand draws.

python -m tools.moving_picture      docs/playground.webp, and its end, docs/playground-still.webp,
                                    for readers who want no motion; some minutes

WebP, for every browser shows it, and so every public host: as a GIF the same frames take four times
the bytes, with a colour in place of a shade. Nothing in it depends on how fast the machine is:
between two frames the models train a set number of rounds, and a frame is taken when they rest.
"""

import io
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

from tools import chrome, explorers
from vaelib.data.crescent import crescent

DOCS = Path(__file__).resolve().parents[1] / "docs"
STATE = "points=&hide=tools,stamps,settings,strips,time,sentence,challenges,share"
WIDTH, SHARP = 960, 1.3  # of the window in CSS pixels, and pixels to one of these
STROKE, AT_ONCE = 240, 10  # places along the hand's way, and between two frames
LAST, RACE = 600, 52  # rounds, and the frames in which they are trained
BEAT, REST = 100, 2000  # ms: a frame, the last one
QUALITY = 70  # of WebP
FACE = "document.querySelector('#playground .vp').explorer"
HAND = """<svg id="hand" width="22" height="30" viewBox="0 0 11 15" style="position: fixed;
  pointer-events: none; z-index: 9"><path d="M0 0v12.6l3-2.8 2.1 4.9 2.2-1-2.1-4.7h4.3z"
  fill="#111" stroke="#fff" stroke-width=".9"/></svg>"""


def main():
    """Write both pictures, and say how large they are."""
    with tempfile.TemporaryDirectory() as folder, chrome.chromium() as browser:
        address = explorers.gallery([], Path(folder)).as_uri()
        page = browser.new_page(
            viewport={"width": WIDTH, "height": 900},
            device_scale_factor=SHARP,
            color_scheme="light",
            reduced_motion="reduce",
        )
        page.goto(f"{address}#playground?{STATE}")
        page.wait_for_function(f"{FACE}?.bench")
        page.add_style_tag(
            content=".vp-words { display: none !important }"
        )  # they wait for a press
        frames = [*film(page)]
    save(frames, DOCS / "playground.webp")
    save(frames[-1:], DOCS / "playground-still.webp")
    print(f"{len(frames)} frames of {' × '.join(map(str, frames[0].size))} pixels")


def film(page):
    """Frames: a hand draws the crescent, then the models go on to their rest."""
    page.evaluate(f"{FACE}.run(false)")
    page.evaluate("(hand) => document.body.insertAdjacentHTML('beforeend', hand)", HAND)
    places = way(page.locator("#playground canvas").first.bounding_box())
    for i, place in enumerate(places):
        page.mouse.move(*place)
        if i == 0:
            page.mouse.down()
        if i % AT_ONCE == 0:
            yield frame(page, i // AT_ONCE, place)
    page.mouse.up()
    for rounds in np.geomspace(STROKE // AT_ONCE, LAST, RACE).round():
        yield frame(page, rounds)


def way(box):
    """Where a hand goes along a crescent, from horn to horn, in the window: (STROKE, 2).

    The page takes a point where the hand has gone far enough from the last one.
    """
    x, along = crescent(STROKE, random_state=0)
    x1, x2 = x[along.argsort()].numpy().T
    return np.stack([3.2 + x1, 3.2 - x2], axis=1) / 6.4 * box["width"] + [box["x"], box["y"]]


def frame(page, rounds, hand=(-50, -50)):
    """A picture, once so many rounds are trained and all that is seen shows them."""
    page.evaluate(
        "([x, y]) => Object.assign(document.querySelector('#hand').style,"
        " { left: `${x}px`, top: `${y}px` })",
        [*hand],
    )
    page.evaluate(f"(until) => {FACE}.send({{ until, run: true }})", int(rounds))
    page.wait_for_function(
        f"(rounds) => {{ const face = {FACE}; return face.round >= rounds && !face.running"
        " && (face.numbers?.round === face.round || !face.trained); }",
        arg=int(rounds),
    )
    page.wait_for_timeout(100)  # one panel is made fresh at a time
    shot = page.locator("#playground .vp").screenshot()
    return Image.open(io.BytesIO(shot)).convert("RGB")


def save(frames, path):
    """One picture of those frames; more than one move, and begin again."""
    first, *others = frames
    times = {"loop": 0, "duration": [BEAT] * len(others) + [REST]} if others else {}
    first.save(path, save_all=True, append_images=others, quality=QUALITY, method=4, **times)
    print(f"{path}: {path.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
