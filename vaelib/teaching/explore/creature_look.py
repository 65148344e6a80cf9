"""What the eye sees of a creature's picture: its outline and its mean colour, and how they change.

turn = difference of the mean colours' hues,   kept = |A ∩ B| / |A ∪ B| of the outlines A and B
"""

import numpy as np

PAPER = 60  # levels from the corner's colour up to which a pixel is paper
COLOUR = 0.2  # the strength from which a mean colour has a hue


def outline(image):
    """Which pixels are the creature's: (24, 24, 3) → bool (24, 24)."""
    return abs(image.astype(int) - image[0, 0].astype(int)).max(-1) > PAPER


def colour(image):
    """The hue of the creature's mean colour in degrees, and its strength, 0 (grey) to 1."""
    total = image[outline(image)].astype(float).sum(0)
    low, high = total.min(), total.max()
    r, g, b = (total - low) / ((high - low) or 1)
    hue = np.degrees(np.arctan2(np.sqrt(3) * (g - b), 2 * r - g - b))
    return hue, (high - low) / (high or 1)


def changed(before, after):
    """The turn of the colour in degrees, the outline kept in per cent, and whether it has a hue."""
    (hue, _), (other, strength) = colour(before), colour(after)
    a, b = outline(before), outline(after)
    turn = abs((other - hue + 540) % 360 - 180)
    return turn, 100 * (a & b).sum() / (a | b).sum(), strength >= COLOUR
