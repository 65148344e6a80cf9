"""The same numbers on a GPU as on the CPU.

What has to be right on any device is tested on both; without a GPU its half is skipped. It can fail
on the CPU, too: there stands float32 against float64, and new tensors are born on `meta`, where
nothing can be computed, unless the code says that they belong beside its data.
"""

import json
from functools import partial

import numpy as np
import pytest
import torch

from tests.helpers.mixtures import DATA_SETS, TYPES, a_mixture, some_points
from vaelib.__main__ import main
from vaelib.bound import elbo, importance_weighted
from vaelib.checkpoints import save
from vaelib.data.digits import binarize
from vaelib.distributions import FullNormal
from vaelib.drawing import stream
from vaelib.engine import components, products
from vaelib.engine.products import Products
from vaelib.engine.starts import kmeans
from vaelib.estimator import GaussianMixture
from vaelib.gaussians import kl_diag, kl_standard, log_normal_diag, log_normal_full
from vaelib.infinite import InfiniteMixture
from vaelib.mixture import Mixture, climb, em_step, unchecked_m_step
from vaelib.networks import diagonal_normal
from vaelib.priors import DiagonalMixture
from vaelib.rules import GaussHermite, Grid, MonteCarlo
from vaelib.training import fit
from vaelib.vae import VAE

needs_gpu = pytest.mark.skipif(not torch.cuda.is_available(), reason="PyTorch finds no GPU")
on_each_device = pytest.mark.parametrize("device", ["cpu", pytest.param("cuda", marks=needs_gpu)])
in_both_types = pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
TOLERANCE = {torch.float32: 2e-5, torch.float64: 1e-10}  # of a number, or of 1 if that is more


def nowhere():
    """Inside, a tensor whose device is not said is born on `meta`, numbers and arrays too."""
    return torch.device("meta")


def assert_close(found, expected, tolerance):
    torch.testing.assert_close(found.cpu().double(), expected, rtol=tolerance, atol=tolerance)


def noise(*shape, seed=0):
    return torch.randn(*shape, generator=stream(seed), dtype=torch.float64)


@pytest.fixture
def same_noise(monkeypatch):
    """Noise that is the same in float32 as in float64, but for its rounding."""
    randn = torch.randn

    def rounded(*shape, dtype, **options):
        return randn(*shape, dtype=torch.float64, **options).to(dtype)

    monkeypatch.setattr(torch, "randn", rounded)


# Formulas

A, B, C = noise(7, 3), noise(7, 3, seed=1), noise(7, 3, seed=2)
FACTOR = noise(7, 3, 3, seed=3).tril() + 3 * torch.eye(3).double()
FORMULAS = {
    "a diagonal normal": (log_normal_diag, A, B, C),
    "full normals": (log_normal_full, A, B, FACTOR @ FACTOR.mT),
    "one full normal": (log_normal_full, A, B, FACTOR[0] @ FACTOR[0].T),
    "draws of full normals": (
        lambda mu, factor, z: FullNormal(mu, scale_tril=factor, validate_args=False).log_prob(z),
        A, FACTOR, noise(5, 7, 3),
    ),
    "KL of two": (kl_diag, A, B, C, A + B),
    "KL to the standard normal": (kl_standard, A, B),
    "a mixture of codes": (lambda *p: DiagonalMixture(*p[:3]).log_prob(p[3]), A[:, 0], B, C, A),
    "one of narrow components": (
        lambda *p: DiagonalMixture(*p[:3]).log_prob(p[3]), A[:, 0], B, C - 8, B + 0.02 * A,
    ),
}  # fmt: skip


@on_each_device
@in_both_types
@pytest.mark.parametrize("name", FORMULAS)
def test_a_formula(name, dtype, device):
    formula, *numbers = FORMULAS[name]
    with nowhere():
        found = formula(*(number.to(device, dtype) for number in numbers))
    assert found.device.type == device and found.dtype == dtype
    assert_close(found, formula(*numbers), TOLERANCE[dtype])


@on_each_device
@in_both_types
@pytest.mark.parametrize("rule", [Grid(60), GaussHermite(20), MonteCarlo(50)], ids=repr)
@torch.no_grad()
def test_the_infinite_mixture(same_noise, rule, dtype, device):
    def log_px(device, dtype):
        seeded = MonteCarlo(50, stream(0)) if isinstance(rule, MonteCarlo) else rule
        origin, x = torch.zeros(2), noise(7, 3, seed=2)
        vae = VAE(3, 2, (8,), likelihood="gaussian", sigma_x="network", generator=stream(1))
        model = InfiniteMixture(vae.decoder, diagonal_normal(origin, origin))
        return model.to(device, dtype).log_prob(x, seeded)

    found = log_px(device, dtype)
    assert found.device.type == device and found.dtype == dtype
    assert_close(found, log_px("cpu", torch.float64), TOLERANCE[dtype])


def log_px(model, x, generator):
    return model.log_prob(x, model.importance(8, generator)), {}


def a_vae(**options):
    """One whose weights, the zeros too, have been moved."""
    model = VAE(12, 3, (16,), **options, x_mean=torch.rand(12), generator=stream(1)).double()
    with torch.no_grad():
        for i, weight in enumerate(model.parameters()):
            weight += 0.1 * noise(*weight.shape, seed=i)
    return model


FULL = {"covariance_type": "full", "prior": 4}
OBJECTIVES = {
    "ELBO, analytic": (elbo, {}),
    "ELBO, sampled": (partial(elbo, n_samples=3, kl_form="sampled", score=False), FULL),
    "L_4": (partial(importance_weighted, k=4), FULL),
    "log p(x)": (log_px, FULL),
}


@on_each_device
@in_both_types
@pytest.mark.parametrize("name", OBJECTIVES)
def test_an_objective_and_its_gradient(same_noise, name, dtype, device):
    objective, options = OBJECTIVES[name]
    torch.manual_seed(0)
    model, x = a_vae(**options), torch.rand(9, 12, generator=stream(2), dtype=torch.float64)

    def of(device, dtype):
        with nowhere():
            raised, _ = objective(model.to(device, dtype), x, generator=stream(3))
            gradients = torch.autograd.grad(raised.sum(), [*model.parameters()])
        return [raised.detach(), *gradients]

    expected = of("cpu", torch.float64)
    found = of(device, dtype)
    assert all(t.device.type == device and t.dtype == dtype for t in found)
    for value, wanted in zip(found, expected, strict=True):
        assert_close(value, wanted, TOLERANCE[dtype])


@on_each_device
def test_samples_repeat_and_leave_the_global_stream_alone(device):
    model = a_vae(**FULL).to(device)
    global_state = torch.cuda.get_rng_state if device == "cuda" else torch.get_rng_state
    before = global_state()
    first, again, other = (model.sample(50, stream(seed)) for seed in (0, 0, 1))
    assert first.device.type == device
    assert torch.equal(first, again) and not torch.equal(first, other)
    assert torch.equal(global_state(), before)


# Mixtures


@on_each_device
@pytest.mark.parametrize("covariance_type", TYPES)
def test_a_mixture_takes_tensors_from_any_device_and_computes_on_the_cpu(covariance_type, device):
    mixture, x = Mixture(*a_mixture(covariance_type)), some_points()
    expected = mixture.log_joint(x)
    with nowhere():
        found = Mixture(*(part.to(device) for part in mixture)).log_joint(x.to(device))
    assert torch.equal(found, expected)


@on_each_device
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64, torch.bfloat16])
def test_the_estimator_fits_tensors_from_any_device_on_the_cpu(dtype, device):
    x = some_points().to(dtype)
    begin = {"n_components": 3, "random_state": 0, "tol": 1e-2}
    found = GaussianMixture(**begin).fit(x.to(device))
    expected = GaussianMixture(**begin).fit(x.float().numpy() if dtype.itemsize < 4 else x.numpy())
    for name in ("weights_", "means_", "covariances_"):
        np.testing.assert_array_equal(getattr(found, name), getattr(expected, name))


def begun(name, covariance_type):
    """Centred data, and the mixture of their clusters."""
    x, n_components, options = DATA_SETS[name]
    x, reg_covar = torch.from_numpy(x - np.median(x, axis=0)), options.get("reg_covar", 1e-6)
    resp = torch.from_numpy(kmeans(x.numpy(), n_components, np.random.RandomState(0)))
    return x, unchecked_m_step(x, resp, covariance_type, reg_covar), reg_covar


def ten_steps(step, start):
    """The bounds of ten steps of EM, the tenth mixture's means and its covariances, on the CPU."""
    mixture, bounds, _ = climb(step, start, 0, 10)
    return [torch.tensor(bounds, dtype=torch.float64), mixture.means.cpu(), mixture[2].cpu()]


@on_each_device
@pytest.mark.parametrize("covariance_type", TYPES)
@pytest.mark.parametrize("name", ["far apart", "30 features", "crescent"])
def test_plain_steps_of_em(name, covariance_type, device):
    x, start, reg_covar = begun(name, covariance_type)
    options = {"covariance_type": covariance_type, "reg_covar": reg_covar}
    expected = ten_steps(partial(em_step, x, **options), start)
    there = Mixture(*(part.to(device) for part in start))
    step = partial(em_step, x.to(device), **options)
    with nowhere():
        mixture, *_ = climb(step, there, 0, 1)
    assert mixture.means.device.type == device
    for found, wanted in zip(ten_steps(step, there), expected, strict=True):
        torch.testing.assert_close(found, wanted, rtol=1e-8, atol=1e-8)


@on_each_device
@in_both_types
@pytest.mark.parametrize("covariance_type", TYPES)
@pytest.mark.parametrize("loss", [None, 0.0], ids=["products", "as if all were narrow"])
@pytest.mark.parametrize("kept", [True, False], ids=["kept", "in chunks"])
@pytest.mark.parametrize("name", ["far apart", "30 features", "crescent"])
def test_fast_steps_of_em(monkeypatch, name, kept, loss, covariance_type, dtype, device):
    x, start, reg_covar = begun(name, covariance_type)
    options = {"covariance_type": covariance_type, "reg_covar": reg_covar}
    expected = ten_steps(partial(em_step, x, **options), start)
    if loss is not None:
        monkeypatch.setattr(components, "LOSS", dict.fromkeys(components.LOSS, loss))
    if not kept:
        monkeypatch.setattr(products, "STORE_BYTES", 0)
        monkeypatch.setattr(products, "CHUNK_ROWS", 37)
        monkeypatch.setattr(products, "GPU_ROWS", 37)
    there = Mixture(*(part.to(device) for part in start))
    with nowhere():
        step = Products(x.to(device), dtype=dtype, **options).em_step
        mixture, *_ = climb(step, there, 0, 1)
    assert all(part.device.type == device and part.dtype == torch.float64 for part in mixture)
    for found, wanted in zip(ten_steps(step, there), expected, strict=True):
        tolerance = {torch.float64: 1e-8, torch.float32: 2e-4}[dtype]
        torch.testing.assert_close(found, wanted, rtol=tolerance, atol=tolerance)


# Training


def images():
    """Pixels (96, 12) near 0 or 1, no two of them the same: in each row, some from the left on."""
    some = torch.rand(96, 1, generator=stream(0)) > torch.linspace(0.05, 0.95, 12)
    return 0.9 * some + 0.1 * torch.rand(96, 12, generator=stream(1))


def noise_of_its_own(**options):
    """elbo with noise from the CPU, and the rows in one order, so that each gets the same noise."""
    own = stream(5)

    def objective(model, x, generator):
        return elbo(model, x[x[:, 0].argsort()], generator=own, **options)

    return objective


@on_each_device
@in_both_types
@pytest.mark.parametrize(
    "options", [{}, {"kl_form": "sampled", "score": False}], ids=["analytic", "sampled"]
)
def test_the_losses_of_a_fit(same_noise, options, dtype, device):
    """Whole batches, for each device shuffles by a stream of its own."""

    def losses(device, dtype):
        model = VAE(12, 3, (16,), **FULL if options else {}, generator=stream(1)).to(dtype)
        history = fit(
            model, images().to(dtype), images()[:30].to(dtype), noise_of_its_own(**options),
            epochs=30, batch_size=96, lr=1e-2, device=device, progress=False,
        )  # fmt: skip
        assert next(model.parameters()).device.type == device
        return history["train_elbo"] + history["test_elbo"]

    found, expected = losses(device, dtype), losses("cpu", torch.float64)
    assert expected[29] - expected[0] > 1  # it learns
    assert found == pytest.approx(expected, rel={torch.float32: 1e-4, torch.float64: 1e-9}[dtype])


def trained(device, model=None, **options):
    """A model with all its parts and the history of its training, with noise from the device."""
    model = VAE(12, 3, (16,), **FULL, generator=stream(1)) if model is None else model
    history = fit(
        model, images(), images()[:30], partial(elbo, kl_form="sampled"), batch_size=20,
        lr=1e-2, transform=binarize, device=device, progress=False, **{"epochs": 6} | options,
    )  # fmt: skip
    return model, history


@on_each_device
@pytest.mark.parametrize("bf16", [False, True], ids=["float32", "bfloat16"])
def test_a_run_that_was_stopped_goes_on_bit_for_bit(tmp_path, bf16, device):
    whole, expected = trained(device, bf16=bf16)
    path, half = tmp_path / "run.pt", lambda history, done: len(history) == 3
    broken, part = trained(device, bf16=bf16, checkpoint=path, watch=half)
    assert part.interrupted == (4, 1)
    again, rest = trained(device, VAE(12, 3, (16,), **FULL), bf16=bf16, resume=path)
    assert rest["train_elbo"] == expected["train_elbo"]
    assert rest["test_elbo"] == expected["test_elbo"]
    for name, weight in whole.state_dict().items():
        assert torch.equal(again.state_dict()[name], weight)
        assert name == "encoder.x_mean" or not torch.equal(broken.state_dict()[name], weight)


@on_each_device
def test_training_in_bfloat16_is_near_float32(device):
    (coarse, low), (_, high) = trained(device, bf16=True), trained(device)
    assert all(weight.isfinite().all() for weight in coarse.parameters())
    assert low["test_elbo"] != high["test_elbo"]
    assert low["test_elbo"] == pytest.approx(high["test_elbo"], rel=2e-3)
    assert high["test_elbo"][-1] - high["test_elbo"][0] > 0.3  # it learns


@on_each_device
def test_a_checkpoint_goes_to_the_cpu_and_back(tmp_path, same_noise, device):
    model, _ = trained(device, checkpoint=tmp_path / "run.pt")
    here = VAE.load(tmp_path / "run.pt")
    save(tmp_path / "here.pt", here)
    back = VAE.load(tmp_path / "here.pt").to(device)
    for name, weight in model.state_dict().items():
        assert here.state_dict()[name].device.type == "cpu"
        assert torch.equal(here.state_dict()[name], weight.cpu())
        assert torch.equal(back.state_dict()[name], weight)
    expected = elbo(here.double(), images(), kl_form="sampled", generator=stream(0))[0].detach()
    for each in (model, back):
        found = elbo(each, images(), kl_form="sampled", generator=stream(0))[0].detach()
        assert found.device.type == device
        assert_close(found, expected, TOLERANCE[torch.float32])


@needs_gpu
@pytest.mark.parametrize(("first", "second"), [("cpu", "cuda"), ("cuda", "cpu")])
def test_a_run_does_not_go_on_on_another_device(tmp_path, first, second):
    """Its noise would be another."""
    trained(first, checkpoint=tmp_path / "run.pt")
    with pytest.raises(ValueError, match=f"has device = '{first}', this run '{second}'"):
        trained(second, resume=tmp_path / "run.pt")


@needs_gpu
def test_the_command_line_trains_on_a_gpu(tmp_path):
    run = ["train", "--data", "mnist_5k", "--device", "cuda", "--quiet", "--k", "10"]
    assert main([*run, "--epochs", "1", "--bf16", "--out", str(tmp_path / "run")]) == 0
    report = json.loads((tmp_path / "run" / "report.json").read_text())
    assert report["device"] == "cuda" and -250 < report["log_px"] < -100
    assert main([*run, "--epochs", "1", "--bf16", "--out", str(tmp_path / "run"), "--resume"]) == 0
