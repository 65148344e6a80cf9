"""environment.yml, constraints.txt and pyproject.toml say the same.

A conda solve cannot be run here; each of its specs is parsed strictly instead, and compared.
"""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from rattler import MatchSpec
from rattler.exceptions import InvalidMatchSpecError

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
    "nbconvert": "nbconvert-core",
    "jupyter-server-mathjax": "jupyter_server_mathjax",
}


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
    ranges = {"python": {*project["requires-python"].split(",")}, "pip": set()}
    for text in project["dependencies"]:
        wanted = Requirement(text)
        name = CONDA_NAMES.get(wanted.name, wanted.name)
        ranges[name] = {str(clause) for clause in wanted.specifier}
    return ranges


def specs(environment):
    return [spec for spec in environment["dependencies"] if isinstance(spec, str)]


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
        ("python >=3.11", "python >=3.12"),
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
    wanted = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]]
    pins = {canonicalize_name(pin.name): pin for pin in PINS}
    assert len(pins) == len(PINS)
    for pin in PINS:
        assert re.fullmatch(r"==[\w.]+", str(pin.specifier)), pin  # exact, and no "+cpu"
        assert not (pin.url or pin.marker or pin.extras), pin
    for requirement in map(Requirement, wanted):
        [clause] = pins[canonicalize_name(requirement.name)].specifier
        assert requirement.specifier.contains(clause.version), requirement
