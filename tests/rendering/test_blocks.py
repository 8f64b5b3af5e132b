"""Blocks lose nothing, notice what changes under them, and keep their ids while people edit."""

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.rendering.blocks import SourceBlock, assign_ids, front_blocks, split

SOURCE = (
    "\n# Head\npara [x][r] and[^n]\nmore\n\n[r]: https://example.org\n\n- a\n\n\n- b\n\n![a](media:x)\n\n> quote\n\n"
    "::: note\nbox\n:::\n\n[^n]: note [^m]\n\n[^m]: deeper [x][r]\n\n"
    "|a|\n|-|\n|b|\n\n1. one\n\nterm\n: what\n\n```\ncode\n```\n***\n"
    "\n    indented\n\nlast"
)
KINDS = [
    "heading",
    "paragraph",
    "references",
    "list",
    "image",
    "quote",
    "box",
    "footnote",
    "footnote",
    "table",
    "list",
    "definitions",
    "code",
    "rule",
    "code",
    "paragraph",
]


def kinds(source):
    return [block.kind for block in split(source)]


def hashes(source):
    return {block.source.strip(): block.hash for block in split(source)}


def changed(old, new):
    before, after = hashes(old), hashes(new)
    return {name for name in before.keys() & after.keys() if before[name] != after[name]}


def test_blocks_have_kinds_and_joined_are_the_source():
    assert kinds(SOURCE) == KINDS
    assert "".join(block.source for block in split(SOURCE)) == SOURCE


def test_an_empty_text_has_no_block_and_blank_lines_are_one():
    assert split("") == ()
    assert kinds(" \n\n") == ["space"]
    assert kinds("[a]: /b\n") == ["references"]


@given(
    st.text(alphabet=st.sampled_from("ab \n\r\t>-*#[]():|`~^!1."), max_size=60)
    | st.lists(st.sampled_from(SOURCE.split("\n"))).map("\n".join)
)
def test_no_text_loses_anything_in_blocks(source):
    assert "".join(block.source for block in split(source)) == source


def test_line_ends_and_blank_lines_change_no_hash():
    assert [block.hash for block in split("a\n\n\n\nb\n")] == [block.hash for block in split("\r\na\r\n\r\nb")]
    assert split("a")[0].hash != split("# a")[0].hash


def test_a_changed_address_changes_the_blocks_that_use_it_also_through_notes():
    found = changed(SOURCE, SOURCE.replace("https://example.org", "https://example.net"))
    assert found == {"para [x][r] and[^n]\nmore", "[^n]: note [^m]", "[^m]: deeper [x][r]"}


def test_a_changed_note_changes_the_block_that_mentions_it():
    assert changed(SOURCE, SOURCE.replace("deeper", "other")) == {"para [x][r] and[^n]\nmore", "[^n]: note [^m]"}


def test_title_and_summary_are_blocks():
    title, summary = front_blocks("A", "A")
    assert (title.kind, title.source, summary.kind) == ("title", "A", "summary")
    assert title.hash != summary.hash


def after(old, new):
    """Ids of the blocks of ``new``, those of ``old`` being 0, 1, 2 …; new ones are ``n``."""
    blocks = [*split(old)]
    return assign_ids([(str(number), block) for number, block in enumerate(blocks)], split(new), lambda: "n")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("one a\n\ntwo b", "one a\n\ntwo b", "01"),
        ("one a\n\ntwo b", "two b\n\none a", "10"),
        ("one a\n\ntwo b", "one a\n\nnew between\n\ntwo b", "0n1"),
        ("one a\n\ntwo b\n\nthree c", "one a\n\nthree c", "02"),
        ("same\n\nsame\n\nother", "same\n\nnew words here\n\nsame\n\nother", "0n12"),
        ("The long road to the sea.", "The long road to the wide sea.", "0"),
        ("The long road.\n\nA short night in May.", "A short night in June.\n\nThe long road.", "10"),
        ("The long road.", "Nothing of it is left here at all!", "n"),
        ("- one item\n- two items", "one item\n\ntwo items", "0n"),
        ("自分のことを話す前に。", "自分のことを人に話す前に。", "0"),
        ("اكتب الاسم الأول هنا", "اكتب الاسم الثاني هنا", "0"),
        ("", "a", "n"),
        ("a", "", ""),
    ],
)
def test_an_edited_block_keeps_its_id(old, new, expected):
    assert "".join(after(old, new)) == expected


def test_new_ids_are_asked_for_only_where_needed():
    numbers = count()
    assert assign_ids([], split("a\n\nb"), lambda: f"id{next(numbers)}") == ("id0", "id1")


def test_a_title_never_becomes_a_paragraph():
    title = SourceBlock("title", "the same words here", "1")
    assert assign_ids([("t", title)], split("the same words here"), lambda: "n") == ("n",)
    assert assign_ids([("t", title)], [SourceBlock("title", "the same words there", "2")], lambda: "n") == ("t",)


def test_many_edited_blocks_are_matched_in_order_and_in_time():
    old = "\n\n".join(f"line {number} stays as it was" for number in range(60))
    assert after(old, old.replace("was", "is")) == tuple(str(number) for number in range(60))
    long = " ".join(f"w{number}" for number in range(900))
    assert after(long, long + " more") == ("0",)
