"""Sample and check: digits drawn by lesson 08's VAE, and the training images nearest to them.

    z = a ε,   x ~ p(x|z) or its mean f(z),   E‖x − x′‖² = ‖f − x′‖² + Σ_i f_i (1 − f_i)

The temperature a scales the prior's standard deviation; at 1 a drawn x is a sample of p(x). Like is
compared with like, as in lesson 09: drawn pixels with binarised images, where ‖x − x′‖² counts the
pixels that differ, and grey means with grey images. The identity holds for drawn x and any x′; its
last part is what drawing the pixels adds. The yardstick is the same distance of held-out digits. A
page runs the decoder itself: `samples.js` is this scene again, line by line, held to it by a test.

Sources: Kingma and Welling, *Auto-encoding variational Bayes* (2014); Meehan, Chaudhuri and
Dasgupta, *A non-parametric test to detect data-copying in generative models* (2020).
"""

from functools import cache

import numpy as np

from vaelib.data.digits import mnist_5k
from vaelib.teaching.explore.files import HERE
from vaelib.teaching.explore.scene import Axis, Choice, Explorer, Mark, Panel, Scene, Slider
from vaelib.teaching.explore.vae_samples import (
    COARSE,
    HANDFULS,
    KINDS,
    MEAN,
    TEMPERATURES,
    N,
    eight,
    found,
    images,
    made_up_is_left,
    real,
)
from vaelib.teaching.explore.words import rounded

GAME, COPY = SHOW = "a game: which did the VAE make up?", "is it a copy?"
OPEN, LEFT, RIGHT = SIDES = "not yet", "left", "right"
NEAREST = "the nearest"
PAIRS = tuple(f"pair{k}" for k in range(1, N + 1))
CARDS = tuple(f"card {k}" for k in range(1, N + 1))
LOW, TOP = 4, 132  # pixels: the axis of distances
FAINT = 0.05  # the temperature up to which all eight look alike
PAPER, INK, PALE = (244, 243, 238), (24, 32, 52), (196, 199, 204)
RED, EDGE, FRAME = (206, 40, 20), (222, 226, 231), (224, 140, 0)
GREEN, WELL, ILL = (0, 128, 96), (214, 240, 222), (250, 214, 206)  # real; what was right or wrong


@cache
def fixed():
    """The decoder, the noise, the training images ever nearest, their labels, the yardsticks."""
    parts = {name: part for name, part in found().items() if part.dtype != np.int16}
    medians, held_out = parts.pop("medians"), parts.pop("held_out")
    which = {}
    for k, name in enumerate(("grey", "bits")):
        rows, place = np.unique(found()["nearest"][:, k], return_inverse=True)
        which[f"{name}_at"] = place.reshape(HANDFULS, N, len(TEMPERATURES)).astype(np.float64)
        known = images(KINDS[k])[0][rows].numpy()
        pixels = np.rint(255 * known).astype(np.uint8)
        parts[name] = pixels if name == "grey" else np.packbits(pixels > 0, axis=1)
        if name == "grey":
            parts["labels"] = mnist_5k().y_train[rows].numpy().astype(np.uint8)
    halves = {"medians": medians, "held_out": held_out}
    halves = {k: part.astype(np.float16).astype(np.float64) for k, part in halves.items()}
    return parts | which | halves


def nearest(kind, handful, i):
    """The training images nearest to the eight at the i-th temperature, (8, 784)."""
    arrays, name = fixed(), "grey" if kind == MEAN else "bits"
    known = arrays[name][arrays[f"{name}_at"][handful, :, i].astype(int)]
    return known / 255 if kind == MEAN else np.unpackbits(known, axis=1).astype(np.float64)


def mixed(low, high, share):
    """Colours from low to high, (…, 3)."""
    return low + (np.array(high) - low) * share[..., None]


def cards(x, known, asked):
    """Each image, the nearest one, and both in one with what differs in red: (8, 30, 88, 3)."""
    x, known = x.reshape(N, 28, 28), known.reshape(N, 28, 28)
    shared = mixed(np.array(PAPER), PALE, np.minimum(x, known))
    pictures = (
        mixed(np.array(PAPER), INK, x),
        mixed(np.array(PAPER), INK, known),
        mixed(shared, RED, (x - known) ** 2),
    )
    drawn = np.empty((N, 30, 88, 3))
    drawn[:] = EDGE
    drawn[asked] = FRAME
    for left, picture in zip((1, 30, 59), pictures, strict=True):
        drawn[:, 1:29, left : left + 28] = picture
    return np.floor(drawn + 0.5).astype(np.uint8)


def pairs(x, others, left, picks):
    """Each pair side by side, (16, 30, 36, 3): framed, with what it is, once it was picked from."""
    drawn = np.empty((2 * N, 30, 36, 3))
    drawn[:] = PAPER
    for tile in range(2 * N):
        k, side = divmod(tile, 2)
        own = left[k] == (side == 0)
        picked = picks[k] == SIDES[1 + side]
        paper = (WELL if own else ILL) if picked else PAPER
        image = (x if own else others)[k].reshape(28, 28)
        start = 5 if side == 0 else 1  # a pair's two stand together
        edge = EDGE if picks[k] == OPEN else FRAME if own else GREEN
        drawn[tile, :, start : start + 30] = edge
        drawn[tile, 1:29, start + 1 : start + 29] = mixed(np.array(paper), INK, image)
    return np.floor(drawn + 0.5).astype(np.uint8)


def score(left, picks):
    """How many of the picks are the VAE's own, and how many picks there are."""
    done = [(pick == LEFT) == own for pick, own in zip(picks, left, strict=True) if pick != OPEN]
    return sum(done), len(done)


def scene(kind, temperature, handful, card, show=COPY, **sides):
    """Eight digits beside the training images nearest to them, and how far these are.

    Parameters
    ----------
    kind : MEAN or DRAW
        Whether the pixels are drawn.
    temperature : float, 0 to 1.6
        a, the standard deviation of z, to two hundredths.
    handful : float, 1 to 10
        Which noise ε, rounded.
    card : NEAREST or one of CARDS
        Which of the eight is asked about.
    show : one of SHOW
        Pairs of the eight and eight real digits, or the eight beside what is nearest.
    pair1 … pair8 : one of SIDES
        Which of each pair is said to be made up.
    """
    i, number, k = round(temperature * 50), round(handful), KINDS.index(kind)
    temperature = i / 50
    f, drawn = eight(number - 1, temperature, found())
    x, known = (f if kind == MEAN else drawn), nearest(kind, number - 1, i)
    apart = ((x - known) ** 2).sum(1)
    asked = int(apart.argmin()) if card == NEAREST else CARDS.index(card)
    held_out, medians = fixed()["held_out"][k], fixed()["medians"][k]
    low, middle, high = np.quantile(held_out, [0.05, 0.5, 0.95])
    share = (held_out <= apart[asked]).mean()
    arrays = {
        "cards": cards(x, known, asked),
        "pairs": np.zeros((0, 30, 36, 3), np.uint8),
        "common": [[0, low, high], [1.6, low, high]],
        "unseen": np.column_stack([COARSE, np.full(len(COARSE), middle)]),
        "typical": np.column_stack([COARSE, medians]),
        "at": [[temperature, LOW], [temperature, TOP]],
        "reach": [[temperature, apart.min()], [temperature, apart.max()]],
        "now": np.column_stack([np.full(N, temperature), apart]),
        "asked": [[temperature, apart[asked]]],
    }
    more = (
        f"Handful {number} of {HANDFULS}. The squared distance of the eight to their nearest "
        f"training images is {rounded(apart.min(), 1)} to {rounded(apart.max(), 1)} pixels. "
        f"Typical is the median: of 500 digits by the VAE at each temperature, the blue line; of "
        f"1,000 held-out digits {rounded(middle, 1)}, the dashes. Of eight held-out digits, the "
        f"nearest is as near as the framed one in {rounded(100 * (1 - (1 - share) ** N), 0)} % of "
        f"handfuls. Drawing the pixels alone adds {rounded((f * (1 - f)).sum(1).mean(), 1)}. The "
        f"decoder is lesson 08's, its last layer of rank 64."
    )
    if show == COPY:
        return Scene(arrays, sentence(kind, temperature, apart[asked], share), more)
    picks, left = [sides[name] for name in PAIRS], made_up_is_left(number - 1)
    known = np.array([pick != OPEN for pick in picks])
    arrays |= {name: np.array(arrays[name])[:0] for name in ("cards", "reach", "asked")}
    arrays |= {
        "pairs": pairs(x, real(number - 1, found())[k], left, picks),
        "now": arrays["now"][known],
    }
    return Scene(arrays, of_the_game(*score(left, picks)), more)


def of_the_game(right, n):
    """What to do, and how many were right."""
    if not n:
        return (
            "In each pair the VAE [made up](orange) one digit, from noise. The other is "
            "[real](green), squeezed into 20 numbers and drawn again. Tap the one that is made up."
        )
    said = f"[{right} of {n}](green) right"
    if n < N:
        return f"{said}. Orange was made up, green is real. Tap on."
    said += f", and a coin would have {N // 2}."
    if right >= N - 1:
        return f"{said} Broken shapes give the VAE away. Now look: are its digits copies?"
    if right > N // 2:
        return f"{said} Now and then the VAE fools you. Eight more?"
    return f"{said} The VAE has fooled you. Eight more?"


def sentence(kind, temperature, apart, share):
    """What is seen, and what the framed digit's distance says."""
    per_cent = rounded(100 * share, 0)
    if temperature <= FAINT:
        first = "With hardly any noise in the code all eight are one grey ghost"
        first += "." if kind == MEAN else ", its pixels drawn eight times."
    elif share < 0.1:
        first = "A suspect: copy or chance?"
    elif share < 0.5:
        first = "Copy or chance?"
    elif kind == MEAN:
        first = "Farther off than most digits that the VAE never saw."
    else:
        first = "No copy? Drawn pixels add noise, to a copy too."
    return (
        f"{first} At temperature [{rounded(temperature, 2)}](temperature) the "
        f"[framed digit](orange) is {rounded(apart, 1)} from its nearest training image; "
        f"[{per_cent} % of unseen digits](green) are as near."
    )


explorer = Explorer(
    name="samples",
    title="Sample and check",
    about="A game: tell the digits that a VAE makes up from real ones. Then check whether it only "
    "copies: beside each digit stands the nearest of 4,000 training images, and in red what "
    "differs. The temperature says how far out in the code it draws.",
    lessons=("08_train_a_vae", "09_what_a_vae_does_not_do"),
    controls={
        "kind": Choice("shown", KINDS, MEAN),
        "temperature": Slider("temperature a", TEMPERATURES, 1.0),
        "handful": Slider(
            "handful of noise", tuple(float(k + 1) for k in range(HANDFULS)), 1.0, digits=0
        ),
        "card": Choice("framed", (NEAREST, *CARDS), NEAREST),
        "show": Choice("show", SHOW, GAME),
        **{name: Choice(f"pair {k}", SIDES, OPEN) for k, name in enumerate(PAIRS, 1)},
    },
    panels={
        "pictures": Panel("Digits that the VAE draws", aspect=1.46),
        "far": Panel(
            "How far is the nearest?",
            Axis("temperature a", -0.12, 1.72),
            Axis("squared distance to it / pixels", LOW, TOP, log=True),
            aspect=1.1,
        ),
    },
    marks={
        "cards": Mark("image", "pictures", columns=2),
        "pairs": Mark("image", "pictures", columns=4),
        "common": Mark("band", "far", "9 in 10 unseen digits", "green"),
        "unseen": Mark("line", "far", "typical unseen digit", "green", "dash"),
        "typical": Mark("line", "far", "typical VAE digit", "blue"),
        "at": Mark("line", "far", "temperature", "muted"),
        "reach": Mark("line", "far", tone="orange"),
        "now": Mark("points", "far", "these eight", "blue", shape="ring", size=4),
        "asked": Mark("points", "far", "framed", "orange", size=5),
    },
    scene=scene,
    fixed=fixed,
    play="temperature",
    evaluator=HERE / "samples.js",
)
