"""Each formula against scipy, torch.distributions, and quadrature."""

import math

import mpmath
import numpy as np
import pytest
import torch
from scipy.integrate import quad
from scipy.stats import multivariate_normal, norm
from torch.distributions import Independent, Normal, kl_divergence

from tests.helpers.shapes import unchecked
from vaelib.drawing import stream
from vaelib.gaussians import kl_diag, kl_standard, log_normal_diag, log_normal_full


def random(*shape, seed=0):
    return torch.randn(*shape, generator=stream(seed), dtype=torch.float64)


def test_diagonal_density_equals_scipy():
    x, mu, logvar = random(50, 3), random(3, seed=1), random(3, seed=2)
    expected = norm.logpdf(x, mu, np.exp(logvar.numpy() / 2)).sum(-1)
    np.testing.assert_allclose(log_normal_diag(x, mu, logvar), expected, rtol=1e-12)


def test_diagonal_density_with_one_variance_for_all_dimensions():
    x, mu, logvar = random(5, 3), random(3, seed=1), torch.tensor(0.7, dtype=torch.float64)
    expected = log_normal_diag(x, mu, logvar.expand(3))
    torch.testing.assert_close(log_normal_diag(x, mu, logvar), expected)


@pytest.mark.parametrize("dims", [1, 2, 7])
def test_full_density_equals_scipy(dims):
    x, mu, root = random(40, dims), random(dims, seed=1), random(dims, dims, seed=2)
    cov = root @ root.T + 0.1 * torch.eye(dims)
    expected = multivariate_normal(mu.numpy(), cov.numpy()).logpdf(x.numpy())
    np.testing.assert_allclose(log_normal_full(x, mu, cov), expected, rtol=1e-10)


def test_one_covariance_for_any_batch_is_not_copied():
    x, mu, root = random(2, 30, 3), random(3, seed=1), random(3, 3, seed=2)
    cov = root @ root.T + 0.1 * torch.eye(3)
    expected = log_normal_full(x, mu, cov.expand(2, 30, 3, 3))
    torch.testing.assert_close(log_normal_full(x, mu, cov), expected)
    torch.testing.assert_close(log_normal_full(x[0, 0], x, cov), log_normal_full(x, x[0, 0], cov))
    many, wide = random(20_000, 100), torch.eye(100, dtype=torch.float64)  # copies: 1.6 GB
    with torch.profiler.profile(profile_memory=True) as profile:
        log_normal_full(many, many[0], wide)
    assert sum(max(0, event.self_cpu_memory_usage) for event in profile.events()) < 4e8


def test_full_density_broadcasts_over_components():
    x, mu = random(40, 1, 2), random(3, 2, seed=1)
    cov = torch.diag_embed(random(3, 2, seed=2).exp())
    expected = log_normal_diag(x, mu, cov.diagonal(dim1=-2, dim2=-1).log())
    assert expected.shape == (40, 3)
    torch.testing.assert_close(log_normal_full(x, mu, cov), expected)


def test_kl_equals_torch_distributions():
    mu_q, logvar_q, mu_p, logvar_p = (random(20, 4, seed=s) for s in range(4))
    q = Independent(Normal(mu_q, (logvar_q / 2).exp()), 1)
    p = Independent(Normal(mu_p, (logvar_p / 2).exp()), 1)
    torch.testing.assert_close(kl_diag(mu_q, logvar_q, mu_p, logvar_p), kl_divergence(q, p))
    zero = torch.zeros(4, dtype=torch.float64)
    torch.testing.assert_close(kl_standard(mu_q, logvar_q), kl_diag(mu_q, logvar_q, zero, zero))


@pytest.mark.parametrize(("mu", "std"), [(0.0, 1.0), (1.5, 0.2), (-2.0, 3.0)])
def test_kl_to_the_prior_equals_quadrature(mu, std):
    q = norm(mu, std)

    def integrand(z):
        return q.pdf(z) * (q.logpdf(z) - norm.logpdf(z))

    expected, _ = quad(integrand, mu - 12 * std, mu + 12 * std, epsabs=1e-12)
    ours = kl_standard(torch.tensor([mu]).double(), 2 * torch.tensor([std]).double().log())
    assert float(ours) == pytest.approx(expected, abs=1e-6)


def test_kl_is_zero_only_for_equal_gaussians():
    mu, logvar = random(5, 3), random(5, 3, seed=1)
    assert (kl_diag(mu, logvar, mu, logvar) == 0).all()
    assert (kl_diag(mu, logvar, mu + 0.1, logvar) > 0).all()


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_variances_from_tiny_to_huge_cost_no_digits(dtype):
    """Against 50-digit arithmetic, as far as exp(-logvar / 2) is a number."""
    edge = 170.0 if dtype == torch.float32 else 1400.0
    for logvar in (-edge, -91.0, -60.0, 0.0, 60.0, edge):
        v = mpmath.exp(mpmath.mpf(logvar))
        for offset in (0.0, float(mpmath.sqrt(v)) if logvar < 60 else 3.0):
            x = torch.tensor([offset], dtype=dtype)
            zero, width = torch.zeros(1, dtype=dtype), torch.tensor([logvar], dtype=dtype)
            square = mpmath.mpf(float(x)) ** 2 / v
            expected = -(mpmath.log(2 * mpmath.pi) + logvar + square) / 2
            rtol = 1e-4 if dtype == torch.float32 else 1e-12
            ours = float(log_normal_diag(x, zero, width))
            assert ours == pytest.approx(float(expected), rel=rtol)
            assert float(kl_diag(x, width, zero, width)) == pytest.approx(
                float(square / 2), rel=rtol
            )


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_kl_is_never_negative_and_right_near_zero(dtype):
    for scale in (1e-8, 1e-5, 1e-3, 1e-1):
        logvar = scale * torch.randn(100_000, 1, generator=stream(), dtype=torch.float64).to(dtype)
        kl = kl_standard(torch.zeros_like(logvar), logvar)
        assert kl.min() >= 0
        assert (kl_diag(logvar, logvar, logvar, logvar.flip(0)) >= 0).all()
        r = logvar.double()[:, 0]
        series = sum(r**n / (2 * math.factorial(n)) for n in range(2, 8))
        error = (kl.double() - series).abs()
        assert (error <= 2 * torch.finfo(dtype).eps * r.abs() + (5 * scale) ** 8).all()


@unchecked()
def test_bad_shapes_and_matrices_are_named():
    x, zero = random(5, 3), torch.zeros(1, dtype=torch.float64)
    with pytest.raises(ValueError, match="last axes differ: got x 3, mu 1"):
        log_normal_diag(x, zero, zero)
    with pytest.raises(TypeError, match="logvar: got float, wanted a tensor"):
        log_normal_diag(x, x, 0.0)
    with pytest.raises(ValueError, match="last axes differ"):
        kl_standard(x, zero)
    with pytest.raises(ValueError, match="cov: got shape"):
        log_normal_full(x, x[0], random(2, 3))
    with pytest.raises(ValueError, match="cov: got a matrix that is not symmetric positive"):
        log_normal_full(x, x[0], -torch.eye(3, dtype=torch.float64))
    with pytest.raises(ValueError, match="cov: got a matrix that is not symmetric positive"):
        log_normal_full(x, x[0], torch.eye(3, dtype=torch.float64) + torch.ones(3, 3).triu(1))
