"""Make the site: build/site/, and the zip of it that opens from a file.

python -m tools.site
"""

import shutil
import subprocess
import sys
import zipfile

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tools.site.address import ROOT

BUILD = ROOT / "build"
SITE = BUILD / "site"
MATHJAX = BUILD / "mathjax" / "node_modules" / "mathjax" / "es5"
SQUEEZED = "the same pixels in fewer bytes"
DENSE = ".png", ".webp", ".woff", ".woff2", ".ttf"
NEEDED = "tex-chtml.js", "output/chtml/fonts", "input/tex/extensions"


def static():
    """Put what the pages need of MathJax, and the card, where Sphinx takes them from."""
    into = ROOT / "docs" / "_static"
    shutil.copy2(ROOT / "notebooks" / "argument.png", into / "card.png")
    for name in NEEDED:
        path, copy = MATHJAX / name, into / "mathjax" / name
        if copy.exists():
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if path.is_dir() else shutil.copy2)(path, copy)


def sphinx(builder, out, *options):
    """Run Sphinx on the repository; CalledProcessError where it fails or warns."""
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", builder, "-j", "2"]
    command += ["-d", str(BUILD / "doctrees" / builder), "-c", str(ROOT / "docs"), *options]
    command += ["-E", "-a"] * outdated(BUILD / "doctrees" / builder / "environment.pickle")
    subprocess.run([*command, str(ROOT), str(out)], check=True)


def outdated(read):
    """Whether pages were read by other code than today's: then all are read and written again."""
    code = [ROOT / "docs" / "conf.py", *(ROOT / "tools" / "site").glob("*.py")]
    code += (ROOT / "tools" / "templates").glob("*")
    newest = max(path.stat().st_mtime for path in code)
    return read.exists() and read.stat().st_mtime < newest


def slim():
    """Drop what no page asks for: source maps, other languages, and Sphinx's own records."""
    for path in [*SITE.rglob("*.map"), SITE / "objects.inv", SITE / ".buildinfo"]:
        path.unlink(missing_ok=True)
    for folder in ("_static/locales", "_downloads"):  # links to files lead elsewhere: `links`
        shutil.rmtree(SITE / folder, ignore_errors=True)


def squeeze_pictures():
    """Write each picture anew in fewer bytes, with the same pixels; once, as its comment says."""
    done = PngInfo()
    done.add_text("Comment", SQUEEZED)
    for path in (SITE / "_images").glob("*.png"):
        with Image.open(path) as picture:
            if picture.info.get("Comment") == SQUEEZED:
                continue
            small = picture.convert("RGB") if opaque(picture) else picture.copy()
        colours = small.getcolors(256) if small.mode == "RGB" else None
        if colours:
            small = small.convert("P", palette=Image.Palette.ADAPTIVE, colors=len(colours))
        small.save(path, optimize=True, pnginfo=done)


def opaque(picture):
    """Whether nothing shines through it."""
    return picture.mode == "RGBA" and picture.getextrema()[3][0] == 255


def zipped(files):
    """All of it in one file; what is compressed already goes in as it is."""
    with zipfile.ZipFile(BUILD / "site.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=6) as into:
        for path in files:
            way = zipfile.ZIP_STORED if path.suffix in DENSE else None
            into.write(path, path.relative_to(BUILD), way)


def main():
    """The whole site."""
    static()
    sphinx("html", SITE)
    slim()
    squeeze_pictures()
    files = sorted(path for path in SITE.rglob("*") if path.is_file())
    zipped(files)
    size = sum(path.stat().st_size for path in files)
    print(f"{SITE / 'index.html'}: {size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
