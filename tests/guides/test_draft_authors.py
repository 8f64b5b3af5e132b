"""Who wrote what in a draft, run by run."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studio.guides.drafts import authors
from studio.guides.drafts.document import Edit, SharedDocument


def test_who_deleted_in_two_places_stays_known_in_both_when_somebody_writes_behind_them():
    runs = (("heron", 5), ("tern", 0), ("kite", 5), ("tern", 0), ("heron", 5))
    after = authors.applied(runs, (("keep", 15), ("insert", 1)), "swift")
    assert after == (*runs, ("swift", 1))
    assert authors.between(after, 8, 12) == {"kite", "tern", "heron"}


def test_a_change_far_behind_joins_with_its_neighbours_alone():
    runs = tuple((name, 2) for name in ("heron", "kite") * 50)
    assert authors.applied(runs, (("keep", 101), ("insert", 3)), "heron")[48:53] == (
        ("heron", 2),
        ("kite", 2),
        ("heron", 5),
        ("kite", 2),
        ("heron", 2),
    )
    assert authors.applied(runs, (("keep", 100), ("delete", 2)), "tern")[49:52] == (
        ("kite", 2),
        ("tern", 0),
        ("kite", 2),
    )


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 4), st.text("aé家😀", max_size=4)), max_size=12))
def test_a_document_knows_its_size_and_steps_however_it_came_to_its_text(changes):
    mine, theirs = SharedDocument(writer=7), SharedDocument()
    theirs.apply(mine.edit([Edit(0, 0, "家 rest")], {}))
    runs = authors.settled(theirs.text)
    for where, size, new in changes:
        text = mine.text
        start = min(where, len(text))
        update = mine.edit([Edit(start, min(start + size, len(text)), new)], {})
        runs = authors.applied(runs, theirs.apply(update), "kite")
        assert theirs.text == mine.text
        assert theirs.size == len(mine.text.encode())
        assert sum(length for _, length in runs) == len(mine.text)
