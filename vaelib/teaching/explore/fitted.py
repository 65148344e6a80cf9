"""Fit the infinite mixture: lesson 04's exact-likelihood runs, back and forth, with p(z|x).

    p(x) = ∫ p(z) p_θ(x|z) dz,    p(z|x) = p(z) p_θ(x|z) / p(x)

Equations (4.1) and (4.5) of lesson 04, on 1,200 cells of −12 < z < 12, as the likeliest z of an x
far from the data may lie beyond 6. Two of the lesson's five starts, the best and the worst after 40
epochs, were each trained for 120 (tools/checkpoints/fitted.py); the decoder is kept at 25 moments
of both. With a point x to drag, these are too many settings to be computed ahead. So without a
kernel the browser evaluates `fitted.js`: this scene again, line by line, held to it by a test.

Source: MacKay, *Bayesian neural networks and density networks* (1995).
"""

from functools import cache

import numpy as np
import torch
from torch.distributions import Normal
from torch.nn.utils import vector_to_parameters

from vaelib.checkpoints import load
from vaelib.data.crescent import crescent
from vaelib.drawing import drawing_from, stream
from vaelib.infinite import InfiniteMixture
from vaelib.networks import Decoder
from vaelib.rules import Grid
from vaelib.teaching.explore.files import HERE, checkpoint
from vaelib.teaching.explore.scene import Axis, Choice, Explorer, Mark, Pad, Panel, Scene, Slider
from vaelib.teaching.explore.shapes import circle, column
from vaelib.teaching.explore.words import rounded

STEPS = (0, 1, 2, 3, 5, 7, 10, 14, 20, 28, 40, 50, 60, 75, 90, 110, 130, 160, 200, 250, 300, 350,
         400, 500, 600)  # fmt: skip
STARTS = ("best of five", "worst of five")
GRID = Grid(1200, (-12, 12))
SHARES = (np.arange(20) + 0.5) / 20
EDGE, Z_EDGE = 3.2, 6  # of the plane, and of the line z


@cache
def runs():
    """Weights (2, 25, 1252), nats below the true density (2, 25), and that density's nats.

    All are rounded to half floats, as pages hold them.
    """
    saved = load(checkpoint("fitted.pt"))
    below, truth = (np.float64(np.float16(saved[name])) for name in ("below", "truth"))
    return saved["weights"].double(), below, truth


@cache
def model(run, moment):
    """The infinite mixture of a run at a moment."""
    with drawing_from(stream()):  # the weights of the run take the place of these
        decoder = Decoder(1, 2, (32, 32), likelihood="gaussian", sigma_x="network").double()
    vector_to_parameters(runs()[0][run, moment].clone(), decoder.parameters())
    zero = torch.zeros(1, dtype=torch.float64)
    return InfiniteMixture(decoder.requires_grad_(False), Normal(zero, torch.ones_like(zero)))


def climb(run):
    """log₁₀(1 + step) and log₁₀ of the held-out nats below the truth, (25, 2)."""
    return np.log10(np.column_stack([np.add(STEPS, 1), runs()[1][run]]))


@torch.no_grad()
def scene(start, step, x1, x2):
    """The fitted curve on the plane, p(z|x) of the point x, and how high both runs have climbed.

    Parameters
    ----------
    start : one of STARTS
        Which run.
    step : float, 0 to 600
        The gradient step; the nearest one of STEPS is shown.
    x1, x2 : float, −3 to 3
        The point x.
    """
    run = STARTS.index(start)
    moment = int(np.abs(np.subtract(STEPS, step)).argmin())
    mixture = model(run, moment)
    x = torch.tensor([[x1, x2]], dtype=torch.float64)
    z, log_post = mixture.posterior(x, GRID)  # (J, 1) both
    resp = log_post.softmax(0)
    mean = (resp * z).sum()
    std = (resp * (z - mean) ** 2).sum().sqrt()
    likely = np.interp(SHARES, resp.cumsum(0)[:, 0], z[:, 0])  # z that cut p(z|x) into equal shares
    curve, own = mixture.decode(column(-2.5, 2.5, 101)).mean, mixture.decode(column(-2, 2, 5))
    shown = (z.abs() < Z_EDGE)[:, 0]
    arrays = {
        "curve": curve,
        "widths": own.mean[:, None] + own.stddev[:, None] * circle(),
        "marked": torch.cat([own.mean, column(0, 4, 5)], 1),
        "likely": mixture.decode(torch.from_numpy(likely)[:, None]).mean,
        "x": x,
        "posterior": torch.cat([z, (log_post - log_post.max()).exp()], 1)[shown],
        "other": climb(1 - run),
        "run": climb(run),
        "now": climb(run)[[moment]],
    }
    below, truth = runs()[1][run, moment], runs()[2]
    log_px = float(mixture.log_prob(x, GRID))
    text = (
        f"Step {STEPS[moment]} of {STEPS[-1]}: held-out log p(x) is {rounded(truth - below, 2)} "
        f"nats per point, {rounded(below, 2)} below the true density's. At x = ({rounded(x1, 1)}, "
        f"{rounded(x2, 1)}) log p(x) is {rounded(log_px, 1)} nats; the exact posterior has mean "
        f"z = {rounded(float(mean), 2)} and standard deviation {rounded(float(std), 2)}, the prior "
        "0 and 1."
    )
    if curve.abs().max() > EDGE:
        text += " Part of the curve lies off the plane."
    if resp[shown].sum() < 0.5:
        text += " Most of the posterior lies beyond −6 < z < 6."
    return Scene(arrays, text)


def fixed():
    """The training points, the prior's bell, and what the browser computes the scene from."""
    weights, below, truth = runs()
    z = np.linspace(-Z_EDGE, Z_EDGE, 97)
    return {
        "data": crescent(200, random_state=0)[0],
        "prior": np.column_stack([z, np.exp(-(z**2) / 2)]),
        "weights": weights.numpy(),
        "below": below,
        "truth": np.array([truth]),
        "steps": np.array(STEPS),
    }


TENTHS = tuple(k / 10 for k in range(-30, 31))

explorer = Explorer(
    name="fitted",
    title="Fit the infinite mixture",
    about="Go back and forth through an exact fit of 600 steps, and ask at each of them which z "
    "made the point x. Drag x over the plane.",
    lessons=("04_infinite_mixture",),
    controls={
        "start": Choice("random start", STARTS, STARTS[0]),
        "step": Slider("training step", STEPS, 0, digits=0),
        "x1": Slider("x₁", TENTHS, 2.0, digits=1),
        "x2": Slider("x₂", TENTHS, 0.0, digits=1),
    },
    panels={
        "plane": Panel.plane("The curve, and x", EDGE),
        "line": Panel(
            "Which z made x?", Axis("z", -Z_EDGE, Z_EDGE), Axis("density / its peak", 0, 1.05), 1
        ),
        "climb": Panel(
            "Held-out nats below the truth",
            Axis("log₁₀ (1 + step)", 0, 2.9),
            Axis("log₁₀ of the nats", -2, 1.5),
            1,
        ),
    },
    marks={
        "data": Mark("points", "plane", "training x", "muted", size=1.5, fixed=True),
        "curve": Mark("line", "plane", "μ(z)", "accent"),
        "widths": Mark("line", "plane", "1σ at five z", "blue", "dot"),
        "marked": Mark("points", "plane", size=4, classes=("z = −2", "−1", "0", "1", "2")),
        "likely": Mark("points", "plane", "μ(z), z from p(z | x)", "green", shape="ring", size=4),
        "x": Mark("points", "plane", "x", shape="cross", size=8),
        "prior": Mark("line", "line", "prior p(z)", "blue", "dash", fixed=True),
        "posterior": Mark("line", "line", "posterior p(z | x)", "green"),
        "other": Mark("line", "climb", "the other start", "muted", "dot"),
        "run": Mark("line", "climb", "this start", "accent"),
        "now": Mark("points", "climb", "this step", size=5),
    },
    pads=(Pad("plane", "x1", "x2"),),
    scene=scene,
    fixed=fixed,
    play="step",
    evaluator=HERE / "fitted.js",
)
