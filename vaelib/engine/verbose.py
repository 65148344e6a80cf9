"""EM that prints how far it is, in scikit-learn's words."""

from time import perf_counter

from vaelib.mixture import climb


def climb_aloud(step, mixture, tol, max_iter, before, *, number, verbose, interval):
    """Do as `vaelib.mixture.climb`, and print the start's number, every `interval` steps, the end.

    With verbose = 2 also seconds, and nats.
    """
    began = last = perf_counter()
    count = 0

    def told(mixture):
        nonlocal before, count, last
        bound, mixture = step(mixture)
        count += 1
        if count % interval == 0:
            now = perf_counter()
            more = f"\t time lapse {now - last:.5f}s\t ll change {bound - before:.5f}"
            print(f"  Iteration {count}" + more * (verbose > 1))
            last = now
        before = bound
        return bound, mixture

    print(f"Initialization {number}")
    mixture, bounds, converged = climb(told, mixture, tol, max_iter, before)
    end = f"Initialization {'converged' if converged else 'did not converge'}."
    if verbose > 1 and bounds:
        end += f" time lapse {perf_counter() - began:.5f}s\t lower bound {bounds[-1]:.5f}."
    print(end)
    return mixture, bounds, converged
