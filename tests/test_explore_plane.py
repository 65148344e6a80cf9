"""The mixture on a plane: scipy, counting, and the browser's evaluator in node."""

import re

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import kstest, multivariate_normal

from tests.helpers.explorers import numbers, settings
from tests.helpers.hands import check_challenges
from tests.helpers.node import call, check_twins
from tests.helpers.pulls import pulled
from vaelib.teaching.explore.pack import pack
from vaelib.teaching.explore.plane import EDGE, MOST, NODES, PIXELS, explorer
from vaelib.teaching.explore.words import plain

K = (1, 2, 3)
CROSSED = {  # two long ones that cross away from their middles, and a third far off
    **{"across1": 0.0, "up1": -1.5, "first1": 1.9, "second1": 0.3, "turn1": 0, "weight1": 4},
    **{"across2": -1.5, "up2": 0.0, "first2": 1.9, "second2": 0.3, "turn2": 90, "weight2": 4},
    **{"across3": 2.2, "up3": 2.2, "first3": 0.7, "second3": 0.7, "turn3": 0, "weight3": 2},
}
PLACES = [explorer.start(), explorer.start() | CROSSED, *settings(explorer, 12)[::6]]
PLACES += settings(explorer, 8, set(explorer.controls) - {"n"})[-8:]


def draw(parameters):
    return explorer.draw(**parameters)


def mixture(parameters):
    """Weights (3,), and scipy's Gaussians."""
    share = np.array([parameters[f"weight{k}"] for k in K])
    gaussians = []
    for k in K:
        angle = np.radians(parameters[f"turn{k}"])
        one, other = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        cov = sum(parameters[f"{axis}{k}"] ** 2 * np.outer(e, e)
                  for axis, e in (("first", one), ("second", other)))  # fmt: skip
        gaussians.append(multivariate_normal([parameters[f"across{k}"], parameters[f"up{k}"]], cov))
    return share / share.sum(), gaussians


def terms(parameters, x):
    """log π_k N(x | μ_k, Σ_k), x (…, 2) → (…, 3)."""
    weights, gaussians = mixture(parameters)
    each = zip(weights, gaussians, strict=True)
    return np.stack([np.log(w) + gaussian.logpdf(x) for w, gaussian in each], axis=-1)


def log_p(parameters, x):
    return np.logaddexp.reduce(terms(parameters, x), axis=-1)


def test_the_browser_draws_the_same_scenes():
    check_twins(explorer, PLACES, 1e-8)


def test_the_shade_is_the_square_root_of_the_density():
    along = (np.arange(PIXELS) + 0.5) * 2 * EDGE / PIXELS - EDGE
    x = np.stack(np.meshgrid(along, along[::-1]), axis=-1)
    for parameters in PLACES:
        p = np.exp(log_p(parameters, x))
        shade = draw(parameters).arrays["p"].astype(float)
        np.testing.assert_allclose(shade, 255 * np.sqrt(p / p.max()), atol=0.501)


def test_responsibilities_and_the_level_are_those_of_scipy():
    for parameters in PLACES:
        x, arrays = np.array([parameters["x1"], parameters["x2"]]), draw(parameters).arrays
        there = terms(parameters, x)
        for i, k in enumerate(K):
            after, before = arrays[f"after{k}"], arrays[f"before{k}"]
            assert after[:, 2] == pytest.approx(np.exp(there[i] - np.logaddexp.reduce(there)))
            assert after[:, 0].mean() == before[:, 0].mean() == pytest.approx(k)
            assert before[:, 1] == pytest.approx(mixture(parameters)[0][i])
            assert not after[:, 1].any()
            along = arrays[f"log_term{k}"][:, 0]
            level = np.column_stack([along, np.full_like(along, x[1])])
            np.testing.assert_allclose(arrays[f"log_term{k}"][:, 1], terms(parameters, level)[:, i])
            np.testing.assert_allclose(arrays["log_p"][:, 1], log_p(parameters, level))
        np.testing.assert_allclose(arrays["log_p_there"], [[x[0], log_p(parameters, x)]])
        assert np.array_equal(arrays["x"], [x]) and np.all(arrays["level"][:, 1] == x[1])


def test_ellipses_are_one_and_two_standard_deviations_from_the_mean():
    for parameters in PLACES:
        arrays = draw(parameters).arrays
        for k, gaussian in zip(K, mixture(parameters)[1], strict=True):
            for size, ellipse in zip((2, 1), arrays[f"ellipse{k}"], strict=True):
                gaps = ellipse - gaussian.mean
                far = np.einsum("ni,ij,nj->n", gaps, np.linalg.inv(gaussian.cov), gaps)
                np.testing.assert_allclose(far, size**2, rtol=1e-9)
                np.testing.assert_allclose(ellipse[0], ellipse[-1], atol=1e-12)


def test_borders_are_where_the_two_likeliest_are_as_likely():
    """Each end of a border, but for those around a place where three meet; and between any two
    neighbours that do not agree there is one."""
    step = 2 * EDGE / (NODES - 1)
    along = np.arange(NODES) * step - EDGE
    nodes = np.stack(np.meshgrid(along, along), axis=-1)
    for parameters in PLACES:
        ends = draw(parameters).arrays["borders"].reshape(-1, 2)
        if len(ends):
            at = np.sort(terms(parameters, ends))
            steep = max(np.linalg.norm(np.linalg.inv(g.cov), 2) for g in mixture(parameters)[1])
            alike = at[:, 2] - at[:, 1] < steep * step**2
            assert np.all(alike | (at[:, 2] - at[:, 0] < steep * 2 * EDGE * step))
            assert alike.mean() > 0.9
        likeliest = terms(parameters, nodes).argmax(-1)
        rows, columns = np.nonzero(likeliest[:, 1:] != likeliest[:, :-1])
        for row, column in list(zip(rows, columns, strict=True))[::7]:
            middle = nodes[row, column] + [step / 2, 0]
            assert np.hypot(*(ends - middle).T).min() < 1.5 * step


def test_tops_are_all_the_tops():
    """Each is a maximum, and from twelve starts scipy climbs to no other."""
    random = np.random.default_rng(0)
    for parameters in PLACES[:4]:
        tops = draw(parameters).arrays["tops"]
        _, gaussians = mixture(parameters)
        starts = [*(g.mean for g in gaussians), *random.uniform(-3, 3, (9, 2))]
        for start in starts:
            end = minimize(lambda x, p=parameters: -log_p(p, x), start, tol=1e-10).x
            around = end + 0.02 * np.array([[1, 0], [-1, 0], [0, 1], [0, -1]])
            if log_p(parameters, around).max() < log_p(parameters, end) and abs(end).max() < EDGE:
                assert np.hypot(*(tops - end).T).min() < 0.05
        for top in tops:
            angles = np.linspace(0, 2 * np.pi, 16)
            ring = top + 0.02 * np.column_stack([np.cos(angles), np.sin(angles)])
            assert log_p(parameters, ring).max() < log_p(parameters, top)


def test_three_gaussians_may_have_four_tops():
    assert len(explorer.draw().arrays["tops"]) == 3
    scene = explorer.draw(**CROSSED)
    assert len(scene.arrays["tops"]) == 4
    assert scene.sentence.startswith("Three Gaussians, and four tops! ")
    own = [[-1.5, -1.5], *([CROSSED[f"across{k}"], CROSSED[f"up{k}"]] for k in K)]
    for place in own:
        assert np.hypot(*(scene.arrays["tops"] - place).T).min() < 0.25


def test_samples_are_of_the_component_said():
    draws = explorer.fixed_arrays()["draws"]
    assert np.array_equal(draws, draws.astype(np.float16)) and draws.shape == (MOST, 3)
    assert kstest(draws[:, 0], "uniform").pvalue > 0.05
    assert all(kstest(draws[:, i], "norm").pvalue > 0.05 for i in (1, 2))
    for parameters in PLACES[-4:]:
        weights, gaussians = mixture(parameters)
        arrays = draw(parameters | {"n": MOST}).arrays
        counts = np.array([len(arrays[f"samples{k}"]) for k in K])
        assert counts.sum() == MOST
        assert np.all(abs(counts - MOST * weights) < 4 * np.sqrt(MOST * weights * (1 - weights)))
        for k, gaussian in zip(K, gaussians, strict=True):
            gaps = arrays[f"samples{k}"] - gaussian.mean
            far = np.einsum("ni,ij,nj->n", gaps, np.linalg.inv(gaussian.cov), gaps)
            assert kstest(far, "chi2", args=(2,)).pvalue > 1e-3
        few = draw(parameters | {"n": 7}).arrays
        assert sum(len(few[f"samples{k}"]) for k in K) == 7


def test_the_words_are_true():
    for parameters in PLACES:
        scene = draw(parameters)
        x = np.array([parameters["x1"], parameters["x2"]])
        r = np.exp(terms(parameters, x) - log_p(parameters, x))
        gaps = [x - g.mean for g in mixture(parameters)[1]]
        far = [np.hypot(*gap) for gap in gaps]
        own = [np.sqrt(gap @ np.linalg.inv(g.cov) @ gap)
               for gap, g in zip(gaps, mixture(parameters)[1], strict=True)]  # fmt: skip
        said = {name: numbers(re.search(rf"{name} ([^a-z]*)", scene.more)[1])[:3]
                for name in ("r =", "weights are", "the distances", "that direction")}  # fmt: skip
        for name, values in zip(said, (r, mixture(parameters)[0], far, own), strict=True):
            assert said[name] == pytest.approx(values, abs=0.0051)
        assert f"{len(scene.arrays['tops'])} tops" in scene.more
        assert ("its maker's colour" in scene.sentence) == (parameters["n"] >= 1)
        words = plain(scene.sentence)
        one, two, three = numbers(re.sub(r"\bk = \d", "k", words))
        if "wider σ" in words:
            share, wanted = one, [own[np.argmin(far)], own[r.argmax()]]
            assert (two, three) == pytest.approx(wanted, abs=0.051) and two > three
        else:
            share = three
            assert (one, two) == pytest.approx(x, abs=0.0051)
        assert share == pytest.approx(r.max(), abs=0.0101)


def test_the_first_look():
    """The long one made x, though another one stands nearer; no two have one shape."""
    r = [explorer.draw().arrays[f"after{k}"][0, 2] for k in K]
    assert r[1] > 0.9
    assert "[k = 2](accent) made x" in explorer.draw().sentence
    assert "though [k = 1](blue) stands nearer" in explorer.draw().sentence


def test_the_pack_is_small():
    assert len(pack(explorer)) < 14_000


WAYS = {
    "plane-tops": [CROSSED],
    "plane-straight": [{"first3": 0.65, "second3": 0.55, "turn3": -157, "weight3": 1.5}],
    "plane-corners": [{"first1": 2.5, "second1": 2.5}, {
        "first1": 2.5, "second1": 2.5, "first2": 0.5, "first3": 0.5, "second3": 0.5,
    }],
}  # fmt: skip


def test_the_challenges_can_be_met():
    check_challenges(explorer, WAYS)


def test_equal_shapes_have_a_straight_border():
    shape = {"first": 1.2, "second": 0.5, "turn": 30}
    shape = {f"{name}{k}": value for name, value in shape.items() for k in K}
    lines = explorer.draw(**shape).arrays["borders"]
    terms_at = terms(explorer.start() | shape, lines[:, 0])
    for pair in ((0, 1), (0, 2), (1, 2)):
        own = lines[abs(terms_at[:, pair[0]] - terms_at[:, pair[1]]) < 1e-6].reshape(-1, 2)
        _, spread, _ = np.linalg.svd(own - own.mean(0), full_matrices=False)
        assert len(own) < 4 or spread[1] < 1e-6 * spread[0]


def test_the_corners_are_those_of_the_picture():
    found = np.array(call("plane.js", "corners", PLACES))
    places = [(x, y) for x in (-EDGE, EDGE) for y in (-EDGE, EDGE)]
    for parameters, corners in zip(PLACES, found, strict=True):
        at = terms(parameters, np.array(places))
        np.testing.assert_allclose(
            corners, np.exp(at - np.logaddexp.reduce(at, axis=1)[:, None]), atol=1e-9
        )


def test_a_pull_brings_a_grip_to_the_hand():
    def shown(width):
        """How far an axis' grip is from the middle: no two grips of the thinnest overlap."""
        return np.hypot(width, 0.4)

    assert shown(explorer.controls["first1"].values[0]) * 320 / (2 * EDGE) > 18  # pixels
    for parameters in PLACES[:5]:
        mean = np.array([parameters["across2"], parameters["up2"]])
        ends = (mean + [0.8, -0.7]).tolist(), (mean + [-0.5, -1.1]).tolist()
        pulls = [("first2", ends[0]), ("second2", ends[1]), ("weight3", [3, 0.4])]
        *axes, (changed, at) = pulled(explorer, parameters, pulls)
        others = parameters["weight1"] + parameters["weight2"]
        assert changed["weight3"] / (changed["weight3"] + others) == pytest.approx(0.4)
        assert at == pytest.approx([3, mixture(parameters)[0][2]])
        for (id, place), (changed, at) in zip(pulls, axes, strict=False):
            assert np.hypot(*(np.array(at) - mean)) == pytest.approx(shown(parameters[id]))
            angle = np.radians(changed["turn2"] + 90 * (id == "second2"))
            end = mean + shown(changed[id]) * np.array([np.cos(angle), np.sin(angle)])
            assert end == pytest.approx(place) and -180 <= changed["turn2"] <= 180
