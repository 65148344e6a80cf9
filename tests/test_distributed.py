"""Two processes: the same losses as one, one voice, and a death that loses one epoch at most."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch
from torch.distributions import Independent, Laplace, Normal

from vaelib.__main__ import main
from vaelib.checkpoints import load
from vaelib.distributions import FullNormal
from vaelib.drawing import draw, stream
from vaelib.engine.processes import SharedGenerator
from vaelib.priors import DiagonalMixture

TORCHRUN = (sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2")
ENVIRONMENT = os.environ | {"OMP_NUM_THREADS": "1"}
LIMIT = 240  # seconds

STEPS = """
import json, os, sys
from functools import partial
from pathlib import Path

import torch

from vaelib.engine import processes
from vaelib.data.digits import binarize
from vaelib.bound import elbo, importance_weighted
from vaelib.drawing import stream
from vaelib.training import evaluate_each, fit
from vaelib.vae import VAE

torch.set_num_threads(1)
x, held_out = torch.rand(200, 12, generator=stream(0)), partial(elbo, kl_form="sampled")
sums = []  # of what is raised, over this process's rows, at each step


def recorded(done):
    objective = held_out if done < 0.5 else partial(importance_weighted, k=4)

    def recording(model, x, generator):
        raised, reported = objective(model, x, generator=generator)
        sums.append(raised.sum().item())
        return raised, reported

    return recording


with processes.joined():
    group = processes.Group.current()
    full = {"covariance_type": "full", "prior": 4}
    model = VAE(12, 2, (16,), **full, generator=stream(1 + group.rank)).double()
    model.load_state_dict(VAE(12, 2, (16,), **full, generator=stream(1)).double().state_dict())
    history = fit(
        model, x, x[:90].round(), held_out, epochs=6, batch_size=64, lr=1e-2,
        objective_at=recorded, transform=binarize, progress=False,
    )
    each = evaluate_each(model, x, held_out, batch_size=30)["elbo"].tolist()
    rows = [{k: v for k, v in row.items() if k[:4] in ("trai", "test")} for row in history.rows]
    found = {"sums": sums, "rows": rows, "each": each}
    name = f"{group.world}-{group.rank}.json"
    Path(sys.argv[1], name).write_text(json.dumps(found))
    os._exit(0)  # on a busy machine torch's threads can abort a process that is about to end
"""


@pytest.mark.slow
def test_two_processes_have_the_losses_of_one(tmp_path):
    script = tmp_path / "steps.py"
    script.write_text(STEPS)
    for start in ([sys.executable, "-W", "error"], TORCHRUN):
        command = [*start, script, tmp_path]
        done = subprocess.run(command, timeout=LIMIT, env=ENVIRONMENT, capture_output=True)
        assert done.returncode == 0, done.stderr.decode()
    one, first, second = (
        json.loads((tmp_path / f"{name}.json").read_text()) for name in ("1-0", "2-0", "2-1")
    )
    sizes = torch.tensor([64, 64, 64, 8] * 6)
    of_one = torch.tensor(one["sums"]) / sizes
    of_two = (torch.tensor(first["sums"]) + torch.tensor(second["sums"])) / sizes
    torch.testing.assert_close(of_two, of_one, atol=1e-5, rtol=0)
    assert abs(of_one[0] - of_one[-1]) > 0.1  # it learns
    assert first["rows"] == second["rows"] and first["each"] == second["each"]
    assert first["each"] == pytest.approx(one["each"], abs=1e-4)
    for row, expected in zip(first["rows"], one["rows"], strict=True):
        assert row == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("kind", [Normal, Laplace])
def test_shares_of_a_draw_are_the_rows_of_the_whole(kind):
    a, b = torch.rand(2, 6, 3, generator=stream(0)) + 1
    whole = draw(Independent(kind(a, b), 1), (4,), stream(5))  # (4, 6, 3)
    for rank, rows in enumerate(torch.arange(6).chunk(2)):
        generator = SharedGenerator("cpu", (rank, 2)).manual_seed(5)
        share = draw(Independent(kind(a[rows], b[rows]), 1), (4,), generator)
        assert torch.equal(share, whole[:, rows])


def test_shares_of_a_draw_with_correlations_are_the_rows_of_the_whole():
    mu, below = torch.rand(6, 12, generator=stream(0)).split((3, 9), dim=1)
    scale_tril = below.reshape(6, 3, 3).tril()
    whole = FullNormal(mu, scale_tril=scale_tril, validate_args=False)
    whole = draw(whole, (4,), stream(5))
    for rank, rows in enumerate(torch.arange(6).chunk(2)):
        generator = SharedGenerator("cpu", (rank, 2)).manual_seed(5)
        own = FullNormal(mu[rows], scale_tril=scale_tril[rows], validate_args=False)
        torch.testing.assert_close(draw(own, (4,), generator), whole[:, rows])


def test_each_process_draws_its_own_from_a_prior():
    """Together they draw what one process would, from a prior repeated for each of them."""
    logits, mu, logvar = (torch.rand(3, 2, generator=stream(i)) for i in range(3))
    prior = DiagonalMixture(logits[:, 0], mu, logvar)
    both = draw(prior.expand((2,)), (5,), stream(5))  # (5, 2, 2)
    for rank in (0, 1):
        share = draw(prior, (5,), SharedGenerator("cpu", (rank, 2)).manual_seed(5))
        assert torch.equal(share, both[:, rank])
    assert not torch.equal(both[:, 0], both[:, 1])


@pytest.mark.slow
def test_one_process_complains_for_both(tmp_path):
    arguments = (
        "--data",
        "mnist_5k",
        "--epochs",
        "1",
        "--batch-size",
        "25",
        "--out",
        tmp_path / "run",
    )
    done = subprocess.run(
        [*TORCHRUN, "-m", "vaelib", "train", *arguments],
        timeout=LIMIT, env=ENVIRONMENT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode != 0
    message = "batch_size: got 25 of 4000 rows, wanted a multiple of the 2"
    assert done.stderr.count(f"vaelib: {message}") == 1


def start(tmp_path, *arguments):
    """torchrun with two processes, which write down their numbers, once there is a checkpoint."""
    script, out = tmp_path / "numbered.py", tmp_path / "run"
    script.write_text(
        "import os, sys\n"
        "from pathlib import Path\n"
        "from vaelib.__main__ import main\n"
        "Path(__file__).with_name(os.environ['RANK']).write_text(str(os.getpid()))\n"
        "sys.exit(main())\n"
    )
    command = [*TORCHRUN, script, *arguments]
    process = subprocess.Popen(command, env=ENVIRONMENT, stderr=subprocess.PIPE, text=True)
    end = time.monotonic() + LIMIT
    while not (out / "checkpoint.pt").exists() and process.poll() is None:
        assert time.monotonic() < end or process.kill()
        time.sleep(0.02)
    return process


def command_line(tmp_path, epochs):
    run = ("train", "--data", "mnist_5k", "--quiet", "--k", "1", "--epochs", epochs)
    return [*run, "--out", str(tmp_path / "run")]


@pytest.mark.slow
def test_a_killed_process_ends_the_job_and_its_checkpoint_resumes(tmp_path):
    arguments = command_line(tmp_path, "8")
    with start(tmp_path, *arguments) as process:
        os.kill(int((tmp_path / "1").read_text()), signal.SIGKILL)
        error = process.communicate(timeout=LIMIT)[1]
    assert process.returncode not in (0, None)
    assert "--resume goes on" in error or "SIGKILL" in error
    kept = load(tmp_path / "run" / "checkpoint.pt")["history"]
    assert 1 <= len(kept) < 8 and not (tmp_path / "run" / "report.json").exists()
    assert main([*arguments, "--resume"]) == 0
    report = json.loads((tmp_path / "run" / "report.json").read_text())
    assert report["epochs"] == 8 and report["processes"] == 1
    assert load(tmp_path / "run" / "checkpoint.pt")["history"][: len(kept)] == kept


@pytest.mark.slow
def test_ctrl_c_stops_both_processes_together(tmp_path):
    with start(tmp_path, *command_line(tmp_path, "9999")) as process:
        process.send_signal(signal.SIGINT)
        error = process.communicate(timeout=LIMIT)[1]
    assert process.returncode != 0 and error.count("vaelib: stopped; go on with: ") == 1
    for rank in "01":
        with pytest.raises(ProcessLookupError):
            os.kill(int(Path(tmp_path, rank).read_text()), 0)
    assert len(load(tmp_path / "run" / "checkpoint.pt")["history"]) >= 1
