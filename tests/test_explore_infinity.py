"""From K to infinity: numpy's sums, scipy's quadrature and a closed form against the arrays."""

import itertools

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import expit, logsumexp
from scipy.stats import multivariate_normal, norm

from tests.helpers.explorers import numbers, settings
from tests.helpers.hands import check_challenges
from tests.helpers.node import check_twins
from tests.helpers.pulls import pulled
from vaelib.teaching.explore.curves import CURVES, KNOTS, MANY, WIDTHS, dip, draws, look, points
from vaelib.teaching.explore.fog import PAPER
from vaelib.teaching.explore.infinity import EDGE, FEW, PULLS, explorer, nats
from vaelib.teaching.explore.pack import pack
from vaelib.teaching.explore.words import plain

ALL = settings(explorer, between=("z",))
PULLED = ALL[-20:]
PLACES = [explorer.start(), *ALL[:-20:4], *PULLED]  # every fourth corner is enough
LOOSE = dict.fromkeys(PULLS, 0.0)
WAYS = {
    "infinity-few": [{"j": 10}, {"j": 20}, {"j": 27}, {"j": 40}, {"j": 30}],
    "infinity-six": [{"j": 6}, {"j": 6, "curve": "straight line", "width": "0.4 everywhere"}],
    "infinity-crossing": [
        {"curve": "figure eight"},
        {"curve": "figure eight", "z": 0.0},
        {"curve": "figure eight", "z": -3.0},
    ],
}


def gaussian(place, z):
    """μ(z) (n, 2) and σ(z) (n, 1), written once more."""
    z = np.atleast_1d(z)[:, None]
    mu = {
        "spiral": (1.2 + z / 2) * np.hstack([np.cos(1.5 * z), np.sin(1.5 * z)]),
        "straight line": np.hstack([0.8 * z, 0.6 * z]),
        "figure eight": np.hstack([2.4 * np.sin(np.pi * z / 3), 1.6 * np.sin(2 * np.pi * z / 3)]),
    }[place["curve"]]
    for name, knot in zip(("left", "mid", "right"), KNOTS, strict=True):
        part = np.where(np.abs(z - knot) < 1.5, np.cos(np.pi * (z - knot) / 3) ** 2, 0)
        mu = mu + part * [place[f"{name}1"], place[f"{name}2"]]
    std = {"growing with z": 0.1 + 0.1 * expit(2 * z)}.get(place["width"])
    return mu, np.full_like(z, float(place["width"].split()[0])) if std is None else std


def kind(place):
    """What `points` is asked with."""
    pulls = tuple((place[f"{name}1"], place[f"{name}2"]) for name in ("left", "mid", "right"))
    return place["curve"], place["width"], pulls


def log_p(place, x, n_points, edge=3):
    """log p(x) of J weighted Gaussians, from the middles of J cells on −edge < z < edge."""
    z = edge * ((2 * np.arange(n_points) + 1) / n_points - 1)
    mu, std = gaussian(place, z)
    log_px_z = norm.logpdf(x[:, None], mu, std).sum(-1)  # (n, J)
    return logsumexp(log_px_z + norm.logpdf(z), axis=1) - logsumexp(norm.logpdf(z))


def test_the_browser_draws_the_same_scenes():
    check_twins(explorer, PLACES, 1e-8)


@pytest.mark.parametrize("place", PULLED[::5], ids=str)
def test_the_integral_is_scipys(place):
    x, exact = (part.numpy() for part in points(*kind(place)))
    for row, found in list(zip(x, exact, strict=True))[::16]:

        def integrand(z, row=row):
            mu, std = gaussian(place, z)
            return norm.pdf(z) * norm.pdf(row, mu[0], std[0]).prod()

        pieces = zip(np.linspace(-6, 5.75, 48), np.linspace(-5.75, 6, 48), strict=True)
        value = sum(quad(integrand, low, high, epsabs=1e-14)[0] for low, high in pieces)
        assert found == pytest.approx(np.log(value), abs=2e-5)


def test_the_points_lie_as_samples_would():
    for place in PULLED:
        z, *noise = draws().T
        np.testing.assert_allclose(norm.cdf(z), (np.arange(48) + 0.5) / 48, atol=1e-3)
        mu, std = gaussian(place, z)
        np.testing.assert_allclose(points(*kind(place))[0], mu + std * np.transpose(noise))


def pixels(n):
    """The middles of the pixels, the first row on top."""
    side = EDGE * ((2 * np.arange(n) + 1) / n - 1)
    return np.array([(a, b) for b in side[::-1] for a in side])


@pytest.mark.parametrize("width", [width for width in WIDTHS if "everywhere" in width])
def test_infinitely_many_on_a_straight_line_are_one_gaussian(width):
    """(4.7): N(0, a aᵀ + σ² I)."""
    std, a = float(width.split()[0]), np.array([0.8, 0.6])
    one = multivariate_normal(np.zeros(2), np.outer(a, a) + std**2 * np.eye(2))
    place = LOOSE | {"curve": "straight line", "width": width}
    x, exact = points(*kind(place))
    np.testing.assert_allclose(exact, one.logpdf(x), atol=1e-7)
    shown = explorer.draw(**place, j=300).arrays["density"]
    p = one.pdf(pixels(len(shown)))
    level = np.sort(p)[::-1][np.searchsorted(np.cumsum(np.sort(p)[::-1]) / p.sum(), 0.5)]
    assert ((shown.ravel() >= 127) == (p >= level)).mean() > 0.99


@pytest.mark.parametrize("place", PLACES[::2], ids=str)
def test_darker_is_denser_and_a_shade_is_the_mass_of_what_is_thinner(place):
    shown = explorer.draw(**place).arrays["density"].ravel().astype(float)
    p = np.exp(log_p(place, pixels(96), round(place["j"])))
    order = np.argsort(p)
    assert (np.diff(shown[order]) >= -1).all()
    thinner = np.empty_like(p)
    thinner[order] = (p[order].cumsum() - p[order] / 2) / p.sum()
    wanted = 255 * np.clip((thinner - PAPER) / (1 - PAPER), 0, 1)
    assert np.abs(shown - wanted).max() < 12  # pixels as dense as each other share their shade
    assert np.abs(shown - wanted).mean() < 1
    if not any(place[name] for name in PULLS):
        assert p.sum() * (2 * EDGE / 96) ** 2 == pytest.approx(1, abs=0.03)  # all on the plane


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_errors_are_those_of_numpys_sums(place):
    arrays, sentence, _ = explorer.draw(**place)
    x, exact = (part.numpy() for part in points(*kind(place)))
    line = arrays["error"]
    assert (np.diff(line[:, 0]) > 0).all() and arrays["now"].tolist()[0] in line.tolist()
    for n_points, found in [*line[::9], *arrays["now"]]:
        wanted = np.abs(log_p(place, x, int(n_points)) - exact).mean()
        assert found == pytest.approx(wanted, rel=1e-6, abs=1e-8)
    said = numbers(plain(sentence))
    stops = arrays["now"][0, 1] < 1.1 * line[-1, 1]
    assert ("More would not help" in sentence) == stops
    assert len(said) == 3 and said[0] == arrays["now"][0, 0] == round(place["j"])
    assert f"[{nats(arrays['now'][0, 1])} nats](accent)" in sentence
    assert said[1] == pytest.approx(arrays["now"][0, 1], rel=0.06)
    assert said[2] == pytest.approx(place["z"], abs=0.00501)


def test_the_error_stops_at_the_prior_that_is_left_out():
    for curve, width in itertools.product(CURVES, WIDTHS):
        line = explorer.draw(curve=curve, width=width).arrays["error"]
        assert 0.002 < line[-1, 1] < 0.005  # the lesson's; −log(prior's mass inside) is 0.0027
        assert line[-1, 1] == pytest.approx(line[-3, 1], rel=0.02)
        floor = explorer.draw(curve=curve, width=width).arrays["left_out"]
        assert set(floor[:, 1]) == {line[-1, 1]}


def test_the_words_are_the_lessons():
    """Three Gaussians make blobs, ten beads, 30 a knobbly band, 300 a smooth one."""
    looks = {3: "separate blobs", 7: "separate blobs", 10: "beads on a string",
             20: "beads on a string", 30: "a knobbly band", 50: "one smooth band",
             300: "one smooth band"}  # fmt: skip
    for j, words in looks.items():
        assert words in explorer.draw(j=j).sentence
    assert "beads" not in explorer.draw(j=16, width="0.4 everywhere").sentence
    assert "smooth" in explorer.draw(curve="figure eight", width="0.4 everywhere", j=28).sentence
    for falls, words in ((1, "separate blobs"), (0.7, "beads"), (0.1, "knobbly"), (0, "smooth")):
        assert words in look(falls)


@pytest.mark.parametrize("place", PLACES[::5], ids=str)
def test_the_words_follow_how_far_the_density_falls_between_the_means(place):
    j = round(place["j"])
    z = 3 * ((2 * np.arange(j) + 1) / j - 1)
    between = (z[1:] + z[:-1]) / 2
    at, low = (log_p(place, gaussian(place, where)[0], j) for where in (z, between))
    falls = np.maximum(1 - np.exp(low - (at[1:] + at[:-1]) / 2), 0)
    wanted = np.average(falls, weights=norm.pdf(between))
    assert dip(j, *kind(place)) == pytest.approx(wanted, abs=1e-9)
    assert look(wanted) in explorer.draw(**place).sentence


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_z_owns_the_gaussian_that_is_drawn_and_shares_that_of_its_cell(place):
    arrays, sentence, more = explorer.draw(**place)
    z, j = place["z"], round(place["j"])
    mu, std = (part[0] for part in gaussian(place, z))
    np.testing.assert_allclose(arrays["centre"], [mu], atol=1e-12)
    np.testing.assert_allclose(np.hypot(*(arrays["own"] - mu).T), 2 * std[0])
    np.testing.assert_allclose(arrays["top"], [[z, norm.pdf(z)]], atol=1e-12)
    (low, floor, height), (high, _, _) = arrays["cell"]
    assert low - 1e-9 <= z <= high + 1e-9 and floor == 0
    middle = (low + high) / 2
    assert high - low == pytest.approx(6 / j) and height == pytest.approx(norm.pdf(middle))
    shared, shared_std = (part[0] for part in gaussian(place, middle))
    np.testing.assert_allclose(np.hypot(*(arrays["shared"] - shared).T), 2 * shared_std[0])
    np.testing.assert_allclose(arrays["between"], [mu, shared], atol=1e-9)
    apart = np.hypot(*(shared - mu)) > std[0] / 2
    assert ("all but the same" in sentence) == (not apart)
    weight = norm.pdf(middle) / norm.pdf(3 * ((2 * np.arange(j) + 1) / j - 1)).sum()
    said = numbers(more)[3:10]
    np.testing.assert_allclose(said[:2], [z, mu[0]], atol=0.00501)
    wanted = [mu[1], *std, norm.pdf(z), middle, 100 * weight]
    np.testing.assert_allclose(said[2:], wanted, atol=0.051)


def test_the_j_points_stand_in_the_middle_of_their_cells():
    for place in PLACES:
        arrays = explorer.draw(**place).arrays
        j = round(place["j"])
        z = 3 * ((2 * np.arange(j) + 1) / j - 1)
        mu, _ = gaussian(place, z)
        shown = {"few": j <= FEW, "many": FEW < j <= MANY}
        for name, here in shown.items():
            np.testing.assert_allclose(arrays[name], mu if here else mu[:0], atol=1e-12)
        low, high = arrays["cells"][::2], arrays["cells"][1::2]
        np.testing.assert_allclose((low[:, 0] + high[:, 0]) / 2, z, atol=1e-12)
        np.testing.assert_allclose(low[1:, 0], high[:-1, 0], atol=1e-12)
        for edges in (low, high):
            np.testing.assert_allclose(edges[:, 1:], np.column_stack([0 * z, norm.pdf(z)]))
        assert len(arrays["walls"]) == (j + 1 if j <= MANY else 0)
        mu, _ = gaussian(place, np.linspace(-3, 3, 121))
        np.testing.assert_allclose(arrays["curve"], mu, atol=1e-12)
        np.testing.assert_allclose(arrays["knots"], gaussian(place, KNOTS)[0], atol=1e-12)
    prior = explorer.fixed_arrays()["prior"]
    np.testing.assert_allclose(prior[:, 1], norm.pdf(prior[:, 0]))


def test_what_leaves_the_plane_is_said_and_all_else_lies_on_its_panel():
    x, y = explorer.panels["error"].x, explorer.panels["error"].y
    for place in PLACES:
        arrays, sentence, _ = explorer.draw(**place)
        assert ("leaves the plane" in sentence) == (np.abs(arrays["curve"]).max() > EDGE)
        assert x.low < arrays["error"][:, 0].min() and arrays["error"][:, 0].max() < x.high
        assert y.low < arrays["error"][:, 1].min() and arrays["error"][:, 1].max() < y.high
    for curve, width, z in itertools.product(CURVES, WIDTHS, np.linspace(-3, 3, 13)):
        own = explorer.draw(curve=curve, width=width, z=z).arrays["own"]
        assert np.abs(own).max() < EDGE


def test_the_hand_finds_z_on_the_curve_and_pulls_where_it_takes():
    place = explorer.start()
    mu, _ = gaussian(place, [-2.0, 0.3, 2.5])
    found = pulled(explorer, place, [("bead", list(row)) for row in mu])
    assert [changed["z"] for changed, _ in found] == pytest.approx([-2, 0.3, 2.5], abs=0.02)
    mu, _ = gaussian(place, 0.0)
    changed, at = pulled(explorer, place, [("mid", [0.5, -0.7])])[0]
    np.testing.assert_allclose(at, mu[0], atol=1e-9)
    moved = explorer.draw(**place | changed).arrays["knots"]
    np.testing.assert_allclose(moved[1], [0.5, -0.7], atol=1e-9)
    eight = place | {"curve": "figure eight", "z": 2.9}
    for z, wanted in ((2.9, 3), (0.1, 0)):  # at the crossing the hand stays on its branch
        changed, _ = pulled(explorer, eight | {"z": z}, [("bead", [0.0, 0.0])])[0]
        assert changed["z"] == pytest.approx(wanted, abs=0.05)


def test_the_challenges_can_be_met():
    check_challenges(explorer, WAYS)
    fewest = [explorer.draw(j=j).arrays["now"][0, 1] < 0.1 for j in range(20, 31)]
    assert fewest == [False] * 8 + [True] * 3


def test_the_pack_is_small():
    assert len(pack(explorer)) < 5_000
