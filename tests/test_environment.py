"""environment.yml, constraints.txt and pyproject.toml say the same, and ask for what is imported.

A conda solve cannot be run here; each of its specs is parsed strictly instead, and compared.
"""

import ast
import re
import sys
import tomllib
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, metadata, packages_distributions
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version
from rattler import MatchSpec
from rattler.exceptions import InvalidMatchSpecError

import vaelib
from tools import cpu_torch, hygiene, lessons

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
PINS = [
    Requirement(line)
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
# Packages that conda-forge calls otherwise.
CONDA_NAMES = {
    "torch": "pytorch-cpu",
    "matplotlib": "matplotlib-base",
}


def asked_for(project, *extras):
    """The requirements of vaelib itself and of the extras, and of those that these name."""
    texts = [*project["dependencies"]]
    for extra in extras:
        texts += project["optional-dependencies"][extra]
    wanted = [Requirement(text) for text in texts]
    inner = [name for w in wanted if w.name == project["name"] for name in sorted(w.extras)]
    more = asked_for(project, *inner) if inner else []
    return [w for w in wanted if w.name != project["name"]] + more


def conda_ranges(specs):
    """{name: set of version clauses} of conda specs, which may hold a name and a range only."""
    ranges = {}
    for text in specs:
        spec = MatchSpec(text, strict=True)
        assert spec.build is None and spec.channel is None, f"{text}: more than name and range"
        ranges[text.split()[0]] = {*str(spec.version).split(",")} if spec.version else set()
    return ranges


def pip_ranges(project):
    """The same of what pyproject.toml asks for, under the names that conda-forge uses."""
    ranges = {"pip": set()}
    for wanted in asked_for(project, "lab"):
        name = CONDA_NAMES.get(wanted.name, wanted.name)
        ranges[name] = {str(clause) for clause in wanted.specifier}
    return ranges


def specs(environment, python=False):
    """The specs of all but Python, or of Python alone."""
    found = [spec for spec in environment["dependencies"] if isinstance(spec, str)]
    return [spec for spec in found if (spec.split()[0] == "python") == python]


def test_conda_names_one_python_that_the_course_promises():
    # In the form in which Binder finds it; of a range it takes no notice.
    [minor] = [re.fullmatch(r"python\s*=+\s*(\d+\.\d+)", spec)[1] for spec in specs(CONDA, True)]
    assert f"Programming Language :: Python :: {minor}" in PROJECT["classifiers"]
    assert SpecifierSet(PROJECT["requires-python"]).contains(minor)


def test_conda_and_pip_ask_for_the_same():
    assert conda_ranges(specs(CONDA)) == pip_ranges(PROJECT)


def test_conda_takes_the_course_itself_from_this_folder():
    assert CONDA["channels"] == ["conda-forge", "nodefaults"]
    assert [entry for entry in CONDA["dependencies"] if not isinstance(entry, str)] == [
        {"pip": ["-e ."]}
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("numpy >=2.0", "numpy >=2.1"),
        ("numpy >=2.0", "numpy >=2.0,<3"),
        ("numpy >=2.0", "numpy"),
        ("numpy >=2.0", "numpy-base >=2.0"),
        ("tqdm >=4.66", None),
    ],
)
def test_a_difference_is_found(old, new):
    changed = [new if spec == old else spec for spec in specs(CONDA)]
    assert changed != specs(CONDA)
    assert conda_ranges(filter(None, changed)) != pip_ranges(PROJECT)


@pytest.mark.parametrize("bad", ["numpy =>2", "numpy >>2", "numpy >=2 a b c", "numpy[", ""])
def test_a_spec_that_conda_cannot_read_is_found(bad):
    with pytest.raises(InvalidMatchSpecError):
        conda_ranges([bad])


def test_constraints_are_exact_versions_of_all_that_is_asked_for():
    pins = {canonicalize_name(pin.name): pin for pin in PINS}
    assert len(pins) == len(PINS)
    for pin in PINS:
        assert re.fullmatch(r"==[\w.]+", str(pin.specifier)), pin  # exact, and no "+cpu"
        assert not (pin.url or pin.marker or pin.extras), pin
    for requirement in asked_for(PROJECT, "test", "bench"):
        [clause] = pins[canonicalize_name(requirement.name)].specifier
        assert requirement.specifier.contains(clause.version), requirement


def test_the_pinned_versions_allow_the_oldest_python_that_is_promised():
    oldest = Version(PROJECT["requires-python"].removeprefix(">="))
    for pin in PINS:
        with suppress(PackageNotFoundError):  # the peers' need not be installed
            held = metadata(pin.name)
            allowed = held["Requires-Python"] or ""
            if pin.specifier.contains(held["Version"]):  # `make newest` has others
                assert SpecifierSet(allowed).contains(oldest), f"{pin}: {allowed}"


owners = cache(packages_distributions)


def imported(code):
    """The distributions outside the standard library and this project that Python code imports."""
    names = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add(node.module.split(".")[0])
    ours = {"vaelib", *(path.name for path in ROOT.iterdir() if (path / "__init__.py").exists())}
    return {
        canonicalize_name(owners().get(name, [name])[0])
        for name in names - ours - sys.stdlib_module_names
    }


def code_of(folder):
    paths = sorted((ROOT / folder).rglob("*.py"))
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def code_of_lessons():
    cells = [cell for name in hygiene.names() for cell in lessons.code_cells(hygiene.load(name).nb)]
    return "\n".join(cell.source for cell in cells)


@pytest.mark.parametrize(
    ("extras", "code"),
    [
        ([], code_of("vaelib")),
        ([], code_of_lessons()),
        ([], code_of("experiments")),
        (["test", "site"], code_of("tools")),
        (["class"], code_of("classroom")),
        (["test"], code_of("tests")),
        (["test", "bench"], code_of("benchmarks")),
    ],
    ids=["vaelib", "lessons", "experiments", "tools", "classroom", "tests", "benchmarks"],
)
def test_what_is_imported_is_asked_for(extras, code):
    asked = {canonicalize_name(wanted.name) for wanted in asked_for(PROJECT, *extras)}
    peers = {"pyro", "pythae", "atheris"}  # one that is not installed keeps its own name here
    assert imported(code) - peers <= asked


def test_there_is_one_version():
    assert PROJECT["dynamic"] == ["version"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## \[?(\d[\w.]*)", changes, re.M)[1]
    assert citation["version"] == newest == vaelib.__version__


@pytest.mark.parametrize(
    ("system", "gpu", "installed", "wanted"),
    [
        ("Linux", None, None, True),
        ("Linux", "/usr/bin/nvidia-smi", None, False),
        ("Linux", None, "torch", False),
        ("Darwin", None, None, False),
        ("Windows", None, None, False),
    ],
)
def test_the_cpu_build_is_for_linux_without_a_gpu(system, gpu, installed, wanted):
    assert cpu_torch.wanted(system, gpu, installed) == wanted


def test_an_index_that_does_not_answer_is_no_error():
    assert not cpu_torch.answers("http://127.0.0.1:9", seconds=1)  # a port that nobody listens on
    constraints = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert cpu_torch.pinned(constraints) in constraints.splitlines()
