"""Find out why EM climbs, by hand: bound and KL, a hard guess, what an M-step opens."""

from torch import logsumexp

from tools.problems.problem import pick, problem, shares, sorted_steps, step, tensor


def bound_and_kl(rng):
    """(3.1) for three components."""
    given = {"joint": [step(rng, 0.02, 0.2, 0.01) for _ in range(3)], "q": shares(rng, 3, 10)}
    joint, q = tensor(given["joint"]), tensor(given["q"])
    posterior = joint / joint.sum()
    terms, gaps = q * (joint / q).log(), q * (q / posterior).log()
    answer = {"L": terms.sum().item(), "KL": gaps.sum().item()}
    answer["log_p"] = logsumexp(joint.log(), 0).item()
    steps = {"terms": terms.tolist(), "gaps": gaps.tolist(), "p": joint.sum().item()}
    steps["posterior"] = posterior.tolist()
    return problem(
        "A bound and its gap",
        r"""
For one point, $p(x, k) = (<joint>)$ for $k = 1, 2, 3$. Someone guesses $q(k \mid x) = (<q>)$.
Compute $\log p(x)$, $L(q)$ and $\mathrm{KL}(q(k|x) \,\|\, p(k|x))$, and check (3.1). Which $q$
would make the KL zero?
""",
        r"""
The sum is $p(x) = <p>$, so $\log p(x) = <log_p>$ nats. The posterior is
$p(k \mid x) = (<posterior>)$.

The terms $q \log (p(x, k) / q)$ are $(<terms>)$. Their sum is $L(q) = <L>$.

The terms $q \log (q / p(k \mid x))$ are $(<gaps>)$. Their sum is the KL, $<KL>$.

$L$ and KL together are $<log_p>$, as (3.1) says. The KL is zero for $q = p(k \mid x)$, the E-step.
""",
        given,
        answer,
        steps,
    )


def hard_guess(rng):
    """(3.10): the price of giving a point to one component."""
    posterior = shares(rng, 3, 20)
    given = {"posterior": posterior, "log_p": -step(rng, 2, 6, 0.5)}
    best = max(posterior)
    answer = {"gap": -tensor(best).log().item()}
    answer["L"] = given["log_p"] - answer["gap"]
    steps = {"best": best, "k": posterior.index(best) + 1}
    return problem(
        "All or nothing",
        r"""
A point has the posterior $p(k \mid x) = (<posterior>)$ and $\log p(x) = <log_p>$ nats. Only guesses
that give the whole point to one component are allowed. Which is the best, and what is its bound
$L(q)$? By how much would the bound rise with the full E-step?
""",
        r"""
For a $q$ that is 1 at one $k$, the KL is $-\log p(k \mid x)$. It is smallest for the most probable
component, $k = <k>$: $-\log <best> = <gap>$ nats, as (3.10) says.

So $L = <log_p> - <gap> = <L>$. The full E-step wins back the $<gap>$ nats.
""",
        given,
        answer,
        steps,
    )


def opened(rng):
    """(3.6): what a step gains, split in two."""
    old = [step(rng, 0.02, 0.2, 0.02) for _ in range(2)]
    new = [round(each + step(rng, 0.02, 0.12, 0.02), 10) for each in old]
    new[0] = round(new[0] + pick(rng, [0.1, 0.15]), 10)
    given = {"old": old, "new": new}
    before, after = tensor(old), tensor(new)
    q = before / before.sum()
    posterior = after / after.sum()
    answer = {
        "gain": (q * (after / before).log()).sum().item(),
        "KL": (q * (q / posterior).log()).sum().item(),
        "rise": (after.sum() / before.sum()).log().item(),
    }
    steps = {"q": q.tolist(), "posterior": posterior.tolist(), "p": before.sum().item()}
    steps["p_new"] = after.sum().item()
    return problem(
        "The M-step opens a gap",
        r"""
For one point and two components, $p_\theta(x, k) = (<old>)$ before an M-step and
$p_{\theta'}(x, k) = (<new>)$ after it. The guess $q$ is the posterior before the step. Compute the
three terms of (3.6): the rise of $\log p(x)$, the M-step's gain, the KL opened.
""",
        r"""
Before the step $p_\theta(x) = <p>$, after it $p_{\theta'}(x) = <p_new>$. So $\log p(x)$ rises by
$\log (<p_new> / <p>) = <rise>$ nats.

The guess is $q = (<q>)$. The entropy of $q$ stays, so the M-step's gain is

$$ \sum_k q(k \mid x) \log \frac{p_{\theta'}(x, k)}{p_\theta(x, k)}
= <q.0> \log \frac{<new.0>}{<old.0>} + <q.1> \log \frac{<new.1>}{<old.1>} = <gain> $$

The new posterior is $(<posterior>)$, and the KL from $q$ to it is $<KL>$. Gain and KL add up to
$<rise>$.
""",
        given,
        answer,
        steps,
    )


def nearest_mean(rng):
    """(3.11): the bound of k-means."""
    given = {
        "x": sorted_steps(rng, (-4, 4, 1), 4),
        "means": sorted_steps(rng, (-3, 3, 1), 2),
        "var": pick(rng, [0.5, 1, 2]),
    }
    x, means = tensor(given["x"]), tensor(given["means"])
    squares = ((x[:, None] - means) ** 2).min(1).values
    bound = -tensor(2.0).log() - 0.5 * tensor(6.283185307179586 * given["var"]).log()
    answer = {"L": (bound - squares.mean() / (2 * given["var"])).item()}
    steps = {"squares": squares.tolist(), "mean": squares.mean().item()}
    return problem(
        "The bound of k-means",
        r"""
Two components have equal weights, the means $(<means>)$ and the same variance
$\sigma^2 = <var>$. Each of the points $x = (<x>)$ is given whole to its nearest mean. Compute the
mean bound by (3.11).
""",
        r"""
The squared distances to the nearest mean are $(<squares>)$, on average $<mean>$. With $K = 2$ and
$D = 1$:

$$ -\log 2 - \tfrac12 \log (2 \pi \cdot <var>) - \frac{<mean>}{2 \cdot <var>} = <L> $$
""",
        given,
        answer,
        steps,
    )


PROBLEMS = bound_and_kl, hard_guess, opened, nearest_mean
