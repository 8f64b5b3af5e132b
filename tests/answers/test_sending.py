"""What a reader meets: the form from every page, thanks, and every refusal with the words given back."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from publishing import FIELDS
from saying import WHERE, code_of, part_of, say, send, stamp_of
from sqlalchemy import text as sql

from studio.answers.models import AnswerCount, AnswerHour, UsedStamp
from studio.answers.operations import forgetting
from studio.answers.rules.sorts import Said, Urgency
from studio.publish import queries, withdrawal
from studio.publish.rules.takedown import Reason

WORDS = "I do not know what «little» means here. مرحبًا."


def kept_words(page) -> str:
    found = re.search(r'<textarea id="(?:words|kept)"[^>]*>\n?(.*?)</textarea>', page.text, re.DOTALL)
    assert found, page.text
    return found[1]


def test_the_page_and_its_quiet_twin_lead_to_the_form_after_the_text_and_never_within(client, live):
    for page in (f"/en/{live.slug}/", f"/n/en/{live.opaque_id}/"):
        html = client.get(page).text
        assert html.count(f'href="{page}answer"') == 1
        assert html.index("</article>") < html.index(f'href="{page}answer"')
        assert client.get(f"{page}answer").status_code == 200


def test_above_the_box_stand_help_and_how_often_it_is_read_and_beside_it_what_becomes_of_it(client, live):
    html = client.get(WHERE).text
    box = html.index("<textarea")
    for sentence in (
        "We know no confirmed help line for here.",
        "We read this once a week",
        "Please write no names, and not where you live.",
    ):
        assert html.index(sentence) < box
    assert "Your words are deleted 30 days after they have been dealt with" in html
    assert not re.search(r"\d{3,}", re.sub(r"2,000|<[^>]+>", "", html[: box + 5])), "no number that nobody confirmed"


def test_help_is_the_text_of_this_house_that_the_text_names_as_long_as_readers_have_it(
    client, publish, session, river, clock
):
    place = publish(replace(FIELDS, title="Where to turn to"))
    publish(replace(FIELDS, helplines=place.guide_id))
    text = queries.by_slug(session, "en", "telling-a-friend")
    assert f'<a href="/en/{place.slug}/">Where people find help</a>' in client.get(WHERE).text
    quiet = client.get(f"/n/en/{text.opaque_id}/answer").text
    assert f'<a href="/n/en/{place.opaque_id}/">Where people find help</a>' in quiet
    withdrawal.take_down(session, river, place, reason=Reason.HARM, instead="", now=clock())
    session.commit()
    assert "We know no confirmed help line for here." in client.get(WHERE).text


def test_the_quiet_form_names_neither_house_nor_topic(client, live, settings):
    page = client.get(f"/n/en/{live.opaque_id}/answer")
    assert "<title>Page</title>" in page.text
    for name in (settings.site_name, "Telling a friend", live.slug):
        assert name not in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_the_form_sets_no_cookie_needs_no_script_and_asks_nobody_else(client, live, clock):
    page = client.get(WHERE)
    answer = say(client, clock, "helped")
    for one in (page, answer):
        assert "Set-Cookie" not in one.headers
        assert one.headers["Referrer-Policy"] == "no-referrer"
        assert one.headers["Cache-Control"] == "no-store"
        assert not re.search(r'(?:src|action)="(?!/)', one.text)


@pytest.mark.parametrize(
    ("said", "urgency", "thanks"),
    [
        ("helped", Urgency.NONE, "will hear that it helped"),
        ("unclear", Urgency.WORDING, "Somebody reads it within a week"),
        ("wrong", Urgency.FACT, "Somebody reads it within a week"),
        ("unsafe", Urgency.HARM, "Somebody looks at it within two days"),
        ("about_me", Urgency.HARM, "Somebody looks at it within two days"),
    ],
)
def test_each_of_the_five_is_kept_with_its_words_and_part(client, live, clock, rows, session, said, urgency, thanks):
    part = part_of(client.get(WHERE), "Say little")
    answer = say(client, clock, said, words=f" {WORDS}\r\nTwice. ", part=part, pass_on="yes")
    assert answer.status_code == 200
    assert thanks in answer.text
    (row,) = rows()
    assert (row.said, row.urgency, row.text, row.part) == (Said(said), urgency, f"{WORDS}\nTwice.", "Say little")
    assert (row.on, row.may_pass_on, row.code_hash) == (date(2027, 3, 9), True, None)
    assert row.edition_id == queries.live_edition(session, live.id).id


def test_that_it_helped_without_words_is_counted_and_nothing_else_is_kept(client, live, clock, rows, session):
    for _ in range(2):
        assert say(client, clock, "helped").status_code == 200
    assert rows() == []
    edition = queries.live_edition(session, live.id).id
    assert session.get_one(AnswerCount, (edition, "helped")).n == 2


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"said": "", "words": WORDS}, "Please choose one of the five sentences first."),
        ({"said": "wrong", "words": ""}, "Please say in a few words what you mean"),
        ({"said": "wrong", "words": WORDS * 300}, "This is longer than 2,000 characters."),
        ({"said": "unclear", "words": "https://win.example/x " * 40}, "There are many links in this."),
        ({"said": "wrong", "words": "", "part": "a heading that is not there"}, "Please say in a few words"),
    ],
)
def test_what_is_refused_is_told_in_one_sentence_and_all_of_it_is_given_back(client, live, clock, rows, sent, told):
    answer = say(client, clock, **{"pass_on": "yes", "code": "yes", **sent})
    assert answer.status_code == 422
    assert answer.text.count('role="alert"') == 1
    assert told in answer.text
    assert kept_words(answer) == sent["words"]
    assert answer.text.count(" checked>") == 2 + bool(sent["said"])
    assert rows() == []
    # The same form, put right, is kept at once: its stamp has grown older meanwhile.
    assert send(client, stamp_of(answer), "wrong", words="Put right.").status_code == 200


def test_too_quick_is_told_with_the_seconds_and_a_little_later_the_same_form_is_kept(client, live, clock, rows):
    stamp = stamp_of(client.get(WHERE))
    clock.forward(seconds=2)
    answer = send(client, stamp, words=WORDS)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "3")
    assert "in 3 seconds or later" in answer.text
    assert kept_words(answer) == WORDS
    assert stamp_of(answer) == stamp
    clock.forward(seconds=3)
    assert send(client, stamp, words=WORDS).status_code == 200
    assert len(rows()) == 1


def test_a_form_that_was_open_for_more_than_a_day_gives_the_words_into_a_fresh_one(client, live, clock, rows):
    answer = say(client, clock, words=WORDS, wait=timedelta(hours=25).total_seconds())
    assert answer.status_code == 422
    assert "This page was open for very long" in answer.text
    assert kept_words(answer) == WORDS
    clock.forward(seconds=6)
    assert send(client, stamp_of(answer), words=WORDS).status_code == 200
    assert len(rows()) == 1


def test_a_stamp_works_once_and_a_second_click_is_no_second_message(client, live, clock, rows, session):
    first = say(client, clock, words=WORDS, code="yes")
    stamp = session.query(UsedStamp).one()
    assert "10:" not in f"{stamp.key} {stamp.until}"
    sent = stamp_of(client.get(WHERE))
    clock.forward(seconds=6)
    twice = [send(client, sent, words="Twice.", code="yes") for _ in range(2)]
    assert [one.status_code for one in twice] == [200, 200]
    assert code_of(twice[0]) == code_of(twice[1]) != code_of(first)
    other = send(client, sent, words="Other words, same form.")
    assert other.status_code == 422
    assert kept_words(other) == "Other words, same form."
    assert stamp_of(other) != sent
    assert sorted(one.text for one in rows()) == [WORDS, "Twice."]


@pytest.mark.parametrize("stamp", ["", "1.2.3", "99999999999.n." + "0" * 64])
def test_a_forged_stamp_or_one_of_another_text_is_no_stamp(client, live, publish, clock, rows, stamp):
    publish(replace(FIELDS, title="Another one"))
    foreign = stamp_of(client.get("/en/another-one/answer"))
    clock.forward(seconds=30)
    for one in (stamp, foreign):
        answer = send(client, one, words=WORDS)
        assert answer.status_code == 422
        assert kept_words(answer) == WORDS
    assert rows() == []


def test_in_a_flood_the_pause_grows_for_everybody_and_a_full_hour_gives_the_words_back(client, live, clock, rows):
    stamps = [stamp_of(client.get(WHERE)) for _ in range(402)]
    clock.forward(seconds=6)
    got = [send(client, stamp, "wrong", words=f"Flood {n}.").status_code for n, stamp in enumerate(stamps[:21])]
    assert got == [200] * 20 + [429]
    clock.forward(seconds=700)
    got = [send(client, stamp, "wrong", words=f"More {n}.").status_code for n, stamp in enumerate(stamps[20:401])]
    assert got == [200] * 380 + [429]
    last = send(client, stamps[401], "unsafe", words=WORDS)
    assert "Very many messages came in this hour." in last.text
    assert kept_words(last) == WORDS
    assert 0 < int(last.headers["Retry-After"]) <= 3600
    clock.forward(seconds=int(last.headers["Retry-After"]))
    assert send(client, stamps[401], "unsafe", words=WORDS).status_code == 200
    assert len(rows()) == 401


@pytest.mark.parametrize("reason", [Reason.HARM, Reason.IDENTITY])
def test_what_is_taken_down_takes_its_form_with_it_and_words_on_the_way_are_given_back(
    client, live, clock, rows, session, river, reason
):
    open_forms = {where: stamp_of(client.get(where)) for where in (WHERE, f"/n/en/{live.opaque_id}/answer")}
    withdrawal.take_down(session, river, live, reason=reason, instead="", now=clock())
    session.commit()
    clock.forward(seconds=6)
    for where, stamp in open_forms.items():
        assert client.get(where).status_code == 404
        answer = send(client, stamp, "unsafe", where, words=WORDS)
        assert answer.status_code == 410
        assert kept_words(answer) == WORDS
        assert "Telling a friend" not in answer.text
    assert rows() == []


def test_an_old_address_leads_on_and_what_is_sent_there_arrives(client, live, clock, rows, session, river):
    from studio.publish import operations  # noqa: PLC0415 - beside what it is about

    stamp = stamp_of(client.get(WHERE))
    operations.choose_slug(session, river, live, "small-steps", clock())
    session.commit()
    clock.forward(seconds=6)
    assert client.get(WHERE).headers["Location"] == "/en/small-steps/answer"
    assert send(client, stamp, words=WORDS).status_code == 200
    assert client.get("/en/no-such-text/answer").status_code == 404
    assert len(rows()) == 1


def test_a_copy_number_leads_to_the_form_about_that_very_edition(client, live, clock, rows, session, again):
    old = queries.live_edition(session, live.id)
    new = again(live)
    page = client.get(f"/check/{old.code}").text
    place = re.search(r'href="(/en/telling-a-friend/answer\?copy=[^"]+)"', page)[1]
    html = client.get(place)
    assert f'name="copy" value="{old.code}"' in html.text
    clock.forward(seconds=6)
    assert send(client, stamp_of(html), words=WORDS, copy=old.code).status_code == 200
    assert say(client, clock, words="About the newest.", copy="AAA-AAA").status_code == 200
    assert {one.text: one.edition_id for one in rows()} == {WORDS: old.id, "About the newest.": new.id}
    assert "answer?copy" not in client.get("/check/AAA-AAA").text


def test_nothing_of_who_sent_it_is_in_any_file_or_line(client, live, clock, settings, session, caplog):
    caplog.set_level(logging.DEBUG)
    seen = {"REMOTE_ADDR": "203.0.113.77"}
    headers = {"User-Agent": "Canaryfox/77.7", "X-Forwarded-For": "203.0.113.77", "Accept-Language": "tlh;q=0.7"}
    page = client.get(WHERE, headers=headers, environ_base=seen)
    for seconds in (1, 6):
        clock.forward(seconds=seconds)
        form = {"stamp": stamp_of(page), "said": "unsafe", "words": WORDS}
        client.post(WHERE, data=form, token=False, headers=headers, environ_base=seen)
    session.execute(sql("PRAGMA wal_checkpoint(TRUNCATE)"))
    session.rollback()
    held = b"".join(path.read_bytes() for path in settings.data.rglob("*") if path.is_file())
    assert WORDS.encode() in held, "so that something could have leaked"
    for trace in (b"203.0.113", b"Canaryfox", b"tlh"):
        assert trace not in held
        assert trace.decode() not in caplog.text
    dump = str(session.execute(sql("SELECT * FROM reader_answer, reader_used_stamp")).all())
    assert "10:00" not in dump
    assert session.execute(sql("SELECT count(*) FROM audit_entry WHERE subject LIKE 'answer%'")).scalar() == 0


def test_what_keeps_floods_away_is_forgotten_within_days(client, live, clock, session):
    say(client, clock, words=WORDS)
    clock.forward(days=3)
    session.rollback()
    forgetting.forget(session, {}, clock())
    session.commit()
    assert session.query(UsedStamp).all() == session.query(AnswerHour).all() == []
