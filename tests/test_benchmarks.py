"""The benchmark's harness, and that both sides of its rows compute the same."""

import json
from importlib.util import find_spec

import numpy as np
import pytest
import torch
from threadpoolctl import threadpool_info

from benchmarks import bench, harness, report, rows_gmm, rows_likelihood, rows_vae, usual_loop
from benchmarks.harness import Comparison, Disagreement, Side, Timing
from vaelib.bound import kl, reconstruction
from vaelib.rules import Importance
from vaelib.vae import VAE


@pytest.fixture
def images():
    return torch.rand(256, 784, generator=torch.Generator().manual_seed(0))


@pytest.fixture
def model():
    return VAE(784, 20, hidden=(400,), generator=torch.Generator().manual_seed(1))


def test_sides_take_turns_and_each_begins_in_its_round():
    calls = []
    sides = {name: Side(lambda name=name: calls.append(name), units=1) for name in "ab"}
    timings, _ = harness.compare(sides, rounds=3)
    assert "".join(calls) == "ab" + "ab" + "ba" + "ab"  # a warm-up, then three rounds
    assert [len(taken) for taken in timings.values()] == [3, 3]


class Clock:
    """A clock turned by hand: work of so many CPU-seconds takes twice as long on the wall."""

    def __init__(self):
        self.now = Timing(0.0, 0.0)

    def __call__(self):
        return self.now

    def work(self, seconds):
        self.now = Timing(self.now.wall + 2 * seconds, self.now.cpu + seconds)
        return "done"


@pytest.fixture
def clock():
    return Clock()


def test_setup_is_taken_off_and_the_rest_divided_by_the_units(clock):
    side = Side(lambda: clock.work(3.0), units=4, setup=lambda: clock.work(1.0))
    timing, value = harness.one_turn(side, clock)
    assert value == "done"
    assert timing == Timing(wall=1.0, cpu=0.5)


@pytest.mark.parametrize("seconds", [0.0, 0.5, 1.0])
def test_a_run_that_is_all_setup_is_refused(clock, seconds):
    side = Side(lambda: clock.work(seconds), units=1, setup=lambda: clock.work(1.0))
    with pytest.raises(harness.TooShort, match="more units"):
        harness.one_turn(side, clock)


def test_the_clock_that_counts_is_this_processs():
    before = harness.this_process()
    sum(range(100_000))
    assert harness.this_process().wall > before.wall
    assert harness.this_process().cpu > before.cpu


def test_ratio_is_taken_round_by_round():
    ours = [Timing(1.0, 2.0), Timing(10.0, 2.0), Timing(1.0, 2.0)]
    peer = [Timing(2.0, 2.0), Timing(20.0, 4.0), Timing(4.0, 6.0)]
    assert harness.ratio(ours, peer) == (2.0, 2.0, 4.0)
    assert harness.ratio(ours, peer, "cpu") == (2.0, 1.0, 3.0)


def test_threads_are_set_and_put_back():
    before = torch.get_num_threads()
    with harness.threads(2):
        blas = {pool["num_threads"] for pool in threadpool_info()}
        assert torch.get_num_threads() == 2 and blas == {2}
    assert torch.get_num_threads() == before


def small(clock, check=lambda values: "both done"):
    sides = {
        "ours": Side(lambda: clock.work(2.0), units=2),
        "slow": Side(lambda: clock.work(10.0), units=2),
    }
    sides["least"] = Side(lambda: clock.work(0.5), units=2)
    pairs, missing = [("ours", "slow")], {"other": "not installed"}
    limits = {
        "limits": [("ours", "least")],
        "holds": "half of a wait",
        "growth": [("least", "slow")],
    }
    return Comparison("Waiting", "wait", sides, pairs, check, missing, whole="ours", **limits)


def test_results_as_text_markdown_json_and_figure(tmp_path, capsys, monkeypatch, clock):
    monkeypatch.setitem(bench.ROWS, "vae", lambda quick: iter([small(clock)]))
    page = tmp_path / "table.md"
    arguments = ["--rows", "vae", "--rounds", "3", "--out", str(tmp_path), "--markdown", str(page)]
    assert bench.main(arguments, clock) == 0
    printed = capsys.readouterr().out
    header = next(line for line in printed.splitlines() if line.startswith("threads"))
    assert all(column in header for column in report.COLUMNS)
    assert "Waiting: one wait" in printed and "not installed" in printed and "both done" in printed
    assert "the whole fit, 2 steps, 1 thread" in printed
    assert "limit: half of a wait" in printed
    assert "slow: 20 (20–20) times the time of least, CPU 20" in printed

    saved = json.loads((tmp_path / "bench.json").read_text())
    assert {"cpu", "date", "versions", "threads", "rounds", "results"} <= set(saved)
    assert [result["threads"] for result in saved["results"]] == [1, 2]
    for result in saved["results"]:
        assert result["sides"]["slow"]["wall"] == [10.0] * 3
        assert result["pairs"][0]["cpu"] == result["pairs"][0]["wall"] == [5.0] * 3
        assert result["limits"][0]["cpu"] == result["limits"][0]["wall"] == [4.0] * 3
    tables = [line for line in page.read_text().splitlines() if line.startswith("|")]
    assert len(tables) == 8 and len({line.count("|") for line in tables}) == 1
    assert sum(line.count("4 (4–4)") for line in tables) == 2  # vaelib / limit
    assert (tmp_path / "bench.png").stat().st_size > 10_000


def test_a_row_whose_sides_disagree_fails_loudly(tmp_path, capsys, monkeypatch, clock):
    def disagree(values):
        raise Disagreement("0 and 1")

    monkeypatch.setitem(bench.ROWS, "vae", lambda quick: iter([small(clock, disagree)]))
    arguments = ["--rows", "vae", "--threads", "1", "--out", str(tmp_path)]
    assert bench.main(arguments, clock) == 1
    assert "FAILED Waiting: 0 and 1" in capsys.readouterr().err
    assert json.loads((tmp_path / "bench.json").read_text())["failures"] == ["Waiting: 0 and 1"]


def result(threads, wall, slower):
    side = {"wall": [wall], "cpu": [wall], "slower": slower}
    pair = {"ours": "a", "peer": "b", "wall": (1, 1, 1), "cpu": (1, 1, 1)}
    about = {"title": "T", "unit": "step", "threads": threads, "note": "", "missing": {}}
    about |= {"limits": [], "holds": "", "growth": []}
    return about | {"sides": {"a": side, "b": side | {"slower": False}}, "pairs": [pair]}


def test_what_is_slower_with_two_threads_is_marked():
    lines = report.text([result(1, 1.0, False), result(2, 2.0, True)]).splitlines()
    marked = [line for line in lines if report.SLOWER in line]
    assert len(marked) == 2 and marked[0].split()[0] == "2" and marked[1] == report.FOOTNOTE
    assert report.SLOWER not in report.text([result(1, 1.0, False)])


@pytest.mark.parametrize("bad", [["--rows", "nope"], ["--rounds", "0"], ["--threads", "x"]])
def test_bad_arguments_are_refused(bad, capsys):
    with pytest.raises(SystemExit):
        bench.parse(bad)
    assert bad[1] in capsys.readouterr().err


@pytest.mark.parametrize("covariance_type", ["full", "diag"])
def test_mixtures_agree_after_the_same_iterations(covariance_type):
    rng = np.random.default_rng(0)
    x = rng.normal(size=(400, 3)) + 4 * rng.integers(3, size=(400, 1))
    found = rows_gmm.comparison(x, "made up", covariance_type, 3, iterations=100)
    _, bounds = harness.compare(found.sides, rounds=1)
    assert "log-likelihood" in found.check(bounds)
    with pytest.raises(Disagreement, match="float64"):
        found.check(bounds | {rows_gmm.PEER: bounds[rows_gmm.PEER] + 2e-6})


def test_ours_and_the_usual_loop_have_the_same_loss(images, model):
    same, q = rows_likelihood.as_usual(model), model.encode(images)
    torch.manual_seed(2)
    loss = usual_loop.loss_function(*same(images)[:1], images, *same.encode(images))
    torch.manual_seed(2)
    z = q.mean + q.stddev * torch.randn_like(q.stddev)
    ours = -(reconstruction(model, images, z[None]) - kl(q, model.prior)).sum()
    torch.testing.assert_close(loss, ours)


def test_images_come_out_of_both_loaders_as_they_went_in(images):
    bytes_only = (255 * images).round() / 255
    for loader in (usual_loop.pil_loader, usual_loop.tensor_loader):
        torch.manual_seed(3)
        seen = torch.cat([x.reshape(len(x), 784) for x, _ in loader(bytes_only, 100)])
        torch.manual_seed(3)
        again = torch.cat([x.reshape(len(x), 784) for x, _ in loader(bytes_only, 100)])
        assert torch.equal(seen, again)
        order = seen.double().sum(1).argsort()
        torch.testing.assert_close(seen[order], bytes_only[bytes_only.double().sum(1).argsort()])


def test_importance_sampling_agrees(images, model):
    x, same = images[:20], rows_likelihood.as_usual(model)
    torch.manual_seed(4)
    ours, se = model.log_prob(x, Importance(model.encode, 2000), return_se=True)
    peer = usual_loop.log_prob(same, x, k=2000, batch_size=10)
    assert ((ours - peer).abs() < 6 * se + 1e-3).all()


def test_the_grid_and_the_loop_over_its_nodes_agree():
    x, _ = rows_likelihood.crescent(50, random_state=0)
    assert rows_likelihood.losses_differ(x) < 1e-12


PEERS = ["loop on PIL images", "loop on tensors"] + [
    pytest.param(name, marks=pytest.mark.skipif(not find_spec(name), reason=f"no {name}"))
    for name in ("pythae", "pyro")
]


@pytest.mark.filterwarnings("default")  # of the peers
@pytest.mark.parametrize("name", PEERS)
def test_every_side_trains(images, name):
    x = (images > 0.5).float() * torch.linspace(0, 1, 784).round()  # half black
    epochs, missing = rows_vae.peers(x)
    assert name not in missing
    ours, peer = rows_vae.ours(x), epochs[name]
    first, last = ([side() for _ in range(12)] for side in (ours, peer))
    assert first[-1] < 0.9 * first[0] and last[-1] < 0.9 * last[0]
    assert abs(first[-1] / last[-1] - 1) < rows_vae.AGREE


def test_losses_far_apart_are_found():
    assert "100.0 to 105.0" in rows_vae.agreement({rows_vae.OURS: 100.0, "loop": 105.0})
    with pytest.raises(Disagreement, match="loop"):
        rows_vae.agreement({rows_vae.OURS: 100.0, "loop": 120.0})
