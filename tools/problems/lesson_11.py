"""Take many small steps, by hand: where a step leads, the way back, its price."""

import math

from tools.problems.problem import problem, several, sorted_steps, step, tensor
from vaelib.gaussians import kl_diag, kl_standard

SIGNALS = [0.28, 0.6, 0.8, 0.96]  # with b² = 1 − a² they give b = 0.96, 0.8, 0.6, 0.28


def schedule(rng):
    """a_{t−1} > a_t of which both have a short b."""
    return sorted(several(rng, SIGNALS, 2), reverse=True)


def jump(rng):
    """(11.1): two steps in one jump."""
    given = {
        "a": schedule(rng),
        "x": step(rng, -2, 2, 0.5) or 1.0,
        "eps": step(rng, -1.5, 1.5, 0.5),
    }
    before, after = given["a"]
    c = 1 - after**2 / before**2
    b = math.sqrt(1 - after**2)
    answer = {"c": c, "mean": after * given["x"], "z": after * given["x"] + b * given["eps"]}
    answer["ratio"] = after**2 / b**2
    steps = {"b": b, "b2": b**2, "factor": after / before, "var": before**2}
    steps["mixed"] = (after / before) ** 2 * (1 - before**2) + c
    return problem(
        "Two steps in one jump",
        r"""
A schedule has $a_1 = <a.0>$ and $a_2 = <a.1>$. What is the step's noise variance $c$ from $z_1$ to
$z_2$? Show from the two steps that $q(z_2 \mid x)$ has mean $a_2 x$ and variance $1 - a_2^2$, as
(11.1) says. Draw $z_2$ for $x = <x>$ with the noise $\varepsilon = <eps>$, and give the
signal-to-noise ratio.
""",
        r"""
The step's factor is $a_2 / a_1 = <factor>$, and $c = 1 - (a_2 / a_1)^2 = <c>$.

After the first step the mean is $a_1 x$ and the variance $1 - a_1^2$. The second multiplies the
mean by $a_2 / a_1$, which gives $a_2 x = <mean>$. The variance becomes
$(a_2 / a_1)^2 (1 - a_1^2) + c = <mixed>$, and $1 - a_2^2 = <b2>$ is the same.

So $z_2 = a_2 x + b_2 \varepsilon = <mean> + <b> \cdot <eps:()> = <z>$. The signal-to-noise ratio is
$a_2^2 / b_2^2 = <ratio>$.
""",
        given,
        answer,
        steps,
    )


def way_back(rng):
    """(11.2): one step back where x is known."""
    given = {
        "a": schedule(rng),
        "x": step(rng, -1, 2, 0.5),
        "z": step(rng, -2, 2, 0.5),
    }
    mean, var, steps = back(given, given["x"])
    answer = {"mean": mean, "var": var}
    return problem(
        "One step back",
        r"""
A schedule has $a_{t-1} = <a.0>$ and $a_t = <a.1>$. At $z_t = <z>$, and knowing $x = <x>$, what are
the mean and the variance of $q(z_{t-1} \mid z_t, x)$ by (11.2)?
""",
        r"""
First $b_{t-1}^2 = 1 - <a.0>^2 = <b2_before>$, $b_t^2 = 1 - <a.1>^2 = <b2>$ and
$c = 1 - (<a.1> / <a.0>)^2 = <c:4>$.

The factor of $x$ is $a_{t-1} c / b_t^2 = <of_x:4>$, that of $z_t$ is
$(a_t / a_{t-1}) \, b_{t-1}^2 / b_t^2 = <of_z:4>$. So the mean is

$$ <of_x:4> \cdot <x:()> + <of_z:4> \cdot <z:()> = <mean> $$

and the variance $c \, b_{t-1}^2 / b_t^2 = <var:4>$.
""",
        given,
        answer,
        steps,
    )


def back(given, x):
    """Mean and variance of (11.2) with x or a guess in its place, and the numbers on the way."""
    before, after = given["a"]
    b2_before, b2, c = 1 - before**2, 1 - after**2, 1 - after**2 / before**2
    of_x, of_z = before * c / b2, after / before * b2_before / b2
    steps = {"b2_before": b2_before, "b2": b2, "c": c, "of_x": of_x, "of_z": of_z}
    return of_x * x + of_z * given["z"], c * b2_before / b2, steps


def price(rng):
    """(11.4) and (11.5): what a wrong guess of x costs."""
    given = {"a": schedule(rng), "x": step(rng, -1, 1, 0.5), "z": 0.0}
    given["guess"] = round(given["x"] + step(rng, 0.2, 1, 0.2), 10)
    means = [back(given, x)[0] for x in (given["x"], given["guess"])]
    log_var = tensor(back(given, 0)[1]).log()[None]
    kl = kl_diag(tensor(means[:1]), log_var, tensor(means[1:]), log_var).item()
    before, after = (a**2 / (1 - a**2) for a in given["a"])
    square = (given["x"] - given["guess"]) ** 2
    answer = {"lost": before - after, "KL": kl, "noise": after * square}
    return problem(
        "The price of a step",
        r"""
A schedule has $a_{t-1} = <a.0>$ and $a_t = <a.1>$. The clean number is $x = <x>$, the network
guesses $\hat x = <guess>$. How much signal-to-noise ratio does the step destroy, what is its KL by
(11.4), and what is the squared error of the noise, $\|\varepsilon - \hat\varepsilon\|^2$, by
(11.5)?
""",
        r"""
The ratios are $a_{t-1}^2 / b_{t-1}^2 = <before>$ and $a_t^2 / b_t^2 = <after>$. The step destroys
$<lost>$.

The squared error of the guess is $<square>$, so the KL is
$\frac12 \cdot <lost> \cdot <square> = <KL>$ nats.

The squared error of the noise is $<after> \cdot <square> = <noise>$.
""",
        {name: given[name] for name in ("a", "x", "guess")},
        answer,
        {"before": before, "after": after, "square": square},
    )


def rest(rng):
    """The last term of (11.3): what of x is left at the end."""
    given = {
        "a": sorted_steps(rng, (0.02, 0.3, 0.02), 1)[0],
        "x": sorted_steps(rng, (-2, 2, 0.5), 2),
    }
    log_var = tensor(1 - given["a"] ** 2).log()
    mu = given["a"] * tensor(given["x"])
    answer = {"KL": kl_standard(mu, log_var.expand(2)).item()}
    squares = sum(each**2 for each in given["x"])
    return problem(
        "What is left at the end",
        r"""
The last step has $a_T = <a>$. For $x = (<x>)$ in two dimensions, what does the last term of (11.3)
cost, $\mathrm{KL}(q(z_T \mid x) \,\|\, \mathcal N(0, I))$?
""",
        r"""
By (11.1) $q(z_T \mid x)$ has mean $a_T x$ and variance $v = 1 - a_T^2 = <v:4>$ in each dimension.
Equation (5.6), summed:

$$ \tfrac12 \big( <a>^2 \cdot <squares> + 2 (<v:4> - 1 - \log <v:4>) \big) = <KL:4> $$
""",
        given,
        answer,
        {"v": 1 - given["a"] ** 2, "squares": squares},
    )


PROBLEMS = jump, way_back, price, rest
