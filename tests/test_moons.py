"""Moons: the light against the ball's geometry, the distance against scipy's search."""

import math

import numpy as np
import pytest
import torch
from scipy.optimize import minimize

from vaelib.data.moons import (
    EARTHSHINE,
    distance_to_moons,
    moon_phases,
    nearest_moons,
    render_moons,
)

TURN = (-math.pi, math.pi)


def rmse(a, b):
    return (a.double() - b).square().mean(1).sqrt()


def test_moons_are_what_their_factors_say():
    x, factors = moon_phases(300, random_state=0)
    assert x.shape == (300, 784) and x.dtype == torch.float32 and factors.dtype == torch.float64
    assert 0 <= x.min() and x.max() <= 1
    assert torch.equal(x, render_moons(*factors.T).float())
    phase, tilt = factors.T
    assert 0 <= phase.min() < 0.02 and 0.98 < phase.max() <= 1
    assert -0.6 <= tilt.min() < -0.58 and 0.58 < tilt.max() <= 0.6
    again, _ = moon_phases(300, random_state=0)
    other, _ = moon_phases(300, random_state=1)
    assert torch.equal(x, again) and not torch.equal(x, other)
    five, factors = moon_phases(5, phase=(0.5, 0.5), tilt=(0, 0), random_state=0)
    assert (factors == torch.tensor([0.5, 0.0])).all() and (five == five[0]).all()


def test_lit_share_of_the_disc_is_that_of_astronomy():
    """(1 − cos 2πp)/2 of the disc is lit; the 28 × 28 pixels know it to two per cent."""
    phase = torch.linspace(0, 1, 21, dtype=torch.float64)
    full = render_moons(0.5, 0.0)[0]
    disc = full > 0.5 * EARTHSHINE
    for tilt in (-0.6, 0.0, 1.0):
        lit = (render_moons(phase, tilt)[:, disc] > 1.001 * EARTHSHINE).double().mean(1)
        expected = (1 - (2 * math.pi * phase).cos()) / 2
        assert (
            lit - expected
        ).abs().max() < 0.05  # pixels that the terminator crosses count as lit
        assert (lit - expected).abs().mean() < 0.03


def test_terminator_is_an_ellipse_and_the_light_waxes_on_the_right():
    phase = 0.17
    image = render_moons(phase, 0.0).reshape(28, 28)
    for row in (8, 11, 14, 17, 20):
        v = (13.5 - row) / 10
        edge = 13.5 + 10 * math.sqrt(1 - v**2) * math.cos(2 * math.pi * phase)
        columns = torch.arange(28)
        inside = (columns - 13.5).abs() / 10 < math.sqrt(1 - v**2) - 0.1
        dark, lit = inside & (columns < edge - 1), inside & (columns > edge + 1)
        assert torch.allclose(image[row, dark], torch.tensor(EARTHSHINE).double())
        assert (image[row, lit] > EARTHSHINE + 0.01).all() and lit.any()
    wane = render_moons(1 - phase, 0.0).reshape(28, 28)
    assert torch.allclose(image, wane.flip(1))


def test_tilt_turns_counter_clockwise():
    right, up = (render_moons(0.25, t).reshape(28, 28) for t in (0.0, math.pi / 2))
    assert torch.allclose(torch.rot90(right), up)


def test_all_moons_are_a_sphere():
    """(p, t + π) is (1 − p, t); at new and full moon no tilt is seen; phases repeat."""
    _, factors = moon_phases(50, tilt=TURN, random_state=0)
    p, t = factors.T
    assert torch.allclose(render_moons(p, t + math.pi), render_moons(1 - p, t))
    assert torch.allclose(render_moons(p + 1, t), render_moons(p, t))
    for pole in (0.0, 0.5):
        assert torch.allclose(render_moons(pole, t), render_moons(pole, 0.0).expand(50, 784))


def test_numbers_keep_their_digits():
    """Python's numbers are not rounded to float32 on their way."""
    exact = render_moons(torch.tensor([0.1], dtype=torch.float64), 0.0)
    assert torch.equal(render_moons(0.1, 0.0), exact)
    assert torch.equal(moon_phases(1, phase=(0.1, 0.1), tilt=(0.0, 0.0))[0], exact.float())


def test_pictures_change_smoothly_with_the_factors():
    """No jump anywhere, the poles and the end of the circle included."""
    _, factors = moon_phases(200, tilt=TURN, random_state=0)
    p, t = factors.T
    for change in ((1e-5, 0), (0, 1e-5)):
        moved = render_moons(p + change[0], t + change[1])
        assert rmse(render_moons(p, t), moved).max() < 1e-4


def test_known_moons_are_at_distance_0():
    for tilt in (TURN, (-0.6, 0.6)):
        x, _ = moon_phases(400, tilt=tilt, random_state=0)
        distance, factors = nearest_moons(x, tilt)
        assert distance.shape == (400,) and distance.dtype == torch.float64
        assert distance.max() < 1e-3
        assert rmse(x, render_moons(*factors.T)).max() < 1e-3
        assert tilt[0] <= factors[:, 1].min() and factors[:, 1].max() <= tilt[1]
        assert 0 <= factors[:, 0].min() and factors[:, 0].max() <= 1


def test_the_factors_of_a_moon_are_found_again():
    x, factors = moon_phases(200, phase=(0.1, 0.4), random_state=0)
    _, found = nearest_moons(x, (-0.6, 0.6))
    assert (found - factors).abs().max() < 1e-3


def test_blends_are_no_moons_and_no_farther_than_their_halves():
    a, _ = moon_phases(100, phase=(0.05, 0.2), random_state=0)
    b, _ = moon_phases(100, phase=(0.3, 0.45), random_state=1)
    distance = distance_to_moons((a + b) / 2)
    assert distance.min() > 0.03
    assert (distance <= rmse(a, b.double()) / 2 + 1e-9).all()


def test_distance_is_in_units_of_pixels():
    """Full and new moon lie farthest apart. A shift of a whole moon by 0.1 costs at most 0.1."""
    x, _ = moon_phases(50, random_state=0)
    distance = distance_to_moons(x + 0.1)
    assert 0.05 < distance.min() and distance.max() <= 0.1 + 1e-6
    white = torch.ones(1, 784)
    assert distance_to_moons(white) == pytest.approx(rmse(white, render_moons(0.5, 0)).item())


@pytest.mark.parametrize("tilt", [TURN, (-0.6, 0.6), (0.2, 0.2)])
def test_distance_against_brute_force_and_scipy(tilt):
    """Blends, moons out of range, noise: Nelder–Mead from the best of another grid."""
    noise = torch.rand(2, 784, generator=torch.Generator().manual_seed(0))
    x, _ = moon_phases(8, tilt=TURN, random_state=3)
    images = torch.cat([x[:4] / 2 + x[4:] / 2, x[:3], noise]).double()
    found = distance_to_moons(images, tilt)
    p = torch.linspace(0, 1, 101, dtype=torch.float64)
    t = torch.linspace(*tilt, 57, dtype=torch.float64)
    grid = torch.cartesian_prod(p, t)
    moons = render_moons(*grid.T)
    for image, distance in zip(images, found, strict=True):
        on_grid = (image - moons).square().mean(1).sqrt()

        def cost(f, image=image):
            moon = render_moons(f[0], np.clip(f[1], *tilt))
            return (image - moon).square().mean().sqrt().item()

        start = grid[on_grid.argmin()].numpy()
        oracle = minimize(cost, start, method="Nelder-Mead", options={"xatol": 1e-7, "fatol": 1e-9})
        assert distance.item() == pytest.approx(min(oracle.fun, on_grid.min().item()), abs=2e-4)


def test_search_is_never_worse_than_its_grid():
    from vaelib.data.moons import _grid

    generator = torch.Generator().manual_seed(0)
    images = torch.cat([torch.rand(5, 784, generator=generator), torch.zeros(1, 784)]).double()
    for tilt in (TURN, (-0.6, 0.6)):
        moons = _grid(*tilt)[1].double()
        on_grid = torch.cdist(images, moons).amin(1) / 28
        distance = distance_to_moons(images, tilt)
        assert (distance <= on_grid + 1e-7).all()


def test_distance_does_not_depend_on_company_or_type():
    x, _ = moon_phases(230, random_state=0)
    blends = (x + x.flip(0)) / 2
    together = distance_to_moons(blends)
    alone = distance_to_moons(blends[120:121])
    assert together[120].item() == pytest.approx(alone.item(), abs=1e-9)
    assert torch.allclose(distance_to_moons(blends[:5].numpy()), together[:5])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: moon_phases(0), "n: got 0"),
        (lambda: moon_phases(2.5), "n: got 2.5"),
        (lambda: moon_phases(3, phase=(0.5, 0.2)), "phase: got"),
        (lambda: moon_phases(3, phase=(0, 1.5)), r"phase: got \(0, 1.5\).*\[0, 1\]"),
        (lambda: moon_phases(3, phase=torch.tensor([0, 1.0000001])), r"got \[0.0, 1.00000011.*\]"),
        (lambda: moon_phases(3, tilt=0.6), "tilt: got 0.6"),
        (lambda: moon_phases(3, tilt=(0, math.inf)), "tilt: got NaN or infinite"),
        (lambda: render_moons([0.1, 0.2], [0.1, 0.2, 0.3]), r"shapes \(2,\) and \(3,\)"),
        (lambda: render_moons([[0.1]], 0.0), "wanted"),
        (lambda: render_moons("full", 0.0), "phase: got 'full'"),
        (lambda: render_moons(math.nan, 0.0), "phase: got NaN"),
        (lambda: distance_to_moons(torch.zeros(784)), r"images: got shape \(784,\)"),
        (lambda: distance_to_moons(torch.zeros(3, 700)), r"wanted \(n, 784\)"),
        (lambda: distance_to_moons(torch.zeros(0, 784)), r"images: got shape \(0, 784\)"),
        (lambda: distance_to_moons(torch.full((1, 784), math.nan)), "images: got NaN"),
        (lambda: distance_to_moons(torch.zeros(1, 784), (1.0, -1.0)), "tilt: got"),
    ],
)
def test_bad_input_is_one_clear_error(call, message):
    with pytest.raises(ValueError, match=message):
        call()
