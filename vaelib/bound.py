"""The evidence lower bound, in nats per example.

log p(x) ≥ L = E_q(z|x)[ log p(x|z) ] − KL( q(z|x) ‖ p(z) )

The gap is KL(q(z|x) ‖ p(z|x)). With k samples the average is taken inside the logarithm, and the
bound rises with k towards log p(x):

L_k = E[ log (1/k) Σ_s p(x, z_s) / q(z_s|x) ],   L_1 = L ≤ L_2 ≤ … ≤ log p(x)

Every function takes a model with `prior`, `decode(z)` and `encode(x)`. Sources: Kingma & Welling,
*Auto-Encoding Variational Bayes* (2014), eqs. 3 and 7; Burda et al., *Importance Weighted
Autoencoders* (2016), eq. 8 and theorem 1; Roeder et al., *Sticking the Landing* (2017), §3;
Tucker et al., *Doubly Reparameterized Gradient Estimators* (2019), there IWAE-DReG.
"""

import math

import torch

from vaelib import checks
from vaelib.distributions import base_of, is_normal, log_density, moved
from vaelib.drawing import draw
from vaelib.gaussians import kl_diag
from vaelib.infinite import InfiniteMixture


def reconstruction(model, x, z):
    """E_q log p(x|z), estimated from z (s, n, d) drawn from q(z|x): x (n, D) → (n,), nats."""
    return model.decode(z).log_prob(x).mean(0)


def kl(q, prior, z=None):
    """KL(q(z|x) ‖ p(z)), (n,), nats ≥ 0: exact for two diagonal Normals when z is None.

    With z (s, n, d) drawn from q it is the average of log q(z|x) − log p(z), which is unbiased
    but can be negative; it is ∞ when one of them lies outside the prior's support. Raises TypeError
    when the exact form is asked of other distributions.
    """
    if z is not None:
        return (q.log_prob(z) - log_density(prior, z)).mean(0)
    if not (is_normal(q) and is_normal(prior)):
        raise TypeError(
            f"kl: got q {q} and prior {prior}; the exact form wants Normals, use 'sampled'"
        )
    q, prior = base_of(q), base_of(prior)
    return kl_diag(q.loc, 2 * q.scale.log(), prior.loc, 2 * prior.scale.log())


def elbo(model, x, *, n_samples=1, beta=1.0, kl_form="analytic", score=True, generator=None):
    """The bound and its two terms: x (n, D) → {"elbo", "reconstruction", "kl"}, each (n,), nats.

    n_samples : draws of z for each x
    kl_form : "analytic" (Normal q and prior) or "sampled" (any)
    score : False leaves ∂ log q_φ(z|x) / ∂φ at fixed z out of the gradient of a sampled KL. Its
        mean is 0; without it the gradient has no noise where q is the posterior (Roeder et al.)
    beta : factor on the KL. Unless it is 1, a first entry "objective" = reconstruction − β KL
        is added; "elbo" is the bound itself at any β.

    Raises ValueError for bad data or arguments, TypeError where no analytic KL is known.
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
    held = q if score else moved(q, torch.Tensor.detach)
    divergence = kl(held, model.prior, None if kl_form == "analytic" else z)
    terms = {"elbo": log_px_z - divergence, "reconstruction": log_px_z, "kl": divergence}
    return terms if beta == 1 else {"objective": log_px_z - beta * divergence, **terms}


def importance_weighted_bound(model, x, k, *, generator=None, return_se=False):
    """One draw of L_k for each row of x, (n, D) → (n,), nats; differentiable, k samples in blocks.

    With return_se, also its standard error as an estimate of log p(x). Raises ValueError for bad
    data or k < 1.
    """
    return InfiniteMixture.log_prob(
        model,
        x,
        method="importance",
        n_samples=checks.whole("k", k),
        proposal=model.encode,
        generator=generator,
        return_se=return_se,
    )


def importance_weighted(model, x, k, *, generator=None):
    """L_k as an objective: x (n, D) → {"bound", "elbo"}, each (n,), nats, from the same k draws.

    The gradient is the doubly reparameterised one (Tucker et al.): the same in the mean as that of
    `importance_weighted_bound`, but its signal to the encoder does not fade as k grows. With
    w̃_s = w_s / Σ w the decoder and the prior get Σ_s w̃_s ∂log w_s, the encoder, by z_s alone,
    Σ_s w̃_s² (∂log w_s / ∂z_s) (∂z_s / ∂φ). Raises ValueError for bad data or k < 1.
    """
    x = model.check(x)
    q = model.encode(x)
    z = draw(q, (checks.whole("k", k),), generator)  # (k, n, d)
    held = moved(q, torch.Tensor.detach)
    log_w = log_density(model.prior, z) + model.decode(z).log_prob(x) - held.log_prob(z)
    w = log_w.detach().softmax(0)  # (k, n)
    if z.requires_grad:
        z.register_hook(lambda gradient: w[..., None] * gradient)  # w² in all for the encoder
    surrogate = (w * log_w).sum(0)
    bound = log_w.detach().logsumexp(0) - math.log(k)
    return {"bound": bound + surrogate - surrogate.detach(), "elbo": log_w.detach().mean(0)}
