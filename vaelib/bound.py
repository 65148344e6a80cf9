"""The evidence lower bound, in nats per example.

log p(x) ≥ L = E_q(z|x)[ log p(x|z) ] − KL( q(z|x) ‖ p(z) )

The gap is KL(q(z|x) ‖ p(z|x)). With k samples the average is taken inside the logarithm, and the
bound rises with k towards log p(x):

L_k = E[ log (1/k) Σ_s p(x, z_s) / q(z_s|x) ],   L_1 = L ≤ L_2 ≤ … ≤ log p(x)

One draw of L_k is `model.log_prob(x, model.importance(k))`. Every function takes a `VAE`, or
another `InfiniteMixture` with `encode(x)`. An objective, as `vaelib.training.fit` wants it, returns
(what is raised, what is reported).

Sources: Kingma & Welling, *Auto-Encoding Variational Bayes* (2014), eqs. 3 and 7; Burda et al.,
*Importance Weighted Autoencoders* (2016), eq. 8 and theorem 1; Roeder et al., *Sticking the
Landing* (2017), §3; Tucker et al., *Doubly Reparameterized Gradient Estimators* (2019), there
IWAE-DReG.
"""

import math

from jaxtyping import Float
from torch import Tensor

from vaelib import checks
from vaelib.distributions import base_of, detached, is_normal, log_density
from vaelib.drawing import draw
from vaelib.gaussians import kl_diag


def reconstruction(
    model, x: Float[Tensor, "n D"], z: Float[Tensor, "s n d"]
) -> Float[Tensor, " n"]:
    """Return E_q log p(x|z), estimated from z (s, n, d) drawn from q(z|x): (n,), nats."""
    return model.decode(z).log_prob(x).mean(0)


def kl(q, prior, z=None) -> Float[Tensor, " n"]:
    """Return KL(q(z|x) ‖ p(z)), (n,), nats.

    Parameters
    ----------
    q : torch Distribution
        Over z, with batch shape (n,).
    prior : torch Distribution
        Over z.
    z : Tensor, (s, n, d), optional
        Drawn from q. Without it the KL is exact and ≥ 0, for two diagonal Normals. With it, it is
        the average of log q(z|x) − log p(z), which is unbiased but can be negative; it is ∞ when
        one of the z lies outside the prior's support.

    Raises
    ------
    TypeError
        When the exact form is asked of other distributions.
    """
    if z is not None:
        return (q.log_prob(z) - log_density(prior, z)).mean(0)
    if not (is_normal(q) and is_normal(prior)):
        raise TypeError(
            f"kl: got q {q} and prior {prior}; the exact form wants two Normals; "
            "give z drawn from q, or kl_form='sampled' to elbo"
        )
    q, prior = base_of(q), base_of(prior)
    return kl_diag(q.loc, 2 * q.scale.log(), prior.loc, 2 * prior.scale.log())


def elbo(
    model, x, *, n_samples=1, beta=1.0, kl_form="analytic", score=True, generator=None
) -> tuple[Float[Tensor, " n"], dict]:
    """Return the bound for each row of x, as an objective: (raised, reported).

    Parameters
    ----------
    model : VAE
    x : Tensor or array, (n, D)
    n_samples : int
        Draws of z for each x.
    beta : float
        Factor on the KL in what is raised.
    kl_form : str
        "analytic" (Normal q and prior) or "sampled" (any).
    score : bool
        False leaves ∂ log q_φ(z|x) / ∂φ at fixed z out of the gradient of a sampled KL ("sticking
        the landing"). Its mean is 0; without it the gradient has no noise where q is the posterior
        (Roeder et al.).
    generator : torch.Generator, optional
        Of the draws.

    Returns
    -------
    raised : Tensor, (n,)
        Reconstruction − β KL, in nats; the bound L itself where β is 1.
    reported : dict
        "elbo", the bound L at any β; "reconstruction"; "kl": (n,) each, in nats.

    Raises
    ------
    ValueError
        For bad data or arguments.
    TypeError
        Where no analytic KL is known, or `generator` is no torch.Generator.
    """
    x = model.check(x)
    if kl_form not in ("analytic", "sampled"):
        raise ValueError(f"kl_form: got {kl_form!r}, wanted 'analytic' or 'sampled'")
    if not score and kl_form == "analytic":
        raise ValueError("score: got False, but an analytic KL has no score term; use 'sampled'")
    n_samples, beta = checks.whole("n_samples", n_samples), checks.number("beta", beta, zero=True)
    q = model.encode(x)
    z = draw(q, (n_samples,), generator)  # (s, n, d)
    log_px_z = reconstruction(model, x, z)
    held = q if score else detached(q, z)
    divergence = kl(held, model.prior, None if kl_form == "analytic" else z)
    reported = {"elbo": log_px_z - divergence, "reconstruction": log_px_z, "kl": divergence}
    return log_px_z - beta * divergence, reported


def importance_weighted(model, x, k, *, generator=None) -> tuple[Float[Tensor, " n"], dict]:
    """Return L_k for each row of x, as an objective: (raised, reported).

    The gradient is the doubly reparameterised one (Tucker et al.): the same in the mean as that of
    `model.log_prob(x, model.importance(k))`, but its signal to the encoder does not fade as k
    grows. With w̃_s = w_s / Σ w the decoder and the prior get Σ_s w̃_s ∂log w_s, the encoder, by
    z_s alone, Σ_s w̃_s² (∂log w_s / ∂z_s) (∂z_s / ∂φ).

    Parameters
    ----------
    model : VAE
    x : Tensor or array, (n, D)
    k : int
        Draws of z for each x.
    generator : torch.Generator, optional
        Of the draws.

    Returns
    -------
    raised : Tensor, (n,)
        One draw of L_k, in nats.
    reported : dict
        "bound", the same; "elbo", L from the same draws: (n,) each, in nats.

    Raises
    ------
    ValueError
        For bad data or k < 1.
    """
    x = model.check(x)
    q = model.encode(x)
    z = draw(q, (checks.whole("k", k),), generator)  # (k, n, d)
    log_q = detached(q, z).log_prob(z)
    log_w = log_density(model.prior, z) + model.decode(z).log_prob(x) - log_q
    w = log_w.detach().softmax(0)  # (k, n)
    surrogate = (w * log_w).sum(0)
    if z.requires_grad:  # the surrogate gives z one factor w̃, but the encoder is to get w̃²
        z.register_hook(lambda gradient: w[..., None] * gradient)
    bound = log_w.detach().logsumexp(0) - math.log(k)
    raised = bound + surrogate - surrogate.detach()
    return raised, {"bound": raised, "elbo": log_w.detach().mean(0)}
