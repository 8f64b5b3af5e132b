"""What readers type, with endings, marks and hamza or without, finds what they mean, and nothing else."""

from __future__ import annotations

import pytest
from search_recall import QUESTIONS, TEXTS

from studio.search.fallback import Entries
from studio.search.query import search

TABLE = [(code, *row) for code, rows in QUESTIONS.items() for row in rows]


@pytest.mark.parametrize("code", TEXTS)
def test_each_language_has_at_least_ten_questions_and_one_without_an_answer(code):
    answers = [keys for _, keys in QUESTIONS[code]]
    assert len([keys for keys in answers if keys]) >= 10
    assert "" in answers


@pytest.mark.parametrize(("code", "question", "keys"), TABLE)
def test_a_question_finds_exactly_the_texts_that_are_meant(full, code, question, keys):
    found = search(full, question, code)
    assert {hit.guide_id for hit in found.hits} == set(keys.split())
    assert found.total == len(keys.split())


@pytest.mark.parametrize("code", TEXTS)
def test_the_fallback_gives_the_very_answers_of_the_index(full, library, code):
    plain = Entries(library)
    for question, _ in QUESTIONS[code]:
        assert search(plain, question, code) == search(full, question, code)
