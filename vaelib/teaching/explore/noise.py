"""Turn up the noise: two codes, what the best decoder makes of them, and what the noise costs.

μ(z) = Σ_n q(z | x_n) x_n / Σ_n q(z | x_n),    q(z | x_n) = N(z | ∓m, v)

Equation (6.10) of lesson 06, for two pictures: a half moon with its code at −m and a full moon with
its code at m, both with noise of variance v. The loss is the miss E_q ‖x − μ(z)‖² / (2σ_x²) and the
KL, of which the slide's penalty is twice (6.8); both are the same for the two moons.
"""

from functools import cache

import numpy as np
import torch

from vaelib.data.moons import render_moons
from vaelib.gaussians import kl_standard, log_normal_diag
from vaelib.teaching.explore.scene import Axis, Explorer, Mark, Panel, Scene, Slider, grey
from vaelib.teaching.explore.words import minus

SIGMA_X = 0.2  # as for lesson 06's moons
LOGVARS = tuple(k / 10 for k in range(-60, 11))
HALVES = tuple(k / 10 for k in range(4, 20))
Z = torch.linspace(-1.5, 1.5, 6, dtype=torch.float64)
EPS = torch.special.ndtri((torch.arange(6, dtype=torch.float64) + 0.5) / 6)  # N(0, 1) in sixths
FINE = torch.linspace(-8, 8, 321, dtype=torch.float64)


@cache
def moons():
    """A half moon and a full moon, (2, 784)."""
    return render_moons(torch.tensor([0.25, 0.5], dtype=torch.float64), 0.0)


def full_share(z, m, logvar):
    """The full moon's part in the best picture at z, (n,) or (J, n), by (6.10).

    logvar : a number or (J, 1)
    """
    codes = torch.tensor([[-m], [m]], dtype=torch.float64)
    log_q = log_normal_diag(z[..., None, None], codes, logvar[..., None, None])  # (..., n, 2)
    return log_q.softmax(-1)[..., 1]


def returned(m, logvar):
    """The means over the noise of a half moon's share of full moon, and of its square, (J,) each.

    logvar : (J,)
    """
    weight = torch.exp(-(FINE**2) / 2)
    z = -m + torch.exp(logvar / 2)[:, None] * FINE  # (6.1)
    share = full_share(z, m, logvar[:, None])  # (J, 321)
    return [(part * weight).sum(1) / weight.sum() for part in (share, share**2)]


def costs(m, logvar):
    """The miss and the KL of either moon, in nats, (J,) each."""
    half, full = moons()
    _, square = returned(m, logvar)
    miss = square * (full - half).square().sum() / (2 * SIGMA_X**2)
    return miss, kl_standard(torch.full_like(logvar, m)[:, None], logvar[:, None])


def sheet(m, logvar):
    """The best pictures (18, 28, 28) at six z, at six noisy codes of the half moon, of the full."""
    std = torch.exp(logvar / 2)
    z = torch.cat([Z, -m + std * EPS, m + std * EPS])
    share = (20 * full_share(z, m, logvar)).round()[:, None] / 20  # in steps of 5 %, to pack well
    half, full = moons()
    return grey((1 - share) * half + share * full).reshape(-1, 28, 28)


@torch.no_grad()
def scene(m, logvar):
    """Two noisy codes, what the best decoder draws from them, and the loss at every noise.

    Parameters
    ----------
    m : float, 0.4 to 1.9
        The half moon's code is −m, the full moon's m.
    logvar : float, −6 to 1
        log v, the noise of both codes.
    """
    now, grid = (torch.tensor(v, dtype=torch.float64) for v in (logvar, LOGVARS))
    std = float(torch.exp(now / 2))
    bell = torch.linspace(-3.5, 3.5, 43, dtype=torch.float64)
    height = torch.exp(-(bell**2) / 2)
    z = torch.linspace(-4, 4, 65, dtype=torch.float64)
    miss, kl = costs(m, grid)
    total = miss + kl
    best = int(total.argmin())
    arrays = {
        "half": torch.stack([-m + std * bell, height], 1),
        "full": torch.stack([m + std * bell, height], 1),
        "share": torch.stack([z, full_share(z, m, now)], 1),
        "sheet": sheet(m, now),
        "miss": torch.stack([grid, miss], 1),
        "kl": torch.stack([grid, kl], 1),
        "total": torch.stack([grid, total], 1),
        "now": np.array([[logvar, 0.0], [logvar, 6.0]]),
        "least_kl": np.array([[0.0, m**2 / 2]]),
        "least": torch.stack([grid[best], total[best]])[None],
    }
    mean_share, _ = returned(m, now[None])
    miss, kl = (float(part) for part in costs(m, now[None]))
    text = (
        f"Noise of std {std:.2f} on codes at −{m:.1f} and {m:.1f}: a half moon comes back with "
        f"{100 * float(mean_share):.1f} % of the full moon in it, on average. "
        f"Miss {miss:.2f} + KL {kl:.2f} = {miss + kl:.2f} nats; at this m the sum is least, "
        f"{total[best]:.2f}, at log v = {LOGVARS[best]:.1f}; the KL alone at 0."
    )
    return Scene(arrays, minus(text))


explorer = Explorer(
    name="noise",
    title="Turn up the noise",
    about="Give two moons' codes more noise, or move them apart. See what the best decoder makes "
    "of them: at z from −1.5 to 1.5, then of each moon with six equally likely noises.",
    lessons=("06_noise_and_kl",),
    controls={
        "m": Slider("codes at −m and m", HALVES, 1.0, every=3, digits=1),
        "logvar": Slider("noise log v", LOGVARS, 0.0, every=2, digits=1),
    },
    panels={
        "codes": Panel(
            "Two codes and their noise", Axis("z", -4, 4), Axis("q / its peak; share", 0, 1.05)
        ),
        "pictures": Panel("What the best decoder draws", aspect=2.2),
        "cost": Panel("What the noise costs", Axis("log v", -6, 1), Axis("nats", 0, 6)),
    },
    marks={
        "half": Mark("line", "codes", "q(z | half moon)", tone="blue"),
        "full": Mark("line", "codes", "q(z | full moon)", tone="accent", dash="dash"),
        "share": Mark("line", "codes", "full moon's share in μ(z)", dash="dot"),
        "sheet": Mark(
            "image", "pictures", columns=6, names=("along z", "half sent", "full sent"), ramp="sky"
        ),
        "miss": Mark("line", "cost", "miss: squared error / (2 · 0.2²)", tone="blue", dash="dash"),
        "kl": Mark(
            "line", "cost", "KL = ½ (exp σ − (1 + σ) + m²), σ = log v", tone="green", dash="dot"
        ),
        "total": Mark("line", "cost", "sum", tone="accent"),
        "now": Mark("line", "cost", "now", tone="muted"),
        "least_kl": Mark("points", "cost", "KL's least", tone="green", shape="ring", size=6),
        "least": Mark("points", "cost", "sum's least", tone="accent", shape="cross", size=6),
    },
    scene=scene,
    play="logvar",
)
