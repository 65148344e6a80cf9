"""The decoder of the creature explorer: lesson 12's VAE, its decoder small and in eight bits.

weight ≈ scale · (byte − 128),   scale = max |weight| / 127 in each column

The pictures, noise, encoder and loss are lesson 12's with FULL = True. The decoder has three hidden
layers of 192, fewer weights than the lesson's, and sees the pictures 90 times instead of 40.
Everything in the report is measured with the rounded weights, on creatures held out.
"""

import math

import torch
from torch import nn

from vaelib.bound import elbo
from vaelib.data.creatures import LEVELS, TRAITS, creatures
from vaelib.drawing import drawing_from, stream
from vaelib.networks import Decoder
from vaelib.training import evaluate, fit
from vaelib.vae import VAE


def make():
    """(model, state): the decoder in bytes, and the held-out creatures' codes and a report."""
    train, test = creatures(20_000, random_state=0), creatures(1000, random_state=1)
    x_train, x_test = right_half(train.images), spread(right_half(test.images), stream(1))
    noise = {"likelihood": "gaussian", "sigma_x": "learned", "x_mean": x_train.mean(0)}
    vae = VAE(864, 10, (256, 128), **noise, generator=stream(0))
    with drawing_from(stream(7)):
        vae.decoder = Decoder(10, 864, 3 * [192], **noise)
    with torch.no_grad():
        vae.decoder.logvar.fill_(2 * math.log(0.15))
    fit(vae, x_train, x_test, elbo, epochs=90, batch_size=100, lr=4e-3, transform=spread)
    vae.requires_grad_(False)

    moves = x_train.std(0) > 1e-6  # (864,)
    arrays = {"background": (255 * x_train[0]).round().byte(), "moves": moves.byte()}
    layers = [layer for layer in vae.decoder.net if isinstance(layer, nn.Linear)]
    for k, layer in enumerate(layers, 1):
        kept = moves if layer is layers[-1] else slice(None)
        weights, scale, bias = in_bytes(layer)
        arrays |= {f"weights_{k}": weights[kept], f"scale_{k}": scale, f"bias_{k}": bias[kept]}
    z_train, codes = (vae.encode(x).mean for x in (spread(x_train, stream(4)), x_test))
    arrays["table"] = (100 * shares(z_train, train.traits)).round().byte()
    report = evaluate(vae, x_test, elbo) | {
        "rmse": rmse(vae.decode(codes).mean, x_test),
        "rmse_of_the_mean": rmse(x_train.mean(0), x_test),
        "sigma_x": float((vae.decoder.logvar / 2).exp()),
    }
    model = nn.Module()
    for name, array in arrays.items():
        model.register_buffer(name, array.clone())
    return model, {"codes": codes.half(), "report": report}


def in_bytes(layer):
    """Round a layer in place; its weights as bytes, their scales and its bias as half floats."""
    scale = (layer.weight.abs().amax(0) / 127).half()
    steps = (layer.weight / scale).round().clamp(-127, 127)
    layer.weight.copy_(scale * steps)
    layer.bias.copy_(layer.bias.half())
    return (steps + 128).byte(), scale, layer.bias.half()


def shares(z, traits):
    """Share of the variance of each z_j that each trait explains, (10, 10); lesson 12, (12.3)."""
    centred = z - z.mean(0)
    explained = []
    for name in TRAITS:
        k = nn.functional.one_hot(traits[name] if name in LEVELS else traits[name] // 32).float()
        explained.append(k.mean(0) @ (k.T @ centred / k.sum(0)[:, None]) ** 2)
    return torch.stack(explained, 1) / centred.square().mean(0)[:, None]


def right_half(images):
    """Bytes (n, 24, 24, 3) → (n, 864) in [0, 1]; the left half is the mirror of the right."""
    return images[:, :, 12:].flatten(1).float() / 255


def spread(x, generator=None):
    """From b / 255 to uniform in the cell [b, b + 1] / 256."""
    return (255 * x + torch.rand(x.shape, generator=generator)) / 256


def rmse(x, y):
    """Root of the mean square difference a pixel."""
    return float((x - y).square().mean().sqrt())
