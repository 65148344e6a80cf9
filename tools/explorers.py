"""Pack what the explorers' pages compute from, or write the gallery of all of them.

python -m tools.explorers scenes [walk ...]     data/scenes/NAME.gz, from the checkpoints
python -m tools.explorers gallery               build/gallery/index.html, one page that opens
                                                from a file, without a kernel or a network
"""

import argparse
from pathlib import Path

import nbformat
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tools.predictions import guessing, revealed
from vaelib.teaching import explore
from vaelib.teaching.explore import digit, faces, playground
from vaelib.teaching.explore.files import SCENES
from vaelib.teaching.explore.pack import pack
from vaelib.teaching.predictions import face

ROOT = Path(__file__).resolve().parents[1]
GALLERY, NOTEBOOKS = ROOT / "build" / "gallery", ROOT / "notebooks"
TEMPLATES = Path(__file__).with_name("templates")
TITLE = "From a Gaussian mixture to a VAE, by hand"


def scenes(names):
    """Pack those explorers' declarations and fixed arrays into data/scenes."""
    SCENES.mkdir(exist_ok=True)
    for name in names:
        content = pack(explore.load(name))
        (SCENES / f"{name}.gz").write_bytes(content)
        print(f"{name}.gz: {len(content) / 1e3:.0f} kB")


def gallery(explorers, folder=GALLERY, opening=True):
    """Write the page of those explorers, behind the playground and the digit; its path.

    opening : False leaves these two out
    """
    template = Environment(loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined)
    page = template.get_template("gallery.html")
    given = {"explorers": explorers, "opening": opening}
    given |= {"faces": faces, "playground": playground, "digit": digit, "front": face.front}
    given["questions"] = first_questions() if opening else []
    text = page.render(title=TITLE, **given)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "index.html"
    path.write_text(text, encoding="utf-8")
    return path


def first_questions():
    """The first prediction of each lesson, and what was measured, as HTML."""
    stored = [nbformat.read(path, as_version=4) for path in sorted(NOTEBOOKS.glob("[0-9]*.ipynb"))]
    shown = [next(iter(revealed(nb).items())) for nb in stored]
    return [guessing(number, value) for number, (_, value) in shown]


def main(argv=None):
    """Pack scenes or write the gallery, as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("action", choices=["scenes", "gallery"])
    parser.add_argument("name", nargs="*", help="explorers; all, if none is named")
    args = parser.parse_args(argv)
    names = args.name or explore.NAMES
    if args.action == "scenes":
        scenes(names)
    else:
        path = gallery([explore.load(name) for name in names])
        print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
