"""One number for what a checkpoint holds: a hash of nested dicts, sequences, tensors, values."""

import hashlib
import math
from collections import Counter, OrderedDict

import torch
from torch import nn


def digest(value, framed=True, limit=math.inf):
    """Return the SHA-256 of nested dicts, sequences, tensors and plain values.

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
