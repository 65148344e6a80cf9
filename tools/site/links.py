"""Links in the repository's own pages that lead to no page of the site.

The gallery's file is the site's gallery; what else the repository holds is on the public host, and
without an address such a link is plain text.
"""

from pathlib import PurePosixPath

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from tools.site.address import REPOSITORY, ROOT, SITE

GALLERY = "build/gallery/index.html"


class Elsewhere(SphinxPostTransform):
    """Resolve them before MyST looks for a page."""

    default_priority = 8

    def run(self, **_):
        """Replace each such link, also those that Sphinx would copy as downloads."""
        for node in list(self.document.findall(addnodes.download_reference)):
            self.replace(node)
        for node in list(self.document.findall(addnodes.pending_xref)):
            if node["reftype"] == "myst" and node.get("refdomain") != "doc":
                self.replace(node)

    def replace(self, node):
        """The node's text, as a link where there is somewhere to go."""
        path, _, place = node["reftarget"].partition("#")
        page = node.get("refdoc", self.env.docname)  # in the book all pages are one
        folder = PurePosixPath(page).parent
        target = (ROOT / folder / path).resolve()
        if not path or not target.is_relative_to(ROOT):
            return
        address = self.address(page, target.relative_to(ROOT).as_posix(), place)
        if address is None and not target.exists():
            return  # Sphinx will complain
        inner = node[0].deepcopy() if node.children else nodes.Text(path)
        node.replace_self(nodes.reference("", "", inner, refuri=address) if address else inner)

    def address(self, page, path, place):
        """Where a reader of that page finds that file; None where nowhere."""
        if path == GALLERY:
            up = "../" * page.count("/") if self.app.builder.format == "html" else SITE
            return f"{up}gallery.html" + (f"#{place}" if place else "")
        return f"{REPOSITORY}/tree/main/{path}" if REPOSITORY else None


def setup(app):
    """Register with Sphinx."""
    app.add_post_transform(Elsewhere)
    return {"parallel_read_safe": True}
