"""Checkpoints: one file with the weights, the model's `config` and plain values, and their hash."""

import io
import os
import re
import uuid
import zipfile
from pathlib import Path

import torch

from vaelib.engine.digest import digest

COMPILED = "_orig_mod."  # what torch.compile puts into the names of the weights
EARLIER, LATER = "learned_prior.", "prior_module."  # in files whose hash is called sha256


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
    path = Path(os.path.expanduser(path))
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
    path = Path(os.path.expanduser(path))
    if not path.is_file():
        raise FileNotFoundError(f"no checkpoint at {path}")
    content = io.BytesIO(path.read_bytes())
    try:
        with zipfile.ZipFile(content) as parts:
            packed = any(part.compress_type for part in parts.infolist())
        if packed:  # torch packs nothing, and a small file could unpack to fill the memory
            raise ValueError("a part of it is compressed")
        content.seek(0)
        saved = torch.load(content, weights_only=True, map_location="cpu")
        framed, limit = "digest" in saved, 10**6 + 100 * content.getbuffer().nbytes
        hashed = saved.pop("digest" if framed else "sha256")
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
    if not framed:
        weights = {re.sub(f"^{EARLIER}", LATER, name): value for name, value in weights.items()}
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
    if not torch.is_tensor(value):
        return type(value).__name__
    return f"{str(value.dtype).removeprefix('torch.')} {tuple(value.shape)}"
