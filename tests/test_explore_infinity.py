"""From K to infinity: numpy's sums, scipy's quadrature and a closed form against the arrays."""

import itertools
import re

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import expit, logsumexp
from scipy.stats import multivariate_normal, norm

from tests.helpers.explorers import settings
from vaelib.teaching.explore.infinity import (
    CURVES,
    EDGE,
    MASSES,
    SIZE,
    WIDTHS,
    explorer,
    points,
)

PLACES = settings(explorer, between=("z",))
SHADES = np.rint(255 * np.arange(1, 8) / 7)


def gaussian(curve, width, z):
    """μ(z) (n, 2) and σ(z) (n, 1), written once more."""
    z = np.atleast_1d(z)[:, None]
    mu = {
        "spiral": (1.2 + z / 2) * np.hstack([np.cos(1.5 * z), np.sin(1.5 * z)]),
        "straight line": np.hstack([0.8 * z, 0.6 * z]),
        "figure eight": np.hstack([2.4 * np.sin(np.pi * z / 3), 1.6 * np.sin(2 * np.pi * z / 3)]),
    }[curve]
    std = {"growing with z": 0.1 + 0.1 * expit(2 * z)}.get(width)
    return mu, np.full_like(z, float(width.split()[0])) if std is None else std


def log_p(curve, width, x, n_points, edge):
    """log p(x) of J weighted Gaussians, from the middles of J cells on −edge < z < edge."""
    z = edge * ((2 * np.arange(n_points) + 1) / n_points - 1)
    mu, std = gaussian(curve, width, z)
    log_px_z = norm.logpdf(x[:, None], mu, std).sum(-1)  # (n, J)
    return logsumexp(log_px_z + norm.logpdf(z), axis=1) - logsumexp(norm.logpdf(z))


@pytest.mark.parametrize(("curve", "width"), [*itertools.product(CURVES, WIDTHS)])
def test_the_integral_is_scipys(curve, width):
    x, exact = (part.numpy() for part in points(curve, width))
    for row, found in list(zip(x, exact, strict=True))[::12]:

        def integrand(z, row=row):
            mu, std = gaussian(curve, width, z)
            return norm.pdf(z) * norm.pdf(row, mu[0], std[0]).prod()

        pieces = zip(np.linspace(-9, 8.5, 36), np.linspace(-8.5, 9, 36), strict=True)
        value = sum(quad(integrand, low, high, epsabs=1e-14)[0] for low, high in pieces)
        assert found == pytest.approx(np.log(value), abs=1e-9)


@pytest.mark.parametrize("width", [width for width in WIDTHS if "everywhere" in width])
def test_infinitely_many_on_a_straight_line_are_one_gaussian(width):
    """(4.7): N(0, a aᵀ + σ² I)."""
    std, a = float(width.split()[0]), np.array([0.8, 0.6])
    one = multivariate_normal(np.zeros(2), np.outer(a, a) + std**2 * np.eye(2))
    x, exact = points("straight line", width)
    np.testing.assert_allclose(exact, one.logpdf(x), atol=1e-10)
    shown = explorer.draw(curve="straight line", width=width, j=300).arrays["density"]
    p = one.pdf(pixels())
    level = np.sort(p)[::-1][np.searchsorted(np.cumsum(np.sort(p)[::-1]) / p.sum(), 0.5)]
    assert ((shown.ravel() >= SHADES[MASSES.index(0.5)]) == (p >= level)).mean() > 0.995


def pixels():
    """The middles of the pixels, the first row on top."""
    side = EDGE * ((2 * np.arange(SIZE) + 1) / SIZE - 1)
    return np.array([(a, b) for b in side[::-1] for a in side])


@pytest.mark.parametrize("place", PLACES[-29:], ids=str)
def test_darker_is_denser_and_each_shade_holds_its_mass(place):
    shown = explorer.draw(**place).arrays["density"].ravel()
    p = np.exp(log_p(place["curve"], place["width"], pixels(), round(place["j"]), 3))
    assert set(shown) <= {0, *SHADES}
    for mass, shade in zip(MASSES, SHADES, strict=True):
        inside = p[shown >= shade]
        assert inside.min() >= p[shown < shade].max() * (1 - 1e-6)
        equals = np.isclose(p, inside.min(), rtol=1e-6, atol=0).sum()
        assert mass <= inside.sum() / p.sum() + 1e-9
        assert inside.sum() - equals * inside.min() <= mass * p.sum() + 1e-9
    cell = (2 * EDGE / SIZE) ** 2
    assert p.sum() * cell == pytest.approx(1, abs=0.02)  # the plane holds the density


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_errors_are_those_of_numpys_sums(place):
    arrays, sentence = explorer.draw(**place)
    kind = place["curve"], place["width"]
    x, exact = (part.numpy() for part in points(*kind))
    said = re.findall(r"by (less than 0\.0001|[\d.]*\d)", sentence)
    for name, edge, words in zip(("near", "far"), (3, 6), said, strict=True):
        found = np.abs(log_p(*kind, x, round(place["j"]), edge) - exact).mean()
        now = arrays[f"now_{name}"]
        np.testing.assert_allclose(now, np.log10([[round(place["j"]), found]]), atol=1e-4)
        assert now[0].tolist() in arrays[name].tolist()
        assert words == ("less than 0.0001" if found < 1e-4 else f"{found:.2g}")


def test_the_drawn_cells_stop_at_the_prior_that_they_leave_out_and_the_wide_ones_go_on():
    for curve, width in itertools.product(CURVES, WIDTHS):
        near, far = (
            10 ** explorer.draw(curve=curve, width=width).arrays[name][:, 1]
            for name in ("near", "far")
        )
        assert near[-1] == pytest.approx(near[-3], rel=0.01)
        assert 0.002 < near[-1] < 0.005  # the lesson's; −log(prior's mass inside) is 0.0027
        assert far[-1] < 2e-6 and (far[:8] > near[:8]).all()


def test_beads_melt_where_the_lesson_says():
    """On the spiral with about 30 Gaussians, with 12 where they are wide."""

    def beads(width, j):
        shown, last = (
            explorer.draw(width=width, j=n).arrays["density"].astype(int) for n in (j, 300)
        )
        return (np.abs(shown - last) > 255 / 7 + 1).sum()  # more than one shade off

    assert beads("growing with z", 18) > 20 and beads("growing with z", 30) == 0
    assert beads("0.15 everywhere", 20) > 20 and beads("0.15 everywhere", 30) == 0
    assert beads("0.4 everywhere", 9) > 20 and beads("0.4 everywhere", 12) == 0


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_z_owns_the_gaussian_that_is_drawn(place):
    arrays, sentence = explorer.draw(**place)
    z, kind = place["z"], (place["curve"], place["width"])
    mu, std = (part[0] for part in gaussian(*kind, z))
    np.testing.assert_allclose(arrays["centre"], [mu], atol=1e-12)
    for name, n_std in (("one_std", 1), ("two_std", 2)):
        np.testing.assert_allclose(np.hypot(*(arrays[name] - mu).T), n_std * std[0])
        assert np.abs(arrays[name]).max() < EDGE
    np.testing.assert_allclose(arrays["top"], [[z, norm.pdf(z)]], atol=1e-12)
    numbers = [float(n.replace("−", "-")) for n in re.findall(r"−?\d+\.\d+", sentence)][-5:]
    np.testing.assert_allclose(numbers[0], z, atol=0.0501)
    np.testing.assert_allclose(numbers[1:], [*mu, *std, norm.pdf(z)], atol=0.00501)


def test_the_j_points_stand_in_the_middle_of_their_cells():
    for place in PLACES:
        arrays, _ = explorer.draw(**place)
        j = round(place["j"])
        z = 3 * ((2 * np.arange(j) + 1) / j - 1)
        np.testing.assert_allclose(arrays["nodes"], np.column_stack([z, norm.pdf(z)]), atol=1e-12)
        mu, _ = gaussian(place["curve"], place["width"], z)
        np.testing.assert_allclose(arrays["means"], mu, atol=1e-12)
        mu, _ = gaussian(place["curve"], place["width"], np.linspace(-3, 3, 121))
        np.testing.assert_allclose(arrays["curve"], mu, atol=1e-12)
    prior = explorer.fixed_arrays()["prior"]
    np.testing.assert_allclose(prior[:, 1], norm.pdf(prior[:, 0]))


def test_all_that_is_marked_lies_on_its_panel():
    x, y = explorer.panels["error"].x, explorer.panels["error"].y
    for place in PLACES:
        for name in ("near", "far"):
            line = explorer.draw(**place).arrays[name]
            assert x.low < line[:, 0].min() and line[:, 0].max() < x.high
            assert y.low < line[:, 1].min() and line[:, 1].max() < y.high


def test_every_sort_of_count_is_packed_and_the_start_too():
    packed = {name: control.packed() for name, control in explorer.controls.items()}
    assert {3.0, 30.0, 300.0} <= set(packed["j"]) and {-3.0, 0.0, 3.0} <= set(packed["z"])
    assert all(start in packed[name] for name, start in explorer.start().items())
