"""No other site acts in a member's name, on any address of the house."""

from __future__ import annotations

import re

import pytest

from studio.members.actor import Role
from studio.web import marks
from studio.web.protect import FIELD, is_from_elsewhere, is_from_here

HERE = "http://localhost"


@pytest.mark.parametrize(
    ("site", "origin", "passes"),
    [
        ("same-origin", "", True),
        ("same-origin", "null", True),
        ("", HERE, True),
        ("same-site", HERE, True),
        ("cross-site", "https://elsewhere.example", False),
        ("same-site", "https://a.localhost", False),
        ("none", "", False),
        ("", "null", False),
        ("", "", False),
        ("", "http://localhost:81", False),
    ],
)
def test_where_a_post_comes_from(site, origin, passes):
    assert is_from_here(site, origin, HERE) is passes


def test_a_public_search_is_answered_when_an_old_browser_says_nothing():
    assert not is_from_elsewhere("", "null", HERE)
    assert not is_from_elsewhere("", "", HERE)
    assert is_from_elsewhere("cross-site", "null", HERE)
    assert is_from_elsewhere("", "https://elsewhere.example", HERE)


def posting_addresses(app):
    """Yield every address of the URL map that takes something else than reading."""
    for rule in app.url_map.iter_rules():
        unsafe = (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}
        if unsafe and not getattr(app.view_functions[rule.endpoint], "studio_marks", {}).get("public"):
            yield re.sub(r"<[^>]*>", "x", rule.rule), min(unsafe)


@pytest.mark.parametrize("signed_in", [False, True])
def test_no_address_takes_a_post_without_a_token_or_from_elsewhere(app, client, member, sign_in, signed_in):
    if signed_in:
        sign_in(client, member("Heron", Role.STEWARD))
    addresses = list(posting_addresses(app))
    assert len(addresses) >= 15
    for address, method in addresses:
        bare = client.post(address, token=False, method=method)
        assert bare.status_code == 400, address
        guessed = client.post(address, token=False, data={"form_token": "00.00"}, method=method)
        assert guessed.status_code == 400, address
        away = {"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"}
        assert client.post(address, headers=away, method=method).status_code == 400, address
        silent = {"Sec-Fetch-Site": None, "Origin": None}
        assert client.post(address, headers=silent, method=method).status_code == 400, address


def test_the_token_of_another_browser_is_refused(browser, member, sign_in):
    mine, theirs = browser(), browser()
    sign_in(mine, member("Heron"))
    sign_in(theirs, member("Wren"))
    answer = mine.post("/studio/me/drawing", token=False, data={"form_token": theirs.token()})
    assert answer.status_code == 400
    assert mine.post("/studio/me/drawing").status_code == 303


def test_a_script_sends_the_token_in_a_header(client, member, sign_in):
    sign_in(client, member("Heron"))
    assert client.post("/studio/me/drawing", json={}).status_code == 303


def test_a_form_from_elsewhere_gets_nothing_of_its_text_shown(client):
    away = {"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"}
    text = "Your account is closed, please write to this address of ours"
    answer = client.post("/studio/me/reads", data={"body": text}, headers=away)
    assert answer.status_code == 400
    assert text not in answer.text


def test_a_public_post_needs_no_token_but_not_from_elsewhere(app, client):
    @app.post("/en/look")
    @marks.public_post
    def look():
        return "found"

    assert client.post("/en/look", token=False, data={"q": "x"}).status_code == 200
    away = {"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"}
    assert client.post("/en/look", token=False, data={"q": "x"}, headers=away).status_code == 400


def test_an_old_form_can_be_sent_after_signing_in_again_in_another_tab(client, member, sign_in):
    heron = member("Heron")
    sign_in(client, heron)
    old = client.token()
    client.post("/studio/sign-out")
    sign_in(client, heron)
    assert client.post("/studio/me/language", data={FIELD: old, "language": "ar"}).status_code == 303


def test_an_old_form_of_somebody_else_on_the_same_browser_is_refused(client, member, sign_in):
    sign_in(client, member("Heron"))
    old = client.token()
    client.post("/studio/sign-out")
    sign_in(client, member("River"))
    assert client.post("/studio/me/language", data={FIELD: old, "language": "ar"}).status_code == 400
