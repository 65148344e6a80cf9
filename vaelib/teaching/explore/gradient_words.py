"""What the explorer `gradient` says."""

import numpy as np

from vaelib.teaching.explore.words import rounded


def size(value):
    """A standard error, in about two digits."""
    return rounded(value, 1 if value > 9.95 else 2)


def draws(ratio):
    """How many draws one is worth."""
    return rounded(ratio, 0 if ratio > 9.95 else 1)


def sentence(place, true, count):
    """What to notice, in at most three numbers."""
    k, height = f"[{count}](count)", "[score function](blue)"
    path, error = "[reparameterised](green)", size(true.score / np.sqrt(count))
    if place.f == "flat":
        guess = f"guesses on: a mean over {k} is good to ± {error}"
        if true.score < 1e-9:
            guess = f"says so, too, with b on the ground: every mean of {k} is 0"
        return f"Flat ground has no way up, and every {path} draw says so. The {height} {guess}."
    if place.f == "a step":
        truth = f"The gradient is {rounded(true.gradient, 2)}, which only the {height} can find"
        if abs(true.gradient) < 0.005:
            truth = f"Here that happens to be right; the {height} does not know it"
        return (
            f"Every {path} draw says that there is no way up, for wherever it falls the step is "
            f"flat. {truth}: a mean over {k} is good to ± {error}."
        )
    ratio = (true.score / true.path) ** 2
    if ratio < 1 / 1.05:
        return (
            f"Here heights know more than slopes: one draw of the {height} is worth "
            f"{draws(1 / ratio)} {path} ones. A mean of {k} is good to ± {error}."
        )
    worth = f"one {path} draw is worth {draws(ratio)} of the {height}"
    if ratio < 1.05:
        worth = f"here a {path} draw and one of the {height} scatter alike"
    good = f"The score function's mean of {k} is good to ± {error}."
    return f"Both are right on average, but {worth}. {good}"


def numbers(place, true, means, count, run, shown, reach):
    """All other numbers; arrows are of the `shown` first draws, the runs' axis ends at `reach`."""
    root, said = np.sqrt(count), [rounded(mean[run], 3) for mean in means]
    text = (
        f"By {place.by} the exact gradient is {rounded(true.gradient, 3)}. One draw's standard "
        f"deviation is {rounded(true.score, 3)} by the score function and {rounded(true.path, 3)} "
        f"reparameterised; one standard error of a mean of {count} is "
        f"{rounded(true.score / root, 3)} and {rounded(true.path / root, 3)}. The mean of f is "
        f"{rounded(true.mean_f, 2)}, the baseline {rounded(place.b, 1)}, and the best constant "
        f"would be {rounded(true.best_b, 2)}. Run {run + 1} says {said[0]} and {said[1]}."
    )
    if abs(true.gradient) >= 0.0005:
        right = [int((np.sign(m) == np.sign(true.gradient)).sum()) for m in means]
        text += f" Of {len(means[0])} runs {right[0]} and {right[1]} have the right sign."
    text += f" Arrows are of the run's first {shown} draws at most; two heads: it goes on."
    if place.by == "log v":
        text += " An arrow outward, away from m, says wider."
    beyond = sum(int((abs(m) > reach).sum()) for m in means)
    if beyond:
        text += f" {beyond} means lie beyond the axis, as crosses at its ends."
    return text
