"""Balance the bound: turn q's two knobs for one x, and see L and the KL share out log p(x).

    log p(x) = L + KL(q ‖ p(z|x)),    L = ∫ q(z) log p(x, z) dz + ½ log(2πe v),    q = N(m, v)

Equations (5.3) and (5.7) of lesson 05, on its model: the decoder was fitted to the exact log p(x),
the encoder to the bound (tools/checkpoints/balance.py). The knobs are in the posterior's units: a
is how many of its standard deviations m lies from its mean, b the log of √v over its standard
deviation. Integrals are sums over 3,000 points of z; log p(x) is from the lesson's grid, on 4,000.

Source: Cremer, Li and Duvenaud, *Inference suboptimality in variational autoencoders* (2018), §3.
"""

from functools import cache
from typing import NamedTuple

import numpy as np
import torch
from scipy.optimize import minimize

from vaelib.checkpoints import load
from vaelib.gaussians import log_normal_diag
from vaelib.rules import Grid
from vaelib.teaching.explore.files import checkpoint
from vaelib.teaching.explore.scene import Axis, Choice, Explorer, Mark, Pad, Panel, Scene, Slider
from vaelib.teaching.explore.words import minus
from vaelib.vae import VAE

WIDE = (-8.0, 8.0)  # the lesson's grid
POINTS = ("the lesson's first", "a typical one", "worst for a Gaussian", "worst for the network")
SHIFTS = tuple(i / 10 for i in range(-40, 41))
WIDTHS = tuple(i / 20 for i in range(-30, 31))
LOST = (0.1, 0.3, 1, 3, 10)  # nats, the steps of the hill
EXTENT = (-4.2, 4.2, -1.6, 1.6)  # of the hill


class Exact(NamedTuple):
    """What is exact for one x.

    log p(x, z) and log p(z|x) (J,) at z (J, 1), which reach so far that they hold every q of the
    knobs; log p(x), and the posterior's mean and standard deviation.
    """

    z: torch.Tensor
    log_joint: torch.Tensor
    log_posterior: torch.Tensor
    log_px: float
    mean: float
    std: float


def exact(model, x):
    """All of it for one x (1, D)."""
    z, log_posterior = model.posterior(x, Grid(4000, WIDE))
    share = log_posterior[:, 0].softmax(0)
    mean = share @ z[:, 0]
    std = (share @ (z[:, 0] - mean) ** 2).sqrt()
    z = mean + std * torch.linspace(-46, 46, 3000, dtype=z.dtype)[:, None]
    log_joint = model.prior.log_prob(z) + model.log_likelihood(x, z)[:, 0]
    log_posterior = log_joint.log_softmax(0) - (z[1] - z[0]).log()
    log_px = model.log_prob(x, Grid(4000, WIDE))
    return Exact(z, log_joint, log_posterior, float(log_px), float(mean), float(std))


def shared_out(line, a, b):
    """L and KL(q ‖ p(z|x)), nats, of the Gaussians q with these a and b: (k,) → (k,) each."""
    m, std = line.mean + line.std * a, line.std * torch.exp(b)
    q = log_normal_diag(line.z[:, None], m[:, None], 2 * std.log()[:, None]).exp()  # (J, k)
    mass = q.T * (line.z[1] - line.z[0])
    entropy = 0.5 * torch.log(2 * torch.pi * torch.e * std**2)
    return mass @ line.log_joint + entropy, -entropy - mass @ line.log_posterior


def best_gaussian(line):
    """The a and b at which L is highest, (2,)."""

    def kl(knobs):
        a, b = torch.as_tensor(knobs)[:, None]
        return shared_out(line, a, b)[1].item()

    return minimize(kl, np.zeros(2), method="Nelder-Mead", options={"fatol": 1e-9}).x


@cache
def model():
    """Lesson 05's VAE, as stored."""
    return VAE.load(checkpoint("balance.pt")).requires_grad_(False)


@cache
def chosen(point):
    """One of the four points (1, 2) and what is exact for it.

    Also the a and b of the best Gaussian and of the network's q, (2,) each.
    """
    x = load(checkpoint("balance.pt"))["x"][POINTS.index(point)][None]
    line, q = exact(model(), x), model().encode(x)
    a, b = (q.mean - line.mean) / line.std, (q.stddev / line.std).log()
    return x, line, best_gaussian(line), torch.cat([a, b], 1)[0].numpy()


@cache
def hill(point):
    """Where less than LOST nats are lost, as shades (48, 64), from 61 points of each q."""
    left, right, bottom, top = EXTENT
    line = chosen(point)[1]
    a = left + (right - left) * (np.arange(64) + 0.5) / 64  # in the middle of each pixel
    b = (top - (top - bottom) * (np.arange(48) + 0.5) / 48)[:, None]
    eps = np.linspace(-6, 6, 61)
    weight = np.exp(-(eps**2) / 2)
    u = a[:, None] + np.exp(b)[..., None] * eps  # (48, 64, 61)
    log_p = np.interp(line.mean + line.std * u, line.z[:, 0], line.log_posterior)
    entropy = np.log(2 * np.pi * np.e * line.std**2) / 2 + b
    lost = -entropy - log_p @ weight / weight.sum()
    return (28 * (lost[..., None] < LOST).sum(-1)).astype(np.uint8)


def bell(a, b, u):
    """The density at u of N(a, e^2b), in steps of 0.005 to pack well, (n, 2)."""
    p = np.exp(-(((u - a) / np.exp(b)) ** 2) / 2 - b) / np.sqrt(2 * np.pi)
    return np.stack([u, np.round(200 * p) / 200], 1)


@torch.no_grad()
def scene(point, shift, log_width):
    """The posterior and q on the line, the bound beside log p(x), and the hill of L over all q.

    Parameters
    ----------
    point : one of POINTS
        Which x.
    shift : float, −4 to 4
        a, the mean of q in posterior standard deviations from the posterior's.
    log_width : float, −1.5 to 1.5
        b, the log of q's standard deviation over the posterior's.
    """
    x, line, best, network = chosen(point)
    knobs = torch.tensor([[shift], [log_width]], dtype=torch.float64)
    lower, kl = (part.item() for part in shared_out(line, *knobs))
    highest = shared_out(line, *torch.from_numpy(best)[:, None])[0].item()
    u = np.linspace(-8, 8, 97)
    z = line.mean + line.std * u
    posterior = line.std * np.interp(z, line.z[:, 0], line.log_posterior.exp())
    steps = torch.linspace(-4.2, 4.2, 57, dtype=torch.float64)
    over_mean, _ = shared_out(line, steps, torch.full_like(steps, log_width))
    arrays = {
        "prior": bell(-line.mean / line.std, -np.log(line.std), u),
        "posterior": np.stack([u, posterior], 1),
        "best_q": bell(*best, u),
        "q": bell(shift, log_width, u),
        "log_px": np.array([[-4.2, line.log_px], [4.2, line.log_px]]),
        "kl": np.array([[shift + e, lower, line.log_px] for e in (-0.25, 0.25)]),
        "lower": torch.stack([steps, over_mean], 1),
        "now": np.array([[shift, lower]]),
        "hill": hill(point),
        "best": best[None],
        "network": network[None],
        "here": knobs.T,
    }
    text = (
        f"log p(x) = {line.log_px:.3f} nats for x = ({x[0, 0]:.2f}, {x[0, 1]:.2f}), whatever q "
        f"is. q has mean {line.mean + line.std * shift:.2f} and std "
        f"{line.std * np.exp(log_width):.3f}, the posterior {line.mean:.2f} and {line.std:.3f}: "
        f"L = {lower:.3f}, KL {kl:.3f}. The best Gaussian reaches L = {highest:.3f}."
    )
    return Scene(arrays, minus(text))


explorer = Explorer(
    name="balance",
    title="Balance the bound",
    about="Drag q's mean and width for one x. log p(x) stands still; what the bound L loses, the "
    "KL to the posterior gains. Where L falls below the picture, the sentence still has it.",
    lessons=("05_lower_bound",),
    controls={
        "point": Choice("x", POINTS, POINTS[0]),
        "shift": Slider("mean of q, in posterior std", SHIFTS, -2.0, every=5, digits=1),
        "log_width": Slider("log(std of q / posterior std)", WIDTHS, 0.75, every=5),
    },
    panels={
        "line": Panel(
            "q and the posterior",
            Axis("(z − posterior mean) / posterior std", -8, 8),
            Axis("density", 0, 1.9),
        ),
        "level": Panel(
            "log p(x) = L + KL",
            Axis("mean of q, in posterior std", -4.2, 4.2),
            Axis("nats", -20, 0),
        ),
        "plane": Panel(
            "The hill of L: 0.1, 0.3, 1, 3, 10 nats lost",
            Axis("mean of q, in posterior std", -4.2, 4.2),
            Axis("log(std of q / posterior std)", -1.6, 1.6),
        ),
    },
    marks={
        "hill": Mark("image", "plane", extent=EXTENT),
        "best": Mark("points", "plane", "best Gaussian", "green", shape="ring", size=7),
        "network": Mark("points", "plane", "network's q", "blue", shape="cross", size=6),
        "here": Mark("points", "plane", "q", "accent", shape="plus", size=9),
        "prior": Mark("line", "line", "prior p(z)", "muted", dash="dot"),
        "posterior": Mark("line", "line", "posterior p(z|x)", "ink"),
        "best_q": Mark("line", "line", "best Gaussian", "green", dash="dot"),
        "q": Mark("line", "line", "q", "accent", dash="dash"),
        "kl": Mark("band", "level", "KL", "blue"),
        "log_px": Mark("line", "level", "log p(x)", "ink"),
        "lower": Mark("line", "level", "L, at this width", "accent", dash="dash"),
        "now": Mark("points", "level", "L", "accent", size=5),
    },
    scene=scene,
    pads=(Pad("plane", "shift", "log_width"),),
    play="shift",
)
