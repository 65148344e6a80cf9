"""The training monitor: `fit`, watched, with a Stop and a Continue button.

    history = monitor.watch(vae, x_train, x_test, elbo, epochs=15, transform=binarize)

The cell trains as `vaelib.training.fit` would, to the same result bit for bit, and is busy until
that is done or stopped. Under the buttons it draws the terms of the bound, training and held-out,
and the means of p(x|z) for the same few z after epochs 1 … last. The picture is an ordinary output,
replaced in place: what is stored with the notebook is the last one, and it needs no kernel.
"""

import html
import shutil
import tempfile
import threading
import time
import weakref
from contextlib import suppress
from copy import deepcopy
from pathlib import Path

import ipywidgets as widgets
import numpy as np
import torch
from IPython import get_ipython
from IPython.display import display
from matplotlib.figure import Figure
from torch import nn

from vaelib.history import History
from vaelib.teaching import plots
from vaelib.teaching.explore.scene import grey
from vaelib.training import TrainingDiverged, fit

N_SAMPLES = 16
N_ROWS = 5  # epochs whose samples are drawn
SHARE = 0.2  # of the time, at most, goes into pictures
PAUSE = 0.3  # seconds between two moves of the bar

IN_CELL = (
    "Training. Stop keeps the model and the history so far. Where the button does not answer at "
    "once, the kernel's own stop button ■ does the same.",
    "Finished.",
)
IN_BACKGROUND = (
    "Training goes on in the background. Until it ends, a cell that uses the model sees it half "
    "trained. Stop stops it; ■ does not reach it.",
    "Finished. Run the cells below again: they have seen the model as it was when stopped.",
)
STOPPED = (
    "Stopped in epoch {0}, step {1}; the model is as it was then. Continue repeats epoch {0} from "
    "its beginning, with the same optimiser, order and noise, and ends as if never stopped."
)


def watch(model, x_train, x_test, objective, *, epochs, images=None, **settings):
    """Train as `vaelib.training.fit` does with these settings, watched; return its History.

    images : takes the means x (N_SAMPLES, D) to what `plots.draw_images` takes. Without it, x of
        784 pixels are drawn as they are, and others are not drawn

    Stopped and continued, the same History grows on. Raises what `fit` raises; an error in the
    background, after Continue, is shown under the buttons.
    """
    monitor = Monitor(model, x_train, x_test, objective, epochs=epochs, images=images, **settings)
    return monitor.run()


def _as_sent(_, subshell):
    """Where a click is answered: in the subshell that JupyterLab sends it to.

    ipykernel 7.4 by itself gives it to the thread that last changed the button: the busy cell's.
    """
    return subshell


class Monitor:
    """The buttons and the run behind them; see `watch`. `history` and the model are always usable.

    While a cell is busy, a kernel with subshells (ipykernel ≥ 7) answers the buttons in a thread
    of its own. So Stop only sets a flag, for which `fit` asks before every step.
    """

    def __init__(
        self, model, x_train, x_test, objective, *, epochs, images=None,
        checkpoint=None, resume=None, **settings,
    ):  # fmt: skip
        self.model, self.history, self.samples = model, History(), {}
        self._arguments = (model, x_train, x_test, objective)
        self._epochs, self._images, self._settings = epochs, images, settings
        self._drawn_as_they_are = np.shape(x_train)[1:] == (784,) and hasattr(model, "sample")
        self._begin, self._resume = deepcopy(model.state_dict()), resume
        self._trained = [p for p in model.parameters() if p.requires_grad]
        folder = Path(tempfile.mkdtemp(prefix="vaelib-"))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self._last = folder / "last_epoch.pt"
        self._checkpoint = checkpoint or self._last
        self._busy, self._stop = threading.Lock(), threading.Event()
        self._id, self._in_notebook = folder.name, hasattr(get_ipython(), "kernel")

        self.bar = widgets.FloatProgress(max=1.0, style={"description_width": "initial"})
        self.bar.layout.width = "28em"
        self.stop = widgets.Button(description="Stop", disabled=True)
        self.again = widgets.Button(description="Continue", disabled=True)
        self.status = widgets.HTML()
        self.stop.on_click(self._press_stop)
        self.again.on_click(self._press_again)
        for button in (self.stop, self.again):
            button.comm._reply_subshell_for = _as_sent
        self.box = widgets.VBox([widgets.HBox([self.bar, self.stop, self.again]), self.status])

    def run(self):
        """Train in this cell, until it is done or stopped."""
        if self._in_notebook:
            display(self.box)
            for name in ("line", "picture"):  # their places in this cell
                self._put(name, {"text/plain": f"The {name} waits for the first epoch."}, new=True)
        with self._busy:
            self._fit(self._resume, *IN_CELL)
        return self.history

    def _press_stop(self, _):
        if self._busy.locked():
            self.stop.disabled = True
            self._stop.set()

    def _press_again(self, _):
        if not self.again.disabled:
            self.again.disabled = True  # a second click finds it so
            threading.Thread(target=self._go_on, name=self._id, daemon=True).start()

    def _go_on(self):
        """From the last epoch's checkpoint, or where there is none, from the beginning."""
        with self._busy, suppress(Exception):  # an error is shown under the buttons
            frozen = [p for p in self._trained if not p.requires_grad]  # by a cell after the stop
            nn.ParameterList(frozen).requires_grad_(True)
            if not self._last.exists():
                self.model.load_state_dict(self._begin)
            try:
                resume = self._last if self._last.exists() else self._resume
                self._fit(resume, *IN_BACKGROUND)
            finally:
                nn.ParameterList(frozen).requires_grad_(False)

    def _fit(self, resume, begin, end):
        self._stop.clear()
        self._seen, self._step, self._moved, self._due = None, 0, 0.0, 0.0
        self.again.disabled, self.stop.disabled = True, False
        self._say(begin)
        more = False
        try:
            history = fit(
                *self._arguments, epochs=self._epochs, **self._settings, progress=False,
                watch=self._watch, checkpoint=self._checkpoint, resume=resume,
            )  # fmt: skip
            self._adopt(history)
            more = history.interrupted is not None
            if more:
                self._move(*history.interrupted, self.bar.value)
                self._say(STOPPED.format(*history.interrupted))
            else:
                self._sample()
                self._move(len(history), self._step, 1.0)
                self._say(end)
        except Exception as error:
            more = self._last.exists() and not isinstance(error, TrainingDiverged)
            self._say(f"{type(error).__name__}: {error}")
            raise
        finally:
            self.stop.disabled, self.again.disabled = True, not more
            self._draw()

    def _watch(self, history, done):
        """What `fit` asks before every step: shows where it is; True when Stop was pressed."""
        self._adopt(history)
        self._step += 1
        if self._seen != len(history):
            self._seen, self._step = len(history), 1
            self._turn()
        if time.monotonic() > self._moved + PAUSE:
            self._move(len(history) + 1, self._step, done)
        return self._stop.is_set()

    def _turn(self):
        """Between two epochs: keep the checkpoint, sample, and draw if a picture is due."""
        if self._checkpoint != self._last and self.history:
            with suppress(OSError):  # not written, as `fit` has warned
                shutil.copyfile(self._checkpoint, self._last)
        self._sample()
        begun = time.monotonic()
        if begun > self._due:
            self._draw()
            self._due = begun + (time.monotonic() - begun) / SHARE

    def _adopt(self, history):
        """`fit` begins a History each time; ours stays the same and shares the rows."""
        self.history.rows, self.history.interrupted = history.rows, history.interrupted

    def _sample(self):
        """The means of p(x|z) for the same z after each epoch; no stream but its own is used."""
        if self._images is None and not self._drawn_as_they_are:
            return
        was_training = self.model.training
        self.model.eval()
        generator = torch.Generator().manual_seed(0)
        with torch.no_grad():
            x = self.model.sample(N_SAMPLES, mean=True, generator=generator)
        self.model.train(was_training)
        self.samples[len(self.history)] = grey(x if self._images is None else self._images(x))

    def figure(self):
        """(figure, its words): the terms of the bound against epochs, and samples' means."""
        last, terms = len(self.history), self.history.terms()
        parts = terms[1:] or terms  # of the bound, the bound itself left out
        rows = sorted({round(last ** (i / (N_ROWS - 1))) for i in range(N_ROWS)} & {*self.samples})
        fig = Figure(figsize=(12, 3), layout="none")  # a layout would double the time
        widths = [1] * len(parts) + [2.4] * bool(rows)
        axes = fig.subplots(1, len(widths), width_ratios=widths, squeeze=False)[0]
        fig.subplots_adjust(left=0.07, right=0.99, bottom=0.2, top=0.88, wspace=0.35)
        self.history.plot(axes[: len(parts)], parts)
        for ax in axes[: len(parts)]:
            ax.set_xlim(1, max(2, int(self._epochs)))
        words = f"{' and '.join(parts)} after each of {last} epochs, training and held-out"
        if rows:
            pictures = np.concatenate([self.samples[epoch] for epoch in rows])
            labels = [f"epoch {epoch}" for epoch in rows]
            plots.draw_images(axes[-1], pictures, N_SAMPLES, labels)
            axes[-1].set_title(f"means of p(x|z), the same {N_SAMPLES} z")
            words += f"; means of p(x|z) for the same z after epochs {', '.join(map(str, rows))}"
        return fig, f"{words}."

    def _draw(self):
        if self._in_notebook and self.history:
            self._put("picture", *plots.bundle(*self.figure()))
            self._put("line", {"text/plain": self.line()})

    def line(self):
        """The last row of the history in words."""
        last, terms = self.history.rows[-1], self.history.terms()
        values = [f"{name} {last[f'test_{name}']:.2f}".replace(" -", " −") for name in terms]
        return f"{len(self.history)} epochs, held-out: {', '.join(values)} nats"

    def _put(self, name, data, metadata=None, new=False):
        """An output of the cell, or what takes its place: that works from any thread."""
        place = f"{self._id}-{name}"
        display(data, metadata=metadata, raw=True, display_id=place, update=not new)

    def _move(self, epoch, step, done):
        self._moved = time.monotonic()
        with self.bar.hold_sync():
            self.bar.description = f"epoch {epoch} of {self._epochs}, step {step}"
            self.bar.value = done

    def _say(self, text):
        self.status.value = f'<div role="status">{html.escape(text)}</div>'
