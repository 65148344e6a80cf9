"""Whether a call gave values, in the form that is asked for, and left its arguments alone."""

from typing import NamedTuple

import numpy as np

from vaelib.teaching.exercises.comparing import ROUNDED, arrays, kind, near, same


class Case(NamedTuple):
    """One draw of the inputs: as they were and as the answer left them, and both results.

    `random` says that the answer drew random numbers.
    """

    kept: tuple
    given: tuple
    got: object
    wanted: object
    random: bool

    @property
    def values(self):
        """The answer's and the reference's arrays."""
        return arrays(self.got), arrays(self.wanted)


def failed(done):
    """The name and sentence of a call that gave no value, or None."""
    if done.late:
        return "late", f"not yet: {done.late}"
    if done.error:
        return "error", f"not yet. It raised {done.error}"
    if done.value is None or done.value is ... or done.value is NotImplemented:
        return "unanswered", "still to do: it returns None."
    return None


def misshapen(case, wanted):
    """The name and sentence of a wrong type or number of values, or None."""
    said = _of_another_kind(case, wanted) or _of_another_number(case, wanted)
    return ("wrong type", f"not yet. {said}") if said else None


def _of_another_kind(case, wanted):
    """What is said of something that is no array, or no tuple of arrays, or None."""
    got = case.got
    found, want = case.values
    if isinstance(got, list) and len(want) == 1:
        return f"It returns a list, wanted {wanted} as one array."
    if found is None or callable(got) or isinstance(got, (str, bytes, dict, set)):
        return f"It returns {kind(got)}, wanted {wanted}."
    if isinstance(got, tuple) and len(want) == 1:
        comma = " Is there a comma too many?" if len(found) == 1 else ""
        return f"It returns a tuple, {kind(got)}, wanted {wanted}.{comma}"
    return None


def _of_another_number(case, wanted):
    """What is said of too many arrays, or too few, or None."""
    found, want = case.values
    if len(found) == len(want):
        return None
    if len(found) == 1:
        for k, part in enumerate(want, 1):
            if near(found, (part,), ROUNDED):
                return f"That is value {k} alone; wanted {wanted}."
        if all(part.shape == want[0].shape for part in want) and near(found, (np.stack(want),)):
            return "The values are right, but in one array; return them as two, with a comma."
    return f"It returns {kind(case.got)}, wanted {wanted}."


def changed(case, names):
    """The name and sentence of an argument that was changed in place, or None."""
    for name, now, before in zip(names, case.given, case.kept, strict=False):
        a, b = arrays(now), arrays(before)
        if b and (a is None or not same(a, b)):
            return (
                "changed input",
                f"not yet. It changes its argument {name} in place: work on a copy.",
            )
    return None
