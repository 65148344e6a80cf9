"""GaussianMixture: the mixtures and the EM of `vaelib.mixture` under scikit-learn's names.

It takes the place of `sklearn.mixture.GaussianMixture`: the same arguments, attributes and methods,
the same draws from `random_state`. Large data take the faster steps of `vaelib.engine`.
"""

import warnings

import numpy as np
import torch
from sklearn.base import BaseEstimator, DensityMixin
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils import check_random_state
from sklearn.utils.validation import check_is_fitted, validate_data

from vaelib import checks
from vaelib.engine.choice import step_on
from vaelib.engine.starts import STARTS, first_mixture
from vaelib.engine.verbose import climb_aloud
from vaelib.mixture import WITHIN, Mixture, climb, inverse_factors, log_joint_blocks

FLOATS = {np.dtype("float64"): torch.float64, np.dtype("float32"): torch.float32}


class GaussianMixture(DensityMixin, BaseEstimator):
    """A Gaussian mixture fitted by EM.

    Parameters
    ----------
    n_components : int
        K.
    covariance_type : str
        "full", "tied" (one for all components), "diag" or "spherical".
    tol : float
        EM stops when the mean log-likelihood of a point gains less than this, in nats.
    reg_covar : float
        Added to each variance.
    max_iter : int
        Steps at most; if they do not suffice, there is a ConvergenceWarning.
    n_init : int
        Starts, of which the best is kept.
    init_params : str
        "kmeans", "k-means++", "random" or "random_from_data": the first responsibilities, from
        which an M-step makes the first mixture.
    weights_init, means_init, precisions_init : array (K,), (K, D), and as `precisions_`, optional
        Take the place of what that M-step finds.
    random_state : int, RandomState or None
    warm_start : bool
        Whether `fit` goes on from the mixture that it found before.
    verbose, verbose_interval : int
        1 prints every `verbose_interval` steps, 2 also their time and gain.

    Attributes
    ----------
    weights_, means_ : array, (K,) and (K, D)
        With the other parameters in float32 for float32 data, else in float64.
    covariances_, precisions_ : array, (K, D, D), (D, D), (K, D) or (K,)
        Σ_k full, tied, diagonal or spherical, and Σ_k⁻¹.
    precisions_cholesky_ : array, as `precisions_`
        (L_k⁻¹)ᵀ, where Σ_k = L_k L_kᵀ.
    lower_bounds_, lower_bound_ : list of float, and its last
        The mean log-likelihood of a point in nats before each step of the best start.
    converged_, n_iter_, n_features_in_ : bool, int, int

    Notes
    -----
    float64 data are fitted in float64. float32 data are too if they are few; the products for many
    are in float32, faster, with log-likelihoods right to about 1e-4 nats a point.
    """

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
        warm_start=False,
        verbose=0,
        verbose_interval=10,
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
        self.warm_start = warm_start
        self.verbose = verbose
        self.verbose_interval = verbose_interval

    def fit(self, X, y=None):
        """Raise the likelihood of X (n, D) by EM from each of `n_init` starts; keep the best.

        Raises
        ------
        ValueError
            When X is not finite or has fewer than K rows, an argument is not as described above, or
            a component's covariance collapses.
        """
        self._check_arguments()
        X = self._data(X, ensure_min_samples=2)
        if len(X) < self.n_components:
            n = f"n_samples = {len(X)}"
            raise ValueError(f"X: got {n}, wanted at least n_components = {self.n_components}")
        rng = check_random_state(self.random_state)
        centre = np.median(np.asarray(X, dtype=float), axis=0)
        x = torch.from_numpy(X - centre)
        sizes = self.n_components, self.covariance_type
        step = step_on(x, *sizes, float(self.reg_covar), FLOATS[X.dtype])
        if self.warm_start and hasattr(self, "converged_"):
            runs = [self._climb(step, 0, self._stored(centre), self.lower_bound_)]
        else:
            starts = (self._start(x, centre, rng) for _ in range(self.n_init))
            runs = [self._climb(step, number, start) for number, start in enumerate(starts)]
        mixture, bounds, converged = max(runs, key=lambda run: run[1][-1:])  # last bound
        self._store(mixture, centre, X.dtype)
        self.converged_, self.lower_bounds_, self.n_iter_ = converged, bounds, len(bounds)
        self.lower_bound_ = bounds[-1] if bounds else -np.inf
        if self.max_iter and not self.converged_:
            warnings.warn(
                f"EM did not converge in max_iter = {self.max_iter} steps: raise max_iter or tol, "
                "try another start, or look for degenerate data.",
                ConvergenceWarning,
                stacklevel=2,
            )
        return self

    @property
    def mixture_(self):
        """The `Mixture` that was found, in float64."""
        check_is_fitted(self, "means_")
        return self._stored(0.0)

    def fit_predict(self, X, y=None):
        """Fit, and give the most probable component of each row: (n, D) → (n,)."""
        return self.fit(X).predict(X)

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
        log_px = self.score_samples(X)
        return float(self._n_parameters() * np.log(len(log_px)) - 2 * log_px.sum(dtype=float))

    def aic(self, X):
        """Akaike's information criterion, −2 log p(X) + 2 (free parameters); less is better."""
        return float(2 * self._n_parameters() - 2 * self.score_samples(X).sum(dtype=float))

    def sample(self, n_samples=1):
        """Draw points, ordered by component: X (n_samples, D) and components (n_samples,).

        Raises ValueError when n_samples is not a whole number of at least 1.
        """
        check_is_fitted(self, "means_")
        n_samples = checks.whole("n_samples", n_samples)
        rng, weights = check_random_state(self.random_state), self.weights_.astype(float)
        counts = rng.multinomial(n_samples, weights / weights.sum())
        covariances = self.covariances_
        if self.covariance_type == "tied":
            covariances = np.broadcast_to(covariances, (len(counts), *covariances.shape))
        draws = []
        for mean, covariance, count in zip(self.means_, covariances, counts, strict=True):
            if covariance.ndim == 2:
                draws.append(rng.multivariate_normal(mean, covariance, count))
            else:
                noise = rng.standard_normal((count, len(mean)))
                draws.append(mean + noise * np.sqrt(covariance))
        return np.concatenate(draws), np.repeat(np.arange(len(counts)), counts)

    def _check_arguments(self):
        for name, least in (("n_components", 1), ("max_iter", 0), ("n_init", 1)):
            checks.whole(name, getattr(self, name), least)
        for name in ("tol", "reg_covar"):
            checks.number(name, getattr(self, name), zero=True)
        checks.check_type(self.covariance_type)
        checks.one_of("init_params", self.init_params, STARTS)
        if not isinstance(self.verbose, bool):
            checks.whole("verbose", self.verbose, 0)
        checks.whole("verbose_interval", self.verbose_interval)

    def _start(self, x, centre, rng):
        """The first mixture of x = X − centre: what is given, else an M-step on first r_nk."""
        n_components, n_features = self.n_components, x.shape[1]
        given = {}
        if self.weights_init is not None:
            given["weights"] = checks.check_weights("weights_init", self.weights_init, n_components)
        if self.means_init is not None:
            means = checks.as_tensor("means_init", self.means_init, (n_components, n_features))
            given["means"] = means - torch.from_numpy(centre)
        if self.precisions_init is not None:
            sizes = self.covariance_type, n_components, n_features
            precisions = checks.check_covariances("precisions_init", self.precisions_init, *sizes)
            given["covariances"] = _inverse(precisions, n_features, self._has_matrices())
        given = {name: value.detach() for name, value in given.items()}
        if len(given) == 3:
            return Mixture(**given)
        options = n_components, self.covariance_type, float(self.reg_covar)
        found = first_mixture(STARTS[self.init_params], x, centre, rng, *options)
        return found._replace(**given)

    def _climb(self, step, number, mixture, before=-np.inf):
        """`climb`, aloud if `verbose`."""
        given = step, mixture, self.tol, self.max_iter, before
        if not self.verbose:
            return climb(*given)
        options = {"verbose": self.verbose, "interval": self.verbose_interval}
        return climb_aloud(*given, number=number, **options)

    def _store(self, mixture, centre, dtype):
        """Set the attributes that hold the parameters of a mixture of X − centre."""
        inverse = inverse_factors(mixture.covariances)
        precisions = inverse.mT @ inverse if self._has_matrices() else inverse**2
        shape = checks.covariance_shape(self.covariance_type, *mixture.means.shape)
        found = {
            "weights_": mixture.weights,
            "means_": mixture.means + torch.from_numpy(centre),
            "covariances_": mixture.covariances.reshape(shape),
            "precisions_cholesky_": inverse.mT.reshape(shape),
            "precisions_": precisions.reshape(shape),
        }
        found = {name: value.to(FLOATS[dtype], copy=True) for name, value in found.items()}
        for name, value in found.items():
            if not value.isfinite().all():
                advice = "" if dtype == "float64" else ", or give them in float64"
                raise ValueError(f"{name}: too large for {dtype}; scale the data{advice}")
        vars(self).update((name, value.numpy()) for name, value in found.items())

    def _data(self, X, **options):
        """X as `validate_data` gives it, in float64 or float32, once its values are in reach."""
        if torch.is_tensor(X):
            X = (X.float() if X.dtype == torch.bfloat16 else X).numpy(force=True)
        X = validate_data(self, X, dtype=[*FLOATS], **options)
        checks.array("X", X, within=WITHIN)
        return X

    def _stored(self, centre):
        """The mixture of X − centre that `_store` has kept."""
        given = self.weights_, self.means_ - centre, self.covariances_
        weights, means, covariances = (torch.from_numpy(p.astype(float)) for p in given)
        return Mixture(
            weights, means, covariances[None] if self.covariance_type == "tied" else covariances
        )

    def _by_rows(self, X, function):
        """The function of log p(x, k), some rows at a time."""
        check_is_fitted(self, "means_")
        X = self._data(X, reset=False)
        given = X, self.weights_, self.means_, self.precisions_cholesky_
        x, weights, means, inverse = (torch.from_numpy(p.astype(float)) for p in given)
        if self._has_matrices():
            inverse = inverse.reshape(-1, *inverse.shape[-2:]).mT
        else:
            inverse = inverse.reshape(len(means), -1, 1)
        blocks = log_joint_blocks(x, weights, means, inverse)
        found = torch.cat([function(checks.check_reached(block)) for block in blocks]).numpy()
        return found.astype(np.result_type(X, self.means_)) if found.dtype == float else found

    def _has_matrices(self):
        return self.covariance_type in ("full", "tied")

    def _n_parameters(self):
        """The number of free parameters."""
        n_components, n_features = self.means_.shape
        matrix = n_features * (n_features + 1) // 2
        free = {
            "full": n_components * matrix,
            "tied": matrix,
            "diag": n_components * n_features,
            "spherical": n_components,
        }
        return free[self.covariance_type] + n_components * (n_features + 1) - 1


def _inverse(precisions, n_features, matrices):
    """Covariances, shaped as a `Mixture` has them, from `precisions_init`."""
    if matrices:
        factors, failed = torch.linalg.cholesky_ex(precisions.reshape(-1, n_features, n_features))
    else:
        failed = precisions <= 0
    if failed.any():
        raise ValueError("precisions_init: got one that is not positive definite, wanted all to be")
    return torch.cholesky_inverse(factors) if matrices else 1 / precisions
