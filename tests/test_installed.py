"""A copy that pip installed, which sees nothing of the clone, has all that the course runs on."""

import ast
import sys
import tarfile
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.helpers.installed import ROOT, bare, build, install, run
from tools import hygiene
from tools.lessons import code_cells
from vaelib.data import tables
from vaelib.teaching import exercises, explore

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return build("wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def python(tmp_path_factory, wheel):
    """The Python of an environment in which the course is installed."""
    python = bare(tmp_path_factory.mktemp("installed"))
    install(python, wheel)
    return python


def contents(wheel):
    """{name: checksum of its bytes} of all files in a wheel."""
    with ZipFile(wheel) as zipped:
        return {info.filename: info.CRC for info in zipped.infolist()}


def files(folder, within):
    """The names of all files below a folder of the clone, with `within` in the folder's place."""
    return {
        f"{within}/{path.relative_to(ROOT / folder).as_posix()}"
        for path in (ROOT / folder).rglob("*.*")
        if "__pycache__" not in path.parts and path.suffix != ".part"
    }


def test_the_wheel_holds_the_package_and_what_it_runs_on_and_nothing_else(wheel):
    wanted = files("vaelib", "vaelib") | {"vaelib/stored/digit.gz"}
    for folder in ("scenes", "checkpoints", "experiments"):
        wanted |= files(f"data/{folder}", f"vaelib/stored/{folder}")
    wanted = {name for name in wanted if "/experiments/small/" not in name}
    assert {name for name in contents(wheel) if ".dist-info/" not in name} == wanted
    kinds = {name.rpartition(".")[2] for name in wanted}
    assert kinds >= {"py", "js", "css", "json", "typed", "mplstyle", "gz", "pt", "csv"}


def test_the_sdist_builds_the_same_wheel(wheel, tmp_path):
    with tarfile.open(build("sdist", tmp_path)) as packed:
        packed.extractall(tmp_path, filter="data")
    [root] = tmp_path.glob("vaelib-*/")
    again = build("wheel", tmp_path / "again", root)
    assert contents(again) == contents(wheel)


def test_the_copy_is_not_the_clone(python):
    where = "import vaelib; print(vaelib.__file__)"
    assert str(python.parents[1]) in run(python, "-c", where)
    assert str(ROOT) not in run(python, "-c", "import sys; print(*sys.path)")


EXPLORERS = """
import hashlib
from vaelib.teaching import explore
from vaelib.teaching.explore import digit, faces, playground

def tell(name, page, sentence=""):
    print(name, len(page), hashlib.sha256(page.encode()).hexdigest(), sentence)

for name in explore.NAMES:
    explorer = explore.load(name)
    parameters = explorer.check({})
    scene = explorer.draw(**parameters)
    tell(name, faces.alone(explorer, parameters), scene.sentence)
tell("digit", digit.place() + digit.module() + digit.styles())
tell("playground", playground.place() + playground.module() + playground.styles())
"""


def test_every_explorer_is_that_of_the_clone(python):
    drawn = run(python, "-c", EXPLORERS)
    assert drawn == run(Path(sys.executable), "-c", EXPLORERS)
    names, sizes = zip(*(line.split()[:2] for line in drawn.splitlines()), strict=True)
    assert names == (*explore.NAMES, "digit", "playground")
    assert min(map(int, sizes)) > 50_000  # the module, and what it computes from


ANSWERS = """
import inspect
from vaelib.teaching import exercises
from vaelib.teaching.exercises.exercise import Choice, Number

for lesson in exercises.LESSONS:
    e = exercises.all_of(lesson)[0]
    right = e.right if isinstance(e, Choice) else inspect.unwrap(e.reference)
    right = right() if isinstance(e, Number) else right
    print(lesson, *(exercises.verdict(e.number, answer).right for answer in (right, None)))
"""


def test_an_answer_of_every_lesson_is_judged(python):
    wanted = [f"{lesson} True False" for lesson in exercises.LESSONS]
    assert run(python, "-c", ANSWERS).splitlines() == wanted


def imports(name):
    """All import statements of a lesson's code, in order, and its style."""
    code = "\n".join(cell.source for cell in code_cells(hygiene.load(name).nb))
    found = [n for n in ast.walk(ast.parse(code)) if isinstance(n, ast.Import | ast.ImportFrom)]
    return "\n".join([*map(ast.unparse, found), 'plt.style.use("vaelib.teaching.course")'])


def test_what_every_lesson_imports_is_there(python):
    program = "\n".join([*map(imports, hygiene.names()), f"print({len(hygiene.names())})"])
    assert "from vaelib import VAE" in program and "import matplotlib.pyplot as plt" in program
    assert run(python, "-c", program) == f"{len(hygiene.names())}\n"


STORED = """
from vaelib import VAE
from vaelib.data import storage, tables
from vaelib.teaching.explore import files

print(*(f"{path.stem}:{len(tables.read(path.stem))}" for path in tables.FOLDER.glob("*.csv")))
print(VAE.load(files.checkpoint("mnist.pt")).sample(2).shape, storage.cache_folder())
try:
    files.checkpoint("suns.pt")
except FileNotFoundError as error:
    print(error)
"""


def test_tables_and_checkpoints_are_found_and_what_is_not_is_named(python, tmp_path):
    counted, sampled, missing = run(
        python, "-W", "error", "-c", STORED, XDG_CACHE_HOME=str(tmp_path)
    ).splitlines()
    here = {f"{path.stem}:{len(tables.read(path.stem))}" for path in tables.FOLDER.glob("*.csv")}
    assert {*counted.split()} == here
    assert sampled.startswith("torch.Size([2, 784])") and str(ROOT) not in sampled
    assert missing.endswith("suns.pt: install vaelib again")
