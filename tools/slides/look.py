"""What a room sees of a deck: in Chromium every slide is shown with all its steps, and measured."""

from pathlib import Path
from typing import NamedTuple

from tools import chrome
from tools.slides import page, read

SIZES = (1280, 720), (1920, 1080)
LOWEST, TEXT, IN_FACE = 712, 23.9, 18.6  # px; 14 pt are 18.7 px
OWN = "file:", "data:", "blob:"

READY = """async () => {
  const drawn = () => {
    const all = (query) => [...document.querySelectorAll(query)];
    return all(".vx[data-vx-form]:not(.vp)").every((root) => root.explorer)
      && all(".vq").every((root) => root.prediction);
  };
  while (!globalThis.deck?.ready || !drawn()) await new Promise((done) => setTimeout(done, 20));
  await deck.ready;
}"""

MEASURE = Path(__file__).with_name("measure.js").read_text(encoding="utf-8")
MEASURE = MEASURE[MEASURE.index("async") :].rstrip(";\n")  # one expression


class Seen(NamedTuple):
    """A deck in one window."""

    number: str
    window: tuple
    slides: list  # what MEASURE found
    asked: list  # requests that left the folder
    errors: list  # of scripts

    def faults(self):
        """One sentence for each."""
        found = [f"asks {url}" for url in self.asked] + [f"error: {text}" for text in self.errors]
        for place, slide in enumerate(self.slides, 1):
            each = faults(slide)
            found += [f"slide {place}, {slide['title']!r}: {fault}" for fault in each]
        return [f"{self.number} at {self.window[0]}×{self.window[1]}: {fault}" for fault in found]

    @property
    def tallest(self):
        """How far down the slides reach, of 720."""
        return max(slide["bottom"] for slide in self.slides)


def faults(slide):
    """What is wrong with a slide as it is shown."""
    if slide["bottom"] > LOWEST:
        yield f"it reaches down to {slide['bottom']} px, its frame has {LOWEST}"
    if slide["above"] > 2:
        yield f"too tall: it reaches {slide['above']} px up into its title"
    if slide["right"] > 1280:
        yield f"it reaches {slide['right']} px to the right, its frame has 1280"
    if slide["across"] > 2:
        yield f"it reaches {slide['across']} px out of its column"
    for width, height in slide["pictures"]:
        if width < 640 and height < 350:
            yield f"a figure of {width}×{height} px is less than half the slide"
    for text in slide["texts"]:
        if text["size"] < (IN_FACE if text["face"] else TEXT):
            yield f"text of {text['size']} px: {text['text'][:40]!r}"
    if slide["broken"]:
        yield f"{slide['broken']} broken pictures, formulas or explorers"


def look(tab, path):
    """Show a deck in the tab, in windows of both sizes; a Seen for each."""
    asked, errors = [], []
    heard = {
        "request": lambda request: request.url.startswith(OWN) or asked.append(request.url),
        "pageerror": lambda error: errors.append(str(error)),
    }
    for event, hear in heard.items():
        tab.on(event, hear)
    tab.set_viewport_size({"width": SIZES[0][0], "height": SIZES[0][1]})
    tab.goto(path.as_uri())
    tab.evaluate(READY)
    seen = []
    for width, height in SIZES:
        tab.set_viewport_size({"width": width, "height": height})
        seen.append(Seen(path.stem, (width, height), tab.evaluate(MEASURE), asked, errors))
    for event, hear in heard.items():
        tab.remove_listener(event, hear)
    return seen


def quiet(browser, **options):
    """A context in which nothing moves and nothing is fetched."""
    return browser.new_context(offline=True, reduced_motion="reduce", **options)


def main(numbers):
    """Print what is wrong with these decks; how many faults."""
    found = []
    with chrome.chromium() as browser:
        tab = quiet(browser).new_page()
        for deck in read.decks(numbers):
            seen = look(tab, page.SLIDES / f"{deck.number}.html")
            found += [fault for each in seen for fault in each.faults()]
            print(f"{deck.number}  tallest {' and '.join(f'{each.tallest} px' for each in seen)}")
    print("\n".join(found) if found else "every slide fits")
    return len(found)
