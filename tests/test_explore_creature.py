"""The creature by sliders: the browser's scene against Python's, its decoder and table."""

import re

import numpy as np
import pytest
import torch
from scipy.stats import f_oneway
from torch.nn.functional import linear, silu

from tests.helpers.explorers import settings
from tests.helpers.node import scenes
from vaelib.checkpoints import load
from vaelib.data.creatures import LEVELS, TRAITS, creatures
from vaelib.teaching.explore.creature import NAMES, draw_codes, explorer, packed
from vaelib.teaching.explore.files import checkpoint
from vaelib.teaching.explore.pack import pack

SLIDERS = [f"z{k}" for k in range(1, 11)]


@pytest.fixture(scope="module")
def saved():
    return load(checkpoint("creature.pt"))


@pytest.fixture(scope="module")
def held_out():
    return creatures(1000, random_state=1)


def test_every_scene_is_valid_and_its_creatures_are_mirrored():
    for parameters in settings(explorer):
        arrays = explorer.draw(**parameters).arrays
        for images in (arrays["creature"][None], arrays["sheet"]):
            assert np.array_equal(images, images[:, :, ::-1])
        assert arrays["sheet"].shape == (25, 24, 24, 3)


def test_a_scene_depends_on_its_parameters_alone():
    before, state = explorer.draw(z3=1.5), torch.random.get_rng_state()
    default = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    try:
        after = explorer.draw(z3=1.5)
    finally:
        torch.set_default_dtype(default)
    assert before.sentence == after.sentence
    assert all(np.array_equal(before.arrays[k], after.arrays[k]) for k in before.arrays)
    assert torch.equal(state, torch.random.get_rng_state())


def test_the_browser_draws_what_python_draws():
    places = settings(explorer, 50)
    for parameters, theirs in zip(places, scenes(explorer, places), strict=True):
        ours = explorer.draw(**parameters)
        assert theirs.sentence == ours.sentence
        assert set(theirs.arrays) == set(ours.arrays)
        for name, wanted in ours.arrays.items():
            image = theirs.arrays[name]
            assert image.dtype == np.uint8 and image.shape == wanted.shape
            assert np.abs(image.astype(int) - wanted).max() <= 1


def test_the_decoder_is_its_bytes(saved):
    model, z = saved["model"], torch.randn(40, 10, generator=torch.Generator().manual_seed(0))
    h = z
    for k in range(1, 5):
        weight = (model[f"weights_{k}"].float() - 128) * model[f"scale_{k}"].float()
        h = linear(h if k == 1 else silu(h), weight, model[f"bias_{k}"].float())
    right = model["background"].repeat(40, 1)
    right[:, model["moves"].bool()] = (256 * h).floor().clamp(0, 255).byte()
    drawn = draw_codes(z.double().numpy())
    assert np.abs(drawn[:, :, 12:].reshape(40, 864).astype(int) - right.numpy()).max() <= 1
    assert len(pack(explorer)) < 200_000


def test_it_draws_creatures_held_out_from_their_codes(saved, held_out):
    wanted = held_out.images.double().numpy() / 255
    drawn = draw_codes(saved["codes"].double().numpy()) / 255
    mean = creatures(2000, random_state=0).x.double().mean(0).reshape(24, 24, 3).numpy()
    error, chance = (np.sqrt(((x - wanted) ** 2).mean()) for x in (drawn, mean))
    assert error < 0.4 * chance
    assert error == pytest.approx(saved["report"]["rmse"], abs=0.002)
    assert chance == pytest.approx(saved["report"]["rmse_of_the_mean"], abs=0.002)
    assert saved["report"]["elbo"] > 900


def test_the_table_holds_for_creatures_held_out(saved, held_out):
    codes = saved["codes"].double().numpy()
    found = np.zeros((10, 10))
    for t, name in enumerate(TRAITS):
        level = held_out.traits[name].numpy() // (1 if name in LEVELS else 32)
        groups = [codes[level == k] for k in range(level.max() + 1)]
        ratio = f_oneway(*groups).statistic  # (10,)
        between, within = len(groups) - 1, len(codes) - len(groups)
        found[:, t] = between * (ratio - 1) / (between * ratio + within)
    assert np.abs(100 * found - packed()["table"]).max() < 7


def test_labels_and_sentence_say_what_the_table_says():
    table = packed()["table"]
    for j, name in enumerate(NAMES):
        best = table[j].argmax()
        label = f"{name} · {TRAITS[best]} {table[j, best]} %"
        assert explorer.controls[f"z{j + 1}"].label == label, "declare the table's new shares"
    for parameters in settings(explorer):
        sentence = explorer.draw(**parameters).sentence
        for name, *shares in re.findall(
            r"(z[₀-₉]+): (\d+) % of its variance comes from (\w+), (\d+) % from (\w+)", sentence
        ):
            row = table[NAMES.index(name)]
            assert [int(shares[0]), int(shares[2])] == sorted(row.tolist())[:-3:-1]
            assert row[[TRAITS.index(trait) for trait in shares[1::2]]].tolist() == [
                int(share) for share in shares[::2]
            ]
        varied = {parameters["across"], parameters["down"]}
        assert set(re.findall(r"z[₀-₉]+(?=:)", sentence)) == varied
        length = float(re.search(r"lies ([\d.]+) from 0", sentence)[1])
        assert length == pytest.approx(sum(parameters[k] ** 2 for k in SLIDERS) ** 0.5, abs=0.051)


def test_the_lengths_are_those_of_the_codes(saved):
    low, high = packed()["lengths"]
    length = np.sqrt((saved["codes"].double().numpy() ** 2).sum(1))
    assert np.mean((low <= length) & (length <= high)) == pytest.approx(0.9, abs=0.005)


def test_the_sheet_varies_two_and_keeps_eight():
    for parameters in settings(explorer, 20)[-20:]:
        across, down = (NAMES.index(parameters[name]) + 1 for name in ("across", "down"))
        sheet = explorer.draw(**parameters).arrays["sheet"].reshape(5, 5, 24, 24, 3)
        for row, column in ((0, 0), (1, 3), (4, 2)):
            there = parameters | {f"z{down}": row - 2} | {f"z{across}": column - 2}
            assert np.array_equal(explorer.draw(**there).arrays["creature"], sheet[row, column])


def test_the_first_creature_is_one_held_out(saved):
    start = np.array([explorer.start()[name] for name in SLIDERS])
    assert np.abs(saved["codes"].double().numpy() - start).max(1).min() < 0.051


def test_what_the_lesson_says_of_z7():
    rows = [explorer.draw(z7=z).arrays["creature"] for z in (-2, 0, 2)]
    real = creatures(6000, random_state=0)
    limbs = [LEVELS["limbs"][nearest(image, real, "limbs")] for image in rows]
    assert limbs[0] != "arms" and limbs[-1] == "arms"
    brown, green, purple = (image[14:18, 8:16].reshape(-1, 3).mean(0) for image in rows)
    assert brown[0] > brown[1] > brown[2]  # red, green, blue
    assert green.argmax() == 1 and purple.argmin() == 1
    assert packed()["table"][6, TRAITS.index("hue")] < 1


def test_no_creature_held_out_has_a_code_near_zero(saved):
    assert saved["codes"].double().norm(dim=1).min() > 1.5


def nearest(image, real, trait):
    """The trait's commonest level among the nine real creatures nearest to the image."""
    far = (real.images.float() - torch.from_numpy(image).float()).square().sum((1, 2, 3))
    return real.traits[trait][far.topk(9, largest=False).indices].mode().values.item()
