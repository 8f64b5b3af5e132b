"""Unseen characters are named; the joiners that languages need are not."""

import pytest

from studio.rendering.invisible import Part, reveal


@pytest.mark.parametrize(
    ("letter", "name"),
    [
        ("\u202e", "right-to-left override (U+202E)"),
        ("\u2067", "right-to-left isolate (U+2067)"),
        ("\u200f", "right-to-left mark (U+200F)"),
        ("\u200b", "zero width space (U+200B)"),
        ("\u00ad", "soft hyphen (U+00AD)"),
        ("\ufeff", "byte order mark (U+FEFF)"),
        ("\u2060", "word joiner (U+2060)"),
        ("\u061c", "arabic letter mark (U+061C)"),
        ("\x07", "control character (U+0007)"),
        ("\u3164", "hangul filler (U+3164)"),
        ("\U000e0041", "tag latin capital letter a (U+E0041)"),
        ("\u200c", "zero width non-joiner (U+200C)"),
        ("\u200d", "zero width joiner (U+200D)"),
        ("\ufe0f", "variation selector-16 (U+FE0F)"),
        ("\U000e0100", "variation selector-17 (U+E0100)"),
    ],
)
def test_an_unseen_character_is_named(letter, name):
    assert reveal(f"a{letter}b") == [Part("a"), Part(letter, name), Part("b")]
    assert reveal(letter) == [Part(letter, name)]


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهم",
        "ه\u200d",
        "क्\u200dष",
        "क्\u200cष",
        "👩\u200d👩\u200d👧",
        "❤\ufe0f\u200d🔥",
        "☝🏽\u200d♂\ufe0f",
        "1\ufe0f\u20e3",
        "葛\U000e0100",
        "葛\ufe00",
        "🏴\U000e0067\U000e0062",
        "plain\ttext\n",
        "",
    ],
)
def test_what_a_language_or_an_emoji_needs_is_left_alone(text):
    assert reveal(text) == ([Part(text)] if text else [])


@pytest.mark.parametrize(
    "text", ["م\u200c", "م\u200c a", "a\u200cم", "👩\u200dx", "\u200d", "x\u200d👧", "a\ufe00", "\ufe0f", "a\U000e0067"]
)
def test_the_same_characters_elsewhere_are_named(text):
    assert [part for part in reveal(text) if part.name]
    assert "".join(part.text for part in reveal(text)) == text
