"""Sample and check: digits drawn by lesson 08's VAE, and the training images nearest to them.

    z = a ε,   x ~ p(x|z) or its mean f(z),   E‖x − x′‖² = ‖f − x′‖² + Σ_i f_i (1 − f_i)

The temperature a scales the prior's standard deviation; at 1 a drawn x is a sample of p(x). Like is
compared with like, as in lesson 09: drawn pixels with binarised images, where ‖x − x′‖² counts the
pixels that differ, and grey means with grey images. The identity holds for drawn x and any x′; its
last part is what drawing the pixels adds.

Sources: Kingma and Welling, *Auto-encoding variational Bayes* (2014); Meehan, Chaudhuri and
Dasgupta, *A non-parametric test to detect data-copying in generative models* (2020).
"""

from functools import cache

import numpy as np
import torch

from vaelib.checkpoints import load
from vaelib.data.digits import binarize, mnist_5k
from vaelib.drawing import drawing_from, stream
from vaelib.networks import Decoder
from vaelib.teaching.explore.files import checkpoint
from vaelib.teaching.explore.scene import Axis, Choice, Explorer, Mark, Panel, Scene, Slider, grey

DRAW, MEAN = "pixels drawn", "the mean, in grey"
SHEETS = ("first", "second", "third", "fourth")
TEMPERATURES = tuple(i / 10 for i in range(17))
N, GREYS = 8, 15  # digits on a sheet; steps from white to black, to pack well


@cache
def decoder():
    """The VAE's decoder, as stored."""
    with drawing_from(stream()):  # the stored weights take the place of these
        found = Decoder(20, 784, (400,)).float()
    found.load_state_dict(load(checkpoint("samples.pt"))["model"])
    return found.requires_grad_(False)


@cache
def images(kind):
    """Training and held-out images, (4000, 784) and (1000, 784), grey or with pixels drawn."""
    found = mnist_5k()
    if kind == MEAN:
        return found.x_train, found.x_test
    return binarize(found.x_train, stream(14)), binarize(found.x_test, stream(0))


def sample(model, kind, temperature, n, seed):
    """n digits (n, 784): with one seed, z keeps its direction and the pixels their noise."""
    random = stream(seed)
    eps = torch.randn(n, 20, generator=random, dtype=torch.float32)
    f = model(temperature * eps).mean
    return binarize(f, random) if kind == DRAW else f


def nearest(x, known):
    """Squared distance of each image to the nearest known one, and its row, (n,) each."""
    apart = x.square().sum(1)[:, None] + known.square().sum(1) - 2 * x @ known.T
    return apart.clamp(min=0).min(1)


@cache
def medians(kind):
    """Against the temperature: the median of 500 samples (17, 2), and of the held-out digits."""
    found = load(checkpoint("samples.pt"))
    line = np.column_stack([TEMPERATURES, found["medians"][kind]])
    return line, found["held_out"][kind]


def fixed():
    """The medians against the temperature, and those of held-out digits."""
    arrays = {}
    for name, kind in (("draws", DRAW), ("means", MEAN)):
        line, held_out = medians(kind)
        arrays[name] = line
        arrays[f"held_{name}"] = np.array([[0.0, held_out], [1.6, held_out]])
    return arrays


def scene(sheet, kind, temperature):
    """Eight digits, below each the nearest training image, and how far that is.

    Parameters
    ----------
    sheet : one of SHEETS
        Which noise ε.
    kind : DRAW or MEAN
        Whether the pixels are drawn.
    temperature : float, 0 to 1.6
        a, the standard deviation of z.
    """
    x = sample(decoder(), kind, temperature, N, SHEETS.index(sheet))
    known, _ = images(kind)
    apart, rows = nearest(x, known)
    _, held_out = medians(kind)
    pairs = torch.stack([x.view(2, 4, 784), known[rows].view(2, 4, 784)], 1)
    arrays = {
        "sheet": grey((GREYS * pairs).round() / GREYS).reshape(2 * N, 28, 28),
        "now": np.column_stack([np.full(N, temperature), apart]),
    }
    low, middle, high = np.quantile(apart, [0, 0.5, 1])
    if kind == DRAW:
        f = sample(decoder(), MEAN, temperature, N, SHEETS.index(sheet))
        chance = float((f * (1 - f)).sum(1).mean())
        text = (
            f"Temperature {temperature:.1f}, pixels drawn: the eight differ from their nearest "
            f"training images in {low:.0f} to {high:.0f} pixels, median {middle:.0f}; held-out "
            f"digits in {held_out:.0f}. Drawing the pixels alone adds {chance:.0f}."
        )
    else:
        text = (
            f"Temperature {temperature:.1f}, means in grey: the squared distance of the eight to "
            f"their nearest training images is {low:.0f} to {high:.0f}, median {middle:.0f}; of "
            f"held-out digits, {held_out:.0f}."
        )
    return Scene(arrays, text)


explorer = Explorer(
    name="samples",
    title="Sample and check",
    about="Turn the prior's temperature a, z = a ε. Each picture stands above the training "
    "image nearest to it. The curves are medians of 500; held-out digits are the yardstick.",
    lessons=("08_train_a_vae", "09_what_a_vae_does_not_do"),
    controls={
        "sheet": Choice("noise ε", SHEETS, SHEETS[0]),
        "kind": Choice("shown", (DRAW, MEAN), DRAW),
        "temperature": Slider("temperature a", TEMPERATURES, 1.0, digits=1),
    },
    panels={
        "pictures": Panel("From the VAE, and the nearest training images", aspect=1.25),
        "far": Panel(
            "How far to the nearest training image",
            Axis("temperature a", -0.05, 1.65),
            Axis("squared distance / pixels", 0, 125),
            aspect=1.2,
        ),
    },
    marks={
        "sheet": Mark("image", "pictures", columns=4, names=("VAE", "nearest") * 2),
        "draws": Mark("line", "far", "drawn, median", "blue", fixed=True),
        "held_draws": Mark("line", "far", "held out, binarised", "blue", "dash", fixed=True),
        "means": Mark("line", "far", "mean, median", "green", fixed=True),
        "held_means": Mark("line", "far", "held out, grey", "green", "dot", fixed=True),
        "now": Mark("points", "far", "the eight shown", "accent", shape="ring", size=4),
    },
    scene=scene,
    fixed=fixed,
    play="temperature",
)
