"""Weigh the loss: scikit-learn's PCA and scipy's multivariate normal, on the digits themselves."""

import itertools
import math
import re
from types import SimpleNamespace

import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from scipy.stats import multivariate_normal
from sklearn.decomposition import PCA

from vaelib.data.digits import mnist_5k
from vaelib.teaching.explore import load, weigh

explorer = load("weigh")
RECIPES = [name for name in explorer.controls["recipe"].values if name != weigh.OWN]
SIGMAS = explorer.controls["sigma_x"].values
IMPLIED = {  # as lesson 07 prints them
    "σₓ = 0.1": 0.10, "½ sum + KL": 1.00, "sum + KL (½ lost)": 0.71,
    "½ sum + S5's penalty": 1.41, "pixel mean + KL": 19.80, "means over everything": 4.43,
    "pixel mean + 0.00025 KL": 0.31,
}  # fmt: skip


@pytest.fixture(scope="module")
def data():
    """Training and held-out digits, float64, and scikit-learn's PCA with λ by 1/n."""
    images = mnist_5k()
    x, held_out = images.x_train.double().numpy(), images.x_test.double().numpy()
    pca = PCA(svd_solver="full").fit(x)
    eigenvalues = pca.explained_variance_ * (len(x) - 1) / len(x)
    return SimpleNamespace(x=x, held_out=held_out, pca=pca, eigenvalues=eigenvalues)


def decoder(data, sigma_x):
    """A (784, 20), column j of squared length max(λ_j − σ_x², 0): (7.4)."""
    lengths = np.clip(data.eigenvalues[:20] - sigma_x**2, 0, None) ** 0.5
    return data.pca.components_[:20].T * lengths


def posterior(data, sigma_x, x):
    """m (n, 20) and the covariance (20, 20) of z given x, by conditioning the joint Gaussian."""
    A = decoder(data, sigma_x)
    gain = A.T @ np.linalg.inv(A @ A.T + sigma_x**2 * np.eye(784))
    return (x - data.pca.mean_) @ gain.T, np.eye(20) - gain @ A


def numbers(sentence):
    sentence = sentence.replace("−", "-").replace(",", "")
    way = r"σₓ = ([\d.]+) and (\d+) of 20 .*costs ([\d.]+) .*error of ([\d.]+); .* is (-?\d+) nats"
    found = re.search(way, sentence)
    return [float(n) for n in found.groups()]


@pytest.mark.parametrize("sigma_x", [SIGMAS[0], 0.3, 0.7, 1.3, SIGMAS[-1]])
def test_log_px_is_that_of_a_gaussian_with_784_dimensions(data, sigma_x):
    A = decoder(data, sigma_x)
    cov = A @ A.T + sigma_x**2 * np.eye(784)
    log_px = multivariate_normal(data.pca.mean_, cov).logpdf(data.held_out).mean()
    _, _, found = weigh.terms(sigma_x)
    assert found == pytest.approx(log_px, abs=1e-4)
    *_, said = numbers(explorer.draw(sigma_x=sigma_x).sentence)
    assert abs(said - log_px) < 0.51


@pytest.mark.parametrize("sigma_x", [SIGMAS[0], 0.5, 1.0, 2.0, SIGMAS[-1]])
def test_error_and_kl_are_those_of_the_exact_posterior(data, sigma_x):
    m, cov = posterior(data, sigma_x, data.held_out)
    A = decoder(data, sigma_x)
    left = ((data.held_out - data.pca.mean_ - m @ A.T) ** 2).sum(1).mean()
    error = left + np.trace(A @ cov @ A.T)
    squares = (m**2).sum(1).mean()
    kl = 0.5 * (np.trace(cov) + squares - 20 - np.linalg.slogdet(cov)[1])
    (here,) = explorer.draw(sigma_x=sigma_x).arrays["here"]
    np.testing.assert_allclose(here, [kl, error], rtol=1e-6, atol=1e-8)
    np.testing.assert_allclose(weigh.noise_of_codes(sigma_x), np.diag(cov), atol=1e-7)


@pytest.mark.parametrize("sigma_x", [SIGMAS[0], 0.6, 1.1, SIGMAS[-1]])
def test_the_sheet_shows_held_out_digits_and_their_posterior_means(data, sigma_x):
    sheet = explorer.draw(sigma_x=sigma_x).arrays["sheet"].reshape(2, 2, 4, 784) / 255
    x, back = sheet[:, 0].reshape(8, 784), sheet[:, 1].reshape(8, 784)
    nearest = [np.abs(data.held_out - row).max(1).argmin() for row in x]
    originals = data.held_out[nearest]
    assert np.abs(x - originals).max() < 0.5 / 31 + 0.51 / 255
    assert mnist_5k().y_test[nearest].tolist() == list(range(8))
    m, _ = posterior(data, sigma_x, originals)
    wanted = np.clip(data.pca.mean_ + m @ decoder(data, sigma_x).T, 0, 1)
    assert np.abs(back - wanted).max() < 0.5 / 31 + 0.51 / 255 + 0.003  # directions as half floats


def test_a_direction_lives_where_its_variance_exceeds_the_noise(data):
    for sigma_x in SIGMAS[::6]:
        arrays, sentence = explorer.draw(sigma_x=sigma_x)
        above = int((data.eigenvalues > sigma_x**2).sum())
        j, log_variance, fate = arrays["eigenvalues"].T
        np.testing.assert_allclose(log_variance, np.log10(data.eigenvalues[:50]), atol=1e-6)
        assert (fate == 0).sum() == min(above, 20) and (fate == 1).sum() == 50 - min(above, 50)
        assert (j[fate == 2] > 20).all() and (j[fate == 0] <= 20).all()
        np.testing.assert_allclose(arrays["level"][:, 1], np.log10(sigma_x**2), atol=1e-12)
        assert numbers(sentence)[1] == min(above, 20)


def test_recipes_assume_what_the_lesson_prints_and_leave_the_slider_alone(data):
    assert set(IMPLIED) == set(RECIPES) - {weigh.LEARNED}
    for name in RECIPES:
        first, last = (explorer.draw(recipe=name, sigma_x=s) for s in (SIGMAS[0], SIGMAS[-1]))
        assert first.sentence == last.sentence and first.sentence.startswith(f"{name}: ")
        for key in first.arrays:
            np.testing.assert_array_equal(first.arrays[key], last.arrays[key])
        if name in IMPLIED:
            assert numbers(first.sentence.removeprefix(name))[0] == IMPLIED[name]
    live = {
        name: numbers(explorer.draw(recipe=name).sentence.removeprefix(name))[1] for name in RECIPES
    }
    assert [name for name in live if live[name] == 0] == [
        "pixel mean + KL",
        "means over everything",
    ]


def test_the_learned_noise_has_the_largest_likelihood(data):
    sigma_x = weigh.implied(weigh.LEARNED, 1.0)
    pca = PCA(20, svd_solver="full").fit(data.x)
    n = len(data.x)
    assert sigma_x**2 == pytest.approx(pca.noise_variance_ * (n - 1) / n, rel=1e-9)

    def minus_log_px(log_sigma):  # of the training digits, but for constants
        v = math.exp(2 * log_sigma)
        kept = np.maximum(data.eigenvalues[:20], v)
        parts = np.log(kept) + data.eigenvalues[:20] / kept
        return parts.sum() + 764 * math.log(v) + data.eigenvalues[20:].sum() / v

    best = minimize_scalar(minus_log_px, (-3, 0)).x
    assert math.log(sigma_x) == pytest.approx(best, abs=1e-5)
    nats = {name: weigh.terms(weigh.implied(name, 1.0))[2] for name in RECIPES}
    assert max(nats, key=nats.get) == weigh.LEARNED
    own = np.array([weigh.terms(s)[2] for s in SIGMAS])  # rises to one top, then falls
    top = own.argmax()
    assert (np.diff(own[: top + 1]) > 0).all() and (np.diff(own[top:]) < 0).all()
    assert abs(SIGMAS[top] - sigma_x) < 0.02


def test_less_noise_pays_more_kl_for_less_error_and_all_of_it_fits_the_panel():
    fixed = explorer.fixed_arrays()
    kl, error = fixed["every"].T
    assert (np.diff(kl) <= 0).all() and (np.diff(error) >= 0).all()
    panel = explorer.panels["plane"]
    for x, y in (*fixed["every"], *fixed["recipes"]):
        assert panel.x.low < x < panel.x.high and panel.y.low < y < panel.y.high
    for place, name in zip(fixed["recipes"], RECIPES, strict=True):
        np.testing.assert_allclose(explorer.draw(recipe=name).arrays["here"][0], place)
    level = explorer.panels["spectrum"].y
    for s in (SIGMAS[0], SIGMAS[-1]):
        assert level.low < 2 * math.log10(s) < level.high


def test_the_sentence_says_what_the_arrays_hold():
    for name, sigma_x in itertools.product((weigh.OWN, RECIPES[0]), SIGMAS[::9]):
        arrays, sentence = explorer.draw(recipe=name, sigma_x=sigma_x)
        noise, live, kl, error, _ = numbers(sentence)
        assert abs(noise - 10 ** (arrays["level"][0, 1] / 2)) < 0.0051
        assert live == (arrays["eigenvalues"][:, 2] == 0).sum()
        assert np.abs(arrays["here"][0] - [kl, error]).max() < 0.051
