"""Who is an author of an edition."""

from __future__ import annotations

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
