"""What the kernel reads of a policy: re-checks by facet, labels, days; and a sentence for each mistake."""

from __future__ import annotations

import pytest

from studio.core.errors import Invalid
from studio.guides import policies
from studio.guides.rules.policies import LABELS, read_aftercare, read_known

WORDS = {"override": {"en": "Early"}, "urgent": {"en": "In {days} days"}, "one_reader": {"en": "One of {language}"}}
DATA = {
    "key": "ours",
    "for_people": {"min": 2, "max": None},
    "takedown_days": 0,
    "urgent_days": 5,
    "recheck_months": {"default": 24, "health": 18, "legal": 9, "legal:FR": 6, "risk:high": 12},
    "labels": {**WORDS, "override": {"en": "Early", "fr": "Avant l’heure"}},
}


@pytest.mark.parametrize(
    ("facets", "months"),
    [
        ([], 24),
        (["minors", "crisis"], 24),
        (["health"], 18),
        (["risk:high", "health"], 12),
        (["legal:DE"], 9),
        (["legal:DE", "legal:FR"], 6),
    ],
)
def test_a_text_is_due_after_the_shortest_time_that_any_of_its_facets_has(facets, months):
    assert read_aftercare(DATA).months(facets) == months


def test_labels_are_said_in_the_language_asked_for_else_in_english_with_their_values_filled_in():
    said = read_aftercare(DATA)
    assert said.label("override", "fr", "français") == "Avant l’heure"
    assert said.label("override", "ja", "日本語") == "Early"
    assert said.label("urgent", "en", "English") == "In 5 days"
    assert said.label("one_reader", "en", "Arabic") == "One of Arabic"
    assert said.label("", "en", "English") == said.label("another way", "en", "English") == ""


def test_what_was_kept_with_an_edition_is_read_back_as_it_was():
    said = read_aftercare(DATA)
    assert read_aftercare(said.data()) == said


@pytest.mark.parametrize(
    ("mistake", "sentence"),
    [
        ({"takedown_days": "two weeks"}, "takedown_days has to be a whole number, 0 or more"),
        ({"takedown_days": -1}, "takedown_days has to be a whole number, 0 or more"),
        ({"takedown_days": True}, "takedown_days has to be a whole number, 0 or more"),
        ({"takedown_days": None}, "takedown_days has to be a whole number, 0 or more"),
        ({"urgent_days": 0}, "urgent_days has to be a whole number, 1 or more"),
        ({"recheck_months": 24}, "recheck_months needs lines below it"),
        ({"recheck_months": {"health": 18}}, "recheck_months: default has to be a whole number, 1 or more"),
        ({"recheck_months": {"default": 24, "health": 1.5}}, "recheck_months: health has to be a whole number"),
        ({"recheck_months": {"default": 24, "helth": 18}}, "recheck_months knows no “helth”"),
        ({"recheck_months": {"default": 24, "legal:fr": 9}}, "recheck_months knows no “legal:fr”"),
        ({"labels": None}, "labels needs lines below it"),
        ({"labels": {**WORDS, "urgent": "soon"}}, "labels: urgent needs lines below it"),
        ({"labels": {**WORDS, "override": {"fr": "Tôt"}}}, "labels: override has no words for “en”"),
        ({"labels": {**WORDS, "override": {"en": "Early", "fr": None}}}, "labels: override has no words for “fr”"),
        (
            {"labels": {**WORDS, "override": {"en": "In {days}"}}},
            "labels: override: en has braces that nothing fills in",
        ),
        ({"labels": {**WORDS, "urgent": {"en": "In {days"}}}, "labels: urgent: en has braces that nothing fills in"),
        ({"labels": {**WORDS, "urgent": {"en": "{days!r}"}}}, "labels: urgent: en has braces that nothing fills in"),
        ({"labels": {**WORDS, "urgent": {"en": "{days.real}"}}}, "labels: urgent: en has braces that nothing fills in"),
        ({"for_people": None}, "look at"),
    ],
)
def test_a_mistake_in_what_comes_after_the_checks_is_one_sentence_that_names_it(mistake, sentence):
    assert read_known(DATA).key == "ours"
    with pytest.raises(Invalid) as refusal:
        read_known({**DATA, **mistake})
    assert str(refusal.value.message).startswith("The policy “ours” cannot be read: ")
    assert sentence in str(refusal.value.message)


def test_the_shipped_policies_hold_the_figures_of_the_house_and_words_for_every_labelled_way():
    for one in policies.known().values():
        said = one.aftercare
        assert (said.takedown_days, said.urgent_days) == (14, 7)
        assert [said.months(facets) for facets in ([], ["health"], ["legal:FR"])] == [24, 18, 9]
        for way in LABELS:
            assert all(said.label(way, code, "X") for code in ("ar", "en", "es", "fr", "ja", "zh"))
