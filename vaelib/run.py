"""What a run of `vaelib.training.fit` was asked to do, and where it is."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import torch
from torch import nn

from vaelib import checks
from vaelib.checkpoints import give
from vaelib.engine.digest import digest
from vaelib.engine.processes import Group
from vaelib.history import History


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is asked of a run. Equal plans, on the same data, give equal results.

    Parameters
    ----------
    epochs : int, optional
        How often to see the training data. Either this or `budget` is given.
    budget : float, optional
        Seconds of training, summed over the processes. Evaluations do not count. It may end within
        an epoch, which is then closed.
    batch_size : int
        With several processes a multiple of their number; the rows of an epoch are cut to one.
    lr : float or callable
        The first learning rate of half a cosine, or a function of `done`, the part of the training
        that is over, from 0 to 1.
    weight_decay : float
        AdamW's, on all parameters; with 0 it is Adam.
    bf16 : bool
        Train with matrix products in bfloat16; evaluation stays in the model's own precision.
    seed : int
        For the order of the data and all noise; the global stream is neither used nor changed.
    device : torch.device or str

    Raises
    ------
    ValueError
        If one of them is out of range.
    """

    epochs: int | None = None
    budget: float | None = None
    batch_size: int = 128
    lr: float | Callable = 1e-3
    weight_decay: float = 0.0
    bf16: bool = False
    seed: int = 0
    device: torch.device | str = "cpu"

    def __post_init__(self):
        if (self.epochs is None) == (self.budget is None):
            came = "neither" if self.epochs is None else "both"
            raise ValueError(f"epochs, budget: got {came}, wanted one of the two")
        plain = {
            "batch_size": checks.whole("batch_size", self.batch_size),
            "lr": self.lr if callable(self.lr) else checks.number("lr", self.lr),
            "weight_decay": checks.number("weight_decay", self.weight_decay, zero=True),
            "bf16": bool(self.bf16),
            "seed": checks.whole("seed", self.seed, least=0),
            "device": checks.device("device", self.device),
        }
        if self.budget is None:
            plain["epochs"] = checks.whole("epochs", self.epochs)
        else:
            plain["budget"] = checks.number("budget", self.budget)
        vars(self).update(plain)  # Python's own numbers, as a checkpoint can hold them

    def rate(self, done):
        """The learning rate when the part `done` of the training is over."""
        if callable(self.lr):
            return float(self.lr(done))
        return 0.5 * self.lr * (1 + math.cos(math.pi * done))


class Run:
    """Where a run is. A checkpoint holds its weights, plan, optimizer, generator and history.

    `epoch` and `step`, from 1, are those under way, `steps_done` the steps and `spent` the seconds
    that are over; x_train and x_test (N, D) are on the plan's device.
    """

    def __init__(self, model, plan, x_train, x_test, clock=None):
        self.group, self.plan = Group.current(), plan
        self.x_train = rows_of("x_train", x_train, plan.device)
        self.x_test = rows_of("x_test", x_test, plan.device)
        if self.x_test.shape[1] != self.x_train.shape[1]:
            came, wanted = self.x_test.shape[1], self.x_train.shape[1]
            raise ValueError(f"x_test: got D = {came}, wanted x_train's {wanted}")
        if plan.batch_size % self.group.world or len(self.x_train) < self.group.world:
            came = f"{plan.batch_size} of {len(self.x_train)} rows"
            wanted = f"a multiple of the {self.group.world} processes"
            raise ValueError(f"batch_size: got {came}, wanted {wanted}")
        self.model = model.to(plan.device)
        free = [p for p in model.parameters() if p.requires_grad]
        self.optimizer = torch.optim.AdamW(free, weight_decay=plan.weight_decay, fused=True)
        self.generator = self.group.generator(plan.device).manual_seed(plan.seed)
        self.forward = self.group.wrap(Forward(model))
        self.history, self.epoch, self.step = History(), 0, 0
        self.steps = math.ceil(self.group.even(len(self.x_train)) / plan.batch_size)  # in one epoch
        self.steps_done, self.spent = 0, 0.0
        on_gpu = plan.device.type == "cuda"
        self.clock = clock or (time.perf_counter if on_gpu else time.process_time)
        self.began = time.perf_counter(), time.process_time()

    @property
    def amount_done(self):
        """The steps, or of a budget the seconds, that are over."""
        return self.steps_done if self.plan.budget is None else self.spent

    @property
    def amount_asked(self):
        """The steps, or of a budget the seconds, that were asked for."""
        return self.plan.epochs * self.steps if self.plan.budget is None else self.plan.budget

    @property
    def done(self):
        """The part of the run that is over, from 0 to 1."""
        return min(1.0, self.amount_done / self.amount_asked)

    def hint_on_scale(self):
        """Return a question on the data's range, for a loss that is wrong before any step."""
        low, high = (float(end) for end in self.x_train.aminmax())
        return f"are the data scaled? they go from {low:.4g} to {high:.4g}"

    def record(self, means, held_out):
        """Add an epoch's means to the history, or FloatingPointError if one is not finite."""
        row = {f"train_{name}": mean for name, mean in means.items()}
        row |= {f"test_{name}": mean for name, mean in held_out.items()}
        for name, mean in row.items():
            if not math.isfinite(mean):
                raise FloatingPointError(f"{name} became {mean}")
        now = time.perf_counter(), time.process_time()
        seconds, cpu_seconds = (end - start for end, start in zip(now, self.began, strict=True))
        [cpu_seconds] = self.group.total(cpu_seconds)
        times = {"seconds": seconds, "cpu_seconds": cpu_seconds, "spent": self.spent}
        self.history.append(epoch=self.epoch, steps=self.step, **row, **times)
        self.began = now

    @cached_property
    def settings(self):
        """The plan, and a hash of the data, in plain values."""
        lr = "a function" if callable(self.plan.lr) else self.plan.lr
        plain = {"lr": lr, "device": self.plan.device.type}
        return vars(self.plan) | plain | {"data_sha256": digest((self.x_train, self.x_test))}

    def state(self):
        """What a checkpoint holds beside the model."""
        return {
            "settings": self.settings,
            "history": self.history.rows,
            "optimizer": self.optimizer.state_dict(),
            "generator": self.generator.get_state(),
        }

    def restore(self, saved):
        """Go back to what a checkpoint holds, or ValueError if it is not one of such a run."""
        for name in ("settings", "history", "optimizer", "generator"):
            if name not in saved:
                came = f"the checkpoint holds no {name}, so it is not one from `fit`"
                raise ValueError(f"resume: {came}")
        try:
            different = self._difference(saved["model_config"], saved["settings"])
            if not different:
                self._go_back(saved)
        except Exception as error:  # wrong types, wherever the file has them
            raise ValueError(f"resume: the checkpoint is not one from `fit` ({error!r})") from error
        if different:
            raise ValueError(f"resume: {different}")

    def _difference(self, config, settings):
        """How a checkpoint's configuration and settings are not those of this run, or None."""
        own = getattr(self.model, "config", None)
        if config != own:
            return f"the checkpoint is of a model {config}, this one is {own}"
        for name, value in self.settings.items():
            came = settings.get(name)
            if came != value:
                return f"the checkpoint has {name} = {came!r}, this run {value!r}"
        return None

    def _go_back(self, saved):
        history = History(saved["history"])
        spent = float(history["spent"][-1]) if len(history) else 0.0
        self.optimizer.load_state_dict(saved["optimizer"])
        self.generator.set_state(saved["generator"])
        give(self.model, saved["model"])
        self.history, self.steps_done, self.spent = history, len(history) * self.steps, spent


def rows_of(name, x, device):
    """The data x (N, D) as a tensor of floats on the device, without a gradient, or ValueError."""
    x = checks.array(name, x, ("N", "D")).detach().to(device)
    if not x.is_floating_point():
        raise ValueError(f"{name}: got {x.dtype} values, wanted floats (labels for data?)")
    return x


class Forward(nn.Module):
    """An objective as a module's forward pass, in which `DistributedDataParallel` takes part."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, objective, x, generator):
        """The objective's terms."""
        return terms_of(objective, self.model, x, generator)


def terms_of(objective, model, x, generator):
    """What the objective raises (n,) and the terms that it reports, or TypeError for others."""
    came = objective(model, x, generator=generator)
    if isinstance(came, tuple) and len(came) == 2 and isinstance(came[1], dict):
        raised, reported = came
        if all(torch.is_tensor(t) and t.shape == (len(x),) for t in (raised, *reported.values())):
            return raised, reported
    wanted = f"(raised, reported): a tensor ({len(x)},) and a dict of tensors ({len(x)},)"
    raise TypeError(f"objective: gave {_shown(came)}, wanted {wanted}")


def _shown(value):
    """The shapes of what an objective gave."""
    if isinstance(value, tuple):
        return f"({', '.join(map(_shown, value))})"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name!r}: {_shown(term)}' for name, term in value.items())}}}"
    return f"a tensor {tuple(value.shape)}" if torch.is_tensor(value) else repr(value)
