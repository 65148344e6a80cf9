"""The package's shape: who imports whom, its lazy face, and what an import must not bring."""

import ast
import re
import subprocess
import sys
from graphlib import TopologicalSorter
from importlib import import_module
from pathlib import Path

import pytest

import vaelib

FOLDER = Path(vaelib.__file__).parent
# From the ground up. A module imports from the lines above its own, and from its own room.
ROOMS = """
checks engine.console engine.digest teaching.projection
checkpoints history gaussians teaching.ledger teaching.plots
data distributions engine.processes engine.edge teaching.diagrams
drawing run teaching.progress
mixture networks priors rules training
infinite engine
bound
vae estimator
engine.recipe
teaching.exercises teaching.explore engine.job
teaching.predictions teaching.monitor_view
teaching.monitor
__main__
"""
FLOORS = {room: n for n, line in enumerate(ROOMS.strip().splitlines()) for room in line.split()}
HEAVY = {"matplotlib", "anywidget", "ipywidgets", "traitlets", "IPython", "ipykernel", "jupyterlab"}
# The only modules that know of a figure or a notebook.
FACES = {
    f"teaching.{name}"
    for name in (
        "plots", "projection", "diagrams", "monitor", "monitor_view", "explore.faces",
        "predictions.face",
    )
}  # fmt: skip


def module_name(path):
    """`engine.products` of vaelib/engine/products.py, `engine` of its __init__.py."""
    return ".".join(path.relative_to(FOLDER).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module_name(path): path for path in sorted(FOLDER.rglob("*.py"))}
del MODULES["__init__"]


def imports(source):
    """All that a module's text imports by its full name, at the top or inside a function."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.level == 0:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            raise AssertionError("a relative import")
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def within(name, candidates):
    """The longest of the candidates that is `name` or a package around it, or None."""
    parts = name.split(".")
    prefixes = (".".join(parts[:n]) for n in range(len(parts), 0, -1))
    return next((prefix for prefix in prefixes if prefix in candidates), None)


def below(name):
    """The package's modules that a module imports."""
    found = imports(MODULES[name].read_text(encoding="utf-8"))
    inside = (full.removeprefix("vaelib.") for full in found if full.startswith("vaelib."))
    return {within(full, MODULES) for full in inside} - {None}


def test_both_ways_to_import_are_seen():
    source = "import vaelib.vae\ndef f():\n    from vaelib.bound import elbo"
    assert imports(source) == {"vaelib.vae", "vaelib.bound.elbo"}
    assert within("bound.elbo", MODULES) == "bound"


@pytest.mark.parametrize("name", MODULES)
def test_arrows_point_downwards(name):
    room = within(name, FLOORS)
    if room is None:  # a package without code
        assert MODULES[name].name == "__init__.py"
        assert not below(name)
        return
    above = {
        other
        for other in below(name)
        if within(other, FLOORS) != room and FLOORS[within(other, FLOORS)] >= FLOORS[room]
    }
    assert not above


def test_arrows_make_no_circle():
    assert set(TopologicalSorter({name: below(name) for name in MODULES}).static_order())


def test_every_room_is_there():
    assert {within(name, FLOORS) for name in MODULES} >= FLOORS.keys()


def test_the_reading_order_is_six_modules_and_the_face_leads_to_the_homes():
    listed = re.findall(r"^\d\. `(\w+)`", vaelib.__doc__, re.M)
    assert listed == ["gaussians", "mixture", "rules", "infinite", "bound", "vae"]
    for name, home in vaelib._HOMES.items():
        assert name in dir(vaelib)
        assert getattr(vaelib, name) is getattr(import_module(f"vaelib.{home}"), name)
        assert getattr(vaelib, name).__module__ == f"vaelib.{home}"
    with pytest.raises(AttributeError, match="Encoder"):
        vaelib.__getattr__("Encoder")


def loaded_after(*statements):
    """The packages that a fresh interpreter holds after each of the statements."""
    show = "print(*sorted({name.split('.')[0] for name in sys.modules}))"
    # As pyproject.toml has it.
    quiet = "warnings.filterwarnings('ignore', module='matplotlib|pyparsing')"
    code = "\n".join(["import sys, warnings", quiet, *(f"{s}\n{show}" for s in statements)])
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [set(line.split()) for line in done.stdout.splitlines()]


def test_figures_and_widgets_are_named_by_their_faces_alone():
    for name, path in MODULES.items():
        known = {full.split(".")[0] for full in imports(path.read_text(encoding="utf-8"))}
        assert name in FACES or not known & HEAVY, name


def test_importing_everything_else_brings_no_figures_and_no_widgets():
    others = ", ".join(f"vaelib.{name}" for name in MODULES.keys() - FACES - {"__main__"})
    package, rest, plots = loaded_after(
        "import vaelib", f"import {others}", "import vaelib.teaching.plots"
    )
    assert not package & (HEAVY | {"torch", "numpy"})
    assert not rest & (HEAVY | {"pooch", "mlxtend"})
    assert plots & HEAVY == {"matplotlib"}


def test_its_page_lists_every_module_once():
    text = (FOLDER.parent / "docs" / "package.md").read_text(encoding="utf-8")
    first = re.findall(r"^\| (`[^|]*) \|", text, re.M)
    listed = [name for cell in first for name in re.findall(r"`(\w+)`", cell)]
    assert sorted(listed) == sorted({name.split(".")[0] for name in MODULES} - {"__main__"})


def defined(path):
    """The names that a module's own text gives a meaning, outside any function."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
    return found


def code(path):
    """The text of a module, or of a lesson's code cells."""
    text = path.read_text(encoding="utf-8")
    cells = re.findall(r"^```\{code-cell\}.*?\n(?::tags:.*\n)?(.*?)^```$", text, re.M | re.S)
    return text if path.suffix == ".py" else "\n".join(cells)


ROOT = FOLDER.parent
READERS = [
    path
    for folder in ("vaelib", "tools", "benchmarks", "experiments", "tests", "notebooks/source")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in (".py", ".md")
]


@pytest.mark.parametrize("path", READERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_name_is_had_from_the_module_that_defines_it(path):
    for full in imports(code(path)):
        home, name = full.removeprefix("vaelib.").rpartition(".")[::2]
        if full.startswith("vaelib.") and home in MODULES and full[7:] not in MODULES:
            assert name in defined(MODULES[home]), full
