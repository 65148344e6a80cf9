"""What a browser finds on the site's pages.

python -m tools.site.audit      a table of all pages, 1 where one has a fault
"""

import sys
from typing import NamedTuple

from tools import chrome
from tools.site.__main__ import SITE

WIDTHS = 1280, 375

COUNT = """() => {
  const all = (query) => [...document.querySelectorAll(query)];
  const raw = /\\$\\$|\\\\(tag\\{|math|frac|textbf)|\\{code-cell/g;
  const plain = ({ alt }) => !alt || /^\\.\\.|_images|<Figure|No description/.test(alt);
  const prose = document.querySelector("article")?.cloneNode(true);
  prose?.querySelectorAll("code, pre, script, mjx-container").forEach((node) => node.remove());
  return {
    formulas: all("mjx-container").length,
    errors: all("mjx-merror, [data-mjx-error]").length,
    raw: (prose?.textContent.match(raw) ?? []).length,
    unnamed: all("article img").filter(plain).map(({ src }) => src.split("/").pop()),
    explorers: all(".vx").length,
  };
}"""
READY = """() => {
  const all = (query) => [...document.querySelectorAll(query)];
  const drawn = all(".vx").every((root) => root.querySelector("canvas, svg"));
  return drawn && all("mjx-container").length >= all(".math").length;
}"""


class Page(NamedTuple):
    """What was seen of one page."""

    name: str
    seen: dict
    wide: dict  # {width of the window: width of the page}
    asked: list  # requests that left the folder
    errors: list  # of scripts

    def faults(self):
        """One sentence for each."""
        return [
            *(f"asks {url}" for url in self.asked),
            *(f"error: {text}" for text in self.errors),
            *(f"{self.seen[key]} {key}" for key in ("errors", "raw") if self.seen[key]),
            *(f"no alternative text: {name}" for name in self.seen["unnamed"]),
            *(f"{wide} px on {width}" for width, wide in self.wide.items() if wide > width),
        ]


def pages(folder=SITE):
    """Every page of the site."""
    return sorted(path for path in folder.rglob("*.html") if "_static" not in path.parts)


def look(context, path):
    """Open a page from its file, until formulas and explorers are drawn; a Page."""
    asked, errors = [], []
    page = context.new_page()
    own = ("file:", "data:", "blob:")
    page.on("request", lambda request: request.url.startswith(own) or asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(path.as_uri())
    page.wait_for_function(READY, timeout=120_000)
    seen, wide = page.evaluate(COUNT), {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide[width] = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    return Page(str(path), seen, wide, asked, errors)


def quiet(browser, **options):
    """A context of the browser in which nothing moves, and nothing is fetched."""
    return browser.new_context(offline=True, reduced_motion="reduce", **options)


def main():
    """Look at every page."""
    faulty = 0
    with chrome.chromium() as browser:
        context = quiet(browser)
        for path in pages():
            page = look(context, path)
            name, seen, faults = path.relative_to(SITE), page.seen, "; ".join(page.faults())
            faulty += bool(faults)
            print(f"{name!s:48} {seen['formulas']:4} formulas {seen['explorers']:3} explorers  "
                  f"{faults or 'no fault'}")  # fmt: skip
    return bool(faulty)


if __name__ == "__main__":
    sys.exit(main())
