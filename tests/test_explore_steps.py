"""EM half a step at a time, against scipy's densities, scikit-learn's EM, and loops."""

import itertools
import re

import numpy as np
import pytest
import torch
from scipy.stats import multivariate_normal
from sklearn.mixture import GaussianMixture

from tests.helpers.explorers import settings
from vaelib.data.crescent import crescent
from vaelib.teaching.explore.steps import (
    FLOOR,
    HALF_STEPS,
    SHOWN,
    SURE,
    UNDECIDED,
    climb,
    explorer,
    top,
)

K = explorer.controls["k"].values
STARTS = explorer.controls["start"].values
PLACES = settings(explorer)
RUNS = list(itertools.product(K, STARTS))
ENDS = {(k, start): climb(int(k), start, 201)[-1].log_p for k, start in RUNS}
X = crescent(500, random_state=0)[0].numpy()


def joint(theta):
    """p(x_n, k) by scipy, (n, K)."""
    parts = zip(*(p.numpy() for p in theta), strict=True)
    return np.stack([w * multivariate_normal(m, c).pdf(X) for w, m, c in parts], axis=1)


@pytest.mark.parametrize(("k", "start"), RUNS)
def test_bound_and_likelihood_are_those_of_their_definitions(k, start):
    for state in climb(int(k), start):
        p, q = joint(state.theta), state.q.numpy()
        assert state.log_p == pytest.approx(np.log(p.sum(1)).mean(), abs=1e-9)
        with np.errstate(divide="ignore", invalid="ignore"):
            terms = np.where(q > 0, q * (np.log(p) - np.log(q)), 0)
        assert state.lower == pytest.approx(terms.sum(1).mean(), abs=1e-9)


@pytest.mark.parametrize(("k", "start"), RUNS)
def test_each_half_raises_the_bound_and_only_the_m_step_the_likelihood(k, start):
    states = climb(int(k), start)
    assert len(states) == HALF_STEPS
    for step, (old, new) in enumerate(itertools.pairwise(states), 1):
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
    states = climb(int(k), start)
    weights, means, covs = (p.numpy() for p in states[0].theta)
    with pytest.warns(match="did not converge"):
        theirs = GaussianMixture(
            int(k), tol=0, max_iter=20, reg_covar=0, weights_init=weights, means_init=means,
            precisions_init=np.linalg.inv(covs),
        ).fit(X)  # fmt: skip
    np.testing.assert_allclose(states[40].theta[1], theirs.means_, rtol=1e-6, atol=1e-8)
    np.testing.assert_allclose(states[40].theta[2], theirs.covariances_, rtol=1e-6, atol=1e-8)
    assert states[40].log_p == pytest.approx(theirs.score(X), abs=1e-9)


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


def test_what_lessons_02_and_03_say_of_the_runs():
    alike, unlucky = climb(3, "almost alike"), climb(3, "unlucky points")
    assert alike[10].log_p - alike[0].log_p < 0.05 < 1 < top(3) - alike[0].log_p
    assert top(3) - unlucky[-1].log_p == pytest.approx(0.4, abs=0.05)
    assert (
        top(3) - climb(3, "k-means")[0].log_p < 0.01 > top(5) - climb(5, "unlucky points")[-1].log_p
    )
    left = np.array([top(3) - state.log_p for state in climb(3, "first points")[20::2]])
    assert np.all((0.5 < left[1:] / left[:-1]) & (left[1:] / left[:-1] < 2 / 3))
    # One of the unlucky Gaussians stands across the gap between the ends of the arc, x₁ < −1.5.
    mean, cov = min(zip(*unlucky[-1].theta[1:], strict=True), key=lambda one: one[0][0])
    assert abs(mean[1]) < 0.5 and cov[1, 1].sqrt() > 1.5


def test_points_are_of_their_likeliest_component():
    for parameters in PLACES:
        arrays = explorer.draw(**parameters).arrays
        q = climb(int(parameters["k"]), parameters["start"])[parameters["step"]].q[:SHOWN].numpy()
        assert np.array_equal(arrays["x"][:, :2], X[:SHOWN])
        for kind, row in zip(arrays["x"][:, 2], q, strict=True):
            assert kind == (np.argmax(row) if max(row) >= SURE else UNDECIDED)
        assert len(explorer.marks["x"].classes) == UNDECIDED + 1 > int(parameters["k"])


def test_ellipses_are_one_standard_deviation_from_their_centres():
    for parameters in PLACES:
        arrays = explorer.draw(**parameters).arrays
        theta = climb(int(parameters["k"]), parameters["start"])[parameters["step"]].theta
        np.testing.assert_allclose(arrays["centres"], theta[1])
        for line, mean, cov in zip(arrays["gaussians"], *theta[1:], strict=True):
            gaps = line - mean.numpy()
            far = np.einsum("ni,ij,nj->n", gaps, np.linalg.inv(cov), gaps)
            np.testing.assert_allclose(far, 1, rtol=1e-9)
            np.testing.assert_allclose(line[0], line[-1], atol=1e-12)
            angles = np.unwrap(np.arctan2(*gaps.T[::-1]))
            assert abs(angles[-1] - angles[0]) == pytest.approx(2 * np.pi)


def test_stairs_stand_at_each_half_step_and_end_at_this_one():
    for parameters in PLACES:
        arrays, step = explorer.draw(**parameters).arrays, parameters["step"]
        states, best = climb(int(parameters["k"]), parameters["start"]), top(int(parameters["k"]))
        expected = {
            "lower": [state.lower for state in states],
            "log_p": [state.log_p for state in states],
        }
        for name, values in expected.items():
            gaps = [np.log10(max(best - value, FLOOR)) for value in values]
            for array, heights in ((name, values), (f"{name}_gap", gaps)):
                steps = arrays[array]
                assert steps[:, 0].max() == step + 1
                for t in range(step + 1):
                    stand = steps[2 * t : 2 * t + 2]
                    np.testing.assert_allclose(stand, [[t, heights[t]], [t + 1, heights[t]]])
                assert (steps[2 * step + 1 :] == steps[2 * step + 1]).all()
            whole = arrays[f"{name}_run"]
            assert whole[-1, 0] == HALF_STEPS
            np.testing.assert_allclose(whole[: 2 * step + 2], arrays[name][: 2 * step + 2])
        low, high = arrays["kl"].T[1:]
        assert np.array_equal(low, arrays["lower"][:, 1])
        assert np.array_equal(high, arrays["log_p"][:, 1])
        assert (high - low).min() > -1e-12 and (arrays["best"][:, 1] == best).all()


def test_the_sentence_says_what_was_done_and_by_how_much():
    for parameters in settings(explorer, 40):
        step = parameters["step"]
        states = climb(int(parameters["k"]), parameters["start"])
        sentence = explorer.draw(**parameters).sentence
        said = re.findall(r"−?\d+\.\d+", sentence)
        now, old = states[step], states[step - 1]
        best = top(int(parameters["k"]))
        assert sentence.startswith(f"Half-step {step}, an {'M' if step % 2 else 'E'}-step")
        if step == 0:
            expected = [now.log_p, best]
        elif step % 2 == 0:
            expected = [now.lower - old.lower, now.lower, best]
        else:
            rises = now.lower - old.lower, now.lower, now.log_p - old.log_p, now.log_p
            expected = [*rises, now.log_p - now.lower, best]
        for text, value in zip(said, expected, strict=True):
            half = 0.51 * 10.0 ** -len(text.split(".")[1]) if text != "0.0001" else 1e-4
            assert float(text.replace("−", "-")) == pytest.approx(value, abs=half)
        assert "0.0000" not in sentence and not re.search(r"-\d", sentence.replace("step-", ""))


def test_nothing_is_cut_off_but_what_a_gaussian_of_the_start_reaches():
    for k, start, step in itertools.product(K, STARTS, range(HALF_STEPS)):
        arrays = explorer.draw(k=k, start=start, step=step).arrays
        for name, panel in (("log_p_run", "climb"), ("lower", "climb"), ("lower_gap", "near")):
            y = explorer.panels[panel].y
            assert y.low <= arrays[name][:, 1].min() and arrays[name][:, 1].max() < y.high
        if step:
            assert abs(arrays["gaussians"]).max() < 3
        assert abs(arrays["x"][:, :2]).max() < 3
