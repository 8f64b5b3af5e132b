"""A story's teller: the last yes is theirs, and they take it back at any time, everywhere, without a reason."""

from __future__ import annotations

import pytest
from full_checks import agree, fresh, running
from publishing import published
from sqlalchemy import func, select
from telling import TITLE, acts, here, page

from studio.core.errors import NotAllowed
from studio.guides import operations as kernel
from studio.guides.drafts import log
from studio.guides.drafts.document import Edit
from studio.guides.models import Approval
from studio.guides.rules.statuses import Progress, Standing, UpdateKind
from studio.members.actor import Role
from studio.members.models import MemberRole
from studio.publish import queries, withdrawal
from studio.publish.models import Takedown
from studio.publish.rules.takedown import Reason
from studio.review.operations.hand_in import hand_in
from studio.review.operations.organiser import override
from studio.review.rules.standing import State


def test_the_last_yes_is_the_tellers_and_comes_last_of_all(session, story, teller, heron, juniper, clock):
    case = running(session, story, clock())
    assert case.standing("teller").state is State.LATER
    agree(session, juniper, story, clock(), "voice", "safety")
    case = running(session, story, clock())
    assert case.standing("teller").state is State.OPEN
    assert case.could["teller"] == [teller.id]
    assert story.progress is Progress.IN_REVIEW
    agree(session, teller, story, clock(), "teller")
    assert story.progress is Progress.APPROVED
    assert session.get_one(Approval, story.id).content_hash == running(session, story, clock()).now.content_hash


def test_before_publication_the_yes_falls_without_a_reason_and_can_be_given_anew(
    session, told, teller, at, clock, river
):
    own = at(teller)
    for _ in range(2):
        assert own.post(f"{here(told)}take-story-back").status_code == 303
    fresh(session)
    assert told.progress is Progress.IN_REVIEW
    assert session.get(Approval, told.id) is None
    assert acts(session).count("teller.take_back") == 1
    assert "took their yes back" in at(river).get(here(told)).text
    agree(session, teller, told, clock(), "teller")
    assert told.progress is Progress.APPROVED


def test_a_day_that_was_set_is_dropped_with_the_yes(session, told, teller, river, at, work, clock):
    digest = session.get_one(Approval, told.id).content_hash
    day = {"content_hash": digest, "at": "2027-03-12T09:00"}
    fresh(session)
    assert at(river).post(f"{here(told)}schedule", data=day).status_code == 303
    at(teller).post(f"{here(told)}take-story-back")
    clock.forward(days=5)
    work()
    fresh(session)
    assert told.progress is Progress.IN_REVIEW
    assert queries.newest_edition(session, told.id) is None


def test_after_publication_it_is_gone_everywhere_in_the_same_act(client, session, out, teller, at, clock, work):
    codes = [one.code for one in session.scalars(select(queries.Edition))]
    images = [queries.artifact(session, queries.live_edition(session, out.id), "card_wide").sha256]
    assert images
    for code in ("en", "ar"):
        assert TITLE in client.get(page(out, code)).text
    clock.forward(minutes=5)
    assert at(teller).post(f"{here(out)}take-story-back").status_code == 303
    for code in ("en", "ar"):
        gone = client.get(page(out, code))
        assert gone.status_code == 410
        for word in (TITLE, "kind before", "harmed", "wants it gone"):
            assert word not in gone.text
        files = [
            f"{page(out, code)}{name}" for name in ("guide.pdf", "cards/wide.png", "cards/tall.png", "edition.json")
        ]
        assert [client.get(address).status_code for address in files] == [410] * 4
        for address in (f"/{code}/", f"/{code}/feed.xml", f"/{code}/topics/telling/", "/sitemap.xml"):
            assert "quietfern" not in client.get(address).text.lower()
        assert "Quietfern" not in client.post(f"/{code}/search", data={"q": "Breathe"}).text
    fresh(session)
    for text in out.guide.translations:
        quiet = client.get(f"/n/{text.language}/{text.opaque_id}/")
        assert (quiet.status_code, TITLE in quiet.text) == (410, False)
        assert client.get(f"/n/{text.language}/{text.opaque_id}/notes-1.pdf").status_code == 410
    for number in codes:
        assert TITLE not in client.get(f"/check/{number}").text
    work()
    assert client.get(page(out)).status_code == 410


def test_nobody_but_the_teller_lets_readers_have_it_again(client, session, out, teller, river, heron, at, clock, work):
    clock.forward(minutes=5)
    digest = queries.live_edition(session, out.id).content_hash
    at(teller).post(f"{here(out)}take-story-back")
    editor = at(river)
    assert "Whoever told this story took it back" in editor.get(here(out)).text
    assert editor.post(f"{here(out)}decide", data={"decision": "put_back"}).status_code == 409
    assert editor.post(f"{here(out)}build-again").status_code == 303
    assert editor.post(f"{here(out)}story-again", data={"content_hash": digest}).status_code == 403
    assert editor.get(f"{here(out)}take-down").status_code == 409
    work()
    assert client.get(page(out)).status_code == 410
    own = at(teller)
    assert "history/1" in own.get(here(out)).text
    assert own.post(f"{here(out)}story-again", data={"content_hash": "0" * 64}).status_code == 409
    for _ in range(2):
        assert own.post(f"{here(out)}story-again", data={"content_hash": digest}).status_code == 303
    assert TITLE in client.get(page(out)).text
    assert client.get(page(out, "ar")).status_code == 410, "a yes is for the words of one language"
    assert acts(session).count("teller.yes_again") == 1


def test_everybody_else_is_refused_and_the_trail_knows(client, session, out, live, river, juniper, writer, at):
    for actor in (river, juniper):
        before = acts(session).count("refused")
        assert at(actor).post(f"{here(out)}take-story-back").status_code == 403
        assert acts(session).count("refused") == before + 1
        assert "Take my story back" not in at(actor).get(here(out)).text
    assert at(writer).post(f"{here(out)}take-story-back").status_code == 404, "an outsider learns nothing"
    assert at(writer).post(f"{here(live)}take-story-back").status_code == 403, "a guide has no teller"
    assert client.get(page(out)).status_code == 200


def test_it_is_not_the_tellers_one_open_takedown(session, out, live, member, at, clock, teller):
    session.add(MemberRole(member_id=teller.id, role=Role.REVIEWER, since=teller.role_since[Role.WRITER]))
    session.commit()
    own = at(teller)
    clock.forward(minutes=5)
    assert own.post(f"{here(out)}take-story-back").status_code == 303
    assert own.post(f"{here(live)}take-down", data={"reason": "harm"}).status_code == 303
    fresh(session)
    assert queries.waits_for_decision(session, live.id).by == teller.id
    assert queries.waits_for_decision(session, out.id) is None


def test_what_somebody_else_took_down_before_loses_its_title_and_stays_down(
    client, session, out, teller, juniper, river, at, clock
):
    digest = queries.live_edition(session, out.id).content_hash
    withdrawal.take_down(session, juniper, out, reason=Reason.HARM, instead="", now=clock())
    session.commit()
    assert TITLE in client.get(page(out)).text
    clock.forward(minutes=5)
    at(teller).post(f"{here(out)}take-story-back")
    gone = client.get(page(out))
    assert (gone.status_code, TITLE in gone.text) == (410, False)
    assert at(river).post(f"{here(out)}decide", data={"decision": "put_back"}).status_code == 409
    assert at(teller).post(f"{here(out)}story-again", data={"content_hash": digest}).status_code == 409
    fresh(session)
    free = select(func.count()).where(Takedown.by == juniper.id, Takedown.decided_at.is_(None))
    assert session.scalar(free) == 0, "whoever took it down may act again"


def test_an_edition_that_is_being_made_never_comes_out(client, session, told, teller, river, at, work):
    published(session, river, told)
    fresh(session)
    at(teller).post(f"{here(told)}take-story-back")
    work()
    assert client.get(page(told)).status_code == 410
    fresh(session)
    assert queries.newest_edition(session, told.id).standing is Standing.WITHDRAWN


def test_a_new_edition_needs_a_new_yes_and_no_organiser_can_leave_it_out(
    client, session, out, teller, river, heron, juniper, member, at, clock, work
):
    clock.forward(minutes=5)
    at(teller).post(f"{here(out)}take-story-back")
    fresh(session)
    draft, kind = out.draft, UpdateKind.FORM
    edits = [Edit(0, 0, "In other words. ")]
    log.apply(session, draft, base_seq=draft.head_seq, edits=edits, fields={}, author=teller.id, kind=kind, now=clock())
    review = hand_in(session, teller, out, clock())
    lamp = member("Lamp", Role.STEWARD)
    kernel.join_team(session, out, lamp.id, clock())
    session.commit()
    with pytest.raises(NotAllowed, match="only with its teller"):
        override(session, lamp, review.id, "We think it is good.", clock())
    agree(session, heron, out, clock(), "peer", "copy")
    agree(session, juniper, out, clock(), "voice", "safety")
    assert out.progress is Progress.IN_REVIEW
    agree(session, teller, out, clock(), "teller")
    published(session, river, out)
    work()
    assert "In other words." in client.get(page(out)).text


def test_an_organiser_cannot_leave_the_tellers_yes_out_for_want_of_another_check(
    session, story, teller, juniper, member, at, clock
):
    lamp = member("Lamp", Role.STEWARD)
    kernel.join_team(session, story, lamp.id, clock())
    session.commit()
    agree(session, juniper, story, clock(), "voice")
    review = running(session, story, clock()).review
    with pytest.raises(NotAllowed, match="only with its teller"):
        override(session, lamp, review.id, "Nobody is left for safety.", clock())
