"""Random numbers: every draw of the course comes from a stream that is named.

z = μ + σ ε,   ε ~ N(0, I)

A draw from a Normal is written so that its gradient with respect to μ and σ is known: the
reparameterisation of Kingma & Welling, *Auto-Encoding Variational Bayes* (2014), §2.4.
"""

import threading
from contextlib import contextmanager

import torch

from vaelib.distributions import FullNormal, base_of, is_normal

STREAM = threading.RLock()  # torch's global stream is one for all threads


def stream(seed=0):
    """Return a stream of random numbers that begins at `seed`: a torch.Generator on the CPU."""
    return torch.Generator().manual_seed(seed)


@contextmanager
def drawing_from(generator):
    """Let torch's global stream follow `generator` inside a `with`; outside, nothing has changed.

    Parameters
    ----------
    generator : torch.Generator or None
        Gives the seed of what is drawn inside; with None the global stream is used as it is.

    Raises
    ------
    TypeError
        If `generator` is something else.
    """
    check_generator(generator)
    if generator is None:
        yield
        return
    seed = torch.randint(2**62, (), generator=generator, device=generator.device)
    with STREAM, torch.random.fork_rng(devices=range(torch.cuda.device_count())):
        torch.manual_seed(int(seed))
        yield


def draw(distribution, shape=(), generator=None):
    """Draw from any torch distribution, differentiably (reparameterised) where it allows that.

    Parameters
    ----------
    distribution : torch Distribution
        With batch shape (...) and event shape (d,).
    shape : tuple
        Of the draws, which come first: the result has shape (*shape, ..., d).
    generator : torch.Generator, optional
        With a `vaelib.engine.processes.SharedGenerator` the batch is one process's rows of a
        larger one, and they get the noise that they would have there.

    Returns
    -------
    Tensor
        For a Normal μ + σ ε, or μ + L ε (Kingma & Welling 2014, §2.4).

    Raises
    ------
    TypeError
        If `generator` is no torch.Generator.
    """
    check_generator(generator)
    rank, world = getattr(generator, "share", (0, 1))
    if world == 1:
        return _draw(distribution, shape, generator)
    everyone = distribution.expand((world, *distribution.batch_shape))
    return _draw(everyone, shape, generator).select(len(shape), rank)


def _draw(distribution, shape, generator):
    full = isinstance(distribution, FullNormal)
    if full or is_normal(distribution):
        mu = distribution.loc if full else base_of(distribution).loc
        device = mu.device if generator is None else generator.device
        shape = (*shape, *mu.shape)
        eps = torch.randn(shape, generator=generator, dtype=mu.dtype, device=device).to(mu.device)
        if full:
            with torch.autocast(mu.device.type, enabled=False):
                return mu + torch.einsum("...ij,...j->...i", distribution.scale_tril, eps)
        return mu + base_of(distribution).scale * eps
    sample = distribution.rsample if distribution.has_rsample else distribution.sample
    with drawing_from(generator):
        return sample(torch.Size(shape))


def check_generator(generator):
    """Raise TypeError unless `generator` is a torch.Generator or None."""
    if generator is not None and not isinstance(generator, torch.Generator):
        came = type(generator).__name__
        raise TypeError(f"generator: got {came}, wanted a torch.Generator or None")
