"""The networks: shapes, distributions, one oracle each, and clear errors."""

import math
from functools import partial

import numpy as np
import pytest
import torch
from torch.distributions import Bernoulli, Independent, MultivariateNormal, Normal, Uniform

from vaelib.bound import elbo
from vaelib.checkpoints import save
from vaelib.drawing import draw, stream
from vaelib.infinite import InfiniteMixture
from vaelib.networks import Decoder, Encoder, mlp
from vaelib.rules import Grid
from vaelib.training import fit
from vaelib.vae import VAE


def images(n=20, dims=12, seed=0):
    return torch.rand(n, dims, generator=stream(seed)).round()


def test_encoder_gives_mean_and_standard_deviation_from_one_product():
    encoder = Encoder(12, 3, (8,))
    x = images()
    q = encoder(x)
    hidden = torch.nn.functional.silu(x @ encoder.net[0].weight.T + encoder.net[0].bias)
    mu, logvar = (hidden @ encoder.net[2].weight.T + encoder.net[2].bias).split(3, -1)
    torch.testing.assert_close(q.mean, mu)
    torch.testing.assert_close(q.stddev, torch.exp(logvar / 2))
    assert q.batch_shape == (20,) and q.event_shape == (3,)


def test_bernoulli_decoder_is_minus_cross_entropy():
    decoder = Decoder(3, 12, (8,))
    z, x = torch.randn(5, 20, 3, generator=stream()), images()
    logits = decoder.net(z)
    expected = -torch.nn.functional.binary_cross_entropy_with_logits(
        logits, x.expand(5, 20, 12), reduction="none"
    ).sum(-1)
    torch.testing.assert_close(decoder(z).log_prob(x), expected)


@pytest.mark.parametrize("sigma_x", [0.3, "learned", "network"])
def test_gaussian_decoder_noise_is_what_its_name_says(sigma_x):
    decoder = Decoder(3, 12, (8,), likelihood="gaussian", sigma_x=sigma_x)
    z, x = torch.randn(20, 3, generator=stream()), images()
    out = decoder.net(z)
    mu, std = {
        0.3: lambda: (out, 0.3),
        "learned": lambda: (out, torch.exp(decoder.logvar / 2)),
        "network": lambda: (out[:, :12], torch.exp(out[:, 12:] / 2)),
    }[sigma_x]()
    expected = Normal(mu, std).log_prob(x).sum(-1)
    torch.testing.assert_close(decoder(z).log_prob(x), expected)
    learned = any(name == "logvar" for name, _ in decoder.named_parameters())
    assert learned == (sigma_x == "learned")


def test_a_vae_is_an_infinite_mixture_and_its_estimates_agree():
    model = VAE(12, 2, (16,), generator=stream()).requires_grad_(False)
    assert isinstance(model, InfiniteMixture)
    x = images()
    plain = InfiniteMixture(model.decoder, model.prior)
    exact = model.log_prob(x, Grid(200))
    torch.testing.assert_close(plain.log_prob(x, Grid(200)), exact)
    torch.testing.assert_close(plain.posterior(x, Grid(9)), model.posterior(x, Grid(9)))
    rule = model.importance(20_000, stream(1))
    torch.testing.assert_close(
        plain.log_prob(x, rule), model.log_prob(x, model.importance(20_000, stream(1)))
    )
    ours, se = model.log_prob(x, model.importance(20_000, stream(1)), return_se=True)
    assert ((ours - exact).abs() < 4 * se + 1e-4).all() and se.max() < 0.05


def test_samples_means_and_reconstructions():
    model = VAE(12, 2, (16,), generator=stream())
    x = model.sample(7, generator=stream(1))
    assert x.shape == (7, 12) and set(x.unique().tolist()) <= {0.0, 1.0}
    mean = model.sample(7, mean=True, generator=stream(1))
    assert ((0 < mean) & (mean < 1)).all() and not torch.equal(mean, mean.round())
    torch.testing.assert_close(
        model.reconstruct(images()), model.decode(model.encode(images()).mean).mean
    )


def test_initial_weights_follow_the_generator_and_nothing_global():
    before = torch.random.get_rng_state()
    a, b, c = (VAE(12, 2, (8,), generator=stream(s)) for s in (1, 1, 2))
    assert torch.equal(a.encoder.net[0].weight, b.encoder.net[0].weight)
    assert not torch.equal(a.encoder.net[0].weight, c.encoder.net[0].weight)
    assert torch.equal(before, torch.random.get_rng_state())


def test_saved_and_loaded_with_any_prior(tmp_path):
    prior = Independent(Normal(torch.ones(2), 2 * torch.ones(2)), 1)
    for own in (None, prior):
        model = VAE(
            12, 2, (8,), likelihood="gaussian", sigma_x="learned", prior=own, generator=stream()
        )
        save(tmp_path / "model.pt", model)
        again = VAE.load(tmp_path / "model.pt", prior=own)
        assert again.config == model.config
        torch.testing.assert_close(again.reconstruct(images()), model.reconstruct(images()))
        assert again.double().config == model.config
    with pytest.raises(ValueError, match="prior: got None, wanted the prior"):
        VAE.load(tmp_path / "model.pt")
    save(tmp_path / "other.pt", torch.nn.Linear(2, 2))
    with pytest.raises(ValueError, match="holds no VAE's configuration"):
        VAE.load(tmp_path / "other.pt")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"likelihood": "poisson"}, "likelihood: got 'poisson'"),
        ({"likelihood": "gaussian"}, "sigma_x: got None, wanted a number > 0"),
        ({"likelihood": "gaussian", "sigma_x": 0.0}, "sigma_x: got 0.0"),
        ({"likelihood": "gaussian", "sigma_x": math.inf}, "sigma_x: got inf"),
        ({"sigma_x": 1.0}, "a Bernoulli likelihood has no sigma_x"),
        ({"data_dim": 0}, "data_dim: got 0"),
        ({"latent_dim": True}, "latent_dim: got True"),
        ({"hidden": 8}, "hidden: got 8, wanted a sequence"),
        ({"likelihood": "gaussian", "sigma_x": torch.ones(2)}, "sigma_x: got Tensor, wanted"),
        (
            {"prior": Normal(torch.zeros(2, requires_grad=True), 1.0)},
            "prior: .* require a gradient",
        ),
        ({"hidden": (8, -1)}, r"hidden: got \(8, -1\)"),
        ({"prior": Normal(torch.zeros(3), torch.ones(3))}, "prior: got 3 dimensions, wanted"),
        ({"covariance_type": "tied"}, "covariance_type: got 'tied', wanted 'diag' or 'full'"),
        ({"prior": 0}, "n_components: got 0"),
        ({"prior": True}, "n_components: got True"),
        ({"x_mean": torch.zeros(11)}, r"x_mean: got shape \(11,\), wanted finite numbers \(12,\)"),
        ({"x_mean": torch.full((12,), math.nan)}, "x_mean: .* wanted finite"),
        ({"x_mean": "mean"}, "x_mean: got 'mean', wanted a tensor"),
    ],
)
def test_bad_settings_are_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        VAE(**{"data_dim": 12} | arguments)


def test_sizes_and_noise_from_numpy_survive_a_checkpoint(tmp_path):
    sizes = {"latent_dim": np.int64(2), "hidden": np.array([8, 4]), "sigma_x": np.float64(0.5)}
    model = VAE(12, likelihood="gaussian", **sizes, generator=stream()).double()
    save(tmp_path / "model.pt", model)
    again = VAE.load(tmp_path / "model.pt")
    assert again.config == model.config and again.config["hidden"] == [8, 4]
    x = images().double()
    assert torch.equal(again.reconstruct(x), model.reconstruct(x))  # float64, as it was saved


def test_no_hidden_layer_is_a_linear_model():
    decoder = VAE(12, 2, hidden=()).decoder.net
    assert len(decoder) == 1 and decoder[0].weight.shape == (12, 2)


def test_a_learned_prior_is_trained_and_saved(tmp_path):
    x = images(64)
    model = VAE(12, 2, (8, 8), prior=np.int64(5), residual=True, x_mean=x.mean(0))
    before = model.prior.mu.clone()
    objective = partial(elbo, kl_form="sampled")
    fit(model, x, x, objective, epochs=2, batch_size=16, progress=False)
    assert (model.prior.mu - before).abs().min() > 0
    save(tmp_path / "model.pt", model)
    again = VAE.load(tmp_path / "model.pt")
    assert again.config == model.config and again.config["prior"] == 5
    for name, value in model.state_dict().items():
        assert torch.equal(value, again.state_dict()[name]), name
    assert torch.equal(again.reconstruct(x), model.reconstruct(x))
    assert model.double().prior.mu.dtype == torch.float64


def test_a_learned_prior_integrates_to_the_same_likelihood():
    model = VAE(6, 2, (8,), prior=4, generator=stream()).requires_grad_(False)
    every = torch.cartesian_prod(*[torch.tensor([0.0, 1.0])] * 6)
    exact = model.log_prob(every, Grid(200))
    assert float(exact.exp().sum()) == pytest.approx(1, abs=1e-5)
    ours, se = model.log_prob(every, model.importance(20_000, stream(1)), return_se=True)
    assert ((ours - exact).abs() < 5 * se + 1e-4).all() and se.max() < 0.05


def full_model(seed=0, latent_dim=3):
    """A VAE whose q has correlations: the last layer of its encoder is drawn anew."""
    model = VAE(6, latent_dim, (8,), covariance_type="full", generator=stream(seed)).double()
    with torch.no_grad():
        last = model.encoder.net[-1]
        last.weight.copy_(0.5 * torch.randn(last.weight.shape, generator=stream(seed + 1)))
    return model


def test_a_full_covariance_is_torch_s_and_its_draws_have_it():
    model, x = full_model(), images(4, 6).double()
    q = model.encode(x)
    scale_tril = q.scale_tril
    assert torch.equal(scale_tril, scale_tril.tril())
    logvar = model.encoder.net(x)[:, 3:6]
    torch.testing.assert_close(scale_tril.diagonal(dim1=1, dim2=2), torch.exp(logvar / 2))
    usual = MultivariateNormal(q.mean, scale_tril=scale_tril)
    z = draw(q, (5, 2), stream())
    assert z.shape == (5, 2, 4, 3)
    torch.testing.assert_close(q.log_prob(z), usual.log_prob(z))
    z = draw(q, (300_000,), stream())
    off = (z - q.mean).detach()
    cov = torch.einsum("sni,snj->nij", off, off) / len(z)
    torch.testing.assert_close(cov, usual.covariance_matrix, atol=0.02, rtol=0.02)
    gradients = []
    for distribution in (q, usual):
        inputs = torch.autograd.grad(
            distribution.log_prob(z[:3].detach()).sum(),
            model.encoder.net[-1].weight,
            retain_graph=True,
        )
        gradients.append(inputs[0])
    torch.testing.assert_close(*gradients)


def test_a_full_covariance_starts_diagonal_is_saved_and_bounds_the_likelihood(tmp_path):
    start = VAE(6, 3, (8,), covariance_type="full").encode(images(4, 6)).scale_tril
    assert torch.equal(start, torch.diag_embed(start.diagonal(dim1=1, dim2=2)))
    model, x = full_model(latent_dim=2), images(4, 6)
    save(tmp_path / "model.pt", model)
    again = VAE.load(tmp_path / "model.pt")
    assert again.config["covariance_type"] == "full"
    assert torch.equal(again.encode(x.double()).mean, model.encode(x.double()).mean)
    model.requires_grad_(False)
    exact = model.log_prob(x, Grid(400))
    ours, se = model.log_prob(x, model.importance(50_000, stream(1)), return_se=True)
    assert ((ours - exact).abs() < 5 * se + 1e-4).all() and se.max() < 0.05
    bound = elbo(model, x, kl_form="sampled", n_samples=5000, generator=stream())[0]
    assert (bound < exact).all()
    with pytest.raises(TypeError, match="kl_form='sampled' to elbo"):
        elbo(model, x)


def test_a_residual_layer_adds_its_input():
    plain, residual = (mlp(3, (8, 8, 4), 2, r) for r in (False, True))
    residual.load_state_dict(
        dict(zip(residual.state_dict(), plain.state_dict().values(), strict=True))
    )
    x = torch.randn(5, 3, generator=stream())
    h = plain[:2](x)
    torch.testing.assert_close(residual(x), plain[4:](h + plain[2:4](h)))


def test_x_mean_is_subtracted_and_is_what_the_decoder_starts_near():
    x_mean = torch.linspace(0, 1, 12)
    model = VAE(12, 3, (8,), x_mean=x_mean, generator=stream())
    plain = VAE(12, 3, (8,), generator=stream())
    torch.testing.assert_close(model.encode(images()).mean, plain.encode(images() - x_mean).mean)
    with torch.no_grad():
        model.decoder.net[-1].weight.zero_()
        start = model.decode(torch.zeros(1, 3)).mean[0]
    torch.testing.assert_close(start, x_mean.clamp(1e-3, 1 - 1e-3))
    assert torch.equal(x_mean, torch.linspace(0, 1, 12))
    grey = VAE(
        12,
        3,
        (8,),
        likelihood="gaussian",
        sigma_x="network",
        x_mean=x_mean,
        generator=stream(),
    )
    assert torch.equal(grey.decoder.net[-1].bias[:12], x_mean)


@pytest.mark.parametrize("network", [Encoder, Decoder])
def test_networks_name_bad_sizes(network):
    with pytest.raises(ValueError, match=r"hidden: got \(8.0,\), wanted a sequence"):
        network(4, 2, (8.0,))
    with pytest.raises(ValueError, match="latent_dim: got 0"):
        network(**{"data_dim": 4, "latent_dim": 0})


def test_a_prior_of_bounded_support(tmp_path):
    """q is Normal, so it reaches beyond: there p(z) is 0, the draw counts for nothing."""
    prior = Uniform(-torch.ones(2), torch.ones(2))
    model = VAE(12, 2, (16,), prior=prior, generator=stream()).requires_grad_(False)
    exact = model.log_prob(images(), Grid(100))
    rule = model.importance(20_000, stream(1))
    ours, se = model.log_prob(images(), rule, return_se=True)
    assert ((ours - exact).abs() < 4 * se + 1e-4).all() and se.max() < 0.05
    _, terms = elbo(model, images(), n_samples=50, kl_form="sampled", generator=stream())
    assert (terms["kl"] == math.inf).all() and (terms["elbo"] == -math.inf).all()


@pytest.mark.parametrize(
    ("x", "message"),
    [
        (images(dims=11), r"x: got shape \(20, 11\), wanted \(n, 12\)"),
        (images() * 255, r"x: got pixels from 0 to 255, wanted \[0, 1\]"),
        (images() * 1.0000001, r"x: got pixels from 0 to 1\.0000001, wanted \[0, 1\]"),
        (images() - 1e-7, r"x: got pixels from -1e-07 to 0\.9999999, wanted \[0, 1\]"),
        (images() * math.nan, "x: got NaN"),
        (torch.arange(20), r"x: got shape \(20,\)"),
        (None, "x: got None, wanted a tensor"),
        ([["a"]], "x: got list, wanted a tensor"),
    ],
)
def test_bad_data_is_named(x, message):
    model = VAE(12, 2, (8,))
    for use in (model.log_prob, model.reconstruct):
        with pytest.raises(ValueError, match=message):
            use(x)


def test_a_bernoulli_density_sums_to_one_over_all_images():
    model = VAE(6, 2, (8,), generator=stream())
    every = torch.cartesian_prod(*[torch.tensor([0.0, 1.0])] * 6)
    total = model.log_prob(every, Grid(100)).exp().sum().detach()
    assert float(total) == pytest.approx(1, abs=1e-5)
    assert isinstance(model.decode(torch.zeros(1, 2)).base_dist, Bernoulli)
