"""The hint about cards says what the layout that draws them does: nothing is left out of a card unannounced."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio.core.locales import language
from studio.publish.card_layout import fit
from studio.publish.card_sizes import SIZES
from studio.publish.card_stack import READABLE, SMALLEST
from studio.publish.cards import words_of
from studio.publish.pango import Sheet, Style
from studio.publish.slides import Slide
from studio.rendering.prose import plain_prose
from studio.review.rules.hints.marked import ROOM, ROOM_OF_IDEOGRAPHS
from studio.review.rules.hints.part import Part
from studio.review.rules.hints.shape import card

SAID = {
    "en": "how to talk with people near us about what matters ",
    "de": "wie wir über Selbstbestimmungsrechte miteinander reden können ",
    "ru": "как говорить с близкими о том что действительно важно ",
    "ar": "كيف نتحدث مع الناس من حولنا عما يهمنا حقا ",
    "ja": "身近な人と大切なことについて話すための手引きです",
    "zh": "怎样和身边的人谈一谈真正重要的事情以及感受",
}
LENGTHS = (20, 50, 60, 75, 110, 150)


def is_whole(code: str, title: str, summary: str) -> bool:
    """Whether each card shows title and summary whole."""
    spoken = language(code)
    for size in SIZES:
        sheet = Sheet(size.width, size.height, spoken)
        kicker = sheet.measure("Guide", Style(size.small))
        room = size.strip - size.margin // 2 - size.top - kicker.height - size.margin // 3
        flow = fit(sheet, title, summary, spoken, size, room)
        if flow.title.text.endswith("…") or bool(summary) is not bool(flow.summary):
            return False
    return True


def is_told(code: str, title: str, summary: str) -> bool:
    parts = Part("title", plain_prose(title=title)), Part("summary", plain_prose(summary=summary))
    return bool(list(card(*parts, code)))


@pytest.mark.parametrize("code", SAID)
@pytest.mark.parametrize("title", LENGTHS)
@pytest.mark.parametrize("summary", [0, 80, 160])
def test_what_a_card_leaves_out_is_told_before(code, title, summary):
    said = [(SAID[code] * 10)[:length].strip() for length in (title, summary)]
    assert is_whole(code, *said) or is_told(code, *said)


def test_a_word_without_end_is_told_and_a_common_title_is_not():
    assert not is_whole("en", "w" * 60, "")
    assert is_told("en", "w" * 60, "")
    assert not is_told("en", SAID["en"].strip(), SAID["en"].strip())
    assert not is_told("ja", SAID["ja"], SAID["ja"] * 3)


@pytest.mark.parametrize("code", SAID)
@pytest.mark.parametrize("sort", list(ROOM))
def test_a_passage_that_nothing_is_told_of_is_readable_and_one_that_does_not_stop_is_drawn(document, code, sort):
    spoken = language(code)
    readable, drawn_at_all = (ROOM_OF_IDEOGRAPHS if spoken.ideographic else ROOM)[sort]
    title = (SAID[code] * 9)[:120]
    text = replace(document("en"), language=spoken, title=title)
    for length, least in ((readable, READABLE), (drawn_at_all, SMALLEST)):
        words = (SAID[code] * 40)[:length].strip()
        figure = {"number": words[:6].split(" ")[0], "step": "Step 1 of 3"}.get(sort, "")
        for size in SIZES:
            assert least <= letters(text, Slide(2, sort, words, figure), size)


def letters(text, slide, size):
    """Return the size of the letters of a passage on a card."""
    return words_of(Sheet(size.width, size.height, text.language), text, size, slide).size
