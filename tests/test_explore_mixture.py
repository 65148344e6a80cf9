"""The mixture on a line against scipy, by counting, and against the browser's evaluator in node."""

import re

import numpy as np
import pytest
from scipy.stats import kstest, norm

from tests.helpers.explorers import settings
from tests.helpers.node import scenes
from vaelib.teaching.explore.mixture import BIN, EDGE, explorer
from vaelib.teaching.explore.pack import grid, pack

PLACES = [explorer.start(), *settings(explorer), *settings(explorer, 25, explorer.controls)[-25:]]


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
    for parameters, theirs in zip(PLACES, scenes(explorer, PLACES), strict=True):
        ours = draw(parameters)
        assert theirs.sentence == ours.sentence
        assert set(theirs.arrays) == set(ours.arrays)
        for name, array in ours.arrays.items():
            np.testing.assert_allclose(
                theirs.arrays[name], array, rtol=1e-9, atol=1e-9, err_msg=name, strict=True
            )


def test_the_browser_rounds_the_same_where_two_roundings_are_as_near():
    """Equal Gaussians have r = π to a rounding error, and these shares make π = 0.125 and 0.625."""
    same = {f"{name}{k}": v for k in (1, 2, 3) for name, v in (("mean", 0.3), ("width", 0.7))}
    tie = explorer.start() | same | {"weight1": 0.1, "weight2": 0.2, "weight3": 0.5}
    ours = draw(tie).sentence
    assert ours.count("0.13, 0.25, 0.63") == 2
    assert scenes(explorer, [tie])[0].sentence == ours


def test_density_is_the_weighted_sum_and_its_logarithm():
    for parameters in PLACES:
        weights, mean, width = mixture(parameters)
        arrays = draw(parameters).arrays
        x = arrays["p"][:, 0]
        terms = weights * norm.pdf(x[:, None], mean, width)
        np.testing.assert_allclose(arrays["p"][:, 1], terms.sum(1), rtol=1e-9)
        np.testing.assert_allclose(arrays["log_p"][:, 1], np.log(terms.sum(1)), atol=1e-9)
        for k in range(3):
            shown = arrays[f"term{k + 1}"], arrays[f"log_term{k + 1}"]
            np.testing.assert_allclose(shown[0][:, 1], terms[:, k], rtol=1e-9)
            np.testing.assert_allclose(
                shown[1][:, 1], np.log(weights[k]) + norm.logpdf(x, mean[k], width[k]), rtol=1e-9
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


def test_samples_are_of_the_mixture_and_of_the_component_said():
    draws = explorer.fixed_arrays()["draws"]
    assert np.array_equal(draws, draws.astype(np.float16)) and draws.shape == (1000, 2)
    assert kstest(draws[:, 0], "uniform").pvalue > 0.05 < kstest(draws[:, 1], "norm").pvalue
    for parameters in PLACES[-8:]:
        weights, mean, width = mixture(parameters)
        arrays = draw(parameters | {"n": 1000}).arrays
        own = [arrays[f"samples{k}"][:, 0] for k in (1, 2, 3)]
        counts = np.array([len(x) for x in own])
        assert counts.sum() == 1000
        assert np.all(abs(counts - 1000 * weights) < 4 * np.sqrt(1000 * weights * (1 - weights)))
        for x, m, s in zip(own, mean, width, strict=True):
            assert kstest(x, norm(m, s).cdf).pvalue > 1e-3
        x = np.sort(np.concatenate(own))
        below = norm.cdf(x[:, None], mean, width) @ weights  # uniform, if x is of the mixture
        assert kstest(below, "uniform").pvalue > 1e-3


def test_more_samples_keep_those_that_were_there():
    few, more = (draw(explorer.start() | {"n": n}).arrays for n in (7, 50))
    for k in (1, 2, 3):
        name = f"samples{k}"
        assert np.array_equal(few[name], more[name][: len(few[name])])
    assert sum(len(few[f"samples{k}"]) for k in (1, 2, 3)) == 7


def test_the_histogram_counts_all_samples():
    for parameters in PLACES[-10:]:
        arrays = draw(parameters).arrays
        x = np.concatenate([arrays[f"samples{k}"][:, 0] for k in (1, 2, 3)])
        edges = np.linspace(-EDGE, EDGE, round(2 * EDGE / BIN) + 1)
        counts, _ = np.histogram(x, edges)
        left, low, high = arrays["histogram"][::2].T
        right, _, again = arrays["histogram"][1::2].T
        assert np.array_equal(left, edges[:-1]) and np.array_equal(right, edges[1:])
        np.testing.assert_allclose(high * max(len(x), 1) * BIN, counts, atol=1e-9)
        assert np.array_equal(high, again) and not low.any()


def test_the_sentence_says_what_the_arrays_hold():
    for parameters in PLACES:
        arrays, sentence = draw(parameters)
        said = [float(v.replace("−", "-")) for v in re.findall(r"−?\d+\.\d+", sentence)]
        x, p, log_p, *rest = said
        assert x == pytest.approx(parameters["x"], abs=0.051)
        assert p == pytest.approx(arrays["p_there"][0, 1], abs=0.00051)
        assert log_p == pytest.approx(arrays["log_p_there"][0, 1], abs=0.0051)
        assert rest[:3] == pytest.approx(arrays["resp"], abs=0.0051)
        assert rest[3:] == pytest.approx(mixture(parameters)[0], abs=0.0051)
        counts = [len(arrays[f"samples{k}"]) for k in (1, 2, 3)]
        n, *came = map(
            int, re.search(r"Of (\d+) samples (\d+), (\d+), (\d+) came", sentence).groups()
        )
        assert came == counts and n == sum(counts) == int(parameters["n"])


def test_nothing_but_far_tails_is_cut_off():
    density, logs = explorer.panels["density"], explorer.panels["log"]
    for parameters in PLACES:
        arrays = draw(parameters).arrays
        assert (
            arrays["p"][:, 1].max() < density.y.high and arrays["log_p"][:, 1].max() < logs.y.high
        )
        assert arrays["p"][[0, -1], 1].max() < 0.01


def test_the_widest_component_made_what_lies_far_to_either_side():
    """As the lesson says: at the start k = 2, though k = 1 and 3 have the nearer means."""
    assert explorer.draw().arrays["resp"][0] > 0.95
    assert explorer.draw(x=-3.8).arrays["resp"][1] < 0.5 < explorer.draw(x=-3.9).arrays["resp"][1]
    for x in (-5, -7, 7):
        assert explorer.draw(x=x).arrays["resp"][1] > 0.999
    for x in (-4, -5, -7):
        assert explorer.draw(x=x, width2=0.5).arrays["resp"][0] > 0.999


def test_no_scene_is_packed():
    assert grid(explorer) == [] and len(pack(explorer)) < 10_000


def test_a_value_out_of_range_is_named():
    for name, control in explorer.controls.items():
        with pytest.raises(ValueError, match=f"^{name}: "):
            explorer.draw(**{name: control.values[-1] + 1})
