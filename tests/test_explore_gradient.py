"""The two estimators: scipy's quadrature, lesson 06's numbers, climbs by hand, a browser."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import kstest, norm

from tests.helpers.explorers import numbers, settings
from tests.helpers.hands import check_challenges
from tests.helpers.node import check_twins
from vaelib.teaching.explore.gradient import ALL, DOWN, EXACT, LANES, ONE, SCALE, TRAIL, explorer
from vaelib.teaching.explore.pack import pack
from vaelib.teaching.explore.two_estimators import (
    COUNTS,
    CURVES,
    EDGE,
    RATE,
    RUNS,
    STEPS,
    Place,
    climb,
    draws,
    exact,
)
from vaelib.teaching.explore.words import plain

SLIDERS = ("m", "std", "b", "count", "step", "run")
START = explorer.start()
PLACES = [START, *settings(explorer, 40, SLIDERS)]
END = {"step": STEPS}
WAYS = {
    "gradient-blind": [
        END | {"f": "flat"},
        END | {"f": "a step"},
        END | {"f": "a step", "m": -0.3},
    ],
    "gradient-flip": [
        END | {"show": ALL},
        END | {"show": ALL, "f": "ripples"},
        END | {"show": ALL, "f": "ripples", "b": -0.5},
    ],
    "gradient-baseline": [
        END | {"show": ALL},
        {"show": ALL, "b": -0.5},
        END | {"show": ALL, "b": -0.5},
    ],
}


def place_of(parameters):
    return Place(*(parameters[name] for name in ("f", "m", "std", "b")))


def whole(parameters):
    return [int(parameters[name]) for name in ("count", "step", "run")]


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
    return (CURVES[place.f][0](z) - place.b) * (z - place.m) / place.std**2


def path(place, z):
    return CURVES[place.f][1](z)


def climbed(parameters, run):
    """Where blue and green of a run stand after each step, one step at a time, (2, steps + 1)."""
    place, (count, steps, _) = place_of(parameters), whole(parameters)
    ways = []
    for g in (score, path):
        way = [place.m]
        for t in range(steps):
            own = place._replace(m=way[-1])
            z = own.m + own.std * draws()[run, t * count : (t + 1) * count]
            way.append(min(max(own.m + RATE * g(own, z).mean(), -EDGE), EDGE))
        ways.append(way)
    return np.array(ways)


def test_the_browser_draws_the_same_scenes():
    check_twins(explorer, PLACES, 1e-6)  # its error function is good to 1.2e-7


@pytest.mark.parametrize("f", CURVES)
@pytest.mark.parametrize("q", [(1.6, 0.5, 0.0), (-0.3, 1.0, 2.5), (2.0, 0.25, -4.0)])
def test_what_is_exact_is_scipys_integral(f, q):
    place = Place(f, *q)
    true = exact(place)
    assert true.gradient == pytest.approx(average(lambda z: score(place, z), place), abs=1e-6)
    assert true.by_slope == pytest.approx(average(lambda z: path(place, z), place), abs=1e-6)
    mean_f = average(CURVES[f][0], place)
    assert true.mean_f == pytest.approx(mean_f, abs=1e-6)
    closed = CURVES[f][2](np.array([place.m]), place.std**2)
    assert closed == pytest.approx([mean_f], abs=1e-6)
    for g, mean, sd in ((score, true.gradient, true.score), (path, true.by_slope, true.path)):
        square = average(lambda z, g=g, mean=mean: (g(place, z) - mean) ** 2, place)
        assert sd**2 == pytest.approx(square, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("f", CURVES)
def test_the_gradient_is_that_of_the_mean_of_f_and_no_baseline_moves_it(f):
    m, std, h = 0.4, 0.6, 1e-3
    low, high = (average(CURVES[f][0], Place(f, m + d, std, 0)) for d in (-h, h))
    for b in (-3.0, 0.0, 2.0):
        true = exact(Place(f, m, std, b))
        assert true.gradient == pytest.approx((high - low) / (2 * h), abs=1e-4)
        assert (true.by_slope == pytest.approx(true.gradient, abs=1e-6)) == (f != "a step")


def test_the_best_constant_is_the_lowest_point_of_the_parabola():
    for f in CURVES:
        best = exact(Place(f, 0.7, 0.4, 0.0)).best_b
        spread = [exact(Place(f, 0.7, 0.4, best + d)).score for d in (-0.1, 0, 0.1)]
        assert spread[1] < min(spread[0], spread[2])
        assert spread[0] == pytest.approx(spread[2], rel=1e-6)


@pytest.mark.parametrize("v", [0.25, 1.0])
def test_on_the_hill_the_ratios_are_the_lessons(v):
    """Equations (6.4) and (6.5) for one dimension: 3.75, 2.5 and 1.5; and the exact gradient."""
    for b, ratio in ((0, 3.75), (-v / 2, 2.5), (-1.5 * v, 1.5)):
        true = exact(Place("a hill", 0.0, v**0.5, b))
        assert (true.score / true.path) ** 2 == pytest.approx(ratio, rel=1e-6)
        assert (true.mean_f, true.best_b) == pytest.approx((-v / 2, -1.5 * v), rel=1e-6)
    for m in (-1.0, 0.3):
        true = exact(Place("a hill", m, v**0.5, 1.0))
        assert (true.gradient, true.path) == pytest.approx((-m, v**0.5), rel=1e-6)


def test_at_a_step_slopes_say_nothing_and_heights_all():
    true = exact(Place("a step", 0.2, 0.5, 0.0))
    assert true.path == true.by_slope == 0
    assert true.gradient == pytest.approx(3 * norm.pdf(0, 0.2, 0.5), rel=1e-8)
    flat = exact(Place("flat", 0.2, 0.5, -2.0))
    assert flat.score == flat.path == 0 and abs(flat.gradient) < 1e-12


def test_the_draws_are_standard_normal_exact_in_half_floats_and_never_seen_twice():
    eps = explorer.fixed_arrays()["draws"]
    assert eps.shape == (RUNS, COUNTS[-1] * STEPS)
    assert np.array_equal(eps, eps.astype(np.float16))
    assert kstest(eps.ravel(), "norm").pvalue > 0.05
    assert abs(np.corrcoef(eps) - np.eye(RUNS)).max() < 5 / eps.shape[1] ** 0.5


def test_a_trail_is_the_climb_and_the_score_the_mean_of_f_on_it():
    for parameters in [{**place, "show": ONE} for place in PLACES]:
        place, (_, step, run) = place_of(parameters), whole(parameters)
        arrays, ways = explorer.draw(**parameters).arrays, climbed(parameters, run - 1)
        for name, way in zip(("blue", "green"), ways, strict=True):
            wanted = np.column_stack([way, TRAIL - DOWN * np.arange(step + 1)])
            np.testing.assert_allclose(arrays[f"{name}_way"], wanted, atol=1e-9)
            peak = arrays[name][arrays[name][:, 1].argmax(), 0]
            assert peak == pytest.approx(way[-1], abs=EDGE / 160 + 1e-9)
            mean = average(CURVES[place.f][0], place._replace(m=way[-1]))
            np.testing.assert_allclose(arrays[f"{name}_score"][-1], [step, mean], atol=1e-6)
        np.testing.assert_allclose(arrays["feet"][:, 0], ways[:, -1], atol=1e-9)
        assert not len(arrays["blues"]) and not len(arrays["greens"])
        assert arrays["best"][0, 1] >= arrays["now"][0, 1] - 1e-6


def test_all_runs_are_where_each_has_climbed():
    for parameters in [{**place, "show": ALL} for place in PLACES[-8:]]:
        arrays = explorer.draw(**parameters).arrays
        ends = np.array([climbed(parameters, run)[:, -1] for run in range(RUNS)]).T
        for name, own in zip(("blues", "greens"), ends, strict=True):
            np.testing.assert_allclose(arrays[name][:, 0], own, atol=1e-9)
            mean = CURVES[parameters["f"]][2](own, parameters["std"] ** 2).mean()
            assert arrays[f"{name[:-1]}_score"][-1, 1] == pytest.approx(mean, abs=1e-9)
        assert arrays["blues"][:, 1].min() > arrays["greens"][:, 1].max()
        assert not any(len(arrays[name]) for name in ("blue_way", "says_height", "heard"))


def test_an_arrow_is_four_times_the_next_step_and_below_it_is_the_exact_one():
    for parameters in [{**place, "show": ONE} for place in PLACES]:
        place, (count, step, run) = place_of(parameters), whole(parameters)
        arrays, at = explorer.draw(**parameters).arrays, climbed(parameters, run - 1)[:, -1]
        votes = ("heights", "slopes", "heard", "felt", "says_height", "says_slope", "exact")
        if step == STEPS:
            assert not any(len(arrays[name]) for name in votes)
            continue
        eps = draws()[run - 1, step * count : (step + 1) * count]
        for k, (g, name, seen) in enumerate(
            ((score, "says_height", "heard"), (path, "says_slope", "felt"))
        ):
            own = place._replace(m=at[k])
            z = own.m + own.std * eps
            for said, arrow, lane in (
                (g(own, z).mean(), arrays[name][0], LANES[k]),
                (exact(own).gradient, arrays["exact"][k], LANES[k] - EXACT),
            ):
                end = at[k] + SCALE * said
                wanted = [[at[k], lane], [np.clip(end, -EDGE, EDGE), lane]]
                np.testing.assert_allclose(arrow[:2], wanted, atol=1e-9)
                goes_on = abs(arrow[6, 0] - arrow[1, 0]) > 1e-12
                assert goes_on == (abs(end) > EDGE and abs(at[k]) < EDGE)
            wanted = np.column_stack([z, CURVES[place.f][0](z)])
            np.testing.assert_allclose(arrays[seen], wanted, atol=1e-9)
        np.testing.assert_allclose(arrays["heights"][:, 0, 1], place.b)
        run_, rise = (arrays["slopes"][:, 1] - arrays["slopes"][:, 0]).T
        slope = CURVES[place.f][1](arrays["felt"][:, 0])
        np.testing.assert_allclose(rise / run_, slope, atol=1e-9)


def test_the_dotted_line_is_where_the_mean_of_f_is_highest():
    m = np.linspace(-EDGE, EDGE, 681)
    for f in ("a hill", "ripples"):
        for std in (0.25, 0.5, 1):
            assert abs(m[CURVES[f][2](m, std**2).argmax()]) < 1e-9
        assert explorer.draw(f=f).arrays["top"][0, 0] == 0
    assert not len(explorer.draw(f="a step").arrays["top"])


def test_the_sentence_says_where_the_climbers_are():
    for parameters in PLACES[::3]:
        place, (_, step, run) = place_of(parameters), whole(parameters)
        said = plain(explorer.draw(**parameters).sentence)
        if parameters["show"] == ALL:
            if step:
                ends = np.array([climbed(parameters, each)[:, -1] for each in range(RUNS)])
                wanted = [step, *ends.std(0)]
                assert numbers(said)[:3] == pytest.approx(wanted, abs=0.00501)
                if place.f in ("a hill", "ripples"):
                    assert ("Slopes are the better" in said) == (wanted[2] < wanted[1])
            continue
        at = climbed(parameters, run - 1)[:, -1]
        if step and place.f in ("a hill", "ripples"):
            assert numbers(said) == pytest.approx([step, *abs(at)], abs=0.00501)
        elif step:
            away = at[0] if place.f == "a step" else abs(at[0] - place.m)
            assert numbers(said)[-1] == pytest.approx(away, abs=0.00501)


def test_the_first_sight_is_a_run_like_most():
    """It has no luck of its own: both end as far from the top, and go as long a way, as most do.

    Green comes nearer in three runs of four.
    """
    ways = climb(Place("a hill", 1.6, 0.5, 0.0), draws(), 1, START["step"])
    far, length = np.abs(ways[:, :, -1]), np.abs(np.diff(ways)).sum(2)
    run = START["run"] - 1
    for usual in (far, length):
        low, high = np.quantile(usual, (0.2, 0.8), axis=1)
        assert ((low < usual[:, run]) & (usual[:, run] < high)).all()
    assert 0.65 < (far[1] < far[0]).mean() < 0.85 and length[0, run] > length[1, run]


def test_before_the_first_step_one_draw_votes_as_its_arrows_point():
    for run in (1, 41, 102):
        for f in CURVES:
            for b in (0, -3):
                scene = explorer.draw(step=0, run=run, f=f, b=b)
                ways = [part.split(".")[0] for part in scene.sentence.split("go ")[1:]]
                tips = [scene.arrays["says_height"], scene.arrays["says_slope"]]
                goes = [np.sign(np.round(tip[0, 1, 0] - tip[0, 0, 0], 9)) for tip in tips]
                exact_ = scene.arrays["exact"][0]
                goes.append(np.sign(np.round(exact_[1, 0] - exact_[0, 0], 2)))
                assert ways == [{1: "right", -1: "left"}[way] for way in goes if way]
    assert "below b: away from it, so go right" in plain(explorer.draw(step=0, run=41).sentence)


def test_each_challenge_can_be_met_and_luck_choices_and_draws_have_no_grip():
    grips = check_challenges(explorer, WAYS)["grips"]
    moved = {name for grip in grips for name in grip["moves"] if name}
    assert set(explorer.controls) - moved == {"show", "f", "count", "run"}
    scatter = numbers(plain(explorer.draw(show=ALL, **END).sentence))[1]
    assert scatter == 0.27  # as a challenge says


def test_the_pack_is_small_and_a_value_out_of_range_is_named():
    assert len(pack(explorer)) < 70_000
    for name in SLIDERS:
        with pytest.raises(ValueError, match=f"^{name}: "):
            explorer.draw(**{name: explorer.controls[name].values[-1] + 1})
