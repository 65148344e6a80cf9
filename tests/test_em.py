"""The two steps of EM against scipy, torch.distributions and exact arithmetic."""

import subprocess
import sys
from fractions import Fraction

import mpmath
import numpy as np
import pytest
import torch
from scipy.special import logsumexp
from scipy.stats import multivariate_normal
from sklearn import mixture as sklearn_mixture
from torch.distributions import MultivariateNormal

from tests.helpers.mixtures import (
    DATA_SETS,
    GOOD,
    TYPES,
    a_mixture,
    as_matrices,
    blobs,
    fit,
    some_points,
)
from vaelib.engine import products
from vaelib.estimator import GaussianMixture
from vaelib.mixture import e_step, m_step, natural_parameters, statistics


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
    log_sum = products.softmax_(resp)
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
    components = products.Components(one, mean[None], covariance[None])
    estimate = products.EPS * (x.abs().amax(0) ** 2 * components.precision_diagonal).sum().item()
    expanded = components.log_joint(x, statistics(x, "full"), [])[:, 0]
    factored = components.factored(x, 0)
    assert (expanded - exact).abs().max() < 4 * estimate
    least = 10 * products.EPS * torch.linalg.cond(covariance) * (1 + exact.abs().max())
    assert (factored - exact).abs().max() < least  # what rounding Σ itself may cost
    assert bool(components.narrow(products.Data(x, "full"))) == (
        estimate > products.LOSS[torch.float64]
    )
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


# What EM promises


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


# Sizes


@pytest.mark.parametrize("covariance_type", TYPES)
@pytest.mark.parametrize(
    "change",
    [
        {"CHUNK_ROWS": 7},
        {"STORE_BYTES": 0},
        {"WIDE": 0},
        {"LOSS": {torch.float64: 0.0}},
        {"LOSS": {torch.float64: 1e-3}},
    ],
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
import re, sys, warnings
import numpy as np
from pathlib import Path
from vaelib.estimator import GaussianMixture

def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024

spread = float(sys.argv[1])
rng = np.random.default_rng(0)
centres = spread * rng.normal(size=(512, 50))
x = centres[np.arange(60_000) % 512] + rng.normal(size=(60_000, 50))
model = GaussianMixture(512, max_iter=1, weights_init=np.full(512, 1 / 512), means_init=centres,
                        precisions_init=np.broadcast_to(np.eye(50), (512, 50, 50)))
before = peak()
warnings.simplefilter("ignore")
model.fit(x)
print(peak() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak from /proc")
@pytest.mark.parametrize(("spread", "least", "most"), [(0.0, 600, 1600), (2.0, 100, 700)])
def test_60000_points_and_512_components_fit(spread, least, most):
    """Megabytes: R and T where no component can be left out, else what screening takes."""
    run = subprocess.run(
        [sys.executable, "-c", MEMORY, str(spread)], capture_output=True, text=True, check=True
    )
    assert least < float(run.stdout) < most


# Bad input


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"weights": [0.5, 0.6]}, "weights: got .* sum 1.1, wanted probabilities"),
        ({"weights": [1.5, -0.5]}, "weights: got minimum -0.5"),
        ({"weights": [1.0]}, r"weights: got shape \(1,\), wanted \(2,\)"),
        ({"weights": "ab"}, "weights: got .ab., wanted a tensor"),
        ({"means": np.zeros(3)}, r"means: got shape \(3,\), wanted \(K, D\)"),
        ({"means": np.full((2, 3), np.nan)}, "means: got NaN or infinite"),
        ({"covariances": np.ones((2, 2))}, r"covariances: got shape \(2, 2\), wanted \(2, 3\)"),
        ({"covariances": np.ones((3,))}, r"covariances: got shape \(3,\), wanted \(2,\)"),
        ({"covariances": -np.ones((2, 3))}, "covariances: component 0 of 2 is not positive"),
        ({"covariances": np.ones((2, 3, 3))}, "covariances: component 0 of 2 is not positive"),
        ({"covariances": np.arange(18.0).reshape(2, 3, 3)}, "covariances: .* not symmetric"),
        ({"x": np.zeros((5, 2))}, r"x: got shape \(5, 2\), wanted \(n, 3\)"),
        ({"x": np.zeros((0, 3))}, r"x: got shape \(0, 3\), wanted \(n, 3\)"),
        ({"x": np.full((5, 3), np.inf)}, "x: got NaN or infinite"),
        ({"x": np.eye(3) * 1e200}, "x: got 1e.200 from the centre"),
        ({"x": None}, "x: got None, wanted a tensor"),
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
        ({"covariance_type": "band"}, "covariance_type: got 'band', wanted"),
    ],
)
def test_m_step_names_a_bad_argument(change, message):
    with pytest.raises(ValueError, match=message):
        m_step(**{"x": np.zeros((5, 2)), "resp": np.full((5, 2), 0.5)} | change)


@pytest.mark.parametrize("reg_covar", [-1e-3, np.nan, "small"])
def test_a_bad_reg_covar_is_named(reg_covar):
    x, resp = torch.ones(3, 1), torch.ones(3, 1)
    with pytest.raises(ValueError, match="reg_covar: got .*, wanted a number ≥ 0"):
        products.m_step(x, resp, reg_covar=reg_covar)
