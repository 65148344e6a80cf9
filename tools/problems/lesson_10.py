"""Go beyond one Gaussian each, by hand: L_k of given weights, a mixture prior, labels."""

from tools.problems.problem import pick, problem, shares, sorted_steps, step, tensor
from vaelib.mixture import Mixture, split


def tighter(rng):
    """L_1 and L_2 of a weight that takes two values, and what (10.3) says."""
    low, high = sorted_steps(rng, (0.2, 2, 0.2), 2)
    given = {"w": [low, high]}
    w = tensor(given["w"])
    pairs = (w[:, None] + w) / 2
    p, var = w.mean(), w.var(correction=0)
    answer = {
        "log_p": p.log().item(),
        "L1": w.log().mean().item(),
        "L2": pairs.log().mean().item(),
        "estimate": (var / (4 * p**2)).item(),
    }
    answer["gap"] = answer["log_p"] - answer["L2"]
    steps = {"p": p.item(), "var": var.item(), "logs": w.log().tolist()}
    return problem(
        "Average inside the logarithm",
        r"""
For one $x$ the weight $w = p(x, z) / q(z \mid x)$ takes the values $(<w>)$, each with probability ½
under $q$. Compute $\log p(x)$, $L = L_1$ and $L_2$ exactly. How large is $\log p(x) - L_2$, and
what does (10.3) say for $k = 2$?
""",
        r"""
The weights' mean is $p(x) = <p>$, so $\log p(x) = <log_p>$.

The logarithms are $(<logs>)$, so $L_1 = <L1>$.

Two draws give both values once with probability ½, and twice the same with ¼ each:

$$ L_2 = \tfrac14 \log <w.0> + \tfrac12 \log <p> + \tfrac14 \log <w.1> = <L2> $$

The gap is $<gap>$ nats. The variance of $w$ is $<var>$, and (10.3) says
$<var> / (2 \cdot 2 \cdot <p>^2) = <estimate>$.
""",
        given,
        answer,
        steps,
    )


def mixture_prior(rng):
    """(10.2) with a linear decoder: each component is a Gaussian of x."""
    weight = step(rng, 0.3, 0.7, 0.1)
    given = {
        "weights": [weight, round(1 - weight, 10)],
        "means": [-step(rng, 1, 2, 0.5), step(rng, 0.5, 2, 0.5)],
        "variances": [pick(rng, [0.25, 0.5]), pick(rng, [0.5, 1])],
        "a": step(rng, 1, 2, 0.5),
        "var": pick(rng, [0.25, 0.5]),
        "x": step(rng, -1, 1, 0.5),
    }
    means = given["a"] * tensor(given["means"])[:, None]
    variances = given["a"] ** 2 * tensor(given["variances"]) + given["var"]
    seen = Mixture(tensor(given["weights"]), means, variances)
    x = tensor([[given["x"]]])
    parts = seen.log_joint(x)[0].exp()
    answer = {
        "variances_x": variances.tolist(),
        "log_p": seen.log_prob(x).item(),
        "r": seen.posterior(x)[0].tolist(),
    }
    steps = {"means_x": means[:, 0].tolist(), "parts": parts.tolist(), "p": parts.sum().item()}
    return problem(
        "A mixture as the prior",
        r"""
The prior is a mixture of two Gaussians in one dimension, with weights $(<weights>)$, means
$(<means>)$ and variances $(<variances>)$. The decoder is $p(x \mid z) = \mathcal N(x \mid a z,
\sigma_x^2)$ with $a = <a>$ and $\sigma_x^2 = <var>$. Which Gaussians are the $p_k(x)$ of (10.2)?
Compute $\log p(x)$ at $x = <x>$, and which component the $x$ came from, with which probability.
""",
        r"""
As in (4.7), each $p_k(x)$ is a Gaussian with mean $a \mu_k$ and variance $a^2 \sigma_k^2 +
\sigma_x^2$: the means are $(<means_x>)$, the variances $(<variances_x>)$.

At $x = <x>$ the products $\pi_k \, p_k(x)$ are $(<parts>)$. Their sum is $p(x) = <p>$, so
$\log p(x) = <log_p>$ nats.

The components' probabilities given $x$ are the shares, $(<r>)$.
""",
        given,
        answer,
        steps,
    )


def labels(rng):
    """(10.4) for three labels."""
    best = -step(rng, 90, 110, 5)
    gaps = [0.0, *sorted_steps(rng, (0.5, 4, 0.5), 2)]
    given = {"log_p": [best - gap for gap in gaps], "prior": shares(rng, 3, 10)}
    joint = (tensor(given["log_p"]) + tensor(given["prior"]).log())[None]
    log_px, log_resp = split(joint)
    answer = {"log_px": log_px.item(), "posterior": log_resp[0].exp().tolist()}
    answer["bound"] = joint[0, 0].item()
    return problem(
        "Sum the label out",
        r"""
A model with labels $y = 1, 2, 3$ and $p(y) = (<prior>)$ gives one image
$\log p(x \mid y) = (<log_p>)$ nats. Compute $\log p(x)$ by (10.4) and $p(y \mid x)$. The true label
is $y = 1$: which lower bound on $\log p(x)$ does it give alone?
""",
        r"""
Add $\log p(y)$ to each: $(<joint>)$. By (2.2) the logarithm of the sum of their exponentials is
$\log p(x) = <log_px>$.

The shares are $p(y \mid x) = (<posterior>)$.

Every term is positive, so the first alone is a lower bound: $<bound>$ nats.
""",
        given,
        answer,
        {"joint": joint[0].tolist()},
    )


def narrow_guess(rng):
    """The variance that (10.3) needs, for a discrete posterior and guess."""
    given = {"posterior": shares(rng, 3, 10), "q": shares(rng, 3, 10)}
    while given["q"] == given["posterior"]:
        given["q"] = shares(rng, 3, 10)
    given["k"] = pick(rng, [10, 50, 100])
    posterior, q = tensor(given["posterior"]), tensor(given["q"])
    ratio = (posterior**2 / q).sum().item() - 1
    kl = (q * (q / posterior).log()).sum().item()
    answer = {"ratio": ratio, "gap": ratio / (2 * given["k"]), "gap_1": kl}
    steps = {"terms": (posterior**2 / q).tolist()}
    return problem(
        "How many draws?",
        r"""
A latent takes three values. For one $x$ the posterior is $p(z \mid x) = (<posterior>)$ and the
encoder says $q(z \mid x) = (<q>)$. Compute $\operatorname{Var}_q[w] / p(x)^2$ as the sum of
$p(z \mid x)^2 / q(z \mid x)$ less 1. How far below $\log p(x)$ does $L_k$ lie for $k = <k>$, by
(10.3)? How far does $L$ lie below it?
""",
        r"""
The terms $p(z \mid x)^2 / q(z \mid x)$ are $(<terms>)$. Their sum less 1 is $<ratio>$.

By (10.3) $\log p(x) - L_k \approx <ratio> / (2 \cdot <k>) = <gap:5>$ nats.

$L$ lies $\mathrm{KL}(q(z|x) \,\|\, p(z|x)) = <gap_1>$ nats below.
""",
        given,
        answer,
        steps,
    )


PROBLEMS = tighter, mixture_prior, labels, narrow_guess
