"""Checkpoints: one file with the weights, the model's `config` and plain values, and their hash."""

import hashlib
import io
import math
import os
import uuid
import zipfile
from collections import Counter, OrderedDict
from pathlib import Path

import torch
from torch import nn

COMPILED = "_orig_mod."  # what torch.compile puts into the names of the weights


def save(path, model, **state):
    """Write a checkpoint: weights, the model's `config`, and `state`, with a hash of all of it.

    `load` reads it. For the file see `write`; a compiled model is saved as the model beneath.

    Parameters
    ----------
    path : str or Path
        Folders on the way to it are made.
    model : torch.nn.Module
    **state
        Tensors, numbers, text, and dicts and lists of them.

    Raises
    ------
    TypeError
        For a state that `load` would refuse; nothing is written.
    OSError
        If the file cannot be written; an older one at `path` is left as it is.
    """
    content = io.BytesIO()  # when torch writes the file itself, a full disk is a RuntimeError
    torch.save(contents(model, **state), content)
    write(path, content.getbuffer())


def contents(model, **state):
    """Return what `save` writes, or raise TypeError for a state that `load` would refuse."""
    if taken := state.keys() & {"model_config", "digest", "sha256"}:
        raise TypeError(f"state: got {taken.pop()}, a name that every checkpoint has for itself")
    weights = _beneath(model.state_dict())
    saved = {"model": weights, "model_config": getattr(model, "config", None), **state}
    return {**saved, "digest": digest(saved)}


def write(path, content):
    """Write bytes to a file, which appears whole or not at all, whoever else writes it."""
    path = Path(path)
    part = path.with_name(f"{path.name}.{uuid.uuid4().hex}.part")
    part.parent.mkdir(parents=True, exist_ok=True)
    try:
        with open(part, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())  # else a power cut could leave the new name and no content
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def load(path):
    """Read a checkpoint as a dict of tensors and plain values; no code in the file is run.

    "model" holds the weights by name, "model_config" the model's configuration or None.

    Raises
    ------
    OSError
        If there is no file, or it cannot be read.
    ValueError
        If it is truncated, was altered, or is of another kind.
    """
    if not Path(path).is_file():
        raise FileNotFoundError(f"no checkpoint at {path}")
    content = io.BytesIO(Path(path).read_bytes())
    try:
        with zipfile.ZipFile(content) as parts:
            packed = any(part.compress_type for part in parts.infolist())
        if packed:  # torch packs nothing, and a small file could unpack to fill the memory
            raise ValueError("a part of it is compressed")
        content.seek(0)
        saved = torch.load(content, weights_only=True, map_location="cpu")
        framed, limit = "digest" in saved, 10**6 + 100 * content.getbuffer().nbytes
        hashed = saved.pop("digest" if framed else "sha256")  # older files have the second
        intact = hashed == digest(saved, framed, limit)
    except Exception as error:  # torch and zipfile raise several types for a damaged file
        came = "it is truncated, or another kind of file"
        raise ValueError(f"{path} is not a readable checkpoint: {came}") from error
    if not intact:
        raise ValueError(f"{path} was altered: its contents do not match its hash")
    weights, config = saved.get("model"), saved.get("model_config")
    named = isinstance(weights, dict) and all(isinstance(name, str) for name in weights)
    if not named or not isinstance(config, dict | None):
        raise ValueError(f"{path} is not a readable checkpoint: it holds no weights by name")
    return saved | {"model": _beneath(weights), "model_config": config}


def give(model, weights):
    """Copy weights by name into a model, compiled or not; ValueError unless they are its own."""
    names = dict(zip(_beneath(model.state_dict()), model.state_dict(), strict=True))
    own = {name: _form(value) for name, value in _beneath(model.state_dict()).items()}
    came = {name: _form(value) for name, value in weights.items()}
    for name in own | came:
        got, wanted = came.get(name, "nothing"), own.get(name, "nothing")
        if got != wanted:
            raise ValueError(f"model: got {got} for the weight {name}, wanted {wanted}")
    model.load_state_dict({names[name]: value for name, value in weights.items()})


def _beneath(weights):
    """The weights by the names that they have in a model that is not compiled."""
    if any(COMPILED in name for name in weights):
        return {name.replace(COMPILED, ""): value for name, value in weights.items()}
    return weights


def _form(value):
    """What a weight is, in words."""
    return f"shape {tuple(value.shape)}" if torch.is_tensor(value) else type(value).__name__


def digest(value, framed=True, limit=math.inf):
    """SHA-256 over nested dicts, sequences, tensors and plain values.

    Parameters
    ----------
    framed : bool
        Whether it tells where a dict ends.
    limit : int
        Bytes that it may take: a few in a file can stand for many.

    Raises
    ------
    TypeError
        For other values, by their place.
    ValueError
        Beyond the limit.
    """
    found, room = hashlib.sha256(), limit

    def take(content):
        nonlocal room
        room -= len(content)
        if room < 0:
            raise ValueError(f"got more than {limit} bytes")
        found.update(content)

    def feed(item, *place):
        if type(item) in (torch.Tensor, nn.Parameter):
            take(f"{item.dtype}{tuple(item.shape)}".encode())
            take(_bytes(item, place))
        elif type(item) in (dict, OrderedDict, Counter):
            take(b"{%d" % len(item) if framed else b"")
            for key in item:
                feed(key, *place)
                feed(item[key], *place, key)
        elif type(item) in (list, tuple, torch.Size):
            take(f"[{len(item)}".encode())
            for i, part in enumerate(item):
                feed(part, *place, i)
        elif item is None or type(item) in (bool, int, float, str, bytes):
            take(f"{item!r};".encode())
        else:
            raise _unfit(f"{item!r}, a {type(item).__name__}", place)

    feed(value)
    return found.hexdigest()


def _bytes(tensor, place):
    """The values of a tensor, row after row, or TypeError for one that is no plain array."""
    kinds = {
        "complex": tensor.is_complex(),
        "nested": tensor.is_nested,
        "quantized": tensor.is_quantized,
        "sparse": tensor.layout != torch.strided,
        "meta": tensor.is_meta,
    }
    kind = next((kind for kind, it_is in kinds.items() if it_is), None)
    if not kind and tensor.nbytes > tensor.untyped_storage().nbytes():
        kind = "expanded"  # wants `.contiguous()`
    if kind:
        raise _unfit(f"a tensor that is {kind}", place)
    flat = tensor.detach().cpu().resolve_neg().contiguous().reshape(-1)
    flat = flat.as_strided(flat.shape, (1,))  # which is said already, unless there is one value
    return flat.view(torch.uint8).numpy()


def _unfit(what, place):
    where = ".".join(map(str, place)) or "state"
    return TypeError(f"{where}: a checkpoint cannot hold {what}")
