"""Installed copies: environments with the packages of this one, but the course only by a wheel."""

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def build(kind, folder, root=ROOT):
    """The path of the "wheel" or "sdist" that hatchling builds of the course, in a folder."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(folder)]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    [made] = Path(folder).glob("*.whl" if kind == "wheel" else "*.tar.gz")
    return made


def bare(folder):
    """The Python of a new environment: all packages of this one are there, the course is not."""
    venv.create(folder, symlinks=os.name != "nt")
    scheme = sysconfig.get_preferred_scheme("prefix")
    places = {"base": str(folder), "platbase": str(folder)}
    site = Path(sysconfig.get_path("purelib", scheme, places))
    for own in {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}:
        for entry in Path(own).iterdir():
            if "vaelib" not in entry.name and not (site / entry.name).exists():
                (site / entry.name).symlink_to(entry)
    return Path(sysconfig.get_path("scripts", scheme, places)) / Path(sys.executable).name


def run(python, *arguments, **env):
    """What that Python prints, run where the clone is not seen; AssertionError with its words."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VAELIB", "PIP"))}
    done = subprocess.run(
        [python, *arguments], cwd=python.parent, env=kept | env, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def install(python, wheel):
    """Install a wheel there, from the file alone."""
    run(python, "-m", "pip", "install", "--no-index", "--no-deps", "--quiet", str(wheel))
