"""Compute the explorers' packed scenes, or write the gallery of all of them.

python -m tools.explorers scenes [walk ...]     data/scenes/NAME.gz, from the checkpoints
python -m tools.explorers gallery               build/gallery/index.html, one page that opens
                                                from a file, without a kernel or a network
"""

import argparse
import html
from pathlib import Path

from vaelib.teaching import explore
from vaelib.teaching.explore import faces
from vaelib.teaching.explore.files import SCENES
from vaelib.teaching.explore.pack import pack

GALLERY = Path(__file__).resolve().parents[1] / "build" / "gallery"
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<link rel="icon" href="data:,">
<style>
body {{ margin: 0 auto; max-width: 76rem; padding: 1rem; background: #fff;
  color: #1a1a1a; font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  overflow-wrap: anywhere; }}
a {{ color: #0b57d0; }}
nav ul {{ columns: 14rem; padding-left: 1.2rem; }}
section {{ margin: 1.5rem 0 2.5rem; }}
.lesson {{ margin: .2rem 0; color: #565d66; }}
@media (prefers-color-scheme: dark) {{
  body {{ background: #101316; color: #eceff2; }}
  a {{ color: #8ab4f8; }}
  .lesson {{ color: #b3bbc4; }}
}}
{style}
</style>
</head>
<body>
<header><h1>{title}</h1>
<p>{about}</p>
<nav aria-label="Explorers"><ul>{contents}</ul></nav></header>
<main>{sections}</main>
<script type="module">{module}
hydrate("[data-vx-pack]");</script>
</body>
</html>
"""
TITLE = "Ten things to drag, from a Gaussian mixture to a VAE"
ABOUT = (
    "Each explorer belongs to a lesson of the course, which says why it behaves as it does. Drag "
    "a slider, or use the arrow keys; the sentence under the pictures says in words what is seen. "
    "The page needs no network: its scenes were computed ahead, or are computed in your browser."
)


def scenes(names):
    """Pack those explorers' scenes into data/scenes."""
    SCENES.mkdir(exist_ok=True)
    for name in names:
        content = pack(explore.load(name), progress=True)
        (SCENES / f"{name}.gz").write_bytes(content)
        print(f"{name}.gz: {len(content) / 1e3:.0f} kB")


def gallery(explorers, folder=GALLERY):
    """Write the page of those explorers; its path."""
    contents = "".join(
        f'<li><a href="#{e.name}">{html.escape(e.title)}</a></li>' for e in explorers
    )
    sections = "".join(
        f'<section aria-label="{html.escape(e.title)}">{faces.place(e, {})}'
        f'<p class="lesson">{lessons(e)}</p></section>'
        for e in explorers
    )
    page = PAGE.format(
        title=TITLE,
        about=ABOUT,
        contents=contents,
        sections=sections,
        style=faces.style(),
        module=faces.module(*explorers),
    )
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "index.html"
    path.write_text(page, encoding="utf-8")
    return path


def lessons(explorer):
    """Where it stands, in words."""
    numbers = [name[:2] for name in explorer.lessons]
    return f"Lesson{'s' if len(numbers) > 1 else ''} {' and '.join(numbers)}"


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
