"""Weigh the loss: which dimensions a noise σ_x leaves alive, what comes back, and log p(x).

The linear VAE is linear_vae.py's: a dimension lives where its √λ_j exceeds σ_x. A page computes the
scene itself: `weigh.js` is this scene again, line by line, held to it by a test.
"""

from functools import cache

import numpy as np

from vaelib.teaching.explore.files import HERE
from vaelib.teaching.explore.linear_vae import (
    LEARNED,
    RECIPES,
    SIZE,
    D,
    digits,
    halves,
    implied,
    numbers,
    sheet,
    sigmas,
    terms,
)
from vaelib.teaching.explore.scene import Axis, Explorer, Mark, Panel, Scene, Slider
from vaelib.teaching.explore.words import minus, rounded

SHOWN = 24  # directions in the picture
LOW, HIGH = 0.08, 26  # the axes of noise and spread
LEFT, RIGHT = -3300, 500  # nats: the axis of log p(x)
TOP = 285  # nats: where log p(x) is within 2 of the most


@cache
def fixed():
    """The hill and its flags; the directions beyond the code; and what the page computes with."""
    found, j = digits(), np.arange(SIZE, SHOWN)
    hill = np.array([[terms(sigma)[2], sigma] for sigma in sigmas()])
    places = [(terms(implied(recipe))[2], implied(recipe)) for recipe in RECIPES]
    flags = {  # a short line from the hill to its name, on the side where there is room
        flag(k): [place, (place[0] + (300 if place[1] > 3 else -300), place[1])]
        for k, place in enumerate(places)
    }
    return {
        "beyond": np.column_stack([j + 1, found["eigenvalues"][j] ** 0.5]),
        "hill": hill,
        **flags,
        "losses": places,
        "numbers": halves(np.concatenate(numbers())),
        "mean": found["mean"],
        "directions": found["directions"].T,
        "digits": found["digits"].astype(np.uint8),
    }


def flag(k):
    """The name of the k-th recipe's mark."""
    return f"flag{k}"


def scene(sigma_x):
    """Which directions live, what comes back, and how probable held-out digits are.

    Parameters
    ----------
    sigma_x : float, 0.1 to 19.8
        The noise σ_x.
    """
    error, kl, log_px = terms(sigma_x)
    j, (spread, *_) = np.arange(SIZE) + 1, numbers()
    live = spread > sigma_x
    lamps = np.column_stack([j, spread])
    feet = np.column_stack([j, np.full(SIZE, sigma_x)])
    arrays = {
        "flood": [[0, LOW, sigma_x], [SHOWN + 1, LOW, sigma_x]],
        "stems": np.stack([feet, lamps], 1)[live],
        "dark": lamps[~live],
        "lamps": lamps[live],
        "level": np.column_stack([np.arange(0, SHOWN + 2), np.full(SHOWN + 2, sigma_x)]),
        "sheet": sheet(sigma_x),
        "across": [[LEFT if sigma_x > 3 else RIGHT, sigma_x], [log_px, sigma_x]],  # no flag there
        "here": [[log_px, sigma_x]],
    }
    count = int(live.sum())
    more = (
        f"{count} of the code's 20 dimensions live: digits differ along them by √λ > σₓ. On "
        f"average, a held-out digit costs {rounded(kl, 1)} nats of KL and misses by a squared "
        f"error of {rounded(error, 1)}, that is {rounded((error / D) ** 0.5, 2)} a pixel. A loss "
        f"that weighs the squared error by c₁ and the KL by c₂ assumes σₓ = √(c₂ / 2c₁): "
        f"{', '.join(f'“{name}” {rounded(implied(name), 2)}' for name in RECIPES)}. “½ sum + 2 KL” "
        f"is lesson 07's “½ sum + S5's penalty”, “means everywhere” averages over the pixels and "
        f"over the code, and the tiny weight is 0.00025."
    )
    return Scene(arrays, sentence(sigma_x, count, log_px), more)


def sentence(sigma_x, count, log_px):
    """What happened to the lamps, whether the noise fits, and log p(x)."""
    name = next((name for name in RECIPES if abs(sigma_x - implied(name)) < 1e-6), "")
    noise = f"σₓ = [{rounded(sigma_x, 2)}](sigma_x)"
    if count == 0:
        first = (
            f"[Every lamp is out](muted): {noise} drowns all that digits differ in, and each comes "
            f"back as the same grey blot."
        )
    elif count < SIZE:
        lamps = "[1 lamp](orange) burns" if count == 1 else f"[{count} lamps](orange) burn"
        first = f"Only {lamps}: what digits differ in by less than {noise} is drowned."
    elif log_px > TOP:
        first = f"[Every lamp burns](orange), and {noise} is the noise that there is: the top."
    else:
        amount = "less" if sigma_x < implied(LEARNED) else "more"
        first = f"[Every lamp burns](orange), yet {noise} claims {amount} noise than there is."
    who = f"“{name}”. " if name else ""
    return minus(f"{who}{first} [log p(x) = {log_px:,.0f} nats](green).")


explorer = Explorer(
    name="weigh",
    title="Weigh the loss",
    about="Every loss assumes a noise σₓ. Drag it up and down: numbers of the code whose spread "
    "it covers go out like lamps. Flags are losses from public code: press one.",
    lessons=("07_which_noise",),
    controls={"sigma_x": Slider("noise σₓ", sigmas(), implied("½ sum + KL"))},
    panels={
        "spectrum": Panel(
            "Twenty lamps: the code's numbers",
            Axis("number of the code, largest first", 0, SHOWN + 1),
            Axis("how much digits differ along it", LOW, HIGH, log=True),
            aspect=1.25,
        ),
        "digits": Panel("Unseen digits, and what comes back", aspect=4),
        "hill": Panel(
            "How probable are unseen digits?",
            Axis("log p(x) / nats", LEFT, RIGHT),
            Axis("noise σₓ", LOW, HIGH, log=True),
            aspect=1.15,
        ),
    },
    marks={
        "flood": Mark("band", "spectrum", tone="blue"),
        "stems": Mark("line", "spectrum", tone="orange"),
        "beyond": Mark(
            "points", "spectrum", "left out: the code has 20", "muted", shape="plus", fixed=True
        ),
        "dark": Mark("points", "spectrum", "out", "muted", shape="ring", size=4.5),
        "lamps": Mark("points", "spectrum", "burns", "orange", size=6),
        "level": Mark("line", "spectrum", "noise σₓ", "blue"),
        "sheet": Mark("image", "digits", columns=8),
        "hill": Mark("line", "hill", tone="green", fixed=True),
        **{
            flag(k): Mark("line", "hill", name, "ink", "dot", fixed=True)
            for k, name in enumerate(RECIPES)
        },
        "losses": Mark("points", "hill", "a flag: press it", size=4, fixed=True),
        "across": Mark("line", "hill", tone="blue"),
        "here": Mark("points", "hill", tone="blue", size=5),
    },
    scene=scene,
    fixed=fixed,
    play="sigma_x",
    evaluator=HERE / "weigh.js",
)
