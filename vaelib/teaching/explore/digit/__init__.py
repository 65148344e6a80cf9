"""Draw a digit: two VAEs look at what one draws, in the page.

The engine (`engine/`) encodes, decodes and prices; the page (`page/`) draws and listens. Weights,
digits and measurements are `digit.gz`, which `make digit` packs; without a network or a kernel.
The state is text, as in an address.

    from IPython.display import HTML
    from vaelib.teaching.explore import digit
    HTML(digit.alone("digit=4&model=20"))
"""

import base64
import html
import uuid
from pathlib import Path

from vaelib.data.storage import STORED, existing
from vaelib.teaching.explore import playground
from vaelib.teaching.explore.bundle import bundle

HERE = Path(__file__).resolve().parent
PATH = STORED / "digit.gz"


def module():
    """The front end as one module: `draw(selector)` fills the page's places."""
    text, entry = bundle(HERE / "page" / "entry.js")
    return f"{text}\nconst {{ draw }} = {entry};"


def styles():
    """The style sheets of explorers, playground and this page."""
    return playground.styles() + (HERE / "digit.css").read_text(encoding="utf-8")


def place(state=""):
    """The HTML that the module fills. FileNotFoundError where digit.gz is missing."""
    pack = base64.b64encode(existing(PATH, "make digit").read_bytes()).decode()
    return (
        '<div class="vx vp vd" dir="ltr" lang="en" '
        f'data-vd-state="{html.escape(state, quote=True)}" data-vd-pack="{pack}">'
        "<p><strong>Draw a digit.</strong> Two VAEs say what they see, and what it costs.</p>"
        "<p>Run this cell to draw, or open the page where scripts may run.</p></div>"
    )


def alone(state=""):
    """HTML that stands alone, as in a notebook's output."""
    mark = f"d{uuid.uuid4().hex}"
    return (
        f'<style>{styles()}</style><div id="{mark}">{place(state)}</div>'
        f"<script type=\"module\">{module()}\ndraw('#{mark} [data-vd-pack]');</script>"
    )
