"""Lesson 07: the noise that a loss assumes, and the dimensions that live."""

import math

import torch

from vaelib.teaching.exercises.drawing import normal
from vaelib.teaching.exercises.exercise import Choice, Mistake
from vaelib.teaching.exercises.function import Function
from vaelib.teaching.exercises.lesson_05 import signed


def recipes(rng):
    """Factors c and β (k,) of several programs, their pixels D, and the dimensions d of a code."""
    k = rng.integers(3, 7)
    c, beta = (torch.exp(normal(rng, k)) for _ in range(2))
    return c, beta, int(rng.integers(24, 60)), int(rng.integers(8, 21))


def implied_variance(c, beta, D, d):
    """The σ_x² (k,) that programs with these factors mean without saying so."""
    error_factor = c / D  # of the sum over pixels
    kl_factor = beta / d  # of the sum over the code
    return kl_factor / (2 * error_factor)


def batches(rng):
    """x and the decoder's mean (n, D), m and log v (n, d); the first and last x are missed most."""
    n, D, d = int(rng.integers(5, 9)), rng.integers(10, 15), rng.integers(2, 4)
    x, misses, m = 3 + 6 * normal(rng, n, D), 1.5 * signed(rng, n, D), 2 * signed(rng, n, d)
    misses[[0, -1]] *= 2
    logvar = torch.where(m > 0, 1.6, -5.2) + torch.from_numpy(rng.uniform(-0.5, 0.5, (n, d)))
    m[1, 0] = logvar[1, 0] = rng.uniform(0.2, 0.4)  # hardly any KL
    return x, *(part.requires_grad_() for part in (x + misses, m, logvar))


def minus_bound(x, mu, m, logvar):
    """−ELBO of N(μ, I) pixels without its constant, a mean over n examples, ()."""
    errors = 0.5 * ((x - mu) ** 2).sum(1)  # (n,)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)  # (n,)
    return (errors + kl).mean()


def as_given(x, mu, m, logvar):
    """The snippet of 7b."""
    error = ((mu - x) ** 2).mean()
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum()
    return error + kl


def two_averages(x, mu, m, logvar):
    """The same with sums over everything, each divided by the number of examples."""
    error = 0.5 * ((x - mu) ** 2).sum() / len(x)
    kl = 0.5 * (m**2 + logvar.exp() - 1 - logvar).sum() / len(x)
    return error + kl


def spread(rng):
    """x (n, D) with some variances above the threshold β σ_x² and some below, the next 5 % off."""
    n, D, d = int(rng.integers(16, 25)), int(rng.choice([9, 11])), int(rng.integers(5, 8))
    sigma_x, beta = (
        rng.uniform(0.35, 0.42),
        rng.choice([rng.uniform(0.2, 0.33), rng.uniform(1.8, 2.5)]),
    )
    above = [7, 5, 3.5, 2.5, 1.8][rng.integers(8 - d, 6) :]
    variances = [*above, 1.3, 1.05, 0.95, 0.8, 0.6, 0.5, 0.4, 0.3, 0.25, 0.2, 0.15][:D]
    even = normal(rng, n, D)
    even[[0, -1]] *= 4
    even = torch.linalg.qr(even - even.mean(0)).Q * n**0.5  # of covariance I, exactly
    turn = torch.linalg.qr(normal(rng, D, D)).Q
    x = even * (torch.tensor(variances).double() * beta).sqrt() * sigma_x @ turn
    x[:, 1:] += 5 * normal(rng, D - 1)
    return x, float(sigma_x), float(beta), d


def forecast(x, sigma_x, beta, d):
    """The KL of each of the d dimensions that a linear VAE will have, (d,)."""
    centred = x - x.mean(0)
    covariance = centred.T @ centred / len(x)
    variances = torch.linalg.eigvalsh(covariance).flip(0)[:d]
    threshold = beta * sigma_x**2
    return 0.5 * (variances / threshold).log().clamp(min=0)


def with_a_switch(x, sigma_x, beta, d):
    """The same with the library's covariance; who lives, and at which price, apart."""
    variances = torch.linalg.eigvalsh(torch.cov(x.T, correction=0)).flip(0)[:d]
    alive = variances > beta * sigma_x**2
    price = 0.5 * (variances.log() - math.log(beta) - 2 * math.log(sigma_x))
    return alive * price


def from_the_prior(x, sigma_x, beta, d):
    """(5.6) of a q with mean 0 and a variance in units of the threshold."""
    variances = torch.linalg.eigvalsh(torch.cov(x.T, correction=0)).flip(0)[:d]
    share = variances / (beta * sigma_x**2)
    return 0.5 * (share - 1 - share.log())


EXERCISES = [
    Function(
        number="7a",
        title="The noise behind two means",
        role="derive",
        minutes=10,
        reference=implied_variance,
        see={"": ("(7.1)", "Find the noise that a loss assumes")},
        inputs=recipes,
        wanted="one σ_x² for each program, (k,)",
        shows="A loss chooses its noise by its sums and means: they are no matter of taste.",
        mistakes={
            "½ lost": Mistake(
                "The division by 2 is missing.",
                "A Gaussian's log-density divides the squared error by more than its variance.",
            ),
            "factors as they stand": Mistake(
                "You use d for D throughout.",
                "You used the factors as if both terms were sums. Both are means.",
            ),
            "means the wrong way": Mistake(
                "D and d are exchanged.",
                "To turn a mean into a sum, does one multiply its factor or divide it?",
            ),
        },
    ),
    Function(
        number="7b",
        title="A loss that collapses",
        role="bug",
        minutes=10,
        reference=minus_bound,
        forms=(two_averages,),
        see={"": ("(7.1)", "Find the noise that a loss assumes")},
        inputs=batches,
        gradient=(1, 2, 3),
        wanted="one number, the mean over the examples",
        shows="It no longer depends on the batch's size, and its noise is the one that was meant.",
        mistakes={
            "½ lost": Mistake(
                "In the errors: The factor ½ is missing.",
                "Both are sums over dimensions now. Compute the σ_x that your error assumes.",
            ),
            "as given": Mistake(
                as_given,
                "Append a batch to itself: the KL doubles, the error does not. What else is off?",
            ),
            "pixel mean": Mistake(
                lambda x, mu, m, logvar: (
                    ((mu - x) ** 2).mean() - 0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1).mean()
                ),
                "The KL is right. The error is still a mean over pixels: which σ_x is that?",
            ),
        },
    ),
    Function(
        number="7c",
        title="A forecast from the data alone",
        role="stretch",
        minutes=20,
        essential=False,
        reference=forecast,
        forms=(with_a_switch,),
        see={
            "": ("(7.5)", "Predict how many dimensions live"),
            "forgotten_function": ("(7.4)", "Predict how many dimensions live"),
        },
        inputs=spread,
        wanted="d KLs, largest first, (d,)",
        shows="Data and β σ_x² alone say how many dimensions live, and what each of them costs.",
        mistakes={
            "n − 1 for n": Mistake(
                "In the covariance: You count one less.",
                "Close: your covariance divides by n − 1. The bound is an average over n points.",
            ),
            "noise not in λ": Mistake(
                "You take the logarithm of one more (log1p).",
                "You took λ for the signal without the noise. Then nothing would ever die.",
            ),
            "pixels for directions": Mistake(
                lambda x, sigma_x, beta, d: (
                    0.5 * (x.var(0, correction=0)[:d] / (beta * sigma_x**2)).log().clamp(min=0)
                ),
                "You take the variances of single columns. Turn the data: what should stay?",
            ),
            "all of one size": Mistake(
                lambda x, sigma_x, beta, d: forecast(x / x.std(0, correction=0), sigma_x, beta, d),
                "You divide each column by its deviation: then the noise is no longer σ_x.",
            ),
            "(5.6) with a mean of 0": Mistake(
                from_the_prior,
                "You put λ/(β σ_x²) for v into (5.6). The q of a live dimension is narrower than "
                "the prior, and its mean moves with x.",
            ),
        },
    ),
    Choice(
        number="7d",
        title="Predict: grey levels from 0 to 255",
        role="predict",
        minutes=3,
        right="c",
        shows="σ_x has the unit of the pixels, so a loss alone does not say which noise it means.",
        mistakes={
            "a": "The factors c_x and c_z are as before, so σ_x² = 19.6 is, too. But what is the "
            "variance of the data along a direction now?",
            "b": "A few more would live if the variance were a few times as large. By which factor "
            "do variances grow when pixels are multiplied by 255?",
            "d": "Adam divides a gradient by its usual size, so a factor on the loss is no matter. "
            "And which code is the best one does not depend on how it is looked for.",
        },
    ),
    Choice(
        number="7e",
        title="Three numbers on one slide",
        role="design",
        minutes=5,
        right="b",
        shows="Nats compare only where they are the log-probability of the same thing.",
        mistakes={
            "a": "432 and −122 are both in nats, but one is of a density over grey values and may "
            "be positive; the other is of a choice among black-and-white images.",
            "c": "Tempting, for both see grey images. But A's loss is a probability of black and "
            "white (7.6), and B's is a density of grey (7.2).",
            "d": "A is a bound, in nats, on the average log-probability of the binarised image. "
            "There is a model here that is judged by just that.",
        },
    ),
]
