"""The page for checkers prints the very table of progress that the code obeys."""

from __future__ import annotations

from pathlib import Path

from studio.guides.rules.transitions import as_markdown

PAGE = Path(__file__).parents[2] / "docs" / "reviewing.md"


def test_the_page_for_checkers_holds_the_table_of_progress_as_the_code_knows_it() -> None:
    text = PAGE.read_text(encoding="utf-8")
    printed = text.partition("<!-- transitions:start -->\n")[2].partition("<!-- transitions:end -->")[0]
    assert printed == as_markdown(), (
        "put the output of studio.guides.rules.transitions.as_markdown() between the markers"
    )
