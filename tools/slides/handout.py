"""The decks on paper: build/slides/NN.pdf, a slide a page, and NN-notes.pdf, with what is said."""

from tools import chrome
from tools.slides import look, page, read

FORMS = {"": "", "-notes": "=notes"}

# An explorer stands still on paper: each of its pictures as it is drawn.
STILL = """async () => {
  await new Promise((done) => setTimeout(done, 200));
  for (const canvas of document.querySelectorAll(".vx canvas")) {
    if (!canvas.width || !canvas.clientWidth) continue;
    const still = new Image();
    still.src = canvas.toDataURL();
    still.alt = canvas.getAttribute("aria-label") ?? "";
    still.style.cssText = canvas.style.cssText;
    still.style.width = `${canvas.clientWidth}px`;
    still.style.height = `${canvas.clientHeight}px`;
    await still.decode();
    canvas.replaceWith(still);
  }
}"""


def write(browser, number, folder=page.SLIDES):
    """Write both PDFs of a deck that `make slides` has written; their paths."""
    context = look.quiet(browser, device_scale_factor=2, color_scheme="light")
    paths = []
    for suffix, form in FORMS.items():
        tab = context.new_page()
        tab.goto(f"{(folder / f'{number}.html').as_uri()}?handout{form}")
        tab.evaluate(look.READY)
        tab.evaluate(STILL)
        paths.append(folder / f"{number}{suffix}.pdf")
        tab.pdf(path=paths[-1], prefer_css_page_size=True, print_background=True, outline=True,
                tagged=True)  # fmt: skip
        tab.close()
    context.close()
    return paths


def main(numbers):
    """Write the PDFs of these decks."""
    with chrome.chromium() as browser:
        for deck in read.decks(numbers):
            for path in write(browser, deck.number):
                print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")
