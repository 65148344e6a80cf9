import numpy as np
import pytest
import torch

from vaelib.teaching import ledger
from vaelib.teaching.ledger import Entry, LedgerError, check


def lines(capsys):
    return capsys.readouterr().out.splitlines()


def test_one_line_for_a_check_and_one_for_each_wrong_version(capsys):
    kl, elbo = 0.5, -3.218281828
    check(
        "5.3",
        -2.718281828,
        elbo + kl,
        wrong={"½ lost": elbo + 2 * kl, "underflow": -np.inf, "0 / 0": np.nan},
        note="log p(x) = L + KL",
    )
    assert lines(capsys) == [
        "(5.3) log p(x) = L + KL: left −2.718, right −2.718; equal within 1e-09",
        "      ½ lost: misses by 0.50",
        "      underflow: misses by ∞",
        "      0 / 0: gives NaN",
    ]


def test_what_held_is_kept_and_what_failed_is_not():
    before = len(ledger.entries)
    check("5.3", [1.0, 2.0], [1.0, 2.25], se=0.5, wrong={"w": 7, "none": np.nan}, note="claim")
    with pytest.raises(LedgerError):
        check("5.3", 1, 2)
    with pytest.raises(LedgerError):
        check("5.3", 1, 1, wrong={"w": 7, "same": 1})
    within = "within 4 standard errors of 0.50"
    wrong = {"w": "misses by 6.0", "none": "gives NaN"}
    assert ledger.entries[before:] == [
        Entry("5.3", "claim", "1.000 … 2.000", "1.000 … 2.250", within, 2, 0.25, wrong)
    ]


@pytest.mark.parametrize("kind", [list, tuple, np.array, torch.tensor])
def test_digits_are_kept_in_every_kind_of_array(kind):
    check("1.1", kind([0.1, 0.2]), np.array([0.1, 0.2]), tol=1e-7 if kind is torch.tensor else 0)
    with pytest.raises(LedgerError, match="left: got .*, wanted real numbers"):
        check("1.1", kind([True, False]), 1)


def test_a_bare_check(capsys):
    check("12.34", 3, 3, tol=0)
    assert lines(capsys) == ["(12.34): left 3.000, right 3.000; equal exactly"]


def test_arrays_print_their_range_and_number(capsys):
    left = torch.tensor([[-1.5, 0.25], [2.0, 1e3]], dtype=torch.float64, requires_grad=True)
    check("4.1", left, left.detach().numpy() + 1e-12)
    (line,) = lines(capsys)
    assert line == "(4.1): left −1.500 … 1000, right −1.500 … 1000; 4 values equal within 1e-09"


def test_a_number_is_compared_with_every_element(capsys):
    check("4.1", np.ones(5), 1, wrong={"none": 0})
    assert lines(capsys) == [
        "(4.1): left 1.000, right 1.000; 5 values equal within 1e-09",
        "      none: misses by 1.0",
    ]
    with pytest.raises(LedgerError, match="in 1 of 5 values"):
        check("4.1", 1, np.array([1, 1, 1, 1, 2]))


def test_rounding_leaves_no_trace(capsys):
    """The same claim evaluated with errors in the last bit prints the same text."""
    texts = set()
    for error in (-2e-16, 0.0, 2e-16):
        for value in (0.0, 2.0625, 0.1 + 0.2, -0.00125, 12345.5):
            check("1.1", value + error, value * (1 + error), wrong={"w": value + 0.125 + error})
        texts.add(capsys.readouterr().out)
    assert len(texts) == 1
    assert "left 0.000, right 0.000;" in texts.pop()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (123456.0, "123500"),
        (1e7, "1.000e+07"),
        (0.0012345, "0.001234"),
        (-2e-5, "−2.000e-05"),
        (9.99996, "10.00"),
        (-7, "−7.000"),
    ],
)
def test_four_digits(capsys, value, text):
    check("1.1", value, value, tol=1e-12)
    assert lines(capsys) == [f"(1.1): left {text}, right {text}; equal within 1e-12"]


def test_standard_errors(capsys):
    check("4.2", 0.7012, np.log(2), se=0.0021, wrong={"log 10": np.log(10)}, note="entropy")
    assert lines(capsys) == [
        "(4.2) entropy: left 0.7012, right 0.6931; equal within 4 standard errors of 0.0021",
        "      log 10: misses by 1.6",
    ]
    check("4.2", [1.0, 2.0], [1.1, 2.2], se=[0.1, 0.2], n_se=1.5)
    (line,) = lines(capsys)
    assert line.endswith("2 values equal within 1.5 standard errors of 0.10 … 0.20")


def test_standard_errors_replace_tol_for_both_answers():
    with pytest.raises(
        LedgerError, match=r"differ by 0\.41, not within 4 standard errors of 0\.10"
    ):
        check("4.2", 1.0, 1.41, se=0.1, tol=10)
    check("4.2", 1.0, 1.39, se=0.1, tol=0)
    with pytest.raises(LedgerError, match="'w' passes too"):
        check("4.2", 1.0, 1.0, se=0.1, wrong={"w": 1.39})
    check("4.2", 1.0, 1.0, se=0.1, wrong={"w": 1.41})


def test_an_element_has_its_own_standard_error():
    check("4.2", [0, 0], [0.1, 10], se=[0.1, 10])
    with pytest.raises(LedgerError, match="in 1 of 2 values"):
        check("4.2", [0, 0], [10, 0.1], se=[0.1, 10])


def test_disagreement_says_where_and_how_much():
    with pytest.raises(LedgerError) as error:
        check("5.4", np.arange(3.0), np.array([0, 1.5, 2.1]), note="claim")
    assert str(error.value) == (
        "(5.4) claim: left 1 and right 1.5 differ by 0.5, not within 1e-09, in 2 of 3 values"
    )
    assert isinstance(error.value, AssertionError)


def test_two_wrong_versions_are_two_mistakes():
    wrong = {"½ lost": np.array([2.0, 4.0]), "doubled": np.array([2.0, 4.0]) * (1 + 1e-12)}
    with pytest.raises(LedgerError, match="wrong versions '½ lost' and 'doubled' are the same"):
        check("5.4", np.ones(2), np.ones(2), wrong=wrong)
    check("5.4", np.ones(2), np.ones(2), wrong={"½ lost": 2.0, "sign lost": -np.ones(2)})


def test_a_wrong_version_must_miss_somewhere(capsys):
    check("5.4", np.ones(3), np.ones(3), wrong={"one element": np.array([1, 1, 1.1])})
    assert lines(capsys)[1] == "      one element: misses by 0.10"
    with pytest.raises(LedgerError, match="'same' passes too, so nothing is shown"):
        check("5.4", np.ones(3), np.ones(3), wrong={"same": np.ones(3) + 1e-12})
    with pytest.raises(LedgerError, match="'same' passes too"):
        check("5.4", 1, 1, wrong={"different": 2, "same": 1})
    assert lines(capsys) == []  # a check that fails prints nothing


@pytest.mark.parametrize(
    ("lhs", "rhs", "message"),
    [
        (np.nan, 1.0, "left: got NaN or infinite values, 1 of 1 values, wanted finite"),
        (1.0, np.nan, "right: got NaN or inf"),
        (np.inf, np.inf, "left: got NaN or inf"),
        ([1, np.nan], [1, np.nan], "left: got NaN or infinite values, 1 of 2 values"),
        (np.ones(3), np.ones(4), r"right: got shape \(4,\), wanted \(3,\)"),
        (np.ones((3, 1)), np.ones(3), r"right: got shape \(3,\), wanted \(3, 1\)"),
        (torch.ones(2, 3), torch.ones(3, 2), "right: got shape"),
        ([], [], r"left: got \[\], wanted real numbers"),
        ("1", 1, "left: got '1', wanted a tensor or an array of numbers"),
        (1, None, "right: got None, wanted"),
        (1j, 1j, "left: got complex, wanted"),
        (True, True, "left: got True, wanted real numbers"),
    ],
)
def test_what_cannot_be_compared(lhs, rhs, message):
    with pytest.raises(LedgerError, match=message):
        check("5.4", lhs, rhs)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"tol": np.nan}, "tol: got NaN"),
        ({"tol": -1}, "tol: got -1, wanted one number ≥ 0"),
        ({"tol": [1e-9, 1e-9]}, "tol: got .*, wanted one number ≥ 0"),
        ({"tol": "1e-9"}, "tol: got '1e-9', wanted"),
        ({"se": 0}, "se: got 0, wanted one positive number"),
        ({"se": [0.1, -0.1]}, "se: got .*, wanted one positive number"),
        ({"se": np.nan}, "se: got NaN"),
        ({"se": [0.1, 0.1, 0.1]}, "se: got .*, wanted one positive number, or one for each"),
        ({"se": 0.1, "n_se": np.inf}, "n_se: got NaN or inf"),
        ({"wrong": {"w": np.ones(3)}}, r"'w': got shape \(3,\), wanted \(2,\)"),
        ({"wrong": {"w": "2"}}, "'w': got '2', wanted"),
    ],
)
def test_bad_options(options, message):
    with pytest.raises(LedgerError, match=message):
        check("5.4", np.ones(2), np.ones(2), **options)


@pytest.mark.parametrize("number", [5.3, "5", "5.", "5.3.1", "(5.3)", "5.x", "", None, "５.３"])
def test_an_unreadable_number(number):
    with pytest.raises(LedgerError, match='number: got .*, wanted a string like "5.3"'):
        check(number, 1, 1)
