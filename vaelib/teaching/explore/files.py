"""Where the explorers' files lie: the front end beside this module, the rest in storage.STORED."""

import json
from pathlib import Path

from vaelib.data import storage

HERE = Path(__file__).resolve().parent
FRONT = HERE / "front"
PALETTE = json.loads((FRONT / "palette.json").read_text(encoding="utf-8"))  # "light" and "dark"
CHECKPOINTS = storage.STORED / "checkpoints"
SCENES = storage.STORED / "scenes"


def hand(name):
    """The path of hands/NAME.js, which says what the hand can do in that explorer."""
    return HERE / "hands" / f"{name}.js"


def checkpoint(name):
    """The path of the checkpoint NAME; FileNotFoundError that says how to make it."""
    return storage.existing(CHECKPOINTS / name, "make checkpoints")


def stored(name):
    """The bytes of scenes/NAME.gz; FileNotFoundError that says how to make it."""
    return storage.existing(SCENES / f"{name}.gz", "make scenes").read_bytes()
