"""EM for Gaussian mixtures: vaelib in float64 and float32 against scikit-learn in float64.

Both sides fit the same rows from the same weights, means and precisions for the same number of
iterations. What a fit does beside them is timed on its own and taken off: for vaelib a fit with
`max_iter=0`, for scikit-learn, which cannot do that from given precisions, the E-step that ends
its fit.
"""

import warnings
from functools import cache, partial

import numpy as np
import sklearn.mixture
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.exceptions import ConvergenceWarning

from benchmarks import limits
from benchmarks.data import blobs, images
from benchmarks.harness import Comparison, Disagreement, Side
from vaelib.estimator import GaussianMixture
from vaelib.mixture import m_step

TOLERANCE = {"float64": 1e-6, "float32": 1e-4}  # nats a point, for data of this type
PEER = "scikit-learn"
N_FEATURES = 50
# K → iterations in a run, rounds at most
FULL = {10: (20, None), 100: (3, None), 512: (2, 3)}
DIAG = {100: (20, None), 512: (5, None)}
QUICK_FULL = {10: (20, None), 100: (2, None)}
QUICK_DIAG = {100: (10, None), 512: (5, 1)}
# (N, K, D, iterations): Gaussians that overlap, and Gaussians far apart
OVERLAPPING = [(12_000, 100, 50, 10), (60_000, 10, 50, 20), (12_000, 100, 10, 20)]
APART = [(60_000, 10, 50, 20), (12_000, 100, 50, 10)]
SPREAD_OVERLAPPING, SPREAD_APART = 0.1, 3.0  # of the means, in standard deviations of a component
QUICK_ROWS, QUICK_ITERATIONS = 10_000, 3
E_STEP_ROWS = 5000


def full(quick):
    """K = 10, 100, 512; quick: 10,000 rows, fewer iterations, without K = 512."""
    yield from _rows("full", QUICK_FULL if quick else FULL, quick)


def diag(quick):
    """K = 100, 512; quick: 10,000 rows, fewer iterations."""
    yield from _rows("diag", QUICK_DIAG if quick else DIAG, quick)


def overlapping(quick):
    """12,000 points, K = 100, D = 50 and 10, and 60,000, K = 10; quick: 10,000 of the first."""
    yield from _made("overlapping", SPREAD_OVERLAPPING, OVERLAPPING, quick)


def apart(quick):
    """60,000 points, K = 10, and 12,000, K = 100; quick: 10,000 of the first."""
    yield from _made("well separated", SPREAD_APART, APART, quick)


@cache
def pca():
    """(N, 50) float64: the first 50 principal components of the training images."""
    pixels, name = images()
    return PCA(N_FEATURES, random_state=0).fit_transform(pixels.double().numpy()), name


def start(x, n_components, covariance_type):
    """Arguments that begin a fit at the clusters of k-means, three EM steps on."""
    labels = KMeans(n_components, n_init=1, max_iter=10, random_state=0).fit(x).labels_
    resp = np.zeros((len(x), n_components))
    resp[np.arange(len(x)), labels] = 1
    parameters = m_step(x, resp, covariance_type, reg_covar=1e-6)
    begin = _arguments(covariance_type, *(p.numpy() for p in parameters))
    found = fit(GaussianMixture, x, begin, max_iter=3)
    return _arguments(covariance_type, found.weights_, found.means_, found.covariances_)


def _arguments(covariance_type, weights, means, covariances):
    if covariance_type == "full":
        precisions = np.linalg.inv(covariances)
        precisions = (precisions + precisions.swapaxes(1, 2)) / 2
    else:
        precisions = 1 / covariances
    return {
        "n_components": len(means),
        "covariance_type": covariance_type,
        "weights_init": weights / weights.sum(),
        "means_init": means,
        "precisions_init": precisions,
    }


def fit(estimator, x, begin, max_iter):
    """The estimator after `max_iter` iterations: with tol=0, EM does not stop before."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return estimator(**begin, tol=0, max_iter=max_iter).fit(x)


def comparison(x, source, covariance_type, n_components, iterations, rounds=None):
    """The three sides on the rows x (n, D), and the products of vaelib's two."""
    begin = start(x, n_components, covariance_type)

    def side(estimator, rows, setup):
        run = partial(fit, estimator, rows, begin, iterations)
        return Side(lambda: run().lower_bound_, iterations, setup)

    ours, peer = GaussianMixture, sklearn.mixture.GaussianMixture
    rounded = {dtype: x.astype(dtype) for dtype in TOLERANCE}
    sides = {
        f"vaelib {dtype}": side(ours, rows, partial(fit, ours, rows, begin, 0))
        for dtype, rows in rounded.items()
    }
    holds = []
    for dtype, rows in rounded.items():
        run, words = limits.em(rows, begin, iterations)
        sides[f"products {dtype}"] = Side(run, iterations)
        holds.append(f"{dtype}: {words}")
    some = fit(peer, x[:E_STEP_ROWS], begin, 1)  # any parameters: an E-step's time is the same
    sides[PEER] = side(peer, x, partial(some.score_samples, x))
    return Comparison(
        title=f"EM, {covariance_type} covariances, K = {n_components}: "
        f"N = {len(x):,}, D = {x.shape[1]}, {source}",
        unit="EM iteration",
        sides=sides,
        pairs=[(f"vaelib {dtype}", PEER) for dtype in rounded],
        check=agreement,
        limits=[(f"vaelib {dtype}", f"products {dtype}") for dtype in rounded],
        holds="; ".join(holds),
        rounds=rounds,
    )


def agreement(bounds):
    """bounds : {side: mean log-likelihood in nats after the same iterations}."""
    parts = []
    for dtype, tolerance in TOLERANCE.items():
        difference = abs(bounds[f"vaelib {dtype}"] - bounds[PEER])
        if not difference <= tolerance:
            raise Disagreement(
                f"{dtype}: log-likelihoods differ by {difference:.1e} nats, over {tolerance:g}"
            )
        parts.append(f"{dtype} {difference:.0e}")
    return f"log-likelihood {bounds[PEER]:.4f} nats, differences: {', '.join(parts)}"


def _rows(covariance_type, table, quick):
    x, source = pca()
    if quick:
        x = x[:QUICK_ROWS]
    for n_components, (iterations, rounds) in table.items():
        yield comparison(x, source, covariance_type, n_components, iterations, rounds)


def _made(source, spread, table, quick):
    for n, n_components, n_features, iterations in table[:1] if quick else table:
        x = blobs(min(n, QUICK_ROWS) if quick else n, n_components, n_features, spread)
        iterations = QUICK_ITERATIONS if quick else iterations
        yield comparison(x, f"{source} Gaussians", "full", n_components, iterations)
