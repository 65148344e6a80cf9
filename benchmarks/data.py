"""The images that all rows share."""

from functools import cache

from vaelib.data.digits import mnist, mnist_5k


@cache
def images():
    """Training pixels (N, 784) float32 in [0, 1], and the name of their set.

    MNIST where it can be had (VAELIB_DATA or a download), else the 5,000 images of `mnist_5k`.
    """
    try:
        return mnist().x_train, "MNIST"
    except ConnectionError:
        return mnist_5k().x_train, "mnist_5k"
