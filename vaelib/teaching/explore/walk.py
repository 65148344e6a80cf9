"""Walk over the plane of codes: what an autoencoder and a VAE draw, and how far from a moon.

z → f(z),   √( min over moons x of ‖f(z) − x‖² / 784 )

Both kinds have the same moons, networks and steps, once with all waxing phases and once with half
and full moons only. The loss of an autoencoder leaves the scale and place of its codes open
(lesson 01, equation 1.3), so its plane is laid onto the VAE's by the shift and matrix that bring
each moon's two codes nearest to each other (tools/checkpoints/walk.py). No picture changes.
Source: Berthelot et al., *Understanding and improving interpolation in autoencoders* (2019), for
the question; lessons 01 and 08 for the answer.
"""

import functools

import numpy as np
import torch

from vaelib.checkpoints import load
from vaelib.data.moons import distance_to_moons, nearest_moons, render_moons
from vaelib.drawing import drawing_from, stream
from vaelib.networks import mlp
from vaelib.teaching.explore import files
from vaelib.teaching.explore.scene import (
    Axis,
    Choice,
    Explorer,
    Mark,
    Pad,
    Panel,
    Scene,
    Slider,
    grey,
)
from vaelib.teaching.explore.words import minus

SEEN = {"all waxing phases": "all", "half and full moons only": "two"}
GREYS = 15  # steps from black to white, few because the packed scenes are many
VALUES = tuple(round(0.05 * i, 2) for i in range(-48, 49))


@functools.cache
def models():
    """The decoders by kind and training moons, and their codes.

    The codes are those of 200 training moons (200, 2), and of the lesson's half and full moon
    (2, 2).
    """
    saved = load(files.checkpoint("walk.pt"))
    with drawing_from(stream()):  # the stored weights take the place of these
        decoders = torch.nn.ModuleDict({name: mlp(2, (64, 64), 784) for name in saved["codes"]})
    decoders.load_state_dict(saved["model"])
    return decoders.float().requires_grad_(False), saved["codes"], saved["ends"]


@functools.cache
def average():
    """How far the average of the lesson's half and full moon is from the nearest moon."""
    return float(distance_to_moons(render_moons([0.25, 0.5], 0.3).mean(0, keepdim=True)))


def scene(seen, z1, z2):
    """Both planes of codes, both pictures at z beside their nearest moons, and how far those are.

    Parameters
    ----------
    seen : a name in SEEN
        The moons on which both were trained.
    z1, z2 : float, −2.4 to 2.4
        The code that both decode.
    """
    decoders, codes, ends = models()
    names = [f"{kind}_{SEEN[seen]}" for kind in ("ae", "vae")]
    z = torch.tensor([[z1, z2]], dtype=torch.float32)
    drawn = torch.cat([decoders[name](z) for name in names])  # (2, 784)
    far, factors = nearest_moons(drawn)
    moons = render_moons(*factors.T)
    pictures = torch.stack([drawn.double(), moons], dim=1).reshape(4, 28, 28)
    apart = [float((codes[name] - z).norm(dim=1).min()) for name in names]
    half_full = torch.cat([ends[name] for name in names])  # (4, 2)
    arrays = {
        "ae_codes": codes[names[0]],
        "vae_codes": codes[names[1]],
        "ae_path": ends[names[0]],
        "vae_path": ends[names[1]],
        "ends": np.column_stack([half_full, [0, 1, 0, 1]]),
        "here": z,
        "pictures": grey((GREYS * pictures).round() / GREYS),
        "distances": np.round([*far.tolist(), average()], 3),  # as said, also in half precision
    }
    phase = torch.minimum(factors[:, 0], 1 - factors[:, 0])  # every moon waxes at some tilt
    text = (
        f"At z = ({z1:.2f}, {z2:.2f}) the autoencoder's picture is {far[0]:.3f} from the nearest "
        f"moon, one of phase {phase[0]:.2f}, the VAE's {far[1]:.3f}, phase {phase[1]:.2f}; the "
        f"average of a half and a full moon is {average():.3f} from one. The nearest of 200 "
        f"training codes is {apart[0]:.2f} away for the autoencoder, {apart[1]:.2f} for the "
        "VAE."
    )
    return Scene(arrays, minus(text))


explorer = Explorer(
    name="walk",
    title="Walk the code",
    about="Drag the code z: an autoencoder and a VAE decode the same point, and beside each "
    "picture stands the nearest real moon. The autoencoder's plane is laid onto the VAE's, which "
    "changes no picture.",
    lessons=("01_autoencoders", "08_train_a_vae"),
    controls={
        "seen": Choice("trained on", tuple(SEEN), "all waxing phases"),
        "z1": Slider("z₁", VALUES, 0.8, every=8),
        "z2": Slider("z₂", VALUES, -0.8, every=8),
    },
    panels={
        "plane": Panel.plane("Codes of the moons, and z", 2.6, "z"),
        "sky": Panel("Drawn at z, and the nearest moon", aspect=1.2),
        "far": Panel("Distance to the nearest moon", Axis("RMSE a pixel", 0, 0.5), aspect=1.5),
    },
    marks={
        "ae_codes": Mark("points", "plane", "codes, AE", "orange", shape="ring", size=2.5),
        "vae_codes": Mark("points", "plane", "codes, VAE", "blue", size=2),
        "ae_path": Mark("line", "plane", "half to full, AE", "orange", "dash"),
        "vae_path": Mark("line", "plane", "half to full, VAE", "blue"),
        "ends": Mark("points", "plane", size=5, classes=("a half moon", "a full moon")),
        "here": Mark("points", "plane", "z", shape="plus", size=9),
        "pictures": Mark("image", "sky", names=("AE", "VAE"), columns=2, ramp="sky"),
        "distances": Mark("bars", "far", names=("AE", "VAE", "average of half and full"), digits=3),
    },
    pads=(Pad("plane", "z1", "z2"),),
    scene=scene,
)
