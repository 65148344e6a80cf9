"""Run somebody's function: in place, in bounded time and output, and with everything put back.

The function runs in a thread of its own, after a rehearsal (`rehearsal`) where there can be one.
When its time is over, an exception is raised inside that thread (CPython's
`PyThreadState_SetAsyncExc`), which ends a Python loop on Linux, macOS and Windows alike. A single
call into compiled code cannot be ended so; it is left behind, and said.
"""

import contextlib
import ctypes
import inspect
import io
import os
import threading
import time
import traceback
from functools import wraps
from typing import Any, NamedTuple

from vaelib.teaching.exercises.restoring import unchanged

SECONDS = 5.0
GRACE = 1.0  # seconds in which a thread that was told to stop must have stopped
PRINTED = 2000  # characters that are kept of what a function prints


class TimeIsUp(SystemExit):
    """Raised inside the reader's function when its time is over; a thread ends by it in silence."""


answering = threading.Event()  # an answer runs: references cannot be called


def sealed(reference):
    """The reference, which no answer can call while it runs."""
    reference = inspect.unwrap(reference)

    @wraps(reference)
    def function(*arguments):
        if answering.is_set():
            raise RuntimeError("an answer cannot ask the checker")
        return reference(*arguments)

    return function


class Run(NamedTuple):
    """What came of a call: `value`, or `error` in a line, or `late`; and what was printed.

    `still` says of a late one that its thread could not be ended, `random` that random numbers were
    drawn.
    """

    value: Any = None
    error: str | None = None
    late: str | None = None
    printed: str = ""
    still: bool = False
    random: bool = False


class Beginning(io.TextIOBase):
    """A text stream that keeps the first `PRINTED` characters."""

    def __init__(self):
        self.text = ""

    def write(self, text):
        """Keep what there is still room for."""
        self.text += text[: PRINTED - len(self.text)]
        return len(text)


def run(function, arguments, seconds=SECONDS):
    """Call function(*arguments) for at most `seconds`; nothing but Ctrl-C passes through.

    Returns
    -------
    Run
    """
    result, printed, finished = [], Beginning(), threading.Event()

    def work():
        with contextlib.suppress(TimeIsUp):
            try:
                result.append(Run(function(*arguments)))
            except TimeIsUp:
                pass
            except BaseException as error:  # SystemExit among them: it must not end the kernel
                result.append(Run(error=described(error, function)))
            finally:
                finished.set()

    thread = threading.Thread(target=work, daemon=True)
    with (
        unchanged() as streams,
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(printed),
    ):
        answering.set()
        try:
            thread.start()
            late = not _within(seconds, finished)
        finally:  # after Ctrl-C too
            running = not _ended(thread, finished)
            answering.clear()
    if late or not result:
        still = ", and it still runs: restart the kernel when you can" if running else ""
        said = f"no answer after {seconds:g} seconds{still}. An endless loop?"
        result = [Run(late=said, still=running)]
    _gone(thread)
    return result[0]._replace(printed=printed.text, random=any(streams))


def _gone(thread):
    """Wait for the system to be done with an ended thread, which may hold a library's locks.

    A process that is copied meanwhile (`rehearsal`) would find them held for ever.
    """
    for _ in range(100):
        if not os.path.exists(f"/proc/self/task/{thread.native_id}"):
            break
        time.sleep(0.001)


def _within(seconds, finished):
    """Wait for at most so many seconds, a tenth at a time: a signal can come just before a wait."""
    over = time.monotonic() + seconds
    while not (done := finished.wait(min(0.1, max(0.0, over - time.monotonic())))):
        if time.monotonic() >= over:
            break
    return done


def _ended(thread, finished):
    """Whether a thread ends: TimeIsUp is raised in it, again where it is caught, during GRACE.

    After Ctrl-C in `join`, Python 3.11 has `is_alive` say False of a thread that runs.
    """
    over = time.monotonic() + GRACE
    while not (ended := finished.is_set() or thread not in threading.enumerate()):
        if time.monotonic() > over:
            break
        target = ctypes.c_ulong(thread.ident or 0)  # 0: it has not begun
        ctypes.pythonapi.PyThreadState_SetAsyncExc(target, ctypes.py_object(TimeIsUp))
        finished.wait(0.2)
    return ended


def described(error, function=None):
    """Return the exception in a line, with the line of the reader's own code that raised it."""
    try:
        text = str(error)
    except BaseException:
        text = "(without a readable message)"
    said = f"{type(error).__name__}: {text.strip()}".splitlines()[0][:300]
    try:
        own = inspect.unwrap(function).__code__.co_filename
    except BaseException:  # a class, a partial, a cycle of wrappers, attributes that raise
        return said
    mine = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == own]
    line = mine[-1].line if mine else None
    return f"{said}\n    in your line {mine[-1].lineno}: {line.strip()[:200]}" if line else said
