"""Lesson 05: the KL by hand, the bound from its two terms, and who is to blame for its gap."""

import math

import numpy as np
import torch

from vaelib.teaching.exercises.exercise import Choice, Mistake, Number
from vaelib.teaching.exercises.function import Function


def signed(rng, *shape, negative=(0.3, 0.7)):
    """Numbers of both signs in each row, none near 0 or ±1, with a mean above 0."""
    positive = np.arange(shape[-1]) % 2 == 0
    numbers = np.where(positive, rng.uniform(1.1, 1.7, shape), -rng.uniform(*negative, shape))
    return torch.from_numpy(rng.permuted(numbers, axis=-1))


def codes(rng):
    """m and log v (n, d), one of them small, for which a gradient is asked."""
    n, d = rng.integers(5, 9), rng.integers(2, 5)
    m, logvar = (signed(rng, n, d, negative=(0.5, 0.8)) for _ in range(2))
    logvar[0, logvar[0].argmin()] = -rng.uniform(1.9, 2.4)
    return m.requires_grad_(), logvar.requires_grad_()


def codes_with_noise(rng):
    """The same, and noise ε (s, n, d)."""
    m, logvar = codes(rng)
    return m, logvar, torch.from_numpy(rng.normal(size=(rng.integers(9, 13), *m.shape)))


def linear_models(rng):
    """x (n, D), A (D, d), σ_x, and m, log v, ε as above: the mean of p(x|z) is A z."""
    m, logvar, eps = codes_with_noise(rng)
    D = int(rng.integers(13, 17))
    A, sigma_x = torch.from_numpy(0.3 * rng.normal(size=(D, m.shape[1]))), rng.uniform(0.7, 0.79)
    x = m.detach() @ A.T + sigma_x * torch.from_numpy(rng.normal(size=(len(m), D)))
    return x, A.requires_grad_(), torch.tensor(sigma_x).double(), m, logvar, eps


def kl(mu, logvar):
    """KL(N(m, v) ‖ N(0, I)) of m and log v (n, d), (n,)."""
    variance = logvar.exp()
    return 0.5 * (mu**2 + variance - 1 - logvar).sum(-1)


def kl_by_entropy(mu, logvar):
    """The same as what the prior asks for less the entropy of q."""
    cross_entropy = 0.5 * (math.log(2 * math.pi) + mu**2 + logvar.exp()).sum(-1)
    entropy = 0.5 * (math.log(2 * math.pi) + 1 + logvar).sum(-1)
    return cross_entropy - entropy


def log_densities(x, A, sigma_x, m, logvar, eps):
    """log p(x|z) of s draws for each of n examples, (s, n)."""
    z = m + (logvar / 2).exp() * eps  # (s, n, d)
    squares = ((x - z @ A.T) / sigma_x) ** 2  # (s, n, D)
    return -0.5 * (squares + (2 * math.pi * sigma_x**2).log()).sum(-1)


def two_terms(x, A, sigma_x, m, logvar, eps):
    """The bound from s draws for each of n examples: reconstruction less KL, (n,)."""
    return log_densities(x, A, sigma_x, m, logvar, eps).mean(0) - kl(m, logvar)


def four_terms(x, A, sigma_x, m, logvar, eps):
    """The same with the densities' normalisation, the prior and the entropy of q as terms."""
    z = m + (logvar / 2).exp() * eps
    errors = ((x - z @ A.T) ** 2).sum(-1) / (2 * sigma_x**2)
    normalisation = x.shape[-1] * (sigma_x.log() + 0.5 * math.log(2 * math.pi))
    log_prior = -0.5 * (math.log(2 * math.pi) + m**2 + logvar.exp()).sum(-1)
    entropy = 0.5 * (math.log(2 * math.pi) + 1 + logvar).sum(-1)
    return log_prior + entropy - errors.mean(0) - normalisation


def log_ratio(m, logvar, eps):
    """log q(z) − log p(z) at s draws for each of n examples, (s, n)."""
    std = (logvar / 2).exp()
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)


def as_given(m, logvar, eps):
    """The snippet of 5c."""
    std = logvar.exp()
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)


def price(factor=2.0, dims=20):
    """KL of Gaussians with equal means, the first `factor` times as wide, in `dims` dimensions."""
    variance = factor**2
    return 0.5 * dims * (variance - 1 - math.log(variance))


EXERCISES = [
    Function(
        number="5a",
        title="The KL by hand",
        role="derive",
        minutes=15,
        reference=kl,
        forms=(kl_by_entropy,),
        see={"": ("(5.6)", "Get the KL in closed form")},
        inputs=codes,
        gradient=(0, 1),
        wanted="one KL for each example, (n,)",
        shows="It is exact: this term of the bound needs no draw, and adds no noise to a gradient.",
        mistakes={
            "logvar as log std": Mistake(
                lambda mu, logvar: 0.5 * (mu**2 + torch.exp(2 * logvar) - 1 - 2 * logvar).sum(-1),
                "You took logvar for the logarithm of a standard deviation.",
            ),
            "the other way round": Mistake(
                lambda mu, logvar: 0.5 * ((1 + mu**2) * torch.exp(-logvar) - 1 + logvar).sum(-1),
                "This is KL(p ‖ q), an average over the prior. Which of the two is averaged over?",
            ),
            "½ lost": Mistake(
                "The factor ½ is missing.",
                "Both log-densities have one common factor in front. It got lost on the way.",
            ),
        },
    ),
    Function(
        number="5b",
        title="The bound from its two terms",
        role="code",
        minutes=15,
        reference=two_terms,
        forms=(four_terms,),
        see={"": ("(5.5)", "Sort it into two terms with a meaning")},
        inputs=linear_models,
        gradient=(1, 3, 4),
        wanted="L for each example, (n,)",
        shows="Sums over dimensions, a mean over draws, no constant lost: a bound on log p(x).",
        mistakes={
            "noise forgotten": Mistake(
                "In z: The value with logvar has no effect in yours.",
                "You decode the mean of q. The first term is an average over q's draws.",
            ),
            "squared error alone": Mistake(
                lambda x, A, sigma_x, m, logvar, eps: (
                    -((x - (m + (logvar / 2).exp() * eps) @ A.T) ** 2).sum(-1).mean(0)
                    - kl(m, logvar)
                ),
                "The squared error alone is no log-density: what does a Gaussian divide by?",
            ),
            "logarithm of the mean": Mistake(
                lambda x, A, sigma_x, m, logvar, eps: (
                    log_densities(x, A, sigma_x, m, logvar, eps).logsumexp(0)
                    - math.log(len(eps))
                    - kl(m, logvar)
                ),
                "You average densities before the logarithm. In (5.5) q averages logarithms.",
            ),
            "KL from draws": Mistake(
                lambda x, A, sigma_x, m, logvar, eps: (
                    log_densities(x, A, sigma_x, m, logvar, eps) - log_ratio(m, logvar, eps)
                ).mean(0),
                "That is right on average, and noisy. Its last two parts have a closed form.",
            ),
        },
    ),
    Function(
        number="5c",
        title="A draw and its density",
        role="bug",
        minutes=5,
        reference=log_ratio,
        see={"": ("(5.6)", "Get the KL in closed form")},
        inputs=codes_with_noise,
        gradient=(0, 1),
        wanted="one value for each draw and example, (s, n)",
        shows="Its average over draws is the KL by hand: two roads to one number, a test for both.",
        mistakes={
            "only the draw": Mistake(
                "In the log q: The std enters twice.",
                "The draw is right. The density divides z − m by something else.",
            ),
            "only the density": Mistake(
                "In z: The std enters twice.",
                "The density is right, but z does not come from it: look at how it is drawn.",
            ),
            "as given": Mistake(
                as_given, "Average it over many draws: that is not the KL by hand."
            ),
        },
    ),
    Number(
        number="5d",
        title="The price of a wide guess",
        minutes=5,
        essential=False,
        reference=lambda: price(),
        see={"": ("(5.6)", "Get the KL in closed form")},
        within=0.1,
        shows="Small errors in each dimension add up: the gap grows in proportion to d.",
        mistakes={
            "one dimension": Mistake(price(dims=1), "That is one dimension. What of the others?"),
            "the other way round": Mistake(
                price(0.5), "That is the price of a q half as wide: KL(p ‖ q) for KL(q ‖ p)."
            ),
            "variance doubled": Mistake(
                price(2**0.5),
                "You doubled the variance. It is the standard deviation that doubles.",
            ),
            "entropy alone": Mistake(
                20 * math.log(2),
                "You counted the entropy of q. Where q is wide, log p(x, z) falls as well.",
            ),
        },
    ),
    Choice(
        number="5e",
        title="Who is to blame",
        minutes=3,
        right="b",
        shows="Tuning each point measured the network's share; what is left is the Gaussian's.",
        mistakes={
            "a": "Tempting, for networks can always be larger. But the best encoder there can be "
            "gives each point its own best m and v, and that was just tried.",
            "c": "More draws estimate the same average with less noise. They do not raise it: "
            "L is defined by the average, and the gap stays.",
            "d": "Two KLs are mixed up. The one to the prior stands inside L. The gap is the one "
            "to the posterior, and zero is possible.",
        },
    ),
]
