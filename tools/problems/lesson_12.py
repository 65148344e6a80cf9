"""Invent creatures, by hand: bytes and densities, what a trait explains, directions."""

import math

import torch

from tools.problems.problem import pick, problem, shares, sorted_steps, step, tensor
from vaelib.gaussians import kl_diag, kl_standard, log_normal_full


def bytes_and_densities(rng):
    """(12.1): from a density to bits a byte."""
    given = {"D": pick(rng, [100, 300, 768])}
    given["log_p"] = given["D"] * step(rng, 1, 4, 0.25)
    log_probability = given["log_p"] - given["D"] * math.log(256)
    answer = {"log_P": log_probability, "bits": -log_probability / given["D"] / math.log(2)}
    return problem(
        "What a byte costs",
        r"""
A model of pictures of $D = <D>$ bytes has $\log p(x) = <log_p>$ nats on average over the cell of
one picture; suppose that $p(x)$ is nearly constant there. What is $\log P(b)$ by (12.1), with
$h = 1/256$? How many bits does it need for each byte? What would a model that knows nothing need?
""",
        r"""
$\log P(b) = \log p(x) + D \log h = <log_p> - <D> \cdot 5.545 = <log_P>$ nats.

In bits a byte: $<bits>$, which is $8 - <each> / \log 2$. The uniform density has
$\log p(x) = 0$ and needs 8.
""",
        given,
        answer,
        {"each": given["log_p"] / given["D"]},
    )


def explained(rng):
    """(12.3) for a trait with three levels."""
    given = {
        "weights": shares(rng, 3, 10),
        "means": sorted_steps(rng, (-2, 2, 0.5), 3),
        "variances": [step(rng, 0.1, 0.9, 0.1) for _ in range(3)],
    }
    weights, means = tensor(given["weights"]), tensor(given["means"])
    mean = weights @ means
    between = (weights @ (means - mean) ** 2).item()
    within = (weights @ tensor(given["variances"])).item()
    answer = {"between": between, "within": within, "total": between + within}
    answer["share"] = between / (between + within)
    steps = {"mean": mean.item(), "squares": ((means - mean) ** 2).tolist()}
    return problem(
        "What a trait explains",
        r"""
A trait has three levels with probabilities $\pi = (<weights>)$. At these levels a dimension $z_j$
of the code has the means $(<means>)$ and the variances $(<variances>)$. Split its variance by
(12.3). Which share does the trait explain?
""",
        r"""
The mean of all is $\mathbb E[z_j] = <mean>$. The squared distances of the levels' means from it are
$(<squares>)$; weighted with $\pi$ they give $<between>$, the part that the trait explains.

The weighted variances give $<within>$, the part that is left over. The variance is $<total>$, and
the trait explains $<between> / <total> = <share>$ of it.
""",
        given,
        answer,
        steps,
    )


def direction(rng):
    """(12.5) on six codes."""
    ones = sorted_steps(rng, (0.5, 3, 0.5), 2)
    zeros = sorted_steps(rng, (-2.5, 1, 0.5), 4)
    given = {"k": [1, 1, 0, 0, 0, 0], "z": [*ones, *zeros]}
    k, z = tensor(given["k"]), tensor(given["z"])
    cov = (k * z).mean() - k.mean() * z.mean()
    answer = {"a": (z[:2].mean() - z[2:].mean()).item(), "cov": cov.item()}
    answer["var"] = (k.mean() * (1 - k.mean())).item()
    steps = {"means": [z[:2].mean().item(), z[2:].mean().item()], "mean": z.mean().item()}
    steps["product"] = (k * z).mean().item()
    return problem(
        "A direction for a trait",
        r"""
Six creatures have the codes $z = (<z>)$ in one dimension; $k = (<k>)$ says which have wings.
Compute $a$ of (12.5) in both ways: as a difference of means, and as $\operatorname{Cov}[z, k] /
\operatorname{Var}[k]$. Averages are over the six.
""",
        r"""
The means are $<means.0>$ with wings and $<means.1>$ without: $a = <a>$.

The other way: $\mathbb E[k] = 1/3$, $\mathbb E[z] = <mean>$ and $\mathbb E[z k] = <product>$. So
$\operatorname{Cov}[z, k] = <product> - \frac13 \cdot <mean:()> = <cov>$ and
$\operatorname{Var}[k] = \frac13 \cdot \frac23 = <var>$. Their ratio is $<a>$.
""",
        given,
        answer,
        steps,
    )


def turned(rng):
    """(12.4) for a turn with cosine 0.6 and sine 0.8."""
    given = {
        "m": [step(rng, -2, 2, 0.5), step(rng, 0.5, 2, 0.5)],
        "v": [pick(rng, [0.1, 0.2, 0.25]), pick(rng, [0.5, 1, 2])],
    }
    A = tensor([[0.6, -0.8], [0.8, 0.6]])
    m, v = tensor(given["m"]), tensor(given["v"])
    cov = A @ torch.diag(v) @ A.T
    kept = kl_diag(A @ m, cov.diagonal().log(), torch.zeros(2).double(), torch.zeros(2).double())
    answer = {"mean": (A @ m).tolist(), "cov": cov.flatten().tolist()}
    answer |= {"KL": kl_standard(m, v.log()).item(), "diagonal": kept.item()}
    at = log_normal_full(A @ m, A @ m, cov) - log_normal_full(m, m, torch.diag(v))
    steps = {"norm": (m @ m).item(), "trace": v.sum().item(), "det": v.prod().item()}
    steps["same"] = at.item()
    return problem(
        "Turn the code",
        r"""
An encoder says $m = (<m>)$ and $v = (<v>)$. The code is turned by the matrix

$$ A = \begin{pmatrix} 0.6 & -0.8 \\ 0.8 & 0.6 \end{pmatrix} $$

Compute $A m$ and $A \operatorname{diag}(v) A^\top$, and the KL (12.4) to $\mathcal N(0, I)$. What
would the KL be if the encoder had to forget the covariance between the turned dimensions?
""",
        r"""
$A m = (<mean>)$, and the covariance is

$$ \begin{pmatrix} <cov.0> & <cov.1> \\ <cov.2> & <cov.3> \end{pmatrix} $$

The KL needs the trace, the squared length of the mean and the determinant. A turn changes none of
them: they are $<trace>$, $<norm>$ and $<det>$. So, turned or not,

$$ \mathrm{KL} = \tfrac12 ( <trace> + <norm> - 2 - \log <det> ) = <KL> $$

With the diagonal alone the determinant would be $<cov.0> \cdot <cov.3>$, which is larger, and the
KL $<diagonal>$: less, and no longer that of the same code.
""",
        given,
        answer,
        steps,
    )


PROBLEMS = bytes_and_densities, explained, direction, turned
