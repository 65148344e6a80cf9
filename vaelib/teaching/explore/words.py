"""Numbers as an explorer says them, with a true minus sign.

In a sentence `[text](name)` is a text that belongs to a control or has a colour (`scene.Scene`).
`number`, `rounded` and `plain` have twins in words.js; a test compares them.
"""

import math
import re

LINKED = re.compile(r"\[([^\]]*)\]\((\w+)\)")


def plain(sentence):
    """The sentence as it is read, without its links."""
    return LINKED.sub(r"\1", sentence)


def minus(text):
    """The text with a true minus sign before its numbers; hyphens within words stay."""
    return re.sub(r"(?<!\w)-(?=\d)", "−", text)


def number(value, digits):
    """The decimals; what rounds to zero has no sign."""
    return minus(f"{value:z.{digits}f}")


def rounded(value, digits):
    """The decimals; halves go up, also those that are a rounding error short of a half."""
    scale = 10**digits
    return number(math.floor(value * scale + 0.500001) / scale, digits)


def gain(nats):
    """Four decimals; what is tiny, as a bound."""
    return f"{nats:.4f}" if nats > 5e-5 else "under 0.0001"


def two_digits(nats):
    """Two digits; what is tiny, as a bound."""
    return f"{nats:.2g}" if nats >= 1e-4 else "less than 0.0001"
