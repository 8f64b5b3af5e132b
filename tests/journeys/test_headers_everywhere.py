"""Every answer of the whole house carries its headers: each address, each refusal, each language, the real server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from running import Running, running
from standing_places import Forms, Places
from who_may import PUBLIC, ROWS, Public

from studio.core.locales import LANGUAGES
from studio.web.headers import headers_for
from studio.web.limits import Limit

NOW = datetime(2027, 3, 9, 10, 0, tzinfo=UTC)
NONCE = re.compile(r" 'nonce-[\w-]{22}'")
"""The page to write on lets its own script write a style sheet; each answer has another word for it."""
TELLING = re.compile(r"uvicorn|werkzeug|flask|python|\d+\.\d+", re.IGNORECASE)


def lacking(path, headers):
    """Return what of its headers an answer for ``path`` lacks."""
    got = {name.lower(): value for name, value in headers}
    path = path.partition("?")[0]
    if path.endswith("/write"):
        got["content-security-policy"] = NONCE.sub("", got["content-security-policy"])
    missing = {name for name, value in headers_for(path, https=False) if got.get(name.lower()) != value}
    missing |= {"Cache-Control"} - {name.title() for name in got}
    missing |= {
        f"doubled {name}"
        for name in got
        if [one.lower() for one, _ in headers].count(name) > 1 and name != "set-cookie"
    }
    if "set-cookie" in got and not path.startswith("/studio"):
        missing.add("a cookie on a public page")
    if TELLING.search(got.get("server", "")) or "x-powered-by" in got:
        missing.add("tells what it is made of")
    return missing


def addresses(house):
    """Yield method, address and form of every address of the house, for a text that fits."""
    with house.sessions() as session:
        places, forms = Places(house, session), Forms(house, session)
        for row in (*ROWS, *PUBLIC):
            state = "live" if isinstance(row, Public) else row.fits[0] if row.thing in ("text", "version") else "wished"
            values = places.public(row, "Wren", state) if isinstance(row, Public) else None
            if values is None:
                state = {"image": "draft", "guest": "in_review"}.get(row.thing, state)
                values = places.values(row, "organiser", "other", state)
            where = house.app.url_map.bind("localhost").build(row.endpoint, values, row.method)
            yield row.method, where, forms.data(row.form, places.text("Wren", "other", state) and None)


def test_every_address_answers_with_its_headers_whoever_asks_and_however(house):
    wrong = []
    for method, where, data in list(addresses(house)):
        for role in ("nobody", "organiser"):
            for asked in {method, "GET", "HEAD", "OPTIONS", "PUT", "DELETE"}:
                answer = house.ask(role, asked, where, data if asked == "POST" else None)
                if lacking(where, list(answer.headers)):
                    wrong.append((role, asked, where, answer.status_code, lacking(where, list(answer.headers))))
    house.put_back()
    assert wrong == []


REFUSALS = {
    400: ("POST", "/studio/me/drawing", {"token": False}),
    401: ("POST", "/studio/me/drawing", {"role": "nobody"}),
    404: ("GET", "/nothing/here", {}),
    405: ("POST", "/studio/welcome", {}),
    413: ("POST", "/studio/new", {"data": {"title": "a" * 3_000_000}}),
    429: ("GET", "/studio/join/none", {}),
    500: ("GET", "/studio/texts/", {}),
}


@pytest.mark.parametrize("status", REFUSALS)
def test_every_refusal_carries_its_headers(house, status, monkeypatch):
    method, where, how = REFUSALS[status]
    role, data = how.pop("role", "writer"), how.pop("data", None)
    if status == 429:
        monkeypatch.setattr("studio.members.pages.newcomers.LINKS", Limit("links", seconds=900, nearby=1))
        client = house.app.test_client()
        client.get(where)
        answer = client.get(where)
        assert answer.headers["Retry-After"]
    elif status == 500:
        house.looking.execute("ALTER TABLE draft RENAME TO elsewhere")
        answer = house.ask(role, method, where)
        house.looking.execute("ALTER TABLE elsewhere RENAME TO draft")
    else:
        answer = house.ask(role, method, where, data, **how)
    assert answer.status_code == status
    assert lacking(where, list(answer.headers)) == set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_page_for_readers_sets_a_cookie_in_any_language(house, code):
    client = house.app.test_client()
    for where in (
        f"/{code}/",
        f"/{code}/search",
        f"/{code}/search?q=x",
        f"/{code}/topics/telling/",
        f"/{code}/feed.xml",
    ):
        answer = client.get(where)
        assert (where, answer.status_code) == (where, 200)
        assert lacking(where, list(answer.headers)) == set()
    found = client.post(f"/{code}/search", data={"q": "friend"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert found.status_code == 200
    assert lacking(f"/{code}/search", list(found.headers)) == set()
    assert found.headers["Cache-Control"] == "no-store"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("served") / "data") as made:
        yield made


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 302),
        ("/en/", 200),
        ("/ar/", 200),
        ("/ja/search?q=x", 200),
        ("/en/none/", 404),
        ("/n/en/none/", 404),
        ("/check/AAA-AAA", 200),
        ("/media/none", 404),
        ("/static/reader.css", 200),
        ("/static/none.css", 404),
        ("/static/../studio.db", 404),
        ("/health", 200),
        ("/robots.txt", 200),
        ("/sitemap.xml", 200),
        ("/studio", 308),
        ("/studio/", 401),
        ("/studio/sign-in", 200),
        ("/studio/none", 404),
        ("/studio/ws/none", 404),
    ],
)
def test_the_real_server_adds_nothing_and_loses_nothing(server, path, status):
    for _ in range(2):  # the second answer may come from memory
        for coding in ("identity", "br", "gzip"):
            answer = server.ask(path, headers={"Accept-Encoding": coding})
            assert answer.status == status
            assert lacking(path, answer.headers) == set()
            assert answer.header("X-Studio-Keep") == ""
    assert lacking(path, server.ask(path, "HEAD").headers) == set()
    etag = server.ask(path).header("ETag")
    if etag:
        known = server.ask(path, headers={"If-None-Match": etag})
        assert known.status == 304
        assert lacking(path, known.headers) == set()


def test_the_real_server_refuses_with_headers_too(server):
    for method, path, body, status in (
        ("POST", "/en/", b"", 405),
        ("DELETE", "/studio/me/", b"", 405),
        ("POST", "/studio/new", b"title=" + b"a" * 3_000_000, 413),
        ("POST", "/studio/new", b"title=a", 400),
    ):
        sent = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        answer = server.ask(path, method, body, sent)
        assert answer.status in (status, 400), path
        assert lacking(path, answer.headers) == set()
