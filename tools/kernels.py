"""Compile the playground's kernels.ts to WebAssembly, into the text of wasm.js.

python -m tools.kernels      after `make assemblyscript`, which brings the compiler, by npm
"""

import base64
import subprocess
import tempfile
from pathlib import Path

from vaelib.teaching.explore import playground

ROOT = Path(__file__).resolve().parents[1]
COMPILER = ROOT / "build" / "assemblyscript" / "node_modules" / "assemblyscript" / "bin" / "asc.js"
ENGINE = playground.HERE / "engine"
TEXT = """// kernels.ts, compiled by `make kernels`.

// prettier-ignore
export const WASM =
  "{}";
"""


def compiled():
    """The text of wasm.js. CalledProcessError where kernels.ts is wrong."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kernels.wasm"
        options = "-O3 --noAssert --runtime stub --enable simd".split()
        command = ["node", COMPILER, ENGINE / "kernels.ts", *options, "-o", path]
        subprocess.run([*map(str, command)], check=True)
        return TEXT.format(base64.b64encode(path.read_bytes()).decode())


if __name__ == "__main__":
    (ENGINE / "wasm.js").write_text(compiled(), encoding="utf-8")
