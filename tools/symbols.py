"""Which letters of a text's mathematics does the table of symbols not name?"""

import re
import unicodedata

GREEK = {
    unicodedata.name(letter).split()[-1].lower(): letter for letter in "αβγδεζηθικμνξπρστυφχψω"
} | {"lambda": "λ", "ell": "l"}
# Commands whose argument is set upright, is a name, or is no mathematics at all.
NOT_SYMBOLS = re.compile(
    r"\\(text\w*|mathrm|mathsf|mathtt|operatorname\*?|tag|label|ref|eqref|color|[hv]space\*?)"
    r"\s*\{[^{}]*\}"
    r"|\\begin\s*\{array\}\s*\{[^{}]*\}|\\(begin|end)\s*\{[^{}]*\}|\\\\\[[^]]*\]"
)
MATH = re.compile(r"\$\$(.+?)\$\$|(?<!\\)\$([^$]+?)(?<!\\)\$", re.S)


def letters(text):
    """The letters in it as a reader knows them: σ² is σ, x̂ is x, ϕ is φ, ℝ is R."""
    return {letter for letter in unicodedata.normalize("NFKD", text) if letter.isalpha()}


def table_symbols(table):
    """The letters in the first column of a Markdown table; words such as log or KL are none."""
    first = " ".join(re.findall(r"^\|([^|]*)\|", table, flags=re.M))
    return letters(re.sub(r"[^\W\d_]{2,}", "", unicodedata.normalize("NFKD", first)))


def math_symbols(text):
    """The letters in the mathematics of `text`: all that stands between $…$ or $$…$$."""
    used = set()
    for display, inline in MATH.findall(text):
        math = NOT_SYMBOLS.sub(" ", display or inline)
        used |= letters(re.sub(r"\\[A-Za-z]+", " ", math))
        for command in re.findall(r"\\(?:var)?([A-Za-z]+)", math):
            letter = GREEK.get(command.lower(), "")
            used |= letters(letter if command.islower() else letter.upper())
    return used


def unknown_symbols(text, table):
    """The letters in the mathematics of `text` that `table` does not name, sorted."""
    return sorted(math_symbols(text) - table_symbols(table))
