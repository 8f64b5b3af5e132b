"""An urgent safety fix: an editor and one other, a small difference, at once, labelled until all checks are done."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from full_checks import agree, fresh, running
from publishing import BODY, FIELDS, approve, derive, published
from urgent_fixes import HERE, LINE, MENDED, PAGE, acts, form, waiting

from studio.guides import operations as kernel
from studio.guides.drafts import log
from studio.guides.drafts.document import Edit
from studio.guides.models import Revision
from studio.guides.rules.statuses import Progress, Significance, Standing, UpdateKind
from studio.i18n import formats
from studio.jobs.queue import enqueue
from studio.members.actor import Role
from studio.publish import queries
from studio.publish import urgent as publishing
from studio.review.operations.hand_in import hand_in
from studio.review.queries.offering import offers


def test_nothing_reaches_readers_before_another_person_agrees(client, session, proposed, live, heron, at, work):
    work()
    assert LINE not in client.get(PAGE).text
    desk = at(heron)
    assert f"{HERE}urgent" in desk.get("/studio/").text
    shown = desk.get(f"{HERE}urgent").text
    assert LINE in shown
    assert re.search(r"<ins[^>]*>.*in a public place", shown)
    assert "One sentence is enough" not in shown, "nothing but the difference and the line above it"
    assert proposed.content_hash in shown


@pytest.mark.parametrize("made_by", [derive])
def test_the_other_persons_yes_gives_it_to_readers_with_line_and_label(client, session, out, live, clock):
    due = clock().date() + timedelta(days=7)
    page = client.get(PAGE).text
    assert page.index(LINE) < page.index("in a public place")
    assert f"Urgent safety fix: all checks follow by {formats.day(due, 'en')}" in page
    assert "people checked this" not in page
    told = json.loads(client.get(f"{PAGE}edition.json").data)
    assert (told["edition"], told["label"]) == (2, "urgent")
    assert (told["safety_line"], told["checks_due_on"]) == (LINE, due.isoformat())
    quiet = client.get(f"/n/en/{live.opaque_id}/").text
    assert LINE in quiet
    alt = queries.artifact(session, out, "card_wide").alt
    assert "all checks follow by" in alt
    assert "Checked in" not in alt
    assert client.get(f"{PAGE}guide.pdf").data[:4] == b"%PDF"
    assert "public place" in client.post("/en/search", data={"q": "public place"}).text
    assert LINE in client.get(f"{PAGE}editions/").text


def test_all_checks_begin_at_once_first_in_the_queue_and_not_for_who_wrote_it(
    session, out, live, river, heron, juniper, clock
):
    assert live.progress is Progress.IN_REVIEW
    case = running(session, live, clock())
    assert case.now.content_hash == out.content_hash
    assert case.text.authors == {river.id}
    assert [one.check.key for one in case.round.stages] == ["peer", "copy", "voice", "safety"]
    assert [one.piece.safety for one in offers(session, heron, clock())] == [True, True]
    assert offers(session, river, clock()) == []


def test_the_label_goes_by_itself_when_all_checks_agree_to_the_same_words(
    client, session, out, live, heron, juniper, clock, work
):
    clock.forward(days=2)
    agree(session, heron, live, clock(), "peer", "copy")
    agree(session, juniper, live, clock(), "voice")
    work()
    assert "all checks follow" in client.get(PAGE).text
    agree(session, juniper, live, clock(), "safety")
    work()
    fresh(session)
    page = client.get(PAGE).text
    assert "in a public place" in page
    assert "all checks follow" not in page
    assert f"<strong>{LINE}</strong>" not in page, "it does not stop anybody any more"
    assert re.search(rf"Corrected in .*:</strong> {re.escape(LINE)}", page), "and stays as what was corrected"
    assert "2 people checked this" in page
    told = json.loads(client.get(f"{PAGE}edition.json").data)
    assert (told["edition"], told["label"], told["people"]) == (2, "", 2)
    assert "safety_line" not in told
    assert "Checked in" in queries.artifact(session, out, "card_wide").alt
    assert live.progress is Progress.SETTLED
    assert live.published_revision_id == out.revision_id
    assert publishing.labelled(session) == []
    assert acts(session)[-3:].count("confirm") == 1


def test_a_checked_edition_with_other_words_takes_its_place(
    client, session, out, live, writer, river, heron, juniper, clock, work
):
    draft, kind = live.draft, UpdateKind.FORM
    assert "in a public place" in draft.text, "the draft has the fix, too"
    edits = [Edit(0, 0, "Slowly. ")]
    log.apply(session, draft, base_seq=draft.head_seq, edits=edits, fields={}, author=writer.id, kind=kind, now=clock())
    kernel.save_version(session, writer.id, live, significance=Significance.CONTENT, note="", now=clock())
    session.commit()
    agree(session, heron, live, clock(), "peer", "copy")
    agree(session, juniper, live, clock(), "voice", "safety")
    work()
    assert "all checks follow" in client.get(PAGE).text
    published(session, heron, live)
    work()
    page = client.get(PAGE).text
    assert "Slowly. Breathe." in page
    assert "in a public place" in page
    assert "all checks follow" not in page


def test_overdue_checks_are_told_to_readers_and_first_of_all_to_organisers(
    client, session, out, live, member, at, clock, work, river
):
    lamp = member("Lamp", Role.STEWARD)
    withdrawn = "was taken down. An editor decides"
    clock.forward(days=7)
    assert "overdue" not in at(lamp).get("/studio/").text
    clock.forward(days=1)
    enqueue(session, "publish.daily", "publish.daily", {}, clock())
    session.commit()
    work()
    page = client.get(PAGE).text
    assert "The checks that were to follow are overdue." in page
    assert LINE in page
    desk = at(lamp).get("/studio/").text
    assert "the checks of an urgent safety fix are overdue" in desk
    assert withdrawn not in desk
    assert "They are overdue" in at(river).get(HERE).text
    fresh(session)
    assert queries.live_edition(session, live.id).id == out.id, "no timer takes it away, and none agrees to it"
    assert queries.live_edition(session, live.id).label == "urgent"


def test_a_second_fix_wins_no_time(client, session, out, live, river, heron, at, clock, work):
    first = publishing.due_of(session, out)
    clock.forward(days=5)
    again = MENDED.replace("Breathe.", "Breathe slowly.")
    at(river).post(f"{HERE}urgent", data=form(session, live, body=again, line="Slowly, please."))
    fix = waiting(session, live)
    at(heron).post(f"{HERE}urgent/{fix.id}/agree", data={"content_hash": fix.content_hash})
    work()
    fresh(session)
    edition = queries.live_edition(session, live.id)
    assert (edition.number, publishing.due_of(session, edition)) == (3, first)
    assert running(session, live, clock()).now.content_hash == edition.content_hash


def test_words_that_others_type_meanwhile_stay_theirs_and_the_fix_joins_them(
    client, session, live, writer, river, heron, juniper, at, clock, work
):
    draft, kind = live.draft, UpdateKind.FORM
    end = len(draft.text)
    typed = [Edit(end, end, "\nA new end, not finished\n")]
    log.apply(session, draft, base_seq=draft.head_seq, edits=typed, fields={}, author=writer.id, kind=kind, now=clock())
    session.commit()
    at(river).post(f"{HERE}urgent", data=form(session, live))
    fix = waiting(session, live)
    at(heron).post(f"{HERE}urgent/{fix.id}/agree", data={"content_hash": fix.content_hash})
    work()
    fresh(session)
    page = client.get(PAGE).text
    assert "in a public place" in page
    assert "not finished" not in page
    assert "not finished" in live.draft.text
    assert "in a public place" in live.draft.text
    agree(session, heron, live, clock(), "peer", "copy")
    agree(session, juniper, live, clock(), "voice", "safety")
    work()
    fresh(session)
    assert queries.live_edition(session, live.id).label == ""
    revision = kernel.save_version(session, river.id, live, significance=Significance.CONTENT, note="", now=clock())
    written = {who for block in revision.blocks for who in block.contributors if "not finished" in block.source}
    assert written == {writer.id}, "whoever typed them still is their author"


def test_a_round_that_runs_on_the_next_edition_gets_the_fix_and_looks_again(
    client, session, live, writer, river, heron, juniper, at, clock, work
):
    draft, kind = live.draft, UpdateKind.FORM
    more = {"base_seq": draft.head_seq, "edits": [Edit(0, 0, "First of all: ")]}
    log.apply(session, draft, **more, fields={}, author=writer.id, kind=kind, now=clock())
    hand_in(session, writer, live, clock())
    session.commit()
    agree(session, heron, live, clock(), "peer", "copy")
    agree(session, juniper, live, clock(), "voice", "safety")
    assert live.progress is Progress.APPROVED
    session.commit()
    at(river).post(f"{HERE}urgent", data=form(session, live))
    fix = waiting(session, live)
    at(heron).post(f"{HERE}urgent/{fix.id}/agree", data={"content_hash": fix.content_hash})
    work()
    fresh(session)
    assert "First of all" not in client.get(PAGE).text
    assert live.progress is Progress.IN_REVIEW, "what was agreed to lacked the fix"
    now = session.get_one(Revision, live.latest_revision_id)
    assert "First of all: Breathe." in now.body
    assert "in a public place" in now.body
    agree(session, heron, live, clock(), "peer", "copy")
    agree(session, juniper, live, clock(), "voice", "safety")
    published(session, heron, live)
    work()
    page = client.get(PAGE).text
    assert "First of all: Breathe." in page
    assert "in a public place" in page
    assert "all checks follow" not in page


def test_teams_of_translations_are_told_the_line(client, session, live, writer, river, heron, juniper, at, clock, work):
    other = kernel.add_translation(
        session, heron.id, live.guide, language="ar", fields=FIELDS, body=BODY, now=clock(), made_from="en"
    )
    approve(session, heron, other)
    published(session, river, other)
    work()
    at(river).post(f"{HERE}urgent", data=form(session, live))
    fix = waiting(session, live)
    at(juniper).post(f"{HERE}urgent/{fix.id}/agree", data={"content_hash": fix.content_hash})
    arabic = f"/studio/guides/{live.guide_id}/ar/"
    assert LINE in at(heron).get(arabic).text
    assert arabic in at(heron).get("/studio/").text


def test_an_arabic_fix_reads_right_to_left_with_an_arabic_label(
    client, session, writer, river, heron, member, at, work, clock, live
):
    text = "تنفّس بهدوء.\n\n## اختر شخصًا\n\nشخص كان لطيفًا من قبل.\n"
    fields = FIELDS.__class__(
        **{**FIELDS.to_dict(), "title": "أن تخبر صديقًا", "content_notes": ("none",), "sources": ()}
    )
    arabic = kernel.start_guide(
        session, writer.id, fields=fields, language="ar", body=text, now=clock(), topics=["telling"]
    )
    approve(session, writer, arabic)
    published(session, river, arabic)
    work()
    here = f"/studio/guides/{arabic.guide_id}/ar/urgent"
    sent = form(session, arabic, body=text.replace("من قبل", "من قبل، في مكان عام"), line="Not in Arabic")
    other = at(member("Swift", Role.EDITOR, reads={"ar"}, language="ar"))
    assert other.post(here, data=sent).status_code == 422
    sent["line"] = "لا تذهب وحدك، وأخبر شخصًا آخر بمكانك."
    assert other.post(here, data=sent).status_code == 303
    fix = waiting(session, arabic)
    page = at(heron).get(here).text
    assert 'lang="ar" dir="rtl"' in page
    assert at(heron).post(f"{here}/{fix.id}/agree", data={"content_hash": fix.content_hash}).status_code == 303
    work()
    fresh(session)
    shown = client.get(f"/ar/{arabic.slug}/").text
    assert shown.index(sent["line"]) < shown.index("في مكان عام")
    assert f"تكتمل المراجعات كلها حتى {formats.day(clock().date() + timedelta(days=7), 'ar')}" in shown
    assert queries.live_edition(session, arabic.id).standing is Standing.LIVE
