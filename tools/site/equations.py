r"""Numbered equations: they keep the number of their \tag, get an address, and are linked to.

Sphinx wraps a formula that holds \\ in `split`, where \tag is an error; here the tag stands
outside. "(3.6)" in any prose becomes a link to #eq-3.6 of the lesson that states it.
"""

import re

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

TAG = re.compile(r"\\tag\{(\d+\.\d+)\}")
CITED = re.compile(r"\((\d{1,2}\.\d{1,2})\)")
KEPT = (nodes.math, nodes.math_block, nodes.literal, nodes.literal_block, nodes.raw,
        nodes.reference, nodes.title, nodes.comment)  # fmt: skip
AROUND = {"html": (r"\[", r"\]"), "latex": (r"\begin{equation*}", r"\end{equation*}")}


def known(env):
    """{number: the page that states it}."""
    if not hasattr(env, "course_equations"):
        env.course_equations = {}
    return env.course_equations


def number(app, doctree):
    """Give each block with a tag its address, and take the tag out of `split`."""
    home = app.env.docname.startswith("notebooks/")
    for block in doctree.findall(nodes.math_block):
        tagged = TAG.search(block.astext())
        if not tagged:
            continue
        tex = block.astext()
        if r"\\" in tex and not tex.lstrip().startswith(r"\begin"):
            tex = rf"\begin{{split}}{TAG.sub('', tex).strip()}\end{{split}} {tagged[0]}"
        begin, end = AROUND[app.builder.format]
        block.children = []
        block += nodes.Text(f"{begin}{tex}{end}")
        block["no-wrap"] = block["nowrap"] = True
        block["ids"] = [f"eq-{tagged[1]}"]
        if home:
            known(app.env)[tagged[1]] = app.env.docname


def purge(app, env, name):
    """Forget the equations of a page that is read again."""
    env.course_equations = {n: page for n, page in known(env).items() if page != name}


def merge(app, env, names, other):
    """What a parallel reader found."""
    known(env).update(known(other))


def ancestors(node):
    """The nodes that hold it, from within."""
    while node.parent is not None:
        node = node.parent
        yield node


class Cite(SphinxPostTransform):
    """Link (3.6) to its equation."""

    default_priority = 300

    def run(self, **_):
        """Replace each text that cites by pieces."""
        for text in list(self.document.findall(nodes.Text)):
            if not any(isinstance(above, KEPT) for above in ancestors(text)):
                pieces = list(self.pieces(str(text)))
                if len(pieces) > 1:
                    text.parent.replace(text, pieces)

    def pieces(self, text):
        """Text and links, in turn."""
        done = 0
        for cited in CITED.finditer(text):
            page = known(self.env).get(cited[1])
            if page is None:
                continue
            yield nodes.Text(text[done : cited.start()])
            yield self.link(cited[1], page)
            done = cited.end()
        yield nodes.Text(text[done:])

    def link(self, number, page):
        """A link to the equation's place; for print a reference to its label."""
        here = self.env.docname
        address = "" if page == here else self.app.builder.get_relative_uri(here, page)
        if self.app.builder.format != "html":
            return nodes.Text(f"({number})")
        return nodes.reference(
            "", f"({number})", refuri=f"{address}#eq-{number}", internal=True, classes=["eqref"]
        )


def setup(app):
    """Register with Sphinx."""
    app.connect("doctree-read", number)
    app.connect("env-purge-doc", purge)
    app.connect("env-merge-info", merge)
    app.add_post_transform(Cite)
    return {"parallel_read_safe": True}
