"""Mix three Gaussians on a plane: the density, the borders between them, and who made a point.

    p(x) = Σ_k π_k N(x | μ_k, Σ_k),    r_k = π_k N(x | μ_k, Σ_k) / p(x)

Σ_k = R diag(σ₁², σ₂²) Rᵀ: two axes, turned. The ellipses are 1 and 2 σ from the mean. The shade is
the square root of p(x) over its highest value in the picture, so that half as dark is a quarter as
likely. On a border two k have the same r, and no third has more. A weight is k's parts over the
parts of all. The browser evaluates `plane.js`: this scene again, line by line, held to it by a
test.

Sources: C. Bishop, *Pattern Recognition and Machine Learning* (2006), eqs. 2.188 and 2.192; for a
top where no mean is, S. Ray and B. Lindsay, *The topography of multivariate normal mixtures*
(2005).
"""

from functools import cache

import numpy as np
import torch

from vaelib.mixture import Mixture
from vaelib.teaching.explore.files import HERE
from vaelib.teaching.explore.maker import (
    LOWEST,
    THREE,
    beneath,
    even,
    listed,
    made,
    named_once,
    of_each,
    parts,
)
from vaelib.teaching.explore.relief import borders, tops
from vaelib.teaching.explore.scene import Axis, Explorer, Mark, Panel, Scene, Slider
from vaelib.teaching.explore.shapes import circle
from vaelib.teaching.explore.words import rounded

EDGE = 4  # of the plane
PIXELS = 96  # along an edge of the picture
NODES = 81  # along an edge of the grid on which borders are looked for
MOST = 500  # samples


@cache
def draws():
    """MOST rows (u, ε₁, ε₂), uniform and standard normal, rounded as pages hold them."""
    random = np.random.RandomState(0)
    rows = np.column_stack([random.uniform(size=MOST), random.standard_normal((MOST, 2))])
    return rows.astype(np.float16).astype(np.float64)


def gaussians(sliders):
    """Weights (3,), means (3, 2), and A (3, 2, 2): its columns are the axes, Σ = A Aᵀ."""
    share, across, up, first, second, turn = (
        np.array([sliders[f"{name}{k}"] for k in THREE])
        for name in ("weight", "across", "up", "first", "second", "turn")
    )
    cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    axes = np.stack([first * cos, -second * sin, first * sin, second * cos], axis=1)
    weights = share / (share[0] + share[1] + share[2])
    return weights, np.column_stack([across, up]), axes.reshape(3, 2, 2)


def lattice(n, inside=False):
    """n² places on the plane, the lowest row first; `inside` puts them into the middle of cells."""
    if inside:
        along = (np.arange(n) + 0.5) * (2 * EDGE / n) - EDGE
    else:
        along = np.arange(n) * (2 * EDGE / (n - 1)) - EDGE
    return np.stack(np.meshgrid(along, along), axis=-1).reshape(-1, 2)


def scene(x1, x2, n, **sliders):
    """The density, its tops and borders, n samples, and who made the point (x1, x2).

    Parameters
    ----------
    x1, x2 : float, −4 to 4
        The point.
    n : float, 0 to 500
        How many samples, rounded down.
    weight1, weight2, weight3 : float, 1 to 9
        Parts of the components; a weight is one's parts over their sum.
    across1, …, up3 : float, −3 to 3
        Their means μ_k.
    first1, …, second3 : float, 0.25 to 2.5
        The standard deviations along their two axes.
    turn1, turn2, turn3 : float, −180 to 180
        The direction of the first axis, in degrees from the x₁ axis.
    """
    weights, means, axes = gaussians(sliders)
    mixture = Mixture(*(torch.from_numpy(v) for v in (weights, means, axes @ axes.mT)))
    x = np.array([x1, x2])
    along = np.arange(161) / 20 - EDGE
    level = np.column_stack([along, np.full(len(along), x2)])
    places = lattice(PIXELS, True), lattice(NODES), level, x[None]
    pixels, nodes, line, [there] = (mixture.log_joint(some).numpy() for some in places)
    log_p, log_px = np.logaddexp.reduce(pixels, axis=1), np.logaddexp.reduce(there)
    resp = np.exp(there - log_px)
    shade = np.floor(255 * np.exp((log_p - log_p.max()) / 2) + 0.5).astype(np.uint8)
    peaks = tops(weights, means, axes, np.exp(nodes).sum(1).reshape(NODES, NODES))
    u, *eps = draws()[: int(n)].T
    made_by = (u >= weights[0]).astype(int) + (u >= weights[0] + weights[1])
    drawn = means[made_by] + np.einsum("nij,jn->ni", axes[made_by], np.array(eps))
    arrays = {
        "p": shade.reshape(PIXELS, PIXELS)[::-1],
        "borders": borders(nodes.reshape(NODES, NODES, 3)),
        "level": [[-EDGE, x2], [EDGE, x2]],
        "tops": peaks,
        "x": [x],
        "log_probe": [[x1, -100], [x1, 100]],
        "log_p": np.column_stack([along, np.logaddexp.reduce(line, axis=1)]),
        "log_p_there": [[x1, log_px]],
    }
    ring = circle(49).numpy()
    for i, k in enumerate(THREE):
        arrays[f"ellipse{k}"] = means[i] + np.stack([2 * ring, ring]) @ axes[i].T
        arrays[f"before{k}"] = [[k - 0.42, weights[i]], [k + 0.42, weights[i]]]
        arrays[f"after{k}"] = [[k - 0.3, 0, resp[i]], [k + 0.3, 0, resp[i]]]
        arrays[f"samples{k}"] = drawn[made_by == i]
        arrays[f"log_term{k}"] = np.column_stack([along, line[:, i]])
    gap = x - means
    far = np.hypot(*gap.T)
    own = np.hypot(*np.linalg.solve(axes, gap[..., None])[..., 0].T)
    place = f"x = ([{rounded(x1, 2)}](x1), [{rounded(x2, 2)}](x2))"
    more = (
        f"log p(x) = {rounded(log_px, 2)} nats. r = {listed(resp)} for k = 1, 2, 3; the weights "
        f"are {listed(weights)}, the distances {listed(far)}, and counted in the σ of that "
        f"direction {listed(own)}. The density has {len(peaks)} tops."
    )
    said = counted(len(peaks)) + made(place, resp, far, own) + beneath(log_px)
    said += " Each sample has its maker's colour." if n >= 1 else ""
    return Scene(arrays, said, more)


def counted(count):
    """How many tops there are, and whether that is strange."""
    if count > len(THREE):
        return f"Three Gaussians, and {'four' if count == 4 else 'more than four'} tops! "
    return "One top. " if count == 1 else f"{'Two' if count == 2 else 'Three'} tops. "


def component(k, weight, mean, axes, turn):
    """The six sliders of component k."""
    width = even(0.25, 2.5, 20)
    return {
        **parts(k, weight),
        f"across{k}": Slider(f"k = {k}: mean μ₁", even(-3, 3, 20), mean[0]),
        f"up{k}": Slider(f"k = {k}: mean μ₂", even(-3, 3, 20), mean[1]),
        f"first{k}": Slider(f"k = {k}: σ of the first axis", width, axes[0]),
        f"second{k}": Slider(f"k = {k}: σ of the second axis", width, axes[1]),
        f"turn{k}": Slider(f"k = {k}: turn in degrees", even(-180, 180, 0.5), turn, digits=0),
    }


explorer = Explorer(
    name="plane",
    title="Mix Gaussians on a plane",
    about="Pull a Gaussian by its middle or its two axes, and its weight up or down: the three sum "
    "to 1. Put x anywhere: who made it? And can three Gaussians make four tops?",
    lessons=("02_gaussian_mixtures",),
    controls={
        **component(1, 4.0, (-1.4, -0.5), (0.6, 0.6), 20.0),
        **component(2, 3.0, (0.8, 0.8), (1.9, 0.35), 34.0),
        **component(3, 3.0, (1.6, -1.8), (0.9, 0.5), 110.0),
        "n": Slider("samples n", (*range(0, 21), *range(25, MOST + 1, 5)), 0, digits=0),
        "x1": Slider("the point x₁", even(-4, 4, 20), -3.2),
        "x2": Slider("the point x₂", even(-4, 4, 20), -1.9),
    },
    panels={
        "plane": Panel.plane("Three Gaussians and their borders", EDGE),
        "log": Panel(
            "In logarithms, on the level of x",
            Axis("x₁", -EDGE, EDGE),
            Axis("log p(x), nats", LOWEST, 1),
            1.6,
        ),
        "who": Panel(
            "Who made x? The weights π, and r",
            Axis("k", 0.4, 3.6),
            Axis("probability", 0, 1),
            1.7,
        ),
    },
    marks={
        "p": Mark("image", "plane", "p(x)", extent=(-EDGE, EDGE, -EDGE, EDGE)),
        "level": Mark("line", "plane", tone="muted", dash="dot"),
        "borders": Mark("line", "plane", "border"),
        **of_each("line", "ellipse", "plane", "k = {}"),
        **of_each("points", "samples", "plane", size=2),
        "tops": Mark("points", "plane", "tops of p(x)", shape="pin", size=6),
        "x": Mark("points", "plane", "x", shape="ring", size=6),
        "log_probe": Mark("line", "log", tone="muted"),
        **of_each("line", "log_term", "log", "k = {}"),
        "log_p": Mark("line", "log", "log p(x)"),
        "log_p_there": Mark("points", "log", shape="ring", size=6),
        **named_once(
            of_each("band", "after", "who"),
            "bar: r, when x is seen; line: weight π, before x is seen",
        ),
        **of_each("line", "before", "who"),
    },
    scene=scene,
    fixed=lambda: {"draws": draws()},
    play="n",
    evaluator=HERE / "plane.js",
)
