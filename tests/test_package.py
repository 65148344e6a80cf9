"""The package's shape: who imports whom, and what an import must not bring."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import vaelib

FOLDER = Path(vaelib.__file__).parent
MODULES = sorted(path.stem for path in FOLDER.glob("[a-z]*.py"))
BELOW = {
    "gaussians": set(),
    "parameters": set(),
    "em": {"checks", "gaussians", "parameters"},
    "screening": {"em"},
    "gmm": {"gaussians", "em", "parameters", "screening"},
    "checks": set(),
    "distributions": {"gaussians"},
    "priors": {"checks", "distributions"},
    "networks": {"checks", "distributions"},
    "latent": {"checks", "distributions", "gaussians", "em", "gmm"},
    "elbo": {"checks", "distributions", "gaussians", "latent"},
    "vae": {"checks", "distributions", "latent", "networks", "priors", "training"},
    "recipe": {"datasets", "elbo", "vae"},
    "training": {"checks", "checkpoints", "distributed", "history"},
    "checkpoints": set(),
    "distributed": set(),
    "history": set(),
    "creatures": {"checks"},
    "moons": {"checks"},
    "datasets": {"creatures", "moons"},
    "ledger": set(),
    "plots": set(),
}


def imports(source):
    """The vaelib modules that a module's text imports, at the top or inside a function."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "vaelib":
            inside = node.module.split(".")[1:]
            found |= set(inside) if inside else {alias.name for alias in node.names}
    return found


def test_every_module_has_its_place():
    assert set(MODULES) == set(BELOW)


@pytest.mark.parametrize("name", BELOW)
def test_arrows_point_downwards(name):
    assert imports((FOLDER / f"{name}.py").read_text(encoding="utf-8")) <= BELOW[name]


def test_both_ways_to_import_are_seen():
    assert imports("from vaelib import vae\ndef f():\n    from vaelib.bound import kl") == {
        "vae",
        "elbo",
    }


def loaded_by(statement):
    """The packages that a fresh interpreter holds after the statement."""
    code = f"import sys\n{statement}\nprint(*sorted({{m.split('.')[0] for m in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


EXPLORE = sorted(path.stem for path in (FOLDER / "explore").glob("[a-z]*.py"))
WIDGETS = {"faces", "monitor"}  # the only ones that know of a notebook


@pytest.mark.parametrize("name", EXPLORE)
def test_explorers_know_models_and_no_widgets(name):
    assert not any("explore" in names for names in BELOW.values())
    loaded = loaded_by(f"import vaelib.teaching.explore.{name}")
    assert bool(loaded & {"anywidget", "ipywidgets"}) == (name in WIDGETS)
    assert name in WIDGETS or "matplotlib" not in loaded


def test_importing_the_package_brings_no_figures_and_no_widgets():
    heavy = {"matplotlib", "ipywidgets", "IPython", "ipykernel", "jupyterlab", "notebook"}
    without_plots = ", ".join(f"vaelib.{name}" for name in MODULES if name != "plots")
    assert not loaded_by(f"import {without_plots}") & heavy
    assert "matplotlib" in loaded_by("import vaelib.teaching.plots")
    assert not loaded_by("import vaelib.teaching.plots") & (heavy - {"matplotlib"})
