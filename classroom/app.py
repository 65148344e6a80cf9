"""The application: who answers which address, and what it needs for that."""

import sqlite3
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from classroom import files, lecturer, pages, students
from classroom.guards import BUILT, OWN, Guard, Rate
from classroom.questions import Questions
from classroom.rooms import Rooms
from classroom.store import Store
from vaelib.teaching.predictions import face


def make(database, site, slides, address, hosts):
    """The application.

    Parameters
    ----------
    database, site, slides : Path
        Where answers are kept; the folders of the built site and decks.
    address : str
        What phones open, "http://192.0.2.7:8765".
    hosts : list of str
        The names under which the server may be asked; a foreign one is a trick of another site.
    """
    app = Starlette(
        routes=[*students.ROUTES, *lecturer.ROUTES, *ROUTES],
        middleware=[
            Middleware(Guard),
            Middleware(TrustedHostMiddleware, hosts),
        ],
        exception_handlers={HTTPException: refuse, ClientDisconnect: gone, sqlite3.Error: full},
        lifespan=lifespan,
    )
    state = app.state
    state.store = Store(database)
    state.rooms, state.questions = Rooms(state.store), Questions(slides)
    state.site, state.slides, state.address = site, slides, address
    state.token, state.secret = state.store.secret("token"), state.store.secret("seats")
    state.seats = Rate(1000, 20)  # new phones of one network address: a whole class at once
    state.answers, state.streams = Rate(20, 1), Rate(20, 1)  # of one phone
    state.built = {"predict.js": face.module(), "predict.css": face.style()}
    return app


@asynccontextmanager
async def lifespan(app):
    """Begin with a class; end with the file closed."""
    if not app.state.store.classes():
        await app.state.store.begin("Class")
    yield
    app.state.store.close()


async def refuse(request, error):
    """Why not: a page for who opens one, a sentence for scripts."""
    if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
        answer = pages.message("That does not work", error.detail, error.status_code)
    else:
        text = error.detail.encode(errors="replace").decode()
        answer = PlainTextResponse(text, error.status_code)
    answer.headers.update(error.headers or {})
    return answer


async def gone(request, error):
    """For who hung up while it sent; nobody reads this."""
    return Response(status_code=400)


async def full(request, error):
    """For what could not be written: the disk is full, or the file is not to be written."""
    return PlainTextResponse("It could not be kept. Try again.", 503)


async def front(request):
    """A file of the front end; the predictions' own comes from vaelib."""
    name = request.path_params["name"]
    if (text := request.app.state.built.get(name)) is None:
        return files.response(files.FRONT, name, OWN)
    return Response(text, media_type="text/css" if name.endswith("css") else "text/javascript")


async def site(request):
    """A file of the built site."""
    return files.response(request.app.state.site, request.path_params["path"], BUILT)


ROUTES = [Route("/front/{name}", front), Route("/site/{path:path}", site)]
