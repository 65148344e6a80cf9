import hashlib

import numpy as np
import pytest
import torch
from scipy.stats import chi2_contingency, chisquare

from vaelib.data.creatures import (
    FIXED,
    LEVELS,
    STAMPS,
    TRAITS,
    creatures,
    draw_creature,
    render_creatures,
)

SHA256 = "6142d4d1ba8ff59df79cb536a893160aabc61a36467cbed4a9e46952f1654a02"


@pytest.fixture(scope="module")
def many():
    return creatures(4000, random_state=1)


def test_the_same_bytes_on_every_machine():
    images = creatures(100, random_state=0).images
    assert hashlib.sha256(images.numpy().tobytes()).hexdigest() == SHA256


def test_shapes_types_and_ranges(many):
    assert many.images.shape == (4000, 24, 24, 3) and many.images.dtype == torch.uint8
    assert many.x.shape == (4000, 1728) and many.x.dtype == torch.float32
    assert torch.equal((255 * many.x).round().to(torch.uint8), many.images.flatten(1))
    assert tuple(many.traits) == TRAITS and len(TRAITS) == 10
    for name, value in many.traits.items():
        n_values = len(LEVELS[name]) if name in LEVELS else 256
        assert value.dtype == torch.int64 and value.shape == (4000,)
        assert set(value.tolist()) == set(range(n_values))


def test_mirror_symmetry_and_a_plain_background(many):
    assert torch.equal(many.images, many.images.flip(2))
    background = torch.tensor(FIXED["."], dtype=torch.uint8)
    assert (many.images[:, :, 0] == background).all(-1).float().mean() > 0.9
    plain = (many.images == background).all(-1).float().mean((1, 2))  # share of the picture
    assert plain.min() > 0.15 and plain.max() < 0.85


def test_seeds():
    first, again, longer = (creatures(n, random_state=5) for n in (7, 7, 20))
    assert torch.equal(first.images, again.images)
    assert torch.equal(first.images, longer.images[:7])
    assert not torch.equal(first.images, creatures(7, random_state=6).images)
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    one = creatures(3, random_state=np.random.RandomState(5))
    assert torch.equal(one.images, first.images[:3])
    assert np.array_equal(before, np.random.get_state()[1])  # noqa: NPY002


def test_traits_are_uniform_and_independent(many):
    grouped = {k: v.numpy() if k in LEVELS else v.numpy() // 64 for k, v in many.traits.items()}
    p_values = [chisquare(np.bincount(value)).pvalue for value in grouped.values()]
    for i, a in enumerate(TRAITS):
        for b in TRAITS[:i]:
            table = np.zeros((grouped[a].max() + 1, grouped[b].max() + 1))
            np.add.at(table, (grouped[a], grouped[b]), 1)
            p_values.append(chi2_contingency(table).pvalue)
    assert len(p_values) == 55 and min(p_values) > 0.001
    assert 0.3 < np.mean(p_values) < 0.7


def test_the_pictures_follow_from_the_traits(many):
    assert torch.equal(render_creatures(many.traits), many.images)
    one = {name: value[5:6] for name, value in many.traits.items()}
    assert torch.equal(render_creatures(one)[0], many.images[5])
    named = {k: LEVELS[k][v] if k in LEVELS else int(v) for k, v in one.items()}
    assert torch.equal(draw_creature(**named), many.images[5])


@pytest.mark.parametrize("name", LEVELS)
def test_every_level_is_seen(name, many):
    """For most creatures any two levels of a trait give two pictures, all else being equal."""
    some = {k: v[:200] for k, v in many.traits.items()}
    pictures = [
        render_creatures(some | {name: torch.full((200,), level)})
        for level in range(len(LEVELS[name]))
    ]
    for i, a in enumerate(pictures):
        for b in pictures[:i]:
            assert (a != b).flatten(1).any(1).float().mean() > 0.95


@pytest.mark.parametrize(
    ("name", "step"), [("hue", 9), ("accent", 9), ("size", 64), ("lightness", 9)]
)
def test_every_number_is_seen(name, step, many):
    some = {k: v[:200] for k, v in many.traits.items()}
    lower = some[name].clamp(max=255 - step)
    a, b = (render_creatures(some | {name: value}) for value in (lower, lower + step))
    assert (a != b).flatten(1).any(1).float().mean() > 0.95


def test_hue_goes_round_and_size_grows():
    base, first, last = (draw_creature(hue=hue).int() for hue in (128, 0, 255))
    assert (first - last).abs().max() < 8 < (first - base).abs().max()

    def ink(**traits):
        image = draw_creature(limbs="float", ears="sprout", **traits).int()
        return int((image != torch.tensor(FIXED["."])).any(-1).sum())

    sizes = [ink(size=size) for size in range(0, 256, 51)]
    assert sizes == sorted(sizes) and sizes[-1] > 1.4 * sizes[0]


def test_lightness_lightens():
    levels = [float(draw_creature(lightness=value).float().mean()) for value in (0, 100, 200, 255)]
    assert levels == sorted(levels) and levels[-1] > levels[0] + 5


def test_every_level_has_its_stamp():
    shaped = {"body", "pattern"}  # formulas
    named = {level for name in LEVELS.keys() - shaped for level in LEVELS[name]}
    assert named - {"float"} | {"cheek"} == set(STAMPS)
    assert all(len({len(line) for line in art}) == 1 for art in STAMPS.values())


@pytest.mark.parametrize("n", [0, -3, 2.5, True, "7", None])
def test_bad_n(n):
    with pytest.raises(ValueError, match="^n: got .*, wanted a whole number ≥ 1"):
        creatures(n)


def test_bad_traits(many):
    good = {name: value[:2] for name, value in many.traits.items()}
    with pytest.raises(
        ValueError, match=r"traits: got \['accent', .*, wanted a dict of body, ears"
    ):
        render_creatures({name: value for name, value in good.items() if name != "mouth"})
    with pytest.raises(ValueError, match="traits: got Tensor, wanted a dict"):
        render_creatures(good["hue"])
    for name, value, message in [
        ("ears", [0, 6], r"ears: got values from 0 to 6, wanted values in \[0, 5\]"),
        ("hue", [-1, 3], r"hue: got values from -1 to 3, wanted values in \[0, 255\]"),
        ("hue", [0.5, 3.0], r"hue: got torch.float.*, wanted whole numbers from 0 to 255"),
        ("size", [1, 2, 3], r"size: got shape \(3,\), wanted \(2,\)"),
        ("body", [[0], [1]], r"body: got shape \(2, 1\), wanted \(n,\)"),
        ("body", ["round", "drop"], "body: got list, wanted a tensor or an array of numbers"),
    ]:
        with pytest.raises(ValueError, match=message):
            render_creatures(good | {name: value})
    with pytest.raises(ValueError, match="eyes: got 'three', wanted one of dots, big, sleepy"):
        draw_creature(eyes="three")
    with pytest.raises(ValueError, match=r"size: got values from 300 to 300"):
        draw_creature(size=300)
