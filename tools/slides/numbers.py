r"""Which numbers a text states: "1{,}000", "1,000" and 1_000 are one, "1.3" and "1.30" are two."""

import re
import unicodedata

RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉]+")
FRACTION = re.compile("[½¼¾⅓⅔⅛⅕⅒]")
GROUPS = re.compile(r"(?<=\d)(?:\{,\}|\\,|,|_|[\u00a0\u2009\u202f])(?=\d{3}(?!\d))")
FRAC = re.compile(r"\\[dt]?frac(\d)(\d)")
NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?|(?<=_)\d+(?:\.\d+)?|(?<=[A-Za-zα-ωΑ-Ω])\.\d+")
NAMED = re.compile(r"\\[A-Za-z]+")


def plain(text):
    """The text with one way of writing each number."""
    text = FRACTION.sub(lambda f: f" {unicodedata.normalize('NFKC', f[0])} ", text)
    text = RAISED.sub(lambda found: f" {unicodedata.normalize('NFKC', found[0])} ", text)
    text = NAMED.sub(" ", FRAC.sub(r" \1 / \2 ", GROUPS.sub("", text)))
    return re.sub(r"[{}^\u2044$]", " ", text).replace("_", " ")


def numbers(text):
    """The numbers that stand in it, each as it is written, without sign."""
    return {found[0] for found in NUMBER.finditer(plain(text))}
