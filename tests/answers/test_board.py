"""The board: who sees which message, what editors do with it, and what two editors do at once."""

from __future__ import annotations

import re
from datetime import date

import pytest
from publishing import BODY
from saying import WHERE, part_of, say
from sqlalchemy import select

from studio.answers.rules.sorts import Said, Urgency
from studio.audit.models import AuditEntry
from studio.guides import queries as kernel
from studio.guides.threads.models import Thread
from studio.publish import queries

BOARD = "/studio/answers/"
WORDS, DONE = "The second step reads like a dare.", "The step is said anew."
PERSON = "This tells of my sister and her school."


@pytest.fixture
def told(client, live, clock, rows):
    """Have something said, and return the message."""

    def make(said="unsafe", words=WORDS, **fields):
        known = {one.id for one in rows()}
        answer = say(client, clock, said, words=words, **fields)
        assert answer.status_code == 200, answer.text
        (row,) = (one for one in rows() if one.id not in known)
        return row

    return make


def act(editor, row, what, version=1, **fields):
    return editor.post(f"{BOARD}{row.id}/{what}", data={"version": str(version), **fields})


def test_whoever_may_take_a_text_down_is_told_at_once_on_their_desk_with_the_day(
    told, at, river, robin, juniper, writer
):
    told()
    for actor in (river, robin, juniper):
        desk = at(actor).get("/studio/").text
        assert "1 reader says that a text could harm somebody. Please look by 10 March 2027." in desk
        assert WORDS not in desk
    assert "could harm somebody" not in at(writer).get("/studio/").text


def test_once_somebody_has_looked_the_others_are_not_called_any_more(told, at, river, juniper):
    row = told()
    assert act(at(river), row, "take").status_code == 303
    assert "could harm somebody" not in at(juniper).get("/studio/").text
    page = at(juniper).get(f"{BOARD}{row.id}").text
    assert "looked after by River" in page
    assert 'href="/studio/guides/telling-a-friend/en/take-down"' in page


def test_what_is_about_a_person_is_seen_by_editors_and_organisers_alone(
    told, at, river, robin, juniper, writer, session
):
    row = told("about_me", PERSON)
    for actor in (river, robin):
        here = at(actor)
        assert "could harm somebody" in here.get("/studio/").text
        assert PERSON in here.get(BOARD).text
        assert "Only editors and organisers see this message." in here.get(f"{BOARD}{row.id}").text
    text = "/studio/guides/telling-a-friend/en/"
    for actor, status in ((juniper, 404), (writer, 403)):
        here = at(actor)
        assert here.get(f"{BOARD}{row.id}").status_code == status
        for page in ("/studio/", BOARD, text, f"{text}record/", f"{text}talk"):
            assert PERSON not in here.get(page).text
        assert "It is about a person" not in here.get(text).text
    assert "It is about a person (1)" in at(river).get(text).text
    editor = at(river)
    assert act(editor, row, "talk", comment="Somebody is known by this.").status_code == 403
    assert act(editor, row, "close", done=DONE, note="We changed this.").status_code == 403
    assert act(editor, row, "pass-on").status_code == 403
    assert session.scalars(select(Thread)).all() == []


def test_checkers_see_what_could_harm_and_nothing_else(told, at, juniper, river):
    told()
    other = told("wrong", "The year is wrong.")
    page = at(juniper).get(BOARD).text
    assert WORDS in page
    assert "The year is wrong." not in page
    assert at(juniper).get(f"{BOARD}{other.id}").status_code == 404
    assert "1 message of a reader waits" not in at(juniper).get("/studio/").text
    assert "1 message of a reader waits" in at(river).get("/studio/").text


def test_the_board_begins_with_what_presses_and_says_the_clock_in_words(told, at, river, clock):
    for said, words in (("unclear", "Third."), ("wrong", "Second."), ("unsafe", "First."), ("helped", "Fourth.")):
        told(said, words)
    page = at(river).get(BOARD).text
    places = [page.index(words) for words in ("First.", "Second.", "Third.", "Fourth.")]
    assert places == sorted(places)
    assert "by 10 March 2027" in page
    assert "by 16 March 2027" in page
    clock.forward(days=2)
    assert "should have been looked after by 10 March 2027" in at(river).get(BOARD).text


def test_an_editor_sorts_hides_hostile_words_behind_a_note_and_lays_copies_beside_each_other(
    told, at, river, juniper, rows
):
    row, copy = told(), told(words="The same again.")
    editor = at(river)
    assert act(editor, row, "sort", urgency="S3", hidden="Insults.").status_code == 303
    page = editor.get(f"{BOARD}{row.id}").text
    assert "An editor has hidden these words:" in page
    assert page.index("Insults.") < page.index("<details>") < page.index(WORDS)
    assert WORDS not in editor.get(BOARD).text
    assert at(juniper).get(f"{BOARD}{row.id}").status_code == 404
    assert act(editor, copy, "sort", urgency="S3", same_as=row.id).status_code == 303
    assert "1 more says the same" in editor.get(BOARD).text
    assert "The same again." in editor.get(f"{BOARD}{row.id}").text
    found = {one.id: (one.urgency, one.hidden, one.same_as) for one in rows()}
    assert found == {row.id: (Urgency.STALE, "Insults.", None), copy.id: (Urgency.STALE, "", row.id)}


def test_a_copy_about_a_person_is_not_shown_to_checkers_beside_what_could_harm(told, at, river, juniper):
    row, copy = told(), told("about_me", PERSON)
    editor = at(river)
    assert act(editor, copy, "sort", urgency="S1", same_as=row.id).status_code == 303
    assert PERSON in editor.get(f"{BOARD}{row.id}").text
    for page in (BOARD, f"{BOARD}{row.id}"):
        checker = at(juniper).get(page).text
        assert WORDS in checker
        assert PERSON not in checker
        assert "says the same" not in checker


def test_a_copy_that_is_none_after_all_stands_for_itself_again(told, at, river, rows):
    row, copy = told(), told(words="Something else, after all.")
    editor = at(river)
    act(editor, copy, "sort", urgency="S1", same_as=row.id)
    assert f'value="{row.id}" selected' in editor.get(f"{BOARD}{copy.id}").text
    assert act(editor, copy, "sort", version=2, urgency="S2", same_as="").status_code == 303
    assert {one.same_as for one in rows()} == {None}
    assert "Something else, after all." in editor.get(BOARD).text


@pytest.mark.parametrize("which", ["itself", "closed", "a copy", "another text", "none"])
def test_a_message_is_a_copy_of_an_open_one_of_the_same_text_alone(told, at, river, rows, publish, which):
    row, copy = told(), told(words="Once more.")
    editor, target = at(river), row.id
    if which == "closed":
        act(editor, row, "close", done=DONE)
    if which == "a copy":
        third = told(words="The third.")
        act(editor, row, "sort", urgency="S1", same_as=third.id)
    target = {"itself": copy.id, "none": "none"}.get(which, target)
    if which == "another text":
        from dataclasses import replace  # noqa: PLC0415 - one case alone

        from publishing import FIELDS  # noqa: PLC0415 - the same

        publish(replace(FIELDS, title="Another one"))
        target = told("wrong", "There.", where="/en/another-one/answer").id
    answer = act(editor, copy, "sort", urgency="S1", same_as=target)
    assert answer.status_code == (404 if which == "none" else 409)
    assert next(one for one in rows() if one.id == copy.id).same_as is None


def test_a_talk_at_the_passage_is_what_writers_see_beside_the_text_in_the_editors_words(
    told, at, river, writer, client, session
):
    row = told(part=part_of(client.get(WHERE), "Say little"))
    editor = at(river)
    page = editor.get(f"{BOARD}{row.id}").text
    chosen = re.search(r'<option value="(\d+)" selected>Say little', page)
    assert chosen
    assert f">{WORDS}</textarea>" not in page
    empty = act(editor, row, "talk", near=chosen[1], comment=" ")
    assert (empty.status_code, "Write your comment first." in empty.text) == (422, True)
    for _ in range(2):
        assert (
            act(editor, row, "talk", near=chosen[1], comment="The step after this sounds like a dare.").status_code
            == 303
        )
    session.rollback()
    (thread,) = session.scalars(select(Thread)).all()
    assert (thread.quote, [one.author for one in thread.comments]) == ("## Say little", [river.id])
    talk = at(writer).get("/studio/guides/telling-a-friend/en/talk").text
    assert "sounds like a dare" in talk
    assert WORDS not in talk
    assert f"talk/{thread.id}" in editor.get(f"{BOARD}{row.id}").text


def test_where_the_passage_is_gone_meanwhile_the_words_of_the_talk_are_given_back(told, at, river):
    row = told()
    answer = act(at(river), row, "talk", near="99999", comment="About the whole text, then.")
    assert answer.status_code == 303
    assert at(river).get("/studio/guides/telling-a-friend/en/talk").text.count("About the whole text, then.") == 1


def test_a_text_for_its_team_is_talked_about_by_its_team_alone(told, at, river, session, live):
    row = told()
    live.guide.team_only = True
    session.commit()
    page = at(river).get(f"{BOARD}{row.id}").text
    assert "Open a talk there" not in page
    assert act(at(river), row, "talk", comment="A word.").status_code == 403
    assert session.scalars(select(Thread)).all() == []


def test_closing_needs_what_was_done_and_keeps_everything_else_that_was_typed(told, at, river, rows):
    row = told(code="yes")
    answer = act(at(river), row, "close", done=" ", reply="Thank you, it is mended.", note="Mended.")
    assert answer.status_code == 422
    assert "Say in a few words what was done." in answer.text
    assert "Thank you, it is mended." in answer.text
    assert rows()[0].closed_on is None


def test_an_answer_closes_its_copies_too_and_a_note_stands_with_its_date_for_all_readers(
    told, at, river, rows, client, session, live
):
    row, copy = told(), told(words="The same.")
    editor = at(river)
    act(editor, copy, "sort", urgency="S1", same_as=row.id)
    before = client.get("/en/telling-a-friend/editions/").text
    assert "Notes to readers" not in before
    for _ in range(2):
        assert act(editor, row, "close", done=DONE, note="The second step is said more carefully.").status_code == 303
    assert {(one.closed_on, one.done) for one in rows()} == {(date(2027, 3, 9), DONE)}
    page = client.get("/en/telling-a-friend/editions/").text
    assert page.count("The second step is said more carefully.") == 1
    assert page.index("9 March 2027") < page.index("The second step is said more carefully.")
    assert "could harm somebody" not in editor.get("/studio/").text
    assert DONE not in page
    assert "put a note for readers beside the text" in editor.get("/studio/guides/telling-a-friend/en/record/").text


def test_of_two_editors_the_second_one_is_told_who_was_first_and_loses_no_word(told, at, river, heron, rows):
    row = told()
    first, second = at(river), at(heron)
    for editor in (first, second):
        assert 'name="version" value="1"' in editor.get(f"{BOARD}{row.id}").text
    assert act(first, row, "close", done=DONE).status_code == 303
    late = act(second, row, "close", done="Something else was done about it, at length.")
    assert late.status_code == 409
    assert "River" in late.text
    assert "Something else was done about it, at length." in late.text
    assert [(one.done, one.closed_by) for one in rows()] == [(DONE, river.id)]


def test_what_one_editor_looks_after_another_one_takes_over_first(told, at, river, heron, rows):
    row = told()
    first, second = at(river), at(heron)
    for _ in range(2):
        assert act(first, row, "take").status_code == 303
    assert act(second, row, "take", version=1).status_code == 409
    assert act(second, row, "sort", version=2, urgency="S2").status_code == 409
    assert act(second, row, "take", version=2).status_code == 303
    assert act(second, row, "sort", version=3, urgency="S2").status_code == 303
    assert second.post(f"{BOARD}{row.id}/give-back").status_code == 303
    assert first.post(f"{BOARD}{row.id}/give-back").status_code == 303
    assert [(one.owner_id, one.urgency) for one in rows()] == [(None, Urgency.FACT)]


def test_what_is_closed_can_be_taken_up_again(told, at, river, rows):
    row = told()
    editor = at(river)
    act(editor, row, "close", done=DONE)
    assert act(editor, row, "sort", version=2, urgency="S2").status_code == 409
    assert "Take it up again" in editor.get(f"{BOARD}{row.id}").text
    assert act(editor, row, "take", version=2).status_code == 303
    assert rows()[0].closed_on is None


def test_organisers_look_and_editors_act(told, at, robin, rows):
    row = told()
    organiser = at(robin)
    assert "Editors sort and answer what readers say." in organiser.get(f"{BOARD}{row.id}").text
    for what in ("take", "sort", "talk", "pass-on", "close", "give-back"):
        assert act(organiser, row, what, urgency="S2", done=DONE).status_code == 403
    assert rows()[0].version == 1


def test_members_find_counts_of_the_edition_and_readers_never_do(told, at, writer, client, clock, again, live, session):
    told("unsafe")
    told("wrong", "The year.")
    say(client, clock, "helped")
    page = at(writer).get("/studio/guides/telling-a-friend/en/").text
    assert "It helped (1) · Something is wrong (1) · Something could harm somebody (1)" in page
    for place in ("/en/telling-a-friend/", "/en/telling-a-friend/editions/", "/en/telling-a-friend/edition.json"):
        assert "(1)" not in client.get(place).text
    again(live)
    assert "It helped (1)" not in at(writer).get("/studio/guides/telling-a-friend/en/").text


def test_the_trail_says_what_editors_did_and_not_one_word_of_readers(told, at, river, session):
    row = told(code="yes")
    editor = at(river)
    act(editor, row, "take")
    act(editor, row, "sort", version=2, urgency="S2", hidden="Insults.")
    act(editor, row, "close", version=3, done=DONE, reply="Thank you.")
    session.rollback()
    entries = session.scalars(select(AuditEntry).where(AuditEntry.subject == f"answer:{row.id}")).all()
    assert [(one.act, one.actor, one.details) for one in entries] == [
        (f"answer.{act}", river.id, {}) for act in ("taken", "sorted", "closed")
    ]
    everything = str([(one.act, one.details) for one in session.scalars(select(AuditEntry))])
    for words in (WORDS, DONE, "Insults.", "Thank you."):
        assert words not in everything


def test_an_arabic_editors_board_is_arabic_from_right_to_left(told, at, heron):
    row = told()
    page = at(heron).get(f"{BOARD}{row.id}").text
    assert 'dir="rtl"' in page
    assert "What was done" not in page
    assert WORDS in page


def test_everything_is_said_of_the_words_that_the_reader_had(told, session, live):
    row = told()
    edition = queries.live_edition(session, live.id)
    assert (row.revision_id, row.edition_id, row.said) == (edition.revision_id, edition.id, Said.UNSAFE)
    assert kernel.latest(session, live).body == BODY
