"""Every lesson keeps every rule, and every rule finds the lesson that breaks it."""

import ast
import contextlib
import copy
import io
import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tools import hygiene, ledger_page, lessons
from tools.hygiene import MAX_CELL, MAX_NOTEBOOK, RULES, Lesson, unknown_symbols
from tools.lessons import code_hash, read_source, source_text
from vaelib import data

LESSONS = {name: hygiene.load(name) for name in hygiene.names()}


def test_there_are_lessons():
    assert LESSONS, "no lesson in notebooks/"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("name", LESSONS)
def test_lesson(name, rule):
    assert rule(LESSONS[name]) == []


OPENING = """**You will** count. **You learn** to. **You need** fingers. Alone this takes about 5
minutes, in class 10.

**Keep one question in mind:** *how many?*"""
CLAIM = "Let $x$ be one.\n\n> **Claim S1.** One is one.\n\n"
VERDICT = f"**Verdict on S1:** holds.\n\n{'A word. ' * 600}"


STUDY = (lessons.ROOT / "docs" / "study.md").read_text(encoding="utf-8")
CLAIMS = (lessons.ROOT / "docs" / "claims.md").read_text(encoding="utf-8")
NUMBER = r"(?<![\w.,])\d(?:[\d,.]*\d)?"


def rows(text):
    """The cells of each row of the tables in a Markdown text."""
    return [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]


def test_the_arguments_picture_is_lesson_00s():
    shown = [png for lesson in LESSONS.values() for png in lessons.argument(lesson.nb)]
    assert shown == [(lessons.NOTEBOOKS / "argument.png").read_bytes()]


@pytest.mark.parametrize("place", ["docs/study.md", "00_start_here"])
def test_tables_of_lessons_say_what_the_lessons_say(place):
    text = STUDY if place == "docs/study.md" else hygiene.prose(LESSONS[place])
    prefix = "../notebooks/" if place == "docs/study.md" else ""
    listed = {}
    for cells in rows(text):
        if link := re.fullmatch(r"\[(\d\d) ([^]]+)\]\((\S+)\)", cells[0]):
            listed[link[3]] = link[1], link[2], (int(cells[2]), int(cells[3]))
            if place == "00_start_here":
                text_of = " ".join(hygiene.prose(LESSONS[link[3].removesuffix(".ipynb")]).split())
                assert f"**Keep one question in mind:** *{cells[1]}*" in text_of
    assert list(listed) == [f"{prefix}{name}.ipynb" for name in LESSONS]
    for name, (number, title, times) in zip(LESSONS, listed.values(), strict=True):
        assert hygiene.prose(LESSONS[name]).startswith(f"# {number} · {title}"), title
        assert times == hygiene.minutes(LESSONS[name]), title
    hours = sum(alone for *_, (alone, _) in listed.values()) / 60
    said = re.findall(r"about\s+(\d+)\s+hours\s+alone", text)
    assert said == [str(round(hours))]


DATA = [
    path
    for path in Path(data.__file__).parent.glob("[a-z]*.py")
    if path.stem not in {"storage", "tables"}
]


def test_every_data_set_has_a_datasheet_that_says_which_lessons_use_it():
    sheets = (lessons.ROOT / "data" / "README.md").read_text(encoding="utf-8")
    table = sheets[: sheets.index("\n## ")]
    listed = {cells[0].strip("`"): cells[2] for cells in rows(table) if cells[0][0] == "`"}
    for module in DATA:
        functions = re.findall(r"^def ([a-z]\w*)", module.read_text(encoding="utf-8"), re.M)
        assert listed.keys() & {*functions}, f"{module.name} has no set in data/README.md"
    codes = {
        name[:2]: " ".join(cell.source for cell in lessons.code_cells(lesson.nb))
        for name, lesson in LESSONS.items()
    }
    for name, said in listed.items():
        assert f"\n## `{name}`\n" in sheets, f"{name} has no datasheet"
        call = "(moon_phases|render_moons|moons.csv)" if name == "moon_phases" else rf"{name}\("
        using = [number for number, code in codes.items() if re.search(rf"\b{call}", code)]
        assert re.findall(r"\b\d\d\b", said) == using, name


def test_lesson_00_names_headings_and_code_that_are_there():
    """Its plan for a class cuts lessons at their headings; its knobs are lines of their code."""
    named = {}
    for cells in rows(hygiene.prose_with_code(LESSONS["00_start_here"])):
        if re.fullmatch(r"\d\d", cells[0]):
            named.setdefault(cells[0], []).append(cells[1])
    assert {"01", "10"} <= named.keys()
    for number, items in named.items():
        [lesson] = [lesson for name, lesson in LESSONS.items() if name.startswith(number)]
        heads = re.findall(r"^## (.+)$", hygiene.prose_with_code(lesson), re.M)
        code = "\n".join(cell.source for cell in lessons.code_cells(lesson.nb))
        for item in items:
            knob = re.match(r"`(.+?)`", item)
            assert knob[1] in code if knob else item in heads, f"{number}: {item}"


NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
).split()


def test_lesson_00_counts_the_blocks_of_a_class():
    """Lesson 00 is homework or shares a block with 01; a lesson of over 50 minutes needs two."""
    text = " ".join(hygiene.prose(LESSONS["00_start_here"]).split())
    start, *others = (hygiene.minutes(lesson)[1] for lesson in LESSONS.values())
    assert start + others[0] <= 90 and max(others) <= 90
    assert f"In blocks of 90 minutes there are {NUMBERS[len(others)]}." in text
    blocks = [1 + (minutes > 50) for minutes in others]
    assert f"In blocks of 50 minutes there are {NUMBERS[sum(blocks)]}," in text
    *short, last = (f"{n:02d}" for n, count in enumerate(blocks, 1) if count == 1)
    assert f"Lessons {', '.join(short)} and {last} take one each" in text


def test_every_claim_is_quoted_and_judged_in_the_lesson_that_its_page_names():
    sections = re.split(r"^## (S\d+): .+$", CLAIMS, flags=re.M)
    claims = dict(zip(sections[1::2], sections[2::2], strict=True))
    assert list(claims) == [f"S{n}" for n in range(1, 19)]
    found = {name: hygiene.stated(lesson) for name, lesson in LESSONS.items()}
    for claim, text in claims.items():
        verdict, links, _ = text.strip().split("\n\n")
        linked = sorted(re.findall(r"\]\(\.\./notebooks/(\w+)\.ipynb\)", links))
        assert linked == [name for name, (_, judged) in found.items() if claim in judged], claim
        quoted = [name for name, (quotes, _) in found.items() if claim in quotes]
        assert quoted and min(quoted) <= min(linked), f"{claim} is quoted in {quoted}"
        verdicts = rf"^\*\*Verdict on {claim}:\*\*.*?(?:\n\n|\Z)"
        texts = [hygiene.prose_with_code(LESSONS[name]) for name in linked]
        said = [re.search(verdicts, text, re.M | re.S)[0] for text in texts]
        absent = {*re.findall(NUMBER, verdict)} - {*re.findall(NUMBER, " ".join(said))}
        assert not absent, f"{claim}: its page's numbers are not in the lesson's verdict"


def printed(text, name="stdout"):
    return new_output("stream", name=name, text=text)


def picture(alt):
    return new_output(
        "display_data", data={"image/png": "AAAA"}, metadata={"image/png": {"alt": alt}}
    )


@pytest.fixture
def sound(tmp_path):
    """A small lesson that keeps every rule, its number 5."""
    code = [
        new_code_cell("x = 1\nprint(x)", outputs=[printed("1\n")]),
        new_code_cell(
            'ledger.check("5.1", x, 1)',
            outputs=[printed("(5.1) 1 = 1\n")],
            metadata={"tags": ["check", "NBVAL_CHECK_OUTPUT"]},
        ),
        new_code_cell(
            'plots.show(fig, "A straight line that rises")',
            outputs=[picture("A straight line that rises")],
        ),
        new_code_cell(
            "log(-1)",
            outputs=[new_output("error", ename="ValueError", evalue="x", traceback=[])],
            metadata={"tags": ["raises-exception"]},
        ),
    ]
    for count, cell in enumerate(code, 1):
        cell.execution_count = count
    text = [
        new_markdown_cell(f"# Count\n\n{OPENING}\n\n## Begin\n\n{CLAIM}$$ x = 1 \\tag{{5.1}} $$"),
        new_markdown_cell("### Go on", metadata={"tags": ["slide"]}),
    ]
    end = new_markdown_cell(f"{VERDICT}\n\n## What we have seen\n\nAll.\n\n**References.** None.")
    nb = new_notebook(cells=[text[0], *code[:2], text[1], *code[2:], end])
    source = tmp_path / "05_count.md"
    source.write_text(source_text(nb), encoding="utf-8")
    source.write_text(source_text(read_source(source)), encoding="utf-8")
    nb.metadata["code_sha256"] = code_hash(nb)
    return Lesson("05_count", nb, source)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_sound_lesson(sound, rule):
    assert rule(sound) == []


def text(change):
    """A change of the first cell's text."""

    def apply(cells):
        cells[0].source = change(cells[0].source)

    return apply


def last(change):
    """A change of the last cell's text."""

    def apply(cells):
        cells[-1].source = change(cells[-1].source)

    return apply


def first(**changes):
    """A change of the first code cell's fields."""

    def apply(cells):
        cells[1].update(changes)

    return apply


def last_source(before):
    """More code before that of the third code cell, a figure's."""

    def apply(cells):
        cells[-3].source = before + cells[-3].source

    return apply


def cells_two_and_three(*instead):
    """These cells in the place of the first two code cells."""

    def apply(cells):
        cells[1:3] = instead

    return apply


def tagged(*names):
    return first(metadata={"tags": list(names)})


def last_output(**changes):
    def apply(cells):
        cells[-3].outputs[0].update(changes)

    return apply


ASK, REVEAL = new_code_cell('predict.ask("5a")'), new_code_cell('predict.reveal("5a", x)')
BROKEN = [
    ("pair", text(lambda t: t + " More."), r"differ in cells \[1\]"),
    ("pair", tagged("slide"), r"differ in cells \[2\]"),
    ("pair", lambda cells: cells.pop(), r"text \(7 cells\) and notebook \(6\)"),
    ("executed", first(execution_count=7), "not executed"),
    ("executed", lambda cells: cells.clear(), "not executed"),
    ("executed", first(execution_count=None), "not executed"),
    ("fresh", first(source="x = 2\nprint(x)"), "other code"),
    ("errors", lambda cells: cells[-2].metadata.clear(), "code cell 4: stored an error"),
    ("errors", tagged("raises-exception"), "code cell 1: is tagged .* did not raise"),
    ("warnings", first(outputs=[printed("UserWarning", "stderr")]), "stderr: 'UserWarning'"),
    ("stored", lambda cells: [c.update(outputs=[]) for c in cells[1:3]], "nothing to compare"),
    (
        "stored",
        lambda cells: [c.pop("outputs", 0) and c.update(outputs=[]) for c in cells],
        "no ce",
    ),
    ("length", first(source="x = 1\n" * 26), "26 lines"),
    ("named_arguments", first(source="f(1, 2, 3, 4)"), r"f\(…\) takes 4 arguments"),
    ("folded", first(source="import math"), "code cell 1: imports or draws, and is not"),
    ("folded", last_source("x = 1\n" * 8), "code cell 3: imports or draws"),
    ("one_standard_error", first(source='print(f"± {2 * se}")'), "± is one standard error"),
    ("one_standard_error", text(lambda t: t + " Shown is ± two."), "'± two': ± is one"),
    ("semicolon", first(source="x;"), "ends with"),
    ("size", first(outputs=[printed("a" * MAX_CELL)]), f"code cell 1: .* more than {MAX_CELL}"),
    ("size", text(lambda t: "a" * MAX_NOTEBOOK), f"bytes, more than {MAX_NOTEBOOK}"),
    ("alternative_text", last_output(metadata={}), r"alternative texts \[''\]"),
    ("alternative_text", last_output(metadata={"image/png": {"alt": "A line."}}), "'A line.'"),
    ("plain_outputs", last_output(data={"application/vnd.jupyter.widget-view+json": {}}), "widg"),
    (
        "plain_outputs",
        first(source="clear_output()", metadata={"tags": ["NBVAL_CHECK_OUTPUT"]}),
        "compares and clear_outputs",
    ),
    ("network", first(source="open('https://x.org')"), "network"),
    ("network", first(source="x = digits.mnist()"), "mnist"),
    ("global_state", first(source="np.random.seed(0)"), "random.seed"),
    ("global_state", first(source="torch.manual_seed(0)"), "torch.manual_seed"),
    ("global_state", first(source="plt.rcParams['x'] = 1"), "rcParams"),
    ("one_meaning", first(source="def stream(seed):\n    return 1"), "def stream.*defines a name"),
    ("one_meaning", first(source="draw = 1"), "'draw =' defines a name"),
    ("ledger", lambda cells: cells.pop(2), r"equation \(5.1\) has no check"),
    ("ledger", text(lambda t: "# No equation"), r"check \(5.1\) has no equation"),
    ("ledger", text(lambda t: t.replace("5.1", "5.2")), "not .'5.1'."),
    ("ledger", text(lambda t: t.replace("5.1", "4.1")), "not .'5.1'."),
    ("ledger", lambda cells: cells[2].update(outputs=[printed("1 = 1\n")]), "no stored line"),
    ("predictions", text(lambda t: t + "\n\n**Predict:** more?"), "no predict.ask below"),
    ("predictions", first(source='predict.ask("5b")'), r"numbered \['5b'\], not \['5a'\]"),
    ("predictions", first(source='predict.ask("5a")'), "5a is asked, and not revealed"),
    ("predictions", first(source='predict.reveal("5a", x)'), "5a is revealed, and not asked"),
    ("predictions", first(source='predict.reveal("5a", x)'), "5a: no measurement is stored"),
    ("predictions", first(source='predict.reveal("5a", [1.0])'), "5a: its value is typed in"),
    ("predictions", cells_two_and_three(REVEAL, ASK), "5a is not asked right before"),
    (
        "predictions",
        cells_two_and_three(ASK, *[new_markdown_cell("Theory.")] * 4, REVEAL),
        "5a is not asked right before",
    ),
    ("headings", text(lambda t: t.replace("# Count", "Count")), "level 1"),
    ("headings", text(lambda t: t + "\n\n# Twice"), "level 1"),
    ("headings", text(lambda t: t.replace("## Begin", "Begin")), "level 3 skips"),
    (
        "words",
        last(lambda t: t.replace("A word. ", "")),
        "^49 words of prose, not 1,200 to 3,000",
    ),
    ("words", last(lambda t: t * 3), "words of prose"),
    ("words", last(lambda t: t.replace(" word.", " `word`, $$ x y $$")), "^649 words of prose"),
    ("frame", text(lambda t: t.replace("**You need**", "You need")), r"lacks \*\*You need"),
    ("frame", last(lambda t: t.replace("**References.**", "")), r"lacks \*\*References"),
    (
        "frame",
        text(lambda t: t.replace(OPENING, "\n\n".join(OPENING.split("\n\n")[::-1]))),
        "order",
    ),
    ("frame", text(lambda t: t.replace("minutes, in class", "minutes")), "lacks .Alone this takes"),
    ("claims", text(lambda t: t + "\n\n> **Claim S1.** Again."), "S1 is claimed twice"),
    ("claims", last(lambda t: t + "\n\n**Verdict on S1:** no."), "two verdicts on S1"),
    ("claims", text(lambda t: t.replace("> **Claim S1.**", "> Claim S1.")), "first in a paragraph"),
    ("claims", last(lambda t: t + "\n\nSo **Verdict on S2:** no."), "first in a paragraph"),
    (
        "claims",
        text(lambda t: t.replace("> **Claim", "**Verdict on S1:** no.\n\n> **Claim")),
        "before",
    ),
    ("symbols", text(lambda t: t.replace("x", "ζ")), "ζ is not in the table"),
]


@pytest.mark.parametrize(("name", "breaks", "complaint"), BROKEN)
def test_rule_finds_the_broken_lesson(sound, name, breaks, complaint):
    nb = copy.deepcopy(sound.nb)
    breaks(nb.cells)
    found = getattr(hygiene, name)(sound._replace(nb=nb))

    assert re.search(complaint, "\n".join(found)), found


def test_rule_finds_a_text_in_another_form_or_missing(sound):
    [missing] = hygiene.pair(sound._replace(source=None))
    assert "no text" in missing
    stored = sound.source.read_text(encoding="utf-8")
    sound.source.write_text(stored.replace("```{code-cell} ipython3", "```{code-cell}"))
    [form] = hygiene.pair(sound)
    assert "another form" in form


def test_every_rule_was_seen_to_fail():
    assert {rule.__name__ for rule in RULES} == {name for name, _, _ in BROKEN}


PROSE = f"""{OPENING}

{VERDICT.strip()}

## What we have seen

One.

**References.** None."""
ALT = 'A "dot" in a few words'
PICTURE = (
    f"""display({{"image/png": "AAAA"}}, metadata={{"image/png": {{"alt": {ALT!r}}}}}, raw=True)"""
)


TITLE = "# A & B\n\nA [claim](02_bad.ipynb): $$ 1 < 2 \\tag{1.1} $$"
CHECK = """from vaelib.teaching import ledger

ledger.check("1.1", 1.0, 1.0, tol=1e-12, wrong={"½ <lost>": 1.5}, note="a $ claim")"""
# name: the code of its cells
CODE = {
    "01_good": [f"import sys\nimport os\n{PICTURE}", CHECK, "1/4"],
    "02_bad": ["x = 1", "1/0"],
}


def work_in(folder, monkeypatch):
    """The tools' folders are those of the course in `folder`."""
    monkeypatch.setattr(lessons, "NOTEBOOKS", folder)
    monkeypatch.setattr(lessons, "SOURCE", folder / "source")
    monkeypatch.setattr(lessons, "BUILD", folder / "build")


def status_and_print(*argv):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        status = lessons.main(argv)
    return status, out.getvalue()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A course of its own, built and run once: 01_good, and 02_bad whose second code cell fails."""
    folder = tmp_path_factory.mktemp("course") / "notebooks"
    (folder / "source").mkdir(parents=True)
    for name, codes in CODE.items():
        code = [new_code_cell(text) for text in codes]
        if name == "01_good":
            code[0].metadata["tags"] = ["argument", "hide-input"]
            code[1].metadata["tags"] = ["hide-input"]
        nb = new_notebook(cells=[new_markdown_cell(TITLE), *code, new_markdown_cell(PROSE)])
        (folder / "source" / f"{name}.md").write_text(source_text(nb), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        work_in(folder, patch)
        built = status_and_print("build")
        kept = sorted(path.name for path in folder.glob("*.*"))
        nbformat.write(read_source(folder / "source" / "02_bad.md"), folder / "02_bad.ipynb")
        ran = status_and_print("run")
    return SimpleNamespace(folder=folder, built=built, kept=kept, ran=ran)


@pytest.fixture
def course(made, tmp_path, monkeypatch):
    """A copy of that course's folder, which a test may change."""
    folder = shutil.copytree(made.folder, tmp_path / "notebooks")
    work_in(folder, monkeypatch)
    return folder


def test_build_stores_what_ran(made):
    status, out = made.built
    assert status == 1
    assert "02_bad, code cell 2" in out
    assert made.kept == ["01_good.ipynb", "argument.png"]
    assert (made.folder / "argument.png").read_bytes() == b"\0\0\0"  # "AAAA" in base 64
    nb = nbformat.read(made.folder / "01_good.ipynb", as_version=4)
    lesson = Lesson("01_good", nb, made.folder / "source" / "01_good.md")
    assert [rule(lesson) for rule in RULES] == [[] for _ in RULES]
    tidied = f"import os\nimport sys\n\n{PICTURE}"
    assert [cell.source for cell in nb.cells] == [TITLE, tidied, CHECK, "1 / 4", PROSE]


def test_run_reports_what_failed_and_what_the_rest_cost(made):
    status, out = made.ran
    assert status == 1
    assert "02_bad, code cell 2" in out and "ZeroDivisionError" in out
    figures = re.search(r"^01_good +[\d.]+ +([\d.]+) +([\d.]+) +([\d.]+) +3 +\d+$", out, re.M)
    cpu, imports, rest = map(float, figures.groups())
    assert 0 < imports <= cpu and rest == pytest.approx(cpu - imports, abs=0.11)
    assert re.search(r"^02_bad +failed$", out, re.M)
    page = (made.folder / "build" / "01_good.html").read_text(encoding="utf-8")
    assert "0.25" in page
    assert re.search(r'<img[^>]* alt="A &quot;dot&quot; in a few words"', page)


def test_a_lesson_finds_nothing_of_the_probe_that_it_did_not_import():
    names = ast.parse(lessons.PROBE.read_text(encoding="utf-8")).body
    assert not [node for node in names if isinstance(node, ast.Import | ast.ImportFrom)]


def test_the_table_ends_with_the_sum():
    use = lessons.Usage(wall=2.0, cpu=1.5, imports=0.5, cells=3, peak=100.0)
    lines = lessons.table([("a", use), ("b", None), ("c", use._replace(peak=200.0))]).splitlines()
    assert [line.split() for line in lines[1:]] == [
        "a 2.0 1.5 0.5 1.0 3 100".split(),
        ["b", "failed"],
        "c 2.0 1.5 0.5 1.0 3 200".split(),
        "2 lessons 4.0 3.0 1.0 2.0 6 200".split(),
    ]
    assert len(lessons.table([("a", use)]).splitlines()) == 2


def test_run_writes_the_ledger_of_what_ran(course, made):
    assert made.ran[1].splitlines()[-1] == (
        "ledger.html: 1 equations, 1 checks, 1 wrong versions refused; not run as they stand: 02"
    )
    page = (course / "build" / "ledger.html").read_text(encoding="utf-8")
    for part in (
        '<a href="01_good.html#eq-1.1">(1.1)</a>',
        "$$1 &lt; 2$$",
        "a <span>$</span> claim",
        "left 1.000, right 1.000",
        "equal within <span",
        "10<sup>−12</sup>",
        "furthest apart 0<",
        "½ &lt;lost&gt;: misses by 0.50",
        "A &amp; B",
    ):
        assert part in page, part
    assert "Its check did not run" not in page
    lesson = (course / "build" / "01_good.html").read_text(encoding="utf-8")
    assert '<span id="eq-1.1"></span>$$ 1 &lt; 2' in lesson and 'href="02_bad.html"' in lesson
    changed = nbformat.read(course / "01_good.ipynb", as_version=4)
    changed.cells[1].source += "  # changed"
    nbformat.write(changed, course / "01_good.ipynb")
    assert ledger_page.write(course, lessons.BUILD).endswith("not run as they stand: 01 02")
    assert "Not run as they stand: A &amp; B; A &amp; B." in (
        course / "build" / "ledger.html"
    ).read_text(encoding="utf-8")


def test_an_equation_without_its_check_is_told_of():
    page = ledger_page.page([ledger_page.Part("01_a", "A", {"1.1": "x = y"}, [])])
    assert page.count("Its check did not run") == 1


def test_the_ledger_of_the_whole_course_lists_every_equation():
    parts = [ledger_page.part(name, lesson.nb, lesson.nb) for name, lesson in LESSONS.items()]
    assert [part.name for part in parts if part.entries is None] == [], "make lessons, these"
    numbers = [number for part in parts for number in part.equations]
    page = ledger_page.page(parts)
    assert [n for n in numbers if f'<article id="eq-{n}">' not in page] == []
    assert "Its check did not run" not in page and "Not run as they stand" not in page
    text = "\n".join(hygiene.prose(lesson) for lesson in LESSONS.values())
    assert numbers == re.findall(r"\\tag\{(.*?)\}", text)
    assert ledger_page.counts(parts)[0] == len(numbers) >= 60


def test_text_renews_the_prose_alone(course):
    source, notebook = lessons.SOURCE / "01_good.md", course / "01_good.ipynb"
    before = nbformat.read(notebook, as_version=4)
    stored = source.read_text(encoding="utf-8")
    source.write_text(stored.replace("# A & B", "# Two"), encoding="utf-8")
    assert lessons.main(["text", "01"]) == 0
    after = nbformat.read(notebook, as_version=4)
    assert after.cells[0].source == TITLE.replace("# A & B", "# Two")
    assert after.cells[1:] == before.cells[1:]
    source.write_text(stored.replace("1 / 4", "1 / 5"), encoding="utf-8")
    assert lessons.main(["text", "01"]) == 1
    assert nbformat.read(notebook, as_version=4) == after
    notebook.unlink()
    assert lessons.main(["text", "01"]) == 1  # nothing stored yet


def test_a_lesson_that_is_not_there_is_named(course):
    with pytest.raises(SystemExit, match="no lesson '03'"):
        lessons.main(["build", "03"])


TABLE = """
| symbol | name in code |
|---|---|
| x ∈ R^D, σ² | `y` |
| log θ, φ | `g` |
| Σ, ε | |
"""


@pytest.mark.parametrize(
    ("math", "unknown"),
    [
        (r"$x$ and $\sigma^2 + \theta$ and $$ \Sigma^{-1} \mathbb{R}^D $$", []),
        (r"$y$, then g in prose, then $$ g(x) $$", ["g", "y"]),
        (r"$\log x + \exp\left(x\right) \text{ if } \mathrm{KL}(x)$", []),
        (r"$\operatorname{diag}(x) \tag{5.1}$ and $\label{eq:some} x$", []),
        (r"$$\begin{aligned} x &= x \\[4pt] &= \frac{x}{2} \end{aligned}$$", []),
        (r"$$\begin{array}{ll} x & x \end{array}$$", []),
        (r"$\varphi \phi \varepsilon \epsilon$", []),
        (r"$\sigma \Sigma \Theta \mu$", ["Θ", "μ"]),
        (r"$x_{nk} \hat{x} x̂ σ² ϕ$", ["k", "n"]),
        (r"$\ell + \lambda$", ["l", "λ"]),
        (r"costs \$5 and \$6 for you", []),
        (r"$\mathcal{N}(x)$", ["N"]),
        ("$x +\n b$", ["b"]),
    ],
)
def test_unknown_symbols(math, unknown):
    assert unknown_symbols(math, TABLE) == unknown
