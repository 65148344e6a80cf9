"""The parser of docstrings for autodoc2: numpydoc's sections, as Markdown, then MyST's parser."""

import inspect
import re

from myst_parser.parsers.sphinx_ import MystParser

SECTION = re.compile(r"^(\w[\w ]*)\n-{3,}\n((?:(?!^\w[\w ]*\n-{3,}\n).*\n?)*)", re.M)
ENTRY = re.compile(r"^(\S.*)\n((?:[ \t]+\S.*\n?|\n)*)", re.M)


def barred(text):
    """The same with the bars of p(x|z) escaped, which would end a table's cell."""
    return re.sub(r"(?<=\w)\|(?=\w)", r"\\|", text)


def markdown(text):
    """A numpydoc docstring as Markdown: a section is a bold word and a list."""
    return SECTION.sub(section, barred(inspect.cleandoc(text)) + "\n")


def section(found):
    """One section; an entry is "name : type" and indented lines."""
    name, body = found[1], found[2]
    if name in ("Notes", "Examples"):
        return f"**{name}**\n\n{body}"
    entries = "\n".join(entry(each[1], each[2]) for each in ENTRY.finditer(body))
    return f"**{name}**\n\n{entries}\n"


def entry(head, body):
    """One line of the list."""
    name, _, kind = head.partition(" : ")
    words = " ".join(body.split())
    about = "; ".join(part for part in (kind, words) if part)
    return f"- `{name}`" + (f": {about}" if about else "")


class Parser(MystParser):
    """What autodoc2_docstring_parser_regexes names."""

    def parse(self, inputstring, document):
        """Parse the docstring into the document."""
        super().parse(markdown(inputstring), document)
