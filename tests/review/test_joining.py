"""“Can we publish this?” from the first minute: what joining in would mean, and what else stops a text."""

from __future__ import annotations

from casts import Cast

from studio.guides.fields import TextFields
from studio.members.actor import Role
from studio.review.queries.panel import panel


def joining(house, actor, text):
    return str(panel(house.session, actor, text, house.now).joining or "")


def also(house, actor, text):
    return [str(one) for one in panel(house.session, actor, text, house.now).also]


def test_a_draft_of_a_minute_says_what_it_lacks_and_what_one_could_do_later(house):
    house.policy("tiny")
    writer, other = house.member(), house.member(Role.REVIEWER, trainings=("safety",))
    text = house.text(writer, fields=TextFields("A calm talk"), body="", topics=[])
    lacks = also(house, writer, text)
    assert "There is no text yet. Write a little first; it can be short." in lacks
    assert "Choose where in the library it stands." in lacks
    assert not any("plain cover" in one for one in lacks), "that title is proposed by itself"
    assert joining(house, other, text) == (
        "When it is handed in, you could check it: First read, Own experience and Keeping people safe."
    )


def test_what_must_be_mended_first_is_said_before_anybody_hands_in(house):
    house.policy("tiny")
    writer = house.member()
    fields = TextFields("A calm talk", "How to begin.", "Pages", ("none",), ("A leaflet",))
    text = house.text(writer, facets=["health"], fields=fields, body="Take 20 mg each day.")
    assert len(also(house, writer, text)) == 1
    house.write(writer, text, "Take 20 mg each day.", "Ask somebody calm.")
    assert also(house, writer, text) == []


def test_whoever_wrote_hears_that_others_check_it(house):
    cast = Cast(house)
    assert joining(house, cast.writer, cast.text) == "You wrote in it, so others check it. That protects you, too."


def test_a_text_in_its_checks_says_what_would_be_missing_afterwards(house):
    cast = Cast(house)
    assert (
        joining(house, cast.second, cast.text) == "If you check it (First read), yeses that are missing afterwards: 3."
    )
    house.take(cast.second, cast.text, "peer")
    assert joining(house, cast.second, cast.text) == "", "they joined in already"
    house.agree(cast.second, cast.text, "peer")
    house.agree(cast.copy, cast.text, "copy", "voice")
    assert joining(house, cast.safety, cast.text) == (
        "If you check it (Keeping people safe), no other check is missing."
    )
    stranger = house.member(reads=("fr",))
    assert joining(house, stranger, cast.text) == (
        "None of its checks is for you now. You can suggest a change, or say what you think."
    )
    house.agree(cast.safety, cast.text, "safety")
    assert joining(house, stranger, cast.text) == ""
    assert also(house, cast.writer, cast.text) == []


def test_words_newer_than_what_is_checked_are_told(house):
    cast = Cast(house)
    assert also(house, cast.second, cast.text) == []
    house.write(cast.writer, cast.text, "somebody calm", "a friend")
    assert also(house, cast.second, cast.text) == [
        "Somebody has written on since. Saved version 1 is checked; what is newer waits to be saved."
    ]
    house.save(cast.writer, cast.text)
    assert also(house, cast.second, cast.text) == []
