"""Cards: their size and weight, a title of any length inside its margins, phrases, mirroring, alt text."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from studio.core.locales import language
from studio.publish.card_layout import fit
from studio.publish.card_sizes import SIZES
from studio.publish.cards import alt_text, draw_card
from studio.publish.pango import Sheet, Style
from studio.publish.phrases import glued, softened
from studio.rendering.phrases import phrases
from studio.theming.tokens import LIGHT

KILO = 1000
TITLES = {
    "en": ["Help", "What to do when somebody finds out before you wanted them to, and why it is not your fault at all"],
    "de": ["Rechtsschutzversicherungsgesellschaften und Selbstbestimmungsgesetz", "Wo?"],
    "ar": ["مساعدة", "ماذا تفعل إذا عرف أحدهم قبل أن تريد أنت ذلك، ولماذا ليس هذا ذنبك أبدًا +1 555-0100"],
    "ja": ["助け", "思いがけず誰かに知られてしまったとき、まず何をすればいいか、なぜあなたのせいではないのか"],
    "zh": ["帮助", "当有人在你愿意之前就知道了的时候该怎么办，以及为什么这绝不是你的错"],
}
CASES = [(code, title) for code, titles in TITLES.items() for title in titles]


def opened(content):
    return Image.open(BytesIO(content))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: size.name)
@pytest.mark.parametrize("code", ["en", "de", "ar", "ja", "zh", "fr", "es"])
def test_each_card_has_its_size_and_weighs_at_most_twenty_kilobytes(document, code, size):
    content = draw_card(document(code), size)
    with opened(content) as card:
        assert card.size == (size.width, size.height)
        assert card.mode == "P"
        assert len(card.getcolors()) <= 4
    assert len(content) <= 20 * KILO


@pytest.mark.parametrize("size", SIZES, ids=lambda size: size.name)
@pytest.mark.parametrize(("code", "title"), CASES)
def test_a_title_of_any_length_stays_inside_the_margins_and_light(document, code, title, size):
    content = draw_card(document(code, title=title), size)
    assert len(content) <= 20 * KILO
    with opened(content) as card:
        ground = tuple(int(LIGHT.accent[at : at + 2], 16) for at in (1, 3, 5))
        above = card.convert("RGB").crop((0, 0, size.width, size.strip))
        marked = Image.eval(above.convert("L"), lambda level: 255 if level > 90 else 0).getbbox()
    assert ground == above.getpixel((1, 1))
    left, top, right, bottom = marked
    assert left >= size.margin * 0.9
    assert right <= size.width - size.margin * 0.9
    assert top >= size.top * 0.9
    assert bottom <= size.strip - 8


@pytest.mark.parametrize("size", SIZES, ids=lambda size: size.name)
@pytest.mark.parametrize(("code", "title"), CASES)
def test_title_and_summary_never_overlap_and_no_word_is_wider_than_a_line(document, code, title, size):
    text = document(code)
    height = size.strip - size.top - 120
    flow = fit(Sheet(size.width, size.height, text.language), title, text.summary, text.language, size, height)
    assert flow.height <= height
    assert flow.title.extent.width <= size.inner
    assert flow.summary is None or flow.gap > 0
    assert flow.summary is None or flow.summary.extent.width <= size.inner


def test_a_title_far_too_long_is_cut_with_dots_and_not_drawn_over_the_strip(document):
    text = document("en")
    size = SIZES[0]
    flow = fit(Sheet(1, 1, text.language), "Endless words " * 90, text.summary, text.language, size, 380)
    assert flow.summary is None
    assert flow.title.text.endswith("…")
    assert flow.height <= 380


@pytest.mark.parametrize("size", SIZES, ids=lambda size: size.name)
def test_arabic_cards_are_the_mirror_of_english_ones(document, size):
    sides = {}
    for code in ("en", "ar"):
        with opened(draw_card(document(code, title={"en": "Help", "ar": "مساعدة"}[code]), size)) as card:
            light = card.convert("L").crop((0, 0, size.width, size.strip))
            left, _, right, _ = Image.eval(light, lambda level: 255 if level > 90 else 0).getbbox()
            sides[code] = (left, size.width - right)
    assert sides["en"][0] < sides["en"][1]
    assert sides["ar"][1] < sides["ar"][0]


def test_the_practice_card_is_marked_and_does_not_say_that_anybody_checked(document):
    text = document("en", practice=True)
    assert draw_card(text, SIZES[0]) != draw_card(document("en"), SIZES[0])
    assert "Practice. Nothing here was checked by people." in alt_text(text)
    assert "Checked in" not in alt_text(text)
    with opened(draw_card(text, SIZES[0])) as card:
        strip = card.convert("RGB").getpixel((2, SIZES[0].height - 2))
    assert strip == tuple(int(LIGHT.caution[at : at + 2], 16) for at in (1, 3, 5))


def test_the_alt_text_holds_every_word_of_the_card(document):
    text = document("en")
    assert alt_text(text) == f"{text.title} – {text.summary} – Checked in March 2027 by 4 people – Guide House"
    assert alt_text(document("ar")).startswith(document("ar").title)


def test_lines_in_japanese_end_between_phrases_and_punctuation_stays_behind_its_word():
    japanese = language("ja")
    for text in (TITLES["ja"][1], "カミングアウト：はじめの一歩（その一）"):
        pieces = phrases(text, japanese)
        assert "".join(pieces) == text
        assert len(pieces) > 2
        assert not [piece for piece in pieces if piece[0] in "：、。）ー"]
        assert not [piece for piece in pieces if piece[-1] == "（"]
        assert glued(text, japanese).replace("\u2060", "") == text


def test_a_very_long_german_word_is_parted_where_the_language_parts_it():
    parted = softened("Rechtsschutzversicherungsgesellschaften bei uns", language("de"))
    assert "versicherungs" in parted.replace("\u00ad", "")
    assert parted.count("\u00ad") >= 2
    assert parted.endswith(" bei uns")
    assert softened("kurz und gut", language("de")) == "kurz und gut"


def test_a_word_is_measured_as_it_is_drawn():
    sheet = Sheet(400, 100, language("en"))
    narrow, wide = (sheet.measure(word, Style(40, bold=True)).width for word in ("iii", "WWW"))
    assert 0 < narrow < wide
    assert sheet.measure("one two three four five six", Style(40), 200).lines > 1
