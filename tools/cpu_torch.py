"""Install PyTorch's CPU build into a new .venv where that spares gigabytes; says what it does.

On Linux pip takes the build with CUDA by default: 2.7 GB to download for torch 2.13.0 with its
NVIDIA libraries and triton, against 0.2 GB for the CPU build (Python 3.11, x86-64: the sizes that
the package index states and that of the wheel). Without an NVIDIA GPU the rest is of no use.
"""

import platform
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from urllib.request import urlopen

INDEX = "https://download.pytorch.org/whl/cpu"
CONSTRAINTS = Path(__file__).resolve().parents[1] / "constraints.txt"


def wanted(system, gpu, installed):
    """Whether the CPU build is to be installed: on Linux without a GPU, where torch is missing."""
    return system == "Linux" and not gpu and not installed


def answers(index, seconds=5):
    """Whether the index answers within the time."""
    try:
        with urlopen(f"{index}/torch/", timeout=seconds):
            return True
    except OSError:
        return False


def pinned(constraints):
    """The requirement of torch that the text of constraints.txt holds."""
    return re.search(r"^torch==\S+$", constraints, re.M)[0]


def main():
    """Install the CPU build if it is wanted and can be had; otherwise pip decides afterwards."""
    if not wanted(platform.system(), shutil.which("nvidia-smi"), find_spec("torch")):
        return
    if answers(INDEX):
        print(f"No NVIDIA GPU: PyTorch's CPU build, 0.2 GB, from {INDEX}", flush=True)
        torch = pinned(CONSTRAINTS.read_text(encoding="utf-8"))
        install = [sys.executable, "-m", "pip", "install", "--no-deps", "--index-url", INDEX, torch]
        if subprocess.run(install, check=False).returncode == 0:
            return
    print(
        f"No CPU build of PyTorch from {INDEX}: pip takes the build it finds, which by default "
        "has CUDA inside and is 2.7 GB to download",
        flush=True,
    )


if __name__ == "__main__":
    main()
