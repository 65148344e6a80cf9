"""The server of a lecture room, asked without a network: what it keeps, shows and refuses."""

import csv
import io
import json
import os
import re
import socket
import sqlite3
import stat

import pytest
from starlette.exceptions import HTTPException
from starlette.testclient import TestClient

from classroom import __main__ as command
from classroom import files, guards
from classroom.app import make
from tests.helpers import room as helper

KINDS = list({each.kind: each for each in helper.everything()}.values())
NAME = """<script>alert(1)</script>"'&"""


@pytest.fixture
def folder(tmp_path):
    return helper.build(tmp_path / "build", KINDS)


def application(folder):
    """The application on that folder's decks."""
    places = folder / "room.sqlite", folder / "site", folder / "slides"
    return make(*places, "http://192.0.2.7:8765", ["testserver"])


@pytest.fixture
def app(folder):
    return application(folder)


@pytest.fixture
def phone(app):
    """A student's browser on the page of the only class."""
    with TestClient(app) as client:
        assert client.get("/").status_code == 200
        yield client


@pytest.fixture
def lecturer(app, phone):
    """The lecturer's browser."""
    client = TestClient(app)
    assert client.get("/teach", params={"token": app.state.token}).status_code == 200
    return client


@pytest.fixture
def code(app, phone):
    return app.state.store.classes()[0][0]


def show(lecturer, code, number, phase="open"):
    answer = lecturer.post(f"/teach/{code}/show", json={"number": number, "phase": phase})
    assert answer.status_code == 200, answer.text


def answer(phone, code, number, guess):
    return phone.post(f"/c/{code}/answer", json={"number": number, "guess": guess})


def guesses(lecturer, code, number):
    return lecturer.get(f"/teach/{code}/questions/{number}").json()["guesses"]


def new_phone(app, code):
    client = TestClient(app)
    client.get(f"/c/{code}")
    return client


# Answers


@pytest.mark.parametrize("asked", KINDS, ids=lambda p: p.kind)
def test_the_last_guess_of_each_person_counts_until_the_question_closes(
    app, phone, lecturer, code, asked
):
    number, first, second = asked.number, helper.value(asked, 0.2), helper.value(asked, 0.8)
    assert answer(phone, code, number, first).status_code == 409
    show(lecturer, code, number)
    assert answer(phone, code, number, first).json() == {"kept": first}
    assert answer(phone, code, number, second).json() == {"kept": second}
    assert answer(new_phone(app, code), code, number, first).status_code == 200
    show(lecturer, code, number, "closed")
    assert answer(phone, code, number, first).status_code == 409
    assert sorted(guesses(lecturer, code, number)) == sorted([first, second])
    show(lecturer, code, number, "open")
    assert answer(phone, code, number, first).status_code == 200
    assert guesses(lecturer, code, number) == [first, first]


@pytest.mark.parametrize("asked", KINDS, ids=lambda p: p.kind)
@pytest.mark.parametrize(
    "guess", [None, [], {}, "nonsense", [1e300], -1e300, True, [[1]], "1" * 99]
)
def test_a_guess_that_does_not_fit_is_refused_with_a_sentence(phone, lecturer, code, asked, guess):
    show(lecturer, code, asked.number)
    said = answer(phone, code, asked.number, guess)
    assert said.status_code == 422
    assert asked.number in said.text
    assert guesses(lecturer, code, asked.number) == []


def test_to_ask_one_question_closes_the_other(phone, lecturer, code):
    one, other = KINDS[:2]
    show(lecturer, code, one.number)
    show(lecturer, code, other.number)
    assert answer(phone, code, one.number, helper.value(one)).status_code == 409
    assert answer(phone, code, other.number, helper.value(other)).status_code == 200
    lecturer.post(f"/teach/{code}/show", json={"number": None})
    assert answer(phone, code, other.number, helper.value(other)).status_code == 409


def test_an_unknown_question_is_refused(phone, lecturer, code):
    assert answer(phone, code, "99z", 1).status_code == 404
    for number, phase in [("99z", "open"), (KINDS[0].number, "ajar"), ([], "open"), ({}, {})]:
        given = {"number": number, "phase": phase}
        assert lecturer.post(f"/teach/{code}/show", json=given).status_code == 422


def test_what_was_not_measured_is_not_shown(folder):
    file = folder / "slides" / "predictions.json"
    listed = json.loads(file.read_text(encoding="utf-8"))
    gone = [{"number": "99z", "lesson": "99", "declaration": {}, "measured": 1}]
    known = [entry | {"measured": None} for entry in listed]
    file.write_text(json.dumps(known + gone), encoding="utf-8")
    app = application(folder)
    assert "99z" not in app.state.questions  # the decks are older than the lessons
    with TestClient(app) as client:
        client.get("/teach", params={"token": app.state.token})
        code, number = app.state.store.classes()[0][0], KINDS[0].number
        show(client, code, number)
        client.get(f"/c/{code}")
        answer(client, code, number, helper.value(KINDS[0]))
        given = {"number": number, "phase": "measured"}
        assert client.post(f"/teach/{code}/show", json=given).status_code == 422
        assert f"{number} · 1 answered" in client.get(f"/teach/{code}").text


def test_answers_are_there_next_time(folder, app, phone, lecturer, code):
    asked = KINDS[0]
    show(lecturer, code, asked.number)
    answer(phone, code, asked.number, helper.value(asked))
    later = application(folder)
    with TestClient(later, cookies=lecturer.cookies) as client:  # the same token, too
        assert guesses(client, code, asked.number) == [helper.value(asked)]
        room = later.state.rooms.find(code)
        assert (room.number, room.phase) == (asked.number, "open")


def test_classes_stand_side_by_side(app, phone, lecturer, code):
    other = lecturer.post("/teach/classes", json={"name": "Friday"}).json()["code"]
    asked = KINDS[0]
    show(lecturer, code, asked.number)
    friday = new_phone(app, other)
    assert answer(friday, other, asked.number, helper.value(asked)).status_code == 409
    show(lecturer, other, asked.number)
    assert answer(friday, other, asked.number, helper.value(asked)).status_code == 200
    assert guesses(lecturer, code, asked.number) == []
    assert answer(friday, code, asked.number, helper.value(asked)).status_code == 403


# What a phone is told


def told(app, code, who="somebody"):
    """The first state that the stream of that phone brings, as the endpoint computes it."""
    client = TestClient(app)
    room = app.state.rooms.find(code)
    room.over = True  # so that the stream ends
    try:
        client.get(f"/c/{code}")
        return client.get(f"/c/{code}/events")
    finally:
        room.over = False


def test_a_stream_needs_the_page_first(app, phone, code):
    assert TestClient(app).get(f"/c/{code}/events").status_code == 403
    stream = told(app, code)
    assert stream.headers["content-type"].startswith("text/event-stream")
    assert stream.headers["cache-control"] == "no-store"


@pytest.mark.anyio
async def test_every_change_reaches_a_phone_and_no_answer_is_given_away(app, code, monkeypatch):
    asked = next(each for each in KINDS if each.tempting)
    room, number = app.state.rooms.find(code), asked.number
    states = iter([{"number": None}, {"number": number}])
    stream = room.for_phone("me", lambda: next(states))
    assert (await anext(stream)).startswith("retry: ")
    assert await anext(stream) == 'event: state\ndata: {"number": null}\n\n'
    assert len(room.here) == 1
    waiting = stream.__anext__()
    await room.show(number, "open")
    assert await waiting == f'event: state\ndata: {{"number": "{number}"}}\n\n'
    assert app.state.questions.for_phones(number)["tempting"] == []
    assert "measured" not in app.state.questions.for_phones(number)
    room.leave()
    with pytest.raises(StopAsyncIteration):
        await anext(stream)
    assert not room.here


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.mark.anyio
async def test_a_silent_stream_says_that_it_is_there(app, code, monkeypatch):
    monkeypatch.setattr("classroom.rooms.BEAT", 0.01)
    stream = app.state.rooms.find(code).for_phone("me", dict)
    events = [await anext(stream) for _ in range(4)]
    assert events[2:] == ["event: beat\ndata: {}\n\n"] * 2
    await stream.aclose()
    assert not app.state.rooms.find(code).here


# The lecturer's own


def lecturers(code, number):
    """Every request that only the lecturer may make."""
    get = ["/teach", f"/teach/{code}", "/deck/00.html", "/deck/predictions.json", "/deck/"]
    get += [f"/teach/{code}/{name}" for name in ("answers.csv", "code", f"questions/{number}")]
    get += [f"/teach/{code}/events"]
    post = ["/teach/classes", f"/teach/{code}/delete", f"/teach/{code}/show"]
    return [("GET", path) for path in get] + [("POST", path) for path in post]


def test_a_student_cannot_do_what_the_lecturer_does(app, phone, code):
    token = app.state.token
    for method, path in lecturers(code, KINDS[0].number):
        for wrong in ("", "?token=", "?token=wrong", f"?token={token[:-1]}", "?token=%FF"):
            said = phone.request(method, path + wrong)
            assert said.status_code == 403, path
            said = phone.request(method, path, headers={"cookie": "lecturer=wrong"})
            assert said.status_code == 403, path
    roots = {path.partition("{")[0] for path in lecturer_paths(app)}
    assert roots == {"/teach", "/teach/", "/teach/classes", "/deck/"}


def lecturer_paths(app):
    return [r.path for r in app.routes if r.path.startswith(("/teach", "/deck"))]


def test_the_token_goes_from_the_address_into_a_cookie(app, phone, code):
    given = {"token": app.state.token, "class": code}
    first = phone.get("/deck/00.html", params=given, follow_redirects=False)
    assert first.status_code == 303
    assert first.headers["location"] == f"/deck/00.html?class={code}"
    cookie = first.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie
    page = phone.get(first.headers["location"])
    assert page.status_code == 200 and app.state.token not in page.text
    assert f'<script type="module" src="/front/slide.js" data-code="{code}"></script>' in page.text
    assert page.text.index("slide.js") < page.text.index("</body>")


def test_the_token_stands_on_no_page_of_a_student(app, phone, code):
    lecturer = TestClient(app)
    pages = [phone.get(path) for path in ("/", f"/c/{code}", "/?code=wrong", "/nowhere", "/site/")]
    pages += [phone.get(f"/front/{f.name}") for f in files.FRONT.iterdir()]
    pages += [phone.get("/front/predict.js"), phone.get("/front/predict.css"), told(app, code)]
    pages += [lecturer.get("/teach")]
    for page in pages:
        assert app.state.token not in page.text + str(page.headers)
        assert app.state.secret not in page.text + str(page.headers)


def test_names_of_classes_are_escaped(app, phone, lecturer):
    code = lecturer.post("/teach/classes", json={"name": NAME}).json()["code"]
    for page in (phone.get(f"/c/{code}"), lecturer.get("/teach"), lecturer.get(f"/teach/{code}")):
        assert page.status_code == 200
        assert "<script>alert" not in page.text and "&lt;script&gt;" in page.text
    wrong = phone.get("/", params={"code": "<b>'\"x"})
    assert wrong.status_code == 404
    assert "<b>" not in wrong.text and "&lt;b&gt;" in wrong.text
    for name in ("", "   ", "x" * 81, 7, None):
        assert lecturer.post("/teach/classes", json={"name": name}).status_code == 422


def test_a_deck_takes_the_class_that_it_was_opened_for(lecturer, code):
    other = lecturer.post("/teach/classes", json={"name": "Friday"}).json()["code"]
    assert f'data-code="{other}"' in lecturer.get("/deck/00.html").text  # the newest
    assert f'data-code="{code}"' in lecturer.get(f"/deck/00.html?class={code}").text
    assert f'data-code="{code}"' in lecturer.get("/deck/00.html").text
    assert f'data-code="{other}"' in lecturer.get("/deck/00.html?class=gone").text


def test_a_class_can_be_forgotten(folder, phone, lecturer, code):
    asked = KINDS[0]
    show(lecturer, code, asked.number)
    answer(phone, code, asked.number, helper.value(asked))
    assert lecturer.post(f"/teach/{code}/delete", json={}).status_code == 204
    with sqlite3.connect(folder / "room.sqlite") as file:
        for table in ("classes", "questions", "answers"):
            assert file.execute(f"SELECT COUNT(*) FROM {table}").fetchone() == (0,)
    file.close()
    assert phone.get(f"/c/{code}").status_code == 404
    assert lecturer.get("/deck/00.html").status_code == 404
    assert lecturer.get("/teach").status_code == 200


def test_the_summary_and_the_table_hold_every_answer(app, phone, lecturer, code):
    asked = next(each for each in KINDS if each.kind == "number")
    show(lecturer, code, asked.number)
    right = helper.value(asked, 0.3)
    answer(phone, code, asked.number, right)
    answer(new_phone(app, code), code, asked.number, helper.value(asked, 0.9))
    assert f"{asked.number} · 1 of 2 near enough" in lecturer.get(f"/teach/{code}").text
    table = lecturer.get(f"/teach/{code}/answers.csv")
    assert table.headers["content-disposition"] == f'attachment; filename="answers-{code}.csv"'
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert [row["person"] for row in rows] == ["1", "2"]
    assert {row["question"] for row in rows} == {asked.number}
    assert str(right) in {row["guess"] for row in rows}


def test_the_code_leads_to_the_class(lecturer, code):
    found = lecturer.get(f"/teach/{code}/code").json()
    assert found["address"] == f"http://192.0.2.7:8765/c/{code}"
    assert found["qr"].startswith("<svg")


# Refused


def test_another_site_cannot_post(phone, lecturer, code):
    asked = KINDS[0]
    show(lecturer, code, asked.number)
    foreign = [
        {"origin": "http://evil.example"}, {"origin": "null"}, {"origin": "http://[evil"},
        {"origin": "http://testserver:1"}, {"origin": "http://testserver.evil.example"},
        {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"},
    ]  # fmt: skip
    body = {"number": asked.number, "guess": helper.value(asked)}
    for heads in foreign:
        assert phone.post(f"/c/{code}/answer", json=body, headers=heads).status_code == 403
        gone = lecturer.post(f"/teach/{code}/delete", json={}, headers=heads)
        assert gone.status_code == 403, heads
    own = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}
    assert phone.post(f"/c/{code}/answer", json=body, headers=own).status_code == 200
    form = phone.post(f"/c/{code}/answer", content='{"number": 1}')
    assert form.status_code == 415
    assert phone.get("/", headers={"host": "evil.example"}).status_code == 400


def test_a_cookie_that_the_server_did_not_make_is_nobody(app, phone, lecturer, code):
    asked = KINDS[0]
    show(lecturer, code, asked.number)
    [own] = [cookie for cookie in phone.cookies.jar if cookie.name == "seat"]
    assert own.path == f"/c/{code}"
    seat = guards.new_seat("another key", code)
    for cookie in ("", "x", ".", "x.y", seat, own.value[:-1], f"x{own.value}", "é.ü"):
        client = TestClient(app)
        said = client.post(
            f"/c/{code}/answer",
            json={"number": asked.number, "guess": helper.value(asked)},
            headers={"cookie": f"seat={cookie}".encode()},
        )
        assert said.status_code == 403, cookie


def test_neither_the_file_nor_the_table_holds_a_cookie(folder, phone, lecturer, code):
    asked = KINDS[0]
    show(lecturer, code, asked.number)
    answer(phone, code, asked.number, helper.value(asked))
    [own] = [cookie.value for cookie in phone.cookies.jar if cookie.name == "seat"]
    kept = b"".join(file.read_bytes() for file in folder.glob("room.sqlite*"))
    assert own.partition(".")[0].encode() not in kept
    assert own.partition(".")[0] not in lecturer.get(f"/teach/{code}/answers.csv").text
    columns = lecturer.app.state.store.rows("SELECT * FROM pragma_table_info('answers')")
    assert [column[1] for column in columns] == ["class", "number", "person", "guess"]
    assert stat.S_IMODE(os.stat(folder / "room.sqlite").st_mode) == 0o600


def test_too_many_and_too_long_are_refused(app, phone, lecturer, code):
    asked = KINDS[0]
    show(lecturer, code, asked.number)
    long = {"number": asked.number, "guess": "x" * 5000}
    assert phone.post(f"/c/{code}/answer", json=long).status_code == 413
    said = [answer(phone, code, asked.number, helper.value(asked)) for _ in range(25)]
    assert [each.status_code for each in said[:15]] == [200] * 15
    assert said[-1].status_code == 429 and int(said[-1].headers["retry-after"]) >= 1
    other = new_phone(app, code)  # does not suffer for it
    assert answer(other, code, asked.number, helper.value(asked)).status_code == 200
    assert app.state.rooms.find(code).here[code] == 0


NO_JSON = (
    "",
    "{",
    "[]",
    "NaN",
    '{"number": NaN}',
    "[" * 3000,
    '"\\ud800"',
    '{"a": "\\udfff"}',
    "\xff",
)


@pytest.mark.parametrize("text", NO_JSON)
def test_what_is_no_json_is_refused(phone, code, text):
    heads = {"content-type": "application/json"}
    said = phone.post(f"/c/{code}/answer", content=text.encode("latin-1"), headers=heads)
    assert said.status_code == 400


def test_a_rate_recovers(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(guards.time, "monotonic", lambda: now[0])
    rate = guards.Rate(2, 0.5)
    rate.check("a")
    rate.check("a")
    with pytest.raises(HTTPException) as error:
        rate.check("a")
    assert error.value.headers == {"Retry-After": "3"}
    rate.check("b")
    now[0] = 2.0
    rate.check("a")
    with pytest.raises(HTTPException):
        rate.check("a")


# Files

TRICKS = """../secret .. ../ ....//secret ..%2fsecret %2e%2e/secret %2e%2e%2fsecret ..%5csecret
..%252fsecret /etc/passwd //etc/passwd %2fetc%2fpasswd link folder/../../secret circle secret%00 %00
out/secret .%2e/secret index.html/../../secret file:///etc/passwd ~root ~ x/../../secret""".split()


@pytest.fixture
def traps(folder):
    """Beside the served folders a secret; in them links that lead out, and one that does not."""
    (folder / "secret").write_text("secret", encoding="utf-8")
    for place in (folder / "site", folder / "slides"):
        (place / "link").symlink_to(folder / "secret")
        (place / "out").symlink_to(folder, target_is_directory=True)
        (place / "circle").symlink_to(place / "circle")
        (place / "page.html").write_text("fine", encoding="utf-8")
        (place / "fine").symlink_to(place / "page.html")
    return folder


@pytest.mark.parametrize("path", [*TRICKS, "x" * 300, "x/" * 2000])
def test_only_files_of_the_site_and_the_decks_are_served(traps, phone, lecturer, path):
    for client, root in ((phone, "/site/"), (lecturer, "/deck/"), (phone, "/front/")):
        said = client.get(root + path, follow_redirects=False)
        assert said.status_code in (303, 403, 404), (
            path
        )  # the client itself makes "/" of "/site/.."
        assert "secret" not in said.text and "root:" not in said.text


OUT = "../secret", "/etc/passwd", "link", "out/secret", "circle", "a\0b", "..", "x" * 5000


@pytest.mark.parametrize("path", OUT)
def test_no_path_leads_out_of_a_folder(traps, path):
    with pytest.raises(HTTPException):
        files.inside(traps / "site", path)
    assert files.inside(traps / "site", "fine") == (traps / "site" / "page.html").resolve()


def test_students_reach_the_site_but_neither_decks_nor_measurements(folder, phone):
    assert "The course" in phone.get("/site/").text
    assert phone.get("/site/index.html").status_code == 200
    for path in ("/site/predictions.json", "/front/predictions.json", "/deck/predictions.json"):
        assert phone.get(path).status_code in (403, 404)


def test_every_answer_has_its_heads(phone, lecturer, code):
    for page in (
        phone.get(f"/c/{code}"), phone.get("/nowhere"), phone.get("/site/"), phone.get("/teach/"),
        lecturer.get("/deck/00.html"), phone.post("/"), phone.get("/front/phone.js"),
    ):  # fmt: skip
        assert page.headers["x-content-type-options"] == "nosniff"
        assert page.headers["referrer-policy"] == "same-origin"
        assert "frame-ancestors" in page.headers["content-security-policy"]
    own = phone.get(f"/c/{code}").headers["content-security-policy"]
    assert "default-src 'self'" in own and "script" not in own


def test_pages_ask_nothing_of_any_other_server(phone, lecturer, code):
    pages = [phone.get(f"/c/{code}"), lecturer.get("/teach"), lecturer.get(f"/teach/{code}")]
    texts = [page.text for page in pages]
    texts += [file.read_text(encoding="utf-8") for file in files.FRONT.iterdir()]
    for text in texts:
        found = re.findall(r"(?:src|href|url|import|from)\W{1,3}(https?:)?//[\w.]+", text)
        assert found in ([], [""]) or set(re.findall(r"https?://([\w.]+)", text)) <= {"192.0.2.7"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--address", "room.example:8765"], "wanted one like http://"),
        (["--port", "{taken}"], "CLASS_ARGS='--port"),
        (["--data", "{file}"], "the answers cannot be kept in"),
    ],
)
def test_a_room_that_cannot_open_says_why_before_any_address(given, said, tmp_path, capsys):
    (tmp_path / "file").touch()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        known = {"taken": taken.getsockname()[1], "file": tmp_path / "file"}
        places = ["--port", str(helper.free_port()), "--data", str(tmp_path / "data")]
        with pytest.raises(SystemExit):
            command.main([*places, *(each.format(**known) for each in given)])
    out, error = capsys.readouterr()
    assert said in error and out == ""


def test_a_room_without_decks_says_what_makes_them(tmp_path, capsys, monkeypatch):
    def ended(app, listening):
        listening.close()
        app.state.store.close()

    monkeypatch.setattr(command, "serve", ended)
    given = ["--port", str(helper.free_port()), "--data", str(tmp_path / "data"), "--build"]
    command.main([*given, str(tmp_path)])
    assert "`make slides`" in capsys.readouterr().out
    app = make(
        tmp_path / "room.sqlite", tmp_path, tmp_path, "http://192.0.2.7:8765", ["testserver"]
    )
    with TestClient(app) as client:
        page = client.get("/teach", params={"token": app.state.token}).text
    assert "`make slides`" in page and "/deck/" not in page
    command.main([*given, str(helper.build(tmp_path / "build", KINDS))])
    assert "make slides" not in capsys.readouterr().out
