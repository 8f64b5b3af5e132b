"""What changed between two versions, as a checker reads it. The cases stand in ``reading_cases.txt``."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_cases import cases, versions

from studio.core.locales import LANGUAGES, language
from studio.guides.rules.callouts import CallOut, call_outs
from studio.guides.rules.comparison import Fate, changed, compare
from studio.guides.rules.lookalikes import pass_for, same_letters, seen, twins
from studio.guides.rules.passagelines import items, paired, rows
from studio.guides.rules.readerdiff import reading_pieces
from studio.guides.rules.weighty import digits
from studio.guides.rules.weightymarks import Tells, marks

CASES, LINK = cases(), "https://a.example/1"
WORDS = st.sampled_from(
    [
        "rest",
        "5",
        "50",
        "0.5",
        "٥",
        "½",
        "mg",
        "not",
        "–",
        ".",
        "قلب",
        "لا",
        "家",
        "五",
        "👩‍👩‍👧",
        "e\u0301",
        "\u200f",
        "’s",
        LINK,
    ]
)
TEXTS = st.lists(WORDS, max_size=14).map(" ".join)
CODES = st.sampled_from(sorted(LANGUAGES))
PASSAGES = st.lists(st.sampled_from([f"Passage {n} has {n} words of its own here." for n in range(6)]), max_size=6)


def test_the_table_has_its_forty_cases():
    assert len(CASES) >= 40
    assert {case.code for case in CASES} >= {"ar", "ja", "zh", "en"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_table_of_cases(case):
    assert case.marked() == case.marks


@given(TEXTS, TEXTS, CODES)
@settings(deadline=None, max_examples=200)
def test_the_pieces_hold_both_texts_whole(before, after, code):
    pieces = reading_pieces(before, after, language(code))
    assert "".join(one.text for one in pieces if one.kind != "ins") == before
    assert "".join(one.text for one in pieces if one.kind != "del") == after


@given(TEXTS, TEXTS, CODES)
@settings(deadline=None, max_examples=200)
def test_no_change_of_a_number_or_link_hides(before, after, code):
    spoken = language(code)
    told = {one.tells for one in call_outs(before, after, reading_pieces(before, after, spoken), spoken)}
    for tells in (Tells.NUMBER, Tells.LINK, Tells.UNSEEN):
        one, two = ([mark.key for mark in marks(text, spoken)[tells]] for text in (before, after))
        assert one == two or tells in told


@given(TEXTS, CODES)
def test_every_number_in_digits_counts_as_one(text, code):
    kept = [one for one in text.split() if not one.startswith("http")]
    found = [mark.key for mark in marks(" ".join(kept), language(code))[Tells.NUMBER]]
    assert set(digits(" ".join(kept))) <= set(found)


@given(PASSAGES, PASSAGES)
@settings(deadline=None, max_examples=200)
def test_every_passage_of_both_versions_is_there_once(before, after):
    old, new = versions("\n\n".join(before), "\n\n".join(after))
    found = compare(old, new, language("en"))
    assert {name for one in found for name in one.ids} == {block.block_id for block in (*old, *new)}
    assert bool(changed(found)) is ([one.source.strip() for one in old] != [one.source.strip() for one in new])


def marked(before, after, code="en"):
    old, new = versions(before, after)
    return changed(compare(old, new, language(code)))


def test_a_passage_that_is_parted_by_a_heading_is_parted_and_the_heading_is_new():
    first, second = "Tell one person whom you trust a lot.", "Then wait for a week or two, and rest well."
    found = marked(f"{first} {second}", f"{first}\n\n## Then\n\n{second}")
    assert [one.fate for one in found] == [Fate.SPLIT, Fate.NEW]
    two_lines = "Something else.\n\nAnd more of it."
    found = marked(f"{first} {second}", f"{first}\n\n{two_lines}\n\n{second}")
    assert Fate.SPLIT not in {one.fate for one in found}


def test_a_change_of_marks_alone_is_shown_as_it_is_written():
    (found,) = marked("- a\n- b", "* a\n* b")
    assert [piece.text for piece in found.lines[0].cells[0] if piece.kind == "ins"] == ["*", "*"]
    (found,) = marked("|a|b|\n|-|-|\n|c|d|", "|a|b|\n|-|-:|\n|c|d|")
    assert "".join(piece.text for piece in found.lines[0].cells[0] if piece.kind == "ins") == ":"


def test_a_passage_of_which_nothing_is_left_is_told_from_its_parts_by_its_place():
    one, two, three = ("Tell somebody you trust.", "Wait for a whole week.", "Rest as long as needed.")
    old, new = versions(f"Begin.\n\n{one} {two} {three}", f"Begin.\n\n{one}\n\n{two}\n\n{three}")
    renamed = [
        block if place == 0 else type(block)(f"n{place}", block.kind, block.source, block.hash)
        for place, block in enumerate(new)
    ]
    (found,) = changed(compare(old, renamed, language("en")))
    assert (found.fate, found.ids) == (Fate.SPLIT, ("n1", "n2", "n3", "b1"))


def test_a_merged_passage_takes_no_part_in_a_split():
    a, b, c = "Tell somebody whom you trust.", "Wait for a week at home.", "Rest as long as you need."
    found = marked(f"{a} {b}\n\n{c}", f"{a}\n\n{b} {c}")
    assert Fate.GONE not in {one.fate for one in found}


def test_items_and_rows():
    assert items("list", "- a\n  more\n\n  and more\n- b") == ["a\nmore", "and more", "b"]
    assert items("quote", "> One.\n>\n> Two.") == ["> One.", "> Two."]
    assert items("paragraph", "1. a\nb\n") == ["1. a\nb"]
    assert rows("a | b\n--|--\nc\\| | d\\|\ne\n") == [["a", "b"], ["c\\|", "d\\|"], ["e", ""]]
    assert rows("| a |\n| b |") == [["a"], ["b"]]
    assert paired(["one two", "six"], ["six"]) == [(0, None), (1, 0)]
    assert paired(["six", "one two"], ["six"]) == [(0, 0), (1, None)]


@pytest.mark.parametrize(
    ("one", "two", "alike"),
    [
        ("modern", "modem", True),
        ("cop", "сор", True),
        ("カ", "力", True),
        ("l5", "15", True),
        ("Talk", "talk", False),
        ("كتب", "كَتَبَ", False),
        ("cafe", "café", False),
        ("for", "fro", False),
        ("", "a", False),
    ],
)
def test_words_that_pass_for_one_another(one, two, alike):
    assert pass_for(one, two) is alike


def test_letters_of_two_scripts_in_a_word_are_marked_only_where_they_deceive():
    assert twins("SMSки, μg, HIV и ВИЧ, β-блокатор, O.5 ml") == ["O"]
    assert twins("рaст Αthens") == ["рaст", "Αthens"]
    assert [part.text for part in seen("p\u0430y\u200b") if part.name] == ["\u0430", "\u200b"]
    assert not same_letters("a", "a")


@pytest.mark.parametrize(
    ("code", "before", "after", "told"),
    [
        ("en", "It is legal.", "It is illegal.", CallOut(Tells.NEGATION, ("legal",), ("illegal",))),
        ("en", "harm here", "harmless here", CallOut(Tells.NEGATION, ("harm",), ("harmless",))),
        ("fr", "Je fume.", "Je ne fume pas.", CallOut(Tells.NEGATION, (), ("ne", "pas"))),
        ("es", "No lo tomes.", "Lo tomes.", CallOut(Tells.NEGATION, ("No",), ())),
        ("ar", "اسأل السيدة ليلى", "اسأل السيدة سلمى", CallOut(Tells.NAME, ("السيدة ليلى",), ("السيدة سلمى",))),
        ("ja", "田中さんに聞く", "山田さんに聞く", CallOut(Tells.NAME, ("田中",), ("山田",))),
        ("zh", "问王医生", "问李医生", CallOut(Tells.NAME, ("问王",), ("问李",))),
        ("en", "See [^1].", "See [^2].", CallOut(Tells.LINK, ("[^1]",), ("[^2]",))),
        ("en", "1 2 3 mg", "2 3 4 mg", CallOut(Tells.NUMBER, ("1",), ())),
        ("en", "1 or 2 or 3 or 4", "5 or 2 or 3", CallOut(Tells.NUMBER, ("1",), ("5",))),
        ("en", "5 g or 6 g", "5 kg", CallOut(Tells.UNIT, ("5 g", "6 g"), ("5 kg",))),
        ("pl", "Weź ½ tabletki", "Weź ¼ tabletki", CallOut(Tells.NUMBER, ("½ tabletki",), ("¼ tabletki",))),
    ],
)
def test_what_is_called_out(code, before, after, told):
    spoken = language(code)
    assert told in call_outs(before, after, reading_pieces(before, after, spoken), spoken)


def test_an_article_is_no_number_and_a_unit_is_not_called_out_beside_its_number():
    spoken = language("de")
    pieces = reading_pieces("Nimm eine Tablette", "Nimm die Tablette", spoken)
    assert call_outs("Nimm eine Tablette", "Nimm die Tablette", pieces, spoken) == []
    english = language("en")
    pieces = reading_pieces("Take 5 mg", "Take 50 g", english)
    assert call_outs("Take 5 mg", "Take 50 g", pieces, english) == [CallOut(Tells.NUMBER, ("5 mg",), ("50 g",))]
