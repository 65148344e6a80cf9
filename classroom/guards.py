"""What is refused: other sites' requests, too many, too long; and what every answer's head says."""

import asyncio
import hashlib
import hmac
import json
import secrets
import time
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse

OWN = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# Decks and the site hold their scripts in the page, and compile what the playground computes with.
BUILT = (
    "default-src 'self' 'unsafe-inline' data: blob:; "
    "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval' data: blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
HEADS = {
    "Content-Security-Policy": OWN,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
LONGEST = 4096  # bytes of a request's body; a curve of 20 values has about 400
PATIENCE = 10  # seconds for a body to arrive


class Guard:
    """Around the application: refuses what another site sends, and adds the heads."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        """See ASGI."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def dressed(message):
            if message["type"] == "http.response.start":
                heads = MutableHeaders(scope=message)
                for name, value in HEADS.items():
                    heads.setdefault(name, value)
            await send(message)

        app = self.app
        if scope["method"] not in ("GET", "HEAD") and from_elsewhere(Headers(scope=scope)):
            app = PlainTextResponse("Only a page of this server may send that.", 403)
        await app(scope, receive, dressed)


def from_elsewhere(heads):
    """Whether a browser says that another site's page sends this."""
    if heads.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = heads.get("origin")
    try:
        return origin is not None and urlsplit(origin).netloc != heads.get("host")
    except ValueError:
        return True


async def body(request):
    """The JSON object that a request brings; HTTPException for anything else."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise HTTPException(415, "JSON is wanted.")
    text = bytearray()
    try:
        async with asyncio.timeout(PATIENCE):
            async for part in request.stream():
                text += part
                if len(text) > LONGEST:
                    raise HTTPException(413, "That is too long.")
    except TimeoutError:
        raise HTTPException(408, "That took too long to arrive.") from None
    try:
        data = json.loads(text.decode(), parse_int=float, parse_constant=no_number)
        json.dumps(data, ensure_ascii=False).encode()  # no half of a character
    except (ValueError, RecursionError):
        raise HTTPException(400, "That is no JSON.") from None
    if not isinstance(data, dict):
        raise HTTPException(400, "An object is wanted.")
    return data


def no_number(text):
    """Refuse NaN and Infinity."""
    raise ValueError(text)


class Rate:
    """At most `burst` at once and `per_second` later on, for each key."""

    def __init__(self, burst, per_second):
        self.burst, self.per_second, self.left = burst, per_second, {}

    def check(self, key):
        """Count one; HTTPException where there were too many."""
        now = time.monotonic()
        if len(self.left) > 20_000:
            self.left = {k: old for k, old in self.left.items() if self._now(old, now) < self.burst}
        free = self._now(self.left.get(key, (self.burst, now)), now)
        if free < 1:
            wait = {"Retry-After": str(round((1 - free) / self.per_second) + 1)}
            raise HTTPException(429, "Too many at once. Wait a moment.", wait)
        self.left[key] = free - 1, now

    def _now(self, old, now):
        free, then = old
        return min(self.burst, free + (now - then) * self.per_second)


def same(given, wanted):
    """Whether two texts are equal; the time that it takes does not tell where they differ."""
    return hmac.compare_digest(given.encode(errors="replace"), wanted.encode())


def signed(key, *parts):
    """A text that only who knows the key can make of the parts."""
    return hmac.new(key.encode(), "/".join(parts).encode(), hashlib.sha256).hexdigest()[:32]


def new_seat(key, code):
    """A cookie's value: random, and signed for the class, so that only the server makes them."""
    seat = secrets.token_urlsafe(16)
    return f"{seat}.{signed(key, 'seat', code, seat)}"


def person(key, code, cookie):
    """The pseudonym under which answers are kept, or None for a cookie that is not the server's.

    Who reads the database cannot make the cookie of it.
    """
    seat, _, sign = (cookie or "").partition(".")
    if not same(sign, signed(key, "seat", code, seat)):
        return None
    return signed(key, "person", code, seat)
