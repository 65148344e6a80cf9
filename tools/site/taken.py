"""```{taken} LESSON```: a picture of a lesson, found by a part of its alternative text."""

import base64
import json
import re

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from tools.site.address import ROOT

NOT_A_WORD = re.compile(r"\W+")


def pictures(lesson):
    """[(alternative text, PNG)] of the stored lesson's pictures."""
    nb = json.loads((ROOT / "notebooks" / f"{lesson}.ipynb").read_text(encoding="utf-8"))
    outputs = [output for cell in nb["cells"] for output in cell.get("outputs", [])]
    return [
        (
            output["metadata"]["image/png"]["alt"],
            base64.b64decode("".join(output["data"]["image/png"])),
        )
        for output in outputs
        if "image/png" in output.get("data", {})
    ]


def taken(lesson, part):
    """The one picture of the lesson whose alternative text holds that part; else ValueError."""
    found = [(alt, png) for alt, png in pictures(lesson) if part in alt]
    if len(found) != 1:
        raise ValueError(f"{lesson}: {len(found)} pictures say {part!r}, wanted one")
    return found[0]


class Taken(SphinxDirective):
    """The directive; the picture is a link to its lesson."""

    required_arguments = 1
    has_content = True

    def run(self):
        """The picture, in a file of its own."""
        lesson, part = self.arguments[0], " ".join(self.content)
        self.env.note_dependency(f"notebooks/{lesson}.ipynb")
        alt, png = taken(lesson, part)
        name = f"{lesson}-{NOT_A_WORD.sub('-', part)[:40]}.png"
        folder = ROOT / "docs" / "made"
        folder.mkdir(exist_ok=True)
        (folder / name).write_bytes(png)
        image = nodes.image(uri=f"/docs/made/{name}", alt=alt)
        image.source, image.line = self.get_source_info()
        if self.env.app.builder.format == "html":
            page = self.env.app.builder.get_relative_uri(self.env.docname, f"notebooks/{lesson}")
            image = nodes.reference("", "", image, refuri=page)
        return [nodes.figure("", image, classes=["taken"])]


def setup(app):
    """Register with Sphinx."""
    app.add_directive("taken", Taken)
    return {"parallel_read_safe": True}
