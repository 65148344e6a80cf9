"""The trained model in data/checkpoints is what its own report says."""

import os
from pathlib import Path

import pytest
import torch

from vaelib.checkpoints import load
from vaelib.data.digits import mnist, mnist_5k
from vaelib.drawing import stream
from vaelib.engine import recipe
from vaelib.training import evaluate, evaluate_each
from vaelib.vae import VAE

FILE = Path(__file__).parents[1] / "data" / "checkpoints" / "mnist.pt"


def test_the_file_is_small_whole_and_of_the_recipe_s_model():
    saved = load(FILE)  # checks the hash
    assert FILE.stat().st_size < 8e6
    assert saved["model_config"] == recipe.make_model(torch.zeros(2, 784)).config
    assert {"elbo", "log_px", "log_px_se", "k", "n_test", "epochs", "seed"} <= saved[
        "report"
    ].keys()


def test_it_describes_digits_and_draws_them():
    model, x = VAE.load(FILE), recipe.binarized_test(mnist_5k().x_test)
    report = load(FILE)["report"]
    found = evaluate(model, x, recipe.objective)
    # images that it was trained on, but 1,000 of them: chance is worth more than that
    assert abs(found["elbo"] - report["elbo"]) < 0.5
    drawn = model.sample(200, generator=stream(0))
    ink, usual = drawn.mean(1), x.mean(1)
    assert abs(float(ink.mean() - usual.mean())) < 4 * float(usual.std()) / 200**0.5


@pytest.mark.skipif("VAELIB_DATA" not in os.environ, reason="needs VAELIB_DATA for all of MNIST")
def test_its_figures_on_the_test_set_are_those_of_its_report():
    model, report = VAE.load(FILE), load(FILE)["report"]
    x = recipe.binarized_test(mnist().x_test)
    found = evaluate(model, x, recipe.objective)
    for name, value in found.items():
        assert value == pytest.approx(report[name], abs=0.02)
    some = x[torch.randperm(len(x), generator=stream(0))[:200]]
    with torch.no_grad():
        log_px = model.log_prob(some, model.importance(100, stream(0)))
    gap = log_px.double() - evaluate_each(model, some, recipe.objective)["elbo"]
    se = float(gap.std()) / 200**0.5  # 100 samples for the report's many cost half a nat
    assert -4 * se - 1 < float(gap.mean()) - (report["log_px"] - report["elbo"]) < 4 * se
