"""The lessons' predictions: what they ask, where they measure it, and what was measured."""

import ast
import html
import json
import re
from string import ascii_lowercase

from vaelib.teaching import predictions as predict
from vaelib.teaching.predictions import face

TEXTS = 3  # at most, between a question and its measurement


def predictions(lesson):
    """Every **Predict** has its face below it, and its measurement, which the lesson computes."""
    number = int(lesson.name[:2])
    asked, complaints = [], []
    for cell, after in zip(lesson.nb.cells, [*lesson.nb.cells[1:], None], strict=True):
        leads = cell.cell_type == "markdown" and "**Predict:**" in cell.source
        if leads and not (after and after.source.startswith("predict.ask(")):
            complaints.append(f"no predict.ask below {cell.source[-60:]!r}")
        asked += re.findall(r'^predict\.ask\("(\w+)"\)', cell.source, re.M)
    wanted = [f"{number}{letter}" for letter in ascii_lowercase[: len(asked)]]
    if asked != wanted:
        complaints.append(f"predictions are numbered {asked}, not {wanted}")
    shown = revealed(lesson.nb)
    complaints += [f"{each} is asked, and not revealed" for each in asked if each not in shown]
    complaints += [f"{each} is revealed, and not asked" for each in shown if each not in asked]
    for each, (cell, value) in shown.items():
        if typed(cell):
            complaints.append(f"{each}: its value is typed in")
        if value is None:
            complaints.append(f"{each}: no measurement is stored")
        if each in asked and not 0 <= texts_between(lesson.nb, each) <= TEXTS:
            complaints.append(f"{each} is not asked right before what measures it")
    return complaints


def texts_between(nb, number):
    """How many texts stand between a question and its measurement; −1 if it is asked after it."""

    def at(act):
        call = rf'^predict\.{act}\(\s*"{number}"'
        return next(i for i, cell in enumerate(nb.cells) if re.search(call, cell.source, re.M))

    first, last = at("ask"), at("reveal")
    if last < first:
        return -1
    return sum(cell.cell_type == "markdown" for cell in nb.cells[first:last])


def revealed(nb):
    """{number: (the cell that reveals it, the stored measurement or None)}, in order."""
    found = {}
    for cell in (cell for cell in nb.cells if cell.cell_type == "code"):
        if number := re.search(r'^predict\.reveal\(\s*"(\w+)"', cell.source, re.M):
            stored = [o.data["text/html"] for o in cell.outputs if "text/html" in o.get("data", {})]
            value = [measured(text) for text in stored if "data-vq-measured" in text]
            found[number[1]] = cell, value[0] if value else None
    return found


def measured(shown):
    """The value in the HTML of a prediction's measurement."""
    return json.loads(html.unescape(re.search('data-vq-measured="(.*?)"', shown)[1]))


def typed(cell):
    """Whether a cell reveals a constant instead of what was measured."""
    calls = [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Call)]
    given = [call.args[1] for call in calls if ast.unparse(call.func) == "predict.reveal"]
    return not all(any(isinstance(n, ast.Name) for n in ast.walk(value)) for value in given)


def guessing(number, value):
    """A question, and folded below it what was measured, as HTML on one line."""
    prediction = predict.find(number)
    asked = face.place(prediction, "ask", "Write your guess down, then unfold what was measured.")
    shown = face.revealing(prediction, value)
    return f"{asked}<details><summary>What was measured</summary>{shown}</details>"
