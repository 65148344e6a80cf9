"""Gaussian mixtures, p(x) = Σ_k π_k N(x | μ_k, Σ_k): e_step, m_step, GaussianMixture.

The equations, as two matrix products, are in `vaelib.mixture`; what many dimensions allow to leave out,
in `vaelib.screening`; here is the estimator around them.

Sources: C. Bishop, *Pattern Recognition and Machine Learning* (2006), §9.2;
Dempster, Laird, Rubin, *Maximum likelihood from incomplete data via the EM algorithm* (1977).
"""

import warnings
from functools import partial
from numbers import Integral, Real

import numpy as np
import torch
from sklearn.base import BaseEstimator, DensityMixin, _fit_context
from sklearn.cluster import KMeans, kmeans_plusplus
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils import check_random_state
from sklearn.utils._param_validation import Interval, StrOptions
from sklearn.utils.validation import check_is_fitted, validate_data

from vaelib import checks
from vaelib.engine import products, screening

DTYPES = {"float64": torch.float64, "float32": torch.float32}


class GaussianMixture(DensityMixin, BaseEstimator):
    """A Gaussian mixture fitted by EM: arguments, attributes and methods as in scikit-learn.

    Arguments: `n_components` K; `covariance_type` "full", "diag" or "spherical"; EM stops when the
    mean log-likelihood gains less than `tol` nats, or after `max_iter` steps (ConvergenceWarning);
    `reg_covar` is added to each variance; the best of `n_init` starts is kept; a start is an M-step
    on the responsibilities of `init_params` ("kmeans", "k-means++", "random", "random_from_data"),
    except for what `weights_init` (K,), `means_init` (K, D) and `precisions_init` (shaped as
    `covariances_`) give. `dtype` "float32" fits with products in float32, faster, log-likelihoods
    right to about 1e-4 nats a point; parameters and all else are float64, and so is a fit of full
    covariances in more than 200 dimensions, which takes no such products.

    Attributes: `weights_` (K,), `means_` (K, D), `covariances_` (K, D, D), (K, D) or (K,);
    `lower_bounds_`, the mean log-likelihood of a point in nats before each step, and
    `lower_bound_`, the last of them; `converged_`, `n_iter_`, `n_features_in_`.

    Raises ValueError for what is not finite, not of the right shape or size, or not a mixture, and
    when a component's covariance collapses.
    """

    _parameter_constraints = {
        "n_components": [Interval(Integral, 1, None, closed="left")],
        "covariance_type": [StrOptions(set(checks.COVARIANCE_TYPES))],
        "tol": [Interval(Real, 0, None, closed="left")],
        "reg_covar": [Interval(Real, 0, None, closed="left")],
        "max_iter": [Interval(Integral, 0, None, closed="left")],
        "n_init": [Interval(Integral, 1, None, closed="left")],
        "init_params": [StrOptions({"kmeans", "k-means++", "random", "random_from_data"})],
        "weights_init": ["array-like", None],
        "means_init": ["array-like", None],
        "precisions_init": ["array-like", None],
        "random_state": ["random_state"],
        "dtype": [StrOptions(set(DTYPES))],
    }

    def __init__(
        self,
        n_components=1,
        *,
        covariance_type="full",
        tol=1e-3,
        reg_covar=1e-6,
        max_iter=100,
        n_init=1,
        init_params="kmeans",
        weights_init=None,
        means_init=None,
        precisions_init=None,
        random_state=None,
        dtype="float64",
    ):
        self.n_components = n_components
        self.covariance_type = covariance_type
        self.tol = tol
        self.reg_covar = reg_covar
        self.max_iter = max_iter
        self.n_init = n_init
        self.init_params = init_params
        self.weights_init = weights_init
        self.means_init = means_init
        self.precisions_init = precisions_init
        self.random_state = random_state
        self.dtype = dtype

    @classmethod
    def from_parameters(cls, weights, means, covariances, covariance_type="full"):
        """The mixture of these weights (K,), means (K, D) and covariances, as if fitted.

        Raises ValueError as `e_step` does, and for a covariance_type that does not fit.
        """
        given = checks.check_mixture(weights, means, covariances, covariance_type)
        components = products.Components(*(p.detach().clone() for p in given)).checked()
        n_components, n_features = components.means.shape
        mixture = cls(n_components, covariance_type=covariance_type)
        mixture.n_features_in_ = n_features
        return mixture._keep(components)

    @_fit_context(prefer_skip_nested_validation=True)
    def fit(self, X, y=None):
        """Raise the likelihood of X (n, D) by EM from each of `n_init` starts; keep the best."""
        X = validate_data(self, X, dtype=np.float64, order="C", ensure_min_samples=2)
        if len(X) < self.n_components:
            raise ValueError(
                f"X: got n_samples = {len(X)}, wanted at least n_components = {self.n_components}"
            )
        rng = check_random_state(self.random_state)
        centre = np.median(X, axis=0)
        x = torch.from_numpy(X - centre)
        data = products.Data(x, self.covariance_type, DTYPES[self.dtype], store=True)
        screened = screening.worthwhile(data)
        em_step = screening.Screen(data).em_step if screened else partial(products.em_step, data)
        best = None
        for _ in range(self.n_init):
            components, bounds, converged = self._start(data, centre, rng), [], False
            while len(bounds) < self.max_iter and not converged:
                bound, components = em_step(components, self.reg_covar)
                converged = bool(bounds) and abs(bound - bounds[-1]) < self.tol
                bounds.append(bound)
            if best is None or (bounds and bounds[-1] > best[1][-1]):
                best = components, bounds, converged
        components, self.lower_bounds_, self.converged_ = best
        self.lower_bound_ = self.lower_bounds_[-1] if self.lower_bounds_ else -np.inf
        self.n_iter_ = len(self.lower_bounds_)
        if self.max_iter and not self.converged_:
            warnings.warn(
                f"EM had not converged after max_iter = {self.max_iter} steps: raise max_iter or "
                "tol, try another start, or look for degenerate data.",
                ConvergenceWarning,
                stacklevel=2,
            )
        return self._keep(components, centre)

    def fit_predict(self, X, y=None):
        """Fit, and give the most probable component of each row: (n, D) → (n,)."""
        return self.fit(X, y).predict(X)

    def score_samples(self, X):
        """log p(x) of each row in nats: (n, D) → (n,)."""
        return self._by_rows(X, lambda log_joint: log_joint.logsumexp(1))

    def score(self, X, y=None):
        """The mean of log p(x) over the rows, in nats."""
        return float(self.score_samples(X).mean())

    def predict(self, X):
        """The most probable component of each row: (n, D) → (n,)."""
        return self._by_rows(X, lambda log_joint: log_joint.argmax(1))

    def predict_proba(self, X):
        """The responsibilities p(k | x): (n, D) → (n, K)."""
        return self._by_rows(X, lambda log_joint: log_joint.softmax(1))

    def bic(self, X):
        """Bayesian information criterion, −2 log p(X) + (free parameters) log n; less is better."""
        log_prob = self.score_samples(X)
        return float(self._n_parameters() * np.log(len(log_prob)) - 2 * log_prob.sum())

    def aic(self, X):
        """Akaike's information criterion, −2 log p(X) + 2 (free parameters); less is better."""
        return float(2 * self._n_parameters() - 2 * self.score_samples(X).sum())

    def sample(self, n_samples=1):
        """Draw points, ordered by component: X (n_samples, D) and components (n_samples,).

        Raises ValueError when n_samples is not a whole number of at least 1.
        """
        check_is_fitted(self)
        if not isinstance(n_samples, Integral) or n_samples < 1:
            raise ValueError(f"n_samples: got {n_samples!r}, wanted a whole number of at least 1")
        rng = check_random_state(self.random_state)
        counts = rng.multinomial(n_samples, self.weights_ / self.weights_.sum())
        draws = []
        for mean, covariance, count in zip(self.means_, self.covariances_, counts, strict=True):
            if self.covariance_type == "full":
                draws.append(rng.multivariate_normal(mean, covariance, count))
            else:
                noise = rng.standard_normal((count, len(mean)))
                draws.append(mean + noise * np.sqrt(covariance))
        return np.concatenate(draws), np.repeat(np.arange(len(counts)), counts)

    def _n_parameters(self):
        n_components, n_features = self.means_.shape
        free = {"full": n_features * (n_features + 1) // 2, "diag": n_features, "spherical": 1}
        return n_components * (free[self.covariance_type] + n_features + 1) - 1

    def _by_rows(self, X, function):
        check_is_fitted(self)
        x = torch.tensor(validate_data(self, X, dtype=np.float64, reset=False))
        mixture = map(torch.from_numpy, (self.weights_, self.means_, self.covariances_))
        return torch.cat(
            [function(chunk) for chunk in products.log_joint_chunks(x, *mixture)]
        ).numpy()

    def _keep(self, components, centre=0.0):
        self.weights_ = components.weights.numpy()
        self.means_ = components.means.numpy() + centre
        self.covariances_ = components.covariances.numpy()
        return self

    def _start(self, data, centre, rng):
        """The first components: what was given, else an M-step on the first responsibilities."""
        n_components, n_features = self.n_components, data.x.shape[1]
        given = self.weights_init, self.means_init, self.precisions_init
        if any(value is None for value in given):
            resp = self._first_responsibilities(data.x.numpy(), rng)
            guess = products.maximise(data.double or data, resp, self.reg_covar)
            weights, means, covariances = guess.weights, guess.means, guess.covariances
        if self.weights_init is not None:
            weights = checks.check_weights("weights_init", self.weights_init, n_components)
        if self.means_init is not None:
            means = checks.as_tensor("means_init", self.means_init, (n_components, n_features))
            means = means - torch.from_numpy(centre)
        if self.precisions_init is not None:
            shape = checks.covariance_shape(self.covariance_type, n_components, n_features)
            covariances = _inverse(checks.as_tensor("precisions_init", self.precisions_init, shape))
        return products.Components(weights, means, covariances).checked()

    def _first_responsibilities(self, x, rng):
        """(n, K): whole clusters, single points, or random numbers; draws as scikit-learn draws."""
        n, n_components = len(x), self.n_components
        if self.init_params == "random":
            resp = rng.uniform(size=(n, n_components))
            return torch.from_numpy(resp / resp.sum(1, keepdims=True))
        resp = np.zeros((n, n_components))
        if self.init_params == "kmeans":
            labels = KMeans(n_components, n_init=1, random_state=rng).fit(x).labels_
            resp[np.arange(n), labels] = 1
        elif self.init_params == "k-means++":
            points = kmeans_plusplus(x, n_components, random_state=rng)[1]
            resp[points, np.arange(n_components)] = 1
        else:
            points = rng.choice(n, size=n_components, replace=False)
            resp[points, np.arange(n_components)] = 1
        return torch.from_numpy(resp)


def _inverse(precisions):
    """Covariances from `precisions_init`, (K, D, D), (K, D) or (K,)."""
    if precisions.ndim == 3:
        factor, info = torch.linalg.cholesky_ex(precisions)
        positive = not info.any()
    else:
        positive = precisions.min() > 0
    if not positive:
        raise ValueError("precisions_init: got one that is not positive definite, wanted all to be")
    return torch.cholesky_inverse(factor) if precisions.ndim == 3 else 1 / precisions
