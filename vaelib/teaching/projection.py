"""Figures for a projector: text of at least 14 pt on a slide, as SVG and PNG, with their words.

A slide is 1,280 × 720 px. A figure W inches wide is shown `shown` px wide on it, so that s points
of the figure are s · shown / (96 W) points of the slide. Beside lines of text it is shown smaller:
its own text is then larger, as far as it has room.
"""

import itertools
import json
import re

import matplotlib.pyplot as plt
from matplotlib.collections import PathCollection
from matplotlib.lines import Line2D
from matplotlib.text import Text

WIDE, HIGH = 1180, 560  # px of the slide that a figure may fill
LEFT = 400, 480, HIGH  # px that other lines leave it: the first that its text has room for
PLACES = [f"{y} {x}" for y in ("upper", "lower", "center") for x in ("right", "left")]
LEAST = 14  # points of text on the slide
PIXELS = 2560  # width of the PNG
CLOUD = 2000  # marks in one panel that an SVG holds as shapes
FEW = 100  # marks that stay shapes in a panel of more
SPACE = re.compile(r" (?=[^$]*(?:\$[^$]*\$[^$]*)*$)")  # outside of formulas
SENTENCE = re.compile(r"^.+?[.!?](?=\s+[A-ZΑ-Ω0-9]|$)", re.S)


def save(fig, alt, folder):
    """Change the figure for projection, and save it under the folder's next number.

    Parameters
    ----------
    fig : Figure
        Is not shown again.
    alt : str
    folder : Path
        Gets NNN.svg (text as paths), NNN.png and NNN.json (alternative text, caption, the
        smallest text in points of the slide, which texts overlap, which leave the figure).
    """
    rasterise(fig)
    own = {text: text.get_size() for text in fig.findobj(Text)}
    for high in LEFT:
        enlarge(fig, high, own)
        settle(fig)
        break_labels(fig)
        lift_titles(fig)
        settle(fig)
        if not (overlapping(fig) or cut(fig) or [*covering(fig)]):
            break
    for legend in covering(fig):
        raise_top(legend)
        settle(fig)
    width, height = fig.get_size_inches()
    about = {
        "alt": alt,
        "caption": caption(fig, alt),
        "inches": [width, height],
        "smallest_text": round(min(sizes(fig), default=LEAST), 2),
        "overlapping": overlapping(fig),
        "cut": cut(fig),
    }
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{1 + len(list(folder.glob('*.json'))):03d}.json"
    dpi = PIXELS / width
    with plt.rc_context({"svg.fonttype": "path", "svg.hashsalt": "vaelib"}):
        fig.savefig(path.with_suffix(".svg"), dpi=dpi, metadata={"Date": None})
    fig.savefig(path.with_suffix(".png"), dpi=dpi)
    path.write_text(json.dumps(about, ensure_ascii=False, indent=1), encoding="utf-8")


def on_slide(fig, high=HIGH):
    """Points of the slide for each point of the figure, where that has `high` px."""
    width, height = fig.get_size_inches()
    shown = min(WIDE, high * width / height)
    return shown / (96 * width)


def texts(fig):
    """The figure's texts that are drawn and say something."""
    hidden = {text for ax in fig.axes for text in not_drawn(ax)}
    found = [text for text in fig.findobj(Text) if text.get_visible() and text not in hidden]
    return [text for text in found if text.get_text().strip()]


def axes_of(ax):
    """The x axis and the y axis."""
    return ax.xaxis, ax.yaxis


def not_drawn(ax):
    """Texts that exist and are not drawn: labels of ticks beyond an axis's ends, and of no axis."""
    for axis in axes_of(ax):
        if not (ax.get_visible() and ax.axison and axis.get_visible()):
            yield from axis.findobj(Text)
        low, high = sorted(axis.get_view_interval())
        room = 1e-9 * (high - low)
        for tick in [*axis.get_major_ticks(), *axis.get_minor_ticks()]:
            if not low - room <= tick.get_loc() <= high + room:
                yield from (tick.label1, tick.label2)


def sizes(fig):
    """Each text's size in points of the slide."""
    return [text.get_size() * on_slide(fig) for text in texts(fig)]


def enlarge(fig, high=HIGH, own=None):
    """Give each text at least LEAST points in a room `high` px high; none gets smaller than `own`.

    own : {text: its size}, by default as they are
    """
    own = own or {text: text.get_size() for text in fig.findobj(Text)}
    least = LEAST / on_slide(fig, high)
    for ax in fig.axes:
        for axis in axes_of(ax):
            labels = axis.get_ticklabels(which="both")
            size = max([least, *(own.get(label, least) for label in labels)])
            axis.set_tick_params(which="both", labelsize=size)
    for text in fig.findobj(Text):
        text.set_size(max(own.get(text, least), least))


def settle(fig):
    """Lay the figure out: panels of equal scale need more than one pass."""
    for _ in range(3):
        fig.draw_without_rendering()


def break_labels(fig):
    """Set an axis's label in two lines where one leaves the figure."""
    whole = fig.bbox.padded(1)
    for label in [axis.label for ax in fig.axes for axis in axes_of(ax)]:
        words = label.get_text()
        places = [found.start() for found in SPACE.finditer(words)]
        box = label.get_window_extent()
        if places and "\n" not in words and whole.count_contains(box.corners()) < 4:
            at = min(places, key=lambda place: abs(place - len(words) / 2))
            label.set_text(f"{words[:at]}\n{words[at + 1 :]}")


def covering(fig):
    """The legends that lie on their panels' curves or marks and find no free place."""
    for ax in fig.axes:
        legend = ax.get_legend()
        if legend and not find_place(legend):
            yield legend


def find_place(legend):
    """Move a legend that lies on something to a place that is free; whether it lies on nothing."""
    for place in PLACES:
        if not on_data(legend):
            return True
        legend.set_loc(place)
    return not on_data(legend)


def on_data(legend):
    """Whether it lies on a curve, a mark or a bar's edge of its panel."""
    box, ax = legend.get_window_extent(), legend.axes
    for line in ax.lines:
        path = line.get_path().transformed(line.get_transform()).cleaned(remove_nans=True)
        if line.get_linestyle() != "None" and path.intersects_bbox(box, filled=False):
            return True
        if marks(line) and box.count_contains(path.vertices):
            return True
    for patch in ax.patches:  # bars, and a histogram's steps
        path = patch.get_path().transformed(patch.get_transform())
        if path.intersects_bbox(box, filled=False):
            return True
    return any(
        box.count_contains(cloud.get_offset_transform().transform(cloud.get_offsets()))
        for cloud in ax.collections
        if isinstance(cloud, PathCollection)
    )


def raise_top(legend):
    """Give a legend room above all that its panel draws, not beside panels of equal scale."""
    ax = legend.axes
    legend.set_loc("upper left")
    if ax.get_aspect() != "auto" and len(ax.figure.axes) > 1:
        return
    scale = ax.yaxis.get_transform()
    low, high = scale.transform(ax.get_ylim())
    share = min(0.7, 0.06 + legend.get_window_extent().height / ax.bbox.height)
    ax.set_ylim(top=scale.inverted().transform(low + (high - low) / (1 - share)))


def lift_titles(fig):
    """Lift the titles where one has grown over its panel's side: a tick's label may be under it."""
    titled = [ax for ax in fig.axes if ax.get_title()]
    boxes = [(ax.title.get_window_extent(), ax.bbox) for ax in titled]
    if any(box.x0 < panel.x0 or box.x1 > panel.x1 for box, panel in boxes):
        for ax in titled:
            size = ax.title.get_size()
            style = {"size": size, "weight": ax.title.get_weight(), "color": ax.title.get_color()}
            ax.set_title(ax.get_title(), style, pad=plt.rcParams["axes.titlepad"] + size / 2)


def rasterise(fig):
    """Make pixels of the marks of a panel that has more than CLOUD of them."""
    for ax in fig.axes:
        count = {artist: marks(artist) for artist in [*ax.collections, *ax.lines]}
        if sum(count.values()) > CLOUD:
            for artist, n in count.items():
                artist.set_rasterized(n > FEW)


def marks(artist):
    """How many marks a collection or a line draws."""
    if isinstance(artist, Line2D):
        return 0 if artist.get_marker() in ("", " ", "None", None) else len(artist.get_xdata())
    return max(len(artist.get_offsets()), len(artist.get_paths()))


def caption(fig, alt):
    """The figure's title, else that of its only panel, else the first sentence of `alt`."""
    title = fig.get_suptitle()
    if not title and len(fig.axes) == 1:
        title = fig.axes[0].get_title()
    found = SENTENCE.match(alt)
    return " ".join((title or (found[0] if found else alt)).split())


def boxes(fig):
    """[(text, the rectangle it fills)] in pixels."""
    return [(text.get_text(), text.get_window_extent()) for text in texts(fig)]


def overlapping(fig):
    """Pairs of texts of which one covers more than a quarter of the other's height."""
    pairs = itertools.combinations(boxes(fig), 2)
    return [[one, other] for (one, a), (other, b) in pairs if covers(a, b)]


def covers(a, b):
    """Whether two rectangles have more in common than an edge: a line's box has air around it."""
    wide, high = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
    return min(wide, high) > min(a.width, a.height, b.width, b.height) / 4


def cut(fig):
    """Texts that leave the figure."""
    whole = fig.bbox.padded(1)
    return [text for text, box in boxes(fig) if whole.count_contains(box.corners()) < 4]
