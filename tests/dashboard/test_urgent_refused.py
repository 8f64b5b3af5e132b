"""What an urgent safety fix is refused for, in one sentence each; forged and repeated requests change nothing."""

from __future__ import annotations

import pytest
from full_checks import fresh
from publishing import BODY, FIELDS
from urgent_fixes import HERE, LINE, PAGE, acts, form, waiting

from studio.guides import operations as kernel
from studio.guides.models import Guide
from studio.guides.rules.statuses import Kind
from studio.members.actor import Role
from studio.publish import queries, withdrawal
from studio.publish.rules.takedown import Reason

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
