"""Principal components of the digits, for the loss that is weighed: nothing is trained.

The eigenvalues and the first directions of the training images' covariance, as in lesson 07, and
what a linear VAE's bound on the held-out images needs: their mean squares along each direction.
"""

import torch

from vaelib.data.digits import mnist_5k
from vaelib.teaching.explore.linear_vae import SIZE


def make():
    """(model, state): no model, and the components."""
    images = mnist_5k()
    x_train, x_test = images.x_train.double(), images.x_test.double()
    mean = x_train.mean(0)
    cov = (x_train - mean).T @ (x_train - mean) / len(x_train)
    eigenvalues, directions = (part.flip(-1) for part in torch.linalg.eigh(cov))  # largest first
    first = [int((images.y_test == digit).nonzero()[0]) for digit in range(8)]
    state = {
        "mean": mean.half(),
        "eigenvalues": eigenvalues,
        "squares": ((x_test - mean) @ directions).square().mean(0),
        "directions": directions[:, :SIZE].half(),
        "digits": (255 * x_test[first]).round().byte(),
    }
    return torch.nn.Module(), state
