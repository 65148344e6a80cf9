"""How fast the playground trains and draws, in headless Chromium: the second half of `make feel`.

500 crescent points, networks of 2-32-32 units, all four models, exact log p(x) included: rounds a
second, frames a second, the longest frame, and the time until the first picture; after `WARM`
seconds, over `SECONDS`. The load is the machine's, this page's own part of it included.
"""

import os
import tempfile
from pathlib import Path

import numpy as np

from tools.chrome import chromium
from vaelib.teaching.explore import playground

WARM, SECONDS = 3, 10
STATE = "stamp=crescent&n=500&rounds=1000000"
PAGE = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Playground</title><body>'

MEASURE = """async (seconds) => {
  const face = document.querySelector(".vp").explorer;
  const times = [performance.now()];
  const start = face.round;
  while (times.at(-1) - times[0] < 1000 * seconds) {
    await new Promise(requestAnimationFrame);
    times.push(performance.now());
  }
  return { rounds: face.round - start, times, worker: Boolean(face.bench.worker) };
}"""
FIRST = """
const look = () => {
  if (!document.querySelector(".vp")?.explorer?.shown) requestAnimationFrame(look);
  else globalThis.first = performance.now();
};
look();
"""


def main():
    path = Path(tempfile.mkdtemp()) / "playground.html"
    path.write_text(PAGE + playground.alone(STATE), encoding="utf-8")
    module = len(playground.module().encode())
    print(f"module {module / 1e3:.0f} kB, style {len(playground.styles().encode()) / 1e3:.0f} kB")
    with chromium() as browser:
        for before in ("", "window.Worker = undefined"):
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.add_init_script(FIRST + before)
            page.goto(path.as_uri())
            page.wait_for_function("globalThis.first")
            first = page.evaluate("first")
            page.wait_for_timeout(1000 * WARM)
            found = page.evaluate(MEASURE, SECONDS)
            frames = np.diff(found["times"])
            load = os.getloadavg()[0]
            where = "worker" if found["worker"] else "page"
            print(
                f"{where:<7}{found['rounds'] / SECONDS:6.0f} rounds/s"
                f"{len(frames) / SECONDS:6.0f} frames/s, longest {frames.max():4.0f} ms, "
                f"99 % under {np.quantile(frames, 0.99):3.0f} ms, first picture {first:4.0f} ms, "
                f"load {load:.1f}"
            )
            page.close()


if __name__ == "__main__":
    main()
