import base64
import itertools
import struct
from pathlib import Path

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pytest
import torch
from matplotlib.patches import Ellipse
from nbclient import NotebookClient
from scipy import stats

from vaelib.teaching import plots
from vaelib.teaching.explore.files import PALETTE

ALT = "A crescent of points under three ellipses."


@pytest.fixture
def ax():
    with plt.style.context("vaelib.teaching.course"):
        fig, ax = plt.subplots()
        yield ax
        fig.draw_without_rendering()  # whatever was drawn can be drawn
        plt.close(fig)


def test_points_lie_where_they_are(ax):
    x = torch.tensor([[0.0, 1.0], [2.0, 3.0]], dtype=torch.float64)
    points = plots.draw_points(ax, x, values=[0.5, 1.5], label="held-out", name="z")
    assert np.array_equal(points.get_offsets(), x)
    assert points.get_array().tolist() == [0.5, 1.5]
    assert (ax.get_xlabel(), ax.get_ylabel(), ax.get_aspect()) == ("$z_1$", "$z_2$", 1)
    assert ax.get_legend_handles_labels()[1] == ["held-out"]


def test_density_levels_hold_the_stated_mass(ax):
    """A Gaussian's region of highest density with mass m: a disc of squared radius χ²(m)."""
    normal = torch.distributions.MultivariateNormal(torch.zeros(2).double(), torch.eye(2).double())
    plots.draw_density(ax, normal.log_prob, (-5, 5, -5, 5), masses=(0.99, 0.5), n_points=400)
    lines = ax.collections[1]  # the white outlines; the filled regions come first
    for path, mass in zip(lines.get_paths(), (0.99, 0.5), strict=True):
        radius = np.linalg.norm(path.vertices, axis=1)
        assert np.allclose(radius**2, stats.chi2(2).ppf(mass), rtol=0.02)
    assert ax.get_legend_handles_labels()[1] == ["99 % of mass", "50 % of mass"]
    assert ax.get_xlim() == ax.get_ylim() == (-5, 5)


@pytest.mark.parametrize("kind", ["full", "diag", "spherical"])
def test_ellipses_have_constant_mahalanobis_distance(ax, kind):
    means = np.array([[1.0, 2.0], [-1.0, 0.0]])
    covariances = {
        "full": np.array([[[2.0, 0.9], [0.9, 0.5]], [[0.3, -0.2], [-0.2, 0.9]]]),
        "diag": np.array([[2.0, 0.5], [0.1, 3.0]]),
        "spherical": np.array([0.5, 2.0]),
    }[kind]
    plots.draw_ellipses(ax, means, covariances, weights=[0.9, 0.1])
    ellipses = [patch for patch in ax.patches if isinstance(patch, Ellipse)]
    assert len(ellipses) == 4
    assert {e.get_linestyle() for e in ellipses} == {"-", ":"}
    for i, ellipse in enumerate(ellipses):
        k, n_std = i // 2, 1 + i % 2
        cov = covariances[k] if kind == "full" else np.diag(np.broadcast_to(covariances[k], 2))
        outline = ellipse.get_patch_transform().transform(ellipse.get_path().vertices) - means[k]
        distance = np.sqrt(np.einsum("ni,ij,nj->n", outline, np.linalg.inv(cov), outline))
        knots = [0, 3, 6, 9]  # where the Bézier outline touches the ellipse
        assert np.allclose(distance[knots], n_std)
    assert ax.get_xlim()[0] < means[:, 0].min() and ax.get_xlim()[1] > means[:, 0].max()


def test_curves_differ_by_more_than_colour(ax):
    x = np.arange(5.0)
    lines = [plots.draw_curve(ax, x, x + i, label=str(i)) for i in range(6)]
    for trait in ("color", "linestyle", "marker"):
        values = {str(plt.getp(line, trait)) for line in lines}
        assert len(values) == (4 if trait == "linestyle" else 6)  # custom dashes all read "--"
    assert len({str(line._unscaled_dash_pattern) for line in lines}) == 6
    assert plots.draw_curve(ax, np.arange(31.0), np.arange(31.0)).get_marker() == "None"


def test_band_is_n_se_standard_errors(ax):
    y, se = np.array([1.0, 2.0, 4.0]), np.array([0.1, 0.2, 0.3])
    plots.draw_curve(ax, [1, 10, 100], y, se=se, n_se=3)
    vertices = ax.collections[0].get_paths()[0].vertices
    for x, low, high in zip([1, 10, 100], y - 3 * se, y + 3 * se, strict=True):
        at = vertices[vertices[:, 0] == x, 1]
        assert (at.min(), at.max()) == (pytest.approx(low), pytest.approx(high))


def test_bars_say_their_numbers(ax):
    plots.draw_bars(ax, {"ELBO": -95.25, "gap": 1.5}, se=[0.5, 0.25])
    assert [bar.get_width() for bar in ax.patches] == [-95.25, 1.5]
    assert [text.get_text() for text in ax.texts] == ["−95.2", "1.5"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["ELBO", "gap"]
    assert ax.patches[0].get_y() > ax.patches[1].get_y()
    half = [seg[1, 0] - seg[0, 0] for seg in ax.collections[0].get_segments()]
    assert half == pytest.approx([1.0, 0.5])  # from −1 to +1 standard error


def test_images_are_tiled_row_by_row(ax):
    images = torch.rand(5, 784, generator=torch.Generator().manual_seed(0))
    plots.draw_images(ax, images, n_cols=3, row_labels=["a", "b"], gap=2)
    sheet = ax.images[0].get_array()
    assert sheet.shape == (58, 88)
    for i, image in enumerate(images.reshape(-1, 28, 28)):
        top, left = 30 * (i // 3), 30 * (i % 3)
        assert np.allclose(sheet[top : top + 28, left : left + 28], image)
    assert sheet[:, 28:30].max() == 0 and sheet[30:, 60:].max() == 0
    assert ax.images[0].get_clim() == (0, 1)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["a", "b"]


def test_images_of_any_size_and_in_colour(ax):
    colour = np.random.default_rng(0).integers(0, 256, (3, 4, 5, 3), dtype=np.uint8)
    plots.draw_images(ax, colour, n_cols=2, row_labels=["a", "b"], gap=1)
    sheet = ax.images[0].get_array()
    assert sheet.shape == (9, 11, 3)
    assert np.array_equal(np.round(255 * sheet[5:9, :5]), colour[2])
    assert (sheet[4] == 1).all() and (sheet[5:, 5:] == 1).all()  # white paper
    assert ax.get_yticks().tolist() == [1.5, 6.5]
    plots.draw_images(ax, torch.from_numpy(colour / 255.0 * 3 - 1), n_cols=2, gap=1)
    assert np.allclose(ax.images[1].get_array()[:4, :5], np.clip(colour[0] / 255 * 3 - 1, 0, 1))
    for images in (colour[..., 0], list(colour[..., 0]), torch.from_numpy(colour[..., 0])):
        plots.draw_images(ax, images, n_cols=3, gap=0)
        assert np.allclose(ax.images[-1].get_array(), np.hstack(colour[..., 0]) / 255)


def test_a_sky_is_black(ax):
    plots.draw_images(ax, np.zeros((1, 784)))
    plots.draw_manifold(ax, np.zeros((1, 784)), [0], [0], sky=True)
    white, black = (image.to_rgba(image.get_array(), bytes=True)[0, 0] for image in ax.images)
    assert (white.tolist(), black.tolist()) == ([255] * 4, [0, 0, 0, 255])


def test_manifold_of_colour_images(ax):
    images = np.linspace(0, 1, 6)[:, None, None, None] * np.ones((6, 4, 5, 3))
    plots.draw_manifold(ax, images, [0, 1, 2], [0, 1])
    corners = ax.images[0].get_array()[::4, ::5, 0]
    assert np.allclose(corners, [[0.6, 0.8, 1.0], [0.0, 0.2, 0.4]])
    assert (ax.get_xticks().tolist(), ax.get_yticks().tolist()) == ([2, 7, 12], [1.5, 5.5])


def test_manifold_lays_z2_upwards(ax):
    z1, z2 = torch.tensor([-1.0, 0.0, 1.0]), torch.tensor([-2.0, 2.0])
    images = torch.linspace(0, 1, 6)[:, None].expand(6, 784)  # number i · 3 + j for (z1[j], z2[i])
    plots.draw_manifold(ax, images, z1, z2)
    corners = ax.images[0].get_array()[::28, ::28]
    assert np.allclose(corners, [[0.6, 0.8, 1.0], [0.0, 0.2, 0.4]])
    assert [t.get_text() for t in ax.get_xticklabels()] == ["−1.0", "0.0", "1.0"]
    assert [t.get_text() for t in ax.get_yticklabels()] == ["2.0", "−2.0"]
    assert ax.get_ylim()[0] > ax.get_ylim()[1]  # row 0, the largest z2, is on top


def test_latents_are_drawn_as_their_digit(ax):
    z, labels = np.arange(40.0).reshape(20, 2), np.arange(20) % 10
    plots.draw_latent(ax, z, torch.from_numpy(labels))
    assert len(ax.collections) == 10
    for digit, points in enumerate(ax.collections):
        assert np.array_equal(points.get_offsets(), z[labels == digit])
    assert len({tuple(points.get_facecolor()[0]) for points in ax.collections}) == 10
    outlines = {points.get_paths()[0].vertices.tobytes() for points in ax.collections}
    assert len(outlines) == 10


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda ax: plots.draw_points(ax, np.ones(4)), r"x: got shape \(4,\), wanted \(n, 2\)"),
        (lambda ax: plots.draw_points(ax, [[0, np.nan]]), "x: got NaN or infinite"),
        (lambda ax: plots.draw_points(ax, np.ones((3, 2)), [1]), r"values: got .*, wanted \(3,\)"),
        (
            lambda ax: plots.draw_density(ax, lambda x: x, (0, 1, 0, 1)),
            r"log_density\(x\): got shape",
        ),
        (lambda ax: plots.draw_ellipses(ax, np.ones((2, 3)), np.ones(2)), "means: got shape"),
        (lambda ax: plots.draw_ellipses(ax, np.ones((2, 2)), np.ones(3)), "covariances: got shape"),
        (lambda ax: plots.draw_curve(ax, [1, 2], [1, 2, 3]), r"y: got .*, wanted \(2,\)"),
        (lambda ax: plots.draw_curve(ax, [1, 2], [1, 2], se=[1]), r"se: got .*, wanted \(2,\)"),
        (lambda ax: plots.draw_images(ax, np.ones((3, 100))), r"images: got .* \(n, 784\)"),
        (
            lambda ax: plots.draw_images(ax, np.ones((0, 784))),
            r"images: got shape \(0, 784\), wanted \(n, 784\)",
        ),
        (lambda ax: plots.draw_images(ax, np.ones((3, 4, 5, 2))), r"wanted \(n, h, w, 3\)"),
        (
            lambda ax: plots.draw_latent(ax, np.ones((1, 2)), [10]),
            "labels: got 10 … 10, wanted digits",
        ),
        (
            lambda ax: plots.draw_manifold(ax, np.ones((3, 784)), [0], [1]),
            r"images: got .* \(1, 784\)",
        ),
    ],
)
def test_bad_input_is_named(ax, draw, message):
    with pytest.raises(ValueError, match=message):
        draw(ax)


def test_drawing_leaves_the_global_random_state(ax):
    before = torch.get_rng_state(), np.random.get_state()[1].copy()  # noqa: NPY002
    plots.draw_points(ax, np.ones((3, 2)))
    plots.draw_density(ax, lambda x: -(x**2).sum(1), (-3, 3, -3, 3))
    plots.draw_latent(ax, np.ones((3, 2)), [0, 1, 2])
    assert torch.equal(before[0], torch.get_rng_state())
    assert np.array_equal(before[1], np.random.get_state()[1])  # noqa: NPY002


# Machado, Oliveira and Fernandes, "A physiologically-based model for simulation of color vision
# deficiency", IEEE TVCG 15 (2009), for severity 1: what linear RGB becomes to such an eye.
EYES = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
    "trichromacy": np.eye(3),
    "grey print": [[0.2126, 0.7152, 0.0722]] * 3,
}
XYZ = np.array(  # of linear sRGB's red, green and blue, by column, D65
    [[0.412391, 0.357584, 0.180481], [0.212639, 0.715169, 0.072192], [0.019331, 0.119195, 0.950532]]
)


def linear(color):
    """The colour as linear RGB (IEC 61966-2-1)."""
    rgb = np.array(plt.matplotlib.colors.to_rgb(color))
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def lab(color, eye="trichromacy"):
    """CIE L*a*b* of the colour as an eye sees it: (lightness 0 to 100, a, b)."""
    seen = np.clip(np.array(EYES[eye]) @ linear(color), 0, 1)
    t = XYZ @ seen / XYZ.sum(1)
    f = np.where(t > 216 / 24389, np.cbrt(t), (24389 / 27 * t + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def closest(colors, eye):
    """The smallest ΔE (CIE 1976) of two of them; 2 can be seen side by side, 10 at a glance."""
    seen = [lab(color, eye) for color in colors]
    return min(np.linalg.norm(a - b) for a, b in itertools.combinations(seen, 2))


def test_the_simulated_eyes():
    assert lab("white") == pytest.approx([100, 0, 0], abs=0.02)
    assert lab("red") == pytest.approx([53.24, 80.09, 67.20], abs=0.05)  # Lindbloom's calculator
    for eye in EYES:
        for grey in ("0", "0.3", "1"):
            assert lab(grey, eye) == pytest.approx(lab(grey), abs=0.02)


RED_AND_GREEN = ["tab:red", "tab:green"]  # matplotlib's own
PINK_AND_GREY = ["#CC6677", "#777777"]


@pytest.mark.parametrize(
    ("colors", "eye"), [(RED_AND_GREEN, "deuteranopia"), (PINK_AND_GREY, "protanopia")]
)
def test_a_pair_that_an_eye_confuses_is_found(colors, eye):
    assert closest(colors, "trichromacy") > 30
    assert closest(colors, eye) < 10


@pytest.fixture
def cycle():
    with plt.style.context("vaelib.teaching.course"):
        return list(plt.rcParams["axes.prop_cycle"])


@pytest.mark.parametrize("eye", [eye for eye in EYES if eye != "grey print"])
def test_colours_of_lines_and_of_classes_differ_to_every_eye(cycle, eye):
    assert closest([item["color"] for item in cycle], eye) > 15
    assert closest(plots.CLASSES, eye) > 15


@pytest.mark.parametrize("eye", EYES)
def test_what_grey_print_needs(cycle, eye):
    """Lines have dashes, the first two also very different greys; shades go from light to dark."""
    assert len({str(item["linestyle"]) for item in cycle}) == len(cycle)
    first, second = (lab(item["color"], eye)[0] for item in cycle[:2])
    assert second - first > 40
    *shades, accent = (lab(color, eye)[0] for color in ("white", *plots.SHADES, plots.ACCENT))
    assert min(-np.diff(shades)) > 5 and min(-np.diff(shades[1:])) > 8
    assert shades[-1] - accent > 15


def test_the_style_is_found_and_its_palette_is_dark_to_light(cycle):
    with plt.style.context("vaelib.teaching.course"):
        assert plt.rcParams["figure.constrained_layout.use"]
        assert plt.rcParams["axes.unicode_minus"]
    lightness = [lab(item["color"])[0] for item in cycle]
    assert lightness == sorted(lightness)
    luminance = [linear(c) @ EYES["grey print"][0] for c in (cycle[-1]["color"], *plots.SHADES)]
    assert luminance[0] < 0.5  # visible on white
    accent = linear(plots.ACCENT) @ EYES["grey print"][0]
    assert (luminance[3] + 0.05) / (accent + 0.05) > 3  # WCAG's contrast ratio on the third shade


def test_figures_and_pages_have_their_tones_in_common(cycle):
    """The style sheet is the one place that cannot read the palette."""
    assert PALETTE["light"]["tones"]["blue"] == cycle[1]["color"]


@pytest.mark.parametrize("alt", ["", "too short", " " * 30, None, 5])
def test_show_wants_words(alt):
    fig = plt.figure()
    with pytest.raises(ValueError, match="alt: got .*, wanted in words what is seen"):
        plots.show(fig, alt)
    plt.close(fig)


def labelled(ax):
    ax.set(xlabel="epochs", ylabel="nats")


@pytest.mark.parametrize(
    ("draw", "fault"),
    [
        (lambda left, right: left.set_xlabel(""), "no x label on panel 1"),
        (lambda left, right: [a.set_ylabel("") for a in (left, right)], "no y label on panel 1"),
        (lambda left, right: right.set(xlabel="", xscale="log", xlim=(1, 99)), "no x label on pan"),
        (
            lambda left, right: left.figure.colorbar(left.images[0], ax=left),
            "no y label on panel 3",
        ),
        (lambda left, right: left.set_title("a fall of -1.5 nats"), "a fall of -1.5 nats"),
        (lambda left, right: right.text(0, 0, "from (-2"), r'"-" for "−" in .from \(-2'),
        (lambda left, right: right.set_xticks([0, 1], ["-1", "1"]), "in '-1'"),
    ],
)
def test_show_wants_labels_and_true_minus_signs(draw, fault):
    fig, (left, right) = plt.subplots(1, 2)
    left.plot([1, 2], [-3, 4])
    right.plot([1, 2], [-3, 4])
    left.imshow([[0, 1]])
    labelled(left)
    labelled(right)
    plots.show(fig, ALT)
    draw(left, right)
    with pytest.raises(ValueError, match=fault):
        plots.show(fig, ALT)
    plt.close(fig)


def test_show_takes_what_needs_no_label_of_its_own(capsys):
    with plt.style.context("vaelib.teaching.course"):
        fig, axes = plt.subplots(2, 3)
        for ax in axes.flat:
            ax.plot([-1, 1], [-1, 1])
        axes[0, 0].set_ylabel("nats")  # for the row
        axes[1, 0].set(xlabel="$z_1$", ylabel="nats")  # for the column
        axes[1, 2].set_xlabel("epochs")
        axes[0, 1].set(xticks=[], yticks=[])
        axes[1, 1].axis("off")
        plots.draw_bars(axes[0, 1], {"K = 10": 1.5, "no-1 of ten, e-09, lesson 04-05": -2})
        axes[1, 0].set_title("$-1$ and −1")
    plots.show(fig, ALT)
    assert capsys.readouterr().out == ALT + "\n"


def test_show_prints_the_words_where_there_is_no_window(capsys):
    fig = plt.figure()
    plots.show(fig, ALT)
    assert capsys.readouterr().out == ALT + "\n"
    assert not plt.fignum_exists(fig.number)


def test_show_in_a_notebook_gives_one_picture_with_its_words():
    source = f"""
import matplotlib.pyplot as plt
from vaelib.teaching import plots
plt.style.use("vaelib.teaching.course")
fig, ax = plt.subplots()
plots.draw_curve(ax, [1, 2], [3, 4])
ax.set(xlabel="epochs", ylabel="nats")
plots.show(fig, {ALT!r})
"""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    root = Path(plots.__file__).parents[2]
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": root}}).execute()
    (output,) = notebook.cells[0].outputs
    assert output.output_type == "display_data"
    assert set(output.data) == {"image/png", "text/plain"}
    assert output.data["text/plain"] == ALT
    assert output.metadata == {"image/png": {"alt": ALT}}
    png = base64.b64decode(output.data["image/png"])
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", png[16:24]) == (770, 462)  # 7 × 4.2 inches at 110 dots
