"""For each language: sentences that must be noticed, each by its kind, and sentences that must not be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from studio.core.locales import LANGUAGES
from studio.guides.rules.statuses import Kind as TextKind
from studio.i18n import content
from studio.review.library import library, lint
from studio.review.rules.hints.finding import Looked, find
from studio.review.rules.hints.hint import Kind

FOLDER = Path(__file__).parent / "sentences"
ENOUGH = 20


def told(code: str) -> dict[str, Any]:
    """Return the sentences of a language."""
    loaded: dict[str, Any] = yaml.safe_load((FOLDER / f"{code}.yaml").read_text(encoding="utf-8"))
    return loaded


def must() -> list[tuple[str, str, str]]:
    return [
        (code, kind, sentence)
        for code in LANGUAGES
        for kind, sentences in told(code)["must"].items()
        for sentence in sentences
    ]


def must_not() -> list[tuple[str, str]]:
    return [(code, sentence) for code in LANGUAGES for sentence in told(code)["must_not"]]


def noticed(code: str, body: str, **more: Any) -> set[str]:
    """Return the kinds of hint of a text about health in which every word to avoid is agreed on."""
    agreed = frozenset(swap.key for swap in lint(code).swaps)
    looked = Looked(body, "", "", code, facets=("health",), agreed=agreed)
    changed = {name: getattr(looked, name) for name in looked.__slots__} | more
    return {str(hint.kind) for hint in find(Looked(**changed), lint(code))}


def test_there_are_rules_and_enough_sentences_for_each_of_the_twelve():
    assert set(library().lints) == set(LANGUAGES)
    for code in LANGUAGES:
        asked = told(code)
        assert sum(map(len, asked["must"].values())) >= ENOUGH
        assert len(asked["must_not"]) >= ENOUGH
        assert set(asked["must"]) == {
            "dose", "statistic", "law", "phone", "mail", "handle", "place", "school", "employer", "words", "sentence"
        }  # fmt: skip


@pytest.mark.parametrize(("code", "kind", "sentence"), must())
def test_what_must_be_noticed(code, kind, sentence):
    assert kind in noticed(code, sentence)


@pytest.mark.parametrize(("code", "sentence"), must_not())
def test_what_must_not_be_noticed(code, sentence):
    assert noticed(code, sentence) == set()


@pytest.mark.parametrize(("code", "kind", "sentence"), [line for line in must() if line[1] in ("words", "sentence")])
def test_nothing_is_noticed_in_what_is_quoted(code, kind, sentence):
    assert kind not in noticed(code, f"> {sentence}\n")


@pytest.mark.parametrize(("code", "kind", "sentence"), must())
def test_no_rule_of_a_file_speaks_in_a_story(code, kind, sentence):
    in_every_kind = {Kind.MAIL, Kind.HANDLE, Kind.PHONE}
    assert noticed(code, sentence, kind=TextKind.STORY) <= in_every_kind, kind


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_source_beside_it_answers_for_a_fact_and_no_other_text_needs_one(code):
    facts = {"dose", "statistic", "law"}
    for kind in facts:
        for sentence in told(code)["must"][kind]:
            assert not facts & noticed(code, f"{sentence}[^1]\n\n[^1]: A handbook, 2025.\n")
            assert not facts & noticed(code, sentence, facets=())
            assert facts & noticed(code, sentence, facets=("legal:FR",))


@pytest.mark.parametrize("path", sorted((content.folder() / "guides").glob("*/*.md")), ids=lambda path: path.stem)
def test_nothing_is_noticed_in_the_starter_guides(path):
    body = path.read_text(encoding="utf-8").split("---\n", 2)[2]
    names = tuple((folder.name, "") for folder in path.parents[1].iterdir())
    assert noticed(path.stem, body, titles=names) == set()
