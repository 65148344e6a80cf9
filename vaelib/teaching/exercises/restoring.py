"""What a function may have set for the whole process, put back afterwards."""

import inspect
import os
import random
import sys
import warnings
from contextlib import contextmanager, suppress

import numpy as np
import torch

PACKAGE = "vaelib.teaching.exercises"


@contextmanager
def unchanged():
    """Put back afterwards what a function may have set for the whole process.

    What it yields is a list, filled afterwards: which random streams were drawn from.
    """
    settings, streams = ([(get, put, get()) for get, put in kind] for kind in (SETTINGS, STREAMS))
    own, drawn = _own(), []
    with warnings.catch_warnings():
        try:
            yield drawn
        finally:
            for space, before in own:
                _put_back(space, before)
            for get, put, before in streams:
                drawn.append(_plain(get()) != _plain(before))
                put(before)
            for get, put, before in settings:
                if get() != before:
                    put(before)


def _plain(state):
    """A random stream's state as something that can be compared."""
    parts = state if isinstance(state, tuple) else (state,)
    return [part.tolist() if hasattr(part, "tolist") else part for part in parts]


def _own():
    """The checker's own names, [(module or class, {name: value})], which an answer might change."""
    modules = [module for name, module in sys.modules.items() if name.startswith(PACKAGE)]
    values = [value for module in modules for value in vars(module).values()]
    kinds = {v for v in values if isinstance(v, type) and v.__module__.startswith(PACKAGE)}
    return [(space, dict(vars(space))) for space in (*modules, *kinds)]


def _put_back(space, before):
    """Names and values as they were; a module that was imported meanwhile may stay."""
    for name in {*vars(space)} - {*before}:
        if not inspect.ismodule(vars(space)[name]):
            delattr(space, name)
    for name, value in before.items():
        if vars(space).get(name) is not value:
            with suppress(AttributeError):
                setattr(space, name, value)


def _folder():
    """Return the working folder, or None where it was removed."""
    with suppress(OSError):
        return os.getcwd()


def _enter(folder):
    """Go to a working folder, if it is still there."""
    with suppress(OSError, TypeError):
        os.chdir(folder)


def _set_environment(variables):
    """Make the environment's variables these and no others."""
    os.environ.clear()
    os.environ.update(variables)


STREAMS = (
    (torch.get_rng_state, torch.set_rng_state),
    (np.random.get_state, np.random.set_state),
    (random.getstate, random.setstate),
)
SETTINGS = (
    (torch.get_default_dtype, torch.set_default_dtype),
    (torch.get_num_threads, torch.set_num_threads),
    (torch.is_anomaly_enabled, torch.autograd.set_detect_anomaly),
    (torch.get_deterministic_debug_mode, torch.set_deterministic_debug_mode),
    (sys.getrecursionlimit, sys.setrecursionlimit),
    (os.environ.copy, _set_environment),
    (_folder, _enter),
)
