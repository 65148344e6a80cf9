"""Arguments that are wrong in every usual way, and those that only look unusual."""

import math

import numpy as np
import pytest
import torch

from vaelib import checks


@pytest.mark.parametrize("value", [3, np.int64(3), np.uint8(3)])
def test_whole_numbers_become_ints(value):
    assert checks.whole("n", value) == 3 and type(checks.whole("n", value)) is int


@pytest.mark.parametrize("value", [0, -1, 2.0, "3", None, True, math.nan, [1], torch.tensor(3)])
def test_what_is_no_whole_number_is_named(value):
    with pytest.raises(ValueError, match="^n: got .*, wanted a whole number ≥ 1$"):
        checks.whole("n", value)


@pytest.mark.parametrize("value", [2, 0.5, np.float32(0.5), np.float64(1e-3)])
def test_numbers_become_floats(value):
    assert checks.number("lr", value) == value and type(checks.number("lr", value)) is float


@pytest.mark.parametrize("value", [0, -1.0, math.nan, math.inf, "1", None, [1.0], 1j])
def test_what_is_no_positive_number_is_named(value):
    with pytest.raises(ValueError, match="^lr: got .*, wanted a number > 0$"):
        checks.number("lr", value)


def test_zero_only_where_allowed():
    assert checks.number("beta", 0, zero=True) == 0
    with pytest.raises(ValueError, match="beta: got -1, wanted a number ≥ 0"):
        checks.number("beta", -1, zero=True)


def test_arrays_lists_and_tensors_become_tensors():
    array = np.arange(6.0).reshape(3, 2)
    fixed = array.copy()
    fixed.flags.writeable = False
    for value in (array, fixed, array[::-1][::-1], array.tolist(), torch.from_numpy(array)):
        assert torch.equal(checks.tensor("x", value).double(), torch.from_numpy(array))
    assert torch.equal(checks.tensor("x", array[::-1]), torch.from_numpy(array[::-1].copy()))


@pytest.mark.parametrize(
    "value",
    [
        None,
        "abc",
        [["a"]],
        [[1, 0], [1]],
        {},
        np.array([[None]]),
        np.ones(2) * 1j,
        torch.ones(2) * 1j,
    ],
)
def test_what_holds_no_numbers_is_named(value):
    with pytest.raises(ValueError, match="^x: got .*, wanted a tensor or an array of numbers$"):
        checks.tensor("x", value)
