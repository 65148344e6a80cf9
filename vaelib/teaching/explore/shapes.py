"""What several explorers draw: even steps, and a circle."""

import torch


def column(low, high, n):
    """Even steps from low to high as float64, (n, 1)."""
    return torch.linspace(low, high, n, dtype=torch.float64)[:, None]


def circle(n=41):
    """The unit circle as a closed line, (n, 2)."""
    angle = column(0, 2 * torch.pi, n)
    return torch.cat([angle.cos(), angle.sin()], 1)
