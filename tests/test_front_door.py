"""The README is one screen, nothing that it or a page of docs/ links to is missing."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from PIL import Image

from tools import hygiene, lessons

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
CODE = re.compile(r"^(`{3,})[^`\n]*\n.*?^\1$|`[^`\n]+`|<!--.*?-->", re.M | re.S)
LINK = re.compile(r"\]\(([^)\s]+)\)|\b(?:src|srcset|href)=\"([^\"]+)\"")
TAKEN = re.compile(r"^```\{taken\} (\S+)\n(.+)\n```$", re.M)


def links(text):
    """Where the links and pictures of a Markdown text lead, code aside."""
    return [a or b for a, b in LINK.findall(CODE.sub("", text))]


def anchors(text):
    """What the headings of a Markdown text are called in an address, as public hosts do it."""
    heads = re.findall(r"^#+ (.+)$", CODE.sub(lambda found: found[0].strip("`"), text), re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def lost(page, text):
    """The text's relative links that lead nowhere from that page."""
    found = []
    for link in links(text):
        if re.match(r"https?:", link):
            continue
        name, _, anchor = unquote(link).partition("#")
        target = page.parent / name if name else page
        there = target.is_file()
        if there and anchor:
            there = anchor in anchors(target.read_text(encoding="utf-8"))
        if not there:
            found.append(link)
    return found


def test_the_readme_is_one_screen():
    assert len(README.splitlines()) <= 55
    assert len(README.split()) <= 350


def test_the_readme_has_two_commands_and_three_doors():
    rules = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    [block] = re.findall(r"^```\n(.+?)^```$", README, re.M | re.S)
    commands = re.findall(r"^make (\w+) +#", block, re.M)
    assert commands == ["lab", "test"] and {*commands, "gallery"} <= {*rules}
    doors = re.findall(r"^- \*\*\[(\w+)\]\(docs/(\w+)\.md\)\*\*", README, re.M)
    assert doors == [("Study", "study"), ("Teach", "teach"), ("Play", "play")]


def test_the_readme_counts_lessons_and_hours():
    minutes = [hygiene.minutes(hygiene.load(name))[0] for name in hygiene.names()]
    words = ["twelve", "thirteen", "fourteen", "fifteen"]
    assert f"{words[len(minutes) - 12]} lessons" in README
    assert f"about {round(sum(minutes) / 60)} hours alone" in README


def test_its_picture_moves_for_those_who_want_it():
    moving, still = "docs/playground.webp", "docs/playground-still.webp"
    assert f'media="(prefers-reduced-motion: reduce)" srcset="{still}"' in README
    assert f'<img src="{moving}" alt="' in README
    with Image.open(ROOT / moving) as moves, Image.open(ROOT / still) as stands:
        assert moves.n_frames > 40 and stands.n_frames == 1 and moves.info["loop"] == 0
        assert moves.size == stands.size and moves.width >= 720
    assert sum((ROOT / path).stat().st_size for path in (moving, still)) <= 2_000_000


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page):
    assert lost(page, page.read_text(encoding="utf-8")) == []


def test_a_lost_link_is_found():
    text = "# On\n[a](#on) [b](#off) [c](docs/study.md#start) ![d](docs/no.png) `[e](no)`\n"
    text += '<img src="no.webp"> [f](docs/study.md#no) [g](https://no)\n```\n[h](no)\n```\n'
    page = ROOT / "README.md"
    found = lost(page, text.replace("#on)", "#start)"))
    assert found == ["#off", "docs/no.png", "no.webp", "docs/study.md#no"]


def test_every_page_is_in_the_contents():
    listed = links((ROOT / "docs" / "contents.md").read_text(encoding="utf-8"))
    pages = {page.name for page in PAGES} - {"README.md", "contents.md"}
    assert pages <= {*listed} and "../README.md" in listed


def test_every_claims_figure_is_one_picture_of_its_lesson():
    text = (ROOT / "docs" / "claims.md").read_text(encoding="utf-8")
    figures = TAKEN.findall(text)
    assert len(figures) == text.count("```{taken}") == 18
    for lesson, part in figures:
        cells = lessons.code_cells(hygiene.load(lesson).nb)
        assert sum(part in alt for alt in lessons.alternative_texts(cells)) == 1, part
