"""Train a VAE on real digits, by hand: Bernoulli pixels, weights, what the code tells."""

import math

import torch

from tools.problems.problem import pick, problem, shares, sorted_steps, step, tensor
from vaelib.gaussians import kl_standard


def pixels(rng):
    """(8.1) for five pixels."""
    given = {
        "x": [pick(rng, [0, 1]) for _ in range(5)],
        "f": [pick(rng, [0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95]) for _ in range(5)],
    }
    x, f = tensor(given["x"]), tensor(given["f"])
    each = torch.distributions.Bernoulli(f).log_prob(x)
    null = torch.distributions.Bernoulli(tensor(0.5)).log_prob(x).sum()
    answer = {"each": each.tolist(), "log_p": each.sum().item(), "null": null.item()}
    return problem(
        "Black or white",
        r"""
Five pixels are $x = (<x>)$, and for one code the decoder says $f(z) = (<f>)$. Compute
$\log p(x \mid z)$ by (8.1). What would a decoder get that always says ½?
""",
        r"""
A pixel that is on gives $\log f_i$, one that is off $\log (1 - f_i)$: $(<each>)$.

The sum is $\log p(x \mid z) = <log_p>$ nats. With ½ everywhere it is $5 \log \frac12 = <null>$.
""",
        given,
        answer,
    )


def weights(rng):
    """(8.4) and (8.5) for four draws."""
    base = -step(rng, 80, 120, 5)
    given = {"log_w": [base - gap for gap in sorted_steps(rng, (0, 4, 0.5), 4)]}
    log_w = tensor(given["log_w"])
    shifted = log_w - log_w.max()
    answer = {
        "log_p": (log_w.logsumexp(0) - math.log(4)).item(),
        "L": log_w.mean().item(),
        "share": log_w.softmax(0).max().item(),
    }
    answer["gap"] = answer["log_p"] - answer["L"]
    steps = {
        "b": log_w.max().item(),
        "shifted": shifted.tolist(),
        "sum": shifted.exp().sum().item(),
    }
    return problem(
        "Four weights",
        r"""
For one image four draws from $q(z \mid x)$ have the log-weights $\log w_s = (<log_w>)$. Compute
$\log \hat p_4$ by (8.4) and the estimate of $L$ by (8.5), the mean of the $\log w_s$. By how much
do they differ? Which share of the sum does the largest weight have?
""",
        r"""
Take out the largest, $b = <b>$, as in (2.2): less $b$, the log-weights are $(<shifted>)$, and their
exponentials add up to $<sum>$.

$$ \log \hat p_4 = <b> + \log <sum> - \log 4 = <log_p> $$

The mean of the log-weights is $<L>$, lower by $<gap>$ nats. The largest weight is
$1 / <sum> = <share>$ of the sum.
""",
        given,
        answer,
        steps,
    )


def information(rng):
    """(8.3) for two images and three codes."""
    given = {"first": shares(rng, 3, 10), "second": shares(rng, 3, 10)}
    while given["first"] == given["second"]:
        given["second"] = shares(rng, 3, 10)
    q = tensor([given["first"], given["second"]])
    mean, prior = q.mean(0), tensor([1 / 3] * 3)
    answer = {
        "whole": (q * (q / prior).log()).sum(1).mean().item(),
        "information": (q * (q / mean).log()).sum(1).mean().item(),
        "mismatch": (mean * (mean / prior).log()).sum().item(),
    }
    steps = {"mean": mean.tolist(), "prices": (q * (q / prior).log()).sum(1).tolist()}
    steps["knows"] = (q * (q / mean).log()).sum(1).tolist()
    return problem(
        "What a code tells",
        r"""
A latent takes three values, with the prior $p(z) = (\frac13, \frac13, \frac13)$. For two images the
encoder says $q(z \mid x_1) = (<first>)$ and $q(z \mid x_2) = (<second>)$. Compute the three terms
of (8.3). Which of them could at most be $\log 2$, and why?
""",
        r"""
The KLs to the prior are $(<prices>)$; their mean, the left side, is the sum of the two below.

The mean of the two is $q(z) = (<mean>)$. The KLs from each image's $q$ to it are $(<knows>)$, on
average $<information>$: the information about $x$. The KL from $q(z)$ to the prior is $<mismatch>$.

Together $<information> + <mismatch> = <whole>$ nats. The information is at most $\log 2 = 0.693$:
there are two images, and a code cannot tell more than which one it was.
""",
        given,
        answer,
        steps,
    )


def dimensions(rng):
    """The KL of each dimension, averaged over two images."""
    far = step(rng, 1, 2, 0.5)
    given = {
        "m1": [far, step(rng, -0.1, 0.1, 0.1)],
        "m2": [-far, 0.0],
        "v": [pick(rng, [0.05, 0.1, 0.2]), pick(rng, [0.9, 0.95, 1])],
    }
    m, v = tensor([given["m1"], given["m2"]]), tensor(given["v"])
    each = torch.stack([kl_standard(m[:, j, None], v[j].log()) for j in range(2)], 1)
    answer = {"KL": each.mean(0).tolist(), "total": each.sum(1).mean().item()}
    return problem(
        "Which dimension is used?",
        r"""
For two images an encoder with two dimensions says $m(x_1) = (<m1>)$ and $m(x_2) = (<m2>)$; the
variances are $v = (<v>)$ for both. Compute the mean KL to $\mathcal N(0, 1)$ of each dimension by
(5.6). Which one would the decoder miss?
""",
        r"""
The first: $\frac12 (v + m^2 - 1 - \log v)$ with $m^2 = <m1.0>^2$ for both images and $v = <v.0>$ is
$<KL.0>$ nats.

The second: with $v = <v.1>$ and means near 0 it is $<KL.1>$ nats on average.

The sum is $<total>$ nats, nearly all of it in the first dimension. The second says nearly the
same for both images; nobody would miss it.
""",
        given,
        answer,
    )


PROBLEMS = pixels, weights, information, dimensions
