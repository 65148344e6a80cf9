"""Where a fit begins: first responsibilities (n, K) of x (n, D), and an M-step on them.

Each draws from a RandomState as scikit-learn draws, so that both begin alike.
"""

import numpy as np
import torch
from sklearn.cluster import KMeans, kmeans_plusplus

from vaelib.mixture import unchecked_m_step


def kmeans(x, n_components, rng):
    """Each point belongs to its cluster of k-means."""
    labels = KMeans(n_components, n_init=1, random_state=rng).fit(x).labels_
    return np.eye(n_components)[labels]


def kmeans_plus_plus(x, n_components, rng):
    """Each component has one point, far from the others."""
    return _one_each(x, kmeans_plusplus(x, n_components, random_state=rng)[1])


def random(x, n_components, rng):
    """Each point is shared out at random."""
    resp = rng.uniform(size=(len(x), n_components))
    return resp / resp.sum(1, keepdims=True)


def random_from_data(x, n_components, rng):
    """Each component has one point, chosen at random."""
    return _one_each(x, rng.choice(len(x), size=n_components, replace=False))


def _one_each(x, points):
    resp = np.zeros((len(x), len(points)))
    resp[points, np.arange(len(points))] = 1
    return resp


STARTS = {
    "kmeans": kmeans,
    "k-means++": kmeans_plus_plus,
    "random": random,
    "random_from_data": random_from_data,
}


def first_mixture(start, x, centre, rng, n_components, covariance_type, reg_covar):
    """The mixture, of x = X − centre, that an M-step makes of the responsibilities of a start."""
    resp = torch.from_numpy(start(x.numpy(), n_components, rng))
    found = unchecked_m_step(x, resp, covariance_type, reg_covar)
    if covariance_type != "tied" or resp.sum().round() == len(x):
        return found
    # As in scikit-learn, Σ = (Σ_n X_n X_nᵀ − Σ_k N_k μ_k μ_kᵀ) / Σ_k N_k: a point that belongs to
    # no component adds X_n X_nᵀ to it.
    X = x[resp.sum(1) == 0] + torch.from_numpy(centre)
    return found._replace(covariances=found.covariances + X.T @ X / resp.sum())
