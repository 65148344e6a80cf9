"""A prediction's face: HTML that stands alone, and beside it, with a kernel, what keeps the guess.

Without a kernel the browser keeps the guess, under the prediction's number.
"""

import html
import json
import uuid
from pathlib import Path

import anywidget
import traitlets
from IPython.display import HTML, display

from vaelib.teaching import progress
from vaelib.teaching.explore.bundle import bundle
from vaelib.teaching.explore.squeeze import squeeze, squeeze_styles

OWN = Path(__file__).resolve().parent / "front"
NOT_KEPT = (
    "Only this browser keeps your guess: the progress file cannot be written. To keep it there, "
    f"{progress.REMEDY}."
)


def style():
    """The predictions' style sheet."""
    return squeeze_styles((OWN / "style.css").read_text(encoding="utf-8"))


def module():
    """The front end as one module: `watch`, `hydrate`, `Prediction`, and anywidget's `render`."""
    text, entry = bundle(OWN / "entry.js")
    names = "watch, hydrate, Prediction"
    exports = f"export {{ {names} }};\nexport default {entry}.widget;"
    return squeeze(f"{text}\nconst {{ {names} }} = {entry};\n{exports}")


class Keeper(anywidget.AnyWidget):
    """The live face of a question: the browser sends a guess, the kernel keeps it and says so."""

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)
    declaration = traitlets.Dict().tag(sync=True)
    guess = traitlets.Any().tag(sync=True)
    twin = traitlets.Unicode().tag(sync=True)

    def __init__(self, prediction, guess, twin):
        super().__init__(
            _esm=module(), _css=style(), declaration=prediction.head(), guess=guess, twin=twin
        )
        self.prediction = prediction
        self.on_msg(self._keep)

    def _keep(self, _, content, __):
        try:
            guess = self.prediction.check(content.get("guess"))
        except ValueError as error:
            self.send({"kept": False, "error": str(error)})
            return
        if progress.keep_guess(self.prediction.number, guess):
            self.send({"kept": True})
        else:
            self.send({"kept": False, "error": NOT_KEPT})


def place(prediction, form, words, guess=None, measured=None):
    """The HTML that the front end fills.

    form : "ask" takes a guess, "reveal" shows it beside the measurement, "screen" shows a room's
    words : what stands there while no script runs
    """
    data = {"": prediction.head(), "-guess": guess, "-measured": measured}
    given = (
        f'data-vq{name}="{html.escape(json.dumps(value, ensure_ascii=False), quote=True)}"'
        for name, value in data.items()
        if value is not None
    )
    attributes = " ".join([f'data-vq-form="{form}"', *given])
    question = html.escape(prediction.question)
    return (
        f'<div class="vq" dir="ltr" lang="en" {attributes}>'
        f"<p><strong>Prediction {prediction.number}.</strong> {question}</p>"
        f"<p>{html.escape(words)}</p></div>"
    )


def said(prediction, value):
    """A guess or measurement in words, for a page without scripts."""
    if prediction.kind == "choice":
        return prediction.options[value]
    numbers = ", ".join(f"{each:.3g}".replace("-", "−") for each in value)
    return f"{numbers} {prediction.unit}".strip() if prediction.kind == "number" else numbers


def asking(prediction, guess=None, mark="vq"):
    """The question as HTML; a lesson's first brings the module that fills the page's places."""
    box = place(prediction, "ask", "Write your guess down, then run what follows.", guess)
    return f'<div id="{mark}">{box}</div>{front() if prediction.number.endswith("a") else ""}'


def front():
    """Style and module, which fills the predictions of a page, also those that come later."""
    return f'<style>{style()}</style><script type="module">{module()}\nwatch();</script>'


def revealing(prediction, measured, guess=None):
    """The measurement as HTML, words alone until a question's module fills it."""
    words = f"Measured, {prediction.measures}: {said(prediction, measured)}."
    return place(prediction, "reveal", words, guess, measured)


def display_ask(prediction, guess):
    """Display the question, with a guess that was made before."""
    mark = f"vq{uuid.uuid4().hex}"
    display(HTML(asking(prediction, guess, mark)))
    display(Keeper(prediction, guess, mark))


def display_reveal(prediction, measured, guess):
    """Display the measurement, and the guess beside it, where there is one."""
    display(HTML(revealing(prediction, measured, guess)))
