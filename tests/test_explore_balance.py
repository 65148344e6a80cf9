"""Balance the bound: Gauss–Legendre sums over the networks written in NumPy against the scenes."""

import json
import math

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import norm

from tests.helpers.explorers import numbers, settings
from tests.helpers.hands import check_challenges
from tests.helpers.hands import plain as plain_array
from tests.helpers.node import check_twins, node
from vaelib.checkpoints import load as load_checkpoint
from vaelib.data.crescent import crescent
from vaelib.teaching.explore import load
from vaelib.teaching.explore.balance import DEPTH, EDGE
from vaelib.teaching.explore.files import checkpoint, hand
from vaelib.teaching.explore.pack import pack
from vaelib.teaching.explore.words import plain

explorer = load("balance")
POINTS = explorer.controls["point"].values
WIDTHS = explorer.controls["width"].values
SAVED = load_checkpoint(checkpoint("balance.pt"))
X = dict(zip(POINTS, [[-1, 0.1], *SAVED["x"].numpy()[[3, 2]]], strict=True))
NEAR = {
    "two peaks": {"mean": 1.2, "width": 0.507},
    "one peak": {"mean": 1.6, "width": 0.507},
    "lopsided": {"mean": -1.6, "width": 0.507},
}
NODES, WEIGHTS = np.polynomial.legendre.leggauss(12)
WAYS = {
    "balance-peaks": [{"mean": -2.7, "width": 0.202}, {"mean": 2.85, "width": 0.173}],
    "balance-half": [
        {"point": "lopsided", "mean": -2.1, "width": 0.18},
        {"point": "lopsided", "mean": -2.1, "width": 0.436},
    ],
    "balance-network": [
        {"point": "one peak", "mean": 1.75, "width": 0.186},
        {"point": "one peak", "mean": 2.25, "width": 0.274},
    ],
}


def integrate(f, low, high, panels=200):
    edges = np.linspace(low, high, panels + 1)
    half = (high - low) / panels / 2
    z = (edges[:-1, None] + half + half * NODES).ravel()
    return half * np.tile(WEIGHTS, panels) @ f(z)


def network(part, inputs):
    """Two hidden layers of SiLU, (n, inputs) → two halves of the outputs."""
    weights = {name: tensor.numpy() for name, tensor in SAVED["model"].items()}
    h = inputs
    for k in (0, 2, 4):
        h = h @ weights[f"{part}.net.{k}.weight"].T + weights[f"{part}.net.{k}.bias"]
        h = h / (1 + np.exp(-h)) if k < 4 else h
    return np.split(h, 2, axis=1)


def log_joint(x):
    def f(z):
        mu, logvar = network("decoder", z[:, None])
        return norm.logpdf(z) + norm.logpdf(x, mu, np.exp(logvar / 2)).sum(1)

    return f


def posterior(x):
    """log p(x), mean and standard deviation of p(z|x), and log p(z|x)."""
    joint = log_joint(x)
    log_px = math.log(integrate(lambda z: np.exp(joint(z)), -8, 8))
    p = lambda z: np.exp(joint(z) - log_px)  # noqa: E731
    mean = integrate(lambda z: z * p(z), -8, 8)
    std = integrate(lambda z: (z - mean) ** 2 * p(z), -8, 8) ** 0.5
    return log_px, mean, std, lambda z: joint(z) - log_px


PLACES = [explorer.start(), *settings(explorer, between=("mean", "width"))]
EXACT = {point: posterior(x) for point, x in X.items()}


def draw(place):
    return explorer.draw(**place)


def kl_of(point, m, std):
    q, log_p = norm(m, std), EXACT[point][3]
    ends = m - 9 * std, m + 9 * std
    return integrate(lambda z: q.pdf(z) * (q.logpdf(z) - log_p(z)), *ends, 60)


def shown_kl(arrays):
    return arrays["lost"][0, 2] - arrays["lost"][0, 1]


def test_the_browser_draws_the_same_scenes():
    check_twins(explorer, PLACES)


def test_the_glass_holds_l_below_the_kl_and_they_make_log_px():
    for place in PLACES:
        arrays, sentence, _ = draw(place)
        point, m, std = place.values()
        log_px, kl = EXACT[point][0], kl_of(point, m, std)
        q, joint = norm(m, std), log_joint(X[point])
        lower = integrate(
            lambda z, q=q, joint=joint: q.pdf(z) * (joint(z) - q.logpdf(z)),
            m - 9 * std, m + 9 * std, 60,
        )  # fmt: skip
        assert lower + kl == pytest.approx(log_px, abs=1e-6) and kl >= 0
        assert shown_kl(arrays) == pytest.approx(kl, rel=1e-4, abs=1e-5)
        assert (arrays["lost"][:, 2] == 0).all() and (arrays["filled"][:, 1] <= -DEPTH).all()
        np.testing.assert_array_equal(arrays["filled"][:, 2], arrays["lost"][:, 1])
        np.testing.assert_array_equal(arrays["here"], [[m, arrays["lost"][0, 1]]])
        said = numbers(plain(sentence))
        np.testing.assert_allclose(said[1:], [log_px, lower], atol=0.0151, rtol=1e-4)
        assert said[1] == pytest.approx(said[2] + said[0], abs=1e-9)  # as printed, too


def test_log_px_stands_still():
    for point in POINTS:
        scenes_ = [explorer.draw(point=point, mean=m, width=w) for m in (-3, 1) for w in (0.2, 2)]
        assert len({numbers(plain(sentence))[1] for _, sentence, _ in scenes_}) == 1


def test_the_glass_is_linear_and_an_arrow_says_where_l_lies_deeper():
    y = explorer.panels["glass"].y
    assert (y.low, y.log) == (-DEPTH, False)
    found = set()
    for place in PLACES:
        arrays = draw(place).arrays
        deep = shown_kl(arrays) > DEPTH
        assert len(arrays["deeper"]) == (3 if deep else 0)
        if deep:
            assert arrays["deeper"][1, 0] == place["mean"]
            assert (arrays["deeper"][:, 1] > y.low).all()
        found.add(deep)
    assert found == {True, False}


def test_best_gaussian_and_the_networks_q_wait_to_be_asked_for():
    asked = {name for name, mark in explorer.marks.items() if mark.asked}
    assert asked == {"best", "best_level", "network", "network_level"}


def runs(content):
    """For each place: where a new x puts q, and all q to which L climbs from there."""
    script = (
        f'const {{ run, along }} = await import("{hand("balance")}");'
        'const { places, fixed } = JSON.parse((await import("node:fs")).readFileSync(0));'
        "const climb = (p) => { const way = []; for (let q = p; q; q = run.next(q, fixed))"
        " way.push((q = { ...p, ...q })); return way; };"
        "console.log(JSON.stringify(places.map((p) => [along(p), climb(p)])));"
    )
    return json.loads(node("--input-type=module", "--eval", script, content=content))


def test_play_climbs_in_every_step_and_ends_on_a_top():
    fixed = {name: plain_array(array) for name, array in explorer.fixed_arrays().items()}
    near = [explorer.start(), *({"point": point} | NEAR[point] for point in POINTS[1:])]
    places = [
        *near,
        explorer.start() | {"mean": -1.2},
        explorer.start() | {"mean": 4, "width": 2.4},
    ]
    found = runs({"places": places, "fixed": fixed})
    ends = {}
    for place, (put, way) in zip(places, found, strict=True):
        assert put == NEAR[place["point"]]
        kls = [shown_kl(draw(q).arrays) for q in way]
        assert len(way) > 5 and (np.diff(kls) < 0).all()
        for q in way:
            assert all(explorer.controls[k].values.count(q[k]) for k in ("mean", "width")), q
        ends[place["point"], place["mean"]] = kls[-1]
        best = -draw(way[-1]).arrays["best_level"][0, 1]
        assert kls[-1] < best + (0.45 if way[-1]["mean"] < 0 and best > 0.3 else 0.01)
    assert ends["two peaks", 1.2] < 0.6 < ends["two peaks", -1.2] < 1


def test_a_new_x_finds_q_near_its_posterior_not_on_it():
    for point in POINTS[1:]:
        kl = kl_of(point, *NEAR[point].values())
        assert 5 < kl < 15, (point, kl)


@pytest.mark.parametrize("point", POINTS)
def test_no_other_gaussian_loses_less_than_the_best(point):
    arrays = explorer.draw(point=point).arrays
    best = arrays["best"]
    m, std = best[40, 0], (best[80, 0] - best[0, 0]) / 8
    least = kl_of(point, m, std)
    np.testing.assert_allclose(-arrays["best_level"][:, 1], least, atol=1e-5)
    for start in ([-2.5, 0.3], [2.5, 0.3], [0, 2]):
        found = minimize(
            lambda k: kl_of(point, k[0], math.exp(k[1])),
            [start[0], math.log(start[1])],
            method="Nelder-Mead",
        )
        assert least < found.fun + 1e-5
    for width in WIDTHS[::20]:
        hill = explorer.draw(point=point, width=width).arrays["hill"]
        assert hill[:, 1].max() <= -least + 1e-6
        m = hill[31, 0]
        assert -hill[31, 1] == pytest.approx(kl_of(point, m, width), rel=1e-4, abs=1e-5)


def test_the_networks_q_is_the_encoders():
    m, logvar = network("encoder", np.array(list(X.values())))
    for i, point in enumerate(POINTS):
        arrays = explorer.draw(point=point).arrays
        std = math.exp(logvar[i, 0] / 2)
        assert arrays["network"][40, 0] == pytest.approx(m[i, 0], abs=1e-6)
        assert arrays["network"][40, 1] == pytest.approx(norm.pdf(0) / std, rel=1e-6)
        lost = kl_of(point, m[i, 0], std)
        np.testing.assert_allclose(-arrays["network_level"][:, 1], lost, rtol=1e-4)


def test_the_points_are_what_they_are_called():
    peaks = {}
    for point, (_, _, _, log_p) in EXACT.items():
        p = log_p(np.linspace(-6, 6, 1201))
        peaks[point] = ((p[1:-1] > p[:-2]) & (p[1:-1] > p[2:]) & (p[1:-1] > p.max() - 3)).sum()
    assert peaks == {"two peaks": 2, "one peak": 1, "lopsided": 1}
    x_test = crescent(2000, random_state=1)[0][:200].numpy()
    assert all((x_test == X[point]).all(1).any() for point in POINTS[1:])
    one, lopsided = (explorer.draw(point=point).arrays for point in POINTS[1:])
    least = -one["best_level"][0, 1], -lopsided["best_level"][0, 1]
    assert least[0] < 0.03 and least[1] == pytest.approx(0.17, abs=0.005)
    assert -one["network_level"][0, 1] == pytest.approx(2.02, abs=0.01)


def test_a_peak_costs_the_log_of_its_share_and_covering_both_more_than_forty():
    _, mean, std, log_p = EXACT["two peaks"]
    right = integrate(lambda z: np.exp(log_p(z)), 0, 8)
    assert right == pytest.approx(0.6, abs=0.005)
    for m, share, below in ((-2.7, 1 - right, 0.93), (2.874, right, 0.51)):
        kls = [kl_of("two peaks", m, width) for width in WIDTHS]
        assert -math.log(share) < min(kls) < -math.log(share) + 0.02 and min(kls) < below + 0.01
    for m in np.linspace(-4, 4, 33):
        for width in WIDTHS[60::6]:  # narrower ones do not reach so far
            if 0.1 < norm.cdf(m / width) < 0.9:
                assert kl_of("two peaks", m, width) > 40
    assert kl_of("two peaks", mean, std) > 50


def test_too_wide_costs_more_than_too_narrow():
    for point, m, std in (("one peak", 2.25, 0.276), ("lopsided", -2.1, 0.316)):
        narrow, wide = (kl_of(point, m, std * f) for f in (0.5, 2))
        assert narrow < 0.7 < 0.9 < wide
    way = [kl_of(*each.values()) for each in WAYS["balance-half"]]
    np.testing.assert_allclose(way, 0.5, atol=0.05)
    assert 0.316 / 0.18 > 1.7 and 0.436 / 0.316 < 1.4


def test_densities_are_those_of_scipy_and_fit_the_picture():
    for place in PLACES:
        arrays = draw(place).arrays
        z, p = arrays["posterior"].T
        np.testing.assert_allclose(p, np.exp(EXACT[place["point"]][3](z)), rtol=1e-4, atol=1e-9)
        assert (z[0], z[-1]) == (-EDGE, EDGE) and np.trapezoid(p, z) == pytest.approx(1, abs=0.01)
        np.testing.assert_allclose(
            arrays["q"][:, 1], norm.pdf(arrays["q"][:, 0], place["mean"], place["width"])
        )
        highest = max(arrays[name][:, 1].max() for name in ("posterior", "q", "best", "network"))
        assert highest < explorer.panels["line"].y.high


def test_ten_likely_z_each_stand_for_a_tenth_of_the_posterior():
    for point, x in X.items():
        arrays = explorer.draw(point=point).arrays
        np.testing.assert_allclose(arrays["threads"][:, 0], np.tile(x, (10, 1)), atol=1e-7)
        np.testing.assert_array_equal(arrays["threads"][:, 1], arrays["likely"])
        z = np.linspace(-7, 7, 14001)
        reached = np.cumsum(np.exp(EXACT[point][3](z))) * 1e-3
        wanted, _ = network("decoder", np.interp(np.arange(0.05, 1, 0.1), reached, z)[:, None])
        np.testing.assert_allclose(arrays["likely"], wanted, atol=0.02)
    m, std = 1.0, 0.5
    along, _ = network("decoder", (m + std * np.linspace(-2, 2, 81))[:, None])
    stretch = explorer.draw(mean=m, width=std).arrays["stretch"]
    np.testing.assert_allclose(stretch, along, atol=1e-5)


def test_the_other_numbers_are_those_of_the_pictures():
    for place in PLACES:
        arrays, _, more = draw(place)
        point, m, std = place.values()
        log_px, mean, spread, _ = EXACT[point]
        price = (std**2 + m**2 - 1) / 2 - math.log(std)  # (5.6)
        fit = log_px - shown_kl(arrays) + price
        best = arrays["best"]
        own = [best[40, 0], (best[80, 0] - best[0, 0]) / 8, -arrays["best_level"][0, 1]]
        wanted = [*X[point], m, std, mean, spread, fit, price, *own, -arrays["network_level"][0, 1]]
        np.testing.assert_allclose(numbers(more), wanted, atol=5.1e-3)


def test_what_the_words_say_of_q():
    said = {
        "reaches for both": {"mean": 0.0, "width": 2.0},
        "in the empty middle": {"mean": 0.1, "width": 0.3},
        "taken the heavier peak": {"mean": 2.85, "width": 0.175},
        "taken the lighter peak": {"mean": -2.7, "width": 0.2},
        "not well on it": {"mean": 3.6, "width": 0.175},
        "as little as a Gaussian can": {"point": "one peak", "mean": 2.25, "width": 0.276},
        "beside": {"point": "one peak", "mean": 0.0, "width": 0.276},
        "too wide": {"point": "lopsided", "mean": -2.1, "width": 0.6},
        "too narrow": {"point": "lopsided", "mean": -2.1, "width": 0.15},
        "almost right": {"point": "lopsided", "mean": -2.3, "width": 0.316},
    }
    for words, place in said.items():
        assert words in explorer.draw(**place).sentence


def test_the_challenges_can_be_met():
    check_challenges(explorer, WAYS)


def test_no_scene_is_packed():
    assert len(pack(explorer)) < 12_000
