"""Data sets and mixtures that the tests of `vaelib.mixture` and `vaelib.estimator` share."""

import warnings

import mpmath
import numpy as np
import torch
from sklearn.exceptions import ConvergenceWarning

from vaelib.drawing import stream

TYPES = ("full", "tied", "diag", "spherical")


def fixed(x):
    x = x.copy()
    x.flags.writeable = False
    return x


# Arrays (n, ...) as people have them, made from plain ones.
LAYOUTS = {
    "plain": np.ascontiguousarray,
    "fortran": np.asfortranarray,
    "reversed": lambda x: x[::-1].copy()[::-1],
    "mirrored": lambda x: np.flip(np.flip(x).copy()),
    "strided": lambda x: np.repeat(x, 2, 0)[::2],
    "read-only": fixed,
    "broadcast": lambda x: np.broadcast_to(x, (2, *x.shape))[1],
    "big-endian": lambda x: fixed(x.astype(x.dtype.newbyteorder(">"))),
    "list": np.ndarray.tolist,
    "tensor": lambda x: torch.tensor(x, requires_grad=x.dtype.kind == "f"),
    "negated": lambda x: torch._neg_view(torch.tensor(-x)),
    "transposed": lambda x: torch.tensor(x.T.copy()).permute(*reversed(range(x.ndim))),
    "object": lambda x: x.astype(object),
    "longdouble": lambda x: x.astype(np.longdouble),
}


def fit(estimator, x, **options):
    """A fit that may stop before it converges."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return estimator(**options).fit(x)


def blobs(rng, n, n_features, n_clusters, spread):
    centres = spread * rng.normal(size=(n_clusters, n_features))
    return centres[rng.integers(n_clusters, size=n)] + rng.normal(size=(n, n_features))


def data_sets():
    """name → (x, n_components, options)."""
    rng = np.random.default_rng(0)
    angle = rng.uniform(0, np.pi, size=500)
    crescent = np.c_[np.cos(angle), np.sin(angle)] + 0.05 * rng.normal(size=(500, 2))
    plane = rng.normal(size=(500, 2))
    few = blobs(rng, 300, 2, 2, 4.0)
    few[:3] = [50.0, 50.0] + 0.1 * rng.normal(size=(3, 2))
    repeated = blobs(rng, 300, 2, 2, 4.0)
    repeated[:40] = [20.0, -20.0]
    stretched = blobs(rng, 600, 3, 3, 3.0) @ rng.normal(size=(3, 3)) * [1.0, 0.1, 3.0]
    discrete = rng.integers(4, size=(500, 2)).astype(float)
    three = blobs(rng, 400, 4, 3, 3.0)
    return {
        "one component": (blobs(rng, 300, 3, 2, 3.0), 1, {}),
        "one feature": (blobs(rng, 400, 1, 3, 4.0), 3, {}),
        "far apart": (blobs(rng, 500, 2, 4, 8.0), 4, {}),
        "heavy overlap": (blobs(rng, 500, 2, 4, 0.5), 4, {}),
        "anisotropic": (stretched, 3, {}),
        "scales from 0.01 to 1000": (blobs(rng, 500, 3, 3, 3.0) * [1e3, 1.0, 1e-2], 3, {}),
        "off the origin": (blobs(rng, 400, 3, 3, 3.0) + [100.0, -50.0, 20.0], 3, {}),
        "whole numbers, repeated": (discrete, 4, {}),
        "30 features": (blobs(rng, 600, 30, 3, 1.0), 3, {}),
        "a component of 3 points": (few, 4, {"reg_covar": 1e-2}),
        "a component of one point": (repeated, 4, {"reg_covar": 1e-2}),
        "nearly singular": (np.c_[plane, plane.sum(1) + 1e-3 * angle], 2, {}),
        "crescent": (crescent, 10, {}),
        "random start": (three, 3, {"init_params": "random"}),
        "start at data": (three, 5, {"init_params": "random_from_data"}),
        "k-means++ start": (three, 3, {"init_params": "k-means++"}),
    }


DATA_SETS = data_sets()
GOOD = {"weights": [0.5, 0.5], "means": np.zeros((2, 3)), "covariances": np.ones((2, 3))}


def a_mixture(covariance_type, n_components=3, n_features=4, seed=0):
    """Random parameters: weights, means, covariances."""
    generator = stream(seed)

    def draw(*shape):
        return torch.randn(*shape, generator=generator, dtype=torch.float64)

    factor = draw(n_components, n_features, n_features)
    full = factor @ factor.mT + 0.1 * torch.eye(n_features, dtype=torch.float64)
    covariances = {
        "full": full,
        "tied": full[:1],
        "diag": 0.1 + draw(n_components, n_features) ** 2,
        "spherical": 0.1 + draw(n_components) ** 2,
    }[covariance_type]
    return draw(n_components).softmax(0), 3 * draw(n_components, n_features), covariances


def as_matrices(covariances, n_components, n_features):
    """(K, D, D), of whatever type they are."""
    if covariances.ndim == 3:
        return covariances.expand(n_components, -1, -1)
    return torch.diag_embed(covariances.reshape(n_components, -1).expand(-1, n_features))


def some_points(n=200, n_features=4, seed=1):
    return 4 * torch.randn(n, n_features, generator=stream(seed), dtype=torch.float64)


def narrow(width, shape):
    """Points x (40, 3) of one narrow Gaussian far from 0, its mean and its covariance."""
    rng = np.random.default_rng(0)
    rotation = np.linalg.qr(rng.normal(size=(3, 3)))[0]
    variances = width**2 * np.ones(3) if shape == "tiny" else np.array([width**2, 1.0, 1.0])
    covariance = rotation * variances @ rotation.T
    mean = torch.tensor([2.0, -1.0, 3.0], dtype=torch.float64)
    x = mean + torch.from_numpy(rng.normal(size=(40, 3)) * np.sqrt(variances) @ rotation.T)
    return x, mean, torch.from_numpy((covariance + covariance.T) / 2)


def exact_log_density(x, mean, covariance):
    """log N(x | μ, Σ) by 60-digit arithmetic."""
    with mpmath.workdps(60):
        matrix = mpmath.matrix(covariance.tolist())
        constant = -(len(mean) * mpmath.log(2 * mpmath.pi) + mpmath.log(mpmath.det(matrix))) / 2
        inverse = matrix**-1
        values = []
        for point in x.tolist():
            y = mpmath.matrix(point) - mpmath.matrix(mean.tolist())
            values.append(float(constant - (y.T * inverse * y)[0] / 2))
    return torch.tensor(values, dtype=torch.float64)
