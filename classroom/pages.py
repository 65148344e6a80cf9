"""The pages that the server writes itself; every name in them is escaped."""

import json
from html import escape

import segno
from starlette.responses import HTMLResponse

NO_DECKS = "There are no decks yet: `make slides` makes them; then start the room again."
PAGE = """<!doctype html>
<html lang="en" dir="ltr">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/front/predict.css">
<link rel="stylesheet" href="/front/room.css">
<body class="{kind}" data-room="{data}">
{body}
{script}
</html>
"""


def page(title, body, kind, script="", status=200, **data):
    """A whole page; `data` is what its script needs."""
    text = PAGE.format(
        title=escape(title),
        body=body,
        kind=kind,
        data=escape(json.dumps(data)),
        script=f'<script type="module" src="/front/{script}.js"></script>' if script else "",
    )
    return HTMLResponse(text, status, {"Cache-Control": "no-store"})


def message(title, sentence, status):
    """A page that says one thing."""
    return page(title, f"<main><h1>{escape(title)}</h1><p>{escape(sentence)}</p></main>", "plain",
                status=status)  # fmt: skip


def join(wrong=""):
    """Where a student types the code of the class."""
    said = f'<p class="wrong" role="alert">No class has the code “{escape(wrong)}”.</p>'
    return page(
        "Join a class",
        f"""<main>
<h1>Join a class</h1>
<form action="/" method="get">
<label for="code">The code on the slide</label>
<input id="code" name="code" required maxlength="12" autocomplete="off" autocapitalize="none"
  spellcheck="false" value="{escape(wrong)}">
<button>Join</button>
</form>
{said if wrong else ""}
</main>""",
        "plain",
        status=404 if wrong else 200,
    )


def phone(room, site):
    """What a student holds."""
    course = '<a href="/site/index.html">The course</a>' if site else ""
    return page(
        room.name,
        f"""<header><strong>{escape(room.name)}</strong>
<span id="link" role="status">Connecting …</span></header>
<main>
<h1 id="title" tabindex="-1">Wait for the next question</h1>
<p id="said" role="status">It appears here by itself. Leave this page open.</p>
<div id="face" hidden></div>
</main>
<footer><p>Kept: your guess, under a random number. No name, no account.</p>{course}</footer>""",
        "phone",
        "phone",
        code=room.code,
    )


def teach(rooms, decks, address):
    """The lecturer's own page: classes and decks."""
    sections = "\n".join(_class(room, decks, address) for room in rooms)
    none = f"<p>{escape(NO_DECKS)}</p>"
    return page(
        "Your classes",
        f"""<main>
<h1>Your classes</h1>
{"" if decks else none}
{sections}
<form id="begin">
<label for="name">A new class</label>
<input id="name" name="name" required maxlength="80" autocomplete="off"
  placeholder="Thursday, 10 o’clock">
<button>Begin</button>
<p role="status"></p>
</form>
</main>""",
        "teach",
        "teach",
    )


def _class(room, decks, address):
    code = room.code
    opened = "".join(
        f'<li><a href="/deck/{escape(deck)}.html?class={code}">{escape(deck)}</a></li>'
        for deck in decks
    )
    every = f'<a href="/deck/index.html?class={code}">All decks</a>\n' if decks else ""
    where = f"{address}/c/{code}"
    return f"""<section data-code="{code}" aria-labelledby="class-{code}">
<h2 id="class-{code}">{escape(room.name)}</h2>
<p>Students join at <a href="{escape(where)}">{escape(where)}</a></p>
<ul class="decks" aria-label="Decks">{opened}</ul>
<p class="actions">{every}<a href="/teach/{code}">Results</a>
<a href="/teach/{code}/answers.csv">CSV</a>
<button class="delete">Delete the class …</button></p>
</section>"""


def results(room, rows):
    """All that the class was asked; rows of question, phase, answered, hits."""
    parts = [
        f"""<section data-number="{escape(number)}">
<h2>{escape(number)} · {_score(answered, hits)}</h2>
<p class="asked">Asked first {escape(asked)} UTC.</p>
<div class="face">{escape(question)}</div>
</section>"""
        for number, question, asked, answered, hits in rows
    ]
    return page(
        f"Results · {room.name}",
        f"""<main>
<p><a href="/teach">Your classes</a></p>
<h1>{escape(room.name)}</h1>
<p><a href="/teach/{room.code}/answers.csv">All answers as CSV</a></p>
{"".join(parts) or "<p>Nothing was asked yet.</p>"}
</main>""",
        "results",
        "results",
        code=room.code,
    )


def _score(answered, hits):
    if hits is None:
        return f"{answered} answered"
    return f"{hits} of {answered} near enough"


def qr(address):
    """A picture of the address for a phone's camera, as SVG."""
    code = segno.make(address, micro=False, error="m")
    return code.svg_inline(border=3, omitsize=True, dark="#000", light="#fff")
