"""The site is made from the stored lessons, and every page of it is looked at in Chromium."""

import re
import runpy
import subprocess
import sys
import zipfile
from itertools import pairwise

import pytest
from jinja2 import Environment, PackageLoader

from tests.helpers import browser
from tests.helpers.whole import some
from tools import hygiene
from tools.site import __main__ as site
from tools.site import address, audit, docstrings, front, lessons, pages, subscripts, taken

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NOTEBOOKS = sorted((site.ROOT / "notebooks").glob("*.ipynb"))
KINDS = {
    "README", "gallery", "search", "genindex", "notebooks/05_lower_bound", "docs/claims",
    "docs/made/glossary", "docs/made/equations", "docs/api/vaelib/vaelib.mixture",
}  # fmt: skip


@pytest.fixture(scope="module")
def made():
    """The folder of the site, made now; Sphinx fails on a warning."""
    if not site.MATHJAX.is_dir():
        pytest.fail("`make mathjax` fetches what draws the formulas")
    site.main()
    return site.SITE


@pytest.fixture(scope="module")
def chrome():
    with browser.chromium() as opened:
        yield opened


@pytest.fixture
def visit(made, chrome):
    """visit(name, **context options) → that page of the site, formulas and explorers drawn."""
    contexts = []

    def opened(name, **options):
        contexts.append(audit.quiet(chrome, **options))
        page = contexts[-1].new_page()
        page.goto((made / f"{name}.html").as_uri())
        page.wait_for_function(audit.READY)
        return page

    yield opened
    for context in contexts:
        context.close()


def test_it_is_small_and_nothing_is_left_out(made):
    size = sum(path.stat().st_size for path in made.rglob("*") if path.is_file())
    assert size < 45e6
    names = {path.relative_to(made).with_suffix("").as_posix() for path in audit.pages(made)}
    assert {f"notebooks/{path.stem}" for path in NOTEBOOKS} <= names and KINDS <= names
    assert len(names) > 70


def test_every_page_is_without_fault(made, chrome):
    context = audit.quiet(chrome)
    seen = [audit.look(context, path) for path in audit.pages(made)]
    context.close()
    assert {page.name: page.faults() for page in seen if page.faults()} == {}
    assert sum(page.seen["explorers"] for page in seen) > 30


def test_a_downloaded_lesson_is_the_stored_one(made):
    for path in NOTEBOOKS:
        copy = made / "_sources" / "notebooks" / path.name
        assert copy.read_bytes() == path.read_bytes()
        html = (made / "notebooks" / f"{path.stem}.html").read_text(encoding="utf-8")
        assert f'href="../_sources/notebooks/{path.name}"' in html


def test_equations_have_addresses_and_prose_leads_to_them(made):
    stated, led = {}, 0
    for path in NOTEBOOKS:
        html = (made / "notebooks" / f"{path.stem}.html").read_text(encoding="utf-8")
        numbers = re.findall(r"\\tag\{([\d.]+)\}", hygiene.prose(hygiene.load(path.stem)))
        for number in numbers:
            stated[number] = path.stem
            assert html.count(f'id="eq-{number}"') == 1, number
    for path in audit.pages(made):
        for page, number in re.findall(
            r'class="eqref[^"]*" href="([^"#]*)#eq-([\d.]+)"', path.read_text(encoding="utf-8")
        ):
            target = (path.parent / page).resolve() if page else path
            assert target.stem == stated[number]
            led += 1
    assert len(stated) > 80 and led > 250


@pytest.mark.parametrize(
    ("name", "scheme"), some([(n, s) for s in ("light", "dark") for n in sorted(KINDS)], 2)
)
def test_axe_finds_no_violation(visit, name, scheme):
    page = visit(name, color_scheme=scheme)
    assert browser.violations(page, options="{ iframes: false }") == []


def test_the_themes_switch_and_the_systems_colour_reach_explorers(visit):
    dark = "document.querySelector('.vx').hasAttribute('data-dark')"
    page = visit("notebooks/02_gaussian_mixtures", color_scheme="light")
    assert not page.evaluate(dark)
    page.locator("button.theme-switch-button").first.click()
    page.locator("button.theme-change-button[data-mode=dark]").first.click()
    page.wait_for_function(dark)
    visit("notebooks/02_gaussian_mixtures", color_scheme="dark").wait_for_function(dark)


def test_an_explorer_answers_without_a_kernel(visit):
    page = visit("notebooks/02_gaussian_mixtures")
    said, grip = page.locator(".vx-sentence").first, page.locator(".vx-grip").first
    before = said.text_content()
    grip.focus()
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    assert said.text_content() != before


def test_the_front_is_the_playground_and_three_doors(visit):
    page = visit("index")
    assert page.locator(".vp canvas").count() >= 4
    for door in ("study", "teach", "play"):
        assert page.locator(f"article a[href='docs/{door}.html']").count() >= 1
    page.locator("article a[href='docs/play.html']").first.click()
    page.locator("article a[href='../gallery.html']").first.click()
    page.locator("#playground canvas").first.wait_for()
    assert "not understood" not in visit("index").locator(".vp").text_content()


@pytest.mark.parametrize(
    ("query", "page"),
    [
        ("σ_x", "07_which_noise"),
        ("σ_x", "made/glossary"),
        ("log_prob", "mixture"),
        ("responsibility", "02_g"),
    ],
)
def test_search_finds_greek_and_code(made, visit, query, page):
    opened = visit("search")
    opened.goto(f"{(made / 'search.html').as_uri()}?q={query}")
    opened.locator(f'#search-results li a[href*="{page}"]').first.wait_for()


def test_a_page_of_the_package_leads_to_the_next_in_the_order_of_the_argument(made):
    folder = made / "docs" / "api" / "vaelib"
    for path in folder.glob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert 'class="left-prev"' in html and 'class="right-next"' in html, path.stem
    argument = ["gaussians", "mixture", "rules", "infinite", "bound", "vae", "networks"]
    for name, after in pairwise(argument):
        html = (folder / f"vaelib.{name}.html").read_text(encoding="utf-8")
        assert re.search(rf'class="right-next"\s+href="vaelib.{after}.html"', html), name


def test_the_symbols_have_true_subscripts(made):
    html = (made / "docs" / "made" / "glossary.html").read_text(encoding="utf-8")
    assert "<p>σ<sub>x</sub></p>" in html and "σ_x</p>" not in html


def test_no_link_is_broken(made):
    command = [sys.executable, "-m", "linkcheck", "--no-robots", "--no-warnings"]
    command += [str(made / "index.html")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:]
    links = int(re.search(r"(\d+) links? .*checked|(\d+) links in", done.stdout)[1] or 0)
    assert links > 300


def test_the_zip_opens_from_a_file(made, chrome, tmp_path):
    with zipfile.ZipFile(site.BUILD / "site.zip") as packed:
        packed.extractall(tmp_path)
    page = audit.look(audit.quiet(chrome), tmp_path / "site" / "index.html")
    assert page.faults() == [] and page.seen["explorers"] == 1


def test_an_unchanged_page_is_not_made_again(made):
    old = {path: path.stat().st_mtime_ns for path in pages.MADE.glob("*.md")}
    pages.write()
    assert {path: path.stat().st_mtime_ns for path in pages.MADE.glob("*.md")} == old


def test_a_page_that_takes_long_is_made_when_its_files_have_changed(monkeypatch, tmp_path):
    calls = []
    monkeypatch.setattr(pages, "ROOT", tmp_path)
    monkeypatch.setattr(pages, "MADE", tmp_path)
    monkeypatch.setattr(pages, "MADE_OF", {"slow": (lambda _: str(calls.append(0)), "*.py")})
    for text, made in ("1", 1), ("1", 1), ("2", 2):
        (tmp_path / "a.py").write_text(text)
        pages.write()
        assert len(calls) == made


def test_buttons_come_from_one_address():
    assert address.launchers("", "notebooks/05_lower_bound.ipynb") == {}
    links = address.launchers("https://github.com/ada/course", "notebooks/05_lower_bound.ipynb")
    assert links == {
        "Binder": "https://mybinder.org/v2/gh/ada/course/main"
        "?urlpath=lab%2Ftree%2Fnotebooks%2F05_lower_bound.ipynb",
        "Colab": "https://colab.research.google.com/github/ada/course/blob/colab/05_lower_bound.ipynb",
        "JupyterHub": "https://nbgitpuller.readthedocs.io/en/latest/link.html?tab=jupyterhub"
        "&repo=https%3A%2F%2Fgithub.com%2Fada%2Fcourse&branch=main&app=jupyterlab"
        "&filepath=notebooks%2F05_lower_bound.ipynb",
    }
    assert address.pages("https://github.com/Ada/course") == "https://ada.github.io/course/"
    with pytest.raises(ValueError, match="wanted host/owner/name"):
        address.pages("https://github.com/ada")


def test_the_theme_draws_the_buttons(monkeypatch):
    monkeypatch.setattr(front, "REPOSITORY", "https://github.com/ada/course")
    context = {"header_buttons": []}
    front.buttons(None, "notebooks/05_lower_bound", "page.html", context, None)
    [group] = context["header_buttons"]
    assert group.pop("type") == "group"
    theme = Environment(loader=PackageLoader("sphinx_book_theme", "theme/sphinx_book_theme"))
    macros = theme.get_template("macros/buttons.html").make_module({"translate": str})
    html = macros.render_button_group(**group)
    assert [name in html for name in ("mybinder", "colab.research", "nbgitpuller")] == [True] * 3


def test_a_picture_is_taken_by_a_part_of_its_text():
    lesson = NOTEBOOKS[5].stem
    alt, png = taken.pictures(lesson)[0]
    assert taken.taken(lesson, alt[:-1]) == (alt, png) and png[1:4] == b"PNG"
    with pytest.raises(ValueError, match="0 pictures say 'no such'"):
        taken.taken(lesson, "no such")


def test_a_docstring_becomes_markdown():
    text = "log p(x|z).\n\nParameters\n----------\n"
    text += "x : (n, D)\n    Points.\n\n    More.\nz\n    A code.\n"
    assert docstrings.markdown(text) == (
        "log p(x\\|z).\n\n**Parameters**\n\n- `x`: (n, D); Points. More.\n- `z`: A code.\n"
    )


def test_the_one_address_brings_sitemap_and_card(monkeypatch):
    conf = str(site.ROOT / "docs" / "conf.py")
    assert "sphinx_sitemap" not in runpy.run_path(conf)["extensions"]
    home = "https://github.com/ada/course"
    monkeypatch.setattr(address, "REPOSITORY", home)
    monkeypatch.setattr(address, "SITE", address.pages(home))
    public = runpy.run_path(conf)
    assert {"sphinx_sitemap", "sphinxext.opengraph"} <= {*public["extensions"]}
    assert public["html_baseurl"] == public["ogp_site_url"] == "https://ada.github.io/course/"
    assert public["html_theme_options"]["repository_url"] == home


def test_a_formula_over_two_lines_is_no_list():
    text = "so $a\n- b$ is\n- an item of $c$\n\n$$d\n- e$$\n\nof $3 and\n\n- $4\n"
    assert lessons.FORMULA.sub(lessons.unlisted, text) == text.replace("$a\n- b$", "$a - b$")


def test_a_fold_is_a_heading_in_print():
    text = "<details><summary>Hint</summary>\n\na\n</details>"
    cell = {"cell_type": "markdown", "source": [text], "metadata": {}}
    lessons.for_print(cell, "notebooks/05")
    assert "**Hint**" in cell["source"] and "details" not in cell["source"]


def test_a_prediction_in_print_is_a_question_with_a_line_and_its_measurement():
    stored = hygiene.load("05_lower_bound").nb.cells
    shown = [each for cell in stored for each in lessons.on_paper(cell)]
    added = [each["source"] for each in shown if not any(each is cell for cell in stored)]
    questions = [text for text in added if text.startswith("> **Prediction")]
    answers = [text for text in added if "**Measured" in text]
    assert len(questions) == len(answers) == len(added) / 2 > 5
    assert all("☐" in text or lessons.LINE in text for text in questions)
    assert all("small" in text for text in answers)
    left = [out for cell in shown for out in cell.get("outputs", [])]
    assert not any("data-vq" in out.get("data", {}).get("text/html", "") for out in left)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("σ_x² and r_nk", ["σ", "x", "² and r", "nk", ""]),
        ("n_points, x_train, n_se", ["n_points, x_train, n_se"]),
    ],
)
def test_a_symbol_has_a_subscript_and_a_name_has_none(text, shown):
    assert [piece.astext() for piece in subscripts.pieces(text)] == shown


def test_a_package_has_one_list_of_its_modules():
    tree = "```{{toctree}}\n:titlesonly:\n\n{}\n```"
    text = "# p\n\n## Subpackages\n\n" + tree.format("vaelib.engine\nvaelib.data")
    text += "\n\n## Submodules\n\n" + tree.format("vaelib.vae\nvaelib.mixture")
    page = front.in_order(text)
    names = re.findall(r"vaelib\.\w+", page)
    assert names == [f"vaelib.{name}" for name in ("mixture", "vae", "engine", "data")]
    assert page.count("toctree") == 1
