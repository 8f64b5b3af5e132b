"""Which cards a text has, and what stands on each: only what was marked, in its order, ten at the most."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageChops

from studio.core.errors import Invalid, SettingsError
from studio.core.locales import language
from studio.publish.card_inks import LOOKS
from studio.publish.cards import SIZES, draw_card, drawn
from studio.publish.forms import kinds_for
from studio.publish.phrases import glued, unbroken, whole_numbers
from studio.publish.slides import cards_of, said
from studio.theming.accent import accent
from studio.theming.contrast import SMALL_TEXT, TEXT, contrast

MARKED = {
    "en": "::: card\nNobody has to earn rest.\n:::\n\n::: card number\n**4 out of 5** told a friend.\n:::\n\n"
    "::: card step\n1. Write it down.\n2. Call +1 555-0100.\n:::\n",
    "ar": "::: card\nلا أحد مضطر إلى أن يستحق الراحة.\n:::\n\n::: card number\n**4 من كل 5** أخبروا صديقًا.\n:::\n\n"
    "::: card step\n1. الكتابة أولًا.\n2. الاتصال بالرقم +1 555-0100.\n:::\n",
    "ja": "::: card\n休むことに理由はいりません。\n:::\n\n::: card number\n**5人に4人**が友だちに話しました。\n:::\n\n"
    "::: card step\n1. 書き出します。\n2. +1 555-0100に電話します。\n:::\n",
    "de": "::: card\nRuhe verdient man nicht.\n:::\n\n::: card number\n**4 von 5** sagten es jemandem.\n:::\n\n"
    "::: card step\n1. Schreib es auf.\n2. Ruf +1 555-0100 an.\n:::\n",
    "zh": "::: card\n休息不需要理由。\n:::\n\n::: card number\n**五分之四**的人先告诉了朋友。\n:::\n\n"
    "::: card step\n1. 写下来。\n2. 打电话给+1 555-0100。\n:::\n",
}
SORTS = ["title", "quote", "number", "step", "step", "where"]


def opened(content):
    return Image.open(BytesIO(content))


def test_a_text_without_marks_has_the_card_of_its_title_alone(document):
    assert [(one.place, one.sort) for one in cards_of(document("en"))] == [(1, "title")]
    assert [kind for kind in kinds_for(document("en")) if kind.startswith("card_")] == [
        f"card_{size.name}" for size in SIZES
    ]


def test_marked_passages_become_cards_in_their_order_between_title_and_whereabouts(document):
    text = document("en", markdown=MARKED["en"], copy_number="7Q4-K2M", base_url="https://guides.example")
    cards = cards_of(text)
    assert [one.sort for one in cards] == SORTS
    assert [(one.figure, one.words) for one in cards[1:5]] == [
        ("", "Nobody has to earn rest."),
        ("4 out of 5", "4 out of 5 told a friend."),
        ("Step 1 of 2", "Write it down."),
        ("Step 2 of 2", "Call +1 555-0100."),
    ]
    assert cards[5].lines == (
        "This is a part. The whole text, with its sources:",
        f"\u2066guides.example{text.path}\u2069",
        "Edition 3 (March 2027)",
        "Copy number 7Q4-K2M",
        "Is it still current? guides.example/check/7Q4-K2M",
    )


def test_without_a_public_address_or_number_the_last_card_names_none(document):
    last = cards_of(document("en", markdown=MARKED["en"], copy_number="", base_url=""))[-1]
    assert last.lines == (
        "This is a part. Ask us for the whole text, with its sources.",
        "Edition 3 (March 2027)",
    )


def test_a_text_has_ten_cards_at_the_most_and_the_last_still_says_where_the_whole_is(document):
    text = document("en", markdown="".join(f"::: card\nSentence {n}.\n:::\n\n" for n in range(1, 13)))
    cards = cards_of(text)
    assert [one.place for one in cards] == list(range(1, 11))
    assert [one.words for one in cards[1:-1]] == [f"Sentence {n}." for n in range(1, 9)]
    assert cards[-1].sort == "where"


def test_the_figure_of_a_number_is_its_first_short_paragraph_or_what_is_strong(document):
    marked = (
        "::: card number\n12 months\n\nThat long.\n:::\n\n::: card number\n**9**\n:::\n\n::: card number\nNone.\n:::\n"
    )
    found = [(one.figure, one.words) for one in cards_of(document("en", markdown=marked))[1:-1]]
    assert found == [("12 months", "That long."), ("9", ""), ("", "None.")]


@pytest.mark.parametrize("sort", ["quote", "number", "step"])
def test_a_mark_without_words_makes_no_card(document, sort):
    assert len(cards_of(document("en", markdown=f"::: card {sort}\n:::\n"))) == 1


def test_a_title_without_end_leaves_the_last_card_to_what_it_has_to_say(document):
    text = document("en", title="Endless words " * 60, markdown=MARKED["en"], copy_number="7Q4-K2M")
    for size in SIZES:
        assert len(draw_card(text, size, len(cards_of(text)))) <= 20_000


def test_a_single_step_is_not_counted_and_steps_in_another_tongue_are_counted_in_figures(document):
    assert [one.figure for one in cards_of(document("en", markdown="::: card step\nGo.\n:::\n"))[1:-1]] == [""]
    assert [one.figure for one in cards_of(document("de", markdown=MARKED["de"]))[3:5]] == ["1 / 2", "2 / 2"]
    assert [one.figure for one in cards_of(document("ar", markdown=MARKED["ar"]))[3:5]] == [
        "الخطوة 1 من 2",
        "الخطوة 2 من 2",
    ]


@pytest.mark.parametrize("code", MARKED)
def test_every_word_of_a_card_is_said_to_who_does_not_see_it(document, code):
    text = document(code, markdown=MARKED[code])
    for card in cards_of(text):
        words = said(text, card)
        assert text.title in words
        assert text.site_name in words
        for line in (card.figure, *card.words.split("\n"), *card.lines):
            assert line.strip("\u2066\u2069") in words


@pytest.mark.parametrize("size", SIZES, ids=lambda size: size.name)
@pytest.mark.parametrize("code", MARKED)
def test_every_card_is_light_in_two_looks_that_differ_in_colour_alone(document, code, size):
    text = document(code, markdown=MARKED[code])
    for card in cards_of(text):
        made = drawn(text, card.place, size)
        light, dark = (made.file(look, accent()) for look in LOOKS)
        assert len(light) <= 20_000
        assert len(dark) == len(light)
        with opened(light) as one, opened(dark) as other:
            assert one.size == (size.width, size.height)
            assert one.tobytes() == other.tobytes()
            assert one.getpalette() != other.getpalette()
            assert other.convert("L").getpixel((2, 2)) < 40
        assert draw_card(text, size, card.place) == light


@pytest.mark.parametrize("code", ["en", "ar"])
def test_words_stay_inside_the_margins(document, code):
    text = document(code, markdown=MARKED[code])
    for size in SIZES:
        for card in cards_of(text):
            with opened(draw_card(text, size, card.place)) as made:
                above = made.convert("L").crop((0, 0, size.width, size.strip))
                ground = Image.new("L", above.size, above.getpixel((1, 1)))
                left, top, right, bottom = ImageChops.difference(above, ground).getbbox()
            assert left >= size.margin * 0.9
            assert right <= size.width - size.margin * 0.9
            assert top >= size.top * 0.9
            assert bottom <= size.strip - 8


def test_a_passage_that_no_card_can_hold_is_refused_by_its_words(document):
    text = document("en", markdown="::: card\n" + "Words without an end. " * 40 + "\n:::\n")
    with pytest.raises(Invalid, match="too long for a card: “Words without"):
        draw_card(text, SIZES[0], 2)


def test_a_word_wider_than_a_card_is_parted_rather_than_left_out(document):
    text = document("en", markdown="::: card\n" + "w" * 90 + "\n:::\n")
    assert 0 < len(draw_card(text, SIZES[1], 2)) <= 20_000


def test_telephone_numbers_are_never_parted_and_emoji_stay_whole():
    assert whole_numbers("Call +1 555-0100 now") == "Call +1\u00a0555-\u20600100 now"
    assert whole_numbers("In 2027 or on 9 March") == "In 2027 or on 9 March"
    japanese = language("ja")
    assert "\U0001f3f3\ufe0f\u200d\U0001f308" in glued("名前🏳️‍🌈", japanese)
    assert "LGBTQ+ " in [piece[-7:] for piece in unbroken("（LGBTQ+ Centerと考える）", japanese)]


def test_chinese_particles_stay_with_their_word():
    chinese = language("zh")
    assert not [piece for piece in unbroken("当有人在你愿意之前就知道了的时候该怎么办", chinese) if piece[0] == "了"]
    assert not [piece for piece in unbroken("你不必今天就解决", chinese) if piece[-1] == "不"]


@pytest.mark.parametrize("colour", ["", "#4b2178", "#7a1f4b", "#005f56", "#1A1A1A"])
def test_an_accent_can_be_read_as_ground_and_as_ink_in_both_looks(colour):
    for look in LOOKS:
        for cover in (True, False):
            assert contrast(*accent(colour).pair(look, cover=cover)) >= TEXT
        assert contrast(*accent(colour).caution(look)) >= SMALL_TEXT
    assert contrast(*accent(colour).pair("dark", cover=True)) >= SMALL_TEXT


def test_an_accent_too_light_to_read_stops_the_start():
    with pytest.raises(SettingsError, match="#ff8c00” is too light"):
        accent("#ff8c00")


def test_the_accent_of_a_community_is_the_ground_of_its_title_card(document):
    with opened(draw_card(document("en", accent="#7a1f4b"), SIZES[1])) as card:
        assert card.convert("RGB").getpixel((1, 1)) == (0x7A, 0x1F, 0x4B)


def test_practice_cards_say_so_and_keep_their_own_strip(document):
    text = document("en", markdown=MARKED["en"], practice=True)
    for card in cards_of(text):
        assert "Practice. Nothing here was checked by people." in said(text, card)
        for look in LOOKS:
            with opened(drawn(text, card.place, SIZES[1]).file(look, accent())) as made:
                strip = made.convert("RGB").getpixel((2, SIZES[1].height - 2))
                assert strip == tuple(bytes.fromhex(accent().caution(look)[0][1:]))
