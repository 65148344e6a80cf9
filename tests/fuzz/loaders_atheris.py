"""Coverage-guided fuzzing of all that reads a file which a stranger may hand over.

Checkpoints (`load`, `VAE.load`), arrays (.npz and IDX), and the exercises' progress: whatever the
bytes, they end in ValueError or OSError, or in what the reader promises. It needs `atheris`, which
has a virtual environment of its own:

    python -m venv build/atheris && build/atheris/bin/pip install atheris
    export OMP_NUM_THREADS=1 PYTHONPATH=$(echo .venv/lib/python3*/site-packages)
    build/atheris/bin/python -m tests.fuzz.loaders_atheris \\
        build/corpus -max_total_time=3600 -artifact_prefix=build/

The first byte of an input says which reader gets the rest, and in which wrapping. An input that
fails is kept; given as the only argument, it is tried again.
"""

import gzip
import io
import os
import sys
import tempfile
import warnings
import zipfile
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(
    include=["vaelib", "zipfile", "json", "torch._weights_only_unpickler", "torch.serialization"]
):
    import numpy as np

    from tests.fuzz import checkpoints
    from vaelib.checkpoints import load
    from vaelib.data import storage
    from vaelib.engine.digest import digest
    from vaelib.teaching import exercises, progress
    from vaelib.vae import VAE

FOLDER = Path(
    tempfile.mkdtemp(prefix="vaelib-fuzz-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None)
)
FILE = FOLDER / "case"
ORIGINAL = checkpoints.originals()[0][1]


def as_checkpoint(content):
    """A file, as it is."""
    FILE.write_bytes(content)
    for read in (load, VAE.load):
        found = read(FILE)
        held = found["model"] if read is load else found.state_dict()
        saved = checkpoints.opened(FILE.read_bytes())
        assert found is not None and {*held} == {*saved["model"]}


def as_pickle(content):
    """The pickle within a checkpoint's zip."""
    with zipfile.ZipFile(io.BytesIO(ORIGINAL)) as old:
        held = {name: old.read(name) for name in old.namelist()}
    [name] = [name for name in held if name.endswith("data.pkl")]
    as_checkpoint(checkpoints.zipped(held | {name: content}))


def as_hashed(content):
    """The pickle within a checkpoint's zip, and its hash is right again."""
    with zipfile.ZipFile(io.BytesIO(ORIGINAL)) as old:
        held = {name: old.read(name) for name in old.namelist()}
    [name] = [name for name in held if name.endswith("data.pkl")]
    try:
        saved = checkpoints.opened(checkpoints.zipped(held | {name: content}))
        saved["digest"] = digest({k: v for k, v in saved.items() if k != "digest"}, limit=10**6)
        content = checkpoints.torch_bytes(saved)
    except Exception:
        return  # torch's own, as in `as_pickle`, or it cannot write again what it has read
    as_checkpoint(content)


def as_npz(content):
    """A file of arrays, as it is."""
    FILE.write_bytes(content)
    storage.read_npz(FILE, {"x": "0" * 64}, "Delete it.")
    raise AssertionError("arrays with another hash were believed")


def as_npy(content):
    """An array within a file of arrays."""
    as_npz(checkpoints.zipped({"x.npy": content}))


def as_gzip(content):
    """A gzipped IDX file, as it is."""
    FILE.write_bytes(content)
    found = storage.read_idx(FILE)
    assert storage._to_idx(found)[4:] == gzip.decompress(content)[4:]


def as_idx(content):
    """An IDX file, before it is gzipped."""
    as_gzip(gzip.compress(content, 0))


def as_progress(content):
    """The exercises' progress: nothing is ever raised."""
    FILE.write_bytes(content)
    os.environ["VAELIB_PROGRESS"] = str(FILE)
    try:
        assert isinstance(progress.read(), dict) and exercises.table()
        progress.record("1a", right=True)
        entry = progress.read()["1a"]
        assert entry["tries"] >= 1 and isinstance(entry["right"], str)
    except (ValueError, OSError) as error:
        raise AssertionError("progress raised") from error
    finally:
        for path in FOLDER.iterdir():
            path.unlink()


READERS = (as_checkpoint, as_pickle, as_npz, as_npy, as_gzip, as_idx, as_progress, as_hashed)


def one(content):
    """Give the rest of an input to the reader that its first byte names."""
    if content:
        with suppress(ValueError, OSError):
            READERS[content[0] % len(READERS)](content[1:])


def seeds():
    """A good file of each kind, with its reader's byte before it."""
    for _, content in checkpoints.originals():
        yield 0, content
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            pickle = parts.read(next(n for n in parts.namelist() if n.endswith("data.pkl")))
        yield 1, pickle
        yield 7, pickle
    array = np.arange(6, dtype=np.uint8).reshape(2, 3)
    npy, npz = io.BytesIO(), io.BytesIO()
    np.save(npy, array)
    np.savez_compressed(npz, x=array)
    yield 2, npz.getvalue()
    yield 3, npy.getvalue()
    yield 4, gzip.compress(storage._to_idx(array))
    yield 5, storage._to_idx(array)
    yield 6, b'{"1a": {"tries": 2, "right": null}, "2b": {"tries": 1, "right": "2026-11-27"}}'


def main():
    folders = [Path(argument) for argument in sys.argv[1:] if not argument.startswith("-")]
    if folders and not folders[0].is_file():
        folders[0].mkdir(parents=True, exist_ok=True)
        for i, (reader, content) in enumerate(seeds()):
            (folders[0] / f"seed-{i}").write_bytes(bytes([reader]) + content)
    warnings.simplefilter("ignore")
    limits = ["-max_len=16384", "-timeout=30", "-rss_limit_mb=4096"]
    atheris.Setup([sys.argv[0], *limits, *sys.argv[1:]], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
