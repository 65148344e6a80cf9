"""What the explorer `gradient` says."""

import numpy as np

from vaelib.teaching.explore.two_estimators import CURVES
from vaelib.teaching.explore.words import rounded

TOPPED = ("a hill", "ripples")  # under any q here, their mean is highest at m = 0


def way(value):
    """Where a vote sends a climber."""
    if abs(value) < 0.005:
        return "stay"
    return "go right" if value > 0 else "go left"


def first_votes(place, eps, said, true):
    """What one draw says by its height and by its slope, and what is right."""
    height = CURVES[place.f][0](place.m + place.std * eps) - place.b
    call = "below b: away from it" if height < 0 else "above b: towards it"
    if abs(height) < 0.005:
        call = "on b"
    uphill = "uphill" if abs(said[1]) >= 0.005 else "flat here"
    return (
        f"One draw, two votes. [Blue hears its height](blue), {call}, so {way(said[0])}. "
        f"[Green hears its slope](green), {uphill}, so {way(said[1])}. "
        f"[Right on average](accent): {way(true.gradient)}."
    )


def after(step, word="After"):
    """When, in words."""
    return f"{word} [{step}](step) step{'s' * (step != 1)}"


def one_climb(place, at, step):
    """Where the two climbers of one run have come."""
    if place.f == "flat":
        return (
            f"Flat ground, no way is up. [Green](green) sees slope 0 and rests. [Blue](blue) hears "
            f"heights that differ from b, and wanders: {after(step, 'after')} it is "
            f"{rounded(abs(at[0] - place.m), 2)} away."
        )
    if place.f == "a step":
        return (
            f"Wherever a draw falls, f is flat: [green](green) sees slope 0 and stays for ever. "
            f"[Blue](blue) hears that draws on the right are higher: {after(step, 'after')} its q "
            f"is at {rounded(at[0], 2)}."
        )
    far = [rounded(abs(each), 2) for each in at]
    return (
        f"{after(step)}, [blue is {far[0]} from the top](blue), [green {far[1]}](green). "
        f"Both saw the same draws: blue their heights, green their slopes."
    )


def all_climbs(place, ends, step):
    """How far apart the climbers of all runs have come."""
    if step == 0:
        return (
            "All runs stand at the start, each with draws of its own. Press Play: "
            "[blue](blue) climbs by heights, [green](green) by slopes."
        )
    blue, green = ends.std(1)
    wide = f"[blue runs scatter by {rounded(blue, 2)}](blue), [green by {rounded(green, 2)}](green)"
    when = f"{after(step)}, {wide}"
    if place.f in TOPPED:
        wins = "Slopes are the better guide." if green < blue else "Here heights are."
        return f"{when}. {wins} On average both go uphill."
    if place.f == "flat":
        return f"{when}. No way is up: what blue runs do is chance."
    return f"{when}. f is flat wherever a draw falls: no green run ever moves."


def numbers(place, true, at, ends, run):
    """All other numbers, of blue's q and of all runs."""
    means = [rounded(each.mean(), 3) for each in ends]
    return (
        f"A step goes 0.1 times the mean vote; an arrow is four times as long. At the edge of the "
        f"picture a climber stops. Run {run + 1}: blue stands at {rounded(at[0], 3)}, green at "
        f"{rounded(at[1], 3)}. At blue's q the exact gradient is {rounded(true.gradient, 3)}; one "
        f"draw's standard deviation is {rounded(true.score, 3)} by height (score function) and "
        f"{rounded(true.path, 3)} by slope (reparameterised); the mean of f is "
        f"{rounded(true.mean_f, 3)}, the baseline {rounded(place.b, 2)}, and the best constant "
        f"would be {rounded(true.best_b, 3)}. The mean place of all 128 runs: {means[0]} and "
        f"{means[1]}; standard deviations {rounded(np.std(ends[0]), 3)} and "
        f"{rounded(np.std(ends[1]), 3)}."
    )
