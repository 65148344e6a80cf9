"""What a student's phone asks for: the page, the stream of what is asked, and to keep a guess."""

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, StreamingResponse
from starlette.routing import Route

from classroom import pages
from classroom.guards import body, new_seat, person

SEAT = "seat"
LASTS = 400 * 24 * 3600  # seconds: the class meets again, for a year
TABS = 6  # in which a phone may have the page open
STREAM = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def room_of(request):
    """The room in the address; 404 where there is none."""
    room = request.app.state.rooms.find(request.path_params["code"])
    if room is None:
        raise HTTPException(404, "There is no such class.")
    return room


def person_of(request):
    """Who asks, by the cookie; None for a phone that is new here."""
    key = request.app.state.secret
    return person(key, request.path_params["code"], request.cookies.get(SEAT))


async def join(request):
    """Lead to the class of that code; to the only one, where there is one."""
    given = request.query_params.get("code", "").strip().lower()
    codes = [code for code, *_ in request.app.state.store.classes()]
    if given in codes or (len(codes) == 1 and not given):
        return RedirectResponse(f"/c/{given or codes[0]}", 303)
    return pages.join(given[:12])


async def page(request):
    """The page that a phone shows; a new phone gets its random cookie."""
    state, room = request.app.state, room_of(request)
    answer = pages.phone(room, state.site.is_dir())
    if person_of(request) is None:
        state.seats.check(request.client.host)
        value = new_seat(state.secret, room.code)
        place = f"/c/{room.code}"
        answer.set_cookie(SEAT, value, LASTS, path=place, httponly=True, samesite="lax")
    return answer


async def events(request):
    """What the class is asked, as it changes."""
    state, room, who = request.app.state, room_of(request), person_of(request)
    if who is None:
        raise HTTPException(403, "Open the page of the class first.")
    state.streams.check(who)
    if room.here[who] >= TABS:
        raise HTTPException(429, "This page is open too often.")

    def now():
        number, phase = room.number, room.phase
        if number not in state.questions or phase is None:
            return {"number": None}
        guess = state.store.guess(room.code, number, who)
        shown = {"number": number, "phase": phase, "guess": guess}
        if phase == "measured":
            declaration = state.questions.declaration(number)
            return shown | {"question": declaration, "measured": state.questions.measured(number)}
        return shown | {"question": state.questions.for_phones(number)}

    stream = room.for_phone(who, now)
    return StreamingResponse(stream, headers=STREAM, media_type="text/event-stream")


async def answer(request):
    """Keep a guess, or say in a sentence why not."""
    state, room, who = request.app.state, room_of(request), person_of(request)
    if who is None:
        raise HTTPException(403, "Open the page of the class first.")
    state.answers.check(who)
    given = await body(request)
    number = given.get("number")
    if number not in state.questions:
        raise HTTPException(404, "There is no such question.")
    try:
        guess = state.questions.check(number, given.get("guess"))
    except ValueError as error:
        raise HTTPException(422, str(error)) from None
    if not await state.store.answer(room.code, number, who, guess):
        raise HTTPException(409, "The question is closed.")
    return JSONResponse({"kept": guess})


ROUTES = [
    Route("/", join),
    Route("/c/{code}", page),
    Route("/c/{code}/events", events),
    Route("/c/{code}/answer", answer, methods=["POST"]),
]
