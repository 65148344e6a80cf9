"""Turn up the noise: two codes, what the best decoder makes of them, and what the noise costs.

μ(z) = Σ_n q(z | x_n) x_n / Σ_n q(z | x_n),    q(z | x_n) = N(z | ∓m, σ²)

Equation (6.10) of lesson 06, for two pictures: a half moon with its code at −m and a full moon with
its code at m, both with noise of standard deviation σ = √v. On average a moon comes back with the
part ∫ q(z | x_1) q(z | x_2) / Σ_n q(z | x_n) dz of the other one: the shaded area over a bell's.
The loss is the miss E_q ‖x − μ(z)‖² / (2σ_x²) and the KL, of which the slide's penalty is twice
(6.8); both are the same for the two moons. Without a kernel the browser evaluates `noise.js`: this
scene again, line by line, held to it by a test.
"""

from functools import cache

import numpy as np
import torch

from vaelib.data.moons import render_moons
from vaelib.gaussians import kl_standard, log_normal_diag
from vaelib.teaching.explore.files import HERE
from vaelib.teaching.explore.scene import Axis, Explorer, Mark, Panel, Scene, Slider, grey
from vaelib.teaching.explore.words import rounded

SIGMA_X = 0.2  # as for lesson 06's moons
PIXEL = 0.5 / SIGMA_X**2  # nats for a pixel that is black and not white
MISS = f"1²\u00a0/\u00a0(2\u00a0·\u00a0{SIGMA_X}²) = {PIXEL:g}\u00a0nats"
EDGE = 4  # of the line z
LEAST, MOST = 0.05, 1.2  # σ
FLOOR, TOP = 0.05, 1000  # nats on the axis of the cost
HIDDEN = 0.01  # nats: a miss under it is drawn here, below the axis
BILL = ("miss", "KL", "miss + KL")
NAME = 0.82, 1.05  # a bell's name stands above its top, and at least so far from the other's
EPS = torch.linspace(-8, 8, 321, dtype=torch.float64)
TILES = torch.arange(16, dtype=torch.float64) / 2 - 3.75  # the z of the strip's pictures


@cache
def moons():
    """A half moon and a full moon, (2, 28, 28), uint8."""
    pictures = render_moons(torch.tensor([0.25, 0.5], dtype=torch.float64), 0.0)
    return grey(pictures).reshape(2, 28, 28)


def full_share(z, m, sigma):
    """The full moon's part in the best picture at z, (n,) or (J, n), by (6.10).

    sigma : a number or (J, 1)
    """
    codes = torch.tensor([[-m], [m]], dtype=torch.float64)
    logvar = 2 * sigma.log()[..., None, None]
    return log_normal_diag(z[..., None, None], codes, logvar).softmax(-1)[..., 1]


def returned(m, sigma):
    """The means over the noise of a half moon's share of full moon, and of its square, (J,) each.

    sigma : (J,)
    """
    weight = torch.exp(-(EPS**2) / 2)
    z = -m + sigma[:, None] * EPS  # (6.1)
    share = full_share(z, m, sigma[:, None])  # (J, 321)
    return [(part * weight).sum(1) / weight.sum() for part in (share, share**2)]


def costs(m, sigma):
    """The miss and the KL of either moon, in nats, (J,) each."""
    half, full = moons() / 255
    _, square = returned(m, sigma)
    miss = square * ((full - half) ** 2).sum() / (2 * SIGMA_X**2)
    return miss, kl_standard(torch.full_like(sigma, m)[:, None], 2 * sigma.log()[:, None])


def blend(share):
    """A half moon with that share of a full one, (28, 28)."""
    half, full = moons().astype(float)
    return np.floor((1 - share) * half + share * full + 0.500001).astype(np.uint8)


def sky(share):
    """The half moon and the full one as they come back, each with that share of the other."""
    dark = np.zeros((28, 80), np.uint8)
    dark[:, 10:38], dark[:, 42:70] = blend(share), blend(1 - share)
    return dark


def clause(share, sigma, cheapest):
    """What the noise does to the moons, in words."""
    if share > 0.25:
        return "The bells lie on each other: nearly the same mixture comes back for both"
    if share > 0.02:
        return "The bells overlap: the moons come back mixed"
    if sigma > 1.15 * cheapest:
        return (
            "The bells begin to overlap: the mixing, hardly seen, costs more than the noise saves"
        )
    if sigma < cheapest / 1.15:
        return (
            "The moons come back clean, but a vaguer code would tell less, so cost less: add noise"
        )
    return "The bells just touch: as much noise as the pictures can bear"


@torch.no_grad()
def scene(m, sigma):
    """Two noisy codes, what the best decoder draws from them, and the cost at every noise.

    Parameters
    ----------
    m : float, 0.4 to 1.9
        The half moon's code is −m, the full moon's m.
    sigma : float, 0.05 to 1.2
        The standard deviation of both codes' noise.
    """
    now = torch.tensor([sigma], dtype=torch.float64)
    grid = torch.logspace(np.log10(LEAST), np.log10(MOST), 64, dtype=torch.float64)
    z = torch.linspace(-EDGE, EDGE, 321, dtype=torch.float64)
    bell = torch.linspace(-3.5, 3.5, 71, dtype=torch.float64)
    height = torch.exp(-(bell**2) / 2)
    blur = torch.exp(-(((z + m) / sigma) ** 2) / 2) * full_share(z, m, now)
    miss, kl = costs(m, grid)
    total = miss + kl
    share, _ = (float(part) for part in returned(m, now))
    miss_now, kl_now = (float(part) for part in costs(m, now))
    cheapest = float(grid[total.argmin()])
    drawn = [blend(float(s)) for s in full_share(TILES, m, now)]
    arrays = {
        "sky": sky(share),
        "strip": np.concatenate(drawn, axis=1),
        "blur": torch.stack([z, torch.zeros_like(z), blur], 1),
        "half_name": [[-max(m, NAME[0]), NAME[1]]] * 2,
        "full_name": [[max(m, NAME[0]), NAME[1]]] * 2,
        "half": torch.stack([-m + sigma * bell, height], 1),
        "full": torch.stack([m + sigma * bell, height], 1),
        "kl": torch.stack([grid, kl], 1),
        "miss": torch.stack([grid, miss.clamp(min=HIDDEN)], 1),
        "total": torch.stack([grid, total], 1),
        "now": [[sigma, kl_now + miss_now]],
        "bill": [miss_now, kl_now, miss_now + kl_now],
    }
    parts = [np.floor(100 * part + 0.500001) / 100 for part in (miss_now, kl_now)]
    mixed = f" {rounded(100 * share, 1)} % of each is the other's." if share >= 0.0005 else ""
    sentence = (
        f"{clause(share, sigma, cheapest)}.{mixed} "
        f"[Miss {rounded(parts[0], 2)}](pink) + [KL {rounded(parts[1], 2)}](green) nats."
    )
    more = (
        f"Codes at −{rounded(m, 2)} and {rounded(m, 2)}, noise of standard deviation σ = "
        f"{rounded(sigma, 3)}: variance v = σ² = {rounded(sigma**2, 4)}, log v = "
        f"{rounded(2 * np.log(sigma), 2)}. On average each moon comes back with "
        f"{rounded(100 * share, 2)} % of the other. At this m the sum is least, "
        f"{rounded(float(total.min()), 2)} nats, at σ = {rounded(cheapest, 2)}; the KL alone at "
        f"σ = 1. m² + v = {rounded(m**2 + sigma**2, 2)}."
    )
    return Scene(arrays, sentence, more)


explorer = Explorer(
    name="noise",
    title="Turn up the noise",
    about="Two moons, each sent as a code with noise. Noise is cheap: a vague code tells less, and "
    "KL charges for what it tells. Drag a bell by its side to turn up the noise, by its top to "
    "move the codes, and make miss + KL as small as you can.",
    lessons=("06_noise_and_kl",),
    controls={
        "m": Slider("codes at −m and m", tuple(k / 50 for k in range(20, 96)), 1.3),
        "sigma": Slider(
            "noise σ",
            tuple(round(LEAST * (MOST / LEAST) ** (i / 120), 3) for i in range(121)),
            0.1,
            digits=3,
        ),
    },
    panels={
        "codes": Panel(
            "What comes back; what each z is drawn as",
            Axis("z", -EDGE, EDGE),
            Axis("", -0.4, 2.69),
            1.199,
        ),
        "cost": Panel(
            "What the noise costs",
            Axis("noise σ", LEAST, MOST, log=True),
            Axis("nats", FLOOR, TOP, log=True),
            1.1,
        ),
        "bill": Panel(
            f"The cost now. A black pixel for a white one, at σ_x = {SIGMA_X}: {MISS}",
            Axis("nats", 0, 2 * PIXEL),
            aspect=3.2,
        ),
    },
    marks={
        "sky": Mark("image", "codes", extent=(-EDGE, EDGE, 1.36, 2.656), ramp="sky"),
        "strip": Mark("image", "codes", extent=(-EDGE, EDGE, -0.36, -0.1285), ramp="sky"),
        "blur": Mark("band", "codes", "drawn as the other moon", "pink"),
        "half_name": Mark("line", "codes", "half moon", "blue"),
        "full_name": Mark("line", "codes", "full moon", "accent"),
        "half": Mark("line", "codes", tone="blue"),
        "full": Mark("line", "codes", tone="accent"),
        "kl": Mark("line", "cost", "KL", "green"),
        "miss": Mark("line", "cost", "miss", "pink"),
        "total": Mark("line", "cost", "miss + KL"),
        "now": Mark("points", "cost", size=5),
        "bill": Mark("bars", "bill", names=BILL, tones=("pink", "green", "ink")),
    },
    scene=scene,
    fixed=lambda: {"moons": moons()},
    play="sigma",
    evaluator=HERE / "noise.js",
)
