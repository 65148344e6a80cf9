"""Three Gaussians and who of them made a point: what the two mixtures' explorers have in common.

maker.js is its twin.
"""

from dataclasses import replace

import numpy as np

from vaelib.teaching.explore.scene import Mark, Slider
from vaelib.teaching.explore.words import rounded

THREE = (1, 2, 3)
TONES = ("blue", "accent", "green")
NAMES = ("k = 1", "k = 2", "k = 3")
LOOKS = tuple(zip(TONES, ("solid", "dash", "dot"), ("dot", "cross", "plus"), strict=True))
LOWEST = -16  # nats, on the axes of the logarithms
TIE = 1e-9  # what differs by less is equal
LEAST, MOST = 1, 9  # parts of a weight


def made(place, resp, far, own):
    """In words who made the point at that place.

    resp, far, own : (3,) each: r_k, the distance to μ_k, and that distance in the k's own σ
    """
    best, near = _first(resp >= resp.max() - TIE), _first(far <= far.min() + TIE)
    share = "over 0.99" if resp[best] > 0.995 else rounded(resp[best], 2)
    if resp[best] < 0.4 - TIE:
        return f"Nobody knows who made {place}: no k can claim more than {share} of it."
    if resp[best] < 0.6 - TIE:
        return f"Hard to say who made {place}: most likely {named(best)}, with probability {share}."
    if near == best:
        return f"{named(best)} stands nearest to {place}, and made it with probability {share}."
    if own[best] < own[near] - TIE:
        digits = 1 if own[near] - own[best] >= 0.1 else 2
        return (
            f"{named(best)} made x with probability {share}, though {named(near)} stands nearer: "
            f"x is {rounded(own[near], digits)} σ from it, and only "
            f"{rounded(own[best], digits)} of {NAMES[best]}'s wider σ."
        )
    return (
        f"{named(best)} made {place} with probability {share}, though {named(near)} stands "
        "nearer, with a lower bump."
    )


def beneath(log_px):
    """A sign where log p(x) is below the picture."""
    return " There log p(x) is below the picture." if log_px < LOWEST else ""


def named(k):
    """The k-th Gaussian, counted from 0, in its colour."""
    return f"[{NAMES[k]}]({TONES[k]})"


def listed(values, digits=2):
    """Numbers in a row of words."""
    return ", ".join(rounded(value, digits) for value in values)


def even(low, high, step):
    """All multiples of 1/`step` from low to high."""
    return tuple(k / step for k in range(round(step * low), round(step * high) + 1))


def parts(k, start):
    """The slider of a weight, in parts of the sum of all."""
    return {f"weight{k}": Slider(f"k = {k}: parts", even(LEAST, MOST, 10), start, digits=1)}


def of_each(kind, name, panel, label="", size=2.5):
    """A mark for each k, which keeps its tone, dash and shape."""
    return {
        f"{name}{k}": Mark(kind, panel, label.format(k), *look, size=size)
        for k, look in zip(THREE, LOOKS, strict=True)
    }


def named_once(marks, label):
    """The same marks, with a label for all at the first."""
    name = next(iter(marks))
    return marks | {name: replace(marks[name], label=label)}


def who(panel):
    """The bars of r, in the colours of the k."""
    return Mark("bars", panel, names=tuple(f"k = {k}" for k in THREE), tones=TONES)


def _first(true):
    return int(np.argmax(true))
