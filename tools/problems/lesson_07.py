"""Find out which noise a loss assumes, by hand: σ_x, live dimensions, grey pixels."""

import math

from torch.nn.functional import binary_cross_entropy

from tools.problems.problem import pick, problem, sorted_steps, step, tensor


def assumed_noise(rng):
    """(7.1) for a mean over pixels and a weight on the KL."""
    given = {"D": pick(rng, [64, 100, 400, 784]), "w": pick(rng, [0.001, 0.01, 0.1, 0.5, 1])}
    var = given["w"] * given["D"] / 2
    answer = {"var": var, "std": math.sqrt(var), "var_sum": given["w"] / 2}
    return problem(
        "The noise that nobody chose",
        r"""
A program's loss is the *mean* of the squared errors over $D = <D>$ pixels, plus $<w>$ times the KL.
Which $\sigma_x$ does it assume, by (7.1)? Which $\sigma_x^2$ would it be with the *sum* over the
pixels in place of the mean?
""",
        r"""
The squared error's factor is $c_x = 1 / <D>$, the KL's is $c_z = <w>$. So

$$ \sigma_x^2 = \frac{c_z}{2 c_x} = \frac{<w> \cdot <D>}{2} = <var>, \qquad \sigma_x = <std> $$

With the sum $c_x = 1$, and $\sigma_x^2 = <w> / 2 = <var_sum:4>$.
""",
        given,
        answer,
    )


def live_directions(rng):
    """(7.4) and (7.5) for four eigenvalues."""
    given = {"beta": pick(rng, [1, 2, 4]), "var": pick(rng, [0.1, 0.2, 0.25])}
    floor = given["beta"] * given["var"]
    low = [round(floor * factor, 10) for factor in (0.4, 0.8)]
    high = [round(floor * factor, 10) for factor in sorted_steps(rng, (2, 20, 1), 2)]
    given["eigenvalues"] = [*high[::-1], *low[::-1]]
    live = [each for each in given["eigenvalues"] if each > floor]
    answer = {
        "squares": [max(each - floor, 0) for each in given["eigenvalues"]],
        "v": [floor / each for each in live],
        "KL": [0.5 * math.log(each / floor) for each in live],
    }
    answer["total"] = sum(answer["KL"])
    return problem(
        "How many dimensions live?",
        r"""
The data's covariance has the eigenvalues $\lambda = (<eigenvalues>)$. A linear VAE has
$\sigma_x^2 = <var>$ and $\beta = <beta>$. Which directions live, by (7.4)? What are $\|a_j\|^2$,
the noise $v_j$ and the KL (7.5) of those that do? What is the whole KL?
""",
        r"""
The threshold is $\beta \sigma_x^2 = <beta> \cdot <var> = <floor>$. Two eigenvalues exceed it.

By (7.4) $\|a_j\|^2 = (<squares>)$.

Of the two that live, $v_j = \beta \sigma_x^2 / \lambda_j = (<v>)$ and
$\mathrm{KL}_j = \frac12 \log (\lambda_j / <floor>) = (<KL>)$ nats. The whole KL is $<total>$ nats.
""",
        given,
        answer,
        {"floor": floor},
    )


def grey_pixels(rng):
    """(7.6) for three pixels, and the best f."""
    given = {
        "x": [step(rng, 0.1, 0.9, 0.1) for _ in range(3)],
        "f": [step(rng, 0.1, 0.9, 0.1) for _ in range(3)],
    }
    x, f = tensor(given["x"]), tensor(given["f"])
    answer = {
        "each": (-binary_cross_entropy(f, x, reduction="none")).tolist(),
        "sum": -binary_cross_entropy(f, x, reduction="sum").item(),
        "best": -binary_cross_entropy(x, x, reduction="sum").item(),
    }
    return problem(
        "Cross-entropy on grey pixels",
        r"""
Three grey pixels are $x = (<x>)$, the decoder says $f = (<f>)$. Compute the left side of (7.6).
Which $f$ makes it largest, and how large is it then? Why is that not 0?
""",
        r"""
The three terms $x_i \log f_i + (1 - x_i) \log (1 - f_i)$ are $(<each>)$. Their sum is $<sum>$
nats.

Each term is largest at $f_i = x_i$. There the sum is $<best>$: minus the entropy of three coins
that show ink with probability $x_i$. By (7.6) it is the average over tossed pixels $\tilde x$, and
no prediction of a coin that is not certain gets 0.
""",
        given,
        answer,
    )


def missing_constant(rng):
    """(7.2): what cross-entropy on [0, 1] leaves out."""
    given = {"f": pick(rng, [0.1, 0.2, 0.25, 0.3, 0.7, 0.8, 0.9])}
    f = given["f"]
    integral = (2 * f - 1) / (math.log(f) - math.log(1 - f))
    answer = {"integral": integral, "low": -math.log(integral)}
    steps = {"top": 2 * f - 1, "logit": math.log(f / (1 - f))}
    return problem(
        "A density that does not integrate to one",
        r"""
Cross-entropy treats $f^x (1 - f)^{1 - x}$ as if it were a density of a grey pixel $x$ between 0 and
1. Compute its integral (7.2) at $f = <f>$. By how many nats is the program's log-density of this
pixel wrong?
""",
        r"""
$$ \int_0^1 f^x (1 - f)^{1 - x} \, dx = \frac{2 \cdot <f> - 1}{\log <f> - \log (1 - <f>)}
= \frac{<top>}{<logit>} = <integral> $$

A density has the integral 1. So the true density is this one over $<integral>$, and the program's
logarithm is too low by $-\log <integral> = <low>$ nats.
""",
        given,
        answer,
        steps,
    )


PROBLEMS = assumed_noise, live_directions, grey_pixels, missing_constant
