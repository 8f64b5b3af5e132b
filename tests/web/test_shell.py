"""The key file, hosts, static files, redirects, notices."""

from __future__ import annotations

import dataclasses
import multiprocessing
import stat

import pytest

from studio.app import create_app
from studio.core.settings import Settings
from studio.core.words import N_
from studio.web import assets, hosts, keyfile, notices, redirects


def _key(folder):
    return keyfile.secret_key(Settings(data=folder, database_url="sqlite://"))


def test_the_key_is_made_once_for_its_owner_alone(tmp_path):
    first = _key(tmp_path / "new")
    path = tmp_path / "new" / keyfile.NAME
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert _key(tmp_path / "new") == first
    assert [entry.name for entry in (tmp_path / "new").iterdir()] == [keyfile.NAME]


def test_processes_that_start_at_once_share_one_key(tmp_path):
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        keys = pool.map(_key, [tmp_path / "shared"] * 12)
    assert len(set(keys)) == 1


def test_a_key_of_the_settings_is_not_written_down(tmp_path):
    keyfile.secret_key(Settings(data=tmp_path, database_url="", secret_key="s" * 40))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("host", "demo", "base_url", "answered"),
    [
        ("localhost:8000", True, "", True),
        ("127.0.0.1", True, "", True),
        ("[::1]:8000", True, "", True),
        ("guides.example", True, "", False),
        ("127.0.0.1.elsewhere.example", True, "", False),
        ("guides.example", False, "https://guides.example", True),
        ("GUIDES.example", False, "https://guides.example", True),
        ("elsewhere.example", False, "https://guides.example", False),
        ("127.0.0.1:8000", False, "https://guides.example", True),
        ("anything.example", False, "", True),
        ("bad host", False, "", False),
        ("a/b", False, "", False),
        ("", False, "", False),
    ],
)
def test_which_hosts_are_answered(tmp_path, host, demo, base_url, answered):
    settings = Settings(data=tmp_path, database_url="", demo=demo, base_url=base_url)
    assert hosts.is_ours(host, settings) is answered


def test_the_practice_house_refuses_another_name_and_says_what_it_is(settings, clock):
    app = create_app(dataclasses.replace(settings, demo=True), now_is=clock)
    assert app.test_client().get("/studio/sign-in", base_url="http://house.example").status_code == 400
    page = app.test_client().get("/studio/sign-in", base_url="http://127.0.0.1:8000")
    assert "Practice. Nothing here was checked by people." in page.text


def test_behind_a_trusted_proxy_the_origin_is_the_one_outside(settings, clock, app):
    outside = dataclasses.replace(settings, trusted_proxies=1, base_url="https://guides.example")
    client = create_app(outside, now_is=clock).test_client()
    forwarded = {"X-Forwarded-Host": "guides.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.5"}
    answer = client.get("/studio/sign-in", headers=forwarded)
    assert answer.status_code == 200
    assert answer.headers["Strict-Transport-Security"]
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Secure-studio-form=")
    assert "Secure" in cookie
    assert client.get("/studio/sign-in", headers={**forwarded, "X-Forwarded-Host": "other.example"}).status_code == 400


def test_a_static_address_carries_its_hash_and_may_be_kept_for_a_year(client, app):
    with app.test_request_context():
        address = assets.address("studio.css")
    answer = client.get(address, headers={"Accept-Encoding": "br, gzip"})
    assert answer.headers["Cache-Control"] == assets.YEAR
    assert answer.headers["Content-Encoding"] == "br"
    assert client.get("/static/studio.css?v=other").headers["Cache-Control"] == "no-cache"
    again = client.get(address, headers={"If-None-Match": answer.headers["ETag"], "Accept-Encoding": "br, gzip"})
    assert again.status_code == 304


def test_a_style_sheet_holds_tokens_faces_and_rules():
    sheet = assets.find("studio.css").body.decode()
    assert "--paper:" in sheet
    assert ".leave" in sheet
    assert "prefers-color-scheme" in sheet
    assert "http" not in sheet


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/css/../../x.css", "/static/x.py"]
)
def test_nothing_beside_the_static_files_is_answered(client, path):
    assert client.get(path).status_code == 404


def test_a_template_that_names_a_missing_file_is_told():
    with pytest.raises(LookupError):
        assets.address("no-such.css")


@pytest.mark.parametrize(
    ("address", "ours"),
    [
        ("/studio/", True),
        ("/studio/guides/a-text/ar/?section=3", True),
        ("//elsewhere.example", False),
        ("/studio//elsewhere.example", False),
        ("/\\elsewhere", False),
        ("/studio/\\elsewhere", False),
        ("/studio/%5celsewhere", False),
        ("/studio/%2f%2felsewhere", False),
        ("/studio/../x", False),
        ("/studio/%0d%0aSet-Cookie:x", False),
        ("http:elsewhere", False),
        ("https://elsewhere.example/studio/", False),
        ("javascript:alert(1)", False),
        ("/en/", False),
        ("", False),
    ],
)
def test_next_leads_only_into_this_house(address, ours):
    assert redirects.is_ours(address) is ours
    assert redirects.next_or(address) == (address if ours else "/studio/")


def test_a_notice_is_one_of_our_own_sentences_or_nothing(client, member, sign_in):
    sign_in(client, member())
    assert "Saved." in client.get(notices.with_notice("/studio/me/", notices.SAVED)).text
    assert 'role="status"' not in client.get("/studio/me/?said=Your+account+is+closed").text
    with pytest.raises(LookupError):
        notices.with_notice("/studio/", N_("not registered"))
    assert notices.with_notice("/studio/?a=1#b", notices.SAVED).endswith("#b")
