"""The images that all rows share, and points drawn from Gaussians."""

from functools import cache

import numpy as np

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


def blobs(n, n_components, n_features, spread):
    """Draw (n, D) float64 from K Gaussians of many shapes, their means N(0, spread²); one seed."""
    rng = np.random.default_rng(0)
    means = spread * rng.normal(size=(n_components, n_features))
    label, x = rng.integers(n_components, size=n), rng.normal(size=(n, n_features))
    for k, mean in enumerate(means):
        shape = np.eye(n_features) + rng.normal(size=(n_features, n_features)) / n_features**0.5
        x[label == k] = mean + x[label == k] @ shape.T
    return x
