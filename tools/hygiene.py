"""The lessons' own rules: each takes a `Lesson` and returns a list of complaints.

A rule reads stored files only, so all of them together take seconds; `tests/test_lessons.py` holds
every lesson to every rule, and every rule to a lesson that breaks it.
"""

import ast
import inspect
import json
import re
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import nbformat

import vaelib
from tools.lessons import (
    NOTEBOOKS,
    SOURCE,
    alternative_texts,
    code_cells,
    code_hash,
    read_source,
    source_text,
)
from tools.predictions import predictions
from vaelib import drawing

MAX_LINES = 25
MAX_POSITIONAL = 3
MAX_FIGURE = 8  # lines of a cell that draws
# Calls whose arguments are one list: sizes, what is printed, layers one after the other.
MANY = {
    "randn", "rand", "zeros", "ones", "empty", "view", "reshape", "expand", "repeat", "permute",
    "print", "max", "min", "zip", "chain", "product", "einsum", "Sequential",
}  # fmt: skip
MAX_CELL = 500_000
MAX_NOTEBOOK = 2_900_000
MIN_ALT = 20
WORDS = (1200, 3000)
FRAME = (
    "**You will**", "**You learn**", "**You need**", "**Keep one question in mind:**",
    "## What we have seen", "**References.**",
)  # fmt: skip
GREEK = {
    unicodedata.name(letter).split()[-1].lower(): letter for letter in "αβγδεζηθικμνξπρστυφχψω"
} | {"lambda": "λ", "ell": "l"}
# Commands whose argument is set upright, is a name, or is no mathematics at all.
NOT_SYMBOLS = re.compile(
    r"\\(text\w*|mathrm|mathsf|mathtt|operatorname\*?|tag|label|ref|eqref|color|[hv]space\*?)"
    r"\s*\{[^{}]*\}"
    r"|\\begin\s*\{array\}\s*\{[^{}]*\}|\\(begin|end)\s*\{[^{}]*\}|\\\\\[[^]]*\]"
)
MATH = re.compile(r"\$\$(.+?)\$\$|(?<!\\)\$([^$]+?)(?<!\\)\$", re.S)
VERSION_LINE = re.compile(r"^ *jupytext_version:.*\n", re.M)


class Lesson(NamedTuple):
    """A lesson as it is stored: its name, executed notebook, and text (None if missing)."""

    name: str
    nb: nbformat.NotebookNode
    source: Path | None


def names():
    """Every lesson of which a notebook or a text exists, in order."""
    return sorted({path.stem for path in [*NOTEBOOKS.glob("*.ipynb"), *SOURCE.glob("*.md")]})


def load(name):
    """The stored lesson; a missing notebook is an empty one."""
    path, source = NOTEBOOKS / f"{name}.ipynb", SOURCE / f"{name}.md"
    nb = nbformat.read(path, as_version=4) if path.exists() else nbformat.v4.new_notebook()
    return Lesson(name, nb, source if source.exists() else None)


def tags(cell):
    """The cell's tags, a list of strings."""
    return cell.metadata.get("tags", [])


def prose(lesson):
    """The text of the markdown cells without code blocks and code spans."""
    return re.sub(r"^```.*?^```|`[^`\n]*`", "", prose_with_code(lesson), flags=re.S | re.M)


def prose_with_code(lesson):
    """The text of the markdown cells."""
    return "\n\n".join(c.source for c in lesson.nb.cells if c.cell_type == "markdown")


def each(lesson, complaint):
    """`complaint(cell)` of every code cell, its number before what is not empty."""
    found = ((n, complaint(cell)) for n, cell in enumerate(code_cells(lesson.nb), 1))
    return [f"code cell {n}: {text}" for n, text in found if text]


def outputs(cell, *kinds):
    """The cell's outputs of these kinds, such as "stream"."""
    return [output for output in cell.outputs if output.output_type in kinds]


def pair(lesson):
    """The text and the notebook hold the same cells, and the text is in JupyterLab's own form."""
    if lesson.source is None:
        return ["has no text in notebooks/source/"]
    text = read_source(lesson.source)
    here, there = (
        [
            (cell.cell_type, cell.source, tags(cell), cell.metadata.get("jupyter"))
            for cell in nb.cells
        ]
        for nb in (text, lesson.nb)
    )
    if here != there:
        differing = [n for n, (a, b) in enumerate(zip(here, there, strict=False), 1) if a != b]
        return [f"text ({len(here)} cells) and notebook ({len(there)}) differ in cells {differing}"]
    forms = lesson.source.read_text(encoding="utf-8"), source_text(text)
    if len({VERSION_LINE.sub("", form) for form in forms}) > 1:
        return ["JupyterLab would save the text in another form: make lessons"]
    return []


def executed(lesson):
    """Every code cell ran once, from the top, after a restart."""
    counts = [cell.execution_count for cell in code_cells(lesson.nb)]
    if not counts or counts != list(range(1, len(counts) + 1)):
        return [f"not executed from top to bottom after a restart: {counts}"]
    return []


def fresh(lesson):
    """The outputs come from the code that stands above them."""
    if lesson.nb.metadata.get("code_sha256") != code_hash(lesson.nb):
        return ["the stored outputs come from other code: make lessons"]
    return []


def errors(lesson):
    """An error is stored where the lesson says that it raises, and nowhere else."""

    def complaint(cell):
        raised = bool(outputs(cell, "error"))
        if raised and "raises-exception" not in tags(cell):
            return "stored an error"
        if not raised and "raises-exception" in tags(cell):
            return "is tagged raises-exception and did not raise"

    return each(lesson, complaint)


def warnings(lesson):
    """Nothing was written to stderr."""

    def complaint(cell):
        text = "".join(o.text for o in outputs(cell, "stream") if o.name == "stderr")
        return text and f"wrote to stderr: {text[:80]!r}"

    return each(lesson, complaint)


def stored(lesson):
    """Outputs are stored, above all those that a test compares."""
    if not any(cell.outputs for cell in code_cells(lesson.nb)):
        return ["no cell has an output"]
    compared = "NBVAL_CHECK_OUTPUT"
    return each(lesson, lambda c: compared in tags(c) and not c.outputs and "nothing to compare")


def length(lesson):
    """A code cell fits a screen."""

    def complaint(cell):
        lines = len(cell.source.splitlines())
        return lines > MAX_LINES and f"{lines} lines, more than {MAX_LINES}"

    return each(lesson, complaint)


def named_arguments(lesson):
    """Whoever reads a call need not count: beyond the third, arguments have their names."""

    def complaint(cell):
        for call in (node for node in ast.walk(ast.parse(cell.source)) if is_call(node)):
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            if len(call.args) > MAX_POSITIONAL and name not in MANY:
                return f"{name}(…) takes {len(call.args)} arguments without a name"

    return each(lesson, complaint)


def is_call(node):
    """Whether a node of the syntax tree is a call."""
    return isinstance(node, ast.Call)


def folded(lesson):
    """Imports and long figures are folded: what a reader sees first is the argument."""

    def complaint(cell):
        lines = cell.source.splitlines()
        figure = "plots.show(" in cell.source and len(lines) > MAX_FIGURE
        imports = cell.source.startswith(("import ", "from "))
        if (figure or imports) and "hide-input" not in tags(cell):
            return "imports or draws, and is not tagged hide-input"

    return each(lesson, complaint)


def one_standard_error(lesson):
    """± is one standard error everywhere."""
    pattern = r"± \{2 \*|[xy]err=2 \*|n_se=2|± ?2 ?s\.?e|\{2 \* se"
    found = re.search(r"two standard errors over|± two|± 2 s", prose(lesson))
    said = [f"{found[0]!r}: ± is one standard error"] if found else []
    return said + forbidden(lesson, pattern, "± is one standard error")


def semicolon(lesson):
    """No cell hides its value behind a semicolon."""
    return each(lesson, lambda cell: cell.source.rstrip().endswith(";") and "ends with ';'")


def size(lesson):
    """The outputs are small enough to review and to keep."""

    def complaint(cell):
        used = len(json.dumps(cell.outputs))
        return used > MAX_CELL and f"outputs of {used} bytes, more than {MAX_CELL}"

    total = len(nbformat.writes(lesson.nb))
    large = [f"{total} bytes, more than {MAX_NOTEBOOK}"] if total > MAX_NOTEBOOK else []
    return each(lesson, complaint) + large


def alternative_text(lesson):
    """Every picture says in words what is seen."""

    def complaint(cell):
        short = [alt for alt in alternative_texts([cell]) if len(alt) < MIN_ALT]
        return short and f"pictures with the alternative texts {short}"

    return each(lesson, complaint)


def plain_outputs(lesson):
    """No output that lives only in a running front end, none that a comparison cannot hold."""

    def complaint(cell):
        for output in outputs(cell, "display_data", "execute_result"):
            if any("widget" in kind for kind in output.data):
                return "a widget among its outputs"
        moving = re.search(r"\b(clear_output|interact)\b", cell.source)
        return moving and "NBVAL_CHECK_OUTPUT" in tags(cell) and f"compares and {moving[0]}s"

    return each(lesson, complaint)


def forbidden(lesson, pattern, why):
    """A complaint for every code cell in which the pattern is found."""

    def complaint(cell):
        found = re.search(pattern, cell.source)
        return found and f"{found[0]!r}: {why}"

    return each(lesson, complaint)


def network(lesson):
    """A lesson runs without a network."""
    pattern = r"https?://|\b(requests|urllib|httpx|pooch)\b|\bmnist\("
    return forbidden(lesson, pattern, "a lesson asks nothing of a network")


def global_state(lesson):
    """No cell changes the style or the random state behind the reader's back."""
    pattern = r"\brcParams\b|\b(random\.seed|torch\.manual_seed|seed_everything)\("
    return forbidden(lesson, pattern, "draw with a generator, style with vaelib.teaching.course")


def one_meaning(lesson):
    """A name of `vaelib.drawing` means the same in every lesson: none defines it anew."""
    functions = inspect.getmembers(drawing, inspect.isfunction)
    own = "|".join(name for name, f in functions if f.__module__ == drawing.__name__)
    pattern = rf"^(?:def (?:{own})\(|(?:{own}) *=(?!=))"

    def complaint(cell):
        found = re.search(pattern, cell.source, re.M)
        return found and f"{found[0]!r} defines a name that vaelib.drawing has"

    return each(lesson, complaint)


def ledger(lesson):
    """Numbered equations and checks belong together, and the numbers run without a gap."""
    text = prose(lesson)
    tagged = re.findall(r"\\tag\{([^}]*)\}", text)
    checks = [
        (number, cell)
        for cell in code_cells(lesson.nb)
        for number in re.findall(r"ledger\.check\(\s*[\"']([^\"']*)[\"']", cell.source)
    ]
    checked = {number for number, _ in checks}
    part = int(re.match(r"\d*", lesson.name)[0] or 0)
    wanted = [f"{part}.{n}" for n in range(1, len(tagged) + 1)]
    complaints = [f"equation ({number}) has no check" for number in tagged if number not in checked]
    complaints += [f"check ({number}) has no equation" for number in sorted(checked - {*tagged})]
    if tagged != wanted:
        complaints.append(f"equations are numbered {tagged}, not {wanted}")
    for number, cell in checks:
        printed = "".join(o.text for o in outputs(cell, "stream")).splitlines()
        if not any(line.startswith(f"({number})") for line in printed):
            complaints.append(f"check ({number}) has no stored line that begins with its number")
    return complaints


def headings(lesson):
    """One title, first, and no level skipped below it."""
    levels = [len(mark) for mark in re.findall(r"^(#+) ", prose(lesson), flags=re.M)]
    if levels[:1] != [1] or levels.count(1) != 1:
        return [f"the title is not the first and only heading of level 1: {levels}"]
    jumps = [b for a, b in pairwise(levels) if b > a + 1]
    return [f"a heading of level {level} skips a level" for level in jumps]


def words(lesson):
    """The prose is neither a sketch nor a book; code, formulas, folds, exercises do not count."""
    text = re.sub(r"\$\$.*?\$\$|<details>.*?</details>", " ", prose(lesson), flags=re.S)
    text = re.sub(r"^## Practise$.*?(?=^## )", "", text, flags=re.S | re.M)
    n = len(re.findall(r"\w[\w’'-]*", re.sub(r"\$[^$]*\$", "x", text)))
    low, high = WORDS
    return [] if low <= n <= high else [f"{n} words of prose, not {low:,} to {high:,}"]


def frame(lesson):
    """Every lesson opens and closes in the same way."""
    text = prose(lesson)
    at = [text.find(mark) for mark in FRAME]
    missing = [mark for mark, place in zip(FRAME, at, strict=True) if place < 0]
    if missing:
        return [f"lacks {mark}" for mark in missing]
    if minutes(lesson) is None:
        return ['lacks "Alone this takes about 90 minutes, in class 50"']
    return [] if at == sorted(at) else [f"{', '.join(FRAME)} do not come in this order"]


def minutes(lesson):
    """What the lesson takes: (alone, in class), or None if it does not say."""
    text = " ".join(prose(lesson).split())
    said = re.search(r"Alone this takes about (\d+) minutes[^.]*? in class (?:about )?(\d+)", text)
    return said and (int(said[1]), int(said[2]))


def claims(lesson):
    """A claim of the source is quoted once, before any verdict on it; a verdict is given once."""
    text = prose(lesson)
    quoted, judged = stated(lesson)
    complaints = [f"{n} is claimed twice" for n in set(quoted) if quoted.count(n) > 1]
    complaints += [f"two verdicts on {n}" for n in set(judged) if judged.count(n) > 1]
    for n in {*quoted} & {*judged}:
        if text.index(f"**Claim {n}.**") > text.index(f"**Verdict on {n}:**"):
            complaints.append(f"the verdict on {n} comes before the claim")
    loose = len(re.findall(r"Verdict on S\d", text)) + len(re.findall(r"Claim S\d", text))
    if loose != len(quoted) + len(judged):
        complaints.append(
            'wanted: "> **Claim S5.** …" and, first in a paragraph, "**Verdict on S5:** …"'
        )
    return complaints


def stated(lesson):
    """The claims that the lesson quotes, and those on which it gives a verdict: ["S5", …] each."""
    text = prose(lesson)
    quoted = re.findall(r"^> \*\*Claim (S\d+)\.\*\*", text, re.M)
    judged = re.findall(r"^\*\*Verdict on (S\d+):\*\*", text, re.M)
    return quoted, judged


def letters(text):
    """The letters in it as a reader knows them: σ² is σ, x̂ is x, ϕ is φ, ℝ is R."""
    return {letter for letter in unicodedata.normalize("NFKD", text) if letter.isalpha()}


def table_symbols(table):
    """The letters in the first column of a Markdown table; words such as log or KL are none."""
    first = " ".join(re.findall(r"^\|([^|]*)\|", table, flags=re.M))
    return letters(re.sub(r"[^\W\d_]{2,}", "", unicodedata.normalize("NFKD", first)))


def math_symbols(text):
    """The letters in the mathematics of `text`: all that stands between $…$ or $$…$$."""
    used = set()
    for display, inline in MATH.findall(text):
        math = NOT_SYMBOLS.sub(" ", display or inline)
        used |= letters(re.sub(r"\\[A-Za-z]+", " ", math))
        for command in re.findall(r"\\(?:var)?([A-Za-z]+)", math):
            letter = GREEK.get(command.lower(), "")
            used |= letters(letter if command.islower() else letter.upper())
    return used


def unknown_symbols(text, table):
    """The letters in the mathematics of `text` that `table` does not name, sorted."""
    return sorted(math_symbols(text) - table_symbols(table))


def symbols(lesson):
    """Every symbol is in the package's table."""
    unknown = unknown_symbols(prose(lesson), vaelib.__doc__)
    return [f"{letter} is not in the table of vaelib/__init__.py" for letter in unknown]


RULES = [
    pair, executed, fresh, errors, warnings, stored, length, named_arguments, folded, semicolon,
    one_standard_error, size, alternative_text, plain_outputs, network, global_state, one_meaning,
    ledger, predictions, headings, words, frame, claims, symbols,
]  # fmt: skip
