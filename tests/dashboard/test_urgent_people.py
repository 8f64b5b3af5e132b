"""Whose an urgent fix is: who wrote it, who is asked, whose words stay theirs, and how much two people may change."""

from __future__ import annotations

import pytest
from full_checks import agree, fresh
from publishing import BODY
from sqlalchemy import select
from urgent_fixes import HERE, MENDED, PAGE, form, waiting

from studio.guides import operations as kernel
from studio.guides.drafts import log
from studio.guides.models import Guide, Revision
from studio.guides.rules.statuses import Significance, UpdateKind
from studio.members.actor import Role
from studio.members.operations import own, people
from studio.publish import queries
from studio.review.models import Notice
from studio.review.operations.pausing import pause
from studio.review.queries import rounds


def bring_out(session, text, writes, agrees, at, work, body):
    """Propose other words for what readers have and agree to them; return how the proposal was answered."""
    answer = at(writes).post(f"{HERE}urgent", data=form(session, text, body=body))
    fix = waiting(session, text)
    if fix:
        at(agrees).post(f"{HERE}urgent/{fix.id}/agree", data={"content_hash": fix.content_hash})
        work()
        fresh(session)
    return answer


def more(n):
    return f"\n\nParagraph {n}: {'words that two people have read, ' * 5}"


def test_fixes_in_a_row_are_measured_together_until_all_checks_are_done(
    client, session, live, river, heron, juniper, at, clock, work
):
    assert bring_out(session, live, river, heron, at, work, BODY.rstrip() + more(1)).status_code == 303
    assert bring_out(session, live, river, heron, at, work, BODY.rstrip() + more(1) + more(2)).status_code == 303
    third = BODY.rstrip() + more(1) + more(2) + more(3)
    refused = bring_out(session, live, river, heron, at, work, third)
    assert refused.status_code == 422
    assert "at most 3 and 400" in refused.text
    assert "Paragraph 3" in refused.text, "nothing typed is lost"
    assert "Paragraph 3" not in client.get(PAGE).text
    agree(session, heron, live, clock(), "peer", "copy")
    agree(session, juniper, live, clock(), "voice", "safety")
    work()
    fresh(session)
    assert queries.live_edition(session, live.id).label == ""
    assert bring_out(session, live, river, heron, at, work, third).status_code == 303
    assert "Paragraph 3" in client.get(PAGE).text


def test_a_fix_that_was_wrong_is_taken_back_by_another_and_nothing_changed_is_still_nothing(
    client, session, live, river, heron, at, work
):
    assert bring_out(session, live, river, heron, at, work, MENDED).status_code == 303
    nothing = bring_out(session, live, river, heron, at, work, MENDED)
    assert nothing.status_code == 422
    assert "Nothing in the text is changed" in nothing.text
    assert bring_out(session, live, river, heron, at, work, BODY).status_code == 303
    assert "in a public place" not in client.get(PAGE).text


def test_title_and_summary_that_somebody_writes_meanwhile_stay_theirs(
    session, out, live, river, heron, juniper, writer, clock, work
):
    draft = live.draft
    fields = {"title": "Another title", "summary": "Words of one person."}
    kind, now = UpdateKind.FORM, clock()
    log.apply(session, draft, base_seq=draft.head_seq, edits=(), fields=fields, author=writer.id, kind=kind, now=now)
    session.commit()
    agree(session, heron, live, clock(), "peer", "copy")
    agree(session, juniper, live, clock(), "voice", "safety")
    work()
    fresh(session)
    assert queries.live_edition(session, live.id).label == ""
    kernel.save_version(session, river.id, live, significance=Significance.CONTENT, note="", now=clock())
    saved = session.get_one(Revision, live.latest_revision_id)
    assert saved.fields["title"] == "Another title"
    assert rounds.authors_of(session, live, saved) == {writer.id}


@pytest.mark.parametrize("how", ["suspended", "another role"])
def test_the_fix_of_somebody_who_is_no_editor_any_more_does_not_go_out_on_one_persons_yes(
    client, session, proposed, live, river, heron, juniper, member, at, clock, work, how
):
    lamp = member("Lamp", Role.STEWARD)
    if how == "suspended":
        people.suspend(session, actor=lamp, member_id=river.id, now=clock())
    else:
        people.set_roles(session, actor=lamp, member_id=river.id, roles={Role.WRITER}, now=clock())
    session.commit()
    desk, sent = at(juniper), {"content_hash": proposed.content_hash}
    shown = desk.get(f"{HERE}urgent").text
    assert "is no editor any more" in shown
    assert f"urgent/{proposed.id}/agree" not in shown
    refused = desk.post(f"{HERE}urgent/{proposed.id}/agree", data=sent)
    assert refused.status_code == 409
    assert "is no editor any more" in refused.text
    work()
    assert "in a public place" not in client.get(PAGE).text
    assert at(heron).post(f"{HERE}urgent/{proposed.id}/drop").status_code == 303
    assert at(heron).post(f"{HERE}urgent", data=form(session, live)).status_code == 303
    fix = waiting(session, live)
    assert desk.post(f"{HERE}urgent/{fix.id}/agree", data={"content_hash": fix.content_hash}).status_code == 303


def asked(session, actor):
    mine = select(Notice.kind).where(Notice.member_id == actor.id, Notice.seen_at.is_(None))
    return list(session.scalars(mine))


def test_who_rests_is_not_asked_to_agree_and_may(session, live, river, heron, juniper, at, clock):
    own.pause(session, actor=heron, until=None, now=clock())
    session.commit()
    at(river).post(f"{HERE}urgent", data=form(session, live))
    fix = waiting(session, live)
    assert "urgent_asked" not in asked(session, heron)
    assert "urgent_asked" in asked(session, juniper)
    fresh(session)
    sent = {"content_hash": fix.content_hash}
    assert at(heron).post(f"{HERE}urgent/{fix.id}/agree", data=sent).status_code == 303


def test_who_begins_to_rest_is_not_asked_any_more(session, proposed, juniper, heron, clock):
    assert "urgent_asked" in asked(session, juniper)
    pause(session, juniper, None, clock())
    assert "urgent_asked" not in asked(session, juniper)
    assert "urgent_asked" in asked(session, heron)


def test_an_organiser_who_may_not_see_a_text_is_told_that_it_is_overdue_without_a_dead_end(
    session, out, live, member, at, clock
):
    session.get_one(Guide, live.guide_id).team_only = True
    session.commit()
    lamp = member("Lamp", Role.STEWARD)
    clock.forward(days=8)
    desk = at(lamp).get("/studio/").text
    assert "the checks of an urgent safety fix are overdue" in desk
    assert f'href="{HERE}"' not in desk
    assert at(lamp).get(HERE).status_code == 404
    fresh(session)
    kernel.join_team(session, live, lamp.id, clock())
    session.commit()
    assert f'href="{HERE}"' in at(lamp).get("/studio/").text
