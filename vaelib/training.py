"""One plain training loop.

for each epoch, for each minibatch: raise the mean of objective(model, x) by a step of AdamW,
with the learning rate falling from `lr` to 0 along half a cosine.

The loop knows nothing of the models: an objective takes (model, x, generator=…) and returns a dict
of terms per example, each (n,), of which the first is raised. `vaelib.bound.elbo` is one. Started by
torchrun, the same loop shares each minibatch among processes; see `vaelib.engine.processes`.
Sources: Kingma & Ba, *Adam* (2015); Loshchilov & Hutter, *SGDR* (2017), eq. 5, and *Decoupled
Weight Decay Regularization* (2019).
"""

import math
import sys
import time
import warnings
from collections import Counter
from copy import deepcopy
from pathlib import Path

import torch
from torch import nn
from tqdm import tqdm

from vaelib import checks
from vaelib.checkpoints import digest, load, save
from vaelib.engine import processes
from vaelib.history import History


class TrainingDiverged(FloatingPointError):
    """The loss became NaN or infinite. The model holds the last good state; see `.history`."""

    def __init__(self, message, history):
        super().__init__(message)
        self.history = history


def fit(
    model,
    x_train,
    x_test,
    objective,
    *,
    epochs=None,
    budget=None,
    batch_size=128,
    lr=1e-3,
    weight_decay=0.0,
    objective_at=None,
    transform=None,
    bf16=False,
    seed=0,
    device="cpu",
    progress=True,
    watch=None,
    checkpoint=None,
    resume=None,
):
    """Train `model` in place, for `epochs` or for a `budget`, and return its `History`.

    x_train, x_test : (N, D) floats, tensors or arrays; x_test is evaluated after every epoch
    objective : (model, x, generator=…) → {name: (n,) tensor, …}; the first entry is raised
    budget : seconds of training: CPU time, or wall time on a GPU, summed over the processes. The
        evaluations of x_test do not count. It may end within an epoch, which is then closed
    lr : the first learning rate of half a cosine, or a function of done, the part of the epochs or
        of the budget that is over, from 0 to 1
    weight_decay : AdamW's, on all parameters; with 0 it is Adam
    objective_at : a function of done that gives the objective to train on; x_test is evaluated by
        `objective` always
    transform : (x, generator=…) → x, applied to every training minibatch (dynamic binarisation)
    bf16 : train with matrix products in bfloat16; evaluation stays in the model's own precision
    seed : for the order of the data and all noise; the global stream is neither used nor changed
    watch : a function of (history, done), asked before every step; where it gives True, the run
        stops as Ctrl-C stops it. Before the first step of an epoch the model is as the last one
        left it. Several processes must be given the same answer
    checkpoint : a path written after every epoch; where that fails, a warning says so
    resume : a checkpoint's path. Epochs go on to the same result, bit for bit, as a run without a
        break; a budget goes on with the seconds that are left

    Trained is what `model.parameters()` names. An objective's terms are in nats per example. With
    several processes, batch_size must be a multiple of their number, and the rows of an epoch are
    cut to one.

    A stop button, Ctrl-C or `watch` ends it early: the model and the history so far are kept, and
    `history.interrupted` holds (epoch, step). A loss that is not finite raises `TrainingDiverged`
    with the model back at the end of its last good epoch. Raises ValueError for bad data or
    settings, and for a `resume` file that is damaged or from another model or other settings;
    TypeError for an objective that gives no terms, before the first step.
    """
    device, rank, world = torch.device(device), processes.rank(), processes.world()
    x_train, x_test = (_data(n, x, device) for n, x in (("x_train", x_train), ("x_test", x_test)))
    if x_train.shape[1] != x_test.shape[1]:
        raise ValueError(f"x_test: got D = {x_test.shape[1]}, wanted x_train's {x_train.shape[1]}")
    if (epochs is None) == (budget is None):
        came = "neither" if epochs is None else "both"
        raise ValueError(f"epochs, budget: got {came}, wanted one of the two")
    epochs = None if epochs is None else checks.whole("epochs", epochs)
    budget = None if budget is None else checks.number("budget", budget)
    batch_size, seed = checks.whole("batch_size", batch_size), checks.whole("seed", seed, least=0)
    if batch_size % world or len(x_train) < world:
        came = f"{batch_size} of {len(x_train)} rows"
        raise ValueError(f"batch_size: got {came}, wanted a multiple of the {world} processes")
    lr = lr if callable(lr) else checks.number("lr", lr)
    weight_decay = checks.number("weight_decay", weight_decay, zero=True)
    if checkpoint is not None and Path(checkpoint).is_dir():
        raise ValueError(f"checkpoint: {checkpoint} is a folder, wanted a file's path")

    settings = {
        "epochs": epochs,
        "budget": budget,
        "batch_size": batch_size,
        "lr": "a function" if callable(lr) else lr,
        "weight_decay": weight_decay,
        "bf16": bool(bf16),
        "seed": seed,
        "device": device.type,
    }
    if checkpoint is not None or resume is not None:
        settings["data_sha256"] = digest((x_train, x_test))

    model.to(device)
    rate = lr if callable(lr) else lambda done: 0.5 * lr * (1 + math.cos(math.pi * done))
    parameters = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(parameters, weight_decay=weight_decay, fused=True)
    generator = processes.SharedGenerator(device).manual_seed(seed)
    history = History()
    if resume is not None:
        history = _restore(load(resume), settings, model, optimizer, generator)
    terms_of = processes.replicated(_Terms(model))

    n_rows = len(x_train) - len(x_train) % world
    steps = math.ceil(n_rows / batch_size)  # in one epoch
    clock = time.perf_counter if device.type == "cuda" else time.process_time
    spent = history.rows[-1]["spent"] if history.rows else 0.0
    n, total = (len(history) * steps, epochs * steps) if budget is None else (spent, budget)
    bar = tqdm(
        initial=min(n, total),
        total=total,
        disable=not progress or rank > 0,
        file=sys.stdout,
        unit="step" if budget is None else "s",
        unit_scale=budget is not None,
        ncols=96,
        mininterval=0.5,
    )
    good = deepcopy(model.state_dict())
    epoch = step = 0
    started, cpu_started = time.perf_counter(), time.process_time()
    try:
        while n < total:
            epoch = len(history) + 1
            model.train()
            begun = clock()
            order = torch.randperm(len(x_train), generator=generator, device=device)[:n_rows]
            sums, seen = {}, Counter()
            for step, rows in enumerate(order.split(batch_size), 1):
                done = n / total
                if watch is not None and watch(history, done):
                    raise KeyboardInterrupt
                x = x_train[rows]
                if transform is not None:
                    x = transform(x, generator=generator)
                x = x.chunk(world)[rank]
                now_raised = objective if objective_at is None else objective_at(done)
                with torch.autocast(device.type, torch.bfloat16, enabled=bf16):
                    terms = terms_of(now_raised, x, generator)
                loss = -next(iter(terms.values())).mean()
                optimizer.param_groups[0]["lr"] = rate(done)
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                for name, value in terms.items():
                    sums[name] = sums.get(name, 0.0) + value.detach().sum()
                    seen[name] += len(rows)
                loss, seconds = processes.total(loss.item() / world, clock() - begun)
                if not math.isfinite(loss):
                    raise FloatingPointError(f"the loss became {loss}")
                n = (epoch - 1) * steps + step if budget is None else spent + seconds
                bar.update(min(n, total) - bar.n)
                if n >= total:
                    break
            spent += seconds
            means = processes.total(*(float(sums[name]) / seen[name] for name in sums))
            row = {f"train_{name}": mean for name, mean in zip(sums, means, strict=True)}
            held_out = evaluate(model, x_test, objective, batch_size=1000, seed=seed)
            row |= {f"test_{name}": value for name, value in held_out.items()}
            for name, value in row.items():
                if not math.isfinite(value):
                    raise FloatingPointError(f"{name} became {value}")
            now, cpu_now = time.perf_counter(), time.process_time()
            [cpu_seconds] = processes.total(cpu_now - cpu_started)
            times = {"seconds": now - started, "cpu_seconds": cpu_seconds, "spent": spent}
            history.append(epoch=epoch, steps=step, **row, **times)
            started, cpu_started = now, cpu_now
            name, value = next(iter(held_out.items()))
            bar.set_postfix_str(f"held-out {name} {value:.2f}", refresh=False)
            good = deepcopy(model.state_dict())
            if checkpoint is not None and rank == 0:
                state = {"optimizer": optimizer.state_dict(), "generator": generator.get_state()}
                try:
                    save(checkpoint, model, settings=settings, history=history.rows, **state)
                except OSError as error:
                    message = f"{checkpoint} is not written, but training goes on: {error}"
                    warnings.warn(message, stacklevel=2)
    except KeyboardInterrupt:
        history.interrupted = (epoch, step)
    except FloatingPointError as error:
        model.load_state_dict(good)
        now_lr = optimizer.param_groups[0]["lr"]
        raise TrainingDiverged(
            f"{error} in epoch {epoch}, step {step} of {steps}; the model is back "
            f"at the end of epoch {len(history)}. A smaller lr (now {now_lr:.2g}) usually helps.",
            history,
        ) from None
    finally:
        bar.close()
        model.eval()
    return history


def evaluate(model, x, objective, *, batch_size=1000, seed=0):
    """Mean of each of the objective's terms over the rows of x, as a dict of floats, in nats.

    x (N, D) of floats. Raises ValueError for bad data. The model is left in evaluation mode.
    """
    values = evaluate_each(model, x, objective, batch_size=batch_size, seed=seed)
    return {name: float(value.sum()) / len(value) for name, value in values.items()}


@torch.no_grad()
def evaluate_each(model, x, objective, *, batch_size=1000, seed=0):
    """Each of the objective's terms for each row of x, as a dict of float64 (N,), in nats.

    x (N, D) of floats, taken batch_size rows at a time, each time with its own noise. Several
    processes share these batches, and all get the values that one alone would get. Raises
    ValueError for bad data. The model is left in evaluation mode.
    """
    batch_size, seed = checks.whole("batch_size", batch_size), checks.whole("seed", seed, least=0)
    model.eval()
    x = _data("x", x, next(model.parameters()).device)
    parts = {}
    for i, rows in enumerate(x.split(batch_size)):
        if i % processes.world() == processes.rank():
            generator = torch.Generator(x.device).manual_seed(seed + i)
            terms = _terms(objective, model, rows, generator)
            parts[i] = {name: value.double().cpu() for name, value in terms.items()}
    parts = processes.union(parts)
    return {name: torch.cat([parts[i][name] for i in sorted(parts)]) for name in parts[0]}


class _Terms(nn.Module):
    """The objective as a module's forward, where the hooks that share gradients are."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, objective, x, generator):
        return _terms(objective, self.model, x, generator)


def _terms(objective, model, x, generator):
    terms = objective(model, x, generator=generator)
    named = isinstance(terms, dict) and len(terms) > 0
    if not named or any(getattr(t, "shape", None) != (len(x),) for t in terms.values()):
        came = {k: tuple(getattr(t, "shape", ())) for k, t in terms.items()} if named else terms
        raise TypeError(f"objective: gave {came}, wanted a dict of tensors, each ({len(x)},)")
    return terms


def _restore(saved, settings, model, optimizer, generator):
    for name in ("settings", "history", "optimizer", "generator"):
        if name not in saved:
            raise ValueError(f"resume: the checkpoint holds no {name}, so it is not one from `fit`")
    came, config = saved["model_config"], getattr(model, "config", None)
    if came != config:
        raise ValueError(f"resume: the checkpoint is of a model {came}, this one is {config}")
    for name, value in settings.items():
        came = saved["settings"].get(name)
        if came != value:
            raise ValueError(f"resume: the checkpoint has {name} = {came!r}, this run {value!r}")
    model.load_state_dict(saved["model"])
    optimizer.load_state_dict(saved["optimizer"])
    generator.set_state(saved["generator"])
    return History(saved["history"])


def _data(name, x, device):
    x = checks.tensor(name, x).detach().to(device)
    if x.ndim != 2 or not x.numel():
        raise ValueError(f"{name}: got shape {tuple(x.shape)}, wanted (N, D), not empty")
    if not x.is_floating_point():
        raise ValueError(f"{name}: got {x.dtype} values, wanted floats (labels for data?)")
    if not all(bound.isfinite() for bound in x.aminmax()):  # NaN goes through; isfinite() is slow
        raise ValueError(f"{name}: got NaN or infinite values, wanted finite ones")
    return x
