"""The lessons' predictions: what they ask, where they measure it, and what was measured."""

import ast
import re
from string import ascii_lowercase

from tools.lessons import code_cells, measured


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
    shown = revealed(lesson)
    complaints += [f"{each} is asked, and not revealed" for each in asked if each not in shown]
    complaints += [f"{each} is revealed, and not asked" for each in shown if each not in asked]
    for each, (cell, value) in shown.items():
        if typed(cell):
            complaints.append(f"{each}: its value is typed in")
        if value is None:
            complaints.append(f"{each}: no measurement is stored")
    return complaints


def revealed(lesson):
    """{number: (the cell that reveals it, the stored measurement or None)}, in order."""
    found = {}
    for cell in code_cells(lesson.nb):
        if number := re.search(r'^predict\.reveal\(\s*"(\w+)"', cell.source, re.M):
            stored = [o.data["text/html"] for o in cell.outputs if "text/html" in o.get("data", {})]
            value = [measured(text) for text in stored if "data-vq-measured" in text]
            found[number[1]] = cell, value[0] if value else None
    return found


def typed(cell):
    """Whether a cell reveals a constant instead of what was measured."""
    calls = [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Call)]
    given = [call.args[1] for call in calls if ast.unparse(call.func) == "predict.reveal"]
    return not all(any(isinstance(n, ast.Name) for n in ast.walk(value)) for value in given)
