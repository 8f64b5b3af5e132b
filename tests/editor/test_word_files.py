"""A word processor's file opened on the page where a text is begun; it needs no script."""

from __future__ import annotations

from html import unescape
from io import BytesIO

import pytest
from sqlalchemy import select
from wordfiles import docx, image, p, picture, run
from writing import write

from studio.guides.models import Media, TeamMember
from studio.guides.wordfile import opening
from studio.guides.wordfile.package import FILE_BYTES
from studio.members.models import Member


def send(client, address, data, name="Canary Person.docx"):
    return client.post(f"{address}begin/file", data={"file": (BytesIO(data), name)})


def test_the_page_where_a_text_is_begun_takes_a_file_without_a_script(client, begun):
    page = client.get(f"{begun}begin").text
    assert "Open a word-processor file" in page
    assert f'action="{begun}begin/file" enctype="multipart/form-data"' in page


def test_a_file_becomes_the_draft_and_one_goes_on_writing(client, begun, text_of, heron, session):
    answer = send(client, begun, docx(p("How to rest", style="Title"), p("Evening", style="Heading1"), p("Sit down.")))
    assert answer.location == f"{begun}write"
    draft = text_of(begun).draft
    assert (draft.text, draft.fields["title"]) == ("## Evening\n\nSit down.\n", "How to rest")
    assert session.scalars(select(TeamMember.member_id)).all() == [heron.id]


def test_what_stayed_behind_is_said_on_the_next_page(client, begun):
    answer = send(client, begun, docx(p("Sit.", run("canary", "vanish"), picture("a")), links={"a": image()}))
    assert answer.status_code == 200
    told = unescape(answer.text)
    assert "Hidden words stayed behind. Passages: 1." in told
    assert "Pictures without a description stayed behind: 1." in told
    assert "anary" not in told
    assert f'href="{begun}write"' in told


def test_its_pictures_are_kept_for_the_text_and_shown_with_it(client, begun, text_of, session):
    send(client, begun, docx(p(picture("a", "A leaf"), "green"), links={"a": image()}))
    kept = session.scalars(select(Media)).one()
    assert text_of(begun).draft.text == f"![A leaf](media:{kept.sha})green\n"
    assert b"anary" not in kept.data
    assert f'src="/studio/media/{kept.sha}"' in client.get(f"{begun}write/preview").text
    assert client.get(f"/studio/media/{kept.sha}").status_code == 200


def test_it_stands_below_what_is_there_and_its_notes_do_not_take_the_place_of_others(client, begun, text_of):
    write(client, begun, body="First.[^1]\n\n[^1]: Mine.")
    send(client, begun, docx(p("Second.", '<w:r><w:footnoteReference w:id="1"/></w:r>'), notes={1: p("Theirs.")}))
    assert text_of(begun).draft.text == "First.[^1]\n\n[^1]: Mine.\n\nSecond.[^2]\n\n[^2]: Theirs.\n"


@pytest.mark.parametrize(
    ("data", "status", "sentence"),
    [
        (b"", 422, "Choose a file first."),
        (b"no such file", 422, "choose “Save as” and .docx"),
        (docx(p("")), 422, "There are no words in this file"),
        (docx(p("x"), parts={"word/document.xml": bytes(60_000_000)}), 413, "too large or too intricate"),
        (docx(*[p("long " * 100)] * 500), 413, "part it into two guides"),
    ],
)
def test_a_file_that_cannot_be_opened_leads_back_with_one_sentence_and_nothing_is_lost(
    client, begun, text_of, data, status, sentence
):
    write(client, begun, body="First.")
    answer = send(client, begun, data)
    assert answer.status_code == status
    assert sentence in unescape(answer.text)
    assert "<details open>" in answer.text
    assert text_of(begun).draft.text == "First."


def test_a_body_beyond_the_largest_file_is_refused_before_it_is_read(client, begun, text_of, monkeypatch):
    marks = vars(client.application.view_functions["editor.starting.open_file"])["studio_marks"]
    assert marks["bytes"] == FILE_BYTES + 100_000
    monkeypatch.setitem(marks, "bytes", 1_000)
    answer = send(client, begun, docx(p("x")))
    assert answer.status_code == 413
    assert text_of(begun).draft.text == ""


def test_an_arabic_file_is_begun_in_the_language_of_the_text(client, begun, text_of):
    ours = client.post("/studio/new", data={"title": "الراحة", "language": "ar"}).location.removesuffix("begin")
    send(client, ours, docx(p(run("الراحة", "rtl"), style="Title"), p(run("نَم ", "rtl"), run("جيدًا", "rtl", "bCs"))))
    assert text_of(ours).draft.text == "نَم **جيدًا**\n"
    assert "<strong>جيدًا</strong>" in client.get(f"{ours}write/preview").text


def test_nobody_writes_by_a_file_after_they_were_suspended_while_it_was_read(
    client, begun, text_of, session, monkeypatch
):
    def suspended_meanwhile(*_args, **_more):
        session.rollback()
        session.scalars(select(Member).where(Member.pen_name == "Heron")).one().suspended = True
        session.commit()
        return opening.Opened("Canary.\n", (), ())

    monkeypatch.setattr(opening, "open_file", suspended_meanwhile)
    assert send(client, begun, docx(p("x"))).status_code == 401
    assert text_of(begun).draft.text == ""


def test_whoever_may_not_know_of_a_text_learns_nothing_and_the_file_is_not_read(
    other, begun, text_of, session, monkeypatch
):
    monkeypatch.setattr(opening, "open_file", None)
    text_of(begun).guide.team_only = True
    session.commit()
    assert send(other, begun, docx(p("x"))).status_code == 404
