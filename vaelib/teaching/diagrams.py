"""What depends on what: plate diagrams, chains and machines, in the course's style.

The signs are those of Bishop, *Pattern Recognition and Machine Learning* (2006), section 8.1: an
open circle is latent, a shaded one observed, a dot is a parameter, and a frame with N in its
corner stands for N copies. Two are added: a box is a network, and a letter alone is a value that
is computed from what points at it. Solid arrows are the model p, dashed ones the guess q, and
dotted ones the way that a gradient takes.
"""

import math
import re
from itertools import pairwise

import numpy as np
from matplotlib.patches import Circle, Ellipse, FancyArrowPatch, FancyBboxPatch
from matplotlib.patheffects import withStroke

from vaelib import checks
from vaelib.teaching import plots

SIGNS = {"->": ("black", "-"), "~>": ("black", (0, (5, 2))), "=>": (plots.ACCENT, (0, (1, 1)))}
FILLS = {"latent": "white", "observed": plots.SHADES[2], "parameter": "black"}
RADIUS, DOT, MARGIN = 0.3, 0.07, 0.15
HALO = [withStroke(linewidth=4, foreground="white")]  # letters stay legible on a line


def draw_graph(
    ax, places, arrows, *, observed=(), parameters=(), networks=(), values=(), plates=None
):
    r"""Draw letters at their places, and arrows between them.

    A figure with an inch for each step of 1, and one inch more, suits the letters' size.

    Parameters
    ----------
    ax : Axes
        Its axes are taken away.
    places : dict
        {letter: (across, up)}. A letter is mathtext without its dollars, such as "z_1" or "ε"; a
        word in it is set upright.
    arrows : sequence of str
        "k -> x" is solid, "x ~> z" dashed, "L => z" dotted. One may lead on, "z_2 -> z_1 -> x",
        and end in words for its middle: "x ~> z: the guess $q$".
    observed, parameters, networks, values : sequence of str
        Which letters are not latent.
    plates : dict, optional
        {corner: letters}, such as {"N": ("k", "x")}.

    Raises
    ------
    ValueError
        For an arrow that cannot be read, a letter that has no place, one of two kinds, and one
        that has the place of its arrow's other end.

    Examples
    --------
    A mixture of Gaussians, a VAE, and a machine with the way of a gradient back through it:

    >>> import matplotlib.pyplot as plt
    >>> fig, (left, middle, right) = plt.subplots(1, 3, figsize=(9, 2.5))
    >>> places = {"k": (1, 1), "x": (1, 0), "π": (0, 1), "μ, Σ": (0, 0)}
    >>> kinds = dict(observed=["x"], parameters=["π", "μ, Σ"], plates={"N": ["k", "x"]})
    >>> draw_graph(left, places, ["π -> k -> x", "μ, Σ -> x"], **kinds)
    >>> places = {"z": (1, 1), "x": (1, 0), "φ": (0, 1), "θ": (0, 0)}
    >>> kinds = dict(observed=["x"], parameters=["φ", "θ"], plates={"N": ["z", "x"]})
    >>> draw_graph(middle, places, ["z -> x", "θ -> x", "x ~> z", "φ ~> z"], **kinds)
    >>> places = {"z": (0, 0), "f": (1, 0), "L": (2, 0)}
    >>> arrows = ["z -> f -> L", "L => f => z: gradient"]
    >>> draw_graph(right, places, arrows, networks=["f"], values=["L"])
    """
    checks.array("places", list(places.values()), ("n", 2))
    kinds = {"observed": observed, "parameter": parameters, "network": networks, "value": values}
    kinds, plates = _kinds(places, kinds), plates or {}
    steps = [step for arrow in arrows for step in _steps(arrow, places)]
    for corner, letters in plates.items():
        _known(f"plates: {corner!r}", letters or [""], places)

    patches = {letter: _patch(letter, places[letter], kinds[letter]) for letter in places}
    drawn = []  # what is drawn, and between or at which letters
    for letter, patch in patches.items():
        heads = [places[head] for tail, head, *_ in steps if tail == letter]
        beside = heads if kinds[letter] == "parameter" else ()
        text = _draw_letter(ax, letter, places[letter], beside)
        drawn += [({letter}, ax.add_patch(patch)), ({letter}, text)]
    pairs = {(tail, head) for tail, head, sign, _ in steps if sign != "=>"}
    for tail, head, sign, words in steps:
        bend = 0.4 if sign == "=>" else 0.25 * ((head, tail) in pairs)
        arrow = (places[tail], places[head])
        _draw_arrow(ax, arrow, (patches[tail], patches[head]), sign=sign, bend=bend)
        if words:
            color = SIGNS[sign][0]
            drawn.append(({tail, head}, _draw_words(ax, arrow, words, color=color, bend=bend)))
    _settle(ax, list(places.values()), margin=RADIUS + MARGIN * (1 + len(plates)))
    for corner, letters in plates.items():
        n_inside = sum(set(other) < set(letters) for other in plates.values())
        _draw_plate(ax, corner, [part for at, part in drawn if at <= {*letters}], n_inside)


def _kinds(places, lists):
    """The kind of each letter, once every listed letter has a place and one kind alone."""
    kinds = dict.fromkeys(places, "latent")
    for kind, letters in lists.items():
        _known(kind, letters, places)
        for letter in letters:
            if kinds[letter] != "latent":
                raise ValueError(f"{letter}: got {kinds[letter]} and {kind}, wanted one kind")
            kinds[letter] = kind
    return kinds


def _known(name, letters, places):
    for letter in letters:
        if letter not in places:
            among = ", ".join(places)
            raise ValueError(f"{name}: got {letter!r}, wanted letters that have a place: {among}")


def _steps(arrow, places):
    """(tail, head, sign, words) of each step of an arrow; its words go to the middle one."""
    route, _, words = arrow.partition(":")
    parts = re.split(r"\s+(->|~>|=>)\s+", route.strip())
    letters, signs = parts[::2], parts[1::2]
    if not signs:
        raise ValueError(f'arrows: got {arrow!r}, wanted one like "z -> x", "x ~> z" or "L => z"')
    _known(f"arrows: {arrow!r}", letters, places)
    if any(places[tail] == places[head] for tail, head in pairwise(letters)):
        raise ValueError(f"arrows: got {arrow!r}, wanted another place for each of its letters")
    said = [""] * len(signs)
    said[(len(signs) - 1) // 2] = words.strip()
    return [(*pair, sign, s) for pair, sign, s in zip(pairwise(letters), signs, said, strict=True)]


def _maths(letter):
    """The letter as mathtext, its words upright."""
    upright = re.sub(r"(?<![\\A-Za-z])[A-Za-z]{2,}", r"\\mathrm{\g<0>}\\,", letter)
    return f"${upright}$"


def _patch(letter, place, kind):
    """The sign of a letter: a box, a circle, a dot, or the room that a letter alone takes."""
    style = {"edgecolor": "black", "linewidth": 1.5, "zorder": 3}
    if kind == "network":
        x, y, half = *place, max(RADIUS, 0.08 + 0.065 * len(letter))
        sides = ((x - half, x + half), (y - RADIUS, y + RADIUS))
        return _box(*sides, 0.06, facecolor=plots.SHADES[0], **style)
    if kind == "value":
        return Ellipse(place, max(0.4, 0.13 * len(letter)), 0.4, alpha=0)
    return Circle(place, DOT if kind == "parameter" else RADIUS, facecolor=FILLS[kind], **style)


def _box(across, up, rounding, **style):
    (left, right), (bottom, top) = across, up
    shape = f"round,pad=0,rounding_size={rounding}"
    return FancyBboxPatch((left, bottom), right - left, top - bottom, boxstyle=shape, **style)


def _draw_letter(ax, letter, place, heads):
    """A letter in its place, or, where arrows lead to some heads, beside it on the other side."""
    (x, y), align = place, {"ha": "center", "va": "center_baseline"}
    if heads:
        angle = math.atan2(sum(y - up for _, up in heads), sum(x - across for across, _ in heads))
        x, y = x + 0.16 * math.cos(angle), y + 0.2 * math.sin(angle)
        align["ha"] = _side(math.cos(angle))
    return ax.text(x, y, _maths(letter), size=15, **align, zorder=4)


def _side(across):
    """How a text is aligned that stands in this direction, from −1 (left) to 1 (right)."""
    return "left" if across > 0.5 else "right" if across < -0.5 else "center"


def _settle(ax, places, margin):
    """Show all places at an inch for each step of 1, or all smaller where the figure is."""
    low, high = np.min(places, 0) - margin, np.max(places, 0) + margin
    ax.set_axis_off()
    ax.set(aspect="equal", xlim=(low[0], high[0]), ylim=(low[1], high[1]))
    ax.figure.draw_without_rendering()  # the layout says now how much room there is
    room = ax.get_window_extent().size / ax.figure.dpi
    scale = min(1, *(room / (high - low)))
    spare = (room / scale - (high - low)) / 2
    ax.set(xlim=(low[0] - spare[0], high[0] + spare[0]))
    ax.set(ylim=(low[1] - spare[1], high[1] + spare[1]))
    for text in ax.texts:
        text.set_size(scale * text.get_size())
    ax.figure.draw_without_rendering()


def _draw_plate(ax, corner, parts, n_inside):
    """A frame around what is drawn and the plates inside it, and the letter in its corner."""
    extents = [part.get_window_extent() for part in parts]
    boxes = [extent.transformed(ax.transData.inverted()) for extent in extents]
    pad = MARGIN * (1 + n_inside)
    left, right = min(b.x0 for b in boxes) - pad, max(b.x1 for b in boxes) + pad
    bottom, top = min(b.y0 for b in boxes) - 2 * pad, max(b.y1 for b in boxes) + pad
    style = {"facecolor": "none", "edgecolor": "0.4", "linewidth": 1.2, "clip_on": False}
    ax.add_patch(_box((left, right), (bottom, top), 0.1, **style))
    ax.text(right - 0.07, bottom + 0.06, _maths(corner), size=12, ha="right", va="bottom")


def _draw_arrow(ax, arrow, patches, *, sign, bend):
    """A line in the sign's dashes, and a head without any."""
    color, dashes = SIGNS[sign]
    shape = dict(zip(("patchA", "patchB"), patches, strict=True))
    shape |= {"connectionstyle": f"arc3,rad={bend}", "shrinkA": 1, "clip_on": False, "zorder": 2}
    line = FancyArrowPatch(*arrow, arrowstyle="-", shrinkB=8, color=color, **shape)
    line.set(linestyle=dashes, linewidth=1.6)
    tip = "-|>,head_length=9,head_width=3.5"
    head = FancyArrowPatch(*arrow, arrowstyle=tip, shrinkB=2, color=color, **shape)
    head.set(linewidth=0, mutation_scale=1)
    for patch in (line, head):
        ax.add_patch(patch)


def _draw_words(ax, arrow, words, *, color, bend):
    """Words beside the middle of an arrow, on the side to which it bends, else above or right."""
    (x0, y0), (x1, y1) = arrow
    length = math.hypot(x1 - x0, y1 - y0)
    across, up = (y1 - y0) / length, (x0 - x1) / length
    if not bend and (up, across) < (0, 0):
        across, up = -across, -up
    far = length * bend / 2 + 0.12
    x, y = (x0 + x1) / 2 + far * across, (y0 + y1) / 2 + far * up
    align = {"ha": _side(across), "va": "center"}
    if align["ha"] == "center":
        align["va"] = "bottom" if up > 0 else "top"
    return ax.text(x, y, words, size=11, color=color, **align, zorder=4, path_effects=HALO)
