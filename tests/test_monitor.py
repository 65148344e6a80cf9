"""The monitor: what `fit` does, bit for bit, stopped and continued without loss; real kernels."""

import importlib.metadata
import math
import os
import queue
import threading
import time
from contextlib import contextmanager, suppress

import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
from jupyter_client.manager import start_new_kernel

from vaelib.bound import elbo
from vaelib.checkpoints import load
from vaelib.drawing import stream
from vaelib.teaching import plots
from vaelib.teaching.monitor import Monitor, watch
from vaelib.teaching.monitor_view import figure, line
from vaelib.training import TrainingDiverged, fit
from vaelib.vae import VAE

WAIT = 60  # seconds until a test gives up; none waits that long where all is well
SUBSHELLS = int(importlib.metadata.version("ipykernel").split(".")[0]) >= 7


def new_model(d=784):
    return VAE(d, 2, (16,), generator=stream(1))


def data(n=40, d=784):
    return torch.rand(n, d, generator=stream(0)).round()


def noisy(x, generator):
    return torch.where(torch.rand(x.shape, generator=generator) < 0.05, 1 - x, x)


SETTINGS = {"epochs": 4, "batch_size": 8, "lr": 1e-2, "transform": noisy, "seed": 3}
X = data()  # 4 steps of 8 rows in an epoch of the first 32
HALVES = X[:32], X[32:]


def values(model, history):
    """Weights, and the history without its times."""
    weights = {name: value.tolist() for name, value in model.state_dict().items()}
    means = [{k: row[k] for k in row if k[:4] in ("trai", "test", "epoc")} for row in history.rows]
    return weights, means


@pytest.fixture(scope="module")
def plain():
    """What `fit` alone makes of these settings."""
    model = new_model()
    return values(model, fit(model, *HALVES, elbo, **SETTINGS, progress=False))


def after_two_epochs():
    """The model and the history of a plain run, halfway."""
    model = new_model()
    halfway = {"progress": False, "watch": lambda history, done: done == 0.5}
    return model, fit(model, *HALVES, elbo, **SETTINGS, **halfway)


class At:
    """The bound; at some steps of training, counted over all runs, it also does something."""

    def __init__(self, **actions):
        self.actions, self.step = actions, 0

    def __call__(self, model, x, generator):
        raised, reported = elbo(model, x, generator=generator)
        if torch.is_grad_enabled():
            self.step += 1
            if f"step_{self.step}" in self.actions:
                changed = self.actions[f"step_{self.step}"](raised)
                raised = raised if changed is None else changed
        return raised, reported


def interrupt(raised):
    raise KeyboardInterrupt


def nan(raised):
    return raised * math.nan


def new_monitor(objective, **settings):
    return Monitor(new_model(), *HALVES, objective, **SETTINGS | settings)


def wait(monitor):
    """Until no run in the background is left."""
    monitor.thread.join(WAIT)
    assert not monitor.thread.is_alive()


def figure_of(monitor):
    return figure(monitor.history, monitor.samples, monitor.view.epochs)


def continue_and_wait(monitor):
    monitor.view.again.click()
    wait(monitor)


def enabled(monitor):
    return [name for name in ("stop", "again") if not getattr(monitor.view, name).disabled]


def test_a_watched_run_is_a_plain_one_bit_for_bit(plain):
    before = torch.random.get_rng_state()
    model = new_model()
    history = watch(model, *HALVES, elbo, **SETTINGS)
    assert values(model, history) == plain and history.interrupted is None
    assert torch.equal(before, torch.random.get_rng_state())


@pytest.mark.parametrize("step", [1, 4, 6, 8, 15])
def test_stopped_and_continued_it_ends_as_if_never_stopped(plain, step):
    objective = At(**{f"step_{step}": lambda raised: monitor.view.stop.click()})
    monitor = new_monitor(objective)
    history = monitor.run()
    epoch, at = step // 4 + 1, step % 4 + 1
    assert history.interrupted == (epoch, at) and len(history) == epoch - 1
    assert f"Stopped in epoch {epoch}, step {at};" in monitor.view.status.value
    assert monitor.view.bar.description == f"epoch {epoch} of 4"
    assert enabled(monitor) == ["again"] and not monitor.model.training
    continue_and_wait(monitor)
    assert values(monitor.model, history) == plain
    assert monitor.history is history and history.interrupted is None
    assert enabled(monitor) == [] and "Run the cells below again" in monitor.view.status.value
    assert monitor.view.bar.value == 1 and monitor.view.bar.description == "epoch 4 of 4"
    assert objective.step == step + 16 - 4 * (epoch - 1)  # the broken epoch was repeated
    monitor.view.again.click()  # there is nothing more to do
    wait(monitor)
    assert objective.step == step + 16 - 4 * (epoch - 1)


def test_stopped_at_the_last_step_nothing_is_lost(plain):
    monitor = new_monitor(At(step_16=lambda raised: monitor.view.stop.click()))
    assert values(monitor.model, monitor.run()) == plain and enabled(monitor) == []


def test_the_interrupt_of_the_kernel_stops_it_too(plain):
    monitor = new_monitor(At(step_6=interrupt))
    assert monitor.run().interrupted == (2, 2) and enabled(monitor) == ["again"]
    continue_and_wait(monitor)
    assert values(monitor.model, monitor.history) == plain


def test_it_can_be_stopped_and_continued_again_and_again(plain):
    actions = {f"step_{n}": lambda raised: monitor.view.stop.click() for n in (3, 6, 11, 14)}
    monitor = new_monitor(At(**actions))
    history = monitor.run()
    stops = []
    while history.interrupted:
        stops.append(history.interrupted)
        continue_and_wait(monitor)
    assert stops == [(1, 4), (1, 4), (2, 2), (2, 4)]  # as steps are counted over all runs
    assert values(monitor.model, history) == plain


def test_two_clicks_start_one_training_and_the_cell_can_use_the_model_meanwhile(plain):
    held, started, go = [], threading.Event(), threading.Event()

    def hold(raised):
        held.append(True)
        started.set()
        assert go.wait(WAIT)

    monitor = new_monitor(At(step_6=lambda raised: monitor.view.stop.click(), step_9=hold))
    monitor.run()
    monitor.view.again.click()
    assert started.wait(WAIT)
    monitor.view.again.click()
    assert enabled(monitor) == ["stop"] and "in the background" in monitor.view.status.value
    assert monitor.history.interrupted is None and len(monitor.history) == 1
    assert monitor.model.sample(3, generator=stream(0)).shape == (3, 784)
    go.set()
    wait(monitor)
    assert values(monitor.model, monitor.history) == plain and len(held) == 1


def test_a_cell_may_freeze_the_model_after_a_stop(plain):
    monitor = new_monitor(At(step_6=lambda raised: monitor.view.stop.click()))
    monitor.run()
    monitor.model.requires_grad_(False)
    continue_and_wait(monitor)
    assert values(monitor.model, monitor.history) == plain
    assert not any(p.requires_grad for p in monitor.model.parameters())


@pytest.mark.skipif(not os.path.exists("/proc/self/fd"), reason="no /proc")
def test_a_copy_that_ends_half_way_leaves_the_epoch_before(plain, tmp_path, monkeypatch):
    real, copies = os.fsync, []

    def fsync(file):
        if "last_epoch" in os.readlink(f"/proc/self/fd/{file}"):
            copies.append(file)
            if len(copies) == 2:
                raise OSError(28, "No space left on device")
        real(file)

    monkeypatch.setattr(os, "fsync", fsync)
    objective = At(step_10=lambda raised: monitor.view.stop.click())
    monitor = new_monitor(objective, checkpoint=tmp_path / "run.pt")
    history = monitor.run()
    assert history.interrupted == (3, 3) and len(copies) == 2
    continue_and_wait(monitor)
    assert values(monitor.model, monitor.history) == plain


def test_a_checkpoint_of_ones_own_is_written_and_may_go_after_a_stop(plain, tmp_path):
    path = tmp_path / "own" / "run.pt"
    monitor = new_monitor(At(step_10=lambda raised: monitor.view.stop.click()), checkpoint=path)
    monitor.run()
    assert len(load(path)["history"]) == 2
    path.unlink()
    continue_and_wait(monitor)
    assert values(monitor.model, monitor.history) == plain
    assert load(path)["history"] == monitor.history.rows


def test_a_run_that_resumes_is_watched_as_well(plain, tmp_path):
    path = tmp_path / "run.pt"
    fit(new_model(), *HALVES, At(step_10=interrupt), **SETTINGS, progress=False, checkpoint=path)
    monitor = new_monitor(At(step_2=lambda raised: monitor.view.stop.click()), resume=path)
    assert monitor.run().interrupted == (3, 3) and len(monitor.history) == 2
    continue_and_wait(monitor)
    assert values(monitor.model, monitor.history) == plain


def test_a_loss_that_is_not_finite_is_raised_in_the_cell_and_shown_in_the_background():
    monitor = new_monitor(At(step_6=nan))
    with pytest.raises(TrainingDiverged, match="epoch 2, step 2 of 4"):
        monitor.run()
    assert len(monitor.history) == 1 and enabled(monitor) == []
    assert "TrainingDiverged: the loss became nan in epoch 2, step 2" in monitor.view.status.value

    monitor = new_monitor(At(step_6=lambda raised: monitor.view.stop.click(), step_12=nan))
    monitor.run()
    continue_and_wait(monitor)
    assert len(monitor.history) == 2 and enabled(monitor) == [] and not monitor.model.training
    assert "TrainingDiverged: the loss became nan in epoch 3, step 2" in monitor.view.status.value
    assert values(monitor.model, monitor.history) == values(*after_two_epochs())


def test_another_error_is_raised_in_the_cell_and_can_be_continued_after(plain):
    def full(raised):
        raise RuntimeError("no <memory>")

    monitor = new_monitor(At(step_6=full, step_8=full))
    with pytest.raises(RuntimeError, match="no <memory>"):
        monitor.run()
    assert "RuntimeError: no &lt;memory&gt;" in monitor.view.status.value
    assert enabled(monitor) == ["again"]
    continue_and_wait(monitor)
    assert enabled(monitor) == ["again"] and len(monitor.history) == 1
    continue_and_wait(monitor)
    assert values(monitor.model, monitor.history) == plain


def test_bad_settings_are_refused_as_fit_refuses_them():
    monitor = new_monitor(elbo, lr=-1)
    with pytest.raises(ValueError, match="lr: got -1"):
        monitor.run()
    assert enabled(monitor) == [] and "ValueError: lr: got -1" in monitor.view.status.value
    with pytest.raises(ValueError, match="epochs, budget: got both"):
        new_monitor(elbo, budget=3.0).run()


def test_a_stop_that_arrives_after_the_end_does_nothing(plain):
    monitor = new_monitor(elbo)
    monitor.run()
    monitor.view.stop.click()
    assert values(monitor.model, monitor.history) == plain and enabled(monitor) == []


@pytest.mark.parametrize("style", ["default", "vaelib.teaching.course"])
def test_the_figure_shows_the_terms_and_the_same_codes_decoded_after_some_epochs(style, capsys):
    monitor = new_monitor(elbo)
    history = monitor.run()
    with plt.style.context(style):
        fig, words = figure_of(monitor)
        plots.show(fig, words)  # raises for labels, hyphens and words that are missing
    assert "epochs 1, 2, 3, 4." in words and capsys.readouterr().out == f"{words}\n"
    reconstruction, kl, samples = fig.axes
    for ax, term in ((reconstruction, "reconstruction"), (kl, "kl")):
        training, held_out = ax.lines
        assert list(held_out.get_ydata()) == history[f"test_{term}"]
        assert list(training.get_ydata()) == history[f"train_{term}"]
        assert (training.get_linestyle(), held_out.get_linestyle()) == ("--", "-")
    sheet = samples.images[0].get_array()
    halfway, _ = after_two_epochs()
    for model, top in ((halfway, 30), (monitor.model, 90)):
        means = model.sample(16, mean=True, generator=stream(0)).detach().reshape(16, 28, 28)
        for i, mean in enumerate(means):
            shown = sheet[top : top + 28, 30 * i : 30 * i + 28]
            np.testing.assert_allclose(shown, mean, atol=0.5 / 255 + 1e-6)
    terms = ("elbo", "reconstruction", "kl")
    said = ", ".join(f"{t} {history[f'test_{t}'][-1]:.2f}".replace("-", "−") for t in terms)
    assert line(monitor.history) == f"4 epochs, held-out: {said} nats"


def test_pictures_in_colour_and_data_that_are_none():
    x = data(d=27)
    monitor = Monitor(new_model(27), x, x, elbo, epochs=20, images=lambda x: x.reshape(-1, 3, 3, 3))
    monitor.run()
    fig, words = figure_of(monitor)
    assert words.endswith("after epochs 1, 2, 4, 9, 20.")
    assert fig.axes[-1].images[0].get_array().shape == (5 * 5 - 2, 16 * 5 - 2, 3)

    monitor = Monitor(torch.nn.Linear(27, 1), x, x, closeness, epochs=2)
    monitor.run()
    fig, words = figure_of(monitor)
    assert [ax.get_title() for ax in fig.axes] == ["closeness"] and "z" not in words
    monitor = Monitor(torch.nn.Linear(784, 1), X, X, closeness, epochs=1)
    monitor.run()
    assert len(figure_of(monitor)[0].axes) == 1


def closeness(model, x, generator):
    found = -model(x).square()[:, 0]
    return found, {"closeness": found}


# What follows runs in a kernel of its own, as a lesson does.

BEGIN = """
import time, torch
from vaelib.bound import elbo
from vaelib.drawing import stream
from vaelib.teaching import monitor
from vaelib.training import fit
from vaelib.vae import VAE

torch.set_num_threads(1)
patience = 0.5  # seconds a step: longer in all than a test waits

def slow_elbo(model, x, generator):
    if torch.is_grad_enabled():
        time.sleep(patience)
    return elbo(model, x, generator=generator)

def new_model():
    return VAE(784, 2, (16,), generator=stream(1))

x = torch.rand(64, 784, generator=stream(0)).round()
settings = dict(epochs=100, batch_size=32)
vae = new_model()
"""
TRAIN = "history = monitor.watch(vae, x, x, slow_elbo, **settings)"
SAME = """
twin = new_model()
alone = fit(twin, x, x, elbo, **settings, progress=False)
for a, b in zip(vae.state_dict().values(), twin.state_dict().values(), strict=True):
    assert torch.equal(a, b)
assert history["test_elbo"] == alone["test_elbo"] and history.interrupted is None
"""


class Kernel:
    """A kernel and what it said: the widgets' states, and a cell's outputs by their display_id."""

    def __init__(self, manager, client):
        self.manager, self.client = manager, client
        self.widgets, self.outputs, self.replies, self.idle = {}, {}, {}, set()

    def send(self, kind, content, channel="shell", **header):
        message = self.client.session.msg(kind, content)
        message["header"] |= header
        getattr(self.client, f"{channel}_channel").send(message)
        return message["header"]["msg_id"]

    def run(self, code):
        return self.send("execute_request", {"code": code, "silent": False})

    def listen(self, until):
        """Take messages until `until()` is true."""
        end = time.monotonic() + WAIT
        channels = [self.client.iopub_channel, self.client.shell_channel]
        while not until():
            assert time.monotonic() < end, (self.widgets, self.outputs, self.replies)
            for channel in channels:
                with suppress(queue.Empty):
                    self.take(channel.get_msg(timeout=0.05))

    def take(self, message):
        content, kind = message["content"], message["header"]["msg_type"]
        if kind == "comm_open":
            self.widgets[content["comm_id"]] = dict(content["data"]["state"])
        elif kind == "comm_msg" and content["data"]["method"] == "update":
            self.widgets[content["comm_id"]] |= content["data"]["state"]
        elif kind in ("display_data", "update_display_data"):
            place = content["transient"].get("display_id", "widget")
            self.outputs[place] = content["data"], content["metadata"]
        elif kind == "execute_reply":
            self.replies[message["parent_header"]["msg_id"]] = content["status"]
        elif kind == "status" and content["execution_state"] == "idle":
            self.idle.add(message["parent_header"].get("msg_id"))

    def ok(self, asked):
        """Take messages until a cell has ended and said all; it must not have failed."""
        self.listen(lambda: asked in self.replies and asked in self.idle)
        assert self.replies[asked] == "ok"

    def done(self, code):
        self.ok(self.run(code))

    def found(self, **traits):
        """The id of the only widget that has these traits, or None."""
        fits = [i for i, state in self.widgets.items() if traits.items() <= state.items()]
        return fits[0] if len(fits) == 1 else None

    def click(self, button, **header):
        content = {"method": "custom", "content": {"event": "click"}}
        self.send("comm_msg", {"comm_id": button, "data": content}, **header)

    def subshell(self):
        """A new one's id, as JupyterLab asks for it."""
        self.send("create_subshell_request", {}, "control")
        return self.client.control_channel.get_msg(timeout=WAIT)["content"]["subshell_id"]

    def status(self):
        [html] = [w for w in self.widgets.values() if w["_model_name"] == "HTMLModel"]
        return html["value"]

    def pictures(self):
        return [data for data, _ in self.outputs.values() if "image/png" in data]


@contextmanager
def kernel():
    manager, client = start_new_kernel(kernel_name="python3")
    try:
        yield Kernel(manager, client)
    finally:
        client.stop_channels()
        manager.shutdown_kernel()


@pytest.mark.slow
@pytest.mark.skipif(not SUBSHELLS, reason="ipykernel 6 answers no widget while a cell is busy")
def test_the_buttons_are_answered_while_a_cell_is_busy_and_after():
    with kernel() as here:
        here.done(BEGIN)
        subshell = here.subshell()
        training = here.run(TRAIN)
        here.listen(here.pictures)
        stop, again = (here.found(description=name) for name in ("Stop", "Continue"))
        assert training not in here.replies and here.found(disabled=False) == stop
        here.click(stop, subshell_id=subshell)
        here.ok(training)
        here.done("epochs, at = len(history), history.interrupted\nassert at[0] == epochs + 1")
        assert "Stopped in epoch" in here.status() and here.found(disabled=False) == again

        here.click(again, subshell_id=subshell)
        here.listen(lambda: here.found(disabled=False) == stop)
        here.click(stop, subshell_id=subshell)  # the thread of both buttons is not blocked
        here.listen(lambda: here.found(disabled=False) == again)
        assert "Stopped in epoch" in here.status()

        here.done("patience = 0")
        here.click(again, subshell_id=subshell)
        here.listen(lambda: "Finished." in here.status())
        here.done(SAME)
        last = [data["text/plain"] for data, _ in here.outputs.values()]
        assert any(text.startswith("100 epochs, held-out: elbo −") for text in last)
        [(_, metadata)] = [o for o in here.outputs.values() if "image/png" in o[0]]
        assert "after each of 100 epochs" in metadata["image/png"]["alt"]


@pytest.mark.slow
def test_the_kernels_own_stop_button_stops_it_and_continue_goes_on_in_a_thread():
    with kernel() as here:
        here.done(BEGIN)
        training = here.run(TRAIN)
        here.listen(here.pictures)
        here.manager.interrupt_kernel()
        here.ok(training)
        assert "Stopped in epoch" in here.status()
        here.done("patience = 0\nassert history.interrupted")
        here.click(here.found(description="Continue"))
        here.listen(lambda: "Finished." in here.status())
        here.done(SAME)
