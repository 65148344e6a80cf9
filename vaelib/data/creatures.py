"""Pixel monsters with known traits, drawn by whole numbers alone.

A creature is ten traits, drawn independently of each other, and a picture that follows from them:
mirror-symmetric, 24 × 24 pixels in colour. Six traits are names (`LEVELS`), four are whole numbers
from 0 to 255 (`NUMBERS`), of which `hue` and `accent` go round a circle: 255 lies beside 0.

The picture is made as on an old game console: first an array of palette entries, in which the body
is a formula and its features are stamps, then the colours. No real number is rounded on the way, so
the same traits give the same bytes on every machine.
"""

from typing import NamedTuple

import numpy as np
import torch
from sklearn.utils import check_random_state

from vaelib import checks

SIDE = 24
LEVELS = {
    "body": ("round", "block", "pear", "ghost", "drop"),
    "ears": ("cat", "rabbit", "bear", "horns", "antennae", "sprout"),
    "eyes": ("dots", "big", "sleepy", "happy", "cyclops"),
    "mouth": ("smile", "open", "fangs", "curl", "beak"),
    "limbs": ("feet", "arms", "wings", "legs", "float"),
    "pattern": ("plain", "belly", "spots", "stripes", "dipped"),
}
NUMBERS = ("hue", "accent", "size", "lightness")
TRAITS = (*LEVELS, *NUMBERS)

# Palette entries: background, ground, outline, base, light, shade, accent and its shade, and the
# fixed colours of the features. Twelve colours on a ring, chosen by eye, give base and accent.
PALETTE = ".T#BLSAD" + "kwpryogGI"
FIXED = {
    ".": (252, 248, 238), "T": (230, 222, 208), "k": (40, 32, 52), "w": (255, 255, 255),
    "p": (255, 148, 158), "r": (178, 44, 66), "y": (255, 202, 84), "o": (228, 134, 44),
    "g": (128, 204, 96), "G": (64, 136, 74), "I": (255, 242, 208),
}  # fmt: skip
RING = np.array([
    (232, 88, 86), (240, 132, 70), (246, 176, 68), (242, 212, 86), (178, 208, 86), (104, 188, 108),
    (74, 184, 160), (78, 182, 216), (86, 138, 224), (126, 112, 220), (178, 108, 208),
    (236, 118, 166),
])  # fmt: skip

# Stamps of the right half, whose mirror is the left; a space leaves what is there.
STAMPS = {
    "cat": ("   ##", "  #B#", " #BA#", "#BAA#", "#BAA#", "#BBB#", " BBB "),
    "rabbit": (" ## ", "#BB#", "#BA#", "#BA#", "#BA#", "#BA#", "#BB#", "#BB#"),
    "bear": (" ### ", "#BBB#", "#BAB#", "#BAA#", "#BBB#", " BB# "),
    "horns": ("   ##", "  #I#", " ##I#", "#III#", "#II# ", "#I#  "),
    "antennae": (" ## ", "#AA#", "#DA#", " ## ", " #  ", "#   ", "#   "),
    "sprout": (" ### ", "#ggG#", "GgG# ", "GG#  ", "G#   ", "G#   "),
    "dots": ("wk", "kk", "kk"),
    "big": (" kk ", "kwkk", "kkkk", "kkwk", " kk "),
    "sleepy": ("k  k", " kk "),
    "happy": (" kk ", "k  k"),
    "cyclops": ("kk  ", "wwk ", "wAwk", "kAwk", "AAwk", "wwk ", "kk  "),
    "cheek": ("pp",),
    "smile": ("  k", "kk "),
    "open": ("kkk", "rrk", "pk "),
    "fangs": ("kkk", " w "),
    "curl": ("k  k", " kk "),
    "beak": ("yo", "o "),
    "feet": (" ### ", "#AAA#", " ### "),
    "arms": ("  ## ", " #BB#", "#BBS#", "BBS# ", "B##  "),
    "wings": ("   ##", "  #A#", "##AA#", "#AAA#", "AAAA#", "AAD# ", "DD#  ", "##   "),
    "legs": ("BB#BB#", "BB#BB#", "BB#BB#", "SS#SS#", "## ## "),
}


class Creatures(NamedTuple):
    """Pictures of creatures and the traits that they were drawn from.

    Attributes
    ----------
    images : Tensor (n, 24, 24, 3), uint8
    x : Tensor (n, 1728), float32
        The same in [0, 1], a row an image.
    traits : dict of Tensor (n,), int64
        Each value a place in `LEVELS[name]`, or for `NUMBERS` from 0 to 255.
    """

    images: torch.Tensor
    x: torch.Tensor
    traits: dict


def creatures(n, random_state=None):
    """Draw n creatures: each trait uniform over its values, and independent of all others.

    Parameters
    ----------
    n : int
    random_state : int, RandomState or None
        As in scikit-learn. A longer draw begins with the shorter one of the same seed.

    Returns
    -------
    Creatures

    Raises
    ------
    ValueError
        When n is not a whole number ≥ 1.
    """
    n = checks.whole("n", n)
    random = check_random_state(random_state)
    draws = random.randint(2**31, size=(n, len(TRAITS)), dtype=np.int64)
    counts = [len(LEVELS.get(name, range(256))) for name in TRAITS]
    values = torch.from_numpy((draws * counts) >> 31)  # (n, 10)
    traits = dict(zip(TRAITS, values.T.contiguous(), strict=True))
    images = render_creatures(traits)
    return Creatures(images, images.reshape(n, -1).float() / 255, traits)


def draw_creature(
    body="round",
    ears="cat",
    eyes="dots",
    mouth="smile",
    limbs="feet",
    pattern="belly",
    hue=150,
    accent=60,
    size=128,
    lightness=128,
):
    """Draw one creature, its traits asked for by name.

    Parameters
    ----------
    body, ears, eyes, mouth, limbs, pattern : str
        One of `LEVELS[name]`.
    hue, accent, size, lightness : int
        From 0 to 255.

    Returns
    -------
    Tensor (24, 24, 3), uint8

    Raises
    ------
    ValueError
        For a level that is not in `LEVELS`, or a number outside 0 … 255.
    """
    traits = dict(zip(TRAITS, (body, ears, eyes, mouth, limbs, pattern), strict=False))
    for name, level in traits.items():
        traits[name] = LEVELS[name].index(checks.one_of(name, level, LEVELS[name]))
    traits |= {"hue": hue, "accent": accent, "size": size, "lightness": lightness}
    return render_creatures({name: [value] for name, value in traits.items()})[0]


def render_creatures(traits):
    """Draw n creatures with these traits.

    Parameters
    ----------
    traits : dict
        {name: n whole numbers} for each of `TRAITS`, as `creatures` returns them.

    Returns
    -------
    Tensor (n, 24, 24, 3), uint8

    Raises
    ------
    ValueError
        For a trait that is missing or unknown, and for a value that it does not have.
    """
    t = _checked(traits)
    canvas = np.zeros((len(t["size"]), SIDE, SIDE), np.uint8)
    width, middle, body = _body(t)
    _draw_behind(canvas, t, width, middle, body)
    _draw_body(canvas, t, width, middle, body)
    _draw_in_front(canvas, t, width, middle, body)
    return torch.from_numpy(_colours(t)[np.arange(len(canvas))[:, None, None], canvas])


def _grid():
    """Coordinates x (24,) from the middle line and y (24, 1) from the top, in ⅛ of a pixel."""
    i = np.arange(SIDE)
    return 4 * abs(2 * i - SIDE + 1), (8 * i + 4)[:, None]


def _body(t):
    """Half the body's width and its middle's height (n,), in eighths; its pixels (n, 24, 24)."""
    a = 44 + t["size"] * 20 // 255
    b = 40 + t["size"] * 18 // 255 + 3 * (t["body"] == LEVELS["body"].index("drop"))
    middle = 168 - b - 16 * (t["limbs"] >= LEVELS["limbs"].index("legs"))  # those two stand higher
    x, y = _grid()
    y, width, b = y - middle[:, None, None], a, b[:, None, None]
    a = a[:, None, None]
    ellipse = x**2 * b**2 + y**2 * a**2 <= a**2 * b**2
    shapes = [
        ellipse,
        x**4 * b**4 + y**4 * (a - 2) ** 4 <= (a - 2) ** 4 * b**4,
        (30 * x * b**2) ** 2 <= (a * (25 * b + 11 * y)) ** 2 * (b**2 - y**2),
        np.where(y < 0, ellipse, (x <= a) & (y <= b - 8 * (x // 16 % 2))),
        27 * x**2 * b**4 <= 16 * a**2 * (b + y) ** 3 * (b - y),
    ]
    return width, middle, np.choose(t["body"][:, None, None], shapes)


def _draw_behind(canvas, t, width, middle, body):
    x, y = _grid()
    canvas[x**2 + 16 * (y - 180) ** 2 <= (width[:, None, None] + 4) ** 2] = PALETTE.index("T")
    top = body.argmax(1)  # (n, 24): the body's first row in each column
    last = SIDE - 1 - body[:, :, ::-1].argmax(2)  # (n, 24): its last column in each row
    bottom = SIDE - 1 - body.any(2)[:, ::-1].argmax(1)  # (n,): its last row
    n, beside = np.arange(len(canvas)), middle // 8
    for level, up in (("arms", 1), ("wings", 5)):
        _stamp(canvas, t, "limbs", level, beside - up, last[n, beside])
    _stamp(canvas, t, "limbs", "legs", bottom - 1, SIDE // 2)
    narrow = np.array([8, 8, 6, 8, 5])[t["body"]]  # a pear's and a drop's head, in eighths
    for level, out, up in (
        ("cat", 6, 4), ("rabbit", 4, 6), ("bear", 7, 4), ("horns", 7, 4), ("antennae", 4, 6),
    ):  # fmt: skip
        column = SIDE // 2 + width * out * narrow // 896
        _stamp(canvas, t, "ears", level, top[n, column] - up, column)


def _draw_body(canvas, t, width, middle, body):
    x, y = _grid()
    y, a = y - middle[:, None, None], width[:, None, None]
    spots = np.zeros_like(body)
    for right, down in ((0, -36), (a * 13 // 16, 22), (a // 2, 38), (a * 3 // 4, -28)):
        spots |= (x - right) ** 2 + (y - down) ** 2 <= 110
    accented = [
        np.zeros_like(body),
        x**2 + 3 * (y - 5 * a // 8) ** 2 <= (a - 12) ** 2,
        spots,
        ((y + 64) // 16 % 2 == 0) & (x > a // 2 + 4) | (x <= 4) & (y < -24),
        y > 14 + 8 * (x // 16 % 2),
    ]
    accented = np.choose(t["pattern"][:, None, None], accented)
    above = np.pad(body, ((0, 0), (1, 0), (0, 0)))[:, :-1]  # there is body in the pixel above
    below = np.pad(body, ((0, 0), (0, 1), (0, 0)))[:, 1:]
    left, right = np.roll(body, 1, 2), np.roll(body, -1, 2)
    for mask, entry in (
        (above | below | left | right, "#"),
        (body, "B"),
        (body & ~above, "L"),
        (body & ~below, "S"),
        (body & accented, "A"),
        (body & accented & ~below, "D"),
    ):
        canvas[mask] = PALETTE.index(entry)


def _draw_in_front(canvas, t, width, middle, body):
    centre = SIDE // 2
    _stamp(canvas, t, "ears", "sprout", body[:, :, centre].argmax(1) - 5, centre)
    bottom = SIDE - 1 - body.any(2)[:, ::-1].argmax(1)
    for level in ("feet", "arms", "wings"):
        _stamp(canvas, t, "limbs", level, bottom - 1, centre + (width - 30) // 12, stamp="feet")
    row = middle // 8 - 2 + np.array([0, 0, 1, 0, 2])[t["body"]]  # of the eyes
    column = centre + (width - 20) // 16
    for level, down in (("dots", 0), ("big", -2), ("sleepy", 0), ("happy", 1), ("cyclops", -3)):
        _stamp(canvas, t, "eyes", level, row + down, centre if level == "cyclops" else column)
        _stamp(canvas, t, "eyes", level, row + 3, centre + (width - 12) // 10, stamp="cheek")
    for level in LEVELS["mouth"]:
        _stamp(canvas, t, "mouth", level, row + 4, centre)


def _stamp(canvas, t, name, level, row, column, stamp=None):
    """Put a stamp and its mirror on all creatures of a level; its first pixel is (row, column)."""
    who = np.flatnonzero(t[name] == LEVELS[name].index(level))
    row, column = (np.broadcast_to(place, len(canvas))[who] for place in (row, column))
    for down, line in enumerate(STAMPS[stamp or level]):
        for right, entry in enumerate(line):
            if entry != " ":
                r, c = row + down, column + right
                inside = (r >= 0) & (r < SIDE) & (c < SIDE)
                n, r, c = who[inside], r[inside], c[inside]
                canvas[n, r, c] = canvas[n, r, SIDE - 1 - c] = PALETTE.index(entry)


def _colours(t):
    """Each creature's palette, uint8 (n, entries, 3)."""
    light = t["lightness"][:, None]
    darker = _mixed(_on_ring(t["hue"]), (64, 36, 84), 76 - light * 76 // 255)
    base = _mixed(darker, (255, 255, 255), light * 120 // 255)
    accent = _mixed(_on_ring(t["accent"]), (255, 255, 255), 60)
    own = {
        "#": _mixed(base, (44, 28, 60), 172),
        "B": base,
        "L": _mixed(base, (255, 250, 235), 110),
        "S": _mixed(base, (70, 40, 100), 50),
        "A": accent,
        "D": _mixed(accent, (90, 50, 100), 50),
    }
    fixed = {entry: np.tile(colour, (len(light), 1)) for entry, colour in FIXED.items()}
    return np.stack([(own | fixed)[entry] for entry in PALETTE], axis=1).astype(np.uint8)


def _on_ring(position):
    first, share = np.divmod(len(RING) * position, 256)
    return _mixed(RING[first], RING[(first + 1) % len(RING)], share[:, None])


def _mixed(colour, other, share):
    """share/256 of the other colour in a colour, (n, 3)."""
    return ((256 - share) * colour + share * np.asarray(other)) >> 8


def _checked(traits):
    """{name: int64 array (n,)}, or ValueError."""
    if not isinstance(traits, dict) or set(traits) != set(TRAITS):
        came = sorted(traits, key=str) if isinstance(traits, dict) else type(traits).__name__
        raise ValueError(f"traits: got {came}, wanted a dict of {', '.join(TRAITS)}")
    shape, checked = ("n",), {}
    for name in TRAITS:
        top = len(LEVELS.get(name, range(256))) - 1
        value = checks.array(name, traits[name], shape, within=(0, top))
        if value.is_floating_point() or value.dtype == torch.bool:
            raise ValueError(f"{name}: got {value.dtype}, wanted whole numbers from 0 to {top}")
        shape, checked[name] = value.shape, value.cpu().numpy().astype(np.int64)
    return checked
