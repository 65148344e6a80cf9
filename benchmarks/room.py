"""A lecture room under load: 500 phones answer within ten seconds while a browser shows the slide.

`python -m benchmarks.room` asks two questions; during the second the server is killed and started
again. It compares what the database holds with what was confirmed, and prints how long it took.
"""

import argparse
import contextlib
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.helpers import room as helper
from tools.chrome import chromium

ROOT = Path(__file__).resolve().parents[1]
KILL_AFTER = 4  # seconds after the second question opened


def main():
    """Run it and print what came of it."""
    parser = argparse.ArgumentParser("python -m benchmarks.room", description=__doc__)
    parser.add_argument("--phones", type=int, default=500)
    wanted = parser.parse_args()
    numbers = [each for each in helper.everything() if each.kind == "number"][:2]
    with tempfile.TemporaryDirectory() as name:
        folder = helper.build(Path(name) / "build", numbers)
        record = folder / "record.jsonl"
        played = play(folder, record, wanted.phones)
        lines = [json.loads(line) for line in record.read_text(encoding="utf-8").splitlines()]
        kept = {each.number: stored(folder, each.number) for each in numbers}
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; {wanted.phones} phones")
    for each, opened in zip(numbers, played["opened"], strict=True):
        report(each.number, wanted.phones, opened, lines, kept[each.number])
    after(played, lines, numbers[1].number)


@contextlib.contextmanager
def phones(address, record, number):
    """Locust with so many phones."""
    command = [sys.executable, "-m", "locust", "-f", str(ROOT / "benchmarks" / "phones.py")]
    command += ["--headless", f"--users={number}", "--spawn-rate=50", f"--host={address}"]
    command += ["--only-summary", "--skip-log", "--stop-timeout=0"]
    environment = os.environ | {"ROOM_RECORD": str(record), "ROOM_PHONES": str(number)}
    process = subprocess.Popen(command, env=environment, cwd=ROOT)
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def play(folder, record, number):
    """Both questions, by a lecturer in Chromium; when they opened, when the server was killed."""
    port = helper.free_port()
    room = helper.start(folder, port)
    opened = []
    try:
        with phones(room.address, record, number), chromium() as browser:
            page = browser.new_page(viewport={"width": 1280, "height": 720})
            page.goto(f"{room.address}/deck/00.html?token={room.token}")
            here(page, number)
            for question in range(2):
                opened.append(time.time())
                page.keyboard.press("ArrowRight")
                if question == 1:
                    time.sleep(KILL_AFTER)
                    room.kill()
                    killed = time.time()
                    room.process.stdout.close()
                    room = helper.start(folder, port)
                    back = time.time()
                everybody = f"{number} of {number} answered"
                page.get_by_text(everybody, exact=True).wait_for(timeout=120_000)
                for said in ("closed", "measured"):
                    page.keyboard.press("ArrowRight")
                    page.locator(f"aside[data-phase={said}]").wait_for()
            time.sleep(1)
    finally:
        room.kill()
        room.process.stdout.close()
    return {"opened": opened, "killed": killed, "back": back}


def here(page, number):
    """Wait until all phones listen."""
    code = page.evaluate("document.querySelector('script[data-code]').dataset.code")
    page.evaluate(
        """([code, number]) => new Promise((resolve) => {
          const stream = new EventSource(`/teach/${code}/events`);
          stream.addEventListener("state", ({ data }) => {
            if (JSON.parse(data).phones < number) return;
            stream.close();
            resolve();
          });
        })""",
        [code, number],
    )


def stored(folder, number):
    """The guesses that the database holds."""
    with contextlib.closing(sqlite3.connect(folder / "data" / "room.sqlite")) as file:
        rows = file.execute("SELECT guess FROM answers WHERE number = ?", (number,)).fetchall()
    return {json.loads(text)[0] for (text,) in rows}


def report(number, phones, opened, lines, kept):
    """One question: how many answered, what the database lacks of it, how long a phone waited."""
    told = sorted(
        each["at"] - opened for each in lines if is_open(each) and each["number"] == number
    )
    mine = [each for each in lines if each["what"] == "kept" and each["number"] == number]
    lost = {each["guess"][0] for each in mine} - kept
    ms = sorted(each["ms"] for each in mine)
    cuts = statistics.quantiles(ms, n=100, method="inclusive")
    took = max(each["at"] for each in mine) - opened
    print(f"question {number}: {len(mine)} of {phones} answers confirmed, {len(lost)} of them lost")
    print(
        f"  the last phone knew of it after {told[phones - 1]:.2f} s, all answered in {took:.1f} s"
    )
    print(f"  an answer: median {cuts[49]:.0f} ms, 99 % {cuts[98]:.0f} ms, longest {ms[-1]:.0f} ms")


def is_open(each):
    """Whether this line says that a phone was told of an open question."""
    return each["what"] == "told" and each["phase"] == "open"


def after(played, lines, number):
    """What the kill did."""
    killed, back = played["killed"], played["back"]
    again = [each["at"] - back for each in lines if is_open(each) and each["at"] > killed]
    mine = [each for each in lines if each["what"] == "kept" and each["number"] == number]
    before = sum(each["at"] < killed for each in mine)
    more = sum(each["tries"] > 1 for each in mine)
    print(f"  killed after {before} of these answers, back after {back - killed:.1f} s")
    print(f"  {len(again)} phones came back by themselves, the last {max(again):.1f} s later")
    print(f"  {more} answers had to be sent more than once")


if __name__ == "__main__":
    main()
