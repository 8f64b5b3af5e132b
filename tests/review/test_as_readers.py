"""In a check: the text as readers would get it, made from exactly the version in check; and other words for it."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from studio.guides import operations as guides
from studio.guides.drafts import log
from studio.guides.drafts.document import Edit
from studio.guides.fields import TextFields
from studio.guides.rules.statuses import Significance, UpdateKind
from studio.guides.threads.models import Suggestion
from studio.members.actor import Role
from studio.review.operations import hand_in
from studio.review.operations.policies import choose_policy

BODY = "Take 5 mg each day.\n\nTalk with somebody calm."
FIELDS = TextFields(title="A calm talk", summary="How to begin.", content_notes=("none",), neutral_title="Pages")


@pytest.fixture
def text(session, member, clock):
    choose_policy(session, member("Gate", Role.STEWARD), "tiny", clock())
    return guides.start_guide(
        session, member("Reed").id, fields=FIELDS, language="en", now=clock(), body=BODY, topics=["telling"]
    )


@pytest.fixture
def review(session, member, clock, text):
    made = hand_in.hand_in(session, member("Wren"), text, clock())
    session.commit()
    return made


@pytest.fixture
def checker(client, sign_in, member, review):
    actor = member("Heron", Role.REVIEWER, trainings={"copy", "safety"})
    sign_in(client, actor)
    client.post(f"/studio/checks/{review.id}/peer/take")
    return actor


def save(session, text, start, end, words, clock):
    edits = [Edit(start, end, words)]
    log.apply(
        session,
        text.draft,
        base_seq=text.draft.head_seq,
        edits=edits,
        fields={},
        author="w",
        kind=UpdateKind.FORM,
        now=clock(),
    )
    guides.save_version(session, "w", text, significance=Significance.CONTENT, note="", now=clock())
    session.commit()


def answers(page):
    return dict.fromkeys(re.findall(r'name="(answer-[\w-]+)"', page), "yes")


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


def agree(client, address):
    page = client.get(address).text
    said = {name: hidden(page, name) for name in ("content_hash", "checklist_version")}
    return client.post(address, data={**said, **answers(page), "act": "agree"})


def test_a_check_links_to_every_form_of_its_version(client, review, checker):
    page = client.get(f"/studio/checks/{review.id}/peer").text
    for kind in ("page", "pdf", "plain_pdf", "epub", "text", "card_wide", "card_square", "card_portrait", "card_tall"):
        assert f'href="/studio/checks/{review.id}/as/1/{kind}"' in page


def test_the_page_is_the_readers_own_and_says_which_version_it_is(client, review, checker):
    shown = client.get(f"/studio/checks/{review.id}/as/1/page")
    assert "Saved version 1. It is not published." in shown.text
    assert "Take 5 mg each day." in shown.text
    assert shown.headers["Content-Disposition"] == 'inline; filename="version-1.html"'
    assert shown.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("kind", "name", "begins"),
    [("pdf", "version-1.pdf", b"%PDF"), ("card_wide", "version-1.png", b"\x89PNG"), ("epub", "version-1.epub", b"PK")],
)
def test_pdf_and_cards_have_a_neutral_name(client, review, checker, kind, name, begins):
    shown = client.get(f"/studio/checks/{review.id}/as/1/{kind}")
    assert shown.data.startswith(begins)
    assert shown.headers["Content-Disposition"] == f'inline; filename="{name}"'


def test_only_the_version_that_is_checked_is_shown(client, session, text, review, checker, clock):
    save(session, text, 5, 6, "50", clock)
    assert client.get(f"/studio/checks/{review.id}/as/1/page").status_code == 409
    assert "Take 50 mg" in client.get(f"/studio/checks/{review.id}/as/2/page").text
    assert client.get(f"/studio/checks/{review.id}/as/2/nothing").status_code == 404


def test_whoever_is_not_signed_in_gets_nothing(browser, review):
    assert b"5 mg" not in browser().get(f"/studio/checks/{review.id}/as/1/page").data


def test_other_words_for_a_passage_are_one_tap_away_and_lead_back_to_the_check(client, session, text, review, checker):
    address = f"/studio/checks/{review.id}/peer"
    page = client.get(address).text
    passage = re.search(r'<option value="(\w+)">Talk with', page)[1]
    gone = client.post(address, data={"act": "suggest", "passage": passage, **answers(page)})
    assert gone.headers["Location"] == f"{address}?words={passage}#wording"
    page = client.get(gone.headers["Location"]).text
    form = page.split('id="wording"')[1].split("</form>")[0]
    assert ">\nTalk with somebody calm.</textarea>" in form
    assert 'value="yes" checked' in page  # what was answered is kept
    sent = {name: hidden(form, name) for name in ("quote", "near", "next")}
    back = client.post("/studio/guides/a-calm-talk/en/suggest", data={**sent, "new": "Talk with a friend."})
    assert back.headers["Location"].startswith(address)
    assert "Your suggestion waits with the text." in client.get(back.headers["Location"]).text
    (made,) = session.scalars(select(Suggestion))
    assert [(hunk.old, hunk.new) for hunk in made.hunks] == [("somebody calm", "a friend")]
    assert text.draft.text == BODY
    assert agree(client, address).status_code == 303  # who suggests a few words stays a checker


def test_where_no_passage_is_chosen_one_sentence_says_so(client, review, checker):
    address = f"/studio/checks/{review.id}/peer"
    refused = client.post(address, data={"act": "suggest", "passage": "title", "answer-order": "yes"})
    assert refused.status_code == 422
    assert "Choose the passage of the text that you would have in other words." in refused.text


def test_a_second_look_is_the_difference_and_two_answers(client, session, text, review, checker, clock):
    address = f"/studio/checks/{review.id}/peer"
    assert agree(client, address).status_code == 303
    save(session, text, 5, 6, "50", clock)
    page = client.get(address).text
    assert "You said yes before. 1 passage changed, please look again." in page
    assert re.search(r'<a href="#change-1">Number:</a> <del>.*5 mg.*</del>.*<ins>.*50 mg', page)
    assert "I still agree" in page
    assert 'name="answer-' not in page
    assert page.index("What changed") < page.index("I still agree") < page.index("The whole text")
    assert re.search(r'<option value="\w+" selected>Take 50', page)
    assert agree(client, address).status_code == 303
    assert "I still agree" not in client.get(address).text
