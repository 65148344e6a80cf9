"""A class while it meets: what it looks at, and who listens."""

import asyncio
import json
import random
from collections import Counter

BEAT = 15  # seconds after which a silent stream says that it is still there
SPREAD = 1000  # phones told of a change in a second: the first answers need not wait for the last
LOOK = 0.25  # seconds between two looks at how many have answered


def event(name, **data):
    """One server-sent event."""
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"


class Room:
    """One class: its code, its name, the question it looks at, and its phase.

    The phase is "open", "closed" or "measured"; None while nothing is asked.
    """

    def __init__(self, store, code, name):
        self.store, self.code, self.name = store, code, name
        self.number = store.one("SELECT current FROM classes WHERE code = ?", code)
        self.phase = self.number and store.phase(code, self.number)
        self.changed = asyncio.Event()
        self.here, self.over = Counter(), False

    async def show(self, number, phase):
        """Turn to a question, or to none, and tell everybody."""
        await self.store.show(self.code, number, phase)
        self.number, self.phase = number, phase
        self._tell()

    def leave(self):
        """End all streams: the server stops, or the class was deleted."""
        self.over = True
        self._tell()

    def _tell(self):
        self.changed.set()
        self.changed = asyncio.Event()

    async def for_phone(self, who, state):
        """What a phone is told, at once and after each change; `state()` is what it should show."""
        self.here[who] += 1
        try:
            yield f"retry: {random.randint(500, 1500)}\n\n"
            while not self.over:
                changed = self.changed
                yield event("state", **state())
                while not (self.over or await happens(changed, BEAT * random.uniform(0.7, 1))):
                    yield event("beat")
                if not self.over:
                    await asyncio.sleep(random.random() * len(self.here) / SPREAD)
        finally:
            self.here[who] -= 1
            if not self.here[who]:
                del self.here[who]

    async def for_slide(self):
        """What the slide is told: how many are here, how many have answered."""
        before, quiet = None, 0
        yield "retry: 1000\n\n"
        while not self.over:
            answered = self.store.count(self.code, self.number) if self.number else 0
            now = {"number": self.number, "phase": self.phase}
            now |= {"answered": answered, "phones": len(self.here)}
            quiet += LOOK
            if now != before or quiet > BEAT:
                before, quiet = now, 0
                yield event("state", **now)
            await happens(self.changed, LOOK)


async def happens(change, seconds):
    """Whether it comes within that time."""
    try:
        async with asyncio.timeout(seconds):
            return await change.wait()
    except TimeoutError:
        return False


class Rooms:
    """The rooms of all classes that were met since the server started."""

    def __init__(self, store):
        self.store, self.met = store, {}

    def find(self, code):
        """The room with that code, or None."""
        name = self.store.one("SELECT name FROM classes WHERE code = ?", code)
        if name is None:
            return None
        return self.met.setdefault(code, Room(self.store, code, name))

    def newest(self):
        """The room of the class that was begun last, or None."""
        return next((self.find(code) for code, *_ in self.store.classes()), None)

    async def forget(self, code):
        """Delete a class and its answers."""
        await self.store.forget(code)
        if room := self.met.pop(code, None):
            room.leave()

    def leave(self):
        """End every stream, so that the server can stop."""
        for room in self.met.values():
            room.leave()
