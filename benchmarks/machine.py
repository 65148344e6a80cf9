"""Where, when and with what something was measured."""

import os
import platform
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = "torch numpy scikit-learn pythae pyro-ppl pillow threadpoolctl vaelib".split()


def describe(rounds, threads, quick):
    """A dict for the JSON; its "heading" is two lines for people."""
    versions = {name: _version(name) for name in PACKAGES}
    cpu, when, cores = _cpu_name(), time.strftime("%Y-%m-%d %H:%M"), os.cpu_count()
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    facts = [f"{cpu}, {cores} cores", when, f"{rounds} rounds" + ", quick" * quick]
    if load is not None:
        facts.append(f"load {load:.1f} before it began")
    installed = ", ".join(f"{k} {v}" for k, v in versions.items() if v and k != "vaelib")
    return {
        "heading": f"{'; '.join(facts)}\n{installed}",
        "date": when,
        "cpu": cpu,
        "cores": cores,
        "load_at_start": load,
        "python": platform.python_version(),
        "versions": versions,
        "threads": threads,
        "rounds": rounds,
        "quick": quick,
        "environment": {k: v for k, v in os.environ.items() if k.startswith(("OMP_", "MKL_"))},
    }


def _version(name):
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _cpu_name():
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
