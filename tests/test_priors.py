"""The learned prior against torch's own mixture, scipy, and the mixture of lesson 02."""

import math

import mpmath
import numpy as np
import pytest
import torch
from scipy.special import logsumexp
from scipy.stats import norm
from torch.distributions import MixtureSameFamily

from vaelib.drawing import draw, stream
from vaelib.mixture import Mixture
from vaelib.priors import DiagonalMixture, MixturePrior


@pytest.fixture
def prior():
    logits, mu, logvar = (torch.randn(s, generator=stream(7)) for s in ((5,), (5, 3), (5, 3)))
    return DiagonalMixture(logits.double(), mu.double(), logvar.double())


def test_one_product_gives_the_density(prior):
    z = 2 * torch.randn(4, 6, 3, generator=stream(1), dtype=torch.float64)
    ours = prior.log_prob(z)
    assert ours.shape == (4, 6)
    torch.testing.assert_close(ours, MixtureSameFamily.log_prob(prior, z))
    weights = prior.mixture_distribution.probs
    terms = norm.logpdf(
        z[..., None, :].numpy(), prior.mu.numpy(), torch.exp(prior.logvar / 2).numpy()
    ).sum(-1)
    np.testing.assert_allclose(ours, logsumexp(terms + weights.log().numpy(), axis=-1))
    mixture = Mixture(weights, prior.mu, prior.logvar.exp())
    np.testing.assert_allclose(ours[0], mixture.log_prob(z[0]), atol=1e-12)


def test_gradients_are_those_of_the_plain_mixture(prior):
    parameters = [
        p.clone().requires_grad_()
        for p in (prior.mixture_distribution.logits, prior.mu, prior.logvar)
    ]
    z = torch.randn(6, 3, generator=stream(1), dtype=torch.float64, requires_grad=True)
    ours = torch.autograd.grad(DiagonalMixture(*parameters).log_prob(z).sum(), [*parameters, z])
    usual = DiagonalMixture(*parameters)
    usual = torch.autograd.grad(MixtureSameFamily.log_prob(usual, z).sum(), [*parameters, z])
    for a, b in zip(ours, usual, strict=True):
        torch.testing.assert_close(a, b)


def test_draws_have_the_mixture_s_mean_and_variance(prior):
    z = draw(prior, (200_000,), stream())
    se = (prior.variance / len(z)).sqrt()
    assert ((z.mean(0) - prior.mean).abs() < 4 * se).all()
    torch.testing.assert_close(z.var(0), prior.variance, rtol=0.03, atol=0)


def test_an_expanded_one_draws_and_weighs_as_each_of_its_copies(prior):
    many = prior.expand((2,))
    z = draw(many, (100_000,), stream())
    assert z.shape == (100_000, 2, 3)
    torch.testing.assert_close(many.log_prob(z), prior.log_prob(z))
    se = (prior.variance / len(z)).sqrt()
    assert ((z.mean(0) - prior.mean).abs() < 4 * se).all()


@pytest.mark.parametrize(
    ("place", "std"), [(10.0, 0.1), (3.0, 0.05), (10.0, 0.01), (3.0, 0.001), (100.0, 0.5)]
)
def test_single_precision_is_enough_however_narrow_or_far(place, std):
    """The expanded square cancels; the textbook form, in float64, does not."""
    mu = torch.linspace(-place, place, 8)[:, None].expand(8, 4)
    prior = DiagonalMixture(torch.zeros(8), mu, torch.full((8, 4), std).log() * 2)
    z = draw(prior, (1000,), stream())
    stds = torch.exp(prior.logvar.double() / 2).numpy()
    terms = norm.logpdf(z.double().numpy()[:, None], mu.double().numpy(), stds).sum(-1)
    expected = logsumexp(terms, axis=-1) - np.log(8)
    assert np.abs(prior.log_prob(z).numpy() - expected).max() < 0.01


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("place", [0.0, 3.0, 1e3])
@pytest.mark.parametrize("logvar", [-120.0, -60.0, -20.0, 5.0, 80.0])
def test_no_width_costs_digits_or_gradients(dtype, place, logvar):
    """Against 60-digit arithmetic, at the means and near them."""
    mu = torch.tensor([[place, place], [-place, place]], dtype=dtype)
    widths = torch.full((2, 2), logvar, dtype=dtype)
    offsets = math.exp(logvar / 2) * torch.tensor([[0.0, 0.0], [1.0, -1.0], [2.0, 0.5]])
    z = (mu[:1] + offsets.to(dtype)).requires_grad_()
    found = DiagonalMixture(torch.zeros(2, dtype=dtype), mu, widths).log_prob(z)
    with mpmath.workdps(60):
        terms = [
            [
                sum(
                    -(mpmath.log(2 * mpmath.pi) + logvar) / 2
                    - (mpmath.mpf(a) - mpmath.mpf(b)) ** 2 * mpmath.exp(-logvar) / 2
                    for a, b in zip(row, mean, strict=True)
                )
                for mean in mu.tolist()
            ]
            for row in z.tolist()
        ]
        exact = [
            float(max(row) + mpmath.log(sum(mpmath.exp(t - max(row)) for t in row) / 2))
            for row in terms
        ]
    np.testing.assert_allclose(found.detach(), exact, rtol=1e-4, atol=0.01)
    (slope,) = torch.autograd.grad(found.sum(), z)
    assert slope.isfinite().all()


def test_it_starts_as_its_docstring_says_and_is_reproducible():
    module = MixturePrior(3, 2000, stream())
    assert torch.equal(module.mu, MixturePrior(3, 2000, stream()).mu)
    assert module.mu.mean().abs() < 0.05 and abs(module.mu.std() - 1) < 0.05
    prior = module()
    torch.testing.assert_close(prior.mixture_distribution.probs, torch.full((2000,), 1 / 2000))
    assert (prior.component_distribution.stddev == 1).all()


@pytest.mark.parametrize(
    ("sizes", "message"),
    [((2, 0), "n_components: got 0"), ((2, 1.5), "n_components: got 1.5"), ((0, 2), "latent_dim")],
)
def test_bad_sizes_are_named(sizes, message):
    with pytest.raises(ValueError, match=message):
        MixturePrior(*sizes)
