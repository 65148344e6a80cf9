"""Arguments that are wrong in every usual way, and those that only look unusual."""

import math
import re
from fractions import Fraction

import numpy as np
import pandas as pd
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


@pytest.mark.parametrize("value", [2, 0.5, np.float32(0.5), np.float64(1e-3), 10**22])
def test_numbers_become_floats(value):
    assert checks.number("lr", value) == value and type(checks.number("lr", value)) is float


@pytest.mark.parametrize("value", [0, -1.0, math.nan, math.inf, 10**400, "1", None, [1.0], 1j])
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


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "value",
    [
        np.array([[0.1, -2.0]], dtype=">f8"),
        np.array([[0.1, -2.0]])[::-1],
        np.array([[0.1, -2.0]], dtype=object),
        np.array([[0.1, -2.0]]).astype(np.longdouble),
        np.matrix([[0.1, -2.0]]),
        np.ma.masked_array([[0.1, -2.0]]),
        pd.DataFrame({"a": [0.1], "b": [-2.0]}).convert_dtypes(),
        [[Fraction("0.1"), -2]],
    ],
)
def test_numbers_in_any_type_keep_their_digits(value):
    assert checks.tensor("x", value, torch.float64).tolist() == [[0.1, -2.0]]
    assert checks.as_tensor("x", value, (1, 2)).tolist() == [[0.1, -2.0]]


@pytest.mark.parametrize(
    "value",
    [
        np.array([1.0, "2"], dtype=object),
        np.array([1.0, None], dtype=object),
        np.ma.masked_array([1.0, 2.0], mask=[False, True]),
        [10**400],
        torch.eye(3).to_sparse(),
        torch.ones(3, device="meta"),
    ],
)
def test_arrays_of_something_else_are_named(value):
    with pytest.raises(ValueError, match="^x: got .*, wanted a tensor or an array of numbers$"):
        checks.array("x", value)


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


def test_python_floats_keep_their_digits_where_a_type_is_asked_for():
    assert checks.tensor("x", [0.1]).dtype == torch.get_default_dtype()
    assert checks.tensor("x", [0.1], torch.float64).tolist() == [0.1]
    assert checks.tensor("x", 0.1).item() == 0.1  # as NumPy takes a single number


@pytest.mark.parametrize(
    ("shape", "fits"),
    [
        (None, True),
        ((3, 2), True),
        (("n", 2), True),
        (("n", "D"), True),
        ((None, None), True),
        ((3,), False),
        (("n", 3), False),
        ((3, 2, "D"), False),
    ],
)
def test_a_shape_is_numbers_and_letters(shape, fits):
    x = torch.arange(6.0).reshape(3, 2).requires_grad_()
    if fits:
        assert checks.array("x", x, shape) is x
    else:
        with pytest.raises(ValueError, match=r"^x: got shape \(3, 2\), wanted \("):
            checks.array("x", x, shape)


def test_a_letter_is_at_least_one_and_none_any_size():
    assert checks.array("x", torch.empty(0, 2), (None, 2), within=(0, 1)).shape == (0, 2)
    with pytest.raises(ValueError, match=r"x: got shape \(0, 2\), wanted \(n, 2\)"):
        checks.array("x", torch.empty(0, 2), ("n", 2))
    with pytest.raises(ValueError, match=r"x: got shape \(\), wanted \(n,\)"):
        checks.array("x", 1.0, ("n",))
    with pytest.raises(ValueError, match=r"x: got shape \(1,\), wanted \(any, 2\)"):
        checks.array("x", [1.0], (None, 2))


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_values_are_finite_unless_any_will_do(value):
    x = torch.tensor([0.0, value, 1.0])
    with pytest.raises(ValueError, match="^x: got NaN or infinite values, wanted finite ones$"):
        checks.array("x", x)
    assert checks.array("x", x, finite=False) is x


@pytest.mark.parametrize("value", [-0.25, 1.5, math.nan, math.inf])
def test_values_within_two_ends(value):
    assert checks.array("x", [0, 1], within=(0, 1)).tolist() == [0, 1]
    assert checks.array("x", [True, False], within=(0, 1)).tolist() == [True, False]
    with pytest.raises(ValueError, match=r"^x: got values from .*, wanted values in \[0, 1\]$"):
        checks.array("x", [0.5, value], finite=False, within=(0, 1))


@pytest.mark.parametrize(
    ("covariance_type", "shape"),
    [("spherical", (3,)), ("diag", (3, 2)), ("full", (3, 2, 2)), ("tied", (2, 2))],
)
def test_covariances_have_the_shape_of_their_type(covariance_type, shape):
    assert checks.covariance_shape(covariance_type, 3, 2) == shape
    one = np.broadcast_to(np.eye(2) if shape[1:] != (2,) and len(shape) > 1 else 1.0, shape)
    found = checks.check_covariances("covariances", one, covariance_type, 3, 2)
    assert found.shape == shape and found.dtype == torch.float64
    with pytest.raises(ValueError, match="^covariances: got shape"):
        checks.check_covariances("covariances", one, covariance_type, 1, 5)
    with pytest.raises(ValueError, match="covariance_type: got 'band', wanted one of spherical"):
        checks.covariance_shape("band", 3, 2)


@pytest.mark.parametrize("covariance_type", ["full", "tied"])
def test_matrices_that_are_not_symmetric_are_named(covariance_type):
    matrix = np.array([[1.0, 0.5], [0.4, 1.0]])
    covariances = matrix if covariance_type == "tied" else matrix[None]
    with pytest.raises(ValueError, match="^covariances: got a matrix that is not symmetric"):
        checks.check_covariances("covariances", covariances, covariance_type, 1, 2)


def test_covariances_without_a_type_tell_it_by_their_axes():
    for covariances in (
        np.ones(3),
        np.ones((3, 2)),
        np.tile(np.eye(2), (3, 1, 1)),
        np.eye(2)[None],
    ):
        found = checks.check_mixture(np.ones(3) / 3, np.zeros((3, 2)), covariances)[2]
        assert found.shape == covariances.shape


def test_a_word_is_one_of_its_choices():
    assert checks.one_of("method", "grid", ("grid", "draws")) == "grid"
    for value in ("grids", None, 3, ["grid"]):
        with pytest.raises(ValueError, match="^method: got .*, wanted one of grid, draws$"):
            checks.one_of("method", value, ("grid", "draws"))


@pytest.mark.parametrize(
    ("low", "high", "within", "shown"),
    [
        (0.0, 1.0000001, (0, 1), "from 0 to 1.0000001"),
        (-1e-45, 0.99999999, (0, 1), "from -1e-45 to 0.99999999"),
        (-12345.678, 1 + 2**-52, (0, 1), "from -1.235e+04 to 1.0000000000000002"),
        (0.5, 255.0, (0, 255), "from 0.5 to 255"),
        (254.99999, 255.00001, (0, 255), "from 254.99999 to 255.00001"),
        (math.nan, math.inf, (0, 1), "from nan to inf"),
    ],
)
def test_a_range_is_shown_in_the_digits_that_tell_it_from_its_bounds(low, high, within, shown):
    assert checks.span(low, high, within) == shown


@pytest.mark.parametrize(
    "value",
    ["gpu", "", "CPU", "meta", "cuda:-1", "cuda:999", "vulkan", "hpu", None, 2.5, True, [0]],
)
def test_a_device_that_is_not_there_is_named(value):
    with pytest.raises(ValueError, match=rf"^device: got {re.escape(repr(value))}, wanted .*: cpu"):
        checks.device("device", value)


def test_a_device_that_is_there():
    assert checks.device("device", "cpu") == checks.device("device", torch.device("cpu"))
