"""Pack what "Draw a digit" needs into data/digit.gz: weights, digits, and what was measured.

    python -m tools.digit          after `python -m tools.checkpoints digit`; no download, 2 minutes

The bytes lie as in explore/pack.py: the head's length, the head (JSON), the arrays of
head["arrays"]. A weight is one byte, with a scale for each row of its matrix:

    weight ≈ scale · (byte − 128),   scale = max |weight| / 127 in the row, a half float

They are stored column by column, which packs better. Greys have 16 levels, two pixels a byte, the
first one high. Everything measured is lesson 08's
log p(x) by importance sampling, in nats, of held-out digits drawn black or white once. What the
rounding costs is a difference digit by digit, from the same seeds; ± is one standard error.
"""

import gzip
import json
from copy import deepcopy

import numpy as np
import torch
from torch import nn

from tools.checkpoints.digit import HIDDEN, new_vae
from vaelib.bound import kl
from vaelib.checkpoints import load
from vaelib.data.digits import binarize, mnist_5k
from vaelib.drawing import stream
from vaelib.teaching.explore.digit import PATH
from vaelib.teaching.explore.files import checkpoint
from vaelib.teaching.explore.pack import layout

K, N = 4096, 500  # draws from q for each of N digits
K_COST = 512  # and for each of all 1,000, where rounded weights are compared with floats
KNOWN, SHOWN = 30, 2  # training and held-out digits of each class that the page holds


def trained():
    """{d: VAE} from the checkpoint, with float weights."""
    saved = load(checkpoint("digit.pt"))["model"]
    models = {}
    for d in HIDDEN:
        vae = new_vae(d)
        own = {name.partition(".")[2]: v for name, v in saved.items() if name.startswith(f"{d}.")}
        vae.load_state_dict(own)
        models[d] = vae.requires_grad_(False)
    return models


def layers_of(vae):
    """{"encoder 0": Linear, …} of a VAE."""
    return {
        f"{part} {i}": layer
        for part in ("encoder", "decoder")
        for i, layer in enumerate(m for m in getattr(vae, part).net if isinstance(m, nn.Linear))
    }


def rounded(vae):
    """A copy of the VAE with weights in 8 bits and biases in half floats, and its arrays."""
    copy, arrays = deepcopy(vae), {}
    for name, layer in layers_of(copy).items():
        scale = (layer.weight.abs().amax(1) / 127).half()
        steps = (layer.weight / scale[:, None]).nan_to_num().round().clamp(-127, 127)
        layer.weight.copy_(scale[:, None] * steps)
        layer.bias.copy_(layer.bias.half())
        arrays |= {f"{name} weights": (steps + 128).byte().T, f"{name} scale": scale}
        arrays[f"{name} bias"] = layer.bias
    return copy, arrays


def log_prob(vae, x, k, seed=0):
    """log p(x) of each row by k draws from q, float64 (n,)."""
    with torch.no_grad():
        return vae.log_prob(x, vae.importance(k, stream(seed))).double()


def measured(vae, exact, x):
    """What the page says of a model of rounded weights; `exact` has floats. x: (1000, 784)."""
    some, shuffled = x[:N], x[:N, torch.randperm(784, generator=stream(3))]
    cost = log_prob(exact, x, K_COST) - log_prob(vae, x, K_COST)
    held = log_prob(vae, some, K)
    return {
        "hidden": HIDDEN[vae.encoder.latent_dim],
        "cost": [float(cost.mean()), float(cost.std() / len(x) ** 0.5)],
        "k_cost": K_COST, "n_cost": len(x), "k": K,
        "held": sorted(round(value, 2) for value in held.tolist()),
        "kl": sorted(round(value, 2) for value in kl(vae.encode(some), vae.prior).tolist()),
        "empty": float(log_prob(vae, torch.zeros(1, 784), K)),
        "inverted": float(log_prob(vae, 1 - some, K_COST).median()),
        "shuffled": float(log_prob(vae, shuffled, K_COST).median()),
    }  # fmt: skip


def nibbles(x):
    """Greys in [0, 1] in 16 levels, two a byte: (n, 784) → (n, 392)."""
    levels = (15 * x).round().byte()
    return 16 * levels[:, ::2] + levels[:, 1::2]


def first_of_each(y, count):
    """Rows of the first `count` of each digit; all first ones come first."""
    rows = torch.stack([(y == digit).nonzero()[:count, 0] for digit in range(10)])
    return rows.T.flatten()


def contents():
    """(head, arrays) of the file."""
    images = mnist_5k()
    x = binarize(images.x_test, stream(0))
    known = first_of_each(images.y_train, KNOWN)
    shown = first_of_each(images.y_test, SHOWN)
    greys = (images.x_test[:N, None] - images.x_train[known]).square().sum(2)
    drawn = binarize(images.x_train, stream(1))
    alone = (drawn.sum(0) + 0.5) / (len(drawn) + 1)  # each pixel by itself, never sure
    by_pixels = (x[:N] * alone.log() + (1 - x[:N]) * (1 - alone).log()).sum(1)
    head = {
        "models": {}, "likelihood": "bernoulli", "alone": float(by_pixels.median()),
        "fewest": int(x.sum(1).min()), "near": float(greys.amin(1).median()),
    }  # fmt: skip
    arrays = {
        "known": nibbles(images.x_train[known]), "known labels": images.y_train[known].byte(),
        "shown": nibbles(images.x_test[shown]), "shown labels": images.y_test[shown].byte(),
        "alone": alone.logit(), "labels": images.y_test[:N].byte(),
    }  # fmt: skip
    for d, exact in trained().items():
        vae, own = rounded(exact)
        head["models"][d] = measured(vae, exact, x)
        arrays |= {f"{d} {name}": array for name, array in own.items()}
        if d == 2:
            arrays["codes"] = vae.encode(x[:N]).mean
    return head, {name: array.detach().numpy() for name, array in arrays.items()}


def pack(head, arrays):
    """The file's bytes."""
    shapes, parts = layout(arrays, "f2")
    text = json.dumps(head | {"arrays": shapes}).encode()
    parts = [len(text).to_bytes(4, "little"), text, *parts]
    return gzip.compress(b"".join(parts), compresslevel=9, mtime=0)


def unpack(data):
    """(head, arrays) of a file's bytes, and {d: VAE} of its weights."""
    content = gzip.decompress(data)
    at = 4 + int.from_bytes(content[:4], "little")
    head, arrays = json.loads(content[4:at]), {}
    for name, dtype, shape in head["arrays"]:
        size = int(np.prod(shape))
        arrays[name] = np.frombuffer(content, f"<{dtype}", size, at).reshape(shape)
        at += arrays[name].nbytes
    models = {d: _filled(new_vae(d), d, arrays) for d in HIDDEN}
    return head, arrays, models


def _filled(vae, d, arrays):
    vae.requires_grad_(False)
    for name, layer in layers_of(vae).items():
        weights, scale, bias = (
            torch.from_numpy(arrays[f"{d} {name} {part}"].astype(np.float32))
            for part in ("weights", "scale", "bias")
        )
        layer.weight.copy_(scale[:, None] * (weights.T - 128))
        layer.bias.copy_(bias)
    return vae


def main():
    """Write the file, and print its size and what was measured."""
    torch.set_num_threads(1)
    head, arrays = contents()
    data = pack(head, arrays)
    PATH.write_bytes(data)
    print(f"{PATH.name}: {len(data) / 1e3:.0f} kB, {len(data) * 4 / 3e3:.0f} kB as base64")
    for d, own in head["models"].items():
        low, middle, high = np.quantile(own["held"], [0.05, 0.5, 0.95])
        print(
            f"d = {d}: held-out digits {middle:.1f} nats, nine of ten {low:.1f} to {high:.1f}; "
            f"empty page {own['empty']:.1f}, inverted {own['inverted']:.0f}, "
            f"shuffled {own['shuffled']:.0f}; eight bits cost "
            f"{own['cost'][0]:.3f} ± {own['cost'][1]:.3f}"
        )
    print(f"pixels alone {head['alone']:.1f}; {head['fewest']} pixels; near {head['near']:.1f}")


if __name__ == "__main__":
    main()
