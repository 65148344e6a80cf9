"""Where a sum over z takes its points: p(x) ≈ Σ_j w_j p(x|z_j).

| rule | nodes z_j | weights w_j |
|---|---|---|
| `Grid` | middles of equal cells (midpoint rule) | p(z_j) times the cell, summing to 1 |
| `GaussHermite` | roots of a Hermite polynomial | Gauss's; the prior must be Normal |
| `MonteCarlo` | S draws from p(z) | 1 / S |
| `Importance` | S draws from a proposal q(z|x) | p(z_s) / (S q(z_s|x)) |

A rule is a value: give it to any model. (One with a generator draws other points at its next use.)
One whose nodes are the same for every x has `nodes(prior)`, which gives z (J, d) and log w (J,); a
rule of one's own is a `Rule` with such a method. One whose nodes look at x has `blocks(prior, x)`
instead, which yields z (j, n, d) and log w (j, n) block by block.

Sources: Bishop, *Pattern Recognition and Machine Learning* (2006), §11.1.4 and §12.2; Burda et al.,
*Importance Weighted Autoencoders* (2016), eq. 8.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from numbers import Integral

import torch
from jaxtyping import Float
from scipy.special import roots_hermitenorm
from torch import Tensor

from vaelib import checks
from vaelib.distributions import (
    as_vector,
    bounds_of,
    is_normal,
    is_over_vectors,
    like_of,
    log_density,
    shape_of,
    support_of,
)
from vaelib.drawing import draw

MAX_NODES = 2_000_000
BLOCK = 2**20  # numbers held at once when a sum over nodes goes block by block


class Rule:
    """Where a sum over z takes its points: a subclass gives `nodes(prior)`, or its own `blocks`."""

    n_samples = None  # S where the nodes are drawn: then the sum has a standard error
    looks_at_x = False  # whether each x has nodes of its own

    def blocks(self, prior, x):
        """Yield z (J, 1, d) and log w (J, 1), for the rows of x (n, D)."""
        z, log_w = self.nodes(prior)
        yield z[:, None], log_w[:, None]


@dataclass(frozen=True)
class Grid(Rule):
    """The midpoint rule: n_points equal cells in each dimension of z.

    Parameters
    ----------
    n_points : int
        Cells in each dimension.
    bounds : (low, high), optional
        Numbers or tensors (d,). By default the prior's support, or its mean ± 6 standard deviations
        where that is endless.

    Raises
    ------
    ValueError
        For a bad count or bounds, or, once the prior is known, too large a grid.
    """

    n_points: Integral = 200
    bounds: Iterable | None = None

    def __post_init__(self):
        checks.whole("n_points", self.n_points)

    def nodes(self, prior) -> tuple[Float[Tensor, "J d"], Float[Tensor, " J"]]:
        """Return the middles of the cells, z (J, d), and log w (J,), whose weights sum to 1."""
        prior = as_vector(prior)
        refuse_many(self.n_points, prior)
        low, high = (
            support_of(prior) if self.bounds is None else bounds_of(self.bounds, like_of(prior))
        )
        steps = torch.arange(self.n_points, dtype=low.dtype, device=low.device)
        middles = product((steps + 0.5) / self.n_points, len(low))  # in the unit cube
        z = low + (high - low) * middles
        log_w = log_density(prior, z)
        if not log_w.isfinite().any():
            raise ValueError(
                f"bounds: got {self.bounds}, but p(z) is 0 at every one of the {len(z)} nodes"
            )
        return z, log_w - log_w.logsumexp(0)


@dataclass(frozen=True)
class GaussHermite(Rule):
    """Gauss's rule for a Normal prior.

    Parameters
    ----------
    n_points : int
        Nodes in each dimension.

    Raises
    ------
    ValueError
        For a bad count, or, once the prior is known, one that is not Normal or too many nodes.
    """

    n_points: Integral = 20

    def __post_init__(self):
        checks.whole("n_points", self.n_points)

    def nodes(self, prior) -> tuple[Float[Tensor, "J d"], Float[Tensor, " J"]]:
        """Return the roots, scaled to the prior, z (J, d), and log w (J,)."""
        prior = as_vector(prior)
        if not is_normal(prior):
            raise ValueError(f"prior: got {prior}, wanted a Normal for GaussHermite")
        refuse_many(self.n_points, prior)
        roots, weights = (torch.as_tensor(a) for a in roots_hermitenorm(self.n_points))
        d = prior.event_shape[0]
        z = prior.mean + prior.stddev * product(roots, d).to(prior.mean)
        return z, product((weights / weights.sum()).log(), d).sum(-1).to(z)


@dataclass(frozen=True)
class MonteCarlo(Rule):
    """Plain averages over draws from the prior, the same for every x.

    Parameters
    ----------
    n_samples : int
        S.
    generator : torch.Generator, optional
        Of the draws.

    Raises
    ------
    ValueError
        Unless n_samples is a whole number ≥ 1.
    """

    n_samples: Integral = 1000
    generator: torch.Generator | None = None

    def __post_init__(self):
        checks.whole("n_samples", self.n_samples)

    def nodes(self, prior) -> tuple[Float[Tensor, "J d"], Float[Tensor, " J"]]:
        """Return draws from the prior, z (S, d), and log w = −log S, (S,)."""
        z = draw(as_vector(prior), (self.n_samples,), self.generator)
        return z, z.new_full((self.n_samples,), -math.log(self.n_samples))


@dataclass(frozen=True)
class Importance(Rule):
    """Importance sampling: n_samples draws for each x from a proposal that looks at it.

    Parameters
    ----------
    q : callable
        Takes x (n, D) to a torch distribution q(z|x) with batch (n,) and event shape (d,).
    n_samples : int
        Draws for each row of x.
    generator : torch.Generator, optional
        Of the draws.

    Raises
    ------
    TypeError
        Unless q can be called.
    ValueError
        Unless n_samples is a whole number ≥ 1 and q gives such a distribution.
    """

    q: Callable = field(repr=False)
    n_samples: Integral = 1000
    generator: torch.Generator | None = None
    looks_at_x = True

    def __post_init__(self):
        if not callable(self.q):
            raise TypeError(f"q: got {self.q!r}, wanted a function from x to q(z|x)")
        checks.whole("n_samples", self.n_samples)

    def blocks(self, prior, x):
        """Yield z (s, n, d) from q(z|x), and log w (s, n) = log p(z) − log q(z|x) − log S."""
        q = self.q(x)
        if not is_over_vectors(q, len(x)) or q.event_shape != prior.event_shape:
            wanted = f"batch shape ({len(x)},) and event shape {tuple(prior.event_shape)}"
            raise ValueError(f"q: gives {shape_of(q)}, wanted a torch Distribution with {wanted}")
        step = max(1, BLOCK // x.numel())
        for start in range(0, self.n_samples, step):
            z = draw(q, (min(step, self.n_samples - start),), self.generator)
            yield z, log_density(prior, z) - q.log_prob(z) - math.log(self.n_samples)


def product(values, d):
    """Return every combination of d of the values, (m,) → (m^d, d)."""
    return torch.cartesian_prod(*[values] * d).reshape(-1, d)


def refuse_many(n_points, prior):
    """Raise ValueError where n_points in each dimension are more nodes than a sum can take."""
    d = prior.event_shape[0]
    if n_points**d > MAX_NODES:
        raise ValueError(
            f"n_points: got {n_points}, so {n_points}^{d} = {n_points**d:,} nodes in {d} "
            f"dimensions, wanted at most {MAX_NODES:,} (Importance needs fewer)"
        )
