"""The fitted infinite mixture: numpy and scipy on the stored weights, and the browser's scenes."""

import itertools

import numpy as np
import pytest
import torch
from scipy.integrate import simpson
from scipy.signal import find_peaks
from scipy.special import expit, logsumexp
from scipy.stats import norm, spearmanr

from tests.helpers.explorers import numbers, settings
from tests.helpers.hands import check_challenges
from tests.helpers.node import check_twins
from tests.helpers.pulls import pulled
from tools.checkpoints import fitted as tool
from vaelib.checkpoints import load
from vaelib.data.crescent import crescent
from vaelib.teaching.explore.files import checkpoint
from vaelib.teaching.explore.fits import EDGE, RARE, SIDE, STEPS, Z_EDGE, humps, model, runs
from vaelib.teaching.explore.fitted import CUT, GRID, STARTS, THREADS, explorer
from vaelib.teaching.explore.fog import PAPER
from vaelib.teaching.explore.pack import pack
from vaelib.teaching.explore.words import plain

PLACES = [
    *settings(explorer),
    explorer.start() | {"step": 600, "x1": 2.0, "x2": 0.0},
    explorer.start() | {"start": STARTS[1], "step": 200, "x1": 0.0, "x2": 0.0},
]
X_TEST = crescent(2000, random_state=1)[0].numpy()
BEST, WORST = STARTS
WAYS = {
    "fitted-hollow": [
        {"x1": -1.6, "x2": -0.14},
        {"x1": -1.3, "x2": 0.0},
        {"x1": -1.3, "x2": -0.14},
    ],
    "fitted-worse": [{"step": 160}, {"step": 200}],
    "fitted-twice": [
        {"step": 130},
        {"step": 110},
        {"step": 250, "start": WORST},
        {"step": 300, "start": WORST},
    ],
}


def said(place, words="sentence"):
    """The numbers of the sentence, or of the words behind it."""
    return numbers(plain(getattr(explorer.draw(**place), words)))


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


def fine(place):
    """z on 48,000 cells, and the posterior's density there."""
    z = (np.arange(48_000) + 0.5) / 2000 - 12
    return z, np.exp(joint(place, z) - log_p(place))


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_log_p_is_the_integral_and_the_posterior_bayes_rule(place):
    arrays, sentence, _ = explorer.draw(**place)
    exact, (step, _, log_px) = log_p(place), said(place, "more")[-3:]
    assert log_px == pytest.approx(exact, abs=0.0501 + 1e-6 * abs(exact))
    assert step == place["step"]
    x1, x2, share, mean, std, *prior, highest = said(place, "more")[:8]
    assert (x1, x2, share, *prior) == (place["x1"], place["x2"], 100 / THREADS, 0, 1)
    z, p = fine(place)
    assert p.sum() / 2000 == pytest.approx(1, abs=1e-6)
    assert mean == pytest.approx(p @ z / p.sum(), abs=0.0051)
    assert std == pytest.approx(np.sqrt(p @ (z - p @ z / p.sum()) ** 2 / p.sum()), abs=0.0051)
    shown = arrays["posterior"]
    wanted = np.exp(joint(place, shown[:, 0]) - exact)
    np.testing.assert_allclose(shown[:, 1], wanted, atol=1e-4 * wanted.max())
    np.testing.assert_array_equal(arrays["area"][:, [0, 2]], shown)
    assert not arrays["area"][:, 1].any()
    beyond = p[np.abs(z) > Z_EDGE].sum() / p.sum()
    assert ("off the line z" in sentence) == (beyond > 0.5)
    assert highest == pytest.approx(p.max(), rel=0.05, abs=0.051)


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_threads_cut_the_posterior_into_equal_shares(place):
    arrays = explorer.draw(**place).arrays
    z, p = fine(place)
    cut = np.interp((np.arange(THREADS) + 0.5) / THREADS, p.cumsum() / p.sum(), z)
    around = np.stack([decode(place["start"], place["step"], cut + move)[0] for move in
                       np.linspace(-0.02, 0.02, 9)])  # fmt: skip
    low, high = around.min(0), around.max(0)  # a grid's step, 0.02, is all that they may be off
    slack = 1e-3 * (1 + np.abs(low))
    assert (arrays["likely"] >= low - slack).all() and (arrays["likely"] <= high + slack).all()
    np.testing.assert_array_equal(arrays["threads"][:, 1], arrays["likely"])
    np.testing.assert_array_equal(arrays["threads"][:, 0], arrays["x"].repeat(THREADS, 0))
    np.testing.assert_array_equal(arrays["x"], [[place["x1"], place["x2"]]])


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_the_words_count_the_peaks_that_are_marked(place):
    arrays, sentence, _ = explorer.draw(**place)
    peaks, shown = arrays["peaks"], arrays["posterior"]
    inside = peaks[np.abs(peaks[:, 0]) < Z_EDGE - 0.1]
    tops = {tuple(shown[i]) for i in find_peaks(shown[:, 1])[0]}
    assert {tuple(row) for row in inside} <= tops
    first = {2: "Two different", 3: "Three different", 4: "Four different"}.get(len(peaks))
    assert sentence.startswith(first or ("Many z", "One part"))
    bad = any(words in sentence for words in ("neither well", "none well", "not well"))
    assert bad == (log_p(place) < RARE)
    over = shown[:, 1].max() > CUT
    assert len(arrays["higher"]) == (3 if over else 0)
    if over:
        assert arrays["higher"][1, 0] == shown[shown[:, 1].argmax(), 0]


@torch.no_grad()
def test_one_in_a_hundred_held_out_points_is_rare_once_the_curve_is_learnt():
    for run, moment in itertools.product((0, 1), (STEPS.index(200), len(STEPS) - 1)):
        log_px = model(run, moment).log_prob(torch.from_numpy(X_TEST), GRID)
        assert 0.005 < (log_px < RARE).double().mean() < 0.015


def test_the_starts_are_called_by_what_they_are_at_step_200():
    best, worst = runs()[1][:, STEPS.index(200)]
    assert best < 0.2 < 0.9 < worst


def test_a_breath_aside_the_threads_jump_where_the_words_say_so():
    """On the line that parts the arms, where the posterior still has one stretch, and off it."""

    def median(x1, x2):
        z, p = fine(explorer.start() | {"x1": x1, "x2": x2})
        return z[(p.cumsum() > 0.5 * p.sum()).argmax()]

    for x1, x2, jump in ((-1.3, -0.08, True), (0.1, -0.3, True), (-1.3, 0.2, False), (2, 0, False)):
        aside = [(x1 + a, x2 + b) for a, b in ((0.1, 0), (-0.1, 0), (0, 0.1), (0, -0.1))]
        assert any(abs(median(*x) - median(x1, x2)) > 1 for x in aside) == jump
        sentence = explorer.draw(x1=x1, x2=x2).sentence
        assert sentence.startswith("One part") and ("they jump" in sentence) == jump


def test_a_hump_holds_a_twentieth_and_falls_to_half():
    z = np.linspace(-6, 6, 1200)
    far = 0.7 * norm.pdf(z, -3, 0.3) + 0.3 * norm.pdf(z, 2, 0.5)
    assert [round(z[k], 1) for k in humps(far / far.sum())] == [-3.0, 2.0]
    near = norm.pdf(z, -0.9, 0.8) + norm.pdf(z, 0.9, 0.8)  # 97 % of its tops in between
    assert len(find_peaks(near)[0]) == 2 and len(humps(near / near.sum())) == 1
    small = 0.97 * norm.pdf(z, -3, 0.3) + 0.03 * norm.pdf(z, 2, 0.5)
    assert [round(z[k], 1) for k in humps(small / small.sum())] == [-3.0]
    three = norm.pdf(z, -3, 0.3) + norm.pdf(z, 0, 0.3) + norm.pdf(z, 3, 0.3)
    assert len(humps(three / three.sum())) == 3


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_curve_and_widths_are_the_decoders(place):
    arrays, sentence, _ = explorer.draw(**place)
    kind = place["start"], place["step"]
    mu, _ = decode(*kind, np.linspace(-2.5, 2.5, 101))
    np.testing.assert_allclose(arrays["curve"], mu, atol=1e-9)
    assert ("off the plane" in sentence) == (np.abs(mu).max() > EDGE)
    for end, low, high in ((0, -Z_EDGE, -2.5), (1, 2.5, Z_EDGE)):
        mu, _ = decode(*kind, np.linspace(low, high, 36))
        np.testing.assert_allclose(arrays["ends"][end], mu, atol=1e-9)
    for k, z in enumerate(range(-2, 3)):
        mu, std = decode(*kind, z)
        assert explorer.marks[f"at{k}"].label == ("" if z % 2 else f"z = {z}".replace("-", "−"))
        np.testing.assert_allclose(np.hypot(*((arrays[f"at{k}"] - mu) / std).T), 1)


def test_the_fog_is_the_density():
    """A pixel's shade is the share of the plane's mass in thinner places."""
    for start, step in ((BEST, 600), (WORST, 110), (BEST, 5)):
        shown = explorer.draw(start=start, step=step).arrays["density"].ravel().astype(float)
        side = EDGE * ((2 * np.arange(96) + 1) / 96 - 1)
        x = np.array([(a, b) for b in side[::-1] for a in side])
        z = np.linspace(-6, 6, 601)
        mu, std = decode(start, step, z)
        log_px_z = norm.logpdf(x[:, None], mu, std).sum(-1)
        p = np.exp(logsumexp(log_px_z + norm.logpdf(z), axis=1))
        order = np.argsort(p)
        thinner = np.empty_like(p)
        thinner[order] = (p[order].cumsum() - p[order] / 2) / p.sum()
        wanted = 255 * np.clip((thinner - PAPER) / (1 - PAPER), 0, 1)
        assert np.abs(shown - wanted).mean() < 1 and np.abs(shown - wanted).max() < 12


def test_held_out_nats_are_those_of_the_weights():
    """On another grid, and the crescent's own density by its formula."""
    t = (np.arange(2000) + 0.5) / 1000 - 1
    arc = 2 * np.stack([np.cos(0.75 * np.pi * t), np.sin(0.75 * np.pi * t)], 1)
    true = logsumexp(norm.logpdf(X_TEST[:, None], arc, 0.15).sum(-1), axis=1) - np.log(2000)
    z = (np.arange(1300) + 0.5) * 12 / 1300 - 6
    log_w = norm.logpdf(z) - logsumexp(norm.logpdf(z))
    for start, step in ((BEST, 0), (WORST, 5), (BEST, 40), (WORST, 200), (BEST, 600)):
        mu, std = decode(start, step, z)
        log_px_z = norm.logpdf(X_TEST[:, None], mu, std).sum(-1)
        held_out = logsumexp(log_px_z + log_w, axis=1).mean()
        place = {"start": start, "step": step}
        now = explorer.draw(**place).arrays["now"]
        np.testing.assert_allclose(now, [[step, true.mean() - held_out]], rtol=3e-3, atol=1e-4)
        assert said(place, "more")[-3:-1] == pytest.approx(
            [step, true.mean() - held_out], abs=0.0065
        )
        assert said(place, "more")[10:12] == pytest.approx([held_out, true.mean()], abs=0.0065)


def test_the_other_run_is_the_other_start():
    for step in STEPS:
        best, worst = (explorer.draw(start=start, step=step).arrays for start in STARTS)
        np.testing.assert_array_equal(best["run"], worst["other"])
        np.testing.assert_array_equal(worst["run"], best["other"])
        np.testing.assert_array_equal(best["run"][STEPS.index(step)], best["now"][0])
        np.testing.assert_array_equal(best["run"][:, 0], STEPS)


def test_on_the_ridge_the_likeliest_z_changes_and_off_it_not():
    x = explorer.draw().arrays["ridge"]
    z = np.linspace(-Z_EDGE, Z_EDGE, 2401)

    def likeliest(x1, x2):
        return z[joint(explorer.start() | {"x1": x1, "x2": x2}, z).argmax()]

    cell = 2 * EDGE / (SIDE - 1)
    for x1, x2 in x[:: len(x) // 20]:
        across = abs((x1 + EDGE) / cell % 1 - 0.5) < 0.1
        a, b = (likeliest(x1 + s * cell * across / 2, x2 + s * cell * (not across) / 2)
                for s in (-1, 1))  # fmt: skip
        assert abs(a - b) > 0.9
    assert np.hypot(*(x - [-2, 0]).T).min() < 0.1  # where it opens
    for place in ((0, 2), (2, 0), (0, -2.2)):
        assert np.hypot(*(x - place).T).min() > 0.5


def test_a_step_between_two_moments_shows_the_nearest():
    assert explorer.draw(step=255).sentence == explorer.draw(step=250).sentence
    assert explorer.draw(step=226.0).sentence == explorer.draw(step=250).sentence


def test_it_opens_where_x_has_two_answers_at_the_ends_of_the_crescent():
    arrays, sentence, _ = explorer.draw()
    assert sentence.startswith("Two different z") and len(arrays["peaks"]) == 2
    up, down = (arrays["likely"][rows] for rows in (arrays["likely"][:, 1] > 0,
                                                    arrays["likely"][:, 1] < 0))  # fmt: skip
    assert min(len(up), len(down)) >= 8
    for places, y in ((up, 1.4), (down, -2.1)):
        assert np.abs(places - [-1.6, y]).max() < 0.6


def test_the_worst_start_was_slow_and_not_lost():
    """As the lesson says: far behind at step 200, and there at step 600, along the same arc."""
    below = {
        (s, t): said({"start": s, "step": t}, "more")[-2] for s in STARTS for t in (160, 200, 600)
    }
    assert below[BEST, 200] < 0.2 and below[WORST, 200] > 0.9
    assert below[BEST, 600] < 0.03 and below[WORST, 600] < 0.03
    z = np.linspace(-2, 2, 400)
    for start in STARTS:
        angle = np.unwrap(np.arctan2(*decode(start, 600, z)[0].T[::-1]))
        assert abs(spearmanr(z, angle).statistic) > 0.999
    for step in (50, 75, 110, 160):  # straight across the hollow, with tall Gaussians
        mu, std = decode(WORST, step, np.linspace(0, 2, 21))
        assert np.abs(mu[:, 1]).max() < 0.7 and std[:, 1].min() > 1


def test_the_posterior_narrows_as_the_fit_goes_on_and_the_hollow_becomes_unlikely():
    """The numbers that the lesson quotes."""
    on = {"x1": 2.0, "x2": 0.0}
    at = {step: said(on | {"step": step}, "more")[4] for step in (0, 600)}
    assert at[0] > 0.9 and at[600] < 0.05
    places = [{"x1": 0.0, "x2": 0.0, "step": step} for step in (0, 600)]
    assert said(places[0], "more")[4] > 0.9
    assert [said(place, "more")[-1] for place in places] == pytest.approx([0, -74], abs=0.1)
    ends = explorer.draw(**on).arrays["likely"]
    assert np.hypot(*(ends - [2, 0]).T).max() < 0.3
    far = {"x1": -3.0, "x2": 0.0}
    assert said(far, "more")[3] < -6 and "off the line z" in explorer.draw(**far).sentence


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
    check_twins(explorer, [explorer.start(), *settings(explorer, 60)], 1e-6)


def test_what_the_page_holds_is_exact_in_half_floats_and_small():
    for name in ("weights", "below", "truth", "steps"):
        array = explorer.fixed_arrays()[name]
        np.testing.assert_array_equal(array.astype(np.float16), array)
    assert len(pack(explorer)) < 150_000


def test_the_points_are_of_those_that_trained_the_runs():
    x, train = explorer.fixed_arrays()["data"], crescent(500, random_state=0)[0].numpy()
    np.testing.assert_array_equal(x, train[:200])


def test_runs_and_points_lie_on_their_panels():
    x, y = explorer.panels["climb"].x, explorer.panels["climb"].y
    for start in STARTS:
        run = explorer.draw(start=start).arrays["run"]
        assert x.low <= run[:, 0].min() and run[:, 0].max() <= x.high
        assert y.low < run[:, 1].min() and run[:, 1].max() < y.high
        late = explorer.draw(start=start, step=600).arrays
        names = "curve", "ends", "likely", *(f"at{k}" for k in range(5))
        assert max(np.abs(late[name]).max() for name in names) < EDGE
    assert np.abs(explorer.fixed_arrays()["data"]).max() < EDGE


def test_the_hand_puts_x_where_a_z_would():
    place = explorer.start() | {"step": 200}
    wanted = {z: decode(place["start"], 200, z)[0][0] for z in (-2.5, -0.63, 0.0, 2.4)}
    found = pulled(explorer, place, [("z", [z, 0.3]) for z in wanted])
    for (changed, _), mu in zip(found, wanted.values(), strict=True):
        np.testing.assert_allclose([changed["x1"], changed["x2"]], mu, atol=0.01)


def test_the_challenges_can_be_met_and_their_words_are_true():
    check_challenges(explorer, WAYS)
    run = explorer.draw().arrays["run"]
    assert run[1:][np.diff(run[:, 1]) > 0][:, 0].tolist() == [10, 14, 90, 200, 350, 500]
