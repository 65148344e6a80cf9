"""A real server, killed in the middle: nothing that it confirmed is lost."""

import http.client
import itertools
import json
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from urllib.parse import urlsplit

import pytest
import requests

from tests.helpers import room as helper

pytestmark = pytest.mark.slow
ASKED = next(each for each in helper.everything() if each.kind == "number")


@pytest.fixture
def folder(tmp_path):
    return helper.build(tmp_path / "build", [ASKED])


def ask(room):
    """Open the question; the class's code."""
    _, url = room.student()
    lecturer, code = room.lecturer(), url.rpartition("/")[2]
    body = {"number": ASKED.number, "phase": "open"}
    lecturer.post(f"{room.address}/teach/{code}/show", json=body).raise_for_status()
    return code


class Phone(threading.Thread):
    """One that changes its guess again and again, until the server is gone."""

    def __init__(self, room):
        super().__init__()
        self.session, self.url = room.student()
        self.sent, self.confirmed = None, None

    def run(self):
        for n in itertools.count():
            self.sent = helper.value(ASKED, n % 97 / 97)
            body = {"number": ASKED.number, "guess": self.sent}
            try:
                answer = self.session.post(f"{self.url}/answer", json=body, timeout=10)
            except requests.RequestException:
                return
            if answer.ok:
                self.confirmed = answer.json()["kept"]
            time.sleep(random.random() / 20)

    def told(self):
        """The first state that a new stream brings."""
        with self.session.get(f"{self.url}/events", stream=True, timeout=10) as stream:
            lines = (line for line in stream.iter_lines(1, True) if line.startswith("data:"))
            return json.loads(next(lines).removeprefix("data:"))


def test_a_kill_loses_nothing_that_was_confirmed(folder):
    port = helper.free_port()
    room = helper.start(folder, port)
    code = ask(room)
    phones = [Phone(room) for _ in range(12)]
    for phone in phones:
        phone.start()
    time.sleep(1.5)
    room.kill()
    for phone in phones:
        phone.join()
    room.process.stdout.close()
    again = helper.start(folder, port)
    try:
        assert again.token == room.token
        kept = again.lecturer().get(f"{again.address}/teach/{code}/questions/{ASKED.number}").json()
        assert kept["phase"] == "open"
        assert len(kept["guesses"]) == len(phones)
        for phone in phones:
            assert phone.confirmed is not None
            state = phone.told()  # by the cookie of before
            # What was sent when the server died may have been kept; nobody was told so.
            assert state["guess"] in (phone.confirmed, phone.sent)
            assert state["number"] == ASKED.number and state["phase"] == "open"
    finally:
        again.kill()
        again.process.stdout.close()
    with sqlite3.connect(folder / "data" / "room.sqlite") as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    file.close()


def test_one_disk_write_keeps_many_answers(tmp_path):
    """Answers that wait share a transaction, and each is confirmed after it."""
    import asyncio

    from classroom.store import Store

    store = Store(tmp_path / "room.sqlite")
    begun = []
    store.writer.set_trace_callback(lambda sql: begun.append(sql) if "BEGIN" in sql else None)

    async def rush():
        code = await store.begin("Class")
        await store.show(code, "5a", "open")
        kept = await asyncio.gather(*(store.answer(code, "5a", f"p{n}", [n]) for n in range(500)))
        return code, kept

    code, kept = asyncio.run(rush())
    assert kept == [True] * 500
    assert store.count(code, "5a") == 500
    assert len(begun) <= 5
    assert store.one("PRAGMA synchronous") == 2 and store.one("PRAGMA journal_mode") == "wal"
    store.close()


def test_it_listens_to_this_machine_alone_and_ends_when_told(folder):
    with helper.serving(folder) as room:
        port = urlsplit(room.address).port
        session, url = room.student()
        stream = session.get(f"{url}/events", stream=True, timeout=10)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(("192.0.2.1", 9))
            own = probe.getsockname()[0]
        if own != "127.0.0.1":
            with pytest.raises(OSError, match="refused"):
                socket.create_connection((own, port), timeout=5)
        room.process.send_signal(signal.SIGINT)
        assert room.process.wait(10) in (0, -signal.SIGINT, 130)
        stream.close()


PATHS = """/site/../data/room.sqlite /site/%2e%2e/data/room.sqlite /../../etc/passwd //
/site//etc/passwd *""".split()


@pytest.mark.parametrize("path", PATHS)
def test_paths_as_no_browser_sends_them(server, path):
    connection = http.client.HTTPConnection(urlsplit(server.address).netloc)
    connection.putrequest("GET", path)
    connection.endheaders()
    answer = connection.getresponse()
    assert answer.status in (400, 403, 404)
    assert b"SQLite" not in answer.read()
    connection.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = helper.build(tmp_path_factory.mktemp("room") / "build", [ASKED])
    with helper.serving(folder) as room:
        yield room


NO_REQUESTS = (
    b"",
    b"\x00\xff" * 100,
    b"GET / HTTP/9.9\r\n\r\n",
    b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 20_000 + b"\r\n",
)


@pytest.mark.parametrize("text", NO_REQUESTS, ids=range(5))
def test_what_is_no_request_ends_nothing(server, text):
    host = urlsplit(server.address)
    with socket.create_connection((host.hostname, host.port), timeout=5) as line:
        line.settimeout(2)
        try:
            line.sendall(text)
            said = line.recv(100)
        except OSError:
            said = b""
    assert b" 500 " not in said
    assert requests.get(f"{server.address}/front/ask.js", timeout=5).ok


def test_with_lan_the_address_of_the_network_is_printed(folder, tmp_path):
    command = [sys.executable, "-m", "classroom", "--lan", f"--port={helper.free_port()}"]
    command += [f"--build={folder}", f"--data={tmp_path / 'data'}"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=helper.ROOT)
    try:
        lecturer, students = process.stdout.readline(), process.stdout.readline()
        assert "http://127.0.0.1:" in lecturer and "token=" in lecturer
        assert "token" not in students and "this machine only" not in students
        address = students.split()[1]
        for _ in range(100):
            try:
                found = requests.get(address, timeout=5)
                break
            except requests.ConnectionError:
                time.sleep(0.1)
        assert found.ok and "/c/" in found.url
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()
