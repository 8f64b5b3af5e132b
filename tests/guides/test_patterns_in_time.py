"""Patterns that look at members' texts take a moment for any of them: nobody can stop the house with a paste."""

from __future__ import annotations

import time

import pytest

from studio.guides import foreign
from studio.guides.models import RevisionBlock
from studio.guides.rules.spelling import only_spelling

SIZE = 200_000
PIECES = (
    "a",
    " ",
    "[",
    "](",
    "[^",
    "[a\n",
    "<",
    "“",
    "「",
    "«",
    "@",
    "a@",
    "`",
    "```a\n",
    "{!{",
    "<!--",
    "<style>",
    "<br ",
)
SECONDS = 10.0
"""Of processor time; what is seen with these is below one, and what was seen before they were mended is minutes."""


def nasty(piece: str) -> str:
    """Return ``piece`` over and over, with an end that none of the patterns waits for."""
    return f"# {piece * (SIZE // len(piece.encode()))}\x01x"


@pytest.mark.parametrize("piece", PIECES)
def test_a_paste_is_taken_in_at_once(piece):
    began = time.process_time()
    foreign.read(nasty(piece).encode(), "A title", lambda _: None)
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize("piece", PIECES)
def test_whether_only_spelling_changed_is_told_at_once(piece):
    before, after = (RevisionBlock(block_id="a", kind="paragraph", source=nasty(piece) + end) for end in ("a", "b"))
    began = time.process_time()
    only_spelling([before], [after], {}, {})
    assert time.process_time() - began < SECONDS
