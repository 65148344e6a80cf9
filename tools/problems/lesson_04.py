"""Infinitely many Gaussians, by hand: the linear model, a rule of three nodes, Jensen."""

import math

import torch
from torch.distributions import Normal

from tools.problems.problem import pick, problem, sorted_steps, step, tensor
from vaelib.gaussians import LOG_2PI, log_normal_full
from vaelib.rules import GaussHermite


def linear(rng):
    """(4.7) in two dimensions with one latent."""
    given = {
        "A": [step(rng, 1, 2), step(rng, -2, 2)],
        "var": pick(rng, [0.5, 1]),
        "x": [step(rng, -2, 2), step(rng, 1, 2)],
    }
    A, x = tensor(given["A"]), tensor(given["x"])
    cov = torch.outer(A, A) + given["var"] * torch.eye(2)
    answer = {"cov": cov.flatten().tolist()}
    answer["log_p"] = log_normal_full(x, torch.zeros_like(x), cov).item()
    det = torch.linalg.det(cov).item()
    adjugate = torch.tensor([[cov[1, 1], -cov[0, 1]], [-cov[1, 0], cov[0, 0]]])
    steps = {
        "det": det,
        "top": (x @ adjugate @ x).item(),
        "square": (x @ adjugate @ x).item() / det,
    }
    steps["log_2pi"] = LOG_2PI
    return problem(
        "A line with noise is a Gaussian",
        r"""
Let $z \sim \mathcal N(0, 1)$ and $x = A z + \sigma \varepsilon$ with the column $A = (<A>)$ and
$\sigma^2 = <var>$. Write down the covariance of $x$ by (4.7), and compute $\log p(x)$ at
$x = (<x>)$.
""",
        r"""
The covariance is $A A^\top + \sigma^2 I$:

$$ \begin{pmatrix} <cov.0> & <cov.1> \\ <cov.2> & <cov.3> \end{pmatrix},
\qquad \text{determinant } <det> $$

With the inverse of a 2 × 2 matrix, $x^\top \Sigma^{-1} x = <top> / <det> = <square>$. So

$$ \log p(x) = -\log 2 \pi - \tfrac12 \log <det> - \tfrac12 \cdot <square> = <log_p> $$
""",
        given,
        answer,
        steps,
    )


def three_nodes(rng):
    """(4.3) with J = 3, for a polynomial that it integrates exactly."""
    given = {"a": step(rng, 0.5, 2.5, 0.5), "b": step(rng, 2, 4), "c": step(rng, 2, 3)}
    z, log_w = GaussHermite(3).nodes(Normal(tensor([0.0]), tensor([1.0])))
    values = given["a"] + given["b"] * z[:, 0] ** 2 + given["c"] * z[:, 0] ** 4
    answer = {"mean": (log_w.exp() @ values).item()}
    steps = {"outer": values[0].item(), "inner": values[1].item()}
    return problem(
        "Three nodes for an integral",
        r"""
Gauss–Hermite's rule with $J = 3$ has the nodes $z = (-\sqrt 3, 0, \sqrt 3)$ and the weights
$w = (1/6, 2/3, 1/6)$. Use it for $\int \mathcal N(z \mid 0, 1) \, f(z) \, dz$ with
$f(z) = <a> + <b> z^2 + <c> z^4$. Is the result exact? For which powers of $z$ would it fail?
""",
        r"""
At the outer nodes $z^2 = 3$ and $z^4 = 9$, so $f = <a> + <b> \cdot 3 + <c> \cdot 9 = <outer>$. In
the middle $f = <inner>$.

$$ \tfrac16 \cdot <outer> + \tfrac23 \cdot <inner:()> + \tfrac16 \cdot <outer> = <mean> $$

By (4.3) this is exact up to the power $2J - 1 = 5$; indeed $\mathbb E z^2 = 1$ and
$\mathbb E z^4 = 3$ give $<a> + <b> + 3 \cdot <c> = <mean>$. For $z^6$ the rule gives
$\tfrac13 \cdot 27 = 9$, and the truth is 15; it fails for the even powers from there on. The odd
ones are 0 on both sides.
""",
        given,
        answer,
        steps,
    )


def jensen(rng):
    """(4.4) for four draws."""
    given = {"p": [round(each, 10) for each in sorted_steps(rng, (0.02, 0.6, 0.02), 4)]}
    p = tensor(given["p"])
    pairs = torch.stack([p[:2].mean(), p[2:].mean()])
    answer = {
        "log_mean": p.mean().log().item(),
        "mean_log": p.log().mean().item(),
        "pairs": pairs.log().mean().item(),
    }
    steps = {"mean": p.mean().item(), "logs": p.log().tolist(), "pair": pairs.tolist()}
    return problem(
        "Log of a mean, mean of logs",
        r"""
Suppose that $p(x \mid z)$ takes only four values, $(<p>)$, each with probability ¼ under the prior.
Compute $\log p(x)$. What is the mean of $\log \frac1S \sum_s p(x \mid z_s)$ for $S = 1$? Someone
takes $S = 2$ in a fixed way: the first two values together or the last two, each with probability
½. What is the mean then? Order the three numbers and explain the order by (4.4).
""",
        r"""
The mean of the four is $p(x) = <mean>$, so $\log p(x) = <log_mean>$.

The four logarithms are $(<logs>)$, on average $<mean_log>$.

The two averages are $(<pair>)$. Their logarithms are $<pairs>$ on average.

So $<mean_log> \le <pairs> \le <log_mean>$. Each logarithm of an average is at least the average of
the logarithms, so averaging before the logarithm raises the result. It never passes $\log p(x)$.
""",
        given,
        answer,
        steps,
    )


def posterior_of_z(rng):
    """(4.5) for one dimension: a Gaussian prior and a linear Gaussian decoder."""
    given = {"a": step(rng, 0.5, 3, 0.5), "var": pick(rng, [0.25, 0.5, 1, 2])}
    given["x"] = step(rng, -3, 3, 0.5) or 1.0
    precision = 1 + given["a"] ** 2 / given["var"]
    mean = given["a"] * given["x"] / given["var"] / precision
    answer = {"mean": mean, "std": math.sqrt(1 / precision)}
    steps = {"precision": precision, "slope": given["a"] * given["x"] / given["var"]}
    return problem(
        "Which z made this x?",
        r"""
The prior is $p(z) = \mathcal N(z \mid 0, 1)$, the decoder $p(x \mid z) = \mathcal N(x \mid a z,
\sigma^2)$ with $a = <a>$ and $\sigma^2 = <var>$. Find the mean and the standard deviation of
$p(z \mid x)$ at $x = <x>$ by (4.5).
""",
        r"""
The logarithm of $p(z) \, p(x \mid z)$ is a parabola in $z$:

$$ -\tfrac12 z^2 - \frac{(x - a z)^2}{2 \sigma^2}
= -\tfrac12 \Big( 1 + \frac{a^2}{\sigma^2} \Big) z^2 + \frac{a x}{\sigma^2} z + \text{constant} $$

The factor in brackets is the posterior's precision, $<precision>$: the standard deviation is
$1 / \sqrt{<precision>} = <std>$. The mean is the factor of $z$, $<slope>$, over the precision:
$<mean>$.
""",
        given,
        answer,
        steps,
    )


PROBLEMS = linear, three_nodes, jensen, posterior_of_z
