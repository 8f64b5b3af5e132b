"""Every answer carries the headers, whatever it is."""

from __future__ import annotations

import pytest
from flask import abort

from studio.web.headers import headers_for

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def test_a_readers_page_gets_the_strict_policy_and_no_referrer():
    headers = dict(headers_for("/en/a-text/", https=False))
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Cache-Control" not in headers
    assert "Strict-Transport-Security" not in headers


def test_a_members_page_may_connect_home_and_is_never_kept():
    headers = dict(headers_for("/studio/guides/", https=True))
    assert headers["Content-Security-Policy"] == f"{POLICY}; connect-src 'self'"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert headers["Strict-Transport-Security"].startswith("max-age=")


def test_one_page_of_members_is_opened_for_the_style_sheet_of_its_own_script():
    policy = dict(headers_for("/studio/guides/a/en/write", https=True, nonce="n1"))["Content-Security-Policy"]
    assert "; style-src 'self' 'nonce-n1'; " in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert dict(headers_for("/en/a-text/", https=True, nonce="n1"))["Content-Security-Policy"] == POLICY


def test_a_reader_page_that_only_begins_like_the_studio_is_no_members_page():
    assert "Cache-Control" not in dict(headers_for("/studio-notes/", https=False))


@pytest.mark.parametrize("path", ["/n/en/abc/", "/check/K7M-2QX"])
def test_quiet_addresses_and_copy_numbers_are_never_kept(path):
    assert dict(headers_for(path, https=False))["Cache-Control"] == "no-store"


@pytest.fixture
def answers(app):
    for code in (400, 403, 404, 405, 409, 413, 422, 429, 500, 503):
        app.add_url_rule(f"/studio/try/{code}", f"try{code}", lambda code=code: abort(code))
        app.add_url_rule(f"/try/{code}", f"public{code}", lambda code=code: abort(code))
    app.add_url_rule("/studio/try/broken", "broken", lambda: 1 / 0)
    return app


@pytest.mark.parametrize("prefix", ["/studio/try", "/try"])
@pytest.mark.parametrize("code", [400, 403, 404, 405, 409, 413, 422, 429, 500, 503])
def test_every_error_carries_them(answers, client, prefix, code):
    answer = client.get(f"{prefix}/{code}")
    assert answer.status_code == code
    for name, value in headers_for(f"{prefix}/x", https=False):
        assert answer.headers[name] == value
    assert "<h1>" in answer.text


@pytest.mark.parametrize(
    ("path", "code"),
    [("/static/studio.css", 200), ("/static/no.css", 404), ("/studio/sign-in", 200), ("/studio/me/", 303), ("/x", 404)],
)
def test_static_files_redirects_and_pages_carry_them(client, path, code):
    answer = client.get(path)
    assert answer.status_code == code
    for name, value in headers_for(path, https=False):
        assert answer.headers[name] == value


def test_a_mistake_of_the_program_carries_them_and_shows_nothing_of_it(answers, client):
    answer = client.get("/studio/try/broken")
    assert answer.status_code == 500
    assert "ZeroDivision" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_readers_never_get_a_cookie(client):
    for path in ("/", "/ar/", "/nothing", "/static/studio.css", "/static/none"):
        assert "Set-Cookie" not in client.get(path).headers


def test_the_policy_allows_nothing_inline_and_the_pages_need_nothing_inline(client, member, sign_in):
    page = client.get("/studio/sign-in").text
    sign_in(client, member())
    page += client.get("/studio/me/").text
    assert " style=" not in page
    assert "<style" not in page
    assert "<script>" not in page
    assert " onclick" not in page
