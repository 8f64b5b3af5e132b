"""The echo: those who made an edition hear of it on their own desks, nobody else does, and nobody is named."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from publishing import FIELDS
from saying import say
from sqlalchemy import select

from studio.answers.models import Echo
from studio.answers.operations import forgetting
from studio.core.ids import new_id
from studio.dashboard import echoing
from studio.guides.drafts import log
from studio.guides.drafts.document import Edit
from studio.guides.models import Revision, RevisionBlock
from studio.guides.rules.statuses import UpdateKind
from studio.members.models import Member
from studio.publish import queries
from studio.review.models import Decision, Review
from studio.review.rules.standing import Sort, Verdict

OUT = "“Telling a friend” is out: readers have what you made together. Thank you."
HELPED = "A reader says that “Telling a friend” helped them."
WORDS = "I read it three times before I told my brother."


@pytest.fixture
def echoes(session):
    """Return who hears what."""

    def look():
        session.rollback()
        session.expire_all()
        return sorted((one.kind, one.member_id) for one in session.scalars(select(Echo)))

    return look


@pytest.fixture
def checked(session, live, clock):
    """Have said yes, or first yes and then no, to the words that readers have."""

    def make(actor, *verdicts):
        edition = queries.live_edition(session, live.id)
        revision = session.get_one(Revision, edition.revision_id)
        review = session.scalars(select(Review)).first()
        if review is None:
            about = {"translation_id": live.id, "candidate_revision_id": revision.id, "candidate_hash": "h"}
            kept = {"policy": {}, "checklists": {}, "tellers": [], "opened_at": clock()}
            review = Review(id=new_id(), **about, **kept)
            session.add(review)
            session.flush()
        for verdict in verdicts:
            position = len(session.scalars(select(Decision)).all()) + 1
            words = {"revision_id": revision.id, "revision_number": 1, "content_hash": "h", "answers": {}}
            who = {"member_id": actor if isinstance(actor, str) else actor.id, "stage": "peer", "at": clock()}
            session.add(
                Decision(
                    id=new_id(),
                    review_id=review.id,
                    position=position,
                    verdict=verdict,
                    sort=Sort.NORMAL,
                    **words,
                    **who,
                )
            )
            session.flush()
        session.commit()

    return make


def test_when_an_edition_is_out_its_writers_hear_of_it_once_and_put_it_away(live, at, writer, river, echoes, again):
    assert echoes() == [("out", writer.id)]
    desk = at(writer)
    assert OUT in desk.get("/studio/").text
    assert OUT not in at(river).get("/studio/").text
    (echo,) = (part.partition('"')[0] for part in desk.get("/studio/").text.split('name="echo" value="')[1:])
    assert at(river).post("/studio/answers/put-away", data={"echo": echo}).status_code == 303
    assert echoes() == [("out", writer.id)], "nobody puts away what is somebody else's"
    for _ in range(2):
        assert desk.post("/studio/answers/put-away", data={"echo": echo}).status_code == 303
    assert OUT not in desk.get("/studio/").text
    assert echoes() == []


def test_it_reaches_exactly_those_who_wrote_in_it_or_whose_last_word_was_yes(
    live, session, member, writer, river, juniper, robin, checked, client, clock, echoes
):
    second = member("Finch")
    suspended = member("Stilt")
    session.get_one(Member, suspended.id).suspended = True
    revision = queries.live_edition(session, live.id).revision_id
    block = session.scalars(select(RevisionBlock).where(RevisionBlock.revision_id == revision)).all()[-1]
    block.contributors = [second.id, suspended.id]
    session.commit()
    checked(juniper, Verdict.APPROVE)
    checked(robin, Verdict.APPROVE, Verdict.REQUEST_CHANGES)
    checked("a-guests-reading-lnk", Verdict.APPROVE)
    say(client, clock, "helped")
    say(client, clock, "helped")
    assert [one for one in echoes() if one[0] == "helped"] == sorted(
        ("helped", one.id) for one in (writer, second, juniper)
    )
    assert river.id not in {one for _, one in echoes()}, "publishing is not making"


def test_whoever_made_an_earlier_edition_alone_hears_nothing_of_a_later_one(
    live, session, member, again, writer, clock
):
    earlier = member("Dunlin")
    revision = queries.live_edition(session, live.id).revision_id
    for block in session.scalars(select(RevisionBlock).where(RevisionBlock.revision_id == revision)):
        block.contributors = [earlier.id]
    session.commit()
    edition = queries.live_edition(session, live.id)
    assert echoing.makers(session, edition.id) == {earlier.id}
    session.rollback()
    change = {"base_seq": live.draft.head_seq, "edits": [Edit(0, 0, "Sit down first.\n\n")], "fields": {}}
    log.apply(session, live.draft, **change, author=writer.id, kind=UpdateKind.FORM, now=clock())
    session.commit()
    newer = again(live)
    assert newer.number == 2
    assert echoing.makers(session, newer.id) == {writer.id}


def test_a_desk_names_nobody_and_counts_nothing(live, at, writer, juniper, checked, client, clock):
    checked(juniper, Verdict.APPROVE)
    for _ in range(3):
        say(client, clock, "helped")
    desk = at(juniper).get("/studio/").text
    assert desk.count(HELPED) == 1
    card = desk.partition("Good news")[2].partition("</section>")[0]
    assert HELPED in card
    assert "Wren" not in card
    assert not re.search(r"\d", re.sub(r"<[^>]+>", "", card))


def test_that_it_helped_with_words_is_heard_at_once_but_the_words_only_after_an_editor_has_read_them(
    live, at, writer, river, rows, client, clock, echoes
):
    say(client, clock, "helped", words=WORDS, pass_on="yes")
    desk = at(writer)
    assert HELPED in desk.get("/studio/").text
    assert WORDS not in desk.get("/studio/").text
    (row,) = rows()
    for _ in range(2):
        assert at(river).post(f"/studio/answers/{row.id}/pass-on", data={"version": "1"}).status_code == 303
    page = desk.get("/studio/").text
    assert page.count(WORDS) == 1
    assert "A reader of “Telling a friend” lets you have these words:" in page
    assert WORDS not in at(river).get("/studio/").text


@pytest.mark.parametrize("why", ["not allowed", "hidden", "no words"])
def test_words_that_the_reader_did_not_allow_or_an_editor_hid_are_never_passed_on(
    live, at, river, rows, client, clock, echoes, why
):
    sent = {"words": "" if why == "no words" else WORDS, "pass_on": "" if why == "not allowed" else "yes"}
    say(client, clock, "unsafe", **sent)
    (row,) = rows()
    editor, version = at(river), 1
    if why == "hidden":
        hidden = {"version": "1", "urgency": "S1", "hidden": "Insults."}
        assert editor.post(f"/studio/answers/{row.id}/sort", data=hidden).status_code == 303
        version = 2
    assert "Pass the words on" not in editor.get(f"/studio/answers/{row.id}").text
    assert editor.post(f"/studio/answers/{row.id}/pass-on", data={"version": str(version)}).status_code == 403
    assert [kind for kind, _ in echoes()] == ["out"]


def test_an_echo_about_a_text_that_one_may_not_see_any_more_is_not_shown(live, at, session, member, client, clock):
    outside = member("Dunlin")
    session.add(
        Echo(id=new_id(), member_id=outside.id, translation_id=live.id, edition=1, kind="out", on=clock().date())
    )
    session.commit()
    assert OUT in at(outside).get("/studio/").text
    live.guide.team_only = True
    session.commit()
    assert "Telling a friend" not in at(outside).get("/studio/").text


def test_a_failed_or_repeated_build_tells_nobody_twice(live, echoes, work, session, clock, writer):
    from studio.publish import operations  # noqa: PLC0415 - beside what it is about

    operations.ask_for_build(session, queries.live_edition(session, live.id), clock())
    session.commit()
    work()
    assert echoes() == [("out", writer.id)]


def test_an_echo_that_nobody_puts_away_goes_after_ninety_days(live, echoes, session, clock):
    clock.forward(days=89)
    forgetting.forget(session, {}, clock())
    session.commit()
    assert len(echoes()) == 1
    # It was made by the wall's clock or the house's, whichever is later.
    clock.at = max(clock.at, clock.at.replace(year=2030))
    forgetting.forget(session, {}, clock())
    session.commit()
    assert echoes() == []


def test_an_arabic_title_stands_in_its_own_direction(publish, at, writer):
    publish(replace(FIELDS, title="نزهة قبل الحديث"), language="ar")
    assert "نزهة قبل الحديث" in at(writer).get("/studio/").text
