"""The command line: what a run writes, and one clear line for what is wrong."""

import json
import math
import signal
import subprocess
import sys
import time

import pytest
import torch

from vaelib.__main__ import main
from vaelib.checkpoints import load
from vaelib.data.digits import mnist_5k
from vaelib.drawing import stream
from vaelib.engine import recipe
from vaelib.training import evaluate, fit
from vaelib.vae import VAE

COMMAND = ("train", "--data", "mnist_5k", "--quiet", "--k", "2")


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    out = tmp_path_factory.mktemp("run") / "new"
    assert main([*COMMAND, "--epochs", "1", "--out", str(out)]) == 0
    return out


def status_and_error(capsys, *arguments):
    try:
        status = main([*COMMAND, *map(str, arguments)])
    except SystemExit as end:
        status = end.code
    return status, capsys.readouterr().err


def test_a_run_leaves_a_checkpoint_a_model_and_a_report(run):
    written = {"checkpoint.pt", "model.pt", "report.json"}
    assert {path.name for path in run.iterdir()} == {*written, ".lock"}
    report = json.loads((run / "report.json").read_text())
    x = recipe.binarized_test(mnist_5k().x_test)
    model = VAE.load(run / "model.pt")
    held_out = evaluate(model, x, recipe.objective)
    assert {name: report[name] for name in held_out} == pytest.approx(held_out)
    assert report["elbo"] == load(run / "checkpoint.pt")["history"][-1]["test_elbo"]
    assert report["elbo"] < report["log_px"] < report["reconstruction"]
    assert (report["epochs"], report["steps"], report["k"]) == (1, 16, 2)
    assert report["cpu_seconds"] > report["training_seconds"] > 0
    with torch.no_grad():  # another draw of log p(x) than the report's, with the same spread
        log_px = model.log_prob(x, model.importance(2, stream(9)))
    standard_error = float(log_px.std()) / math.sqrt(1000)
    assert report["log_px_se"] == pytest.approx(standard_error, rel=0.05)
    assert report["log_px"] == pytest.approx(float(log_px.mean()), abs=standard_error)


def test_a_folder_that_holds_a_run_is_not_overwritten(run, capsys):
    before = {path: path.read_bytes() for path in run.iterdir()}
    status, error = status_and_error(capsys, "--epochs", 1, "--out", run)
    assert status == 2 and error.count("\n") == 1
    assert "holds a run (checkpoint.pt); wanted --resume or another folder" in error
    assert before == {path: path.read_bytes() for path in run.iterdir()}


def test_resuming_a_run_that_is_over_reports_the_same(run, capsys):
    before = json.loads((run / "report.json").read_text())
    assert status_and_error(capsys, "--epochs", 1, "--out", run, "--resume") == (0, "")
    after = json.loads((run / "report.json").read_text())
    assert after.pop("evaluation_seconds") != before.pop("evaluation_seconds")
    assert after == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--epochs", 1, "--data", "cifar"], "--data: invalid choice: 'cifar'"),
        (["--epochs", 1, "--device", "tpu"], "--device: invalid choice: 'tpu'"),
        (["--budget", 0], "--budget: value: got 0.0, wanted a number > 0"),
        (["--budget", "soon"], "--budget: could not convert string to float: 'soon'"),
        (["--epochs", 0], "--epochs: value: got 0, wanted a whole number ≥ 1"),
        (["--epochs", 1, "--budget", 1], "--budget: not allowed with argument --epochs"),
        ([], "one of the arguments --budget --epochs is required"),
        (["--epochs", 1, "--resume"], "--resume: there is no checkpoint.pt in"),
    ],
)
def test_bad_arguments_take_one_line(tmp_path, capsys, arguments, message):
    status, error = status_and_error(capsys, "--out", tmp_path / "new", *arguments)
    assert status == 2 and message in error and error.count("\n") == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU")
def test_a_gpu_that_is_not_there(tmp_path, capsys):
    status, error = status_and_error(
        capsys, "--epochs", 1, "--device", "cuda", "--out", tmp_path / "new"
    )
    assert status == 2 and error.count("\n") == 1
    assert "device: got 'cuda' for 1 process, but PyTorch finds 0 GPUs" in error
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_made(tmp_path, capsys):
    (tmp_path / "file").write_text("no folder")
    out = tmp_path / "file" / "new"
    status, error = status_and_error(capsys, "--epochs", 1, "--out", out)
    assert status == 2 and error.count("\n") == 1 and str(out) in error


def test_a_checkpoint_of_another_model_and_one_cut_off(tmp_path, run, capsys):
    path, x = tmp_path / "checkpoint.pt", torch.zeros(2, 784)
    fit(VAE(784, 2), x, x, recipe.objective, epochs=1, progress=False, checkpoint=path)
    short = (run / "checkpoint.pt").read_bytes()[:-1000]
    for content, message in (
        (path.read_bytes(), "resume: the checkpoint is of a model {'data_dim': 784"),
        (short, "is not a readable checkpoint: it is truncated"),
    ):
        path.write_bytes(content)
        status, error = status_and_error(capsys, "--epochs", 1, "--out", tmp_path, "--resume")
        assert status == 2 and message in error and error.count("\n") == 1
        assert path.read_bytes() == content
        assert {*tmp_path.iterdir()} == {path, tmp_path / ".lock"}


def test_ctrl_c_keeps_the_checkpoint_and_says_how_to_go_on(tmp_path):
    out = tmp_path / "run"
    command = [sys.executable, "-m", "vaelib", *COMMAND, "--epochs", "9999", "--out", str(out)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        end = time.monotonic() + 150
        while not (out / "checkpoint.pt").exists() and process.poll() is None:
            assert time.monotonic() < end or process.kill()
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        error = process.communicate(timeout=60)[1]
    assert process.returncode == 130 and error.count("\n") == 1
    assert f"go on with: python -m vaelib {' '.join(command[3:])} --resume" in error
    assert len(load(out / "checkpoint.pt")["history"]) >= 1
