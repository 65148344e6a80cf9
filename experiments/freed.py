"""What is each freed Gaussian of a VAE worth, in nats of held-out digits?

    .venv/bin/python -m experiments.freed

takes about 8 CPU-minutes. A row is one VAE of mnist_5k, 4,000 digits binarised anew in every
epoch, 20 dimensions, one hidden layer of 200 in each network, Bernoulli pixels; Adam, batches of
200, the learning rate from `rate` to 0 along half a cosine over `epochs`. The "unchanged" one
raises L with one draw, the KL sampled, its gradient without the score term. `change` is one change:

* another seed: nothing but the seed, `seed` + 100; what a gain of nothing looks like;
* score term, analytic KL: two other gradients of the same L;
* four draws: L averaged over four draws of z; the control of L_4, at the same cost;
* L_4: `importance_weighted`, whose gradient is the doubly reparameterised one; and L_4, plain
  gradient: that of `log_prob` with four draws;
* learned Gaussian, mixture of 50: priors with parameters; two humps: a fixed prior, in each
  dimension half 𝒩(−1, ½²) and half 𝒩(1, ½²); deeper decoder: a second layer of 200, which adds;
* full covariance, in q. L = diag σ (I + N / 10), N from the encoder: with the package's own
  form, entries of L themselves, this rate is too high and training diverges;
* β = ½, β = 2: another factor on the KL in what is raised;
* labels: q(z|x, y) and p(x|z, y), with the unchanged one's gradient, and with the score term;
* all three: mixture of 50, full covariance, L_4.

Nats an image, means over the same 300 held-out images, binarised once: "elbo" is L at β = 1 from
four draws; with labels it is that of p(x, y), a bound on log p(x) too. "log_px" is read with 60
draws from q (60 for each label), "rise" is what 1,000 draws add on 50 of the images. "gain" is the
difference of log_px to the unchanged model of the same epochs, rate and seed; "se" and "gain_se"
are one standard error over the images.
"""

import math
import time
from functools import partial

import torch
from torch.distributions import Categorical, Independent, MixtureSameFamily, Normal

from experiments import tables
from vaelib import VAE
from vaelib.bound import elbo, importance_weighted
from vaelib.data.digits import binarize, mnist_5k
from vaelib.distributions import FullNormal, detached
from vaelib.drawing import draw, drawing_from, stream
from vaelib.networks import Decoder, Encoder, diagonal_normal
from vaelib.training import fit

TOLERANCE = 0.05
D, WIDTH, K = 20, 200, 60
bound = partial(elbo, kl_form="sampled", score=False)


class TiltedEncoder(Encoder):
    """q(z|x) with L = diag σ (I + N / 10), N strictly lower triangular."""

    def forward(self, x):
        mu, logvar, below = self.net(x - self.x_mean).tensor_split((D, 2 * D), dim=-1)
        tilt = torch.eye(D).repeat(len(x), 1, 1)
        i, j = torch.tril_indices(D, D, offset=-1)
        tilt[:, i, j] = below / 10
        scale_tril = torch.exp(logvar / 2)[:, :, None] * tilt
        return FullNormal(mu, scale_tril=scale_tril, validate_args=False)


class Conditional(torch.nn.Module):
    """A VAE of x whose networks both read the label y, one of ten."""

    def __init__(self, x_mean, generator):
        super().__init__()
        with drawing_from(generator):
            both = torch.cat([x_mean, torch.full((10,), 0.1)])
            self.encoder = Encoder(784 + 10, D, (WIDTH,), x_mean=both)
            self.decoder = Decoder(D + 10, 784, (WIDTH,), x_mean=x_mean)
        self.prior = diagonal_normal(torch.zeros(D), torch.zeros(D))

    def terms(self, x, y, k, generator=None, score=False):
        """log p(x|z, y), and log q(z|x, y) − log p(z), for k draws of z: (k, n) each."""
        q = self.encoder(torch.cat([x, y], 1))
        z = draw(q, (k,), generator)
        x_given = self.decoder(torch.cat([z, y.expand(k, -1, -1)], -1))
        held = q if score else detached(q, z)
        return x_given.log_prob(x), held.log_prob(z) - self.prior.log_prob(z)

    def bound(self, xy, generator=None, score=False):
        log_px, ratio = self.terms(xy[:, :784], xy[:, 784:], 1, generator, score)
        return (log_px - ratio)[0], {"elbo": (log_px - ratio)[0]}

    def log_prob(self, x, k, generator):
        """log p(x) (n,): the label summed out, k draws of z for each of the ten."""
        one_hot = torch.eye(10)[:, None].expand(10, len(x), 10)
        parts = (self.terms(x, y, 20, generator) for y in one_hot for _ in range(k // 20))
        log_w = torch.cat([log_px_z - ratio for log_px_z, ratio in parts])
        return log_w.logsumexp(0) - math.log(len(log_w))


def two_humps():
    humps = Normal(torch.tensor([-1.0, 1.0]).expand(D, 2), 0.5)
    return Independent(MixtureSameFamily(Categorical(torch.ones(D, 2)), humps), 1)


def plain(model, x, generator=None):
    log_mean = model.log_prob(x, model.importance(4, generator))
    return log_mean, {"bound": log_mean}


four = partial(importance_weighted, k=4)
CHANGES = {  # name: objective, what the VAE is built with
    "unchanged": (bound, {}),
    "another seed": (bound, {}),
    "score term": (partial(elbo, kl_form="sampled"), {}),
    "analytic KL": (elbo, {}),
    "four draws": (partial(bound, n_samples=4), {}),
    "L_4": (four, {}),
    "L_4, plain gradient": (plain, {}),
    "learned Gaussian": (bound, {"prior": 1}),
    "mixture of 50": (bound, {"prior": 50}),
    "two humps": (bound, {"prior": two_humps()}),
    "deeper decoder": (bound, {}),
    "full covariance": (bound, {"covariance_type": "full"}),
    "β = ½": (partial(bound, beta=0.5), {}),
    "β = 2": (partial(bound, beta=2.0), {}),
    "labels": (Conditional.bound, None),
    "labels, score term": (partial(Conditional.bound, score=True), None),
    "all three": (four, {"prior": 50, "covariance_type": "full"}),
}
AT_6_ONLY = {"analytic KL", "L_4, plain gradient", "β = 2", "labels, score term"}


def build(change, x_mean, seed):
    given, start = CHANGES[change][1], stream(seed)
    if given is None:
        return Conditional(x_mean, start)
    model = VAE(784, D, (WIDTH,), x_mean=x_mean, generator=start, **given)
    with drawing_from(stream(seed)):
        if "covariance_type" in given:
            model.encoder = TiltedEncoder(784, D, (WIDTH,), covariance_type="full", x_mean=x_mean)
        if change == "deeper decoder":
            model.decoder = Decoder(D, 784, (WIDTH, WIDTH), residual=True, x_mean=x_mean)
    return model


@torch.no_grad()
def read(model, x, y):
    """The terms of L, log p(x) with 60 draws, and what 1,000 add on 50 images."""
    if isinstance(model, Conditional):
        log_px_z, ratio = model.terms(x, y, 4, stream(2))
        terms = {"reconstruction": log_px_z.mean(0), "kl": ratio.mean(0) + math.log(10)}
        read_with = model.log_prob
    else:
        _, terms = elbo(model, x, kl_form="sampled", n_samples=4, generator=stream(2))

        def read_with(x, k, generator):
            return model.log_prob(x, model.importance(k, generator))

    log_px = read_with(x, K, stream(1))
    rise = read_with(x[:50], 1000, stream(3)) - log_px[:50]
    return terms, log_px.double(), rise


def plan(small):
    """epochs, first learning rate, seeds and changes of each part of the table."""
    if small:
        return [(1, 2e-2, (0,), ("unchanged", "full covariance", "labels", "L_4"))]
    rated = ("unchanged", "four draws", "L_4", "mixture of 50")
    return [
        (6, 2e-2, range(5), CHANGES),
        *[(6, rate, range(1), rated) for rate in (5e-3, 1e-2)],
        (30, 2e-2, range(3), [change for change in CHANGES if change not in AT_6_ONLY]),
        (100, 2e-2, range(1), ("unchanged", "mixture of 50", "two humps")),
    ]


def rows(small=False):
    images = mnist_5k()
    n = 1000 if small else 4000
    x_train, labels = images.x_train[:n], torch.eye(10)[images.y_train[:n]]
    some = torch.randperm(1000, generator=stream(10))[:300]
    x_test = binarize(images.x_test, stream(0))[some]
    y_test = torch.eye(10)[images.y_test[some]]
    settings = {"batch_size": 200, "transform": binarize, "progress": False}
    for epochs, rate, seeds, changes in plan(small):
        for seed in seeds:
            for change in changes:
                started = time.process_time()
                own = seed + 100 if change == "another seed" else seed
                model = build(change, x_train.mean(0), own)
                data = x_train
                if isinstance(model, Conditional):
                    data = torch.cat([x_train, labels], 1)  # 0 and 1 stay as they are
                fit(
                    model, data, data[:100], CHANGES[change][0],
                    epochs=epochs, lr=rate, seed=own, **settings,
                )  # fmt: skip
                terms, log_px, rise = read(model, x_test, y_test)
                if change == "unchanged":
                    unchanged = log_px
                gain = log_px - unchanged
                yield {
                    "change": change,
                    "epochs": epochs,
                    "rate": rate,
                    "seed": seed,
                    "reconstruction": terms["reconstruction"].mean(),
                    "kl": terms["kl"].mean(),
                    "elbo": (terms["reconstruction"] - terms["kl"]).mean(),
                    "log_px": log_px.mean(),
                    "se": log_px.std() / len(log_px) ** 0.5,
                    "gain": gain.mean(),
                    "gain_se": gain.std() / len(gain) ** 0.5,
                    "rise": rise.mean(),
                    "seconds": time.process_time() - started,
                }


if __name__ == "__main__":
    tables.main(rows, __doc__, __file__)
