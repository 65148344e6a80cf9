"""Train an autoencoder, by hand: the mean, the principal direction, the grey average."""

import torch

from tools.problems.problem import pick, problem, several, sorted_steps, step, tensor


def best_constant(rng):
    """(1.1) for four points of the plane."""
    given = {
        "first": sorted_steps(rng, (-3, 4, 1), 4),
        "second": several(rng, [-2, -1, 0, 1, 2, 3], 4),
        "c": [step(rng, -2, 2), step(rng, -2, 2)],
    }
    points = torch.stack([tensor(given["first"]), tensor(given["second"])], 1)
    mean, c = points.mean(0), tensor(given["c"])
    variance = ((points - mean) ** 2).sum(1).mean().item()
    shift = ((c - mean) ** 2).sum().item()
    answer = {"mean": mean.tolist(), "variance": variance, "cost": variance + shift}
    steps = {"shift": shift, "each": ((points - c) ** 2).sum(1).tolist()}
    return problem(
        "One answer for all",
        r"""
Four points of the plane have the first coordinates $(<first>)$ and the second coordinates
$(<second>)$, in this order. Each has probability ¼. Compute $\mathbb E X$, the variance
$\mathbb E \|X - \mathbb E X\|^2$, and the cost $\mathbb E \|X - c\|^2$ of the answer $c = (<c>)$,
both directly and by (1.1).
""",
        r"""
The mean is $\mathbb E X = (<mean>)$. The mean squared distance from it is $<variance>$.

Directly: the squared distances of the four points from $c$ are $(<each>)$, and their mean is
$<cost>$.

By (1.1): $c$ lies $\|c - \mathbb E X\|^2 = <shift>$ from the mean, and
$<variance> + <shift> = <cost>$.
""",
        given,
        answer,
        steps,
    )


def principal_direction(rng):
    """(1.2) for a covariance with eigenvectors (0.6, 0.8) and (−0.8, 0.6)."""
    low, high = sorted_steps(rng, (1, 9, 1), 2)
    u, v = tensor([0.6, 0.8]), tensor([-0.8, 0.6])
    if pick(rng, [True, False]):
        u, v = v, u
    cov = high * torch.outer(u, u) + low * torch.outer(v, v)
    given = {"cov": [round(each, 10) for each in cov.flatten().tolist()]}
    values = torch.linalg.eigvalsh(tensor(given["cov"]).reshape(2, 2))
    answer = {"eigenvalues": values.flip(0).tolist(), "lost": values[0].item()}
    answer["kept"] = (values[1] / values.sum()).item()
    steps = {"trace": low + high, "det": low * high, "u": u.tolist()}
    return problem(
        "Squeeze two numbers into one",
        r"""
The data's covariance is

$$ \begin{pmatrix} <cov.0> & <cov.1> \\ <cov.2> & <cov.3> \end{pmatrix} $$

An affine autoencoder keeps $d = 1$ number. What does it lose on average, by (1.2)? Which direction
does it keep, and which share of the variance?
""",
        r"""
The eigenvalues add up to the trace, $<trace>$, and multiply to the determinant, $<det>$. So they
solve $\lambda^2 - <trace> \lambda + <det> = 0$: $\lambda = (<eigenvalues>)$.

The matrix maps $(<u>)$ to $<eigenvalues.0>$ times itself: this is the direction that is kept, up to
its sign.

What is lost is the other eigenvalue, $<lost>$. The share that is kept is
$<eigenvalues.0> / <trace> = <kept>$.
""",
        given,
        answer,
        steps,
    )


def grey_average(rng):
    """(1.4) for two pictures of eight black or white pixels."""
    first = [pick(rng, [0, 1]) for _ in range(8)]
    turned = several(rng, list(range(8)), int(step(rng, 2, 6)))
    second = [1 - pixel if i in turned else pixel for i, pixel in enumerate(first)]
    given = {"first": first, "second": second, "c": pick(rng, [0.2, 0.3, 0.4])}
    x, other = tensor(first), tensor(second)
    mixed = (1 - given["c"]) * x + given["c"] * other
    choices = {"average": (x + other) / 2, "one": x, "between": mixed}
    answer = {name: half_each(x, other, c) for name, c in choices.items()}
    return problem(
        "The cheapest picture is grey",
        r"""
Two pictures of eight pixels, $x = (<first>)$ and $x' = (<second>)$, have the same code. The decoder
draws one picture $c$ for both. What is $\frac12 \|x - c\|^2 + \frac12 \|x' - c\|^2$ for the average
of the two, for $c = x$, and for $c = x + <c> \, (x' - x)$? Use (1.4).
""",
        r"""
The pictures differ in $<differ>$ pixels, by 1 in each, so $\|x - x'\|^2 = <differ>$.

For the average only the last term of (1.4) is left: $<differ> / 4 = <average>$.

For $c = x$ the average is half of the way from $c$ to $x'$, at squared distance
$\frac14 \cdot <differ>$: twice as much, $<one>$.

For the last $c$ the distance to the average is $0.5 - <c>$ of the way. So the cost is
$(0.5 - <c>)^2 \cdot <differ> + <average> = <between>$.
""",
        given,
        answer,
        {"differ": len(turned)},
    )


def half_each(x, other, c):
    """½ ‖x − c‖² + ½ ‖x' − c‖²."""
    return 0.5 * (((x - c) ** 2).sum() + ((other - c) ** 2).sum()).item()


PROBLEMS = best_constant, principal_direction, grey_average
