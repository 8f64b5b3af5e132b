"""An urgent safety fix: an editor and one other, a small difference, at once, labelled until all checks are done."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from full_checks import agree, fresh, running
from publishing import BODY, FIELDS, approve, published
from sqlalchemy import select

from studio.audit.models import AuditEntry
from studio.guides import operations as kernel
from studio.guides.drafts import log
from studio.guides.drafts.document import Edit
from studio.guides.models import Guide, Revision, UrgentFix
from studio.guides.rules.statuses import Kind, Progress, Significance, Standing, UpdateKind
from studio.i18n import formats
from studio.jobs.queue import enqueue
from studio.members.actor import Role
from studio.publish import queries, withdrawal
from studio.publish import urgent as publishing
from studio.publish.rules.takedown import Reason
from studio.review.operations.hand_in import hand_in
from studio.review.queries.pieces import offers

HERE = "/studio/guides/telling-a-friend/en/"
PAGE = "/en/telling-a-friend/"
LINE = "Not alone: tell somebody else where you are."
MENDED = BODY.replace("Somebody who was kind before.", "Somebody who was kind before, in a public place.")


def form(session, text, **more):
    """Return what the page of a fix sends."""
    live = queries.live_edition(session, text.id)
    sent = {"line": LINE, "body": MENDED, "base_hash": live.content_hash, **more}
    fresh(session)
    return sent


def waiting(session, text):
    fresh(session)
    found = session.scalars(select(UrgentFix).where(UrgentFix.translation_id == text.id, UrgentFix.state == "open"))
    fix = found.one_or_none()
    fresh(session)
    return fix


def acts(session):
    fresh(session)
    found = [one.act for one in session.scalars(select(AuditEntry).order_by(AuditEntry.seq))]
    fresh(session)
    return found


@pytest.fixture
def proposed(session, live, river, heron, juniper, at):
    """Return a fix that River has put before another person."""
    assert at(river).post(f"{HERE}urgent", data=form(session, live)).status_code == 303
    return waiting(session, live)


@pytest.fixture
def out(session, proposed, live, heron, at, work):
    """Return the edition that readers have after Heron agreed."""
    sent = {"content_hash": proposed.content_hash}
    assert at(heron).post(f"{HERE}urgent/{proposed.id}/agree", data=sent).status_code == 303
    work()
    fresh(session)
    return queries.live_edition(session, live.id)


def test_nothing_reaches_readers_before_another_person_agrees(client, session, proposed, live, heron, at, work):
    work()
    assert LINE not in client.get(PAGE).text
    desk = at(heron)
    assert f"{HERE}urgent" in desk.get("/studio/").text
    shown = desk.get(f"{HERE}urgent").text
    assert LINE in shown
    assert re.search(r"<ins[^>]*>.*in a public place", shown)
    assert "Choose one person" not in shown, "nothing but the difference"
    assert proposed.content_hash in shown


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
    assert LINE not in page
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


TOO_LONG = "x" * 161
REFUSED = {
    "no line": ({"line": "  "}, "Say in one sentence"),
    "a long line": ({"line": TOO_LONG}, "at most 160 characters"),
    "nothing changed": ({"body": BODY}, "Nothing in the text is changed"),
    "too many characters": ({"body": BODY + "word " * 90}, "at most 3 and 400"),
    "too many passages": ({"body": "\n\n".join(f"{part} So." for part in BODY.split("\n\n"))}, "at most 3 and 400"),
    "what no font prints": ({"body": BODY.replace("Breathe", "Breathe \U000133e4")}, "cannot be printed"),
    "a dead picture": ({"body": f"![Leaf](media:{'0' * 64})\n\n{BODY}"}, ""),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_too_large_or_cannot_be_shown_is_refused_and_nothing_typed_is_lost(case, session, live, river, at):
    more, sentence = REFUSED[case]
    answer = at(river).post(f"{HERE}urgent", data=form(session, live, **more))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert more.get("line", LINE).strip() in answer.text
    assert waiting(session, live) is None


def test_what_readers_do_not_have_any_more_is_not_mended(session, live, river, at):
    answer = at(river).post(f"{HERE}urgent", data=form(session, live, base_hash="0" * 64))
    assert answer.status_code == 409
    assert "in a public place" in answer.text, "the words are given back"
    assert waiting(session, live) is None


def test_whoever_wrote_it_a_writer_and_an_untrained_checker_do_not_agree_and_the_trail_knows(
    client, session, live, proposed, member, river, at, work
):
    others = {
        "somebody else agrees": river,
        "trained for safety or facts": member("Marten", Role.REVIEWER, trainings={"copy"}),
        "An editor, or a checker": member("Plover"),
        "reads the language": member("Egret", Role.EDITOR, reads={"fr"}),
    }
    for sentence, actor in others.items():
        before = acts(session).count("refused")
        answer = at(actor).post(f"{HERE}urgent/{proposed.id}/agree", data={"content_hash": proposed.content_hash})
        assert answer.status_code == 403
        assert sentence in answer.text
        assert acts(session).count("refused") == before + 1
    work()
    assert LINE not in client.get(PAGE).text
    assert waiting(session, live) is not None


@pytest.mark.parametrize("training", ["safety", "health", "legal:FR"])
def test_a_checker_for_safety_or_facts_may_be_the_other_person(session, proposed, live, member, at, training):
    checker = member("Marten", Role.REVIEWER, trainings={training})
    sent = {"content_hash": proposed.content_hash}
    assert at(checker).post(f"{HERE}urgent/{proposed.id}/agree", data=sent).status_code == 303
    fresh(session)
    assert queries.newest_edition(session, live.id).number == 2


def test_a_forged_hash_and_a_forged_fix_change_nothing(session, proposed, live, heron, at):
    desk = at(heron)
    assert desk.post(f"{HERE}urgent/{proposed.id}/agree", data={"content_hash": "0" * 64}).status_code == 409
    assert desk.post(f"{HERE}urgent/none/agree", data={"content_hash": proposed.content_hash}).status_code == 404
    assert desk.post(f"{HERE}urgent/{proposed.id}/agree").status_code == 409
    assert queries.newest_edition(session, live.id).number == 1


def test_two_who_agree_at_once_and_a_repeated_click_make_one_edition(session, out, proposed, live, heron, juniper, at):
    for actor in (heron, juniper):
        answer = at(actor).post(
            f"{HERE}urgent/{proposed.id}/agree", data={"content_hash": proposed.content_hash}, follow_redirects=True
        )
        assert answer.status_code == 200
        assert "agreed before you" in answer.text or "سبقك" in answer.text
    assert [one.number for one in queries.editions(session, live.id)] == [2, 1]
    assert acts(session).count("urgent.publish") == 1
    assert acts(session).count("urgent.agree") == 1


def test_the_same_fix_sent_twice_waits_once_and_another_one_waits_for_it(session, live, proposed, river, heron, at):
    assert at(river).post(f"{HERE}urgent", data=form(session, live)).status_code == 303
    assert at(heron).post(f"{HERE}urgent", data=form(session, live, line="Otherwise said.")).status_code == 409
    assert acts(session).count("urgent.propose") == 1
    assert waiting(session, live).id == proposed.id


def test_a_fix_is_dropped_and_cannot_be_agreed_to_then(session, live, proposed, river, heron, juniper, at):
    assert at(juniper).post(f"{HERE}urgent/{proposed.id}/drop").status_code == 403
    for _ in range(2):
        assert at(river).post(f"{HERE}urgent/{proposed.id}/drop").status_code == 303
    sent = {"content_hash": proposed.content_hash}
    assert at(heron).post(f"{HERE}urgent/{proposed.id}/agree", data=sent).status_code == 409
    assert acts(session).count("urgent.drop") == 1
    assert queries.newest_edition(session, live.id).number == 1
    assert "urgent" not in at(heron).get("/studio/").text


def test_only_an_editor_writes_one(session, live, juniper, member, at):
    for actor in (juniper, member("Lamp", Role.STEWARD)):
        assert "An editor can write one" in at(actor).get(f"{HERE}urgent").text
        assert at(actor).post(f"{HERE}urgent", data=form(session, live)).status_code == 403
    assert waiting(session, live) is None


def test_what_is_down_or_was_never_out_has_no_urgent_fix(
    session, live, proposed, river, heron, juniper, at, clock, writer
):
    sent = form(session, live)
    withdrawal.take_down(session, juniper, live, reason=Reason.HARM, instead="", now=clock())
    session.commit()
    answer = at(heron).post(f"{HERE}urgent/{proposed.id}/agree", data={"content_hash": proposed.content_hash})
    assert (answer.status_code, "was taken down" in answer.text or "سُحب" in answer.text) == (409, True)
    assert at(river).post(f"{HERE}urgent", data=sent).status_code == 409
    fresh(session)
    other = kernel.start_guide(session, writer.id, fields=FIELDS, language="en", body=BODY, now=clock())
    session.commit()
    address = f"/studio/guides/{other.guide_id}/en/urgent"
    assert at(river).get(address).status_code == 409
    assert at(river).post(address, data=sent).status_code == 409


def test_in_a_story_only_its_teller_is_the_other_person(session, live, proposed, heron, writer, at):
    session.get_one(Guide, live.guide_id).kind = Kind.STORY
    session.commit()
    sent = {"content_hash": proposed.content_hash}
    answer = at(heron).post(f"{HERE}urgent/{proposed.id}/agree", data=sent)
    assert answer.status_code == 403
    assert at(writer).post(f"{HERE}urgent/{proposed.id}/agree", data=sent).status_code == 303


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
