"""An explorer's declaration and its fixed arrays as one file: a page computes its scenes from it.

The file is gzip of these bytes (packed.js reads them):

    offset    bytes   what
    0         4       h, the length of the head; little-endian, without sign
    4         h       the head, JSON in UTF-8
    4 + h     f       fixed arrays in the order of head["fixed"]

    head      name title about lessons controls panels marks play: the declaration
              fixed      [[name, type, shape], …] of the fixed arrays

A type is "f2" (half float, little-endian), "f4" (float) or "u1" (byte); arrays are row by row and
nothing is padded.
"""

import gzip
import json
from dataclasses import asdict

import numpy as np

from vaelib.teaching.explore.scene import Choice


def head(explorer):
    """The declaration as plain values for JSON."""
    controls = [
        {
            "name": name,
            "kind": "choice" if isinstance(control, Choice) else "slider",
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
        "play": explorer.play,
    }


def layout(arrays, kind):
    """([[name, dtype, shape], …], bytes) of arrays, floats as dtype `kind`, "f2" or "f4"."""
    parts = {name: _encoded(name, array, kind) for name, array in arrays.items()}
    shapes = [[name, part.dtype.str[1:], part.shape] for name, part in parts.items()]
    return shapes, [part.tobytes() for part in parts.values()]


def pack(explorer):
    """The explorer's file, bytes. Raises ValueError where an array is not sound."""
    fixed, body = layout(explorer.fixed_arrays(), "f2")
    text = json.dumps(head(explorer) | {"fixed": fixed}, ensure_ascii=False).encode()
    parts = [len(text).to_bytes(4, "little"), text, *body]
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
