"""vaelib beside its peers and its limits: all sides of every row in one process, in turn.

python -m benchmarks.bench [--rows gmm-full,vae] [--rounds 5] [--threads 1 2] [--quick]
"""

import argparse
import json
import os
import sys
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # both sides' waiting threads sleep
os.environ.setdefault("MPLBACKEND", "Agg")

from benchmarks import harness, machine, report, rows_gmm, rows_likelihood, rows_scaling, rows_vae
from vaelib.engine.console import forgiving

ROWS = {
    "gmm-full": rows_gmm.full,
    "gmm-overlap": rows_gmm.overlapping,
    "gmm-apart": rows_gmm.apart,
    "gmm-diag": rows_gmm.diag,
    "vae": rows_vae.rows,
    "importance": rows_likelihood.importance,
    "grid-fit": rows_likelihood.grid_fit,
    "scaling-n": rows_scaling.points,
    "scaling-d": rows_scaling.dimensions,
}
ROUNDS, QUICK_ROUNDS = 5, 2


def main(arguments=None, clock=harness.this_process):
    """Measure, print, write; 1 when a row failed (see harness's errors), else 0."""
    options = parse(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    about = machine.describe(options.rounds, options.threads, options.quick)
    print(about["heading"])
    if options.quick:
        print(f"threads: {options.threads}; without --quick 1 and 2, and {ROUNDS} rounds")
    results, failures = [], []
    try:
        for name in options.rows:
            if options.quick:
                print(f"\n[{name}] {ROWS[name].__doc__}")
            for comparison in ROWS[name](options.quick):
                try:
                    found = run(comparison, options.rounds, options.threads, clock)
                except (harness.Disagreement, harness.TooShort) as error:
                    failures.append(f"{comparison.title}: {error}")
                    print(f"\nFAILED {failures[-1]}", file=sys.stderr, flush=True)
                    continue
                results += found
                print(report.text(found), flush=True)
    finally:  # what is measured is kept, whatever happens to the next row
        write(options, results, about | {"failures": failures})
    return 1 if failures else 0


def parse(arguments):
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.bench", description=__doc__.split("\n")[0]
    )
    parser.add_argument("--rows", type=_rows, default=list(ROWS), help=f"any of {','.join(ROWS)}")
    parser.add_argument("--rounds", type=_whole, help=f"default {ROUNDS}; quick {QUICK_ROUNDS}")
    parser.add_argument("--threads", type=_whole, nargs="+", help="default 1 2; quick 1")
    parser.add_argument("--quick", action="store_true", help="two minutes; says what it leaves out")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the table there too")
    parser.add_argument("--out", type=Path, default=Path("build/bench"), metavar="FOLDER")
    options = parser.parse_args(arguments)
    options.rounds = options.rounds or (QUICK_ROUNDS if options.quick else ROUNDS)
    options.threads = options.threads or ([1] if options.quick else [1, 2])
    return options


def run(comparison, rounds, thread_counts, clock):
    """A result (see `report`) for each thread count; raises Disagreement, TooShort."""
    results, alone = [], {}
    for n in thread_counts:
        with harness.threads(n):
            rounds = min(rounds, comparison.rounds or rounds)
            timings, values = harness.compare(comparison.sides, rounds, clock)
        sides = {}
        for name, taken in timings.items():
            wall, cpu = map(list, zip(*taken, strict=True))
            median = harness.summary(wall).median
            alone.setdefault(name, median if n == 1 else None)
            slower = n > 1 and alone[name] is not None and median > alone[name]
            sides[name] = {"wall": wall, "cpu": cpu, "slower": slower}
        pairs = [{"ours": a, "peer": b} | ratios(timings, a, b) for a, b in comparison.pairs]
        limits = [{"ours": a, "limit": b} | ratios(timings, b, a) for a, b in comparison.limits]
        growth = [{"from": a, "to": b} | ratios(timings, a, b) for a, b in comparison.growth]
        note = comparison.check(values)
        if comparison.whole:
            units = comparison.sides[comparison.whole].units
            cpu = units * harness.summary(sides[comparison.whole]["cpu"]).median
            note += f"; the whole fit, {units} steps, {n} thread{'s' * (n > 1)}: {cpu:.1f} CPU-s"
        results.append(
            {"title": comparison.title, "unit": comparison.unit, "threads": n, "note": note}
            | {"holds": comparison.holds, "sides": sides, "pairs": pairs, "limits": limits}
            | {"growth": growth, "missing": comparison.missing}
        )
    return results


def ratios(timings, a, b):
    """How many times as long b takes as a, on each clock."""
    return {clock: harness.ratio(timings[a], timings[b], clock) for clock in ("wall", "cpu")}


def write(options, results, about):
    data = about | {"results": results}
    (options.out / "bench.json").write_text(json.dumps(data, indent=1), encoding="utf-8")
    if options.markdown:
        options.markdown.write_text(report.markdown(results, about["heading"]), encoding="utf-8")
    if results:
        report.figure(results, about["heading"]).savefig(options.out / "bench.png", dpi=150)
    print(f"\nWritten: {options.out}/bench.json{', bench.png' * bool(results)}")


def _rows(value):
    names = value.split(",")
    unknown = [name for name in names if name not in ROWS]
    if unknown:
        raise argparse.ArgumentTypeError(
            f"got {', '.join(unknown)}, wanted any of {', '.join(ROWS)}"
        )
    return names


def _whole(value):
    if not value.isdecimal() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"got {value}, wanted a whole number ≥ 1")
    return int(value)


if __name__ == "__main__":
    with forgiving():
        sys.exit(main())
