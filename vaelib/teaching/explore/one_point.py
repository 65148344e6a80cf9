"""What is exact for one x of a model with one latent dimension, and what a Gaussian q makes of it.

    log p(x) = L + KL(q ‖ p(z|x)),    L = ∫ q(z) log p(x, z) dz + ½ log(2πe s²),    q = N(m, s²)

Equations (5.3) and (5.7) of lesson 05, as sums over 2,001 points of −20 < z < 20.
"""

from typing import NamedTuple

import numpy as np
import torch
from scipy.optimize import minimize

from vaelib.gaussians import log_normal_diag

EDGE, STEP = 20, 0.02


class Exact(NamedTuple):
    """At z (J, 1): log p(x, z) and log p(z|x), (J,) each; and log p(x), in nats."""

    z: torch.Tensor
    log_joint: torch.Tensor
    log_posterior: torch.Tensor
    log_px: float


def exact(model, x):
    """All of it for one x (1, D)."""
    z = torch.arange(-round(EDGE / STEP), round(EDGE / STEP) + 1, dtype=x.dtype)[:, None] * STEP
    log_joint = model.prior.log_prob(z) + model.log_likelihood(x, z)[:, 0]
    log_px = log_joint.logsumexp(0) + np.log(STEP)
    return Exact(z, log_joint, log_joint - log_px, float(log_px))


def shared_out(line, m, std):
    """L and KL(q ‖ p(z|x)), in nats, of the Gaussians q with these m and std: (k,) → (k,) each."""
    m, std = (torch.as_tensor(part, dtype=line.z.dtype) for part in (m, std))
    q = log_normal_diag(line.z[:, None], m[:, None], 2 * std.log()[:, None]).exp()  # (J, k)
    mass = q / q.sum(0)
    entropy = 0.5 * torch.log(2 * torch.pi * torch.e * std**2)
    lower = line.log_joint @ mass + entropy
    return lower, line.log_px - lower


def best_gaussian(line):
    """The m and std at which L is highest, (2,): the best of what is found from every peak."""
    p = line.log_posterior
    peaks = (p[1:-1] > p[:-2]) & (p[1:-1] > p[2:]) & (p[1:-1] > p.max() - 3)

    def kl(knobs):
        return shared_out(line, knobs[:1], np.exp(knobs[1:]))[1].item()

    starts = [(z, np.log(0.1)) for z in line.z[1:-1, 0][peaks].tolist()]
    found = [minimize(kl, s, method="Nelder-Mead", options={"fatol": 1e-9}) for s in starts]
    m, log_std = min(found, key=lambda each: each.fun).x
    return np.array([m, np.exp(log_std)])


def moments(line):
    """Mean and standard deviation of the posterior."""
    share = line.log_posterior.softmax(0)
    mean = share @ line.z[:, 0]
    return float(mean), float((share @ (line.z[:, 0] - mean) ** 2).sqrt())


def equal_shares(line, n):
    """The z in the middle of n equal shares of the posterior, (n,)."""
    reached = line.log_posterior.softmax(0).cumsum(0)
    return np.interp((np.arange(n) + 0.5) / n, reached, line.z[:, 0])
