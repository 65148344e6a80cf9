"""The gallery in Firefox: all explorers draw and move, the playground trains and takes a point."""

import json
import shutil
import sys

import pytest

from tests.helpers.browser import BUILD
from tests.helpers.node import JS, node
from tests.helpers.programs import missing
from tools import explorers
from vaelib.teaching import explore

PUPPETEER = BUILD / "puppeteer" / "node_modules" / "puppeteer-core"
NAMES = "firefox", "firefox-esr"


@pytest.mark.browser
def test_every_explorer_draws_and_moves_in_firefox(tmp_path):
    firefox = next(filter(None, map(shutil.which, NAMES)), None)
    if firefox is None and sys.platform != "linux":
        pytest.skip("no Firefox on the path")
    if firefox is None:
        missing("Firefox", "the gallery is tested in Firefox, too, where it is installed")
    if not PUPPETEER.exists():
        missing("puppeteer-core", "`make puppeteer` installs it")
    path = explorers.gallery([explore.load(name) for name in explore.NAMES], tmp_path)
    index = PUPPETEER / "lib" / "esm" / "puppeteer" / "puppeteer-core.js"
    content = {
        "firefox": firefox,
        "puppeteer": str(index),
        "url": path.as_uri() + "#playground?stamp=ring&n=40&width=8",
    }
    found = json.loads(node(JS / "firefox.mjs", content=content))
    assert found["errors"] == []
    assert found["moved"] == dict.fromkeys(explore.NAMES, True)
    assert found["played"] == {"drew": 1, "worker": True}
