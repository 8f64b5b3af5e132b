"""Publishing: exactly what was agreed to, in every form, and gone everywhere the moment it is taken down."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from publishing import BODY, FIELDS, approve, approved, published, worker
from sqlalchemy.orm import Session

from studio.core.clock import now as moment
from studio.core.errors import Conflict, Invalid, NotAllowed
from studio.core.settings import Settings
from studio.guides import operations as kernel
from studio.guides.drafts import log
from studio.guides.drafts.document import Edit
from studio.guides.fields import TextFields
from studio.guides.models import Translation
from studio.guides.rules.statuses import Progress, Significance, Standing, UpdateKind
from studio.members.actor import Actor, Role
from studio.publish import operations, queries, scheduling, withdrawal
from studio.publish.rules.takedown import Reason

Member = Callable[..., Actor]
PAGE = "/en/telling-a-friend/"


@pytest.fixture
def writer(member: Member) -> Actor:
    return member("Wren")


@pytest.fixture
def editor(member: Member) -> Actor:
    return member("River", Role.EDITOR)


@pytest.fixture
def live(session: Session, settings: Settings, writer: Actor, editor: Actor) -> Translation:
    translation = approved(session, writer)
    published(session, editor, translation)
    worker(settings).run_due()
    session.expire_all()
    return translation


def rewrite(session: Session, writer: Actor, translation: Translation, body: str) -> None:
    draft = translation.draft
    whole = [Edit(0, len(draft.text), body)]
    log.apply(
        session,
        draft,
        base_seq=draft.head_seq,
        edits=whole,
        fields={"changelog": "Clearer"},
        author=writer.id,
        kind=UpdateKind.FORM,
        now=moment(),
    )
    session.commit()


def test_a_published_text_is_a_page_pdfs_cards_and_a_search_entry(client: Any, session: Session, live: Translation):
    page = client.get(PAGE)
    assert page.status_code == 200
    assert "Somebody who was kind before." in page.text
    assert "Set-Cookie" not in page.headers
    assert client.get(f"{PAGE}guide.pdf").data[:5] == b"%PDF-"
    plain = client.get(f"/n/en/{live.opaque_id}/notes-1.pdf")
    assert (plain.data[:5], plain.headers["Content-Disposition"]) == (b"%PDF-", 'inline; filename="notes-1.pdf"')
    for size in ("wide", "square", "portrait", "tall"):
        assert client.get(f"{PAGE}cards/{size}.png").data[:4] == b"\x89PNG"
    assert "Telling a friend" in client.post("/en/search", data={"q": "choosing a person"}).text
    told = json.loads(client.get(f"{PAGE}edition.json").data)
    assert {one["kind"] for one in told["artifacts"]} >= {"pdf", "plain_pdf", "card_wide"}


FILES = {
    f"{PAGE}guide.epub": ("epub", 'attachment; filename="guide.epub"', b"PK"),
    f"{PAGE}guide.txt": ("text", 'inline; filename="guide.txt"', b"\xef\xbb\xbfTelling a friend"),
    "{quiet}notes-1.epub": ("plain_epub", 'attachment; filename="notes-1.epub"', b"PK"),
    "{quiet}notes-1.txt": ("plain_text", 'inline; filename="notes-1.txt"', b"\xef\xbb\xbf"),
}


@pytest.mark.parametrize("pattern", FILES)
def test_books_and_plain_text_are_there_with_their_page_and_go_with_it(
    client: Any, session: Session, live: Translation, checker: Actor, pattern: str
):
    quiet = f"/n/en/{live.opaque_id}/"
    address = pattern.format(quiet=quiet)
    kind, shown, begins = FILES[pattern]
    answer = client.get(address)
    assert answer.data.startswith(begins)
    assert (answer.headers["Content-Disposition"], "Set-Cookie" in answer.headers) == (shown, False)
    told = {one["kind"]: one for one in json.loads(client.get(f"{PAGE}edition.json").data)["artifacts"]}
    assert (told[kind]["sha256"], told[kind]["size"]) == (hashlib.sha256(answer.data).hexdigest(), len(answer.data))
    assert told[kind]["address"].endswith(address)
    page = client.get(quiet if "quiet" in pattern else PAGE).text
    assert f'href="{address}" download' in page
    withdrawal.take_down(session, checker, live, reason=Reason.HARM, instead="", now=moment())
    session.commit()
    assert client.get(address).status_code == 404


def test_the_page_under_the_guides_name_offers_no_second_file_of_each_sort_but_the_quiet_one_does(
    client: Any, live: Translation
):
    page, quiet = client.get(PAGE).text, client.get(f"/n/en/{live.opaque_id}/").text
    assert ("notes-1.epub" in page, "notes-1.txt" in page, "notes-1.pdf" in page) == (False, False, True)
    for name in ("notes-1.pdf", "notes-1.epub", "notes-1.txt"):
        assert name in quiet
    assert "guide.epub" not in quiet
    assert "it opens on every phone" in page


def test_the_quiet_page_names_neither_title_nor_public_address(client: Any, live: Translation):
    quiet = client.get(f"/n/en/{live.opaque_id}/")
    assert "Somebody who was kind before." in quiet.text
    head = quiet.text.partition("<main")[0]
    assert "Telling a friend" not in head
    assert "telling-a-friend" not in quiet.text
    assert quiet.headers["Cache-Control"] == "no-store"


def test_readers_have_nothing_until_every_form_is_there(
    client: Any, session: Session, settings: Settings, writer: Actor, editor: Actor
):
    translation = approved(session, writer)
    published(session, editor, translation)
    assert client.get(PAGE).status_code == 404
    worker(settings).run_due()
    assert client.get(PAGE).status_code == 200


def test_only_exactly_what_was_looked_at_is_published(session: Session, writer: Actor, editor: Actor):
    translation = approved(session, writer)
    with pytest.raises(Conflict):
        operations.publish(session, editor, translation, content_hash="0" * 64, confirmed=(), now=moment())
    assert queries.newest_edition(session, translation.id) is None


def test_a_version_saved_after_the_checks_is_not_what_is_published(session: Session, writer: Actor, editor: Actor):
    translation = approved(session, writer)
    agreed = translation.approved_revision_id
    rewrite(session, writer, translation, BODY + "\nA sentence nobody checked.\n")
    kernel.save_version(session, writer.id, translation, significance=Significance.CONTENT, note="", now=moment())
    assert translation.progress is Progress.IN_REVIEW
    with pytest.raises(Conflict):
        operations.agreed(session, translation)
    assert translation.approved_revision_id == agreed


def test_a_text_without_its_checks_cannot_be_published(session: Session, writer: Actor, editor: Actor):
    translation = kernel.start_guide(session, writer.id, fields=FIELDS, language="en", body=BODY, now=moment())
    with pytest.raises(Conflict):
        operations.agreed(session, translation)


def test_publishing_is_for_editors(session: Session, writer: Actor, member: Member):
    translation = approved(session, writer)
    revision, _ = operations.agreed(session, translation)
    for actor in (writer, member("Juniper", Role.REVIEWER), member("Heron", Role.STEWARD)):
        with pytest.raises(NotAllowed):
            operations.publish(
                session, actor, translation, content_hash=revision.content_hash, confirmed=(), now=moment()
            )


def test_each_spelling_change_after_the_checks_is_confirmed_first(session: Session, writer: Actor, editor: Actor):
    translation = approved(session, writer, spelling=(("freind", "friend"), ("teh", "the")))
    revision, _ = operations.agreed(session, translation)
    with pytest.raises(Invalid, match="teh → the"):
        operations.publish(
            session,
            editor,
            translation,
            content_hash=revision.content_hash,
            confirmed=["freind → friend"],
            now=moment(),
        )
    both = ["freind → friend", "teh → the"]
    edition = operations.publish(
        session, editor, translation, content_hash=revision.content_hash, confirmed=both, now=moment()
    )
    assert edition.number == 1


def test_a_second_edition_takes_the_place_of_the_first(
    client: Any, session: Session, settings: Settings, live: Translation, writer: Actor, editor: Actor
):
    first = queries.live_edition(session, live.id)
    rewrite(session, writer, live, BODY.replace("One sentence is enough.", "Two words are enough."))
    kernel.save_version(session, writer.id, live, significance=Significance.CONTENT, note="", now=moment())
    assert live.progress is Progress.DRAFT
    assert "One sentence is enough." in client.get(PAGE).text
    approve(session, writer, live)
    second = published(session, editor, live)
    worker(settings).run_due()
    assert "Two words are enough." in client.get(PAGE).text
    assert "replaced by a newer edition" in client.get(f"/check/{first.code}").text
    assert "This is the current edition" in client.get(f"/check/{second.code}").text
    assert client.get(f"{PAGE}editions/1/").status_code == 200
    assert "One sentence is enough." not in client.get(f"{PAGE}editions/1/").text


@pytest.fixture
def checker(member: Member) -> Actor:
    return member("Juniper", Role.REVIEWER, founding=True)


def test_taken_down_is_gone_everywhere_in_the_same_act(
    client: Any, session: Session, live: Translation, checker: Actor
):
    code = queries.live_edition(session, live.id).code
    withdrawal.take_down(session, checker, live, reason=Reason.HARM, instead="", now=moment())
    session.commit()
    page = client.get(PAGE)
    assert page.status_code == 410
    assert "Somebody who was kind before." not in page.text
    assert "could have harmed" in page.text
    gone = [f"{PAGE}guide.pdf", f"{PAGE}cards/wide.png", f"{PAGE}edition.json", f"/n/en/{live.opaque_id}/notes-1.pdf"]
    assert [client.get(address).status_code for address in gone] == [404] * 4
    assert "Telling a friend" not in client.post("/en/search", data={"q": "friend"}).text
    for address in ("/en/", "/en/feed.xml", "/sitemap.xml", "/en/topics/telling/"):
        assert "telling-a-friend" not in client.get(address).text
    assert "taken down" in client.get(f"/check/{code}").text


def test_taken_down_for_somebodys_identity_leaves_no_title_and_no_reason(
    client: Any, session: Session, live: Translation, checker: Actor
):
    code = queries.live_edition(session, live.id).code
    withdrawal.take_down(session, checker, live, reason=Reason.IDENTITY, instead="", now=moment())
    session.commit()
    page = client.get(PAGE)
    assert page.status_code == 410
    for answer in (page, client.get(f"/check/{code}"), client.get(f"/n/en/{live.opaque_id}/")):
        assert "Telling a friend" not in answer.text
        assert "harmed" not in answer.text


def test_a_translation_made_from_it_goes_with_it(
    client: Any, session: Session, settings: Settings, live: Translation, writer: Actor, editor: Actor, checker: Actor
):
    other = kernel.add_translation(
        session, writer.id, live.guide, language="fr", fields=FIELDS, body=BODY, now=moment(), made_from="en"
    )
    approve(session, writer, other)
    published(session, editor, other)
    assert other.pinned_to == f"{live.guide_id}/en@1"
    worker(settings).run_due()
    assert client.get("/fr/telling-a-friend/").status_code == 200
    withdrawal.take_down(session, checker, live, reason=Reason.FACT, instead="", now=moment())
    session.commit()
    assert client.get("/fr/telling-a-friend/").status_code == 410


def test_somebody_else_than_who_took_it_down_puts_it_back(
    client: Any, session: Session, live: Translation, member: Member, editor: Actor
):
    both = member("Marten", Role.REVIEWER, Role.EDITOR, founding=True)
    withdrawal.take_down(session, both, live, reason=Reason.HARM, instead="", now=moment())
    session.commit()
    edition = queries.newest_edition(session, live.id)
    with pytest.raises(NotAllowed):
        withdrawal.decide(session, both, edition, put_back=True, now=moment())
    withdrawal.decide(session, editor, edition, put_back=True, now=moment())
    session.commit()
    assert client.get(PAGE).status_code == 200
    with pytest.raises(Conflict):
        withdrawal.decide(session, editor, edition, put_back=False, now=moment())


def test_a_new_checker_and_a_second_open_takedown_are_refused(
    session: Session, live: Translation, member: Member, writer: Actor, editor: Actor, settings: Settings
):
    with pytest.raises(NotAllowed, match="in your role: 14"):
        withdrawal.take_down(session, member("New", Role.REVIEWER), live, reason=Reason.HARM, instead="", now=moment())
    with pytest.raises(NotAllowed, match="at once"):
        withdrawal.take_down(session, writer, live, reason=Reason.HARM, instead="", now=moment())
    founder = member("Founder", Role.REVIEWER, founding=True)
    other = approved(session, writer, fields=TextFields(**{**FIELDS.to_dict(), "title": "Another", "sources": ()}))
    published(session, editor, other)
    worker(settings).run_due()
    withdrawal.take_down(session, founder, live, reason=Reason.HARM, instead="", now=moment())
    with pytest.raises(NotAllowed, match="one at a time"):
        withdrawal.take_down(session, founder, other, reason=Reason.HARM, instead="", now=moment())


def test_what_waits_for_a_decision_is_not_replaced_by_a_finished_build(
    client: Any, session: Session, settings: Settings, live: Translation, writer: Actor, editor: Actor, checker: Actor
):
    rewrite(session, writer, live, BODY + "\nOne more line.\n")
    approve(session, writer, live)
    published(session, editor, live)
    withdrawal.take_down(session, checker, live, reason=Reason.HARM, instead="", now=moment())
    session.commit()
    worker(settings).run_due()
    assert client.get(PAGE).status_code == 410


def test_a_character_no_font_can_draw_stops_the_edition_and_is_named(
    client: Any, session: Session, settings: Settings, live: Translation, writer: Actor, editor: Actor
):
    rewrite(session, writer, live, BODY + "\nA sign: ภ\n")
    approve(session, writer, live)
    edition = published(session, editor, live)
    worker(settings).run_due()
    session.expire_all()
    assert edition.standing is Standing.BUILDING
    assert "ภ" in edition.builds[-1].problem
    assert client.get(PAGE).status_code == 200


def test_a_day_is_kept_and_dropped_when_the_text_moves(
    session: Session, settings: Settings, writer: Actor, editor: Actor, clock: Any
):
    translation = approved(session, writer)
    revision, _ = operations.agreed(session, translation)
    later = moment() + timedelta(days=2)
    scheduling.schedule(session, editor, translation, content_hash=revision.content_hash, at=later, now=moment())
    session.commit()
    assert scheduling.publish_scheduled(session, translation, moment()) is None
    edition = scheduling.publish_scheduled(session, translation, later + timedelta(minutes=1))
    assert edition is not None
    assert translation.progress is Progress.SETTLED


def test_an_old_address_leads_to_the_new_one(
    client: Any, session: Session, settings: Settings, live: Translation, editor: Actor
):
    operations.choose_slug(session, editor, live, "small-steps", moment())
    session.commit()
    worker(settings).run_due()
    moved = client.get(PAGE)
    assert (moved.status_code, moved.headers["Location"]) == (308, "/en/small-steps/")
    assert client.get("/en/small-steps/").status_code == 200
    with pytest.raises(Invalid):
        operations.choose_slug(session, editor, live, "search", moment())


def test_the_same_inputs_are_not_made_twice(session: Session, settings: Settings, live: Translation):
    edition = queries.live_edition(session, live.id)
    builds = len(edition.builds)
    operations.ask_for_build(session, edition, moment())
    session.commit()
    worker(settings).run_due()
    session.expire_all()
    assert len(edition.builds) == builds


def test_lost_files_are_made_again_with_the_same_bytes(
    client: Any, session: Session, settings: Settings, live: Translation
):
    before = client.get(f"{PAGE}guide.pdf").data
    for path in (settings.data / "artifacts").rglob("*"):
        if path.is_file():
            path.unlink()
    assert client.get(PAGE).status_code == 200
    assert client.get(f"{PAGE}guide.pdf").status_code == 404
    operations.ask_for_build(session, queries.live_edition(session, live.id), moment())
    session.commit()
    worker(settings).run_due()
    assert client.get(f"{PAGE}guide.pdf").data == before
