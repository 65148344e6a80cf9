"""A console on which printing never fails: finished work is not reported as failed."""

import os
import sys
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress


class Console:
    """A text stream over another one, such as `sys.stdout`.

    Letters that the other's encoding lacks become question marks (pipes on Windows have cp1252).
    What cannot be written, because nobody reads any more or the disk is full, is lost.
    """

    def __init__(self, stream):
        self._stream = stream

    def write(self, text):
        """Write a text as far as that can be done, and return its length."""
        encoding = getattr(self._stream, "encoding", None) or "utf-8"
        with suppress(OSError):
            self._stream.write(text.encode(encoding, "replace").decode(encoding))
        return len(text)

    def flush(self):
        """Flush the other stream as far as that can be done."""
        with suppress(OSError):
            self._stream.flush()

    def __getattr__(self, name):
        return getattr(self._stream, name)


def say(text):
    """Print a text as `Console` does."""
    print(text, file=sys.stdout and Console(sys.stdout))


@contextmanager
def forgiving():
    """Inside, and when Python ends, nothing that is printed can fail."""
    streams = [stream for stream in (sys.stdout, sys.stderr) if stream]  # pythonw.exe has none
    with (
        redirect_stdout(sys.stdout and Console(sys.stdout)),
        redirect_stderr(sys.stderr and Console(sys.stderr)),
    ):
        try:
            yield
        finally:
            for stream in streams:
                _let_go(stream)


def _let_go(stream):
    """Flush a stream; what nobody takes goes nowhere, where Python's end would fail on it."""
    try:
        stream.flush()
    except OSError:
        with suppress(OSError), open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), stream.fileno())
