"""Balance the bound: Gauss–Legendre sums over the networks written in NumPy against the scenes."""

import math

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import norm

from tests.helpers.explorers import numbers, settings
from vaelib.checkpoints import load as load_checkpoint
from vaelib.data.crescent import crescent
from vaelib.teaching.explore import load
from vaelib.teaching.explore.files import checkpoint

explorer = load("balance")
POINTS = explorer.controls["point"].values
SHIFTS, WIDTHS = (explorer.controls[name].values for name in ("shift", "log_width"))
SAVED = load_checkpoint(checkpoint("balance.pt"))
NODES, WEIGHTS = np.polynomial.legendre.leggauss(12)


def integrate(f, low, high, panels=200):
    edges = np.linspace(low, high, panels + 1)
    half = (high - low) / panels / 2
    z = (edges[:-1, None] + half + half * NODES).ravel()
    return half * np.tile(WEIGHTS, panels) @ f(z)


def network(part, inputs):
    """Two hidden layers of SiLU, (n, inputs) → two halves of the outputs."""
    weights = {name: tensor.numpy() for name, tensor in SAVED["model"].items()}
    h = inputs
    for k in (0, 2, 4):
        h = h @ weights[f"{part}.net.{k}.weight"].T + weights[f"{part}.net.{k}.bias"]
        h = h / (1 + np.exp(-h)) if k < 4 else h
    return np.split(h, 2, axis=1)


def log_joint(point):
    x = SAVED["x"][POINTS.index(point)].numpy()

    def f(z):
        mu, logvar = network("decoder", z[:, None])
        return norm.logpdf(z) + norm.logpdf(x, mu, np.exp(logvar / 2)).sum(1)

    return f


def posterior(point):
    """log p(x), mean and standard deviation of p(z|x), and log p(z|x)."""
    joint = log_joint(point)
    log_px = math.log(integrate(lambda z: np.exp(joint(z)), -8, 8))
    p = lambda z: np.exp(joint(z) - log_px)  # noqa: E731
    mean = integrate(lambda z: z * p(z), -8, 8)
    std = integrate(lambda z: (z - mean) ** 2 * p(z), -8, 8) ** 0.5
    return log_px, mean, std, lambda z: joint(z) - log_px


PLACES = settings(explorer, between=("shift", "log_width"))
EXACT = {point: posterior(point) for point in POINTS}


def bound_and_kl(point, a, b):
    _, mean, std, log_p = EXACT[point]
    m, width = mean + a * std, std * math.exp(b)
    q = norm(m, width)
    ends = m - 9 * width, m + 9 * width
    joint = log_joint(point)
    lower = integrate(lambda z: q.pdf(z) * (joint(z) - q.logpdf(z)), *ends, 60)
    return lower, integrate(lambda z: q.pdf(z) * (q.logpdf(z) - log_p(z)), *ends, 60)


def test_log_px_is_l_plus_kl_and_never_below_l():
    for place in PLACES:
        arrays, _ = explorer.draw(**place)
        lower, kl = bound_and_kl(*place.values())
        log_px = EXACT[place["point"]][0]
        ((_, found_px), _), ((_, found),) = arrays["log_px"], arrays["now"]
        assert found_px == pytest.approx(log_px, abs=1e-6)
        assert found == pytest.approx(lower, abs=1e-6)
        assert found + kl == pytest.approx(found_px, abs=1e-6) and found <= found_px + 1e-6
        a = place["shift"]
        edges = [[a + e, lower, log_px] for e in (-0.25, 0.25)]
        np.testing.assert_allclose(arrays["kl"], edges, atol=1e-6)


@pytest.mark.parametrize("point", POINTS)
def test_log_px_stands_still_and_no_setting_beats_the_best_gaussian(point):
    level, highest = set(), -math.inf
    for b in WIDTHS:
        arrays, sentence = explorer.draw(point=point, log_width=b)
        level.add(arrays["log_px"].tobytes())
        highest = max(highest, arrays["lower"][:, 1].max())
        *_, best = numbers(sentence)
        assert (arrays["lower"][:, 1] <= arrays["log_px"][0, 1]).all()
    assert len(level) == 1

    found = minimize(lambda k: bound_and_kl(point, *k)[1], [0, 0], method="Nelder-Mead")
    lower, _ = bound_and_kl(point, *arrays["best"][0])
    assert lower >= highest and lower > bound_and_kl(point, *found.x)[0] - 1e-6
    assert best == pytest.approx(lower, abs=6e-4)
    np.testing.assert_allclose(arrays["best"][0], found.x, atol=2e-3)


def test_the_networks_q_is_the_encoders_and_the_points_are_what_they_are_called():
    (m, logvar), lost = network("encoder", SAVED["x"].numpy()), []
    for i, point in enumerate(POINTS):
        _, mean, std, _ = EXACT[point]
        a, b = (m[i, 0] - mean) / std, logvar[i, 0] / 2 - math.log(std)
        arrays, _ = explorer.draw(point=point)
        np.testing.assert_allclose(arrays["network"], [[a, b]], atol=1e-6)
        best = bound_and_kl(point, *arrays["best"][0])[1]
        lost.append([best, bound_and_kl(point, a, b)[1] - best])
    approximation, amortisation = np.array(lost).T
    assert approximation.argmax() == 2 and amortisation.argmax() == 3
    assert amortisation.min() > 0 and (approximation + amortisation)[1] < 0.1
    x_test, _ = crescent(2000, random_state=1)
    assert (SAVED["x"][0] == x_test[0]).all()
    assert all((x_test[:200] == x).all(1).any() for x in SAVED["x"])


def test_densities_are_those_of_scipy_and_the_posteriors():
    for place in PLACES:
        arrays, _ = explorer.draw(**place)
        _, mean, std, log_p = EXACT[place["point"]]
        u, p = arrays["posterior"].T
        np.testing.assert_allclose(p, std * np.exp(log_p(mean + std * u)), atol=5e-3)
        assert np.trapezoid(p, u) == pytest.approx(1, abs=0.01)
        normals = {
            "q": norm(place["shift"], math.exp(place["log_width"])),
            "best_q": norm(arrays["best"][0, 0], math.exp(arrays["best"][0, 1])),
            "prior": norm(-mean / std, 1 / std),
        }
        for name, q in normals.items():
            np.testing.assert_allclose(arrays[name][:, 1], q.pdf(u), atol=2.6e-3)
        assert max(arrays[name][:, 1].max() for name in normals) < explorer.panels["line"].y.high


def test_the_hill_has_its_steps_where_that_many_nats_are_lost():
    left, right, bottom, top = explorer.marks["hill"].extent
    random = np.random.RandomState(1)
    for point in POINTS:
        hill = explorer.draw(point=point).arrays["hill"]
        h, w = hill.shape
        for i, j in zip(random.randint(h, size=40), random.randint(w, size=40), strict=True):
            a, b = left + (right - left) * (j + 0.5) / w, top - (top - bottom) * (i + 0.5) / h
            kl = bound_and_kl(point, a, b)[1]
            counts = {sum(kl * f < nats for nats in (0.1, 0.3, 1, 3, 10)) for f in (0.98, 1.02)}
            assert hill[i, j] / 28 in counts


def test_too_wide_costs_more_than_too_narrow():
    for point in POINTS:
        at = {}
        for b in (-1.1, -0.1, 0.1, 1.1):
            arrays, _ = explorer.draw(point=point, shift=0.0, log_width=b)
            at[b] = arrays["kl"][0, 2] - arrays["kl"][0, 1]
        assert at[-1.1] < 1 < 2 < at[1.1]


def test_the_ring_of_the_lopsided_posterior_leaves_what_the_lesson_says():
    ring = explorer.draw(point="worst for a Gaussian").arrays["best"][0]
    assert bound_and_kl("worst for a Gaussian", *ring)[1] == pytest.approx(0.17, abs=0.005)
    assert -0.4 < ring[1] < -0.2
    assert bound_and_kl("the lesson's first", 0, 0)[1] < 0.001


def test_the_sentence_says_what_the_arrays_hold():
    for place in PLACES:
        arrays, sentence = explorer.draw(**place)
        x = SAVED["x"][POINTS.index(place["point"])]
        _, mean, std, _ = EXACT[place["point"]]
        m, width = mean + std * place["shift"], std * math.exp(place["log_width"])
        lower, kl = bound_and_kl(*place.values())
        log_px, best = arrays["log_px"][0, 1], bound_and_kl(place["point"], *arrays["best"][0])[0]
        wanted = [log_px, *x, m, width, mean, std, lower, kl, best]
        said = numbers(sentence)
        assert np.abs(np.array(said) - wanted).max() < 5.1e-3
        assert np.abs(np.array(said[-3:]) - wanted[-3:]).max() < 6e-4
