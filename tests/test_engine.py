"""The fast EM steps against the plain one, and what they leave out against its bound."""

import subprocess
import sys
from functools import partial

import numpy as np
import pytest
import torch

from tests.helpers.mixtures import (
    DATA_SETS,
    TYPES,
    a_mixture,
    blobs,
    exact_log_density,
    fit,
    narrow,
)
from vaelib.drawing import stream
from vaelib.engine import choice, components, products, screening
from vaelib.engine.components import LOSS, Components
from vaelib.engine.natural import statistics
from vaelib.engine.products import Products, responsibilities_
from vaelib.engine.screening import AXES, CUT, Screen
from vaelib.engine.starts import first_mixture, kmeans
from vaelib.estimator import GaussianMixture
from vaelib.mixture import Mixture, climb, em_step, unchecked_m_step

DTYPES = [torch.float64, torch.float32]
EPS = torch.finfo(torch.float64).eps


def begun(name, covariance_type):
    """Centred data, and the mixture of their clusters."""
    x, n_components, options = DATA_SETS[name]
    x, reg_covar = torch.from_numpy(x - np.median(x, axis=0)), options.get("reg_covar", 1e-6)
    resp = torch.from_numpy(kmeans(x.numpy(), n_components, np.random.RandomState(0)))
    return x, unchecked_m_step(x, resp, covariance_type, reg_covar), reg_covar


def a_start(n_components=12, n_features=40, spread=1.5, thin=1.0):
    """Centred data and the mixture of their clusters, the first of them flattened to `thin`."""
    rng = np.random.default_rng(0)
    label = rng.integers(n_components, size=1500)
    x = spread * rng.normal(size=(n_components, n_features))[label] + rng.normal(size=(1500, 40))
    x[label == 0, -1] = thin * rng.normal(size=(label == 0).sum())
    x = torch.from_numpy(x - np.median(x, axis=0))
    resp = torch.from_numpy(np.eye(n_components)[label])
    return x, Components(*unchecked_m_step(x, resp, "full", 1e-3 * thin**2)).checked()


def plain(x, covariance_type, reg_covar):
    return partial(em_step, x, covariance_type=covariance_type, reg_covar=reg_covar)


def assert_same(found, expected, tolerance=1e-10):
    """Two ends of `climb`: every bound in nats, and the parameters."""
    np.testing.assert_allclose(found[1], expected[1], rtol=0, atol=tolerance)
    for ours, theirs in zip(found[0], expected[0], strict=True):
        torch.testing.assert_close(ours, theirs, rtol=1e-8, atol=1e-10 * theirs.abs().max().item())


# Products


@pytest.mark.parametrize("covariance_type", TYPES)
@pytest.mark.parametrize("name", DATA_SETS)
def test_twenty_fast_steps_are_twenty_plain_ones(name, covariance_type):
    x, start, reg_covar = begun(name, covariance_type)
    fast = Products(x, covariance_type, reg_covar).em_step
    expected = climb(plain(x, covariance_type, reg_covar), start, 0, 20)
    tolerance = (
        1e-9 if name == "nearly singular" else 1e-10
    )  # rounding Σ alone costs that much there
    assert_same(climb(fast, start, 0, 20), expected, tolerance)


@pytest.mark.parametrize("covariance_type", TYPES)
@pytest.mark.parametrize(
    ("module", "name", "value"),
    [
        (products, "CHUNK_ROWS", 7),
        (products, "STORE_BYTES", 0),
        (components, "LOSS", {torch.float64: 0.0}),  # all components are too narrow
        (components, "LOSS", {torch.float64: 1e-13}),  # some are
    ],
)
def test_chunks_and_forms_do_not_change_the_steps(
    monkeypatch, module, name, value, covariance_type
):
    x, start, reg_covar = begun("crescent", covariance_type)
    expected = climb(plain(x, covariance_type, reg_covar), start, 0, 10)
    monkeypatch.setattr(module, name, value)
    assert_same(climb(Products(x, covariance_type, reg_covar).em_step, start, 0, 10), expected)


@pytest.mark.parametrize("covariance_type", TYPES)
@pytest.mark.parametrize("name", DATA_SETS)
def test_float32_has_the_likelihood_to_four_digits(name, covariance_type):
    x, start, reg_covar = begun(name, covariance_type)
    single = climb(Products(x, covariance_type, reg_covar, torch.float32).em_step, start, 0, 20)
    double = climb(Products(x, covariance_type, reg_covar).em_step, start, 0, 20)
    assert abs(single[1][-1] - double[1][-1]) < 1e-4
    found, expected = (Mixture(*end[0]).log_prob(x).mean() for end in (single, double))
    assert abs(found - expected) < 1e-4
    assert all(p.dtype == torch.float64 for p in single[0])


@pytest.mark.parametrize("covariance_type", ["full", "diag", "spherical"])
def test_float32_keeps_the_digits_of_a_narrow_component(covariance_type):
    x = np.random.default_rng(0).normal(size=(400, 2))
    x[:200] = [30.0, -10.0] + 1e-5 * x[:200]
    x = torch.from_numpy(x - np.median(x, axis=0))
    start = unchecked_m_step(
        x, torch.eye(2).double().repeat_interleave(200, 0), covariance_type, 0.0
    )
    single, double = (
        climb(Products(x, covariance_type, 0.0, dtype).em_step, start, 0, 5)
        for dtype in (torch.float32, torch.float64)
    )
    torch.testing.assert_close(
        single[0].covariances[0], double[0].covariances[0], rtol=1e-6, atol=1e-17
    )
    torch.testing.assert_close(single[0].covariances, double[0].covariances, rtol=0, atol=1e-3)
    assert abs(single[1][-1] - double[1][-1]) < 1e-4


def test_responsibilities_agree_with_torch_and_leave_no_denormals():
    logits = 300 * torch.randn(500, 20, generator=stream(0), dtype=torch.float64)
    resp = logits.clone()
    log_sum = responsibilities_(resp)
    torch.testing.assert_close(log_sum, logits.logsumexp(1), rtol=1e-15, atol=1e-12)
    torch.testing.assert_close(resp, logits.softmax(1), rtol=1e-12, atol=1e-26)
    assert resp[resp > 0].min() >= 1e-26
    assert (resp == 0).any()


@pytest.mark.parametrize("width", [1.0, 1e-1, 1e-2, 1e-3])
@pytest.mark.parametrize("shape", ["tiny", "flat"])
def test_rounding_costs_what_is_estimated_and_the_factored_form_less(width, shape):
    x, mean, covariance = narrow(width, shape)
    exact = exact_log_density(x, mean, covariance)
    one = Components(torch.ones(1).double(), mean[None], covariance[None])
    span = x.abs().amax(0)
    estimate = EPS * (span**2 * one.precision_diagonal).sum().item()
    expanded = (statistics(x, "full") @ one.natural)[:, 0]
    assert (expanded - exact).abs().max() < 4 * estimate
    least = 10 * EPS * torch.linalg.cond(covariance) * (1 + exact.abs().max())
    assert (one.log_joint(x, [0])[:, 0] - exact).abs().max() < least
    found = one.too_narrow(span, torch.float64)
    assert bool(found) == (estimate > LOSS[torch.float64])


@pytest.mark.parametrize("covariance_type", ["full", "diag", "spherical"])
@pytest.mark.parametrize("share", [1e-6, 1e-10, 1e-14])
def test_a_component_with_almost_no_points_has_its_covariance(covariance_type, share):
    x = 5 + torch.randn(200, 3, generator=stream(0)).double()
    resp = torch.rand(200, 2, generator=stream(1)).double()
    resp[:, 1] *= share
    expected = unchecked_m_step(x, resp, covariance_type, 0.0)
    moments = resp.T @ statistics(x, covariance_type)
    found = Products(x, covariance_type, 0.0).unchecked_m_step(moments, resp)
    torch.testing.assert_close(tuple(found), tuple(expected), rtol=1e-11, atol=1e-16)


@pytest.mark.parametrize("covariance_type", TYPES)
@pytest.mark.parametrize("dtype", DTYPES)
def test_fast_steps_name_rows_beyond_every_component(covariance_type, dtype):
    x = torch.tensor([[0.0, 0.0], [1.0, 2.0], [2.0, 1.0], [1e140, 0.0]]).double()
    start = unchecked_m_step(x[:3], torch.ones(3, 1).double(), covariance_type, 1e-30)
    narrow = start._replace(covariances=start.covariances * 1e-60)
    with pytest.raises(ValueError, match="x: got a row so many standard deviations"):
        Products(x, covariance_type, 1e-30, dtype).em_step(narrow)
    if covariance_type == "full":
        with pytest.raises(ValueError, match="x: got a row so many standard deviations"):
            Screen(x, 1e-30, Products(x, "full", 1e-30).em_step).em_step(narrow)


def test_a_first_tied_covariance_far_from_the_origin_keeps_its_digits():
    """Points without a component add X Xᵀ; the others do not cancel with it."""
    x = torch.arange(4.0).double()[:, None] - 1.5
    centre = np.array([3e7])
    found = first_mixture(lambda *_: np.eye(4)[:, :3], x, centre, None, 3, "tied", 1.0)
    exact = (30000001.5**2) / 3 + 1.0
    assert found.covariances.item() == pytest.approx(exact, rel=1e-15)
    ends = first_mixture(lambda *_: np.eye(4)[:, :3], x, np.array([-1.5]), None, 3, "tied", 1.0)
    assert ends.covariances.item() == pytest.approx(1.0, rel=1e-14)


# Screening


@pytest.mark.parametrize("scale", [1.0, 1e-9, 1e9])
@pytest.mark.parametrize("n_features", [2, 33, 60])
def test_the_bound_is_never_under_the_density(n_features, scale):
    weights, means, covariances = a_mixture("full", 5, n_features)
    x = 3 * torch.randn(500, n_features, generator=stream(0)).double()
    mixture = Components(weights, scale * means, scale**2 * covariances)
    screen = Screen(scale * x, 0.0, None)
    bound = screen.t @ screen.bound_parameters(mixture).T
    exact = mixture.log_joint(scale * x, [*range(5)])
    assert (bound >= exact).all()
    if n_features <= AXES:  # nothing is left out, so it is the density
        assert (bound - exact <= 1e-4 * exact.abs().max()).all()


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("thin", [1.0, 1e-3, 1e-5])
def test_every_density_that_matters_is_kept(dtype, thin):
    x, mixture = a_start(thin=thin)
    screen = Screen(x, 0.0, None, dtype)
    eta = screen.bound_parameters(mixture)
    parts = screen.kept(mixture, eta, screen.data_for(mixture), slice(None))
    exact = mixture.log_joint(x, [*range(12)]).T
    matter = exact > exact.amax(0) - CUT[dtype]
    found = torch.zeros_like(matter)
    for k, (first, values, others) in enumerate(zip(*parts, strict=True)):
        assert not found[k, first].any() and not set(first.tolist()) & set(others.tolist())
        found[k, first] = found[k, others] = True
        torch.testing.assert_close(values, exact[k, first], rtol=1e-5, atol=1e-3)
    assert (found | ~matter).all()
    assert found.double().mean() < 0.5  # while most are left out


@pytest.mark.parametrize(
    "change", [{}, {"PAIRS": 12 * 70}, {"AXES": 3}, {"AXES": 40}, {"DENSE": 0.0}]
)
@pytest.mark.parametrize("thin", [1.0, 1e-3])
def test_three_screened_steps_are_three_plain_ones(monkeypatch, change, thin):
    for name, value in ({"DENSE": 1.0} | change).items():
        monkeypatch.setattr(screening, name, value)
    x, start = a_start(thin=thin)
    screen = Screen(x, 1e-6, Products(x, "full", 1e-6).em_step)
    assert_same(
        climb(screen.em_step, start, 0, 3), climb(plain(x, "full", 1e-6), start, 0, 3), 1e-9
    )


def test_screening_asks_nothing_of_torchs_default_dtype():
    x, start = a_start()
    screen = Screen(x, 1e-6, None)
    eta, data = screen.bound_parameters(start), screen.data_for(start)
    expected = screen.kept(start, eta, data, slice(None))
    torch.set_default_dtype(torch.float64)
    try:
        found = screen.kept(start, eta, data, slice(None))
    finally:
        torch.set_default_dtype(torch.float32)
    for ours, theirs in zip(found, expected, strict=True):
        assert len(ours) == 12 and all(map(torch.equal, ours, theirs))


@pytest.mark.parametrize("dtype", DTYPES)
def test_a_component_too_narrow_for_float32_is_computed_in_float64(dtype):
    x, start = a_start(thin=1e-9)
    screen = Screen(x, 1e-21, None, dtype)
    data = screen.data_for(start)
    assert data[0].dtype == torch.float64
    assert all(others.dtype == dtype for others in data[1:])
    bound, after = screen.em_step(start)
    expected_bound, expected = em_step(x, start, "full", 1e-21)
    assert abs(bound - expected_bound) < (1e-8 if dtype == torch.float64 else 1e-3)
    log_det = torch.stack([c.covariances[0].logdet() for c in (after, expected)])
    assert abs(log_det[0] - log_det[1]) < 1e-3


@pytest.mark.parametrize("init_params", ["kmeans", "random", "random_from_data"])
def test_twenty_screened_steps_are_twenty_plain_ones(monkeypatch, init_params):
    x = blobs(np.random.default_rng(0), 1500, 40, 12, 1.0)
    options = {"n_components": 12, "init_params": init_params, "reg_covar": 1e-3}
    options |= {"random_state": 0, "max_iter": 20, "tol": 0}
    slow = fit(GaussianMixture, x, **options)
    monkeypatch.setattr(choice, "LARGE", 0)
    fast = fit(GaussianMixture, x, **options)
    np.testing.assert_allclose(fast.lower_bounds_, slow.lower_bounds_, rtol=0, atol=1e-10)
    np.testing.assert_allclose(fast.means_, slow.means_, atol=1e-8)
    np.testing.assert_allclose(fast.covariances_, slow.covariances_, atol=1e-8)
    single = fit(GaussianMixture, x.astype(np.float32), **options)
    assert abs(single.lower_bound_ - slow.lower_bound_) < 1e-4
    assert abs(single.score(x) - slow.score(x)) < 1e-4


def test_likelihood_never_falls(monkeypatch):
    monkeypatch.setattr(choice, "LARGE", 0)
    x = blobs(np.random.default_rng(1), 1500, 40, 6, 0.7)
    model = fit(GaussianMixture, x, n_components=6, reg_covar=0, tol=0, random_state=0)
    assert np.diff(model.lower_bounds_).min() > -1e-11
    assert model.lower_bounds_[-1] > model.lower_bounds_[0] + 0.01


# Which step


@pytest.mark.parametrize(
    ("sizes", "covariance_type", "name"),
    [
        ((500, 2, 10), "full", "partial"),
        ((4000, 50, 10), "full", "partial"),
        ((10_000, 50, 10), "full", "Screen"),
        ((10_000, 50, 10), "tied", "Products"),
        ((10_000, 50, 10), "diag", "Products"),
        ((50_000, 10, 10), "full", "Products"),
        ((2000, 300, 10), "tied", "partial"),
        ((2000, 300, 10), "spherical", "Products"),
    ],
)
def test_the_size_of_the_data_chooses_the_step(sizes, covariance_type, name):
    n, n_features, n_components = sizes
    x = torch.randn(n, n_features, generator=stream(0)).double()
    step = choice.step_on(x, n_components, covariance_type, 0.0)
    assert type(getattr(step, "__self__", step)).__name__ == name


def test_wide_data_are_screened_and_else_take_plain_steps(monkeypatch):
    monkeypatch.setattr(choice, "LARGE", 0)
    x = blobs(np.random.default_rng(0), 300, 210, 3, 1.0)
    x = torch.from_numpy(x - np.median(x, axis=0))
    start = unchecked_m_step(x, torch.eye(3).double()[torch.arange(300) % 3], "full", 1e-2)
    expected = climb(plain(x, "full", 1e-2), start, 0, 3)
    for share in (0.0, 1.0):
        monkeypatch.setattr(screening, "DENSE", share)
        assert_same(climb(choice.step_on(x, 3, "full", 1e-2), start, 0, 3), expected)


def test_data_whose_squares_overflow_float32_are_fitted_in_float64(monkeypatch):
    monkeypatch.setattr(choice, "LARGE", 0)
    x = 1e20 * torch.randn(100, 3, generator=stream(0)).double()
    assert choice.step_on(x, 2, "diag", 0.0, torch.float32).__self__.dtype == torch.float64
    assert choice.step_on(x / 1e10, 2, "diag", 0.0, torch.float32).__self__.dtype == torch.float32


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
x = centres[np.arange(20_000) % 512] + rng.normal(size=(20_000, 50))
model = GaussianMixture(512, max_iter=1, weights_init=np.full(512, 1 / 512), means_init=centres,
                        precisions_init=np.broadcast_to(np.eye(50), (512, 50, 50)))
before = peak()
warnings.simplefilter("ignore")
model.fit(x)
print(peak() - before)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak from /proc")
@pytest.mark.parametrize(("spread", "least", "most"), [(0.0, 290, 800), (2.0, 60, 350)])
def test_20000_points_and_512_components_fit(spread, least, most):
    """Megabytes: R and T where no component can be left out, else what screening takes."""
    run = subprocess.run(
        [sys.executable, "-c", MEMORY, str(spread)], capture_output=True, text=True, check=True
    )
    assert least < float(run.stdout) < most
