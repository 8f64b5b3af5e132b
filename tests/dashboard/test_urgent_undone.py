"""No yes that was given before an urgent safety fix lets words without it reach readers."""

from __future__ import annotations

import re

import pytest
from full_checks import agree, fresh, running
from publishing import BODY, published
from urgent_fixes import HERE, PAGE, form, waiting

from studio.guides import operations as kernel
from studio.guides.drafts import log
from studio.guides.drafts.document import Edit
from studio.guides.models import Approval
from studio.guides.rules.statuses import Progress, Significance, UpdateKind
from studio.guides.urgent import holds
from studio.members.actor import Role
from studio.publish import queries
from studio.review.operations import claims, organiser
from studio.review.operations.hand_in import hand_in
from studio.review.operations.looking import look_again
from studio.review.rules.carry import Weight

PASSAGE = "Somebody who was kind before."
OTHER = "Anybody whom you like, at their home."
FIXED = "in a public place"


def reword(session, text, actor, old, new, now):
    draft = text.draft
    start = draft.text.index(old)
    edits = [Edit(start, start + len(old), new)]
    more = {"fields": {"changelog": "Other words."}, "author": actor.id, "kind": UpdateKind.FORM, "now": now}
    log.apply(session, draft, base_seq=draft.head_seq, edits=edits, **more)


def save(session, text, actor, now, significance=Significance.CONTENT):
    """Save a version as its page and the background do together; return what the round checks then."""
    revision = kernel.save_version(session, actor.id, text, significance=significance, note="", now=now)
    look_again(session, text, now)
    session.commit()
    return revision


def bring_out(session, text, writes, agrees, at, work):
    assert at(writes).post(f"{HERE}urgent", data=form(session, text)).status_code == 303
    fix = waiting(session, text)
    sent = {"content_hash": fix.content_hash}
    assert at(agrees).post(f"{HERE}urgent/{fix.id}/agree", data=sent).status_code == 303
    work()
    fresh(session)


@pytest.fixture
def agreed(session, live, writer, heron, juniper, clock):
    """Return the next edition of a text, to which everybody agreed; it words the passage of the fix otherwise."""
    reword(session, live, writer, PASSAGE, OTHER, clock())
    hand_in(session, writer, live, clock())
    session.commit()
    agree(session, heron, live, clock(), "peer", "copy")
    agree(session, juniper, live, clock(), "voice", "safety")
    assert live.progress is Progress.APPROVED
    session.commit()
    return live


@pytest.mark.parametrize("label", [Significance.CONTENT, Significance.SAFETY])
def test_saving_the_words_from_before_a_fix_again_takes_nothing_from_readers(
    client, session, agreed, writer, river, heron, at, clock, work, label
):
    bring_out(session, agreed, river, heron, at, work)
    revision = save(session, agreed, writer, clock(), label)
    work()
    fresh(session)
    assert OTHER in revision.body
    assert agreed.progress is Progress.IN_REVIEW
    assert session.get(Approval, agreed.id) is None
    weighed = [vote.carried.weight for one in running(session, agreed, clock()).round.stages for vote in one.votes]
    assert weighed == [Weight.SAFETY] * 4
    fresh(session)
    assert at(heron).post(f"{HERE}publish", data={"content_hash": revision.content_hash}).status_code == 409
    work()
    page = client.get(PAGE).text
    assert FIXED in page
    assert OTHER not in page


def test_checkers_are_shown_first_that_the_fix_went_and_may_agree_to_that(
    client, session, agreed, writer, river, heron, juniper, at, clock, work
):
    bring_out(session, agreed, river, heron, at, work)
    save(session, agreed, writer, clock())
    case = running(session, agreed, clock())
    address = f"/studio/checks/{case.review.id}/safety"
    fresh(session)
    shown = at(juniper).get(address).text
    assert re.search(rf"<del[^>]*>[^<]*{FIXED}", re.sub(r"</?(?!del|ins)[a-z][^>]*>", "", shown))
    agree(session, heron, agreed, clock(), "peer", "copy")
    agree(session, juniper, agreed, clock(), "voice")
    assert agreed.progress is Progress.IN_REVIEW, "safety has not looked yet"
    agree(session, juniper, agreed, clock(), "safety")
    assert agreed.progress is Progress.APPROVED
    published(session, heron, agreed)
    work()
    page = client.get(PAGE).text
    assert OTHER in page
    assert "all checks follow" not in page


def test_a_fix_that_is_written_into_the_other_words_by_hand_goes_out_with_them(
    client, session, agreed, writer, river, heron, juniper, at, clock, work
):
    bring_out(session, agreed, river, heron, at, work)
    reword(session, agreed, writer, OTHER, "Somebody who was kind before, in a public place.", clock())
    reword(session, agreed, writer, "Breathe.", "Breathe slowly.", clock())
    save(session, agreed, writer, clock())
    assert running(session, agreed, clock()).undone == 0
    agree(session, heron, agreed, clock(), "peer", "copy")
    agree(session, juniper, agreed, clock(), "voice", "safety")
    published(session, heron, agreed)
    work()
    page = client.get(PAGE).text
    assert FIXED in page
    assert "Breathe slowly." in page


def test_an_override_from_before_the_fix_does_not_undo_it(session, live, writer, river, heron, member, at, clock, work):
    reword(session, live, writer, PASSAGE, OTHER, clock())
    review = hand_in(session, writer, live, clock())
    lamp = member("Lamp", Role.STEWARD)
    organiser.override(session, lamp, review.id, "Nobody else is here.", clock())
    session.commit()
    assert live.progress is Progress.APPROVED
    bring_out(session, live, river, heron, at, work)
    save(session, live, writer, clock())
    assert live.progress is Progress.IN_REVIEW
    assert session.get(Approval, live.id) is None


def test_the_checks_of_the_fix_itself_compare_with_what_was_checked_before_it(session, out, live, heron, at, clock):
    case = running(session, live, clock())
    claims.take(session, heron, case, "peer", clock(), own_experience=False)
    session.commit()
    shown = at(heron).get(f"/studio/checks/{case.review.id}/peer").text
    assert re.search(rf"<ins[^>]*>[^<]*{FIXED}", re.sub(r"</?(?!del|ins)[a-z][^>]*>", "", shown))
    assert queries.live_edition(session, live.id).id == out.id


A, B, C = "One.\n", "Two.\n", "Three.\n"
HELD = {
    "the fixed words": ((A, B), (A, C), (A, C), True),
    "the words before": ((A, B), (A, C), (A, B), False),
    "the fix among others": ((A, B), (A, C), ("So. ", A, "\n", C), True),
    "other words": ((A, B), (A, C), (A, "Four.\n"), False),
    "the fix beside what it took away": ((A, B), (A, C), (A, B, C), False),
    "a passage that was put in": ((A, B), (A, C, B), ("Four.\n", C, B), True),
    "without what was put in": ((A, B), (A, C, B), ("Four.\n", B), False),
    "a passage that was taken out": ((A, B), (A,), (A, C), True),
    "with what was taken out": ((A, B), (A,), (A, B, C), False),
    "one of two alike": ((A, B, B), (A, B, C), (A, C, B), True),
    "two alike as before": ((A, B, B), (A, B, C), (A, B, B, "Four.\n"), False),
    "a text where the new words stood elsewhere": ((A, B, C), (A, C, C), (A, "Four.\n", C), False),
    "passages that changed places": ((A, B), (B, A), (B, A, C), False),
}


@pytest.mark.parametrize("case", HELD)
def test_whether_a_text_holds_a_fix(case):
    before, after, text, held = HELD[case]
    assert holds(*("\n".join(one) for one in (before, after, text))) is held


def test_a_text_that_holds_the_fix_of_the_house():
    assert holds(BODY, BODY.replace(PASSAGE, OTHER), f"First.\n\n{BODY.replace(PASSAGE, OTHER)}")
