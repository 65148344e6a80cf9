"""A few random mixtures; `python -m tests.fuzz.mixtures` tries more."""

from tests.fuzz.mixtures import fuzz


def test_random_mixtures_are_right_or_refused():
    counts, failures = fuzz(40, seed=5)
    assert failures == []
    assert counts["all three agree"] > 20
