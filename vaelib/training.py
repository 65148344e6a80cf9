"""One plain training loop.

for each epoch, for each minibatch: raise the mean of objective(model, x) by a step of AdamW,
with the learning rate falling from `lr` to 0 along half a cosine.

The loop knows nothing of the models. An objective takes (model, x, generator=…) and returns
(raised, reported): what is raised, one number a row (n,), and a dict of the terms to record, each
(n,) as well, both in nats. `vaelib.bound.elbo` is one. What was asked is a `Plan`, what is under
way a `Run`. Started by torchrun, the same loop shares each minibatch among processes; see
`vaelib.engine.processes`.
Sources: Kingma & Ba, *Adam* (2015); Loshchilov & Hutter, *SGDR* (2017), eq. 5, and *Decoupled
Weight Decay Regularization* (2019).
"""

import math
import os
import sys
import warnings
from collections import Counter
from copy import deepcopy

import torch
from tqdm import tqdm

from vaelib import checks
from vaelib.checkpoints import contents, load, save
from vaelib.engine.console import Console
from vaelib.engine.processes import Group
from vaelib.run import Plan, Run, rows_of, terms_of

ABSURD = 1e8  # nats for each dimension of x, at the first step


class TrainingDiverged(FloatingPointError):
    """The loss became NaN or infinite. The model holds the last good state; see `.history`."""

    def __init__(self, error, run):
        self.history, rate = run.history, run.optimizer.param_groups[0]["lr"]
        where = f"in epoch {run.epoch}, step {run.step} of {run.steps}"
        back = f"the model is back at the end of epoch {len(run.history)}"
        message = f"{error} {where}; {back}. A smaller lr (now {rate:.2g}) usually helps."
        if not run.steps_done:  # then no lr helps
            sound = all(p.isfinite().all() for p in run.model.parameters())
            ill = "the model's weights hold NaN or infinite values"
            message = f"{error} before any step: {run.hint_on_scale() if sound else ill}"
        super().__init__(message)


def fit(
    model, x_train, x_test, objective, *, objective_at=None, transform=None, progress=True,
    watch=None, checkpoint=None, resume=None, clock=None, **settings,
):  # fmt: skip
    """Train `model` in place, for some epochs or seconds, and return its `History`.

    Trained is what `model.parameters()` names. Ctrl-C, a stop button or `watch` ends it early: the
    model and the history so far are kept, and `history.interrupted` holds (epoch, step).

    Parameters
    ----------
    x_train, x_test : (N, D) tensors or arrays of floats
        `x_test` is evaluated after every epoch.
    objective : callable
        (model, x, generator=…) → (raised, reported), see the head of this module.
    objective_at : callable, optional
        From `done`, the part of the training that is over, from 0 to 1, to the objective to train
        on. `x_test` is evaluated by `objective` always.
    transform : callable, optional
        (x, generator=…) → x, applied to every training minibatch (dynamic binarisation).
    progress : bool
        Show a bar, with the mean over `x_test` of what is raised.
    watch : callable, optional
        (history, done) → bool, asked before every step; True stops the run. Before the first step
        of an epoch the model is as the last one left it. Several processes must get one answer.
    checkpoint : path, optional
        Written after every epoch; if that fails, a warning says so.
    resume : path, optional
        A checkpoint to go on from. Epochs end as without a break, bit for bit; a budget goes on
        with the seconds that are left.
    clock : callable, optional
        Gives the seconds that a budget counts. By default those of this process's CPU, or on a GPU
        those of the wall.
    **settings
        epochs or budget, batch_size, lr, weight_decay, bf16, seed, device: see `Plan`.

    Raises
    ------
    ValueError
        For bad data or settings, and for a `resume` file that is damaged or from another model,
        other data or other settings.
    TypeError
        If the objective returns something else, or `checkpoint` cannot hold the model, before the
        first step.
    TrainingDiverged
        If a loss is not finite. The model is back at the end of its last good epoch.
    """
    run = Run(model, Plan(**settings), x_train, x_test, clock)
    if checkpoint is not None:
        if os.path.isdir(os.path.expanduser(checkpoint)):
            raise ValueError(f"checkpoint: {checkpoint} is a folder, wanted a file's path")
        contents(model, **run.state())  # a TypeError now, not after an epoch
    if resume is not None:
        run.restore(load(resume))
    objective_at = objective_at or (lambda done: objective)
    good = deepcopy(model.state_dict())
    try:
        with _bar(run, progress) as bar:
            while run.done < 1:
                means = train_epoch(run, objective_at, transform, watch, bar)
                if means is None:
                    run.history.interrupted = run.epoch, run.step
                    break
                raised, held_out = _means(*_each(model, run.x_test, objective, 1000, run.plan.seed))
                run.record(means, held_out)
                bar.set_postfix_str(f"held-out {raised:.2f} nats", refresh=False)
                good = deepcopy(model.state_dict())
                if checkpoint is not None and run.group.rank == 0:
                    _keep(run, checkpoint)
    except KeyboardInterrupt:
        run.history.interrupted = run.epoch, run.step
    except FloatingPointError as error:
        model.load_state_dict(good)
        raise TrainingDiverged(error, run) from None
    finally:
        model.eval()
    return run.history


def train_epoch(run, objective_at, transform, watch, bar):
    """One epoch, or what the budget allows of it: each term's mean over the rows that it saw.

    None if `watch` has stopped it. Raises FloatingPointError for a loss that is not finite.
    """
    x, group = run.x_train, run.group
    run.model.train()
    run.epoch, before, begun = len(run.history) + 1, run.spent, run.clock()
    order = torch.randperm(len(x), generator=run.generator, device=x.device)[: group.even(len(x))]
    sums, seen = Counter(), Counter()
    for step, rows in enumerate(order.split(run.plan.batch_size), 1):
        run.step = step
        if watch is not None and watch(run.history, run.done):
            return None
        batch = x[rows] if transform is None else transform(x[rows], generator=run.generator)
        loss, reported = one_step(run, objective_at(run.done), group.share(batch))
        for name, term in reported.items():
            sums[name] += term.detach().sum()  # of this process's share, which `total` completes
            seen[name] += len(rows)
        loss, seconds = group.total(loss / group.world, run.clock() - begun)
        if not math.isfinite(loss):
            raise FloatingPointError(f"the loss became {loss}")
        if not run.steps_done and abs(loss) > ABSURD * x.shape[1]:
            warnings.warn(
                f"the loss is {loss:.3g} before any step: {run.hint_on_scale()}", stacklevel=3
            )
        run.steps_done, run.spent = run.steps_done + 1, before + seconds
        bar.update(min(run.amount_done, run.amount_asked) - bar.n)
        if run.done >= 1:
            break
    means = group.total(*(float(sums[name]) / seen[name] for name in sums))
    return dict(zip(sums, means, strict=True))


def one_step(run, objective, x):
    """One step of AdamW up the mean of what is raised: the loss, and the terms (n,) reported."""
    with torch.autocast(x.device.type, torch.bfloat16, enabled=run.plan.bf16):
        raised, reported = run.forward(objective, x, run.generator)
    loss = -raised.mean()
    run.optimizer.param_groups[0]["lr"] = run.plan.rate(run.done)
    run.optimizer.zero_grad()
    loss.backward()
    run.optimizer.step()
    return loss.item(), reported


def evaluate(model, x, objective, *, batch_size=1000, seed=0):
    """Mean over the rows of x of each term that the objective reports, {name: float}, in nats.

    For the arguments see `evaluate_each`.
    """
    return _means(*_each(model, x, objective, batch_size, seed))[1]


def evaluate_each(model, x, objective, *, batch_size=1000, seed=0):
    """Each term that the objective reports, for each row of x: {name: float64 (N,)}, in nats.

    The model is left in evaluation mode. Several processes share the batches, and all get the
    values that one alone would get.

    Parameters
    ----------
    x : (N, D) tensor or array of floats
    batch_size : int
        Rows at a time, each time with noise of their own.
    seed : int
        Of that noise.

    Raises
    ------
    ValueError
        For bad data.
    """
    return _each(model, x, objective, batch_size, seed)[1]


@torch.no_grad()
def _each(model, x, objective, batch_size, seed):
    """What the objective raises (N,), and each term that it reports (N,), of every row of x."""
    batch_size, seed = checks.whole("batch_size", batch_size), checks.whole("seed", seed, least=0)
    group, x = Group.current(), rows_of("x", x, next(model.parameters()).device)
    model.eval()
    parts = {}
    for i, rows in group.mine(x.split(batch_size)):
        stream = torch.Generator(x.device).manual_seed(seed + i)
        raised, reported = terms_of(objective, model, rows, stream)
        reported = {name: term.double().cpu() for name, term in reported.items()}
        parts[i] = raised.double().cpu(), reported
    parts = group.union(parts)
    raised, reported = zip(*(parts[i] for i in sorted(parts)), strict=True)
    return torch.cat(raised), {name: torch.cat([r[name] for r in reported]) for name in reported[0]}


def _means(raised, reported):
    """Averages over rows of what is raised and of what is reported: a float, a dict of floats."""
    means = {name: float(term.sum()) / len(term) for name, term in reported.items()}
    return float(raised.mean()), means


def _keep(run, path):
    """Write the run's checkpoint; if that fails, a warning says so and training goes on."""
    try:
        save(path, run.model, **run.state())
    except OSError as error:
        message = f"{path} is not written, but training goes on: {error}"
        warnings.warn(message, stacklevel=3)


def _bar(run, shown):
    """A progress bar on stdout, of steps or of the seconds of a budget."""
    seconds = run.plan.budget is not None
    stdout = sys.stdout and Console(sys.stdout)  # a reader who has left does not end the training
    return tqdm(
        initial=min(run.amount_done, run.amount_asked), total=run.amount_asked,
        disable=not shown or run.group.rank > 0, file=stdout,
        unit="s" if seconds else "step", unit_scale=seconds, ncols=96, mininterval=0.5,
    )  # fmt: skip
