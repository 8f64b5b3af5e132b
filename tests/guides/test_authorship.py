"""Who is an author of an edition."""

from __future__ import annotations

import pytest

from studio.guides.rules.authorship import Version, Written, authors, without_spellers
from studio.guides.rules.statuses import Significance


def block(block_id, text, *who):
    return Written(block_id, text, frozenset(who))


def test_everybody_who_wrote_in_a_first_edition_is_an_author():
    assert authors([block("a", "1", "rain"), block("b", "2", "reed", "rain")], []) == {"rain", "reed"}


def test_who_wrote_only_in_blocks_that_the_last_edition_has_is_no_author_of_the_next():
    last = [block("a", "1", "rain"), block("b", "2", "reed")]
    assert authors([block("a", "1", "rain"), block("b", "3", "moss")], last) == {"moss"}


def test_a_text_without_a_change_has_no_author():
    last = [block("a", "1", "rain")]
    assert authors(last, last) == frozenset()


def test_who_mends_spelling_is_no_author_and_the_writers_stay_authors():
    versions = [
        Version((block("a", "1", "rain"),)),
        Version((block("a", "2", "rain", "moss"),), Significance.TYPO),
    ]
    assert authors(without_spellers(versions), []) == {"rain"}


def test_mended_spelling_makes_nobody_an_author_when_a_later_version_changes_another_block():
    versions = [
        Version((block("a", "1", "rain"), block("b", "1", "rain"))),
        Version((block("a", "2", "rain", "moss"), block("b", "1", "rain")), Significance.TYPO),
        Version((block("a", "2", "rain", "moss"), block("b", "2", "rain", "reed"))),
    ]
    assert authors(without_spellers(versions), []) == {"rain", "reed"}


def test_who_writes_in_a_block_after_its_spelling_was_mended_is_an_author():
    versions = [
        Version((block("a", "1", "rain"),)),
        Version((block("a", "2", "rain", "moss"),), Significance.TYPO),
        Version((block("a", "3", "rain", "moss", "reed"),)),
    ]
    assert "reed" in authors(without_spellers(versions), [])


def test_a_new_block_in_a_version_called_spelling_still_has_its_writer():
    versions = [Version((block("a", "1", "rain"),), Significance.TYPO)]
    assert authors(without_spellers(versions), []) == {"rain"}


def test_who_takes_a_passage_out_is_an_author_until_it_is_back():
    edition = (block("a", "1"), block("b", "1"), block("c", "1"))
    without = Version((block("a", "1"), block("c", "1", "moss")))
    later = Version((block("a", "2", "reed"), block("c", "1", "moss")))
    back = Version((block("a", "2", "reed"), block("b", "1", "rain"), block("c", "1", "moss")))
    assert authors(without_spellers([Version(edition), without]), edition) == {"moss"}
    assert authors(without_spellers([Version(edition), without, later]), edition) == {"moss", "reed"}
    assert authors(without_spellers([Version(edition), without, later, back]), edition) == {"reed"}


def test_all_passages_gone_at_once_have_no_neighbour_to_ask():
    edition = (block("a", "1"),)
    assert authors(without_spellers([Version(edition), Version(())]), edition) == frozenset()


def proposed(block_id, text, *who, **suggested):
    return Written(block_id, text, frozenset(who), suggested)


@pytest.mark.parametrize(
    ("first", "second", "is_author"), [(120, 0, False), (121, 0, True), (60, 60, False), (60, 61, True)]
)
def test_who_suggested_is_an_author_if_it_is_more_than_a_few_characters_in_all_passages_together(
    first, second, is_author
):
    now = [proposed("a", "2", "rain", moss=first), proposed("b", "2", "rain", moss=second)]
    assert authors(now, []) == ({"rain", "moss"} if is_author else {"rain"})


def test_suggestions_count_together_though_one_of_their_passages_is_again_as_it_was():
    edition = [block("a", "1"), block("b", "1")]
    assert authors([proposed("a", "1", moss=100), proposed("b", "2", moss=30)], edition) == {"moss"}
    assert authors([proposed("a", "1", moss=300), block("b", "2", "rain")], edition) == {"rain"}


def test_who_typed_is_an_author_however_little_they_suggested():
    assert authors([proposed("a", "2", "moss", moss=1)], []) == {"moss"}


def test_a_suggestion_that_only_mends_spelling_is_not_counted():
    versions = [
        Version((proposed("a", "1", "rain", moss=100),)),
        Version((proposed("a", "2", "rain", moss=130),), Significance.TYPO),
    ]
    assert authors(without_spellers(versions), []) == {"rain"}


@pytest.mark.parametrize(("size", "is_author"), [(120, False), (121, True)])
def test_passages_that_a_suggestion_took_out_are_counted_once_however_many_they_are(size, is_author):
    edition = tuple(block(name, "1") for name in "abcd")
    without = Version((proposed("a", "1", moss=0), proposed("d", "1", moss=size)))
    later = Version((proposed("a", "2", "rain", moss=0), proposed("d", "1", moss=size)))
    who = {"moss"} if is_author else set()
    assert authors(without_spellers([Version(edition), without]), edition) == who
    assert authors(without_spellers([Version(edition), without, later]), edition) == who | {"rain"}


def test_what_a_changed_passage_counts_is_not_counted_for_its_neighbour_that_went():
    edition = (block("a", "1"), block("b", "1"))
    without = Version((proposed("a", "2", moss=100),))
    assert authors(without_spellers([Version(edition), without]), edition) == set()


def test_what_was_counted_before_is_not_counted_again_for_a_passage_that_went_later():
    edition = (block("a", "1"), block("b", "1"))
    first = Version((proposed("a", "2", moss=70), block("b", "1")))
    second = Version((proposed("a", "2", moss=120),))
    third = Version((proposed("a", "2", moss=121),))
    assert authors(without_spellers([Version(edition), first, second]), edition) == set()
    assert authors(without_spellers([Version(edition), first, third]), edition) == {"moss"}
