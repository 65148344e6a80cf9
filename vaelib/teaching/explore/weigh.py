"""Weigh the loss: which dimensions a noise σ_x leaves alive, what they cost, what comes back.

‖a_j‖² = max(λ_j − σ_x², 0),    v_j = σ_x² / (σ_x² + ‖a_j‖²),    σ_x² = c_z / (2 c_x)

Equations (7.4), (6.9) and (7.1) of lesson 07: the best linear VAE, whose q(z|x) is the exact
posterior, so that its bound is log p(x); Tipping and Bishop, *Probabilistic principal component
analysis* (1999). Fitted to 4,000 digits; all numbers are means over 1,000 held-out ones.
"""

import math
from functools import cache

import numpy as np
import torch

from vaelib.checkpoints import load
from vaelib.teaching.explore.files import checkpoint
from vaelib.teaching.explore.scene import Axis, Choice, Explorer, Mark, Panel, Scene, Slider, grey
from vaelib.teaching.explore.words import minus

D, SIZE, SHOWN = 784, 20, 50  # pixels, dimensions of the code, eigenvalues in the picture
OWN, LEARNED = "your own σₓ", "σₓ learned"
RECIPES = {  # factors c_x on the squared error, summed over pixels, and c_z on the KL
    "σₓ = 0.1": (1 / (2 * 0.1**2), 1),
    "½ sum + KL": (1 / 2, 1),
    "sum + KL (½ lost)": (1, 1),
    "½ sum + S5's penalty": (1 / 2, 2),
    "pixel mean + KL": (1 / D, 1),
    "means over everything": (1 / D, 1 / SIZE),
    "pixel mean + 0.00025 KL": (1 / D, 0.00025),
}
SIGMAS = tuple(round(10 ** (k / 40), 4) for k in range(-40, 53))  # 0.1 to 20


@cache
def digits():
    """What tools/checkpoints/weigh.py found, as float64."""
    saved = load(checkpoint("weigh.pt"))
    return {name: part.double() for name, part in saved.items() if torch.is_tensor(part)}


def implied(recipe, own):
    """The noise σ_x that a recipe assumes (7.1), or one's own."""
    if recipe == OWN:
        return own
    if recipe == LEARNED:  # fitted with all the rest: the mean variance of what the code leaves out
        return float(digits()["eigenvalues"][SIZE:].sum() / (D - SIZE)) ** 0.5
    c_x, c_z = RECIPES[recipe]
    return (c_z / (2 * c_x)) ** 0.5


def noise_of_codes(sigma_x):
    """v (20,): 1 where a dimension is silent."""
    return (sigma_x**2 / digits()["eigenvalues"][:SIZE]).clamp(max=1)


def terms(sigma_x):
    """E ‖x − μ(z)‖², KL and log p(x) of a held-out digit, the last two in nats."""
    found, v = digits(), noise_of_codes(sigma_x)
    squares, rest = found["squares"].split([SIZE, D - SIZE])
    error = rest.sum() + (v**2 * squares + sigma_x**2 * (1 - v)).sum()  # (6.6)
    m_squared = (1 - v) * squares / found["eigenvalues"][:SIZE]
    kl = 0.5 * (m_squared + v - 1 - v.log()).sum()  # (5.6)
    constant = D / 2 * math.log(2 * math.pi * sigma_x**2)
    return float(error), float(kl), float(-error / (2 * sigma_x**2) - constant - kl)


def sheet(sigma_x):
    """Held-out digits, four in a row, and below each the decoder's mean at its code m."""
    found, v = digits(), noise_of_codes(sigma_x)
    x, directions = found["digits"] / 255, found["directions"]
    back = found["mean"] + ((x - found["mean"]) @ directions * (1 - v)) @ directions.T
    rows = torch.stack([x.view(2, 4, D), back.view(2, 4, D)], 1)  # (2, 2, 4, D)
    return grey((rows.clamp(0, 1) * 31).round() / 31).reshape(-1, 28, 28)  # 32 greys, to pack well


def plane(sigmas):
    """KL and squared error at each σ_x, (n, 2)."""
    return np.array([terms(sigma)[1::-1] for sigma in sigmas])


@torch.no_grad()
def fixed():
    """KL and error at every σ_x, and at those of the recipes."""
    return {"every": plane(SIGMAS), "recipes": plane(implied(r, 0.0) for r in [LEARNED, *RECIPES])}


@torch.no_grad()
def scene(recipe, sigma_x):
    """Which directions live, where the loss stands between KL and error, and what comes back.

    Parameters
    ----------
    recipe : OWN, LEARNED or a name in RECIPES
        The loss, which assumes a noise.
    sigma_x : float, 0.1 to 20
        The noise σ_x; used where `recipe` is OWN.
    """
    sigma_x = implied(recipe, sigma_x)
    error, kl, log_px = terms(sigma_x)
    eigenvalues, j = digits()["eigenvalues"][:SHOWN], torch.arange(1, SHOWN + 1)
    above = eigenvalues > sigma_x**2
    fate = torch.where(above, 2 * (j > SIZE), 1)  # live, silent, no room
    live, level = int((fate == 0).sum()), 2 * math.log10(sigma_x)
    arrays = {
        "eigenvalues": torch.stack([j, eigenvalues.log10(), fate], 1),
        "level": np.array([[0, level], [SHOWN + 1, level]]),
        "here": np.array([[kl, error]]),
        "sheet": sheet(sigma_x),
    }
    who = "" if recipe == OWN else f"{recipe}: "
    text = (
        f"{who}σₓ = {sigma_x:.2f}, and {live} of {SIZE} dimensions live. "
        f"On average, a held-out digit costs {kl:.1f} nats of KL and misses by a squared error of "
        f"{error:.1f}; its log p(x) is {log_px:,.0f} nats."
    )
    return Scene(arrays, minus(text))


explorer = Explorer(
    name="weigh",
    title="Weigh the loss",
    about="Choose the noise σₓ, or a loss from public code that assumes one. See which dimensions "
    "of a linear VAE's code live, and what comes back.",
    lessons=("07_which_noise",),
    controls={
        "recipe": Choice("loss", (OWN, LEARNED, *RECIPES), OWN),
        "sigma_x": Slider("your own σₓ", SIGMAS, 1.0, every=2),
    },
    panels={
        "spectrum": Panel(
            "Variance of the digits along each direction",
            Axis("direction j", 0, SHOWN + 1),
            Axis("log₁₀ λ", -2.2, 2.8),
        ),
        "plane": Panel(
            "Pay in KL, or in error",
            Axis("KL / nats", -2, 52),
            Axis("squared error of an image", 0, 60),
        ),
        "digits": Panel("Held-out digits, and what comes back", aspect=1.25),
    },
    marks={
        "eigenvalues": Mark(
            "points", "spectrum", size=3, classes=("live", "silent", "no room in the code")
        ),
        "level": Mark("line", "spectrum", "log₁₀ σₓ²", tone="accent", dash="dash"),
        "every": Mark("line", "plane", "every σₓ", tone="blue", fixed=True),
        "recipes": Mark("points", "plane", "the eight recipes", shape="ring", size=5, fixed=True),
        "here": Mark("points", "plane", "this loss", tone="accent", shape="cross", size=6),
        "sheet": Mark("image", "digits", columns=4, names=("held out", "returned") * 2),
    },
    scene=scene,
    fixed=fixed,
    play="sigma_x",
)
