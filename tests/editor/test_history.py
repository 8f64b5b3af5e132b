"""Saved versions: looked at, compared, brought back."""

from __future__ import annotations

from html import unescape

import pytest
from sqlalchemy import select
from writing import save_version, write

from studio.guides.drafts import authors, log
from studio.guides.models import DraftUpdate


@pytest.fixture
def versions(client, begun):
    """A text with two saved versions and something newer."""
    write(client, begun, body="Sit down.\n\nStay.")
    save_version(client, begun, note="the beginning")
    write(client, begun, body="Sit down slowly.\n\nStay.", summary="What helps")
    save_version(client, begun, significance="safety", note="kinder")
    write(client, begun, body="Newest.")
    return begun


def test_the_history_tells_who_when_and_what_changed(client, versions):
    page = unescape(client.get(f"{versions}history").text)
    for words in (
        "Version 1",
        "Version 2",
        "<bdi>Heron</bdi> · 9 March 2027",
        "Someone's safety or health",
        "kinder",
    ):
        assert words in page
    assert page.index("Version 2") < page.index("Version 1")
    assert "The text has changed since the last saved version." in page


def test_where_nothing_is_saved_the_history_says_so(client, begun):
    page = client.get(f"{begun}history").text
    assert "No version is saved yet." in page
    assert "Compare any two" not in page


def test_a_version_is_shown_as_readers_would_see_it(client, versions):
    page = client.get(f"{versions}history/2").text
    assert "<p>Sit down slowly.</p>" in page
    assert "What helps" in page
    assert "Newest." not in page


@pytest.mark.parametrize("address", ["history/3", "history/999999", "history/9999999", "compare?from=7"])
def test_a_version_that_is_not_there_is_not_found(client, versions, address):
    assert client.get(f"{versions}{address}").status_code == 404


def test_two_versions_are_compared_in_words(client, versions):
    page = client.get(f"{versions}compare?from=1&to=2").text
    assert page.count("<ins") == 3
    assert "What helps" in page
    assert ' slowly<span class="visually-hidden"' in page
    assert "Newest" not in page


def test_without_a_second_one_a_version_is_compared_with_the_text_now(client, versions):
    page = client.get(f"{versions}compare?from=2").text
    assert "Newest" in page
    assert "Nothing differs." not in page
    assert "Nothing differs." in client.get(f"{versions}compare?from=2&to=2").text


def test_what_nobody_sees_is_named_and_what_turns_lines_cannot_turn_the_page(client, begun):
    write(client, begun, body="Call 112")
    save_version(client, begun)
    write(client, begun, body="Call \u202e112\u200b")
    page = client.get(f"{begun}compare?from=1").text
    assert "right-to-left override (U+202E)" in page
    assert "zero width space (U+200B)" in page
    assert "\u202e" not in page
    assert "\u200b" not in page


def test_what_is_compared_is_text_and_never_markup(client, begun):
    write(client, begun, body="a")
    save_version(client, begun)
    write(client, begun, body="<img src=x onerror=alert(1)>", title="<b>T</b>")
    page = client.get(f"{begun}compare?from=1").text
    assert "<img src=x" not in page
    assert "<b>T" not in page


def test_back_to_a_version_brings_its_words_and_fields_back_and_loses_nothing_later(client, versions, text_of, session):
    answer = client.post(f"{versions}history/1/restore")
    assert answer.status_code == 303
    draft = text_of(versions).draft
    assert (draft.text, draft.fields["summary"]) == ("Sit down.\n\nStay.", "")
    assert session.scalars(select(DraftUpdate.kind).order_by(DraftUpdate.seq.desc())).first() == "restore"
    assert "Sit down slowly." in client.get(f"{versions}history/2").text


def test_back_to_a_version_leaves_words_that_are_in_both_to_their_authors(
    client, begun, other, text_of, session, heron, kite
):
    write(client, begun, body="Sit down.\n\nStay.")
    save_version(client, begun)
    write(client, begun, body="Sit down.\n\nStay here.")
    other.post(f"{begun}history/1/restore")
    draft = text_of(begun).draft
    loaded = log.load(session, draft, draft.head_seq)
    assert authors.between(loaded.runs, 0, 9) == {heron.id}
    assert authors.between(loaded.runs, 11, 16) == {heron.id, kite.id}


def test_back_to_the_version_that_is_there_changes_nothing(client, begun, session):
    write(client, begun, body="Sit down.")
    save_version(client, begun)
    before = session.scalars(select(DraftUpdate.seq)).all()
    assert client.post(f"{begun}history/1/restore").status_code == 303
    session.rollback()
    assert session.scalars(select(DraftUpdate.seq)).all() == before


def test_the_history_of_a_story_is_not_known_outside_its_team(client, begun, other):
    write(client, begun, body="Mine.", kind="story")
    save_version(client, begun)
    assert client.get(f"{begun}history/1").status_code == 200
    for address in ("history", "history/1", "compare?from=1", "write/preview", "write/version", "translate", "begin"):
        assert other.get(f"{begun}{address}").status_code == 404
    assert other.post(f"{begun}history/1/restore").status_code == 404
