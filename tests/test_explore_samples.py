"""Sample and check: the decoder in NumPy and scikit-learn's neighbours against the scenes."""

import itertools
from functools import cache

import numpy as np
import pytest
import torch
from scipy.special import expit
from sklearn.neighbors import NearestNeighbors

from tests.helpers.explorers import numbers, settings
from vaelib.checkpoints import load as load_checkpoint
from vaelib.data.digits import binarize, mnist_5k
from vaelib.teaching.explore import load, samples
from vaelib.teaching.explore.files import checkpoint

explorer = load("samples")
PLACES = settings(explorer, between=("temperature",))
SHEETS, KINDS, TEMPERATURES = (control.values for control in explorer.controls.values())
DRAW, MEAN = KINDS
WEIGHTS = {
    name: tensor.double().numpy()
    for name, tensor in load_checkpoint(checkpoint("samples.pt"))["model"].items()
}


def decode(z):
    """f(z): one hidden layer of SiLU, (n, 20) → (n, 784)."""
    h = z @ WEIGHTS["net.0.weight"].T + WEIGHTS["net.0.bias"]
    return expit(h * expit(h) @ WEIGHTS["net.2.weight"].T + WEIGHTS["net.2.bias"])


@cache
def known(kind):
    """Training and held-out images as lesson 09 makes them."""
    images = mnist_5k()
    parts = (images.x_train, 14), (images.x_test, 0)
    if kind == DRAW:
        parts = [(binarize(x, torch.Generator().manual_seed(seed)), seed) for x, seed in parts]
    return [x.double().numpy() for x, _ in parts]


def shown(place):
    """The eight samples and their nearest images as the sheet shows them, (8, 784) each."""
    pairs = explorer.draw(**place).arrays["sheet"].reshape(2, 2, 4, 784) / 255
    return pairs[:, 0].reshape(8, 784), pairs[:, 1].reshape(8, 784)


@cache
def neighbours(kind):
    return NearestNeighbors(n_neighbors=1, algorithm="brute").fit(known(kind)[0])


def nearest(kind, x):
    """Squared distance to the nearest training image, (n,)."""
    return neighbours(kind).kneighbors(x)[0][:, 0] ** 2


def mean_of(place):
    seed = SHEETS.index(place["sheet"])
    eps = torch.randn(8, 20, generator=torch.Generator().manual_seed(seed), dtype=torch.float32)
    return decode(place["temperature"] * eps.double().numpy())


def test_below_each_sample_is_the_nearest_of_all_training_images():
    for place in PLACES:
        kind, temperature = place["kind"], place["temperature"]
        x, beside = shown(place)
        at, apart = explorer.draw(**place).arrays["now"].T
        assert (at == temperature).all()
        if kind == MEAN:
            assert np.abs(x - mean_of(place)).max() < 1 / 30 + 1 / 255  # half a step of grey
            x = mean_of(place)
        np.testing.assert_allclose(apart, nearest(kind, x), atol=1e-2)
        step = 0 if kind == DRAW else 1 / 30 + 1 / 255
        train = known(kind)[0]
        for image, shown_below, squared in zip(x, beside, apart, strict=True):
            fits = np.abs(train - shown_below).max(1) <= step + 1e-6
            assert np.abs(((train[fits] - image) ** 2).sum(1) - squared).min() < 1e-2


def test_at_temperature_0_all_means_are_one_and_each_sheet_has_its_own_noise():
    cold = shown(dict(sheet="first", kind=MEAN, temperature=0.0))[0]
    assert np.ptp(cold, axis=0).max() == 0
    sheets = [shown(dict(sheet=sheet, kind=DRAW, temperature=1.0))[0] for sheet in SHEETS]
    assert all((one != other).any(1).all() for one, other in itertools.combinations(sheets, 2))


def test_pixels_are_on_with_the_decoders_probability_and_keep_their_noise():
    n = 3000
    draws, means = (
        samples.sample(samples.decoder(), kind, 0.8, n, 5).double().numpy() for kind in KINDS
    )
    wrong = (draws - means).sum(0) / np.sqrt((means * (1 - means)).sum(0) + 0.1)
    assert np.abs(wrong).max() < 5 and 0.8 < wrong[means.mean(0) > 0.01].std() < 1.2
    for low, high in itertools.pairwise(TEMPERATURES):
        at = [
            [samples.sample(samples.decoder(), kind, t, 8, 1).numpy() for kind in KINDS]
            for t in (low, high)
        ]
        (x, f), (x_next, f_next) = at
        assert ((x_next >= x) | (f_next < f)).all() and ((x_next <= x) | (f_next > f)).all()


def test_drawing_the_pixels_adds_the_variance_to_the_squared_distance():
    """The module's identity, by 4,000 draws of one image; the sentence's number is its mean."""
    for temperature in (0.0, 1.0):
        f = mean_of(dict(sheet="first", temperature=temperature))
        other = known(DRAW)[0][:1]
        random = np.random.RandomState(2)
        x = random.rand(4000, 784) < f[0]
        squares = ((x - other) ** 2).sum(1)
        added = (f * (1 - f)).sum(1)
        expected = ((f[0] - other[0]) ** 2).sum() + added[0]
        assert abs(squares.mean() - expected) < 4 * squares.std() / 4000**0.5
        said = numbers(explorer.draw(temperature=temperature).sentence)[-1]
        assert abs(said - added.mean()) < 0.51


def test_the_yardstick_is_that_of_held_out_digits():
    fixed = explorer.fixed_arrays()
    for name, kind in (("held_draws", DRAW), ("held_means", MEAN)):
        median = np.median(nearest(kind, known(kind)[1]))
        assert fixed[name][:, 1] == pytest.approx([median, median], abs=0.5)


def test_with_temperature_draws_come_nearer_and_means_go_away():
    """As the lessons say. 300 other samples give the same medians, within their spread."""
    fixed = explorer.fixed_arrays()
    draws, means = fixed["draws"], fixed["means"]
    assert (np.diff(draws[:, 1]) <= 0).all() and (np.diff(means[:, 1]) > 0).all()
    assert tuple(draws[:, 0]) == tuple(means[:, 0]) == TEMPERATURES
    random = np.random.RandomState(3)
    for name, kind in (("draws", DRAW), ("means", MEAN)):
        for i in (0, 10, 16):
            x = decode(TEMPERATURES[i] * random.standard_normal((300, 20)))
            x = random.rand(*x.shape) < x if kind == DRAW else x
            apart = nearest(kind, x)
            slack = 4 * 1.25 * apart.std() / 300**0.5 + 0.5
            assert abs(np.median(apart) - fixed[name][i, 1]) < slack
    held = fixed["held_draws"][0, 1], fixed["held_means"][0, 1]
    assert draws[10, 1] > held[0] + 10 and draws[-1, 1] > held[0]
    assert means[0, 1] < held[1] - 4 and abs(means[10, 1] - held[1]) < 3
    for sheet in SHEETS:
        cold, hot = (
            numbers(explorer.draw(sheet=sheet, temperature=t).sentence)[-1] for t in (0.0, 1.6)
        )
        assert hot < 30 and 55 < cold < 60


def test_the_sentence_says_what_the_arrays_hold():
    fixed = explorer.fixed_arrays()
    for place in PLACES:
        arrays, sentence = explorer.draw(**place)
        apart = arrays["now"][:, 1]
        held = fixed["held_draws" if place["kind"] == DRAW else "held_means"][0, 1]
        wanted = [place["temperature"], apart.min(), apart.max(), np.median(apart), held]
        assert np.abs(np.array(numbers(sentence)[:5]) - wanted).max() < 0.51
        axis = explorer.panels["far"].y
        assert axis.low < apart.min() and apart.max() < axis.high
