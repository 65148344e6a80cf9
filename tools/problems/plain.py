r"""TeX as letters, for a sheet that is read in a terminal: \frac{a}{b} becomes a / b, \mu is μ."""

import re

LETTERS = dict(
    alpha="α", beta="β", varepsilon="ε", eta="η", theta="θ", lambda_="λ", mu="μ", pi="π", sigma="σ",
    phi="φ", Lambda="Λ", Sigma="Σ", nabla="∇", sum="Σ", int="∫", cdot="·", mid="|", pm="±", to="→",
    le="≤", ge="≥", approx="≈", infty="∞", top="ᵀ", odot="⊙", quad="  ", qquad="   ", tilde="~",
)  # fmt: skip
LETTERS["lambda"] = LETTERS.pop("lambda_")
POWERS = str.maketrans("0123456789-+ᵀxn*", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ᵀˣⁿ*")
PLACES = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
FRACTIONS = {"1/2": "½", "1/3": "⅓", "2/3": "⅔", "1/4": "¼", "1/6": "⅙"}
MATRIX = re.compile(r"\\begin\{pmatrix\}(.*?)\\end\{pmatrix\}", re.S)
SIZE = re.compile(r"\\(big|Big|left|right|displaystyle)(?![A-Za-z])|\\[,;!]")
WORDS = re.compile(r"\\(?:text|operatorname|mathrm|mathcal|mathbb)\s*(?:\{([^{}]*)\}|\s([A-Za-z]))")
ACCENT = re.compile(r"\\(hat|bar|tilde)\s*(?:\{(\\?\w+)\}|(\\[a-z]+|\w))")
ACCENTS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303"}
SHORT = re.compile(r"\\t?frac\s*(\w)(\w)")
FRACTION = re.compile(r"\\t?frac\s*(?:\{([^{}]*)\}|(\w))\s*(?:\{([^{}]*)\}|(\w))")
ROOT = re.compile(r"\\sqrt\s*(?:\{([^{}]*)\}|(\w))")
POWER = re.compile(r"\^(?:\{([^{}]*)\}|([^\s({]))")
PLACE = re.compile(r"_(?:\{([^{}]*)\}|(\w))")
COMMAND = re.compile(r"\\([A-Za-z]+)")


def plain(tex):
    """The formula in one line of letters."""
    tex = MATRIX.sub(lambda found: rows(found[1]), " ".join(tex.split()))
    tex = WORDS.sub(lambda found: found[1] or found[2], SIZE.sub("", tex))
    tex = ACCENT.sub(lambda found: (found[2] or found[3]) + ACCENTS[found[1]], tex)
    tex = tex.replace(r"\|", "‖").replace("-", "−")
    tex = COMMAND.sub(letter, tex)
    before = None
    while tex != before:  # from within
        before = tex
        tex = SHORT.sub(lambda found: fraction(found[1], found[2]), tex)
        tex = ROOT.sub(lambda found: f"√{grouped(found[1] or found[2])}", tex)
        tex = POWER.sub(lambda found: power(found[1] or found[2]), tex)
        tex = PLACE.sub(lambda found: place(found[1] or found[2]), tex)
        tex = FRACTION.sub(lambda f: fraction(f[1] or f[2], f[3] or f[4]), tex)
    tex = re.sub(r"\( +| +(?=\))", lambda found: found[0].strip(), re.sub(r"[{}]", "", tex))
    return re.sub(r" +", " ", tex).strip()


def rows(body):
    """A matrix in brackets, its rows apart by semicolons."""
    lines = [re.sub(r"\s*&\s*", ", ", row).strip() for row in body.split(r"\\")]
    return "[" + "; ".join(lines) + "]"


def letter(found):
    """A command's letter, or its name; what takes an argument stays."""
    name = found[1]
    if name in ("frac", "tfrac", "sqrt"):
        return found[0]
    return LETTERS.get(name, name)


def fraction(top, bottom):
    """One letter where there is one, else a / b."""
    return FRACTIONS.get(f"{top}/{bottom}", f"{grouped(top)} / {grouped(bottom)}")


def grouped(part):
    """In brackets where it is more than one thing."""
    part = part.strip()
    return part if re.fullmatch(r"[−\w.²₀-₉‖√]+|\([^()]*\)", part) else f"({part})"


def power(part):
    """Raised letters where there are all, else ^(…)."""
    raised = part.replace("−", "-").translate(POWERS)
    return raised if re.fullmatch(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ᵀˣⁿ*]+", raised) else f"^{grouped(part)}"


def place(part):
    """Lowered digits, else _name as the course's texts write it."""
    return part.translate(PLACES) if part.isdigit() else "_" + part.replace(" ", "").strip("()")
