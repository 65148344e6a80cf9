"""The tables for a GPU and for several processes: what stands in them, not how fast it is."""

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from benchmarks import gpu, processes
from benchmarks.harness import Summary
from vaelib.bound import elbo
from vaelib.drawing import stream
from vaelib.engine import recipe
from vaelib.engine.products import Products
from vaelib.mixture import Mixture
from vaelib.vae import VAE

CPU = torch.device("cpu")


def added(total, a, b, **_):
    """Of a product that is added in place, from shapes; torch does not count it."""
    return 2 * a[0] * a[1] * b[1]


def flops(work):
    counted = {torch.ops.aten.addmm_: added}
    with FlopCounterMode(display=False, custom_mapping=counted) as counter:
        work()
    return counter.get_total_flops()


def of_a_step(model, objective, n):
    x = torch.rand(n, 784, generator=stream(1))
    return flops(lambda: objective(model, x, generator=stream(2))[0].mean().backward())


def of_pairs(model, n, draws):
    return flops(lambda: [a @ b for a, b in gpu.pairs(model, n, draws, bf16=False)])


def test_the_limit_of_a_step_has_the_products_of_the_step_and_no_others():
    model = VAE(784, 20, hidden=(400,), generator=stream(0))
    assert of_pairs(model, 8, 1) == of_a_step(model, elbo, 8)


@pytest.mark.parametrize(("done", "draws"), [(0.5, 1), (1.0, 4)])
def test_the_limit_of_the_recipe_leaves_out_only_what_draws_from_full_normals_cost(done, draws):
    model = recipe.make_model(torch.rand(100, 784, generator=stream(0)))
    step = of_a_step(model, recipe.objective_at(done), 8)
    assert 0.97 * step < of_pairs(model, 8, draws) < step


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("kept", [True, False])
def test_the_limit_of_a_step_of_em_has_its_products(kept, dtype):
    x = torch.randn(500, 4, generator=stream(0)).double()
    start = Mixture(torch.full((3,), 1 / 3).double(), x[:3], torch.ones(3, 4).double())
    engine = Products(x, "diag", 1e-6, dtype)
    engine.chunk, engine.store = 70, kept
    limit = flops(gpu.em_products(engine, start))
    assert limit == flops(lambda: engine.em_step(start)) == 4 * 500 * 9 * 3


def test_a_row_is_in_milliseconds_beside_the_sum_of_its_limits():
    row = gpu.line("a step", Summary(4e-3, 3e-3, 5e-3), products=1.5e-3, memory=5e-4)
    assert row == "| a step | 4 (3–5) | 1.5 | 0.5 | 2 |"


def test_the_table_has_every_row_even_where_there_is_no_gpu():
    lines = gpu.table(CPU, quick=True).splitlines()
    rows = [line.strip("| ").split(" | ") for line in lines if ": a step" in line]
    assert [row[0].split(",")[0] for row in rows] == [
        "VAE 784-400-20", "the same", "in bfloat16", "the MNIST recipe", "the MNIST recipe",
        "EM full", "EM full", "EM diag", "EM diag",
    ]  # fmt: skip
    assert all(float(row[-1]) > 0 for row in rows)
    assert "no GPU" in lines[2] and str(torch.__version__) in lines[1]


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU")
def test_without_a_gpu_it_says_so_in_a_line(capsys):
    assert gpu.main([]) == 1
    assert capsys.readouterr() == ("", "benchmarks.gpu: wants a GPU, and PyTorch finds none\n")


# Several processes


def a_run(step, total=0.0, losses=(-200.0, -100.0)):
    return {"step": step, "sum": total, "losses": losses, "bytes": 2_600_000}


def test_a_shared_run_stands_beside_one_process_and_the_model():
    alone = {1: a_run(0.008), 2: a_run(0.005)}
    shared = {1: alone[1], 2: a_run(0.007, 0.001, (-200.0, -100.0001))}
    rows = processes.table(alone, shared).splitlines()[2:]
    assert rows == [
        "| 1 | 128 | 8 | 8 | 8 | 0 | 0 | 8 | 0 |",
        "| 2 | 64 | 7 | 8 | 5 | 2.6 | 1 | 6 | 1e-06 |",
    ]


def test_a_step_takes_the_median_of_the_epochs_after_the_first():
    assert processes.step_seconds([9.0, 10.0, 12.0, 18.0], steps=4) == 0.5


def test_gpus_on_paper_are_said_to_be_a_prediction():
    said = processes.paper(8_000_000, n=4, link=60)
    assert said.startswith("A prediction, not a measurement: in a ring of 4 GPUs each sends 12 MB")
    assert "takes 0.2 ms at 60 GB/s. The wait for 6 messages" in said


@pytest.mark.parametrize(("loss", "status"), [(-100.0001, 0), (-100.01, 1)])
def test_losses_that_differ_are_an_error(monkeypatch, capsys, loss, status):
    def started(n, batch, options):
        return a_run(0.01, losses=(-200.0, -100.0 if n == 1 else loss))

    monkeypatch.setattr(processes, "started", started)
    assert processes.main([]) == status
    assert ("losses differ by 0.0001" in capsys.readouterr().err) == bool(status)


@pytest.mark.slow
def test_two_processes_that_torchrun_starts_have_the_losses_of_one(capsys):
    assert processes.main(["--processes", "2", "--steps", "2", "--rounds", "1"]) == 0
    one, two = (
        line.strip("| ").split(" | ")
        for line in capsys.readouterr().out.splitlines()
        if line.startswith(("| 1 |", "| 2 |"))
    )
    assert float(one[-3]) == 0 < float(two[-3])  # a sum is shared
    assert float(two[-1]) < processes.AGREE
