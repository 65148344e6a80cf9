"""A reader's own source: watched as it runs, changed in a place, and told where it is wrong."""

import linecache
import math

import numpy as np
import pytest
import torch

from tests.helpers import corpus
from vaelib.teaching import exercises
from vaelib.teaching.exercises.answers import repair
from vaelib.teaching.exercises.answers.answer import Answer
from vaelib.teaching.exercises.answers.operations import of_index
from vaelib.teaching.exercises.answers.places import repairs
from vaelib.teaching.exercises.answers.two import unpraised
from vaelib.teaching.exercises.answers.values import MAPS
from vaelib.teaching.exercises.answers.watched import ARGUMENT, OPERATION, VALUE, Edit, Watched
from vaelib.teaching.exercises.comparing import arrays, copied


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """Searches may take as long as they need: a busy machine finds what a quiet one does."""
    for name in ("CHANGES", "PARTS", "TWO"):
        monkeypatch.setattr(repair, name, 20.0)


def answer(code, number="5b"):
    """A function from its text, whose source can be had."""
    return corpus.Answer("own", number, 0, False, "", "", code).made()


def drawn(number, count=4):
    """An exercise's inputs, and what is right."""
    e = exercises._find(number)
    draws = [e.inputs(np.random.default_rng(seed)) for seed in range(count)]
    return draws, [arrays(e.reference(*copied(given))) for given in draws]


def seeded():
    """Both generators as they begin: some answers draw."""
    torch.manual_seed(0)
    np.random.seed(0)  # noqa: NPY002


# -- watched ---------------------------------------------------------------------------------------

LOOP = """
SCALE = 3
def scaled(x):
    return SCALE * x
def f(x, *, shift=1.0):
    total, parts = 0, [scaled(v) for v in x]
    for part in parts:
        if part > 0:
            total += part
    a, b = (lambda y: (y + shift, y))(total)
    return x[1:, None] * a - torch.sum(x[:-1], dim=-1) / b
"""


def test_a_watched_function_gives_what_the_function_gives():
    f, x = answer(LOOP), torch.tensor([1.0, -2.0, 3.0])
    watched, seen = Watched(f), {}
    assert torch.equal(watched.run((x,), seen=seen), f(x))
    assert {watched.text(watched.nodes[k]) for k in seen} >= {"part > 0", "SCALE * x", "y + shift"}


@pytest.mark.parametrize("number", corpus.numbers())
def test_every_answer_that_can_be_watched_gives_the_same(number):
    e = exercises._find(number)
    given = getattr(e, "inputs", lambda rng: None)(np.random.default_rng(0))
    watched = 0
    for one in corpus.answers(number) if given else ():
        f = one.made()
        if isinstance(f, type):
            continue
        try:
            own = Watched(f)
            seeded()
            wanted = arrays(f(*copied(given)))
        except Exception:
            continue
        watched += 1
        seeded()
        got = arrays(own.run(copied(given)))
        assert (got is None) == (wanted is None), one.name
        for a, b in zip(got or (), wanted or (), strict=True):
            np.testing.assert_allclose(a, b, rtol=1e-9, atol=1e-12, err_msg=one.name)
    assert not given or watched or number == "4f"


def test_a_change_is_made_where_it_is_asked_for_and_nowhere_else():
    f, x = answer("def f(x):\n    y = x + 1\n    return y * y\n"), torch.tensor(2.0)
    watched = Watched(f)
    place = {watched.text(node): k for k, node in enumerate(watched.nodes)}
    minus = Edit({place["x + 1"]}, OPERATION, lambda _, a, b: a - b)
    assert watched.run((x,), minus) == 1
    assert watched.run((x,), Edit({place["1"]}, VALUE, lambda value: 10)) == 144
    assert watched.run((x,), Edit({0}, ARGUMENT, torch.neg)) == 1
    assert watched.run((x,)) == 9


def test_what_a_function_fills_is_not_filled_by_the_search():
    f = answer("kept = []\ndef f(x):\n    kept.append(1)\n    return len(kept) * x\n")
    watched = Watched(f)
    for _ in range(3):
        watched.run((torch.tensor(2.0),))
    assert f.__globals__["kept"] == []


@pytest.mark.parametrize(
    "code",
    [
        "def f(x):\n    with open('x') as file:\n        return file\n",
        "def f(x):\n    import os\n    return x\n",
        "def f(x):\n    global y\n    y = x\n",
        "def f(x):\n    while x > 0:\n        x = x - 1\n    return x\n",
        "def f(x):\n    try:\n        return x\n    except ValueError:\n        return 0\n",
    ],
)
def test_a_function_that_does_more_than_compute_is_not_run_again(code):
    with pytest.raises(TypeError, match="more than"):
        Watched(answer(code))


def test_a_function_without_a_source_is_not_watched():
    space = {}
    exec("def f(x):\n    return x", space)
    with pytest.raises(TypeError, match="source cannot be had"):
        Watched(space["f"])
    assert repair.Own(space["f"], [(torch.ones(2),)], [(np.ones(2),)]).repaired([]) is None


# -- repaired --------------------------------------------------------------------------------------

HEAD = "def f(mu, logvar):\n"
RIGHT = "0.5 * (logvar.exp() + mu**2 - 1 - logvar).sum(-1)"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (RIGHT.replace("mu**2 - 1", "mu**2 + 1"), "sign + before `1`"),
        (RIGHT.replace("0.5", "-0.5"), "minus in front of `0.5`"),
        (RIGHT.replace("0.5", "0.25"), "number `0.25`"),
        (RIGHT.replace(".sum(-1)", ".sum(0)"), "runs over the wrong axis"),
        (RIGHT.replace(".sum(-1)", ".mean(-1)"), "`mean` is the wrong function"),
        (RIGHT.replace("mu**2", "mu"), "square root of what belongs there"),
        (RIGHT.replace("logvar.exp()", "mu.exp()"), "`mu` (in `mu.exp`) is not what belongs"),
        (RIGHT + ".exp()", "`exp` in"),
        (RIGHT.replace("mu**2", "mu[:1]**2"), "leaves out what comes last"),
    ],
)
def test_the_change_that_makes_it_right_is_found_and_its_place_told(line, words):
    found = repair.Own(answer(f"{HEAD}    return {line}\n"), *drawn("5b")).repaired([])
    assert found.sentence.startswith(("In your line 2: ", "Wherever you use it, "))
    assert words in found.sentence, found.sentence


def test_a_right_answer_needs_no_change_and_no_change_is_told_as_the_cure():
    own = repair.Own(answer(f"{HEAD}    return {RIGHT}\n"), *drawn("5b"))
    assert own.answer.right(None)
    for one in repairs(own.answer):
        assert "should be" not in one.sentence and "instead" not in one.sentence


def test_like_mistakes_at_all_places_are_mended_together():
    code = f"{HEAD}    a, b = mu / 3, mu / 3\n    return {RIGHT.replace('mu**2', '4 * a * b')}\n"
    found = repair.Own(answer(code), *drawn("5b")).repaired([])
    assert "number `3`" in found.sentence and "So it is at 2 places" in found.sentence


def test_one_value_may_count_where_several_are_wrong():
    code = (
        "def f(z, log_prior, log_px_z):\n"
        "    w = (log_prior[:, None] + log_px_z).softmax(0)\n"
        "    mean = (w * z[:, None]).sum(0)\n"
        "    centre = mean.flip(0) * 3 - log_px_z[0]\n"
        "    return (w * z[:, None]).mean(0), (w * (z[:, None] - centre).abs()).sum(0)\n"
    )
    draws, wanted = drawn("4c")
    own = repair.Own(answer(code, "4c"), draws, wanted, part=0)
    assert own.repaired([]) is None and "`mean` is the wrong function" in own.partly.sentence


def test_where_a_part_of_the_reference_makes_it_right_is_told():
    line = RIGHT.replace("mu**2", "square")
    code = f"{HEAD}    square = mu * mu.cos() + 0.3 * logvar.sin()\n    return {line}\n"
    verdict = exercises.verdict("5b", answer(code))
    assert verdict.found == "located"
    assert (
        "In your line 2: The value of `mu * mu.cos() + 0.3 * logvar.sin()` is wrong" in verdict.text
    )
    assert "depends on `logvar`, and should not" in verdict.text


def test_two_mistakes_are_both_told_where_they_stand():
    code = f"{HEAD}    return 0.5 * (mu**2 + (logvar / 2).exp() - logvar).sum(-1)\n"
    verdict = exercises.verdict("5b", answer(code))
    assert "Two things." in verdict.text and "−1 is missing" in verdict.text
    assert "`2` does not belong in `logvar / 2`" in verdict.text


def test_of_two_places_that_read_alike_it_says_which():
    code = f"{HEAD}    v = logvar.exp()\n    return 0.5 * (v + mu**2 - 1 - v).sum(-1)\n"
    found = repair.Own(answer(code), *drawn("5b")).repaired([])
    assert "`v` (the second in `v + mu**2 - 1 - v`) is not what belongs there" in found.sentence


def test_a_file_that_was_changed_after_the_function_was_made_is_not_believed():
    f = answer(f"{HEAD}    return 0.25 * (logvar.exp() + mu**2 - 1 - logvar).sum(-1)\n")
    lines = [HEAD, f"    return {RIGHT}.exp()\n"]
    linecache.cache[f.__code__.co_filename] = 1, None, lines, f.__code__.co_filename
    assert "your line" not in exercises.verdict("5b", f).text


def test_of_two_mistakes_nothing_is_called_right():
    assert unpraised("The KL is right. The error is a mean.") == "The error is a mean."
    assert unpraised("The right images. But L is lower.") == "L is lower."
    assert unpraised("You take a mean.") == "You take a mean."


def test_what_an_answer_draws_or_prints_while_it_is_searched_is_put_back(capsys):
    code = f"{HEAD}    print('here')\n    return 0.5 * (mu.sin() + logvar.exp() * 3).sum(-1)\n"
    state = torch.get_rng_state()
    verdict = exercises.verdict("5b", answer(code))
    assert not verdict.right and torch.equal(torch.get_rng_state(), state)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(("change", "said"), MAPS)
def test_every_map_of_a_value_can_be_undone(change, said):
    """What a sentence says of a value is what its change mends."""
    value = torch.tensor([0.7, 1.9], dtype=torch.float64)
    made = change(value)
    assert made.shape == value.shape
    assert change is abs or not torch.equal(made, value)
    assert said.count("{}") == 1 and said.endswith(".")


def test_the_ends_of_an_index_are_told_apart():
    x = torch.arange(6.0)
    said = {}
    for change, text in of_index(x, ":2"):
        said.setdefault(tuple(change(x, slice(None, 2)).tolist()), text)
    assert "wrong end" in said[(4.0, 5.0)] and "last" in said[tuple(x.tolist())]
    assert "wrong side" in said[(2.0, 3.0, 4.0, 5.0)]


def test_a_lambda_is_watched_too():
    f = answer("f = lambda mu, logvar: 0.5 * (logvar.exp() + mu**2 + 1 - logvar).sum(-1)\n")
    found = repair.Own(f, *drawn("5b")).repaired([])
    assert "In your line 1: The sign + before `1`" in found.sentence


def test_numbers_of_the_source_and_its_arguments_are_known():
    code = "def f(a, b):\n    c = -0.3 * a\n    return c.sum() + len(b)\n"
    draws = [(torch.ones(3), torch.ones(3))]
    one = Answer(answer(code), draws, [(np.array(math.pi),)])
    assert one.written == {0.3} and one.used(("a", "b")) == {"a"}
