"""Train on MNIST under a budget of CPU-seconds and set the result beside the published one.

`make mnist` runs it; `make mnist BUDGET=3600` gives it an hour. It is `python -m vaelib train`
followed by a table.
"""

import argparse
import json
import sys
from pathlib import Path

from vaelib.__main__ import main as vaelib

# Burda et al., *Importance Weighted Autoencoders* (2016), table 1: one stochastic layer of 50,
# 3,280 epochs, a standard normal prior, MNIST binarised anew in every epoch.
PUBLISHED = {"VAE (Burda et al. 2016)": 86.76, "IWAE, k = 50 (Burda et al. 2016)": 84.78}


def table(report):
    """Rows of a Markdown table: the run of report.json beside what was published."""
    head = ["model", "test −log p(x), nats", "test ELBO, nats", "epochs"]
    ours = [
        "this run",
        f"**{-report['log_px']:.2f} ± {report['log_px_se']:.2f}**",
        f"{report['elbo']:.2f} = {report['reconstruction']:.2f} − {report['kl']:.2f}",
        f"{report['epochs']:.0f}",
    ]
    rows = [[name, f"{nll:.2f}", "", "3,280"] for name, nll in PUBLISHED.items()]
    lines = [head, ["---"] * len(head), ours, *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--budget", default="600", help="CPU-seconds of training (600)")
    parser.add_argument("--k", default="5000", help="importance samples for log p(x) (5000)")
    parser.add_argument("--seed", default="0")
    parser.add_argument("--out", default="build/mnist", help="folder, new or empty")
    given = parser.parse_args()
    options = ["--budget", given.budget, "--k", given.k, "--seed", given.seed, "--out", given.out]
    status = vaelib(["train", "--data", "mnist", "--threads", "1", *options])
    if status:
        return status
    report = json.loads((Path(given.out) / "report.json").read_text(encoding="utf-8"))
    print(
        f"\n{table(report)}\n\n"
        f"All {report['n_test']:,} test images, binarised once; log p(x) from k = {report['k']:,} "
        "importance samples; ± is the standard error over the images. Trained on "
        f"{report['cpu_seconds']:.0f} CPU-seconds ({report['wall_seconds']:.0f} s wall).\n"
        "What differs from the published runs: another draw of the binarised test set, a learned "
        "mixture as the prior, 40 dimensions for their 50, wider networks with residual layers, "
        "AdamW."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
