"""Where a fit begins: responsibilities (n, K) from x (n, D) and a RandomState.

Each draws as scikit-learn draws, so that both begin alike.
"""

import numpy as np
from sklearn.cluster import KMeans, kmeans_plusplus


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
