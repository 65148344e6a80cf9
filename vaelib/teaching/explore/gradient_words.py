"""What the explorer `gradient` says."""

import numpy as np

from vaelib.teaching.explore.two_estimators import CURVES, exact
from vaelib.teaching.explore.words import rounded

LITTLE = 0.05  # a gradient that points nowhere


def size(value):
    """A standard error, in about two digits."""
    return rounded(value, 1 if value > 9.95 else 2)


def draws(ratio):
    """How many draws one is worth."""
    return rounded(ratio, 0 if ratio > 9.95 else 1)


def worth(place, true):
    """How many draws of one kind scatter as little as one of the other; a baseline far off."""
    ratio = (true.score / true.path) ** 2
    if 1 / 1.05 <= ratio < 1.05:
        return "Both scatter alike."
    if ratio < 1.05:
        return f"Averaging {draws(1 / ratio)} slope votes scatters as little as one height vote."
    far = ""
    if true.score**2 > 2 * exact(place._replace(b=true.mean_f)).score ** 2:
        far = ": [b](orange) is far from the mean of f"
    return f"Averaging {draws(ratio)} height votes scatters as little as one slope vote{far}."


def errs(true, mean):
    """Of which runs the mean does not point as the exact gradient does."""
    return np.sign(mean) != np.sign(true.gradient)


def move(place, value):
    """What a vote asks of q."""
    if abs(value) < 0.005:
        return "leave q"
    if place.by == "m":
        return f"move q {'right' if value > 0 else 'left'}"
    return f"make q {'wider' if value > 0 else 'narrower'}"


def two_votes(place, true, score, path, eps):
    """What one draw says by its height and by its slope, and what is right."""
    height = CURVES[place.f][0](place.m + place.std * eps) - place.b
    level = "0" if place.b == 0 else f"b = {rounded(place.b, 2)}"
    call = f"below {level}, “go away”" if height < 0 else f"above {level}, “come here”"
    if abs(height) < 0.005:
        call = f"on {level}"
    uphill = "uphill" if abs(path) >= 0.005 else "no way up"
    return (
        f"One draw votes twice. Its [height](blue), {call}: {move(place, score)}. "
        f"Its [slope](green), {uphill}: {move(place, path)}. "
        f"The [exact gradient](accent): {move(place, true.gradient)}."
    )


def sentence(place, true, means, count, run):
    """What to notice, in at most three numbers."""
    k, heights, slopes = f"[{count}](count)", "[heights](blue)", "[slopes](green)"
    error = size(true.score / np.sqrt(count))
    if place.f == "flat":
        guess = f"guess on: a mean of {k} is good to ± {error}"
        if true.score < 1e-9:
            guess = f"say so, too, with b on the ground: every mean of {k} is 0"
        return f"Flat ground has no way up, and all {slopes} say so. The {heights} {guess}."
    if place.f == "a step":
        truth = f"The gradient is {rounded(true.gradient, 2)}, which only {heights} can find"
        if abs(true.gradient) < 0.005:
            truth = f"Here that happens to be right; the {heights} do not know it"
        return (
            f"All {slopes} say that there is no way up, for wherever a draw falls the step is "
            f"flat. {truth}: a mean of {k} is good to ± {error}."
        )
    if abs(true.gradient) < LITTLE:
        return (
            f"Here hardly any way is up, and {heights} and {slopes} scatter about nothing. A mean "
            f"of {k} heights is good to ± {error}. {worth(place, true)}"
        )
    wrong = [errs(true, mean) for mean in means]
    ways = ["the wrong way" if each[run] else "the right way" for each in wrong]
    here = f"Here the {heights} point {ways[0]}, the {slopes} {ways[1]}."
    if ways[0] == ways[1]:
        here = f"Here {heights} and {slopes} both point {ways[0]}."
    often = [100 * each.mean() for each in wrong]
    who = "Slopes" if often[1] > often[0] else "Heights"
    err = f"{who} err in {rounded(max(often), 0)} % of all runs of {k} draws."
    if max(often) == 0:
        err = f"So they do in all runs of {k} draws."
    return f"{here} {err} {worth(place, true)}"


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
    if abs(true.gradient) >= LITTLE:
        right = [int((~errs(true, mean)).sum()) for mean in means]
        text += f" Of {len(means[0])} runs {right[0]} and {right[1]} have the right sign."
    more = "a wider q" if place.by == "log v" else "a greater m"
    text += (
        f" The run's first {shown} draws have arrows: to the right asks for {more}; two heads: it "
        "goes on."
    )
    beyond = sum(int((abs(m) > reach).sum()) for m in means)
    if beyond:
        text += f" {beyond} means lie beyond the axis, as crosses at its ends."
    return text
