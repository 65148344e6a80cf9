"""The explorers in JupyterLab: every lesson that has one runs, and its controls draw what the
Python function says; a kernel that is busy, restarted, dead or shut down leaves packed scenes.
"""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import nbformat
import psutil
import pytest

from tests.helpers import browser
from tests.helpers.browser import Face, chromium
from tests.test_explore_gallery import FAST_MOVES
from tools.chrome import jupyterlab, own, run_all, wait_done
from vaelib.teaching import explore
from vaelib.teaching.explore import faces

ROOT = Path(__file__).resolve().parents[1]
ALL = [explore.load(name) for name in explore.NAMES]
LESSONS = sorted({lesson for explorer in ALL for lesson in explorer.lessons})
PLAIN = next(e for e in ALL if not e.evaluator and e.name == "balance")


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    with jupyterlab(tmp_path_factory.mktemp("lab")) as lab:
        yield lab


@pytest.fixture(scope="module")
def chrome():
    with chromium() as browser:
        yield browser


@pytest.fixture
def open_notebook(lab, chrome):
    """open_notebook(name) → its page, every cell run from a fresh kernel."""
    contexts = []

    def go(name, wait=600_000):
        context = chrome.new_context(viewport={"width": 1400, "height": 1000})
        contexts.append(context)
        context.set_default_timeout(60_000)
        page = context.new_page()
        lab.open(page, name)
        run_all(page)
        if wait:
            wait_done(page, wait)
        return page

    yield go
    for context in contexts:
        context.close()
    lab.shut_down_kernels()


def live(page, explorer):
    """Its live face, which has taken the place of the packed one."""
    root = page.locator(".jp-OutputArea .vx:not([data-vx-twin])").filter(has_text=explorer.title)
    root.scroll_into_view_if_needed()
    assert root.count() == 1 and page.locator(f".vx#{explorer.name}").count() == 0
    assert root.evaluate(browser.STRAYS) == 0
    return Face(page, root, explorer, "kernel")


def errors_on(page):
    return page.locator(".jp-OutputArea pre").filter(has_text="Traceback (most recent call last)")


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_runs_and_its_explorers_follow_every_control(open_notebook, name):
    page = open_notebook(name)
    errors = errors_on(page)
    raising = sum(
        "raises-exception" in cell.metadata.get("tags", [])
        for cell in nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4).cells
    )
    assert errors.count() == raising, errors.all_inner_texts()
    for explorer in ALL:
        if name in explorer.lessons:
            face = live(page, explorer)
            face.check_all()
            browser.SCREENS.mkdir(parents=True, exist_ok=True)
            face.root.screenshot(path=browser.SCREENS / f"{explorer.name}-lab.png")


def write(lab, name, cells):
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    nb = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(nb, lab.folder / "notebooks" / f"{name}.ipynb")


@pytest.fixture
def scratch(lab, open_notebook):
    """scratch(*codes) → the page of a notebook with these cells, run; and its kernel's path."""

    def go(*codes, wait=120_000):
        write(lab, "scratch", [nbformat.v4.new_code_cell(code) for code in codes])
        page = open_notebook("scratch", wait)
        [kernel] = lab.ask("GET", "kernels")
        return page, f"kernels/{kernel['id']}"

    return go


SHOW = f'from vaelib import explore\n\nexplore.show("{PLAIN.name}")'


def test_200_fast_moves_are_dropped_and_not_queued(scratch):
    page, _ = scratch(SHOW)
    face = live(page, PLAIN)
    face.settle()
    before = face.js("return face.kernel.sent")
    last = face.js(FAST_MOVES)
    face.check()
    name = face.root.locator("input[type=range]").first.get_attribute("name")
    assert face.parameters()[name] == pytest.approx(last)
    assert face.js("return face.kernel.sent") - before <= 3


def test_a_restarted_kernel_leaves_the_packed_scenes_and_a_word(scratch, lab):
    page, kernel = scratch(SHOW)
    face = live(page, PLAIN)
    face.settle()
    lab.ask("POST", f"{kernel}/restart")
    gone(face)


def test_a_killed_kernel_leaves_the_packed_scenes_and_a_word(scratch):
    page, _ = scratch("import os\n\nprint(os.getpid())", SHOW)
    face = live(page, PLAIN)
    face.settle()
    process = int(page.locator(".jp-OutputArea pre").first.inner_text())
    assert "ipykernel" in " ".join(psutil.Process(process).cmdline())
    os.kill(process, signal.SIGKILL)
    page.locator(".jp-Dialog button").click()  # it says that the kernel will restart
    gone(face)


def test_a_kernel_that_was_shut_down_leaves_the_packed_scenes_and_a_word(scratch, lab):
    page, kernel = scratch(SHOW)
    face = live(page, PLAIN)
    face.settle()
    lab.ask("DELETE", kernel)
    gone(face)


def gone(face):
    """Every control goes on without the kernel, and the face says that it is without."""
    name = next(n for n, c in PLAIN.controls.items() if hasattr(c, "digits"))
    face.source = "packed"
    face._slide(name, "keys")
    said = face.root.locator(".vx-source", has_text=re.compile("kernel .*(stopped|gone)"))
    said.wait_for()
    face.check_all()


def test_a_busy_kernel_does_not_stop_the_drawing(scratch, lab):
    busy = "import time\n\nprint('busy')\nwhile True:\n    time.sleep(0.1)"
    page, kernel = scratch(SHOW, busy, wait=None)
    page.locator(".jp-OutputArea pre", has_text="busy").wait_for(timeout=120_000)
    face = Face(page, page.locator(".jp-OutputArea .vx:not([data-vx-twin])"), PLAIN, "kernel")
    name = next(n for n, c in PLAIN.controls.items() if hasattr(c, "digits"))
    for _ in range(3):
        face._slide(name, "pointer")  # far enough for another packed scene
        page.wait_for_function(
            """([root, name]) => { const { shown, packed, parameters } = root.explorer;
            const near = packed.scene(parameters).parameters[name];
            return [near, parameters[name]].includes(shown?.parameters[name]); }""",
            arg=[face.root.element_handle(), name],
        )
    assert page.locator(".jp-Notebook-ExecutionIndicator").get_attribute("data-status") == "busy"
    lab.ask("POST", f"{kernel}/interrupt")
    wait_done(page)
    face._slide(name, "keys")
    face.check()


SLOW = f"""
import time
from vaelib.teaching.explore import {PLAIN.name} as module

calls, plain = [], module.explorer.scene

def slow(**parameters):
    calls.append(parameters)
    while len(calls) == 1:
        time.sleep(0.1)
    return plain(**parameters)

object.__setattr__(module.explorer, "scene", slow)
"""


def test_an_interrupted_scene_is_answered_and_the_next_one_is_live(scratch, lab):
    page, kernel = scratch(SLOW, SHOW, wait=None)
    root = page.locator(".jp-OutputArea .vx:not([data-vx-twin])")
    root.locator(".vx-source", has_text="busy").wait_for()
    lab.ask("POST", f"{kernel}/interrupt")
    root.locator("[role=alert]", has_text="KeyboardInterrupt").wait_for()
    face = Face(page, root, PLAIN, "kernel")
    face._slide(next(n for n, c in PLAIN.controls.items() if hasattr(c, "digits")), "pointer")
    face.check()


def test_a_bad_parameter_is_one_error_in_the_cell_and_a_notice_in_the_place(scratch):
    bad = SHOW.replace('")', '", sideways=3.0)')
    page, _ = scratch(SHOW, bad)
    alert = page.locator(".jp-OutputArea p[role=alert]").last
    assert "sideways" in alert.inner_text() and "cannot be shown" in alert.inner_text()
    errors = errors_on(page)
    assert errors.count() == 1 and "ValueError: sideways" in errors.inner_text()
    face = live(page, PLAIN)
    face.check()  # the rest of the page is alive
    low = next(c for c in PLAIN.controls.values() if hasattr(c, "digits"))
    name = next(n for n, c in PLAIN.controls.items() if c is low)
    for bad in ("NaN", "1e9"):
        face.js(f"face.set({{ {name}: {bad} }})")
        notice = face.root.locator("[role=alert]")
        notice.wait_for()
        assert name in notice.inner_text()
        face.js(f"face.set({{ {name}: {low.start} }})")
        face.check()


def trust(lab, name):
    path = lab.folder / "notebooks" / f"{name}.ipynb"
    command = [sys.executable, "-m", "jupyter", "trust", str(path)]
    subprocess.run(command, check=True, capture_output=True, env=own(lab.folder))


def test_a_saved_notebook_without_its_kernel_shows_the_packed_face_alone(lab, chrome):
    """No error in the live face's place; another widget's error stays."""
    widget = {"application/vnd.jupyter.widget-view+json": {"model_id": "0" * 32}}
    shown = [{"text/html": faces.packed(PLAIN, {}, "twin")}, widget], [widget]
    cells = [
        nbformat.v4.new_code_cell(
            outputs=[nbformat.v4.new_output("display_data", data) for data in datas]
        )
        for datas in shown
    ]
    write(lab, "saved", cells)
    trust(lab, "saved")
    page = chrome.new_page()
    lab.open(page, "saved")
    error = page.locator(".jp-OutputArea-output", has_text="Error displaying widget")
    error.last.wait_for(timeout=120_000)
    error.first.wait_for(state="hidden")
    assert error.count() == 2 and error.last.is_visible()
    Face(page, page.locator(f".jp-OutputArea #{PLAIN.name}"), PLAIN, "packed").check_all()
    page.close()


def test_a_trusted_lesson_shows_the_packed_face_before_anything_runs(lab, chrome):
    [lesson] = [name for name in PLAIN.lessons]
    trust(lab, lesson)
    page = chrome.new_page()
    lab.open(page, lesson)
    root = page.locator(f".jp-OutputArea #{PLAIN.name}")
    root.scroll_into_view_if_needed(timeout=120_000)
    Face(page, root, PLAIN, "packed").check_all()
    page.close()
