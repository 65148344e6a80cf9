"""Run somebody's function: in place, in bounded time, without letting it change anything.

The function runs in a thread of its own. When its time is over, an exception is raised inside that
thread (CPython's `PyThreadState_SetAsyncExc`), which ends a Python loop on Linux, macOS and Windows
alike. A single call into compiled code cannot be ended so; it is left behind, and said.
"""

import contextlib
import ctypes
import inspect
import io
import threading
import traceback
from typing import Any, NamedTuple

SECONDS = 5.0
GRACE = 1.0  # seconds in which a thread that was told to stop must have stopped


class TimeIsUp(BaseException):
    """Raised inside the reader's function when its time is over."""


class Run(NamedTuple):
    """What came of a call: `value`, or `error` in a line, or `late`; and what was printed."""

    value: Any = None
    error: str | None = None
    late: str | None = None
    printed: str = ""


def run(function, arguments, seconds=SECONDS):
    """Call function(*arguments) for at most `seconds`; nothing but Ctrl-C passes through.

    Returns
    -------
    Run
    """
    result, printed = [], io.StringIO()

    def work():
        try:
            result.append(Run(function(*arguments)))
        except TimeIsUp:
            pass
        except BaseException as error:  # SystemExit among them: it must not end the kernel
            result.append(Run(error=described(error, function)))

    thread = threading.Thread(target=work, daemon=True)
    with contextlib.redirect_stdout(printed):
        thread.start()
        thread.join(seconds)
        if thread.is_alive():
            target = ctypes.c_ulong(thread.ident)
            ctypes.pythonapi.PyThreadState_SetAsyncExc(target, ctypes.py_object(TimeIsUp))
            thread.join(GRACE)
    if not result:
        still = ", and it still runs: restart the kernel when you can" if thread.is_alive() else ""
        result = [Run(late=f"no answer after {seconds:g} seconds{still}. An endless loop?")]
    return result[0]._replace(printed=printed.getvalue())


def described(error, function):
    """Return the exception in a line, with the line of the reader's own code that raised it."""
    own = getattr(getattr(inspect.unwrap(function), "__code__", None), "co_filename", None)
    frames = traceback.extract_tb(error.__traceback__)
    mine = [frame for frame in frames if frame.filename == own]
    said = f"{type(error).__name__}: {error}".strip().splitlines()[0][:300]
    line = mine[-1].line if mine else None
    if not line:
        return said
    return f"{said}\n    in your line {mine[-1].lineno}: {line.strip()[:200]}"
