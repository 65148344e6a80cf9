"""Derive the lower bound, by hand: the closed KL, all terms of a tiny model, the gap in two."""

import math

import torch

from tools.problems.problem import pick, problem, step, tensor
from vaelib.gaussians import LOG_2PI, kl_diag, kl_standard, log_normal_diag


def closed_kl(rng):
    """(5.6), summed over two dimensions."""
    given = {
        "m": [step(rng, -2, 2, 0.5), step(rng, 0.5, 1.5, 0.5)],
        "v": [pick(rng, [0.1, 0.2, 0.5]), pick(rng, [0.25, 0.8, 2])],
    }
    m, v = tensor(given["m"]), tensor(given["v"])
    each = [kl_standard(a[None], b.log()[None]).item() for a, b in zip(m, v, strict=True)]
    answer = {"KL": kl_standard(m, v.log()).item(), "each": each}
    return problem(
        "The price of a code",
        r"""
An encoder gives $q(z \mid x) = \mathcal N(m, \operatorname{diag}(v))$ with $m = (<m>)$ and
$v = (<v>)$. Compute $\mathrm{KL}(q(z|x) \,\|\, \mathcal N(0, I))$ by (5.6). Which dimension costs
more?
""",
        r"""
For one dimension $\mathrm{KL} = \frac12 (v + m^2 - 1 - \log v)$:

$$ \tfrac12 \big( <v.0> + <m.0:()>^2 - 1 - \log <v.0> \big) = <each.0>, \qquad
\tfrac12 \big( <v.1> + <m.1:()>^2 - 1 - \log <v.1> \big) = <each.1> $$

The dimensions are independent under both densities, so the logarithms add up: $<KL>$ nats.
""",
        given,
        answer,
    )


def tiny_model(rng):
    """L, log p(x) and the gap of one linear dimension."""
    given = {
        "a": step(rng, 1, 3),
        "var": pick(rng, [0.25, 0.5, 1]),
        "x": step(rng, 1, 3),
        "m": step(rng, 0.2, 0.8, 0.1),
        "v": pick(rng, [0.1, 0.2, 0.3, 0.5]),
    }
    a, var, x, m, v = (tensor(given[name]) for name in ("a", "var", "x", "m", "v"))
    exact = log_normal_diag(x[None], 0 * x[None], (a**2 + var).log())
    rec = log_normal_diag(x[None], (a * m)[None], var.log()) - a**2 * v / (2 * var)
    price = kl_standard(m[None], v.log()[None])
    post_v = var / (a**2 + var)
    post_m = a * x / (a**2 + var)
    gap = kl_diag(m[None], v.log()[None], post_m[None], post_v.log()[None])
    answer = {"rec": rec.item(), "KL": price.item(), "L": (rec - price).item()}
    answer |= {"log_p": exact.item(), "gap": gap.item()}
    steps = {"total": (a**2 + var).item(), "noise": (a**2 * v).item(), "post_m": post_m.item()}
    steps |= {"miss": ((x - a * m) ** 2).item(), "am": (a * m).item(), "post_v": post_v.item()}
    return problem(
        "Every term of a tiny model",
        r"""
Let $p(z) = \mathcal N(z \mid 0, 1)$ and $p(x \mid z) = \mathcal N(x \mid a z, \sigma_x^2)$ with
$a = <a>$ and $\sigma_x^2 = <var>$. At $x = <x>$ the encoder says
$q(z \mid x) = \mathcal N(m, v)$ with $m = <m>$ and $v = <v>$. Compute the reconstruction, the KL to
the prior and $L$ by (5.5). Compute $\log p(x)$ and the gap. What is the best $q$?
""",
        r"""
Averaged over $q$, the squared error is $(x - a m)^2 + a^2 v = <miss> + <noise>$. So the
reconstruction is

$$ -\tfrac12 \log (2 \pi \cdot <var>) - \frac{<miss> + <noise>}{2 \cdot <var>} = <rec> $$

The KL to the prior is $\frac12 (<v> + <m>^2 - 1 - \log <v>) = <KL>$, by (5.6). So
$L = <rec> - <KL> = <L>$ nats.

By (4.7) $p(x) = \mathcal N(x \mid 0, <total>)$, so

$$ \log p(x) = -\tfrac12 \log (2 \pi \cdot <total>) - \frac{<x>^2}{2 \cdot <total>} = <log_p> $$

The gap is $<log_p> - (<L>) = <gap>$ nats. The best $q$ is the posterior,
$m = a x / (a^2 + \sigma_x^2) = <post_m>$ and $v = \sigma_x^2 / (a^2 + \sigma_x^2) = <post_v>$;
with it the gap is 0.
""",
        given,
        answer,
        steps,
    )


def two_gaps(rng):
    """(5.8) for a posterior whose two dimensions hang together."""
    given = {
        "r": pick(rng, [0.3, 0.4, 0.5, 0.6, 0.7, 0.8]),
        "shift": step(rng, 0.2, 1, 0.2),
    }
    r, shift = given["r"], given["shift"]
    approximation = -0.5 * math.log(1 - r**2)
    answer = {"approximation": approximation, "amortisation": 0.5 * shift**2}
    answer["gap"] = approximation + 0.5 * shift**2
    return problem(
        "Who is to blame?",
        r"""
The posterior of an $x$ is a Gaussian with mean 0 and the precision matrix

$$ \Lambda = \begin{pmatrix} 1 & <r> \\ <r> & 1 \end{pmatrix} $$

The best diagonal Gaussian is $q^* = \mathcal N(0, I)$: its variances are $1 / \Lambda_{jj}$. The
network says $q = \mathcal N(m, I)$ with $m = (<shift>, 0)$. Split the gap $\log p(x) - L(q)$ into
approximation and amortisation as in (5.8), in nats. Which would a better network remove?
""",
        r"""
The gap is $\mathrm{KL}(q(z|x) \,\|\, p(z|x))$. For Gaussians with covariance $I$ and mean $m$
against precision $\Lambda$ and mean 0 it is

$$ \tfrac12 \big( \operatorname{tr} \Lambda - 2 + m^\top \Lambda m - \log |\Lambda| \big) $$

The trace is 2. With $m = 0$ only the determinant is left: the approximation costs
$-\frac12 \log (1 - <r>^2) = <approximation>$ nats.

The network's mean adds $\frac12 m^\top \Lambda m = \frac12 \cdot <shift>^2 = <amortisation>$ nats:
the amortisation. Together the gap is $<gap>$ nats.

A better network removes the amortisation. The approximation stays as long as $q$ is diagonal.
""",
        given,
        answer,
    )


def entropy_form(rng):
    """(5.7) for the same kind of model: the entropy of q stands alone."""
    given = {"m": step(rng, -1, 1, 0.5), "v": pick(rng, [0.1, 0.2, 0.4, 0.5, 2])}
    m, v = given["m"], given["v"]
    entropy = 0.5 * math.log(2 * math.pi * math.e * v)
    prior = -0.5 * LOG_2PI - 0.5 * (m**2 + v)
    answer = {"entropy": entropy, "prior": prior, "KL": -prior - entropy}
    steps = {"again": kl_standard(torch.tensor([m]), torch.tensor([v]).log()).item()}
    steps["log_2pi"] = LOG_2PI
    return problem(
        "The entropy alone",
        r"""
For $q(z \mid x) = \mathcal N(m, v)$ with $m = <m>$ and $v = <v>$, compute the entropy
$\frac12 \log (2 \pi \mathrm e v)$ that stands in (5.7), and $\mathbb E_q \log p(z)$ for
$p(z) = \mathcal N(z \mid 0, 1)$. How do the two make the KL of (5.6)?
""",
        r"""
The entropy is $\frac12 \log (2 \pi \mathrm e \cdot <v>) = <entropy>$ nats.

Under $q$ the mean of $z^2$ is $m^2 + v$, so

$$ \mathbb E_q \log p(z) = -\tfrac12 \log 2 \pi - \tfrac12 (<m:()>^2 + <v>) = <prior> $$

The KL is $\mathbb E_q \log q(z) - \mathbb E_q \log p(z)$, minus the entropy less the second number:
$<KL>$. Equation (5.6) gives $<again>$, the same.
""",
        given,
        answer,
        steps,
    )


PROBLEMS = closed_kl, tiny_model, two_gaps, entropy_form
