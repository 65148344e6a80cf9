"""Two small VAEs of the digits for the page that draws one, with codes of 2 and of 20 numbers.

Data, likelihood and objective are lesson 08's: `mnist_5k`, pixels drawn black or white anew for
each minibatch, Bernoulli pixels, and the bound. The networks are narrower, so that both fit into a
page, and see the images 120 times. No download is needed.

Some pixels no training image uses. Their weights in the encoder, which training leaves where they
began, are set to 0: that changes no code of a training image, but a stroke there would else move
the code at random. The decoder gives them, for every z, the chance ½ / (N + 1) that N zeros allow.
"""

import math

from torch import nn

from vaelib.bound import elbo
from vaelib.data.digits import binarize, mnist_5k
from vaelib.drawing import stream
from vaelib.training import fit
from vaelib.vae import VAE

HIDDEN = {2: (64, 32), 20: (100,)}  # by the numbers in the code
RATES = {2: 4e-3, 20: 5e-3}  # lesson 08's
EPOCHS = 120


def new_vae(d):
    """The VAE with d numbers in its code, before its training."""
    return VAE(784, d, HIDDEN[d], generator=stream(0))


def make():
    """(model, state): both VAEs by their d, and how each one's training ended."""
    images = mnist_5k()
    x_test = binarize(images.x_test, stream(0))
    models, ends = nn.ModuleDict(), {}
    for d, lr in RATES.items():
        vae = new_vae(d)
        history = fit(
            vae, images.x_train, x_test, elbo,
            epochs=EPOCHS, batch_size=100, lr=lr, transform=binarize,
        )  # fmt: skip
        leave_out(vae.requires_grad_(False), images.x_train)
        models[str(d)], ends[d] = vae, history.rows[-1]
    return models, {"ends": ends}


def leave_out(vae, x_train):
    """Free both networks from the pixels that are 0 in all of x_train (N, 784)."""
    never, last = x_train.amax(0) == 0, vae.decoder.net[-1]
    vae.encoder.net[0].weight[:, never] = 0
    last.weight[never] = 0
    last.bias[never] = -math.log(2 * len(x_train) + 1)
