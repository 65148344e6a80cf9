"""Fit the infinite mixture: lesson 04's exact-likelihood runs, back and forth, with p(z|x).

    p(x) = ∫ p(z) p_θ(x|z) dz,    p(z|x) = p(z) p_θ(x|z) / p(x)

Equations (4.1) and (4.5) of lesson 04, on 1,200 cells of −12 < z < 12, as the likeliest z of an x
far from the data may lie beyond 6. Two of the lesson's five starts, the best and the worst after 40
epochs, which are 200 steps, were each trained for 120 (tools/checkpoints/fitted.py); the decoder is
kept at 25 moments of both. Without a kernel the browser evaluates `fitted.js`: this scene again,
line by line, held to it by a test.

Source: MacKay, *Bayesian neural networks and density networks* (1995).
"""

import numpy as np
import torch
from torch.distributions import Normal

from vaelib.data.crescent import crescent
from vaelib.rules import Grid
from vaelib.teaching.explore.files import HERE
from vaelib.teaching.explore.fits import (
    EDGE,
    STEPS,
    Z_EDGE,
    curve,
    first_words,
    humps,
    jumps,
    model,
    ridge,
    runs,
)
from vaelib.teaching.explore.scene import Axis, Choice, Explorer, Mark, Panel, Scene, Slider
from vaelib.teaching.explore.shapes import column
from vaelib.teaching.explore.words import rounded

STARTS = ("best at step 200", "worst at step 200")
GRID = Grid(1200, (-12, 12))
THREADS = 20  # each for a twentieth of the posterior
SHARES = (np.arange(THREADS) + 0.5) / THREADS
BREATHS = ((0, 0), (0.1, 0), (-0.1, 0), (0, 0.1), (0, -0.1))
CUT = 2.5  # the highest density that the line's panel shows
MARKED = (-2, -1, 0, 1, 2)
NAMES = {-2: "z = −2", 0: "z = 0", 2: "z = 2"}  # of those that have room for one


def climb(run):
    """Step and held-out nats below the truth, (25, 2)."""
    return np.column_stack([STEPS, runs()[1][run]])


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
    near = torch.tensor([x1, x2], dtype=torch.float64) + torch.tensor(BREATHS)
    x = near[:1]
    z, log_post = (part.numpy() for part in mixture.posterior(near, GRID))
    z, shares = z[:, 0], np.exp(log_post) / np.exp(log_post).sum(0)
    height = np.exp(log_post[:, 0])
    share = shares[:, 0]
    mean = share @ z
    std = np.sqrt(share @ (z - mean) ** 2)
    likely = np.interp(SHARES, share.cumsum(), z)  # z that cut p(z|x) into equal shares
    places = mixture.decode(torch.from_numpy(likely)[:, None]).mean.numpy()
    peaks = humps(share)
    shown = np.abs(z) < Z_EDGE
    top = z[height.argmax()]
    high = height.max() > CUT and abs(top) < Z_EDGE
    arrow = [[top - 0.2, CUT - 0.15], [top, CUT - 0.03], [top + 0.2, CUT - 0.15]]
    arrays = curve(run, moment) | {
        "ridge": ridge(run, moment),
        "threads": np.stack([np.broadcast_to(x.numpy(), places.shape), places], 1),
        "likely": places,
        "x": x,
        "area": np.column_stack([z, np.zeros_like(z), height])[shown],
        "posterior": np.column_stack([z, height])[shown],
        "peaks": np.column_stack([z[peaks], height[peaks]]),
        "higher": np.array(arrow if high else []).reshape(-1, 2),
        "other": climb(1 - run),
        "run": climb(run),
        "now": climb(run)[[moment]],
    }
    below, truth = runs()[1][run, moment], runs()[2]
    log_px = float(mixture.log_prob(x, GRID))
    first = first_words(len(peaks), likely[15] - likely[5], log_px, jumps(shares, z))
    sentence = first
    if moment < len(STEPS) - 1:
        sentence += f" The curve is that of step [{STEPS[moment]}](step) of {STEPS[-1]}."
    if arrays["curve"].abs().max() > EDGE:
        sentence += " Part of the curve lies off the plane."
    if share[shown].sum() < 0.5:
        sentence += " Most of the posterior lies off the line z."
    more = (
        f"x = ({rounded(x1, 2)}, {rounded(x2, 2)}). Each thread is 5 % of the exact posterior: its "
        f"mean is z = {rounded(mean, 2)} and its standard deviation {rounded(std, 2)}, the prior's "
        f"0 and 1. Its highest density is about {rounded(height.max(), 1)}, the prior's 0.4; the "
        f"panel ends at 2.5. Held-out log p(x) is {rounded(truth - below, 2)} nats a point, the "
        f"true density's {rounded(truth, 2)}. Of {STEPS[-1]} steps {len(STEPS)} moments are kept; "
        f"at step {STEPS[moment]} held-out points score {rounded(below, 2)} nats below the density "
        f"that made them. This x has log p(x) = {rounded(log_px, 1)} nats."
    )
    return Scene(arrays, sentence, more)


def fixed():
    """200 of the training points, the prior, and what the browser computes the scene from."""
    weights, below, truth = runs()
    z = column(-Z_EDGE, Z_EDGE, 97)
    return {
        "data": crescent(500, random_state=0)[0][:200],
        "prior": torch.cat([z, Normal(torch.zeros_like(z), 1.0).log_prob(z).exp()], 1),
        "weights": weights.numpy(),
        "below": below,
        "truth": np.array([truth]),
        "steps": np.array(STEPS),
    }


FINE = tuple(k / 50 for k in range(-150, 151))

explorer = Explorer(
    name="fitted",
    title="Fit the infinite mixture",
    about="Which z made the point x? Drag x: each thread runs to a place on the curve that could "
    "have made it. On the dotted ridge two places are as likely, and the threads part. Play learns "
    "the curve anew.",
    lessons=("04_infinite_mixture",),
    controls={
        "start": Choice("of five random starts, the", STARTS, STARTS[0]),
        "step": Slider("training step", STEPS, 600, digits=0),
        "x1": Slider("x₁", FINE, -2.0),
        "x2": Slider("x₂", FINE, 0.0),
    },
    panels={
        "plane": Panel.plane("The fitted p(x), its curve, and x", EDGE),
        "line": Panel("Which z made x?", Axis("z", -Z_EDGE, Z_EDGE), Axis("density", 0, CUT), 1.6),
        "climb": Panel(
            "What is lost on held-out points",
            Axis("training step", 0, 600),
            Axis("nats a point", 0.01, 20, log=True),
            1.6,
        ),
    },
    marks={
        "density": Mark("image", "plane", extent=(-EDGE, EDGE, -EDGE, EDGE)),
        "data": Mark("points", "plane", "200 training points", "muted", size=1.5, fixed=True),
        "ends": Mark("line", "plane", "|z| over 2.5", "accent", "dot"),
        "curve": Mark("line", "plane", "μ(z)", "accent"),
        **{
            f"at{k}": Mark("line", "plane", NAMES.get(z, ""), "blue", "dot")
            for k, z in enumerate(MARKED)
        },
        "ridge": Mark("points", "plane", "ridge", "ink", size=0.9),
        "threads": Mark("line", "plane", "", "green"),
        "likely": Mark("points", "plane", "a twentieth of the answer", "green", size=3),
        "x": Mark("points", "plane", "x", size=5),
        "area": Mark("band", "line", "posterior", "green"),
        "prior": Mark("line", "line", "prior", "blue", fixed=True),
        "posterior": Mark("line", "line", tone="green"),
        "peaks": Mark("points", "line", tone="green"),
        "higher": Mark("line", "line", "goes on", "green"),
        "other": Mark("line", "climb", "other start", "muted", "dash"),
        "run": Mark("line", "climb", "this start", "accent"),
        "now": Mark("points", "climb", tone="accent", size=5),
    },
    scene=scene,
    fixed=fixed,
    play="step",
    evaluator=HERE / "fitted.js",
)
