"""A lecture room for tests: a deck that asks all of a lesson's predictions, and its server."""

import html
import json
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import requests

from vaelib.teaching import predictions
from vaelib.teaching.predictions import face

ROOT = Path(__file__).resolve().parents[2]
# As much of reveal.js as a room asks of it.
REVEAL = """
const slides = [...document.querySelectorAll("section")], heard = {};
let at = 0, config = {};
globalThis.Reveal = {
  isReady: () => true, isOverview: () => false, isPaused: () => false,
  getConfig: () => config, configure: (more) => Object.assign(config, more),
  getCurrentSlide: () => slides[at],
  on: (name, then) => (heard[name] = then),
  next: () => Reveal.slide(at + 1),
  slide(n) {
    at = Math.min(Math.max(n, 0), slides.length - 1);
    slides.forEach((slide, i) => (slide.hidden = i !== at));
    heard.slidechanged?.();
  },
};
addEventListener("keydown", (event) => {
  if (config.keyboardCondition?.(event) === false) return;
  if (event.key === "ArrowRight") Reveal.next();
  if (event.key === "ArrowLeft") Reveal.slide(at - 1);
});
Reveal.slide(0);
"""
STYLE = """
:root { color-scheme: light dark; } body { margin: 0; font: 28px/1.4 system-ui; }
section { max-width: 1000px; padding: 40px; }
"""


def everything():
    """All predictions that are declared."""
    return [each for lesson in predictions.LESSONS for each in predictions.all_of(lesson)]


def value(prediction, part=0.5):
    """A guess: that far along each axis, or among the options."""
    if prediction.kind == "choice":
        keys = list(prediction.options)
        return keys[min(int(part * len(keys)), len(keys) - 1)]
    axes = prediction.axes()
    between = [
        a.low * (a.high / a.low) ** part if a.log else a.low + part * (a.high - a.low) for a in axes
    ]
    return [min(max(v, a.low), a.high) for v, a in zip(between, axes, strict=True)]


def build(folder, asked):
    """Fill folder/slides and folder/site: one deck, "00.html", that asks these predictions."""
    slides, site = folder / "slides", folder / "site"
    slides.mkdir(parents=True)
    site.mkdir()
    listed = [
        {
            "number": each.number,
            "lesson": each.lesson(),
            "declaration": each.head(),
            "measured": value(each, 0.3),
        }
        for each in asked
    ]
    (slides / "predictions.json").write_text(json.dumps(listed), encoding="utf-8")
    (slides / "predict.js").write_text(face.module(), encoding="utf-8")
    (slides / "00.html").write_text(deck(listed), encoding="utf-8")
    (site / "index.html").write_text("<title>The course</title>The course", encoding="utf-8")
    return folder


def deck(listed):
    """The deck: a slide of words, one for each question, and a last one."""
    faces = [
        f"<section><h1>Question {entry['number']}</h1>"
        f'<div class="vq" data-vq-form="screen" '
        f'data-vq="{html.escape(json.dumps(entry["declaration"]))}"></div></section>'
        for entry in listed
    ]
    body = "<section><h1>Begin</h1></section>" + "".join(faces) + "<section><h1>End</h1></section>"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A deck</title>'
        f'<link rel="icon" href="data:,"><style>{STYLE}{face.style()}</style></head>'
        f"<body><main>{body}</main><script>{REVEAL}</script></body></html>"
    )


class Room(NamedTuple):
    """A running server: its process, its address, the lecturer's token."""

    process: subprocess.Popen
    address: str
    token: str

    def lecturer(self):
        """A session that may do what the lecturer may."""
        session = requests.Session()
        session.get(f"{self.address}/teach", params={"token": self.token}).raise_for_status()
        return session

    def student(self):
        """A session with a seat in the only class, and the class's address."""
        session = requests.Session()
        answer = session.get(f"{self.address}/")
        answer.raise_for_status()
        return session, answer.url

    def kill(self):
        """End it as a power cut does."""
        self.process.kill()
        self.process.wait()


def free_port():
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(folder, port, *more):
    """A server on folder/slides and folder/site, with folder/data/room.sqlite: a Room."""
    command = [sys.executable, "-m", "classroom", f"--port={port}", f"--build={folder}"]
    command += [f"--data={folder / 'data'}", *more]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    line = process.stdout.readline()
    room = Room(process, f"http://127.0.0.1:{port}", line.strip().partition("token=")[2])
    for _ in range(600):
        try:
            requests.get(f"{room.address}/front/ask.js", timeout=5).raise_for_status()
            return room
        except requests.ConnectionError:
            assert process.poll() is None, "the server has ended"
            time.sleep(0.1)
    raise RuntimeError("the server does not answer")


@contextmanager
def serving(folder, *more):
    """The same, ended in order."""
    room = start(folder, free_port(), *more)
    try:
        yield room
    finally:
        room.process.terminate()
        room.process.wait(20)
        room.process.stdout.close()
