"""The best linear VAE of the digits for each noise σ_x, and the noises that public losses assume.

‖a_j‖² = max(λ_j − σ_x², 0),    v_j = σ_x² / (σ_x² + ‖a_j‖²),    σ_x² = c_z / (2 c_x)

Equations (7.4), (6.9) and (7.1) of lesson 07: its q(z|x) is the exact posterior, so its bound is
log p(x); Tipping and Bishop, *Probabilistic principal component analysis* (1999). Fitted to 4,000
digits; all numbers are means over 1,000 held-out ones.
"""

import math
from functools import cache

import numpy as np
import torch

from vaelib.checkpoints import load
from vaelib.teaching.explore.files import checkpoint
from vaelib.teaching.explore.scene import grey

D, SIZE = 784, 20  # pixels, dimensions of the code
LEARNED = "σₓ learned"
RECIPES = {  # factors c_x on the squared error, summed over pixels, and c_z on the KL
    "pixel mean + KL": (1 / D, 1),
    "means everywhere": (1 / D, 1 / SIZE),
    "½ sum + 2 KL": (1 / 2, 2),
    "½ sum + KL": (1 / 2, 1),
    "sum + KL (½ lost)": (1, 1),
    "pixel mean + tiny KL": (1 / D, 0.00025),
    LEARNED: None,
    "σₓ = 0.1": (1 / (2 * 0.1**2), 1),
}


@cache
def digits():
    """What tools/checkpoints/weigh.py found, as float64."""
    saved = load(checkpoint("weigh.pt"))
    found = {name: part.double().numpy() for name, part in saved.items() if torch.is_tensor(part)}
    found["eigenvalues"] = found["eigenvalues"].clip(0)
    return found


def halves(values):
    """Two half floats for each number, (2, n), whose sum it is but for a ten-millionth."""
    high = values.astype(np.float16).astype(np.float64)
    return np.stack([high, (values - high).astype(np.float16).astype(np.float64)])


@cache
def numbers():
    """√λ of the code's directions and the held-out mean squares along them, and of the rest (1,).

    They are rounded as a page gets them.
    """
    found = digits()
    spread, squares = found["eigenvalues"][:SIZE] ** 0.5, found["squares"]
    parts = np.concatenate([spread, squares[:SIZE], [squares[SIZE:].sum()]])
    return np.split(halves(parts).sum(0), [SIZE, 2 * SIZE])


@cache
def implied(recipe):
    """The noise σ_x that a recipe assumes (7.1), to four decimals."""
    if recipe == LEARNED:  # fitted with all the rest: the mean variance of what the code leaves out
        return round(float(digits()["eigenvalues"][SIZE:].sum() / (D - SIZE)) ** 0.5, 4)
    c_x, c_z = RECIPES[recipe]
    return round((c_z / (2 * c_x)) ** 0.5, 4)


@cache
def sigmas():
    """The slider's values, 0.1 to 19.8: fine to 2.3, where lamps change; all recipes' own."""
    own = [implied(recipe) for recipe in RECIPES]
    fine = [round(10 ** (k / 60), 4) for k in range(-60, 23)]
    coarse = [round(10 ** (k / 20), 4) for k in range(8, 26)]
    others = [s for s in fine + coarse if min(abs(math.log(s / one)) for one in own) > 0.012]
    return tuple(sorted(others + own))


def noise_of_codes(sigma_x):
    """v (20,): 1 where a dimension is silent."""
    spread, *_ = numbers()
    return np.minimum((sigma_x / spread) ** 2, 1)


def terms(sigma_x):
    """E ‖x − μ(z)‖², KL and log p(x) of a held-out digit, the last two in nats."""
    (spread, squares, (rest,)), v = numbers(), noise_of_codes(sigma_x)
    error = rest + (v**2 * squares + sigma_x**2 * (1 - v)).sum()  # (6.6)
    m_squared = (1 - v) * squares / spread**2
    kl = 0.5 * (m_squared + v - 1 - np.log(v)).sum()  # (5.6)
    constant = D / 2 * math.log(2 * math.pi * sigma_x**2)
    return error, kl, -error / (2 * sigma_x**2) - constant - kl


def sheet(sigma_x):
    """Held-out digits (8, 784), and below each the decoder's mean at its code m: (16, 28, 28)."""
    found = digits()
    x = found["digits"] / 255
    m = (x - found["mean"]) @ found["directions"] * (1 - noise_of_codes(sigma_x))
    return grey(np.concatenate([x, found["mean"] + m @ found["directions"].T])).reshape(-1, 28, 28)


GLOW = np.array([[255, 190, 70], [90, 165, 255]])  # where a lamp adds ink, and where it takes some
GLASS = np.array([34, 36, 42])  # of a lamp that is out


def lamps(sigma_x):
    """What each number of the code draws, column j of A over √λ_j: (20, 28, 28, 3), uint8."""
    found = digits()["directions"].T.reshape(SIZE, 28, 28, 1)
    share = found / abs(found).max((1, 2), keepdims=True)
    bright = (1 - noise_of_codes(sigma_x)).reshape(SIZE, 1, 1, 1) ** 0.5 * abs(share)
    colour = np.where(share > 0, GLOW[0], GLOW[1])
    return np.floor(GLASS + bright * (colour - GLASS) + 0.5).astype(np.uint8)
