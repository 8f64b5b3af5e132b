"""Real guides, where a folder of them is at hand: none crashes, none is refused, none loses its words."""

import os
import re
from pathlib import Path

import pytest

from studio.core.locales import language
from studio.rendering import tree
from studio.rendering.blocks import split
from studio.rendering.markdown import render
from studio.rendering.sanitize import sanitize

FOLDER = Path(__file__).parents[2] / os.environ.get("GUIDE_CORPUS", "../shared/corpus")
GUIDES = sorted(path for path in FOLDER.rglob("*.md") if path.parent != FOLDER)
LANGUAGES = {"ar", "en", "es", "fr", "ja"}


def body(path):
    text = re.sub(r"\A---\n.*?\n---\n", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"\{!\{.*?\}!\}", "", text, flags=re.DOTALL)


@pytest.mark.corpus
@pytest.mark.skipif(not GUIDES, reason="no folder of real guides here")
@pytest.mark.parametrize("path", GUIDES, ids=lambda path: "/".join(path.parts[-3:]))
def test_a_real_guide_becomes_a_page(path):
    source = body(path)
    of = language(next(part for part in path.parts if part in LANGUAGES))
    page = render(source, of, media_url=lambda _: None)
    assert page.words > 0
    assert sanitize(page.html) == page.html
    assert tree.read(page.html)
    assert "".join(block.source for block in split(source)) == source
    shown = "".join(page.text.split())
    words = re.findall(
        r"[^\W\d_]{4,}",
        re.sub(r"\]\([^)]*\)|\[\^[^\]]*\]|<[^>]*>|&\w+;|^\[[^\]]*\]:.*$", " ", source, flags=re.MULTILINE),
    )
    assert [word for word in words if word not in shown] == []
