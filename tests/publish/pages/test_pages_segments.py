"""Web addresses in a source become links, and nothing else does."""

from __future__ import annotations

import pytest

from studio.publish.pages.segments import with_addresses


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("A book, 2026", [("A book, 2026", "")]),
        ("", []),
        ("https://a.example/x", [("https://a.example/x", "https://a.example/x")]),
        (
            "See (https://a.example/x), page 3.",
            [("See (", ""), ("https://a.example/x", "https://a.example/x"), ("), page 3.", "")],
        ),
        (
            "見る：https://a.example/x。次",
            [("見る：", ""), ("https://a.example/x", "https://a.example/x"), ("。次", "")],
        ),
        ("javascript:1 and //a.example", [("javascript:1 and //a.example", "")]),
    ],
)
def test_only_web_addresses_become_links(text, pieces):
    assert with_addresses(text) == pieces
    assert "".join(words for words, _ in with_addresses(text)) == text
