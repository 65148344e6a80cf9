"""What a browser finds on the site's pages.

python -m tools.site.audit      a table of all pages, 1 where one has a fault
"""

import sys
from typing import NamedTuple

from tools import chrome
from tools.site.address import ROOT

SITE = ROOT / "build" / "site"
WIDE, NARROW = 1280, 375

COUNT = """() => {
  const all = (query) => [...document.querySelectorAll(query)];
  const raw = /\\$\\$|\\\\tag\\{|\\{code-cell/g;
  const plain = ({ alt }) => !alt || /^\\.\\.|_images|<Figure|No description/.test(alt);
  const prose = document.querySelector("article")?.cloneNode(true);
  prose?.querySelectorAll("code, pre, script, mjx-container").forEach((node) => node.remove());
  return {
    width: document.documentElement.scrollWidth,
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
    """What was seen of one page at one width."""

    name: str
    width: int
    seen: dict
    asked: list  # requests that left the folder
    errors: list  # of scripts

    def faults(self):
        """One sentence for each."""
        seen = self.seen
        return [
            *(f"asks {url}" for url in self.asked),
            *(f"error: {text}" for text in self.errors),
            *(f"{seen[key]} {key}" for key in ("errors", "raw") if seen[key]),
            *(f"no alternative text: {name}" for name in seen["unnamed"]),
            *([f"{seen['width']} px wide"] if seen["width"] > self.width else []),
        ]


def pages(folder=SITE):
    """Every page, the shortest way to each."""
    return sorted(path for path in folder.rglob("*.html") if "_static" not in path.parts)


def look(browser, path, width, **options):
    """Open a page from its file, until formulas and explorers are drawn; a Page."""
    asked, errors = [], []
    context = browser.new_context(
        offline=True, viewport={"width": width, "height": 900}, reduced_motion="reduce", **options
    )
    page = context.new_page()
    own = ("file:", "data:", "blob:")
    page.on("request", lambda r: r.url.startswith(own) or asked.append(r.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(path.as_uri())
    page.wait_for_function(READY, timeout=120_000)
    seen = page.evaluate(COUNT)
    context.close()
    return Page(str(path), width, seen, asked, errors)


def main():
    """Look at every page at two widths."""
    faulty = 0
    with chrome.chromium() as browser:
        for path in pages():
            for width in (WIDE, NARROW):
                page = look(browser, path, width)
                name, seen = path.relative_to(SITE), page.seen
                faults = "; ".join(page.faults())
                faulty += bool(faults)
                print(f"{name!s:50} {width:5} {seen['formulas']:4} formulas "
                      f"{seen['explorers']} explorers  {faults or 'no fault'}")  # fmt: skip
    return bool(faulty)


if __name__ == "__main__":
    sys.exit(main())
