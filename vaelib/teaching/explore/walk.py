"""Walk over the plane of codes: what an autoencoder and a VAE draw, and how far from a moon.

z → f(z),   √( min over moons x of ‖f(z) − x‖² / 784 )

Both kinds have the same moons, networks and steps, once with all waxing phases and once with half
and full moons only (`moon_decoders`). The loss of an autoencoder leaves the scale and place of its
codes open (lesson 01, equation 1.3), so its plane is laid onto the VAE's by the shift and matrix
that bring each moon's two codes nearest to each other. No picture changes. Without a kernel the
browser computes the scene (`walk.js`); it looks for the nearest moon (`moons.js`) from two places
of a grid coarser than `nearest_moons`', and a test holds what it finds to that.
Source: Berthelot et al., *Understanding and improving interpolation in autoencoders* (2019), for
the question; lessons 01 and 08 for the answer.
"""

import numpy as np
import torch

from vaelib.data.moons import nearest_moons, render_moons
from vaelib.teaching.explore.files import HERE
from vaelib.teaching.explore.moon_decoders import (
    EDGE,
    SEEN,
    SIDE,
    average,
    decode,
    near,
    packed,
    sheet,
)
from vaelib.teaching.explore.scene import (
    Axis,
    Choice,
    Explorer,
    Mark,
    Panel,
    Scene,
    Slider,
    grey,
)
from vaelib.teaching.explore.words import rounded

KINDS = "ae", "vae"
PAINTED = {"the picture drawn there": sheet, "how near a moon it is (white: a moon)": near}
VALUES = tuple(round(0.02 * i, 2) for i in range(-130, 131))
WALKS = {  # from near the half moon's two codes to near the full one's
    "all waxing phases": [[0.08, 0.36], [1.36, -2.18]],
    "half and full moons only": [[0.28, 1.60], [0.60, -0.76]],
}
AMONG = 0.25  # a z is among the codes if one is as near
ALMOST = 0.1  # a picture nearer to a moon than this is almost one; farther away it is none
TOP = 0.99 * EDGE


def painted(what, names, curtain):
    """The plane as one image, the first network's on the left of the curtain."""
    left, right = (PAINTED[what](name) for name in names)
    split = int(np.floor((curtain + EDGE) / (2 * EDGE) * SIDE + 0.5))
    return np.concatenate([left[:, :split], right[:, split:]], 1)


def verdict(far):
    """In a word, a picture that is so far, as it is written, from the nearest real moon."""
    limits = (0.03, "a moon"), (ALMOST, "almost a moon")
    return next((word for limit, word in limits if far < limit), "no moon")


def sentence(far, gaps):
    """What both draw, and the yardstick where one of them is near it."""
    ae, vae, yardstick = (rounded(d, 2) for d in (*far, average()))
    by_ae, by_vae = (
        f"{'among its dots' if gap <= AMONG else 'where it has no dots'}, draws {verdict(float(d))}"
        for d, gap in zip((ae, vae), gaps, strict=True)
    )
    poor = max(float(ae), float(vae)) >= ALMOST
    blend = f" A half-and-half blend of two moons: {yardstick}." if poor else ""
    return (
        f"The [autoencoder](orange), {by_ae}, [{ae}](orange) from a real one; the [VAE](blue), "
        f"{by_vae}, [{vae}](blue).{blend}"
    )


def numbers(names, z, far, gaps, phases):
    """All numbers."""
    z1, z2 = (rounded(value, 2) for value in z)
    ae, vae, yardstick = (rounded(d, 3) for d in (*far, average()))
    of_ae, of_vae = (rounded(phase, 2) for phase in phases)
    near_ae, near_vae = (rounded(gap, 2) for gap in gaps)
    dark = [rounded(100 * np.mean(packed()[f"maps_{name}"] == 0), 0) for name in names]
    return (
        f"At z = ({z1}, {z2}) the autoencoder's picture is {ae} from the nearest moon, one of "
        f"phase {of_ae}, the VAE's {vae}, phase {of_vae}; the average of a half and a full moon is "
        f"{yardstick} from one. Below 0.03 it is called a moon, below 0.1 almost one, else none. "
        "Such a distance is the root of the mean squared difference of two "
        "pixels, with black 0 and white 1; phase is 0 for new, 0.25 for half, 0.5 for full. The "
        f"nearest of 200 training codes is {near_ae} away for the autoencoder, {near_vae} for the "
        f"VAE. Farther from a moon than the average are {dark[0]} % of this plane for the "
        f"autoencoder, {dark[1]} % for the VAE. The autoencoder's plane is shifted, turned and "
        "stretched onto the VAE's, which changes no picture."
    )


def scene(seen, z1, z2, curtain, painting):
    """The plane of codes, both pictures at z beside their nearest moons, and how far those are.

    Parameters
    ----------
    seen : a name in SEEN
        The moons on which both were trained.
    z1, z2 : float, −2.6 to 2.6
        The code that both decode.
    curtain : float, −2.6 to 2.6
        To the left of it the plane is the autoencoder's, to the right the VAE's.
    painting : a name in PAINTED
        What the plane is painted with.
    """
    names = [f"{kind}_{SEEN[seen]}" for kind in KINDS]
    codes = [packed()[f"codes_{name}"].astype(float) for name in names]
    drawn = np.concatenate([decode(name, np.array([[z1, z2]])) for name in names])  # (2, 784)
    far, factors = (part.numpy() for part in nearest_moons(torch.from_numpy(drawn)))
    gaps = [np.hypot(*(own - [z1, z2]).T) for own in codes]  # (200,) each
    moons = render_moons(*torch.from_numpy(factors).T).numpy()
    left = [own[:, 0] < curtain for own in codes]
    arrays = {
        "painted": painted(painting, names, curtain),
        "ae_behind": codes[0][~left[0]],
        "vae_behind": codes[1][left[1]],
        "ae_codes": codes[0][left[0]],
        "vae_codes": codes[1][~left[1]],
        "walk": np.linspace(*WALKS[seen], 9),
        "ae_side": np.linspace([-EDGE, TOP], [curtain, TOP], 9),
        "vae_side": np.linspace([curtain, TOP], [EDGE, TOP], 9),
        "divide": [[curtain, -EDGE], [curtain, EDGE]],
        "here": [[z1, z2]],
        "pictures": grey(drawn.reshape(2, 28, 28)),
        "moons": grey(moons.reshape(2, 28, 28)),
        "distances": np.round([*far, average()], 9),
    }
    nearest = [gap.min() for gap in gaps]
    phases = np.minimum(factors[:, 0], 1 - factors[:, 0])  # every moon waxes at some tilt
    return Scene(arrays, sentence(far, nearest), numbers(names, (z1, z2), far, nearest, phases))


def fixed():
    """What the browser computes the scene from."""
    return {name: part for name, part in packed().items() if not name.startswith("factors")}


explorer = Explorer(
    name="walk",
    title="Walk the code",
    about="A picture of the moon becomes two numbers, its code z, and z a picture again: an "
    "autoencoder's on the left of the curtain, a VAE's on the right. Dots are training moons. Drag "
    "z and the curtain.",
    lessons=("01_autoencoders", "08_train_a_vae"),
    controls={
        "seen": Choice("trained on", tuple(SEEN), "all waxing phases"),
        "painting": Choice("the plane shows", tuple(PAINTED), "the picture drawn there"),
        "z1": Slider("z₁", VALUES, 0.4),
        "z2": Slider("z₂", VALUES, -1.2),
        "curtain": Slider("curtain", VALUES, -0.4),
    },
    panels={
        "plane": Panel.plane("Every place z is a picture", EDGE, "z"),
        "sky": Panel("Drawn at z: autoencoder, VAE", aspect=2, near=True),
        "real": Panel("The real moons most like them", aspect=4),
        "far": Panel(
            "How far from a real moon (0.1 or more: no moon)",
            Axis("difference a pixel (white is 1)", 0, 0.5),
            aspect=2.6,
        ),
    },
    marks={
        "painted": Mark("image", "plane", extent=(-EDGE, EDGE, -EDGE, EDGE), ramp="sky"),
        "ae_behind": Mark("points", "plane", tone="orange", size=1.5),
        "vae_behind": Mark("points", "plane", tone="blue", size=1.5),
        "ae_codes": Mark("points", "plane", tone="orange", shape="ring", size=2.5),
        "vae_codes": Mark("points", "plane", tone="blue", size=2.5),
        "walk": Mark("line", "plane", "half to full moon", "muted"),
        "ae_side": Mark("line", "plane", "autoencoder", "orange"),
        "vae_side": Mark("line", "plane", "VAE", "blue"),
        "divide": Mark("line", "plane", tone="green"),
        "here": Mark("points", "plane", tone="pink", shape="plus", size=9),
        "pictures": Mark("image", "sky", columns=2, ramp="sky"),
        "moons": Mark("image", "real", columns=2, ramp="sky"),
        "distances": Mark(
            "bars",
            "far",
            names=("autoencoder", "VAE", "average of two"),
            tones=("orange", "blue", "muted"),
        ),
    },
    scene=scene,
    fixed=fixed,
    evaluator=HERE / "walk.js",
)
