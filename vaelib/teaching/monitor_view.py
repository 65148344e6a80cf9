"""What a reader sees of a run that is watched: a bar, two buttons, a sentence, a picture.

The picture is an ordinary output of the cell, replaced in place: what is stored with the notebook
is the last one, and it needs no kernel.
"""

import html
import secrets
import time

import ipywidgets as widgets
import numpy as np
from IPython import get_ipython
from IPython.display import display
from matplotlib.figure import Figure

from vaelib.teaching import plots

N_ROWS = 5  # epochs whose samples are drawn
SHARE = 0.2  # of the time, at most, goes into pictures
PAUSE = 0.3  # seconds between two moves of the bar


class View:
    """The face of a run of so many epochs; `stop` and `again` are the buttons."""

    def __init__(self, epochs, on_stop, on_again):
        self.epochs, self._moved, self._due = epochs, 0.0, 0.0
        self._id, self._in_notebook = secrets.token_hex(8), hasattr(get_ipython(), "kernel")
        self.bar = widgets.FloatProgress(max=1.0, style={"description_width": "initial"})
        self.bar.layout.width = "28em"
        self.stop, self.again = _button("Stop", on_stop), _button("Continue", on_again)
        self.status = widgets.HTML()
        self.box = widgets.VBox([widgets.HBox([self.bar, self.stop, self.again]), self.status])

    def show(self):
        """Take a place in the cell that is running."""
        if self._in_notebook:
            display(self.box)
            for name in ("line", "picture"):
                self._put(name, {"text/plain": f"The {name} waits for the first epoch."}, new=True)

    def enable(self, *, stop=False, again=False):
        """Enable these buttons and disable the others."""
        self.stop.disabled, self.again.disabled = not stop, not again

    def say(self, text):
        """Show a sentence, and read it out where a screen is read."""
        self.status.value = f'<div role="status">{html.escape(text)}</div>'

    def move(self, epoch, done, at_once=False):
        """Move the bar to the part `done` of the run, unless it has just moved."""
        if at_once or time.monotonic() > self._moved + PAUSE:
            self._moved = time.monotonic()
            with self.bar.hold_sync():
                self.bar.description = f"epoch {epoch} of {self.epochs}"
                self.bar.value = done

    def draw(self, history, samples, at_once=False):
        """Replace the picture and the line under it, unless that would take too much of the time.

        samples : {epoch: images (n, h, w) or (n, h, w, 3)}, of the same z
        """
        begun = time.monotonic()
        if self._in_notebook and history and (at_once or begun > self._due):
            self._put("picture", *plots.bundle(*figure(history, samples, self.epochs)))
            self._put("line", {"text/plain": line(history)})
            self._due = begun + (time.monotonic() - begun) / SHARE

    def _put(self, name, data, metadata=None, new=False):
        """An output of the cell, or what takes its place: that works from any thread."""
        place = f"{self._id}-{name}"
        display(data, metadata=metadata, raw=True, display_id=place, update=not new)


def figure(history, samples, epochs):
    """(figure, its words): the terms of the bound against epochs, and samples' means."""
    last, terms = len(history), history.terms()
    parts = [term for term in terms if term != "elbo"] or terms  # what the bound is made of
    shown = sorted({round(last ** (i / (N_ROWS - 1))) for i in range(N_ROWS)} & {*samples})
    fig = Figure(figsize=(12, 3), layout="none")  # a layout would double the time
    widths = [1] * len(parts) + [2.4] * bool(shown)
    axes = fig.subplots(1, len(widths), width_ratios=widths, squeeze=False)[0]
    fig.subplots_adjust(left=0.07, right=0.99, bottom=0.2, top=0.88, wspace=0.35)
    history.plot(axes[: len(parts)], parts)
    for ax in axes[: len(parts)]:
        ax.set_xlim(1, max(2, int(epochs)))
    words = f"{' and '.join(parts)} after each of {last} epochs, training and held-out"
    if shown:
        pictures = np.concatenate([samples[epoch] for epoch in shown])
        n_samples = len(samples[last])
        plots.draw_images(axes[-1], pictures, n_samples, [f"epoch {epoch}" for epoch in shown])
        axes[-1].set_title(f"means of p(x|z), the same {n_samples} z")
        words += f"; means of p(x|z) for the same z after epochs {', '.join(map(str, shown))}"
    return fig, f"{words}."


def line(history):
    """The last row of the history in words."""
    last, terms = history.rows[-1], history.terms()
    values = [f"{name} {last[f'test_{name}']:.2f}".replace(" -", " −") for name in terms]
    return f"{len(history)} epochs, held-out: {', '.join(values)} nats"


def _button(text, action):
    """A button, disabled at first, that a click reaches while a cell is busy.

    ipykernel 7.4 hands a click to the thread that last changed the button, which is the busy
    cell's. It belongs to the subshell that JupyterLab sent it to (ipython/ipykernel#1438).
    """
    button = widgets.Button(description=text, disabled=True)
    button.on_click(action)
    if hasattr(button.comm, "_reply_subshell_for"):
        button.comm._reply_subshell_for = lambda data, subshell: subshell
    return button
