"""Sample and check: the decoder in PyTorch and scikit-learn's neighbours against the scenes."""

import itertools
from functools import cache

import numpy as np
import pytest
import torch
from sklearn.neighbors import NearestNeighbors
from torch.nn.functional import linear, silu

from tests.helpers.explorers import numbers, settings
from tests.helpers.hands import check_challenges
from tests.helpers.node import check_twins
from vaelib.checkpoints import load as load_checkpoint
from vaelib.data.digits import binarize, mnist_5k
from vaelib.teaching.explore import load, samples, vae_samples
from vaelib.teaching.explore.files import checkpoint
from vaelib.teaching.explore.pack import pack
from vaelib.teaching.explore.vae_samples import (
    COARSE,
    HANDFULS,
    TEMPERATURES,
    made_up_is_left,
    uniforms,
)
from vaelib.teaching.explore.words import plain

explorer = load("samples")
PLACES = settings(explorer, between=("temperature",))[::4]
COPIES = [place | {"show": samples.COPY} for place in PLACES]
MEAN, DRAW = explorer.controls["kind"].values
LEFT = {k: made_up_is_left(k) for k in range(HANDFULS)}
RIGHTS = {
    name: samples.LEFT if own else samples.RIGHT
    for name, own in zip(samples.PAIRS, LEFT[0], strict=True)
}
WAYS = {
    "samples-game": [
        RIGHTS | {"pair1": samples.OPEN, "pair2": samples.OPEN},
        RIGHTS | {"temperature": 0.5},
        RIGHTS | {"kind": DRAW},
        RIGHTS | {"pair1": samples.OPEN},
    ],
    "samples-ghost": [
        {"temperature": 0.5},
        {"temperature": 0.04, "kind": DRAW},
        {"temperature": 0.04},
    ],
    "samples-suspect": [
        {"handful": 3.0, "show": samples.COPY},
        {"handful": 7.0, "kind": DRAW, "show": samples.COPY},
        {"handful": 7.0},
        {"handful": 7.0, "show": samples.COPY},
    ],
    "samples-hot": [
        {"temperature": 1.6, "show": samples.COPY},
        {"kind": DRAW, "show": samples.COPY},
        {"kind": DRAW, "temperature": 1.6},
        {"kind": DRAW, "temperature": 1.6, "show": samples.COPY},
    ],
}
BLANK, INK = np.array(samples.PAPER), np.array(samples.INK)
STEP = 1.01 / (BLANK - INK).min()  # of grey, for a level rounded to a byte


def draw(**place):
    """The scene that checks for copies."""
    return explorer.draw(**{"show": samples.COPY} | place)


def decode(z):
    """f(z) by PyTorch from the stored bytes: (n, 20) → (n, 784)."""
    w = {k: v.double() for k, v in load_checkpoint(checkpoint("samples.pt"))["model"].items()}
    h = silu(linear(torch.tensor(z), (w["hidden"] - 128) * w["hidden_scale"], w["hidden_bias"]))
    last = (w["outer"] - 128) * w["scale"] @ (w["inner"] - 128)
    return linear(h, last, w["outer_bias"]).sigmoid().numpy()


@cache
def known(kind):
    """Training and held-out images as lesson 09 makes them."""
    images = mnist_5k()
    parts = (images.x_train, 14), (images.x_test, 0)
    if kind == DRAW:
        parts = [(binarize(x, torch.Generator().manual_seed(seed)), seed) for x, seed in parts]
    return [x.double().numpy() for x, _ in parts]


@cache
def neighbours(kind):
    return NearestNeighbors(n_neighbors=1, algorithm="brute").fit(known(kind)[0])


def nearest(kind, x):
    """Squared distance to the nearest training image, (n,)."""
    return neighbours(kind).kneighbors(x)[0][:, 0] ** 2


def eps(place):
    """The noise of the eight codes."""
    n = round(place["handful"])
    return load_checkpoint(checkpoint("samples.pt"))["model"]["eps"][8 * n - 8 : 8 * n].double()


def at(place):
    """The temperature whose scene is drawn."""
    return round(50 * place["temperature"]) / 50


def mean_of(place):
    return decode(at(place) * eps(place).numpy())


def cards(place):
    """The three pictures of each card, (8, 3, 784, 3), and the colour of its frame, (8, 3)."""
    drawn = draw(**place).arrays["cards"].astype(float)
    assert drawn.shape == (8, 30, 88, 3)
    pictures = [drawn[:, 1:29, left : left + 28].reshape(8, 784, 3) for left in (1, 30, 59)]
    edges = np.concatenate([drawn[:, 0], drawn[:, -1], drawn[:, :, 0], drawn[:, :, 29]], 1)
    assert (edges == edges[:, :1]).all()
    return np.stack(pictures, 1), edges[:, 0]


def grey(picture):
    """The ink, 0 to 1, of pictures in colour."""
    share = (BLANK - picture) / (BLANK - INK)
    assert np.ptp(share, axis=-1).max() < STEP
    return share.mean(-1)


def test_the_browser_draws_the_same_scenes():
    check_twins(explorer, PLACES)


def test_a_page_holds_no_scene():
    assert len(pack(explorer)) < 125_000


def test_the_eight_are_means_of_the_noise_or_drawn_from_them():
    for place in COPIES:
        x = grey(cards(place)[0][:, 0])
        if place["kind"] == MEAN:
            assert np.abs(x - mean_of(place)).max() < STEP
        else:
            assert np.abs(x - x.round()).max() < STEP
    assert all(
        (one != other).any(1).all()
        for one, other in itertools.combinations(
            [grey(cards({"handful": float(n), "kind": DRAW})[0][:, 0]) for n in (1, 2, HANDFULS)], 2
        )
    )


def test_beside_each_is_the_nearest_of_all_training_images_and_what_differs():
    for place in COPIES:
        kind = place["kind"]
        (pictures, _), arrays = cards(place), draw(**place).arrays
        temperature, apart = arrays["now"].T
        assert (temperature == at(place)).all() and (arrays["at"][:, 0] == at(place)).all()
        x = mean_of(place) if kind == MEAN else grey(pictures[:, 0]).round()
        np.testing.assert_allclose(apart, nearest(kind, x), atol=1e-3)
        beside = grey(pictures[:, 1])
        for image, other, squared in zip(x, beside, apart, strict=True):
            fits = known(kind)[0][np.abs(known(kind)[0] - other).max(1) <= STEP]
            assert np.abs(((fits - image) ** 2).sum(1) - squared).min() < 1e-3
        paper, pale, red = map(np.array, (samples.PAPER, samples.PALE, samples.RED))
        beside = beside[..., None]
        shared = paper + (pale - paper) * np.minimum(x[..., None], beside)
        overlaid = shared + (red - shared) * (x[..., None] - beside) ** 2
        assert np.abs(pictures[:, 2] - overlaid).max() < 3


def test_the_framed_card_is_the_one_asked_about():
    for place in COPIES:
        arrays = draw(**place).arrays
        (framed,) = (cards(place)[1] == samples.FRAME).all(1).nonzero()[0]
        asked = place["card"]
        own = arrays["now"][:, 1].argmin() if asked == samples.NEAREST else int(asked[5:]) - 1
        assert framed == own
        np.testing.assert_array_equal(arrays["asked"][0], arrays["now"][own])
        ends = arrays["now"][:, 1].min(), arrays["now"][:, 1].max()
        np.testing.assert_array_equal(arrays["reach"][:, 1], ends)


def test_near_temperature_0_all_means_are_one():
    assert np.ptp(cards({"temperature": 0.0})[0][:, 0], axis=0).max() == 0
    assert np.ptp(cards({"temperature": 0.04})[0][:, 0], axis=0).mean() < 6  # of 255


def test_pixels_are_on_with_the_decoders_probability_and_keep_their_noise():
    u = np.concatenate([vae_samples.uniforms(n) for n in range(HANDFULS)])
    assert 0 <= u.min() and u.max() < 1 and len(np.unique(u)) > u.size - 3
    assert abs(np.corrcoef(u[:, :-1].ravel(), u[:, 1:].ravel())[0, 1]) < 0.02
    counts, _ = np.histogram(u, 50, (0, 1))
    assert ((counts - counts.mean()) ** 2 / counts.mean()).sum() < 90  # chi-square, 49
    weights = vae_samples.found()
    for low, high in itertools.pairwise(TEMPERATURES[::8]):
        (f, x), (f_next, x_next) = (vae_samples.eight(1, t, weights) for t in (low, high))
        assert ((x_next >= x) | (f_next < f)).all() and ((x_next <= x) | (f_next > f)).all()


def test_drawing_the_pixels_adds_the_variance_to_the_squared_distance():
    """The module's identity, by 4,000 draws of one image; the words' number is its mean."""
    for temperature in (0.0, 1.0):
        f = mean_of(dict(handful=1, temperature=temperature))
        other = known(DRAW)[0][:1]
        random = np.random.RandomState(2)
        x = random.rand(4000, 784) < f[0]
        squares = ((x - other) ** 2).sum(1)
        added = (f * (1 - f)).sum(1)
        expected = ((f[0] - other[0]) ** 2).sum() + added[0]
        assert abs(squares.mean() - expected) < 4 * squares.std() / 4000**0.5
        more = draw(temperature=temperature).more
        (said,) = numbers(more.partition("alone adds ")[2].partition(". The")[0])
        assert abs(said - added.mean()) < 0.051


@pytest.mark.parametrize("kind", [MEAN, DRAW])
def test_the_yardstick_is_the_distance_of_held_out_digits(kind):
    held_out = nearest(kind, known(kind)[1])
    arrays = draw(kind=kind).arrays
    low, middle, high = np.quantile(held_out, [0.05, 0.5, 0.95])
    np.testing.assert_allclose(arrays["unseen"][:, 1], middle, atol=0.05)
    np.testing.assert_allclose(arrays["common"][:, 1:], [[low, high]] * 2, atol=0.1)
    for place in COPIES:
        if place["kind"] == kind:
            apart = draw(**place).arrays["asked"][0, 1]
            *_, said = numbers(plain(draw(**place).sentence))
            assert abs(said - 100 * (held_out <= apart + 0.02).mean()) < 1


def test_with_temperature_draws_come_nearer_and_means_go_away():
    """As the lessons say. 300 other samples give the same medians, within their spread."""
    line = {kind: draw(kind=kind).arrays["typical"] for kind in (MEAN, DRAW)}
    middle = {kind: draw(kind=kind).arrays["unseen"][0, 1] for kind in (MEAN, DRAW)}
    random = np.random.RandomState(3)
    for kind, medians in line.items():
        np.testing.assert_allclose(medians[:, 0], COARSE)
        for i in (0, 10, 16):
            x = decode(COARSE[i] * random.standard_normal((300, 20)))
            x = random.rand(*x.shape) < x if kind == DRAW else x
            apart = nearest(kind, x)
            slack = 4 * 1.25 * apart.std() / 300**0.5 + 0.5
            assert abs(np.median(apart) - medians[i, 1]) < slack
    draws, means = line[DRAW][:, 1], line[MEAN][:, 1]
    assert (np.diff(draws) <= 0).all() and (np.diff(means) > 0).all()
    assert draws[10] > middle[DRAW] + 10 and draws[-1] > middle[DRAW]
    assert means[0] < middle[MEAN] - 4 and abs(means[10] - middle[MEAN]) < 3


def test_the_words_say_what_the_arrays_hold():
    for place in COPIES:
        scene = draw(**place)
        said = numbers(plain(scene.sentence))
        assert len(said) == 3
        assert said[:2] == pytest.approx([at(place), scene.arrays["asked"][0, 1]], abs=0.051)
        apart, axis = scene.arrays["now"][:, 1], explorer.panels["far"].y
        assert axis.low < apart.min() and apart.max() < axis.high
        handful, of, *distances = numbers(scene.more)[:5]
        assert (handful, of) == (round(place["handful"]), HANDFULS)
        middle = scene.arrays["unseen"][0, 1]
        assert distances[:2] == pytest.approx([apart.min(), apart.max()], abs=0.051)
        assert f"held-out digits {middle:.1f}" in scene.more


def test_the_suspects_are_sevens_and_one_unseen_seven_in_three_is_as_near():
    """As a challenge says: all but ones that a grey digit can be within 16 of."""
    images, found = mnist_5k(), vae_samples.found()
    labels, suspects = images.y_train.numpy(), set()
    fixed = explorer.fixed_arrays()
    for n, i in itertools.product(range(HANDFULS), range(0, len(TEMPERATURES), 4)):
        place = {"handful": n + 1.0, "temperature": TEMPERATURES[i]}
        near = labels[found["nearest"][n, 0, :, i]]
        rows = fixed["grey_at"][n, :, i].astype(int)
        np.testing.assert_array_equal(fixed["labels"][rows], near)
        apart = draw(**place).arrays["now"][:, 1]
        suspects |= set(near[(apart < 16) & (near != 1)].tolist())
    assert suspects == {7}
    held_out = nearest(MEAN, known(MEAN)[1])
    assert 0.3 < (held_out < 16)[images.y_test.numpy() == 7].mean() < 0.37
    ghost = draw(temperature=0.0).arrays["asked"][0, 1]
    assert ghost < draw().arrays["typical"][10, 1] - 5  # as another challenge says


@pytest.mark.parametrize("kind", [MEAN, DRAW])
def test_pairs_are_the_vaes_digits_and_real_ones_and_frames_tell_after_a_pick(kind):
    codes = load_checkpoint(checkpoint("samples.pt"))["model"]["codes"].double().numpy()
    picks = {"pair1": "left", "pair2": "right", "pair3": "left"}
    for n in (0, 6):
        place = {"kind": kind, "handful": n + 1.0, "temperature": 0.8}
        scene = explorer.draw(**place, **picks)
        tiles, own = scene.arrays["pairs"].astype(float), mean_of(place)
        real = decode(codes[8 * n : 8 * n + 8])
        if kind == DRAW:
            own, real = uniforms(n) < own, uniforms(HANDFULS + n) < real
        assert len(scene.arrays["now"]) == 3 and not len(scene.arrays["cards"])
        right = 0
        for tile, picture in enumerate(tiles):
            k, side = divmod(tile, 2)
            left = 5 if side == 0 else 1
            pick = picks.get(f"pair{k + 1}")
            is_own = LEFT[n][k] == (side == 0)
            inner = picture[1:29, left + 1 : left + 29].reshape(784, 3)
            paper, frame = BLANK, samples.EDGE
            if pick:
                frame = samples.FRAME if is_own else samples.GREEN
                if pick == ("left", "right")[side]:
                    paper = np.array(samples.WELL if is_own else samples.ILL)
                    right += is_own
            share = (own if is_own else real)[k][:, None]
            assert np.abs(inner - (paper + (INK - paper) * share)).max() < 0.51
            assert (picture[0, left : left + 30] == frame).all()
            assert (picture[:, 0 if left == 5 else -1] == BLANK).all()
        assert numbers(plain(scene.sentence)) == [right, 3]


def test_a_real_digits_code_is_at_the_top_of_the_joint_density():
    """Steps in any direction lower log p(x, z); the digit comes back better than from z = 0."""
    codes = load_checkpoint(checkpoint("samples.pt"))["model"]["codes"].double().numpy()
    x, random = known(MEAN)[1][:80], np.random.RandomState(4)

    def log_joint(z):
        f = decode(z).clip(1e-12, 1 - 1e-12)
        return (x * np.log(f) + (1 - x) * np.log(1 - f)).sum(1) - (z**2).sum(1) / 2

    top = log_joint(codes)
    for _ in range(20):
        step = random.standard_normal(codes.shape)
        step *= 0.3 / np.linalg.norm(step, axis=1, keepdims=True)
        assert (log_joint(codes + step) < top).mean() > 0.98
    assert (top > log_joint(0 * codes) + 10).all()


def test_sides_are_even_and_the_game_counts_to_the_end():
    assert 30 <= sum(left.sum() for left in LEFT.values()) <= 50
    wrongs = {name: "left" if side == "right" else "right" for name, side in RIGHTS.items()}
    for said, picks, right in (
        ("give the VAE away", RIGHTS, 8),
        ("give the VAE away", RIGHTS | {"pair1": wrongs["pair1"]}, 7),
        ("Now and then", RIGHTS | {k: wrongs[k] for k in ("pair1", "pair2", "pair3")}, 5),
        ("has fooled", wrongs, 0),
    ):
        sentence = explorer.draw(**picks).sentence
        assert said in sentence and numbers(plain(sentence)) == [right, 8, 4]


def test_the_challenges_can_be_met():
    check_challenges(explorer, WAYS)
