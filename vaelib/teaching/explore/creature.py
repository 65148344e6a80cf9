"""Build a creature from ten numbers: one code by sliders, and a sheet on which two of them vary.

z → E[x|z],   share of trait in z_j = Var(E[z_j | trait]) / Var(z_j)   (lesson 12, equation 12.3)

The decoder is a smaller network than the lesson's: 10 → 192 → 192 → 192 → the 678 values of a half
picture that ever change, each weight one byte (tools/checkpoints/creature.py). Its grid would be
far too large to pack, so the browser computes the scene too (creature.js).
Source: Hung-yi Lee's lecture, the Pokémon: fix eight numbers, vary two.
"""

import functools

import numpy as np

from vaelib.checkpoints import load
from vaelib.data.creatures import TRAITS
from vaelib.teaching.explore import files
from vaelib.teaching.explore.scene import Choice, Explorer, Mark, Panel, Scene, Slider

NAMES = tuple("z" + digit for digit in ("₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉", "₁₀"))
VALUES = tuple(i / 10 for i in range(-30, 31))
TICKS = np.arange(-2, 3)
# The first code, and the trait that explains most of each z_j's variance, with its per cent.
START = (1.0, 0.3, 0.0, -0.5, 1.4, -1.3, 0.8, 0.2, 2.2, -0.8)
LABELS = (
    "limbs 5 %",
    "eyes 7 %",
    "limbs 35 %",
    "limbs 40 %",
    "ears 33 %",
    "size 31 %",
    "limbs 55 %",
    "limbs 13 %",
    "limbs 30 %",
    "body 8 %",
)


@functools.cache
def packed():
    """What the browser gets: the layers, the still pixels, the table in per cent, the lengths."""
    saved = load(files.checkpoint("creature.pt"))
    lengths = saved["codes"].double().norm(dim=1).numpy()
    arrays = {name: tensor.numpy() for name, tensor in saved["model"].items()}
    return arrays | {"lengths": np.quantile(lengths, (0.05, 0.95)).astype(np.float16)}


@functools.cache
def layers():
    """Weights (n_out, n_in) and bias (n_out,) of the four layers, from their bytes."""
    arrays = {name: array.astype(np.float64) for name, array in packed().items()}
    return [
        (arrays[f"scale_{k}"] * (arrays[f"weights_{k}"] - 128), arrays[f"bias_{k}"])
        for k in range(1, 5)
    ]


def draw_codes(z):
    """E[x|z] as the byte in whose cell it lies: z (n, 10) → uint8 (n, 24, 24, 3)."""
    *hidden, (weight, bias) = layers()
    h = z
    for w, b in hidden:
        h = h @ w.T + b
        h = h / (1 + np.exp(-h))
    half = np.tile(packed()["background"], (len(z), 1))
    half[:, packed()["moves"] == 1] = np.clip(np.floor(256 * (h @ weight.T + bias)), 0, 255)
    half = half.reshape(-1, 24, 12, 3)
    return np.concatenate([half[:, :, ::-1], half], axis=2)


def scene(across, down, **sliders):
    """The creature of a code, and a sheet of 25 on which two of its numbers vary from −2 to 2.

    Parameters
    ----------
    across, down : one of NAMES
        The numbers that vary on the sheet.
    z1, z2, …, z10 : float, −3 to 3
        The code.
    """
    z = np.array([sliders[f"z{k}"] for k in range(1, 11)])
    j, i = NAMES.index(across), NAMES.index(down)
    codes = np.tile(z, (26, 1))
    codes[1:, i] = TICKS.repeat(5)
    codes[1:, j] = np.tile(TICKS, 5)
    images = draw_codes(codes)
    low, high = packed()["lengths"]
    other = "Down is the same number: the rows are alike." if i == j else f"Down varies {made(i)}."
    return Scene(
        {"creature": images[0], "sheet": images[1:]},
        f"Across varies {made(j)}. {other} The code lies {np.linalg.norm(z):.1f} from 0; of "
        f"held-out creatures' codes nine in ten lie {low:.1f} to {high:.1f} from it.",
    )


def made(j):
    """z_j, and the two traits that explain most of its variance."""
    shares = packed()["table"][j].astype(int)
    first, second = np.argsort(-shares, kind="stable")[:2]
    return (
        f"{NAMES[j]}: {shares[first]} % of its variance comes from {TRAITS[first]}, "
        f"{shares[second]} % from {TRAITS[second]}"
    )


explorer = Explorer(
    name="creature",
    title="Build a creature",
    about="Drag ten numbers: the decoder draws what they mean. On the sheet two of them vary from "
    "−2 to 2 and eight stay as set. A slider's label names the trait that explains most of its "
    "variance over all creatures, and the share.",
    lessons=("12_creatures",),
    controls={
        f"z{k}": Slider(f"{name} · {label}", VALUES, start, digits=1)
        for k, (name, label, start) in enumerate(zip(NAMES, LABELS, START, strict=True), 1)
    }
    | {
        "across": Choice("vary across", NAMES, "z₇"),
        "down": Choice("vary down", NAMES, "z₅"),
    },
    panels={
        "one": Panel("Your creature", aspect=1),
        "page": Panel("Two numbers, from −2 (left, top) to 2", aspect=1),
    },
    marks={
        "creature": Mark("image", "one"),
        "sheet": Mark("image", "page", columns=5),
    },
    scene=scene,
    fixed=packed,
    evaluator=files.HERE / "creature.js",
)
