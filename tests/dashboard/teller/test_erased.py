"""A story that is taken back for good: no word of it is left in any file of the house, and its addresses answer 410."""

from __future__ import annotations

import zlib
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from full_checks import agree, fresh
from publishing import approve, derive, published
from sqlalchemy import select, update
from standing_house import picture
from telling import FIELDS_OF_STORY, here

from studio import server
from studio.audit import head_file, links
from studio.audit.models import AuditEntry
from studio.dashboard.notes import operations as notes
from studio.guides import media
from studio.guides import operations as kernel
from studio.guides.canvas import draw
from studio.guides.consents.models import Gone
from studio.guides.drafts import log
from studio.guides.drafts.document import Edit
from studio.guides.models import Guide, SlugAlias, Translation
from studio.guides.rules.statuses import Kind, Significance, UpdateKind
from studio.guides.threads import suggesting, talk
from studio.jobs.run import Runner
from studio.members.actor import Role
from studio.publish import operations as publishing
from studio.publish import queries, scheduling
from studio.publish.collected import operations as collections
from studio.publish.collected.tasks import Binder
from studio.publish.models import Artifact, Edition
from studio.publish.tasks import Publisher
from studio.review.operations.hand_in import hand_in
from studio.storage.base import Base
from studio.storage.engine import make_engine, make_sessions, wipe_log

CANARY = "quokkaplume"
"""Stands in the words of the story; one of its title's is looked for as well."""
SHELF = "/en/collections/for-hard-days/"
LEAF = draw(picture((9, 99, 9)))
BODY = f"Breathe. {CANARY}.\n\n## Choose one person\n\nSomebody who was kind before, {CANARY} again.\n"


def everything(settings, clock, made_by):
    """Return what runs every job of a real worker; files are made in this very process."""
    return Runner(make_sessions(make_engine(settings.database_url)), tasks(settings, made_by), clock)


def tasks(settings, making):
    """Return every task of the house; ``making`` makes the files."""
    mine = {**Publisher(settings, making, lambda _: "").tasks(), **Binder(settings, making).tasks()}
    return {**server.tasks(settings), **mine}


def run(settings, clock, made_by):
    jobs = everything(settings, clock, made_by)
    while jobs.run_due():
        pass


def wiped(settings, session):
    """Overwrite what lies beside the database, as the worker does after its jobs; nobody reads just now."""
    session.rollback()
    engine = make_engine(settings.database_url)
    assert wipe_log(engine)
    engine.dispose()


def opened(content: bytes) -> bytes:
    """Return bytes with what is packed in them unpacked beside it, as in PDFs and kept states."""
    found = [content]
    at = content.find(b"x\x9c")
    while at >= 0:
        with suppress(zlib.error):
            found.append(zlib.decompressobj().decompress(content[at:]))
        at = content.find(b"x\x9c", at + 1)
    return b"\n".join(found)


def holding(settings, *words: str) -> list[str]:
    """Return every file below the data folder that holds one of ``words``, packed or not, in any usual coding."""
    found = []
    for path in sorted(settings.data.rglob("*")):
        if path.is_file():
            content = opened(path.read_bytes()).lower()
            forms = {form for word in words for form in (word.lower().encode(), word.lower().encode("utf-16-le"))}
            if any(form in content for form in forms):
                found.append(str(path.relative_to(settings.data)))
    return found


def wish(session, actor, story, now):
    """Have somebody comment on the canary and suggest other words for it."""
    talk.open_thread(session, actor, story, f"Is {CANARY} too much?", quote=CANARY, near=8, now=now)
    draft = story.draft
    proposal = draft.text.replace(CANARY, f"the {CANARY}", 1)
    base = {"base": draft.text, "base_seq": draft.head_seq}
    suggesting.propose(session, actor, story, **base, proposal=proposal, note=f"For {CANARY}.", now=now)


def retype(session, story, body, teller, now):
    """Have the teller write the whole text anew."""
    draft, kind = story.draft, UpdateKind.FORM
    edits = [Edit(0, len(draft.text), body)]
    log.apply(session, draft, base_seq=draft.head_seq, edits=edits, fields={}, author=teller.id, kind=kind, now=now)
    session.commit()


def check_all(session, story, teller, heron, juniper, clock):
    """Have everybody agree to the newest saved version, the teller last of all."""
    hand_in(session, teller, story, clock())
    session.commit()
    agree(session, heron, story, clock(), "peer", "copy")
    agree(session, juniper, story, clock(), "voice", "safety")
    agree(session, teller, story, clock(), "teller")


def addresses(session, story):
    """Return every address at which readers find something of a text, in all its languages."""
    found = [f"/media/{sha}" for text in story.guide.translations for sha in media.references(text.draft.text)]
    for text in story.guide.translations:
        place, quiet = f"/{text.language}/{text.slug}/", f"/n/{text.language}/{text.opaque_id}/"
        found += [place, quiet, f"{quiet}notes-1.pdf", f"{place}editions/", f"{place}editions/1/"]
        found += [f"{place}{name}" for name in ("guide.pdf", "cards/wide.png", "cards/square.png", "edition.json")]
        aliases = session.scalars(select(SlugAlias.slug).where(SlugAlias.translation_id == text.id))
        found += [f"/{text.language}/{slug}/" for slug in aliases]
    return found


@pytest.fixture
def lived(session, live, teller, heron, juniper, river, clock, settings, made_by):
    """Return a story with a whole life: written, talked about, checked, published twice and in two languages."""
    fields = replace(FIELDS_OF_STORY, summary=f"About {CANARY}.", sources=(f"{CANARY}, a book",))
    about = {"fields": fields, "body": f"{BODY}\n![{CANARY}](media:{LEAF.sha})\n", "now": clock()}
    story = kernel.start_guide(session, teller.id, language="en", kind=Kind.STORY, topics=["telling"], **about)
    media.keep(session, story, LEAF, clock())
    for one in (heron, juniper, river):
        kernel.join_team(session, story, one.id, clock())
    wish(session, heron, story, clock())
    kernel.save_version(session, teller.id, story, significance=Significance.CONTENT, note=CANARY, now=clock())
    check_all(session, story, teller, heron, juniper, clock)
    published(session, river, story)
    run(settings, clock, made_by)
    fresh(session)
    clock.forward(minutes=1)
    publishing.choose_slug(session, river, story, "a-way", clock())
    arabic = kernel.add_translation(
        session, heron.id, story.guide, language="ar", fields=fields, body=BODY, now=clock(), made_from="en"
    )
    session.flush()
    approve(session, river, arabic)
    published(session, river, arabic)
    run(settings, clock, made_by)
    fresh(session)
    retype(session, story, f"{BODY}\nA new line about {CANARY}.\n", teller, clock())
    kernel.save_version(session, teller.id, story, significance=Significance.CONTENT, note="", now=clock())
    check_all(session, story, teller, heron, juniper, clock)
    digest = publishing.agreed(session, story)[0].content_hash
    at = clock() + timedelta(days=3)
    scheduling.schedule(session, river, story, content_hash=digest, at=at, now=clock())
    shelf = collections.begin(session, river, "c" * 20, "en", "For hard days", clock())
    for one in (live, story):
        collections.put_in(session, river, shelf, one, clock())
    collections.publish(session, river, shelf, clock())
    notes.write(session, juniper, "n" * 20, f"I worry about {CANARY}.", translation=story, named=False, now=clock())
    session.commit()
    run(settings, clock, made_by)
    fresh(session)
    return story


@pytest.mark.parametrize("made_by", [derive])
def test_no_file_of_the_house_holds_a_word_of_it_afterwards(
    lived, settings, session, at, teller, clock, client, made_by
):
    places = addresses(session, lived)
    assert {client.get(one).status_code for one in places} <= {200, 308, 302}
    assert "Quietfern" in client.get(SHELF).text
    before = holding(settings, CANARY, "quietfern")
    assert any(one.startswith("studio.db") for one in before)
    assert any(one.startswith("search-readers") for one in before)
    assert any(one.startswith("search-members") for one in before)
    assert any(one.startswith("artifacts") for one in before)
    assert at(teller).post(f"{here(lived)}erase-story", data={"sure": "yes"}).status_code == 303
    assert {one: client.get(one).status_code for one in places} == dict.fromkeys(places, 410)
    assert "Quietfern" not in client.get(SHELF).text
    assert client.get(f"{SHELF}collection.pdf").status_code == 404
    run(settings, clock, made_by)
    assert client.get(f"{SHELF}collection.pdf").status_code == 200
    wiped(settings, session)
    assert holding(settings, CANARY, "quietfern") == []


def test_what_remains_is_a_day_and_marks_that_cannot_be_read_and_the_trail_holds(
    lived, settings, session, at, teller, clock, app, made_by
):
    ids = [one.id for one in lived.guide.translations]
    assert at(teller).post(f"{here(lived)}erase-story", data={"sure": "yes"}).status_code == 303
    run(settings, clock, made_by)
    fresh(session)
    assert session.scalars(select(Guide.id).where(Guide.kind == Kind.STORY)).all() == []
    row = session.scalars(select(Gone)).one()
    assert (row.on, row.languages) == (clock().date(), 2)
    last = session.scalars(select(AuditEntry).where(AuditEntry.act == "story.erased")).one()
    assert (last.actor, last.subject) == (None, f"gone:{row.id}")
    key = app.config["KEY"].hex()
    assert links.first_break(session, head_file.read(settings.data, key)) is None
    for table in Base.metadata.sorted_tables:
        if table.name in ("audit_entry", "job"):  # ids that tell nothing, for who holds the trail
            continue
        rows = session.execute(select(table)).all()
        assert [table.name for one in rows for value in one if value in ids] == []


def test_other_texts_keep_every_word_and_file_and_lead_there_no_more(
    lived, live, settings, session, at, teller, clock, client, made_by
):
    places = addresses(session, live)
    before = {one: client.get(one).data for one in places}
    page = f"/en/{live.slug}/"
    assert b"Quietfern" in before[page]
    at(teller).post(f"{here(lived)}erase-story", data={"sure": "yes"})
    assert "Quietfern" not in client.get(page).text
    run(settings, clock, made_by)
    fresh(session)
    after = {one: client.get(one).data for one in places}
    pages = {page, f"/n/en/{live.opaque_id}/"}
    assert {one: after[one] for one in places if one not in pages} == {
        one: before[one] for one in places if one not in pages
    }
    assert b"Somebody who was kind before." in after[page]
    assert "Telling a friend" in client.post("/en/search", data={"q": "Somebody kind"}).text


def test_the_second_click_says_the_same_and_without_the_box_nothing_happens(lived, session, at, teller, river, client):
    own = at(teller)
    assert own.post(f"{here(lived)}erase-story").status_code == 422
    assert client.get(f"/en/{lived.slug}/").status_code == 200
    assert at(river).post(f"{here(lived)}erase-story", data={"sure": "yes"}).status_code == 403
    for _ in range(2):
        answer = own.post(f"{here(lived)}erase-story", data={"sure": "yes"})
        assert answer.status_code == 303
        assert "Your story is gone from this house" in own.get(answer.headers["Location"]).text
    assert own.get(here(lived)).status_code == 404


def test_organisers_hear_that_a_story_is_gone_and_not_whose(lived, at, teller, member):
    organiser = member("Linnet", Role.STEWARD)
    at(teller).post(f"{here(lived)}erase-story", data={"sure": "yes"})
    told = at(organiser).get("/studio/").text
    assert "a story was taken back for good; readers had it in 2 languages" in told
    for word in ("Quietfern", "quietfern", "Wisteria"):
        assert word not in told


def test_a_copy_number_says_taken_down_and_nothing_more(lived, session, at, teller, client):
    codes = list(session.scalars(select(Edition.code).join(Translation).where(Translation.guide_id == lived.guide_id)))
    at(teller).post(f"{here(lived)}erase-story", data={"sure": "yes"})
    for code in codes:
        told = client.get(f"/check/{code}").text
        assert "This text was taken down" in told
        assert "Quietfern" not in told


@pytest.mark.parametrize("made_by", [derive])
def test_a_build_that_is_under_way_brings_nothing_back(lived, session, settings, at, teller, clock, client):
    own, asked = at(teller), list[int]()

    def slowly(document, images, folder, kinds=()):
        made = derive(document, images, folder, kinds)
        asked.append(own.post(f"{here(lived)}erase-story", data={"sure": "yes"}).status_code)
        return made

    edition = queries.live_edition(session, lived.id)
    publishing.ask_for_build(session, edition, clock())
    session.execute(update(Artifact).values(source_checksum="old"))
    session.commit()
    place = f"/en/{lived.slug}/"
    jobs = Runner(make_sessions(make_engine(settings.database_url)), tasks(settings, slowly), clock)
    while jobs.run_due():
        pass
    assert asked[0] == 303
    assert client.get(place).status_code == 410
    wiped(settings, session)
    assert holding(settings, CANARY, "quietfern") == []


@pytest.mark.parametrize("made_by", [derive])
def test_publishing_and_erasing_in_any_order_leave_nothing(
    lived, session, settings, at, teller, river, clock, client, made_by
):
    editor, digest = at(river), queries.live_edition(session, lived.id).content_hash
    place = f"/en/{lived.slug}/"
    at(teller).post(f"{here(lived)}erase-story", data={"sure": "yes"})
    assert editor.post(f"{here(lived)}publish", data={"content_hash": digest}).status_code == 404
    assert editor.post(f"{here(lived)}write", data={"body": CANARY}).status_code == 404
    clock.forward(days=4)  # the day that was set for its next edition
    run(settings, clock, made_by)
    assert client.get(place).status_code == 410
    wiped(settings, session)
    assert holding(settings, CANARY) == []
