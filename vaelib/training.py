"""One plain training loop.

for each epoch, for each minibatch: raise the mean of objective(model, x) by a step of Adam,
with the learning rate falling from `lr` to 0 along half a cosine.

The loop knows nothing of the models: an objective takes (model, x, generator=…) and returns a dict
of terms per example, each (n,), of which the first is raised. `vaelib.elbo.elbo` is one.
Sources: Kingma & Ba, *Adam* (2015); Loshchilov & Hutter, *SGDR* (2017), eq. 5.
"""

import hashlib
import math
import os
import sys
import time
from copy import deepcopy
from pathlib import Path

import torch
from tqdm import tqdm

from vaelib import checks
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
    epochs,
    batch_size=128,
    lr=1e-3,
    transform=None,
    seed=0,
    device="cpu",
    progress=True,
    checkpoint=None,
    resume=None,
):
    """Train `model` in place and return its `History`.

    x_train, x_test : (N, D) floats, tensors or arrays; x_test is evaluated after every epoch
    objective : (model, x, generator=…) → {name: (n,) tensor, …}; the first entry is raised
    transform : (x, generator=…) → x, applied to every training minibatch (dynamic binarisation)
    seed : for the order of the data and all noise; the global stream is neither used nor changed
    checkpoint : a path written after every epoch
    resume : a checkpoint's path; goes on to the same result as a run without a break

    Trained is what `model.parameters()` names. An objective's terms are in nats per example.

    A stop button or Ctrl-C ends it early: the model and the history so far are kept, and
    `history.interrupted` holds (epoch, step). A loss that is not finite raises `TrainingDiverged`
    with the model back at the end of its last good epoch. Raises ValueError for bad data or
    settings, and for a `resume` file that is damaged or from another model or other settings;
    TypeError for an objective that gives no terms, before the first step.
    """
    x_train, x_test = (_data(n, x, device) for n, x in (("x_train", x_train), ("x_test", x_test)))
    if x_train.shape[1] != x_test.shape[1]:
        raise ValueError(f"x_test: got D = {x_test.shape[1]}, wanted x_train's {x_train.shape[1]}")
    epochs, batch_size = checks.whole("epochs", epochs), checks.whole("batch_size", batch_size)
    lr, seed = checks.number("lr", lr), checks.whole("seed", seed, least=0)
    if checkpoint is not None and Path(checkpoint).is_dir():
        raise ValueError(f"checkpoint: {checkpoint} is a folder, wanted a file's path")

    settings = {"epochs": epochs, "batch_size": batch_size, "lr": lr, "seed": seed}
    if checkpoint is not None or resume is not None:
        settings["data_sha256"] = _digest((x_train, x_test))
    model.to(device)
    parameters = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.Adam(parameters, lr=lr, fused=True)
    generator = torch.Generator(device).manual_seed(seed)
    history = History()
    if resume is not None:
        history = _restore(load(resume), settings, model, optimizer, generator)

    steps = math.ceil(len(x_train) / batch_size)  # in one epoch
    bar = tqdm(
        initial=len(history) * steps,
        total=epochs * steps,
        disable=not progress,
        file=sys.stdout,
        unit="step",
        ncols=96,
        mininterval=0.5,
    )
    good = deepcopy(model.state_dict())
    epoch = step = 0
    started, cpu_started = time.perf_counter(), time.process_time()
    try:
        for epoch in range(len(history) + 1, epochs + 1):
            model.train()
            order = torch.randperm(len(x_train), generator=generator, device=device)
            sums = {}
            for step, rows in enumerate(order.split(batch_size), 1):
                x = x_train[rows]
                if transform is not None:
                    x = transform(x, generator=generator)
                terms = _terms(objective, model, x, generator)
                loss = -next(iter(terms.values())).mean()
                if not math.isfinite(loss.item()):
                    raise FloatingPointError(f"the loss became {loss.item()}")
                done = ((epoch - 1) * steps + step - 1) / (epochs * steps)
                optimizer.param_groups[0]["lr"] = 0.5 * lr * (1 + math.cos(math.pi * done))
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                for name, value in terms.items():
                    sums[name] = sums.get(name, 0.0) + value.detach().sum()
                bar.update()
            row = {f"train_{name}": float(total) / len(x_train) for name, total in sums.items()}
            held_out = evaluate(model, x_test, objective, batch_size=1000, seed=seed)
            row |= {f"test_{name}": value for name, value in held_out.items()}
            for name, value in row.items():
                if not math.isfinite(value):
                    raise FloatingPointError(f"{name} became {value}")
            now, cpu_now = time.perf_counter(), time.process_time()
            history.append(
                epoch=epoch, **row, seconds=now - started, cpu_seconds=cpu_now - cpu_started
            )
            started, cpu_started = now, cpu_now
            name, value = next(iter(held_out.items()))
            bar.set_postfix_str(f"held-out {name} {value:.2f}", refresh=False)
            good = deepcopy(model.state_dict())
            if checkpoint is not None:
                state = {"optimizer": optimizer.state_dict(), "generator": generator.get_state()}
                save(checkpoint, model, settings=settings, history=history.rows, **state)
    except KeyboardInterrupt:
        history.interrupted = (epoch, step)
    except FloatingPointError as error:
        model.load_state_dict(good)
        raise TrainingDiverged(
            f"{error} in epoch {epoch}, step {step} of {steps}; the model is back "
            f"at the end of epoch {len(history)}. A smaller lr (now {lr:g}) usually helps.",
            history,
        ) from None
    finally:
        bar.close()
        model.eval()
    return history


@torch.no_grad()
def evaluate(model, x, objective, *, batch_size=1000, seed=0):
    """Mean of each of the objective's terms over the rows of x, as a dict of floats, in nats.

    x (N, D) of floats. Raises ValueError for bad data. The model is left in evaluation mode.
    """
    batch_size, seed = checks.whole("batch_size", batch_size), checks.whole("seed", seed, least=0)
    model.eval()
    x = _data("x", x, next(model.parameters()).device)
    generator = torch.Generator(x.device).manual_seed(seed)
    sums = {}
    for rows in x.split(batch_size):
        for name, value in _terms(objective, model, rows, generator).items():
            sums[name] = sums.get(name, 0.0) + value.double().sum()
    return {name: float(total) / len(x) for name, total in sums.items()}


def save(path, model, **state):
    """Write a checkpoint: weights, the model's `config`, and `state`, with a hash of all of it.

    The file appears whole or not at all. `load` reads it. Raises TypeError, and writes nothing, for
    what `load` would refuse: state other than tensors, numbers, text, and dicts and lists of them.
    """
    saved = {"model": model.state_dict(), "model_config": getattr(model, "config", None), **state}
    saved["sha256"] = _digest(saved)
    part = Path(f"{path}.part")
    part.parent.mkdir(parents=True, exist_ok=True)
    torch.save(saved, part)
    os.replace(part, path)


def load(path):
    """Read a checkpoint as a dict of tensors and plain values; no code in the file is run.

    Raises FileNotFoundError, or ValueError when the file is truncated or was altered.
    """
    if not Path(path).is_file():
        raise FileNotFoundError(f"no checkpoint at {path}")
    try:
        saved = torch.load(path, weights_only=True, map_location="cpu")
        intact = saved.pop("sha256") == _digest(saved)
    except Exception as error:
        came = "it is truncated, or another kind of file"
        raise ValueError(f"{path} is not a readable checkpoint: {came}") from error
    if not intact:
        raise ValueError(f"{path} was altered: its contents do not match its hash")
    return saved


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
    if not x.isfinite().all():
        raise ValueError(f"{name}: got NaN or infinite values, wanted finite ones")
    return x


def _digest(value):
    """SHA-256 over nested dicts, sequences, tensors and plain values."""
    digest = hashlib.sha256()

    def feed(item):
        if torch.is_tensor(item):
            digest.update(f"{item.dtype}{tuple(item.shape)}".encode())
            digest.update(item.detach().cpu().contiguous().numpy().tobytes())
        elif isinstance(item, dict):
            for key in item:
                feed(key)
                feed(item[key])
        elif isinstance(item, (list, tuple)):
            digest.update(f"[{len(item)}".encode())
            for part in item:
                feed(part)
        elif item is None or type(item) in (bool, int, float, str, bytes):
            digest.update(f"{item!r};".encode())
        else:
            raise TypeError(f"a checkpoint cannot hold {item!r}, a {type(item).__name__}")

    feed(value)
    return digest.hexdigest()
