"""The decoders of two autoencoders and two VAEs of the moon, trained as in lessons 01 and 08.

weight ≈ scale · (byte − 128),   scale = max |weight| / levels in each row

One of each kind saw 2,000 moons of all waxing phases, the other 2,000 half and full moons only.
Both kinds have the same moons, networks of the same widths, rates and steps. An autoencoder's codes
are laid onto the VAE's, which changes no picture (equation 1.3). Pages carry the decoders, so a
weight is one byte: a hidden layer has 127 levels to either side of 0, the last one, which has 12 of
13 weights, 45. Beside them lie 200 training moons and their codes, the codes of the half and
the full moon between which the lessons walk, and a map of each plane: how near to a moon it draws.
"""

import math

import numpy as np
import torch

from vaelib.bound import elbo
from vaelib.data.moons import distance_to_moons, moon_phases, render_moons
from vaelib.drawing import drawing_from
from vaelib.networks import mlp
from vaelib.vae import VAE

STEPS = {"all": 2000, "two": 600}
LEVELS = 127, 127, 45  # of a layer's weights, to either side of 0
EDGE, CELLS = 2.6, 91  # of a map


class Autoencoder(torch.nn.Module):
    """Lesson 01's, 784 → 64 → 64 → 2 and back; the mean it adds is in the last bias from the start.

    Adam's steps do not depend on where a bias starts, so this is the same model.
    """

    def __init__(self, x_mean):
        super().__init__()
        self.x_mean = x_mean
        self.into, self.back = mlp(784, (64, 64), 2), mlp(2, (64, 64), 784)
        with torch.no_grad():
            self.back[-1].bias += x_mean

    def encode(self, x):
        """The code of x, (n, 784) → (n, 2)."""
        return self.into(x - self.x_mean)


def training_moons():
    """{"all", "two"}: (2000, 784) each, as lesson 01 draws them, and phase and tilt (2000, 2)."""
    random = np.random.RandomState(0)
    two = np.column_stack([random.choice([0.25, 0.5], 2000), random.uniform(-0.6, 0.6, 2000)])
    two = torch.from_numpy(two)
    return {
        "all": moon_phases(2000, phase=(0, 0.5), random_state=0),
        "two": (render_moons(*two.T).float(), two),
    }


def make():
    """(model, state): the decoders in bytes; moons, codes, ends of the walk, and maps."""
    ends = render_moons([0.25, 0.5], 0.3).float()
    decoders, codes, of_ends, factors = {}, {}, {}, {}
    for seen, (x, made_of) in training_moons().items():
        vae = moon_vae(x, STEPS[seen])
        ae = autoencoder(x, STEPS[seen])
        lay_onto(vae.encode(x).mean, ae, x)
        decoders |= {f"ae_{seen}": ae.back, f"vae_{seen}": vae.decoder.net}
        codes |= {f"ae_{seen}": ae.encode(x[:200]), f"vae_{seen}": vae.encode(x[:200]).mean}
        of_ends |= {f"ae_{seen}": ae.encode(ends), f"vae_{seen}": vae.encode(ends).mean}
        factors[seen] = made_of[:200].half()
    model, maps = in_bytes(decoders)
    of_ends, codes = ({k: z.half() for k, z in some.items()} for some in (of_ends, codes))
    return model, {"codes": codes, "ends": of_ends, "factors": factors, "maps": maps}


@torch.no_grad()
def in_bytes(decoders):
    """(model, maps) of decoders {name: network}, which are rounded in place."""
    model, maps = torch.nn.Module(), {}
    for name, network in decoders.items():
        layers = [layer for layer in network.float() if isinstance(layer, torch.nn.Linear)]
        for k, (layer, levels) in enumerate(zip(layers, LEVELS, strict=True), 1):
            scale = (layer.weight.abs().amax(1) / levels).half()
            steps = (layer.weight / scale[:, None]).round().clamp(-levels, levels)
            layer.weight.copy_(scale[:, None] * steps)
            layer.bias.copy_(layer.bias.half())
            model.register_buffer(f"{name}_weights_{k}", (steps + 128).byte())
            model.register_buffer(f"{name}_scale_{k}", scale)
            model.register_buffer(f"{name}_bias_{k}", layer.bias.half())
        maps[name] = nearness(network)
    return model, maps


def nearness(network):
    """Over the plane, the top row first, (CELLS, CELLS): 63 where it draws a moon.

    0 where what it draws is as far from a moon as the average of a half and a full one, or farther.
    """
    at = EDGE * ((2 * torch.arange(CELLS) + 1) / CELLS - 1)
    down, across = torch.meshgrid(-at, at, indexing="ij")
    far = distance_to_moons(network(torch.stack([across, down], -1).reshape(-1, 2)))
    average = distance_to_moons(render_moons([0.25, 0.5], 0.3).mean(0, keepdim=True))
    return (63 * (1 - far / average).clamp(min=0)).ceil().byte().reshape(CELLS, CELLS)


@torch.no_grad()
def lay_onto(codes, model, x):
    """Make the codes g(x) A + b, those nearest to `codes` (n, 2), and undo it before decoding."""
    ones = torch.ones(len(x), 1)
    a, b = torch.linalg.lstsq(torch.cat([model.encode(x), ones], 1), codes).solution.split((2, 1))
    last, first = model.into[-1], model.back[0]
    first.weight.copy_(first.weight @ torch.linalg.inv(a).T)
    first.bias -= first.weight @ b[0]
    last.weight.copy_(a.T @ last.weight)
    last.bias.copy_(a.T @ last.bias + b[0])


def autoencoder(x, steps):
    """Lesson 01's: the squared error, summed over pixels."""
    generator = torch.Generator().manual_seed(0)
    with drawing_from(generator):
        model = Autoencoder(x.mean(0))

    def loss(batch):
        return (batch - model.back(model.encode(batch))).square().sum(1).mean()

    return train(model, x, loss, steps, generator)


def moon_vae(x, steps):
    """Lesson 08's: −L, and every 50 steps the scale of the code at which L is largest."""
    generator, start = (torch.Generator().manual_seed(seed) for seed in (0, 1))
    model = VAE(
        784, 2, (64, 64), likelihood="gaussian", sigma_x=0.1, x_mean=x.mean(0), generator=start
    )

    def loss(batch):
        return -elbo(model, batch, generator=generator)[0].mean()

    return train(model, x, loss, steps, generator, lambda: rescale(model, x[:500]))


def train(model, x, loss, steps, generator, every_50=lambda: None, lr=1e-2):
    """Adam down the loss, as in the lessons: each batch is drawn anew, so there are no epochs."""
    optimizer = torch.optim.Adam(model.parameters(), lr=lr, fused=True)
    for step in range(steps):
        optimizer.param_groups[0]["lr"] = lr * 0.5 * (1 + math.cos(math.pi * step / steps))
        batch = x[torch.randint(len(x), (64,), generator=generator)]
        optimizer.zero_grad()
        loss(batch).backward()
        optimizer.step()
        if step % 50 == 49:
            every_50()
    return model.requires_grad_(False)


@torch.no_grad()
def rescale(model, x, d=2):
    """Shift and stretch the code until E[m] = 0 and E[m² + v] = 1; no picture changes."""
    q, last, first = model.encode(x), model.encoder.net[-1], model.decoder.net[0]
    b = q.mean.mean(0)
    a = ((q.mean - b) ** 2 + q.variance).mean(0).sqrt()  # (d,)
    first.bias += first.weight @ b
    first.weight *= a
    last.bias -= torch.cat([b, 2 * a.log()])
    last.bias[:d] /= a
    last.weight[:d] /= a[:, None]
