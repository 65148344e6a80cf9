"""Draw every lesson's figures for projection.

    python -m tools.figures [02 ...]     build/figures/NN/NAME.svg, .png and .json

NAME is that of the tag `fig-NAME` of the cell that draws it; without one it is figure-1,
figure-2 …, its place in the lesson. A lesson is executed again only where its code or that of the
package changed.
"""

import argparse
import hashlib
import json
import shutil
import sys
import tempfile
from pathlib import Path

from tqdm import tqdm

from tools.lessons import (
    BUILD,
    ROOT,
    SOURCE,
    LessonError,
    chosen,
    code_cells,
    code_hash,
    execute,
    read_source,
)
from vaelib.teaching.projection import LEAST

FIGURES = BUILD / "figures"
SHOWN = FIGURES / ".shown"  # by number, as the lessons showed them
LICENCE = "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/; its code: MIT"
DRAWS = "*.py", "*.mplstyle", "palette.json"
DRAW_NOTHING = {"exercises", "explore", "predictions"}  # no figure comes from their code


def key(nb):
    """Digest of all that a lesson's figures come from."""
    digest = hashlib.sha256(code_hash(nb).encode())
    package = ROOT / "vaelib"
    for path in sorted(path for kind in DRAWS for path in package.rglob(kind)):
        if path.suffix != ".py" or not DRAW_NOTHING & {*path.relative_to(package).parts}:
            digest.update(path.read_bytes())
    return digest.hexdigest()


def draw(nb, name, folder):
    """Execute a lesson; its figures by number, and in places.json the code cell of each."""
    shutil.rmtree(folder, ignore_errors=True)
    before = key(nb)  # the package may change while the lesson runs
    with tempfile.TemporaryDirectory() as own:
        progress = str(Path(own) / "progress.json")
        execute(nb, name, env={"VAELIB_FIGURES": str(folder), "VAELIB_PROGRESS": progress})
    outputs = (
        (number, output.metadata.get("image/png", {}).get("alt"))
        for number, cell in enumerate(code_cells(nb))
        for output in cell.outputs
        if "image/png" in output.get("data", {})
    )
    places = [next(n for n, alt in outputs if alt == each["alt"]) for each in about(folder)]
    (folder / "places").mkdir(parents=True, exist_ok=True)
    (folder / "places" / before).write_text(json.dumps(places), encoding="utf-8")


def about(folder):
    """What is said of each figure of the folder, in order."""
    return [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]


def names(nb, places):
    """The figures' names: by the tag of the code cell at each of the places, else by number."""
    found = []
    for number, place in enumerate(places, 1):
        tags = code_cells(nb)[place].metadata.get("tags", [])
        tagged = [tag.removeprefix("fig-") for tag in tags if tag.startswith("fig-")]
        name = tagged[0] if tagged else f"figure-{number}"
        again = sum(other == place for other in places[: number - 1])
        found.append(f"{name}-{again + 1}" if again else name)
    if len({*found}) < len(found):
        twice = sorted({name for name in found if found.count(name) > 1})
        raise LessonError(f"{', '.join(twice)}: wanted a name for each figure of the lesson")
    return found


def name_them(nb, lesson, shown, folder):
    """Copy the figures under their names; their JSON gains lesson, licence and code."""
    [file] = (shown / "places").iterdir()
    places = json.loads(file.read_text("utf-8"))
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    records = []
    named = zip(names(nb, places), places, about(shown), strict=True)
    for number, (name, place, record) in enumerate(named, 1):
        for kind in ("svg", "png"):
            shutil.copy2(shown / f"{number:03d}.{kind}", folder / f"{name}.{kind}")
        record |= {"name": name, "lesson": lesson, "licence": LICENCE}
        record |= {"code": code_cells(nb)[place].source}
        text = json.dumps(record, ensure_ascii=False, indent=1)
        (folder / f"{name}.json").write_text(text, encoding="utf-8")
        records.append(record)
    return records


def lesson(source, figures=FIGURES):
    """The figures of one lesson, in order: what their JSON says."""
    nb, number = read_source(source), source.stem[:2]
    shown = figures / SHOWN.name / number
    if not (shown / "places" / key(nb)).exists():
        draw(nb, source.stem, shown)
    return name_them(nb, source.stem, shown, figures / number)


def faults(record):
    """What a room would not read."""
    small = record["smallest_text"]
    found = [f"text of {small} pt"] if small < LEAST else []
    found += [f"{one!r} on {other!r}" for one, other in record["overlapping"]]
    return found + [f"{text!r} is cut" for text in record["cut"]]


def main(argv=None):
    """The command line; exit status 1 when a lesson failed."""
    parser = argparse.ArgumentParser(prog="python -m tools.figures")
    parser.add_argument("lesson", nargs="*", help="beginning of a lesson's name, such as 02")
    failed = 0
    for source in tqdm(chosen(SOURCE, ".md", parser.parse_args(argv).lesson), unit="lesson"):
        try:
            for record in lesson(source):
                said = "; ".join(faults(record))
                tqdm.write(f"{source.stem[:2]} {record['name']:36} {said or 'no fault'}")
        except LessonError as error:
            tqdm.write(f"{error}\n")
            failed = 1
    return failed


if __name__ == "__main__":
    sys.exit(main())
