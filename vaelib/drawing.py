"""Random numbers: every draw of the course comes from a stream that is named.

Sources: Kingma & Welling, *Auto-Encoding Variational Bayes* (2014), §2.4.
"""

import threading
from contextlib import contextmanager

import torch

from vaelib.distributions import FullNormal, base_of, is_normal

STREAM = threading.RLock()  # torch's global stream is one for all threads


def stream(seed):
    """A stream of random numbers that begins at `seed`: a torch.Generator on the CPU."""
    return torch.Generator().manual_seed(seed)


@contextmanager
def drawing_from(generator):
    """Inside, torch draws from a stream started by `generator`; outside, nothing has changed.

    With None it draws from the global stream. Raises TypeError for what is no torch.Generator.
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
    """A draw from any torch distribution, differentiable where the distribution allows it.

    shape (...) → (..., batch, event). A Normal's is z = μ + σ ε (Kingma & Welling 2014,
    §2.4), or μ + L ε.
    With a `vaelib.processes.SharedGenerator` the batch is one process's rows of a larger one, and
    they get the noise that they would have there. Raises TypeError for what is no torch.Generator.
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
    if generator is not None and not isinstance(generator, torch.Generator):
        came = type(generator).__name__
        raise TypeError(f"generator: got {came}, wanted a torch.Generator or None")
