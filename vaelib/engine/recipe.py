"""A good VAE of MNIST within ten minutes of one processor core, in one page.

The network is small. What makes it good is a learned mixture as the prior, gradients with less
noise, and a schedule that ends when the budget ends. `done` is the share of the budget that is
spent, from 0 to 1. What each part brings is in experiments/trials.md.

Sources: Tomczak & Welling (2018); Roeder et al. (2017); Burda et al. (2016); Loshchilov & Hutter,
*SGDR* (2017).
"""

import math
from functools import partial

import torch

from vaelib.bound import elbo, importance_weighted
from vaelib.data.digits import binarize
from vaelib.vae import VAE

BATCH_SIZE = 250
WEIGHT_DECAY = 1e-4

objective = partial(elbo, kl_form="sampled")


def make_model(x_train, seed=0):
    """The untrained VAE: x_train (N, D) gives the mean pixel it starts from."""
    return VAE(
        x_train.shape[1],
        latent_dim=40,
        hidden=(400, 400),
        residual=True,
        prior=200,
        covariance_type="full",
        x_mean=x_train.mean(0),
        generator=torch.Generator().manual_seed(seed),
    )


def learning_rate(done):
    """Up to 0.003 over the first 3 %, then down to 0 along half a cosine."""
    if done < 0.03:
        return 3e-3 * done / 0.03
    return 1.5e-3 * (1 + math.cos(math.pi * (done - 0.03) / 0.97))


def objective_at(done):
    """The ELBO, its KL weighted from 0.1 up to 1 over the first 10 %, in the end L_4."""
    if done < 0.7:
        beta = min(1.0, 0.1 + 9 * done)
        return partial(elbo, beta=beta, kl_form="sampled", score=False)
    return partial(importance_weighted, k=4)


def binarized_test(x_test):
    """The test images, binarised once, always the same: (n, D) → (n, D) of 0 and 1."""
    return binarize(x_test, generator=torch.Generator().manual_seed(0))
