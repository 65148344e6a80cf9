"""A rehearsal: the first call of an answer is made in a process of its own, which may be lost.

A single call into compiled code can hold Python's interpreter for ever, as in
`sum(itertools.repeat(1))`, or ask for more memory than there is, and no thread of the same process
can stop it. A copy of the process (`fork`, on Linux) can be ended, and the kernel goes on. It costs
some milliseconds and no memory that is not written to. Elsewhere there is no rehearsal: forked
processes are unsafe on macOS and do not exist on Windows.

A copy may find a library's lock held by a thread that it does not have, and wait for ever. So only
what holds the interpreter, or a Python loop without end, is judged by the rehearsal.
"""

import faulthandler
import os
import select
import signal
import sys
import time
import warnings
from contextlib import suppress

from vaelib.teaching.exercises.running import GRACE, run

MEMORY = 4 * 2**30  # bytes beyond what the kernel has
NO_MEMORY = ("MemoryError", "can't allocate memory", "Cannot allocate memory")


def rehearse(function, arguments, seconds):
    """Call function(*arguments) in a process of its own.

    Returns
    -------
    str or None
        Why it must not be called here, in a sentence.
    """
    if not sys.platform.startswith("linux"):
        return None
    reader, writer = os.pipe()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # threads are not copied: it knows
            child = os.fork()
    except OSError:  # no more processes: without a rehearsal, then
        os.close(reader)
        os.close(writer)
        return None
    if child == 0:
        _act(function, arguments, seconds, writer)
    os.close(writer)
    try:
        return _watched(child, reader, seconds)
    finally:  # after Ctrl-C too
        os.close(reader)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(child, 0)


def _act(function, arguments, seconds, writer):
    """In the child: call, write what came of it in a word, and end at once."""
    try:
        faulthandler.disable()  # a crash is told in a sentence
        _limit_memory()
        done = run(function, arguments, seconds)
        late = done.late and not done.still  # what still runs can be waited for, and left, here too
        said = f"late {done.late}" if late else f"error {done.error}"
        os.write(writer, said.encode("utf-8", "replace")[:4000])
    finally:
        os._exit(0)


def _limit_memory():
    """Let this process have no more than MEMORY beyond what it has."""
    import resource

    with suppress(ValueError, OSError):  # a right answer needs no limit
        with open("/proc/self/statm", encoding="ascii") as file:
            pages = int(file.read().split()[0])
        most = pages * resource.getpagesize() + MEMORY
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _watched(child, reader, seconds):
    """What a child says within its time, as the sentence that there is to say, or None."""
    over = time.monotonic() + seconds + 2 * GRACE
    ready, _, _ = select.select([reader], [], [], max(0.0, over - time.monotonic()))
    if not ready:
        if _rests(child):  # it waits for what a copy does not have: no fault of the answer
            return None
        return (
            f"no answer after {seconds:g} seconds, in one call that nothing can interrupt. It was "
            "ended, in a process of its own; your kernel is unharmed."
        )
    said = os.read(reader, 4000).decode("utf-8", "replace")
    if said.startswith("late "):
        return said.removeprefix("late ")
    if any(word in said for word in NO_MEMORY):
        return f"it asks for more than {MEMORY / 2**30:g} GB of memory."
    if not said:  # it ended without a word
        return "it ended the process that ran it: in a notebook, the kernel would have died."
    return None


def _rests(child):
    """Whether a process has hardly used the processor."""
    try:
        with open(f"/proc/{child}/stat", encoding="ascii") as file:
            fields = file.read().rpartition(")")[2].split()
    except OSError:
        return False
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") < 0.2
