"""What `InfiniteMixture.log_prob` needs beside its equation: sums block by block, and a warning.

For n draws with weights w_s the standard error of log (Σ w_s / n) is, by the delta method, that of
the mean of w_s divided by the mean.
"""

import math
import warnings

import torch


def log_sum(terms, n_samples, return_se):
    """Return log Σ_j exp(term_j) from blocks (j, n), and the standard error of that logarithm."""
    log_p = log_squares = None  # log Σ w and log Σ w² so far
    for term in terms:  # no tensor of a block is kept alive: the allocator could not reuse it
        first, second = term.logsumexp(0), (2 * term.detach()).logsumexp(0)
        log_p = first if log_p is None else torch.logaddexp(log_p, first)
        log_squares = second if log_squares is None else torch.logaddexp(log_squares, second)
    if not return_se:
        return log_p
    if n_samples == 1:  # one draw does not tell how much draws differ
        return log_p, torch.full_like(log_p.detach(), math.nan)
    second_moment = n_samples * torch.exp(log_squares - 2 * log_p.detach())
    return log_p, ((second_moment - 1).clamp(min=0) / (n_samples - 1)).sqrt()


def warn_at_the_edge(model, x, grid, log_px):
    """Warn where nine tenths of p(x) come from the outermost nodes: the rest lies outside."""
    z, log_w = grid.nodes(model.prior)
    last = grid.outermost(model.prior)
    if not last.any():
        return
    at_edge = (log_w[last, None] + model.log_likelihood(x, z[last])).logsumexp(0)
    n = int((at_edge > log_px + math.log(0.9)).sum())
    if n:
        low, high = z.amin(0).tolist(), z.amax(0).tolist()
        warnings.warn(
            f"x: the posterior of {n} of {len(x)} rows lies at the end of the grid, which has z "
            f"from {low} to {high}: their log p(x) is too low. Wider bounds help.",
            stacklevel=3,
        )
