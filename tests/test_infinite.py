"""The infinite mixture against quadrature, its own standard errors, and the finite mixture."""

import math
import subprocess
import sys

import numpy as np
import pytest
import torch
from scipy.integrate import dblquad, quad
from torch.distributions import (
    Bernoulli,
    Beta,
    Categorical,
    Cauchy,
    Gamma,
    Independent,
    Laplace,
    MixtureSameFamily,
    Normal,
    Poisson,
    SigmoidTransform,
    TransformedDistribution,
    Uniform,
    VonMises,
)

from tests.helpers.mixtures import LAYOUTS
from tests.helpers.shapes import unchecked
from vaelib.drawing import draw, drawing_from, stream
from vaelib.infinite import InfiniteMixture
from vaelib.rules import GaussHermite, Grid, Importance, MonteCarlo, Rule


def f64(*values):
    return torch.tensor(values, dtype=torch.float64)


def curve(z):
    """A hand-made decoder, (..., 1) → Normal over (..., 2)."""
    mu = torch.cat([torch.sin(z), 0.5 * z**2 - 1], -1)
    std = 0.3 + 0.1 * torch.cat([z**2, torch.cos(z) ** 2], -1)
    return Independent(Normal(mu, std), 1)


HUMPS = MixtureSameFamily(Categorical(f64(0.3, 0.7)), Normal(f64(-1, 1.5), f64(0.4, 0.6)))
PRIORS = {
    "normal": Normal(f64(0.0), f64(1.0)),
    "shifted": Independent(Normal(f64(0.5), f64(0.7)), 1),
    "uniform": Uniform(f64(-2.0), f64(1.5)),
    "humps": HUMPS,
    "laplace": Laplace(f64(0.0), f64(1.0)),
    "beta": Beta(f64(2.0), f64(3.0)),
    "gamma": Gamma(f64(4.0), f64(2.0)),
}
X = f64(0.2, -0.7, 1.1, 0.4, -0.9, 1.3, 2.5, -2.0).reshape(4, 2)


def by_quadrature(model, row, low, high):
    def integrand(z):
        z = f64(z)
        return float((model.decode(z).log_prob(row) + model.prior.log_prob(z)).exp())

    value, _ = quad(integrand, low, high, epsabs=1e-13, epsrel=1e-11, limit=400)
    return math.log(value)


@pytest.mark.parametrize("name", PRIORS)
def test_grid_equals_quadrature_for_any_prior(name):
    model = InfiniteMixture(curve, PRIORS[name])
    bounds = {"laplace": (-30.0, 30.0), "gamma": (0.0, 25.0)}.get(name)
    z, _ = Grid(4000, bounds).nodes(model.prior)
    cell = float(z[1] - z[0])
    low, high = float(z[0]) - cell / 2, float(z[-1]) + cell / 2 - 1e-12
    ours = model.log_prob(X, Grid(20_000, bounds))
    expected = [by_quadrature(model, row, low, high) for row in X]
    np.testing.assert_allclose(ours, expected, atol=1e-6)


def test_grid_in_two_dimensions_equals_dblquad():
    prior = Normal(torch.zeros(2).double(), f64(1.0, 0.5))

    def decoder(z):
        return Independent(Normal(torch.tanh(z) + z.sum(-1, keepdim=True), 0.4), 1)

    model = InfiniteMixture(decoder, prior)

    def integrand(b, a):
        z = f64(a, b)
        return float((decoder(z).log_prob(X[0]) + model.prior.log_prob(z)).exp())

    expected, _ = dblquad(integrand, -4, 4, -2.5, 2.5, epsabs=1e-8, epsrel=1e-8)
    ours = model.log_prob(X[:1], Grid(150))
    assert float(ours) == pytest.approx(math.log(expected), abs=1e-6)


def test_gauss_hermite_agrees_with_the_grid_and_knows_the_priors_scale():
    for name in ("normal", "shifted"):
        model = InfiniteMixture(
            lambda z: Independent(Normal(z * f64(1, -0.5), 0.6), 1), PRIORS[name]
        )
        exact = model.log_prob(X, Grid(4000))
        ours = model.log_prob(X, GaussHermite(200))
        torch.testing.assert_close(ours, exact, atol=1e-6, rtol=0)


def test_gauss_hermite_in_two_dimensions():
    prior = Normal(f64(0.3, -0.2), f64(1.0, 0.5))
    model = InfiniteMixture(lambda z: Independent(Normal(torch.tanh(z), 0.7), 1), prior)
    exact = model.log_prob(X, Grid(300))
    ours = model.log_prob(X, GaussHermite(60))
    torch.testing.assert_close(ours, exact, atol=1e-6, rtol=0)


def test_linear_gaussian_model_in_many_dimensions():
    """x = Az + noise has a Gaussian marginal, so d = 8 has an oracle too."""
    a = torch.randn(5, 8, generator=stream(), dtype=torch.float64) / 3
    prior = Normal(torch.zeros(8).double(), torch.ones(8).double())
    model = InfiniteMixture(lambda z: Independent(Normal(z @ a.T, 0.8), 1), prior)
    x = model.sample(30, generator=stream(1))
    cov = a @ a.T + 0.64 * torch.eye(5, dtype=torch.float64)
    exact = torch.distributions.MultivariateNormal(torch.zeros(5).double(), cov).log_prob(x)
    ours, se = model.log_prob(x, MonteCarlo(20_000, stream(2)), return_se=True)
    assert se.max() < 0.2
    assert ((ours - exact).abs() < 4 * se).all()
    precision = torch.eye(8, dtype=torch.float64) + a.T @ a / 0.64
    posterior_cov = torch.linalg.inv(precision)

    def proposal(x):
        mean = x @ a @ posterior_cov / 0.64
        return torch.distributions.MultivariateNormal(mean, posterior_cov)

    ours, se = model.log_prob(x, Importance(proposal, 3, stream(3)), return_se=True)
    torch.testing.assert_close(ours, exact, atol=1e-8, rtol=0)  # exact posterior: no variance
    assert se.max() < 1e-6


def test_monte_carlo_is_within_its_own_standard_error_and_the_error_is_honest():
    model = InfiniteMixture(curve, PRIORS["normal"])
    exact = model.log_prob(X, Grid(4000))
    runs = [model.log_prob(X, MonteCarlo(2000, stream(s)), return_se=True) for s in range(200)]
    estimates, errors = (torch.stack(part) for part in zip(*runs, strict=True))
    score = (estimates - exact) / errors
    assert score.abs().max() < 6
    np.testing.assert_allclose(score.std(0), 1, atol=0.25)  # neither too wide nor too narrow


def test_one_draw_does_not_tell_its_error():
    model = InfiniteMixture(curve, PRIORS["normal"])
    ours, se = model.log_prob(X, MonteCarlo(1, stream()), return_se=True)
    assert ours.isfinite().all() and se.isnan().all()
    assert model.log_prob(X, MonteCarlo(2, stream()), return_se=True)[1].isfinite().all()


def test_importance_is_within_its_own_standard_error():
    model = InfiniteMixture(curve, PRIORS["normal"])
    exact = model.log_prob(X, Grid(4000))

    def proposal(x):
        return Independent(Normal(0.5 * x[:, :1], 1.2 * torch.ones_like(x[:, :1])), 1)

    ours, se = model.log_prob(X, Importance(proposal, 50_000, stream()), return_se=True)
    assert ((ours - exact).abs() < 4 * se).all() and se.max() < 0.05


def test_blocks_change_nothing(monkeypatch):
    model = InfiniteMixture(curve, PRIORS["normal"])
    whole = model.log_prob(X, Grid(500))
    mc = model.log_prob(X, MonteCarlo(999, stream()), return_se=True)
    monkeypatch.setattr("vaelib.infinite.BLOCK", 100)
    torch.testing.assert_close(model.log_prob(X, Grid(500)), whole)
    again = model.log_prob(X, MonteCarlo(999, stream()), return_se=True)
    torch.testing.assert_close(again, mc)


MEMORY = """
import re
import torch
from pathlib import Path
from vaelib.rules import Grid
from vaelib.vae import VAE

def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024

torch.set_num_threads(1)
torch.set_grad_enabled(False)
images = VAE(784, 2, (256, 128))
points = VAE(2, 1, (400,), likelihood="gaussian", sigma_x=1.0)
images.log_prob(torch.zeros(60, 784), images.importance(10))
before = peak()
images.log_prob(torch.zeros(60, 784), Grid(120))
images.log_prob(torch.zeros(60, 784), images.importance(2000))
points.log_prob(torch.zeros(1000, 2), points.importance(1000))
print(peak() - before)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak from /proc")
def test_memory_does_not_grow_with_the_number_of_nodes():
    run = subprocess.run([sys.executable, "-c", MEMORY], capture_output=True, text=True, check=True)
    assert float(run.stdout) < 300  # MB; GB where blocks leave holes or forget hidden layers


def test_the_posterior_is_bayes_rule_and_integrates_to_one():
    model = InfiniteMixture(curve, PRIORS["normal"])
    z, log_posterior = model.posterior(X, Grid(3000))
    cell = float(z[1] - z[0])
    torch.testing.assert_close((log_posterior.exp() * cell).sum(0), torch.ones(4).double())
    joint = model.decode(z[1234]).log_prob(X) + model.prior.log_prob(z[1234])
    expected = joint - model.log_prob(X, Grid(3000))
    torch.testing.assert_close(log_posterior[1234], expected)


@pytest.mark.parametrize("n_points", [1, 3, 50])
def test_a_grid_is_a_gaussian_mixture(n_points):
    model = InfiniteMixture(curve, PRIORS["normal"])
    mixture = model.as_mixture(Grid(n_points))
    assert mixture.means.shape == (n_points, 2)
    expected = model.log_prob(X, Grid(n_points))
    np.testing.assert_allclose(mixture.log_prob(X), expected, rtol=1e-10)


def test_a_bernoulli_decoder_is_no_gaussian_mixture():
    model = InfiniteMixture(
        lambda z: Independent(Bernoulli(logits=z.expand(*z.shape[:-1], 3)), 1), PRIORS["normal"]
    )
    with pytest.raises(TypeError, match="decoder: gives .* wanted diagonal Normals"):
        model.as_mixture(Grid(10))
    with pytest.raises(ValueError, match=r"x: got pixels from 0 to 2, wanted \[0, 1\]"):
        model.log_prob(f64(0, 1, 2)[None])


def test_samples_have_the_moments_of_the_grid():
    model = InfiniteMixture(curve, PRIORS["normal"])
    x = model.sample(40_000, generator=stream())
    mixture = model.as_mixture(Grid(2000))
    mean = mixture.weights @ mixture.means
    second = mixture.weights @ (mixture.means**2 + mixture.covariances)
    se = x.std(0) / math.sqrt(len(x))
    assert ((x.mean(0) - mean).abs() < 4 * se).all()
    se = (x**2).std(0) / math.sqrt(len(x))
    assert (((x**2).mean(0) - second).abs() < 4 * se).all()


def test_mean_samples_lie_on_the_curve():
    means = InfiniteMixture(curve, PRIORS["normal"]).sample(50, mean=True, generator=stream())
    inside = means[:, 0].abs() <= 1
    assert inside.all() and (means[:, 1] >= -1).all()


def test_draws_repeat_and_leave_the_global_stream_alone():
    before = torch.random.get_rng_state()
    model = InfiniteMixture(curve, PRIORS["humps"])
    a, b, c = (model.sample(5, generator=stream(s)) for s in (1, 1, 2))
    assert torch.equal(a, b) and not torch.equal(a, c)
    with drawing_from(stream(3)):
        torch.rand(7)
    assert torch.equal(before, torch.random.get_rng_state())
    generator = stream()
    assert not torch.equal(*(draw(PRIORS["uniform"], (4,), generator) for _ in range(2)))


def test_double_moves_the_prior_too():
    def decoder(z):
        return Independent(Normal(z, 1.0), 1)

    model = InfiniteMixture(decoder, Normal(torch.zeros(2), torch.ones(2)))
    assert model.double().prior.mean.dtype == torch.float64
    nested = MixtureSameFamily(Categorical(torch.ones(2)), Normal(torch.zeros(2), torch.ones(2)))
    assert InfiniteMixture(decoder, nested).double().prior.mean.dtype == torch.float64


@pytest.mark.parametrize("prior", [Normal(f64(0), f64(1)), Laplace(f64(0), f64(1)), HUMPS])
def test_a_prior_takes_the_decoders_dtype(prior):
    class Tube(torch.nn.Linear):
        def forward(self, z):
            return Independent(Normal(super().forward(z), 0.5), 1)

    model = InfiniteMixture(Tube(1, 2), prior)
    assert model.sample(3, generator=stream()).dtype == torch.float32
    assert model.log_prob(X, Grid(9)).dtype == torch.float32
    assert model.double().log_prob(X, Grid(9)).dtype == torch.float64
    assert prior.mean.dtype == torch.float64  # the caller's own is left alone


def test_bounds_beyond_the_support_hold_no_more():
    model = InfiniteMixture(curve, PRIORS["uniform"])
    wide = model.log_prob(X, Grid(30_000, (-4.0, 4.0)))
    torch.testing.assert_close(wide, model.log_prob(X, Grid(4000)), atol=1e-3, rtol=0)
    assert (model.posterior(X, Grid(8, (-4.0, 4.0)))[1][0] == -math.inf).all()
    with pytest.raises(ValueError, match=r"bounds: got \(2.0, 3.0\), but p\(z\) is 0 at every"):
        Grid(5, (2.0, 3.0)).nodes(model.prior)


def test_a_prior_without_a_mean_on_a_grid_with_bounds():
    model = InfiniteMixture(curve, Cauchy(f64(0.0), f64(1.0)))
    assert model.log_prob(X, Grid(bounds=(-9.0, 9.0))).isfinite().all()


@pytest.mark.parametrize(
    "proposal",
    [
        lambda x: Normal(f64(0.0), f64(1.0)),
        lambda x: Independent(Normal(f64(0.0), f64(1.0)), 1),
        lambda x: Independent(Normal(torch.zeros(4, 2).double(), 1.0), 1),
        lambda x: x[:, :1],
    ],
)
def test_a_proposal_of_another_shape_is_named(proposal):
    model = InfiniteMixture(curve, PRIORS["normal"])
    with pytest.raises(ValueError, match=r"q: gives .* batch shape \(4,\) and event shape"):
        model.log_prob(X, Importance(proposal, 4))


@pytest.mark.parametrize(
    "decoder",
    [lambda z: z, lambda z: Normal(z, 1.0), lambda z: Independent(Normal(f64(0, 0), 1.0), 1)],
)
def test_a_decoder_that_gives_something_else_is_named(decoder):
    with pytest.raises(TypeError, match="decoder: gives .* wanted a torch Distribution"):
        InfiniteMixture(decoder, PRIORS["normal"]).log_prob(X)
    with pytest.raises(TypeError, match="decoder: got NoneType"):
        InfiniteMixture(None, PRIORS["normal"])


@unchecked()
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"x": X[:, :1]}, r"x: got shape \(4, 1\), wanted \(n, 2\)"),
        ({"x": X[0]}, r"x: got shape \(2,\)"),
        ({"x": X[:0]}, r"x: got shape \(0, 2\)"),
        ({"x": X * math.nan}, "x: got NaN or infinite"),
        ({"x": X / 0}, "x: got NaN or infinite"),
        ({"return_se": True}, "return_se: got True, but Grid.* draws nothing"),
        ({"bounds": (1.0, -1.0)}, "bounds: got"),
        ({"bounds": 3}, r"bounds: got 3, wanted \(low, high\)"),
        ({"bounds": (1, 2, 3)}, r"bounds: got .*, wanted \(low, high\)"),
        ({"bounds": ("a", "b")}, r"bounds: got .*, wanted \(low, high\)"),
        ({"x": None}, "x: got None, wanted a tensor"),
    ],
)
def test_bad_input_is_named(arguments, message):
    model = InfiniteMixture(curve, PRIORS["normal"])
    if "bounds" in arguments:
        arguments = {"rule": Grid(**arguments)}
    with pytest.raises(ValueError, match=message):
        model.log_prob(**{"x": X} | arguments)


def test_rules_name_bad_counts_and_what_is_no_rule():
    for make in (Grid, GaussHermite):
        with unchecked(), pytest.raises(ValueError, match="n_points: got 0, wanted a whole number"):
            make(0)
    for make in (MonteCarlo, lambda n: Importance(lambda x: x, n)):
        with unchecked(), pytest.raises(ValueError, match="n_samples: got 2.5"):
            make(2.5)
    model = InfiniteMixture(curve, PRIORS["normal"])
    for wrong in ("grid", Grid, 200):
        with pytest.raises(TypeError, match="rule: got .*, wanted a rule such as Grid"):
            model.log_prob(X, wrong)
    with unchecked(), pytest.raises(TypeError, match="q: got 100, wanted a function"):
        Importance(100)
    with pytest.raises(TypeError, match="rule: got Importance.* nodes are the same for every x"):
        model.as_mixture(Importance(lambda x: x))


def test_a_rule_of_one_s_own_serves_everywhere():
    """Simpson's rule: quadratics between every three points of a grid."""

    class Simpson(Rule):
        def nodes(self, prior):
            z = torch.linspace(-6, 6, 401, dtype=torch.float64)[:, None]
            heights = torch.ones(401).double()
            heights[1:-1:2], heights[2:-1:2] = 4, 2
            return z, prior.log_prob(z) + (heights * 12 / 400 / 3).log()

    model = InfiniteMixture(curve, PRIORS["normal"])
    exact = model.log_prob(X, Grid(4000))
    torch.testing.assert_close(model.log_prob(X, Simpson()), exact, atol=1e-6, rtol=0)
    ours = model.as_mixture(Simpson()).log_prob(X)
    torch.testing.assert_close(ours, exact, atol=1e-6, rtol=0)
    z, log_posterior = model.posterior(X, Simpson())
    assert z.shape == (401, 1) and log_posterior.shape == (401, 4)


def test_nodes_of_a_prior_over_numbers_are_vectors():
    for rule in (Grid(9), GaussHermite(9), MonteCarlo(9, stream())):
        z, log_w = rule.nodes(PRIORS["normal"])
        assert z.shape == (9, 1)
        assert float(log_w.exp().sum()) == pytest.approx(1)


def test_the_posterior_at_drawn_nodes_is_the_same_density():
    model = InfiniteMixture(curve, PRIORS["normal"])

    def q(x):
        return Independent(Normal(torch.zeros(len(x), 1).double(), 1.5), 1)

    z, log_posterior = model.posterior(X, Importance(q, 100_000, stream()))
    assert z.shape == (100_000, 4, 1)
    grid, exact = model.posterior(X, Grid(4000))
    for n in range(4):
        expected = np.interp(z[:500, n, 0], grid[:, 0], exact[:, n].exp())
        np.testing.assert_allclose(log_posterior[:500, n].exp(), expected, rtol=0.05, atol=1e-3)


def line(z):
    """A hand-made decoder, (..., 1) → Normal over (..., 2)."""
    return Independent(Normal(torch.cat([z, 2 * z], -1), 0.5), 1)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("layout", LAYOUTS)
def test_rows_and_bounds_in_any_layout(layout):
    model, change = InfiniteMixture(line, PRIORS["normal"]), LAYOUTS[layout]
    x, low, high = X.numpy(), np.array([-4.0]), np.array([4.0])
    found = model.log_prob(change(x), Grid(100, (change(low), change(high))))
    torch.testing.assert_close(found, model.log_prob(X, Grid(100, (-4.0, 4.0))))
    torch.testing.assert_close(model.posterior(change(x))[1], model.posterior(X)[1])


def test_an_x_whose_posterior_lies_outside_the_grid_is_said():
    model = InfiniteMixture(line, PRIORS["normal"])
    x = f64(100, 100, 0.3, 0.7, -80, -90).reshape(3, 2)
    with pytest.warns(UserWarning, match=r"x: the posterior of 2 of 3 rows .* from \[-5.97\] to"):
        model.log_prob(x)
    cov = 0.25 * torch.eye(2).double() + torch.outer(f64(1, 2), f64(1, 2))
    exact = torch.distributions.MultivariateNormal(torch.zeros(2).double(), cov).log_prob(x)
    torch.testing.assert_close(model.log_prob(x, Grid(20_000, (-90.0, 90.0))), exact)
    far = InfiniteMixture(line, PRIORS["uniform"])  # nothing lies beyond this prior's ends
    assert far.log_prob(x).isfinite().all()


def test_priors_on_a_circle_or_without_a_mean():
    circle = InfiniteMixture(line, VonMises(f64(0.4), f64(1.3)))
    exact = circle.log_prob(X, MonteCarlo(400_000, stream()), return_se=True)
    assert ((circle.log_prob(X, Grid(2000)) - exact[0]).abs() < 4 * exact[1]).all()
    total = Grid(2000).nodes(circle.prior)[0]
    assert float(total[-1] - total[0]) == pytest.approx(2 * math.pi, rel=1e-3)
    logit = TransformedDistribution(Normal(f64(0.0), f64(1.0)), [SigmoidTransform()])
    between = InfiniteMixture(line, logit)
    grid = between.log_prob(X, Grid(20_000))
    exact, se = between.log_prob(X, MonteCarlo(400_000, stream()), return_se=True)
    assert ((grid - exact).abs() < 4 * se).all()
    stretched = TransformedDistribution(Normal(f64(0.0), f64(1.0)), [SigmoidTransform().inv])
    with pytest.raises(ValueError, match=r"bounds: got None, but .* wanted \(low, high\)"):
        InfiniteMixture(line, stretched).log_prob(X)


@pytest.mark.parametrize("prior", [Bernoulli(0.5), Poisson(3.0), Categorical(torch.ones(3))])
def test_discrete_priors_are_named(prior):
    with pytest.raises(ValueError, match="prior: got .* which is discrete, wanted a density"):
        InfiniteMixture(line, prior)


def test_bad_priors_are_named():
    with pytest.raises(TypeError, match="prior: got str, wanted a torch Distribution"):
        InfiniteMixture(curve, "normal")
    with pytest.raises(ValueError, match="prior: got batch shape"):
        InfiniteMixture(curve, Normal(torch.zeros(3, 2), torch.ones(3, 2)))
    with pytest.raises(ValueError, match="prior: got .*, wanted a Normal for GaussHermite"):
        InfiniteMixture(curve, PRIORS["uniform"]).log_prob(X, GaussHermite())
    wide = Normal(torch.zeros(6), torch.ones(6))
    with pytest.raises(ValueError, match="nodes in 6 dimensions, wanted at most"):
        InfiniteMixture(lambda z: Independent(Normal(z, 1.0), 1), wide).log_prob(torch.zeros(1, 6))
