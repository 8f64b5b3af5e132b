"""Plain text: every word found again, numbers never reversed, lists and tables that are read on the weakest phone."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

import pytest

from bench.reading import words
from studio.publish.plain_text import render_text

CODES = ("en", "fr", "es", "ar", "ja", "zh")
LRM, RLM = "\u200e", "\u200f"
BUDGET = 30_000


def lines_of(text, *, plain=False):
    """The lines of a text form as an editor shows them."""
    content = render_text(text, plain=plain)
    assert content.startswith(b"\xef\xbb\xbf"), "the mark by which old programs know the encoding"
    return content.decode("utf-8-sig").split("\r\n")


def read(document, markdown, code="en", **more):
    return lines_of(document(code, markdown=markdown, **more))


def between(lines, first, last="About this text"):
    return [line for line in lines[lines.index(first) + 1 : lines.index(last)] if line]


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("code", CODES)
def test_every_word_is_found_again(document, code, plain):
    text = document(code)
    found = Counter(words("\n".join(lines_of(text, plain=plain))))
    wanted = Counter(words(text.body.text))
    assert wanted.total() > 80
    assert wanted - found == Counter()
    assert len(render_text(text, plain=plain)) < BUDGET


@pytest.mark.parametrize("code", CODES)
def test_words_stand_in_the_order_of_the_text(document, samples, code):
    """Tables are left out: in them the head of a column stands before each of its cells."""
    text = document(code, markdown=re.sub(r"(?m)^\|.*\n", "", samples.TEXTS[code][2]))
    ahead = words("\n".join(lines_of(text)))
    assert [word for word in words(text.body.text) if word not in ahead] == []


def test_headings_lists_tasks_tables_and_boxes_are_read_without_markup(document):
    lines = lines_of(document("en"))
    assert lines[:3] == ["Looking after yourself on hard days", "=" * 24, ""]
    assert lines[lines.index("What you can do now") + 1] == "-" * len("What you can do now")
    assert between(lines, "- Wash your face with cold water.", "- Go where other people are.") == [
        "  1. First the hands.",
        "  2. Then the face.",
    ]
    assert "- [x] Write down what went well" in lines
    assert "- [ ] Answer one message" in lines
    row = lines.index("When: Evening")
    assert lines[row - 1 : row + 3] == ["", "When: Evening", "What: A walk, no news", "How long: 40 min"]
    assert "— If it does not get better" in lines
    assert "> Nobody has to earn rest." in lines
    assert lines[lines.index("[ Where to find help ]") + 1].startswith("Need to talk?")


def test_no_line_is_broken_by_us(document):
    long = "Some words that a phone wraps by itself. " * 30
    assert long.strip() in read(document, long)


def test_notes_and_sources_stand_at_the_end_with_their_numbers(document):
    lines = read(document, "One[^a] and two[^b].\n\n[^a]: First note.\n[^b]: Second note.\n\n    And more of it.")
    assert "One[1] and two[2]." in lines
    assert between(lines, "Notes")[1:] == ["[1] First note.", "[2] Second note.", "And more of it."]
    assert lines.index("Notes") < lines.index("Sources")


def test_the_end_tells_copy_number_month_licence_and_where_to_ask(document):
    told = "\n".join(lines_of(document("en"))[-12:])
    for one in ("Edition 3 (March 2027)", "First edition", "Licence: CC BY-SA 4.0", "Copy number: K7M-2QX"):
        assert one in told
    assert "https://guides.example/check/K7M-2QX" in told
    assert "Sources\n- A fictional handbook" in "\n".join(lines_of(document("en")))
    unknown = "\n".join(lines_of(document("en", base_url="")))
    assert "open the page “Is my copy current?” where you found this text" in unknown


@pytest.mark.parametrize(
    ("markdown", "line"),
    [
        ("[words](https://a.example/b)", "words (https://a.example/b)"),
        ("https://a.example/b", "https://a.example/b"),
        ("<https://a.example>", "https://a.example"),
        ("[a.example](https://a.example/)", "a.example"),
        ("[write](mailto:hello@a.example?subject=x)", "write (hello@a.example)"),
        ("[+1 555-0100](tel:+15550100)", "+1 555-0100"),
        ("[call us](tel:+15550100)", "call us (+15550100)"),
        ("[another](/en/another/)", "another (https://guides.example/en/another/)"),
        ("## Part\n\nsee [there](#part)", "see there"),
    ],
)
def test_the_address_of_a_link_is_written_out_once(document, markdown, line):
    assert line in read(document, markdown)


def test_pictures_are_told_in_words(document):
    lines = read(document, f'![A hand](media:{"a" * 64} "Held")')
    assert lines[lines.index("[Picture: A hand]") + 1] == "Held"


@pytest.mark.parametrize("code", CODES)
def test_a_plain_one_shows_nothing_but_a_neutral_title_at_first_and_names_no_house(document, code):
    text = document(code)
    lines = lines_of(text, plain=True)
    assert [line.strip(RLM) for line in lines[:1]] == [text.neutral_title]
    assert not any(line.strip(f"={RLM}…") for line in lines[1:25])
    whole = "\n".join(lines)
    for secret in (text.title, text.summary, text.topics[0], text.site_name, "guides.example"):
        assert secret not in whole
    assert text.content_notes[0] in whole
    assert "K7M-2QX" in whole


def test_a_plain_one_leads_to_no_address_of_the_house(document):
    text = document("en", markdown="See [another](/en/another/).")
    assert "See another." in lines_of(text, plain=True)


@pytest.mark.parametrize("run", ["+1 555-0100", "16:00", "22:00", "LGBTQ+", "hello@help.example", "K7M-2QX"])
def test_numbers_and_latin_words_stand_between_marks_that_old_phones_know(document, run):
    whole = "\n".join(lines_of(document("ar")))
    assert f"{LRM}{run}{LRM}" in whole
    assert not re.search("[\u2066-\u2069\u202a-\u202e]", whole)


def test_two_runs_beside_each_other_are_read_in_the_order_of_the_arabic_line(document):
    lines = read(document, "المواعيد: 16:00، 18:00 ثم +1 555-0100، +1 555-0199.", "ar")
    line = next(line for line in lines if "المواعيد" in line)
    assert f"16:00{LRM}{RLM}، {RLM}{LRM}18:00" in line
    assert f"0100{LRM}{RLM}، {RLM}{LRM}+1" in line


def test_each_line_of_an_arabic_text_begins_in_its_own_direction(document, samples):
    for markdown in (samples.TEXTS["ar"][2], samples.EVERYTHING):
        for line in read(document, markdown, "ar"):
            strong = next((one for one in map(unicodedata.bidirectional, line) if one in ("L", "R", "AL")), "R")
            assert strong in ("R", "AL"), line


def test_japanese_and_french_put_their_own_sign_between_a_head_and_its_value(document):
    assert "いつ：朝" in lines_of(document("ja"))
    assert "Quand\u00a0: Matin" in lines_of(document("fr"))


def test_an_urgent_line_stands_above_the_text_and_practice_is_told(document):
    text = document("en", label="urgent", safety_line="Do not take two.", label_words="Changed urgently.")
    lines = lines_of(text)
    assert lines.index("! Do not take two.") < lines.index("Before you read")
    assert "Practice. Nothing here was checked by people." in lines_of(document("en", practice=True), plain=True)
