"""How long does lesson 08's VAE of real digits have to train? 15, 45 and 135 epochs, three seeds.

    .venv/bin/python -m experiments.longer

takes about 3 CPU-minutes. A row is one of fifteen moments of a training, evenly spaced: the bound
and its KL on the 1,000 held-out images, drawn black or white once, and the bound on the training
images as they were drawn in that epoch. The learning rate falls along half a cosine to 0 in each
of the three, so a shorter training is not the beginning of a longer one. A seed is of the weights,
the order, and all noise; the images are the same.
"""

import time

from experiments import tables
from vaelib import VAE
from vaelib.bound import elbo
from vaelib.data.digits import binarize, mnist_5k
from vaelib.drawing import stream
from vaelib.training import fit

EPOCHS, N_SEEDS, MOMENTS = (15, 45, 135), 3, 15


def rows(small=False):
    images = mnist_5k()
    x_train, x_test = images.x_train, binarize(images.x_test, stream(0))
    x_train = x_train[:400] if small else x_train
    for epochs in EPOCHS[:1] if small else EPOCHS:
        for seed in range(1 if small else N_SEEDS):
            start = time.process_time()
            model = VAE(784, 20, (400,), generator=stream(seed))
            history = fit(
                model, x_train, x_test, elbo,
                epochs=epochs, batch_size=100, lr=5e-3, seed=seed, transform=binarize,
                progress=False,
            )  # fmt: skip
            seconds = time.process_time() - start
            every = epochs // MOMENTS
            for epoch in range(every, epochs + 1, every):
                row = history.rows[epoch - 1]
                yield {
                    "epochs": epochs,
                    "epoch": epoch,
                    "seed": seed,
                    "train_elbo": row["train_elbo"],
                    "test_elbo": row["test_elbo"],
                    "test_kl": row["test_kl"],
                    "seconds": seconds,
                }


if __name__ == "__main__":
    tables.main(rows, __doc__, __file__)
