"""Writing by forms: begin, save, save a version."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from sqlalchemy import select

from studio.guides.models import DraftUpdate, Revision, TeamMember, Translation
from studio.members.actor import Role


class Form(HTMLParser):
    """The values of the first posting form on a page that has a field ``body``, or of all its forms."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str | list[str]] = {}
        self._area = self._select = ""

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        name = values.get("name") or ""
        if tag == "input" and name:
            self._input(name, values)
        elif tag == "textarea":
            self._area = name
            self.values.setdefault(name, "")
        elif tag == "select":
            self._select = name
            self.values.setdefault(name, "")
        elif tag == "option" and "selected" in values:
            self.values[self._select] = values.get("value") or ""

    def _input(self, name, values):
        kind = values.get("type", "text")
        if kind in ("checkbox", "radio"):
            if "checked" in values:
                self.values.setdefault(name, [])
                self.values[name].append(values.get("value") or "")
        elif kind != "file":
            self.values.setdefault(name, values.get("value") or "")

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data):
        if self._area:
            self.values[self._area] += data


def form(page) -> dict:
    parser = Form()
    parser.feed(page.text)
    values = parser.values
    for name, value in values.items():
        if isinstance(value, str) and value.startswith("\n"):
            values[name] = value[1:]
    values.pop("theirs", None)
    return values


@pytest.fixture
def heron(member):
    return member("Heron", Role.WRITER, reads={"en", "ar"})


@pytest.fixture
def begun(client, heron, sign_in):
    """A member who is signed in and has begun a text; returns its address."""
    sign_in(client, heron)
    answer = client.post("/studio/new", data={"title": "How to rest", "language": "en"})
    assert answer.status_code == 303
    return answer.location.removesuffix("begin")


def write(client, address, **changes):
    return client.post(f"{address}write", data={**form(client.get(f"{address}write")), **changes})


def text_of(session, address) -> Translation:
    session.expire_all()
    return session.scalar(select(Translation).where(Translation.guide_id == address.split("/")[3]))


def test_title_and_language_are_enough_to_begin(client, begun, session, heron):
    text = text_of(session, begun)
    assert (text.guide_id, text.language, text.draft.text) == ("how-to-rest", "en", "")
    assert text.draft.fields["title"] == "How to rest"
    assert [one.member_id for one in session.scalars(select(TeamMember))] == [heron.id]


def test_a_text_is_saved_and_stands_in_the_form_again(client, begun, session):
    answer = write(client, begun, body="Sit down.\n\nBreathe.", summary="What helps")
    assert answer.status_code == 303
    page = client.get(answer.location)
    assert "Saved." in page.text
    values = form(page)
    assert (values["body"], values["summary"]) == ("Sit down.\n\nBreathe.", "What helps")
    assert text_of(session, begun).draft.text == "Sit down.\n\nBreathe."


def test_a_version_is_saved_after_one_question(client, begun, session):
    answer = write(client, begun, body="Sit down.", then="version")
    assert answer.location.endswith("/write/version")
    page = client.get(answer.location)
    answer = client.post(answer.location, data={**form(page), "note": "a beginning"})
    assert answer.status_code == 303, answer.text
    version = session.scalar(select(Revision))
    assert (version.number, version.body, version.note) == (1, "Sit down.", "a beginning")
    assert client.get(f"{begun}history").status_code == 200
    assert client.get(f"{begun}history/1").status_code == 200
    assert client.get(f"{begun}compare?from=1").status_code == 200
    assert client.get(f"{begun}write/images").status_code == 200
    assert client.get(f"{begun}write/preview").status_code == 200
    assert client.get(f"{begun}translate").status_code == 200
    assert client.get(f"{begun}begin").status_code == 200
    assert unescape(page.text)
    assert re.search("What changed", page.text) is None
    assert session.scalars(select(DraftUpdate)).all()
