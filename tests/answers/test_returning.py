"""A return code finds the answer of the house, nothing of the text, and cannot be guessed."""

from __future__ import annotations

import pytest
from saying import code_of, say, stamp_of
from sqlalchemy import text as sql

from studio.answers.operations import forgetting
from studio.publish import withdrawal
from studio.publish.rules.takedown import Reason

WORDS, REPLY = "The second step reads like a dare.", "Thank you. It is said more carefully now."
HERE = "/answers/"


@pytest.fixture
def code(client, live, clock):
    return code_of(say(client, clock, "unsafe", words=WORDS, code="yes"))


@pytest.fixture
def close(at, river, rows):
    """Close every open message with an answer to its reader."""

    def make(reply=REPLY, done="The step is said anew."):
        editor = at(river)
        for one in rows():
            if one.closed_on is None and one.same_as is None:
                sent = {"version": str(one.version), "done": done, "reply": reply}
                assert editor.post(f"/studio/answers/{one.id}/close", data=sent).status_code == 303

    return make


def look(client, clock, code, wait=6):
    stamp = stamp_of(client.get(HERE))
    clock.forward(seconds=wait)
    return client.post(HERE, data={"stamp": stamp, "code": code}, token=False)


def test_without_the_wish_there_is_no_code_and_with_it_only_its_keyed_hash_is_kept(
    client, live, clock, settings, session
):
    assert 'class="code"' not in say(client, clock, "unsafe", words=WORDS).text
    code = code_of(say(client, clock, "unsafe", words=WORDS, code="yes"))
    session.execute(sql("PRAGMA wal_checkpoint(TRUNCATE)"))
    held = b"".join(path.read_bytes() for path in settings.data.rglob("*") if path.is_file())
    assert WORDS.encode() in held
    for shape in (code, code.replace("-", ""), code.lower()):
        assert shape.encode() not in held


def test_it_tells_step_by_step_what_became_of_the_message(client, code, clock, at, river, rows, close):
    assert "nobody has read it yet" in look(client, clock, code).text
    at(river).post(f"/studio/answers/{rows()[0].id}/take", data={"version": "1"})
    assert "Somebody has read it and looks after it." in look(client, clock, code).text
    close()
    for typed in (code, code.lower().replace("-", " ")):
        answer = look(client, clock, typed)
        assert REPLY in answer.text
        assert "You wrote on 9 March 2027." in answer.text


def test_a_message_closed_without_an_answer_says_so_kindly(client, code, clock, close):
    close(reply="")
    assert "Somebody has read it and dealt with it." in look(client, clock, code).text


def test_a_copy_is_answered_with_the_message_that_it_lies_beside(client, code, clock, at, river, rows, close):
    say(client, clock, "unsafe", words="The same.")
    mine, other = sorted(rows(), key=lambda one: one.code_hash is None)
    sent = {"version": "1", "urgency": "S1", "same_as": other.id}
    assert at(river).post(f"/studio/answers/{mine.id}/sort", data=sent).status_code == 303
    close()
    assert REPLY in look(client, clock, code).text


def test_the_page_is_a_quiet_one_and_says_nothing_of_the_text_or_of_what_was_written(
    client, code, clock, close, settings
):
    close()
    for page in (client.get(HERE), look(client, clock, code)):
        assert "<title>Page</title>" in page.text
        assert page.headers["Cache-Control"] == "no-store"
        for told in (settings.site_name, "Telling a friend", "telling-a-friend", WORDS, "The step is said anew."):
            assert told not in page.text
    assert client.get(f"{HERE}{code}").status_code == 404, "a code never stands in an address"


def test_it_says_the_same_whether_the_text_is_there_or_was_taken_down_silently(
    client, code, clock, close, session, river, live
):
    close()
    before = look(client, clock, code).text
    session.rollback()
    withdrawal.take_down(session, river, live, reason=Reason.IDENTITY, instead="", now=clock())
    session.commit()
    after = look(client, clock, code).text
    assert before.replace(stamp_of(type("P", (), {"text": before})), "") == after.replace(
        stamp_of(type("P", (), {"text": after})), ""
    )


def test_guessing_costs_a_pause_each_time_has_a_full_hour_and_a_wrong_code_is_told_like_a_forgotten_one(
    client, code, clock, session, close
):
    close()
    stamps = [stamp_of(client.get(HERE)) for _ in range(403)]
    first = client.post(HERE, data={"stamp": stamps[0], "code": code}, token=False)
    assert first.status_code == 429
    assert f'value="{code}"' in first.text
    clock.forward(seconds=700)
    wrong = [
        client.post(HERE, data={"stamp": one, "code": f"AAAA-AAAA-{n:04}"}, token=False) for n, one in enumerate(stamps)
    ]
    assert [one.status_code for one in wrong] == [200] * 400 + [429] * 3
    assert "Nothing is kept under this code." in wrong[0].text
    used = client.post(HERE, data={"stamp": stamps[0], "code": code}, token=False)
    assert (used.status_code, REPLY in used.text) == (422, False)
    clock.forward(days=91)
    session.rollback()
    forgetting.forget(session, {}, clock())
    session.commit()
    gone = look(client, clock, code).text
    assert gone.partition("<form")[0] == wrong[0].text.partition("<form")[0]


def test_looking_changes_nothing_that_the_house_keeps_about_the_message(client, code, clock, rows):
    before = [(one.version, one.looked_on) for one in rows()]
    look(client, clock, code)
    assert [(one.version, one.looked_on) for one in rows()] == before
