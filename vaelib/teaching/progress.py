"""What a reader has done, in one small local file; nothing leaves the machine.

The file is written whole or not at all, under a lock, so two notebooks at once lose nothing. One
that cannot be read is set aside and named. Where nothing can be kept, a warning says so once, with
the remedy, and the course goes on.
"""

import contextlib
import errno
import json
import os
import time
import uuid
import warnings
from functools import cache
from pathlib import Path

from filelock import FileLock
from platformdirs import user_data_path

from vaelib.data import storage

PREDICTIONS = "predictions"  # the guesses' place among the exercises' numbers
EDITION = 2  # of the course, by which a file's numbers are to be read
# What an exercise of the first edition, of eleven lessons, is called now; None: it is gone.
RENUMBERED = {
    "2c": None, "2e": None,
    "4a": None, "4b": "4a", "4c": None, "4d": "4c", "4e": "4d",
    "5a": "5b", "5b": "5c", "5c": "5d", "5d": None, "5e": None,
    "6b": "7a", "6c": "7b", "6d": "6b", "6e": "7c",
    "7a": "8a", "7b": "8b", "7c": "8c", "7d": None,
    "8a": None, "8b": "9b", "8c": "9c", "8d": "9d",
    "9a": None, "9b": "10a", "9c": "11a", "9d": "10c",
    "10a": "12a", "10b": "12b", "10c": "12c",
}  # fmt: skip
REMEDY = "set the environment variable VAELIB_PROGRESS to a file that can be written"
PATIENCE = 10.0  # seconds that a lock held elsewhere is waited for
NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP}  # some network drives


def path():
    """Return where the file lies: VAELIB_PROGRESS, else the user's own folder for data.

    Raises
    ------
    OSError
        Where the user has no home.
    """
    own = os.environ.get("VAELIB_PROGRESS")
    try:
        return Path(own).expanduser() if own else user_data_path("vaelib") / "progress.json"
    except RuntimeError as error:
        raise OSError(f"{own or 'the user'}: {error}") from None


def read():
    """Return {number: {"tries": n, "right": the first time as text, or None}}; writes nothing.

    Under "predictions" stands what `guesses` returns.
    """
    try:
        return _read()
    except FileNotFoundError:
        return {}
    except OSError as error:
        _warn_once(f"progress: it cannot be read ({error}); {REMEDY}")
    except ValueError:
        _warn_once(f"progress: {path()} cannot be read; the next answer sets it aside")
    return {}


def writable():
    """Whether answers can be kept."""
    try:
        return storage.writable(path().parent) and not path().is_dir()
    except OSError:
        return False


def record(number, right):
    """Add a try, and, where it was right for the first time, when; warn where it cannot be kept."""

    def add(done):
        entry = done.setdefault(number, {"tries": 0, "right": None})
        entry["tries"] += 1
        if right and entry["right"] is None:
            entry["right"] = time.strftime("%Y-%m-%d %H:%M")

    _change(add)


def guesses():
    """Return {number of a prediction: {"guess": …, "measured": … or None}}; writes nothing."""
    return read().get(PREDICTIONS, {})


def keep_guess(number, guess):
    """Keep the guess on a prediction; whether that was done. Warn where it cannot be kept."""
    entry = {"guess": guess, "measured": None}
    return _change(lambda done: done.setdefault(PREDICTIONS, {}).update({number: entry}))


def keep_measured(number, measured):
    """Keep what was measured beside the guess, where there is one."""
    if guesses().get(number, {"measured": measured})["measured"] != measured:
        _change(lambda done: done[PREDICTIONS][number].update(measured=measured))


def reset():
    """Forget everything; return the path of what was kept as a copy, or None.

    Raises
    ------
    OSError
        Where the file cannot be moved.
    """
    if not os.path.lexists(path()):
        return None
    with _locked():
        return _set_aside("before-reset")


def _change(change):
    """Let `change` work on what is kept; whether it was written."""
    try:
        with _locked():
            done = _read_or_set_aside()
            change(done)
            _write(json.dumps({"edition": EDITION, **done}, indent=1))
    except OSError as error:
        _warn_once(f"progress: answers are not kept ({error}); {REMEDY}")
        return False
    return True


@contextlib.contextmanager
def _locked():
    path().parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(f"{path()}.lock", timeout=PATIENCE)
    try:
        lock.acquire()
    except (OSError, NotImplementedError) as error:
        if getattr(error, "errno", errno.ENOSYS) not in NO_LOCKS:
            raise
        _warn_once(
            f"progress: {path()} cannot be locked ({error}): answer in one notebook at a time, "
            "or set VAELIB_PROGRESS to a file on a local disk"
        )
    try:
        yield
    finally:
        lock.release()


def _read():
    """The file's content; OSError or, for what was not written here, ValueError."""
    try:
        done = json.loads(path().read_text(encoding="utf-8-sig"))  # editors may add a mark
    except NotADirectoryError as error:
        raise FileNotFoundError(*error.args) from None
    except RecursionError as error:
        raise ValueError("brackets in brackets in brackets") from error
    edition = done.pop("edition", 1) if isinstance(done, dict) else None
    if edition not in (1, EDITION) or not _all_sound(done):
        raise ValueError("not what record writes")
    return done if edition == EDITION else _carried_over(done)


def _all_sound(done):
    """Whether `record` and `keep_guess` may have written it all."""
    kept = done.get(PREDICTIONS, {})
    entries = [entry for number, entry in done.items() if number != PREDICTIONS]
    guessed = isinstance(kept, dict) and all(map(_guessed, kept.values()))
    return guessed and all(map(_sound, entries))


def _guessed(entry):
    """Whether `keep_guess` may have written it."""
    return isinstance(entry, dict) and {*entry} == {"guess", "measured"}


def _carried_over(done):
    """What was done in the first edition, under today's numbers."""
    now = {RENUMBERED.get(number, number): entry for number, entry in done.items()}
    now.pop(None, None)
    return now


def _sound(entry):
    """Whether `record` may have written it."""
    return (
        isinstance(entry, dict)
        and {*entry} == {"tries", "right"}
        and type(entry["tries"]) is int
        and 0 <= entry["tries"] < 10**9
        and isinstance(entry["right"], str | None)
    )


def _read_or_set_aside():
    try:
        return _read()
    except FileNotFoundError:
        return {}
    except ValueError:
        kept = _set_aside("unreadable")
        warnings.warn(f"progress: {path()} cannot be read; it is kept as {kept}", stacklevel=4)
        return {}


def _write(text):
    part = path().with_name(f"{path().name}.{uuid.uuid4().hex}.part")
    try:
        part.write_text(text, encoding="utf-8")
        os.replace(part, path())
    finally:
        part.unlink(missing_ok=True)


def _set_aside(why):
    kept = path().with_name(f"{path().stem}-{why}-{time.time_ns()}.json")
    os.replace(path(), kept)
    return kept


@cache
def _warn_once(text):
    warnings.warn(text, stacklevel=4)
