"""Printing where a console may lack letters: pipes on Windows (cp1252), terminals without UTF-8."""

import sys


def say(text):
    """Print a text, with a question mark for each letter that standard output cannot take."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    print(str(text).encode(encoding, "replace").decode(encoding))
