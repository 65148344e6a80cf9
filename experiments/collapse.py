"""Which cures mend a deep VAE that collapses, and after how many epochs?

    .venv/bin/python -m experiments.collapse

takes about 9 CPU-minutes. A row is one VAE of mnist_5k, 4,000 binarised digits, 20 dimensions,
four hidden layers of 128 in each network (one of them in "one layer"), Bernoulli pixels, Adam with
batches of 100 and half a cosine from 0.01 (60 epochs: 0.005) to 0. `change` says what is done about
the collapse:

* centred: the encoder subtracts the average image, and the decoder starts at it;
* add: each hidden layer of equal width adds its input to its output;
* He: weights of the hidden layers are drawn with variance 2 / n_in, where PyTorch's have
  1 / (3 n_in), and their biases are 0;
* warm-up: β rises from 0.01 to 1 over the first half of the training;
* free bits: each dimension's KL, a batch's mean, is charged from half a nat on.

"heard" is how much the untrained decoder listens: the standard deviation of its log-odds over
200 codes from the prior, mean over pixels. "live" counts dimensions with a KL above 0.05 nats.
"kl", "elbo" and "log_px" (k = 100) are nats an image, means over 500 held-out images.
"""

import time
from functools import partial

import torch

from experiments import tables
from vaelib import VAE
from vaelib.bound import elbo
from vaelib.data.digits import binarize, mnist_5k
from vaelib.drawing import stream
from vaelib.training import fit

SEEDS = range(3)
RATES = {4: 1e-2, 20: 1e-2, 60: 5e-3}  # by epochs: at 1e-2 the plain layers diverge in 60
CHANGES = (
    "none",
    "warm-up",
    "free bits",
    "centred",
    "add",
    "He",
    "centred, add",
    "one layer, centred",
)


def start_as_he(net, generator):
    """Draw the weights of a network's hidden layers anew, as He et al. (2015) do."""
    hidden = [layer for layer in net.modules() if isinstance(layer, torch.nn.Linear)][:-1]
    for layer in hidden:
        torch.nn.init.kaiming_normal_(layer.weight, nonlinearity="relu", generator=generator)
        torch.nn.init.zeros_(layer.bias)


def build(change, x_mean, seed):
    hidden = (128,) if "one layer" in change else (128,) * 4
    model = VAE(
        784,
        20,
        hidden,
        residual="add" in change,
        x_mean=x_mean if "centred" in change else None,
        generator=stream(seed),
    )
    if "He" in change:
        for net in (model.encoder.net, model.decoder.net):
            start_as_he(net, stream(1000 + seed))
    return model


def kl_of_each(model, x):
    """KL(q(z|x) ‖ p(z)) of each dimension of z, mean over x: (d,), nats."""
    q = model.encode(x)
    return 0.5 * (q.variance + q.mean**2 - 1 - q.variance.log()).mean(0)


def free_bits(model, x, generator=None):
    _, terms = elbo(model, x, generator=generator)
    charged = kl_of_each(model, x).clamp(min=0.5).sum()
    return terms["reconstruction"] - charged, terms


def objective_at(change):
    """From the part of the training that is done, 0 to 1, to what is raised."""
    if change == "warm-up":
        return lambda done: partial(elbo, beta=min(1, 0.01 + 2 * done))
    return lambda done: free_bits if change == "free bits" else elbo


@torch.no_grad()
def measures(model, x):
    each = kl_of_each(model, x)
    return {
        "live": int((each > 0.05).sum()),
        "kl": each.sum(),
        "elbo": elbo(model, x, n_samples=5, generator=stream(1))[1]["elbo"].mean(),
        "log_px": model.log_prob(x, model.importance(100, stream(2))).mean(),
    }


def rows(small=False):
    images = mnist_5k()
    x_train, n = images.x_train[: 500 if small else None], 50 if small else 500
    x_test = binarize(images.x_test, stream(0))
    x_test = x_test[torch.randperm(len(x_test), generator=stream(1))[:n]]
    settings = {"batch_size": 100, "transform": binarize, "progress": False}
    for epochs, lr in {1: 1e-2}.items() if small else RATES.items():
        for change in ("warm-up", "free bits", "He") if small else CHANGES:
            for seed in (0,) if small else SEEDS:
                started = time.process_time()
                model = build(change, x_train.mean(0), seed)
                with torch.no_grad():
                    heard = model.decoder.net(torch.randn(200, 20, generator=stream(3))).std(0)
                choose = objective_at(change)
                fit(
                    model, x_train, x_test[:100], elbo,
                    objective_at=choose, epochs=epochs, lr=lr, seed=seed, **settings,
                )  # fmt: skip
                yield {
                    "change": change,
                    "epochs": epochs,
                    "seed": seed,
                    "heard": heard.mean(),
                    **measures(model, x_test),
                    "seconds": time.process_time() - started,
                }


if __name__ == "__main__":
    tables.main(rows, __doc__, __file__)
