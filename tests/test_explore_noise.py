"""Turn up the noise: Bayes' rule, quadrature and search by scipy against the scene's arrays."""

import itertools
import math

import numpy as np
import pytest
import torch
from scipy.integrate import quad
from scipy.optimize import minimize
from scipy.special import expit
from scipy.stats import norm

from tests.helpers.explorers import numbers, settings
from vaelib.data.moons import render_moons
from vaelib.teaching.explore import load

explorer = load("noise")
PLACES = settings(explorer, between=("m", "logvar"))
M, LOGVAR = (explorer.controls[name].values for name in ("m", "logvar"))
HALF, FULL = render_moons(torch.tensor([0.25, 0.5], dtype=torch.float64), 0.0).numpy()
SQUARE = float(((FULL - HALF) ** 2).sum())


def share(z, m, std):
    """p(full | z) by Bayes' rule, each moon sent half the time."""
    half, full = norm.logpdf(z, -m, std), norm.logpdf(z, m, std)
    return 1 / (1 + np.exp(np.clip(half - full, -700, 700)))


def over_noise(f, code, std):
    """E f(z), z ~ N(code, std²), by adaptive quadrature."""
    low, high = code - 10 * std, code + 10 * std
    inner = [z for z in (0.0, code) if low < z < high]
    q = lambda z: math.exp(-0.5 * ((z - code) / std) ** 2) / (std * math.sqrt(2 * math.pi))  # noqa: E731
    return quad(lambda z: f(z) * q(z), low, high, points=inner, limit=200)[0]


def miss(m, std, f=share):
    """The squared error of either moon over 2 σ_x², where f says the full moon's share."""
    half = over_noise(lambda z: f(z, m, std) ** 2, -m, std)
    full = over_noise(lambda z: (1 - f(z, m, std)) ** 2, m, std)
    return half * SQUARE / (2 * 0.2**2), full * SQUARE / (2 * 0.2**2)


def kl(m, std):
    ratio = lambda z: norm.logpdf(z, m, std) - norm.logpdf(z)  # noqa: E731
    return over_noise(ratio, m, std)


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_the_best_picture_is_weighted_by_bayes_rule(place):
    arrays, _ = explorer.draw(**place)
    m, std = place["m"], math.exp(place["logvar"] / 2)
    z = arrays["share"][:, 0]
    np.testing.assert_allclose(arrays["share"][:, 1], share(z, m, std), atol=1e-9)
    eps = norm.ppf((np.arange(6) + 0.5) / 6)
    sent = np.concatenate([np.linspace(-1.5, 1.5, 6), -m + std * eps, m + std * eps])
    blend = HALF + share(sent, m, std)[:, None] * (FULL - HALF)
    assert np.abs(arrays["sheet"].reshape(18, 784) / 255 - blend).max() < 0.025 + 0.51 / 255


@pytest.mark.parametrize(("name", "sign"), [("half", -1), ("full", 1)])
def test_a_bell_is_its_density_over_the_peak(name, sign):
    for place in PLACES:
        bell = explorer.draw(**place).arrays[name]
        q = norm(sign * place["m"], math.exp(place["logvar"] / 2))
        np.testing.assert_allclose(bell[:, 1], q.pdf(bell[:, 0]) / q.pdf(q.mean()), atol=1e-9)
        area = np.trapezoid(bell[:, 1] * q.pdf(q.mean()), bell[:, 0])
        assert abs(area - 1) < 1e-3


@pytest.mark.parametrize("m", [M[0], 1.0, M[-1]])
def test_costs_are_those_of_quadrature_and_both_moons_pay_the_same(m):
    arrays, _ = explorer.draw(m=m)
    grid = arrays["miss"][:, 0]
    assert tuple(grid) == LOGVAR
    for i in range(0, len(grid), 10):
        std = math.exp(grid[i] / 2)
        half, full = miss(m, std)
        assert half == pytest.approx(full, rel=1e-5, abs=1e-7)
        assert arrays["miss"][i, 1] == pytest.approx(half, rel=1e-5, abs=1e-7)
        assert arrays["kl"][i, 1] == pytest.approx(kl(m, std), abs=1e-6)
    np.testing.assert_allclose(arrays["total"][:, 1], arrays["miss"][:, 1] + arrays["kl"][:, 1])
    penalty = np.exp(grid) - (1 + grid) + m**2  # the slide's, σ the log-variance
    np.testing.assert_allclose(2 * arrays["kl"][:, 1], penalty, atol=1e-12)


@pytest.mark.parametrize("logvar", [-2.0, 0.0, 1.0])
def test_no_other_decoder_misses_less(logvar):
    std = math.exp(logvar / 2)
    best = sum(miss(1.0, std))
    others = {
        "nearest": lambda z, m, std: float(z > 0),
        "always the average": lambda z, m, std: 0.5,
        "too sure": lambda z, m, std: share(z, m, 0.8 * std),
        "too unsure": lambda z, m, std: share(z, m, 1.2 * std),
        "off by 2 %": lambda z, m, std: share(z, m, std) + 0.02,
    }
    for name, other in others.items():
        assert sum(miss(1.0, std, other)) > best + 1e-4, name


def test_the_miss_rises_with_the_noise_and_only_the_kl_stops_it():
    for m in M:
        arrays, _ = explorer.draw(m=m)
        grid, loss = arrays["total"].T
        rise = np.diff(arrays["miss"][:, 1])
        assert (rise >= 0).all() and arrays["miss"][0, 1] < 1e-9 and rise[-1] > 1
        assert grid[arrays["kl"][:, 1].argmin()] == 0
        np.testing.assert_array_equal(arrays["least_kl"], [[0, arrays["kl"][:, 1].min()]])
        np.testing.assert_array_equal(arrays["least"], [[grid[loss.argmin()], loss.min()]])
        assert 0 < loss.argmin() < len(loss) - 1 and grid[loss.argmin()] < -1


def test_the_cheapest_codes_of_all_have_a_second_moment_of_one():
    """(6.7): a code's free scale is best where the mean of m² + v is 1."""

    def odds(z, m, std):
        return expit(2 * m * z / std**2)

    def loss(x):
        m, v = x[0], math.exp(x[1])
        return miss(m, v**0.5, odds)[0] + 0.5 * (v + m**2 - 1 - math.log(v))

    found = minimize(loss, [0.8, -3.0], method="Nelder-Mead", options={"xatol": 1e-5})
    m, logvar = found.x
    assert m**2 + math.exp(logvar) == pytest.approx(1, abs=1e-3)
    grid = {m: explorer.draw(m=m).arrays["least"][0, 1] for m in M}
    best = min(grid, key=grid.get)
    assert best == 1.0 and found.fun <= grid[best] < found.fun + 0.01


def test_with_almost_no_noise_it_is_an_autoencoder():
    arrays, sentence = explorer.draw(m=1.0, logvar=LOGVAR[0])
    _, half, full = arrays["sheet"].reshape(3, 6, 784)
    assert (half == np.rint(255 * HALF)).all() and (full == np.rint(255 * FULL)).all()
    assert "0.0 % of the full moon" in sentence and "Miss 0.00" in sentence
    blended, _ = explorer.draw(m=1.0, logvar=0.0)
    _, half, _ = blended["sheet"].reshape(3, 6, 784)
    assert (half[-1] != half[0]).any()


def test_the_sentence_says_what_the_arrays_hold():
    for m, logvar in itertools.product((0.4, 1.0, 1.9), LOGVAR[::7]):
        arrays, sentence = explorer.draw(m=m, logvar=logvar)
        i = LOGVAR.index(logvar)
        std = math.exp(logvar / 2)
        mean = 100 * over_noise(lambda z, m=m, s=std: share(z, m, s), -m, std)
        lost, divergence, total = (arrays[name][i, 1] for name in ("miss", "kl", "total"))
        (where, least) = arrays["least"][0]
        wanted = [std, -m, m, mean, lost, divergence, total, least, where, 0]
        assert np.abs(np.array(numbers(sentence)) - wanted).max() < 0.0501
        np.testing.assert_array_equal(arrays["now"], [[logvar, 0], [logvar, 6]])


def test_all_that_is_marked_lies_on_its_panel():
    x, y = explorer.panels["cost"].x, explorer.panels["cost"].y
    for m in M:
        arrays, _ = explorer.draw(m=m)
        for point in (arrays["least"][0], arrays["least_kl"][0], *arrays["kl"]):
            assert x.low <= point[0] <= x.high and y.low <= point[1] <= y.high
