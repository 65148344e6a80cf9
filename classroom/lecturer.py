"""What only the lecturer may: open decks and questions, see answers, export and delete them."""

import csv
import io
import json
from functools import wraps

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from classroom import files, pages
from classroom.guards import BUILT, body, same
from classroom.students import LASTS, STREAM, room_of

KEY, CLASS = "lecturer", "class"
PHASES = "open", "closed", "measured"


def only(endpoint):
    """For who has the token: in a cookie, or in the address, from where it goes into the cookie."""

    @wraps(endpoint)
    async def guarded(request):
        token = request.app.state.token
        if same(request.query_params.get("token", ""), token):
            return _with_cookie(request, token)
        if not same(request.cookies.get(KEY, ""), token):
            raise HTTPException(403, "Open the lecturer’s address, which the terminal shows.")
        return await endpoint(request)

    return guarded


def _with_cookie(request, token):
    address = request.url.remove_query_params("token")
    answer = RedirectResponse(f"{address.path}?{address.query}".rstrip("?"), 303)
    answer.set_cookie(KEY, token, LASTS, httponly=True, samesite="strict")
    return answer


@only
async def teach(request):
    """The page of all classes."""
    state = request.app.state
    rooms = [state.rooms.find(code) for code, *_ in state.store.classes()]
    decks = sorted(file.stem for file in state.slides.glob("*.html") if file.stem != "index")
    return pages.teach(rooms, decks, state.address)


@only
async def begin(request):
    """A new class."""
    name = (await body(request)).get("name")
    if not isinstance(name, str) or not 1 <= len(name.strip()) <= 80:
        raise HTTPException(422, "A name has 1 to 80 characters.")
    return JSONResponse({"code": await request.app.state.store.begin(name.strip())})


@only
async def delete(request):
    """Forget a class with all its answers."""
    await request.app.state.rooms.forget(room_of(request).code)
    return Response(status_code=204)


@only
async def deck(request):
    """A file of the decks; in a page of slides, the script that asks the class."""
    state, path = request.app.state, request.path_params["path"]
    if not path.endswith(".html"):
        return files.response(state.slides, path, BUILT)
    code = request.query_params.get(CLASS) or request.cookies.get(CLASS)
    room = state.rooms.find(code) or state.rooms.newest()
    if room is None:
        raise HTTPException(404, "Begin a class first.")
    answer = files.with_room(state.slides, path, room.code, BUILT)
    answer.set_cookie(CLASS, room.code, path="/deck", httponly=True, samesite="strict")
    return answer


@only
async def show(request):
    """Open, close or resolve a question, or look away from all."""
    room, given = room_of(request), await body(request)
    number, phase = given.get("number"), given.get("phase")
    if number is None:
        phase = None
    elif number not in request.app.state.questions or phase not in PHASES:
        raise HTTPException(422, "There is no such question.")
    elif phase == "measured" and request.app.state.questions.measured(number) is None:
        raise HTTPException(422, "That was not measured yet.")
    await room.show(number, phase)
    return JSONResponse({"number": number, "phase": phase})


@only
async def question(request):
    """Where a question stands, with all guesses."""
    state, room, number = request.app.state, room_of(request), request.path_params["number"]
    if number not in state.questions:
        raise HTTPException(404, "There is no such question.")
    return JSONResponse(
        {
            "question": state.questions.declaration(number),
            "measured": state.questions.measured(number),
            "phase": state.store.phase(room.code, number),
            "guesses": state.store.guesses(room.code, number),
        }
    )


@only
async def events(request):
    """How many are here and have answered, as it changes."""
    stream = room_of(request).for_slide()
    return StreamingResponse(stream, headers=STREAM, media_type="text/event-stream")


@only
async def code(request):
    """The QR code that leads phones to the class, and its address."""
    room, address = room_of(request), request.app.state.address
    where = f"{address}/c/{room.code}"
    return JSONResponse({"name": room.name, "address": where, "qr": pages.qr(where)})


def asked(state, code):
    """(number, first asked) of every question of the class that has an answer."""
    sql = "SELECT number, asked FROM questions WHERE class = ? ORDER BY rowid"
    rows = state.store.rows(sql, code)
    return [(n, at) for n, at in rows if n in state.questions and state.store.count(code, n)]


@only
async def results(request):
    """A page of all that the class answered."""
    state, room, rows = request.app.state, room_of(request), []
    for number, at in asked(state, room.code):
        guesses = state.store.guesses(room.code, number)
        text = state.questions.declaration(number)["question"]
        rows.append((number, text, at, len(guesses), state.questions.hits(number, guesses)))
    return pages.results(room, rows)


@only
async def export(request):
    """All answers as CSV; persons are numbered anew for each class."""
    state, room = request.app.state, room_of(request)
    sql = "SELECT person, number, guess FROM answers WHERE class = ? ORDER BY person, number"
    rows = state.store.rows(sql, room.code)
    numbered = {who: n for n, who in enumerate(dict.fromkeys(who for who, *_ in rows), 1)}
    text = io.StringIO()
    write = csv.writer(text).writerow
    write(["person", "question", "guess", "measured"])
    for who, number, guess in rows:
        known = number in state.questions
        measured = json.dumps(state.questions.measured(number)) if known else ""
        write([numbered[who], number, guess, measured])
    name = f'attachment; filename="answers-{room.code}.csv"'
    heads = {"Content-Disposition": name, "Cache-Control": "no-store"}
    return Response(text.getvalue(), media_type="text/csv", headers=heads)


ROUTES = [
    Route("/teach", teach),
    Route("/teach/classes", begin, methods=["POST"]),
    Route("/teach/{code}", results),
    Route("/teach/{code}/answers.csv", export),
    Route("/teach/{code}/code", code),
    Route("/teach/{code}/delete", delete, methods=["POST"]),
    Route("/teach/{code}/events", events),
    Route("/teach/{code}/questions/{number}", question),
    Route("/teach/{code}/show", show, methods=["POST"]),
    Route("/deck/{path:path}", deck),
]
