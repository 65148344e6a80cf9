"""Both sides of a comparison in one process, in turn.

Whatever else the machine does then falls on both sides, and their ratio is taken round by round.
"""

import statistics
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

import torch
from threadpoolctl import threadpool_limits


class Disagreement(AssertionError):
    """Two sides that should give the same number do not, so their times mean nothing."""


class TooShort(ArithmeticError):
    """The set-up took as long as the run: noise, from which no time can be had."""


@dataclass
class Side:
    """One way of doing the work, of which a run does `units` units (steps, iterations, …).

    `setup` is what `run` does beside its units: it is timed in the same turn and taken off.
    """

    run: Callable
    units: float
    setup: Callable | None = None


@dataclass
class Comparison:
    """A title, what a unit is, the sides by name, and the pairs (ours, peer) of interest.

    limits : pairs (ours, limit), where a limit is a side that does only what cannot be avoided
    holds : what the limits do, as a sentence for the table
    growth : pairs (smaller, larger) of sides whose time of a unit should be the same
    check : takes {side: what its run returned} to a sentence for the table, or raises Disagreement
    missing : {peer: why it is not among the sides}
    rounds : at most so many, for slow ones
    whole : the side whose whole run is stated in CPU-seconds
    """

    title: str
    unit: str
    sides: dict[str, Side]
    pairs: list[tuple[str, str]]
    check: Callable
    missing: dict[str, str] = field(default_factory=dict)
    limits: list[tuple[str, str]] = field(default_factory=list)
    holds: str = ""
    growth: list[tuple[str, str]] = field(default_factory=list)
    rounds: int | None = None
    whole: str | None = None


class Timing(NamedTuple):
    """Seconds of one unit: on the wall, and of all cores."""

    wall: float
    cpu: float


class Summary(NamedTuple):
    median: float
    low: float
    high: float


def this_process():
    """The clock that counts: seconds on the wall, and of this process on all cores."""
    return Timing(time.perf_counter(), time.process_time())


def timed(function, clock):
    """(Timing, what the function returned)."""
    before = clock()
    value = function()
    after = clock()
    return Timing(after.wall - before.wall, after.cpu - before.cpu), value


def one_turn(side, clock=this_process):
    """(Timing of one unit, what the run returned); raises TooShort."""
    spare = timed(side.setup, clock)[0] if side.setup else Timing(0.0, 0.0)
    whole, value = timed(side.run, clock)
    if not (whole.wall > spare.wall and whole.cpu > spare.cpu):
        raise TooShort(
            f"a run of {whole.wall:.2g} s, its set-up {spare.wall:.2g} s: take more units"
        )
    return Timing(*((w - s) / side.units for w, s in zip(whole, spare, strict=True))), value


def compare(sides, rounds, clock=this_process):
    """Warm up each side once, then let them take turns: {name: [Timing]}, {name: last value}.

    The side that begins changes from round to round.
    """
    for side in sides.values():
        (side.setup or side.run)()
    timings, values = {name: [] for name in sides}, {}
    names = list(sides)
    for i in range(rounds):
        first = i % len(names)
        for name in names[first:] + names[:first]:
            timing, values[name] = one_turn(sides[name], clock)
            timings[name].append(timing)
    return timings, values


def summary(numbers):
    """Median, smallest and largest."""
    return Summary(statistics.median(numbers), min(numbers), max(numbers))


def ratio(ours, peer, clock="wall"):
    """How many times as long the peer takes, round by round: Summary. `clock`: "wall" or "cpu"."""
    pairs = zip(ours, peer, strict=True)
    return summary([getattr(theirs, clock) / getattr(mine, clock) for mine, theirs in pairs])


@contextmanager
def threads(n):
    """PyTorch, BLAS and OpenMP on n threads inside."""
    before = torch.get_num_threads()
    with threadpool_limits(n):
        torch.set_num_threads(n)
        try:
            yield
        finally:
            torch.set_num_threads(before)
