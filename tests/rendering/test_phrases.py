"""Where a line of Japanese may end, and where it may not."""

from __future__ import annotations

import pytest

from studio.rendering.phrases import _belongs


@pytest.mark.parametrize(("before", "piece"), [("👩\u200d", "👧"), ("休", "\u3099む"), ("話す", "。"), ("「", "話す")])
def test_no_line_ends_within_a_sign_or_before_what_closes(before, piece):
    assert _belongs(before, piece)
