"""The screened EM step against the dense one, and its bound against the densities."""

import numpy as np
import pytest
import torch
from sklearn import mixture as sklearn_mixture

from tests.helpers.mixtures import a_mixture, blobs, fit
from vaelib.engine import products, screening
from vaelib.estimator import GaussianMixture

DTYPES = [torch.float64, torch.float32]


def a_start(n_components=12, n_features=40, spread=1.5, thin=1.0):
    """Centred data and the Components of their clusters, the first of them flattened to `thin`."""
    rng = np.random.default_rng(0)
    label = rng.integers(n_components, size=1500)
    x = spread * rng.normal(size=(n_components, n_features))[label] + rng.normal(size=(1500, 40))
    x[label == 0, -1] = thin * rng.normal(size=(label == 0).sum())
    x = torch.from_numpy(x - np.median(x, axis=0))
    resp = torch.from_numpy(np.eye(n_components)[label])
    return x, products.maximise(products.Data(x, "full"), resp, 1e-3 * thin**2).checked()


@pytest.mark.parametrize("scale", [1.0, 1e-9, 1e9])
@pytest.mark.parametrize("n_features", [2, 33, 60])
def test_the_bound_is_never_under_the_density(n_features, scale):
    weights, means, covariances = a_mixture("full", 5, n_features)
    x = 3 * torch.randn(500, n_features, generator=torch.Generator().manual_seed(0)).double()
    components = products.Components(weights, scale * means, scale**2 * covariances)
    screen = screening.Screen(products.Data(scale * x, "full"))
    bound = screen.t @ screen.upper(components).T
    exact = torch.stack([components.factored(scale * x, k) for k in range(5)], dim=1)
    assert (bound >= exact).all()
    if n_features <= screening.AXES:  # nothing is left out, so it is the density
        assert (bound - exact <= 1e-4 * exact.abs().max()).all()


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("thin", [1.0, 1e-3, 1e-5])
def test_every_density_that_matters_is_kept(dtype, thin):
    x, components = a_start(thin=thin)
    screen = screening.Screen(products.Data(x, "full", dtype))
    rows = screen.rows_for(components)
    upper = screen.upper(components)
    kept = screen.kept(components, upper, rows, slice(None))
    exact = torch.stack([components.factored(x, k) for k in range(12)])
    matter = exact > exact.amax(0) - screening.CUT[dtype]
    found = torch.zeros_like(matter)
    for k, numbers in enumerate(kept):
        found[k, numbers] = True
    assert (found | ~matter).all()
    assert found.double().mean() < 0.5  # while most are screened out


@pytest.mark.parametrize(
    "change", [{}, {"PAIRS": 12 * 70}, {"AXES": 3}, {"AXES": 40}, {"DENSE": 0.0}]
)
@pytest.mark.parametrize("thin", [1.0, 1e-3])
def test_a_step_as_the_dense_one(monkeypatch, change, thin):
    for name, value in ({"DENSE": 1.0} | change).items():
        monkeypatch.setattr(screening, name, value)
    x, components = a_start(thin=thin)
    data = products.Data(x, "full")
    bound, after = screening.Screen(data).em_step(components, 1e-6)
    expected_bound, expected = products.em_step(data, components, 1e-6)
    assert abs(bound - expected_bound) < 1e-9
    torch.testing.assert_close(after.weights, expected.weights, rtol=1e-9, atol=1e-15)
    torch.testing.assert_close(after.means, expected.means, rtol=1e-8, atol=1e-9)
    torch.testing.assert_close(after.covariances, expected.covariances, rtol=1e-8, atol=1e-9)


@pytest.mark.parametrize("dtype", DTYPES)
def test_a_component_too_narrow_for_float32_is_computed_in_float64(dtype):
    x, components = a_start(thin=1e-9)
    screen = screening.Screen(products.Data(x, "full", dtype))
    rows = screen.rows_for(components)
    assert rows[0].dtype == torch.float64
    assert all(others.dtype == dtype for others in rows[1:])
    bound, after = screen.em_step(components, 1e-21)
    expected_bound, expected = products.em_step(products.Data(x, "full"), components, 1e-21)
    assert abs(bound - expected_bound) < (1e-8 if dtype == torch.float64 else 1e-3)
    log_det = torch.stack([c.covariances[0].logdet() for c in (after, expected)])
    assert abs(log_det[0] - log_det[1]) < 1e-3


# Whole fits


@pytest.fixture
def always(monkeypatch):
    """Screening on small data too."""
    monkeypatch.setattr(screening, "WORTHWHILE", 0)


@pytest.mark.parametrize("init_params", ["kmeans", "random", "random_from_data"])
def test_twenty_steps_as_scikit_learn(always, init_params):
    x = blobs(np.random.default_rng(0), 1500, 40, 12, 1.0)
    options = {"n_components": 12, "init_params": init_params, "reg_covar": 1e-3}
    options |= {"random_state": 0, "max_iter": 20, "tol": 0}
    theirs = fit(sklearn_mixture.GaussianMixture, x, **options)
    ours = fit(GaussianMixture, x, **options)
    np.testing.assert_allclose(ours.weights_, theirs.weights_, rtol=1e-8)
    np.testing.assert_allclose(ours.means_, theirs.means_, atol=1e-8)
    np.testing.assert_allclose(ours.covariances_, theirs.covariances_, atol=1e-8)
    np.testing.assert_allclose(ours.lower_bounds_[-1], theirs.lower_bound_, rtol=1e-10)
    single = fit(GaussianMixture, x, dtype="float32", **options)
    assert abs(single.lower_bound_ - theirs.lower_bound_) < 1e-4
    again = GaussianMixture.from_parameters(single.weights_, single.means_, single.covariances_)
    assert abs(again.score(x) - single.score(x)) < 1e-10


def test_likelihood_never_falls(always):
    x = blobs(np.random.default_rng(1), 1500, 40, 6, 0.7)
    model = fit(GaussianMixture, x, n_components=6, reg_covar=0, tol=0, random_state=0)
    assert np.diff(model.lower_bounds_).min() > -1e-11
    assert model.lower_bounds_[-1] > model.lower_bounds_[0] + 0.01


def test_small_narrow_or_simple_data_are_not_screened():
    def worth(n, n_features, covariance_type="full"):
        return screening.worthwhile(
            products.Data(torch.randn(n, n_features).double(), covariance_type)
        )

    assert worth(4000, 50)
    assert not worth(1000, 50)
    assert not worth(20_000, screening.AXES)
    assert not worth(4000, 50, "diag")
