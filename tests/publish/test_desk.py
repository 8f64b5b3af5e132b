"""The members' side of publishing, through its pages: look once, publish, set a day, take down, put back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from publishing import approve, approved, published, quickly, worker
from sqlalchemy.orm import Session

from studio.core.clock import now as moment
from studio.core.settings import Settings
from studio.guides.drafts import log
from studio.guides.drafts.document import Edit
from studio.guides.models import Translation
from studio.guides.rules.statuses import Progress, Standing, UpdateKind
from studio.i18n import formats
from studio.members.actor import Actor, Role
from studio.publish import operations, queries
from studio.publish.models import Schedule

Member = Callable[..., Actor]
HERE = "/studio/guides/telling-a-friend/en"


@pytest.fixture
def translation(session: Session, member: Member) -> Translation:
    return approved(session, member("Wren"))


@pytest.fixture
def editor(client: Any, member: Member, sign_in: Any) -> Actor:
    actor = member("River", Role.EDITOR, founding=True)
    sign_in(client, actor)
    return actor


def agreed_hash(session: Session, translation: Translation) -> str:
    return operations.agreed(session, translation)[0].content_hash


def test_an_editor_sees_every_form_and_publishes_what_was_seen(
    client: Any, session: Session, translation: Translation, editor: Actor
):
    page = client.get(f"{HERE}/publish")
    digest = agreed_hash(session, translation)
    session.rollback()
    assert page.status_code == 200
    assert digest in page.text
    assert "Telling a friend" in client.get(f"{HERE}/publish/page").text
    done = client.post(f"{HERE}/publish", data={"content_hash": digest})
    assert done.status_code == 303
    session.expire_all()
    assert translation.progress is Progress.SETTLED
    assert queries.newest_edition(session, translation.id).standing is Standing.BUILDING


def test_a_second_click_publishes_nothing_twice(client: Any, session: Session, translation: Translation, editor: Actor):
    digest = agreed_hash(session, translation)
    session.rollback()
    answers = [client.post(f"{HERE}/publish", data={"content_hash": digest}).status_code for _ in range(2)]
    assert answers == [303, 409]
    assert len(queries.newest_edition(session, translation.id).builds) == 0
    assert queries.newest_edition(session, translation.id).number == 1


@pytest.mark.parametrize("kind", ["pdf", "plain_pdf", "card_tall", "epub", "plain_epub", "text", "plain_text"])
def test_each_form_can_be_looked_at_before_it_is_public(
    client: Any, translation: Translation, editor: Actor, kind: str
):
    answer = client.get(f"{HERE}/publish/{kind}")
    assert answer.status_code == 200
    assert answer.data.startswith((b"%PDF", b"\x89PNG", b"PK\3\4", b"\xef\xbb\xbf"))
    assert f'{HERE}/publish/{kind}"' in client.get(f"{HERE}/publish").text
    assert client.get("/en/telling-a-friend/").status_code == 404


def test_a_writer_finds_neither_the_page_nor_the_button(
    client: Any, session: Session, translation: Translation, member: Member, sign_in: Any
):
    digest = agreed_hash(session, translation)
    session.rollback()
    sign_in(client, member("Marten"))
    assert client.get(f"{HERE}/publish").status_code == 403
    assert client.post(f"{HERE}/publish", data={"content_hash": digest}).status_code == 403
    session.expire_all()
    assert translation.progress is Progress.APPROVED


def test_a_day_is_set_and_dropped(client: Any, session: Session, translation: Translation, editor: Actor):
    digest = agreed_hash(session, translation)
    session.rollback()
    assert client.post(f"{HERE}/schedule", data={"content_hash": digest, "at": "soon"}).status_code == 422
    assert client.post(f"{HERE}/schedule", data={"content_hash": digest, "at": "2026-01-01T09:00"}).status_code == 422
    set_day = client.post(f"{HERE}/schedule", data={"content_hash": digest, "at": "2099-01-01T09:00"})
    assert set_day.status_code == 303
    session.rollback()
    assert session.get(Schedule, translation.id) is not None
    session.rollback()
    assert client.post(f"{HERE}/unschedule").status_code == 303
    assert session.get(Schedule, translation.id) is None
    session.expire_all()
    assert translation.progress is Progress.APPROVED


@pytest.fixture
def live(session: Session, settings: Settings, translation: Translation, editor: Actor) -> Translation:
    published(session, editor, translation)
    worker(settings, made_by=quickly).run_due()
    session.expire_all()
    return translation


def test_it_is_taken_down_by_one_and_put_back_by_another(
    client: Any, browser: Any, session: Session, live: Translation, member: Member, sign_in: Any
):
    assert client.get(f"{HERE}/take-down").status_code == 200
    assert "It is published." in client.get(f"{HERE}/").text
    assert "waits for somebody" not in client.get(f"{HERE}/").text, "a new round has not begun"
    assert client.post(f"{HERE}/take-down", data={"reason": "because"}).status_code == 422
    assert client.post(f"{HERE}/take-down", data={"reason": "harm", "instead": "no-such"}).status_code == 303
    assert client.get("/en/telling-a-friend/").status_code == 410
    assert client.post(f"{HERE}/decide", data={"decision": "put_back"}).status_code == 403
    other = browser()
    sign_in(other, member("Heron", Role.EDITOR))
    assert "Put this back" in other.get(f"{HERE}/").text
    assert "It is published." not in client.get(f"{HERE}/").text
    assert "Readers do not have this text now." in client.get(f"{HERE}/").text
    assert other.post(f"{HERE}/decide", data={"decision": "put_back"}).status_code == 303
    assert client.get("/en/telling-a-friend/").status_code == 200
    assert other.post(f"{HERE}/decide", data={"decision": "put_back"}).status_code == 409


def test_still_right_gives_the_page_a_new_month(
    client: Any, session: Session, settings: Settings, live: Translation, clock: Any
):
    edition = queries.live_edition(session, live.id)
    before = queries.checked_on(session, edition)
    session.rollback()
    assert client.post(f"{HERE}/recheck").status_code == 303
    worker(settings, clock=clock).run_due()
    session.expire_all()
    after = queries.checked_on(session, edition)
    assert after == max(before, clock().date())
    assert formats.month(after, "en") in client.get("/en/telling-a-friend/").text


def test_a_better_address_is_chosen_before_the_first_publication(
    client: Any, session: Session, translation: Translation, editor: Actor
):
    assert client.post(f"{HERE}/address", data={"slug": "Not Good!"}).status_code == 422
    assert client.post(f"{HERE}/address", data={"slug": "quiet-words"}).status_code == 303
    session.expire_all()
    assert translation.slug == "quiet-words"


def test_an_edition_that_could_not_be_made_can_be_tried_again(client: Any, live: Translation):
    assert client.post(f"{HERE}/build-again").status_code == 303


def test_what_is_not_public_cannot_be_taken_down(client: Any, translation: Translation, editor: Actor):
    assert client.get(f"{HERE}/take-down").status_code == 409
    assert client.post(f"{HERE}/recheck").status_code == 409


def test_what_waits_behind_a_text_that_stays_down_can_be_let_through(
    client: Any, browser: Any, session: Session, settings: Settings, live: Translation, member: Member, sign_in: Any
):
    client.post(f"{HERE}/take-down", data={"reason": "harm"})
    other = browser()
    sign_in(other, member("Heron", Role.EDITOR))
    assert other.post(f"{HERE}/decide", data={"decision": "stays"}).status_code == 303
    writer = member("Marten")
    session.expire_all()
    draft = live.draft
    log.apply(
        session,
        draft,
        base_seq=draft.head_seq,
        edits=[Edit(0, 0, "Better. ")],
        fields={},
        author=writer.id,
        kind=UpdateKind.FORM,
        now=moment(),
    )
    approve(session, writer, live)
    edition = published(session, member("Wisteria", Role.EDITOR), live)
    worker(settings, made_by=quickly).run_due()
    session.expire_all()
    if edition.standing is Standing.BUILDING:
        assert other.post(f"{HERE}/build-again").status_code == 303
        worker(settings, made_by=quickly).run_due()
    assert "Better." in client.get("/en/telling-a-friend/").text
