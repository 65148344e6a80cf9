"""Mistakes with logarithms of sums, and with normalisations: averages of logarithms, no logs."""

import ast

import torch

from vaelib.teaching.exercises.mistakes.expressions import (
    call,
    instead,
    joined,
    library,
    method,
    seen_through,
    subject,
    terms,
    times,
    total,
    with_subject,
)
from vaelib.teaching.exercises.mistakes.places import Change
from vaelib.teaching.exercises.mistakes.reductions import axis_of
from vaelib.teaching.exercises.mistakes.words import named_part


def logarithm_of_mean(place):
    """In log space: the average of logarithms for the logarithm of an average, and back."""
    if method(place.node) != "logsumexp" or axis_of(place.node) is None:
        return
    inside, axis = subject(place.node), axis_of(place.node)
    densities = call(inside, "exp")
    said = "You leave log space: densities this small are 0, or this large are infinite."
    yield Change(call(call(densities, "sum", axis), "log"), said)
    said = "You leave log space, and average where a sum belongs."
    yield Change(call(call(densities, "mean", axis), "log"), said)
    yield Change(call(densities, "sum", axis), "These are densities, not their logarithms.")
    weighted = call(times(call(inside, "softmax", axis), inside), "sum", axis)
    yield Change(weighted, "You average logarithms with normalised weights.")
    yield from _average_of_logarithms(inside, axis)
    largest = call(call(inside, "amax", axis), "neg")
    said = "The largest term was taken out and not put back."
    yield Change(joined(place.kept, ast.Add, largest), said)
    said = "The largest term was taken out, and subtracted again where it should come back."
    yield Change(joined(place.kept, ast.Add, times(2.0, largest)), said)


def _average_of_logarithms(inside, axis):
    """One term of the exponent averaged, with the exponential of the others as weights."""
    parts = terms(seen_through(inside))
    for k, part in enumerate(parts) if len(parts) > 1 else ():
        averaged = times(call(total(instead(parts, k)), "exp"), total([part]))
        said = (
            f"You average {named_part(parts, k)}, a logarithm: its exponential is what is averaged."
        )
        yield Change(call(averaged, "sum", axis), said)
        shares = times(call(inside, "softmax", axis), total([part]))
        said = "You average logarithms with the shares of the result as weights."
        yield Change(call(shares, "sum", axis), said)


def hard_choice(place):
    """The likeliest alone, where all share; or all alike."""
    name = method(place.node)
    if name not in ("softmax", "log_softmax"):
        return
    x = subject(place.node)
    axis = ast.literal_eval(place.node.args[-1]) if place.node.args else -1
    hard, alike, naive = (
        call(shares, "log") if name == "log_softmax" else shares
        for shares in (_hard(x, axis), _alike(x, axis), normalised(call(x, "exp"), axis))
    )
    yield Change(hard, "You give each wholly to the likeliest, where all have a share.")
    yield Change(alike, "In yours all of them have equal shares.")
    said = "You divide by the sum without taking the exponential first."
    yield Change(normalised(x, axis), said)
    said = "You leave log space: densities this small are 0, and 0 is divided by 0."
    yield Change(naive, said)
    twice = with_subject(place.node, call(x, "softmax", axis))
    yield Change(twice, "You normalise twice.", rare=True)
    if name == "log_softmax":
        said = "A tiny share becomes 0 on the way, and its logarithm is then infinite."
        yield Change(call(call(x, "softmax", axis), "log"), said)
    if torch.is_tensor(place.value):
        yield Change(call(x, "exp"), "These do not sum to 1: the normalisation is missing.")


def _hard(x, axis):
    """1 for the largest, 0 for the others."""
    largest = ast.Compare(x, [ast.Eq()], [call(x, "amax", axis, keepdim=True)])
    return call(largest, "double")


def _alike(x, axis):
    """The same share for all."""
    return library("torch.full_like", x, joined(1.0, ast.Div, call(x, "size", axis)))


def normalised(x, axis, more=0.0):
    """Each divided by the sum of all, and perhaps a little more."""
    whole = call(x, "sum", axis, keepdim=True)
    return joined(x, ast.Div, joined(whole, ast.Add, more) if more else whole)
