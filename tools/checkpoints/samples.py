"""The decoder of lesson 08's VAE, and how far its samples are from the training images.

Trained with the lesson's settings; the encoder is left out. Of 500 samples at each temperature,
and of the held-out digits: the median of the squared distance to the nearest training image.
"""

from vaelib.bound import elbo
from vaelib.data.digits import binarize, mnist_5k
from vaelib.drawing import stream
from vaelib.teaching.explore.samples import DRAW, MEAN, TEMPERATURES, images, nearest, sample
from vaelib.training import fit
from vaelib.vae import VAE


def make():
    """(model, state): the decoder, and the medians by kind and temperature."""
    x_train, x_test = mnist_5k().x_train, images(DRAW)[1]
    vae = VAE(784, 20, (400,), generator=stream(0))
    fit(vae, x_train, x_test, elbo, epochs=15, batch_size=100, lr=5e-3, transform=binarize)
    decoder = vae.requires_grad_(False).decoder.half().float()  # as it will be read
    medians, held_out = {}, {}
    for kind in (DRAW, MEAN):
        known, unseen = images(kind)
        held_out[kind] = float(nearest(unseen, known)[0].median())
        medians[kind] = [
            float(nearest(sample(decoder, kind, t, 500, 99), known)[0].median())
            for t in TEMPERATURES
        ]
    return decoder.half(), {"medians": medians, "held_out": held_out}
