"""Mixtures against scipy, torch.distributions, exact arithmetic and scikit-learn."""

import copy
import pickle
import subprocess
import sys
import warnings
from fractions import Fraction

import mpmath
import numpy as np
import pytest
import torch
from scipy.special import logsumexp
from scipy.stats import multivariate_normal
from sklearn import mixture as sklearn_mixture
from sklearn.base import clone
from sklearn.exceptions import ConvergenceWarning, NotFittedError
from sklearn.utils import check_random_state
from sklearn.utils.estimator_checks import check_estimator
from torch.distributions import Categorical, MixtureSameFamily, MultivariateNormal

from vaelib import em
from vaelib.gmm import GaussianMixture, e_step, m_step, natural_parameters, statistics

TYPES = ("full", "diag", "spherical")


def fit(estimator, x, **options):
    """A fit that may stop before it converges."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return estimator(**options).fit(x)


def blobs(rng, n, n_features, n_clusters, spread):
    centres = spread * rng.normal(size=(n_clusters, n_features))
    return centres[rng.integers(n_clusters, size=n)] + rng.normal(size=(n, n_features))


def data_sets():
    """name → (x, n_components, options)."""
    rng = np.random.default_rng(0)
    angle = rng.uniform(0, np.pi, size=500)
    crescent = np.c_[np.cos(angle), np.sin(angle)] + 0.05 * rng.normal(size=(500, 2))
    plane = rng.normal(size=(500, 2))
    few = blobs(rng, 300, 2, 2, 4.0)
    few[:3] = [50.0, 50.0] + 0.1 * rng.normal(size=(3, 2))
    repeated = blobs(rng, 300, 2, 2, 4.0)
    repeated[:40] = [20.0, -20.0]
    stretched = blobs(rng, 600, 3, 3, 3.0) @ rng.normal(size=(3, 3)) * [1.0, 0.1, 3.0]
    discrete = rng.integers(4, size=(500, 2)).astype(float)
    three = blobs(rng, 400, 4, 3, 3.0)
    return {
        "one component": (blobs(rng, 300, 3, 2, 3.0), 1, {}),
        "one feature": (blobs(rng, 400, 1, 3, 4.0), 3, {}),
        "far apart": (blobs(rng, 500, 2, 4, 8.0), 4, {}),
        "heavy overlap": (blobs(rng, 500, 2, 4, 0.5), 4, {}),
        "anisotropic": (stretched, 3, {}),
        "scales from 0.01 to 1000": (blobs(rng, 500, 3, 3, 3.0) * [1e3, 1.0, 1e-2], 3, {}),
        "off the origin": (blobs(rng, 400, 3, 3, 3.0) + [100.0, -50.0, 20.0], 3, {}),
        "whole numbers, repeated": (discrete, 4, {}),
        "30 features": (blobs(rng, 600, 30, 3, 1.0), 3, {}),
        "a component of 3 points": (few, 4, {"reg_covar": 1e-2}),
        "a component of one point": (repeated, 4, {"reg_covar": 1e-2}),
        "nearly singular": (np.c_[plane, plane.sum(1) + 1e-3 * angle], 2, {}),
        "crescent": (crescent, 10, {}),
        "random start": (three, 3, {"init_params": "random"}),
        "start at data": (three, 5, {"init_params": "random_from_data"}),
        "k-means++ start": (three, 3, {"init_params": "k-means++"}),
    }


DATA_SETS = data_sets()


def a_mixture(covariance_type, n_components=3, n_features=4, seed=0):
    """Random parameters: weights, means, covariances."""
    generator = torch.Generator().manual_seed(seed)

    def draw(*shape):
        return torch.randn(*shape, generator=generator, dtype=torch.float64)

    factor = draw(n_components, n_features, n_features)
    covariances = {
        "full": factor @ factor.mT + 0.1 * torch.eye(n_features, dtype=torch.float64),
        "diag": 0.1 + draw(n_components, n_features) ** 2,
        "spherical": 0.1 + draw(n_components) ** 2,
    }[covariance_type]
    return draw(n_components).softmax(0), 3 * draw(n_components, n_features), covariances


def as_matrices(covariances, n_features):
    if covariances.ndim == 3:
        return covariances
    return torch.diag_embed(covariances.reshape(len(covariances), -1).expand(-1, n_features))


def some_points(n=200, n_features=4, seed=1):
    generator = torch.Generator().manual_seed(seed)
    return 4 * torch.randn(n, n_features, generator=generator, dtype=torch.float64)


# The two steps


@pytest.mark.parametrize("covariance_type", TYPES)
def test_log_density_is_linear_in_the_statistics(covariance_type):
    weights, means, covariances = a_mixture(covariance_type)
    x = some_points()
    product = statistics(x, covariance_type) @ natural_parameters(weights, means, covariances)
    normal = MultivariateNormal(means, as_matrices(covariances, 4))
    torch.testing.assert_close(
        product, weights.log() + normal.log_prob(x[:, None]), rtol=1e-12, atol=0
    )


@pytest.mark.parametrize("covariance_type", TYPES)
def test_e_step_is_bayes_rule(covariance_type):
    weights, means, covariances = a_mixture(covariance_type)
    x = some_points()
    joint = [
        np.log(weight) + multivariate_normal(mean, covariance).logpdf(x)
        for weight, mean, covariance in zip(
            weights.numpy(), means.numpy(), as_matrices(covariances, 4).numpy(), strict=True
        )
    ]
    log_prob, log_resp = e_step(x, weights, means, covariances)
    np.testing.assert_allclose(log_prob, logsumexp(joint, axis=0), rtol=1e-12)
    np.testing.assert_allclose(log_resp.T, joint - logsumexp(joint, axis=0), rtol=1e-10, atol=1e-11)


@pytest.mark.parametrize("covariance_type", TYPES)
def test_m_step_is_the_weighted_mean_and_covariance(covariance_type):
    x = some_points()
    resp = torch.rand(200, 3, generator=torch.Generator().manual_seed(2)).double()
    resp /= resp.sum(1, keepdim=True)
    weights, means, covariances = m_step(x, resp, covariance_type, reg_covar=0.01)
    np.testing.assert_allclose(weights, resp.mean(0), rtol=1e-13)
    for k in range(3):
        np.testing.assert_allclose(means[k], np.average(x, axis=0, weights=resp[:, k]), rtol=1e-12)
        expected = np.cov(x.T, bias=True, aweights=resp[:, k]) + 0.01 * np.eye(4)
        if covariance_type == "diag":
            expected = expected.diagonal()
        elif covariance_type == "spherical":
            expected = expected.trace() / 4
        np.testing.assert_allclose(covariances[k], expected, rtol=1e-11, atol=1e-13)


@pytest.mark.parametrize("covariance_type", TYPES)
def test_a_component_without_points_goes_to_the_middle(covariance_type):
    x = some_points()
    resp = torch.ones(200, 2, dtype=torch.float64)
    resp[:, 1] = 0.0
    weights, means, covariances = m_step(x, resp, covariance_type, reg_covar=1e-3)
    assert 0 < weights[1] < 1e-15
    torch.testing.assert_close(means[1], x.median(0).values)
    empty = as_matrices(covariances, 4)[1]
    torch.testing.assert_close(empty, 1e-3 * torch.eye(4, dtype=torch.float64))


@pytest.mark.parametrize("covariance_type", TYPES)
def test_a_component_of_weight_zero_is_as_if_absent(covariance_type):
    _, means, covariances = a_mixture(covariance_type, 2)
    x = some_points()
    log_prob, log_resp = e_step(x, [1.0, 0.0], means, covariances)
    alone, _ = e_step(x, [1.0], means[:1], covariances[:1])
    torch.testing.assert_close(log_prob, alone, rtol=1e-12, atol=0)
    assert (log_resp[:, 1] == -torch.inf).all()


def test_softmax_in_place_agrees_with_torch_and_leaves_no_denormals():
    generator = torch.Generator().manual_seed(0)
    logits = 300 * torch.randn(500, 20, generator=generator, dtype=torch.float64)
    resp = logits.clone()
    log_sum = em.softmax_(resp)
    torch.testing.assert_close(log_sum, logits.logsumexp(1), rtol=1e-15, atol=1e-12)
    torch.testing.assert_close(resp, logits.softmax(1), rtol=1e-12, atol=1e-26)
    assert resp[resp > 0].min() >= 1e-26
    assert (resp == 0).any()


# Exactness


def exact_log_density(x, mean, covariance):
    """log N(x | μ, Σ) by 60-digit arithmetic."""
    with mpmath.workdps(60):
        matrix = mpmath.matrix(covariance.tolist())
        constant = -(len(mean) * mpmath.log(2 * mpmath.pi) + mpmath.log(mpmath.det(matrix))) / 2
        inverse = matrix**-1
        values = []
        for point in x.tolist():
            y = mpmath.matrix(point) - mpmath.matrix(mean.tolist())
            values.append(float(constant - (y.T * inverse * y)[0] / 2))
    return torch.tensor(values, dtype=torch.float64)


@pytest.mark.parametrize("width", [1.0, 1e-1, 1e-2, 1e-3])
@pytest.mark.parametrize("shape", ["tiny", "flat"])
def test_rounding_costs_what_is_estimated_and_the_factored_form_less(width, shape):
    rng = np.random.default_rng(0)
    rotation = np.linalg.qr(rng.normal(size=(3, 3)))[0]
    variances = width**2 * np.ones(3) if shape == "tiny" else np.array([width**2, 1.0, 1.0])
    covariance = rotation * variances @ rotation.T
    covariance = torch.from_numpy((covariance + covariance.T) / 2)
    mean = torch.tensor([2.0, -1.0, 3.0], dtype=torch.float64)
    x = mean + torch.from_numpy(rng.normal(size=(40, 3)) * np.sqrt(variances) @ rotation.T)
    exact = exact_log_density(x, mean, covariance)

    one = torch.ones(1, dtype=torch.float64)
    components = em.Components(one, mean[None], covariance[None])
    estimate = em.EPS * (x.abs().amax(0) ** 2 * components.precision_diagonal).sum().item()
    expanded = components.log_joint(x, statistics(x, "full"), [])[:, 0]
    factored = components.factored(x, 0)
    assert (expanded - exact).abs().max() < 4 * estimate
    least = 10 * em.EPS * torch.linalg.cond(covariance) * (1 + exact.abs().max())
    assert (factored - exact).abs().max() < least  # what rounding Σ itself may cost
    assert bool(components.narrow(em.Data(x, "full"))) == (estimate > em.LOSS)
    log_prob, _ = e_step(x, one, mean[None], covariance[None])
    assert (log_prob - exact).abs().max() < max(4e-10, least)


@pytest.mark.parametrize("covariance_type", TYPES)
@pytest.mark.parametrize(("distance", "width", "lost"), [(10, 2**-10, 1e-10), (1000, 2**-20, 1e-3)])
def test_m_step_keeps_the_digits_of_a_tiny_far_cluster(covariance_type, distance, width, lost):
    rng = np.random.default_rng(0)
    tiny = distance + width * rng.normal(size=50)
    x = np.concatenate([rng.normal(size=50), tiny])[:, None]
    resp = np.repeat(np.eye(2), 50, axis=0)
    points = [Fraction(value) for value in tiny]
    mean = sum(points) / 50
    exact = float(sum((point - mean) ** 2 for point in points) / 50)
    got = m_step(x, resp, covariance_type)[2][1].item()
    textbook = np.mean(tiny**2) - np.mean(tiny) ** 2
    assert abs(got / exact - 1) < 1e-12
    assert abs(textbook / exact - 1) > lost


# scikit-learn


@pytest.mark.parametrize("covariance_type", TYPES)
@pytest.mark.parametrize("name", DATA_SETS)
def test_twenty_steps_as_scikit_learn(name, covariance_type):
    x, n_components, options = DATA_SETS[name]
    options = {"max_iter": 20, "tol": 0, "random_state": 0} | options
    options |= {"n_components": n_components, "covariance_type": covariance_type}
    ours = fit(GaussianMixture, x, **options)
    theirs = fit(sklearn_mixture.GaussianMixture, x, **options)
    assert ours.n_iter_ == theirs.n_iter_
    np.testing.assert_allclose(ours.weights_, theirs.weights_, rtol=1e-8)
    size = np.abs(theirs.means_).max(axis=0)
    np.testing.assert_allclose(ours.means_ / size, theirs.means_ / size, rtol=0, atol=1e-8)
    if covariance_type == "full":  # beside the two standard deviations, for entries near zero
        deviations = np.sqrt(np.diagonal(theirs.covariances_, axis1=1, axis2=2))
        scale = deviations[:, :, None] * deviations[:, None, :]
    else:
        scale = theirs.covariances_
    np.testing.assert_allclose(
        ours.covariances_ / scale, theirs.covariances_ / scale, rtol=0, atol=1e-8
    )
    np.testing.assert_allclose(ours.lower_bound_, theirs.lower_bound_, rtol=1e-8)
    assert len(ours.lower_bounds_) == 20 and ours.lower_bounds_[-1] == ours.lower_bound_
    np.testing.assert_allclose(ours.score_samples(x), theirs.score_samples(x), rtol=1e-8, atol=1e-8)
    np.testing.assert_allclose(ours.predict_proba(x), theirs.predict_proba(x), atol=1e-8)
    np.testing.assert_array_equal(ours.predict(x), theirs.predict(x))
    np.testing.assert_allclose(ours.bic(x), theirs.bic(x), rtol=1e-9)
    np.testing.assert_allclose(ours.aic(x), theirs.aic(x), rtol=1e-9)


@pytest.mark.parametrize("covariance_type", TYPES)
def test_given_initial_values_and_convergence_as_scikit_learn(covariance_type):
    x = DATA_SETS["far apart"][0]
    weights, _, covariances = (p.numpy() for p in a_mixture(covariance_type, 4, 2))
    precisions = np.linalg.inv(covariances) if covariance_type == "full" else 1 / covariances
    options = {"weights_init": weights, "means_init": x[:4], "precisions_init": precisions}
    options |= {"n_components": 4, "covariance_type": covariance_type, "tol": 1e-5, "max_iter": 500}
    ours = GaussianMixture(**options).fit(x)
    theirs = sklearn_mixture.GaussianMixture(**options).fit(x)
    assert ours.converged_ and theirs.converged_
    assert ours.n_iter_ == theirs.n_iter_ > 3
    np.testing.assert_allclose(ours.means_, theirs.means_, rtol=1e-8)
    np.testing.assert_allclose(ours.lower_bound_, theirs.lower_bound_, rtol=1e-9)


def test_the_best_of_several_starts_as_scikit_learn():
    x, _, _ = DATA_SETS["crescent"]
    options = {"n_components": 6, "n_init": 5, "init_params": "random_from_data", "random_state": 3}
    ours = fit(GaussianMixture, x, max_iter=200, **options)
    theirs = fit(sklearn_mixture.GaussianMixture, x, max_iter=200, **options)
    np.testing.assert_allclose(ours.means_, theirs.means_, rtol=1e-7)
    one = fit(GaussianMixture, x, max_iter=200, **options | {"n_init": 1})
    assert ours.lower_bound_ > one.lower_bound_


def test_no_steps_leaves_the_first_guess():
    x, n_components, _ = DATA_SETS["far apart"]
    options = {"n_components": n_components, "max_iter": 0, "random_state": 0}
    ours = GaussianMixture(**options).fit(x)
    theirs = sklearn_mixture.GaussianMixture(**options).fit(x)
    np.testing.assert_allclose(ours.means_, theirs.means_, rtol=1e-12)
    assert (ours.n_iter_, ours.lower_bounds_, ours.lower_bound_) == (0, [], -np.inf)


@pytest.mark.parametrize("covariance_type", TYPES)
def test_draws_are_scikit_learns(covariance_type):
    x, n_components, _ = DATA_SETS["anisotropic"]
    options = {"n_components": n_components, "covariance_type": covariance_type, "random_state": 0}
    drawn, labels = GaussianMixture(**options).fit(x).sample(500)
    their_draws, their_labels = sklearn_mixture.GaussianMixture(**options).fit(x).sample(500)
    np.testing.assert_array_equal(labels, their_labels)
    np.testing.assert_allclose(drawn, their_draws, rtol=1e-6, atol=1e-6)


def test_the_estimator_keeps_scikit_learns_contract():
    ours = check_estimator(GaussianMixture(), on_skip=None)
    theirs = check_estimator(sklearn_mixture.GaussianMixture(), on_skip=None)

    def outcome(checks):
        return [(check["check_name"], check["status"]) for check in checks]

    assert outcome(ours) == outcome(theirs)
    assert len(ours) >= 40
    # One is run only where SCIPY_ARRAY_API is set before scipy is imported.
    skipped = {check["check_name"] for check in ours if check["status"] != "passed"}
    assert skipped <= {"check_array_api_input"}


# What EM promises


@pytest.mark.parametrize("covariance_type", TYPES)
def test_shifted_data_change_nothing_but_the_means(covariance_type):
    for name, (x, n_components, options) in DATA_SETS.items():
        x = np.round(x * 2**20) / 2**20  # so that x + 1e4 is exact
        options = {"max_iter": 20, "tol": 0, "random_state": 0} | options
        options |= {"n_components": n_components, "covariance_type": covariance_type}
        here, there = (fit(GaussianMixture, data, **options) for data in (x, x + 1e4))
        np.testing.assert_allclose(there.weights_, here.weights_, rtol=1e-10, err_msg=name)
        np.testing.assert_allclose(there.covariances_, here.covariances_, rtol=1e-10, err_msg=name)
        np.testing.assert_allclose(
            there.lower_bounds_, here.lower_bounds_, rtol=1e-10, err_msg=name
        )
        np.testing.assert_allclose(there.means_, here.means_ + 1e4, rtol=1e-10, err_msg=name)


@pytest.mark.parametrize("covariance_type", ["diag", "spherical"])
def test_shifted_data_cost_scikit_learn_seven_digits(covariance_type):
    x = np.round(DATA_SETS["heavy overlap"][0] * 2**20) / 2**20
    options = {"n_components": 4, "covariance_type": covariance_type, "random_state": 0}

    def change(estimator):
        here, there = (fit(estimator, data, **options, max_iter=20, tol=0) for data in (x, x + 1e4))
        return np.abs(there.covariances_ / here.covariances_ - 1).max()

    assert change(GaussianMixture) < 1e-10
    assert change(sklearn_mixture.GaussianMixture) > 1e-9, "it keeps its digits now: drop this test"


@pytest.mark.parametrize("covariance_type", TYPES)
@pytest.mark.parametrize("seed", range(20))
def test_likelihood_never_falls(covariance_type, seed):
    rng = np.random.default_rng(seed)
    x = torch.from_numpy(blobs(rng, 200, 2, 4, 2.0))
    resp = torch.from_numpy(rng.dirichlet(np.ones(4), size=200))
    before = -np.inf
    for _ in range(30):
        parameters = m_step(x, resp, covariance_type)
        log_prob, log_resp = e_step(x, *parameters)
        after = log_prob.mean().item()
        assert after >= before - 1e-13
        before, resp = after, log_resp.exp()


@pytest.mark.parametrize("covariance_type", TYPES)
def test_lower_bounds_rise_to_a_point_without_slope(covariance_type):
    x, n_components, _ = DATA_SETS["one feature"]
    x = np.c_[x, x**2 / 10]
    options = {"n_components": n_components, "covariance_type": covariance_type, "reg_covar": 0}
    model = GaussianMixture(**options, tol=1e-14, max_iter=5_000, random_state=0).fit(x)
    assert np.diff(model.lower_bounds_).min() > -1e-13
    means = torch.tensor(model.means_, requires_grad=True)
    covariances = torch.tensor(model.covariances_, requires_grad=True)
    mixture = MixtureSameFamily(
        Categorical(torch.from_numpy(model.weights_)),
        MultivariateNormal(means, as_matrices(covariances, 2)),
    )
    mixture.log_prob(torch.from_numpy(x)).mean().backward()
    assert means.grad.abs().max() < 1e-5
    assert covariances.grad.abs().max() < 1e-5


# Sizes


@pytest.mark.parametrize("covariance_type", TYPES)
@pytest.mark.parametrize(
    "change", [{"CHUNK_ROWS": 7}, {"STORE_BYTES": 0}, {"WIDE": 0}, {"LOSS": 0.0}, {"LOSS": 1e-3}]
)
def test_chunks_and_forms_do_not_change_the_fit(monkeypatch, change, covariance_type):
    x, n_components, _ = DATA_SETS["crescent"]
    options = {"n_components": n_components, "covariance_type": covariance_type, "random_state": 0}
    expected = fit(GaussianMixture, x, **options, max_iter=10, tol=0)
    for name, value in change.items():
        monkeypatch.setattr(em, name, value)
    got = fit(GaussianMixture, x, **options, max_iter=10, tol=0)
    np.testing.assert_allclose(got.means_, expected.means_, rtol=1e-9)
    np.testing.assert_allclose(got.covariances_, expected.covariances_, rtol=1e-8, atol=1e-12)
    np.testing.assert_allclose(
        got.score_samples(x), expected.score_samples(x), rtol=1e-9, atol=1e-9
    )


def test_wide_data_as_scikit_learn():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(120, 300)) + 3 * np.repeat([[0], [1]], 60, axis=0)
    options = {"n_components": 2, "reg_covar": 1e-2, "random_state": 0, "max_iter": 3, "tol": 0}
    ours = fit(GaussianMixture, x, **options)
    theirs = fit(sklearn_mixture.GaussianMixture, x, **options)
    np.testing.assert_allclose(ours.covariances_, theirs.covariances_, rtol=1e-8, atol=1e-12)
    np.testing.assert_allclose(ours.lower_bound_, theirs.lower_bound_, rtol=1e-9)


MEMORY = """
import re, warnings
import numpy as np
from pathlib import Path
from vaelib.gmm import GaussianMixture

def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024

x = np.random.default_rng(0).normal(size=(60_000, 50))
model = GaussianMixture(512, max_iter=1, weights_init=np.full(512, 1 / 512), means_init=x[:512],
                        precisions_init=np.broadcast_to(np.eye(50), (512, 50, 50)))
before = peak()
warnings.simplefilter("ignore")
model.fit(x)
print(peak() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak from /proc")
def test_60000_points_and_512_components_fit_in_a_gigabyte_beside_the_statistics():
    run = subprocess.run([sys.executable, "-c", MEMORY], capture_output=True, text=True, check=True)
    megabytes, kept = float(run.stdout), 60_000 * (50 * 53 // 2 + 1) * 8 / 2**20
    assert kept < megabytes < kept + 1000


# The estimator around it


@pytest.mark.parametrize("covariance_type", TYPES)
def test_from_parameters_is_a_fitted_estimator(covariance_type):
    weights, means, covariances = a_mixture(covariance_type)
    x = some_points()
    made = GaussianMixture.from_parameters(
        weights.requires_grad_(), means, covariances, covariance_type=covariance_type
    )
    normal = MultivariateNormal(means, as_matrices(covariances, 4))
    expected = MixtureSameFamily(Categorical(weights.detach()), normal).log_prob(x)
    np.testing.assert_allclose(made.score_samples(x), expected, rtol=1e-12)
    assert made.n_components == 3 and made.n_features_in_ == 4
    assert made.set_params(random_state=0).sample(10)[0].shape == (10, 4)
    np.testing.assert_array_equal(
        pickle.loads(pickle.dumps(made)).score_samples(x), made.score_samples(x)
    )
    with pytest.raises(NotFittedError):
        clone(made).score_samples(x)


def test_weights_of_float32_may_sum_to_nearly_one():
    made = GaussianMixture.from_parameters([1 + 5e-7, 0.0], [[0.0], [1.0]], [1.0, 1.0], "spherical")
    assert (made.sample(100)[1] == 0).all()


def test_a_density_integrates_to_one():
    x, n_components, _ = DATA_SETS["one feature"]
    model = fit(GaussianMixture, x, n_components=n_components, random_state=0)
    grid = np.linspace(-60, 60, 200_001)[:, None]
    total = np.trapezoid(np.exp(model.score_samples(grid)), grid[:, 0])
    assert abs(total - 1) < 1e-9


def test_fitting_leaves_arguments_and_global_generators_alone():
    x = DATA_SETS["far apart"][0].copy()
    kept, options = x.copy(), {"means_init": [[0.0, 0.0], [1.0, 1.0]]}
    before = copy.deepcopy(options)
    numpy_state, torch_state = check_random_state(None).get_state(), torch.get_rng_state()
    first = fit(GaussianMixture, x, n_components=2, random_state=5, **options)
    again = fit(GaussianMixture, x, n_components=2, random_state=5, **options)
    np.testing.assert_array_equal(first.means_, again.means_)
    np.testing.assert_array_equal(x, kept)
    assert options == before and first.means_init is options["means_init"]
    np.testing.assert_array_equal(check_random_state(None).get_state()[1], numpy_state[1])
    assert torch.equal(torch.get_rng_state(), torch_state)


def test_too_few_steps_warn():
    x = DATA_SETS["heavy overlap"][0]
    with pytest.warns(ConvergenceWarning, match="max_iter = 2"):
        model = GaussianMixture(4, max_iter=2, random_state=0).fit(x)
    assert not model.converged_


# Bad input


GOOD = {"weights": [0.5, 0.5], "means": np.zeros((2, 3)), "covariances": np.ones((2, 3))}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"weights": [0.5, 0.6]}, "weights: got .* sum 1.1, wanted probabilities"),
        ({"weights": [1.5, -0.5]}, "weights: got minimum -0.5"),
        ({"weights": [1.0]}, r"weights: got shape \(1,\), wanted \(2,\)"),
        ({"weights": "ab"}, "weights: got str, wanted numbers"),
        ({"means": np.zeros(3)}, r"means: got shape \(3,\), wanted \(K, D\)"),
        ({"means": np.full((2, 3), np.nan)}, "means: got NaN or infinity"),
        ({"covariances": np.ones((2, 2))}, r"covariances: got shape \(2, 2\), wanted \(2, 3\)"),
        ({"covariances": np.ones((3,))}, r"covariances: got shape \(3,\), wanted \(2,\)"),
        ({"covariances": -np.ones((2, 3))}, "covariances: component 0 of 2 is not positive"),
        ({"covariances": np.ones((2, 3, 3))}, "covariances: component 0 of 2 is not positive"),
        ({"covariances": np.arange(18.0).reshape(2, 3, 3)}, "covariances: .* not symmetric"),
        ({"x": np.zeros((5, 2))}, r"x: got shape \(5, 2\), wanted \(n, 3\)"),
        ({"x": np.zeros((0, 3))}, r"x: got shape \(0, 3\), wanted \(n, 3\)"),
        ({"x": np.full((5, 3), np.inf)}, "x: got NaN or infinity"),
        ({"x": np.eye(3) * 1e200}, "x: got 1e.200 from the centre"),
        ({"x": None}, "x: got NoneType|x: got shape"),
    ],
)
def test_e_step_names_a_bad_argument(change, message):
    with pytest.raises(ValueError, match=message):
        e_step(**{"x": np.zeros((5, 3))} | GOOD | change)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"x": np.zeros(5)}, r"x: got shape \(5,\), wanted \(n, D\)"),
        ({"x": np.zeros((0, 2)), "resp": np.zeros((0, 2))}, r"x: got shape \(0, 2\)"),
        ({"resp": np.ones((4, 2))}, r"resp: got shape \(4, 2\), wanted \(5, K\)"),
        ({"resp": -np.ones((5, 2))}, "resp: got -1, wanted probabilities"),
        ({"resp": np.full((5, 2), np.nan)}, "resp: got NaN"),
        ({"covariance_type": "tied"}, "covariance_type: got 'tied', wanted"),
    ],
)
def test_m_step_names_a_bad_argument(change, message):
    with pytest.raises(ValueError, match=message):
        m_step(**{"x": np.zeros((5, 2)), "resp": np.full((5, 2), 0.5)} | change)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"n_components": 0}, "'n_components' parameter .* Got 0"),
        ({"covariance_type": "tied"}, "'covariance_type' parameter .* Got 'tied'"),
        ({"init_params": "luck"}, "'init_params' parameter .* Got 'luck'"),
        ({"tol": -1.0}, "'tol' parameter .* Got -1.0"),
        ({"n_components": 50}, "n_samples = 20, wanted at least n_components = 50"),
        ({"weights_init": [0.5, 0.6]}, "weights_init: got .* sum 1.1"),
        ({"means_init": np.zeros((2, 5))}, r"means_init: got shape \(2, 5\), wanted \(2, 3\)"),
        ({"precisions_init": np.ones((2, 3))}, r"precisions_init: got shape \(2, 3\)"),
        ({"precisions_init": np.zeros((2, 3, 3))}, "precisions_init: .* not positive definite"),
        (
            {"precisions_init": -np.ones(2), "covariance_type": "spherical"},
            "precisions_init: .* not positive definite",
        ),
        (
            {"reg_covar": 0.0, "init_params": "random_from_data", "random_state": 0},
            "component 0 of 2 is not positive definite; in a fit, use",
        ),
    ],
)
def test_fit_names_a_bad_argument(options, message):
    x = np.random.default_rng(0).normal(size=(20, 3))
    with pytest.raises(ValueError, match=message):
        GaussianMixture(**{"n_components": 2} | options).fit(x)


@pytest.mark.parametrize(
    ("x", "message"),
    [
        (np.zeros(5), "Expected 2D array, got 1D array"),
        (np.zeros((0, 2)), r"0 sample\(s\)"),
        (np.zeros((5, 0)), r"0 feature\(s\)"),
        ([[0.0, 1.0], [np.nan, 0.0]], "X contains NaN"),
        ([[0.0, 1.0], [np.inf, 0.0]], "X contains infinity"),
        (np.eye(3) * 1e200, "x: got 1e.200 from the centre"),
        (np.zeros((5, 2)), "not positive definite"),
    ],
)
def test_fit_names_bad_data(x, message):
    with pytest.raises(ValueError, match=message):
        GaussianMixture(1, reg_covar=0.0).fit(x)


def test_a_fitted_mixture_names_bad_data():
    model = GaussianMixture.from_parameters(**GOOD, covariance_type="diag")
    with pytest.raises(ValueError, match="X has 2 features, but GaussianMixture is expecting 3"):
        model.score_samples(np.zeros((5, 2)))
    with pytest.raises(ValueError, match="n_samples: got 0, wanted a whole number"):
        model.sample(0)
    with pytest.raises(ValueError, match=r"covariances: got shape \(2, 3\), wanted \(2, 3, 3\)"):
        GaussianMixture.from_parameters(**GOOD)
    with pytest.raises(ValueError, match="covariance_type: got 'tied'"):
        GaussianMixture.from_parameters(**GOOD, covariance_type="tied")
