"""Mixtures and the two steps of EM against scipy, torch.distributions and exact arithmetic."""

from fractions import Fraction
from functools import partial

import numpy as np
import pytest
import torch
from scipy.special import logsumexp
from scipy.stats import multivariate_normal
from scipy.stats import norm as normal
from torch.distributions import Categorical, MixtureSameFamily, MultivariateNormal

from tests.helpers.mixtures import (
    GOOD,
    LAYOUTS,
    TYPES,
    a_mixture,
    as_matrices,
    blobs,
    exact_log_density,
    narrow,
    some_points,
)
from tests.helpers.shapes import unchecked
from vaelib import mixture
from vaelib.drawing import stream
from vaelib.engine.natural import natural_parameters, statistics
from vaelib.mixture import Mixture, climb, e_step, em_step, m_step


def torchs(weights, means, covariances):
    """The mixture as torch has it."""
    normal = MultivariateNormal(means, as_matrices(covariances, *means.shape))
    return MixtureSameFamily(Categorical(weights), normal)


@pytest.mark.parametrize("covariance_type", TYPES)
def test_log_density_is_linear_in_the_statistics(covariance_type):
    weights, means, covariances = a_mixture(covariance_type)
    x = some_points()
    product = statistics(x, covariance_type) @ natural_parameters(weights, means, covariances)
    normal = MultivariateNormal(means, as_matrices(covariances, 3, 4))
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
            weights.numpy(), means.numpy(), as_matrices(covariances, 3, 4).numpy(), strict=True
        )
    ]
    log_px, log_resp = e_step(x, weights, means, covariances)
    np.testing.assert_allclose(log_px, logsumexp(joint, axis=0), rtol=1e-12)
    np.testing.assert_allclose(log_resp.T, joint - logsumexp(joint, axis=0), rtol=1e-10, atol=1e-11)
    found = Mixture(weights, means, covariances)
    np.testing.assert_allclose(found.log_joint(x).T, joint, rtol=1e-12)
    np.testing.assert_allclose(found.log_prob(x), log_px, rtol=1e-14)
    np.testing.assert_allclose(found.posterior(x), log_resp.exp(), rtol=1e-10, atol=1e-15)


@pytest.mark.parametrize("covariance_type", TYPES)
def test_m_step_is_the_weighted_mean_and_covariance(covariance_type):
    x = some_points()
    resp = torch.rand(200, 3, generator=stream(2)).double()
    resp /= resp.sum(1, keepdim=True)
    weights, means, covariances = m_step(x, resp, covariance_type, reg_covar=0.01)
    np.testing.assert_allclose(weights, resp.mean(0), rtol=1e-13)
    expected = []
    for k in range(3):
        np.testing.assert_allclose(means[k], np.average(x, axis=0, weights=resp[:, k]), rtol=1e-12)
        expected.append(np.cov(x.T, bias=True, aweights=resp[:, k]) + 0.01 * np.eye(4))
    expected = {
        "full": expected,
        "tied": np.average(expected, axis=0, weights=weights)[None],
        "diag": [matrix.diagonal() for matrix in expected],
        "spherical": [matrix.trace() / 4 for matrix in expected],
    }[covariance_type]
    np.testing.assert_allclose(covariances, expected, rtol=1e-11, atol=1e-13)


@pytest.mark.parametrize("covariance_type", TYPES)
def test_a_component_without_points_goes_to_the_middle(covariance_type):
    x = some_points()
    resp = torch.ones(200, 2, dtype=torch.float64)
    resp[:, 1] = 0.0
    weights, means, covariances = m_step(x, resp, covariance_type, reg_covar=1e-3)
    assert 0 < weights[1] < 1e-15
    torch.testing.assert_close(means[1], x.median(0).values)
    if covariance_type != "tied":
        empty = as_matrices(covariances, 2, 4)[1]
        torch.testing.assert_close(empty, 1e-3 * torch.eye(4, dtype=torch.float64))


@pytest.mark.parametrize("covariance_type", TYPES)
def test_a_component_of_weight_zero_is_as_if_absent(covariance_type):
    _, means, covariances = a_mixture(covariance_type, 2)
    x = some_points()
    log_px, log_resp = e_step(x, [1.0, 0.0], means, covariances)
    alone, _ = e_step(x, [1.0], means[:1], covariances[:1])
    torch.testing.assert_close(log_px, alone, rtol=1e-12, atol=0)
    assert (log_resp[:, 1] == -torch.inf).all()


@pytest.mark.parametrize("covariance_type", TYPES)
def test_a_mixture_has_torchs_gradients(covariance_type):
    weights, means, covariances = a_mixture(covariance_type)
    x = some_points()
    gradients = []
    for log_prob in (lambda *p: Mixture(*p).log_prob(x), lambda *p: torchs(*p).log_prob(x)):
        leaves = [p.clone().requires_grad_() for p in (means, covariances)]
        log_prob(weights, *leaves).sum().backward()
        mean, covariance = (leaf.grad for leaf in leaves)
        if covariance.ndim == 3:  # torch reads one triangle, and so do we
            covariance = covariance + covariance.mT
        gradients.append((mean, covariance))
    torch.testing.assert_close(*gradients, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("covariance_type", TYPES)
def test_draws_have_the_mixtures_mean_and_covariance(covariance_type):
    weights, means, covariances = a_mixture(covariance_type)
    matrices = as_matrices(covariances, 3, 4)
    x = Mixture(weights, means, covariances).sample(200_000, stream(0))
    mean = weights @ means
    centred = means - mean
    covariance = torch.einsum(
        "k,kij->ij", weights, matrices + centred[:, :, None] * centred[:, None]
    )
    error = covariance.diagonal().sqrt() / 200_000**0.5
    assert ((x.mean(0) - mean).abs() < 4 * error).all()
    torch.testing.assert_close(x.T.cov(), covariance, rtol=0.03, atol=0.05)
    again = Mixture(weights, means, covariances).sample(200_000, stream(0))
    assert torch.equal(x, again)


def test_blocks_change_nothing_and_hold_at_most_so_many_numbers(monkeypatch):
    parameters = a_mixture("diag", 3000, 2)
    x = some_points(100, 2)
    expected = Mixture(*parameters).log_prob(x)
    monkeypatch.setattr(mixture, "BLOCK", 3000 * 2 * 7)
    inverse = mixture.inverse_factors(parameters[2])
    blocks = [*mixture.log_joint_blocks(x, *parameters[:2], inverse)]
    assert [len(block) for block in blocks] == [7] * 14 + [2]
    torch.testing.assert_close(Mixture(*parameters).log_prob(x), expected, rtol=1e-13, atol=0)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("covariance_type", TYPES)
def test_both_steps_and_draws_take_arrays_in_any_layout(covariance_type, layout):
    given = [p.numpy() for p in (some_points(), *a_mixture(covariance_type))]
    x, *parameters = map(LAYOUTS[layout], given)
    log_px, log_resp = e_step(*given)
    torch.testing.assert_close(e_step(x, *parameters), (log_px, log_resp), rtol=1e-13, atol=1e-13)
    draws = [Mixture(*p).sample(9, stream(0)).detach() for p in (given[1:], parameters)]
    torch.testing.assert_close(*draws, rtol=1e-13, atol=1e-13)
    resp = log_resp.exp().numpy()
    expected = m_step(given[0], resp, covariance_type)
    found = m_step(x, LAYOUTS[layout](resp), covariance_type)
    torch.testing.assert_close(tuple(found), tuple(expected), rtol=1e-12, atol=1e-13)


# Exactness


@pytest.mark.parametrize("width", [1.0, 1e-1, 1e-2, 1e-3])
@pytest.mark.parametrize("shape", ["tiny", "flat"])
def test_e_step_keeps_the_digits_of_a_narrow_component(width, shape):
    x, mean, covariance = narrow(width, shape)
    exact = exact_log_density(x, mean, covariance)
    log_px, _ = e_step(x, [1.0], mean[None], covariance[None])
    eps = torch.finfo(torch.float64).eps
    least = 10 * eps * torch.linalg.cond(covariance) * (1 + exact.abs().max())
    assert (log_px - exact).abs().max() < least  # what rounding Σ itself may cost


@pytest.mark.parametrize("covariance_type", ["full", "diag", "spherical"])
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


@pytest.mark.parametrize("std", [1e-3, 1e-6, 1e-12])
def test_narrow_components_given_in_float32(std):
    means, x = torch.tensor([[3.0], [-5.0]]), torch.tensor([[3.0], [3.0 + 2e-6], [-5.0]])
    variances = torch.tensor([std, 2 * std]) ** 2
    terms = [
        normal.logpdf(x.double().numpy()[:, 0], float(mean), float(variance) ** 0.5)
        for mean, variance in zip(means, variances.double(), strict=True)
    ]
    expected = logsumexp(terms, axis=0) - np.log(2)
    np.testing.assert_allclose(Mixture([0.5, 0.5], means, variances).log_prob(x), expected)


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
        log_px, log_resp = e_step(x, *parameters)
        after = log_px.mean().item()
        assert after >= before - 1e-13
        before, resp = after, log_resp.exp()


@pytest.mark.parametrize("covariance_type", TYPES)
def test_climb_takes_both_steps_until_they_gain_little(covariance_type):
    x = torch.from_numpy(blobs(np.random.default_rng(0), 300, 2, 3, 3.0))
    x -= x.median(0).values
    start = m_step(x, torch.eye(3)[torch.cdist(x, x[:3]).argmin(1)], covariance_type, 1e-3)
    step = partial(em_step, x, covariance_type=covariance_type, reg_covar=1e-3)
    found, bounds, converged = climb(step, start, tol=1e-4, max_iter=500)
    assert converged and 4 < len(bounds) < 500
    assert abs(bounds[-1] - bounds[-2]) < 1e-4 <= abs(bounds[-2] - bounds[-3])
    theta = start
    for bound in bounds:
        log_px, log_resp = e_step(x, *theta)
        assert abs(log_px.mean().item() - bound) < 1e-12
        theta = m_step(x, log_resp.exp(), covariance_type, 1e-3)
    torch.testing.assert_close(tuple(theta), tuple(found), rtol=1e-9, atol=1e-12)
    *_, converged = climb(step, start, tol=0, max_iter=3)
    assert not converged
    _, once_more, converged = climb(step, found, tol=1e-4, max_iter=500, before=bounds[-1])
    assert len(once_more) == 1 and converged


# Bad input


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"weights": [0.5, 0.6]}, "weights: got .* sum 1.1, wanted probabilities"),
        ({"weights": [1.5, -0.5]}, "weights: got minimum -0.5"),
        ({"weights": [1.0]}, r"weights: got shape \(1,\), wanted \(2,\)"),
        ({"weights": "ab"}, "weights: got 'ab', wanted"),
        ({"means": np.zeros(3)}, r"means: got shape \(3,\), wanted \(K, D\)"),
        ({"means": np.full((2, 3), np.nan)}, "means: got NaN or infinite"),
        ({"covariances": np.ones((2, 2))}, r"covariances: got shape \(2, 2\), wanted \(2, 3\)"),
        ({"covariances": np.ones((3,))}, r"covariances: got shape \(3,\), wanted \(2,\)"),
        ({"covariances": np.ones((3, 3, 3))}, r"covariances: got .* wanted \(2, 3, 3\)"),
        ({"covariances": -np.ones((2, 3))}, "covariances: component 0 of 2 is not positive"),
        ({"covariances": np.ones((2, 3, 3))}, "covariances: component 0 of 2 is not positive"),
        ({"covariances": -np.eye(3)[None]}, "covariances: component 0 of 1 is not positive"),
        ({"covariances": np.arange(18.0).reshape(2, 3, 3)}, "covariances: .* not symmetric"),
        ({"x": np.zeros((5, 2))}, r"x: got shape \(5, 2\), wanted \(n, 3\)"),
        ({"x": np.zeros((0, 3))}, r"x: got shape \(0, 3\), wanted \(n, 3\)"),
        ({"x": np.full((5, 3), np.inf)}, "x: got NaN or infinite"),
        ({"x": np.eye(3) * 1e200}, "x: got values from 0 to 1e.200, wanted"),
        ({"x": None}, "x: got None, wanted"),
    ],
)
def test_a_bad_argument_is_named(change, message):
    given = {"x": np.zeros((5, 3))} | GOOD | change
    with pytest.raises(ValueError, match=message):
        e_step(**given)
    x = given.pop("x")
    for method in (Mixture.log_prob, Mixture.posterior):
        with pytest.raises(ValueError, match=message):
            method(Mixture(**given), x)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"x": np.zeros(5)}, r"x: got shape \(5,\), wanted \(n, D\)"),
        ({"x": np.zeros((0, 2)), "resp": np.zeros((0, 2))}, r"x: got shape \(0, 2\)"),
        ({"resp": np.ones((4, 2))}, r"resp: got shape \(4, 2\), wanted \(5, K\)"),
        ({"resp": -np.ones((5, 2))}, "resp: got -1, wanted probabilities"),
        ({"resp": np.full((5, 2), np.nan)}, "resp: got NaN"),
        ({"covariance_type": "band"}, "covariance_type: got 'band', wanted"),
        ({"reg_covar": -1e-3}, "reg_covar: got -0.001, wanted a number ≥ 0"),
        ({"reg_covar": np.nan}, "reg_covar: got nan, wanted a number ≥ 0"),
        ({"reg_covar": "small"}, "reg_covar: got 'small', wanted a number ≥ 0"),
    ],
)
def test_m_step_names_a_bad_argument(change, message):
    with pytest.raises(ValueError, match=message):
        m_step(**{"x": np.zeros((5, 2)), "resp": np.full((5, 2), 0.5)} | change)


@pytest.mark.parametrize("covariances", [[1e-300, 1e-300], np.full((2, 1, 1), 1e-300)])
def test_a_row_beyond_every_component_is_named(covariances):
    narrow = Mixture([0.5, 0.5], [[0.0], [1.0]], covariances)
    assert narrow.log_joint([[1.0], [0.0]]).amax(1).isfinite().all()
    for ask in (narrow.log_joint, narrow.log_prob, narrow.posterior, lambda x: e_step(x, *narrow)):
        with pytest.raises(ValueError, match="x: got a row so many standard deviations from each"):
            ask([[1.0], [1e10]])


@pytest.mark.parametrize(
    "covariances", [[-1.0], [[1.0, 0.0]], -np.eye(2)[None], np.ones((1, 2, 2))]
)
def test_draws_of_no_mixture_are_refused(covariances):
    with pytest.raises(ValueError, match="covariances: component 0 of 1 is not positive definite"):
        Mixture([1.0], [[0.0, 0.0]], covariances).sample(3)


def test_sample_names_a_bad_argument():
    found = Mixture(*a_mixture("full"))
    with unchecked(), pytest.raises(ValueError, match="n: got 0, wanted a whole number ≥ 1"):
        found.sample(0)
    with unchecked(), pytest.raises(TypeError, match="generator: got int, wanted"):
        found.sample(1, 0)
    with pytest.raises(ValueError, match="covariance_type: got 'band'"):
        statistics(some_points(), "band")
