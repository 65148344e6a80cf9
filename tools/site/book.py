"""Make the book: the whole course as one PDF, build/course.pdf, by xelatex.

python -m tools.site.book
"""

import shutil
import subprocess

from tools import chrome
from tools.site import front, lessons
from tools.site.__main__ import BUILD, sphinx, static
from tools.site.address import ROOT
from vaelib.teaching import explore
from vaelib.teaching.explore import digit, faces, playground

LATEX = BUILD / "latex"
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><style>{styles}</style>
<body style="margin: 0; width: 1000px">{places}<script type="module">{module}
{call}</script></body></html>"""


def page(name):
    """A page that holds that explorer, the playground or the digit alone."""
    if name == "play":
        own, call = playground, 'play("[data-vp-state]");'
        return PAGE.format(styles=own.styles(), places=own.place(), module=own.module(), call=call)
    if name == "draw_digit":
        own, call = digit, 'draw("[data-vd-pack]");'
        return PAGE.format(styles=own.styles(), places=own.place(), module=own.module(), call=call)
    explorer = explore.load(name)
    places, call = faces.place(explorer, {}), 'hydrate("[data-vx-pack]");'
    module = faces.module(explorer)
    return PAGE.format(styles=faces.style(), places=places, module=module, call=call)


def pictures():
    """Photograph every explorer for the printed lessons."""
    lessons.PICTURES.mkdir(parents=True, exist_ok=True)
    with chrome.chromium() as browser:
        context = browser.new_context(
            offline=True, device_scale_factor=2, reduced_motion="reduce", color_scheme="light"
        )
        for name in [*explore.NAMES, "play", "draw_digit"]:
            file = lessons.PICTURES / f"{name}.html"
            file.write_text(page(name), encoding="utf-8")
            tab = context.new_page()
            tab.goto(file.as_uri())
            tab.locator(".vx canvas:visible").first.wait_for(timeout=120_000)
            tab.wait_for_timeout(3000 if name in ("play", "draw_digit") else 300)
            tab.locator(".vx").first.screenshot(path=lessons.PICTURES / f"{name}.png")
            tab.close()


def main():
    """The whole book."""
    if not shutil.which("latexmk") or not shutil.which("xelatex"):
        raise SystemExit("the book wants latexmk and xelatex: CONTRIBUTING.md says which packages")
    static()
    pictures()
    printed = ["README.md", *(f"{page}.*" for page in front.BOOK)]
    sphinx("latex", LATEX, "-D", f"include_patterns={','.join(printed)}")
    subprocess.run(
        ["latexmk", "-xelatex", "-interaction=nonstopmode", "-quiet", "course.tex"],
        cwd=LATEX, check=True,
    )  # fmt: skip
    shutil.copy2(LATEX / "course.pdf", BUILD / "course.pdf")
    print(ROOT / "build" / "course.pdf")


if __name__ == "__main__":
    main()
