"""Leave out of JavaScript and of style sheets what only readers need: spaces, comments, consts.

Known is what the course writes. A regular expression has neither a quote nor a space, and what
stands in a template's `${…}` no template; comments of JavaScript are `//` alone, and no statement
is empty.
"""

import re

WHOLE = re.compile(
    r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|[ \t]*// [^\n]*""", re.DOTALL
)
AROUND = re.compile(r" ?([=,;:?!(){}\[\]<>&|*]+) ?")
SIGN = re.compile(r"(?<![+\-/]) ([+\-/%]) (?![+\-/])")
LINE = re.compile(r"(?<=[,;(\[{}])\n|(?<==>)\n|\n(?=[.?:])|,?\n(?=[)\]}])|;\n?(?=\})")


def squeeze(text):
    """The same program in fewer characters; a line that nothing else ends stays a line."""
    text = WHOLE.sub(lambda found: found[1] or "", text)  # without comments
    parts = WHOLE.split(text)  # code, a string, code, …
    code = [LINE.sub("", AROUND.sub(r"\1", SIGN.sub(r"\1", part))) for part in parts[::2]]
    code = [re.sub(r"\bconst\b", "let", part) for part in code]
    return "".join(a + b for a, b in zip(code, [*parts[1::2], ""], strict=True))


def squeeze_styles(text):
    """The same rules; a string of theirs has no two spaces, and none beside one of {};:,."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text)
    return re.sub(r"(?<=[{};:,]) | (?=[{}])", "", text)
