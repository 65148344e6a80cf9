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
    lamps,
    numbers,
    sheet,
    sigmas,
    terms,
)
from vaelib.teaching.explore.scene import Axis, Explorer, Mark, Panel, Scene, Slider
from vaelib.teaching.explore.words import minus, rounded

LOW, HIGH = 0.08, 26  # the axes of noise and spread
LEFT, RIGHT = -3300, 500  # nats: the axis of log p(x)
TOP = 285  # nats: where log p(x) is within 2 of the most
WIDE = 1.42  # width / height of the large picture, which is 100 high
DIGITS = (LOW, HIGH, 100 - 25 * WIDE, 100)  # 2 rows of 8
LAMPS = (LOW, HIGH, 60 - 20 * WIDE, 60)  # 2 rows of 10
TRACK, ABOVE, BELOW = 12, 21, 4  # the noise's own line, the code over it, words under it
SQUARES = "loss = ((x − y)**2)"
CODE = {
    "pixel mean + KL": f"{SQUARES}.mean() + kl",
    "means everywhere": f"{SQUARES}.mean() + kl.mean()",
    "½ sum + 2 KL": f"{SQUARES}.sum() / 2 + 2 * kl",
    "½ sum + KL": f"{SQUARES}.sum() / 2 + kl",
    "sum + KL (½ lost)": f"{SQUARES}.sum() + kl",
    "pixel mean + tiny KL": f"{SQUARES}.mean() + 0.00025 * kl",
    LEARNED: f"{SQUARES}.sum() / (2 * s**2) + 784 * log(s) + kl",
    "σₓ = 0.1": f"{SQUARES}.sum() / (2 * 0.1**2) + kl",
    "": f"{SQUARES}.sum() / (2 * s**2) + kl",
}


@cache
def fixed():
    """The hill and its flags, and what the page computes with."""
    found = digits()
    hill = np.array([[terms(sigma)[2], sigma] for sigma in sigmas()])
    places = [(terms(implied(recipe))[2], implied(recipe)) for recipe in RECIPES]
    flags = {  # a short line from the hill to its name, on the side where there is room
        flag(k): [place, (place[0] + (300 if place[1] > 3 else -300), place[1])]
        for k, place in enumerate(places)
    }
    return {
        "hill": hill,
        **flags,
        "losses": places,
        "stops": [(sigma, TRACK) for _, sigma in places],
        "track": [[sigmas()[0], TRACK], [sigmas()[-1], TRACK]],
        "less": [[sigmas()[0] * 1.5, BELOW]] * 2,
        "more": [[sigmas()[-1] / 1.6, BELOW]] * 2,
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
    bulbs = np.column_stack([j, spread])
    said = recipe_of(sigma_x)
    feet = np.column_stack([j, np.full(SIZE, sigma_x)])
    arrays = {
        "flood": [[0, 0, sigma_x], [SIZE + 1, 0, sigma_x]],
        "stems": np.stack([feet, bulbs], 1)[live],
        "dark": bulbs[~live],
        "lamps": bulbs[live],
        "level": np.column_stack([np.arange(SIZE + 2), np.full(SIZE + 2, sigma_x)]),
        "sheet": sheet(sigma_x),
        "glow": lamps(sigma_x),
        "noise": [[sigma_x, TRACK]],
        "across": [[LEFT if sigma_x > 3 else RIGHT, sigma_x], [log_px, sigma_x]],  # no flag there
        "here": [[log_px, sigma_x]],
        **{
            code(k): np.tile([[(LOW * HIGH) ** 0.5, ABOVE]], (2 * (recipe == said), 1))
            for k, recipe in enumerate(CODE)
        },
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


def code(k):
    """The name of the mark that is the k-th loss as a line of code."""
    return f"code{k}"


def recipe_of(sigma_x):
    """The recipe that assumes this noise, or ""."""
    return next((name for name in RECIPES if abs(sigma_x - implied(name)) < 1e-6), "")


def sentence(sigma_x, count, log_px):
    """What happened to the lamps, whether the noise fits, and log p(x)."""
    name = recipe_of(sigma_x)
    noise = f"σₓ = [{rounded(sigma_x, 2)}](sigma_x)"
    if count == 0:
        first = (
            f"[Every lamp is out](muted): {noise} drowns all that digits differ in, and each comes "
            f"back as the same grey blot."
        )
    elif count < SIZE:
        bulbs = "[1 lamp](orange) burns" if count == 1 else f"[{count} lamps](orange) burn"
        first = f"Only {bulbs}: what digits differ in by less than {noise} is drowned."
    elif log_px > TOP:
        first = f"[Every lamp burns](orange), and {noise} is the noise that there is: the top."
    else:
        amount = "less" if sigma_x < implied(LEARNED) else "more"
        first = f"[Every lamp burns](orange), yet {noise} claims {amount} noise than there is."
    who = f"“{name}”. " if name else ""
    over = ", as a density may exceed one" if log_px > 0 else ""
    return minus(f"{who}{first} [log p(x) = {log_px:,.0f} nats](green){over}.")


explorer = Explorer(
    name="weigh",
    title="Weigh the loss",
    about="Squared error and KL: how much should each weigh in a VAE's loss? Each answer assumes a "
    "noise σₓ. Drag it to the right: the code's 20 numbers go out like lamps, and digits come back "
    "with what still burns. Buttons are losses from public code.",
    lessons=("07_which_noise",),
    controls={"sigma_x": Slider("noise σₓ", sigmas(), implied("½ sum + KL"))},
    panels={
        "pictures": Panel(
            "Unseen digits, what comes back, and what each of 20 numbers draws",
            Axis("noise σₓ", LOW, HIGH, log=True),
            Axis("", 0, 100),
            aspect=WIDE,
        ),
        "hill": Panel(
            "How probable are unseen digits?",
            Axis("log p(x) / nats", LEFT, RIGHT),
            Axis("noise σₓ", LOW, HIGH, log=True),
            aspect=1.15,
        ),
        "spectrum": Panel(
            "A lamp burns if its number's spread exceeds σₓ",
            Axis("number of the code", 0, SIZE + 1),
            Axis("how much digits differ in it", 0, 3),
            aspect=2.2,
        ),
    },
    marks={
        "sheet": Mark("image", "pictures", columns=8, extent=DIGITS),
        "glow": Mark("image", "pictures", columns=10, extent=LAMPS),
        "track": Mark("line", "pictures", tone="muted", fixed=True),
        "less": Mark("line", "pictures", "← less noise", "muted", fixed=True),
        "more": Mark("line", "pictures", "more noise →", "muted", fixed=True),
        "stops": Mark("points", "pictures", size=3.5, fixed=True),
        **{code(k): Mark("line", "pictures", CODE[recipe]) for k, recipe in enumerate(CODE)},
        "noise": Mark("points", "pictures", tone="blue", size=5),
        "hill": Mark("line", "hill", tone="green", fixed=True),
        **{
            flag(k): Mark("line", "hill", name, "ink", "dot", fixed=True)
            for k, name in enumerate(RECIPES)
        },
        "losses": Mark("points", "hill", "a loss from public code", size=4, fixed=True),
        "across": Mark("line", "hill", tone="blue"),
        "here": Mark("points", "hill", tone="blue", size=5),
        "flood": Mark("band", "spectrum", tone="blue"),
        "stems": Mark("line", "spectrum", tone="orange"),
        "dark": Mark("points", "spectrum", "out", "muted", shape="ring", size=4.5),
        "lamps": Mark("points", "spectrum", "burns", "orange", size=5),
        "level": Mark("line", "spectrum", "noise σₓ", "blue"),
    },
    scene=scene,
    fixed=fixed,
    play="sigma_x",
    evaluator=HERE / "weigh.js",
)
