"""How Sphinx makes the site and the book from the repository's own files: `make site`."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools.site.address import REPOSITORY, SITE  # noqa: E402

project = "From a Gaussian mixture to a VAE"
author = "The course's authors"
copyright = "2026, the course's authors. Text and figures: CC BY 4.0, code: MIT"
language = "en"

root_doc = "README"
include_patterns = [
    "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/**.md", "notebooks/*.ipynb",
    "data/README.md", "benchmarks/README.md", "experiments/trials.md",
]  # fmt: skip
exclude_patterns = [".*", "build", "tests", "vaelib"]  # what no page is looked for in
extensions = [
    "myst_nb", "autodoc2", "sphinx_copybutton",
    "tools.site.pages", "tools.site.lessons", "tools.site.equations", "tools.site.subscripts",
    "tools.site.taken", "tools.site.links", "tools.site.front",
]  # fmt: skip

myst_enable_extensions = ["dollarmath", "amsmath", "deflist"]
myst_heading_anchors = 4
myst_heading_slug_func = "github"
nb_execution_mode = "off"
nb_ipywidgets_js = {}  # explorers bring what they need; no widget manager is fetched
nb_merge_streams = True
nb_render_markdown_format = "gfm"
suppress_warnings = ["misc.highlighting_failure", "mystnb.unknown_mime_type"]

autodoc2_packages = [{"path": "vaelib", "auto_mode": True}]
autodoc2_output_dir = "docs/api"
autodoc2_render_plugin = "myst"
autodoc2_docstring_parser_regexes = [(r".*", "tools.site.docstrings")]
autodoc2_hidden_objects = {"private", "dunder", "inherited", "undoc"}
autodoc2_sort_names = False
autodoc2_skip_module_regexes = [
    r"vaelib\.teaching\.(exercises|explore|predictions)\..+", r"vaelib\.__main__",
]  # fmt: skip

mathjax_path = "mathjax/tex-chtml.js"
mathjax3_config = {"options": {"enableMenu": False}}

html_theme = "sphinx_book_theme"
html_title = project
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_js_files = ["site.js"]
html_favicon = "_static/favicon.svg"
html_copy_source = True
html_sourcelink_suffix = ""
html_search_scorer = str(ROOT / "docs" / "_static" / "scorer.js")
if REPOSITORY:
    extensions += ["sphinx_sitemap", "sphinxext.opengraph"]
    html_baseurl = SITE
    sitemap_url_scheme = "{link}"
    ogp_site_url = SITE
    ogp_image = "_static/card.png"
    ogp_social_cards = {"enable": False}
    ogp_custom_meta_tags = ['<meta name="twitter:card" content="summary_large_image">']
html_theme_options = {
    "home_page_in_toc": True,
    "show_navbar_depth": 1,
    "navbar_persistent": [],
    "use_download_button": True,
    **({"repository_url": REPOSITORY, "use_repository_button": True} if REPOSITORY else {}),
}

latex_engine = "xelatex"
latex_use_xindy = False
latex_domain_indices = False
latex_documents = [(root_doc, "course.tex", project, author, "manual")]
latex_elements = {
    "papersize": "a4paper",
    "fontpkg": r"""
\setmainfont{FreeSerif.otf}[
  BoldFont=FreeSerifBold.otf, ItalicFont=FreeSerifItalic.otf,
  BoldItalicFont=FreeSerifBoldItalic.otf]
\setsansfont{DejaVu Sans}[Scale=MatchLowercase]
\setmonofont{DejaVu Sans Mono}[Scale=0.8]
""",
    "figure_align": "H",  # a claim's figure stays below it
    "preamble": r"""
\AtBeginDocument{\setcounter{secnumdepth}{-1}}  % the lessons have their own numbers
\AtBeginDocument{\setlength{\tymin}{6em}}  % a narrow column keeps its file names whole
""",
}
latex_show_urls = "footnote"
