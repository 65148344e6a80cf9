"""Weigh the loss: scikit-learn's PCA and scipy's multivariate normal, on the digits themselves."""

import math
import re
from types import SimpleNamespace

import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from scipy.stats import multivariate_normal
from sklearn.decomposition import PCA

from tests.helpers.explorers import numbers
from tests.helpers.hands import check_challenges
from tests.helpers.node import check_twins
from vaelib.data.digits import mnist_5k
from vaelib.teaching.explore import linear_vae, load
from vaelib.teaching.explore.linear_vae import LEARNED, RECIPES, implied
from vaelib.teaching.explore.pack import pack
from vaelib.teaching.explore.weigh import CODE
from vaelib.teaching.explore.words import plain

explorer = load("weigh")
SIGMAS = explorer.controls["sigma_x"].values
IMPLIED = {  # as lesson 07 prints them
    "σₓ = 0.1": 0.10, "½ sum + KL": 1.00, "sum + KL (½ lost)": 0.71, "½ sum + 2 KL": 1.41,
    "pixel mean + KL": 19.80, "means everywhere": 4.43, "pixel mean + tiny KL": 0.31,
}  # fmt: skip
WAYS = {
    "weigh-lamp": [{"sigma_x": 1.5}, {"sigma_x": 2.0733}],
    "weigh-top": [{"sigma_x": 0.1}, {"sigma_x": implied(LEARNED)}],
    "weigh-half": [{"sigma_x": 1.4142}, {"sigma_x": 0.7071}],
}


@pytest.fixture(scope="module")
def data():
    """Training and held-out digits, float64, and scikit-learn's PCA with λ by 1/n."""
    images = mnist_5k()
    x, held_out = images.x_train.double().numpy(), images.x_test.double().numpy()
    pca = PCA(svd_solver="full").fit(x)
    eigenvalues = pca.explained_variance_ * (len(x) - 1) / len(x)
    return SimpleNamespace(
        x=x, held_out=held_out, pca=pca, eigenvalues=eigenvalues, spread=eigenvalues[:20] ** 0.5
    )


def decoder(data, sigma_x):
    """A (784, 20), column j of squared length max(λ_j − σ_x², 0): (7.4)."""
    lengths = np.clip(data.eigenvalues[:20] - sigma_x**2, 0, None) ** 0.5
    return data.pca.components_[:20].T * lengths


def posterior(data, sigma_x, x):
    """m (n, 20) and the covariance (20, 20) of z given x, by conditioning the joint Gaussian."""
    A = decoder(data, sigma_x)
    gain = A.T @ np.linalg.inv(A @ A.T + sigma_x**2 * np.eye(784))
    return (x - data.pca.mean_) @ gain.T, np.eye(20) - gain @ A


def hill(sigma_x):
    """log p(x) as the scene draws it."""
    ((log_px, at),) = explorer.draw(sigma_x=sigma_x).arrays["here"]
    assert at == sigma_x
    return log_px


def test_the_browser_draws_the_same_scenes():
    between = np.random.default_rng(0).uniform(SIGMAS[0], SIGMAS[-1], 5)
    places = [{"sigma_x": float(sigma)} for sigma in (*SIGMAS[::6], *between)]
    places += [{"sigma_x": implied(recipe)} for recipe in RECIPES]
    check_twins(explorer, places)


def test_what_a_page_computes_with_is_kept_in_half_floats():
    fixed = explorer.fixed_arrays()
    for name in ("numbers", "mean", "directions"):
        assert np.array_equal(fixed[name].astype(np.float16).astype(float), fixed[name]), name
    assert len(pack(explorer)) < 35_000


@pytest.mark.parametrize("sigma_x", [SIGMAS[0], 0.3, 0.7, 1.3, SIGMAS[-1]])
def test_log_px_is_that_of_a_gaussian_with_784_dimensions(data, sigma_x):
    A = decoder(data, sigma_x)
    cov = A @ A.T + sigma_x**2 * np.eye(784)
    log_px = multivariate_normal(data.pca.mean_, cov).logpdf(data.held_out).mean()
    assert hill(sigma_x) == pytest.approx(log_px, abs=2e-3)
    *_, said = numbers(plain(explorer.draw(sigma_x=sigma_x).sentence))
    assert abs(said - log_px) < 0.51


@pytest.mark.parametrize("sigma_x", [SIGMAS[0], 0.5, 1.0, 2.0, SIGMAS[-1]])
def test_error_and_kl_are_those_of_the_exact_posterior(data, sigma_x):
    m, cov = posterior(data, sigma_x, data.held_out)
    A = decoder(data, sigma_x)
    left = ((data.held_out - data.pca.mean_ - m @ A.T) ** 2).sum(1).mean()
    error = left + np.trace(A @ cov @ A.T)
    squares = (m**2).sum(1).mean()
    kl = 0.5 * (np.trace(cov) + squares - 20 - np.linalg.slogdet(cov)[1])
    np.testing.assert_allclose(linear_vae.terms(sigma_x)[:2], [error, kl], rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(linear_vae.noise_of_codes(sigma_x), np.diag(cov), atol=2e-6)
    said = re.search(r"costs ([\d.]+) .*error of ([\d.]+), that is ([\d.]+) a pixel", more(sigma_x))
    wanted = [kl, error, (error / 784) ** 0.5]
    np.testing.assert_allclose([float(number) for number in said.groups()], wanted, atol=0.051)


def more(sigma_x):
    return explorer.draw(sigma_x=sigma_x).more


@pytest.mark.parametrize("sigma_x", [SIGMAS[0], 0.6, 1.1, SIGMAS[-1]])
def test_the_sheet_shows_held_out_digits_and_their_posterior_means(data, sigma_x):
    x, back = explorer.draw(sigma_x=sigma_x).arrays["sheet"].reshape(2, 8, 784) / 255
    nearest = [np.abs(data.held_out - row).max(1).argmin() for row in x]
    originals = data.held_out[nearest]
    assert np.abs(x - originals).max() < 0.51 / 255
    assert mnist_5k().y_test[nearest].tolist() == list(range(8))
    m, _ = posterior(data, sigma_x, originals)
    wanted = np.clip(data.pca.mean_ + m @ decoder(data, sigma_x).T, 0, 1)
    assert np.abs(back - wanted).max() < 0.51 / 255 + 0.003  # directions as half floats


def test_a_lamp_burns_where_its_variance_exceeds_the_noise(data):
    spread = data.eigenvalues**0.5
    for sigma_x in SIGMAS[::6]:
        arrays = explorer.draw(sigma_x=sigma_x).arrays
        above = int((spread[:20] > sigma_x).sum())
        for name, part in (("lamps", slice(above)), ("dark", slice(above, 20))):
            j, at = arrays[name].T
            assert np.array_equal(j, np.arange(1, 21)[part])
            np.testing.assert_allclose(at, spread[:20][part], rtol=1e-6)
        assert np.array_equal(arrays["stems"][:, 1], arrays["lamps"])
        for name in ("level", "flood", "across"):
            assert (arrays[name][:, -1] == sigma_x).all()
        assert arrays["noise"][0, 0] == sigma_x
        assert more(sigma_x).startswith(f"{above} of the code's 20 dimensions live")
        said = numbers(plain(explorer.draw(sigma_x=sigma_x).sentence))
        assert 0 < len(said) <= 3 and any(abs(one - sigma_x) < 0.0051 for one in said)


@pytest.mark.parametrize("sigma_x", [SIGMAS[0], 0.9, 1.1, SIGMAS[-1]])
def test_a_lamp_glows_in_what_the_decoder_makes_of_its_number(data, sigma_x):
    found = explorer.draw(sigma_x=sigma_x).arrays["glow"].reshape(20, 784, 3).astype(float)
    for lamp, column, spread in zip(found, decoder(data, sigma_x).T, data.spread, strict=True):
        adds = lamp[:, 0] > lamp[:, 2]
        bright = np.where(adds, (lamp[:, 0] - 34) / (255 - 34), (lamp[:, 2] - 42) / (255 - 42))
        full = column.any() * max(1 - (sigma_x / spread) ** 2, 0) ** 0.5
        assert bright.max() == pytest.approx(full, abs=0.01)
        if full:
            signed, wanted = np.where(adds, bright, -bright), full * column / abs(column).max()
            wanted *= np.sign(signed @ wanted)  # a direction has no sign of its own
            seen = abs(wanted) > 0.08  # a dim red is no more than the glass's own blue
            np.testing.assert_allclose(signed[seen], wanted[seen], atol=0.006)


def test_the_line_of_code_weighs_as_its_recipe():
    """c_x and c_z, found by running it: (7.1) gives back the noise."""
    for k, (name, text) in enumerate(CODE.items()):
        sigma_x = implied(name) if name else 0.9
        shown = explorer.draw(sigma_x=sigma_x).arrays
        assert [len(shown[f"code{i}"]) > 0 for i in range(len(CODE))].index(True) == k
        run = text.removeprefix("loss = ").replace("−", "-")

        def loss(error, kl, run=run, s=sigma_x):
            x = np.full(784, (error / 784) ** 0.5)
            kls = np.full(20, kl / 20) if "kl.mean()" in run else kl
            return float(eval(run, {}, {"x": x, "y": 0, "kl": kls, "s": s, "log": math.log}))

        c_x, c_z = (loss(*one) - loss(0, 0) for one in ((1, 0), (0, 1)))
        assert (c_z / (2 * c_x)) ** 0.5 == pytest.approx(sigma_x, abs=1e-4)


def test_recipes_assume_what_the_lesson_prints(data):
    assert set(IMPLIED) == set(RECIPES) - {LEARNED}
    live = {}
    for name in RECIPES:
        sigma_x = implied(name)
        assert sigma_x in SIGMAS and explorer.draw(sigma_x=sigma_x).sentence.startswith(f"“{name}”")
        assert f"“{name}” {sigma_x:.2f}" in more(sigma_x)
        live[name] = len(explorer.draw(sigma_x=sigma_x).arrays["lamps"])
    assert {name: round(implied(name), 2) for name in IMPLIED} == IMPLIED
    assert [name for name in live if live[name] == 0] == ["pixel mean + KL", "means everywhere"]
    assert live["½ sum + KL"] == 12 and live["sum + KL (½ lost)"] == 20  # as a challenge says
    for k, name in enumerate(RECIPES):
        (log_px, at), _ = explorer.fixed_arrays()[f"flag{k}"]
        assert at == implied(name) and log_px == pytest.approx(hill(at))
        assert explorer.fixed_arrays()["losses"][k] == pytest.approx([log_px, at])


def test_the_learned_noise_has_the_largest_likelihood(data):
    sigma_x = implied(LEARNED)
    pca = PCA(20, svd_solver="full").fit(data.x)
    n = len(data.x)
    assert sigma_x**2 == pytest.approx(pca.noise_variance_ * (n - 1) / n, rel=1e-3)

    def minus_log_px(log_sigma):  # of the training digits, but for constants
        v = math.exp(2 * log_sigma)
        kept = np.maximum(data.eigenvalues[:20], v)
        parts = np.log(kept) + data.eigenvalues[:20] / kept
        return parts.sum() + 764 * math.log(v) + data.eigenvalues[20:].sum() / v

    best = minimize_scalar(minus_log_px, (-3, 0)).x
    assert math.log(sigma_x) == pytest.approx(best, abs=5e-4)
    nats = {name: hill(implied(name)) for name in RECIPES}
    assert max(nats, key=nats.get) == LEARNED
    own = np.array([hill(s) for s in SIGMAS])  # rises to one top, then falls
    top = own.argmax()
    assert (np.diff(own[: top + 1]) > 0).all() and (np.diff(own[top:]) < 0).all()
    assert abs(SIGMAS[top] - sigma_x) < 0.02


def test_every_place_of_the_slider_changes_something_and_fits_the_panels():
    panels = explorer.panels
    for limits in (panels["pictures"].x, panels["hill"].y):
        assert limits.log and limits.low < SIGMAS[0] and SIGMAS[-1] < limits.high
    own = [hill(s) for s in SIGMAS]
    assert panels["hill"].x.low < min(own) and max(own) < panels["hill"].x.high
    assert min(abs(np.diff(own))) > 0.1
    assert np.mean([not len(explorer.draw(sigma_x=s).arrays["lamps"]) for s in SIGMAS]) < 0.2


def test_the_challenges_can_be_met():
    answer = check_challenges(explorer, WAYS)
    moves = [grip["moves"] for grip in answer["grips"]]
    assert moves == [["sigma_x", None], [None, "sigma_x"], [None, "sigma_x"]]
