"""Where do VAEs trained with β times the KL come to rest on the plane of rate and distortion?

    .venv/bin/python -m experiments.rates

takes about 4 CPU-minutes. A row is one VAE of mnist_5k, 4,000 binarised digits, 20 dimensions, one
hidden layer of 200 in each network, centred, Bernoulli pixels. Each is trained from its own start,
by Adam with batches of 100 and half a cosine to 0 over `epochs`.

"rate" (the KL), "distortion" (minus the reconstruction) and "log_px" (k = 200) are nats an image,
means over 500 held-out images; "train_distortion" is over 500 of those trained on. Two measures
compare pictures. "grey" is Σ 4 f (1 − f) over the pixels of a decoded mean f, the number of pixels
that are as good as undecided: for reconstructions, and for codes from the prior. "apart" is the
number of pixels in which a black-and-white draw differs from the nearest training image, mean over
500 draws: at codes from q(z|x) of held-out images, at codes from the prior, and of the held-out
images themselves.
"""

import time
from functools import partial

import torch

from experiments import tables
from vaelib import VAE
from vaelib.bound import elbo
from vaelib.data.digits import binarize, mnist_5k
from vaelib.drawing import draw, stream
from vaelib.training import fit

SEEDS, EPOCHS, BETAS = range(3), (12, 40), (0.05, 0.3, 1, 3, 10, 40)


def apart(x, known):
    """Pixels in which images (n, D) differ from their nearest among `known`, mean."""
    return (x.sum(1)[:, None] + known.sum(1) - 2 * x @ known.T).amin(1).mean()


@torch.no_grad()
def measures(model, x, x_seen, known):
    """x: held-out images (n, D); x_seen: as many that were trained on; known: (N, D)."""
    q = model.encode(x)
    terms = elbo(model, x, n_samples=5, generator=stream(1))[1]
    seen = elbo(model, x_seen, n_samples=5, generator=stream(1))[1]
    codes = draw(q, (), stream(2)), draw(model.prior, (len(x),), stream(3))
    means = [model.decode(z).mean for z in codes]
    grey = [(4 * f * (1 - f)).sum(1).mean() for f in (model.reconstruct(x), means[1])]
    return {
        "rate": terms["kl"].mean(),
        "distortion": -terms["reconstruction"].mean(),
        "train_distortion": -seen["reconstruction"].mean(),
        "elbo": terms["elbo"].mean(),
        "log_px": model.log_prob(x, model.importance(200, stream(4))).mean(),
        "grey_reconstruction": grey[0],
        "grey_prior": grey[1],
        "apart_posterior": apart(binarize(means[0], stream(5)), known),
        "apart_prior": apart(binarize(means[1], stream(6)), known),
        "apart_held_out": apart(x, known),
    }


def rows(small=False):
    images = mnist_5k()
    x_train, n = images.x_train[: 500 if small else None], 50 if small else 500
    x_test = binarize(images.x_test, stream(0))
    x_test = x_test[torch.randperm(len(x_test), generator=stream(1))[:n]]
    known = binarize(x_train, stream(14))
    x_seen = known[torch.randperm(len(known), generator=stream(2))[:n]]
    settings = {"batch_size": 100, "lr": 8e-3, "transform": binarize, "progress": False}
    for epochs in (1,) if small else EPOCHS:
        for beta in (0.3, 3) if small else BETAS:
            for seed in (0,) if small else SEEDS:
                started = time.process_time()
                model = VAE(784, 20, (200,), x_mean=x_train.mean(0), generator=stream(seed))
                raised = partial(elbo, beta=beta)
                fit(model, x_train, x_test[:100], raised, epochs=epochs, seed=seed, **settings)
                yield {
                    "beta": float(beta),
                    "epochs": epochs,
                    "seed": seed,
                    **measures(model, x_test, x_seen, known),
                    "seconds": time.process_time() - started,
                }


if __name__ == "__main__":
    tables.main(rows, __doc__, __file__)
