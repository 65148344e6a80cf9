"""The bound against a linear Gaussian model, in which every term is known in closed form."""

import math

import numpy as np
import pytest
import torch
from torch import nn
from torch.distributions import Laplace, MultivariateNormal, Normal, kl_divergence

from vaelib.bound import elbo, importance_weighted, kl, reconstruction
from vaelib.drawing import draw, stream
from vaelib.infinite import InfiniteMixture
from vaelib.networks import diagonal_normal
from vaelib.rules import Grid, Importance
from vaelib.vae import VAE


class Linear(InfiniteMixture):
    """x = a z + noise, z ~ N(0, 1), with a q(z|x) that can be moved off the exact posterior."""

    def __init__(self, shift=0.0, stretch=1.0):
        origin = torch.zeros(1, dtype=torch.float64)
        self.a = torch.tensor([1.0, -0.5, 2.0], dtype=torch.float64)
        self.noise = torch.tensor(0.7, dtype=torch.float64)
        super().__init__(self.likelihood, diagonal_normal(origin, origin))
        self.shift, self.stretch = shift, stretch

    def likelihood(self, z):
        return diagonal_normal(z * self.a, 2 * self.noise.log())

    def encode(self, x):
        precision = 1 + (self.a @ self.a) / self.noise**2
        mean = (x @ self.a)[:, None] / self.noise**2 / precision
        logvar = -precision.log() + 2 * math.log(self.stretch)
        return diagonal_normal(mean + self.shift, logvar.expand_as(mean))

    def exact(self, x):
        cov = torch.outer(self.a, self.a) + self.noise**2 * torch.eye(3, dtype=torch.float64)
        return MultivariateNormal(torch.zeros(3, dtype=torch.float64), cov).log_prob(x)


X = torch.tensor([[1.0, 0.3, 1.4], [-2.0, 1.0, 0.1], [0.0, 0.0, 0.0]], dtype=torch.float64)


def weigh(model, x, k, generator):
    """One draw of L_k from the model's own q, with a plain gradient."""
    return model.log_prob(x, Importance(model.encode, k, generator))


def test_the_gap_is_the_kl_to_the_exact_posterior():
    model = Linear(shift=0.2, stretch=1.5)
    q, posterior = model.encode(X), Linear().encode(X)
    z = draw(q, (400_000,), stream())
    exact = model.exact(X) - kl_divergence(q, posterior)
    estimate = reconstruction(model, X, z) - kl(q, model.prior)
    se = model.decode(z).log_prob(X).std(0) / math.sqrt(len(z))
    assert ((estimate - exact).abs() < 4 * se).all() and se.max() < 0.01


def test_with_the_exact_posterior_one_sample_closes_the_gap():
    raised, terms = elbo(Linear(), X, kl_form="sampled", generator=stream())
    torch.testing.assert_close(raised, Linear().exact(X))
    torch.testing.assert_close(terms["elbo"], Linear().exact(X))
    torch.testing.assert_close(terms["elbo"], terms["reconstruction"] - terms["kl"])


def test_analytic_kl_equals_torch_and_the_sampled_one_within_its_error():
    model = Linear(shift=0.3, stretch=0.5)
    q = model.encode(X)
    exact = kl(q, model.prior)
    torch.testing.assert_close(exact, kl_divergence(q, model.prior))
    z = draw(q, (100_000,), stream())
    se = (q.log_prob(z) - model.prior.log_prob(z)).std(0) / math.sqrt(len(z))
    assert ((kl(q, model.prior, z) - exact).abs() < 4 * se).all()


def test_elbo_never_exceeds_log_p_on_average():
    for shift, stretch in [(0.0, 2.0), (1.0, 1.0), (-0.3, 0.4)]:
        model = Linear(shift, stretch)
        _, terms = elbo(model, X, n_samples=20_000, generator=stream())
        assert (terms["elbo"] < model.exact(X)).all()
        assert (terms["kl"] >= 0).all()


def test_beta_weighs_only_what_is_raised():
    model = Linear(0.1, 1.2)
    bound, plain = elbo(model, X, generator=stream())
    weighed, reported = elbo(model, X, beta=4.0, generator=stream())
    assert set(plain) == set(reported) == {"elbo", "reconstruction", "kl"}
    torch.testing.assert_close(bound, plain["elbo"])
    torch.testing.assert_close(reported["elbo"], plain["elbo"])
    torch.testing.assert_close(weighed, plain["reconstruction"] - 4 * plain["kl"])


def test_importance_weighted_bound_rises_with_k_to_log_p():
    model = Linear(0.4, 1.6)
    repeats = X.repeat(4000, 1)
    exact = model.exact(X)
    means, errors = [], []
    for k in (1, 2, 4, 16, 64, 256):
        bound = weigh(model, repeats, k, stream(k)).view(-1, 3)
        means.append(bound.mean(0))
        errors.append(bound.std(0) / math.sqrt(len(bound)))
    for i in range(5):
        rise = means[i + 1] - means[i]
        assert (rise > -4 * torch.hypot(errors[i], errors[i + 1])).all()
    assert (means[2] - means[0] > 8 * errors[0]).all()
    assert (means[-1] < exact + 4 * errors[-1]).all()
    torch.testing.assert_close(means[-1], exact, atol=0.01, rtol=0)
    terms = elbo(model, repeats, generator=stream(99))[0].view(-1, 3)
    difference = terms.mean(0) - means[0]
    assert (difference.abs() < 4 * torch.hypot(errors[0], terms.std(0) / 4000**0.5)).all()


@pytest.mark.parametrize("block", [2**20, 50])
def test_gradient_of_the_importance_weighted_bound(monkeypatch, block):
    """The slope along the gradient, by a difference of two bounds with the same draws."""
    monkeypatch.setattr("vaelib.infinite.BLOCK", block)
    model = VAE(3, 2, (8,), likelihood="gaussian", sigma_x="learned", generator=stream()).double()
    x = X

    def gradient():
        model.zero_grad()
        bound = weigh(model, x, 50, stream(5))
        bound.sum().backward()
        return bound.detach(), nn.utils.parameters_to_vector(p.grad for p in model.parameters())

    bound, whole = gradient()
    values = nn.utils.parameters_to_vector(model.parameters()).detach()
    bounds = []
    for sign in (1, -1):
        nn.utils.vector_to_parameters(
            values + sign * 1e-5 * whole / whole.norm(), model.parameters()
        )
        bounds.append(weigh(model, x, 50, stream(5)).sum().detach())
    slope = (bounds[0] - bounds[1]) / 2e-5
    torch.testing.assert_close(slope, whole.norm(), rtol=1e-6, atol=0)
    nn.utils.vector_to_parameters(values, model.parameters())
    expected = weigh(model, x, 50, stream(5)).detach()
    torch.testing.assert_close(bound, expected)


def test_bound_on_a_grid_model_approaches_its_log_p():
    model = VAE(2, 1, (16,), likelihood="gaussian", sigma_x=0.5, generator=stream(1)).double()
    model.requires_grad_(False)
    x = model.sample(6, generator=stream(2))
    exact = model.log_prob(x, Grid(2000))
    ours, se = model.log_prob(x, model.importance(200_000, stream(3)), return_se=True)
    assert ((ours - exact).abs() < 4 * se).all() and se.max() < 0.02
    gap = exact - elbo(model, x, n_samples=5000, generator=stream(4))[0]
    assert (gap > 0).all()


def test_gradient_of_the_elbo_equals_the_closed_form():
    """By q's mean, the linear model's ELBO has the slope −(mean − posterior mean) · precision."""
    model = Linear(0.4, 1.0)
    mu = (model.encode(X).mean).clone().requires_grad_()
    logvar = 2 * model.encode(X).stddev.log()
    model.encode = lambda x: diagonal_normal(mu, logvar)
    elbo(model, X, n_samples=200_000, generator=stream())[0].sum().backward()
    precision = 1 + (model.a @ model.a) / model.noise**2
    expected = -(mu.detach() - Linear().encode(X).mean) * precision
    np.testing.assert_allclose(mu.grad, expected, atol=0.05)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"n_samples": 0}, ValueError, "n_samples: got 0"),
        ({"n_samples": True}, ValueError, "n_samples: got True"),
        ({"beta": None}, ValueError, "beta: got None, wanted a number ≥ 0"),
        ({"beta": math.inf}, ValueError, "beta: got inf"),
        ({"generator": 3}, TypeError, "generator: got int, wanted a torch.Generator"),
        ({"beta": -1.0}, ValueError, "beta: got -1.0"),
        ({"beta": math.nan}, ValueError, "beta: got nan"),
        ({"kl_form": "exact"}, ValueError, "kl_form: got 'exact'"),
        ({"x": X[:, :2]}, ValueError, r"x: got shape \(3, 2\)"),
        ({"score": False}, ValueError, "score: got False, but an analytic KL"),
    ],
)
def test_bad_input_is_named(arguments, error, message):
    with pytest.raises(error, match=message):
        elbo(Linear(), **{"x": X} | arguments)


def test_no_analytic_kl_is_said_and_the_sampled_one_works():
    prior = Laplace(torch.zeros(2), torch.ones(2))
    model = VAE(3, 2, (8,), likelihood="gaussian", sigma_x=1.0, prior=prior, generator=stream())
    with pytest.raises(TypeError, match="kl: got q .* kl_form='sampled' to elbo"):
        elbo(model, X)
    q, n = model.encode(X.float()), 100_000
    _, terms = elbo(model, X, kl_form="sampled", n_samples=n, generator=stream())
    exact = kl_divergence(
        Normal(q.mean.double(), q.stddev.double()),
        Normal(torch.zeros(2), torch.ones(2)).expand((3, 2)),
    ).sum(-1)
    z = draw(q, (n,), stream(7))
    change = model.prior.log_prob(z) - diagonal_normal(torch.zeros(2), torch.zeros(2)).log_prob(z)
    expected = exact - change.mean(0)
    torch.testing.assert_close(terms["kl"].double(), expected, atol=0.03, rtol=0)


def test_a_bad_k_is_named():
    model = VAE(3, 2, (8,), likelihood="gaussian", sigma_x=1.0)
    with pytest.raises(ValueError, match="n_samples: got 0, wanted a whole number"):
        model.importance(0)
    assert model.log_prob(X, model.importance(np.int64(2))).shape == (3,)
    with pytest.raises(ValueError, match="k: got 0, wanted a whole number"):
        importance_weighted(model, X, 0)
    assert importance_weighted(model, X, np.int64(2))[0].shape == (3,)


def encoder_gradients(objective, draws, shift, stretch):
    """The gradient by q's (mean, logvar) at each of X's rows, one for each of many draws."""
    model, many = Linear(shift, stretch), X[:1].expand(draws, 3)
    q = model.encode(many)
    mu = q.mean.clone().requires_grad_()
    logvar = (2 * q.stddev.log()).requires_grad_()
    model.encode = lambda x: diagonal_normal(mu, logvar)
    objective(model, many).sum().backward()
    return torch.cat([mu.grad, logvar.grad], dim=1)  # (draws, 2)


def sampled(score):
    return lambda model, x: elbo(model, x, kl_form="sampled", score=score, generator=stream(1))[0]


def weighted(k):
    return lambda model, x: importance_weighted(model, x, k, generator=stream(1))[0]


def plain(k):
    return lambda model, x: weigh(model, x, k, stream(2))


@pytest.mark.parametrize(
    ("ours", "usual"), [(sampled(False), sampled(True)), (weighted(3), plain(3))]
)
def test_gradients_with_less_noise_have_the_same_mean(ours, usual):
    ours, usual = (encoder_gradients(f, 400_000, 0.2, 2.0) for f in (ours, usual))
    se = ((ours.var(0) + usual.var(0)) / len(ours)).sqrt()
    assert ((ours.mean(0) - usual.mean(0)).abs() < 4 * se).all()
    assert (se < 0.1 * usual.mean(0).abs()).all()  # the test could see a wrong factor
    assert (ours.var(0) < usual.var(0)).all()


def test_at_the_exact_posterior_the_gradient_without_score_has_no_noise():
    assert encoder_gradients(sampled(False), 1000, 0.0, 1.0).abs().max() < 1e-10
    assert encoder_gradients(weighted(3), 1000, 0.0, 1.0).abs().max() < 1e-10
    assert encoder_gradients(sampled(True), 1000, 0.0, 1.0).std(0).min() > 0.1


def test_the_importance_weighted_objective_is_the_bound_and_gives_the_decoder_its_gradient():
    x = torch.rand(6, 4, generator=stream()).round()
    model = VAE(4, 2, (8,), generator=stream(1)).double()
    gradients = []
    for bound in (
        importance_weighted(model, x, 7, generator=stream(2))[0],
        weigh(model, x, 7, stream(2)),
    ):
        model.zero_grad()
        bound.sum().backward()
        gradients.append([bound.detach(), *(p.grad.clone() for p in model.decoder.parameters())])
    for ours, usual in zip(*gradients, strict=True):
        torch.testing.assert_close(ours, usual)
    raised, terms = importance_weighted(model, x, 7, generator=stream(2))
    assert torch.equal(raised, terms["bound"])
    assert (terms["elbo"] <= terms["bound"]).all()
    with pytest.raises(ValueError, match="k: got 0, wanted a whole number"):
        importance_weighted(model, x, 0)
