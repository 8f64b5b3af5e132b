"""Every page that the program has, in Arabic, Japanese and English, in the dark too, held to all rules of axe-core."""

from __future__ import annotations

from functools import cache

import pytest
from every_page import every_page, templates
from standing_language import TEXTS

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def visits(house, chromium):
    """Return a function that looks at every page in a language, the first time that it is asked."""
    first = next(iter(TEXTS))

    @cache
    def visit(code):
        return every_page(house, chromium, code, None if code == first else visit(first))

    return visit


@pytest.mark.parametrize("code", TEXTS)
def test_every_page_is_for_everybody(visits, code):
    assert visits(code).found == []


def test_a_template_that_is_new_is_asked_for(tmp_path):
    there = tmp_path / "members" / "templates" / "members"
    there.mkdir(parents=True)
    (there / "never_met.html").write_text("<p>", encoding="utf-8")
    assert templates(tmp_path) == {"members/never_met.html"}
    assert {"members/me.html", "reader/guide.html", "studio/macros.html", "editor/parts.html"} < templates()


@pytest.mark.parametrize("code", TEXTS)
def test_no_template_is_left_out(visits, code):
    assert templates() - visits(code).templates == set()
    assert visits(code).looks > len(templates())
