"""What a checker agrees to is what they were shown: everything that readers get, and no picture that comes in later."""

from __future__ import annotations

import hashlib
import io

import pytest
from houses import FIELDS, House
from PIL import Image

from studio.core.errors import Invalid
from studio.core.locales import language
from studio.guides import canvas, media
from studio.guides.fields import TextFields
from studio.guides.queries import latest
from studio.guides.rules.statuses import Kind
from studio.publish.documents import body_of
from studio.publish.queries import media_is_live
from studio.review.queries.screen import screen

ENGLISH = language("en")
WORDS = {
    "neutral_title": "Some pages of paper",
    "sources": ("A health authority, 2026",),
    "changelog": "Everything is told anew",
    "helplines": "an-evening-guide",
}


def test_the_page_of_a_check_shows_everything_that_readers_get_beside_the_text(house: House):
    writer, reader = house.member(), house.member()
    text = house.text(writer, fields=TextFields(**{**FIELDS.to_dict(), "content_notes": ("violence",), **WORDS}))
    review = house.hand_in(writer, text)
    stage = house.case(text).checks[0].key
    shown = screen(house.session, reader, review.id, stage, house.now).beside
    values = {str(value) for _, several in shown for value in several}
    expected = {one for value in WORDS.values() for one in ((value,) if isinstance(value, str) else value)}
    assert expected <= values
    assert len(values) == len(expected) + 2, "the note before the text and the topic by their names"


def picture() -> tuple[bytes, str]:
    """Return an image file and the name that it will have here."""
    file = io.BytesIO()
    Image.new("RGB", (20, 20), (1, 2, 3)).save(file, "PNG")
    return file.getvalue(), hashlib.sha256(canvas.redraw(file.getvalue())[0]).hexdigest()


def test_a_text_that_names_a_picture_which_nobody_can_see_yet_is_not_handed_in(house: House):
    writer, (file, sha) = house.member(), picture()
    text = house.text(writer, body=f"Look.\n\n![A calm field](media:{sha})\n")
    with pytest.raises(Invalid, match="picture"):
        house.hand_in(writer, text)
    media.add_image(house.session, text, file, house.now)
    assert house.hand_in(writer, text)


def test_a_picture_of_another_text_is_never_shown_to_readers(house: House):
    writer, (file, sha) = house.member(), picture()
    text = house.text(writer, body=f"Look.\n\n![A calm field](media:{sha})\n")
    house.save(writer, text)
    hidden = house.text(writer, kind=Kind.STORY, body=f"Mine.\n\n![A calm field](media:{sha})\n")
    media.add_image(house.session, hidden, file, house.now)
    house.save(writer, hidden)
    assert body_of(house.session, latest(house.session, text), ENGLISH).media == ()
    assert body_of(house.session, latest(house.session, hidden), ENGLISH).media == (sha,)
    assert not media_is_live(house.session, sha)


def test_who_takes_a_passage_out_of_a_text_does_not_check_it(house: House):
    writer, other, third = house.member(), house.member(), house.member()
    text = house.text(writer, body="First of all.\n\nNever alone.\n\nLast of all.\n")
    house.hand_in(writer, text)
    house.write(other, text, "Never alone.", "")
    house.save(other, text)
    assert house.case(text).text.authors == {writer.id, other.id}
    house.write(writer, text, "First of all.", "First of all, rest.")
    house.save(writer, text)
    assert house.case(text).text.authors == {writer.id, other.id}
    assert third.id not in house.case(text).text.authors
