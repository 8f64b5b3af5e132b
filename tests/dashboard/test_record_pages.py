"""The record's page and its file, as members meet them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from publishing import FIELDS, approved
from sqlalchemy.orm import Session

from studio import cli
from studio.audit import trail
from studio.dashboard.record import export, signing
from studio.dashboard.record.pages import in_pages
from studio.dashboard.record.story import story
from studio.guides.models import Translation
from studio.members.actor import Actor, Role
from studio.members.operations import people

Member = Callable[..., Actor]
HERE = "/studio/guides/telling-a-friend/en"


@pytest.fixture
def wren(client: Any, member: Member, sign_in: Any) -> Actor:
    actor = member("Wren")
    sign_in(client, actor)
    return actor


@pytest.fixture
def text(session: Session, wren: Actor) -> Translation:
    return approved(session, wren)


def saved(client: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(client.get(f"{HERE}/record/record.json").data)
    return found


def test_a_texts_page_leads_to_its_record_which_tells_what_happened(client: Any, text: Translation):
    assert f"{HERE}/record/" in client.get(f"{HERE}/").text
    page = client.get(f"{HERE}/record/").text
    assert "Somebody began this text." in page
    assert "Somebody saved version 1." in page


def test_a_member_chooses_to_be_named_and_to_be_left_out_again(client: Any, text: Translation):
    for _ in range(2):
        answer = client.post(f"{HERE}/record/name", data={"name": "yes"})
        assert answer.status_code == 303
    assert "Wren began this text." in client.get(answer.location).text
    client.post(f"{HERE}/record/name", data={"name": "no"})
    assert "Somebody began this text." in client.get(f"{HERE}/record/").text


def test_an_outsider_finds_neither_page_nor_file(
    client: Any, browser: Any, session: Session, text: Translation, member: Member, sign_in: Any
):
    text.guide.team_only = True
    session.commit()
    assert client.get(f"{HERE}/record/").status_code == 200
    other = browser()
    sign_in(other, member("Finch"))
    for place in ("record/", "record/record.json"):
        assert other.get(f"{HERE}/{place}").status_code == 404
    assert other.post(f"{HERE}/record/name", data={"name": "yes"}).status_code == 404


def test_a_long_record_comes_in_pages_and_whole_to_print(
    client: Any, session: Session, text: Translation, wren: Actor, clock: Any
):
    for n in range(130):
        later = clock() + timedelta(days=n)
        trail.record(session, actor=wren.id, act="slug", subject=f"translation:{text.id}", details={}, now=later)
    session.commit()
    pages = [client.get(f"{HERE}/record/{which}").text for which in ("", "?page=2", "?page=99", "?all=yes")]
    assert [page.count("gave the readers’ page another address") for page in pages] == [98, 32, 32, 130]
    assert "Page 1 of 2" in pages[0]
    assert pages[1].count("<h2>The beginning</h2>") == 1


def test_a_chapter_that_goes_on_has_its_heading_on_the_next_page_too(session: Session, text: Translation):
    chapters = story(session, text, "en", text.created_at).chapters
    assert [[len(one.lines) for one in page] for page in in_pages(chapters, 1)] == [[1], [1]]
    assert {str(page[0].heading) for page in in_pages(chapters, 1)} == {"The beginning"}


def test_the_file_holds_the_sentences_and_names_neither_topic_nor_member_in_its_name(
    client: Any, text: Translation, wren: Actor
):
    answer = client.get(f"{HERE}/record/record.json")
    assert answer.headers["Content-Disposition"] == "attachment; filename=record.json"
    assert answer.mimetype == "application/json"
    content = json.loads(answer.data)
    assert [one["said"] for one in content["lines"]][:2] == ["Somebody began this text.", "Somebody saved version 1."]
    assert content["title"] == FIELDS.title
    assert wren.id not in answer.text
    assert wren.pen_name not in answer.text


def test_the_file_holds_no_hash_of_the_chain_that_could_be_tried_out(client: Any, session: Session, text: Translation):
    content = saved(client)
    for line in story(session, text, "en", text.created_at).lines:
        assert line.hash not in json.dumps(content)
    assert len({one["mark"] for one in content["lines"]}) == len(content["lines"])


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one["lines"][0].update(said="Somebody else began this text."),
        lambda one: one["lines"].pop(0),
        lambda one: one["lines"].reverse(),
        lambda one: one.update(title="Another"),
        lambda one: one.update(more="words"),
        lambda one: one["head"].update(entry=999),
        lambda one: one.update(signature="00" * 64),
        lambda one: one.update(key="00" * 32),
        lambda one: one.pop("signature"),
        lambda one: one.update(signature=7),
    ],
)
def test_whatever_is_changed_in_a_file_is_noticed_without_its_house(client: Any, text: Translation, change: Any):
    content = saved(client)
    assert export.read(json.dumps(content).encode())[1].lines == len(content["lines"])
    change(content)
    with pytest.raises(ValueError, match="not as it was when it was signed"):
        export.read(json.dumps(content).encode())


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"7", b"\xff", b'{"format": "studio-record-1", "key": 7}'])
def test_what_is_no_record_is_called_so(data: bytes):
    with pytest.raises(ValueError, match="no record of a text"):
        export.read(data)


def test_the_key_is_made_once_and_for_its_owner_alone(client: Any, text: Translation, settings: Any):
    first, second = saved(client), saved(client)
    assert first["key"] == second["key"]
    path = settings.data / signing.NAME
    assert path.stat().st_mode & 0o777 == 0o600
    assert signing.mark(first["key"]) in client.get(f"{HERE}/record/").text
    assert path.read_text().strip() not in client.get(f"{HERE}/record/record.json").text


def test_the_command_verifies_a_file_in_its_house_and_elsewhere(
    client: Any,
    session: Session,
    text: Translation,
    wren: Actor,
    settings: Any,
    tmp_path: Any,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
):
    file = tmp_path / "record.json"
    file.write_bytes(client.get(f"{HERE}/record/record.json").data)
    content = json.loads(file.read_bytes())
    mark = signing.mark(content["key"])
    assert export.strangers(session, content, client.application.config["KEY"].hex()) == []
    assert export.strangers(session, content, "another secret") == sorted({one["entry"] for one in content["lines"]})
    monkeypatch.setenv("STUDIO_DATA", str(tmp_path / "elsewhere"))
    assert cli.main(["check", "--record", str(file)]) == 0
    said = capsys.readouterr().out
    assert mark in said
    assert "no house here" in said
    assert not (tmp_path / "elsewhere").exists()
    file.write_text(file.read_text().replace("Somebody began", "Nobody began"))
    assert cli.main(["check", "--record", str(file)]) == 1
    assert "changed, added or left out" in capsys.readouterr().out


def test_a_record_whose_entries_are_gone_from_the_trail_is_noticed_by_its_house(
    client: Any, session: Session, text: Translation, member: Member
):
    content = saved(client)
    content["lines"].append({**content["lines"][0], "entry": 998})
    people.suspend(session, actor=member("Lamp", Role.STEWARD), member_id=member("Gull").id, now=text.created_at)
    assert export.strangers(session, content, client.application.config["KEY"].hex()) == [998]
