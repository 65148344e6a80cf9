"""Where the explorers' files lie: the front end beside this module, the rest in the course's data/.

The course runs from its clone: `data/` is not part of the installed package.
"""

import json
from pathlib import Path

HERE = Path(__file__).resolve().parent
FRONT = HERE / "front"
PALETTE = json.loads((FRONT / "palette.json").read_text(encoding="utf-8"))  # "light" and "dark"
DATA = HERE.parents[2] / "data"
CHECKPOINTS = DATA / "checkpoints"
SCENES = DATA / "scenes"


def hand(name):
    """The path of hands/NAME.js, which says what the hand can do in that explorer."""
    return HERE / "hands" / f"{name}.js"


def checkpoint(name):
    """The path of data/checkpoints/NAME; FileNotFoundError that says how to make it."""
    return _existing(CHECKPOINTS / name, "make checkpoints")


def stored(name):
    """The bytes of data/scenes/NAME.gz; FileNotFoundError that says how to make it."""
    return _existing(SCENES / f"{name}.gz", "make scenes").read_bytes()


def _existing(path, command):
    if not path.is_file():
        raise FileNotFoundError(f"no {path}: run `{command}` in the course's folder")
    return path
