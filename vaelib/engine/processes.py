"""One training run in several processes: each takes an equal share of every batch.

torchrun starts the processes and numbers them, `joined` makes them a group, and `Group.current()`
is that group; without torchrun it is one process alone. The gradient of a mean over a batch is the
mean of the gradients over its equal shares, which `DistributedDataParallel` takes.
Source: Li et al., *PyTorch Distributed: Experiences on Accelerating Data Parallel Training* (2020).
"""

import gc
import os
import signal
from contextlib import contextmanager
from threading import Event

import torch
from torch import distributed as dist
from torch.nn.parallel import DistributedDataParallel

_interrupted = Event()  # Ctrl-C was pressed in this process, and the others have yet to hear of it


class Group:
    """The processes that share a run; in this form there is one, and nothing has to be shared.

    `rank` is this process's number, from 0, and `world` the number of processes. Process 0 writes
    the files and shows the progress.
    """

    rank, world = 0, 1

    @staticmethod
    def current():
        """The group of this process: the one that `joined` has made, or the process alone."""
        return _Several() if dist.is_initialized() and dist.get_world_size() > 1 else Group()

    def generator(self, device):
        """A stream of noise that is the same in every process."""
        return torch.Generator(device)

    def even(self, n):
        """The largest multiple of the number of processes up to n."""
        return n - n % self.world

    def share(self, x):
        """Of a batch x (n, D), n even, this process's rows."""
        return x.chunk(self.world)[self.rank]

    def mine(self, items):
        """Every world-th (i, item), from rank on: the work of this process, each with its place."""
        return [*enumerate(items)][self.rank :: self.world]

    def wrap(self, module):
        """The module with the same weights in all processes, and gradients averaged over them."""
        return module

    def total(self, *numbers):
        """Each number summed over the processes, as a list."""
        return [*numbers]

    def union(self, parts):
        """The union of the processes' dicts."""
        return parts


class _Several(Group):
    """Two processes or more. Ctrl-C in one of them raises KeyboardInterrupt in all, in `total`."""

    def __init__(self):
        self.rank, self.world = dist.get_rank(), dist.get_world_size()

    def generator(self, device):
        return SharedGenerator(device, (self.rank, self.world))

    def wrap(self, module):
        return DistributedDataParallel(module, broadcast_buffers=False)

    def total(self, *numbers):
        device = "cuda" if dist.get_backend() == "nccl" else "cpu"
        sums = torch.tensor([*numbers, _interrupted.is_set()], dtype=torch.float64, device=device)
        dist.all_reduce(sums)
        *sums, interrupted = sums.tolist()
        if interrupted:
            raise KeyboardInterrupt
        return sums

    def union(self, parts):
        everyone = [None] * self.world
        dist.all_gather_object(everyone, parts)
        return {key: value for part in everyone for key, value in part.items()}


class SharedGenerator(torch.Generator):
    """One stream of noise, the same in every process.

    `share` = (rank, number of processes) tells `vaelib.drawing.draw` which rows of the noise for
    the whole batch are this process's.
    """

    def __new__(cls, device, share=(0, 1)):
        """A stream on the device; `share` can be set later too."""
        generator = super().__new__(cls, device)
        generator.share = share
        return generator


@contextmanager
def joined(device="cpu"):
    """Inside, this process is one of the group that torchrun started; gives its torch device.

    On GPUs each process takes its own. Raises ValueError if there is none for it.
    """
    device = _own(device)
    if int(os.environ.get("WORLD_SIZE", 1)) == 1:
        yield device
        return
    dist.init_process_group("nccl" if device.type == "cuda" else "gloo")
    before = signal.signal(signal.SIGINT, lambda *_: _interrupted.set())
    try:
        yield device
    finally:
        signal.signal(signal.SIGINT, before)
        _interrupted.clear()
        gc.collect()  # a wrapped module that is left in a cycle is to end before its group
        dist.destroy_process_group()


def _own(device):
    """The torch device of this process: the CPU, or the GPU of its number."""
    if device not in ("cpu", "cuda"):
        raise ValueError(f"device: got {device!r}, wanted 'cpu' or 'cuda'")
    if device == "cpu":
        return torch.device("cpu")
    index, n = int(os.environ.get("LOCAL_RANK", 0)), int(os.environ.get("LOCAL_WORLD_SIZE", 1))
    n_gpus = torch.cuda.device_count()
    if n > n_gpus:
        came = f"'cuda' for {n} process{'es' * (n > 1)}"
        raise ValueError(f"device: got {came}, but PyTorch finds {n_gpus} GPUs")
    torch.cuda.set_device(index)
    return torch.device("cuda", index)
