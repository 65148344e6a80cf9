"""Printing where a console lacks letters: pipes on Windows (cp1252), terminals in plain ASCII."""

import sys


def say(text):
    """Print a text, with a question mark for each letter that standard output does not have."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    print(str(text).encode(encoding, "replace").decode(encoding))


def take_any_text():
    """Let `print` do as `say` does from now on, so that no finished work ends in an error."""
    if hasattr(sys.stdout, "reconfigure"):  # a notebook's stream has it not, and needs it not
        sys.stdout.reconfigure(errors="replace")
