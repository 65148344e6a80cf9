"""Mutated checkpoints: each is refused by ValueError or OSError, or holds what its hash says.

python -m tests.fuzz.checkpoints --cases 500 --seed 0

A case is a good file with one mutation: bits, cuts, swapped parts, a pickle with code, another kind
of file, or one entry of its dict exchanged for something else, with the old hash or with a right
one. It is read by `load`, by `VAE.load` and, as a run to go on with, by `fit`. Nothing may end in
another error or run code; what loads with the old hash has the old weights, and what loads with a
right hash has the weights of the file, bit for bit.
"""

import argparse
import copy
import faulthandler
import gzip
import io
import os
import pickle
import random
import tempfile
import time
import zipfile
from collections import Counter
from functools import cache, partial
from pathlib import Path

import numpy as np
import torch

from vaelib.bound import elbo
from vaelib.checkpoints import load, save
from vaelib.drawing import stream
from vaelib.engine.digest import digest
from vaelib.training import fit
from vaelib.vae import VAE

ODD = (
    None, True, 0, -1, 7, 10**9, 10**19, -(10**400), 0.5, float("nan"), float("inf"), "", "own",
    "full", "x" * 3000, "\ud800", b"\0", [], [[[]]], [3, 3], (), {}, {"a": {1: 2}},
    torch.ones(()), torch.zeros(0), torch.ones(3, 4), torch.full((4,), float("nan")),
    torch.ones(4, dtype=torch.int64), torch.ones(4) > 0, torch.ones(4, dtype=torch.bfloat16),
    torch.ones(4, dtype=torch.complex64), torch.ones(1).expand(10**6), torch.eye(4).to_sparse(),
)  # fmt: skip
FOREIGN = (
    b"", b"\0" * 100, b"<!DOCTYPE html><title>403 Forbidden</title>", gzip.compress(b"0" * 999),
    b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 7\n",
    b"PK\x05\x06" + b"\0" * 18,
)  # fmt: skip


class Code:
    """A value whose pickle makes a file when it is read as a program."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return open, (str(self.path), "w")


objective = partial(elbo, kl_form="sampled")


@cache
def data():
    """Five rows (5, 6)."""
    return torch.rand(5, 6, generator=stream(0))


def new_model(kind):
    """One of five models."""
    settings = (
        {},
        {"likelihood": "gaussian", "sigma_x": "learned", "hidden": ()},
        {"prior": 3, "residual": True, "hidden": (4, 4)},
        {"covariance_type": "full", "x_mean": data().mean(0)},
        {"likelihood": "gaussian", "sigma_x": 0.5},
    )[kind]
    model = VAE(6, 2, **{"hidden": (4,)} | settings, generator=stream(kind))
    return model.bfloat16() if kind == 4 else model


@cache
def originals():
    """The files of the models, and of a run of each: (kind, content), twice five."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file.pt")
        for kind in range(5):
            save(path, new_model(kind))
            found.append((kind, path.read_bytes()))
            go_on(kind, checkpoint=path)
            found.append((kind, path.read_bytes()))
    return found


def go_on(kind, **settings):
    """Train a model of that kind for two epochs, or what is left of them."""
    model = new_model(kind)
    x = data().to(next(model.parameters()).dtype)
    fit(model, x, x, objective, epochs=2, batch_size=5, progress=False, **settings)
    return model


# -- mutations: (rng, content, trap) → content -----------------------------------------------------


def bits(rng, content, trap):
    """One to eight bits."""
    content = bytearray(content)
    for _ in range(rng.randint(1, 8)):
        content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    return bytes(content)


def cut(rng, content, trap):
    """A piece is missing: the end, the beginning, or one between them."""
    a, b = sorted(rng.randrange(len(content)) for _ in "ab")
    return rng.choice((content[:a], content[b:], content[:a] + content[b:]))


def splice(rng, content, trap):
    """A piece stands elsewhere too, or noise does."""
    a, b = sorted(rng.randrange(len(content)) for _ in "ab")
    piece, at = rng.choice((content[a:b], rng.randbytes(b - a))), rng.randrange(len(content))
    return content[:at] + piece + content[at + rng.choice((0, b - a)) :]


def parts(rng, content, trap):
    """Two parts of the zip are exchanged, or one is another's, empty, or gone."""
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        held = {name: old.read(name) for name in old.namelist()}
    a, b = rng.choice([*held]), rng.choice([*held])
    what = rng.randrange(4)
    if what == 0:
        held[a], held[b] = held[b], held[a]
    elif what == 1:
        held[a] = held[b]
    elif what == 2:
        held[a] = b""
    else:
        del held[a]
    return zipped(held)


def pickled(rng, content, trap):
    """Bits or bytes of the pickle in the zip, whose checksums are right again."""
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        held = {name: old.read(name) for name in old.namelist()}
    [name] = [name for name in held if name.endswith("data.pkl")]
    held[name] = rng.choice((bits, cut, splice))(rng, held[name], trap)
    return zipped(held)


def zipped(held):
    """A zip of the parts, none of them compressed."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as new:
        for name, part in held.items():
            new.writestr(name, part)
    return content.getvalue()


def code(rng, content, trap):
    """A pickle that would make the file `trap`: as an entry, in torch's older format, or plain."""
    saved = opened(content)
    places = [*places_of(saved)]
    holder, key = rng.choice(places)
    holder[key] = Code(trap)
    if rng.random() < 0.3:
        return pickle.dumps(saved)
    return torch_bytes(saved, new=rng.random() < 0.7)


def foreign(rng, content, trap):
    """Another kind of file."""
    if rng.random() < 0.3:
        file = io.BytesIO()
        np.savez(file, model=np.ones(3))
        return file.getvalue()
    return rng.choice(FOREIGN)


def entry(rng, content, trap):
    """An entry of the dict is another's, something odd, gone, or moved; the hash is the old one."""
    return torch_bytes(changed(rng, opened(content)))


def hashed(rng, content, trap):
    """As `entry`, and the hash is right again."""
    saved = changed(rng, opened(content))
    saved.pop("digest", None)
    try:
        saved["digest"] = digest(saved)
    except TypeError:
        saved["digest"] = "0" * 64
    return torch_bytes(saved)


def changed(rng, saved):
    """The dict with one entry changed."""
    (holder, key), (other, name) = (rng.choice([*places_of(saved)]) for _ in "ab")
    what = rng.choice(("odd", "odd", "odd", "swap", "gone", "moved"))
    if what == "odd":
        holder[key] = copy.copy(rng.choice(ODD))
    elif what == "swap":
        holder[key], other[name] = other[name], holder[key]
    elif isinstance(holder, dict):
        value = holder.pop(key)
        if what == "moved" and isinstance(other, dict) and other is not value:
            other[key] = value
    return saved


def places_of(value):
    """Each (holder, key) of nested dicts and lists."""
    keys = value if isinstance(value, dict) else range(len(value))
    for key in [*keys]:
        yield value, key
        if isinstance(value[key], (dict, list)):
            yield from places_of(value[key])


def opened(content):
    return torch.load(io.BytesIO(content), weights_only=True, map_location="cpu")


def torch_bytes(saved, new=True):
    content = io.BytesIO()
    torch.save(saved, content, _use_new_zipfile_serialization=new)
    return content.getvalue()


MUTATIONS = (bits, cut, splice, parts, pickled, code, foreign, entry, hashed, hashed)


# -- what becomes of them --------------------------------------------------------------------------


def ends(kind, path, weights):
    """How each of the three readers ends; AssertionError for what may not be."""
    readers = {"load": load, "VAE.load": VAE.load, "fit": lambda p: go_on(kind, resume=p)}
    for name, read in readers.items():
        try:
            found = read(path)
        except (ValueError, OSError):
            yield f"{name} refuses"
            continue
        saved = opened(path.read_bytes())
        if name == "fit" and len(saved["history"]) != 2:  # fewer epochs with a right hash: go on
            yield "fit goes on"
            continue
        came = found["model"] if isinstance(found, dict) else found.state_dict()
        wanted = saved["model"] if weights is None else weights
        same = digest(sorted(came.items())) == digest(sorted(wanted.items()))
        assert same, f"{name}: other weights"
        yield f"{name} reads"


def run(cases, seed=0, folder=None):
    """Count how the cases end: {(mutation, end): n}. An error names its case."""
    count, slowest = Counter(), 0.0
    with tempfile.TemporaryDirectory(dir=folder) as folder:
        path, trap = Path(folder, "case.pt"), Path(folder, "trap")
        for case in range(cases):
            rng = random.Random(f"{seed} {case}")
            mutation, (kind, content) = rng.choice(MUTATIONS), rng.choice(originals())
            weights = None if mutation is hashed else opened(content)["model"]
            path.write_bytes(mutation(rng, content, trap))
            began = time.perf_counter()
            try:
                for end in ends(kind, path, weights):
                    count[mutation.__name__, end] += 1
                assert not trap.exists(), "code was run"
            except Exception as error:
                error.add_note(f"case {case} of seed {seed}: {mutation.__name__}")
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
    for (mutation, end), n in sorted(count.items()):
        print(f"{mutation:8}  {end:16}  {n}")
    print(f"{given.cases} cases, the slowest {slowest:.1f} s; no other error, no code was run")


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
