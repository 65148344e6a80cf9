"""JavaScript in node: what the browser computes, without a browser."""

import json
import shutil
import subprocess
from pathlib import Path

import numpy as np

from tests.helpers.programs import missing
from vaelib.teaching.explore.files import HERE
from vaelib.teaching.explore.scene import Scene

JS = Path(__file__).resolve().parents[1] / "js"


def node(*arguments, content=None):
    """What node prints, with `content` as JSON on its standard input."""
    program = shutil.which("node")
    if program is None:
        missing("node", "the browser's own code is tested where Node.js, 20 or newer, is installed")
    command = [program, "--no-warnings", *map(str, arguments)]
    run = subprocess.run(
        command, input=json.dumps(content), capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def call(module, function, *lists):
    """function(…) of a module of the explorers, for each of the arguments' rows."""
    content = {
        "module": str(HERE / module),
        "function": function,
        "rows": list(zip(*lists, strict=True)),
    }
    return json.loads(node(JS / "call.mjs", content=content))


def scenes(explorer, places):
    """The scenes that the browser computes; the fixed arrays must stay as they are."""
    fixed = {name: _sent(array) for name, array in explorer.fixed_arrays().items()}
    content = {"module": str(explorer.evaluator), "fixed": fixed, "places": places}
    answers = json.loads(node(JS / "scenes.mjs", content=content))
    return [
        Scene({name: _read(array) for name, array in arrays.items()}, *words)
        for arrays, *words in answers
    ]


def check_twins(explorer, places, tolerance=1e-9):
    """At those places the browser says and draws what Python does; bytes may differ by one."""
    for place, theirs in zip(places, scenes(explorer, places), strict=True):
        ours = explorer.draw(**place)
        assert theirs[1:] == ours[1:]
        assert set(theirs.arrays) == set(ours.arrays)
        for name, array in ours.arrays.items():
            found = theirs.arrays[name].astype(float)  # a half may be rounded the other way
            atol = 1 if array.dtype == np.uint8 else tolerance
            np.testing.assert_allclose(found, array, rtol=tolerance, atol=atol, err_msg=name)
            assert found.shape == array.shape, name


def _sent(array):
    kind = "Uint8Array" if array.dtype == np.uint8 else "Float32Array"  # as pages hold them
    return {"kind": kind, "data": array.ravel().tolist(), "shape": array.shape}


def _read(array):
    dtype = np.uint8 if array["kind"] == "Uint8Array" else np.float64
    return np.array(array["data"], dtype).reshape(array["shape"])
