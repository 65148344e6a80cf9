"""A headless Chromium, and a JupyterLab of one's own for it: what tests and `make feel` drive."""

import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import requests
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
TOKEN = "explorers"
NAMES = "chromium", "google-chrome", "google-chrome-stable", "chromium-browser", "chrome"
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


class Lab(NamedTuple):
    """A running JupyterLab: its folder, its address, and a session that may ask its server."""

    folder: Path
    address: str
    session: requests.Session

    def open(self, page, name):
        """Open notebooks/NAME.ipynb in the page."""
        page.goto(f"{self.address}/lab/tree/notebooks/{name}.ipynb?reset&token={TOKEN}")

    def ask(self, method, path):
        """What the server answers under /api; HTTPError where it refuses."""
        answer = self.session.request(method, f"{self.address}/api/{path}", timeout=60)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def shut_down_kernels(self):
        """Shut down every kernel of the server."""
        for kernel in self.ask("GET", "kernels"):
            self.ask("DELETE", f"kernels/{kernel['id']}")


class NoBrowser(LookupError):
    """Neither Chrome nor Chromium is installed, nor Playwright's own."""


@contextmanager
def chromium():
    """A browser that is installed, else Playwright's own, else NoBrowser."""
    with sync_playwright() as playwright:
        path = next(filter(None, map(shutil.which, NAMES)), None)
        if path is None and not Path(playwright.chromium.executable_path).exists():
            raise NoBrowser("`.venv/bin/python -m playwright install chromium` installs one")
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@contextmanager
def jupyterlab(folder):
    """A server on copies of the lessons in `folder`, beside the same data: a Lab.

    A reader's own settings neither help nor hurt: everything of Jupyter's lies in `folder` too.
    """
    (folder / "notebooks").mkdir()
    (folder / "data").symlink_to(ROOT / "data")
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        shutil.copy(path, folder / "notebooks")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root"]
    command += [
        f"--port={port}",
        f"--IdentityProvider.token={TOKEN}",
        f"--ServerApp.root_dir={folder}",
    ]
    command += ["--LabApp.extension_manager=readonly", "--ServerApp.use_redirect_file=False"]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, env=own(folder))
        try:
            lab = Lab(folder, f"http://127.0.0.1:{port}", requests.Session())
            lab.session.headers["Authorization"] = f"token {TOKEN}"
            _wait(lab, server)
            yield lab
        finally:
            server.terminate()
            try:
                server.wait(30)
            except subprocess.TimeoutExpired:
                server.kill()


def own(folder):
    """The environment in which Jupyter keeps everything in `folder`."""
    places = {"CONFIG_DIR": "config", "DATA_DIR": "share", "RUNTIME_DIR": "runtime"}
    places = {f"JUPYTER_{name}": str(folder / place) for name, place in places.items()}
    lab = {f"JUPYTERLAB_{name}_DIR": str(folder / name) for name in ("WORKSPACES", "SETTINGS")}
    return os.environ | places | lab | {"OMP_NUM_THREADS": "1"}


def _wait(lab, server, seconds=120):
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        try:
            return lab.ask("GET", "kernels")
        except requests.RequestException:
            time.sleep(0.2)
    raise RuntimeError(f"JupyterLab does not answer: {(lab.folder / 'log').read_text()[-2000:]}")


def run_all(page):
    """Run every cell of the open notebook from its fresh kernel; `wait_done` waits for the end."""
    page.locator(".jp-KernelName", has_text="Python 3").wait_for(timeout=120_000)
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]", timeout=120_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()


def wait_done(page, timeout=600_000):
    """Wait until no cell waits and the last code cell has a number."""
    page.wait_for_function(
        """() => {
          const status = document.querySelector(".jp-Notebook-ExecutionIndicator").dataset.status;
          const prompts = [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")];
          const waiting = prompts.filter((prompt) => /\\*/.test(prompt.textContent));
          const ran = /\\d/.test(prompts.at(-1)?.textContent);
          return status === "idle" && waiting.length === 0 && ran;
        }""",
        timeout=timeout,
    )
