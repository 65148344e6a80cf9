"""Checkpoints: one file with the weights, the model's `config` and plain values, and their hash."""

import hashlib
import io
import os
from pathlib import Path

import torch


def save(path, model, **state):
    """Write a checkpoint: weights, the model's `config`, and `state`, with a hash of all of it.

    The file appears whole or not at all, and `load` reads it.

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
    saved = {"model": model.state_dict(), "model_config": getattr(model, "config", None), **state}
    saved["sha256"] = digest(saved)
    content = io.BytesIO()  # when torch writes the file itself, a full disk is a RuntimeError
    torch.save(saved, content)
    part = Path(f"{path}.part")
    part.parent.mkdir(parents=True, exist_ok=True)
    try:
        part.write_bytes(content.getbuffer())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def load(path):
    """Read a checkpoint as a dict of tensors and plain values; no code in the file is run.

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
        saved = torch.load(content, weights_only=True, map_location="cpu")
        intact = saved.pop("sha256") == digest(saved)
    except Exception as error:  # torch and zipfile raise several types for a damaged file
        came = "it is truncated, or another kind of file"
        raise ValueError(f"{path} is not a readable checkpoint: {came}") from error
    if not intact:
        raise ValueError(f"{path} was altered: its contents do not match its hash")
    return saved


def digest(value):
    """SHA-256 over nested dicts, sequences, tensors and plain values."""
    digest = hashlib.sha256()

    def feed(item):
        if torch.is_tensor(item):
            digest.update(f"{item.dtype}{tuple(item.shape)}".encode())
            digest.update(item.detach().cpu().contiguous().numpy().tobytes())
        elif isinstance(item, dict):
            for key in item:
                feed(key)
                feed(item[key])
        elif isinstance(item, (list, tuple)):
            digest.update(f"[{len(item)}".encode())
            for part in item:
                feed(part)
        elif item is None or type(item) in (bool, int, float, str, bytes):
            digest.update(f"{item!r};".encode())
        else:
            raise TypeError(f"a checkpoint cannot hold {item!r}, a {type(item).__name__}")

    feed(value)
    return digest.hexdigest()
