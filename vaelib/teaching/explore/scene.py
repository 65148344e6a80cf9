"""What an explorer is: controls, panels with marks, and a pure function from parameters to a scene.

(parameters) → Scene(arrays, sentence)

A mark says once how an array is drawn and on which panel; a scene holds the arrays by the marks'
names, and one sentence that says in words what is seen. Shapes, by the mark's kind:

    line    (n, 2) or (m, n, 2): x, y along one line, or along each of m
    band    (n, 3): x, lower and upper edge
    points  (n, 2) or (n, 3): x, y and, with `classes`, the number of the class; `mixed` (n, 2 + K):
            x, y and K shares, of which the colours of the first K classes are mixed
    bars    (n,): one value for each of the mark's `names`
    image   (h, w) or (h, w, 3), or with `columns` (n, h, w) or (n, h, w, 3): uint8, the first row
            on top
"""

from collections.abc import Callable
from dataclasses import dataclass
from numbers import Real
from pathlib import Path
from typing import NamedTuple

import numpy as np

from vaelib.teaching.explore.files import PALETTE
from vaelib.teaching.explore.words import LINKED

MAX_SCENE = 400_000  # bytes of one scene's arrays
TONES = tuple(PALETTE["light"]["tones"])
DIMENSIONS = {"line": (2, 3), "band": (2,), "points": (2,), "bars": (1,), "image": (2, 3, 4)}


class Slider(NamedTuple):
    """One number out of `values`, which rise.

    digits : decimals in which the value is written beside the slider
    """

    label: str
    values: tuple[float, ...]
    start: float
    digits: int = 2

    def check(self, name, value):
        """The value as a float. Raises ValueError if it is no number from first to last value."""
        low, high = self.values[0], self.values[-1]
        fine = isinstance(value, Real) and not isinstance(value, bool) and low <= value <= high
        if not fine:
            raise ValueError(f"{name}: got {value!r}, wanted a number from {low:g} to {high:g}")
        return float(value)


class Choice(NamedTuple):
    """One of a few words."""

    label: str
    values: tuple[str, ...]
    start: str

    def check(self, name, value):
        """The value. Raises ValueError if it is not one of `values`."""
        if value not in self.values:
            raise ValueError(f"{name}: got {value!r}, wanted one of {', '.join(self.values)}")
        return value


class Axis(NamedTuple):
    """A name and fixed limits, in the data's own units; `log` spaces them by their logarithms.

    A y without a name, "", has no ticks. A name "{control}" is the value of that control.
    """

    label: str
    low: float
    high: float
    log: bool = False


@dataclass(frozen=True)
class Panel:
    """Axes with fixed limits. Without `x` and `y` it is bare, for images; bars need no `y`.

    An explorer's first panel is its large one; the others stand beside it.

    aspect : width / height of what is drawn; `equal` axes set it themselves
    under : it stands under the large one, on the same x axis, and not beside it
    near : on a phone it stays in sight with the large one, small
    """

    title: str
    x: Axis | None = None
    y: Axis | None = None
    aspect: float = 1.4
    equal: bool = False
    under: bool = False
    near: bool = False

    @classmethod
    def plane(cls, title, edge, name="x"):
        """Two axes from −edge to edge with the same units, x₁ and x₂."""
        axes = (Axis(f"{name}{i}", -edge, edge) for i in "₁₂")
        return cls(title, *axes, equal=True)


@dataclass(frozen=True)
class Mark:
    """How one array is drawn, always in the order in which the explorer names its marks.

    kind : line, band, points, bars or image
    tone : one of TONES; lines have a dash beside it ("solid", "dash", "dot"), points a shape
        ("dot", "cross", "plus", "ring", or "pin", a triangle that points down at its place)
    label : its name, written along a line in its colour, for other marks in the legend; none for ""
    fixed : the array is `Explorer.fixed()`'s, the same in every scene
    asked : drawn while the button that bears its label is pressed
    mixed : see above
    names, digits, tones : of bars, of their numbers, and a tone for each bar; names also of a
        sheet's rows, tones also of the K shares of mixed points
    extent : (left, right, bottom, top) of an image on its panel's axes
    columns, ramp : images side by side in so many columns; "paper" draws 0 as paper and 255 as ink,
        "sky" 0 as black and 255 as white
    """

    kind: str
    panel: str
    label: str = ""
    tone: str = "ink"
    dash: str = "solid"
    shape: str = "dot"
    size: float = 3.0
    fixed: bool = False
    asked: bool = False
    classes: tuple[str, ...] = ()
    mixed: bool = False
    names: tuple[str, ...] = ()
    digits: int = 2
    tones: tuple[str, ...] = ()
    extent: tuple[float, ...] = ()
    columns: int = 0
    ramp: str = "paper"


class Scene(NamedTuple):
    """The arrays by the marks' names, and what is seen in words.

    sentence : a short one; `[text](name)` has the colour of the tone of that name or is, of the
        control of that name, the value, which the page lets one drag
    more : all other numbers in words, which the page folds
    """

    arrays: dict
    sentence: str
    more: str = ""


@dataclass(frozen=True)
class Explorer:
    """One declaration with two faces; see `vaelib.teaching.explore`.

    name, title, about : the module's name, a heading, and what one drags and sees, in a sentence
    lessons : the notebooks in which it stands, as ("05_lower_bound",)
    scene : (**parameters) → Scene; pure, the same arrays for the same parameters
    fixed : () → the arrays of the fixed marks
    play : the slider that runs by itself when the play button is pressed
    evaluator : the path of the scene's twin in JavaScript, a module that exports
        scene(parameters, fixed) → {arrays, sentence, more}; `fixed` may hold arrays of no mark
    """

    name: str
    title: str
    about: str
    lessons: tuple[str, ...]
    controls: dict[str, Slider | Choice]
    panels: dict[str, Panel]
    marks: dict[str, Mark]
    scene: Callable[..., Scene]
    evaluator: Path
    fixed: Callable[[], dict] = dict
    play: str | None = None

    def start(self):
        """The parameters at which it opens."""
        return {name: control.start for name, control in self.controls.items()}

    def check(self, parameters):
        """All parameters, checked, the missing ones at their start; ValueError for any other."""
        unknown = sorted(set(parameters) - set(self.controls))
        if unknown:
            wanted = ", ".join(self.controls)
            raise ValueError(f"{unknown[0]}: {self.title} has no such control, only {wanted}")
        given = self.start() | parameters
        return {name: control.check(name, given[name]) for name, control in self.controls.items()}

    def draw(self, **parameters):
        """The checked scene of checked parameters: floats as float64, images as uint8.

        Raises ValueError for a parameter out of range, and for a scene that is not what the marks
        ask for: an array missing or of no mark, a wrong shape, NaN, over MAX_SCENE bytes.
        """
        scene = self.scene(**self.check(parameters))
        self._check_words(scene)
        moving = {name: mark for name, mark in self.marks.items() if not mark.fixed}
        arrays = self._arrays(scene.arrays, moving)
        size = sum(array.nbytes for array in arrays.values())
        if size > MAX_SCENE:
            raise ValueError(f"scene: got {size:,} bytes, wanted at most {MAX_SCENE:,}")
        return scene._replace(arrays=arrays)

    def _check_words(self, scene):
        if not (isinstance(scene.sentence, str) and scene.sentence.strip()):
            raise ValueError(f"sentence: got {scene.sentence!r}, wanted words")
        if not isinstance(scene.more, str):
            raise ValueError(f"more: got {scene.more!r}, wanted words, or none")
        for _, name in LINKED.findall(scene.sentence):
            if name not in self.controls and name not in TONES:
                raise ValueError(f"sentence: {name!r} is neither a control nor a tone")

    def fixed_arrays(self):
        """The checked arrays of the fixed marks, and those that only the evaluator uses."""
        given = self.fixed()
        marks = {name: mark for name, mark in self.marks.items() if mark.fixed}
        arrays = self._arrays({name: given[name] for name in marks if name in given}, marks)
        return arrays | {name: np.asarray(given[name]) for name in given if name not in marks}

    def _arrays(self, given, marks):
        if set(given) != set(marks):
            odd = ", ".join(sorted(set(given) ^ set(marks)))
            raise ValueError(f"scene: arrays and marks differ in {odd}")
        return {name: _array(name, given[name], mark) for name, mark in marks.items()}


def _array(name, values, mark):
    """What the mark draws, as uint8 or float64, or ValueError."""
    if hasattr(values, "detach"):
        values = values.detach().cpu()
    array = np.asarray(values)
    if mark.kind != "image":
        array = array.astype(np.float64)
    if array.ndim not in DIMENSIONS[mark.kind] or not _fits(array, mark):
        raise ValueError(
            f"{name}: got shape {array.shape}, no {mark.kind}; see vaelib.teaching.explore"
        )
    if mark.kind == "image" and array.dtype != np.uint8:
        raise ValueError(f"{name}: got {array.dtype}, wanted uint8 from 0 to 255")
    if not np.isfinite(array).all():
        raise ValueError(f"{name}: got NaN or infinite values, wanted finite ones")
    return array


def _fits(array, mark):
    match mark.kind:
        case "line":
            return array.shape[-1] == 2
        case "band":
            return array.shape[1] == 3
        case "points":
            return array.shape[1] > 2 if mark.mixed else array.shape[1] == 2 + bool(mark.classes)
        case "bars":
            return len(array) == len(mark.names)
        case "image":
            plain = 3 if mark.columns else 2  # dimensions; colours add one
            return array.ndim == plain or (array.ndim == plain + 1 and array.shape[-1] == 3)


def grey(images):
    """Pixels in [0, 1] as uint8; what lies outside becomes the nearest end."""
    images = images.detach().cpu().numpy() if hasattr(images, "detach") else np.asarray(images)
    return np.rint(255 * np.clip(images, 0, 1)).astype(np.uint8)
