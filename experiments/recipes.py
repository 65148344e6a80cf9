"""Which noise do ten losses assume, and what comes of it? On 4,000 grey digits.

    .venv/bin/python -m experiments.recipes

takes about 3 CPU-minutes. A row of the table is one trained VAE: 784 pixels, 64 hidden units, d =
20, Adam on 100 images with a learning rate that falls from 0.01 to 0 along a line; 400 steps are 10
epochs. A seed has its own weights, minibatches and noise, which its ten recipes share. "sigma_x" is
what a recipe assumes by (7.1), 0 for cross-entropy; "live" counts the dimensions whose KL, a mean
over 1,000 held-out digits, exceeds 0.05 nats, and "std_least", "std_most" are the noise √v of
these, means over the digits too. "error_train" and "error_test" are RMS a pixel. For "log_px" the
decoder's mean is frozen, its encoder trained on for 100 steps by the bound with the best σ_x, and
that σ_x set to the RMS error on training digits: held-out Gaussian log p(x) from 50 importance
samples, nats a digit, and "se", its standard error over the digits. "log_px_calibrated" is the same
with σ_x set to the RMS error on the held-out digits, one number for all their pixels.
"""

import math
import time
from itertools import pairwise

import torch
from torch.nn.functional import binary_cross_entropy_with_logits, silu

from experiments import tables
from vaelib.data.digits import mnist_5k
from vaelib.drawing import stream

D, SIZE, BATCH, RATE, N_DRAWS = 784, 20, 100, 1e-2, 50
RECIPES = {  # factors on the squared error, summed over pixels, and on the KL
    "σ_x learned": (None, 1),
    "σ_x = 0.1": (1 / (2 * 0.1**2), 1),
    "½ sum + KL": (1 / 2, 1),
    "sum + KL (½ lost)": (1, 1),
    "½ sum + S5's penalty": (1 / 2, 2),
    "pixel mean + KL": (1 / D, 1),
    "means over everything": (1 / D, 1 / SIZE),
    "pixel mean + 0.00025 KL": (1 / D, 0.00025),
    "cross-entropy, sum": (1, 1),  # the last two: factors on the cross-entropy
    "cross-entropy, pixel mean": (1 / D, 1),
}
C_X, C_Z = torch.tensor([(c_x or 0, c_z) for c_x, c_z in RECIPES.values()]).T[..., None]


def layers(sizes, generator):
    """Weights, as torch.nn.Linear's begin, and biases of 0, the same for every recipe."""
    parts = []
    for n_in, n_out in pairwise(sizes):
        w = (2 * torch.rand(1, n_in, n_out, generator=generator) - 1) / n_in**0.5
        parts += [w.repeat(len(RECIPES), 1, 1), torch.zeros(len(RECIPES), 1, n_out)]
    return [part.requires_grad_() for part in parts]


def net(parts, x):
    """x (n, in) or (10, n, in) → (10, n, out)."""
    x = x.expand(len(RECIPES), -1, -1)
    for i in range(0, len(parts), 2):
        x = torch.baddbmm(parts[i + 1], silu(x) if i else x, parts[i])
    return x


class Recipes:
    """Ten VAEs side by side."""

    def __init__(self, x_train, generator):
        self.x, self.mean, self.generator = x_train, x_train.mean(0), generator
        self.encoder, self.decoder = (
            layers(sizes, generator) for sizes in ((D, 64, 2 * SIZE), (SIZE, 64, D))
        )

    def code(self, x):
        """z, KL of each dimension, m and logvar, (10, n, d) each."""
        m, logvar = net(self.encoder, x - self.mean).chunk(2, dim=2)
        eps = torch.randn(m.shape[1:], generator=self.generator)
        kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar)
        return m + torch.exp(logvar / 2) * eps, kl, m, logvar

    def logits(self, z):
        return self.mean.logit() + net(self.decoder, z)

    def squared_error(self, x, z):
        return ((x - self.logits(z).sigmoid()) ** 2).sum(2)  # (10, n)

    def train(self, n_steps, frozen=False):
        """Each by its own loss; or, with frozen decoders, all by the bound with the best σ_x."""
        for part in self.decoder:
            part.requires_grad_(not frozen)
        parameters = self.encoder if frozen else self.encoder + self.decoder
        optimizer = torch.optim.Adam(parameters, lr=RATE, fused=True)
        for step in range(n_steps):
            optimizer.param_groups[0]["lr"] = RATE * (1 - step / n_steps)
            x = self.x[torch.randint(len(self.x), (BATCH,), generator=self.generator)]
            z, kl, *_ = self.code(x)
            loss = self.bounds(x, z, kl.sum(2)) if frozen else self.losses(x, z, kl.sum(2))
            optimizer.zero_grad()
            loss.mean(1).sum().backward()
            optimizer.step()

    def bounds(self, x, z, kl):
        error = self.squared_error(x, z)
        return best_factor(error) * error + kl

    def losses(self, x, z, kl):
        out = self.logits(z)
        error = ((x - out[:8].sigmoid()) ** 2).sum(2)
        entropy = binary_cross_entropy_with_logits(
            out[8:], x.expand(2, -1, -1), reduction="none"
        ).sum(2)
        factor = torch.cat([best_factor(error[:1]), C_X[1:]])
        return factor * torch.cat([error, entropy]) + C_Z * kl


def best_factor(error):
    """1 / (2 σ_x²) for the best σ_x of this batch, (…, 1)."""
    return D / (2 * error.detach().mean(1, keepdim=True))


@torch.no_grad()
def of_codes(vaes, x_test):
    """{name: (10,)} of the code and the errors, for each recipe's own encoder."""
    z, kl, _, logvar = vaes.code(x_test)
    z_train = vaes.code(vaes.x[:1000])[0]
    live = kl.mean(1) > 0.05  # (10, d)
    std = torch.exp(logvar / 2).mean(1)
    none = ~live.any(1)
    return {
        "live": live.sum(1),
        "std_least": std.where(live, 1).amin(1),
        "std_most": std.where(live, 0).amax(1).where(~none, 1),
        "error_train": (vaes.squared_error(vaes.x[:1000], z_train).mean(1) / D).sqrt(),
        "error_test": (vaes.squared_error(x_test, z).mean(1) / D).sqrt(),
    }


@torch.no_grad()
def log_px(vaes, x_test):
    """Held-out log p(x) by importance sampling with each of two σ_x, (2, 10, n)."""
    errors = (vaes.squared_error(x, vaes.code(x)[0]) for x in (vaes.x[:1000], x_test))
    variance = torch.stack([error.mean(1, keepdim=True) / D for error in errors])  # σ_x² (2, 10, 1)
    log_w = []
    for _ in range(N_DRAWS):
        z, _, m, logvar = vaes.code(x_test)
        error = vaes.squared_error(x_test, z)
        log_px_z = -0.5 * (error / variance + D * (2 * math.pi * variance).log())
        eps = (z - m) / torch.exp(logvar / 2)
        log_w.append(log_px_z - 0.5 * (z**2 - eps**2 - logvar).sum(2))  # p(x|z) p(z) / q(z|x)
    return torch.stack(log_w).logsumexp(0) - math.log(N_DRAWS)


def rows(small=False):
    images = mnist_5k()
    x_train, x_test = (
        (255 * x + torch.rand(x.shape, generator=stream(1))) / 256  # a density needs no steps
        for x in (images.x_train, images.x_test)
    )
    x_test = x_test[:50] if small else x_test
    for n_steps in (20,) if small else (400, 2000):
        for seed in range(1 if small else 5):
            begun = time.process_time()
            vaes = Recipes(x_train, stream(100 + seed))
            vaes.train(n_steps)
            found = of_codes(vaes, x_test)
            vaes.train(5 if small else 100, frozen=True)
            nats, calibrated = log_px(vaes, x_test)
            seconds = (time.process_time() - begun) / len(RECIPES)
            for k, (recipe, (c_x, c_z)) in enumerate(RECIPES.items()):
                values = {name: value[k].item() for name, value in found.items()}
                learned = values["error_train"] if c_x is None else (c_z / (2 * c_x)) ** 0.5
                yield {
                    "recipe": recipe,
                    "steps": n_steps,
                    "seed": seed,
                    "sigma_x": 0.0 if recipe.startswith("cross") else learned,
                    **values,
                    "log_px": nats[k].mean().item(),
                    "se": (nats[k].std() / len(x_test) ** 0.5).item(),
                    "log_px_calibrated": calibrated[k].mean().item(),
                    "seconds": seconds,
                }


if __name__ == "__main__":
    tables.main(rows, __doc__, __file__)
