"""What a checker reads of what changed: since their word, since they were here last, since the last edition."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from casts import Cast
from houses import FIELDS

from studio.core.locales import language
from studio.guides import operations as guides
from studio.guides.drafts import log
from studio.guides.drafts.document import Edit
from studio.guides.rules.callouts import CallOut
from studio.guides.rules.statuses import Significance, UpdateKind
from studio.guides.rules.transitions import Act
from studio.guides.rules.weightymarks import Tells
from studio.members.actor import Role
from studio.review.operations import claims, hand_in
from studio.review.operations.policies import choose_policy
from studio.review.queries.changes import changes
from studio.review.queries.screen import screen
from studio.review.rules.carry import Block

BODY = "Take 5 mg each day.\n\nTalk with somebody calm.\n\nRest as long as you need to."


@pytest.fixture
def cast(house):
    return Cast(house, body=BODY)


def looked(cast, who, stage, asked=""):
    return screen(cast.house.session, who, cast.review.id, stage, cast.house.now, asked)


def rewrite(cast, old, new):
    cast.house.write(cast.writer, cast.text, old, new)
    cast.house.save(cast.writer, cast.text)


def test_before_anything_changed_there_is_nothing_to_compare(cast):
    assert looked(cast, cast.copy, "peer").since is None


def test_a_changed_dose_is_called_out_in_a_second_look(cast):
    cast.shape()
    rewrite(cast, "5 mg", "50 mg")
    since = looked(cast, cast.copy, "peer").since
    assert (since.chosen, [key for key, _ in since.choices]) == ("mine", ["mine"])
    (change,) = since.changes
    assert change.call_outs == (CallOut(Tells.NUMBER, ("5 mg",), ("50 mg",)),)
    assert change.now == "Take 50 mg each day."


def test_who_comes_back_sees_what_changed_since_they_were_here(cast):
    house = cast.house
    house.take(cast.copy, cast.text, "peer")
    assert looked(cast, cast.copy, "peer").since is None
    rewrite(cast, "somebody calm", "a friend")
    since = looked(cast, cast.copy, "peer").since
    assert (since.chosen, [one.now for one in since.changes]) == ("visit", ["Talk with a friend."])
    old = "a hash of another version"
    for content_hash, still in ((old, True), (house.case(cast.text).now.content_hash, False)):
        claims.keep_ticks(
            house.session, cast.copy, cast.review.id, "peer", {"order": "yes"}, house.now, content_hash=content_hash
        )
        assert bool(looked(cast, cast.copy, "peer").since) is still


def test_taking_a_check_again_goes_on_from_the_version_seen_before(cast):
    house = cast.house
    house.take(cast.copy, cast.text, "peer")
    house.later(days=20)
    rewrite(cast, "somebody calm", "a friend")
    house.take(cast.copy, cast.text, "peer")
    assert looked(cast, cast.copy, "peer").since.chosen == "visit"


def test_one_chooses_since_when_and_gets_what_there_is(cast):
    house = cast.house
    cast.all()
    cast.text.published_revision_id = cast.text.approved_revision_id
    guides.move(house.session, cast.text, Act.PUBLISH, None, house.now)
    rewrite(cast, "somebody calm", "a friend")
    hand_in.answer(house.session, cast.writer, cast.text, fields={"changelog": "New."}, topics=[], now=house.now)
    cast.review = house.hand_in(cast.writer, cast.text)
    house.take(cast.copy, cast.text, "peer")
    rewrite(cast, "as long as you need to", "now")
    both = looked(cast, cast.copy, "peer")
    assert (both.since.chosen, [key for key, _ in both.since.choices]) == ("visit", ["visit", "edition"])
    assert [one.now for one in both.since.changes] == ["Rest now."]
    for asked in ("edition", "mine"):
        since = looked(cast, cast.copy, "peer", asked).since
        assert since.chosen == ("edition" if asked == "edition" else "visit")
    edition = looked(cast, cast.copy, "peer", "edition").since.changes
    assert [(one.group, one.now) for one in edition] == [
        ("text", "Talk with a friend."),
        ("text", "Rest now."),
        ("beside", "New."),
    ]


def test_a_passage_that_changed_places_is_shown_as_moved(cast):
    cast.shape()
    rewrite(cast, "Take 5 mg each day.\n\nTalk with somebody calm.", "Talk with somebody calm.\n\nTake 5 mg each day.")
    since = looked(cast, cast.copy, "peer").since
    assert [str(one.label) for one in since.changes] == ["A passage that moved"]


def block(name, kind, source):
    return Block(name, kind, source, source)


def test_pictures_and_what_stands_beside_the_text_are_apart():
    tea, water = "a" * 64, "b" * 64
    before = [
        block("t", "title", "Calm"),
        block("i", "image", f"![tea](media:{tea})"),
        block("f", "front", '{"sources": ["One"], "helplines": ""}'),
        block("about", "about", '["guide", ["health"], ["sleep"], "MIT"]'),
    ]
    after = [
        block("t", "title", "Calmer"),
        block("i", "image", f"![water](media:{water}) ![tea](media:{tea})"),
        block("f", "front", '{"sources": ["One", "Two"], "helplines": ""}'),
        block("about", "about", '["guide", [], ["sleep"], "MIT"]'),
    ]
    found = changes(before, after, language("en"), picture=lambda sha: f"/{sha[:1]}" if sha == water else None)
    assert [(str(one.label), one.group) for one in found] == [
        ("Title", "beside"),
        ("A picture", "pictures"),
        ("Sources", "beside"),
        ("What it is: kind, topics, what it touches", "beside"),
    ]
    assert found[1].pictures == (("ins", "/b"),)
    assert tea not in found[1].now
    assert changes(before, before, language("en")) == []
    assert [str(one.label) for one in changes(before, after, language("en"), only=["t"])] == ["Title"]
    assert [str(one.label) for one in changes(before, after, language("en"), only=["f"])] == ["Sources"]
    assert [one.group for one in changes([], after, language("en"))].count("beside") == 3


def test_a_long_list_shows_only_what_changed_and_says_how_much_stayed():
    items = [f"- thing {n}" for n in range(9)]
    before = [block("l", "list", "\n".join(items))]
    after = [block("l", "list", "\n".join([*items[:4], "- thing 40", *items[5:]]))]
    (found,) = changes(before, after, language("en"))
    assert (found.now, found.stayed, len(found.parts)) == ("thing 40", 8, 1)
    assert replace(found, parts=()).now == ""


def test_the_page_says_in_words_what_went_and_came_and_names_what_cannot_be_seen(
    client, sign_in, session, member, clock
):
    writer, checker = member("Reed"), member("Heron", Role.REVIEWER, trainings={"copy", "safety"})
    choose_policy(session, member("Gate", Role.STEWARD), "tiny", clock())
    text = guides.start_guide(
        session, writer.id, fields=FIELDS, language="en", now=clock(), body=BODY, topics=["telling"]
    )
    review = hand_in.hand_in(session, writer, text, clock())
    session.commit()
    sign_in(client, checker)
    address = f"/studio/checks/{review.id}/peer"
    client.post(f"{address}/take")
    assert "What changed" not in client.get(address).text
    edit = [Edit(5, 6, "\u202e50"), Edit(27, 31, "p\u0430y")]
    log.apply(
        session,
        text.draft,
        base_seq=text.draft.head_seq,
        edits=edit,
        fields={},
        author=writer.id,
        kind=UpdateKind.FORM,
        now=clock(),
    )
    guides.save_version(session, writer.id, text, significance=Significance.CONTENT, note="", now=clock())
    session.commit()
    page = client.get(f"{address}?since=visit").text
    assert 'aria-current="true">since you were here last' in page
    assert re.search(r'<a href="#change-1">Number:</a> <del>.*5 mg.*</del>.*<ins>.*50 mg', page)
    assert "right-to-left override (U+202E)" in page
    told = page.split("What changed")[1].split("Questions")[0].split('class="sheet"')[0]
    assert "\u202e" not in re.sub(r"(?s)<form.*?</form>", "", told)
    assert re.search(r'class="twin">\u0430<span class="control" lang="en">Cyrillic<', page)
    assert '<span class="visually-hidden" lang="en" dir="ltr">taken out: </span>' in page
