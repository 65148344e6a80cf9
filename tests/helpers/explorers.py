"""Places at which explorers are tested, and the numbers that their sentences say."""

import itertools
import re

import numpy as np

from vaelib.teaching.explore.scene import Choice

CORNERS = 64
NUMBER = re.compile(r"[−-]?\d+(?:,\d{3})*(?:\.\d+)?")


def settings(explorer, n=20, between=()):
    """The corners of the controls, or CORNERS of them, and then n random places.

    `between` names the sliders that are anywhere from their first to their last value, not on one.
    """
    controls, random = explorer.controls, np.random.default_rng(0)
    ends = [
        control.values if isinstance(control, Choice) else (control.values[0], control.values[-1])
        for control in controls.values()
    ]
    corners = list(itertools.product(*ends))
    some = np.linspace(0, len(corners) - 1, min(len(corners), CORNERS)).astype(int)
    places = [dict(zip(controls, corners[i], strict=True)) for i in some]
    for _ in range(n):
        place = {name: random.choice(control.values).item() for name, control in controls.items()}
        places.append(
            place | {k: random.uniform(*controls[k].values[:: len(controls[k].values) - 1])
                     for k in between}
        )  # fmt: skip
    return places


def numbers(sentence):
    """All numbers of a sentence, as floats."""
    return [_value(text) for text in NUMBER.findall(sentence)]


def alike(said, wanted):
    """The same sentence, where a last digit may be rounded otherwise on another machine."""
    if NUMBER.sub("0", said) != NUMBER.sub("0", wanted):
        return False
    pairs = zip(NUMBER.findall(said), NUMBER.findall(wanted), strict=True)
    return all(abs(_value(a) - _value(b)) <= 1.01 * _unit(b) for a, b in pairs)


def _value(text):
    return float(text.replace("−", "-").replace(",", ""))


def _unit(text):
    return 10.0 ** -len(text.partition(".")[2])
