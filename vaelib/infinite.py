"""The infinite mixture: choose z from the prior, let a decoder turn z into a density of x.

p(x) = ∫ p(z) p(x|z) dz  ≈  Σ_j w_j p(x|z_j)

This is `vaelib.mixture` with one thing changed: the sum over k has become an integral over z, and
a rule (`vaelib.rules`) says at which z_j it is read. With a `Grid` it is a mixture again.

Source: Bishop, *Pattern Recognition and Machine Learning* (2006), §12.2.
"""

import math

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.distributions import Bernoulli

from vaelib import checks
from vaelib.distributions import (
    as_vector,
    base_of,
    is_normal,
    is_over_vectors,
    like_of,
    log_density,
    shape_of,
)
from vaelib.drawing import draw, stream
from vaelib.engine.edge import warn_at_the_edge
from vaelib.mixture import Mixture
from vaelib.priors import Fixed
from vaelib.rules import BLOCK, Grid, Rule


class InfiniteMixture(nn.Module):
    """p(x) = ∫ p(z) p(x|z) dz.

    Parameters
    ----------
    decoder : callable or Module
        Takes z (..., d) to a torch distribution with batch (...) and event shape (D,).
    prior : torch Distribution or Module
        Over z (d,); it takes the decoder's dtype and device. A module gives one when called, and
        is trained with the decoder (`MixturePrior`).

    Raises
    ------
    TypeError, ValueError
        When either is something else, or the decoder gives no distribution over vectors.
    """

    rule = Grid()  # where the integral is read when nothing else is said

    def __init__(self, decoder, prior):
        super().__init__()
        if not callable(decoder):
            raise TypeError(f"decoder: got {type(decoder).__name__}, wanted a function or a module")
        self.decoder = decoder
        self.prior_module = prior if isinstance(prior, nn.Module) else Fixed(prior)
        as_vector(self.prior_module())  # an error now, not at the first use
        like = next(self.parameters(), None)
        if like is not None:
            self.prior_module.to(like.device, like.dtype)
        self.data_dim, self.binary = self._ask_decoder()

    @property
    def prior(self):
        """p(z), a torch distribution over vectors (d,)."""
        return as_vector(self.prior_module())

    def decode(self, z):
        """Return p(x|z): z (..., d) → distribution with batch (...) and event shape (D,).

        z is not checked, as the training loop comes here at every step.
        """
        return self.decoder(z)

    def log_likelihood(self, x, z: Float[Tensor, "J d"]) -> Float[Tensor, "J n"]:
        """Return log p(x_n|z_j) for every pair: x (n, D), z (J, d) → (J, n), nats."""
        parts = z.split(max(1, BLOCK // max(self._width(), x.numel())))
        return torch.cat([self.decode(part[:, None]).log_prob(x) for part in parts])

    def log_prob(
        self, x, rule=None, *, return_se=False
    ) -> Float[Tensor, " n"] | tuple[Float[Tensor, " n"], Float[Tensor, " n"]]:
        """Return log p(x) of each row, log Σ_j w_j p(x|z_j), differentiable.

        Parameters
        ----------
        x : Tensor or array, (n, D)
        rule : Rule, such as Grid, GaussHermite, MonteCarlo or Importance
            The model's own `rule` by default.
        return_se : bool
            Also return the standard error of log p(x) (delta method) under a rule that draws;
            NaN for a single draw.

        Returns
        -------
        Tensor, (n,)
            In nats. Where z is drawn the estimate is unbiased for p(x), hence too low on average
            for log p(x). The memory is that of one block only under `torch.no_grad()`.

        Raises
        ------
        ValueError
            For bad data, a rule that does not fit the prior, or an error asked of a fixed rule.
        TypeError
            If `rule` is no rule.

        Warns
        -----
        UserWarning
            When no gradient is recorded and the posterior of an x lies at the end of a `Grid`.
        """
        x, rule = self.check(x), self._rule(rule)
        if return_se and rule.n_samples is None:
            raise ValueError(f"return_se: got True, but {rule} draws nothing that could vary")
        terms = (log_w + log_px_z for _, log_w, log_px_z in self._terms(x, rule))
        found = _log_sum(terms, rule.n_samples, return_se)
        if isinstance(rule, Grid) and not found.requires_grad:
            warn_at_the_edge(self, x, rule, found)
        return found

    def posterior(self, x, rule=None) -> tuple[Float[Tensor, "J ... d"], Float[Tensor, "J n"]]:
        """Return the posterior at the rule's nodes.

        Parameters
        ----------
        x : Tensor or array, (n, D)
        rule : as in `log_prob`

        Returns
        -------
        z : Tensor, (J, d)
            The nodes; (J, n, d) under a rule that takes others for each x.
        log_posterior : Tensor, (J, n)
            log p(z_j|x_n), a density, in nats.
        """
        x, rule = self.check(x), self._rule(rule)
        z, log_w, log_px_z = map(torch.cat, zip(*self._terms(x, rule), strict=True))
        log_px = (log_w + log_px_z).logsumexp(0)
        log_posterior = log_px_z + log_density(self.prior, z) - log_px
        return z if rule.looks_at_x else z[:, 0], log_posterior

    def as_mixture(self, rule=None) -> Mixture:
        """Return the finite `Mixture` that a rule with fixed nodes is: weights w_j, at z_j.

        Raises
        ------
        TypeError
            When the decoder is not Gaussian, or the rule takes other nodes for each x.
        """
        rule = self._rule(rule)
        if rule.looks_at_x:
            raise TypeError(f"rule: got {rule}, wanted one whose nodes are the same for every x")
        z, log_w = rule.nodes(self.prior)
        with torch.no_grad():
            components = self.decode(z)
        if not is_normal(components):
            raise TypeError(f"decoder: gives {components}, wanted diagonal Normals")
        weights = log_w.exp().double()
        return Mixture(
            weights / weights.sum(), components.mean.double(), components.variance.double()
        )

    @torch.no_grad()
    def sample(self, n, generator=None, *, mean=False) -> Float[Tensor, "n D"]:
        """Draw n points, (n, D): z from the prior, then x from p(x|z), or its mean with mean=True.

        Raises
        ------
        ValueError
            When n is not a whole number ≥ 1.
        TypeError
            When `generator` is no torch.Generator.
        """
        n = checks.whole("n", n)
        x_given_z = self.decode(draw(self.prior, (n,), generator))
        return x_given_z.mean if mean else draw(x_given_z, (), generator)

    def check(self, x):
        """Return x as a tensor (n, D) of the model's dtype and device.

        Raises
        ------
        ValueError
            That says what is wrong with it.
        """
        like = next(self.parameters(), None)
        like = like_of(self.prior) if like is None else like
        x = checks.tensor("x", x).to(dtype=like.dtype, device=like.device)
        if x.ndim != 2 or not len(x) or x.shape[1] != self.data_dim:
            wanted = f"(n, {self.data_dim}) with n ≥ 1"
            raise ValueError(f"x: got shape {tuple(x.shape)}, wanted {wanted}")
        low, high = (float(bound) for bound in x.detach().aminmax())  # NaN goes through
        if not math.isfinite(low) or not math.isfinite(high):
            raise ValueError("x: got NaN or infinite values, wanted finite ones")
        if self.binary and (low < 0 or high > 1):
            came = checks.span(low, high, (0, 1))
            raise ValueError(f"x: got pixels {came}, wanted [0, 1] for a Bernoulli likelihood")
        return x

    @torch.no_grad()
    def _ask_decoder(self):
        """Return D and whether x is binary, as what the decoder makes of one z tells."""
        x_given_z = self.decode(draw(self.prior, (1,), stream()))
        if not is_over_vectors(x_given_z, 1):
            raise TypeError(
                f"decoder: gives {shape_of(x_given_z)} for z (1, d), wanted a torch "
                "Distribution with batch shape (1,) and event shape (D,)"
            )
        return x_given_z.event_shape[0], isinstance(base_of(x_given_z), Bernoulli)

    def _rule(self, rule):
        rule = self.rule if rule is None else rule
        if not isinstance(rule, Rule):
            raise TypeError(f"rule: got {rule!r}, wanted a rule such as Grid() (vaelib.rules)")
        return rule

    def _terms(self, x, rule):
        """Yield z (j, 1 or n, d), log w (j, 1 or n) and log p(x|z) (j, n), block by block."""
        for z, log_w in rule.blocks(self.prior, x):
            step = max(1, BLOCK // max(z.shape[1] * self._width(), x.numel()))
            for part, weights in zip(z.split(step), log_w.split(step), strict=True):
                yield part, weights, self.decode(part).log_prob(x)

    def _width(self):
        """Return the width of the widest layer: what one z may take while it is decoded."""
        return max((p.shape[0] for p in self.parameters() if p.ndim > 1), default=1)


def _log_sum(terms, n_samples, return_se):
    """Return log Σ_j exp(term_j) from blocks (j, n); with return_se also its standard error.

    By the delta method that is the standard error of the mean of the n_samples weighted terms,
    divided by their mean.
    """
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
