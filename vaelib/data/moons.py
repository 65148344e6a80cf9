"""Pictures of the moon, with the two numbers that make each: phase and tilt.

A ball of radius 10 pixels hangs in the middle of a dark 28 × 28 sky. At (u, v) on its disc, in
radii to the right and upwards, its surface faces (u, v, w) with w = √(1 − u² − v²). The sun is at

    (sin a cos t, sin a sin t, −cos a),   a = 2π phase,   t = tilt,

so it stands over that place at height l = (u cos t + v sin t) sin a − w cos a, and the terminator,
l = 0, is half an ellipse. Where l ≤ 0 there is earthshine only; from there the light grows
smoothly, and is full at l = `SOFTNESS`. A picture depends on phase and tilt through the sun's place
alone. So all moons together are a sphere, with new and full moon as its poles, on which each moon
has two names: (phase, tilt + π) is (1 − phase, tilt).
"""

import functools
import math

import torch
from sklearn.utils import check_random_state

from vaelib import checks

RADIUS, EARTHSHINE, SOFTNESS = 10.0, 0.08, 0.35  # pixels; brightness; height of the sun


def moon_phases(n, phase=(0.0, 1.0), tilt=(-0.6, 0.6), random_state=None):
    """Draw n moons, phase and tilt independent and uniform between the two ends given for each.

    Parameters
    ----------
    n : int
    phase, tilt : (low, high)
        Phases in [0, 1]; tilts in radians.
    random_state : int, RandomState or None
        As in scikit-learn.

    Returns
    -------
    x : Tensor (n, 784), float32
        Pixels in [0, 1].
    factors : Tensor (n, 2), float64
        Phase in [0, 1], where 0 is new, ¼ half and lit on the right, ½ full, ¾ half and lit on the
        left; and tilt in radians, counter-clockwise.

    Raises
    ------
    ValueError
        When n is not a whole number ≥ 1, an end is not finite or out of order, or a phase lies
        outside [0, 1].
    """
    n = checks.whole("n", n)
    low, high = zip(_ends("phase", phase, (0, 1)), _ends("tilt", tilt), strict=True)
    factors = torch.from_numpy(check_random_state(random_state).uniform(low, high, (n, 2)))
    return render_moons(*factors.T).float(), factors


def render_moons(phase, tilt):
    """Draw the moons of these phases and tilts.

    Parameters
    ----------
    phase, tilt : (n,) or one number
        Any finite phase will do, as phases repeat: 1.25 is 0.25. Tilts are in radians.

    Returns
    -------
    Tensor (n, 784), float64
        Pixels in [0, 1].

    Raises
    ------
    ValueError
        For anything else.
    """
    phase, tilt = _finite("phase", phase), _finite("tilt", tilt)
    if phase.ndim > 1 or tilt.ndim > 1 or (phase.ndim == tilt.ndim and phase.shape != tilt.shape):
        raise ValueError(
            f"phase, tilt: got shapes {tuple(phase.shape)} and {tuple(tilt.shape)}, "
            "wanted (n,) and (n,), or one number"
        )
    phase, tilt = torch.broadcast_tensors(torch.atleast_1d(phase), torch.atleast_1d(tilt))
    return _render(2 * math.pi * phase, tilt)


def distance_to_moons(images, tilt=(-math.pi, math.pi)):
    """Measure how far each image is from the nearest real moon.

    Parameters
    ----------
    images : (n, 784)
    tilt : (low, high)
        The tilts that count as real, in radians; each phase does.

    Returns
    -------
    Tensor (n,), float64
        √(mean over pixels of the difference²), 0 for a moon. `nearest_moons` finds the moon.
    """
    return nearest_moons(images, tilt)[0]


def nearest_moons(images, tilt=(-math.pi, math.pi)):
    """Find the real moon nearest to each image.

    The nearest of a grid, 3° fine, is improved by Levenberg's damped Gauss–Newton steps in phase
    and tilt, each taken only where it brings the image nearer. Where it leaves the range of tilts,
    it stops at the end.

    Parameters
    ----------
    images : (n, 784)
    tilt : (low, high)
        The tilts that count as real, in radians.

    Returns
    -------
    distance : Tensor (n,), float64
        √(mean over pixels of the difference²).
    factors : Tensor (n, 2), float64
        The nearest moon's phase and tilt.

    Raises
    ------
    ValueError
        When the images are not finite numbers (n, 784), or the ends of tilt not in order.
    """
    x = _finite("images", images, ("n", 784))
    low, high = _ends("tilt", tilt)
    grid, moons, half_square = _grid(low, high)
    found = []
    for part in x.split(100):
        nearest = (half_square - part.float() @ moons.T).argmin(1)
        found.append(_refine(part, grid[nearest], low, high))
    distance, angles = (torch.cat(parts) for parts in zip(*found, strict=True))
    return distance, torch.stack([angles[:, 0] / (2 * math.pi) % 1, angles[:, 1]], dim=1)


@functools.lru_cache(maxsize=4)
def _grid(low, high):
    """Angles a, t (m, 2) every 3°, their moons (m, 784), and ½‖moon‖² (m,).

    Half a turn of tilts has all moons.
    """
    step = math.radians(3)
    n_tilts = max(2, 1 + math.ceil(min(high - low, math.pi) / step))
    t = torch.linspace(low, min(high, low + math.pi), n_tilts, dtype=torch.float64)
    grid = torch.cartesian_prod(torch.arange(0, 2 * math.pi, step, dtype=torch.float64), t)
    moons = _render(*grid.T).float()
    return grid, moons, (moons**2).sum(1) / 2


def _refine(x, angles, low, high, n_steps=30):
    """From a, t (n, 2) down ‖x − moon‖², image by image: the RMSE (n,) there, and a, t."""
    free = high - low >= math.pi  # then a tilt past the end is another moon of the range
    angles, error = angles.clone(), (x - _render(*angles.T)).square().sum(1)
    damping = torch.full((len(x),), 1e-2, dtype=x.dtype)
    active = torch.arange(len(x))
    for _ in range(n_steps):
        old = angles[active]
        slopes = _slopes(*old.T)  # (n, 2, 784)
        gradient = (slopes @ (x[active] - _render(*old.T))[..., None])[..., 0]
        if not free:  # at an end of the range, only the phase moves
            inwards = torch.where(gradient[:, 1] > 0, high, low) != old[:, 1]
            slopes[:, 1] *= inwards[:, None]
            gradient[:, 1] *= inwards
        normal = slopes @ slopes.mT + damping[active, None, None] * torch.eye(2, dtype=x.dtype)
        new = old + torch.linalg.solve(normal, gradient)
        if not free:
            new[:, 1] = new[:, 1].clamp(low, high)
        new_error = (x[active] - _render(*new.T)).square().sum(1)
        better = new_error < error[active]
        moved = (new - old).abs().amax(1) > 1e-5
        angles[active[better]], error[active[better]] = new[better], new_error[better]
        factor = torch.where(better, 0.2, 10.0).double()
        damping[active] = (damping[active] * factor).clamp(min=1e-9)
        active = active[moved]
        if len(active) == 0:
            break
    if free:  # back into half a turn from `low`: (a, t + π) is (−a, t)
        turns = ((angles[:, 1] - low) / math.pi).floor()
        a = torch.where(turns % 2 == 1, -angles[:, 0], angles[:, 0])
        t = (angles[:, 1] - math.pi * turns).clamp(low, high)
        angles = torch.stack([a, t], dim=1)
    return (error / 784).sqrt(), angles


def _places():
    """The quarters of the m pixels that the disc touches: u, v, w and their cover by it (4, m).

    And where those pixels are, (m,). With quarters, thin crescents have no jagged rim.
    """
    place = (torch.arange(28, dtype=torch.float64) - 13.5) / RADIUS
    quarter = torch.tensor([-0.25, 0.25], dtype=torch.float64) / RADIUS
    u = place.repeat(28) + quarter.repeat(2)[:, None]
    v = -place.repeat_interleave(28) - quarter.repeat_interleave(2)[:, None]
    r = torch.hypot(u, v)
    disc = (2 * RADIUS * (1 - r) + 0.5).clamp(0, 1)
    touched = disc.sum(0).nonzero()[:, 0]
    w = (1 - r**2).clamp(min=0).sqrt()
    return *(values[:, touched] for values in (u, v, w, disc)), touched


_U, _V, _W, _DISC, _TOUCHED = _places()


def _light(a, t):
    """The light on each quarter of a pixel, from 0 to 1 (n, 4, m), and u's part of its height."""
    across = _U * t.cos() + _V * t.sin()
    return ((across * a.sin() - _W * a.cos()) / SOFTNESS).clamp(0, 1), across


def _render(a, t):
    images = torch.zeros(len(a), 784, dtype=torch.float64)
    for part in torch.arange(len(a)).split(50):  # what fits into the processor's own memory
        light, _ = _light(a[part, None, None], t[part, None, None])
        bright = _DISC * (EARTHSHINE + (1 - EARTHSHINE) * light**2 * (3 - 2 * light))
        images[part[:, None], _TOUCHED] = bright.mean(1)
    return images


def _slopes(a, t):
    """The derivatives of `_render` by a and by t, (n, 2, 784)."""
    a, t = a[:, None, None], t[:, None, None]
    light, across = _light(a, t)
    by_height = _DISC * (1 - EARTHSHINE) * 6 * light * (1 - light) / SOFTNESS
    by_a = by_height * (across * a.cos() + _W * a.sin())
    by_t = by_height * (_V * t.cos() - _U * t.sin()) * a.sin()
    slopes = torch.zeros(len(a), 2, 784, dtype=torch.float64)
    slopes[..., _TOUCHED] = torch.stack([by_a.mean(1), by_t.mean(1)], dim=1)
    return slopes


def _finite(name, value, shape=None):
    return checks.array(name, value, shape, dtype=torch.float64).detach().cpu()


def _ends(name, ends, within=(-math.inf, math.inf)):
    """Two finite numbers in order, inside `within`."""
    if _finite(name, ends).shape == (2,):
        ends = ends.tolist() if torch.is_tensor(ends) else ends  # an error shows all digits
        low, high = (float(end) for end in ends)
        if within[0] <= low <= high <= within[1]:
            return low, high
    where = f", in [{within[0]}, {within[1]}]" if math.isfinite(within[0]) else ""
    raise ValueError(f"{name}: got {ends!r}, wanted its two ends, (low, high){where}")
