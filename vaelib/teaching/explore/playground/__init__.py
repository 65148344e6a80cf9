"""The playground: four models of the points that one draws, trained in the page.

The engine (`engine/`) trains and measures, in a worker; the page (`page/`) draws and listens. Both
are joined to one module without a network or a kernel. Its state is text, as in an address.

    from vaelib.teaching import explore
    explore.play("stamp=ring&K=7")
"""

import html
import uuid
from pathlib import Path

from vaelib.teaching.explore.bundle import bundle
from vaelib.teaching.explore.files import FRONT
from vaelib.teaching.explore.squeeze import squeeze, squeeze_styles

HERE = Path(__file__).resolve().parent


def module():
    """The playground's front end as one module: `play(selector)` fills the page's places.

    The engine is one function, ENGINE: the page calls it, and makes a worker from its text.
    """
    index = HERE / "engine" / "engine.js"
    engine, name = bundle(index)
    known = dict.fromkeys(sorted((HERE / "engine").glob("*.js")), "E")
    known[HERE / "page" / "engine_source.js"] = "SOURCE"
    page, entry = bundle(HERE / "page" / "entry.js", known)
    head = f"function ENGINE() {{\n{engine}\nreturn {name};\n}}\nconst E = ENGINE();\n"
    head += "const SOURCE = { ENGINE };\n"
    return squeeze(f"{head}{page}\nconst {{ play }} = {entry};")


def styles():
    """The style sheets of explorers and playground."""
    sheets = (FRONT / "style.css", HERE / "playground.css")
    return squeeze_styles("".join(sheet.read_text(encoding="utf-8") for sheet in sheets))


def place(state="", face="page"):
    """The HTML that the module fills; face: "notebook" or "page"."""
    given = f'data-vp-face="{face}" data-vp-state="{html.escape(state, quote=True)}"'
    return (
        f'<div class="vx vp" dir="ltr" lang="en" {given}>'
        "<p><strong>Playground.</strong> Draw points, and four models explain them.</p>"
        "<p>Run this cell to play, or open the page where scripts may run.</p></div>"
    )


def alone(state=""):
    """HTML for a notebook's output, which stands alone."""
    mark = f"p{uuid.uuid4().hex}"
    box = place(state, "notebook")
    return (
        f'<style>{styles()}</style><div id="{mark}">{box}</div>'
        f"<script type=\"module\">{module()}\nplay('#{mark} [data-vp-state]');</script>"
    )
