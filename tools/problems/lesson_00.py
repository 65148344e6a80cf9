"""Start here, by hand: a marginal density, Bayes' rule, nats."""

from tools.problems.problem import pick, problem, shares, sorted_steps, step, tensor
from vaelib.gaussians import log_normal_diag
from vaelib.mixture import split


def boxes(rng):
    """(0.1) and (0.2) for two uniform densities that overlap."""
    ends = sorted_steps(rng, (0, 8, 1), 4)
    weight = step(rng, 0.2, 0.8, 0.1)
    given = {
        "first": [ends[0], ends[2]],
        "second": [ends[1], ends[3]],
        "weights": [weight, round(1 - weight, 10)],
        "x": (ends[1] + ends[2]) / 2,
    }
    widths = [ends[2] - ends[0], ends[3] - ends[1]]
    heights = [w / width for w, width in zip(given["weights"], widths, strict=True)]
    below = (ends[1] - ends[0]) * heights[0]
    answer = {"p": sum(heights), "below": below}
    steps = {"width": widths, "height": heights, "middle": ends[1]}
    return problem(
        "Two boxes",
        r"""
A mixture has two components with weights $\pi = (<weights>)$. The first is uniform between
$<first.0>$ and $<first.1>$, the second between $<second.0>$ and $<second.1>$. Compute $p(x)$ at
$x = <x>$ by (0.1). How probable is $x$ below $<second.0>$? Check (0.2): the area under $p(x)$ is 1.
""",
        r"""
A uniform density is one over its width: $p(x \mid 1) = 1 / <width.0>$ and
$p(x \mid 2) = 1 / <width.1>$. At $x = <x>$ both are there:

$$ p(x) = <weights.0> \cdot \frac{1}{<width.0>} + <weights.1> \cdot \frac{1}{<width.1>}
= <height.0> + <height.1> = <p> $$

Below $<middle>$ there is the first box alone: its height there, $<height.0>$, times the length
$<middle> - <first.0>$ is $<below>$.

The areas of the two boxes are their weights, and these add up to 1.
""",
        given,
        answer,
        steps,
    )


def table(rng):
    """Bayes' rule with three components and a given density of x under each."""
    given = {
        "weights": shares(rng, 3, 10),
        "density": [step(rng, 0.1, 0.9, 0.1) for _ in range(3)],
    }
    joint = tensor(given["weights"]) * tensor(given["density"])
    log_p, log_resp = split(joint.log()[None])
    answer = {"p": log_p.exp().item(), "posterior": log_resp[0].exp().tolist()}
    return problem(
        "Which of three?",
        r"""
Three components have the probabilities $\pi = (<weights>)$. For one $x$ their densities are
$p(x \mid k) = (<density>)$. Compute $p(x)$ and $p(k \mid x)$ for each $k$.
""",
        r"""
The products $\pi_k \, p(x \mid k)$ are $(<joint>)$. Their sum is the marginal density,
$p(x) = <p>$.

Bayes' rule divides each product by the sum: $p(k \mid x) = (<posterior>)$. These add up to 1.
""",
        given,
        answer,
        {"joint": joint.tolist()},
    )


def nats(rng):
    """The log-density of three points under one Gaussian, and the same in bits."""
    mean = step(rng, -1, 1)
    given = {
        "mu": mean,
        "var": pick(rng, [0.5, 1, 2, 4]),
        "x": [tidy_sum(mean, shift) for shift in sorted_steps(rng, (-3, 3, 0.5), 3)],
    }
    points = tensor(given["x"])[:, None]
    each = log_normal_diag(points, tensor([mean]), tensor(given["var"]).log()).tolist()
    answer = {"log_p": each, "total": sum(each), "bits": sum(each) / tensor(2.0).log().item()}
    return problem(
        "Nats add up",
        r"""
Three independent points $x = (<x>)$ are drawn from $\mathcal N(x \mid \mu, \sigma^2)$ with
$\mu = <mu>$ and $\sigma^2 = <var>$. Compute $\log p(x)$ of each in nats, and their sum. How many
bits is the sum?
""",
        r"""
For each point

$$ \log p(x) = -\tfrac12 \log (2 \pi \cdot <var>) - \frac{(x - <mu:()>)^2}{2 \cdot <var>} $$

This gives $(<log_p>)$. The points are independent, so their densities multiply and the logarithms
add up: $<total>$ nats. A bit is $\log 2 = 0.693$ nats, so this is $<bits>$ bits.
""",
        given,
        answer,
    )


def tidy_sum(a, b):
    """a + b, without the dirt of binary fractions."""
    return round(a + b, 10)


PROBLEMS = boxes, table, nats
