"""The files that are served: of the built site, of the decks, and of the room's own front end."""

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, HTMLResponse

FRONT = Path(__file__).resolve().parent / "front"


def inside(folder, path):
    """The file at that path; 404 where there is none, or a link or `..` leads out of the folder."""
    root = folder.resolve()
    try:
        file = (root / path).resolve()
        fine = file.is_relative_to(root) and file.is_file()
    except (OSError, RuntimeError, ValueError):  # too long, a circle of links, a zero byte
        fine = False
    if not fine:
        raise HTTPException(404, "There is no such page.")
    return file


def response(folder, path, policy):
    """That file, under a content security policy of its own."""
    if path == "" or path.endswith("/"):
        path += "index.html"
    return FileResponse(inside(folder, path), headers={"Content-Security-Policy": policy})


def with_room(folder, path, code, policy):
    """A deck's page, and in it the script that opens its questions for the class."""
    text = inside(folder, path).read_text(encoding="utf-8")
    script = f'<script type="module" src="/front/slide.js" data-code="{code}"></script>'
    before, end, after = text.rpartition("</body>")
    heads = {"Content-Security-Policy": policy, "Cache-Control": "no-store"}
    return HTMLResponse(f"{before}{script}{end}{after}" if end else text + script, headers=heads)
