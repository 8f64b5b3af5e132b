"""In each of the twelve languages readers find a text by other words for the same thing, kind ones and others."""

from __future__ import annotations

import pytest

from studio.core.locales import LANGUAGES
from studio.guides import house
from studio.i18n.content import load
from studio.search.entries import SectionEntry
from studio.search.fallback import Entries
from studio.search.query import search

LINES = {code: load("synonyms.yaml")["languages"][code] for code in LANGUAGES}


def found(code, typed, written):
    entry = SectionEntry("g", f"g/{code}", code, "", "–", "", f"– {written} –")
    return bool(search(Entries([entry]), typed, code, synonyms=house.synonyms()).hits)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_word_finds_a_text_with_another_word_of_its_line(code):
    assert len(LINES[code]) >= 10
    missed = []
    for line in LINES[code]:
        for typed in line["words"] + line.get("avoid", []):
            others = [word for word in line["words"] if word != typed]
            missed += [(typed, written) for written in others if not found(code, typed, written)]
    assert missed == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_word_to_avoid_is_never_what_is_found(code):
    for line in LINES[code]:
        for avoided in line.get("avoid", []):
            kind = line["words"][0]
            entry = SectionEntry("g", f"g/{code}", code, "", "–", "", f"– {avoided} –")
            hits = search(Entries([entry]), kind, code, synonyms={}).hits
            with_data = search(Entries([entry]), kind, code, synonyms=house.synonyms()).hits
            assert len(with_data) <= len(hits), (kind, avoided)
