"""The fitted infinite mixture: numpy and scipy on the stored weights, and the browser's scenes."""

import numpy as np
import pytest
import torch
from scipy.integrate import simpson
from scipy.special import expit, logsumexp
from scipy.stats import norm, spearmanr

from tests.helpers.explorers import numbers, settings
from tests.helpers.node import scenes
from tools.checkpoints import fitted as tool
from vaelib.checkpoints import load
from vaelib.data.crescent import crescent
from vaelib.teaching.explore.files import checkpoint
from vaelib.teaching.explore.fitted import EDGE, STARTS, STEPS, Z_EDGE, explorer
from vaelib.teaching.explore.pack import pack

PLACES = [
    *settings(explorer),
    explorer.start() | {"step": 600, "x1": 2.0, "x2": 0.0},
    explorer.start() | {"start": STARTS[1], "step": 200, "x1": 0.0, "x2": 0.0},
]
X_TEST, POSITION = (part.numpy() for part in crescent(2000, random_state=1))


def decode(start, step, z):
    """μ(z) and σ(z), (n, 2) each, from the file's weights as plain matrices."""
    theta = load(checkpoint("fitted.pt"))["weights"][STARTS.index(start), STEPS.index(step)]
    cut = np.split(theta.double().numpy(), np.cumsum([32, 32, 1024, 32, 128]))
    first, a, second, b, third, c = cut
    h = np.atleast_1d(z)[:, None] @ first.reshape(1, 32) + a
    h = (h * expit(h)) @ second.reshape(32, 32).T + b
    out = (h * expit(h)) @ third.reshape(4, 32).T + c
    return out[:, :2], np.exp(out[:, 2:] / 2)


def joint(place, z):
    """log p(z) + log p(x|z), (n,)."""
    mu, std = decode(place["start"], place["step"], z)
    x = np.array([place["x1"], place["x2"]])
    return norm.logpdf(np.atleast_1d(z)) + norm.logpdf(x, mu, std).sum(1)


def log_p(place):
    """log p(x) by Simpson's rule on 48,001 z, with the largest joint density taken out."""
    z = np.linspace(-12, 12, 48_001)
    log_joint = joint(place, z)
    return log_joint.max() + np.log(simpson(np.exp(log_joint - log_joint.max()), x=z))


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_log_p_is_the_integral_and_the_posterior_bayes_rule(place):
    arrays, sentence = explorer.draw(**place)
    exact, (_, _, _, _, x1, x2, said, mean, std, *prior) = log_p(place), numbers(sentence)[:11]
    assert (x1, x2, *prior) == (place["x1"], place["x2"], 0, 1)
    assert said == pytest.approx(exact, abs=0.0501 + 1e-6 * abs(exact))
    z = (np.arange(48_000) + 0.5) / 2000 - 12
    p = np.exp(joint(place, z) - exact)
    assert p.sum() / 2000 == pytest.approx(1, abs=1e-6)
    assert mean == pytest.approx(p @ z / p.sum(), abs=0.0051)
    assert std == pytest.approx(np.sqrt(p @ (z - p @ z / p.sum()) ** 2 / p.sum()), abs=0.0051)
    shown = arrays["posterior"]
    wanted = np.exp(joint(place, shown[:, 0]) - exact)
    np.testing.assert_allclose(shown[:, 1] * wanted.max(), wanted * shown[:, 1].max(), atol=1e-9)
    beyond = p[np.abs(z) > Z_EDGE].sum() / p.sum()
    assert ("beyond −6 < z < 6" in sentence) == (beyond > 0.5)
    assert shown[:, 1].max() <= 1 and (beyond > 0.5 or shown[:, 1].max() > 0.5)


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_rings_cut_the_posterior_into_equal_shares(place):
    arrays, _ = explorer.draw(**place)
    z = (np.arange(48_000) + 0.5) / 2000 - 12
    p = np.exp(joint(place, z) - logsumexp(joint(place, z)))
    cut = np.interp((np.arange(20) + 0.5) / 20, p.cumsum(), z)
    around = np.stack([decode(place["start"], place["step"], cut + move)[0] for move in
                       np.linspace(-0.02, 0.02, 9)])  # fmt: skip
    low, high = around.min(0), around.max(0)  # a grid's step, 0.02, is all that they may be off
    slack = 1e-3 * (1 + np.abs(low))
    assert (arrays["likely"] >= low - slack).all() and (arrays["likely"] <= high + slack).all()


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_curve_and_widths_are_the_decoders(place):
    arrays, sentence = explorer.draw(**place)
    kind = place["start"], place["step"]
    mu, _ = decode(*kind, np.linspace(-2.5, 2.5, 101))
    np.testing.assert_allclose(arrays["curve"], mu, atol=1e-9)
    assert ("off the plane" in sentence) == (np.abs(mu).max() > EDGE)
    mu, std = decode(*kind, np.arange(-2.0, 3))
    np.testing.assert_allclose(arrays["marked"], np.column_stack([mu, range(5)]), atol=1e-9)
    unit = (arrays["widths"] - mu[:, None]) / std[:, None]
    np.testing.assert_allclose(np.hypot(*unit.T), 1)
    np.testing.assert_array_equal(arrays["x"], [[place["x1"], place["x2"]]])


def test_held_out_nats_are_those_of_the_weights():
    """On another grid, and the crescent's own density by its formula."""
    t = (np.arange(2000) + 0.5) / 1000 - 1
    arc = 2 * np.stack([np.cos(0.75 * np.pi * t), np.sin(0.75 * np.pi * t)], 1)
    true = logsumexp(norm.logpdf(X_TEST[:, None], arc, 0.15).sum(-1), axis=1) - np.log(2000)
    z = (np.arange(1300) + 0.5) * 12 / 1300 - 6
    log_w = norm.logpdf(z) - logsumexp(norm.logpdf(z))
    best, worst = STARTS
    for start, step in ((best, 0), (worst, 5), (best, 40), (worst, 200), (best, 600)):
        mu, std = decode(start, step, z)
        log_px_z = norm.logpdf(X_TEST[:, None], mu, std).sum(-1)
        held_out = logsumexp(log_px_z + log_w, axis=1).mean()
        arrays, sentence = explorer.draw(start=start, step=step)
        wanted = np.log10([[step + 1, true.mean() - held_out]])
        np.testing.assert_allclose(arrays["now"], wanted, atol=2e-3)
        assert numbers(sentence)[:2] == [step, 600]
        assert numbers(sentence)[2:4] == pytest.approx(
            [held_out, true.mean() - held_out], abs=0.0065
        )


def test_the_other_run_is_the_other_start():
    for step in STEPS:
        best, worst = (explorer.draw(start=start, step=step).arrays for start in STARTS)
        np.testing.assert_array_equal(best["run"], worst["other"])
        np.testing.assert_array_equal(worst["run"], best["other"])
        np.testing.assert_array_equal(best["run"][STEPS.index(step)], best["now"][0])
        np.testing.assert_allclose(10 ** best["run"][:, 0], np.add(STEPS, 1))


def test_a_step_between_two_moments_shows_the_nearest():
    assert explorer.draw(step=255).sentence == explorer.draw(step=250).sentence
    assert explorer.draw(step=226.0).sentence == explorer.draw(step=250).sentence


def test_the_worst_start_was_slow_and_not_lost():
    """As the lesson says: far behind at step 200, and there at step 600, along the same arc."""
    below = {(s, t): numbers(explorer.draw(start=s, step=t).sentence)[3]
             for s in STARTS for t in (200, 600)}  # fmt: skip
    best, worst = STARTS
    assert below[best, 200] < 0.2 and below[worst, 200] > 0.9
    assert below[best, 600] < 0.03 and below[worst, 600] < 0.03
    z = np.linspace(-2, 2, 400)
    for start in STARTS:
        angle = np.unwrap(np.arctan2(*decode(start, 600, z)[0].T[::-1]))
        assert abs(spearmanr(z, angle).statistic) > 0.999


def test_the_posterior_narrows_as_the_fit_goes_on_and_the_hollow_becomes_unlikely():
    """The numbers that the lesson quotes."""
    at = {step: numbers(explorer.draw(step=step, x1=2.0, x2=0.0).sentence)[8] for step in (0, 600)}
    assert at[0] > 0.9 and at[600] < 0.05
    hollow = [numbers(explorer.draw(step=t, x1=0.0, x2=0.0).sentence) for t in (0, 600)]
    assert hollow[0][8] > 0.9 and [said[6] for said in hollow] == pytest.approx([0, -74], abs=0.1)
    rings = explorer.draw(step=600, x1=2.0, x2=0.0).arrays["likely"]
    assert np.hypot(*(rings - [2, 0]).T).max() < 0.3
    far = explorer.draw(step=600, x1=-3.0, x2=0.0).sentence
    assert numbers(far)[7] < -6 and "beyond −6 < z < 6" in far


def test_the_stored_run_is_the_lessons():
    saved, dtype = load(checkpoint("fitted.pt")), torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    try:
        _, end, moments = tool.fitted(saved["seeds"][0], 40)
        _, _, again = tool.fitted(saved["seeds"][1], 1)
    finally:
        torch.set_default_dtype(dtype)
    assert end == pytest.approx(max(saved["ends"]), abs=0.05)
    assert np.argmin(saved["ends"]) == saved["seeds"][1]
    assert np.argmax(saved["ends"]) == saved["seeds"][0]
    for run, found in enumerate((moments, again)):  # before the rates of 40 and 120 epochs part
        torch.testing.assert_close(found[:3], saved["weights"][run, :3], rtol=2e-3, atol=2e-3)
        assert (found[1] - found[0]).abs().max() > 0.01


def test_the_browser_draws_the_same_scenes():
    places = [explorer.start(), *settings(explorer, 60)]
    for place, theirs in zip(places, scenes(explorer, places), strict=True):
        ours = explorer.draw(**place)
        assert theirs.sentence == ours.sentence
        assert set(theirs.arrays) == set(ours.arrays)
        for name, array in ours.arrays.items():
            np.testing.assert_allclose(
                theirs.arrays[name], array, rtol=1e-6, atol=1e-8, err_msg=name, strict=True
            )


def test_what_the_page_holds_is_exact_in_half_floats_and_small():
    for name in ("weights", "below", "truth", "steps"):
        array = explorer.fixed_arrays()[name]
        np.testing.assert_array_equal(array.astype(np.float16), array)
    assert len(pack(explorer)) < 150_000


def test_runs_and_points_lie_on_their_panels():
    x, y = explorer.panels["climb"].x, explorer.panels["climb"].y
    for start in STARTS:
        run = explorer.draw(start=start).arrays["run"]
        assert x.low <= run[:, 0].min() and run[:, 0].max() < x.high
        assert y.low < run[:, 1].min() and run[:, 1].max() < y.high
        late, _ = explorer.draw(start=start, step=600)
        assert max(np.abs(late[name]).max() for name in ("curve", "widths")) < EDGE
    assert np.abs(explorer.fixed_arrays()["data"]).max() < EDGE
