"""Phones for `benchmarks.room`, by locust: each listens, and answers what the class is asked.

A phone joins, keeps an event stream open, and comes back when it breaks, as a browser's EventSource
does. When a question opens it answers at a random moment of the next ten seconds, and sends its
guess again until it is confirmed. What was confirmed goes into the file that ROOM_RECORD names.
"""

import contextlib
import itertools
import json
import os
import random
import time
from urllib.parse import urlsplit

import gevent
from gevent import socket
from gevent.queue import Queue
from locust import FastHttpUser, constant, task

from tests.helpers.room import value
from vaelib.teaching import predictions

WITHIN = 10  # seconds for all to answer
PHONES = int(os.environ["ROOM_PHONES"])
RECORD = open(os.environ["ROOM_RECORD"], "w", buffering=1, encoding="utf-8")  # noqa: SIM115
count = itertools.count()


def record(**what):
    """Write one line, with the time."""
    RECORD.write(json.dumps(what | {"at": time.time()}) + "\n")


class Phone(FastHttpUser):
    """One student's."""

    wait_time = constant(0)
    network_timeout = connection_timeout = 30

    def on_start(self):
        """Join the only class, and listen."""
        self.part = (next(count) + 0.5) / PHONES  # no two phones guess alike
        self.path = urlsplit(self.client.get("/", name="join").url).path
        self.asked = Queue()
        self.seen = set()
        gevent.spawn(self.listen)

    def listen(self):
        """Hear what is asked; come back a second after the stream broke."""
        while True:
            with contextlib.suppress(OSError):
                self.hear()
            record(what="broken")
            gevent.sleep(1)

    def hear(self):
        """One stream, to its end."""
        host = urlsplit(self.host)
        cookies = "; ".join(f"{each.name}={each.value}" for each in self.client.cookiejar)
        with socket.create_connection((host.hostname, host.port), timeout=60) as line:
            heads = f"Host: {host.netloc}\r\nCookie: {cookies}\r\n\r\n"
            line.sendall(f"GET {self.path}/events HTTP/1.1\r\n{heads}".encode())
            for text in line.makefile("rb"):
                if text.startswith(b"data: {") and b"number" in text:
                    self.told(json.loads(text[6:]))

    def told(self, state):
        """Something is asked, or no longer."""
        record(what="told", number=state["number"], phase=state.get("phase"))
        if state.get("phase") == "open" and state["number"] not in self.seen:
            self.seen.add(state["number"])
            self.asked.put(state["number"])

    @task
    def answer(self):
        """Answer the next question, until that is confirmed."""
        number = self.asked.get()
        gevent.sleep(random.random() * WITHIN)
        guess = value(predictions.find(number), self.part)
        for tries in itertools.count(1):
            start = time.perf_counter()
            given = {"number": number, "guess": guess}
            with self.client.post(
                f"{self.path}/answer", json=given, name=f"answer {number}", catch_response=True
            ) as said:
                if said.status_code == 200:
                    ms = 1000 * (time.perf_counter() - start)
                    record(what="kept", number=number, guess=guess, ms=ms, tries=tries)
                    return
                said.failure(f"{said.status_code}")
            # As phone.js waits: twice as long each time.
            gevent.sleep(min(8, 0.25 * 2 ** (tries - 1)) * random.uniform(0.75, 1.25))
