"""The two faces of an explorer in a notebook: one that stands alone, and a live one beside it.

The first is HTML with the front-end module and all that it computes its scenes from; it needs
neither a kernel nor a network. The live face is an anywidget: the browser sends parameters, the
kernel answers with the scene's raw bytes. The live face takes the first one's place.
"""

import base64
import html
import json
import uuid

import anywidget
import traitlets
from IPython.display import HTML, display

from vaelib.teaching.explore.bundle import bundle_all
from vaelib.teaching.explore.files import FRONT, hand, stored
from vaelib.teaching.explore.pack import layout


def style():
    """The explorers' style sheet."""
    sheets = FRONT / "style.css", FRONT / "compact.css"
    return "".join(sheet.read_text(encoding="utf-8") for sheet in sheets)


def module(*explorers):
    """The front end as one module, with what those explorers compute in the browser and let grasp.

    It defines `hydrate(selector)`, and exports what anywidget asks for.
    """
    own = {}
    for explorer in explorers:
        own[f"scenes.{explorer.name}"] = explorer.evaluator
        own[f"hands.{explorer.name}"] = hand(explorer.name)
    text, [entry, home, *rest] = bundle_all([FRONT / "entry.js", FRONT / "own.js", *own.values()])
    each = "".join(f"{home}.{at} = {name};\n" for at, name in zip(own, rest, strict=True))
    return f"{text}\n{each}const {{ hydrate }} = {entry};\nexport default {entry}.widget;"


class Live(anywidget.AnyWidget):
    """The live face: answers {id, parameters} with the scene, or with one sentence on the error."""

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)
    pack = traitlets.Bytes().tag(sync=True)
    parameters = traitlets.Dict().tag(sync=True)
    twin = traitlets.Unicode().tag(sync=True)

    def __init__(self, explorer, parameters, twin=""):
        super().__init__(
            _esm=module(explorer),
            _css=style(),
            pack=stored(explorer.name),
            parameters=parameters,
            twin=twin,
        )
        self.explorer = explorer
        self.on_msg(self._answer)

    def _answer(self, _, content, buffers):
        reply = {"id": content.get("id"), "parameters": content.get("parameters")}
        try:
            scene = self.explorer.draw(**content["parameters"])
        except BaseException as error:  # an interrupt too: the browser waits for an answer
            self.send(reply | {"error": f"{type(error).__name__}: {error}"})
            raise
        shapes, parts = layout(scene.arrays, "f4")
        words = {"sentence": scene.sentence, "more": scene.more}
        self.send(reply | words | {"arrays": shapes}, [b"".join(parts)])


def place(explorer, parameters, twin=""):
    """The same HTML without the module: the front end fills it."""
    pack = base64.b64encode(stored(explorer.name)).decode()
    given = html.escape(json.dumps(parameters), quote=True)
    return (
        f'<div class="vx" dir="ltr" lang="en" data-vx-twin="{twin}" '
        f'data-vx-parameters="{given}" data-vx-pack="{pack}">'
        f"<p><strong>{html.escape(explorer.title)}.</strong> {html.escape(explorer.about)}</p>"
        "<p>Run this cell to drag it, or open the page where scripts may run.</p></div>"
    )


def alone(explorer, parameters, twin=""):
    """The face that needs no kernel, as HTML that stands alone."""
    return (
        f"<style>{style()}</style>{place(explorer, parameters, twin)}"
        f'<script type="module">{module(explorer)}\n'
        f"hydrate('[data-vx-twin=\"{twin}\"]');</script>"
    )


def display_faces(explorer, parameters):
    """Both faces, or, for a bad parameter, a notice in their place and the ValueError."""
    try:
        parameters = explorer.check(parameters)
    except ValueError as error:
        notice = html.escape(f"{explorer.title} cannot be shown. {error}")
        box = 'role="alert" dir="ltr" lang="en" style="border: 1px solid; padding: .5em"'
        display(HTML(f"<p {box}>{notice}</p>"))
        raise
    twin = uuid.uuid4().hex
    display(HTML(alone(explorer, parameters, twin)))
    display(Live(explorer, parameters, twin))


def display_html(text):
    """Display HTML that stands alone, without a live face."""
    display(HTML(text))
