"""The packed face: an explorer's declaration and all scenes on its controls' grid, as one file.

The file is gzip of these bytes (packed.js reads them):

    offset    bytes   what
    0         4       h, the length of the head; little-endian, without sign
    4         h       the head, JSON in UTF-8
    4 + h     f       fixed arrays in the order of head["fixed"]
    4 + h + f         for each mark in the order of head["marks"]: its arrays, scene after scene;
                      nothing where the scene's layout lacks the mark

    head      name title about lessons controls panels marks pads play evaluator: the declaration
              fixed      [[name, type, shape], …] of the fixed arrays
              layouts    lists like `fixed`: all combinations of types and shapes that scenes have
              which      for each scene, the index of its layout
              sentences  for each scene, its sentence
              more       for each scene, the words behind it

A type is "f2" (half float, little-endian), "f4" (float) or "u1" (byte); arrays are row by row and
nothing is padded. Scenes are ordered by the controls' packed values, the last control fastest.
A mark's arrays lie side by side because neighbours are alike and so pack well.
"""

import gzip
import itertools
import json
from dataclasses import asdict

import numpy as np
from tqdm import tqdm

from vaelib.teaching.explore.scene import Choice


def head(explorer):
    """The declaration as plain values for JSON."""
    controls = [
        {
            "name": name,
            "kind": "choice" if isinstance(control, Choice) else "slider",
            "packed": control.packed(),
            **control._asdict(),
        }
        for name, control in explorer.controls.items()
    ]
    return {
        "name": explorer.name,
        "title": explorer.title,
        "about": explorer.about,
        "lessons": explorer.lessons,
        "controls": controls,
        "panels": {name: _panel(panel) for name, panel in explorer.panels.items()},
        "marks": {name: asdict(mark) for name, mark in explorer.marks.items()},
        "pads": [pad._asdict() for pad in explorer.pads],
        "play": explorer.play,
        "evaluator": explorer.evaluator is not None,
    }


def grid(explorer):
    """The parameters of every packed scene, in order; none where the browser evaluates."""
    if explorer.evaluator is not None:
        return []
    values = [control.packed() for control in explorer.controls.values()]
    return [
        dict(zip(explorer.controls, point, strict=True)) for point in itertools.product(*values)
    ]


def layout(arrays, kind):
    """([[name, dtype, shape], …], bytes) of arrays, floats as dtype `kind`, "f2" or "f4"."""
    parts = {name: _encoded(name, array, kind) for name, array in arrays.items()}
    shapes = [[name, part.dtype.str[1:], part.shape] for name, part in parts.items()]
    return shapes, [part.tobytes() for part in parts.values()]


def pack(explorer, progress=False):
    """The explorer's file, bytes. Raises ValueError where a scene is not sound."""
    fixed, body = layout(explorer.fixed_arrays(), "f2")
    points = grid(explorer)
    sentences, more, layouts, which, columns = [], [], [], [], {}
    for point in tqdm(points, desc=explorer.name, disable=not progress, leave=False):
        scene = explorer.draw(**point)
        shapes, parts = layout(scene.arrays, "f2")
        if shapes not in layouts:
            layouts.append(shapes)
        which.append(layouts.index(shapes))
        sentences.append(scene.sentence)
        more.append(scene.more)
        for (name, *_), part in zip(shapes, parts, strict=True):
            columns.setdefault(name, []).append(part)
    top = {"fixed": fixed, "layouts": layouts, "which": which}
    top |= {"sentences": sentences, "more": more}
    text = json.dumps(head(explorer) | top, ensure_ascii=False).encode()
    parts = [len(text).to_bytes(4, "little"), text, *body]
    parts += [part for name in explorer.marks for part in columns.get(name, [])]
    return gzip.compress(b"".join(parts), compresslevel=9, mtime=0)


def unpack(data):
    """The head of a file and the bytes behind it."""
    content = gzip.decompress(data)
    end = 4 + int.from_bytes(content[:4], "little")
    return json.loads(content[4:end]), content[end:]


def _panel(panel):
    axes = {name: axis and axis._asdict() for name, axis in (("x", panel.x), ("y", panel.y))}
    return asdict(panel) | axes


def _encoded(name, array, kind):
    with np.errstate(over="ignore"):  # an infinity is named below
        part = array if array.dtype == np.uint8 else array.astype(f"<{kind}")
    if not np.isfinite(part).all():
        raise ValueError(f"{name}: holds numbers too large for {part.dtype}")
    return part
