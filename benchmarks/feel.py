"""How long the explorers take from a key to a picture, in headless Chromium: `make feel`.

For both faces of each explorer: 25 presses of an arrow key on its first slider, 150 ms apart; from
the browser's time stamp of the key to the moment when sentence and canvases are drawn, median and
90th percentile in milliseconds. "open" is `explore.show` and the first scene in a kernel that has
imported the explorers' modules and loaded no model.
"""

import re
import sys
import tempfile
from pathlib import Path

import numpy as np
from nbformat import v4, write

from tools import explorers
from tools.chrome import chromium, jupyterlab, run_all, wait_done
from vaelib.teaching import explore

# Notes the time stamp of each key, and how long after it the explorer has drawn.
MEASURE = """(root) => {
  root.times = [];
  for (const folded of root.querySelectorAll("details")) folded.open = true;
  root.querySelector("input[type=range]").focus();
  root.addEventListener("keydown", (event) => { root.pressed = event.timeStamp; });
  root.addEventListener("vx-drawn", () => {
    if (root.pressed) root.times.push(performance.now() - root.pressed);
    root.pressed = 0;
  });
}"""


def feel(page, root):
    """Milliseconds of 25 moves."""
    root.scroll_into_view_if_needed()
    root.evaluate(MEASURE)
    slider = root.locator("input[type=range]").first
    at, last = slider.evaluate("(input) => [input.valueAsNumber, Number(input.max)]")
    step = 1
    for _ in range(25):
        step = -1 if at == last else 1 if at == 0 else step
        at += step
        page.keyboard.press("ArrowRight" if step > 0 else "ArrowLeft")
        page.wait_for_timeout(150)
    return np.array(root.evaluate("(root) => root.times"))


def main():
    names = sys.argv[1:] or explore.NAMES
    chosen = [explore.load(name) for name in names]
    folder = Path(tempfile.mkdtemp())
    path = explorers.gallery(chosen, folder / "gallery")
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        without = without_kernel(page, names, path)
        with jupyterlab(folder) as lab:
            write(notebook(names), folder / "notebooks" / "feel.ipynb")
            live, opening = with_kernel(page, lab, chosen)
            page.close()
    print(f"{'explorer':<10}{'packed ms':>10}{'p90':>6}{'live ms':>9}{'p90':>6}{'open ms':>9}")
    for name, (a, b), (c, d), ms in zip(names, without, live, opening, strict=True):
        print(f"{name:<10}{a:10.1f}{b:6.1f}{c:9.1f}{d:6.1f}{ms:9.0f}")


def without_kernel(page, names, path):
    """The summary of each explorer of the gallery."""
    page.goto(path.as_uri())
    page.wait_for_function(
        "[...document.querySelectorAll('.vx')].every((root) => root.explorer?.shown)"
    )
    return [summary(feel(page, page.locator(f"#{name}"))) for name in names]


def with_kernel(page, lab, chosen):
    """The summary of each explorer of the notebook, and the milliseconds that each took to open."""
    lab.open(page, "feel")
    run_all(page)
    wait_done(page)
    opened = page.locator(".jp-OutputArea pre", has_text="opened").all_text_contents()
    live = page.locator(".vx:not([data-vx-twin])")
    titles = [page.locator(".vx-title", has_text=re.compile(f"^{e.title}$")) for e in chosen]
    summaries = [summary(feel(page, live.filter(has=title))) for title in titles]
    return summaries, [float(text.split()[1]) for text in opened]


def notebook(names):
    """One cell an explorer, behind one that imports."""
    cells = [v4.new_code_cell(code) for code in (IMPORTS, *map(OPEN.format, names))]
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


IMPORTS = """import time
from vaelib.teaching import explore
from vaelib.teaching.explore import faces
explorers = {name: explore.load(name) for name in explore.NAMES}"""
OPEN = """start = time.perf_counter()
explore.show("{0}")
explorers["{0}"].draw()
print("opened", round(1e3 * (time.perf_counter() - start)))"""


def summary(times):
    """Median and 90th percentile."""
    return [float(np.median(times)), float(np.quantile(times, 0.9))]


if __name__ == "__main__":
    main()
