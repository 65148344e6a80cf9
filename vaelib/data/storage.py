"""Arrays in files: found, read, written and downloaded, and believed by their SHA-256 alone.

The SHA-256 of an array is taken of it as an IDX file (the format of MNIST's own files), so that it
is also what `gunzip -c FILE | sha256sum` prints.
"""

import atexit
import contextlib
import gzip
import hashlib
import io
import os
import shutil
import struct
import tempfile
import uuid
import warnings
from functools import cache
from pathlib import Path

import numpy as np

PACKAGE = Path(__file__).resolve().parents[1]
CLONE = PACKAGE.parent
INSTALLED = (PACKAGE / "stored").is_dir()  # a copy, which pip made from a wheel
# What the course runs on beside its code: scenes/, checkpoints/, experiments/ and digit.gz.
STORED = PACKAGE / "stored" if INSTALLED else CLONE / "data"


def existing(path, command):
    """Return the path of a file below STORED; FileNotFoundError that says how to get it."""
    if not path.is_file():
        advice = "install vaelib again" if INSTALLED else f"run `{command}` in the course's folder"
        raise FileNotFoundError(f"no {path}: {advice}")
    return path


def cache_folder():
    """Return data/cache of a clone of the project, else the user's own cache folder."""
    if (CLONE / "data" / "README.md").is_file() and (CLONE / "pyproject.toml").is_file():
        return CLONE / "data" / "cache"
    import pooch

    try:
        return pooch.os_cache("vaelib")
    except RuntimeError:  # a user without a home
        return Path(tempfile.gettempdir()) / "vaelib"


def writable(folder):
    """Whether files can be kept in a folder, which is made if there is none."""
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError:
        return False
    return True


def read_npz(file, sha256, advice):
    """Return the arrays {name: array} of an .npz file, or ValueError with the advice."""
    content = io.BytesIO(file.read_bytes())
    try:
        with np.load(content, allow_pickle=False) as npz:
            data = {k: npz[k] for k in npz.files}
    except Exception as error:  # zip, zlib and NumPy each have several for a damaged file
        raise ValueError(
            f"{file} is damaged: it cannot be read as .npz ({error!r}). {advice}"
        ) from error
    verify(data, sha256, file, advice)
    return data


def write_npz(file, data):
    """Write to a temporary name and rename, so that no reader ever sees half a file."""
    part = file.with_name(f"{file.name}.{uuid.uuid4().hex}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            with open(part, "xb") as stream:
                np.savez_compressed(stream, **data)
            os.replace(part, file)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        if not os.path.exists(file):  # else another process has just written it
            warnings.warn(
                f"cannot keep {file} ({error}); each call parses anew until its folder is writable",
                stacklevel=3,
            )


def download(name, sha256, mirrors, folder):
    """Return the path of the file, from the folder or else from the first mirror that has it.

    Where the folder cannot be written, the file is kept until Python ends, with a warning.

    Raises
    ------
    ConnectionError
        Naming every address that was tried, and why it did not do.
    """
    import pooch

    with contextlib.suppress(OSError):
        if pooch.file_hash(folder / name) == sha256:
            return folder / name
    if not writable(folder):
        warnings.warn(
            f"{folder} cannot be written: downloads are kept until Python ends. Make it writable, "
            "or name another folder: cache=…",
            stacklevel=4,
        )
        folder = _until_the_end()
    failures = []
    for mirror in mirrors:
        try:
            return Path(pooch.retrieve(mirror + name, f"sha256:{sha256}", fname=name, path=folder))
        except (OSError, ValueError) as error:  # requests' errors are OSErrors; a wrong hash, Value
            failures.append(f"  {mirror}{name}: {error}")
    if (folder / name).exists():
        failures.insert(0, f"  {folder / name}: damaged, its SHA-256 is not {sha256[:12]}…")
    raise ConnectionError("\n".join([f"{name} could not be had:", *failures]))


@cache
def _until_the_end():
    """A folder that is removed when Python ends."""
    folder = tempfile.mkdtemp(prefix="vaelib-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def read_idx(file):
    """Return the uint8 array of a gzipped IDX file: 0, 0, type, number of axes, sizes, data.

    Raises ValueError, naming the file, for anything else.
    """
    content = file.read_bytes()
    try:
        content = gzip.decompress(content)
        *head, n_axes = content[:4]
        if head != [0, 0, 8]:  # 8: uint8
            raise ValueError(f"it begins with {head}, wanted 0, 0, 8")
        shape = struct.unpack(f">{n_axes}I", content[4 : 4 + 4 * n_axes])
        return np.frombuffer(content, np.uint8, offset=4 + 4 * n_axes).reshape(shape).copy()
    except Exception as error:  # gzip, zlib, struct and NumPy have one each
        raise ValueError(
            f"{file} is damaged: it cannot be read as gzipped IDX ({error!r})"
        ) from error


def verify(data, sha256, source, advice):
    """Raise ValueError, with source and advice, unless the arrays have these SHA-256."""
    for name, expected in sha256.items():
        if name not in data:
            raise ValueError(f"{source} has no array {name}, only {sorted(data)}. {advice}")
        array = data[name]
        kind = getattr(array, "dtype", type(array).__name__)  # NumPy gives bytes for no array
        if kind != np.uint8:
            raise ValueError(f"{source}, {name}: got {kind}, wanted uint8. {advice}")
        found = hashlib.sha256(_to_idx(array)).hexdigest()
        if found != expected:
            raise ValueError(
                f"{source} is not what it should be: {name}, of shape {array.shape}, has SHA-256 "
                f"{found[:12]}…, not {expected[:12]}…. {advice}"
            )


def _to_idx(array):
    head = struct.pack(f">4B{array.ndim}I", 0, 0, 8, array.ndim, *array.shape)  # 8: uint8
    return head + array.tobytes()
