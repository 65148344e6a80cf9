"""The command line: what a run writes, and one clear line for what is wrong."""

import io
import json
import math
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch

from vaelib.__main__ import main
from vaelib.checkpoints import load
from vaelib.data.digits import mnist_5k
from vaelib.drawing import stream
from vaelib.engine import job, recipe
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


@pytest.mark.slow
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


# -- one run in a folder ---------------------------------------------------------------------------


def test_a_folder_in_use_is_refused_and_free_again_after_the_run(tmp_path, run, capsys):
    shutil.copytree(run, tmp_path / "run")
    (tmp_path / "run" / "checkpoint.pt.0123.part").write_bytes(b"half")
    (tmp_path / "run" / "film.part").write_bytes(b"another's")
    options = (["--out", tmp_path / "run", "--resume"], ["--out", tmp_path / "run"])
    with job.taken(tmp_path / "run", resume=True):
        for option in options:
            status, error = status_and_error(capsys, "--epochs", 1, *option)
            assert status == 2 and error.count("\n") == 1
            assert f"--out: {tmp_path / 'run'} is in use by another run" in error
    assert status_and_error(capsys, "--epochs", 1, *options[0]) == (0, "")
    written = {path.name for path in run.iterdir()}
    assert {path.name for path in (tmp_path / "run").iterdir()} == {*written, "film.part"}


def test_a_folder_is_taken_before_the_first_epoch_and_free_after_a_kill(tmp_path, capsys):
    out = tmp_path / "run"
    script = (
        "import sys, time\n"
        "from vaelib.engine import job\n"
        "def waits(*_): print('begun', flush=True); time.sleep(600)\n"
        "job.fitted = waits\n"
        "from vaelib.__main__ import main\n"
        "main()\n"
    )
    command = [sys.executable, "-c", script, *COMMAND, "--epochs", "1", "--out", str(out)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "begun\n"
        status, error = status_and_error(capsys, "--epochs", 1, "--out", out)
        assert status == 2 and "is in use by another run" in error
        assert [path.name for path in out.iterdir()] == [".lock"]
        process.kill()
    assert status_and_error(capsys, "--epochs", 1, "--out", out) == (0, "")


def test_where_there_are_no_locks_a_run_goes_on_with_a_warning(tmp_path, monkeypatch):
    def no_lock(self, *_, **__):
        raise OSError(37, "No locks available")

    monkeypatch.setattr("filelock.FileLock.acquire", no_lock)
    with pytest.warns(UserWarning, match="cannot be locked .*No locks"), job.taken(tmp_path, False):
        pass


# -- consoles --------------------------------------------------------------------------------------


def at_the_console(monkeypatch, encoding, *arguments):
    """The status, what a console of that encoding shows, and its errors."""
    out, error = (io.TextIOWrapper(io.BytesIO(), encoding=encoding) for _ in "12")
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", error)
    try:
        status = main([*map(str, arguments)])
    except SystemExit as end:
        status = end.code
    return status, *(stream.buffer.getvalue().decode(encoding) for stream in (out, error))


ONE_EPOCH = ("train", "--data", "mnist_5k", "--k", "2", "--epochs", "1")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_any_console_gets_its_report_its_progress_and_its_errors(tmp_path, monkeypatch, encoding):
    out = tmp_path / "run"
    status, said, error = at_the_console(monkeypatch, encoding, *ONE_EPOCH, "--out", out)
    assert (status, error) == (0, "")
    assert "ELBO -" in said and " ? KL " in said and "held-out" in said
    assert json.loads((out / "report.json").read_text())["epochs"] == 1
    status, _, error = at_the_console(monkeypatch, encoding, *ONE_EPOCH, "--out", "μ", "--resume")
    assert status == 2 and error.endswith("no checkpoint.pt in ?\n")
    status, said, _ = at_the_console(monkeypatch, encoding, "progress")
    assert status == 0 and "| lesson | done |" in said and "| lesson | guesses |" in said


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full")
def test_a_full_disk_under_the_output_is_no_failure(monkeypatch):
    with open("/dev/full", "w") as full:
        monkeypatch.setattr(sys, "stdout", full)
        assert main(["progress"]) == 0


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="pipes of another kind")
def test_a_run_outlives_the_reader_of_its_output(tmp_path):
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "vaelib", *ONE_EPOCH, "--out", tmp_path / "run"],
        env=os.environ | {"OMP_NUM_THREADS": "1", "PYTHONIOENCODING": "cp1252"},
        stdout=writer, stderr=subprocess.PIPE, timeout=240,
    )  # fmt: skip
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")
    assert (tmp_path / "run" / "report.json").exists() and VAE.load(tmp_path / "run" / "model.pt")


def test_a_home_in_quotes_is_a_home(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert status_and_error(capsys, "--epochs", 1, "--out=~/run") == (0, "")
    assert (tmp_path / "run" / "report.json").exists()
    status, error = status_and_error(capsys, "--epochs", 1, "--out=~nobody-of-that-name/run")
    assert status == 2 and error.count("\n") == 1 and "--out" in error


def test_progress_that_cannot_be_moved_is_one_line(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("vaelib.teaching.progress.reset", lambda: os.stat("/not/there"))
    assert main(["progress", "--reset"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_report_is_whole_or_not_there(tmp_path, monkeypatch):
    real = os.replace

    def replace(part, path):
        if str(path).endswith("report.json"):
            assert json.loads(Path(part).read_text())["epochs"] == 1
            raise OSError(28, "No space left on device")
        real(part, path)

    monkeypatch.setattr(os, "replace", replace)
    assert main([*COMMAND, "--epochs", "1", "--out", str(tmp_path)]) == 2
    monkeypatch.undo()
    assert {path.name for path in tmp_path.iterdir()} == {"checkpoint.pt", "model.pt", ".lock"}
    assert main([*COMMAND, "--epochs", "1", "--out", str(tmp_path), "--resume"]) == 0
    assert (tmp_path / "report.json").exists()
