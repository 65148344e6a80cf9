"""How the time of EM grows: vaelib alone, with more points and with more dimensions.

The points are drawn from Gaussians that overlap. Each fit is vaelib's in float64, a few iterations
long, beside the products that it does. python -m benchmarks.rows_scaling N prints the peak memory
of a process, in bytes, that fits N points.
"""

import subprocess
import sys
from functools import partial

from benchmarks import limits
from benchmarks.data import blobs
from benchmarks.harness import Comparison, Side
from benchmarks.rows_gmm import SPREAD_OVERLAPPING, fit, start
from vaelib.estimator import GaussianMixture

# K · D is so large that all three take the same step, see LARGE in vaelib.engine.choice
POINTS, POINTS_K, POINTS_D = (10_000, 100_000, 1_000_000), 50, 10
PASSED = 2_000_000  # points times iterations in a run
DIMENSIONS, DIMENSIONS_N, DIMENSIONS_K = (2, 10, 50, 200), 25_000, 20


def points(quick):
    """N = 10⁴, 10⁵, 10⁶ at K = 50, D = 10; quick: without 10⁶, a quarter of the iterations."""
    counts = POINTS[:2] if quick else POINTS
    least, most = counts[0], counts[-1]
    x, sides = blobs(most, POINTS_K, POINTS_D, SPREAD_OVERLAPPING), {}
    begin = start(x[:least], POINTS_K, "full")
    for n in counts:
        iterations = PASSED // n // (4 if quick else 1)
        of_n, words = two_sides(f"N = {n:,}", x[:n], begin, iterations, iterations * n / 1e6)
        sides |= of_n
    names = list(sides)
    yield Comparison(
        title=f"EM, full covariances, N from {least:,} to {most:,}, K = {POINTS_K}, "
        f"D = {POINTS_D}, float64",
        unit="iteration for a million points",
        sides=sides,
        pairs=[],
        check=lambda _: memory(least, most),
        limits=list(zip(names[::2], names[1::2], strict=True)),
        holds=words,
        growth=[(names[0], name) for name in names[2::2]],
    )


def dimensions(quick):
    """D = 2, 10, 50, 200 at N = 25,000, K = 20; quick: without 200."""
    sides, holds = {}, []
    for d in DIMENSIONS[:-1] if quick else DIMENSIONS:
        x = blobs(DIMENSIONS_N, DIMENSIONS_K, d, SPREAD_OVERLAPPING)
        iterations = max(2, 200 // d)
        begin = start(x, DIMENSIONS_K, "full")
        of_d, words = two_sides(f"D = {d}", x, begin, iterations, iterations)
        sides |= of_d
        holds.append(f"D = {d}: {words}")
    names = list(sides)
    yield Comparison(
        title=f"EM, full covariances, D from {DIMENSIONS[0]} to {d}, N = {DIMENSIONS_N:,}, "
        f"K = {DIMENSIONS_K}, float64",
        unit="EM iteration",
        sides=sides,
        pairs=[],
        check=lambda _: "",
        limits=list(zip(names[::2], names[1::2], strict=True)),
        holds="; ".join(holds),
        growth=[(names[0], name) for name in names[2::2]],
    )


def two_sides(name, x, begin, iterations, units):
    """The fit and its products, as sides by name; and the products in words."""
    run, words = limits.em(x, begin, iterations)
    ours = partial(fit, GaussianMixture, x, begin)
    sides = {
        name: Side(partial(ours, iterations), units, setup=partial(ours, 0)),
        f"products, {name}": Side(run, units),
    }
    return sides, words


def memory(least, most):
    """The peak memory of fits to so many points, in processes of their own, in words."""
    small, large = (
        int(subprocess.check_output([sys.executable, "-m", __name__, str(n)], text=True))
        for n in (least, most)
    )
    each = (large - small) / (most - least)
    return (
        f"peak memory {large / 1e6:,.0f} MB at N = {most:,}, {small / 1e6:,.0f} MB at {least:,}: "
        f"{each:,.0f} bytes a point, of which its {POINTS_D} numbers are {8 * POINTS_D}"
    )


if __name__ == "__main__":
    import resource

    data = blobs(int(sys.argv[1]), POINTS_K, POINTS_D, SPREAD_OVERLAPPING)
    fit(GaussianMixture, data, start(data[: POINTS[0]], POINTS_K, "full"), 2)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(peak * (1 if sys.platform == "darwin" else 1024))
