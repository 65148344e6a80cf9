"""A few random explorers on random pages; `python -m tests.fuzz.pages` tries more."""

import pytest

from tests.fuzz.pages import run

pytestmark = pytest.mark.browser


def test_random_pages_show_what_python_says():
    compared, failed = run(5, seed=5)
    assert failed == []
    assert compared.total() >= 10
