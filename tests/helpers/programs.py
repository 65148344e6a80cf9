"""Programs that the tests need and that pip does not install."""

import os

import pytest


def missing(what, command):
    """Skip with the command that installs it; on CI fail."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing on CI: {command}")
    pytest.skip(f"no {what}: {command}")
