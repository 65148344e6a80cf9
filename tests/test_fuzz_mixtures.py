"""A few random mixtures; `python -m tests.fuzz.mixtures` tries more."""

import numpy as np
import pytest

from tests.fuzz.mixtures import fuzz


@pytest.mark.skipif(np.finfo(np.longdouble).eps > 1e-18, reason="no extended precision here")
def test_random_mixtures_are_right_or_refused():
    counts, failures = fuzz(40, seed=5)
    assert failures == []
    assert counts["all three agree"] > 20
