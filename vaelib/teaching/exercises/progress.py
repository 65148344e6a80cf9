"""What a reader has done, in one small local file; nothing leaves the machine.

The file is written whole or not at all, under a lock, so two notebooks at once lose nothing. One
that cannot be read is set aside and named.
"""

import json
import os
import time
import warnings
from pathlib import Path

from filelock import FileLock
from platformdirs import user_data_path


def path():
    """Return where the file lies: VAELIB_PROGRESS, else the user's own folder for data."""
    own = os.environ.get("VAELIB_PROGRESS")
    return Path(own) if own else user_data_path("vaelib") / "progress.json"


def read():
    """Return {number: {"tries": n, "right": the first time as text, or None}}."""
    with _lock():
        return _read()


def record(number, right):
    """Add a try, and, where it was right for the first time, when."""
    with _lock():
        done = _read()
        entry = done.setdefault(number, {"tries": 0, "right": None})
        entry["tries"] += 1
        if right and entry["right"] is None:
            entry["right"] = time.strftime("%Y-%m-%d %H:%M")
        part = path().with_suffix(".part")
        part.write_text(json.dumps(done, indent=1), encoding="utf-8")
        os.replace(part, path())


def reset():
    """Forget everything; return the path of what was kept as a copy, or None."""
    with _lock():
        return _set_aside("before-reset") if path().exists() else None


def _lock():
    path().parent.mkdir(parents=True, exist_ok=True)
    return FileLock(f"{path()}.lock", timeout=10)


def _read():
    if not path().exists():
        return {}
    try:
        done = json.loads(path().read_text(encoding="utf-8"))
        if all({"tries", "right"} <= set(entry) for entry in done.values()):
            return done
    except (ValueError, AttributeError, TypeError):
        pass
    kept = _set_aside("unreadable")
    warnings.warn(f"progress: {path()} cannot be read; it is kept as {kept}", stacklevel=4)
    return {}


def _set_aside(why):
    kept = path().with_name(f"{path().stem}-{why}-{time.time_ns()}.json")
    os.replace(path(), kept)
    return kept
