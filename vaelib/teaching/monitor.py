"""The training monitor: `fit`, watched, with a Stop and a Continue button.

    history = monitor.watch(vae, x_train, x_test, elbo, epochs=15, transform=binarize)

The cell trains as `vaelib.training.fit` would, to the same result bit for bit, and is busy until
that is done or stopped. Under the buttons it draws the terms of the bound, training and held-out,
and the means of p(x|z) for the same few z after epochs 1 … last.
"""

import shutil
import tempfile
import threading
import weakref
from contextlib import suppress
from copy import deepcopy
from pathlib import Path

import numpy as np
import torch

from vaelib.checkpoints import write
from vaelib.drawing import stream
from vaelib.history import History
from vaelib.teaching.explore.scene import grey
from vaelib.teaching.monitor_view import View
from vaelib.training import TrainingDiverged, fit

N_SAMPLES = 16
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

    Stopped and continued, the same History grows on. Raises what `fit` raises; an error in the
    background, after Continue, is shown under the buttons.

    Parameters
    ----------
    images : callable, optional
        From the means x (N_SAMPLES, D) to what `plots.draw_images` takes. Without it, x of 784
        pixels are drawn as they are, and others are not drawn.
    **settings
        `fit`'s own.
    """
    monitor = Monitor(model, x_train, x_test, objective, epochs=epochs, images=images, **settings)
    return monitor.run()


class Monitor:
    """A run and its `view`; see `watch`. `history` and the model are always usable.

    While a cell is busy, a kernel with subshells (ipykernel ≥ 7) answers the buttons in a thread
    of its own. So Stop only sets a flag, for which `fit` asks before every step.
    """

    def __init__(
        self, model, x_train, x_test, objective, *, epochs, images=None,
        checkpoint=None, resume=None, **settings,
    ):  # fmt: skip
        self.model, self.history, self.samples = model, History(), {}
        self._arguments = (model, x_train, x_test, objective)
        self._settings, self._resume = settings | {"epochs": epochs}, resume
        if images is None and np.shape(x_train)[1:] == (784,) and hasattr(model, "sample"):
            images = torch.Tensor.detach  # as they are
        self._images, self._begin = images, deepcopy(model.state_dict())
        self._trained = [p for p in model.parameters() if p.requires_grad]
        folder = Path(tempfile.mkdtemp(prefix="vaelib-"))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self._last = folder / "last_epoch.pt"  # from which to continue
        self._checkpoint = Path(checkpoint).expanduser() if checkpoint else self._last
        self._busy, self._stop, self.thread = threading.Lock(), threading.Event(), None
        self.view = View(epochs, self._press_stop, self._press_again)

    def run(self):
        """Train in this cell, until it is done or stopped."""
        self.view.show()
        with self._busy:
            self._fit(self._resume, *IN_CELL)
        return self.history

    def _press_stop(self, _):
        if self._busy.locked():
            self.view.enable()
            self._stop.set()

    def _press_again(self, _):
        if not self.view.again.disabled:
            self.view.enable()  # a second click finds it so
            self.thread = threading.Thread(target=self._go_on, daemon=True)
            self.thread.start()

    def _go_on(self):
        """From the last epoch's checkpoint, or if there is none, from the beginning."""
        with self._busy, suppress(Exception):  # an error is shown under the buttons
            kept = self._last.exists()
            if not kept:
                self.model.load_state_dict(self._begin)
            frozen = [p for p in self._trained if not p.requires_grad]  # by a cell after the stop
            for parameter in frozen:
                parameter.requires_grad_(True)
            try:
                self._fit(self._last if kept else self._resume, *IN_BACKGROUND)
            finally:
                for parameter in frozen:
                    parameter.requires_grad_(False)

    def _fit(self, resume, begin, end):
        self._stop.clear()
        self._seen = None  # the epochs over when `fit` last asked
        self.view.enable(stop=True)
        self.view.say(begin)
        more = False  # is there something to continue
        try:
            history = fit(
                *self._arguments, **self._settings, progress=False, watch=self._watch,
                checkpoint=self._checkpoint, resume=resume,
            )  # fmt: skip
            self._adopt(history)
            more = history.interrupted is not None
            if more:
                self.view.move(history.interrupted[0], self.view.bar.value, at_once=True)
            else:
                self._sample()
                self.view.move(len(history), 1.0, at_once=True)
            self.view.say(STOPPED.format(*history.interrupted) if more else end)
        except Exception as error:
            more = self._last.exists() and not isinstance(error, TrainingDiverged)
            self.view.say(f"{type(error).__name__}: {error}")
            raise
        finally:
            self.view.enable(again=more)
            self.view.draw(self.history, self.samples, at_once=True)

    def _watch(self, history, done):
        """What `fit` asks before every step: shows where it is; True when Stop was pressed."""
        self._adopt(history)
        if self._seen != len(history):  # an epoch begins
            self._seen = len(history)
            if self._checkpoint != self._last and history:
                with suppress(OSError):  # not written, as `fit` has warned
                    write(self._last, self._checkpoint.read_bytes())
            self._sample()
            self.view.draw(self.history, self.samples)
        self.view.move(len(history) + 1, done)
        return self._stop.is_set()

    def _adopt(self, history):
        """`fit` begins a History each time; ours stays the same and shares the rows."""
        self.history.rows, self.history.interrupted = history.rows, history.interrupted

    @torch.no_grad()
    def _sample(self):
        """The means of p(x|z) for the same z after each epoch; no stream but its own is used."""
        if self._images is None:
            return
        was_training = self.model.training
        self.model.eval()
        x = self.model.sample(N_SAMPLES, mean=True, generator=stream(0))
        self.model.train(was_training)
        self.samples[len(self.history)] = grey(self._images(x))
