"""EM half a step at a time: scipy's densities, scikit-learn's EM, loops, and the browser's runs."""

import itertools
import json

import numpy as np
import pytest
import torch
from scipy.stats import multivariate_normal
from sklearn.mixture import GaussianMixture

from tests.helpers.explorers import alike, numbers
from tests.helpers.hands import check_challenges
from tests.helpers.node import node, scenes
from tests.helpers.pulls import pulled
from vaelib.data.crescent import crescent
from vaelib.mixture import Mixture, e_step, m_step
from vaelib.teaching.explore.em import (
    FLOOR,
    HALF_STEPS,
    THIN,
    WITHIN,
    climb,
    even,
    first,
    halves,
    heights,
    others,
    points,
    top,
)
from vaelib.teaching.explore.files import hand
from vaelib.teaching.explore.pack import pack
from vaelib.teaching.explore.steps import DENSE, SHOWN, TONES, explorer
from vaelib.teaching.explore.words import plain

K = explorer.controls["k"].values
STARTS = explorer.controls["start"].values
RUNS = list(itertools.product(K, STARTS))
ENDS = {(k, start): heights(Mixture(*first(int(k), start)), 101)[-1] for k, start in RUNS}
X = points().numpy()
MOVED = {"right1": 0.4, "up1": -0.3, "right2": -0.85, "up3": 1.2}
DEAD = {"k": "5", "start": "k-means", "right1": 1.75, "up1": -1.8, "right2": -0.2, "up2": -0.95,
        "right3": 0.15, "up3": 1.9}  # fmt: skip
STEPS = itertools.cycle((0, 1, 2, 5, 13, 26, 39, 40))
PLACES = [{"k": k, "start": start, "step": next(STEPS)} for k, start in RUNS]
PLACES += [{"k": k, "start": start, "step": 17, **MOVED} for k, start in RUNS[::2]]
PLACES += [DEAD | {"step": 30}, {"step": 12, "right3": -5, "up3": 5}]
PLACES = [explorer.check(place) | {"step": place["step"]} for place in PLACES]


def moves(parameters):
    return tuple((parameters[f"right{i}"], parameters[f"up{i}"]) for i in (1, 2, 3))


def states(parameters):
    """The states of the whole run."""
    return climb(int(parameters["k"]), parameters["start"], moves(parameters))


def joint(theta):
    """p(x_n, k) by scipy, (n, K)."""
    parts = zip(*(p.numpy() for p in theta), strict=True)
    return np.stack([w * multivariate_normal(m, c).pdf(X) for w, m, c in parts], axis=1)


def test_the_points_are_those_of_the_lessons():
    kept = halves()
    assert np.array_equal(kept, kept.astype(np.float16))
    np.testing.assert_allclose(X, crescent(500, random_state=0)[0], atol=5e-7)


def test_the_browser_draws_the_same_scenes():
    for parameters, theirs in zip(PLACES, scenes(explorer, PLACES), strict=True):
        ours = explorer.draw(**parameters)
        assert alike(theirs.sentence, ours.sentence) and alike(theirs.more, ours.more)
        assert set(theirs.arrays) == set(ours.arrays)
        for name, array in ours.arrays.items():
            np.testing.assert_allclose(
                theirs.arrays[name], array, rtol=1e-6, atol=1e-6, err_msg=name, strict=True
            )


def test_the_browsers_half_steps_are_the_packages_own():
    """Each from the browser's last one: its E-steps by e_step, its M-steps by m_step."""
    run = [explorer.check({"k": "3", "start": "first points", "step": t, **MOVED})
           for t in range(12)]  # fmt: skip
    best, x = top(3), points()
    drawn = scenes(explorer, run)
    theta = first(3, "first points", moves(run[0]))
    for step, scene in enumerate(drawn):
        q = torch.from_numpy(scene.arrays["x"][:, 2:])
        if step % 2:
            theta = m_step(x, q)
        log_px, log_resp = e_step(x, *theta)
        if step % 2 == 0:
            np.testing.assert_allclose(q, log_resp.exp(), atol=1e-9)
        for k, mean in enumerate(theta[1], 1):
            np.testing.assert_allclose(scene.arrays[f"centre{k}"], [mean], atol=1e-9)
        assert best - scene.arrays["gap"][-1, 1] == pytest.approx(log_px.mean().item(), abs=1e-9)


@pytest.mark.parametrize(("k", "start"), RUNS)
def test_bound_and_likelihood_are_those_of_their_definitions(k, start):
    for state in climb(int(k), start):
        p, q = joint(state.theta), state.q.numpy()
        assert state.log_p == pytest.approx(np.log(p.sum(1)).mean(), abs=1e-9)
        with np.errstate(divide="ignore", invalid="ignore"):
            terms = np.where(q > 0, q * (np.log(p) - np.log(q)), 0)
        assert state.lower == pytest.approx(terms.sum(1).mean(), abs=1e-9)


@pytest.mark.parametrize("parameters", [*PLACES[:12:2], PLACES[-3]])
def test_each_half_raises_the_bound_and_only_the_m_step_the_likelihood(parameters):
    run = states(parameters)
    assert len(run) == HALF_STEPS
    for step, (old, new) in enumerate(itertools.pairwise(run), 1):
        assert new.lower > old.lower - 1e-12 and new.log_p > old.log_p - 1e-12
        assert new.lower <= new.log_p + 1e-12
        if step % 2 == 0:
            assert new.lower == pytest.approx(new.log_p, abs=1e-12) and new.log_p == old.log_p
            assert new.theta is old.theta
            p = joint(new.theta)
            np.testing.assert_allclose(new.q, p / p.sum(1, keepdims=True), atol=1e-9)
        else:
            assert new.log_p - old.log_p >= new.lower - old.lower - 1e-12
            assert torch.equal(new.q, old.q)
            for i, q in enumerate(old.q.T.numpy()):
                np.testing.assert_allclose(new.theta[0][i], q.mean(), rtol=1e-9)
                np.testing.assert_allclose(new.theta[1][i], np.average(X, axis=0, weights=q))
                np.testing.assert_allclose(
                    new.theta[2][i], np.cov(X.T, bias=True, aweights=q), rtol=1e-7, atol=1e-9
                )


@pytest.mark.parametrize(("k", "start"), RUNS)
def test_scikit_learn_goes_the_same_way(k, start):
    run = climb(int(k), start)
    weights, means, covs = (p.numpy() for p in run[0].theta)
    with pytest.warns(match="did not converge"):
        theirs = GaussianMixture(
            int(k), tol=0, max_iter=20, reg_covar=0, weights_init=weights, means_init=means,
            precisions_init=np.linalg.inv(covs),
        ).fit(X)  # fmt: skip
    np.testing.assert_allclose(run[40].theta[1], theirs.means_, rtol=1e-6, atol=1e-8)
    np.testing.assert_allclose(run[40].theta[2], theirs.covariances_, rtol=1e-6, atol=1e-8)
    assert run[40].log_p == pytest.approx(theirs.score(X), abs=1e-9)


def test_the_first_points_are_lesson_03s_run():
    log_p = [climb(3, "first points")[2 * step].log_p for step in (0, 1, 2, 4, 8, 16)]
    printed = [-4.4943, -3.1700, -2.9242, -2.6846, -2.2982, -2.2677]
    assert log_p == pytest.approx(printed, abs=6e-5)


def test_which_starts_reach_the_best_top():
    """k-means and the first points do, as do nearly equal ones; unlucky points end lower."""
    for k in K:
        best = top(int(k))
        assert (
            best == ENDS[k, "k-means"] == pytest.approx(max(ENDS[k, s] for s in STARTS), abs=1e-6)
        )
        for start in ("first points", "almost alike"):
            assert ENDS[k, start] == pytest.approx(best, abs=1e-6)
        missing = best - ENDS[k, "unlucky points"]
        low, high = {"2": (0.3, 0.4), "3": (0.3, 0.4), "5": (0.003, 0.01)}[k]
        assert low < missing < high


def test_other_starts_end_at_the_best_top_or_under_it():
    for k in map(int, K):
        grey = others(k)
        assert np.array_equal(grey, grey.astype(np.float16)) and grey.min() >= 0.99 * FLOOR
        assert np.all(np.diff(grey) <= 1e-3 * grey[:, 1:])
        mixture = first(k, "first points")
        for seed, row in enumerate(grey[:2]):
            means = points()[np.random.RandomState(seed).choice(500, k, replace=False)]
            log_p = e_step(points(), mixture[0], means, mixture[2])[0].mean().item()
            assert row[0] == pytest.approx(top(k) - log_p, rel=1e-3)
    assert sum(others(3)[:, -1] > 0.1) == 1


def test_what_lessons_02_and_03_say_of_the_runs():
    slow, unlucky = climb(3, "almost alike"), climb(3, "unlucky points")
    assert slow[10].log_p - slow[0].log_p < 0.05 < 1 < top(3) - slow[0].log_p
    assert top(3) - unlucky[-1].log_p == pytest.approx(0.4, abs=0.05)
    assert (
        top(3) - climb(3, "k-means")[0].log_p < 0.01 > top(5) - climb(5, "unlucky points")[-1].log_p
    )
    left = np.array([top(3) - state.log_p for state in climb(3, "first points")[20::2]])
    assert np.all((0.5 < left[1:] / left[:-1]) & (left[1:] / left[:-1] < 2 / 3))
    assert left[-1] > FLOOR
    gains = [slow[step].lower - slow[step - 1].lower for step in range(2, 7)]
    assert 0 < min(gains) and max(gains) < 0.001
    # One of the unlucky Gaussians stands across the gap between the ends of the arc, x₁ < −1.5.
    mean, cov = min(zip(*unlucky[-1].theta[1:], strict=True), key=lambda one: one[0][0])
    assert abs(mean[1]) < 0.5 and cov[1, 1].sqrt() > 1.5


def test_a_start_is_moved_but_stays_in_the_picture():
    for k, start in RUNS:
        weights, means, covs = first(int(k), start)
        moved = first(int(k), start, ((0.3, -0.2), (0, 0), (9, 9)))
        assert torch.equal(moved[0], weights) and torch.equal(moved[2], covs)
        by = moved[1] - means
        np.testing.assert_allclose(by[0], [0.3, -0.2], atol=1e-12)
        assert not by[1].any() and not by[3:].any()
        if int(k) > 2:
            assert moved[1][2].tolist() == [WITHIN, WITHIN]


def test_a_run_ends_where_a_gaussian_shrinks_onto_too_few_points():
    run = states(explorer.check(DEAD))
    assert len(run) == 3
    after = m_step(points(), e_step(points(), *run[-1].theta)[1].exp())
    assert torch.linalg.eigvalsh(after[2]).min() < THIN
    last = explorer.draw(**DEAD, step=40)
    assert "EM ends before half-step [40](step)" in last.sentence
    assert len(last.arrays["gap"]) == 6
    assert "shrunk" not in explorer.draw(**DEAD, step=2).sentence


def test_points_have_the_shares_of_q():
    for parameters in PLACES:
        arrays = explorer.draw(**parameters).arrays
        run = states(parameters)
        now = run[min(parameters["step"], len(run) - 1)]
        np.testing.assert_array_equal(arrays["x"], np.column_stack([X, now.q]))
        np.testing.assert_allclose(arrays["x"][:, 2:].sum(1), 1)


def test_ellipses_are_one_standard_deviation_from_their_centres_and_ways_lead_there():
    for parameters in PLACES:
        arrays, k = explorer.draw(**parameters).arrays, int(parameters["k"])
        run = states(parameters)[: parameters["step"] + 1]
        for i, (mean, cov) in enumerate(zip(*run[-1].theta[1:], strict=True), 1):
            ellipse, way = arrays[f"ellipse{i}"], arrays[f"way{i}"]
            gaps = ellipse - mean.numpy()
            far = np.einsum("ni,ij,nj->n", gaps, np.linalg.inv(cov), gaps)
            np.testing.assert_allclose(far, 1, rtol=1e-6)
            np.testing.assert_allclose(ellipse[0], ellipse[-1], atol=1e-12)
            assert np.array_equal(arrays[f"centre{i}"], [mean.numpy()])
            assert np.array_equal(way[-1], mean) and np.array_equal(way[0], run[0].theta[1][i - 1])
            assert len(way) == 1 + len(run) // 2
        for i in (1, 2, 3)[:k]:
            string = arrays[f"string{i}"]
            assert np.array_equal(string[0], run[-1].theta[1][i - 1])
            hangs = parameters["start"] == "almost alike"
            assert np.hypot(*(string[1] - string[0])) == pytest.approx(
                0.53 if hangs else 0, abs=0.02
            )
        for i in range(k + 1, len(TONES) + 1):
            assert not any(arrays[f"{name}{i}"].size for name in ("ellipse", "way", "centre"))


def test_stairs_stand_at_each_half_step_and_end_at_this_one():
    for parameters in PLACES:
        arrays, run = explorer.draw(**parameters).arrays, states(parameters)
        so_far = run[: parameters["step"] + 1]
        best = top(int(parameters["k"]))
        for t, state in enumerate(run):
            for name, shown in (("gap", so_far), ("run", run)):
                assert len(arrays[name]) == 2 * len(shown)
                if t < len(shown):
                    height = max(best - state.log_p, FLOOR)
                    expected = [[t, height], [t + 1, height]]
                    np.testing.assert_allclose(arrays[name][2 * t : 2 * t + 2], expected)
        np.testing.assert_allclose(arrays["here"], [arrays["gap"][-2:].mean(0)])


def test_the_close_up_is_of_the_last_half_steps():
    for parameters in PLACES:
        scene, run = explorer.draw(**parameters), states(parameters)
        last = run[: parameters["step"] + 1][-SHOWN - 1 :]
        if len(last) == 1:  # nothing to climb from but a q that is the same for all
            last = [even(run[0]), *last]
        span = last[-1].log_p - last[0].lower
        assert f"The close-up is {span:.4f} nats high" in scene.more.replace("−", "-")
        for name in ("lower", "log_p"):
            stand = scene.arrays[name]
            assert stand[-1, 0] == 1 and len(stand) == DENSE * len(last)
            for t, state in enumerate(last):
                height = (getattr(state, name) - last[0].lower) / max(span, 1e-7)
                left = 1 - len(last) + t
                tread = stand[DENSE * t : DENSE * (t + 1)]
                np.testing.assert_allclose(tread[:, 0], np.linspace(left, left + 1, DENSE))
                np.testing.assert_allclose(tread[:, 1], height, atol=1e-6)
        low, high = scene.arrays["kl"].T[1:]
        assert np.array_equal(low, scene.arrays["lower"][:, 1])
        assert np.array_equal(high, scene.arrays["log_p"][:, 1])
        assert (high - low).min() > -1e-6


def test_the_sentence_says_what_was_done_and_by_how_much():
    for parameters in PLACES:
        step, run = parameters["step"], states(parameters)
        if step >= len(run):
            continue
        now, old = run[step], run[step - 1] if step else even(run[0])
        best = top(int(parameters["k"]))
        sentence = plain(explorer.draw(**parameters).sentence)
        assert sentence.startswith(f"{'M' if step % 2 else 'E'}-step {step}:")
        assert sentence.endswith(f"Next: {'E' if step % 2 else 'M'}-step.") == (step < 40)
        rise = now.log_p - old.log_p if step % 2 else now.lower - old.lower
        expected = [step, rise if rise >= 1e-3 else 1e-3]
        if not step:
            expected = [0]
        elif best - now.log_p >= 5e-4:
            expected.append(best - now.log_p)
        else:
            assert "as high as the best result known" in sentence
        said = numbers(sentence.replace("E-step", "").replace("M-step", ""))
        assert len(said) <= 3 and said == pytest.approx(expected, abs=0.00051)
        more = numbers(explorer.draw(**parameters).more)
        assert more[:3] == pytest.approx([now.lower, now.log_p, now.log_p - now.lower], abs=5.1e-5)


def test_before_the_first_e_step_all_share_each_point_evenly():
    for k, start in RUNS:
        state = climb(int(k), start)[0]
        before, p = even(state), joint(state.theta)
        np.testing.assert_allclose(before.q, 1 / int(k))
        lower = (np.log(p) + np.log(int(k))).mean(1).mean()  # q (log p − log q), q = 1/K
        assert before.lower == pytest.approx(lower, abs=1e-9) and before.lower < state.lower
        assert before.log_p == state.log_p == pytest.approx(state.lower, abs=1e-12)


def test_at_the_first_look_an_m_step_is_due_that_moves_what_one_sees():
    now, soon = explorer.draw().arrays, explorer.draw(step=1).arrays
    assert "Next: M-step" in explorer.draw().sentence and len(now["gap"]) == 2
    assert now["gap"][-1, 1] - soon["gap"][-1, 1] > 1
    assert max(np.hypot(*(soon[f"centre{i}"] - now[f"centre{i}"])[0]) for i in (1, 2, 3)) > 0.5


def test_em_rests_at_half_step_25_between_gains_of_more_than_a_tenth():
    run = climb(3, "almost alike")
    gains = {step: run[step].log_p - run[step - 1].log_p for step in range(1, 40, 2)}
    assert min(range(19, 32, 2), key=gains.get) == 25 and gains[25] < 0.04
    assert [step for step, gain in gains.items() if gain > 0.1] == [19, 21, 23, 29, 31]
    assert gains[23] == pytest.approx(0.11, abs=0.005)


def test_nothing_is_cut_off_but_what_a_gaussian_of_the_start_reaches():
    for k, start, step in itertools.product(K, STARTS, (0, 1, 2, 3, 8, 20, 40)):
        arrays = explorer.draw(k=k, start=start, step=step).arrays
        y = explorer.panels["near"].y
        for name in ("run", "others"):
            shown = arrays[name][..., 1]
            assert y.low * 0.999 <= shown.min() and shown.max() < y.high
        y = explorer.panels["close"].y
        assert y.low < arrays["lower"][:, 1].min() and arrays["log_p"][:, 1].max() < y.high
        if step:
            assert max(abs(arrays[f"ellipse{i}"]).max() for i in range(1, int(k) + 1)) < 3
        assert abs(X).max() < 3


def test_the_pack_is_small():
    assert len(pack(explorer)) < 25_000


WAYS = {
    "steps-rests": [
        *({"start": "almost alike", "step": 25, **moved} for moved in ({"up2": 0.05}, {"k": "2"})),
        *({"start": "almost alike", "step": step}
          for step in (*range(1, 25), 27, 28, 29, 36, 40, 25)),
    ],
    "steps-stuck": [
        {"start": "unlucky points", "step": 39}, {"start": "unlucky points", "step": 40},
    ],
    "steps-free": [
        {"start": "unlucky points", "step": 40},
        {"start": "unlucky points", "step": 40, "right1": 0.5},
        {"start": "unlucky points", "step": 40, "right1": -1.5},
    ],
}  # fmt: skip


def test_the_challenges_can_be_met():
    check_challenges(explorer, WAYS)


def test_a_mean_is_thrown_at_any_half_step_and_em_begins_anew_from_there():
    """By its string's end; where means are alike, the ends are apart. The others stay."""
    for parameters in PLACES[:15:3]:
        pulls = [("start2", [-1.25, 0.4]), ("step", [7.9, 0.1])]
        (moved, at), (stepped, _) = pulled(explorer, parameters, pulls)
        before = explorer.draw(**parameters).arrays
        after = explorer.draw(**parameters | moved).arrays
        assert moved["step"] == 0 and len(after["gap"]) == 2
        assert after["string2"][1] == pytest.approx([-1.25, 0.4], abs=1e-6)
        assert at == pytest.approx(before["string2"][1])
        for k in {1, 3} & set(range(1, int(parameters["k"]) + 1)):
            np.testing.assert_allclose(after[f"centre{k}"], before[f"centre{k}"], atol=1e-9)
        assert stepped == {"step": pytest.approx(7.4)}
    arrays = explorer.draw(start="almost alike").arrays
    ends = np.array([arrays[f"string{k}"][1] for k in (1, 2, 3)])
    assert min(np.hypot(*(a - b)) for a, b in itertools.combinations(ends, 2)) > 0.35


def test_a_new_start_or_k_begins_at_its_first_half_step_unmoved():
    script = (
        f'const {{ along }} = await import("{hand("steps")}");'
        'const all = [{ start: "k-means" }, { k: "2" }, { step: 7 }, { right1: 1 }, {},'
        '{ start: "random" }];'
        "console.log(JSON.stringify(all.map(along)));"
    )
    start, k, *others, random = json.loads(node("--input-type=module", "--eval", script))
    assert (
        start == k == {"step": 0} | {f"{way}{i}": 0 for way in ("right", "up") for i in (1, 2, 3)}
    )
    assert others == [{}, {}, {}]
    assert random.keys() == start.keys() and random["step"] == 0
    assert all(value for name, value in random.items() if name != "step")


def test_a_value_out_of_range_is_named():
    with pytest.raises(ValueError, match="k: got '4'"):
        explorer.draw(k="4")


def test_every_start_lies_on_the_chart_of_distances():
    """The farthest ones: each mean in a corner of what a hand can reach."""
    high = explorer.panels["near"].y.high
    corners = list(itertools.product((-9, 9), (-9, 9)))
    for k, start in RUNS:
        weights, _, covs = first(int(k), start)
        for moved in itertools.product(corners, repeat=3):
            theta = weights, first(int(k), start, moved)[1], covs
            assert top(int(k)) - e_step(points(), *theta)[0].mean().item() < high
