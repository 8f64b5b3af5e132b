"""What is shown of a difference."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from studio.editor.rules.compare import compare

LINES = [f"line {number} of a text that goes on for a while\n" for number in range(40)]
TEXTS = st.lists(st.sampled_from(["家", "قلب", " ", "\n", "word", "\u202e", "👩‍👩‍👧", "a\u200d"]), max_size=30).map(
    "".join
)


def told(section, *kinds):
    return "".join(part.text for piece in section.pieces if piece.kind in kinds for part in piece.parts)


@given(TEXTS, TEXTS)
@settings(deadline=None)
def test_both_texts_are_whole_in_what_is_shown(before, after):
    sections = compare({"body": before}, {"body": after})
    if before == after:
        assert sections == []
    else:
        assert told(sections[0], "same", "fold", "del") == before
        assert told(sections[0], "same", "fold", "ins") == after


def test_what_does_not_differ_is_left_out_and_what_came_or_went_whole_is_in():
    sections = compare({"title": "a", "gone": "x"}, {"title": "a", "came": "y"})
    assert [section.name for section in sections] == ["came", "gone"]


def test_unchanged_lines_far_from_a_change_are_folded_on_either_side_of_it():
    before = "".join(LINES)
    after = before.replace("line 20 of", "line 20 within")
    (section,) = compare({"body": before}, {"body": after})
    assert [piece.kind for piece in section.pieces] == ["fold", "same", "del", "ins", "same", "fold"]
    assert [piece.lines for piece in section.pieces if piece.kind == "fold"] == [14, 14]
    assert told(section, "fold").startswith("line 0 ")


def test_unchanged_lines_between_two_changes_stay_in_sight_beside_both():
    before = "".join(LINES)
    after = before.replace("line 0 of", "line 0 within").replace("line 39 of", "line 39 within")
    (section,) = compare({"body": before}, {"body": after})
    assert [piece.kind for piece in section.pieces] == [
        "same",
        "del",
        "ins",
        "same",
        "fold",
        "same",
        "del",
        "ins",
        "same",
    ]


def test_a_short_text_is_shown_whole():
    (section,) = compare({"body": "a\nb\nc\n"}, {"body": "a\nb\nd\n"})
    assert [piece.kind for piece in section.pieces] == ["same", "del", "ins", "same"]


def test_white_space_alone_that_came_or_went_is_marked():
    (section,) = compare({"body": "a b"}, {"body": "a\n\nb"})
    assert [(piece.kind, piece.blank) for piece in section.pieces if piece.kind != "same"] == [
        ("del", True),
        ("ins", True),
    ]
