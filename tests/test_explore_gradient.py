"""The two estimators against scipy's quadrature, lesson 06's numbers, counting, and the browser."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import kstest, norm

from tests.helpers.explorers import numbers, settings
from tests.helpers.hands import check_challenges
from tests.helpers.node import scenes
from vaelib.teaching.explore.gradient import (
    ALL,
    APART,
    BANDS,
    CLOUDS,
    EDGE,
    LANE,
    MEAN,
    ONE,
    REACH,
    ROWS,
    SCALE,
    SHOWN,
    UP,
    explorer,
)
from vaelib.teaching.explore.pack import pack
from vaelib.teaching.explore.two_estimators import COUNTS, CURVES, RUNS, Place, draws, exact
from vaelib.teaching.explore.words import plain

SLIDERS = ("m", "std", "b", "count", "run")
PLACES = [explorer.start(), *settings(explorer, 40, SLIDERS)]
WHOLE = [place | {"show": ALL} for place in PLACES]
WAYS = {
    "gradient-flip": [
        {"show": ALL, "f": "ripples"},
        {"show": ALL, "f": "ripples", "m": 0.0},
        {"show": ALL, "f": "ripples", "m": 0.0, "std": 0.4, "b": -0.3},
    ],
    "gradient-blind": [{"f": "flat"}, {"f": "a step"}, {"f": "a step", "m": 0.2}],
    "gradient-baseline": [{"m": 0}, {"m": 0, "b": -0.1}, {"m": 0, "b": -0.4}],
}


def place_of(parameters):
    return Place(*(parameters[name] for name in ("f", "by", "m", "std", "b")))


def average(g, place):
    """E_q g(z), on both sides of where f jumps."""
    inner = sorted({0.0, place.m} | {place.m + k * place.std for k in (-3, 3)})
    ends = [place.m - 9 * place.std, *inner, place.m + 9 * place.std]
    pieces = [
        quad(lambda z: g(z) * norm.pdf(z, place.m, place.std), a, b, epsabs=1e-12, limit=200)[0]
        for a, b in pairwise(ends)
        if a < b
    ]
    return sum(pieces)


def score(place, z):
    f, eps = CURVES[place.f][0], (z - place.m) / place.std
    slope_of_q = eps / place.std if place.by == "m" else (eps**2 - 1) / 2
    return (f(z) - place.b) * slope_of_q


def path(place, z):
    slope = CURVES[place.f][1](z)
    return slope if place.by == "m" else slope * (z - place.m) / 2


def test_the_browser_draws_the_same_scenes():
    for parameters, theirs in zip(PLACES, scenes(explorer, PLACES), strict=True):
        ours = explorer.draw(**parameters)
        assert (theirs.sentence, theirs.more) == (ours.sentence, ours.more)
        assert set(theirs.arrays) == set(ours.arrays)
        for name, array in ours.arrays.items():
            np.testing.assert_allclose(
                theirs.arrays[name], array, rtol=1e-8, atol=1e-8, err_msg=name, strict=True
            )


@pytest.mark.parametrize("f", CURVES)
@pytest.mark.parametrize("by", ["m", "log v"])
@pytest.mark.parametrize("q", [(1.6, 0.5, 0.0), (-0.3, 1.0, 2.5), (2.0, 0.25, -4.0)])
def test_what_is_exact_is_scipys_integral(f, by, q):
    place = Place(f, by, *q)
    true = exact(place)
    assert true.gradient == pytest.approx(average(lambda z: score(place, z), place), abs=1e-6)
    assert true.by_slope == pytest.approx(average(lambda z: path(place, z), place), abs=1e-6)
    assert true.mean_f == pytest.approx(average(CURVES[f][0], place), abs=1e-6)
    for g, mean, sd in ((score, true.gradient, true.score), (path, true.by_slope, true.path)):
        square = average(lambda z, g=g, mean=mean: (g(place, z) - mean) ** 2, place)
        assert sd**2 == pytest.approx(square, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("f", CURVES)
def test_the_gradient_is_that_of_the_mean_of_f_and_no_baseline_moves_it(f):
    m, std, h = 0.4, 0.6, 1e-3
    by_m = [average(CURVES[f][0], Place(f, "m", m + d, std, 0)) for d in (-h, h)]
    wide = [average(CURVES[f][0], Place(f, "", m, std * np.exp(d / 2), 0)) for d in (-h, h)]
    for by, (low, high) in (("m", by_m), ("log v", wide)):
        for b in (-3.0, 0.0, 2.0):
            true = exact(Place(f, by, m, std, b))
            assert true.gradient == pytest.approx((high - low) / (2 * h), abs=1e-4)
            assert (true.by_slope == pytest.approx(true.gradient, abs=1e-6)) == (f != "a step")


def test_the_best_constant_is_the_lowest_point_of_the_parabola():
    for f in CURVES:
        for by in ("m", "log v"):
            best = exact(Place(f, by, 0.7, 0.4, 0.0)).best_b
            spread = [exact(Place(f, by, 0.7, 0.4, best + d)).score for d in (-0.1, 0, 0.1)]
            assert spread[1] < min(spread[0], spread[2])
            assert spread[0] == pytest.approx(spread[2], rel=1e-6)


@pytest.mark.parametrize("v", [0.25, 1.0])
def test_on_the_hill_the_ratios_are_the_lessons(v):
    """Equations (6.4) and (6.5) for one dimension: 3.75, 2.5 and 1.5; and the exact gradient."""
    for b, ratio in ((0, 3.75), (-v / 2, 2.5), (-1.5 * v, 1.5)):
        true = exact(Place("a hill", "m", 0.0, v**0.5, b))
        assert (true.score / true.path) ** 2 == pytest.approx(ratio, rel=1e-6)
        assert (true.mean_f, true.best_b) == pytest.approx((-v / 2, -1.5 * v), rel=1e-6)
    for m in (-1.0, 0.3):
        by_m, by_v = (exact(Place("a hill", by, m, v**0.5, 1.0)) for by in ("m", "log v"))
        assert (by_m.gradient, by_v.gradient) == pytest.approx((-m, -v / 2), rel=1e-6)
        assert by_m.path == pytest.approx(v**0.5, rel=1e-6)


def test_at_a_step_slopes_say_nothing_and_heights_all():
    true = exact(Place("a step", "m", 0.2, 0.5, 0.0))
    assert true.path == true.by_slope == 0
    assert true.gradient == pytest.approx(3 * norm.pdf(0, 0.2, 0.5), rel=1e-8)
    flat = exact(Place("flat", "m", 0.2, 0.5, -2.0))
    assert flat.score == flat.path == 0 and abs(flat.gradient) < 1e-12


def test_the_draws_are_standard_normal_and_exact_in_half_floats():
    eps = explorer.fixed_arrays()["draws"]
    assert eps.shape == (RUNS, COUNTS[-1]) and np.array_equal(eps, eps.astype(np.float16))
    assert kstest(eps.ravel(), "norm").pvalue > 0.05
    assert abs(np.corrcoef(eps) - np.eye(RUNS)).max() < 5 / COUNTS[-1] ** 0.5


def test_runs_are_means_of_their_draws_and_scatter_as_the_integrals_say():
    for parameters in WHOLE[-12:]:
        place, count = place_of(parameters), int(parameters["count"])
        arrays, true = explorer.draw(**parameters).arrays, exact(place)
        z = place.m + place.std * draws()[:, :count]
        for name, up, g, mean, sd in (
            ("scores", UP, score, true.gradient, true.score),
            ("paths", 0, path, true.by_slope, true.path),
        ):
            means = np.array([g(place, row).mean() for row in z])
            on = abs(means) <= REACH
            np.testing.assert_allclose(arrays[name][:, 0], means[on], atol=1e-9)
            np.testing.assert_array_equal(arrays[name][:, 1], up + np.flatnonzero(on) + 1)
            error = sd / (RUNS * count) ** 0.5
            assert abs(means.mean() - mean) <= 4.5 * error + 1e-9
        edge = arrays["beyond"]
        assert len(edge) == 2 * RUNS - len(arrays["scores"]) - len(arrays["paths"])
        assert np.all(abs(edge[:, 0]) == REACH)


def test_the_bands_are_one_standard_error_and_the_wrong_way_is_the_other():
    for parameters in WHOLE:
        arrays, true = explorer.draw(**parameters).arrays, exact(place_of(parameters))
        root = int(parameters["count"]) ** 0.5
        for name, mean, error in (
            ("score", true.gradient, true.score / root),
            ("path", true.by_slope, true.path / root),
        ):
            np.testing.assert_allclose(
                arrays[f"within_{name}"][:, 0], [mean - error, mean + error], atol=1e-12
            )
        side = arrays["wrong"][1, 0] / REACH
        assert side == (0 if abs(true.gradient) < 0.05 else -np.sign(true.gradient))


def test_an_arrow_is_as_long_as_its_draws_estimate_and_has_two_heads_where_it_goes_on():
    for parameters in WHOLE:
        place, run = place_of(parameters), int(parameters["run"]) - 1
        count = min(int(parameters["count"]), SHOWN)
        arrays, eps = explorer.draw(**parameters).arrays, draws()[run, :count]
        z = place.m + place.std * eps
        for name, g in (("says_score", score), ("says_path", path)):
            arrow, end = arrays[name], z + SCALE * g(place, z)
            assert arrow.shape == (count, 11, 2)
            np.testing.assert_allclose(arrow[:, 0, 0], np.clip(z, -EDGE, EDGE), atol=1e-9)
            np.testing.assert_allclose(arrow[:, 1, 0], np.clip(end, -EDGE, EDGE), atol=1e-9)
            twice = abs(arrow[:, 6, 0] - arrow[:, 1, 0]) > 1e-12
            leaves = (abs(end) > EDGE) & (abs(z) < EDGE)
            np.testing.assert_array_equal(twice & (abs(z) < EDGE), leaves)
        on = abs(z) <= EDGE
        np.testing.assert_allclose(arrays["drawn"][:, 0], z[on], atol=1e-9)
        assert len(arrays["drawn_off"]) == (~on).sum()
        np.testing.assert_allclose(arrays["heights"][:, 0, 1], place.b)
        height, slope = (part(z) for part in CURVES[place.f])
        np.testing.assert_allclose(arrays["heights"][on, 1, 1], height[on], atol=1e-9)
        run_, rise = (arrays["slopes"][:, 1] - arrays["slopes"][:, 0]).T
        np.testing.assert_allclose(rise / run_, slope, atol=1e-9)


def test_no_arrow_lies_on_another():
    """Each has a row of its own: two for a draw, one for a mean, and the heads are lower."""
    for parameters in [*PLACES, *WHOLE]:
        arrays = explorer.draw(**parameters).arrays
        votes = [arrays[name][:, :, 1] for name in ("says_score", "says_path")]
        rows = ("mean_score", "mean_path", "exact") if parameters["show"] != ONE else ("exact",)
        means = [arrays[name][1, :, 1] for name in rows]
        rows = sorted([*np.concatenate(votes), *means], key=lambda row: row[0])
        for low, high in pairwise(rows):
            assert low.max() < high.min()


def test_the_summary_arrows_start_at_m_and_are_as_long_as_what_they_say():
    for parameters in WHOLE[-12:]:
        place, run = place_of(parameters), int(parameters["run"]) - 1
        arrays, true = explorer.draw(**parameters).arrays, exact(place)
        z = place.m + place.std * draws()[run, : int(parameters["count"])]
        given = score(place, z).mean(), path(place, z).mean(), true.gradient
        for name, said, row in zip(("mean_score", "mean_path", "exact"), given, ROWS, strict=True):
            (anchor, *_), (tail, tip, *_) = arrays[name]
            np.testing.assert_allclose(tail, [place.m, row])
            np.testing.assert_allclose(tip, [np.clip(place.m + SCALE * said, -EDGE, EDGE), row])
            assert anchor[1] == row and anchor[0] * place.m <= 0  # its name is far from q
        assert arrays["says_path"][0, 0, 1] == LANE - APART


def test_the_sentence_has_three_numbers_and_says_what_the_integrals_hold():
    for parameters in WHOLE:
        place, run = place_of(parameters), int(parameters["run"]) - 1
        scene, true = explorer.draw(**parameters), exact(place)
        said, count = numbers(plain(scene.sentence)), int(parameters["count"])
        assert len(said) <= 3 and f"[{count}](count)" in scene.sentence
        error = true.score / count**0.5
        if "good to ±" in scene.sentence:
            good = numbers(scene.sentence.split("good to ±")[1])[0]
            assert good == pytest.approx(error, abs=0.0501 if error > 9.95 else 0.00501)
        if parameters["f"] in ("a hill", "ripples"):
            ratio = (true.score / true.path) ** 2
            worth = ratio if ratio > 1 else 1 / ratio
            if worth > 1.06:
                assert said[-1] == pytest.approx(worth, abs=0.501 if worth > 9.95 else 0.0501)
                assert ("slope votes scatters as little as one height" in scene.sentence) == (
                    ratio < 1
                )
                at_mean = exact(place._replace(b=true.mean_f)).score
                far = ratio > 1 and true.score**2 > 2 * at_mean**2
                assert ("far from the mean of f" in scene.sentence) == far
            if abs(true.gradient) > 0.051:
                z = place.m + place.std * draws()[:, :count]
                wrong = [g(place, z).mean(1) * true.gradient <= 0 for g in (score, path)]
                both = wrong[0][run] == wrong[1][run]
                assert ("both point" in scene.sentence) == both
                assert ("the wrong way" in scene.sentence) == (wrong[0][run] or wrong[1][run])
                worst = 100 * max(each.mean() for each in wrong)
                assert not worst or said[0] == pytest.approx(worst, abs=0.501)
        more = numbers(scene.more.split("gradient is ")[1])
        wanted = [true.gradient, true.score, true.path, count, error, true.path / count**0.5]
        assert more[:6] == pytest.approx(wanted, abs=0.000501)
        wanted = [true.mean_f, parameters["b"], true.best_b, int(parameters["run"])]
        assert more[6:10] == pytest.approx(wanted, abs=0.0501)


def test_the_first_sight_is_one_draw_with_two_votes_of_which_the_height_errs():
    scene = explorer.draw()
    assert len(scene.arrays["says_score"]) == len(scene.arrays["says_path"]) == 1
    hidden = (*CLOUDS, *BANDS, "rule", "baseline", "mean_score", "mean_path")
    assert not any(len(scene.arrays[name]) for name in hidden)
    assert "below 0, “go away”: move q right. Its [slope](green), uphill: move q left." in (
        scene.sentence
    )
    assert scene.sentence.endswith("move q left.")
    assert not len(explorer.draw(show=MEAN).arrays["scores"])


@pytest.mark.parametrize("by", ["m", "log v"])
def test_one_draws_votes_are_said_as_its_arrows_point(by):
    ways = {"m": ("left", "right"), "log v": ("narrower", "wider")}[by]
    for parameters in PLACES:
        scene = explorer.draw(**parameters | {"show": ONE, "by": by})
        for name, asked in zip(
            ("says_score", "says_path", "exact"), scene.sentence.split(": ")[1:], strict=True
        ):
            (tail, *_), (tip, *_) = scene.arrays[name][-1][:2]
            if abs(tip - tail) > SCALE * 0.006:
                assert asked.split(".")[0].endswith(ways[int(tip > tail)])


def test_the_run_shown_is_one_whose_heights_point_the_wrong_way():
    scene = explorer.draw(show=MEAN)
    tips = {name: scene.arrays[name][1, 1, 0] for name in ("mean_score", "mean_path", "exact")}
    m = explorer.start()["m"]
    assert tips["exact"] < m > tips["mean_path"] and tips["mean_score"] > m + 0.2
    assert "point the wrong way, the [slopes](green) the right way" in scene.sentence


def test_the_share_of_runs_with_the_right_sign_is_counted():
    scene = explorer.draw(show=ALL)
    place = place_of(explorer.start())
    z = place.m + place.std * draws()[:, :4]
    right = [int((g(place, z).mean(1) < 0).sum()) for g in (score, path)]
    assert f"Of 128 runs {right[0]} and {right[1]} have the right sign." in scene.more
    assert right[0] < 128 == right[1]


def test_more_draws_keep_those_that_were_there():
    few, more = (explorer.draw(show=ALL, count=k).arrays["drawn"] for k in (2, 8))
    np.testing.assert_array_equal(few, more[:2])


def test_each_challenge_can_be_met_and_only_choices_have_no_grip():
    grips = check_challenges(explorer, WAYS)["grips"]
    moved = {name for grip in grips for name in grip["moves"] if name}
    assert set(explorer.controls) - moved == {"show", "by"}


def test_the_pack_is_small_and_a_value_out_of_range_is_named():
    assert len(pack(explorer)) < 70_000
    for name in SLIDERS:
        with pytest.raises(ValueError, match=f"^{name}: "):
            explorer.draw(**{name: explorer.controls[name].values[-1] + 1})
