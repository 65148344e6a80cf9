"""Figures. Each `draw_*(ax, …)` draws on the axes it is given: it fits, seeds and shows nothing.

A lesson begins with `plt.style.use("vaelib.teaching.course")` and ends a figure with
`show(fig, alt)`, whose text says in words what is seen. Arrays and tensors are taken alike; one of
another shape, or that is not finite, is a ValueError. Nothing is told apart by colour alone: lines
have dashes and markers, classes their digit, bars their number.
"""

import base64
import io
import itertools
import json
import os
import re
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import torch
from matplotlib.patches import Ellipse
from matplotlib.text import Text

from vaelib import checks
from vaelib.engine.console import say
from vaelib.teaching import projection

# The palette of the explorers' pages, written once.
_PAGE = json.loads((Path(__file__).parent / "explore/front/palette.json").read_text("utf-8"))
ACCENT = _PAGE["light"]["tones"]["accent"]  # dark enough to be seen on every shade, in grey too
SHADES = ("#E3EEF7", "#B9D6EC", _PAGE["light"]["bar"], "#4A90C4")  # light to dark
# Paul Tol's "muted" scheme and a black: ten classes.
CLASSES = "#332288 #88CCEE #44AA99 #117733 #999933 #DDCC77 #CC6677 #882255 #AA4499 #222222".split()
MARKERS = "os^Dvp"
NUMBER = r"\$\\mathdefault\{.*\}\$|[−-]?\d[\d.,]*( ?%)?"  # a tick's text, not a category's name


def draw_points(ax, x, values=None, label=None, color="0.25", size=6, name="x"):
    """Draw points in the plane.

    Parameters
    ----------
    ax : Axes
    x : array (n, 2)
    values : array (n,), optional
        What to colour the points by.
    label : str, optional
        The points' entry in the legend.
    color, size, name
        A colour for all points, their area in square points, and the letter of the axes' labels.

    Returns
    -------
    PathCollection
        For a colour bar.
    """
    x = _array("x", x, ("n", 2))
    points = ax.scatter(*x.T, s=size, color=color, linewidths=0, zorder=2)
    if label is not None:
        ax.scatter([], [], s=25, color=color, label=label)  # a dot that a legend can show
    if values is not None:
        points.set(array=_array("values", values, (len(x),)), cmap="cividis", facecolor=None)
    _plane(ax, name)
    return points


def draw_density(ax, log_density, extent, masses=(0.99, 0.9, 0.5), n_points=200, name="x"):
    """Draw the regions of highest density that hold so much of the mass, light to dark.

    Parameters
    ----------
    ax : Axes
    log_density : callable
        Takes a float64 tensor (m, 2) to (m,), in nats.
    extent : (left, right, bottom, top)
        Must hold nearly all of the mass, as masses are shares of what lies inside.
    masses : sequence of float
        Falling; at most four.
    n_points : int
        The grid has n_points² places.
    name : str
        The letter of the axes' labels.
    """
    left, right, bottom, top = extent
    a, b = np.linspace(left, right, n_points), np.linspace(bottom, top, n_points)
    grid = torch.from_numpy(np.stack(np.meshgrid(a, b), axis=-1).reshape(-1, 2))
    log_p = _array("log_density(x)", log_density(grid), (n_points**2,))
    p = np.exp(log_p - log_p.max())
    ranked = np.sort(p)[::-1]
    share = np.cumsum(ranked) / ranked.sum()
    levels = [ranked[np.searchsorted(share, mass)] for mass in masses]
    shades = SHADES[: len(masses)]
    p = p.reshape(n_points, n_points)
    ax.contourf(a, b, p, levels=[*levels, 1.0], colors=shades, zorder=1)
    ax.contour(a, b, p, levels=levels, colors="white", linewidths=0.6, linestyles="-", zorder=1)
    for mass, shade in zip(masses, shades, strict=True):
        ax.fill([], [], color=shade, linewidth=0, linestyle="-", label=f"{100 * mass:g} % of mass")
    ax.set(xlim=(left, right), ylim=(bottom, top))
    _plane(ax, name)


def draw_ellipses(ax, means, covariances, weights=None, color=ACCENT, label="1σ and 2σ"):
    """Draw each Gaussian's 1σ (solid) and 2σ (dotted) ellipse.

    Parameters
    ----------
    ax : Axes
    means : array (K, 2)
    covariances : array (K, 2, 2), (K, 2) or (K,)
        Full, diagonal or spherical.
    weights : array (K,), optional
        Shown by the area of the cross at each centre.
    color, label
        Of all ellipses and of their entry in the legend.
    """
    means = _array("means", means, ("K", 2))
    k = len(means)
    wanted = {1: (k,), 2: (k, 2)}.get(np.ndim(covariances), (k, 2, 2))
    cov = _array("covariances", covariances, wanted)
    if cov.ndim < 3:
        cov = cov.reshape(k, -1, 1) * np.eye(2)
    weights = np.ones(k) if weights is None else _array("weights", weights, (k,))
    for mean, values, vectors in zip(means, *np.linalg.eigh(cov), strict=True):
        angle = np.degrees(np.arctan2(vectors[1, 1], vectors[0, 1]))
        for n_std, line in ((1, "-"), (2, ":")):
            width, height = 2 * n_std * np.sqrt(values[::-1])
            style = {"fill": False, "edgecolor": color, "linestyle": line, "linewidth": 1.5}
            ax.add_patch(Ellipse(mean, width, height, angle=angle, zorder=3, **style))
    sizes = 60 * np.sqrt(weights / weights.max())
    ax.scatter(*means.T, s=sizes, c=color, marker="+", linewidths=1.5, label=label, zorder=3)
    ax.autoscale_view()
    _plane(ax, ax.get_xlabel()[1:2] or "x")


def draw_curve(ax, x, y, se=None, label=None, n_se=1):
    """Draw y against x in the axes' next colour and dashes.

    Up to 30 points are marked, each curve of the axes with its own marker.

    Parameters
    ----------
    ax : Axes
    x, y : array (n,)
    se : array (n,), optional
        Standard errors of y, for a band of ± n_se of them.
    label : str, optional
        The curve's entry in the legend.
    n_se : float
        Half the width of the band.

    Returns
    -------
    Line2D
    """
    x = _array("x", x, ("n",))
    y = _array("y", y, (len(x),))
    marker = MARKERS[len(ax.lines) % len(MARKERS)] if len(x) <= 30 else None
    (line,) = ax.plot(x, y, marker=marker, label=label)
    if se is not None:
        half = n_se * _array("se", se, (len(x),))
        ax.fill_between(x, y - half, y + half, color=line.get_color(), alpha=0.2, linewidth=0)
    return line


def draw_bars(ax, values, se=None, unit="nats"):
    """Draw a horizontal bar with its number for each of the values.

    Parameters
    ----------
    ax : Axes
    values : dict
        {name: number}, the first on top.
    se : array (n,), optional
        Standard errors, for whiskers of ± one of them.
    unit : str
        The label of the axis.
    """
    names, y = list(values), np.arange(len(values))[::-1]
    width = _array("values", list(values.values()), (len(y),))
    error = None if se is None else _array("se", se, (len(y),))
    bars = ax.barh(y, width, xerr=error, color=SHADES[2], height=0.6, capsize=4)
    ax.bar_label(bars, [f"{w:.3g}".replace("-", "−") for w in width], padding=4)
    ax.set(yticks=y, yticklabels=names, xlabel=unit)
    ax.margins(x=0.2)
    ax.grid(axis="y", visible=False)


def draw_images(ax, images, n_cols=10, row_labels=None, gap=2, sky=False):
    """Draw images as one picture, row by row.

    Parameters
    ----------
    ax : Axes
    images : array (n, 784), (n, h, w) or (n, h, w, 3)
        Grey, or in colour; in [0, 1], where what lies outside is drawn as the nearest end, or uint8
        from 0 to 255.
    n_cols : int
        Images in a row.
    row_labels : sequence of str, optional
        One for each row.
    gap : int
        Pixels between two images.
    sky : bool
        Grey images light on black, not dark on white.
    """
    images = _images(images)
    n, h, w = images.shape[:3]
    n_rows = -(-n // n_cols)
    paper = 1.0 if images.ndim == 4 else 0.0
    sheet = np.full((n_rows * (h + gap) - gap, n_cols * (w + gap) - gap, *images.shape[3:]), paper)
    for i, image in enumerate(images):
        top, left = i // n_cols * (h + gap), i % n_cols * (w + gap)
        sheet[top : top + h, left : left + w] = image
    ax.imshow(sheet, vmin=0, vmax=1, interpolation="nearest", cmap="gray" if sky else None)
    ax.set(xticks=[], yticks=[])
    if row_labels is not None:
        ax.set_yticks(np.arange(n_rows) * (h + gap) + (h - 1) / 2, row_labels)
    ax.tick_params(length=0)
    ax.grid(False)
    ax.spines[:].set_visible(False)


def draw_manifold(ax, images, z1, z2, sky=False):
    """Draw images where they lie in the latent plane; z2 grows upwards.

    Parameters
    ----------
    ax : Axes
    images : array
        As for `draw_images`, len(z2) · len(z1) of them; that of (z1[j], z2[i]) is number
        i · len(z1) + j.
    z1, z2 : array (a,), (b,)
        The places of columns and rows.
    sky : bool
        As for `draw_images`.
    """
    z1, z2 = _array("z1", z1, ("a",)), _array("z2", z2, ("b",))
    images = _images(images, len(z2) * len(z1))
    rows = images.reshape(len(z2), len(z1), *images.shape[1:])[::-1]
    draw_images(ax, rows.reshape(images.shape), n_cols=len(z1), gap=0, sky=sky)
    height, width = images.shape[1:3]
    for z, place, size in ((z1, ax.set_xticks, width), (z2[::-1], ax.set_yticks, height)):
        ticks = np.unique([0, len(z) // 2, len(z) - 1])
        names = [f"{v:.1f}".replace("-", "−") for v in z[ticks]]
        place(ticks * size + (size - 1) / 2, names)
    ax.set(xlabel="$z_1$", ylabel="$z_2$")


def draw_latent(ax, z, labels, size=40):
    """Draw each latent as its digit.

    Parameters
    ----------
    ax : Axes
    z : array (n, 2)
    labels : array (n,)
        Whole numbers from 0 to 9.
    size : float
        The digits' area in square points.
    """
    z = _array("z", z, ("n", 2))
    labels = _array("labels", labels, (len(z),))
    if not np.isin(labels, range(10)).all():
        came = f"{labels.min():g} … {labels.max():g}"
        raise ValueError(f"labels: got {came}, wanted digits from 0 to 9")
    for digit in range(10):
        points = z[labels == digit]
        ax.scatter(*points.T, s=size, c=CLASSES[digit], marker=f"${digit}$", linewidths=0.3)
    _plane(ax, "z")


def show(fig, alt):
    """Show the figure as a PNG that carries `alt`, its text in words, and close it.

    In a notebook the text is the picture's alternative text. Elsewhere a window opens, or, where
    matplotlib has no windows, the text is printed. Where the environment variable VAELIB_FIGURES
    names a folder, the figure is then saved there for projection, as `projection.save` says.

    Parameters
    ----------
    fig : Figure
    alt : str
        What is seen, in 20 characters or more.

    Raises
    ------
    ValueError
        For fewer characters, for an axis that has numbers and no label, and for a hyphen that
        should be a minus.
    """
    if not isinstance(alt, str) or len(alt.strip()) < 20:
        raise ValueError(f"alt: got {alt!r}, wanted in words what is seen, 20 characters or more")
    fig.draw_without_rendering()
    faults = _unlabelled(fig) + _hyphens(fig)
    if faults:
        raise ValueError(f"figure: got {', '.join(faults)}, wanted none of these, in {alt!r}")
    ipython = sys.modules.get("IPython")  # a notebook has imported it
    shell = ipython and ipython.get_ipython()
    if hasattr(shell, "kernel"):
        from IPython.display import display

        fig.draw_without_rendering()  # panels of equal scale settle in their layout pass by pass
        data, metadata = bundle(fig, alt)
        display(data, metadata=metadata, raw=True)
    elif fig.canvas.required_interactive_framework:
        plt.show()
    else:
        say(alt)
    if folder := os.environ.get("VAELIB_FIGURES"):
        projection.save(fig, alt, Path(folder))
    plt.close(fig)


def bundle(fig, alt):
    """Return the figure as a PNG with its words: data and metadata of a notebook's output."""
    png = io.BytesIO()
    fig.savefig(png, format="png")
    picture = base64.b64encode(png.getvalue()).decode()
    return {"image/png": picture, "text/plain": alt}, {"image/png": {"alt": alt}}


def _unlabelled(fig):
    """The axes that show numbers, and no label of their own or of their row's or column's."""
    faults = []
    axes = [ax for ax in fig.axes if ax.get_visible() and ax.axison and ax.has_data()]
    for name, side in itertools.product("xy", axes):
        texts = [text.get_text() for text in getattr(side, f"get_{name}ticklabels")()]
        if any(re.fullmatch(NUMBER, text) for text in texts):
            near = [ax for ax in fig.axes if ax is side or _in_line(name, ax, side)]
            if not any(getattr(ax, f"get_{name}label")() for ax in near):
                faults.append(f"no {name} label on panel {fig.axes.index(side) + 1}")
    return faults


def _in_line(name, ax, other):
    """Whether `ax` stands in the row (for "y") or column ("x") of `other`, or shares its axis."""
    if getattr(ax, f"get_shared_{name}_axes")().joined(ax, other):
        return True
    spans = [a.get_subplotspec() for a in (ax, other)]
    if None in spans or spans[0].get_gridspec() is not spans[1].get_gridspec():
        return False
    side = "colspan" if name == "x" else "rowspan"
    return getattr(spans[0], side) == getattr(spans[1], side)


def _hyphens(fig):
    """The visible texts with a hyphen before a number; TeX sets its own minus."""
    texts = [text.get_text() for text in fig.findobj(Text) if text.get_visible()]
    plain = {text: re.sub(r"\$[^$]*\$", "", text) for text in texts}
    return [f'"-" for "−" in {t!r}' for t in plain if re.search(r"(?<![\w)])-\.?\d", plain[t])]


def _images(images, n="n"):
    """As (n, h, w) or (n, h, w, 3) in [0, 1]; a row of 784 pixels is an image 28 × 28."""
    nested = isinstance(images, (list, tuple))
    images = checks.tensor("images", np.asarray(images) if nested else images)
    scale = 255 if images.dtype == torch.uint8 else 1
    shape = {3: (n, "h", "w"), 4: (n, "h", "w", 3)}.get(images.ndim, (n, 784))
    images = _array("images", images, shape) / scale
    return np.clip(images if images.ndim > 2 else images.reshape(-1, 28, 28), 0, 1)


def _array(name, values, shape):
    """Finite values of this shape as a float64 array."""
    found = checks.array(name, values, shape, dtype=torch.float64)
    return found.detach().cpu().numpy()


def _plane(ax, name):
    ax.set(xlabel=f"${name}_1$", ylabel=f"${name}_2$", aspect="equal")
