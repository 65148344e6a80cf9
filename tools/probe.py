"""Run in a lesson's kernel before its first cell: what the lesson costs, what its ledger holds.

The names begin with an underscore and all imports are inside, so that a lesson finds nothing here
that its own cells do not import.
"""


def _cpu():
    import os

    return sum(os.times()[:4])


def _peak_memory():
    """Return the kernel's largest size in bytes."""
    import sys

    try:
        import resource
    except ImportError:  # Windows
        import psutil

        return psutil.Process().memory_info().peak_wset
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _report():
    """Print CPU seconds in all and up to the end of the first cell, peak memory, the ledger."""
    import json
    import sys

    ledger = sys.modules.get("vaelib.teaching.ledger")
    entries = [entry._asdict() for entry in ledger.entries] if ledger else []
    print(json.dumps([_clock[-1], _clock[0], _peak_memory(), entries]))


def _note_time_after_each_cell():
    from IPython import get_ipython

    get_ipython().events.register("post_run_cell", lambda result: _clock.append(_cpu()))


_clock = []  # CPU seconds when each cell is done
_note_time_after_each_cell()
