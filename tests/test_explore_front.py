"""The front end without a browser: its own tests, and its twins in Python."""

import json
import re

import numpy as np
import pytest

from tests.helpers.node import JS, call, node
from vaelib.teaching import explore
from vaelib.teaching.explore import faces, words
from vaelib.teaching.explore.files import FRONT, HERE, PALETTE
from vaelib.teaching.explore.scene import TONES

SCRIPTS = [*HERE.glob("*.js"), *FRONT.glob("*.js"), *HERE.glob("hands/*.js"), *JS.glob("*.mjs")]


def test_nodes_own_tests_pass():
    node("--test", *sorted(JS.glob("*.test.mjs")))


def test_half_floats_are_numpys():
    bits = np.arange(2**16, dtype=np.uint16)
    script = (
        f'const {{ halves }} = await import("{FRONT / "packed.js"}");'
        "const found = halves(Uint16Array.from({ length: 2 ** 16 }, (_, i) => i).buffer);"
        "console.log(JSON.stringify(Array.from(found, String)));"
    )
    found = json.loads(node("--input-type=module", "--eval", script))
    wanted = bits.view(np.float16).astype(np.float32)
    np.testing.assert_array_equal(np.array(found, dtype=np.float32), wanted)


@pytest.mark.parametrize("name", ["number", "rounded"])
def test_numbers_are_written_as_in_python(name):
    random = np.random.default_rng(0)
    values = [0.0, -0.001, 1e6, *random.normal(0, 10, 300), *(random.integers(-50, 50, 50) / 8)]
    digits = [0, 2, 1, *random.integers(0, 5, 300).tolist(), *random.integers(0, 2, 50).tolist()]
    if name == "number":  # in a tie Python takes the even digit, JavaScript the larger number
        values[303:] = np.nextafter(values[303:], np.inf)
    wanted = [getattr(words, name)(value, k) for value, k in zip(values, digits, strict=True)]
    assert call("words.js", name, values, digits) == wanted


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [(0.125, 2, "0.13"), (0.125 - 1e-12, 2, "0.13"), (-0.001, 2, "0.00"), (-2.876, 2, "−2.88"),
     (0.1249, 2, "0.12"), (7.0, 1, "7.0"), (1.0, 2, "1.00")],
)  # fmt: skip
def test_halves_go_up(value, digits, text):
    assert words.rounded(value, digits) == text


def test_a_true_minus_stands_before_numbers_alone():
    said = "half-step 3 of 3-4: -0.5 and (-2), x-1, 1e-5, a-b"
    assert words.minus(said) == "half-step 3 of 3-4: −0.5 and (−2), x-1, 1e-5, a-b"


def test_a_sentence_is_read_without_its_links_and_taken_apart():
    said = "With [6](k) Gaussians, [p(x)](blue) f(x) [1] (2) is wide."
    wanted = "With 6 Gaussians, p(x) f(x) [1] (2) is wide."
    assert words.plain(said) == wanted and call("words.js", "plain", [said]) == [wanted]
    [parts] = call("words.js", "parts", [said])
    assert parts == [["With ", None], ["6", "k"], [" Gaussians, ", None], ["p(x)", "blue"],
                     [" f(x) [1] (2) is wide.", None]]  # fmt: skip


@pytest.mark.parametrize(
    ("nats", "gain", "digits"),
    [(0.12345, "0.1235", "0.12"), (6e-5, "0.0001", "less than 0.0001"),
     (4e-5, "under 0.0001", "less than 0.0001"), (-1.0, "under 0.0001", "less than 0.0001")],
)  # fmt: skip
def test_what_is_tiny_is_said_as_a_bound(nats, gain, digits):
    assert (words.gain(nats), words.two_digits(nats)) == (gain, digits)


@pytest.mark.parametrize("name", ["mixture", "balance"])
def test_a_page_gets_one_module_that_needs_no_other(name, tmp_path):
    """It is JavaScript, imports nothing, and holds what the explorer computes and lets grasp."""
    path = tmp_path / "joined.mjs"
    path.write_text(faces.module(explore.load(name)), encoding="utf-8")
    assert not re.search(r"^\s*(import|export (?!default))", path.read_text(), re.MULTILINE)
    for part in ("scenes", "hands"):
        assert f"{part}.{name} = " in path.read_text(encoding="utf-8")
    script = f'console.log(typeof (await import("{path}")).default.render)'
    assert node("--input-type=module", "--eval", script).strip() == "function"


def test_lines_are_at_most_100_characters():
    """A text that goes on in the next line may end in a sign behind them."""
    for path in SCRIPTS:
        lines = [n.removesuffix(" +") for n in path.read_text(encoding="utf-8").splitlines()]
        assert [n for n in lines if len(n) > 100] == [], path.name


def test_the_palette_names_every_tone_twice():
    for scheme in PALETTE.values():
        assert tuple(scheme["tones"]) == TONES and len(scheme["classes"]) == 10
