"""The mixture estimator against scikit-learn, and what a fit promises."""

import copy
import json
import os
import pickle
import re
import subprocess
import sys

import joblib
import numpy as np
import pandas as pd
import pytest
import torch
from sklearn import mixture as sklearn_mixture
from sklearn.base import clone
from sklearn.exceptions import ConvergenceWarning, NotFittedError
from sklearn.utils import check_random_state
from torch.distributions import Categorical, MixtureSameFamily, MultivariateNormal

from tests.helpers.mixtures import (
    DATA_SETS,
    LAYOUTS,
    TYPES,
    a_mixture,
    as_matrices,
    fit,
    some_points,
)
from vaelib.engine import choice
from vaelib.estimator import GaussianMixture

# scikit-learn


@pytest.mark.parametrize("covariance_type", TYPES)
@pytest.mark.parametrize("name", DATA_SETS)
def test_twenty_steps_as_scikit_learn(name, covariance_type):
    x, n_components, options = DATA_SETS[name]
    options = {"max_iter": 20, "tol": 0, "random_state": 0} | options
    options |= {"n_components": n_components, "covariance_type": covariance_type}
    ours, theirs = (
        fit(e, x, **options) for e in (GaussianMixture, sklearn_mixture.GaussianMixture)
    )
    assert ours.n_iter_ == theirs.n_iter_
    np.testing.assert_allclose(ours.weights_, theirs.weights_, rtol=1e-8)
    size = np.abs(theirs.means_).max(axis=0)
    np.testing.assert_allclose(ours.means_ / size, theirs.means_ / size, rtol=0, atol=1e-8)
    if covariance_type in ("full", "tied"):  # beside the two standard deviations, for those near 0
        deviations = np.sqrt(np.diagonal(theirs.covariances_, axis1=-2, axis2=-1))
        scale = deviations[..., :, None] * deviations[..., None, :]
    else:
        scale = theirs.covariances_
    for attribute, factor in (("covariances_", scale), ("precisions_", 1 / scale)):
        np.testing.assert_allclose(
            getattr(ours, attribute) / factor,
            getattr(theirs, attribute) / factor,
            rtol=1e-8,
            atol=1e-8,
        )
    np.testing.assert_allclose(
        ours.precisions_cholesky_ * scale**0.5,
        theirs.precisions_cholesky_ * scale**0.5,
        rtol=1e-8,
        atol=1e-8,
    )
    np.testing.assert_allclose(ours.lower_bound_, theirs.lower_bound_, rtol=1e-8)
    assert len(ours.lower_bounds_) == 20 and ours.lower_bounds_[-1] == ours.lower_bound_
    np.testing.assert_allclose(ours.score_samples(x), theirs.score_samples(x), rtol=1e-8, atol=1e-8)
    np.testing.assert_allclose(ours.predict_proba(x), theirs.predict_proba(x), atol=1e-8)
    np.testing.assert_array_equal(ours.predict(x), theirs.predict(x))
    np.testing.assert_allclose(ours.bic(x), theirs.bic(x), rtol=1e-9)
    np.testing.assert_allclose(ours.aic(x), theirs.aic(x), rtol=1e-9)


@pytest.mark.parametrize("covariance_type", TYPES)
def test_float32_data_give_float32_parameters_of_the_float64_fit(covariance_type):
    for name in ("anisotropic", "nearly singular", "crescent", "off the origin"):
        x, n_components, options = DATA_SETS[name]
        options = {"max_iter": 20, "tol": 0, "random_state": 0} | options
        options |= {"n_components": n_components, "covariance_type": covariance_type}
        x = x.astype(np.float32)
        single, double = (fit(GaussianMixture, data, **options) for data in (x, x.astype(float)))
        assert single.lower_bounds_ == double.lower_bounds_
        for attribute in ("weights_", "means_", "covariances_", "precisions_cholesky_"):
            got, expected = getattr(single, attribute), getattr(double, attribute)
            assert got.dtype == np.float32 and expected.dtype == np.float64
            np.testing.assert_array_equal(got, expected.astype(np.float32))
        assert single.score_samples(x).dtype == single.predict_proba(x).dtype == np.float32
        assert single.score_samples(x.astype(float)).dtype == np.float64
        assert abs(single.score(x) - double.score(x)) < 1e-4


@pytest.mark.parametrize("covariance_type", TYPES)
def test_given_initial_values_and_convergence_as_scikit_learn(covariance_type):
    x = DATA_SETS["far apart"][0]
    weights, _, covariances = (p.numpy() for p in a_mixture(covariance_type, 4, 2))
    if covariance_type in ("full", "tied"):
        precisions = np.linalg.inv(covariances)
    else:
        precisions = 1 / covariances
    if covariance_type == "tied":
        precisions = precisions[0]
    options = {"weights_init": weights, "means_init": x[:4], "precisions_init": precisions}
    options |= {"n_components": 4, "covariance_type": covariance_type, "tol": 1e-5, "max_iter": 500}
    ours = GaussianMixture(**options).fit(x)
    theirs = sklearn_mixture.GaussianMixture(**options).fit(x)
    assert ours.converged_ and theirs.converged_
    assert ours.n_iter_ == theirs.n_iter_ > 3
    np.testing.assert_allclose(ours.means_, theirs.means_, rtol=1e-8)
    np.testing.assert_allclose(ours.lower_bound_, theirs.lower_bound_, rtol=1e-9)


def test_the_best_of_several_starts_as_scikit_learn():
    x, _, _ = DATA_SETS["crescent"]
    options = {"n_components": 6, "n_init": 5, "init_params": "random_from_data", "random_state": 3}
    ours = fit(GaussianMixture, x, max_iter=200, **options)
    theirs = fit(sklearn_mixture.GaussianMixture, x, max_iter=200, **options)
    np.testing.assert_allclose(ours.means_, theirs.means_, rtol=1e-7)
    one = fit(GaussianMixture, x, max_iter=200, **options | {"n_init": 1})
    assert ours.lower_bound_ > one.lower_bound_


def test_no_steps_leaves_the_first_guess():
    x, n_components, _ = DATA_SETS["far apart"]
    options = {"n_components": n_components, "max_iter": 0, "random_state": 0}
    ours = GaussianMixture(**options).fit(x)
    theirs = sklearn_mixture.GaussianMixture(**options).fit(x)
    np.testing.assert_allclose(ours.means_, theirs.means_, rtol=1e-12)
    assert (ours.n_iter_, ours.lower_bounds_, ours.lower_bound_) == (0, [], -np.inf)


@pytest.mark.parametrize("covariance_type", TYPES)
def test_draws_are_scikit_learns(covariance_type):
    x, n_components, _ = DATA_SETS["anisotropic"]
    options = {"n_components": n_components, "covariance_type": covariance_type, "random_state": 0}
    drawn, labels = GaussianMixture(**options).fit(x).sample(500)
    their_draws, their_labels = sklearn_mixture.GaussianMixture(**options).fit(x).sample(500)
    np.testing.assert_array_equal(labels, their_labels)
    np.testing.assert_allclose(drawn, their_draws, rtol=1e-6, atol=1e-6)


CONTRACT = """
import json
from sklearn import mixture
from sklearn.utils.estimator_checks import check_estimator
from vaelib.estimator import GaussianMixture

checks = [check_estimator(e(), on_skip=None) for e in (GaussianMixture, mixture.GaussianMixture)]
print(json.dumps([[(c["check_name"], c["status"]) for c in each] for each in checks]))
"""


def test_the_estimator_keeps_scikit_learns_contract():
    environment = os.environ | {"SCIPY_ARRAY_API": "1"}  # else one check is skipped
    run = [sys.executable, "-W", "error", "-c", CONTRACT]
    found = subprocess.run(run, env=environment, capture_output=True, text=True, check=True)
    ours, theirs = json.loads(found.stdout)
    assert ours == theirs
    assert len(ours) > 30
    assert {status for _, status in ours} == {"passed"}


# What EM promises


@pytest.mark.parametrize("covariance_type", TYPES)
def test_shifted_data_change_nothing_but_the_means(covariance_type):
    for name, (x, n_components, options) in DATA_SETS.items():
        if covariance_type == "tied" and name in ("start at data", "k-means++ start"):
            continue  # scikit-learn's first Σ, which is ours, depends on where the origin is
        x = np.round(x * 2**20) / 2**20  # so that x + 1e4 is exact
        options = {"max_iter": 20, "tol": 0, "random_state": 0} | options
        options |= {"n_components": n_components, "covariance_type": covariance_type}
        here, there = (fit(GaussianMixture, data, **options) for data in (x, x + 1e4))
        np.testing.assert_allclose(there.weights_, here.weights_, rtol=1e-10, err_msg=name)
        np.testing.assert_allclose(there.covariances_, here.covariances_, rtol=1e-10, err_msg=name)
        np.testing.assert_allclose(
            there.lower_bounds_, here.lower_bounds_, rtol=1e-10, err_msg=name
        )
        np.testing.assert_allclose(there.means_, here.means_ + 1e4, rtol=1e-10, err_msg=name)


@pytest.mark.parametrize("covariance_type", ["diag", "spherical"])
def test_shifted_data_cost_scikit_learn_seven_digits(covariance_type):
    x = np.round(DATA_SETS["heavy overlap"][0] * 2**20) / 2**20
    options = {"n_components": 4, "covariance_type": covariance_type, "random_state": 0}

    def change(estimator):
        here, there = (fit(estimator, data, **options, max_iter=20, tol=0) for data in (x, x + 1e4))
        return np.abs(there.covariances_ / here.covariances_ - 1).max()

    assert change(GaussianMixture) < 1e-10
    assert change(sklearn_mixture.GaussianMixture) > 1e-9, "it keeps its digits now: drop this test"


@pytest.mark.parametrize("covariance_type", TYPES)
def test_lower_bounds_rise_to_a_point_without_slope(covariance_type):
    x, n_components, _ = DATA_SETS["one feature"]
    x = np.c_[x, x**2 / 10]
    options = {"n_components": n_components, "covariance_type": covariance_type, "reg_covar": 0}
    model = GaussianMixture(**options, tol=1e-14, max_iter=5_000, random_state=0).fit(x)
    assert np.diff(model.lower_bounds_).min() > -1e-13
    means = torch.tensor(model.means_, requires_grad=True)
    found = model.covariances_[None] if covariance_type == "tied" else model.covariances_
    covariances = torch.tensor(found, requires_grad=True)
    mixture = MixtureSameFamily(
        Categorical(torch.from_numpy(model.weights_)),
        MultivariateNormal(means, as_matrices(covariances, n_components, 2)),
    )
    mixture.log_prob(torch.from_numpy(x)).mean().backward()
    assert means.grad.abs().max() < 1e-5
    assert covariances.grad.abs().max() < 1e-5


# The estimator around it


@pytest.mark.parametrize("covariance_type", TYPES)
def test_the_mixture_found_has_the_same_density(covariance_type):
    x, n_components, _ = DATA_SETS["anisotropic"]
    model = fit(GaussianMixture, x, n_components=n_components, covariance_type=covariance_type)
    np.testing.assert_allclose(model.mixture_.log_prob(x), model.score_samples(x), rtol=1e-10)
    with pytest.raises(NotFittedError):
        _ = GaussianMixture().mixture_


def test_a_fitted_estimator_can_be_stored_and_cloned():
    x, n_components, _ = DATA_SETS["far apart"]
    model = GaussianMixture(n_components, random_state=0).fit(x)
    again = pickle.loads(pickle.dumps(model))
    np.testing.assert_array_equal(again.score_samples(x), model.score_samples(x))
    with pytest.raises(NotFittedError):
        clone(model).score_samples(x)


@pytest.mark.parametrize("covariance_type", TYPES)
def test_a_warm_start_goes_on_where_it_was(covariance_type):
    x, n_components, _ = DATA_SETS["heavy overlap"]
    options = {"n_components": n_components, "covariance_type": covariance_type, "random_state": 0}
    whole = fit(GaussianMixture, x, max_iter=12, tol=0, **options)
    model = GaussianMixture(max_iter=4, tol=0, warm_start=True, **options)
    bounds = []
    for _ in range(3):
        with pytest.warns(ConvergenceWarning):
            bounds += model.fit(x).lower_bounds_
    np.testing.assert_allclose(bounds, whole.lower_bounds_, rtol=0, atol=1e-11)
    np.testing.assert_allclose(model.means_, whole.means_, rtol=1e-9)


@pytest.mark.parametrize("verbose", [1, 2])
def test_it_tells_what_scikit_learn_tells(capsys, verbose):
    x, n_components, _ = DATA_SETS["heavy overlap"]
    options = {"n_components": n_components, "random_state": 0, "n_init": 2, "max_iter": 7}
    options |= {"verbose": verbose, "verbose_interval": 3}
    told = []
    for estimator in (GaussianMixture, sklearn_mixture.GaussianMixture):
        fit(estimator, x, **options)
        told.append(re.sub(r"lapse \S+s", "lapse", capsys.readouterr().out))
    assert told[0] == told[1] and told[0].count("Iteration") == 4


def test_a_density_integrates_to_one():
    x, n_components, _ = DATA_SETS["one feature"]
    model = fit(GaussianMixture, x, n_components=n_components, random_state=0)
    grid = np.linspace(-60, 60, 200_001)[:, None]
    total = np.trapezoid(np.exp(model.score_samples(grid)), grid[:, 0])
    assert abs(total - 1) < 1e-9


def test_fitting_leaves_arguments_and_global_generators_alone():
    x = DATA_SETS["far apart"][0].copy()
    kept, options = x.copy(), {"means_init": [[0.0, 0.0], [1.0, 1.0]]}
    before = copy.deepcopy(options)
    numpy_state, torch_state = check_random_state(None).get_state(), torch.get_rng_state()
    first = fit(GaussianMixture, x, n_components=2, random_state=5, **options)
    again = fit(GaussianMixture, x, n_components=2, random_state=5, **options)
    np.testing.assert_array_equal(first.means_, again.means_)
    np.testing.assert_array_equal(x, kept)
    assert options == before and first.means_init is options["means_init"]
    np.testing.assert_array_equal(check_random_state(None).get_state()[1], numpy_state[1])
    assert torch.equal(torch.get_rng_state(), torch_state)


def test_too_few_steps_warn():
    x = DATA_SETS["heavy overlap"][0]
    with pytest.warns(ConvergenceWarning, match="max_iter = 2"):
        model = GaussianMixture(4, max_iter=2, random_state=0).fit(x)
    assert not model.converged_


# Arrays as people have them


def answers(model, x):
    return [
        *(model.score_samples(x), model.predict(x), model.predict_proba(x)),
        *(model.score(x), model.bic(x), model.aic(x)),
    ]


def assert_equal_answers(found, expected):
    for ours, theirs in zip(found, expected, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("covariance_type", TYPES)
def test_data_and_first_values_in_any_layout(covariance_type, layout):
    x, options = DATA_SETS["far apart"][0], {"covariance_type": covariance_type, "tol": 1e-2}
    model = GaussianMixture(4, random_state=0, **options).fit(x)
    given = {name: getattr(model, f"{name[:-5]}_") for name in ("weights_init", "means_init")}
    given["precisions_init"] = model.precisions_
    again = GaussianMixture(4, **given, **options).fit(x)
    change = LAYOUTS[layout]
    assert_equal_answers(answers(model, change(x)), answers(model, x))
    assert_equal_answers(answers(model, change(x[:1])), answers(model, x[:1]))
    given = {name: change(value) for name, value in given.items()}
    changed = GaussianMixture(4, **given, **options).fit(change(x))
    assert_equal_answers(answers(changed, x), answers(again, x))


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("layout", ["fortran", "reversed", "read-only", "broadcast", "big-endian"])
@pytest.mark.parametrize("covariance_type", TYPES)
def test_attributes_in_any_layout(covariance_type, layout):
    x = DATA_SETS["far apart"][0]
    model = GaussianMixture(4, covariance_type=covariance_type, random_state=0).fit(x)
    changed = copy.deepcopy(model)
    for name, value in vars(model).items():
        if isinstance(value, np.ndarray):
            setattr(changed, name, LAYOUTS[layout](value))
    assert_equal_answers(answers(changed, x), answers(model, x))
    np.testing.assert_array_equal(changed.sample(9)[0], model.sample(9)[0])
    np.testing.assert_array_equal(changed.mixture_.log_prob(x), model.mixture_.log_prob(x))
    bounds = [m.set_params(warm_start=True).fit(x).lower_bounds_ for m in (changed, model)]
    assert bounds[0] == bounds[1]


@pytest.mark.filterwarnings("error")
def test_a_memory_mapped_model_and_memory_mapped_data(tmp_path):
    x = DATA_SETS["far apart"][0]
    model = GaussianMixture(4, random_state=0).fit(x)
    joblib.dump((model, x), tmp_path / "both")
    mapped, data = joblib.load(tmp_path / "both", mmap_mode="r")
    assert isinstance(mapped.means_, np.memmap) and isinstance(data, np.memmap)
    assert_equal_answers(answers(mapped, data), answers(model, x))
    assert_equal_answers(answers(clone(model).fit(data), data), answers(model, x))


@pytest.mark.filterwarnings("error")
def test_frames_reversed_and_nullable():
    x = np.round(DATA_SETS["far apart"][0])
    frame = pd.DataFrame(x, columns=["a", "b"])
    model = GaussianMixture(4, random_state=0).fit(frame)
    for same in (frame[::-1], frame.convert_dtypes(), frame.astype("Float64"), frame.astype(int)):
        expected = answers(model, frame[::-1] if same.index[0] else frame)
        assert_equal_answers(answers(model, same), expected)
    reversed_columns = pd.DataFrame(x[:, ::-1], columns=["b", "a"]).iloc[:, ::-1]
    assert_equal_answers(answers(clone(model).fit(reversed_columns), frame), answers(model, frame))


def test_half_precision_tensors_are_fitted_as_their_values():
    x = torch.from_numpy(DATA_SETS["far apart"][0]).bfloat16()
    half, single = (GaussianMixture(4, random_state=0).fit(data) for data in (x, x.float()))
    assert_equal_answers(answers(half, x), answers(single, x.float()))


# Numbers at the edge

NARROW = {"reg_covar": 1e-100, "init_params": "k-means++"}  # begins at one point


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("fast", [False, True])
@pytest.mark.parametrize(
    ("x", "options", "message"),
    [
        ([[0.0], [3e120], [9e121]], NARROW, "standard deviations from each component"),
        ([[-1.7e308], [1.7e308]], {}, "X: got values from -1.7e.308 to 1.7e.308, wanted"),
        ([[1e-155], [3e-155], [2e-155]], {"reg_covar": 0}, "precisions_: too large for float64;"),
        ([[1e-170], [3e-170], [2e-170]], {"reg_covar": 0}, "not positive definite"),
        (np.float32([[1e30], [3e38]]), {}, "covariances_: too large for float32; .* in float64"),
        (np.float32([[1e-30], [2e-30]]), {"reg_covar": 0}, "precisions_: too large for float32"),
        ([[0.0], [1.0]], {"reg_covar": 10**400}, "reg_covar: got 10*, wanted a number ≥ 0"),
    ],
)
def test_what_no_float_holds_is_named_and_nothing_is_fitted(monkeypatch, x, options, message, fast):
    monkeypatch.setattr(choice, "LARGE", 0 if fast else choice.LARGE)
    for covariance_type in ("full", "diag", "spherical"):
        model = GaussianMixture(1, covariance_type=covariance_type, random_state=0, **options)
        with pytest.raises(ValueError, match=message):
            model.fit(x)
        with pytest.raises(NotFittedError):
            model.predict(x)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("covariance_type", TYPES)
@pytest.mark.parametrize("power", [-500, -100, 100, 490])
def test_the_scale_of_the_data_shifts_the_bounds(covariance_type, power):
    x, scale = DATA_SETS["far apart"][0], 2.0**power
    options = {"n_components": 4, "covariance_type": covariance_type, "reg_covar": 0}
    here = GaussianMixture(**options, random_state=0, tol=1e-2).fit(x)
    there = GaussianMixture(**options, random_state=0, tol=1e-2).fit(x * scale)
    expected = np.array(here.lower_bounds_) - 2 * power * np.log(2)
    np.testing.assert_allclose(there.lower_bounds_, expected, rtol=1e-9)
    np.testing.assert_allclose(there.covariances_ / scale / scale, here.covariances_, rtol=1e-9)


def test_a_query_beyond_every_component_is_named():
    model = GaussianMixture(2, random_state=0).fit(some_points(20, 3))
    assert np.isfinite(model.score_samples(np.full((1, 3), 1e149))).all()
    narrow = GaussianMixture(1, reg_covar=1e-20).fit(np.zeros((3, 1)))
    for ask in (narrow.predict, narrow.predict_proba, narrow.score_samples, narrow.bic):
        with pytest.raises(ValueError, match="standard deviations from each component"):
            ask([[1e149]])
        with pytest.raises(ValueError, match="X: got values from 0 to 1e.160"):
            ask([[0.0], [1e160]])


@pytest.mark.parametrize("fast", [False, True])
@pytest.mark.parametrize("covariance_type", TYPES)
def test_narrow_components_in_float32_have_the_bounds_of_float64(
    monkeypatch, covariance_type, fast
):
    monkeypatch.setattr(choice, "LARGE", 0 if fast else choice.LARGE)
    rng = np.random.default_rng(0)
    x = np.concatenate(
        [[30.0, -10.0] + 1e-4 * rng.normal(size=(200, 2)), rng.normal(size=(200, 2))]
    )
    x = x.astype(np.float32)
    options = {"n_components": 3, "covariance_type": covariance_type, "reg_covar": 1e-10}
    options |= {"random_state": 0, "max_iter": 20, "tol": 0}
    single, double = (fit(GaussianMixture, data, **options) for data in (x, x.astype(float)))
    assert np.abs(np.array(single.lower_bounds_) - double.lower_bounds_).max() < 1e-3


# Bad input


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"n_components": 0}, "n_components: got 0, wanted a whole number ≥ 1"),
        ({"covariance_type": "band"}, "covariance_type: got 'band', wanted one of"),
        ({"init_params": "luck"}, "init_params: got 'luck', wanted one of kmeans"),
        ({"tol": -1.0}, "tol: got -1.0, wanted a number ≥ 0"),
        ({"reg_covar": np.nan}, "reg_covar: got nan, wanted a number ≥ 0"),
        ({"max_iter": -1}, "max_iter: got -1, wanted a whole number ≥ 0"),
        ({"n_init": 0.5}, "n_init: got 0.5, wanted a whole number ≥ 1"),
        ({"verbose": "loud"}, "verbose: got 'loud', wanted a whole number ≥ 0"),
        ({"verbose_interval": 0}, "verbose_interval: got 0, wanted a whole number ≥ 1"),
        ({"random_state": "seed"}, "'seed' cannot be used to seed"),
        ({"n_components": 50}, "n_samples = 20, wanted at least n_components = 50"),
        ({"weights_init": [0.5, 0.6]}, "weights_init: got .* sum 1.1"),
        ({"means_init": np.zeros((2, 5))}, r"means_init: got shape \(2, 5\), wanted \(2, 3\)"),
        ({"precisions_init": np.ones((2, 3))}, r"precisions_init: got shape \(2, 3\)"),
        ({"precisions_init": np.zeros((2, 3, 3))}, "precisions_init: .* not positive definite"),
        (
            {"precisions_init": -np.ones(2), "covariance_type": "spherical"},
            "precisions_init: .* not positive definite",
        ),
        (
            {"precisions_init": np.ones((2, 3, 3)), "covariance_type": "tied"},
            r"precisions_init: got shape \(2, 3, 3\), wanted \(3, 3\)",
        ),
        (
            {"reg_covar": 0.0, "init_params": "random_from_data", "random_state": 0},
            "component 0 of 2 is not positive definite; in a fit, use",
        ),
    ],
)
def test_fit_names_a_bad_argument(options, message):
    x = np.random.default_rng(0).normal(size=(20, 3))
    with pytest.raises(ValueError, match=message):
        GaussianMixture(**{"n_components": 2} | options).fit(x)


@pytest.mark.parametrize(
    ("x", "message"),
    [
        (np.zeros(5), "Expected 2D array, got 1D array"),
        (np.zeros((0, 2)), r"0 sample\(s\)"),
        (np.zeros((5, 0)), r"0 feature\(s\)"),
        ([[0.0, 1.0], [np.nan, 0.0]], "X contains NaN"),
        ([[0.0, 1.0], [np.inf, 0.0]], "X contains infinity"),
        (np.eye(3) * 1e200, "X: got values from 0 to 1e.200, wanted values in"),
        (np.zeros((5, 2)), "not positive definite"),
    ],
)
def test_fit_names_bad_data(x, message):
    with pytest.raises(ValueError, match=message):
        GaussianMixture(1, reg_covar=0.0).fit(x)


def test_a_fitted_mixture_names_bad_data():
    model = GaussianMixture(2, random_state=0).fit(some_points(20, 3))
    with pytest.raises(ValueError, match="X has 2 features, but GaussianMixture is expecting 3"):
        model.score_samples(np.zeros((5, 2)))
    with pytest.raises(ValueError, match="n_samples: got 0, wanted a whole number"):
        model.sample(0)
