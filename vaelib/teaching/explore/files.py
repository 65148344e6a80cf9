"""Where the explorers' models and packed scenes lie: the course's folder `data/`."""

from pathlib import Path

DATA = Path(__file__).resolve().parents[3] / "data"
CHECKPOINTS = DATA / "checkpoints"
SCENES = DATA / "scenes"


def checkpoint(name):
    """The path of data/checkpoints/NAME. Raises FileNotFoundError that says how to make it."""
    path = CHECKPOINTS / name
    if not path.is_file():
        raise FileNotFoundError(f"no {path}: run `make checkpoints` in the course's folder")
    return path
