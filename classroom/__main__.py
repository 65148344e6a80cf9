"""`python -m classroom`: a room on this machine; with --lan, for the phones beside it."""

import argparse
import asyncio
import socket
import sqlite3
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn
from platformdirs import user_data_path

from classroom.app import make
from classroom.pages import NO_DECKS

BUILD = Path(__file__).resolve().parents[1] / "build"
LOOPBACK = ["127.0.0.1", "localhost"]
MOST = 3000  # connections at once


def main(given=None):
    """Start the server and say where it is."""
    parser = arguments()
    wanted = parser.parse_args(given)
    if wanted.address and not urlsplit(wanted.address).hostname:
        parser.error(f"--address: got {wanted.address!r}, wanted one like http://room.example:8765")
    here = f"http://127.0.0.1:{wanted.port}"
    address = (wanted.address or (lan_address(wanted.port) if wanted.lan else here)).rstrip("/")
    hosts = [*LOOPBACK, urlsplit(address).hostname]
    database, slides = wanted.data / "room.sqlite", wanted.build / "slides"
    try:
        app = make(database, wanted.build / "site", slides, address, hosts)
    except (OSError, sqlite3.Error) as error:
        parser.error(f"the answers cannot be kept in {database}: {error}")
    try:
        listening = listen("0.0.0.0" if wanted.lan else LOOPBACK[0], wanted.port)
    except OSError as error:
        app.state.store.close()
        parser.error(str(error))
    print(f"Lecturer  {here}/teach?token={app.state.token}")
    print(f"Students  {address}/" + (f"   {alone(wanted.lan)}" if address == here else ""))
    print(f"Answers   {database}")
    if not any(slides.glob("[0-9]*.html")):
        print(NO_DECKS)
    print("Ctrl-C ends it. The lecturer's address is for you alone.", flush=True)
    serve(app, listening)


def serve(app, listening):
    """Answer at that socket until Ctrl-C."""
    config = uvicorn.Config(
        app,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        limit_concurrency=MOST,
        backlog=MOST,
        timeout_graceful_shutdown=3,
    )
    Server(config).run([listening])


class Server(uvicorn.Server):
    """One that ends its streams before it waits for them."""

    async def shutdown(self, sockets=None):
        """See uvicorn."""
        self.config.app.state.rooms.leave()
        await asyncio.sleep(0)
        await super().shutdown(sockets)


def listen(host, port):
    """The socket that is asked; OSError where it cannot be had, with what to do."""
    try:
        return socket.create_server((host, port), backlog=MOST)
    except OSError as error:
        remedy = f"another port: CLASS_ARGS='--port {port + 1}'"
        raise OSError(
            f"port {port}: {error.strerror}. End what uses it, or take {remedy}"
        ) from None


def alone(lan):
    """Why no phone reaches the address."""
    if lan:
        return "this machine only, for it is in no network; CLASS_ARGS='--address …' says another"
    return "this machine only; LAN=1 opens it"


def arguments():
    """What may be said on the command line."""
    parser = argparse.ArgumentParser("python -m classroom", description=__doc__)
    parser.add_argument("--lan", action="store_true", help="let the phones of this network in")
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--address", help="what phones open, where the printed address is wrong")
    parser.add_argument("--data", type=Path, default=user_data_path("vaelib-classroom"),
                        help="the folder that keeps the answers")  # fmt: skip
    parser.add_argument("--build", type=Path, default=BUILD, help="the folder of slides and site")
    return parser


def lan_address(port):
    """The address of this machine for its neighbours; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            host = probe.getsockname()[0]
        except OSError:  # no network
            host = "127.0.0.1"
    return f"http://{host}:{port}"


if __name__ == "__main__":
    main()
