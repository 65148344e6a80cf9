"""σ_x in prose, as docstrings and tables write it, gets a true subscript; names in code do not.

The page's keywords keep "σ_x" in one piece, so that the search still finds it.
"""

import re

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from tools.site.equations import KEPT, ancestors

SUBSCRIPT = re.compile(r"(?<![\w.])(?!n_)([A-Za-zΑ-ω])_([a-zα-ω\d]{1,2})(?![A-Za-z\d_])")


CODE = (*KEPT, addnodes.desc_signature)


def pieces(text):
    """Text and subscripts, in turn."""
    done = 0
    for found in SUBSCRIPT.finditer(text):
        yield nodes.Text(text[done : found.end(1)])
        yield nodes.subscript("", found[2])
        done = found.end()
    yield nodes.Text(text[done:])


class Subscripts(SphinxPostTransform):
    """Set them."""

    default_priority = 310

    def run(self, **_):
        """Replace each text that has some by pieces."""
        words = set()
        for text in list(self.document.findall(nodes.Text)):
            found = {match[0] for match in SUBSCRIPT.finditer(text)}
            if found and not any(isinstance(above, CODE) for above in ancestors(text)):
                text.parent.replace(text, list(pieces(str(text))))
                words |= found
        if words and self.app.builder.format == "html":
            self.document += nodes.meta(name="keywords", content=", ".join(sorted(words)))


def setup(app):
    """Register with Sphinx."""
    app.add_post_transform(Subscripts)
    return {"parallel_read_safe": True}
