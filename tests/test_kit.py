"""The lecturer's kit: what is in it, what it says is missing, and the plans' minutes."""

import re
import shutil
import zipfile
from pathlib import Path

import pytest

from tools import figures, kit
from tools.problems import LESSONS
from vaelib.teaching import exercises

ROOT = Path(kit.__file__).parents[1]
PLANS = (ROOT / "docs" / "teach" / "plans.md").read_text("utf-8")
EXERCISES = {each.number: each for lesson in LESSONS for each in exercises.all_of(lesson)}
LINK = re.compile(r'(?:href|src)="([^"#?]+)[^"]*"')


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A kit of no decks, and of figures of lesson 02 alone, which are older than its code."""
    folder = tmp_path_factory.mktemp("kit")
    drawn = folder / "figures" / "02"
    drawn.mkdir(parents=True)
    for kind in ("svg", "png"):
        (drawn / f"gap.{kind}").touch()
    (drawn / "gap.json").write_text(
        '{"name": "gap", "alt": "A <gap>.", "caption": "Gap", "code": "a < b", "inches": [7, 4]}'
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figures, "FIGURES", folder / "figures")
        patch.setattr(figures, "SHOWN", folder / "figures" / ".shown")
        patch.setattr(kit, "SLIDES", folder / "slides")
        lessons, missing = kit.write(3, folder / "kit")
    return folder / "kit", lessons, missing


def test_every_lesson_has_its_page_and_its_sheets(made):
    folder, lessons, _ = made
    assert [each.number for each in lessons] == list(LESSONS)
    for each in lessons:
        assert each.page == f"teach/{each.number}.html"
        assert [path.rsplit("-", 1)[1] for path in each.sheets] == ["3.txt", "3.html", "3.tex"]
    assert (folder / "teach" / "plans.html").exists()
    assert (
        "CC BY 4.0" in (folder / "LICENSE.txt").read_text() + (folder / "README.html").read_text()
    )


def test_what_is_missing_is_said_with_its_command(made):
    folder, _, missing = made
    said = dict(missing)
    assert said["05: deck"] == "make slides LESSON=05"
    assert said["05: prints of the deck"] == "python -m tools.slides handout 05"
    assert said["05: figures"] == "make figures LESSON=05"
    assert said["02: figures of the lesson as it is now"] == "make figures LESSON=02"
    page = (folder / "README.html").read_text()
    assert all(what in page and command in page for what, command in missing)


def test_no_link_of_the_kit_is_broken_and_none_asks_the_network(made):
    folder = made[0]
    for page in folder.rglob("*.html"):
        for target in LINK.findall(page.read_text("utf-8")):
            if target.endswith("mathjax.js") or target.startswith("https://creativecommons.org"):
                continue
            if not re.match("https?:", target):
                assert (page.parent / target).exists(), (page.name, target)
    for page in folder.rglob("*.html"):
        assert not re.search(r'src="https?:|<link[^>]+https?:', page.read_text("utf-8"))


def test_figures_stand_with_words_and_code_that_are_no_html(made):
    page = (made[0] / "figures.html").read_text()
    assert 'alt="A &lt;gap&gt;."' in page and "a &lt; b" in page
    assert 'href="figures/02/gap.svg"' in page


def test_the_zip_holds_it_all(made):
    folder = made[0]
    with zipfile.ZipFile(folder.with_suffix(".zip")) as archive:
        held = {name for name in archive.namelist() if not name.endswith("/")}
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert held == {path.relative_to(folder.parent).as_posix() for path in files}


def test_the_teaching_pages_link_to_pages_that_are_there():
    text = (ROOT / "docs" / "teach.md").read_text("utf-8")
    assert [f"teach/{lesson}.md" in text for lesson in LESSONS] == [True] * 13
    assert "teach/plans.md" in text and text.startswith("# Teach\n")


def sections():
    """{plan: its rows that name a lesson}, each a list of cells."""
    found = {}
    for part in PLANS.split("\n## ")[1:]:
        rows = re.findall(r"^\| (.+) \|$", part, re.M)
        cells = [row.split(" | ") for row in rows]
        found[part.splitlines()[0]] = [row for row in cells if re.search(r"\]\(\d\d\.md\)", row[1])]
    return found


def test_plans_name_exercises_of_the_lessons_and_add_up_their_minutes():
    plans = sections()
    assert [len(rows) for rows in plans.values()] == [6, 10, 13, 6, 13]
    for rows in plans.values():
        for row in rows:
            numbers, minutes = re.fullmatch(r"(.+) \((\d+) min\)", row[4]).groups()
            chosen = [EXERCISES[number] for number in numbers.split(", ")]
            assert sum(each.minutes for each in chosen) == int(minutes)
            lessons = re.findall(r"\b(\d\d)\b", row[1] + row[3])
            assert {f"{int(n):02d}" for n in re.findall(r"(\d+)[a-f]", numbers)} <= {*lessons}


def test_minutes_at_home_are_those_of_the_table_of_lessons():
    study = (ROOT / "docs" / "study.md").read_text("utf-8")
    alone = dict(re.findall(r"^\| \[(\d\d) .+?\| (\d+) \| \d+ \|$", study, re.M))
    assert len(alone) == 13
    for number, minutes in re.findall(r"\b(\d\d) \((\d+) min\)", PLANS):
        assert alone[number] == minutes, number


def test_the_workshop_fits_its_day():
    rows = sections()["A workshop of one day"]
    starts = [60 * int(row[0][:-3]) + int(row[0][-2:]) for row in rows]
    lengths = [50 + int(row[3].split()[0]) for row in rows]
    ends = [start + length for start, length in zip(starts, lengths, strict=True)]
    free = [start - end for start, end in zip(starts[1:], ends, strict=False)]
    assert free == [10, 10, 60, 10, 10] and ends[-1] == 18 * 60 + 5


def test_a_link_out_of_the_kit_is_text_without_a_public_host(monkeypatch):
    page = "[a](../study.md) [b](02.md) [c](https://example.org/d)"
    for host, wanted in (
        ("", "<p>a "),
        ("https://host/o/n", '<a href="https://host/o/n/blob/main'),
    ):
        monkeypatch.setattr(kit, "REPOSITORY", host)
        body = kit.LINK.sub(lambda link: kit.leads(link, kit.TEACH), kit.markdown().render(page))
        assert body.startswith(wanted) or wanted in body
        assert '<a href="02.html">b</a>' in body and 'href="https://example.org/d"' in body


def test_a_lesson_without_a_page_is_missing(tmp_path, monkeypatch):
    monkeypatch.setattr(kit, "TEACH", tmp_path)
    monkeypatch.setattr(kit, "SLIDES", tmp_path / "slides")
    found = kit.lesson("00", 1, tmp_path / "kit")
    assert ("00: page", "write docs/teach/00.md") in found.missing()
    shutil.rmtree(tmp_path / "kit")
