"""The explorers in JupyterLab, in notebooks made for the test.

All controls draw what the Python function says; a kernel that is busy, restarted, dead or shut down
leaves what the page computes.
"""

import os
import re
import signal
import subprocess
import sys

import nbformat
import psutil
import pytest
from nbformat import v4

from tests.helpers import browser
from tests.helpers.browser import Face
from tests.helpers.whole import some
from tools.chrome import jupyterlab, own, run_all, wait_done
from vaelib.teaching import explore
from vaelib.teaching.explore import faces

pytestmark = pytest.mark.browser
ALL = [explore.load(name) for name in explore.NAMES]
PLAIN = explore.load("balance")
SHOW = 'from vaelib.teaching import explore\n\nexplore.show("{}")'


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    with jupyterlab(tmp_path_factory.mktemp("lab")) as lab:
        yield lab


def write(lab, name, cells):
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    nb = v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(nb, lab.folder / "notebooks" / f"{name}.ipynb")


def run(lab, page, codes, wait=True):
    """A notebook of these cells in the page, run from a fresh kernel."""
    write(lab, "scratch", [v4.new_code_cell(code) for code in codes])
    page.set_default_timeout(60_000)
    lab.open(page, "scratch")
    run_all(page)
    if wait:
        wait_done(page, 120_000)


@pytest.fixture
def scratch(lab, chrome):
    """scratch(*codes) → the page of a notebook with these cells, run; and its kernel's path."""
    contexts = []

    def go(*codes, wait=True):
        contexts.append(chrome.new_context(viewport={"width": 1400, "height": 1000}))
        page = contexts[-1].new_page()
        run(lab, page, codes, wait)
        [kernel] = lab.ask("GET", "kernels")
        return page, f"kernels/{kernel['id']}"

    yield go
    for context in contexts:
        context.close()
    lab.shut_down_kernels()


def titled(page, explorer):
    """The heading with that title and no more."""
    return page.locator(".vx-title", has_text=re.compile(f"^{re.escape(explorer.title)}$"))


def live(page, explorer):
    """Its live face, which has taken the place of the one that stands alone."""
    root = page.locator(".jp-OutputArea .vx:not([data-vx-twin])").filter(has=titled(page, explorer))
    root.scroll_into_view_if_needed()
    alone = page.locator(".vx[data-vx-twin]", has=titled(page, explorer))
    assert (root.count(), alone.count()) == (1, 0)
    assert root.evaluate(browser.STRAYS) == 0
    return Face(page, root, explorer, "kernel")


def errors_on(page):
    return page.locator(".jp-OutputArea pre").filter(has_text="Traceback (most recent call last)")


@pytest.fixture(scope="module")
def page_of_all(lab, chrome):
    """One notebook with every explorer, run."""
    page = chrome.new_page(viewport={"width": 1400, "height": 1000})
    run(lab, page, [SHOW.format(explorer.name) for explorer in ALL])
    assert errors_on(page).count() == 0
    yield page
    page.close()
    lab.shut_down_kernels()


@pytest.mark.parametrize("explorer", some(ALL, 3), ids=lambda e: e.name)
def test_every_control_draws_what_python_says(page_of_all, explorer):
    face = live(page_of_all, explorer)
    face.check_all()
    browser.SCREENS.mkdir(parents=True, exist_ok=True)
    face.root.screenshot(path=browser.SCREENS / f"{explorer.name}-lab.png")


def test_200_fast_moves_are_dropped_and_not_queued(page_of_all):
    face = live(page_of_all, PLAIN)
    face.settle()
    before = face.js("return face.kernel.sent")
    face.move_fast()
    face.check()
    assert face.js("return face.kernel.sent") - before <= 3


def gone(face):
    """Every control goes on without the kernel, and the face says that it is without."""
    face.source = "browser"
    face.slide("keys")
    said = face.root.locator(".vx-source", has_text=re.compile("kernel .*(stopped|gone)"))
    said.wait_for()
    face.check_all()


@pytest.mark.parametrize(("method", "path"), [("POST", "/restart"), ("DELETE", "")])
def test_a_kernel_restarted_or_shut_down_leaves_what_the_page_computes_and_a_word(
    scratch, lab, method, path
):
    page, kernel = scratch(SHOW.format(PLAIN.name))
    face = live(page, PLAIN)
    face.settle()
    lab.ask(method, kernel + path)
    gone(face)


def test_a_killed_kernel_leaves_what_the_page_computes_and_a_word(scratch):
    page, _ = scratch("import os\n\nprint(os.getpid())", SHOW.format(PLAIN.name))
    face = live(page, PLAIN)
    face.settle()
    process = int(page.locator(".jp-OutputArea pre").first.inner_text())
    assert "ipykernel" in " ".join(psutil.Process(process).cmdline())
    os.kill(process, signal.SIGKILL)
    page.locator(".jp-Dialog button").click()  # it says that the kernel will restart
    gone(face)


def test_a_busy_kernel_does_not_stop_the_drawing(scratch, lab):
    busy = "import time\n\nprint('busy')\nwhile True:\n    time.sleep(0.1)"
    page, kernel = scratch(SHOW.format(PLAIN.name), busy, wait=False)
    page.locator(".jp-OutputArea pre", has_text="busy").wait_for(timeout=120_000)
    face = Face(page, page.locator(".jp-OutputArea .vx:not([data-vx-twin])"), PLAIN, "kernel")
    for _ in range(3):
        face.slide("pointer")
        page.wait_for_function(
            """([root, name]) => { const { shown, parameters } = root.explorer;
            return parameters[name] === shown?.parameters[name]; }""",
            arg=[face.root.element_handle(), face.slider],
        )
    assert page.locator(".jp-Notebook-ExecutionIndicator").get_attribute("data-status") == "busy"
    lab.ask("POST", f"{kernel}/interrupt")
    wait_done(page)
    face.slide("keys")
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
    page, kernel = scratch(SLOW, SHOW.format(PLAIN.name), wait=False)
    root = page.locator(".jp-OutputArea .vx:not([data-vx-twin])")
    root.locator(".vx-source", has_text="busy").wait_for()
    lab.ask("POST", f"{kernel}/interrupt")
    root.locator("[role=alert]", has_text="KeyboardInterrupt").wait_for()
    face = Face(page, root, PLAIN, "kernel")
    face.slide("pointer")
    face.check()


def test_a_bad_parameter_is_one_error_in_the_cell_and_a_notice_in_the_place(scratch):
    show = SHOW.format(PLAIN.name)
    page, _ = scratch(show, show.replace('")', '", sideways=3.0)'))
    alert = page.locator(".jp-OutputArea p[role=alert]").last
    assert "sideways" in alert.inner_text() and "cannot be shown" in alert.inner_text()
    errors = errors_on(page)
    assert errors.count() == 1 and "ValueError: sideways" in errors.inner_text()
    face = live(page, PLAIN)
    face.check()  # the rest of the page is alive
    for bad in ("NaN", "1e9"):
        face.js(f"face.set({{ {face.slider}: {bad} }})")
        notice = face.root.locator("[role=alert]")
        notice.wait_for()
        assert face.slider in notice.inner_text()
        face.js(f"face.set({{ {face.slider}: {PLAIN.controls[face.slider].start} }})")
        face.check()


def test_a_trusted_notebook_shows_faces_before_anything_runs(lab, chrome):
    """As a lesson is stored, and as one is saved after its kernel has gone.

    The latter has no error in the live face's place; another widget's error stays.
    """
    widget = {"application/vnd.jupyter.widget-view+json": {"model_id": "0" * 32}}
    stored, saved = ({"text/html": faces.alone(PLAIN, {}, twin)} for twin in ("stored", "saved"))
    cells = [
        v4.new_code_cell(outputs=[v4.new_output("display_data", data) for data in datas])
        for datas in ([stored], [saved, widget], [widget])
    ]
    write(lab, "saved", cells)
    path = lab.folder / "notebooks" / "saved.ipynb"
    command = [sys.executable, "-m", "jupyter", "trust", str(path)]
    subprocess.run(command, check=True, capture_output=True, env=own(lab.folder))
    page = chrome.new_page(reduced_motion="reduce")  # a ghost would move what is compared
    lab.open(page, "saved")
    error = page.locator(".jp-OutputArea-output", has_text="Error displaying widget")
    error.last.wait_for(timeout=120_000)
    error.first.wait_for(state="hidden")
    assert error.count() == 2 and error.last.is_visible()
    for twin in ("stored", "saved"):
        root = page.locator(f".jp-OutputArea [data-vx-twin={twin}]")
        root.scroll_into_view_if_needed()
        Face(page, root, PLAIN).check_all()
    page.close()
