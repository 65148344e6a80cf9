"""Lesson 05: the bound line by line, the KL by hand and both ways, and what closes the gap."""

import math

import numpy as np
import torch

from vaelib.teaching.exercises.exercise import Choice, Mistake
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
    """The snippet of 5d."""
    std = logvar.exp()
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)


def grids(rng):
    """log q(z_j|x) and log p(x, z_j) (J, n) at the middles of cells, and the cells' width."""
    n, J = int(rng.integers(3, 6)), int(rng.integers(30, 40))
    width = rng.uniform(0.2, 0.26)
    z = width * (torch.arange(J).double()[:, None] - (J - 1) / 2)

    def bells(low, high):
        mean = torch.from_numpy(rng.uniform(-1, 1, size=n))
        std = torch.from_numpy(rng.uniform(low, high, size=n))
        return -0.5 * ((z - mean) / std) ** 2 - std.log() - 0.5 * math.log(2 * math.pi)

    log_joint = bells(0.6, 0.8) - torch.from_numpy(rng.uniform(2, 6, size=n))
    log_joint[:, -1] -= 1000  # every p(x, z) underflows
    return bells(0.9, 1.2), log_joint, torch.tensor(width).double()


def line_by_line(log_q, log_joint, h):
    """log p(x) (n,), log p(z|x) (J, n), L (n,) and KL(q ‖ p(z|x)) (n,), on a grid."""
    log_px = log_joint.logsumexp(0) + h.log()
    log_posterior = log_joint - log_px
    q = log_q.exp()
    lower = h * (q * (log_joint - log_q)).sum(0)
    divergence = h * (q * (log_q - log_posterior)).sum(0)
    return log_px, log_posterior, lower, divergence


def by_softmax(log_q, log_joint, h):
    """The same with the posterior first, and the KL as what is left of log p(x)."""
    log_posterior = log_joint.log_softmax(0) - h.log()
    log_px = log_joint.logsumexp(0) + h.log()
    q = log_q.exp()
    lower = (h * q * log_joint).sum(0) - (h * q * log_q).sum(0)
    divergence = (h * q * log_q).sum(0) - (h * q * log_posterior).sum(0)
    return log_px, log_posterior, lower, divergence


def without_width(log_q, log_joint, h):
    """The same with a log p(x) that is a sum, not an integral."""
    log_px = log_joint.logsumexp(0)
    _, _, lower, divergence = line_by_line(log_q, log_joint, h)
    return log_px, log_joint - log_px, lower, divergence - h.log()


def humps(rng):
    """z (J,), log p (J,) of two humps on a grid, and m, std (k,) of Gaussians q."""
    J, k = int(rng.integers(120, 140)), int(rng.integers(4, 8))
    z = torch.linspace(-10, 11, J).double()  # so wide that its ends do not count
    share, centre = rng.uniform(0.25, 0.4), rng.uniform(1, 1.5)
    width = rng.uniform(0.5, 0.8)

    def log_bell(mean, std):
        return -0.5 * ((z - mean) / std) ** 2 - math.log(std) - 0.5 * math.log(2 * math.pi)

    log_p = torch.logaddexp(
        math.log(share) + log_bell(-centre, width), math.log(1 - share) + log_bell(centre, width)
    )
    m = torch.from_numpy(rng.uniform(-1.2, 1.2, size=k))
    return z, log_p, m, torch.from_numpy(rng.uniform(0.6, 0.9, size=k))


def both_ways(z, log_p, m, std):
    """KL(q ‖ p) and KL(p ‖ q) of Gaussians q against a density on a grid, (k,) each."""
    h = z[1] - z[0]
    squares = ((z[:, None] - m) / std) ** 2  # (J, k)
    log_q = -0.5 * squares - std.log() - 0.5 * math.log(2 * math.pi)
    log_ratio = log_q - log_p[:, None]
    over_q = h * (log_q.exp() * log_ratio).sum(0)
    over_p = -h * (log_p.exp()[:, None] * log_ratio).sum(0)
    return over_q, over_p


EXERCISES = [
    Function(
        number="5a",
        title="From log p(x) to L + KL",
        role="derive",
        minutes=12,
        reference=line_by_line,
        forms=(by_softmax,),
        see={"": ("(5.3)", "Derive it, line by line")},
        inputs=grids,
        wanted="log p(x) (n,), log p(z|x) (J, n), L (n,), KL (n,)",
        shows="L and the KL add up to log p(x), whatever q is: (5.3), with a sum for the integral.",
        mistakes={
            "h forgotten": Mistake(
                without_width,
                "Your log p(x) is a sum of densities. The integral counts each with its cell.",
            ),
            "KL the other way round": Mistake(
                lambda log_q, log_joint, h: (
                    *line_by_line(log_q, log_joint, h)[:3],
                    (
                        h
                        * line_by_line(log_q, log_joint, h)[1].exp()
                        * (line_by_line(log_q, log_joint, h)[1] - log_q)
                    ).sum(0),
                ),
                "Your last line averages over the posterior. In (5.3) the average is over q.",
            ),
            "KL to the joint": Mistake(
                lambda log_q, log_joint, h: (
                    *line_by_line(log_q, log_joint, h)[:3],
                    -line_by_line(log_q, log_joint, h)[2],
                ),
                "Your last line compares q with p(x, z), which does not integrate to 1 over z. "
                "That is L with the other sign.",
            ),
        },
    ),
    Function(
        number="5b",
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
        number="5c",
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
        number="5d",
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
    Function(
        number="5e",
        title="Both KLs on a grid",
        role="code",
        minutes=10,
        reference=both_ways,
        see={"": ("", "Turn the KL around")},
        inputs=humps,
        wanted="KL(q ‖ p) and KL(p ‖ q), (k,) each",
        shows="One average over q, one over p: two questions, and two best Gaussians.",
        mistakes={
            "swapped": Mistake(
                lambda z, log_p, m, std: both_ways(z, log_p, m, std)[::-1],
                "The two came in the other order. The first letter is what is averaged over.",
            ),
            "sign turned round": Mistake(
                lambda z, log_p, m, std: (
                    both_ways(z, log_p, m, std)[0],
                    -both_ways(z, log_p, m, std)[1],
                ),
                "Your second value is negative, and no KL is. Which logarithm comes first?",
            ),
            "same average": Mistake(
                lambda z, log_p, m, std: (both_ways(z, log_p, m, std)[0],) * 2,
                "Both of yours average over q. The second one averages over p.",
            ),
        },
    ),
    Choice(
        number="5f",
        title="Predict: what closes the gap",
        role="predict",
        minutes=5,
        right="a",
        see={"": ("(5.8)", "Find out who is to blame")},
        shows="What the network guesses badly, more training can mend; nothing here was too small.",
        mistakes={
            "b": "Tempting, for networks can always be larger. But was this one too small, or had "
            "it not finished?",
            "c": "More draws make each step less noisy. Was it the noise that kept the gap open, "
            "or did the steps end too soon?",
            "d": "A flow closes the approximation gap. Look at the two means under (5.8): how much "
            "of the gap is that?",
        },
    ),
]
