"""The mixture on a line against scipy, by counting, and against the browser's evaluator in node."""

import re

import numpy as np
import pytest
from scipy.stats import kstest, norm

from tests.helpers.explorers import numbers, settings
from tests.helpers.hands import check_challenges
from tests.helpers.node import check_twins, scenes
from tests.helpers.pulls import pulled
from vaelib.teaching.explore.mixture import BIN, EDGE, LATEST, MOST, SKY, explorer
from vaelib.teaching.explore.pack import pack
from vaelib.teaching.explore.words import plain

PLACES = [explorer.start(), *settings(explorer), *settings(explorer, 25, explorer.controls)[-25:]]


RAIN = r" Of the samples k = (\d) made (\w+)( than)? its weight π\.$"


def mixture(parameters):
    """Weights, means and widths, (3,) each."""
    share, mean, width = (
        np.array([parameters[f"{name}{k}"] for k in (1, 2, 3)])
        for name in ("weight", "mean", "width")
    )
    return share / share.sum(), mean, width


def draw(parameters):
    return explorer.draw(**parameters)


def test_the_browser_draws_the_same_scenes():
    check_twins(explorer, PLACES)


def test_the_browser_rounds_the_same_where_two_roundings_are_as_near():
    """Equal Gaussians have r = π to a rounding error, and these shares make π = 0.125 and 0.625."""
    same = {f"{name}{k}": v for k in (1, 2, 3) for name, v in (("mean", 0.3), ("width", 0.7))}
    tie = explorer.start() | same | {"weight1": 1.5, "weight2": 4.5, "weight3": 6.0}
    ours = draw(tie)
    assert ours.more.count("0.13, 0.38, 0.50") == 2
    assert "Hard to say" in ours.sentence and "[k = 3](green)" in ours.sentence
    theirs = scenes(explorer, [tie])[0]
    assert (theirs.sentence, theirs.more) == (ours.sentence, ours.more)


def test_density_is_the_weighted_sum_and_its_logarithm():
    for parameters in PLACES:
        weights, mean, width = mixture(parameters)
        arrays = draw(parameters).arrays
        x = arrays["p"][:, 0]
        terms = weights * norm.pdf(x[:, None], mean, width)
        np.testing.assert_allclose(arrays["p"][:, 1], terms.sum(1), rtol=1e-9)
        np.testing.assert_allclose(arrays["log_p"][:, 1], np.log(terms.sum(1)), atol=1e-9)
        for k in range(3):
            around, height = arrays[f"term{k + 1}"].T
            bump = weights[k] * norm.pdf(around, mean[k], width[k])
            np.testing.assert_allclose(height, bump, rtol=1e-9)
            assert np.trapezoid(bump, around) == pytest.approx(weights[k], rel=1e-3)
            assert height[[0, -1]].max() < 0.003 * height.max()
            left, low, high = arrays[f"area{k + 1}"].T
            assert np.array_equal(left, around) and not low.any()
            assert np.array_equal(high, np.zeros_like(height) if parameters["n"] else height)
            (over, above), again = arrays[f"name{k + 1}"]
            assert (over, above) == tuple(again) and over == pytest.approx(mean[k])
            assert 0 < above - height.max() < 0.05
            np.testing.assert_allclose(
                arrays[f"log_term{k + 1}"],
                np.column_stack([x, np.log(weights[k]) + norm.logpdf(x, mean[k], width[k])]),
                rtol=1e-9,
            )
        inside = np.diff(norm.cdf([[-EDGE], [EDGE]], mean, width), axis=0)[0]
        assert np.trapezoid(arrays["p"][:, 1], x) == pytest.approx(weights @ inside, abs=1e-4)


def test_the_logarithm_is_at_most_log_3_above_the_highest_term():
    for parameters in PLACES:
        arrays = draw(parameters).arrays
        highest = np.max([arrays[f"log_term{k}"][:, 1] for k in (1, 2, 3)], axis=0)
        above = arrays["log_p"][:, 1] - highest
        assert above.min() > -1e-12 and above.max() < np.log(3) + 1e-12


def test_responsibilities_are_bayes_rule():
    for parameters in PLACES:
        weights, mean, width = mixture(parameters)
        arrays, x = draw(parameters).arrays, parameters["x"]
        terms = weights * norm.pdf(x, mean, width)
        np.testing.assert_allclose(arrays["resp"], terms / terms.sum(), atol=1e-12)
        np.testing.assert_allclose(arrays["p_there"], [[x, terms.sum()]], rtol=1e-9)
        np.testing.assert_allclose(arrays["log_p_there"], [[x, np.log(terms.sum())]], atol=1e-9)
        assert np.all(arrays["probe"][:, 0] == x) and np.all(arrays["log_probe"][:, 0] == x)


def samples(parameters):
    """k (n,) and x (n,), by the definition, one by one."""
    weights, mean, width = mixture(parameters)
    made_by, x = [], []
    for u, eps in explorer.fixed_arrays()["draws"][: int(parameters["n"])]:
        k = next(k for k, reached in enumerate([*np.cumsum(weights)[:2], 2]) if u < reached)
        made_by.append(k)
        x.append(mean[k] + width[k] * eps)
    return np.array(made_by, dtype=int), np.array(x)


def test_samples_are_of_the_mixture_and_of_the_component_said():
    draws = explorer.fixed_arrays()["draws"]
    assert np.array_equal(draws, draws.astype(np.float16)) and draws.shape == (MOST, 2)
    assert kstest(draws[:, 0], "uniform").pvalue > 0.05 < kstest(draws[:, 1], "norm").pvalue
    for parameters in PLACES[-8:]:
        weights, mean, width = mixture(parameters)
        made_by, x = samples(parameters | {"n": MOST})
        counts = np.bincount(made_by, minlength=3)
        assert np.all(abs(counts - MOST * weights) < 4 * np.sqrt(MOST * weights * (1 - weights)))
        x = np.sort(x)
        below = norm.cdf(x[:, None], mean, width) @ weights  # uniform, if x is of the mixture
        assert kstest(below, "uniform").pvalue > 1e-3


def test_each_sample_is_a_block_under_the_bump_of_its_maker():
    edges = np.linspace(-EDGE, EDGE, round(2 * EDGE / BIN) + 1)
    for parameters in PLACES[-10:]:
        arrays = draw(parameters).arrays
        made_by, x = samples(parameters)
        for k in range(3):
            lie = slice(landed(parameters))
            counts, _ = np.histogram(x[lie][made_by[lie] == k], edges)
            left, low, high = arrays[f"pile{k + 1}"][::2].T
            right, _, again = arrays[f"pile{k + 1}"][1::2].T
            assert np.array_equal(left, edges[:-1]) and np.array_equal(right, edges[1:])
            np.testing.assert_allclose(high * MOST * BIN, counts, atol=1e-9)
            assert np.array_equal(high, again) and not low.any()
            assert np.array_equal(arrays[f"rim{k + 1}"], arrays[f"pile{k + 1}"][:, ::2])


def landed(parameters):
    n = int(parameters["n"])
    return n - min(n, LATEST, MOST - n)


def test_the_latest_samples_fall_from_the_sky_to_their_pile():
    for parameters in [*PLACES[-10:], *(explorer.start() | {"n": n} for n in (1, 20, 990, MOST))]:
        arrays, at = draw(parameters).arrays, landed(parameters)
        made_by, x = samples(parameters)
        age = (len(x) - 1 - np.arange(len(x))) / LATEST
        for k in range(3):
            own = [i for i in range(at, len(x)) if made_by[i] == k]
            fall = arrays[f"falling{k + 1}"]
            np.testing.assert_allclose(fall[:, 0], x[own], rtol=1e-12)
            left, _, height = arrays[f"pile{k + 1}"][::2].T
            for i, y in zip(own, fall[:, 1], strict=True):
                ground = height[np.clip(np.searchsorted(left, x[i], "right") - 1, 0, None)]
                assert y == pytest.approx(SKY - (SKY - ground) * age[i] ** 2, abs=1e-9)
    assert not any(len(draw(parameters).arrays[f"falling{k}"]) for k in (1, 2, 3))


def test_a_thousand_samples_fill_the_bumps():
    for parameters in (explorer.start(), *PLACES[-5:]):
        arrays = draw(parameters | {"n": MOST}).arrays
        for k, weight in enumerate(mixture(parameters)[0], 1):
            area = arrays[f"pile{k}"][::2, 2].sum() * BIN
            assert area == pytest.approx(weight, abs=4 * (weight / MOST) ** 0.5)
    assert not any(explorer.draw().arrays[f"pile{k}"][:, 2].any() for k in (1, 2, 3))


def test_the_numbers_said_are_those_of_the_arrays():
    for parameters in PLACES:
        arrays, _, more = draw(parameters)
        log_p = arrays["log_p_there"][0, 1]
        said = re.search(r"p\(x\) = (under )?(0\.\d+), log p\(x\) = (\S+) nats", more)
        assert float(said[2]) == pytest.approx(np.exp(log_p), abs=0.001 if said[1] else 0.00051)
        assert numbers(said[3])[0] == pytest.approx(log_p, abs=0.0051)
        resp, weights = (numbers(re.search(rf"{name} ([^a-z]*)", more)[1])[:3]
                         for name in ("r =", "weights are"))  # fmt: skip
        assert resp == pytest.approx(arrays["resp"], abs=0.0051)
        assert weights == pytest.approx(mixture(parameters)[0], abs=0.0051)
        counts = np.bincount(samples(parameters)[0], minlength=3)
        n, *came = map(int, re.search(r"Of (\d+) samples (\d+), (\d+), (\d+) came", more).groups())
        assert came == counts.tolist() and n == int(parameters["n"])


def test_the_sentence_says_who_made_x_and_why():
    """With at most three numbers: r, with x or two distances in σ."""
    reasons = set()
    for parameters in [*PLACES, *settings(explorer, 150)[-150:]]:
        scene = draw(parameters)
        weights, mean, width = mixture(parameters)
        sentence, r = re.sub(RAIN, "", plain(scene.sentence)), scene.arrays["resp"]
        if abs(np.sort(r)[-2:] @ [-1, 1]) < 1e-6:
            continue
        said = numbers(re.sub(r"\bk = \d", "k", sentence))
        share = re.search(r"(over )?(0\.\d\d)(?!\d)", re.sub(r"x = \S+", "", sentence))
        assert float(share[2]) == pytest.approx(r.max(), abs=0.0101 if share[1] else 0.0051)
        far = abs(parameters["x"] - mean)
        best, near = r.argmax(), far.argmin()
        named = [int(k) - 1 for k in re.findall(r"\bk = (\d)", sentence)]
        if sentence.startswith("Nobody"):
            assert r.max() < 0.4 and not named
        elif sentence.startswith("Hard"):
            assert 0.39 < r.max() < 0.6 and named == [best]
        elif "stands nearest" in sentence:
            assert named == [best] == [near] and r.max() > 0.59
        else:
            assert named[:2] == [best, near] and best != near and r.max() > 0.59
            if "wider σ" in sentence:
                own = far / width
                assert named[2] == best and own[best] < own[near]
                assert said[1:] == pytest.approx([own[near], own[best]], abs=0.051)
                assert len(said) == 3 and said[1] > said[2]
                reasons.add("widths")
                continue
            else:
                assert (weights / width)[best] > (weights / width)[near]
        reasons.add(re.sub("first|second|third|[^a-z]", "", sentence))
    assert len(reasons) >= 5  # all branches were met


def test_the_sentence_says_whether_the_heaviest_made_its_share():
    for parameters in PLACES:
        found = re.search(RAIN, plain(draw(parameters).sentence))
        assert bool(found) == (parameters["n"] >= 1)
        if found:
            weights, k = mixture(parameters)[0], int(found[1]) - 1
            assert weights[k] == weights.max()
            by = np.mean(samples(parameters)[0] == k) - weights[k]
            assert {"more": by > 0.019, "less": by < -0.019, "about": abs(by) < 0.021}[found[2]]


def test_nothing_but_far_tails_and_the_tops_of_narrow_and_heavy_bumps_is_cut_off():
    density, logs = explorer.panels["density"], explorer.panels["log"]
    cut = []
    for parameters in PLACES:
        arrays = draw(parameters).arrays
        cut.append(arrays["p"][:, 1].max() > density.y.high)
        assert arrays["log_p"][:, 1].max() < logs.y.high
        assert arrays["p"][[0, -1], 1].max() < 0.03
    assert np.mean(cut) < 0.25
    for way in ({}, *(values for ways in WAYS.values() for values in ways)):
        assert explorer.draw(**way).arrays["p"][:, 1].max() < 0.8 * density.y.high


def test_the_widest_component_made_what_lies_far_to_either_side():
    """As the lesson says: at the start k = 2, though k = 1 and 3 have the nearer means."""
    assert explorer.draw().arrays["resp"][1] > 0.999
    assert explorer.draw(x=-3).arrays["resp"][0] > 0.95
    assert explorer.draw(x=-3.8).arrays["resp"][1] < 0.5 < explorer.draw(x=-3.9).arrays["resp"][1]
    for x in (-5, -7, 7):
        assert explorer.draw(x=x).arrays["resp"][1] > 0.999
    for x in (-4, -5, -7):
        assert explorer.draw(x=x, width2=0.5).arrays["resp"][0] > 0.999


def test_the_pack_is_small():
    assert len(pack(explorer)) < 12_000


WAYS = {
    "mixture-nobody": [
        {f"{name}{k}": v[k - 1] for k in (1, 2, 3) for name, v in (
            ("mean", (-1, 0, 1)), ("width", (1, 1, 1)), ("weight", (5, 3, 5)))} | {"x": 0}
    ],
    "mixture-hump": [
        {f"{name}{k}": v[k - 1] for k in (1, 2, 3) for name, v in (
            ("mean", (-2, 0, 2)), ("width", (1.5, 1.5, 1.5)), ("weight", (4, 4, 4)))}
    ],
    "mixture-tail": [{"weight2": 1.5}, {"x": 6, "weight2": 1.5}],
}  # fmt: skip


def test_the_challenges_can_be_met():
    check_challenges(explorer, WAYS)


def test_a_pull_at_a_bump_brings_it_there():
    """Its top to a place, its flank to an x: from wherever it stood."""
    for parameters in PLACES[-5:]:
        pulls = [("top2", [0.5, 0.1]), ("flank3", [parameters["mean3"] - 0.8, 0.05])]
        found = pulled(explorer, parameters, pulls)
        for (id, place), (changed, at) in zip(pulls, found, strict=True):
            k = int(id[-1])
            rows = draw(parameters).arrays[f"term{k}"]
            assert rows[35 if id[:3] == "top" else 45] == pytest.approx(at)
            if id[:3] == "top":
                parts = [(parameters | changed)[f"weight{j}"] for j in (1, 2, 3)]
                top = norm.pdf(0, 0, parameters[f"width{k}"]) * parts[k - 1] / sum(parts)
                assert (changed[f"mean{k}"], min(top, 0.1)) == pytest.approx(tuple(place))
            else:
                assert changed == {f"width{k}": pytest.approx(0.8)}


@pytest.mark.parametrize("wanted", [0.065, 0.2, 0.5, 0.76])
def test_a_top_stays_with_the_hand_beyond_its_own_parts(wanted):
    """The other two give or take in their ratio."""
    start = explorer.start()
    height = norm.pdf(0, 0, start["width1"])
    [(changed, _)] = pulled(explorer, start, [("top1", [-2, wanted * height])])
    parts = [(start | changed)[f"weight{k}"] for k in (1, 2, 3)]
    assert parts[0] / sum(parts) == pytest.approx(wanted)
    assert parts[1] / parts[2] == pytest.approx(start["weight2"] / start["weight3"])
    assert all(1 <= part <= 9 for part in parts)


def test_what_the_challenges_say():
    """Two equal Gaussians have one top up to two σ; a third of three is the least maximum."""
    x = np.linspace(-4, 4, 4001)
    for apart, tops in ((1.9, 1), (2.1, 2)):
        p = norm.pdf(x, -apart / 2) + norm.pdf(x, apart / 2)
        assert sum((p[1:-1] > p[:-2]) & (p[1:-1] >= p[2:])) == tops


def test_a_value_out_of_range_is_named():
    for name, control in explorer.controls.items():
        with pytest.raises(ValueError, match=f"^{name}: "):
            explorer.draw(**{name: control.values[-1] + 1})
