"""The creature by sliders: the browser's scene against Python's, its decoder and table."""

import base64
import itertools
import json
import re
import shutil
import subprocess

import numpy as np
import pytest
import torch
from scipy.stats import f_oneway
from torch.nn.functional import linear, silu

from vaelib.checkpoints import load
from vaelib.data.creatures import LEVELS, TRAITS, creatures
from vaelib.teaching.explore.creature import NAMES, draw_codes, explorer, packed
from vaelib.teaching.explore.files import checkpoint
from vaelib.teaching.explore.pack import pack

SLIDERS = [f"z{k}" for k in range(1, 11)]
VALUES = explorer.controls["z1"].values
RUN = """
const {fixed, settings} = JSON.parse(require("fs").readFileSync(0, "utf8"));
for (const name in fixed) {
  const {kind, data, shape} = fixed[name];
  fixed[name] = {data: (kind === "uint8" ? Uint8Array : Float32Array).from(data), shape};
}
const evaluate = (EVALUATOR);
const answers = settings.map((one) => {
  const {arrays, sentence} = evaluate(one, fixed);
  for (const name in arrays) {
    const {data, shape} = arrays[name];
    arrays[name] = {data: Buffer.from(data).toString("base64"), shape, kind: data.constructor.name};
  }
  return {arrays, sentence};
});
console.log(JSON.stringify(answers));
"""


def settings(n=50):
    random = np.random.RandomState(0)
    corners = [
        dict(zip(SLIDERS, z, strict=True)) | {"across": across, "down": down}
        for z in (10 * [VALUES[0]], 10 * [VALUES[-1]], 5 * [VALUES[0], VALUES[-1]])
        for across, down in itertools.product((NAMES[0], NAMES[-1]), repeat=2)
    ]
    drawn = [
        dict(zip(SLIDERS, random.choice(VALUES, 10).tolist(), strict=True))
        | dict(zip(("across", "down"), random.choice(NAMES, 2).tolist(), strict=True))
        for _ in range(n)
    ]
    return [*corners, *drawn]


@pytest.fixture(scope="module")
def saved():
    return load(checkpoint("creature.pt"))


@pytest.fixture(scope="module")
def held_out():
    return creatures(1000, random_state=1)


def test_every_scene_is_valid_and_its_creatures_are_mirrored():
    for parameters in settings():
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


@pytest.mark.skipif(not shutil.which("node"), reason="needs node to run the browser's function")
def test_the_browser_draws_what_python_draws():
    fixed = {
        name: {"kind": str(array.dtype), "shape": array.shape, "data": array.ravel().tolist()}
        for name, array in explorer.fixed_arrays().items()
    }
    script = RUN.replace("EVALUATOR", explorer.evaluator)
    message = json.dumps({"fixed": fixed, "settings": settings()})
    ran = subprocess.run(
        ["node", "-e", script], input=message, capture_output=True, text=True, check=True
    )
    answers = json.loads(ran.stdout)
    for parameters, answer in zip(settings(), answers, strict=True):
        scene = explorer.draw(**parameters)
        assert answer["sentence"] == scene.sentence
        assert answer["arrays"].keys() == scene.arrays.keys()
        for name, wanted in scene.arrays.items():
            came = answer["arrays"][name]
            assert came["kind"] == "Uint8Array" and came["shape"] == list(wanted.shape)
            image = np.frombuffer(base64.b64decode(came["data"]), np.uint8).reshape(wanted.shape)
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
    for parameters in settings():
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
    for parameters in settings()[12:32]:
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
