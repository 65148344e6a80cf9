"""Build a creature from ten numbers: a map on which two vary, and the way to a stranger.

z → E[x|z],   share of trait in z_j = Var(E[z_j | trait]) / Var(z_j)   (lesson 12, equation 12.3)

The decoder is smaller than the lesson's (`creature_decoder`). The strangers are what it draws of
the codes of creatures held out. Without a kernel the browser computes the scene (creature.js).
Source: Hung-yi Lee's lecture, the Pokémon: fix eight numbers, vary two.
"""

from functools import cache

import numpy as np

from vaelib.data.creatures import TRAITS
from vaelib.teaching.explore.creature_decoder import EDGE, FAR, STRANGERS, draw_codes, packed
from vaelib.teaching.explore.creature_look import changed
from vaelib.teaching.explore.files import HERE
from vaelib.teaching.explore.scene import Axis, Choice, Explorer, Mark, Panel, Scene, Slider
from vaelib.teaching.explore.words import rounded

LABELS = tuple(f"number {k}" for k in range(1, 11))
TURNS, KEPT = (51, 125), (61, 74)  # degrees and % of the outline (`creature_look`), least and most
VALUES = tuple(round(0.02 * i, 2) for i in range(-150, 151))
TICKS = np.array([-2.4, -1.2, 0.0, 1.2, 2.4])  # the middles of the map's tiles
START = (1.0, 0.3, 0.0, -0.5, 1.4, -1.3, 0.8, 0.2, 2.2, -0.8)  # the code of a creature held out
TOP = 180  # of the lengths' axis


def where(length):
    """In words, a code so far from 0 among those of creatures held out."""
    least, low, high, most = packed()["quantiles"].astype(float)
    if length < least:
        return "Nearer to 0 than all creatures"
    if length < low:
        return "Nearer to 0 than nineteen in twenty creatures"
    if length <= high:
        return "Among the creatures"
    return f"Farther from 0 than {'nineteen in twenty' if length <= most else 'all'} creatures"


def pale(length):
    """Why a picture near 0 is pale, where it is."""
    if length >= packed()["quantiles"][1]:
        return ""
    return " Each pixel is a mean over all that the code can be: unsure is pale."


def made(j):
    """z_j, and the two traits that explain most of its variance."""
    shares = packed()["table"][j].astype(int)
    first, second = np.argsort(-shares, kind="stable")[:2]
    return (
        f"{shares[first]} % of {LABELS[j]}'s variance comes from {TRAITS[first]}, "
        f"{shares[second]} % from {TRAITS[second]}"
    )


def numbers(j, i):
    """All numbers: what the two of the map are made of, and how far codes lie from 0."""
    _, low, high, _ = (rounded(float(value), 1) for value in packed()["quantiles"])
    flat = "; upwards is the same number, so the rows are alike" if i == j else f"; {made(i)}"
    return (
        f"Over all creatures {made(j)}{flat}. Such a share averages over creatures: in yours a "
        f"number may change something else. From −2 to 2 a number turns the mean colour by "
        f"{TURNS[0]} to {TURNS[1]} degrees, and {KEPT[0]} to {KEPT[1]} % of both outlines are in "
        f"both, on average over the {STRANGERS} strangers. Of 1,000 creatures held out nine in ten "
        f"have a code (the encoder's mean) {low} to {high} from 0. Draws of the prior N(0, I) lie "
        "a little nearer."
    )


@cache
def first():
    """The picture of the first creature."""
    return draw_codes(np.array([START]))[0]


def painted(image):
    """Colour and outline against the first creature: a point, or one too grey to have a colour."""
    turn, kept, has_hue = changed(first(), image)
    point = np.array([[turn, kept]])
    return {"painted": point[: int(has_hue)], "grey": point[int(has_hue) :]}


def scene(across, up, stranger, **sliders):
    """The creature of a code beside a stranger, and a map on which two numbers of the code vary.

    Parameters
    ----------
    across, up : one of LABELS
        The numbers that vary on the map.
    stranger : float, 1 to 40
        Which creature held out, rounded down.
    z1, z2, …, z10 : float, −3 to 3
        The code.
    """
    z = np.array([sliders[f"z{k}"] for k in range(1, 11)])
    j, i, stranger = LABELS.index(across), LABELS.index(up), int(stranger)
    theirs = packed()["strangers"][stranger - 1].astype(float)
    codes = np.tile(z, (29, 1))
    codes[1:4] = theirs, (z + theirs) / 2, 0 * z
    codes[4:, i] = TICKS[::-1].repeat(5)
    codes[4:, j] = np.tile(TICKS, 5)
    images = draw_codes(codes)
    yours, away, between = np.linalg.norm(codes[:3], axis=1)
    return Scene(
        {
            "mine": images[0],
            "others": images[1:4],
            "map": images[4:],
            "here": [[z[j], 0 if i == j else z[i]]],
            "shell": [[float(edge), 0, TOP] for edge in packed()["quantiles"][1:3]],
            "theirs": [[away, 0], [away, TOP]],
            "yours": [[yours, 0], [yours, TOP]],
            "goal": [[120, 90, 100], [180, 90, 100]],
            **painted(images[0]),
        },
        f"{where(yours)}: your ten numbers lie [{rounded(yours, 1)}](pink) from 0, the "
        f"[stranger's](orange) {rounded(away, 1)}, half-way between them {rounded(between, 1)}."
        + pale(yours),
        numbers(j, i),
    )


explorer = Explorer(
    name="creature",
    title="Build a creature",
    about="Ten numbers, a code z, make a creature. Drag the ring: on the map two of them vary, and "
    "eight stay. Press another creature to become it; drag your distance from 0, too.",
    lessons=("12_creatures",),
    controls={
        f"z{k}": Slider(name, VALUES, start)
        for k, (name, start) in enumerate(zip(LABELS, START, strict=True), 1)
    }
    | {
        "across": Choice("across the map", LABELS, LABELS[6]),
        "up": Choice("up the map", LABELS, LABELS[4]),
        "stranger": Slider("which stranger", tuple(range(1, STRANGERS + 1)), 8, digits=0),
    },
    panels={
        "map": Panel(
            "Two numbers vary, eight stay",
            Axis("{across}", -EDGE, EDGE),
            Axis("{up}", -EDGE, EDGE),
            equal=True,
        ),
        "yours": Panel("Your creature", aspect=1.5, near=True),
        "others": Panel("Press one: a stranger, half-way, all ten at 0", aspect=3),
        "far": Panel(
            "Where codes lie",
            Axis("distance from 0", 0, FAR),
            Axis("creatures of 1,000", 0, TOP),
            aspect=2.4,
        ),
        "paint": Panel(
            "Yours against the first creature",
            Axis("colour turned / degrees", -8, 188),
            Axis("outline kept / %", 0, 108),
            aspect=2.4,
        ),
    },
    marks={
        "mine": Mark("image", "yours"),
        "others": Mark("image", "others", columns=3),
        "map": Mark("image", "map", extent=(-EDGE, EDGE, -EDGE, EDGE), columns=5),
        "here": Mark("points", "map", tone="pink", shape="ring", size=9),
        "shell": Mark("band", "far", "nine in ten", "green"),
        "lengths": Mark("band", "far", "creatures held out", "muted", fixed=True),
        "prior": Mark("line", "far", "draws of the prior", "muted", "dash", fixed=True),
        "theirs": Mark("line", "far", "stranger", "orange"),
        "yours": Mark("line", "far", "yours", "pink"),
        "goal": Mark("band", "paint", "repainted", "green"),
        "painted": Mark("points", "paint", "yours", "pink", size=5),
        "grey": Mark("points", "paint", "yours, but too grey", "muted", shape="ring", size=5),
    },
    scene=scene,
    fixed=packed,
    evaluator=HERE / "creature.js",
)
