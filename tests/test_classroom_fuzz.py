"""Whatever is sent to a lecture room's server, by whomever: it answers, and never by a 500."""

import json
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.configuration import set_hypothesis_home_dir
from starlette.testclient import TestClient

from classroom.app import make
from tests.helpers import room as helper

set_hypothesis_home_dir(helper.ROOT / "build" / "hypothesis")
KINDS = list({each.kind: each for each in helper.everything()}.values())
MANY = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
PLACES = """/ /c/{a} /c/{a}/events /c/{a}/answer /teach /teach/classes /teach/{a}
/teach/{a}/answers.csv /teach/{a}/code /teach/{a}/delete /teach/{a}/events
/teach/{a}/questions/{b} /teach/{a}/show /deck/{b} /front/{b} /site/{b} /{b}""".split()
# Of what a URL may hold, encoded or not.
LETTERS = st.sampled_from("aA9._~%-/\\:;@&=+$,!*'()[]<>\"é\u2028") | st.characters(codec="utf-8")
PIECE = st.text(LETTERS, max_size=30).map(lambda text: quote(text, safe="/%:;@&=+$,!*'()[]~"))
KEYS = st.text(max_size=5)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=10,
)
NUMBERS = st.sampled_from([each.number for each in KINDS]) | JUNK
BODIES = st.one_of(
    st.fixed_dictionaries({"number": NUMBERS, "guess": JUNK}).map(json.dumps),
    st.fixed_dictionaries(
        {"number": NUMBERS, "phase": st.sampled_from(["open", "closed", "measured"]) | JUNK}
    ).map(json.dumps),
    st.fixed_dictionaries({"name": JUNK}).map(json.dumps),
    JUNK.map(json.dumps),
).map(str.encode) | st.binary(max_size=200)
NAMES = """origin cookie sec-fetch-site accept range if-none-match content-type content-length
host transfer-encoding x-forwarded-for user-agent""".split()
PRINTED = st.binary(max_size=30).map(lambda text: bytes(c for c in text if c >= 32 and c != 127))
HEADS = st.dictionaries(st.sampled_from(NAMES), PRINTED, max_size=4)


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    folder = helper.build(tmp_path_factory.mktemp("room") / "build", KINDS)
    places = folder / "room.sqlite", folder / "site", folder / "slides"
    app = make(*places, "http://192.0.2.7:8765", ["*"])
    for rate in (app.state.seats, app.state.answers, app.state.streams):
        rate.burst = 1e9
    return app


@pytest.fixture(scope="module")
def client(app):
    with TestClient(app) as client:
        yield client


@pytest.fixture
def code(app, client):
    """A class of its own whose streams end at once."""
    code = client.portal.call(app.state.store.begin, "Fuzz")
    app.state.rooms.find(code).over = True
    return code


def ask(app, client, method, path, heads, body, who):
    """The answer to a request as a student, as the lecturer, or as nobody."""
    client.cookies.clear()
    if who == "lecturer":
        client.cookies.set("lecturer", app.state.token)
    heads = {"content-type": b"application/json"} | heads
    answer = client.request(method, path, headers=heads, content=body, follow_redirects=False)
    assert answer.status_code < 500, (method, path, answer.text)
    assert answer.headers["x-content-type-options"] == "nosniff"


@MANY
@given(
    method=st.sampled_from(["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"]),
    place=st.sampled_from(PLACES),
    known=st.booleans(),
    a=PIECE,
    b=PIECE,
    query=PIECE,
    heads=HEADS,
    body=BODIES,
    who=st.sampled_from(["nobody", "lecturer"]),
)
def test_no_request_is_an_error(
    app, client, code, method, place, known, a, b, query, heads, body, who
):
    path = place.format(a=code if known and "delete" not in place else a, b=b)
    ask(app, client, method, f"http://testserver{path}?{query}", heads, body, who)


@MANY
@given(number=NUMBERS, guess=JUNK, phase=st.sampled_from(["open", "closed", "measured"]) | JUNK)
def test_no_guess_is_an_error_and_what_is_kept_fits(app, client, code, number, guess, phase):
    client.cookies.clear()
    client.get(f"/c/{code}")
    client.cookies.set("lecturer", app.state.token)
    body = {"number": number, "guess": guess, "phase": phase}
    text = json.dumps(body)
    heads = {"content-type": "application/json"}
    for path in (f"/teach/{code}/show", f"/c/{code}/answer"):
        assert client.post(path, content=text, headers=heads).status_code < 500
    for path in (
        f"/c/{code}/events",
        f"/teach/{code}/events",
        f"/teach/{code}",
        f"/teach/{code}/answers.csv",
    ):
        assert client.get(path).status_code == 200
    for each in KINDS:
        for kept in app.state.store.guesses(code, each.number):
            assert each.check(kept) == kept


@pytest.mark.parametrize("asked", KINDS, ids=lambda p: p.kind)
@settings(MANY, max_examples=50)
@given(data=st.data())
def test_every_guess_that_fits_is_kept_as_it_is(app, client, code, asked, data):
    client.cookies.clear()
    client.get(f"/c/{code}")
    client.portal.call(app.state.rooms.find(code).show, asked.number, "open")
    if asked.kind == "choice":
        guess = data.draw(st.sampled_from(list(asked.options)))
    else:
        guess = [data.draw(st.floats(axis.low, axis.high)) for axis in asked.axes()]
    answer = client.post(f"/c/{code}/answer", json={"number": asked.number, "guess": guess})
    assert answer.json() == {"kept": guess}
    assert guess in app.state.store.guesses(code, asked.number)
