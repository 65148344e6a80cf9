"""The explorers: a pure function from a few parameters to a scene, drawn with or without a kernel.

    from vaelib.teaching import explore
    explore.show("balance")

An explorer is declared once (`scene`) and has two faces, drawn by one front-end module (`front/`).
With a kernel the function itself computes each scene. Without one its twin in JavaScript does, in
the page, from the arrays that are packed into it (`pack`); tests hold the twins to each other.
What a hand can do in the pictures, and what challenges it meets, stands in `hands/`.
"""

from importlib import import_module

__all__ = ["NAMES", "draw_digit", "load", "play", "show"]

NAMES = (
    "walk",
    "mixture",
    "plane",
    "steps",
    "infinity",
    "fitted",
    "balance",
    "noise",
    "gradient",
    "weigh",
    "samples",
    "small_steps",
    "creature",
)


def load(name):
    """The explorer of that name. Raises ValueError for a name that is not in NAMES."""
    if name not in NAMES:
        raise ValueError(f"name: got {name!r}, wanted one of {', '.join(NAMES)}")
    return import_module(f"vaelib.teaching.explore.{name}").explorer


def show(name, **parameters):
    """Display an explorer in a notebook, at the given parameters, else at its start.

    Raises ValueError for an unknown name or parameter, or a value out of range.
    """
    from vaelib.teaching.explore.faces import display_faces

    display_faces(load(name), parameters)


def play(state=""):
    """Display the playground: points that one draws, and four models that train on them.

    state : as its "Share" writes it, such as "stamp=ring&K=7&rounds=300"; what is not understood is
        said in the page, and left out
    """
    from vaelib.teaching.explore import faces, playground

    faces.display_html(playground.alone(state))


def draw_digit(state=""):
    """Display "Draw a digit": two VAEs encode, decode and price what one draws.

    state : as its "Share" writes it, such as "digit=4&model=20"; what is not understood is said in
        the page, and left out
    """
    from vaelib.teaching.explore import digit, faces

    faces.display_html(digit.alone(state))
