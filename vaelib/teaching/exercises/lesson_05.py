"""Lesson 05: the KL by hand, the bound from its two terms, and who is to blame for its gap."""

import math

import numpy as np
import torch

from vaelib.gaussians import kl_standard, log_normal_diag
from vaelib.teaching.exercises.exercise import Choice, Mistake, Number
from vaelib.teaching.exercises.function import Function


def signed(rng, *shape):
    """Numbers of both signs in each row, none near 0 or ±1, with a mean above 0."""
    positive = np.arange(shape[-1]) % 2 == 0
    numbers = np.where(positive, rng.uniform(1.1, 1.7, shape), -rng.uniform(0.3, 0.7, shape))
    return torch.from_numpy(rng.permuted(numbers, axis=-1))


def codes(rng):
    """m and log v (n, d), for which a gradient is asked."""
    n, d = rng.integers(5, 9), rng.integers(2, 5)
    return tuple(signed(rng, n, d).requires_grad_() for _ in range(2))


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


def parts(x, A, sigma_x, m, logvar, eps):
    """log p(x|z) of every draw (s, n), and the KL (n,)."""
    z = m + torch.exp(logvar / 2) * eps
    return log_normal_diag(x, z @ A.T, 2 * sigma_x.log()), kl_standard(m, logvar)


def kl_by_hand(mu, logvar):
    """KL(N(m, v) ‖ N(0, I)) of m and log v (n, d), (n,)."""
    variance = logvar.exp()
    return 0.5 * (mu**2 + variance - 1 - logvar).sum(-1)


def kl_by_std(mu, logvar):
    """The same in terms of the standard deviation."""
    std = (logvar / 2).exp()
    return (0.5 * (mu**2 + std**2 - 1) - std.log()).sum(-1)


def kl_by_entropy(mu, logvar):
    """The same as what the prior asks for less the entropy of q."""
    cross_entropy = 0.5 * (math.log(2 * math.pi) + mu**2 + logvar.exp()).sum(-1)
    entropy = 0.5 * (math.log(2 * math.pi) + 1 + logvar).sum(-1)
    return cross_entropy - entropy


def two_terms(x, A, sigma_x, m, logvar, eps):
    """The bound from s draws for each of n examples: reconstruction less KL, (n,)."""
    z = m + (logvar / 2).exp() * eps  # (s, n, d)
    squares = ((x - z @ A.T) / sigma_x) ** 2  # (s, n, D)
    log_densities = -0.5 * (squares + (2 * math.pi * sigma_x**2).log()).sum(-1)  # (s, n)
    kl = 0.5 * (m**2 + logvar.exp() - 1 - logvar).sum(-1)  # (n,)
    return log_densities.mean(0) - kl


def three_terms(x, A, sigma_x, m, logvar, eps):
    """The same with the densities' normalisation as a term of its own."""
    z = m + (logvar / 2).exp() * eps
    errors = ((x - z @ A.T) ** 2).sum(-1) / (2 * sigma_x**2)
    normalisation = x.shape[-1] * (sigma_x.log() + 0.5 * math.log(2 * math.pi))
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(-1)
    return -errors.mean(0) - normalisation - kl


def log_ratio(m, logvar, eps):
    """log q(z) − log p(z) at s draws for each of n examples, (s, n)."""
    std = (logvar / 2).exp()
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)


def log_ratio_by_variance(m, logvar, eps):
    """The same with a variance below the square."""
    variance = logvar.exp()
    z = m + variance.sqrt() * eps
    return 0.5 * (z**2 - (z - m) ** 2 / variance - logvar).sum(-1)


def ratio(m, logvar, eps, std, log_variance, scale=None):
    """The log-ratio of a z drawn with `std`, under a density with `log_variance` and `scale`."""
    z = m + std * eps
    log_q = -0.5 * (log_variance + ((z - m) / (std if scale is None else scale)) ** 2)
    return (log_q + 0.5 * z**2).sum(-1)


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
        reference=kl_by_hand,
        forms=(kl_by_std, kl_by_entropy),
        see={
            "": ("(5.6)", "Get the KL in closed form"),
            "the other way round": ("(5.5)", "Sort it into two terms with a meaning"),
            "other_summary": ("", "Sort it into two terms with a meaning"),
            "mean over dimensions": ("", "Sort it into two terms with a meaning"),
        },
        inputs=codes,
        gradient=(0, 1),
        wanted="one KL for each example, (n,)",
        shows="It is exact: this term of the bound needs no draw, and adds no noise to a gradient.",
        mistakes={
            "½ lost": Mistake(
                lambda mu, logvar: 2 * kl_standard(mu, logvar),
                "Both log-densities have one common factor in front. It got lost on the way.",
            ),
            "logvar as log std": Mistake(
                lambda mu, logvar: 0.5 * (mu**2 + torch.exp(2 * logvar) - 1 - 2 * logvar).sum(-1),
                "You took logvar for the logarithm of a standard deviation.",
            ),
            "std for variance": Mistake(
                "In the variance: You take exp of half the exponent: which width is that?",
                "The second moment of z holds the variance; yours holds the standard deviation.",
            ),
            "the other way round": Mistake(
                lambda mu, logvar: 0.5 * ((1 + mu**2) * torch.exp(-logvar) - 1 + logvar).sum(-1),
                "This is KL(p ‖ q), an average over the prior. Which of the two is averaged over?",
            ),
            "m for m²": Mistake(
                "The part mu is not squared.",
                "Yours falls below zero for a negative mean. How does the mean enter E[z²]?",
            ),
            "mean over dimensions": Mistake(
                "You take a mean over the last axis (-1). Should the value grow with their number?",
                "Independent dimensions: log-densities add up. You averaged over the dimensions.",
            ),
        },
    ),
    Function(
        number="5b",
        title="The bound from its two terms",
        role="code",
        minutes=15,
        reference=two_terms,
        forms=(three_terms,),
        see={
            "": ("(5.5)", "Sort it into two terms with a meaning"),
            "exponent": ("", "Get the KL in closed form"),
            "exp(logvar) as std": ("", "Get the KL in closed form"),
        },
        inputs=linear_models,
        gradient=(1, 3, 4),
        wanted="L for each example, (n,)",
        shows="Sums over dimensions, a mean over draws, no constant lost: a bound on log p(x).",
        mistakes={
            "KL added": Mistake(
                "The KL has the wrong sign.",
                "A q that says much beyond the prior must pay for it; yours is paid.",
            ),
            "constant forgotten": Mistake(
                "In the log densities: The term with sigma_x is missing.",
                "The squared error alone is no log-density: what does a Gaussian divide by?",
            ),
            "normalised once": Mistake(
                "In the log densities: The term with sigma_x is counted once: it belongs into every part of the sum.",
                "You normalise one of the dimensions of x. Each of them has a density of its own.",
            ),
            "noise forgotten": Mistake(
                "In z: The value with logvar has no effect in yours.",
                "You decode the mean of q. The first term is an average over q's draws.",
            ),
            "exp(logvar) as std": Mistake(
                "In z: The division by 2 is missing.",
                "Your draws have another width than the q whose KL you subtract.",
            ),
            "σ_x for σ_x²": Mistake(
                "You take the root of sigma_x.",
                "sigma_x is a standard deviation, and you used it as a variance.",
            ),
            "mean over the dimensions of x": Mistake(
                "In the log densities: You take a mean over the last axis (-1). Should the value grow with their number?",
                "You average the log-density over the dimensions of x: a mean is no bound.",
            ),
            "sum over the draws": Mistake(
                lambda *given: parts(*given)[0].sum(0) - parts(*given)[1],
                "More draws should sharpen the first term, not make it larger.",
            ),
        },
    ),
    Function(
        number="5c",
        title="A draw and its density",
        role="bug",
        minutes=5,
        reference=log_ratio,
        forms=(log_ratio_by_variance,),
        see={
            "": ("(5.5)", "Sort it into two terms with a meaning"),
            "exponent": ("", "Get the KL in closed form"),
            "as given": ("(5.6)", "Get the KL in closed form"),
        },
        inputs=codes_with_noise,
        gradient=(0, 1),
        wanted="one value for each draw and example, (s, n)",
        shows="Its average over draws is the KL by hand: two roads to one number, a test for both.",
        mistakes={
            "as given": Mistake(
                lambda m, logvar, eps: ratio(m, logvar, eps, torch.exp(logvar), logvar),
                "Average it over many draws: that is not the KL by hand.",
            ),
            "the density follows the draw": Mistake(
                lambda m, logvar, eps: ratio(m, logvar, eps, torch.exp(logvar), 2 * logvar),
                "Draw and density agree now, but on a q whose variance is not exp(logvar).",
            ),
            "only the draw": Mistake(
                "In the log q: The std enters twice.",
                "The draw is right. The density divides z − m by something else.",
            ),
            "only the density": Mistake(
                "In z: The std enters twice.",
                "The density is right, but z does not come from it: look at how it is drawn.",
            ),
            "repaired twice": Mistake(
                "In the log q: The term logvar is counted half.",
                "The draw is right. Then you repaired a second line, which was right before.",
            ),
            "prior minus q": Mistake(
                lambda m, logvar, eps: -log_ratio(m, logvar, eps),
                "Its average is negative now, and no KL is: which density comes first?",
            ),
        },
    ),
    Number(
        number="5d",
        title="The price of a wide guess",
        minutes=5,
        essential=False,
        reference=lambda: price(),
        see={
            "": ("(5.6)", "Get the KL in closed form"),
            "entropy alone": ("(5.7)", "Get the KL in closed form"),
        },
        within=0.1,
        shows="Small errors in each dimension add up: the gap grows in proportion to d.",
        mistakes={
            "one dimension": Mistake(
                price(dims=1), "That is the price of one dimension. The dimensions are independent."
            ),
            "½ lost": Mistake(2 * price(), "A ½ was lost: look at (5.6) once more."),
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
