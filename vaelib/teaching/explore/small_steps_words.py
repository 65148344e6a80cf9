"""What the explorer `small_steps` says."""

import numpy as np

from vaelib.teaching.explore.line_chain import S, bell
from vaelib.teaching.explore.words import rounded

ENOUGH = 32  # walks, from which on they are compared with real points


def nats(value):
    """Two digits; what is tiny, as a bound."""
    if value < 0.0095:
        return "under 0.01"
    return rounded(value, 0 if value > 9.95 else 1 if value > 0.995 else 2)


def real_between(d):
    """The share of real x between the peaks, nearer to 0 than d / 2."""
    x = d * (np.arange(400) + 0.5) / 400 - d / 2
    return bell(x, d, S).sum() * d / 400  # of either peak alike


def one_step_says(n_steps, here, humps, is_wide):
    """What to notice of one step from the dot."""
    step = "the [model's step](blue)"
    if here < 0.0095:
        what = f"so short a step has the shape of the truth, and {step} fits"
    elif humps > 1:
        what = f"[two ways back](green), and {step} aims between them"
    else:
        wrong = "wide" if is_wide else "narrow"
        what = f"[one way back](green), and {step} is too {wrong}"
    return f"One of [{n_steps}](steps) steps, from the dot: {what}."


def all_walks(d, n_steps, total, n_stray, n):
    """What to notice of all steps; of n walks n_stray are in the valley."""
    if d < 2 * S:
        return f"In [{n_steps}](steps) steps from noise to data, walks lose {nats(total)} nats."
    if not n:
        return f"In [{n_steps}](steps) steps each walk falls from noise to data. Where will it end?"
    end = "ends" if n_stray == 1 else "end"
    said = f"In [{n_steps}](steps) steps [{n_stray} of {n} walks](accent) {end} in the valley"
    if n < ENOUGH:
        return f"{said}."
    real = n * real_between(d)
    more = n_stray > real + 2 * real**0.5 + 1
    return f"{said}, {'far more than' if more else 'about as many as'} [real points](green)."


def numbers(n_steps, before, after, z, back, here, total, one):
    """All other numbers."""
    what = f"A step as long as one of {n_steps}" if before else "The last step"
    to = rounded(before, 3) if before else "x"
    return (
        f"{what}, from b/a = {rounded(after, 3)} to {to}: z is "
        f"{rounded(z, 2)}, the best guess of x is {rounded(back.guess, 2)}. The exact step back "
        f"has mean {rounded(back.mean, 2)} and standard deviation {rounded(back.full, 3)}; the "
        f"model's has the same mean and {rounded(back.width, 3)}. It loses {rounded(here[0], 3)} "
        f"nats from here, a Gaussian of the best width {rounded(here[1], 3)}. All steps and both "
        f"ends lose {rounded(total[0], 3)} nats a point against the true density, with best "
        f"widths {rounded(total[1], 4)}; one Gaussian without steps loses {rounded(one, 3)}."
    )


def between(d, ends):
    """How many walks end between the peaks, and how many real x would; nothing for near peaks."""
    if d < 2 * S:
        return ""
    n, real = len(ends), real_between(d)
    share = (np.abs(ends) < d / 2).mean()
    error, real_error = (np.sqrt(p * (1 - p) / n) for p in (share, real))
    return (
        f" Of {n} walks {rounded(100 * share, 1)} ± {rounded(100 * error, 1)} % end in the valley, "
        f"nearer to 0 than {rounded(d / 2, 2)}; of {n} real x it would be "
        f"{rounded(100 * real, 1)} ± {rounded(100 * real_error, 1)} %."
    )
