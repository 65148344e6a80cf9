"""The limits beside the benchmark's rows take the products that the rows' own code takes."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from benchmarks import harness, limits, report, rows_gmm, rows_likelihood, rows_scaling, rows_vae
from benchmarks.data import blobs
from vaelib.bound import elbo
from vaelib.engine import choice, screening
from vaelib.engine.products import Products
from vaelib.engine.screening import Screen
from vaelib.estimator import GaussianMixture
from vaelib.mixture import Mixture
from vaelib.run import Plan, Run
from vaelib.training import one_step
from vaelib.vae import VAE


def flops(function):
    """The floating-point operations of the matrix products that a function takes."""
    also = {torch.ops.aten.addmm_: lambda c, a, b, **options: 2 * a[0] * a[1] * b[1]}
    with FlopCounterMode(display=False, custom_mapping=also) as counted:
        function()
    return counted.get_total_flops()


def test_a_training_step_takes_the_products_of_its_limit():
    x = torch.rand(rows_vae.BATCH_SIZE, 784)
    run = Run(VAE(784, 20, hidden=(400,)), Plan(epochs=1), x, x[:1])
    assert flops(rows_vae.limit()) == flops(lambda: one_step(run, elbo, x))


def test_the_limit_moves_the_memory_of_adamw(monkeypatch):
    moved = []
    monkeypatch.setattr(limits, "traffic", moved.append)
    limits.adamw(rows_vae.LAYERS)
    n_parameters = sum(p.numel() for p in VAE(784, 20, hidden=(400,)).parameters())
    assert moved == [7 * 4 * n_parameters]


def test_a_copy_moves_twice_its_bytes():
    copy = limits.traffic(8000)
    assert copy().numel() * copy().element_size() == 4000 and (copy() == 1).all()


def test_log_p_of_an_image_takes_the_decoders_products_of_its_limit(monkeypatch):
    monkeypatch.setattr(rows_likelihood, "K", 7)
    model, x = VAE(784, 20, hidden=(400,)), torch.rand(1, 784)
    with torch.no_grad():
        encoder = flops(lambda: model.encode(x))
        ours = flops(lambda: model.log_prob(x, model.importance(7))) - encoder
    assert flops(rows_likelihood.decoded()) == flops(rows_likelihood.decoded(passes=1)) == ours


def test_a_step_on_the_grid_takes_the_products_of_its_limit():
    model = rows_likelihood.start()
    x = torch.rand(rows_likelihood.BATCH_SIZE, 2).double()
    step = flops(lambda: rows_likelihood.on_grid(model, x)[0].mean().backward())
    assert flops(rows_likelihood.grid_limit()) == step


@pytest.fixture
def small(monkeypatch):
    """The fast steps also for few points."""
    monkeypatch.setattr(choice, "LARGE", 0)


def begun(spread, n_features, covariance_type="full"):
    x = blobs(600, 4, n_features, spread)
    return x, rows_gmm.start(x, 4, covariance_type)


@pytest.mark.parametrize("covariance_type", ["full", "diag"])
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_dense_steps_take_the_products_of_their_limit(small, covariance_type, dtype):
    x, begin = begun(0.1, 5, covariance_type)
    x = x.astype(dtype)
    run, words = limits.em(x, begin, iterations=3)
    width = {"full": 21, "diag": 11}[covariance_type]  # P
    assert flops(run) == 3 * 2 * (2 * 600 * width * 4) and "T η" in words
    fits = [flops(lambda n=n: rows_gmm.fit(GaussianMixture, x, begin, n)) for n in (0, 3)]
    least = flops(run)
    assert least <= fits[1] - fits[0] < 1.1 * least  # Σ⁻¹ = L⁻ᵀ L⁻¹ comes on top


def test_statistics_that_are_not_kept_are_not_made_by_the_limit(small, monkeypatch):
    x, begin = begun(0.1, 5)
    monkeypatch.setattr("vaelib.engine.products.STORE_BYTES", 0)
    monkeypatch.setattr("vaelib.engine.products.CHUNK_ROWS", 250)
    run, _ = limits.em(x, begin, iterations=1)
    monkeypatch.setattr(Products, "statistics", None)
    assert flops(run) == 2 * (2 * 600 * 21 * 4)


def test_few_points_have_the_products_of_the_plain_step():
    x, begin = begun(0.1, 5)
    run, words = limits.em(x, begin, iterations=2)
    assert flops(run) == 2 * 2 * (2 * 600 * 5 * 5 * 4) and "L⁻¹" in words


def test_a_screened_step_has_the_products_of_the_pairs_that_it_keeps(small):
    x, begin = begun(3.0, 40)
    run, words = limits.em(x, begin, iterations=2)
    width = Screen(torch.from_numpy(x), 1e-6, None).t.shape[1]
    bounds, square = 2 * 600 * width * 4, 2 * 600 * 40 * 40
    assert flops(run) == 2 * (bounds + 2 * square)  # far apart: one pair a point, in both steps
    assert "25 % in the E-step, 25 % in the M-step" in words


def test_pairs_kept_are_those_that_matter(small, monkeypatch):
    monkeypatch.setattr(screening, "DENSE", 1.0)
    x, begin = begun(0.1, 40)
    begin["means_init"] *= 3  # so that not all matter
    x = torch.from_numpy(x)
    mixture = Mixture(
        torch.from_numpy(begin["weights_init"]),
        torch.from_numpy(begin["means_init"]),
        torch.from_numpy(begin["precisions_init"]).inverse(),
    )
    [(in_e_step, in_m_step)] = limits.pairs_kept(Screen(x, 1e-6, None), mixture, 1)
    matter = mixture.posterior(x) > np.exp(-screening.CUT[x.dtype])
    assert in_m_step == matter.sum(0).tolist() and 600 < sum(in_m_step) < 4 * 600
    assert all(e >= m for e, m in zip(in_e_step, in_m_step, strict=True))


def test_a_screen_that_takes_the_dense_step_has_its_products(small, monkeypatch):
    monkeypatch.setattr(screening, "DENSE", 0.0)
    x, begin = begun(0.1, 40)
    run, words = limits.em(x, begin, iterations=2)
    assert words == "T η and Tᵀ R in 2 of 2 steps"
    assert flops(run) == 2 * 2 * (2 * 600 * 861 * 4)


def test_the_drawn_points_are_the_same_again_and_spread_as_asked():
    near, far = (blobs(2000, 10, 3, spread) for spread in (0.1, 30.0))
    np.testing.assert_array_equal(near, blobs(2000, 10, 3, 0.1))
    assert near.shape == (2000, 3) and far.std() > 10 * near.std()


@pytest.mark.parametrize("rows", [rows_scaling.points, rows_scaling.dimensions])
def test_scaling_rows_state_growth_limits_and_memory(monkeypatch, rows):
    small = {"POINTS": (100, 400), "POINTS_K": 3, "POINTS_D": 2, "PASSED": 800}
    small |= {"DIMENSIONS": (2, 5), "DIMENSIONS_N": 300, "DIMENSIONS_K": 3}
    for name, value in small.items():
        monkeypatch.setattr(rows_scaling, name, value)
    [row] = rows(quick=False)
    _, values = harness.compare({k: s for k, s in row.sides.items() if "products" in k}, 1)
    assert len(values) == len(row.limits) == 2 and len(row.growth) == 1
    assert all(name in row.sides for pair in row.limits + row.growth for name in pair)
    if rows is rows_scaling.points:
        assert "bytes a point" in row.check({})


def test_the_limit_is_marked_where_the_bar_would_end():
    side = {"wall": [1.0], "cpu": [1.0], "slower": False}
    pair = {"ours": "a", "peer": "b", "wall": (4, 4, 4), "cpu": (4, 4, 4)}
    limit = {"ours": "a", "limit": "c", "wall": (2, 2, 2), "cpu": (2, 2, 2)}
    result = {"title": "T", "threads": 1, "sides": {"a": side}, "pairs": [pair], "limits": [limit]}
    fig, ax = plt.subplots()
    report.draw_ratios(ax, [result])
    assert [8, 8] in [list(line.get_xdata()) for line in ax.lines]
    plt.close(fig)
