"""How long the explorers take from a key to a picture, in headless Chromium: `make feel`.

For both faces of each explorer: 25 presses of an arrow key on its first slider, 150 ms apart; from
the browser's time stamp of the key to the moment when sentence and canvases are drawn, median and
90th percentile in milliseconds. "open" is `explore.show` and the first scene in a kernel that has
imported the explorers' modules and loaded no model.
"""

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
    cells = [v4.new_code_cell(IMPORTS)]
    for name in names:
        cells.append(v4.new_code_cell(OPEN.format(name)))
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    nb = v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    rows = {name: [] for name in names}
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(path.as_uri())
        page.wait_for_function(
            "[...document.querySelectorAll('.vx')].every((root) => root.explorer?.shown)"
        )
        for name in names:
            rows[name] += summary(feel(page, page.locator(f"#{name}")))
        with jupyterlab(folder) as lab:
            write(nb, folder / "notebooks" / "feel.ipynb")
            lab.open(page, "feel")
            run_all(page)
            wait_done(page)
            opened = page.locator(".jp-OutputArea pre", has_text="opened").all_text_contents()
            for name, explorer, text in zip(names, chosen, opened, strict=True):
                live = page.locator(".vx:not([data-vx-twin])").filter(has_text=explorer.title)
                rows[name] += [*summary(feel(page, live)), float(text.split()[1])]
            page.close()
    print(f"{'explorer':<10}{'packed ms':>10}{'p90':>6}{'live ms':>9}{'p90':>6}{'open ms':>9}")
    for name, (a, b, c, d, opening) in rows.items():
        print(f"{name:<10}{a:10.1f}{b:6.1f}{c:9.1f}{d:6.1f}{opening:9.0f}")


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
