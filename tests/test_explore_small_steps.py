"""The chain on a line: Bayes on a grid, sums of KLs, mutual information, and the browser."""

import numpy as np
import pytest
import torch
from scipy.integrate import quad
from scipy.stats import kstest, norm

from tests.helpers.explorers import numbers, settings
from tests.helpers.hands import check_challenges
from tests.helpers.node import scenes
from vaelib.teaching.explore.line_chain import (
    COUNTS,
    FINE,
    FIRST,
    LAST,
    PEAKS,
    SHARE,
    WALKS,
    S,
    bell,
    doubt,
    exactly,
    lost,
    lost_here,
    noise,
    of,
    real_points,
    schedule,
    step_back,
    walks,
)
from vaelib.teaching.explore.pack import pack
from vaelib.teaching.explore.small_steps import (
    BASE,
    FEW,
    HEIGHT,
    LEAST,
    LOW,
    OF_STEP,
    OF_WALKS,
    RISE,
    STEP,
    THREADS,
    WALK,
    explorer,
)
from vaelib.teaching.explore.words import plain

PLACES = [explorer.start(), *settings(explorer, 25, ("z", "noise", "d", "fallen"))]
WAYS = {
    "small_steps-eye": [
        {"d": 1.5},
        {"d": 1.5, "steps": 17},
        {"d": 1.5, "steps": 9, "show": STEP},
        {"d": 1.5, "steps": 9, "fallen": 100.0},
        {"d": 1.5, "steps": 9},
    ],
    "small_steps-humps": [
        {"steps": 17},
        {"show": STEP, "steps": 13},
        {"show": STEP, "steps": 17},
    ],
    "small_steps-width": [{"d": 0.6}, {"d": 0.0}],
}
Z = np.linspace(-9, 9, 36_001)


def data(x, d, std=S):
    return (norm.pdf(x, d, std) + norm.pdf(x, -d, std)) / 2


def noised(z, d, ratio):
    """q(z_t)."""
    a, b = of(ratio)
    return data(z, a * d, np.sqrt(a**2 * S**2 + b**2))


def entropy(d, ratio):
    p = noised(Z, d, ratio) if ratio else data(Z, d)
    return -(p @ np.log(np.maximum(p, 1e-300))) * (Z[1] - Z[0])


def test_the_browser_draws_the_same_scenes():
    for parameters, theirs in zip(PLACES, scenes(explorer, PLACES), strict=True):
        ours = explorer.draw(**parameters)
        assert (theirs.sentence, theirs.more) == (ours.sentence, ours.more)
        assert set(theirs.arrays) == set(ours.arrays)
        for name, array in ours.arrays.items():
            np.testing.assert_allclose(
                theirs.arrays[name], array, rtol=1e-8, atol=1e-8, err_msg=name, strict=True
            )


def test_the_schedule_is_the_lessons():
    for n_steps in (5, 100):
        ratio = torch.logspace(-1, 1, n_steps, dtype=torch.float64)
        np.testing.assert_allclose(schedule(n_steps), [0, *ratio.tolist()])
        a, b = of(schedule(n_steps))
        np.testing.assert_allclose(a**2 + b**2, 1)
    assert of(schedule(100))[0][-1] == pytest.approx(0.0995, abs=5e-5)


@pytest.mark.parametrize(
    ("d", "z", "before", "after"),
    [(1.2, 0.0, 0.316, 1.0), (1.2, 0.7, 0.5, 0.6), (2.0, -0.4, 0.1, 3.0), (0.0, 1.1, 0.3, 0.9)],
)
def test_the_exact_step_is_bayes_rule_on_a_grid(d, z, before, after):
    """q(z_{t−1}) q(z_t|z_{t−1}), normed; and (11.2) with E[x|z_t], that too on a grid."""
    back, (a0, b0), (a1, b1) = step_back(d, z, before, after), of(before), of(after)
    shrink = a1 / a0
    c = 1 - shrink**2
    p = noised(Z, d, before) * norm.pdf(z, shrink * Z, c**0.5)
    p /= p.sum() * (Z[1] - Z[0])
    np.testing.assert_allclose(exactly(back, Z), p, atol=1e-7)
    share = data(Z, d) * norm.pdf(z, a1 * Z, b1)
    guess = share @ Z / share.sum()
    assert back.guess == pytest.approx(guess, abs=1e-8)
    assert back.mean == pytest.approx((a0 * c * guess + shrink * b0**2 * z) / b1**2, abs=1e-8)
    assert back.width == pytest.approx((c * b0**2 / b1**2) ** 0.5)
    mean = p @ Z / p.sum()
    assert (back.mean, back.full) == pytest.approx(
        (mean, (p @ (Z - mean) ** 2 / p.sum()) ** 0.5), abs=1e-7
    )


def test_the_last_step_goes_to_x():
    back, (a, b) = step_back(1.2, 0.3, 0.0, FIRST), of(FIRST)
    share = data(Z, 1.2) * norm.pdf(0.3, a * Z, b)
    np.testing.assert_allclose(exactly(back, Z), share / share.sum() / (Z[1] - Z[0]), atol=1e-7)
    assert back.width == FIRST and back.mean == pytest.approx(back.guess)


def test_what_a_step_loses_is_the_kl():
    for z, before, after in ((0.0, 0.316, 1.0), (1.0, 0.5, 0.55), (0.1, 0.0, 0.1)):
        back = step_back(1.2, z, before, after)
        p = exactly(back, Z)
        for width, found in zip((back.width, back.full), lost_here(back), strict=True):
            log_q = norm.logpdf(Z, back.mean, width)
            kl = p @ (np.log(np.maximum(p, 1e-300)) - log_q) * (Z[1] - Z[0])
            assert found == pytest.approx(kl, abs=1e-6)


@pytest.mark.parametrize(("d", "n_steps"), [(1.2, 3), (1.2, 5), (0.6, 5), (0.0, 4), (2.0, 9)])
def test_what_all_steps_lose_is_the_sum_of_their_kls(d, n_steps):
    """By the chain rule, from one step's KL, where the module has (11.3) and (11.4)."""
    ratio, h = schedule(n_steps), 0.01
    p_end = noised(Z, d, LAST)
    total = np.full(2, p_end @ (np.log(p_end) - norm.logpdf(Z)) * (Z[1] - Z[0]))
    for t in range(1, n_steps + 1):
        z = np.arange(-5, 5, h)
        each = [lost_here(step_back(d, at, ratio[t - 1], ratio[t])) for at in z]
        total += noised(z, d, ratio[t]) * h @ each
    table, one = lost(PEAKS.index(d))
    np.testing.assert_allclose(table[COUNTS.index(n_steps)], total, rtol=1e-4, atol=1e-5)
    p = data(Z, d)
    kl = p @ (np.log(np.maximum(p, 1e-300)) - norm.logpdf(Z, 0, (d**2 + S**2) ** 0.5))
    assert one == pytest.approx(kl * (Z[1] - Z[0]), abs=1e-6)


def test_more_steps_lose_less_and_the_best_width_least():
    """The model's loss falls as 1 / T, that of the best widths as 1 / T²."""
    for peak in (0, 12, 24, 40):
        table, one = lost(peak)
        assert np.all(np.diff(table[:, 0]) < 0) and np.all(table[:, 1] <= table[:, 0])
        assert table[COUNTS.index(3), 0] > one > table[COUNTS.index(100), 0] or peak == 0
    low, high = lost(24)[0][[COUNTS.index(33), COUNTS.index(65)]]
    assert low / high == pytest.approx([2, 4], rel=0.25)
    assert np.all(lost(0)[0][:, 1] < 1e-4)  # one Gaussian: only the prior's mismatch


def test_the_doubt_is_the_variance_of_x_and_the_slope_of_the_information():
    d, ratio = 1.2, np.array([0.15, 0.5, 1.0, 4.0])
    for r, found in zip(ratio, doubt(d, ratio) @ SHARE, strict=True):

        def var(u, r=r):
            p = data(Z, d) * norm.pdf(u, Z, r) + 1e-300
            mean = p @ Z / p.sum()
            return (p @ (Z - mean) ** 2 / p.sum()) * data(u, d, (S**2 + r**2) ** 0.5)

        u = np.arange(-4 - 8 * r, 4 + 8 * r, 0.05)
        assert found == pytest.approx(sum(map(var, u)) * 0.05, rel=1e-5)


def test_the_noise_is_standard_normal_and_every_step_has_its_own():
    eps = noise()
    assert eps.shape == (FINE + 2, WALKS)
    assert kstest(eps[::7].ravel(), "norm").pvalue > 0.05
    assert abs(np.corrcoef(eps[:FINE].T) - np.eye(WALKS)).max() < 5 / FINE**0.5
    for lag in (1, 2, 3):
        assert abs((eps[lag:] * eps[:-lag]).mean()) < 4 / eps.size**0.5
    for start in (eps[FINE], eps[FINE + 1]):
        assert kstest(start, "norm").pvalue > 0.05


@pytest.mark.parametrize("n_steps", [3, 10, 100])
def test_a_walk_is_one_step_after_the_other(n_steps):
    walk, ratio, eps = walks(1.2, n_steps), schedule(n_steps), noise()
    assert walk.shape == (n_steps + 1, WALKS)
    cut = np.floor(np.arange(n_steps) * FINE / (n_steps - 1) + 0.5).astype(int)
    for t in range(n_steps, 0, -1):
        for j in (0, WALKS - 1):
            back = step_back(1.2, walk[n_steps - t, j], ratio[t - 1], ratio[t])
            own = eps[FINE + 1 :, j] if t == 1 else eps[cut[t - 2] : cut[t - 1], j]
            wanted = back.mean + back.width * own.sum() / len(own) ** 0.5
            assert walk[n_steps - t + 1, j] == pytest.approx(wanted, abs=1e-9)


def test_many_steps_draw_the_data_and_few_fill_the_valley():
    few, many = walks(1.2, 3)[-1], walks(1.2, 300)[-1]

    def below(x):
        return (norm.cdf(x, 1.2, S) + norm.cdf(x, -1.2, S)) / 2

    assert kstest(many, below).pvalue > 0.05 and kstest(few, below).pvalue < 1e-3
    real = below(0.6) - below(-0.6)
    said = numbers(explorer.draw(steps=3).more.split(" Of 128 walks ")[1])
    share = (abs(few) < 0.6).mean()
    wanted = [100 * share, 100 * (share * (1 - share) / WALKS) ** 0.5, 0, 0.6, WALKS]
    wanted += [100 * real, 100 * (real * (1 - real) / WALKS) ** 0.5]
    assert said == pytest.approx(wanted, abs=0.0501)


def test_curves_stand_on_the_level_that_the_step_goes_to():
    for parameters in PLACES:
        arrays = explorer.draw(**parameters | {"show": STEP}).arrays
        (z, after), (mean, level) = arrays["aim"]
        assert (z, after) == (parameters["z"], parameters["noise"])
        heights = {k: np.log10(arrays[k][:, 1] / level) for k in ("exact", "step")}
        rise = max(h.max() for h in heights.values())
        assert HEIGHT - 1e-9 < rise < RISE + 1e-9
        assert rise == pytest.approx(RISE) or rise < HEIGHT + 1e-9 or level * 10**rise > 1.2 * LAST
        heights = {k: h / rise for k, h in heights.items()}
        np.testing.assert_array_equal(arrays["ways"][:, [0, 2]], arrays["exact"])
        assert (arrays["ways"][:, 1] == arrays["aim"][1, 1]).all()
        assert max(h.max() for h in heights.values()) == pytest.approx(1)
        x = arrays["exact"][:, 0]
        areas = [np.trapezoid(h, arrays[k][:, 0]) for k, h in heights.items()]
        np.testing.assert_allclose(areas, areas[0], rtol=0.02)  # all densities, to one scale
        for h in heights.values():
            assert np.trapezoid(h * x, x) / areas[0] == pytest.approx(mean, abs=0.02)
        n_steps = min(COUNTS, key=lambda count: abs(count - parameters["steps"]))
        factor = (LAST / FIRST) ** (1 / (n_steps - 1))
        wanted = max(after / factor, FIRST) if after > FIRST else BASE
        assert level == pytest.approx(wanted)


def test_data_and_ends_stand_at_the_bottom_to_one_scale():
    arrays = explorer.draw(steps=30).arrays
    x, y = arrays["data"].T
    p = data(x, 1.2)
    np.testing.assert_allclose(np.log10(y / BASE) / HEIGHT, p / p.max(), atol=1e-12)
    ends = np.concatenate([arrays["ends"], arrays["stray"]])
    np.testing.assert_allclose(sorted(ends[:, 0]), sorted(walks(1.2, 30)[-1]))
    grains = np.log10(ends[:, 1] / BASE) / HEIGHT * p.max() * WALKS * 0.25 + 0.5
    bins = np.floor(ends[:, 0] / 0.25)
    for each in set(bins):
        np.testing.assert_allclose(
            sorted(grains[bins == each]), 1 + np.arange((bins == each).sum())
        )


def test_what_ends_in_the_valley_is_red_and_counted():
    for d, n_steps in ((1.2, 3), (1.2, 100), (0.6, 5), (2.0, 4), (0.55, 3)):
        for fallen in (128.0, 60.5, 3.0):
            scene = explorer.draw(d=d, steps=n_steps, fallen=fallen)
            n, arrays, ends = int(fallen), scene.arrays, walks(d, n_steps)[-1, : int(fallen)]
            stray = (abs(ends) < d / 2) & (d >= 0.6)
            assert len(arrays["stray"]) == stray.sum() and len(arrays["ends"]) == (~stray).sum()
            last = slice(-(FEW if n_steps == 100 else THREADS), None)
            np.testing.assert_allclose(arrays["astray"][:, -1, 0], ends[last][stray[last]])
            np.testing.assert_allclose(arrays["threads"][:, -1, 0], ends[last][~stray[last]])
            said = f"{stray.sum()} of {n} walks {'ends' if stray.sum() == 1 else 'end'} in the"
            assert (said in plain(scene.sentence)) == (d >= 0.6)
            assert ("valley" in scene.sentence) == (d >= 0.6) == bool(arrays["valley"][1, 0])
    few, many = (len(explorer.draw(steps=n).arrays["stray"]) for n in (3, 30))
    assert few > 30 > 5 > many


def test_walks_are_compared_with_the_real_points_that_there_would_be():
    for d, n_steps, far in ((1.2, 3, True), (1.2, 100, False), (0.6, 3, True), (0.6, 30, False)):
        scene, real = explorer.draw(d=d, steps=n_steps), quad(data, -d / 2, d / 2, (d,))
        n, wanted = len(scene.arrays["stray"]), WALKS * real[0]
        assert far == ("far more than real" in plain(scene.sentence))
        assert (n > 2 * wanted) if far else (n < wanted + 3 * wanted**0.5)
    assert "real" not in explorer.draw(fallen=20.0).sentence


@pytest.mark.parametrize("d", [0.0, 0.6, 1.2, 2.0])
def test_real_points_are_the_datas_and_hang_within_the_axis(d):
    def below(x):
        return (norm.cdf(x, d, S) + norm.cdf(x, -d, S)) / 2

    assert kstest(real_points(d), below).pvalue > 0.05
    x, y = explorer.draw(d=d).arrays["real"].T
    np.testing.assert_allclose(sorted(x), sorted(real_points(d)))
    assert LOW < y.min() and y.max() < BASE


def test_a_walk_falls_along_its_way():
    walk, ratio = walks(1.2, 5), schedule(5)
    way = np.column_stack([walk[:, 7], [*ratio[:0:-1], BASE]])
    last = explorer.draw(steps=5, fallen=7.0).arrays
    assert len(last["falling"]) == len(last["ball"]) == 0
    for part in range(1, 8):
        arrays = explorer.draw(steps=5, fallen=7 + part / 8).arrays
        k = int(5 * part / 8)
        np.testing.assert_allclose(arrays["falling"][: k + 1], way[: k + 1])
        [ball] = arrays["ball"]
        np.testing.assert_array_equal(arrays["falling"][-1], ball)
        z, height = np.log([way[k : k + 2, 1], [ball[1]] * 2])
        share = (height[0] - z[0]) / (z[1] - z[0])
        assert share == pytest.approx(5 * part / 8 - k)
        assert ball[0] == pytest.approx(way[k, 0] + share * (way[k + 1, 0] - way[k, 0]))
        assert len(arrays["ends"]) + len(arrays["stray"]) == 7


def test_shades_are_the_density_of_z():
    haze = explorer.draw(d=0.8).arrays["haze"].astype(float)
    ratio = LAST * (FIRST / LAST) ** ((np.arange(40) + 0.5) / 40)
    z = -3.5 + 7 * (np.arange(70) + 0.5) / 70
    p = np.array([noised(z, 0.8, r) for r in ratio])
    np.testing.assert_allclose(haze, 80 * p / p.max(), atol=0.51)


def test_what_the_models_steps_lose_is_on_the_axis():
    for parameters in PLACES:
        arrays = explorer.draw(**parameters).arrays
        assert arrays["known"][:, 1].min() > LEAST
        assert arrays["known"][:, 1].max() < explorer.panels["lost"].y.high


def test_walks_and_the_dots_step_are_shown_apart():
    for parameters in PLACES:
        for show, hidden in ((WALK, OF_STEP), (STEP, OF_WALKS)):
            arrays = explorer.draw(**parameters | {"show": show}).arrays
            assert not any(len(arrays[name]) for name in hidden)
    one, other = (explorer.scene(0.0, 1.0, 5, 1.2, *show) for show in ((), (STEP,)))
    assert one.sentence == other.sentence  # lesson 11 counts this scene's tops


def test_the_sentence_says_the_shape_and_three_numbers():
    for words, n_steps in {
        "two ways back": 5,
        "too narrow": 17,
        "shape of the truth": 1000,
    }.items():
        assert words in explorer.draw(steps=n_steps, show=STEP).sentence
    for parameters in PLACES:
        walked = explorer.draw(**parameters | {"show": WALK, "fallen": 128.0}).sentence
        scene = explorer.draw(**parameters | {"show": STEP})
        said = numbers(plain(walked))
        n_steps = min(COUNTS, key=lambda count: abs(count - parameters["steps"]))
        d = min(PEAKS, key=lambda peak: abs(peak - parameters["d"]))
        assert len(said) == 2 + (d >= 0.6) and said[0] == n_steps
        assert f"[{n_steps}](steps)" in scene.sentence and f"[{n_steps}](steps)" in walked
        assert numbers(plain(scene.sentence)) == [n_steps]
        two = "two ways" in scene.sentence
        q = scene.arrays["exact"][:, 1]
        tops = np.flatnonzero((q[1:-1] > q[:-2]) & (q[1:-1] > q[2:])) + 1
        assert not two or len(tops) == 2
        for top in scene.arrays["tops"]:
            assert (scene.arrays["exact"][tops] == top).all(1).any()
        assert scene.arrays["step_top"][0, 0] == pytest.approx(scene.arrays["aim"][1, 0])
        if d >= 0.6:
            assert said[2] == WALKS
        else:
            wanted = max(scene.arrays["now"][0, 1], 0.01)
            assert said[1] == pytest.approx(wanted, rel=0.051, abs=0.0051)


def test_what_the_page_holds_is_exact_in_half_floats_and_small():
    for name, array in explorer.fixed_arrays().items():
        np.testing.assert_array_equal(array.astype(np.float16), array, err_msg=name)
    peak = PEAKS.index(1.2)
    table, one = lost(peak)
    np.testing.assert_allclose(explorer.fixed_arrays()["lost"][peak], table, rtol=2e-3, atol=1e-6)
    assert explorer.fixed_arrays()["one"][peak] == pytest.approx(one, rel=1e-3)
    assert len(pack(explorer)) < 30_000


def test_a_value_between_is_put_on_the_nearest():
    assert explorer.draw(steps=18, d=1.21).sentence == explorer.draw(steps=17, d=1.2).sentence


def test_each_challenge_can_be_met():
    check_challenges(explorer, WAYS)


def test_a_bell_is_scipys():
    assert bell(0.3, 1.0, 0.5) == pytest.approx(norm.pdf(0.3, 1.0, 0.5))
    assert quad(lambda x: bell(x, 0.2, 0.3), -5, 5)[0] == pytest.approx(1)
