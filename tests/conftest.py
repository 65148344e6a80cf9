"""Tests draw nothing on a screen and run on one thread, where results repeat to the last bit.

The shapes in the core's annotations are checked here, and only here: a reader pays nothing.
"""

import os
import signal
import tempfile

import matplotlib
import pytest
import torch
from jaxtyping import install_import_hook

CORE = "gaussians mixture infinite rules bound vae networks priors".split()

matplotlib.use("Agg")
torch.set_num_threads(1)
install_import_hook([f"vaelib.{name}" for name in CORE], "beartype.beartype")

# A shell starts its background jobs with Ctrl-C ignored; then the tests that press it would hang.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Cells of lessons are marked, so that `-m` can choose by the mark."""
    for item in items:
        if item.path.suffix == ".ipynb":
            item.add_marker("lesson")


@pytest.fixture(scope="module")
def chrome():
    """Chromium for the tests marked `browser`, which are skipped where there is none."""
    from tests.helpers.browser import chromium

    with chromium() as browser:
        yield browser


# A reader's own progress is neither read nor changed.
os.environ["VAELIB_PROGRESS"] = os.path.join(tempfile.mkdtemp(prefix="vaelib-"), "progress.json")
