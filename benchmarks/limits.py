"""What a row cannot avoid: its matrix products at their own sizes, and where it says so a pass.

A limit is timed as one more side of its row, in the same process and in turn. It computes nothing
of use. Its products are PyTorch's. Its traffic is a copy, which can be slower than a pass that
writes where it has read, as AdamW's does: then the limit is a little too kind.
"""

from functools import partial

import numpy as np
import torch

from vaelib.engine.choice import step_on
from vaelib.engine.components import Components
from vaelib.engine.products import CHUNK_ROWS, Products
from vaelib.engine.screening import CUT, PAIRS, Screen
from vaelib.mixture import Mixture, climb, in_blocks

ADAMW_MOVES = 7  # it reads p, g, m and v, and writes p, m and v


def together(*runs):
    """A function that does all of these, one after the other."""
    return lambda: [run() for run in runs]


def repeated(run, times):
    """A function that does this so many times."""
    return lambda: [run() for _ in range(times)]


def products(pairs):
    """A function that takes each product a @ b, into memory that it has already."""
    ready = [(a, b, a.new_empty(len(a), b.shape[1])) for a, b in pairs]
    return lambda: [torch.mm(a, b, out=out) for a, b, out in ready]


def layer(batch, n_in, n_out, below=True, dtype=torch.float32):
    """The products of a linear layer: forward, weight gradient and, with layers below, input's."""
    x, up = (torch.rand(batch, n, dtype=dtype) for n in (n_in, n_out))
    weight = torch.rand(n_out, n_in, dtype=dtype)
    return [(x, weight.T), (up.T, x)] + [(up, weight)] * below


def traffic(n_bytes):
    """A function that moves so many bytes of memory: a copy reads one half and writes the other."""
    source = torch.ones(n_bytes // 8)
    return partial(torch.empty_like(source).copy_, source)


def adamw(sizes):
    """The memory traffic of a step of AdamW on linear layers of these (n_in, n_out)."""
    return traffic(ADAMW_MOVES * 4 * sum((n_in + 1) * n_out for n_in, n_out in sizes))


def em(rows, begin, iterations, reg_covar=1e-6):
    """(A function that takes the products of a fit's EM steps, what they are in words).

    Parameters
    ----------
    rows : array (n, D), float64 or float32
    begin : dict
        The arguments of the `GaussianMixture` that is fitted.
    iterations : int
    reg_covar : float
    """
    centre = np.median(rows.astype(float), axis=0)
    x, precisions = torch.from_numpy(rows - centre), torch.from_numpy(begin["precisions_init"])
    covariances = torch.linalg.inv(precisions) if precisions.ndim == 3 else 1 / precisions
    means = torch.from_numpy(begin["means_init"] - centre)
    mixture = Mixture(torch.from_numpy(begin["weights_init"]), means, covariances)
    dtype = torch.from_numpy(rows[:1]).dtype
    step = step_on(x, len(means), begin["covariance_type"], reg_covar, dtype)
    screen = getattr(step, "__self__", None)
    if not isinstance(screen, Screen):
        run, words = _unscreened(step, x, mixture)
        return repeated(run, iterations), words
    kept = pairs_kept(screen, mixture, iterations)
    dense, runs, words = iterations - len(kept), [], []
    if dense:
        run, said = _unscreened(screen.dense_step, x, mixture)
        runs, words = [repeated(run, dense)], [f"{said} in {dense} of {iterations} steps"]
    if kept:
        runs.append(_screened(screen, mixture, kept))
        pairs = len(kept) * len(x) * len(means)
        shares = [100 * sum(map(sum, counts)) / pairs for counts in zip(*kept, strict=True)]
        words.append(
            "bounds of all pairs in float32, and D × D products of the pairs kept, "
            f"{shares[0]:.3g} % in the E-step, {shares[1]:.3g} % in the M-step"
        )
    return together(*runs), "; ".join(words)


def pairs_kept(screen, mixture, iterations):
    """For each screened step, how many points each component has in the E- and in the M-step."""
    kept, solve = [], screen.unchecked_m_step

    def counted(rows, resp):
        least = np.exp(-CUT[screen.dtype])
        kept.append(([len(some) for some in rows], [int((r > least).sum()) for r in resp]))
        return solve(rows, resp)

    screen.unchecked_m_step = counted
    climb(screen.em_step, mixture, 0, iterations)
    del screen.unchecked_m_step  # the class's own again
    return kept


def _unscreened(step, x, mixture):
    """Of one step, in the form that it takes: T η and Tᵀ R, or K products D × D."""
    engine = getattr(step, "__self__", None)
    if isinstance(engine, Products):
        return _dense(engine, mixture), "T η and Tᵀ R"
    blocks = [torch.rand(*mixture.means.shape, len(rows)).double()
              for (rows,) in in_blocks(mixture.means, x)]  # (K, D, rows)  # fmt: skip
    return lambda: [(mixture.covariances @ y, y @ y.mT) for y in blocks], "L⁻¹ y and (r y) yᵀ"


def _dense(engine, mixture):
    """T η and Tᵀ R, chunk by chunk; where T is not kept, of one chunk all over again."""
    eta = Components(*mixture).natural.to(engine.dtype)
    resp = engine.room_for_responsibilities(eta.shape[1])
    moments = torch.zeros_like(eta)
    blocks = engine.stored.split(engine.chunk) if engine.store else None
    chunk = None if engine.store else engine.statistics(slice(0, engine.chunk))

    def run():
        for i, some in enumerate(resp.split(engine.chunk)):
            t = blocks[i] if engine.store else chunk[: len(some)]
            torch.mm(t, eta, out=some)
            moments.addmm_(t.T, some)

    return run


def _screened(screen, mixture, kept):
    """A function for all steps: the bounds in float32, and D × D products for the pairs kept."""
    eta = screen.bound_parameters(Components(*mixture))
    size = max(1, PAIRS // len(eta))
    bound = torch.empty(len(eta), min(size, len(screen.t)))
    square = torch.rand(screen.x.shape[1], screen.x.shape[1], dtype=screen.dtype)
    y = torch.empty(CHUNK_ROWS, len(square), dtype=screen.dtype)
    out = torch.empty_like(square)

    def run():
        for in_e_step, in_m_step in kept:
            for t in screen.t.split(size):
                torch.mm(eta, t.T, out=bound[:, : len(t)])
            for rows in _chunks(screen.x, in_e_step):
                torch.mm(rows, square, out=y[: len(rows)])
            for rows in _chunks(screen.x, in_m_step):
                torch.mm(rows.T, rows, out=out)

    return run


def _chunks(x, counts):
    return [rows for n in counts if n for rows in x[:n].split(CHUNK_ROWS)]
