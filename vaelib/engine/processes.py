"""One training run in several processes: each takes an equal share of every batch.

torchrun starts the processes and numbers them; `joined` makes them a group. Without torchrun there
is one process, and nothing here does anything. The gradient of a mean over a batch is the mean of
the gradients over its equal shares, which `DistributedDataParallel` takes.
Source: Li et al., *PyTorch Distributed: Experiences on Accelerating Data Parallel Training* (2020).
"""

import os
import signal
from contextlib import contextmanager
from threading import Event

import torch
from torch import distributed as dist
from torch.nn.parallel import DistributedDataParallel

_interrupted = Event()  # Ctrl-C was pressed in this process, and the others have yet to hear of it


class SharedGenerator(torch.Generator):
    """One stream of noise, the same in every process.

    `share` = (rank, number of processes) tells `vaelib.distributions.draw` which rows of the noise
    for the whole batch are this process's.
    """

    def __new__(cls, device):
        generator = super().__new__(cls, device)
        generator.share = rank(), world()
        return generator


@contextmanager
def joined(device="cpu"):
    """Inside, this process is one of the group that torchrun started; gives its torch device.

    On GPUs each process takes its own. Raises ValueError where there is none for it.
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
        dist.destroy_process_group()


def rank():
    """This process's number, from 0; process 0 writes the files and shows the progress."""
    return dist.get_rank() if dist.is_initialized() else 0


def world():
    """The number of processes."""
    return dist.get_world_size() if dist.is_initialized() else 1


def replicated(module):
    """The module with the same weights in all processes, and its gradients averaged over them."""
    return DistributedDataParallel(module, broadcast_buffers=False) if world() > 1 else module


def total(*numbers):
    """Each number summed over the processes, as a list.

    All processes meet here: a Ctrl-C in one of them raises KeyboardInterrupt in all.
    """
    if world() == 1:
        return [*numbers]
    device = "cuda" if dist.get_backend() == "nccl" else "cpu"
    sums = torch.tensor([*numbers, _interrupted.is_set()], dtype=torch.float64, device=device)
    dist.all_reduce(sums)
    *sums, interrupted = sums.tolist()
    if interrupted:
        raise KeyboardInterrupt
    return sums


def union(parts):
    """The union of the processes' dicts."""
    if world() == 1:
        return parts
    everyone = [None] * world()
    dist.all_gather_object(everyone, parts)
    return {key: value for part in everyone for key, value in part.items()}


def _own(device):
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
