"""What it costs to share a run: the same VAE's fit by torchrun on 1, 2 and 4 processes.

python -m benchmarks.processes prints one Markdown table, and on paper what GPUs would send.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

import torch

from benchmarks import machine
from vaelib.bound import elbo
from vaelib.data.digits import mnist_5k
from vaelib.drawing import stream
from vaelib.engine.processes import Group, joined
from vaelib.training import fit
from vaelib.vae import VAE

ROOT = Path(__file__).resolve().parents[1]
COUNTS = (2, 4)
BATCH = 128  # rows of a step, whoever takes them
STEPS = 31  # of an epoch
ROUNDS = 5  # epochs after the first, which warms up
SUMS = 50  # of the gradient alone
AGREE = 1e-5  # relative: the losses of a fit, however many share it


def main(arguments=None):
    """Print the table; the exit status is 1 where the losses differ."""
    options = parser().parse_args(arguments)
    if options.worker:
        return work(options)
    alone = {n: started(1, BATCH // n, options) for n in (1, *options.processes)}
    shared = {1: alone[1]} | {n: started(n, BATCH, options) for n in options.processes}
    print(machine.describe(options.rounds, [1], options.steps < STEPS)["heading"], "\n")
    print(table(alone, shared))
    print(f"\n{paper(shared[1]['bytes'], options.gpus, options.link)}")
    worst = max(difference(found, shared[1]) for found in shared.values())
    if worst > AGREE:
        print(f"benchmarks.processes: losses differ by {worst:.1g}", file=sys.stderr)
    return int(worst > AGREE)


def parser():
    """What the command line may hold."""
    result = argparse.ArgumentParser("python -m benchmarks.processes", description=__doc__)
    add = result.add_argument
    add("--processes", type=int, nargs="+", default=COUNTS, metavar="N", help="beside 1")
    add("--steps", type=int, default=STEPS, help="of an epoch")
    add("--rounds", type=int, default=ROUNDS, help="epochs that are timed")
    add("--gpus", type=int, default=8, help="on paper")
    add("--link", type=float, default=450, metavar="GB/s", help="of each GPU, in one direction")
    add("--worker", type=Path, help=argparse.SUPPRESS)
    add("--batch", type=int, default=BATCH, help=argparse.SUPPRESS)
    return result


def started(n, batch, options):
    """What `work` finds in so many processes with so many rows a step."""
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "found.json"
        steps = options.steps * BATCH // batch  # of all the rows
        run = ["-m", "torch.distributed.run", "--standalone", f"--nproc-per-node={n}"]
        run += ["-m", "benchmarks.processes", f"--worker={found}", f"--batch={batch}"]
        run += [f"--steps={steps}", f"--rounds={options.rounds}"]
        environment = os.environ | {"OMP_NUM_THREADS": "1"}
        command = [sys.executable, *run]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{done.stderr}\nbenchmarks.processes: {n} processes failed")
        return json.loads(found.read_text(encoding="utf-8"))


def work(options):
    """Train as one of the processes that torchrun has started; the first writes what it found."""
    torch.set_num_threads(1)
    x = mnist_5k().x_train[: options.steps * options.batch]
    model = VAE(784, 20, hidden=(400,), generator=stream(0))
    with joined():
        group = Group.current()
        history = fit(
            model, x, x[:10], elbo, epochs=1 + options.rounds, batch_size=options.batch,
            clock=time.perf_counter, progress=False,
        )  # fmt: skip
        n_weights = sum(p.numel() for p in model.parameters())
        found = {
            "losses": history["train_elbo"],
            "bytes": 4 * n_weights,
            "step": step_seconds(history["spent"], options.steps * group.world),
            "sum": statistics.median(sums(group, n_weights)),
        }
        if group.rank == 0:
            options.worker.write_text(json.dumps(found), encoding="utf-8")
    return 0


def step_seconds(spent, steps):
    """The median over the epochs but the first; `spent` counts the seconds of all processes."""
    return statistics.median(after - before for before, after in pairwise(spent)) / steps


def sums(group, n_weights):
    """Seconds of what a step shares, alone: the gradient, then the loss and the clock."""
    gradient, taken = torch.zeros(n_weights), []
    for _ in range(SUMS * (group.world > 1)):
        group.total(0.0)  # all begin together
        began = time.perf_counter()
        torch.distributed.all_reduce(gradient)
        group.total(0.0, 0.0)
        taken.append(time.perf_counter() - began)
    return taken or [0.0]


def table(alone, shared):
    """The table as Markdown: alone[n] is one process with an n-th of the rows, shared[n] n."""
    lines = [
        "| processes | rows each | a step, ms | one process, all rows | one process, a share "
        "| summed, MB | its sum alone, ms | a share and its sum | losses differ by |",
        f"|{'---|' * 9}",
    ]
    for n, found in shared.items():
        step, all_rows, share, total = (
            1e3 * seconds
            for seconds in (found["step"], shared[1]["step"], alone[n]["step"], found["sum"])
        )
        megabytes = found["bytes"] / 1e6 if n > 1 else 0
        lines.append(
            f"| {n} | {BATCH // n} | {step:.3g} | {all_rows:.3g} | {share:.3g} | {megabytes:.3g} "
            f"| {total:.3g} | {share + total:.3g} | {difference(found, shared[1]):.1g} |"
        )
    return "\n".join(lines)


def difference(found, expected):
    """The largest relative difference of two runs' losses."""
    pairs = zip(found["losses"], expected["losses"], strict=True)
    return max(abs(a / b - 1) for a, b in pairs)


def paper(n_bytes, n, link):
    """What the links of n GPUs predict, in words: a ring sends each byte 2 (n − 1) / n times."""
    sent = 2 * (n - 1) / n * n_bytes
    return (
        f"A prediction, not a measurement: in a ring of {n} GPUs each sends {sent / 1e6:.3g} MB a "
        f"step, which takes {1e3 * sent / (1e9 * link):.3g} ms at {link:g} GB/s. The wait for "
        f"{2 * (n - 1)} messages comes on top."
    )


if __name__ == "__main__":
    sys.exit(main())
