"""Sections to be searched, and an index that is filled with them once."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from studio.search.index import SearchIndex, SectionEntry

_spec = importlib.util.spec_from_file_location("search_recall", Path(__file__).with_name("recall.py"))
recall = importlib.util.module_from_spec(_spec)
sys.modules["search_recall"] = recall
_spec.loader.exec_module(recall)


def make(key="one", text="", language="en", **other):
    given = {
        "guide_id": key, "translation_id": f"{key}/{language}", "section_id": "s1", "guide_title": "",
        "section_title": "", "topics": (),
    }  # fmt: skip
    return SectionEntry(**{**given, "language": language, "text": text, **other})


@pytest.fixture
def section():
    return make


@pytest.fixture(scope="session")
def library():
    return [make(key, text, code) for code, texts in recall.TEXTS.items() for key, text in texts.items()]


@pytest.fixture(scope="session")
def full(library, tmp_path_factory):
    index = SearchIndex(tmp_path_factory.mktemp("search") / "public")
    index.rebuild(library)
    return index


@pytest.fixture
def index(tmp_path):
    made = SearchIndex(tmp_path / "index", wait=5)
    made.rebuild([])
    return made
