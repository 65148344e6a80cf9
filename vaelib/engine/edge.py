"""A warning for an x whose posterior lies outside the grid that its log p(x) was read on."""

import math
import warnings

import torch


def warn_at_the_edge(model, x, grid, log_px):
    """Warn where nine tenths of p(x) come from the outermost nodes: the rest lies outside."""
    if grid.n_points < 50:  # on so few, a posterior between two nodes looks the same
        return
    z, log_w = grid.nodes(model.prior)
    last = outermost(z, grid.n_points, model.prior.support)
    if not last.any():
        return
    at_edge = (log_w[last, None] + model.log_likelihood(x, z[last])).logsumexp(0)
    n = int((at_edge > log_px + math.log(0.9)).sum())
    if n:
        ends = " to ".join(
            str([float(f"{end:.3g}") for end in f(0).tolist()]) for f in (z.amin, z.amax)
        )
        warnings.warn(
            f"x: the posterior of {n} of {len(x)} rows lies at the end of the grid, whose nodes go "
            f"from {ends}: their log p(x) is too low. Wider bounds help.",
            stacklevel=3,
        )


def outermost(z, n_points, support):
    """Tell which nodes z (J, d) lie next to an end beyond which p(z) goes on, (J,)."""
    low, high = z.amin(0), z.amax(0)
    step = (high - low) / (n_points - 1)
    below, above = support.check(torch.stack([low - step, high + step]))
    return (((z == low) & below) | ((z == high) & above)).any(1)
