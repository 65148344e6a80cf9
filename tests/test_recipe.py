"""The recipe: its schedules, its model, and that a few seconds of it already teach."""

import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
import torch

from experiments import mnist
from vaelib.bound import elbo
from vaelib.data.digits import binarize, mnist_5k
from vaelib.drawing import stream
from vaelib.engine import recipe
from vaelib.training import evaluate, fit


@pytest.fixture(scope="module")
def images():
    return mnist_5k()


def test_the_learning_rate_rises_falls_and_ends_at_zero():
    rates = [recipe.learning_rate(done / 1000) for done in range(1001)]
    top = rates.index(max(rates))
    assert rates[0] < 1e-4 and rates[-1] < 1e-8 and top == 30
    assert rates[top] == pytest.approx(3e-3)
    assert rates[:top] == sorted(rates[:top]) and rates[top:] == sorted(rates[top:], reverse=True)


def test_the_weight_of_the_kl_rises_to_one():
    betas = [recipe.objective_at(done).keywords["beta"] for done in (0.0, 0.05, 0.1, 0.6)]
    assert betas == pytest.approx([0.1, 0.55, 1.0, 1.0])


def test_every_objective_reports_the_bound(images):
    model, x = recipe.make_model(images.x_train), recipe.binarized_test(images.x_test)[:20]
    for done, n_samples in ((0.0, 1), (0.3, 1), (0.99, 4)):
        _, terms = recipe.objective_at(done)(model, x, generator=stream(0))
        _, usual = recipe.objective(model, x, n_samples=n_samples, generator=stream(0))
        torch.testing.assert_close(terms["elbo"], usual["elbo"])


def test_the_model_starts_from_the_mean_image(images):
    model = recipe.make_model(images.x_train, seed=3)
    again = recipe.make_model(images.x_train, seed=3)
    for a, b in zip(model.parameters(), again.parameters(), strict=True):
        assert torch.equal(a, b)
    x = model.sample(500, mean=True, generator=stream(0))
    assert (x.mean(0) - images.x_train.mean(0)).abs().mean() < 0.02
    size = sum(value.nbytes for value in model.state_dict().values())
    assert size < 8e6


def test_the_test_set_is_binarised_always_the_same(images):
    x = recipe.binarized_test(images.x_test)
    assert torch.equal(x, recipe.binarized_test(images.x_test))
    assert set(x.unique().tolist()) == {0.0, 1.0}
    assert abs(float(x.mean() - images.x_test.mean())) < 1e-3


def test_two_epochs_raise_the_bound_and_log_p_lies_above_it(images):
    x_test = recipe.binarized_test(images.x_test)[:200]
    model = recipe.make_model(images.x_train)
    before = evaluate(model, x_test, recipe.objective)["elbo"]
    fit(
        model, images.x_train, x_test, recipe.objective, objective_at=recipe.objective_at,
        epochs=2, batch_size=recipe.BATCH_SIZE, lr=recipe.learning_rate,
        weight_decay=recipe.WEIGHT_DECAY, transform=binarize, progress=False,
    )  # fmt: skip
    after = evaluate(model, x_test, recipe.objective)["elbo"]
    assert after > before + 10
    with torch.no_grad():
        log_px = model.log_prob(x_test, model.importance(20, stream(0)))
    assert log_px.shape == (200,) and float(log_px.mean()) > after
    usual = partial(elbo, kl_form="sampled", n_samples=20)
    assert float(log_px.mean()) < evaluate(model, x_test, usual)["reconstruction"]


def test_the_table_sets_a_run_beside_what_is_published():
    report = {"log_px": -83.987, "log_px_se": 0.253, "elbo": -86.5, "reconstruction": -62.25}
    lines = mnist.table(report | {"kl": 24.25, "epochs": 61}).splitlines()
    assert "| this run | **83.99 ± 0.25** | -86.50 = -62.25 − 24.25 | 61 |" in lines
    assert "| IWAE, k = 50 (Burda et al. 2016) | 84.78 |  | 3,280 |" in lines


def make_mnist(*arguments):
    command = [sys.executable, "-m", "experiments.mnist", *map(str, arguments)]
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    return subprocess.run(
        command, capture_output=True, text=True, timeout=240, env=environment,
        cwd=Path(mnist.__file__).parents[1],
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.skipif("VAELIB_DATA" not in os.environ, reason="needs VAELIB_DATA for all of MNIST")
def test_make_mnist_trains_reports_and_goes_on(tmp_path):
    arguments = ("--budget", 1, "--k", 1, "--out", tmp_path)
    done = make_mnist(*arguments)
    assert done.returncode == 0, done.stderr
    report = json.loads((tmp_path / "report.json").read_text())
    assert mnist.table(report) in done.stdout and report["n_test"] == 10_000
    assert report["training_seconds"] >= 1 and report["threads"] == 1
    refused = make_mnist(*arguments)
    assert refused.returncode == 2 and "holds a run" in refused.stderr
    again = make_mnist(*arguments, "--resume")
    assert again.returncode == 0 and mnist.table(report) in again.stdout


def test_make_mnist_passes_on_what_is_wrong(tmp_path):
    done = make_mnist("--budget", 0, "--out", tmp_path / "new")
    assert done.returncode == 2 and "--budget" in done.stderr and done.stderr.count("\n") == 1
    assert not (tmp_path / "new").exists()


def test_in_bfloat16_the_terms_are_float32_and_nearly_the_same(images):
    model = recipe.make_model(images.x_train)
    x = recipe.binarized_test(images.x_test)
    for done in (0.5, 0.99):
        both = []
        for bf16 in (False, True):
            with torch.no_grad(), torch.autocast("cpu", torch.bfloat16, enabled=bf16):
                raised, reported = recipe.objective_at(done)(model, x, generator=stream(0))
                both.append({"raised": raised, **reported})
        for name, exact in both[0].items():
            rough = both[1][name]
            assert rough.dtype == torch.float32
            assert abs(float(rough.mean() - exact.mean())) < 0.5
            assert not torch.equal(rough, exact)
