"""Random mixtures against scikit-learn and against EM in extended precision.

python -m tests.fuzz.mixtures --cases 2000 --seed 0

A case is a small data set with its troubles (scales from 1e-320 to 1e151, far offsets, constant and
doubled columns, doubled rows, any dtype and memory layout) and the arguments of a fit. Six steps of
EM are taken by ours, by scikit-learn's, and by an EM in `numpy.longdouble`. Nothing may crash,
hang, warn, be NaN, or be wrong: a bound may miss the exact one by 1e-7 of it, or by a thousand
times what rounding in float64 changes.
"""

import argparse
import faulthandler
import math
import time
import warnings
from collections import Counter
from unittest.mock import patch

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture as Theirs

from tests.helpers.mixtures import LAYOUTS, TYPES
from vaelib.engine import choice
from vaelib.engine.starts import STARTS
from vaelib.estimator import GaussianMixture
from vaelib.mixture import e_step

STEPS = 6
EPS = np.finfo(float).eps


class Collapsed(Exception):
    """A covariance is not positive definite, or so nearly that rounding in float64 decides."""


def a_case(rng):
    """Return x, how it is handed over, the options of a fit, and whether the fast steps are on."""
    n, n_features = rng.integers(2, 60), rng.integers(1, 7)
    if rng.random() < 0.08:
        n, n_features = 80, 36  # wide enough to be screened
    n_components = int(n if rng.random() < 0.03 else rng.integers(1, min(n, 6) + 1))
    centres = 4 * rng.normal(size=(3, n_features))
    x = centres[rng.integers(3, size=n)] + rng.normal(size=(n, n_features))
    power = rng.choice([0, rng.uniform(-12, 12), rng.uniform(-320, 151)], p=[0.5, 0.35, 0.15])
    x += rng.choice([0, 10 ** rng.uniform(0, 8)], p=[0.7, 0.3])
    x[:, 0] *= rng.choice([1, 10 ** rng.uniform(-6, 6)], p=[0.8, 0.2])
    x = x * 10.0 ** (power / 2) * 10.0 ** (power / 2)
    if rng.random() < 0.1:
        x[:, -1] = x[0, -1]  # constant
    if rng.random() < 0.1:
        x[:, -1] = x[:, 0]
    if rng.random() < 0.15:
        x[: n // 2] = x[0]
    kind = "f8"
    if abs(power) < 12:
        kind = rng.choice(["f8", "f4", "f2", "i8"], p=[0.6, 0.25, 0.05, 0.1])
        x = x.clip(-60000, 60000) if kind == "f2" else x
    scale = 10.0**power
    x, layout = x.astype(kind), rng.choice([*LAYOUTS])
    options = {
        "n_components": n_components,
        "covariance_type": str(rng.choice(TYPES)),
        "reg_covar": float(
            rng.choice([0, 1e-6, 1e-3 * min(scale, 1e140) ** 2, 1, 10 ** rng.uniform(-100, 100)])
        ),
        "init_params": str(rng.choice([*STARTS])),
        "random_state": int(rng.integers(1000)),
    }
    if rng.random() < 0.2:
        weights = rng.dirichlet(np.full(n_components, 0.3)) ** rng.choice([1, 30])
        options["weights_init"] = weights / weights.sum()
    if rng.random() < 0.2:
        options["means_init"] = x[rng.integers(n, size=n_components)].astype(float)
    return x, layout, options, rng.random() < 0.4


def exact_bounds(x, options, shake=None, reach=0.0, loss=0.0):
    """Return the mean of log p(x) before each of seven steps, in extended precision.

    With a RandomState `shake` as float64 may round them: data of size `reach`, variances, and
    `loss` nats of each log-density where responsibilities under 1e-26 are zero (the fast steps).
    """
    kind, reg_covar = options["covariance_type"], np.longdouble(options["reg_covar"])
    centre = np.median(x, axis=0).astype(float)
    x = x.astype(np.longdouble) - centre
    rng = np.random.RandomState(options["random_state"])
    resp = STARTS[options["init_params"]](x.astype(float), options["n_components"], rng)
    resp = resp.astype(np.longdouble)
    if shake is not None:
        x = x + EPS * reach * shake.uniform(-1, 1, size=x.shape)
        reg_covar = reg_covar + (EPS * reach) ** 2
    weights, means, covariances = exact_m_step(x, resp, kind, reg_covar)
    if kind == "tied" and round(float(resp.sum())) != len(x):  # as scikit-learn has it
        alone = x[resp.sum(1) == 0] + centre
        covariances = covariances + alone.T @ alone / resp.sum()
    if "weights_init" in options:
        weights = options["weights_init"].astype(np.longdouble)
    if "means_init" in options:
        means = options["means_init"].astype(np.longdouble) - centre
    bounds = []
    for _ in range(STEPS + 1):
        if shake is not None and kind in ("full", "tied"):
            largest = np.einsum("kii->ki", covariances).max(1)
            covariances = covariances + EPS * largest[:, None, None] * np.eye(x.shape[1])
        log_joint = exact_log_joint(x, weights, means, covariances)
        if shake is not None:
            log_joint = log_joint + loss * shake.uniform(-1, 1, size=log_joint.shape)
        top = log_joint.max(1, keepdims=True)
        log_px = top + np.log(np.exp(log_joint - top).sum(1, keepdims=True))
        bounds.append(float(log_px.mean()))
        resp = np.exp(log_joint - log_px)
        if loss:
            resp[resp < 1e-26] = 0
        weights, means, covariances = exact_m_step(x, resp, kind, reg_covar)
    return np.array(bounds)


def exact_m_step(x, resp, kind, reg_covar):
    """Bishop 9.24–9.27, of covariances (K or 1, D, D)."""
    count = resp.sum(0) + 10 * EPS
    means = resp.T @ x / count[:, None]
    y = x[:, None] - means  # (n, K, D)
    covariances = np.einsum("nk,nki,nkj->kij", resp, y, y)
    if kind == "tied":
        covariances = covariances.sum(0, keepdims=True) / count.sum()
    else:
        covariances /= count[:, None, None]
    eye = np.eye(x.shape[1], dtype=np.longdouble)
    if kind == "diag":
        covariances = covariances * eye
    if kind == "spherical":
        covariances = np.einsum("kii->k", covariances)[:, None, None] / x.shape[1] * eye
    return count / count.sum(), means, covariances + reg_covar * eye


def exact_log_joint(x, weights, means, covariances):
    """log π_k N(x_n | μ_k, Σ_k), (n, K), by Cholesky's factors, one column after the other."""
    n_features = x.shape[1]
    span = np.ptp(x.astype(np.longdouble), axis=0).max()
    least = np.maximum(
        64 * n_features * EPS * np.einsum("kii->ki", covariances), (8 * EPS * span) ** 2
    )
    left = covariances.copy()
    y = x[:, None] - means  # (n, K, D)
    square, log_det = np.longdouble(0), np.longdouble(0)
    for i in range(n_features):
        pivot = left[:, i, i]
        if (pivot <= least[:, i]).any() or (pivot < 6e-309).any():
            raise Collapsed
        square = square + y[:, :, i] ** 2 / pivot
        log_det = log_det + np.log(pivot)
        column = left[:, :, i] / pivot[:, None]
        y = y - y[:, :, i : i + 1] * column
        left = left - column[:, :, None] * left[:, i, None, :]
    with np.errstate(divide="ignore"):
        log_joint = (
            np.log(weights) - (n_features * np.log(2 * np.longdouble(np.pi)) + log_det + square) / 2
        )
    if not log_joint.max(1).astype(float).sum() > -math.inf:
        raise Collapsed
    return log_joint


def fitted(estimator, x, options, **more):
    """A fit, or the error where it is refused; a warning but one of convergence is an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error" if estimator is GaussianMixture else "ignore")
        warnings.simplefilter("ignore", ConvergenceWarning)
        try:
            return estimator(**options, **more).fit(x)
        except ValueError as error:
            return str(error)


def tolerance(x, options, exact, centre=0.0, fast=False, single=False):
    """What a bound may miss: 1e-7 of it, or a thousand times what rounding changes."""
    shake, reach, wobble = np.random.RandomState(0), np.abs(x - centre).max(), 0.0
    for _ in range(2):
        try:
            shaken = exact_bounds(x, options, shake, reach, 1e-10 * fast)
            wobble = np.maximum(wobble, np.abs(shaken - exact))
        except Collapsed:
            wobble = math.inf
    return (5e-3 if single else 1e-7) * (1 + np.abs(exact)) + 1000 * wobble


def check_convergence(x, options):
    """Fit from two starts: `converged_` tells the truth, and the better start is kept."""
    found = fitted(GaussianMixture, x, options | {"n_init": 2}, max_iter=STEPS, tol=1e-3)
    if isinstance(found, str):
        return
    gain = np.abs(np.diff(found.lower_bounds_))
    assert found.converged_ == (gain.size > 0 and gain[-1] < 1e-3) and (gain[:-1] >= 1e-3).all()
    one = fitted(GaussianMixture, x, options, max_iter=STEPS, tol=1e-3)
    assert found.lower_bound_ >= one.lower_bound_, "a worse start was kept"


def verdict(x, layout, options, fast):
    """Try one case; return in a word how it ended, and raise AssertionError where it is wrong."""
    with patch.object(choice, "LARGE", 0 if fast else choice.LARGE):
        ours = fitted(GaussianMixture, LAYOUTS[layout](x), options, max_iter=STEPS, tol=0)
    theirs = fitted(Theirs, x.astype(float), options, max_iter=STEPS, tol=0)
    try:
        exact = exact_bounds(x.astype(float), options)
    except Collapsed:
        exact = None
    if isinstance(ours, str):
        if isinstance(theirs, str):
            return "refused by both"
        limits = "wanted values in", "too large for", "overflows"
        assert exact is None or any(limit in ours for limit in limits), f"refused: {ours}"
        return "refused by ours only: collapsed or beyond the limits"
    for name, value in vars(ours).items():
        assert not name.endswith("_") or np.isfinite(value).all(), f"{name} is not finite"
    assert not ours.converged_ and ours.n_iter_ == STEPS == len(ours.lower_bounds_)
    assert abs(ours.weights_.sum() - 1) < 1e-6
    resp, score = ours.predict_proba(x), ours.score(x)
    assert np.isfinite(score) and np.abs(resp.sum(1) - 1).max() < 1e-5
    if ours.means_.dtype == float:
        log_px, log_resp = e_step(x, *ours.mixture_)
        assert abs(float(log_px.mean()) - score) <= 1e-5 * (1 + abs(score)) or exact is None
        assert np.abs(log_resp.exp().numpy() - resp).max() < 1e-2 or exact is None
    check_convergence(x, options)
    if exact is None:
        return "collapsed, and kept by rounding"
    single = fast and ours.means_.dtype == np.float32
    x = x.astype(float)
    allowed = tolerance(x, options, exact, np.median(x, axis=0), fast, single)
    missed = np.abs(np.array(ours.lower_bounds_) - exact[:STEPS])
    assert (missed <= allowed[:STEPS]).all(), f"misses {missed} of {exact}, allowed {allowed}"
    if ours.means_.dtype == float:  # means_ are not centred
        allowed_score = tolerance(x, options, exact, fast=fast)[-1]
        assert abs(score - exact[-1]) <= allowed_score, f"score {score} for {exact[-1]}"
    if isinstance(theirs, str):
        return "right, refused by scikit-learn only"
    off = not abs(theirs.lower_bound_ - exact[STEPS - 1]) <= allowed[STEPS - 1]
    return "right, where scikit-learn is not" if off else "all three agree"


def fuzz(cases, seed):
    """Return how often each verdict came, and what failed."""
    counts, failures = Counter(), []
    for number in range(cases):
        case = a_case(np.random.default_rng([seed, number]))
        try:
            with warnings.catch_warnings(category=ConvergenceWarning, action="ignore"):
                counts[verdict(*case)] += 1
        except Exception as error:  # whatever comes is a failure of that case
            failures.append((number, case[0].shape, case[0].dtype, case[1:], error))
    return counts, failures


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    faulthandler.dump_traceback_later(3600, exit=True)  # a case that hangs shows where
    began = time.perf_counter()
    counts, failures = fuzz(arguments.cases, arguments.seed)
    for failure in failures:
        print(*failure)
    for words, count in counts.most_common():
        print(f"{count:6d}  {words}")
    print(f"{len(failures):6d}  failed, of {arguments.cases}, {time.perf_counter() - began:.0f} s")
