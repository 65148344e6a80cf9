"""Mix Gaussians, by hand: responsibilities, a step of EM, log space, how many components."""

import math

from tools.problems.problem import pick, problem, sorted_steps, step, tensor
from vaelib.gaussians import log_normal_diag
from vaelib.mixture import Mixture, m_step


def one_dimensional(given):
    """The mixture of `weights`, `means` and `variances` in one dimension."""
    means = tensor(given["means"])[:, None]
    return Mixture(tensor(given["weights"]), means, tensor(given["variances"]))


def responsibilities(rng):
    """(2.4) for one point and two Gaussians."""
    weight = step(rng, 0.2, 0.8, 0.1)
    first = step(rng, -2, 0)
    given = {
        "weights": [weight, round(1 - weight, 10)],
        "means": [first, first + step(rng, 2, 3)],
        "variances": [pick(rng, [1, 2]), pick(rng, [0.5, 1, 2])],
        "x": step(rng, first + 0.5, first + 1.5, 0.5),
    }
    mixture, x = one_dimensional(given), tensor([[given["x"]]])
    joint = mixture.log_joint(x)[0].exp()
    answer = {"r": mixture.posterior(x)[0].tolist(), "log_p": mixture.log_prob(x).item()}
    steps = {"joint": joint.tolist(), "p": joint.sum().item()}
    return problem(
        "Who made this point?",
        r"""
A mixture of two Gaussians in one dimension has $\pi = (<weights>)$, $\mu = (<means>)$ and variances
$\sigma^2 = (<variances>)$. A point lies at $x = <x>$. Compute its responsibilities $r_1$ and $r_2$
by (2.4), and $\log p(x)$ in nats.
""",
        r"""
Each component's share of the density, $\pi_k \, \mathcal N(x \mid \mu_k, \sigma_k^2)$:

$$ <weights.0> \cdot \frac{1}{\sqrt{2 \pi \cdot <variances.0>}}
\exp\Big( -\frac{(<x> - <means.0:()>)^2}{2 \cdot <variances.0>} \Big) = <joint.0:5> $$

$$ <weights.1> \cdot \frac{1}{\sqrt{2 \pi \cdot <variances.1>}}
\exp\Big( -\frac{(<x> - <means.1:()>)^2}{2 \cdot <variances.1>} \Big) = <joint.1:5> $$

Their sum is $p(x) = <p:5>$, so $\log p(x) = <log_p>$ nats. Divide each share by the sum:
$r_1 = <r.0>$ and $r_2 = <r.1>$. They add up to 1.
""",
        given,
        answer,
        steps,
    )


def em_step(rng):
    """(2.5): an M-step on four points from given responsibilities."""
    x = sorted_steps(rng, (-3, 4, 1), 4)
    left = sorted_steps(rng, (0.1, 0.9, 0.1), 4)[::-1]
    given = {"x": x, "left": left, "right": [round(1 - r, 10) for r in left]}
    resp = tensor([given["left"], given["right"]]).T
    found = m_step(tensor(x)[:, None], resp, "spherical")
    answer = {
        "weights": found.weights.tolist(),
        "means": found.means[:, 0].tolist(),
        "variances": found.covariances.tolist(),
    }
    steps = {
        "count": resp.sum(0).tolist(),
        "first": (resp.T @ tensor(x)).tolist(),
        "second": (resp.T @ tensor(x) ** 2).tolist(),
    }
    return problem(
        "One M-step by hand",
        r"""
Four points lie on a line, $x = (<x>)$. An E-step gave the responsibilities
$r_{n1} = (<left>)$; those of the second component are $r_{n2} = (<right>)$. Make the M-step (2.5):
find $\pi_k$, $\mu_k$ and the variances $\sigma_k^2$ of both components.
""",
        r"""
The counts: $N_1 = <count.0>$ and $N_2 = <count.1>$. So $\pi_1 = <count.0> / 4 = <weights.0>$ and
$\pi_2 = <weights.1>$.

The weighted sums of the points are $<first.0>$ and $<first.1>$, so
$\mu_1 = <first.0> / <count.0> = <means.0>$ and $\mu_2 = <first.1> / <count.1> = <means.1>$.

The weighted sums of the squares are $<second.0>$ and $<second.1>$. A variance is the mean of the
squares less the square of the mean:

$$ \sigma_1^2 = \frac{<second.0>}{<count.0>} - <means.0:()>^2 = <variances.0>, \qquad
\sigma_2^2 = \frac{<second.1>}{<count.1>} - <means.1:()>^2 = <variances.1> $$
""",
        given,
        answer,
        steps,
    )


def log_space(rng):
    """(2.2) where no exponential can be computed."""
    highest = -step(rng, 800, 1500, 50)
    gaps = sorted_steps(rng, (0.5, 3, 0.5), 2)
    given = {"a": [highest - gaps[0], highest, highest - gaps[1]]}
    shifted = [a - highest for a in given["a"]]
    answer = {"log_sum": tensor(given["a"]).logsumexp(0).item()}
    steps = {"b": highest, "shifted": shifted, "sum": sum(map(math.exp, shifted))}
    return problem(
        "Add what no computer can exponentiate",
        r"""
For one point, $a_k = \log \pi_k + \log \mathcal N(x \mid \mu_k, \Sigma_k)$ is $(<a>)$. In floating
point each $\exp(a_k)$ is 0. Compute $\log p(x)$ by (2.2).
""",
        r"""
The largest is $b = <b>$. Less $b$, the three are $(<shifted>)$. Their exponentials add up to
$<sum>$.

$$ \log p(x) = <b> + \log <sum> = <log_sum> $$
""",
        given,
        answer,
        steps,
    )


def collapse(rng):
    """What a point gains where a component sits on it, as (2.7) counts it."""
    given = {"D": step(rng, 2, 10), "sigma": pick(rng, [0.1, 0.2, 0.5]), "c": pick(rng, [10, 100])}
    at = tensor([0.0] * int(given["D"]))
    widths = tensor([given["sigma"], given["sigma"] / given["c"]])
    wide, narrow = (log_normal_diag(at, at, 2 * width.log()).item() for width in widths)
    answer = {"wide": wide, "gain": narrow - wide}
    return problem(
        "A component that sits on a point",
        r"""
In $D = <D>$ dimensions a component with covariance $\sigma^2 I$ has its mean exactly on a data
point, and $\sigma = <sigma>$. What is $\log \mathcal N(x \mid \mu, \sigma^2 I)$ there? How much
does it gain when $\sigma$ is divided by $<c>$? What limits the gain when $\sigma$ goes to 0?
""",
        r"""
The square is 0, so only the constant is left:

$$ \log \mathcal N(x \mid \mu, \sigma^2 I) = -\tfrac D2 \log (2 \pi \sigma^2)
= -\tfrac{<D>}{2} \log (2 \pi \cdot <sigma>^2) = <wide> $$

Dividing $\sigma$ by $<c>$ adds $D \log <c> = <gain>$ nats, as in (2.7). Nothing limits it:
with two components or more, the likelihood of a mixture has no maximum.
""",
        given,
        answer,
    )


PROBLEMS = responsibilities, em_step, log_space, collapse
