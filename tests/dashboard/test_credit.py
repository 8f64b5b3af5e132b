"""How readers are told of the people who made a text: by each one's own choice, in every form, and changed in all."""

from __future__ import annotations

import json
import re
from io import BytesIO

import pypdfium2
import pytest
from full_checks import fresh
from publishing import BODY, FIELDS, approve, derive, published

from studio.guides import operations as kernel
from studio.guides.credits import operations as choosing
from studio.guides.credits import queries
from studio.guides.drafts import log
from studio.guides.drafts.document import Edit
from studio.guides.models import Revision
from studio.guides.rules.statuses import UpdateKind
from studio.members.actor import Role
from studio.members.models import Member
from studio.members.operations import people
from studio.publish import queries as publishing

HERE = "/studio/guides/telling-a-friend/en/"
PAGE = "/en/telling-a-friend/"


@pytest.fixture
def nori(member):
    """Somebody whose pen-name comes before everybody's in Arabic and after most in Latin letters."""
    return member("Zaunkönig")


@pytest.fixture
def two(session, live, writer, nori, river, work, clock):
    """Return the text as readers have it after a second person wrote in it, too."""
    log.apply(
        session,
        live.draft,
        base_seq=live.draft.head_seq,
        edits=[Edit(0, 0, "Slowly. ")],
        fields={},
        author=nori.id,
        kind=UpdateKind.FORM,
        now=clock(),
    )
    kernel.join_team(session, live, nori.id, clock())
    approve(session, river, live)
    published(session, river, live)
    work()
    fresh(session)
    return live


@pytest.fixture
def made_by():
    return derive


def choose(browser, **sent):
    return browser.post(f"{HERE}credit", data={"part": "wrote", **sent})


def forms(client):
    """Return all that readers get of who wrote the text, as text, by the name of the form."""
    page = client.get(PAGE).text
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])
    found = {"page": page, "data": json.dumps(data["author"], ensure_ascii=False)}
    edition = json.loads(client.get(f"{PAGE}edition.json").data)
    found["edition.json"] = json.dumps([edition["credit"], edition["authors"]], ensure_ascii=False)
    found["feed"] = client.get("/en/feed.xml").text
    with pypdfium2.PdfDocument(BytesIO(client.get(f"{PAGE}guide.pdf").data)) as pdf:
        found["PDF data"] = str(pdf.get_metadata_dict())
        found["PDF"] = "\n".join(one.get_textpage().get_text_bounded() for one in pdf)
    return found


def naming(client, name):
    return {form for form, told in forms(client).items() if name in told}


EVERY = {"page", "data", "edition.json", "feed", "PDF data", "PDF"}


def test_without_a_choice_nobody_is_named(two, client):
    told = forms(client)
    assert "the community" in told["page"]
    assert "the community" in told["PDF"]
    for name in ("Wren", "Zaunkönig", "River"):
        assert name not in str(told)


def test_a_choice_is_in_every_form_and_another_takes_its_place_in_all(two, client, at, writer, nori, work, session):
    edition = publishing.live_edition(session, two.id)
    before = (edition.id, edition.content_hash)
    assert choose(at(writer), choice="name").status_code == 303
    work()
    assert naming(client, "Wren") == EVERY
    assert choose(at(writer), choice="name", pen_name="Oleander").status_code == 303
    work()
    assert naming(client, "Oleander") == EVERY
    assert naming(client, "Wren") == set()
    for choice, words in (("member", "members of the community"), ("community", "the community")):
        choose(at(writer), choice=choice)
        work()
        assert naming(client, "Oleander") == set()
        assert words in client.get(PAGE).text
    fresh(session)
    edition = publishing.live_edition(session, two.id)
    assert (edition.id, edition.content_hash) == before


def test_no_old_name_lies_in_a_file_of_the_house(two, at, writer, work, settings):
    choose(at(writer), choice="name", pen_name="Oleander")
    work()
    choose(at(writer), choice="community")
    work()
    files = [path for path in (settings.data / "artifacts").rglob("*") if path.is_file()]
    assert len(files) > 8
    assert [path.name for path in files if b"Oleander" in path.read_bytes()] == []


def test_names_stand_by_the_alphabet_whoever_wrote_more_and_the_rest_stays_the_community(
    two, client, at, writer, nori, work
):
    choose(at(nori), choice="name")
    work()
    assert "Zaunkönig and the community" in client.get(PAGE).text
    choose(at(writer), choice="name")
    work()
    assert "Wren and Zaunkönig" in client.get(PAGE).text


def test_nobody_names_somebody_else(two, at, writer, nori, member, session):
    own = at(writer)
    for name in ("Zaunkönig", "zaunkönig", "River", "R1ver"):
        refused = choose(own, choice="name", pen_name=name)
        assert refused.status_code == 422
        assert "Somebody here has this name" in refused.text
    choose(at(nori), choice="name", pen_name="Oleander")
    assert choose(own, choice="name", pen_name="Oleander").status_code == 422
    fresh(session)
    revision = session.get_one(Revision, two.published_revision_id)
    assert queries.credit_of(session, revision, "en", lambda _: True).names == ("Oleander",)


def test_who_did_not_write_here_changes_nothing_for_readers(two, client, at, river, work):
    before = forms(client)
    assert choose(at(river), choice="name").status_code == 303
    work()
    assert forms(client) == before
    assert "How readers are told that you wrote here" not in at(river).get(HERE).text


def test_nobody_sees_a_choice_before_it_is_public(session, live, at, writer, river, clock, heron):
    choose(at(writer), choice="name", pen_name="Oleander")
    log.apply(
        session,
        live.draft,
        base_seq=live.draft.head_seq,
        edits=[Edit(0, 0, "Slowly. ")],
        fields={},
        author=writer.id,
        kind=UpdateKind.FORM,
        now=clock(),
    )
    approve(session, writer, live)
    editor = at(river)
    for place in (HERE, f"{HERE}publish", f"{HERE}publish/page", f"{HERE}record/", f"{HERE}history"):
        assert "Oleander" not in editor.get(place).text
    assert "Oleander" in at(writer).get(HERE).text


def test_a_name_that_cannot_be_printed_in_the_texts_language_is_refused_and_never_stops_a_build(
    session, two, client, at, nori, work, member
):
    refused = choose(at(nori), choice="name", pen_name="ทานตะวัน")
    assert refused.status_code == 422
    assert "cannot be printed" in refused.text
    session.get_one(Member, nori.id).pen_name = "ทานตะวัน"
    choosing.choose(session, nori.id, two, "wrote", "name")
    session.commit()
    choose(at(nori), choice="member")
    work()
    assert "members of the community" in client.get(PAGE).text


def test_whoever_is_kept_out_is_named_nowhere_meanwhile(two, client, at, writer, member, session, work, clock):
    linnet = member("Linnet", Role.STEWARD)
    choose(at(writer), choice="name", pen_name="Oleander")
    work()
    assert "Oleander" in client.get(PAGE).text
    fresh(session)
    people.suspend(session, actor=linnet, member_id=writer.id, now=clock())
    session.commit()
    work()
    assert naming(client, "Oleander") == set()
    people.unsuspend(session, actor=linnet, member_id=writer.id, now=clock())
    session.commit()
    work()
    assert naming(client, "Oleander") == EVERY


def test_the_same_choice_twice_is_one_and_asks_for_one_build(two, at, writer, session):
    for _ in range(2):
        assert choose(at(writer), choice="name").status_code == 303
    fresh(session)
    assert queries.texts_naming(session, writer.id) == [two.id]


def test_what_stands_in_the_old_field_for_credit_is_shown_to_nobody(session, writer, river, at, work, client, live):
    values = {**FIELDS.to_dict(), "title": "Another text", "credit": "Somebody Named"}
    text = kernel.start_guide(
        session, writer.id, fields=type(FIELDS).from_dict(values), language="en", body=BODY, now=live.created_at
    )
    text.draft.fields = values
    approve(session, writer, text)
    published(session, river, text)
    work()
    assert "Somebody Named" not in client.get("/en/another-text/").text
    assert "the community" in client.get("/en/another-text/").text
