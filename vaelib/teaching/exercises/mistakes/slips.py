"""Slips that matter on some draws of the inputs more than on others: one left out, or sorted."""

import ast

import torch

from vaelib.teaching.exercises.mistakes.expressions import (
    attribute,
    call,
    joined,
    method,
    piece,
    span,
    subject,
    with_subject,
)
from vaelib.teaching.exercises.mistakes.logspace import normalised
from vaelib.teaching.exercises.mistakes.places import Change, is_real, rare
from vaelib.teaching.exercises.mistakes.reductions import axis_of
from vaelib.teaching.exercises.mistakes.words import axis_words, number
from vaelib.teaching.exercises.parts import Argument

SUMMED = ("sum", "mean", "logsumexp", "amax", "amin", "softmax", "log_softmax")
CUTS = {"first": (1, None), "last": (0, -1)}
SMALL = (1e-300, 1e-30, 1e-20, 1e-16, 1e-12, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3)


@rare
def left_out(place):
    """A loop that ends too early or begins too late: the first or last is not summarised."""
    inside = place.value_of(subject(place.node)) if method(place.node) in SUMMED else None
    if not torch.is_tensor(inside):
        return
    for word, cut in CUTS.items():
        for axis in range(inside.ndim):
            part = piece(subject(place.node), *[ast.Slice()] * axis, span(*cut))
            where = axis_words(axis, inside.ndim)
            yield Change(with_subject(place.node, part), f"The {word} along {where} is left out.")


@rare
def one_alone(place):
    """What a loop leaves behind that overwrites or returns: the last or the first alone."""
    inside = place.value_of(subject(place.node)) if method(place.node) in SUMMED[:3] else None
    axis = axis_of(place.node) if torch.is_tensor(inside) else None
    if isinstance(axis, int):
        where = axis_words(axis, inside.ndim)
        last = call(subject(place.node), "select", axis, -1)
        yield Change(last, f"The last value along {where} alone counts in yours.")
        if method(place.node) == "sum":
            count = call(subject(place.node), "size", axis)
            for k, word in ((0, "first"), (-1, "last")):
                one = call(subject(place.node), "select", axis, k)
                said = f"The {word} value along {where} counts for all of them."
                yield Change(joined(one, ast.Mult, count), said)


@rare
def sorted_first(place):
    """An argument in ascending or descending order."""
    node, value = place.node, place.value
    if isinstance(node, Argument) and torch.is_tensor(value) and is_real(value) and value.ndim == 1:
        for last, order in ((False, "ascending"), (True, "descending")):
            done = attribute(call(place.kept, "sort", 0, last), "values")
            yield Change(done, f"{node.name} is sorted ({order}) in yours.")


@rare
def out_of_log_space(place):
    """Densities in place of their logarithms, with something small to save them."""
    name = method(place.node)
    axis = axis_of(place.node) if name in ("logsumexp", "log_softmax", "softmax") else None
    if not isinstance(axis, int):
        return
    densities = call(subject(place.node), "exp")
    for small in SMALL:
        shown = number(small)
        if name == "logsumexp":
            whole = call(densities, "sum", axis)
            said = f"You leave log space, and add {shown} to the density: it may be all there is."
            yield Change(call(joined(whole, ast.Add, small), "log"), said)
            said = f"You leave log space, and let the density not fall below {shown}."
            yield Change(call(call(whole, "clip", small), "log"), said)
        else:
            share = normalised(densities, axis, small)
            said = f"You leave log space, and add {shown} to the sum that is divided by."
            yield Change(call(share, "log") if name == "log_softmax" else share, said)
