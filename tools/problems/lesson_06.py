"""Take the noise apart from the KL, by hand: what noise costs, where it settles, two gradients."""

import torch

from tools.problems.problem import pick, problem, sorted_steps, step, tensor
from vaelib.gaussians import kl_standard


def noise_costs(rng):
    """(6.6) for two latents and two dimensions of x."""
    given = {
        "a1": [step(rng, 1, 3), step(rng, -1, 2)],
        "a2": [step(rng, -2, 0), step(rng, 1, 2)],
        "m": [step(rng, -1, 1, 0.5), step(rng, 0.5, 1, 0.5)],
        "v": [pick(rng, [0.1, 0.2, 0.5]), pick(rng, [0.1, 0.3, 0.4])],
        "x": [step(rng, -2, 3), step(rng, -2, 3)],
    }
    A = torch.stack([tensor(given["a1"]), tensor(given["a2"])], 1)
    mean = A @ tensor(given["m"])
    squares = (A**2).sum(0)
    noise = (tensor(given["v"]) * squares).sum().item()
    miss = ((tensor(given["x"]) - mean) ** 2).sum().item()
    answer = {"miss": miss, "noise": noise, "total": miss + noise}
    return problem(
        "What noise costs",
        r"""
A decoder multiplies $z$ by a matrix with the columns $a_1 = (<a1>)$ and $a_2 = (<a2>)$. The encoder
says $m = (<m>)$ and $v = (<v>)$ for $x = (<x>)$. Compute the mean squared error over the noise by
(6.6). Which part of it would vanish with $v = 0$?
""",
        r"""
The decoder's mean is $A m = (<mean>)$, so $\|x - A m\|^2 = <miss>$.

The columns have $\|a_1\|^2 = <squares.0>$ and $\|a_2\|^2 = <squares.1>$. Noise costs
$<v.0> \cdot <squares.0> + <v.1> \cdot <squares.1> = <noise>$.

Together $<total>$. The part $<noise>$ would vanish without noise.
""",
        given,
        answer,
        {"mean": mean.tolist(), "squares": squares.tolist()},
    )


def where_it_settles(rng):
    """(6.9), and the KL's part there."""
    given = {
        "beta": pick(rng, [0.5, 1, 2, 4]),
        "sigma": pick(rng, [0.1, 0.2, 0.5]),
        "a": sorted_steps(rng, (0.1, 2, 0.1), 2),
    }
    floor = given["beta"] * given["sigma"] ** 2
    v = [floor / (floor + a**2) for a in given["a"]]
    answer = {"v": v, "alive": [1 - each for each in v]}
    return problem(
        "Where the noise settles",
        r"""
A linear decoder has noise $\sigma_x = <sigma>$ and two columns of lengths $\|a_j\| = (<a>)$. The
KL has the factor $\beta = <beta>$. Which $v_j$ does the encoder choose, by (6.9)? What happens to
$v_j$ when $\|a_j\|$ goes to 0?
""",
        r"""
Here $\beta \sigma_x^2 = <beta> \cdot <sigma>^2 = <floor:4>$. So

$$ v_1 = \frac{<floor:4>}{<floor:4> + <a.0>^2} = <v.0>, \qquad
v_2 = \frac{<floor:4>}{<floor:4> + <a.1>^2} = <v.1> $$

These are $1 - <alive.0>$ and $1 - <alive.1>$. For $\|a_j\| \to 0$ the noise becomes that of the
prior, $v_j = 1$: a dimension that the decoder does not read carries nothing.
""",
        given,
        answer,
        {"floor": floor},
    )


def free_move(rng):
    """(6.7): the scale that the KL wants."""
    given = {
        "m": [step(rng, 0.5, 3, 0.5), step(rng, -3, -0.5, 0.5)],
        "v": [pick(rng, [0.1, 0.2]), pick(rng, [0.3, 0.5])],
        "c": pick(rng, [0.5, 2]),
    }
    m, v, c = tensor(given["m"]), tensor(given["v"]), given["c"]
    before = kl_standard(m, v.log()).item()
    moved = kl_standard(c * m, (c**2 * v).log()).item()
    power = (m**2 + v).sum().item()
    answer = {"before": before, "change": moved - before, "best": (2 / power) ** 0.5}
    return problem(
        "A move that the picture does not see",
        r"""
An encoder says $m = (<m>)$ and $v = (<v>)$. All codes are multiplied by $c = <c>$, and the decoder
divides by $c$. Compute the KL to $\mathcal N(0, I)$ before, and its change by (6.7). For which
$c > 0$ is the KL of this one $x$ smallest?
""",
        r"""
Before: $\frac12 \sum_j (m_j^2 + v_j - 1 - \log v_j) = <before>$ nats.

The sum of $m_j^2 + v_j$ is $<power>$. By (6.7) the change is

$$ \tfrac12 \big( (<c>^2 - 1) \cdot <power> - 2 \cdot 2 \log <c> \big) = <change> $$

In $c$ the KL is $\frac12 c^2 \cdot <power> - 2 \log c$ and a constant. Its slope
$c \cdot <power> - 2 / c$ is 0 at $c = \sqrt{2 / <power>} = <best>$. There the mean of
$c^2 (m_j^2 + v_j)$ is 1.
""",
        given,
        answer,
        {"power": power},
    )


def two_gradients(rng):
    """(6.2) and (6.3) on two draws, for f(z) = z²."""
    given = {
        "m": step(rng, 1, 2, 0.5),
        "std": pick(rng, [0.5, 1, 2]),
        "eps": [step(rng, -1.5, -0.5, 0.5), step(rng, 0.5, 2, 0.5)],
    }
    z = given["m"] + given["std"] * tensor(given["eps"])
    score = z**2 * tensor(given["eps"]) / given["std"]
    answer = {
        "exact": 2 * given["m"],
        "reparameterised": (2 * z).tolist(),
        "score": score.tolist(),
        "means": [(2 * z).mean().item(), score.mean().item()],
    }
    return problem(
        "Two gradients of one average",
        r"""
For $f(z) = z^2$ and $q = \mathcal N(m, v)$ with $m = <m>$ and $\sqrt v = <std>$, two draws of the
noise are $\varepsilon = (<eps>)$. Compute $\nabla_m \, \mathbb E_q f(z)$ exactly, and both draws'
estimates of it: reparameterised (6.3), and by the score (6.2) with $b = 0$. Compare the means.
""",
        r"""
Exactly: $\mathbb E_q z^2 = m^2 + v$, so the slope is $2 m = <exact>$.

The draws are $z = m + \sqrt v \, \varepsilon = (<z>)$. Reparameterised, the estimates are
$2 z = (<reparameterised>)$.

The score is $\nabla_m \log q(z) = (z - m) / v = \varepsilon / \sqrt v$. Times $z^2$ it gives
$(<score>)$.

The means are $<means.0>$ and $<means.1>$, against $<exact>$. Both are right on average over many
draws; the second scatters more, as it does not know the slope of $f$.
""",
        given,
        answer,
        {"z": z.tolist()},
    )


PROBLEMS = noise_costs, where_it_settles, free_move, two_gradients
