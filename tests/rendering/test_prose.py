"""Prose is found where it stands: what is code, an address or quoted is blank, and every place is the source's own."""

from __future__ import annotations

import sys

import pytest

from studio.core.errors import Invalid
from studio.rendering.prose import plain_prose, read


def test_prose_is_as_long_as_its_source_and_letters_stand_where_they_are_written():
    source = "# A head\n\nOne **two** [three](https://four.example/x) `five` \\*six\\* &copy; and\nseven.\n"
    prose = read(source)
    assert len(prose.said) == len(prose.own) == len(prose.source)
    for word in ("head", "One", "two", "three", "six", "seven."):
        at = source.index(word)
        assert prose.said[at : at + len(word)] == word
    assert not {"https", "five", "four"} & set(prose.said.split())


def test_fences_typed_addresses_and_addresses_in_signs_are_no_prose():
    prose = read("See <https://one.example/a> or www.two.example.\n\n```\ncode\n```\n\n    more code\n")
    assert prose.said.split() == ["See", "or"]


@pytest.mark.parametrize(
    "quoted", ["“%s”", "„%s“", "«%s»", "»%s«", "‹%s›", "「%s」", "『%s』", "《%s》", '"%s"', "‘%s’"]
)
def test_what_is_quoted_is_said_but_not_own(quoted):
    prose = read(f"Before {quoted % 'the words'} after.")
    assert "the words" in prose.said
    assert prose.own.split() == ["Before", "after."]


def test_a_block_of_quotes_a_note_and_a_definition_are_not_own():
    prose = read("> theirs\n\n- item\n\n  > theirs too\n\nmine[^1]\n\n[^1]: A book.\n")
    assert prose.own.split() == ["item", "mine"]


def test_an_apostrophe_quotes_nothing():
    assert read("Don’t say it’s ‘so.").own.split() == ["Don’t", "say", "it’s", "‘so."]


def test_passages_say_which_of_them_name_a_source():
    body = (
        "One[^1].\n\nTwo [there](https://a.example/b).\n\nThree www.a.example.\n\nFour [x](#y).\n\nFive ^[A book.]\n\n"
    )
    kinds = [(one.kind, one.sourced) for one in read(f"{body}[^1]: A book.\n").passages]
    assert kinds == [
        ("paragraph", True), ("paragraph", True), ("paragraph", True), ("paragraph", False), ("paragraph", True),
        ("footnote", True),
    ]  # fmt: skip


def test_links_know_their_address_and_where_it_is_written():
    source = "[**A**](#one) [B][ref] <mailto:a@b.example> [C]( <#three> )\n\n[ref]: guide:two\n"
    links = read(source).links
    assert [link.address for link in links] == ["#one", "guide:two", "mailto:a@b.example", "#three"]
    assert [source[link.start : link.end] if link.start >= 0 else "" for link in links] == ["#one", "", "", "#three"]
    assert [link.words for link in links] == ["A", "B", "", "C"]


def test_pictures_know_whether_they_are_described_and_where():
    source = "![](media:x) ![a leaf](leaf.png)\n"
    pictures = read(source).pictures
    assert [(one.address, one.described) for one in pictures] == [
        ("media:x", False), ("leaf.png", True)
    ]  # fmt: skip
    assert source[pictures[1].start : pictures[1].end] == "a leaf"


def test_a_picture_whose_description_is_not_plain_has_no_place_for_one():
    picture = read("![\n](leaf.png)\n").pictures[0]
    assert (picture.described, picture.start, picture.end) == (False, -1, -1)


def test_headings_know_their_level_as_written_and_the_signs():
    source = "Top\n===\n\n#### Deep\n\nLow\n---\n\n- # in a list\n"
    prose = read(source)
    assert [(one.level, one.words, one.id) for one in prose.headings] == [
        (1, "Top", "h-top"), (4, "Deep", "h-deep"), (2, "Low", "h-low")
    ]  # fmt: skip
    assert [source[one.start : one.end] for one in prose.headings if one.start >= 0] == ["####"]
    assert "h-in-a-list" in prose.ids


def test_tables_and_boxes_have_units_of_their_own_and_columns_are_counted():
    prose = read("| a | b |\n|---|---|\n| c | d |\n\n::: note Here\nInside.\n:::\n")
    assert [unit.sort for unit in prose.units] == ["cell"] * 4 + ["label", "words"]
    assert [one.columns for one in prose.passages] == [2, 0]


def test_a_title_or_a_summary_is_one_passage():
    title, summary = plain_prose(title="A “calm” talk"), plain_prose(summary="")
    assert title.own.split() == ["A", "talk"]
    assert (title.passages[0].kind, summary.passages[0].kind) == ("title", "summary")


def test_an_empty_text_has_no_passages_and_a_broken_one_is_refused():
    assert read("").passages == ()
    with pytest.raises(Invalid):
        read("a\x00b")


def calls(source: str) -> int:
    """Return how many functions are called while a text is read."""
    counted = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        read(source)
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize(
    "piece", ["a ", "“", '"', "‘a", "@", "5 ", "\\*", "*a* ", "`", "&copy;", "[a](#b) ", "# a\n\n", "「"]
)
def test_twice_the_text_is_about_twice_the_work(piece):
    once = calls(piece * 1_000)
    assert calls(piece * 2_000) < 3 * once
