"""The decoder of lesson 08's VAE in bytes, and how far its samples are from the training images.

byte − 128 ≈ weight / scale; the last layer is first replaced by one of rank 64, the best for hidden
units as codes at temperatures up to 1.6 make them, each pixel weighed by how it answers.

Trained with the lesson's settings; the encoder is left out. For each handful of noise and each
temperature: which training image is nearest. Of 500 samples at some temperatures: the median
squared distance to the nearest training image; and of each held-out digit, in rising order. Of 80
held-out digits the likeliest code, with which a game compares the VAE's own.
"""

from functools import cache

import numpy as np
import torch
from torch import nn

from vaelib.bound import elbo
from vaelib.data.digits import binarize, mnist_5k
from vaelib.drawing import stream
from vaelib.teaching.explore.vae_samples import (
    COARSE,
    DRAW,
    HANDFULS,
    KINDS,
    TEMPERATURES,
    N,
    decode,
    eight,
    images,
)
from vaelib.training import fit
from vaelib.vae import VAE

RANK = 64


def make():
    """(model, state): the decoder and the noise, and what is nearest and how near."""
    x_train, x_test = mnist_5k().x_train, images(DRAW)[1]
    vae = VAE(784, 20, (400,), generator=stream(0))
    fit(vae, x_train, x_test, elbo, epochs=15, batch_size=100, lr=5e-3, transform=binarize)
    model = nn.Module()
    for name, array in (in_bytes(vae.requires_grad_(False).decoder) | noise()).items():
        model.register_buffer(name, array.clone())
    weights = {name: array.numpy() for name, array in model.state_dict().items()}
    model.register_buffer("codes", codes(weights))
    return model, {
        "nearest": found(weights),
        "medians": torch.tensor([[median(kind, t, weights) for t in COARSE] for kind in KINDS]),
        "held_out": torch.stack([distances(kind, images(kind)[1])[0].sort()[0] for kind in KINDS]),
    }


def codes(weights):
    """z at the top of p(x, z) of the first 80 held-out digits, grey, found by Adam: (80, 20)."""
    w = {name: torch.tensor(array.astype(np.float64)) for name, array in weights.items()}
    x = images(KINDS[0])[1][: N * HANDFULS].double()
    z = torch.zeros(len(x), 20, dtype=torch.float64, requires_grad=True)
    steps = 300
    adam = torch.optim.Adam([z], lr=0.1)
    falls = torch.optim.lr_scheduler.LinearLR(adam, 1, 0, steps)
    for _ in range(steps):
        adam.zero_grad()
        h = z @ ((w["hidden"] - 128) * w["hidden_scale"]).T + w["hidden_bias"]
        low = nn.functional.silu(h) @ (w["inner"] - 128).T * w["scale"]
        logits = low @ (w["outer"] - 128).T + w["outer_bias"]
        misses = nn.functional.binary_cross_entropy_with_logits(logits, x, reduction="sum")
        (misses + z.square().sum() / 2).backward()
        adam.step()
        falls.step()
    return z.detach().half()


def noise():
    """ε of all handfuls, each with a stream of its own."""
    each = [torch.randn(N, 20, generator=stream(seed)) for seed in range(HANDFULS)]
    return {"eps": torch.cat(each).half()}


def in_bytes(decoder):
    """The decoder's arrays, as `vae_samples.decode` reads them."""
    hidden, last = (layer for layer in decoder.net if isinstance(layer, nn.Linear))
    hidden_scale = (hidden.weight.abs().amax(0) / 127).half()
    random = stream(1)
    z = 1.6 * torch.rand(6000, 1, generator=random) * torch.randn(6000, 20, generator=random)
    h = nn.functional.silu(hidden(z)).double()
    weight, bias = last.weight.double(), last.bias.double()
    f = (h @ weight.T + bias).sigmoid()
    answers = (f * (1 - f)).square().mean(0).sqrt()[:, None] + 1e-3
    middle = h.mean(0)
    root = torch.linalg.cholesky((h - middle).T @ (h - middle) / len(h) + 1e-9 * torch.eye(400))
    left, sizes, right = torch.linalg.svd(answers * weight @ root, full_matrices=False)
    outer = left[:, :RANK] / answers
    inner = sizes[:RANK, None] * right[:RANK]
    inner = torch.linalg.solve_triangular(root, inner, upper=False, left=False)
    of_inner, of_outer = inner.abs().amax(1) / 63, outer.abs().amax(0) / 63
    return {
        "hidden": (hidden.weight / hidden_scale + 128).round().clamp(1, 255).byte(),
        "hidden_scale": hidden_scale,
        "hidden_bias": hidden.bias.half(),
        "inner": (inner / of_inner[:, None] + 128).round().byte(),
        "outer": (outer / of_outer + 128).round().byte(),
        "scale": (of_inner * of_outer).half(),
        "outer_bias": (bias + weight @ middle - outer @ (inner @ middle)).half(),
    }


@cache
def known(kind):
    """The training images, (784, 4000), and their squared lengths."""
    x = images(kind)[0].double().T.contiguous()
    return x, x.square().sum(0)


def distances(kind, x):
    """The squared distance of each image to the nearest training image, and that one's row."""
    x, (others, squares) = torch.as_tensor(x, dtype=torch.float64), known(kind)
    apart = x.square().sum(1)[:, None] + squares - 2 * x @ others
    return apart.clamp(min=0).min(1)


def found(weights):
    """The nearest training image's row by handful, kind, digit and temperature."""
    rows = torch.zeros(HANDFULS, len(KINDS), N, len(TEMPERATURES), dtype=torch.int16)
    for handful in range(HANDFULS):
        for i, temperature in enumerate(TEMPERATURES):
            for k, x in enumerate(eight(handful, temperature, weights)):
                rows[handful, k, :, i] = distances(KINDS[k], x)[1]
    return rows


def median(kind, temperature, weights):
    """The median squared distance of 500 samples to the nearest training image."""
    random = np.random.RandomState(99)
    x = decode(temperature * random.standard_normal((500, 20)), weights)
    if kind == DRAW:
        x = (random.uniform(size=x.shape) < x).astype(float)
    return float(distances(kind, x)[0].median())
