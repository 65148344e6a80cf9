"""The moons' experiment: its stack of networks against plain ones, and the stored table."""

import math

import pytest
import torch
from torch.distributions import Independent, Normal, kl_divergence

from experiments import moons
from vaelib.data import tables
from vaelib.data.moons import distance_to_moons


@pytest.fixture
def x():
    return moons.stacked(moons.waxing, 40, 2, first=0)


@pytest.fixture
def model(x):
    generator = torch.Generator().manual_seed(0)
    model = moons.Stack(x.mean(1, keepdim=True), 2, 0.1, generator)
    with torch.no_grad():  # as after some training: codes apart, little noise
        model.weights[2] *= 20
        model.biases[2][..., 2:] -= 2
    return model


def plain(model, seed):
    """One seed's networks as torch.nn.Sequential: encoder and decoder."""
    linears = []
    for weight, bias in zip(model.weights, model.biases, strict=True):
        linear = torch.nn.Linear(*weight.shape[1:])
        linear.load_state_dict({"weight": weight[seed].T, "bias": bias[seed, 0]})
        linears.append(linear)
    silu = torch.nn.SiLU()
    parts = [linears[:3], linears[3:]]
    return [torch.nn.Sequential(a, silu, b, silu, c) for a, b, c in parts]


def test_a_stack_is_its_networks_side_by_side(model, x):
    m, logvar = model.encode(x)
    pictures = model.decode(m)
    for seed in range(2):
        encoder, decoder = plain(model, seed)
        expected = encoder(x[seed] - model.x_mean[seed])
        assert torch.allclose(torch.cat([m[seed], logvar[seed]], 1), expected, atol=1e-4)
        expected = model.x_mean[seed] + decoder(m[seed])
        assert torch.allclose(pictures[seed], expected, atol=1e-4)


def test_the_loss_is_minus_the_bound(model, x):
    by_moons = moons.loss(model, x, True, 1, torch.Generator().manual_seed(1))
    m, logvar = model.encode(x)
    eps = torch.randn(m.shape, generator=torch.Generator().manual_seed(1))
    q = Independent(Normal(m, torch.exp(logvar / 2)), 1)
    prior = Independent(Normal(torch.zeros(2), torch.ones(2)), 1)
    p = Independent(Normal(model.decode(m + torch.exp(logvar / 2) * eps), 0.1), 1)
    bound = (p.log_prob(x) - kl_divergence(q, prior.expand(q.batch_shape))).mean(1)
    assert torch.allclose(by_moons, -bound, rtol=1e-4)


def test_rescaling_changes_no_picture_and_lowers_the_loss(model, x):
    before = model.decode(model.encode(x)[0])
    loss = moons.loss(model, x, True, 1, torch.Generator().manual_seed(1))
    model.rescale(x)
    m, logvar = model.encode(x)
    assert torch.allclose(model.decode(m), before, atol=1e-3)
    assert m.mean(1).abs().max() < 1e-3
    assert torch.allclose((m**2 + logvar.exp()).mean(1), torch.ones(2, 2), atol=1e-3)
    assert (moons.loss(model, x, True, 1, torch.Generator().manual_seed(1)) < loss).all()


def test_rescaling_without_noise_gives_the_codes_alone_variance_1(model, x):
    before = model.decode(model.encode(x)[0])
    model.rescale(x, noise=False)
    m, _ = model.encode(x)
    assert torch.allclose(model.decode(m), before, atol=1e-3)
    assert torch.allclose((m**2).mean(1), torch.ones(2, 2), atol=1e-3)


@pytest.mark.parametrize("condition", moons.CONDITIONS)
def test_held_out_pairs_differ_and_are_of_the_condition(condition):
    draw = moons.CONDITIONS[condition][0]
    first, second = moons.pairs(draw, 30, seed=0)
    assert first.shape == second.shape == (30, 2)
    assert ((first - second)[:, 0].abs() > 0.01).all()
    if condition == "half and full":
        assert set(torch.cat([first, second])[:, 0].tolist()) == {0.25, 0.5}
    other, _ = moons.pairs(draw, 30, seed=1)
    assert not torch.equal(first, other)


def test_the_sphere_is_uniform():
    """A sun uniform on the sphere has height −cos 2πp uniform on [−1, 1]."""
    phase, _ = moons.sphere(20_000, moons.np.random.RandomState(0))
    height = torch.from_numpy(-moons.np.cos(2 * math.pi * phase))
    assert height.mean().abs() < 4 * math.sqrt(1 / 3 / 20_000)
    assert (height**2).mean() - 1 / 3 == pytest.approx(0, abs=4 * math.sqrt(4 / 45 / 20_000))


def test_the_sky_is_put_back():
    pictures = moons.sky(torch.ones(2, 3, int(moons.DISC.sum())))
    assert pictures.shape == (2, 3, 784) and torch.equal(pictures[1, 2] > 0, moons.DISC)


def test_a_measure_of_the_small_table_is_had_by_another_road():
    """The blend's distance needs no network: the average picture of each pair, by hand."""
    first, second = (
        moons.render_moons(*e.T)
        for e in moons.pairs(moons.CONDITIONS["five phases"][0], moons.N_TEST, 0)
    )
    blend = distance_to_moons((first + second) / 2).mean().item()
    small = tables.where(tables.read("moons", tables.FOLDER / "small"), seed=0)
    assert [row["method"] for row in small] == list(moons.METHODS)
    assert [row["blend"] for row in small] == pytest.approx([blend] * 6, rel=1e-3)


def test_the_stored_table_is_whole():
    stored = tables.read("moons")
    found = [(row["condition"], row["method"], row["seed"]) for row in stored]
    wanted = {(c, m, s) for c in moons.CONDITIONS for m in moons.METHODS for s in range(5)}
    wanted |= {("base", m, s) for m in moons.NOISE_OF_PIXELS for s in range(5)}
    longer = [f"{m}, {moons.TIMES * moons.STEPS:,} steps" for m in moons.LONGER]
    wanted |= {(c, m, s) for c in ("base", "half and full") for m in longer for s in range(5)}
    assert len(found) == len(wanted) and set(found) == wanted
