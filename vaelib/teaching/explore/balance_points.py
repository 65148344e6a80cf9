"""Three points of lesson 05's model, and for each of them what is exact, and two Gaussians q.

The posterior of x = (−1, 0.1), between the two ends of the arc, has two peaks. The other two are
held-out points: of 200 they are those on which the network's q and any Gaussian q do worst. All
three have wider posteriors than most, in which q can be seen.
"""

from functools import cache

import numpy as np
import torch
from torch.nn.utils import parameters_to_vector, vector_to_parameters

from vaelib.checkpoints import load
from vaelib.teaching.explore.files import checkpoint
from vaelib.teaching.explore.one_point import best_gaussian, exact
from vaelib.vae import VAE

POINTS = ("two peaks", "one peak", "lopsided")


def floats(values):
    """Numbers as pages hold them exactly, four bytes each, (n, 4)."""
    return np.asarray(values, "<f4").reshape(-1).view(np.uint8).reshape(-1, 4)


def weights(vae):
    """Its decoder's weights in one row."""
    return parameters_to_vector(vae.decoder.parameters())


@cache
def model():
    """Lesson 05's VAE, as stored; its decoder's weights rounded to floats."""
    vae = VAE.load(checkpoint("balance.pt")).requires_grad_(False)
    vector_to_parameters(weights(vae).float().double(), vae.decoder.parameters())
    return vae


@cache
def points():
    """The three points, (3, 2), rounded to floats."""
    saved = load(checkpoint("balance.pt"))["x"]
    x = torch.stack([torch.tensor([-1, 0.1], dtype=saved.dtype), saved[3], saved[2]])
    return x.float().double()


@cache
def chosen(point):
    """One of the points (1, 2), what is exact for it, the best Gaussian, and the network's q.

    Both q are m and std, (2,), rounded to floats.
    """
    x = points()[[POINTS.index(point)]]
    line, q = exact(model(), x), model().encode(x)
    network = torch.cat([q.mean, q.stddev], 1)[0].numpy()
    best, network = (np.float64(np.float32(each)) for each in (best_gaussian(line), network))
    return x, line, best, network
