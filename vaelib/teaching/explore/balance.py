"""Balance the bound: turn q's two knobs for one x, and see L and the KL share out log p(x).

    log p(x) = L + KL(q ‖ p(z|x)),    q = N(m, s²)

Equation (5.3) of lesson 05, on its model: the decoder was fitted to the exact log p(x), the encoder
to the bound (tools/checkpoints/balance.py). `balance_points` says which three x. Without a kernel
the browser evaluates `balance.js`: this scene again, line by line, held to it by a test.

Source: Cremer, Li and Duvenaud, *Inference suboptimality in variational autoencoders* (2018), §3.
"""

import numpy as np
import torch

from vaelib.data.crescent import crescent
from vaelib.gaussians import kl_standard
from vaelib.teaching.explore.balance_points import POINTS, chosen, floats, model, points, weights
from vaelib.teaching.explore.files import HERE
from vaelib.teaching.explore.one_point import equal_shares, moments, shared_out
from vaelib.teaching.explore.scene import Axis, Choice, Explorer, Mark, Panel, Scene, Slider
from vaelib.teaching.explore.shapes import column
from vaelib.teaching.explore.words import rounded

EDGE = 4.5  # of the line z
DEPTH = 6.0  # nats from the glass's rim to where its picture ends
TENTHS = 10  # threads, each for a tenth of the posterior


def bell(m, std):
    """The density of N(m, std²), (81, 2)."""
    u = np.linspace(-4, 4, 81)
    return np.column_stack([m + std * u, np.exp(-(u**2) / 2) / (std * np.sqrt(2 * np.pi))])


def across(*heights):
    """These heights from end to end of the line."""
    return np.array([[z, *heights] for z in (-EDGE, EDGE)])


def downwards(mean, kl):
    """An arrow out of the glass where q loses more than the glass is deep, (3, 2) or (0, 2)."""
    arrow = [[mean - 0.3, 0.4 - DEPTH], [mean, 0.1 - DEPTH], [mean + 0.3, 0.4 - DEPTH]]
    return np.array(arrow if kl > DEPTH else []).reshape(-1, 2)


def hundredths(nats):
    """As `rounded` has it, as a number."""
    return np.floor(100 * nats + 0.500001) / 100


def clause(point, mean, width, kl, least, best, ends):
    """What q does, in words; ends: its shares of z < −2 and of z > 2, where the two peaks are."""
    if point == "two peaks":
        if min(ends) > 0.02:
            return "q reaches for both peaks and pays for the empty middle"
        if max(ends) < 0.5:
            return "q stands in the empty middle, where no peak is"
        peak, other = ("heavier", "lighter") if mean > 0 else ("lighter", "heavier")
        if kl < 1.2:
            return f"q has taken the {peak} peak and given up the {other}"
        return f"q stands on the side of the {peak} peak, but not well on it"
    if kl < least + 0.03:
        return "q loses as little as a Gaussian can"
    if abs(mean - best[0]) > best[1]:
        return "q stands beside the posterior"
    if width > 1.15 * best[1]:
        return "q is too wide"
    return "q is too narrow" if width < best[1] / 1.15 else "q is almost right"


@torch.no_grad()
def scene(point, mean, width):
    """The posterior and q on the line, the glass that L fills up to log p(x), and who made x.

    Parameters
    ----------
    point : one of POINTS
        Which x.
    mean : float, −4 to 4
        m, the mean of q.
    width : float, 0.13 to 2.4
        s, the standard deviation of q.
    """
    x, line, best, network = chosen(point)
    along = np.linspace(-EDGE, EDGE, 91)
    _, lost = shared_out(line, [*along, mean], np.full(92, width))
    [least, by_network] = shared_out(line, *np.transpose([best, network]))[1].tolist()
    kl = float(lost[-1])
    lower = line.log_px - kl
    shown_lower = hundredths(line.log_px) - hundredths(kl)  # so that the sentence adds up
    q = torch.exp(-(((line.z[:, 0] - mean) / width) ** 2) / 2)
    ends = [float(q[where].sum() / q.sum()) for where in (line.z[:, 0] < -2, line.z[:, 0] > 2)]
    shown = line.z[:, 0].abs() < EDGE + 1e-9
    likely = model().decode(torch.from_numpy(equal_shares(line, TENTHS))[:, None]).mean
    arrays = {
        "posterior": torch.stack([line.z[shown, 0], line.log_posterior[shown].exp()], 1),
        "network": bell(*network),
        "best": bell(*best),
        "q": bell(mean, width),
        "filled": across(min(-DEPTH, -kl), -kl),
        "lost": across(-kl, 0),
        "network_level": across(-by_network),
        "best_level": across(-least),
        "hill": np.column_stack([along, -lost[:-1]]),
        "here": [[mean, -kl]],
        "deeper": downwards(mean, kl),
        "threads": torch.stack([x.expand_as(likely), likely], 1),
        "likely": likely,
        "stretch": model().decode(mean + width * column(-2, 2, 81)).mean,
        "x": x,
    }
    sentence = (
        f"{clause(point, mean, width, kl, least, best, ends)}: [{rounded(kl, 2)} nats](accent) "
        f"are lost. [log p(x)](ink) stays {rounded(line.log_px, 2)}: the bound "
        f"[L = {rounded(shown_lower, 2)}](blue) plus the KL, what is lost."
    )
    logvar = torch.tensor([2 * np.log(width)], dtype=torch.float64)
    price = float(kl_standard(torch.tensor([mean], dtype=torch.float64), logvar))
    own = moments(line)
    more = (
        f"x = ({rounded(float(x[0, 0]), 2)}, {rounded(float(x[0, 1]), 2)}). q has mean "
        f"{rounded(mean, 2)} and standard deviation {rounded(width, 3)}, the posterior "
        f"{rounded(own[0], 2)} and {rounded(own[1], 3)}. L is also q's fit, the average of "
        f"log p(x|z), {rounded(lower + price, 2)}, less its price, KL(q ‖ p(z)) = "
        f"{rounded(price, 2)}. Of all Gaussians the one with mean {rounded(best[0], 2)} and "
        f"standard deviation {rounded(best[1], 3)} loses least, {rounded(least, 3)} nats; the "
        f"network's q loses {rounded(by_network, 3)}."
    )
    return Scene(arrays, sentence, more)


def fixed():
    """The arc and what lies along it, and what the browser computes the scene from."""
    own = [np.concatenate([chosen(point)[i].ravel() for i in (0, 2, 3)]) for point in POINTS]
    z = column(-EDGE, EDGE, 181)
    return {
        "rim": across(0),
        "data": crescent(200, random_state=0)[0],
        "arc": np.float16(model().decode(z).mean),
        "others": np.float16(points()),
        "weights": floats(weights(model())),
        "own": floats(own),
    }


ON_THE_LINE = Axis("z", -EDGE, EDGE)

explorer = Explorer(
    name="balance",
    title="Balance the bound",
    about="Which z made x? In most models nobody can compute the black answer, the posterior. q "
    "is the bell that stands in for it. Drag it by its top and its side until it fits; what does "
    "not fit is lost.",
    lessons=("05_lower_bound",),
    controls={
        "point": Choice("which x", POINTS, POINTS[0]),
        "mean": Slider("mean of q", tuple(i / 20 for i in range(-80, 81)), 1.2),
        "width": Slider(
            "standard deviation of q",
            tuple(round(0.13 * (2.4 / 0.13) ** (i / 120), 3) for i in range(121)),
            0.507,
            digits=3,
        ),
    },
    panels={
        "line": Panel(
            "Which z made x? The posterior, and q", ON_THE_LINE, Axis("density", 0, 3.2), 1.05
        ),
        "glass": Panel(
            "The glass: log p(x) = L + KL",
            Axis("z, the mean of q", -EDGE, EDGE),
            Axis("nats from log p(x)", -DEPTH, 0.5),
            1.25,
        ),
        "plane": Panel(
            "Where those z lie in the plane, and q",
            Axis("x₁", -3.2, 3.4),
            Axis("x₂", -2.4, 2.4),
            equal=True,
        ),
    },
    marks={
        "network": Mark("line", "line", "network's q", "muted", dash="dot", asked=True),
        "best": Mark("line", "line", "best Gaussian", "green", dash="dot", asked=True),
        "posterior": Mark("line", "line", "posterior"),
        "q": Mark("line", "line", "q", "blue"),
        "filled": Mark("band", "glass", "L", "blue"),
        "lost": Mark("band", "glass", "KL, lost", "accent"),
        "network_level": Mark("line", "glass", "network's q", "muted", dash="dot", asked=True),
        "best_level": Mark("line", "glass", "best Gaussian", "green", dash="dot", asked=True),
        "hill": Mark("line", "glass", "L at this width", "blue", dash="dash"),
        "rim": Mark("line", "glass", "log p(x)", fixed=True),
        "deeper": Mark("line", "glass", "L lies deeper", "blue"),
        "here": Mark("points", "glass", tone="blue", size=5),
        "data": Mark("points", "plane", tone="muted", size=1.2, fixed=True),
        "arc": Mark("line", "plane", "μ(z)", "muted", fixed=True),
        "stretch": Mark("line", "plane", "q", "blue"),
        "threads": Mark("line", "plane", dash="dot"),
        "likely": Mark("points", "plane", "ten likely z", shape="ring", size=3.5),
        "others": Mark(
            "points", "plane", "press for another x", "muted", shape="ring", size=6, fixed=True
        ),
        "x": Mark("points", "plane", "x", shape="cross", size=7),
    },
    scene=scene,
    fixed=fixed,
    evaluator=HERE / "balance.js",
)
