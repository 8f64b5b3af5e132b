"""Words and minutes are counted alike for all scripts."""

import pytest

from studio.core.locales import language
from studio.rendering.markdown import render
from studio.rendering.plain import count_words, reading_minutes


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("One two, three!", 3),
        ("it's well-known – really", 3),
        ("either/or — both…maybe", 4),
        ("… !", 0),
        ("هُوِيّة جديدة", 2),
        ("हिन्दी में", 2),
        ("自分のこと", 3),
        ("日本語とOK", 3),
        ("한국어", 2),
        ("ภาษาไทย", 2),
        ("a 漢 b", 3),
    ],
)
def test_words_are_counted_in_every_script(text, words):
    assert count_words(text) == words


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (1, 1), (220, 1), (221, 2), (2200, 10)])
def test_minutes_are_rounded_up(words, minutes):
    assert reading_minutes(words) == minutes


def test_plain_text_has_a_line_for_each_block_and_keeps_lines_of_code():
    source = "a  \nb *c*\n\n- d\n- e\n\n```\nf\n  g\n```\n\n|h|i|\n|-|-|\n|j||\n"
    found = render(source, language("en"), media_url=lambda _: None)
    assert found.text == "a b c\nd\ne\nf\ng\nh\ni\nj"
